"""PyTorch's side of bench/training.sh: the same networks, batches and optimizers, whole epochs, evaluation included."""

import sys
import time

import torch

torch.set_num_threads(1)
BATCH = 128
CHUNK = 256  # on a CPU the fastest of 128, 256, 512, 1024 and 2048 for 784-256-256-10
DEVICE_CHUNK = 8192  # all examples of these networks at once, as a GPU wants it
NETS = [
    ("64-64-10", (64,), lambda: perceptron([64, 64, 10]), 6400, 20),
    ("784-256-256-10", (784,), lambda: perceptron([784, 256, 256, 10]), 6400, 4),
    ("resnet8", (1, 28, 28), lambda: ResNet8(), 1280, 1),
]
RULES = {
    "sgd": lambda p: torch.optim.SGD(p, 0.01, momentum=0.9),
    "adam": lambda p: torch.optim.Adam(p, 0.001),
}


def perceptron(widths):
    layers = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(fan_in, fan_out), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


class Block(torch.nn.Module):
    """Two 3x3 convolutions with batch normalisation; the shortcut subsamples and pads with channels of zeros."""

    def __init__(self, inputs, outputs):
        super().__init__()
        stride = outputs // inputs
        self.conv1 = torch.nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(outputs)
        self.conv2 = torch.nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = torch.nn.BatchNorm2d(outputs)
        self.added = (outputs - inputs) // 2

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        if self.added:
            x = torch.nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.added, self.added))
        return torch.relu(y + x)


class ResNet8(torch.nn.Module):
    """Depth 8, width 16, as in the networks for CIFAR of arXiv:1512.03385."""

    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 16, 3, 1, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(16)
        self.blocks = torch.nn.Sequential(Block(16, 16), Block(16, 32), Block(32, 64))
        self.linear = torch.nn.Linear(64, 10)

    def forward(self, x):
        return self.linear(self.blocks(torch.relu(self.bn1(self.conv1(x)))).mean((2, 3)))


def evaluate(net, inputs, targets, labels):
    net.eval()
    with torch.no_grad():
        outputs = torch.cat([net(part) for part in inputs.split(DEVICE_CHUNK if inputs.is_cuda else CHUNK)])
        predicted = outputs.argmax(1)
        for _ in range(2):  # given and clean labels
            (0.5 * (outputs - targets).square().sum() / len(inputs)).item()
            (predicted != labels).sum().item()
    net.train()


def train(shape, network, examples, epochs, rule, device):
    torch.manual_seed(1)
    inputs, labels = torch.rand(examples, *shape), torch.randint(10, (examples,))
    inputs, labels = inputs.to(device), labels.to(device)
    targets = torch.eye(10, device=device)[labels]
    net = network().to(device)
    optimizer = RULES[rule](net.parameters())
    start, busy = time.perf_counter(), time.process_time()
    evaluate(net, inputs, targets, labels)
    for _ in range(epochs):
        order = torch.randperm(examples).to(device)
        for batch in order.split(BATCH):
            x, y = inputs.index_select(0, batch), targets.index_select(0, batch)
            optimizer.zero_grad(set_to_none=True)
            loss = 0.5 * (net(x) - y).square().sum() / len(batch)
            loss.backward()
            optimizer.step()
        evaluate(net, inputs, targets, labels)
    if device.startswith("cuda"):
        torch.cuda.synchronize()
    return time.perf_counter() - start, time.process_time() - busy


def main(repetitions, device="cpu"):
    for name, shape, network, examples, epochs in NETS:
        for rule in RULES:
            train(shape, network, examples, 1, rule, device)
            for _ in range(repetitions):
                steps = epochs * (examples // BATCH)
                wall, busy = (
                    seconds / steps * 1e6 for seconds in train(shape, network, examples, epochs, rule, device))
                print(f"{name} {rule} {wall:.1f} {busy:.1f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
