"""energy_curve: cumulative energies in an SVD's left vectors, at ranks that a gap follows."""

import csv
import json

import numpy as np

from bundle import sizes, vectors


def check(bundle_export_dir, bundle_dir):
    index = json.load(open(f"{bundle_export_dir}/index.json"))
    svds, curves = {}, {}
    with open(f"{bundle_dir}/data/results/analyses/energy_curve.csv", newline="") as file:
        table = list(csv.DictReader(file))
    for row in table:
        at, split, target, rank = row["spectrum_at"], row["split"], row["target"], int(row["rank"])
        if (at, split) not in svds:
            svds[at, split] = np.linalg.svd(
                np.load(f"{bundle_export_dir}/{at}/{split}/jacobian.npy"), full_matrices=False)[:2]
        u, s = svds[at, split]
        where = f"{at} {split} {target} rank {rank}"
        yield where + " sigma", float(row["sigma"]), s[rank - 1], 1e-10 * s[0]
        if float(row["angle_bound"]) > 1e-8:
            continue
        if (at, split, target) not in curves:
            n, k = sizes(row, index)
            found = vectors(bundle_export_dir, at, split, target, n, k, index)
            curves[at, split, target] = {
                name: np.cumsum((u.T @ v) ** 2) / (v @ v) for name, v in found.items() if v @ v > 0}
        for name, curve in curves[at, split, target].items():
            yield f"{where} {name}", float(row[name]), curve[rank - 1], 1e-9 + 2 * float(row["angle_bound"])
