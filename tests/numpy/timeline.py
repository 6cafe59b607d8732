"""What the checks of analyses over time share: a bundle's tables and an export's arrays."""

import csv
import json
import math
from pathlib import Path

import numpy as np


class Run:
    """One bundle beside its export."""

    def __init__(self, export_dir, bundle_dir):
        self.export = Path(export_dir)
        self.data = Path(bundle_dir) / "data"
        self.plan = json.loads((self.data / "plan.json").read_text())
        with open(self.data / "results" / "measurements.csv", newline="") as file:
            self.measurements = list(csv.DictReader(file))
        self.epochs = np.load(self.data / "results" / "outputs" / "epochs.npy")

    def settings(self, kind):
        """The settings of an analysis; None where it was not measured."""
        return next((item[kind] for item in self.plan["analyses"] if kind in item), None)

    def rows(self, kind, quantity=None):
        """Measurements that have a value."""
        return [row for row in self.measurements
                if row["analysis"] == kind and quantity in (None, row["quantity"]) and row["value"] != "nan"]

    def table(self, name):
        path = self.data / "results" / "analyses" / f"{name}.csv"
        if not path.exists():
            return []
        with open(path, newline="") as file:
            return list(csv.DictReader(file))

    def array(self, path):
        return np.load(self.export / path).astype(np.float64)

    def targets(self, split):
        """y [nK] of the examples that have rows in J."""
        return self.array(f"{split}/targets.npy").reshape(-1)[: self.row_count(split)]

    def clean_targets(self, split):
        labels, values = self.export / split / "labels_clean.npy", self.export / split / "targets_clean.npy"
        if values.exists():
            return np.load(values).astype(np.float64).reshape(-1)[: self.row_count(split)]
        outputs = self.array(f"{split}/targets.npy").shape[1]
        return np.eye(outputs)[np.load(labels)].reshape(-1)[: self.row_count(split)]

    def row_count(self, split):
        outputs = self.array(f"{split}/targets.npy").shape[1]
        return self.plan["jacobian"].get("examples", {}).get(split, len(self.array(f"{split}/targets.npy"))) * outputs

    def recorded(self, split):
        """f [E, nK] of the examples that have rows in J."""
        outputs = np.load(self.data / "results" / "outputs" / f"{split}.npy").astype(np.float64)
        return outputs.reshape(len(outputs), -1)[:, : self.row_count(split)]

    def checkpoint(self, reference):
        """The name that a setting means."""
        names = [at["name"] for at in self.plan["jacobian"]["at"]]
        if reference in names:
            return reference
        return {"final": names[-1], "initial": names[0]}[reference]

    def parameters(self, checkpoint):
        """The parameters of J's columns, one behind the other."""
        index = json.loads((self.export / "index.json").read_text())
        names = [column["name"] for column in index["parameter_columns"]]
        return np.concatenate([self.array(f"{checkpoint}/weights/{name}.npy").reshape(-1) for name in names])

    def unit(self, batch):
        """The loss's unit, and the optimizer's settings."""
        reduction = self.plan["training"]["loss"]["squared_error"]["reduction"]
        outputs = self.array("train/targets.npy").shape[1]
        return {"sum": 1.0, "batch_mean": 1.0 / batch, "element_mean": 1.0 / (batch * outputs)}[reduction]

    def sgd(self):
        return self.plan["training"]["optimizer"]["sgd"]

    def factor(self, finished):
        """The schedule's factor; None for a schedule that is not checked here."""
        kind, settings = next(iter(self.plan["training"]["schedule"].items()))
        if kind == "constant":
            return 1.0
        if kind == "step":
            return settings["factor"] ** sum(finished >= at for at in settings["at"])
        return None

    def epoch_time(self, finished):
        """Theory time of an epoch."""
        examples, batch = len(self.array("train/targets.npy")), self.plan["training"]["batch_size"]
        rate = self.sgd()["learning_rate"] / (1 - self.sgd()["momentum"]) * self.factor(finished)
        sizes = [min(batch, examples - first) for first in range(0, examples, batch)]
        return sum(rate * self.unit(size) * size / examples for size in sizes)


def number(text):
    return math.nan if text in ("", "nan") else float(text)


def centred(vector, outputs):
    matrix = vector.reshape(-1, outputs)
    return (matrix - matrix.mean(axis=0)).reshape(-1)
