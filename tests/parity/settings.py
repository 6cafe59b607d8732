"""The optimizers, schedules and losses of the parity tests, as PyTorch has them."""

import torch
from torch.optim import lr_scheduler

# Of the parameters and a factor of the learning rate.
OPTIMIZERS = {
    "sgd": lambda p, factor: torch.optim.SGD(p, factor * 0.1),
    "sgd_momentum": lambda p, factor: torch.optim.SGD(p, factor * 0.05, momentum=0.9),
    "sgd_nesterov": lambda p, factor: torch.optim.SGD(p, factor * 0.05, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p, factor: torch.optim.Adam(p, factor * 0.01),
    "adam_decay": lambda p, factor: torch.optim.Adam(p, factor * 0.02, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
    "adamw": lambda p, factor: torch.optim.AdamW(p, factor * 0.01, weight_decay=0.1),
}
SCHEDULES = {
    "constant": lambda o: lr_scheduler.ConstantLR(o, factor=1.0),
    "step": lambda o: lr_scheduler.MultiStepLR(o, [20, 40], gamma=0.1),
    "cosine": lambda o: lr_scheduler.CosineAnnealingLR(o, 50, eta_min=0.1 * o.param_groups[0]["lr"]),
    "warmup": lambda o: lr_scheduler.SequentialLR(
        o, [lr_scheduler.LinearLR(o, 1 / 5, total_iters=4), lr_scheduler.MultiStepLR(o, [20], gamma=0.5)], [5]
    ),
}
LOSSES = {
    "squared_error": lambda f, labels: 0.5 * (f - torch.eye(f.shape[1], dtype=f.dtype)[labels]).square().sum() / len(labels),
    "cross_entropy": lambda f, labels: torch.nn.functional.cross_entropy(f, labels),
}
