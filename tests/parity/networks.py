"""The networks of ParityCases.cs as one writes them in PyTorch; they share nothing with the C# code.

Their state-dict names must be ours, in the same order.
"""

import torch
from torch import nn
import torch.nn.functional as F


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
    """As in akamaster/pytorch_resnet_cifar10, with any normalisation and first width."""

    def __init__(self, depth, channels, kind, outputs, first=16):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, first, 3, padding=1, bias=False)
        if kind != "none":
            self.bn1 = norm(kind, first, 8)
        self.kind, inputs = kind, first
        for stage, width in enumerate((first, 2 * first, 4 * first)):
            blocks = []
            for block in range((depth - 2) // 6):
                blocks.append(BasicBlock(inputs, width, 2 if stage > 0 and block == 0 else 1, kind))
                inputs = width
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.linear = nn.Linear(4 * first, outputs)

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
    "narrow_resnet8_none": lambda: ResNet(8, 3, "none", 4, 8),
    "narrow_resnet8_batch": lambda: ResNet(8, 3, "batch", 4, 8),
    "narrow_resnet8_group": lambda: ResNet(8, 3, "group", 4, 8),
}


def load(name, exported, metadata):
    """A network with exported weights, and the inputs [n, ...] beside them."""
    network = NETWORKS[name]().double()
    names = [key for key in network.state_dict() if not key.endswith("num_batches_tracked")]
    ours = metadata["names"].split("\n")
    assert names == ours, f"{name}: PyTorch's names are {names}, ours {ours}"
    weights = {key: torch.from_numpy(value) for key, value in exported.items() if key != "input"}
    network.load_state_dict(weights, strict=False)
    return network, torch.from_numpy(exported["input"])
