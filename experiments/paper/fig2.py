"""The digitised points of figure 2 beside the 95 % prediction interval of one draw; reads `spectral report --json`."""

import json
import sys

PAPER = {
    "total": {"initial": 4.50, "6": 2.273, "50": 2.777, "100": 3.047, "final": 3.241},
    "information": {"initial": 2.55, "1": 1.00, "2": 0.505, "3": 0.330, "4": 0.260, "9": 0.208, "final": 0.265},
    "nuisance": {"initial": 1.95, "1": 1.968, "6": 2.055, "50": 2.542, "100": 2.794, "final": 2.976},
}
HALF_DIGIT = 5e-4  # the points are digitised to three decimals

means = {(row["quantity"], row["at"]): row for row in json.load(sys.stdin)["means"]}
print(f"{'part':<12}{'step':>8}{'paper':>8}{'mean':>8}{'95 % of a draw':>18}  of {next(iter(means.values()))['count']} draws")
outside = []
for part, points in PAPER.items():
    for step, value in points.items():
        row = means[part, step]
        inside = row["next_lower"] - HALF_DIGIT <= value <= row["next_upper"] + HALF_DIGIT
        outside += [] if inside else [f"{part} at {step}"]
        interval = f"[{row['next_lower']:.3f}, {row['next_upper']:.3f}]"
        print(f"{part:<12}{step:>8}{value:>8.3f}{row['mean']:>8.3f}{interval:>18}  {'inside' if inside else 'OUTSIDE'}")
print("outside: " + (", ".join(outside) or "none"))
