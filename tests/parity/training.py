"""Reference numbers of PyTorch for the optimizers, schedules and losses: writes training.json beside this file.

Run: python3 tests/parity/training.py (PyTorch 1.13 or newer). A tanh network 4-5-3 on 12 examples whose values are exact
binary fractions, float64, 50 full-batch steps, a new rate after each.
"""

import json
import os

import torch

from settings import LOSSES, OPTIMIZERS, SCHEDULES

STEPS = 50


def fraction(rows, columns, salt, unit):
    entries = [[(7 * i + 13 * j + salt) % 11 - 5 for j in range(columns)] for i in range(rows)]
    return torch.tensor(entries, dtype=torch.float64) / unit


def weights():
    shapes = [(5, 4), (1, 5), (3, 5), (1, 3)]
    drawn = [fraction(*shape, salt, 16.0) for salt, shape in enumerate(shapes)]
    return [one.flatten() if one.shape[0] == 1 else one for one in drawn]


def train(optimizer, schedule, loss, clip):
    inputs, labels = fraction(12, 4, 0, 8.0), torch.arange(12) % 3
    held = [one.requires_grad_() for one in weights()]
    rule = OPTIMIZERS[optimizer](held, 1)
    rate = SCHEDULES[schedule](rule)
    for _ in range(STEPS):
        rule.zero_grad()
        hidden = (inputs @ held[0].t() + held[1]).tanh()
        LOSSES[loss](hidden @ held[2].t() + held[3], labels).backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(held, clip)
        rule.step()
        rate.step()
    return torch.cat([one.detach().flatten() for one in held]).tolist()


def main():
    torch.set_num_threads(1)
    cases = [(o, s, l, None) for o in OPTIMIZERS for s in SCHEDULES for l in LOSSES] + [
        (o, "constant", "squared_error", 0.05) for o in ("sgd", "adam")
    ]
    found = [
        {"optimizer": o, "schedule": s, "loss": l, "clip": c, "weights": train(o, s, l, c)} for o, s, l, c in cases
    ]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "training.json")
    with open(path, "w", encoding="utf-8") as file:
        lines = ",\n".join(json.dumps(one) for one in found)
        file.write('{"torch": "%s", "cases": [\n%s\n]}\n' % (torch.__version__, lines))


if __name__ == "__main__":
    main()
