"""The abstract's three claims from `spectral report --json`: means over seeds with their 95 % intervals."""

import json
import sys

report = json.load(sys.stdin)
settings = report["varied"]


def group(row):
    """The noise rate and the rank of a row's plan."""
    found = dict(zip(settings, row["settings"]))
    return found.get("noise.uniform.rate") or 0, found.get("cutoff.rank.rank")


rows = {}
for row in report["means"]:
    rows[group(row), row["analysis"], row["quantity"], row["at"], row["split"], row["target"]] = row


def text(of, analysis, quantity, at, split="train", target=None):
    row = rows.get((of, analysis, quantity, at, split, target))
    if row is None or row["mean"] is None:
        return "-"
    if row["lower"] is None or row["upper"] - row["lower"] < 1e-9:
        return f"{row['mean']:.3f}"
    return f"{row['mean']:.3f} [{row['lower']:.3f}, {row['upper']:.3f}]"


for of in sorted({key[0] for key in rows}):
    print(f"noise {of[0]:g}, r = {of[1]}")
    align, shape, residual, error = "label_alignment", "spectrum_shape", "residual_energy", "classification_error"
    for name, cells in (
        ("(i) part of ||J||_F^2 in r values", [("initial", shape, "trace_ratio_r", None), ("final", shape, "trace_ratio_r", None)]),
        ("random baseline sqrt(r/nK)", [("initial", align, "random_baseline", "centred")]),
        ("(ii) centred labels, ||P_I y||/||y||", [(at, align, "information", "centred") for at in ("initial", "final")]),
        ("(ii) ||P_I r||^2/||r||^2", [(at, residual, "information_share", "given") for at in ("initial", "final")]),
        ("(iii) noise less class means", [(at, align, "information", "noise_centred") for at in ("initial", "final")]),
        ("(iii) indicator baseline, given labels", [("initial", align, "indicator_baseline", "given")]),
    ):
        print(f"  {name:<40}" + "   ".join(f"{at} {text(of, kind, quantity, at, target=target)}" for at, kind, quantity, target in cells))
    print(f"  {'(iii) test error':<40}" + "   ".join(
        f"{at} {text(of, error, 'error', at, 'test', 'clean')}" for at in ("best-test", "final")))
    for row in report["expected"]:
        if group(row) == of:
            place = ", ".join(str(row[key]) for key in ("at", "split", "target") if row[key])
            print(f"    met in {row['met']} of {row['runs']} seeds: {row['source']}, {row['analysis']}.{row['quantity']} at {place}")
