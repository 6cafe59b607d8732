"""early_stopping_value: definition 6.1 and lemma 6.2 by sums over an SVD."""

import json

import numpy as np

from bundle import rows, sizes, vectors


def check(bundle_export_dir, bundle_dir):
    index = json.load(open(f"{bundle_export_dir}/index.json"))
    settings = [a["early_stopping_value"] for a in index["plan"]["analyses"] if "early_stopping_value" in a]
    svds = {}
    for row in rows(bundle_dir, "early_stopping_value"):
        if row["status"] not in ("ok", "partial"):
            continue
        gamma = settings[0]["gamma"]
        at, split, r = row["spectrum_at"], row["split"], int(row["cutoff_rank"])
        alpha = float(row["cutoff_alpha"])
        if (at, split) not in svds:
            svds[at, split] = np.linalg.svd(
                np.load(f"{bundle_export_dir}/{at}/{split}/jacobian.npy"), full_matrices=False)[:2]
        u, s = svds[at, split]
        n, k = sizes(row, index)
        name = "initial_residual" if row["quantity"].startswith("initial_residual") else "label"
        found = vectors(bundle_export_dir, at, split, row["target"], n, k, index)
        if name not in found:
            continue
        v = found[name]
        a = u.T @ v
        inside = (a[:r] ** 2).sum()
        b = np.sqrt((alpha / s[:r] * a[:r] @ (alpha / s[:r] * a[:r])) + ((gamma * s[r:] / alpha * a[r:]) ** 2).sum())
        value = {
            name: b,
            name + "_distance": b / alpha,
            name + "_lower_bound": alpha / s[0] * np.sqrt(inside),
            name + "_upper_bound": np.sqrt(inside + gamma**2 * (v @ v - inside)),
        }[row["quantity"]]
        ours = float(row["value"])
        if row["status"] == "partial":  # only the ends are ours: the value is to lie between them
            ours = float(np.clip(value, float(row["lower"]), float(row["upper"])))
        yield f"{at} {split} {row['target']} {row['quantity']}", ours, value, 1e-9 * gamma * np.linalg.norm(v)
