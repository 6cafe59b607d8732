"""Full Gram matrices J J^T in PyTorch, float64: gram.py METHOD NET N REPETITIONS [OURS.npy]

structured  what PyTorch's own operations allow: one forward and K backward passes, then each layer's part from its factors
functorch   J by vmap(jacrev), contracted
oracle      J by a backward pass for every row of the first 200, compared with OURS.npy
Prints "METHOD NET nK median-seconds peak-MiB cpu-seconds [error]"."""
import resource
import statistics
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import gram_nets

TILE = 128  # examples


def tiles(n):
    return [(slice(i, min(n, i + TILE)), slice(j, min(n, j + TILE))) for i in range(0, n, TILE) for j in range(0, i + 1, TILE)]


def factors(net, x):
    """Every layer with its input a [n, ...] and its output's cotangents g [n, K, ...]."""
    used = []
    hooks = [
        m.register_forward_hook(lambda m, i, o: used.append((m, i[0].detach(), o)))
        for m in net.modules() if isinstance(m, (nn.Linear, nn.Conv2d))]
    y = net(x)
    for hook in hooks:
        hook.remove()
    g = [torch.empty(x.shape[0], y.shape[1], *o.shape[1:], dtype=x.dtype) for _, _, o in used]
    for k in range(y.shape[1]):
        grads = torch.autograd.grad(y[:, k].sum(), [o for _, _, o in used], retain_graph=k + 1 < y.shape[1])
        for into, grad in zip(g, grads):
            into[:, k] = grad
    return [(m, a, into) for (m, a, _), into in zip(used, g)]


def add_dense(gram, a, g):
    n, k, c = g.shape
    rows = g.reshape(n * k, c)
    for i, j in tiles(n):
        inputs = (a[i] @ a[j].T).add_(1)
        part = (rows[i.start * k:i.stop * k] @ rows[j.start * k:j.stop * k].T).view(i.stop - i.start, k, j.stop - j.start, k)
        gram[i, :, j] += part.mul_(inputs[:, None, :, None])


def add_direct(gram, windows, g, bias):
    n, k, c, s = g.shape
    fan = windows.shape[1]
    rows = torch.empty(n, k, c, fan + bias, dtype=g.dtype)
    rows[..., :fan] = torch.matmul(g, windows.transpose(1, 2)[:, None])
    if bias:
        rows[..., fan] = g.sum(3)
    rows = rows.view(n * k, -1)
    for i, j in tiles(n):
        part = rows[i.start * k:i.stop * k] @ rows[j.start * k:j.stop * k].T
        gram[i, :, j] += part.view(i.stop - i.start, k, j.stop - j.start, k)


def add_patch(gram, windows, g, bias):
    n, k, c, s = g.shape
    p = windows.transpose(1, 2)
    together = max(1, min(TILE, int(2e7 / (k * c * s))))
    for i in range(n):
        for start in range(0, i + 1, together):
            j = slice(start, min(start + together, i + 1))
            m = j.stop - j.start
            products = (p[i] @ p[j].permute(2, 0, 1).reshape(-1, m * s)).view(s, m, s).permute(1, 2, 0) + float(bias)
            moved = torch.bmm(g[j].reshape(m, k * c, s), products).view(m * k, c * s)
            gram[i, :, j] += (g[i].reshape(k, c * s) @ moved.T).view(k, m, k)


def structured(net, x):
    n, k = x.shape[0], net(x[:1]).shape[1]
    gram = torch.zeros(n, k, n, k, dtype=x.dtype)
    for m, a, g in factors(net, x):
        bias = int(m.bias is not None)
        if isinstance(m, nn.Linear):
            add_dense(gram, a, g)
            continue
        windows = F.unfold(a, m.kernel_size, m.dilation, m.padding, m.stride)
        c, fan, s = g.shape[2], windows.shape[1], windows.shape[2]
        patch = s * c + s * s * c / k + s * s * fan / k / k < c * (fan + bias)
        (add_patch if patch else add_direct)(gram, windows, g.flatten(3), bias)
    for i in range(n):
        gram[:i, :, i] = gram[i, :, :i].permute(1, 2, 0)
    return gram.view(n * k, n * k)


def functorch(net, x):
    from functorch import jacrev, make_functional, vmap

    f, params = make_functional(net)
    jacobian = vmap(jacrev(lambda p, one: f(p, one[None])[0]), (None, 0))(params, x)
    parts = [j.flatten(2).flatten(0, 1) for j in jacobian]
    return sum(part @ part.T for part in parts)


def oracle(net, x, ours):
    k = net(x[:1]).shape[1]
    side = ours.shape[0]
    rows = []
    for r in range(side):
        y = net(x[r // k:r // k + 1])
        rows.append(torch.cat([g.reshape(-1) for g in torch.autograd.grad(y[0, r % k], list(net.parameters()))]))
    jacobian = torch.stack(rows)
    expected = (jacobian @ jacobian.T).numpy()
    return np.abs(ours - expected).max() / np.abs(expected).max()


def main():
    method, name, n, repetitions = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    net, x = gram_nets.make(name, n)
    rows = n * net(x[:1]).shape[1]
    if method == "oracle":
        print(f"oracle {name} {rows} {oracle(net, x, np.load(sys.argv[5])):.1e}")
        return
    seconds, busy = [], []
    for _ in range(repetitions):
        wall, cpu = time.perf_counter(), time.process_time()
        gram = {"structured": structured, "functorch": functorch}[method](net, x)
        seconds.append(time.perf_counter() - wall)
        busy.append(time.process_time() - cpu)
    error = "-"
    if len(sys.argv) > 5:
        ours = np.load(sys.argv[5])
        side = ours.shape[0]
        theirs = gram.detach().numpy()[:side, :side]
        error = f"{np.abs(ours - theirs).max() / np.abs(theirs).max():.1e}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{method} {name} {rows} {statistics.median(seconds):.4f} {peak:.0f} {statistics.median(busy):.4f} {error}")


if __name__ == "__main__":
    main()
