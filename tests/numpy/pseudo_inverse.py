"""pseudo_inverse: ||J_I^+ v|| by the pseudo-inverse of the truncated matrix, formed."""

import json

import numpy as np

from bundle import rows, sizes, vectors


def check(bundle_export_dir, bundle_dir):
    index = json.load(open(f"{bundle_export_dir}/index.json"))
    inverses = {}
    for row in rows(bundle_dir, "pseudo_inverse"):
        if row["status"] != "ok":
            continue
        at, split, r = row["spectrum_at"], row["split"], int(row["cutoff_rank"])
        if (at, split) not in inverses:
            u, s, vt = np.linalg.svd(np.load(f"{bundle_export_dir}/{at}/{split}/jacobian.npy"), full_matrices=False)
            inverses[at, split] = np.linalg.pinv((u[:, :r] * s[:r]) @ vt[:r]) if r else np.zeros((1, len(u)))
        n, k = sizes(row, index)
        name = row["quantity"].removesuffix("_over_norm")
        found = vectors(bundle_export_dir, at, split, row["target"], n, k, index)
        if name not in found:
            continue
        norm = np.linalg.norm(inverses[at, split] @ found[name])
        if row["quantity"].endswith("_over_norm"):
            norm /= np.linalg.norm(found[name])
        yield f"{at} {split} {row['target']} {row['quantity']}", float(row["value"]), norm, 1e-9 * max(norm, 1e-3)
