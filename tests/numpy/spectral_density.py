"""spectral_density: the estimated counts against the counts of NumPy's singular values of the exported Jacobian."""

import csv
import pathlib

import numpy as np


def check(export, bundle):
    """
    Yields (what, ours, numpy, tolerance). Intervals are of 95 %, so that one in twenty may miss: the tolerance is twice
    the reach of the interval and a half.
    """
    export, results = pathlib.Path(export), pathlib.Path(bundle) / "data" / "results"
    cache = {}

    def sigma(row):
        place = (row["spectrum_at"], row["split"])
        if place not in cache:
            cache[place] = np.linalg.svd(np.load(export / place[0] / place[1] / "jacobian.npy"), compute_uv=False)
        return cache[place]

    for row in rows(results / "measurements.csv"):
        if row["analysis"] != "spectral_density" or row["status"] != "ok":
            continue
        what = f"{row['quantity']} at {row['spectrum_at']}/{row['split']}"
        values, ours = sigma(row), float(row["value"])
        if row["quantity"] == "count_above_cutoff":
            exact = int(row["cutoff_rank"]) if row["cutoff_rank"] else np.sum(values >= float(row["cutoff_alpha"]))
            yield what, ours, exact, reach(row, ours, "lower", "upper")
        elif row["quantity"] == "trust_floor":
            shape = np.load(export / row["spectrum_at"] / row["split"] / "jacobian.npy", mmap_mode="r").shape
            yield what, ours, values[0] * np.sqrt(2.0**-52 * max(shape)), 1e-6 * ours

    for row in rows(results / "analyses" / "spectral_density.csv"):
        values, lower, upper = sigma(row), float(row["lower_edge"]), float(row["upper_edge"])
        what = f"from {lower:.4g} at {row['spectrum_at']}/{row['split']}"
        above, count = float(row["above"]), float(row["count"])
        if np.any(np.abs(values - lower) < 1e-9 * values[0]):
            continue  # an edge at a value is decided by rounding
        yield f"above, {what}", above, np.sum(values >= lower), reach(row, above, "above_lower", "above_upper")
        if np.any(np.abs(values[1:] - upper) < 1e-9 * values[0]):
            continue
        inside = np.sum((values >= lower) & (values < upper * (1 + 1e-9)))
        yield f"inside, {what}", count, inside, reach(row, count, "count_lower", "count_upper")


def reach(row, value, lower, upper):
    return 2 * max(value - float(row[lower]), float(row[upper]) - value) + 0.5


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)
