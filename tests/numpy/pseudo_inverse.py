"""pseudo_inverse: ||J_I^+ v|| by the pseudo-inverse of the truncated matrix, formed."""
import csv, json, os
import numpy as np


def vectors(export, checkpoint, split, target, n, k, index):
    """Labels, residual and initial residual [nK] of a target, or nothing where a target has none."""
    given = np.load(f"{export}/{split}/targets.npy")[:n]
    labels = f"{export}/{split}/labels_clean.npy"
    clean = np.load(f"{export}/{split}/targets_clean.npy").astype(float)[:n] \
        if os.path.exists(f"{export}/{split}/targets_clean.npy") else np.eye(k)[np.load(labels)[:n]]
    y = {"given": given, "clean": clean, "centred": given - given.mean(0), "noise": given - clean}.get(target)
    if target == "noise_centred":
        noise = given - clean
        members = np.load(labels)[:n] if os.path.exists(labels) else np.zeros(n, int)
        y = noise - np.stack([noise[members == c].mean(0) for c in members])
    found = {"label": y.reshape(-1)}
    if target in ("given", "clean", "centred"):
        names = index["projection_rows"]
        # r_0 needs f at initialisation, which a plan may not have as a checkpoint.
        for name, at in (("residual", checkpoint), ("initial_residual", "initial")):
            path = f"{export}/{at}/{split}/outputs.npy"
            if os.path.exists(path) and "squared_error" in json.dumps(index["plan"]["training"]["loss"]):
                r = np.load(path) - (clean if target == "clean" else given)
                found[name] = (r - r.mean(0) if target == "centred" else r).reshape(-1)
    return found


def rows(bundle, analysis):
    with open(f"{bundle}/data/results/measurements.csv", newline="") as file:
        return [row for row in csv.DictReader(file) if row["analysis"] == analysis]


def sizes(export, row, index):
    n = index["jacobian_examples"][row["split"]]
    return n, len(index["classes"])


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
        n, k = sizes(bundle_export_dir, row, index)
        name = row["quantity"].removesuffix("_over_norm")
        found = vectors(bundle_export_dir, at, split, row["target"], n, k, index)
        if name not in found:
            continue
        norm = np.linalg.norm(inverses[at, split] @ found[name])
        if row["quantity"].endswith("_over_norm"):
            norm /= np.linalg.norm(found[name])
        yield f"{at} {split} {row['target']} {row['quantity']}", float(row["value"]), norm, 1e-9 * max(norm, 1e-3)
