"""Records what PyTorch computes for the networks of ParityCases.cs, from weights and inputs that the tests export.

    SPECTRAL_PARITY=/tmp/parity dotnet run -c Release --project tests/Spectral.Core.Tests -- -explicit only \
        -method 'Spectral.Core.Tests.Networks.PyTorchParityTests.Export'
    /usr/bin/python3 tests/parity/record.py /tmp/parity            # writes the reference files
    /usr/bin/python3 tests/parity/record.py /tmp/parity --check    # compares with them instead

Needs Debian's python3-torch and python3-numpy.
"""

import pathlib
import sys

import numpy as np
import torch

from networks import NETWORKS, load
from safetensors_file import read, write

REFERENCE = pathlib.Path(__file__).resolve().parent.parent / "Spectral.Core.Tests" / "Networks" / "Reference"


def compute(name, exported, metadata):
    """What PyTorch makes of exported weights: outputs in both modes, facts of the gradients, buffers behind the pass."""
    network, inputs = load(name, exported, metadata)
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
