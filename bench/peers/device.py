"""PyTorch's side of bench/gpu.sh on any device, on the networks, weights and inputs of gram_nets.py:

device.py about DEVICE                               version, device, CUDA
device.py limits DEVICE ORDER                        copy bandwidth and rates of a square product in float64 and float32
device.py gram DEVICE CORNERS NET:N:REPETITIONS...   the Gram matrix by vmap(jacrev) of torch.func in blocks of examples and
                                                     one product, and how far it is from the corner that ours left
device.py launches DEVICE                            microseconds of single small operations
device.py training DEVICE REPETITIONS                microseconds a training step (training_peer.py's networks)
Prints rows like Spectral.Bench's; a line that begins with "skipped" says what this PyTorch cannot do."""
import sys
import time

import numpy as np
import torch

import gram_nets


def wait(device):
    if device.startswith("cuda"):
        torch.cuda.synchronize()


def best(device, work, repetitions=5):
    fastest = float("inf")
    for _ in range(repetitions):
        wait(device)
        start = time.perf_counter()
        result = work()
        wait(device)
        fastest = min(fastest, time.perf_counter() - start)
        del result
    return fastest


def about(device):
    name = torch.cuda.get_device_name(device) if device.startswith("cuda") else "CPU"
    print(f"PyTorch {torch.__version__}, CUDA {torch.version.cuda}, {name}")


def limits(device, order):
    source = torch.ones(order * order, dtype=torch.float64, device=device)
    target = torch.empty_like(source)
    print(f"peer-limit copy {16 * order * order / best(device, lambda: target.copy_(source)) / 1e9:.4g} GB/s")
    for dtype in (torch.float64, torch.float32):
        a, b = (torch.rand(order, order, dtype=dtype, device=device) for _ in range(2))
        print(f"peer-limit {str(dtype)[6:]} {2 * order**3 / best(device, lambda: a @ b) / 1e12:.4g} Tflop/s")


def by_func(net, x, outputs):
    """Rows of J by torch.func in blocks of examples, held whole and once; then one product."""
    from torch.func import functional_call, jacrev, vmap

    params = {name: p.detach() for name, p in net.named_parameters()}
    jacobian = vmap(jacrev(lambda p, one: functional_call(net, p, (one[None],))[0]), (None, 0))
    rows = x.new_empty(len(x) * outputs, sum(p.numel() for p in params.values()))
    row = 0
    for block in x.split(256):
        parts = jacobian(params, block)
        column = 0
        for name, p in params.items():
            rows[row : row + len(block) * outputs, column : column + p.numel()] = parts.pop(name).flatten(2).flatten(0, 1)
            column += p.numel()
        row += len(block) * outputs
    return rows @ rows.T


def gram(device, corners, cases):
    try:
        from torch import func  # noqa: F401
    except ImportError:
        print(f"skipped: PyTorch {torch.__version__} has no torch.func")
        return
    for case in cases:
        name, examples, repetitions = case.split(":")
        one_gram(device, corners, name, int(examples), int(repetitions))
        if device.startswith("cuda"):
            torch.cuda.empty_cache()


def one_gram(device, corners, name, examples, repetitions):
    net, x = gram_nets.make(name, examples)
    net, x = net.to(device), x.to(device)
    outputs = net(x[:1]).shape[1]
    try:
        first = by_func(net, x, outputs)
        apart = distance(first, f"{corners}/{name}-{examples}.npy")
        del first
        seconds = best(device, lambda: by_func(net, x, outputs), repetitions)
    except RuntimeError as failure:
        if "memory" not in str(failure):
            raise
        print(f"skipped {name} {examples * outputs}: out of memory", flush=True)
        return
    print(f"func {name} {examples * outputs} {seconds:.4g} {apart}", flush=True)


def distance(gram, corner):
    """The largest difference from the corner that ours left, over the largest entry."""
    try:
        ours = np.load(corner)
    except FileNotFoundError:
        return "-"
    peer = gram[: ours.shape[0], : ours.shape[1]].detach().cpu().numpy()
    return f"{abs(ours - peer).max() / abs(peer).max():.1e}"


def training(device, repetitions):
    import training_peer

    training_peer.main(repetitions, device)


def launches(device):
    """Microseconds of single operations on small tensors, as Spectral.Bench device-launches."""
    from torch.nn import functional as F

    x, w = torch.rand(128, 64, device=device), torch.rand(64, 64, device=device, requires_grad=True)
    b, order = torch.rand(64, device=device, requires_grad=True), torch.arange(128, device=device)
    total = torch.zeros(128, 64, device=device)

    def graphless():
        with torch.no_grad():
            F.linear(x, w, b)

    for name, work in {
        "add_": lambda: total.add_(x),
        "relu": lambda: torch.relu(x),
        "index_select": lambda: x.index_select(0, order),
        "linear, no graph": graphless,
        "linear": lambda: F.linear(x, w, b),
        "narrow": lambda: x.narrow(0, 0, 64),
        "cat of two": lambda: torch.cat([w.detach().reshape(-1), b.detach()]),
        "linear and its gradients": lambda: torch.autograd.grad([F.linear(x, w, b)], [w, b], [x]),
        "sum": lambda: x.sum(),
    }.items():
        for _ in range(500):
            work()
        wait(device)
        start = time.perf_counter()
        for _ in range(2000):
            work()
        issued = time.perf_counter() - start
        wait(device)
        print(f"peer-launch {name}: {issued / 2e-3:.1f} us issued, {(time.perf_counter() - start) / 2e-3:.1f} us done")


def main():
    what, device, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    if what == "about":
        about(device)
    elif what == "limits":
        limits(device, int(rest[0]))
    elif what == "launches":
        launches(device)
    elif what == "gram":
        gram(device, rest[0], rest[1:])
    elif what == "training":
        sys.path.insert(0, "..")
        training(device, int(rest[0]))


main()
