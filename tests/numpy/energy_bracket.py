"""energy_bracket: every bracket holds the energy that NumPy's SVD of the exported Jacobian gives."""

import csv
import pathlib

import numpy as np


def check(export, bundle):
    """Yields (what, ours, numpy, tolerance); ours is the bracket's middle, and the tolerance half its width."""
    export, results = pathlib.Path(export), pathlib.Path(bundle) / "data" / "results"
    cache = {}
    for row in rows(results / "measurements.csv"):
        if row["analysis"] != "energy_bracket" or row["status"] != "ok":
            continue
        vector = row["quantity"].split("_")[0]
        yield compared(export, cache, row, vector, row["cutoff_rank"])
    table = results / "analyses" / "energy_bracket.csv"
    for row in rows(table) if table.exists() else []:
        if row["lower"] != "nan":
            yield compared(export, cache, row, row["vector"], "")


def compared(export, cache, row, vector, rank):
    place = (row["spectrum_at"], row["split"])
    if place not in cache:
        jacobian = np.load(export / place[0] / place[1] / "jacobian.npy")
        cache[place] = np.linalg.svd(jacobian, full_matrices=False)[:2]
    left, sigma = cache[place]
    v = vector_of(export, *place, vector, row["target"])
    r = int(rank) if rank else int(np.sum(sigma >= float(row["cutoff_alpha"])))
    exact = np.sum((left[:, :r].T @ v) ** 2) / np.sum(v**2)
    lower, upper = float(row["lower"]), float(row["upper"])
    what = f"{vector} {row['target']} at {'/'.join(place)}, alpha {row['cutoff_alpha']}"
    return what, (lower + upper) / 2, exact, (upper - lower) / 2 + 1e-9


def vector_of(export, checkpoint, split, vector, target):
    """The label vector or residual, sample-major; squared error only."""
    targets = np.load(export / split / "targets.npy").astype(float)
    clean_file = export / split / "targets_clean.npy"
    if clean_file.exists():
        clean = np.load(clean_file).astype(float)
    else:
        clean = np.eye(targets.shape[1])[np.load(export / split / "labels_clean.npy")]
    outputs = np.load(export / checkpoint / split / "outputs.npy").astype(float)
    rows_of_jacobian = np.load(export / checkpoint / split / "jacobian.npy", mmap_mode="r").shape[0]
    n = rows_of_jacobian // targets.shape[1]
    targets, clean, outputs = targets[:n], clean[:n], outputs[:n]
    if target.startswith("noise"):
        v = targets - clean
        if target == "noise_centred":
            labels = clean.argmax(axis=1)
            for label in np.unique(labels):
                v[labels == label] -= v[labels == label].mean(axis=0)
        return v.ravel()
    v = clean if target == "clean" else targets
    v = outputs - v if vector == "residual" else v
    return (v - v.mean(axis=0) if target == "centred" else v).ravel()


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)
