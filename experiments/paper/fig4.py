"""Medians over draws of the singular values of figure 4 beside the paper's; reads measurements.csv of the bundles."""

import csv
import pathlib
import statistics
import sys

PAPER = {10: (73.4, 32.5, 7.42, 1.93), 20: (101.8, 40.6, 5.96, 1.72), 25: (112.4, 43.3, 5.21, 1.65),
         40: (141.4, 50.3, 3.95, 1.49), 50: (158.0, 55.0, 3.30, 1.48)}

print(f"{'C':>3} {'index':>6} {'paper':>7} {'median':>8} {'of draws':>18} {'ratio':>6}")
for clusters, paper in PAPER.items():
    found = {}
    for path in sorted(pathlib.Path(sys.argv[1], f"c{clusters}").glob("*/data/results/measurements.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["analysis"] == "singular_values":
                    found.setdefault(row["quantity"], []).append(float(row["value"]))
    rank = 9 * clusters
    for index, value in zip((1, 4, rank, rank + 1), paper):
        draws = found[f"sigma_{index}"]
        median = statistics.median(draws)
        spread = f"[{min(draws):.2f}, {max(draws):.2f}]"
        print(f"{clusters:>3} {index:>6} {value:>7} {median:>8.2f} {spread:>18} {median / value:>6.2f}")
    at = found["largest_ratio_index"]
    print(f"{clusters:>3} largest ratio beyond 63 at {statistics.median(at):.0f} = K^2 C in "
          f"{sum(value == rank for value in at)} of {len(at)} draws, "
          f"ratios {min(found['largest_ratio']):.2f} to {max(found['largest_ratio']):.2f}")
