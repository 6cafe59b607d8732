"""classification_error: errors at each checkpoint, counted on the exported outputs where those are of all examples."""

import numpy as np

from bundle import index, rows


def check(export, bundle):
    facts = index(export)
    for row in rows(bundle, "classification_error"):
        folder = f"{export}/{row['split']}"
        labels = np.load(f"{folder}/{'labels' if row['target'] == 'given' else 'labels_clean'}.npy")
        if facts["jacobian_examples"][row["split"]] != len(labels):
            continue
        outputs = np.load(f"{export}/{row['spectrum_at']}/{row['split']}/outputs.npy")
        errors = float((outputs.argmax(1) != labels).sum())
        known = {"errors": errors, "error": errors / len(labels)}[row["quantity"]]
        yield f"{row['spectrum_at']} {row['split']} {row['target']} {row['quantity']}", float(row["value"]), known, 1e-9
