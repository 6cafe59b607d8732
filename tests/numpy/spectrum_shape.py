"""spectrum_shape: every number from the singular values of the exported Jacobian, and the histogram by counting."""

import csv
import json

import numpy as np

from bundle import rows


def check(bundle_export_dir, bundle_dir):
    index = json.load(open(f"{bundle_export_dir}/index.json"))
    settings = next(a["spectrum_shape"] for a in index["plan"]["analyses"] if "spectrum_shape" in a)
    spectra = {}

    def sigma(at, split):
        if (at, split) not in spectra:
            spectra[at, split] = np.linalg.svd(
                np.load(f"{bundle_export_dir}/{at}/{split}/jacobian.npy"), compute_uv=False)
        return spectra[at, split]

    for row in rows(bundle_dir, "spectrum_shape"):
        if row["status"] not in ("ok", "partial"):
            continue
        lam = sigma(row["spectrum_at"], row["split"]) ** 2
        p = lam[lam > 0] / lam.sum()
        quantity = row["quantity"]
        z = settings["damping"] or (float(row["cutoff_alpha"]) ** 2 if row["cutoff_alpha"] else np.nan)
        if quantity.startswith("trace_ratio_"):
            k = int(row["cutoff_rank"]) if quantity.endswith("_r") else int(quantity.split("_")[-1])
            value = lam[:k].sum() / lam.sum()
        else:
            value = {
                "effective_rank": np.exp(-(p * np.log(p)).sum()),
                "stable_rank": lam.sum() / lam[0],
                "participation_ratio": lam.sum() ** 2 / (lam**2).sum(),
                "effective_dimension": (lam / (lam + z)).sum(),
            }[quantity]
        ours = float(row["value"])
        if row["status"] == "partial":
            ours = float(np.clip(value, float(row["lower"]), float(row["upper"])))
        yield f"{row['spectrum_at']} {row['split']} {quantity}", ours, value, 1e-9 * max(1, value)

    with open(f"{bundle_dir}/data/results/analyses/spectrum_shape_histogram.csv", newline="") as file:
        for row in csv.DictReader(file):
            s = sigma(row["spectrum_at"], row["split"])
            low, high = float(row["sigma_from"]), float(row["sigma_to"])
            # A value at an edge, to rounding, may stand on either side of it.
            near = np.minimum(abs(s - low), abs(s - high)).min() < 1e-9 * s[0] if low > 0 else True
            if not near:
                where = f"{row['spectrum_at']} {row['split']} from {low:.4g}"
                count = int(((s >= low) & (s < high)).sum())
                yield where + " count", int(row["count"]), count, 0
                yield where + " density", float(row["density"]), count / np.log10(high / low), 1e-9 * max(1, count)
