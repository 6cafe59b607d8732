"""The curves of residual_energy from recorded outputs and left vectors."""

import numpy as np

from timeline import Run, centred, number


def check(export_dir, bundle_dir):
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
