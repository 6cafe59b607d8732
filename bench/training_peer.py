"""PyTorch's side of bench/training.sh: the same networks, batches and optimizers, whole epochs, evaluation included."""

import sys
import time

import torch

torch.set_num_threads(1)
BATCH = 128
NETS = [("64-64-10", [64, 64, 10], 6400, 20), ("784-256-256-10", [784, 256, 256, 10], 6400, 4)]
RULES = {
    "sgd": lambda p: torch.optim.SGD(p, 0.01, momentum=0.9),
    "adam": lambda p: torch.optim.Adam(p, 0.001),
}


def network(widths):
    layers = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(fan_in, fan_out), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def evaluate(net, inputs, targets, labels):
    with torch.no_grad():
        outputs = torch.cat([net(part) for part in inputs.split(1024)])
        predicted = outputs.argmax(1)
        for _ in range(2):  # given and clean labels
            (0.5 * (outputs - targets).square().sum() / len(inputs)).item()
            (predicted != labels).sum().item()


def train(widths, examples, epochs, rule):
    torch.manual_seed(1)
    inputs, labels = torch.rand(examples, widths[0]), torch.randint(10, (examples,))
    targets = torch.eye(10)[labels]
    net = network(widths)
    optimizer = RULES[rule](net.parameters())
    start, busy = time.perf_counter(), time.process_time()
    evaluate(net, inputs, targets, labels)
    for _ in range(epochs):
        order = torch.randperm(examples)
        for batch in order.split(BATCH):
            x, y = inputs.index_select(0, batch), targets.index_select(0, batch)
            optimizer.zero_grad(set_to_none=True)
            loss = 0.5 * (net(x) - y).square().sum() / len(batch)
            loss.backward()
            optimizer.step()
        evaluate(net, inputs, targets, labels)
    return time.perf_counter() - start, time.process_time() - busy


def main():
    for name, widths, examples, epochs in NETS:
        for rule in RULES:
            train(widths, examples, 1, rule)
            for _ in range(int(sys.argv[1])):
                steps = epochs * (examples // BATCH)
                wall, busy = (seconds / steps * 1e6 for seconds in train(widths, examples, epochs, rule))
                print(f"{name} {rule} {wall:.1f} {busy:.1f}", flush=True)


main()
