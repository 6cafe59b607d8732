"""50 training steps of every optimizer and schedule in PyTorch, for networks of ParityCases.cs.

    SPECTRAL_PARITY=/tmp/parity dotnet run -c Release --project tests/Spectral.Core.Tests -- -explicit only \
        -class 'Spectral.Core.Tests.Networks.PyTorchParityTests' -class 'Spectral.Core.Tests.Training.NetworkTrainingTests'
    /usr/bin/python3 tests/parity/train_networks.py /tmp/parity            # writes the reference files
    /usr/bin/python3 tests/parity/train_networks.py /tmp/parity --check    # compares with all of our trained weights

Full batch, float64, one thread; a new rate after each step; labels 0, 1, .., K-1 in turn. The reference keeps of every
parameter and buffer its norm and six entries at even distances; --check compares whole tensors.
"""

import pathlib
import sys

import numpy as np
import torch

from networks import load
from safetensors_file import read, write
from settings import LOSSES, OPTIMIZERS, SCHEDULES
from training import STEPS

REFERENCE = pathlib.Path(__file__).resolve().parent.parent / "Spectral.Core.Tests" / "Training" / "Reference"
TRAINED = [
    "mlp", "conv_net_none", "conv_net_batch", "conv_net_group",
    "narrow_resnet8_none", "narrow_resnet8_batch", "narrow_resnet8_group",
]
RATE = 0.2  # of the rates of settings.py: deep networks without normalisation stay stable


def train(name, exported, metadata, optimizer, schedule):
    """The state dict after 50 steps, by name."""
    network, inputs = load(name, exported, metadata)
    network.train()
    rule = OPTIMIZERS[optimizer](network.parameters(), RATE)
    rate = SCHEDULES[schedule](rule)
    for _ in range(STEPS):
        rule.zero_grad()
        outputs = network(inputs)
        LOSSES["squared_error"](outputs, torch.arange(len(inputs)) % outputs.shape[1]).backward()
        rule.step()
        rate.step()
    state = network.state_dict()
    return {key: value.numpy() for key, value in state.items() if not key.endswith("num_batches_tracked")}


def facts(state):
    """[tensors, 7]: norm and six entries of each."""
    kept = []
    for values in state.values():
        flat = values.ravel()
        kept.append([np.linalg.norm(flat)] + [flat[i * (flat.size - 1) // 5] for i in range(6)])
    return np.array(kept)


def distance(state, ours):
    """The largest difference of any tensor over that tensor's largest entry."""
    assert state.keys() == ours.keys(), (state.keys(), ours.keys())
    return max(np.abs(state[key] - ours[key]).max() / np.abs(state[key]).max() for key in state)


def main():
    folder, check = pathlib.Path(sys.argv[1]), "--check" in sys.argv[2:]
    torch.set_num_threads(1)
    print(f"PyTorch {torch.__version__}")
    for name in TRAINED:
        exported, metadata = read(folder / f"{name}.safetensors")
        kept, worst = {}, 0.0
        for optimizer in OPTIMIZERS:
            for schedule in SCHEDULES:
                state = train(name, exported, metadata, optimizer, schedule)
                assert all(np.isfinite(values).all() for values in state.values()), (name, optimizer, schedule)
                kept[f"{optimizer}/{schedule}"] = facts(state)
                if check:
                    ours, _ = read(folder / "trained" / f"{name}.{optimizer}.{schedule}.safetensors")
                    found = distance(state, ours)
                    worst = max(worst, found)
                    assert found <= 1e-10, f"{name}, {optimizer}, {schedule}: {found:.1e} apart"
        if check:
            print(f"{name}: all weights and buffers of {len(kept)} trainings agree to {worst:.1e}")
        else:
            REFERENCE.mkdir(exist_ok=True)
            write(REFERENCE / f"{name}.safetensors", kept)
            print(f"{name}: recorded")


if __name__ == "__main__":
    main()
