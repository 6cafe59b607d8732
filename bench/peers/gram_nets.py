"""The networks of the Gram benchmark in PyTorch, with the weights and inputs that Spectral.Bench's GramNets makes."""
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def hashed(index, shape, scale):
    """Entry j of tensor `index`: a hash of (index, j), uniform in [-1, 1), times a scale."""
    x = np.arange(int(np.prod(shape)), dtype=np.uint64).astype(np.uint32)
    x = x * np.uint32(2654435761) + np.uint32((index * 2246822519 + 374761393) % 2**32)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(2246822519)
    x = (x ^ (x >> np.uint32(13))) * np.uint32(3266489917)
    x = x ^ (x >> np.uint32(16))
    return torch.from_numpy(((x / 2147483648.0) - 1) * scale).reshape(shape)


def conv(inputs, outputs):
    return nn.Conv2d(inputs, outputs, 3, padding=1)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.stride, self.added = stride, outputs - inputs

    def forward(self, x):
        y = self.conv2(torch.relu(self.conv1(x)))
        if self.stride > 1 or self.added:
            front = self.added // 2
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, front, self.added - front))
        return torch.relu(y + x)


def resnet20():
    layers, inputs = [nn.Conv2d(1, 16, 3, 1, 1, bias=False), nn.ReLU()], 16
    for outputs in (16, 32, 64):
        for index in range(3):
            layers.append(Block(inputs, outputs, 2 if index == 0 and outputs > 16 else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 3))


NETS = {
    "mlp": (lambda: nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10)), (784,)),
    "conv28": (lambda: nn.Sequential(
        conv(1, 16), nn.ReLU(), nn.MaxPool2d(2), conv(16, 32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1568, 64), nn.ReLU(), nn.Linear(64, 10)), (1, 28, 28)),
    "vgg16": (lambda: nn.Sequential(
        conv(3, 32), nn.ReLU(), nn.MaxPool2d(2), conv(32, 128), nn.ReLU(), nn.MaxPool2d(2),
        conv(128, 256), nn.ReLU(), nn.MaxPool2d(2), conv(256, 256), nn.ReLU(), nn.Flatten(), nn.Linear(1024, 10)), (3, 16, 16)),
    "resnet20": (resnet20, (1, 28, 28)),
}


def make(name, examples):
    """The network in float64 and its first inputs."""
    build, shape = NETS[name]
    net = build().double()
    for index, p in enumerate(net.parameters()):
        fan = p[0].numel() if p.dim() > 1 else fan  # noqa: F821 (a bias follows its weight)
        with torch.no_grad():
            p.copy_(hashed(index + 1, tuple(p.shape), ((6.0 if p.dim() > 1 else 0.01) / fan) ** 0.5))
    return net, hashed(0, (examples, *shape), 1.7)
