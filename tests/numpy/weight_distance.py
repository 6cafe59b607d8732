"""Distances of parameters from the exported weights."""

import numpy as np

from timeline import Run, number


def check(export_dir, bundle_dir):
    run = Run(export_dir, bundle_dir)
    if run.settings("weight_distance") is None:
        return
    try:
        start = run.parameters(run.checkpoint("initial"))
    except FileNotFoundError:
        return
    if run.plan["jacobian"]["at"][0].get("epoch") != 0:
        return
    for row in run.rows("weight_distance"):
        name = row["spectrum_at"]
        moved = run.parameters(name) - start
        value = {
            "distance": lambda: np.linalg.norm(moved),
            "relative_distance": lambda: np.linalg.norm(moved) / np.linalg.norm(start),
            "largest_row_distance": lambda: np.linalg.norm(
                run.array(f"{name}/weights/hidden.weight.npy")
                - run.array(f"{run.checkpoint('initial')}/weights/hidden.weight.npy"), axis=1).max(),
        }[row["quantity"]]()
        yield f"weight_distance {row['quantity']} {name}", number(row["value"]), value, 1e-9 * max(1, value)
