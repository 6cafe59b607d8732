"""memorization: errors and residuals of corrupted and other examples from the recorded outputs."""

import json

import numpy as np

from bundle import index, rows, table


def check(export, bundle):
    if "squared_error" not in json.dumps(index(export)["plan"]["training"]["loss"]):
        return
    epochs = np.load(f"{bundle}/data/results/outputs/epochs.npy")
    outputs = np.load(f"{bundle}/data/results/outputs/train.npy").astype(float)
    folder = f"{bundle}/data/dataset/train"
    labels = {"given": np.load(f"{folder}/labels.npy"), "clean": np.load(f"{folder}/labels_clean.npy")}
    mask = np.load(f"{folder}/mask.npy")

    def found(epoch, group, target):
        f, y = outputs[list(epochs).index(epoch)], labels[target]
        chosen = mask if group == "corrupted" else ~mask
        wrong = (f.argmax(1) != y)[chosen]
        half = 0.5 * ((f - np.eye(f.shape[1])[y]) ** 2).sum(1)[chosen]
        return wrong.sum(), chosen.sum(), half.mean()

    for row in table(bundle, "memorization"):
        errors, examples, half = found(int(row["epoch"]), row["group"], row["target"])
        where = f"epoch {row['epoch']} {row['group']} {row['target']}"
        yield where + " errors", float(row["errors"]), float(errors), 0.5
        yield where + " examples", float(row["examples"]), float(examples), 0.5
        yield where + " mean_half_square", float(row["mean_half_square"]), half, 1e-9 * max(1, half)
    for row in rows(bundle, "memorization"):
        group, quantity = row["quantity"].split("_", 1)
        errors, examples, half = found(int(row["epoch"]), group, row["target"])
        known = {"examples": examples, "error": errors / examples, "mean_half_square": half}[quantity]
        yield f"{row['quantity']} {row['target']}", float(row["value"]), float(known), 1e-9 * max(1, known)
