"""What the checks read: tables of a bundle, and arrays of its export."""

import csv
import json

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
