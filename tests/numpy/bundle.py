"""What the checks read: tables of a bundle, and arrays of its export."""

import csv
import json
import os

import numpy as np


def rows(bundle, analysis):
    """The rows of measurements.csv that an analysis made, as dictionaries of text."""
    with open(f"{bundle}/data/results/measurements.csv", newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["analysis"] == analysis]


def table(bundle, name):
    """The rows of a table of an analysis."""
    with open(f"{bundle}/data/results/analyses/{name}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def index(export):
    with open(f"{export}/index.json", encoding="utf-8") as file:
        return json.load(file)


def vectors(export, checkpoint, split, target, n, k, index):
    """Labels, residual and initial residual [nK] of a target, or nothing where a target has none."""
    given = np.load(f"{export}/{split}/targets.npy")[:n]
    labels = f"{export}/{split}/labels_clean.npy"
    clean = np.load(f"{export}/{split}/targets_clean.npy").astype(float)[:n] \
        if os.path.exists(f"{export}/{split}/targets_clean.npy") else np.eye(k)[np.load(labels)[:n]]
    y = {"given": given, "clean": clean, "centred": given - given.mean(0), "noise": given - clean}.get(target)
    if target == "noise_centred":
        noise = given - clean
        members = np.load(labels)[:n] if os.path.exists(labels) else np.zeros(n, int)
        y = noise - np.stack([noise[members == c].mean(0) for c in members])
    found = {"label": y.reshape(-1)}
    if target in ("given", "clean", "centred"):
        # r_0 needs f at initialisation, which a plan may not have as a checkpoint.
        for name, at in (("residual", checkpoint), ("initial_residual", "initial")):
            path = f"{export}/{at}/{split}/outputs.npy"
            if os.path.exists(path) and "squared_error" in json.dumps(index["plan"]["training"]["loss"]):
                r = np.load(path) - (clean if target == "clean" else given)
                found[name] = (r - r.mean(0) if target == "centred" else r).reshape(-1)
    return found


def sizes(row, index):
    """n of the rows of a split's Jacobian, and K."""
    n = index["jacobian_examples"][row["split"]]
    return n, len(index["classes"])


class Jacobians:
    """The exported Jacobians' singular value decompositions, each made once."""

    def __init__(self, export):
        self.export, self.made = export, {}

    def of(self, checkpoint, split):
        if (checkpoint, split) not in self.made:
            jacobian = np.load(f"{self.export}/{checkpoint}/{split}/jacobian.npy")
            u, sigma, _ = np.linalg.svd(jacobian, full_matrices=False)
            self.made[checkpoint, split] = u, sigma
        return self.made[checkpoint, split]

    def is_gapped(self, checkpoint, split, rank):
        """Whether the information space is well defined: no cluster is cut."""
        _, sigma = self.of(checkpoint, split)
        return rank == len(sigma) or sigma[rank - 1] - sigma[rank] > 1e-6 * sigma[0]
