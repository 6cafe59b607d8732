"""Overlaps and principal angles of information spaces."""

import numpy as np

from timeline import Run, number


def check(export_dir, bundle_dir):
    run = Run(export_dir, bundle_dir)
    settings = run.settings("subspace_overlap")
    if settings is None:
        return
    reference = run.checkpoint(settings["reference"])
    for row in run.rows("subspace_overlap"):
        if row["status"] != "ok" or row["quantity"] not in ("overlap", "smallest_angle", "largest_angle"):
            continue
        name, split = row["spectrum_at"], row["split"]
        one, other = (run.array(f"{at}/{split}/left_vectors.npy") for at in (name, reference))
        few, many = (one, other) if one.shape[1] <= other.shape[1] else (other, one)
        inside = many.T @ few
        sines = np.linalg.svd(few - many @ inside, compute_uv=False)
        cosines = np.linalg.svd(inside, compute_uv=False)
        value = {
            "overlap": (inside ** 2).sum() / few.shape[1],
            # Near 0 by the sine, else by the cosine.
            "smallest_angle": np.arcsin(min(1, sines[-1])) if sines[-1] < 0.7 else np.arccos(min(1, cosines[0])),
            "largest_angle": np.arcsin(min(1, sines[0])) if sines[0] < 0.7 else np.arccos(min(1, cosines[-1])),
        }[row["quantity"]]
        yield f"subspace_overlap {row['quantity']} {name} {split}", number(row["value"]), value, 1e-9


