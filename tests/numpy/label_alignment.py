"""label_alignment: labels in both spaces and their baselines, from the exported labels and Jacobian."""

import numpy as np

from bundle import Jacobians, index, rows, vectors


def check(export, bundle):
    jacobians, facts = Jacobians(export), index(export)
    k = len(facts["classes"])
    for row in rows(bundle, "label_alignment"):
        at, split, quantity = row["spectrum_at"], row["split"], row["quantity"]
        rank = int(row["cutoff_rank"] or 0)
        if row["status"] != "ok" or not rank or not jacobians.is_gapped(at, split, rank):
            continue
        n = facts["jacobian_examples"][split]
        u, _ = jacobians.of(at, split)
        y = vectors(export, at, split, row["target"], n, k, facts)["label"]
        norm = np.linalg.norm(y)
        if norm == 0:
            continue
        inside = u[:, :rank].T @ y
        known = {
            "information": np.linalg.norm(inside) / norm,
            "nuisance": np.linalg.norm(y - u[:, :rank] @ inside) / norm,
            "random_baseline": np.sqrt(rank / len(y)),
            "class_constant_baseline": np.linalg.norm(np.sqrt(n) * y.reshape(n, k).mean(0)) / norm,
        }
        if quantity.startswith("indicator_baseline"):
            clean = np.eye(k)[np.load(f"{export}/{split}/labels_clean.npy")[:n]]
            basis = clean / np.sqrt(np.maximum(1, clean.sum(0)))
            share = np.linalg.norm(basis.T @ y.reshape(n, k)) / norm
            known |= {
                "indicator_baseline": share,
                "indicator_baseline_nuisance": np.sqrt(max(0.0, 1 - share**2)),
            }
        yield f"{at} {split} {row['target']} {quantity}", float(row["value"]), known[quantity], 1e-9
