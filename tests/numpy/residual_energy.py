"""residual_energy: the parts of the residual in both spaces from the exported outputs and Jacobian."""

import json

import numpy as np

from bundle import Jacobians, index, rows
from pseudo_inverse import vectors


def check(export, bundle):
    jacobians, facts = Jacobians(export), index(export)
    if "squared_error" not in json.dumps(facts["plan"]["training"]["loss"]):
        return
    for row in rows(bundle, "residual_energy"):
        at, split = row["spectrum_at"], row["split"]
        rank = int(row["cutoff_rank"] or 0)
        if row["status"] != "ok" or not rank or not jacobians.is_gapped(at, split, rank):
            continue
        u, _ = jacobians.of(at, split)
        found = vectors(export, at, split, row["target"], facts["jacobian_examples"][split], len(facts["classes"]), facts)
        if "residual" not in found or "initial_residual" not in found:
            continue
        r, start = found["residual"], found["initial_residual"]

        def inside(v):
            return np.linalg.norm(u[:, :rank].T @ v)

        def outside(v):
            return np.linalg.norm(v - u[:, :rank] @ (u[:, :rank].T @ v))

        known = {
            "information": (inside(r) / np.linalg.norm(start)) ** 2,
            "nuisance": (outside(r) / np.linalg.norm(start)) ** 2,
            "total": (np.linalg.norm(r) / np.linalg.norm(start)) ** 2,
            "information_share": (inside(r) / np.linalg.norm(r)) ** 2,
            "nuisance_share": (outside(r) / np.linalg.norm(r)) ** 2,
            "initial_information": inside(start) / np.linalg.norm(start),
            "initial_nuisance": outside(start) / np.linalg.norm(start),
        }
        if row["quantity"] in known:
            where = f"{at} {split} {row['target']} {row['quantity']}"
            yield where, float(row["value"]), known[row["quantity"]], 1e-9
