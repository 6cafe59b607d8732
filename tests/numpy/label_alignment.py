"""label_alignment's indicator baseline: the projection of given labels on the indicators of the clean classes."""
import json, os, sys
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pseudo_inverse import rows, sizes


def check(bundle_export_dir, bundle_dir):
    index = json.load(open(f"{bundle_export_dir}/index.json"))
    for row in rows(bundle_dir, "label_alignment"):
        if not row["quantity"].startswith("indicator_baseline"):
            continue
        n, k = sizes(bundle_export_dir, row, index)
        given = np.load(f"{bundle_export_dir}/{row['split']}/targets.npy")[:n]
        clean = np.eye(k)[np.load(f"{bundle_export_dir}/{row['split']}/labels_clean.npy")[:n]]
        basis = clean / np.sqrt(np.maximum(1, clean.sum(0)))
        inside = np.linalg.norm(basis.T @ given) / np.linalg.norm(given)
        value = np.sqrt(1 - inside**2) if row["quantity"].endswith("nuisance") else inside
        yield f"{row['spectrum_at']} {row['split']} {row['quantity']}", float(row["value"]), value, 1e-12
