"""Records what PyTorch computes for the networks of ParityCases.cs, from weights and inputs that the tests export.

    SPECTRAL_PARITY=/tmp/parity dotnet run -c Release --project tests/Spectral.Core.Tests -- -explicit only \
        -method 'Spectral.Core.Tests.Networks.PyTorchParityTests.Export'
    /usr/bin/python3 tests/parity/record.py /tmp/parity            # writes the reference files
    /usr/bin/python3 tests/parity/record.py /tmp/parity --check    # compares with them instead

Needs Debian's python3-torch and python3-numpy. The networks below are written as one writes them in PyTorch and share
nothing with the C# code; their state-dict names must be ours, in the same order.
"""
import json
import pathlib
import struct
import sys

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

REFERENCE = pathlib.Path(__file__).resolve().parent.parent / "Spectral.Core.Tests" / "Networks" / "Reference"


def read(path):
    """The tensors and metadata of a safetensors file of float64."""
    raw = path.read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = np.frombuffer(raw[8 + length + begin : 8 + length + end], dtype="<f8")
        tensors[name] = values.reshape(entry["shape"]).copy()
    return tensors, metadata


def write(path, tensors):
    """A safetensors file of float64 arrays, by name."""
    header, parts, offset = {}, [], 0
    for name in sorted(tensors):
        values = np.array(tensors[name], dtype="<f8", order="C")
        header[name] = {"dtype": "F64", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        parts.append(values.tobytes())
        offset += values.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def norm(kind, channels, groups):
    return {"batch": lambda: nn.BatchNorm2d(channels), "group": lambda: nn.GroupNorm(groups, channels)}[kind]()


class OneHiddenLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.output = nn.Linear(12, 40, bias=False), nn.Linear(40, 3, bias=False)

    def forward(self, x):
        return self.output(F.softplus(self.hidden(x)))


class LinearModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(48, 3)

    def forward(self, x):
        return self.linear(x.flatten(1))


class ConvNet(nn.Module):
    def __init__(self, kind):
        super().__init__()
        layers, channels = [], 3
        for width in (8, 16):
            for _ in range(2):
                layers.append(nn.Conv2d(channels, width, 3, padding=1, bias=kind == "none"))
                if kind != "none":
                    layers.append(norm(kind, width, 4))
                layers.append(nn.ReLU())
                channels = width
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Linear(16 * 3 * 3, 20), nn.ReLU(), nn.Linear(20, 4))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


class BasicBlock(nn.Module):
    def __init__(self, inputs, width, stride, kind):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride=stride, padding=1, bias=False)
        if kind != "none":
            self.bn1 = norm(kind, width, 8)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        if kind != "none":
            self.bn2 = norm(kind, width, 8)
        self.kind, self.added, self.stride = kind, width - inputs, stride

    def forward(self, x):
        y = self.conv1(x)
        y = F.relu(y if self.kind == "none" else self.bn1(y))
        y = self.conv2(y)
        y = y if self.kind == "none" else self.bn2(y)
        short = x if self.stride == 1 else F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.added // 2, self.added // 2))
        return F.relu(y + short)


class ResNet(nn.Module):
    """As in akamaster/pytorch_resnet_cifar10, with any normalisation."""

    def __init__(self, depth, channels, kind, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 16, 3, padding=1, bias=False)
        if kind != "none":
            self.bn1 = norm(kind, 16, 8)
        self.kind, inputs = kind, 16
        for stage, width in enumerate((16, 32, 64)):
            blocks = []
            for block in range((depth - 2) // 6):
                blocks.append(BasicBlock(inputs, width, 2 if stage > 0 and block == 0 else 1, kind))
                inputs = width
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.linear = nn.Linear(64, outputs)

    def forward(self, x):
        x = self.conv1(x)
        x = F.relu(x if self.kind == "none" else self.bn1(x))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(F.adaptive_avg_pool2d(x, 1).flatten(1))


NETWORKS = {
    "linear": LinearModel,
    "one_hidden_layer": OneHiddenLayer,
    "mlp": lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(12, 16), nn.ReLU(), nn.Linear(16, 9), nn.ReLU(), nn.Linear(9, 4)),
    "mlp_gelu": lambda: nn.Sequential(nn.Flatten(), nn.Linear(12, 16), nn.GELU(), nn.Linear(16, 4)),
    "mlp_silu": lambda: nn.Sequential(nn.Flatten(), nn.Linear(12, 16), nn.SiLU(), nn.Linear(16, 4)),
    "conv_net_none": lambda: ConvNet("none"),
    "conv_net_batch": lambda: ConvNet("batch"),
    "conv_net_group": lambda: ConvNet("group"),
    "resnet20_none": lambda: ResNet(20, 3, "none", 3),
    "resnet20_batch": lambda: ResNet(20, 3, "batch", 10),
    "resnet20_group": lambda: ResNet(20, 3, "group", 3),
    "resnet8_batch": lambda: ResNet(8, 1, "batch", 10),
}


def compute(name, exported, metadata):
    """What PyTorch makes of exported weights: outputs in both modes, facts of the gradients, buffers behind the pass."""
    network = NETWORKS[name]().double()
    names = [key for key in network.state_dict() if not key.endswith("num_batches_tracked")]
    ours = metadata["names"].split("\n")
    assert names == ours, f"{name}: PyTorch's names are {names}, ours {ours}"
    inputs = torch.from_numpy(exported.pop("input"))
    network.load_state_dict({key: torch.from_numpy(value) for key, value in exported.items()}, strict=False)
    with torch.no_grad():
        evaluation = network.eval()(inputs)
    training = network.train()(inputs)
    (training.square().sum() / 2).backward()
    facts = [[w.grad.norm().item(), (w.grad * w).sum().item()] for w in network.parameters()]
    recorded = {"evaluation": evaluation.numpy(), "training": training.detach().numpy(), "gradients": np.array(facts)}
    for key, value in network.named_buffers():
        if not key.endswith("num_batches_tracked"):
            recorded[key] = value.numpy()
    return recorded


def main():
    folder, check = pathlib.Path(sys.argv[1]), "--check" in sys.argv[2:]
    print(f"PyTorch {torch.__version__}")
    for name in NETWORKS:
        exported, metadata = read(folder / f"{name}.safetensors")
        found = compute(name, exported, metadata)
        if not check:
            write(REFERENCE / f"{name}.safetensors", found)
            print(f"{name}: recorded")
            continue
        kept, _ = read(REFERENCE / f"{name}.safetensors")
        assert kept.keys() == found.keys(), name
        worst = max(np.abs(kept[key] - found[key]).max() / np.abs(kept[key]).max() for key in kept)
        assert worst <= 1e-11, f"{name}: {worst:.1e} apart"
        print(f"{name}: agrees to {worst:.1e}")


if __name__ == "__main__":
    main()
