"""kernel_alignment: H K H formed from the exported Jacobian, of all columns, of a layer's, and of groups of examples."""

import csv
import json
import os

import numpy as np

from bundle import rows, sizes


def alignment(jacobian, labels):
    """jacobian [n, K, p], labels [n, K]."""
    n, k, p = jacobian.shape
    centred = (jacobian - jacobian.mean(0)).reshape(n * k, p)  # H J, so that H K H = (H J)(H J)^T
    y = (labels - labels.mean(0)).reshape(-1)
    return np.linalg.norm(centred.T @ y) ** 2 / (np.linalg.norm(centred @ centred.T) * (y @ y))


def check(bundle_export_dir, bundle_dir):
    index = json.load(open(f"{bundle_export_dir}/index.json"))

    def arrays(row):
        n, k = sizes(row, index)
        folder = f"{bundle_export_dir}/{row['split']}"
        given = np.load(f"{folder}/targets.npy")[:n]
        clean = np.load(f"{folder}/targets_clean.npy").astype(float)[:n] \
            if os.path.exists(f"{folder}/targets_clean.npy") else np.eye(k)[np.load(f"{folder}/labels_clean.npy")[:n]]
        jacobian = np.load(f"{bundle_export_dir}/{row['spectrum_at']}/{row['split']}/jacobian.npy")
        return jacobian.reshape(n, k, -1), given, clean

    for row in rows(bundle_dir, "kernel_alignment"):
        if row["status"] not in ("ok", "partial"):
            continue
        jacobian, given, clean = arrays(row)
        corrupted = (given != clean).any(1)
        members = {"alignment": corrupted | True, "corrupted_alignment": corrupted, "uncorrupted_alignment": ~corrupted}[
            row["quantity"]]
        value = alignment(jacobian[members], (given if row["target"] == "given" else clean)[members])
        ours = float(row["value"])
        if row["status"] == "partial":
            ours = float(np.clip(value, float(row["lower"]), float(row["upper"])))
        yield f"{row['spectrum_at']} {row['split']} {row['target']} {row['quantity']}", ours, value, 1e-9

    table = f"{bundle_dir}/data/results/analyses/kernel_alignment_layers.csv"
    if not os.path.exists(table):
        return
    with open(table, newline="") as file:
        for row in csv.DictReader(file):
            if row["status"] != "ok":
                continue
            jacobian, given, clean = arrays(row)
            columns = np.concatenate([
                np.arange(p["first_column"], p["first_column"] + int(np.prod(p["shape"])))
                for p in index["parameter_columns"] if p["name"].rsplit(".", 1)[0] == row["layer"]])
            value = alignment(jacobian[:, :, columns], given if row["target"] == "given" else clean)
            where = f"{row['spectrum_at']} {row['split']} {row['target']} layer {row['layer']}"
            yield where, float(row["alignment"]), value, 1e-9
            yield where + " parameters", int(row["parameters"]), len(columns), 0
