"""spectrum: singular values, norms and the gap at the cutoff from the exported Jacobian."""

import numpy as np

from bundle import Jacobians, rows


def check(export, bundle):
    jacobians = Jacobians(export)
    for row in rows(bundle, "spectrum"):
        if row["status"] != "ok":
            continue
        _, sigma = jacobians.of(row["spectrum_at"], row["split"])
        rank = int(row["cutoff_rank"] or 0)
        known = {"sigma_1": sigma[0], "frobenius_norm": np.linalg.norm(sigma)}
        if rank:
            below = sigma[rank] if rank < len(sigma) else 0.0
            known |= {"sigma_r": sigma[rank - 1], "sigma_r_plus_1": below, "gap": sigma[rank - 1] - below}
        if row["quantity"] in known:
            where = f"{row['spectrum_at']} {row['split']} {row['quantity']}"
            yield where, float(row["value"]), known[row["quantity"]], 1e-9 * sigma[0]
