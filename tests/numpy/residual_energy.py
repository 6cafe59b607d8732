"""residual_energy: at checkpoints from the exported outputs and Jacobian, over epochs from recorded outputs."""

import json

import numpy as np

from bundle import Jacobians, index, rows, vectors
from timeline import Run, centred, number


def check(export, bundle):
    yield from at_checkpoints(export, bundle)
    yield from over_epochs(export, bundle)


def at_checkpoints(export, bundle):
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


def over_epochs(export_dir, bundle_dir):
    run = Run(export_dir, bundle_dir)
    if "squared_error" not in run.plan["training"]["loss"]:
        return
    curves = {}
    for row in run.table("residual_energy"):
        if row["status"] not in ("ok", "cluster_cut"):
            continue
        split, target, name = row["split"], row["target"], row["spectrum_at"]
        if (split, target) not in curves:
            curves[split, target] = energies(run, split, target, name)
        inside, outside, total = curves[split, target]
        record = list(run.epochs).index(int(row["epoch"]))
        window = slice(max(0, record - 9), record + 1)
        for column, values in (("information", inside), ("nuisance", outside), ("total", total)):
            what = f"residual_energy {column} {split} {target} epoch {row['epoch']}"
            # Below the error's square a curve is reported as 0.
            floor = number(row["error"]) if number(row[column]) == 0 else 0
            yield what, number(row[column]), values[record], 1e-9 * max(1, total[record]) + floor
            if column == "total" or 0 not in (number(row[column]), number(row[column + "_minimum"])):
                yield what + " minimum", number(row[column + "_minimum"]), min(values[window]), 1e-9


def energies(run, split, target, name):
    outputs = run.array(f"{split}/targets.npy").shape[1]
    labels = run.clean_targets(split) if target == "clean" else run.targets(split)
    residuals = run.recorded(split) - labels
    if target == "centred":
        residuals = np.array([centred(residual, outputs) for residual in residuals])
    left = run.array(f"{name}/{split}/left_vectors.npy")
    start = (residuals[0] ** 2).sum()
    inside = residuals @ left
    outside = residuals - inside @ left.T
    return (inside ** 2).sum(1) / start, (outside ** 2).sum(1) / start, (residuals ** 2).sum(1) / start
