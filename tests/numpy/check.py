"""Recomputes a bundle's measurements with NumPy from its exported arrays, by code that shares nothing with ours.

    spectral run SPEC --out runs                                   # prints BUNDLE
    spectral export BUNDLE --out EXPORT --jacobian
    /usr/bin/python3 tests/numpy/check.py EXPORT BUNDLE [KIND...]

Needs python3-numpy. Every module beside this one checks the analysis of its name; a spectrum's own facts are checked by
spectrum.py. Exits with 1 where a number is further off than its tolerance, or where nothing was compared.
"""

import importlib
import json
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def distance(ours, numpy, tolerance):
    """How far two numbers are apart, in tolerances; a NaN beside a number is infinitely far."""
    if ours == numpy or (math.isnan(ours) and math.isnan(numpy)):
        return 0.0
    return abs(ours - numpy) / tolerance if tolerance > 0 and math.isfinite(ours - numpy) else math.inf


def main():
    export, bundle, wanted = sys.argv[1], sys.argv[2], sys.argv[3:]
    sys.path.insert(0, str(HERE))
    with open(f"{export}/index.json", encoding="utf-8") as file:
        analyses = [kind for one in json.load(file)["plan"]["analyses"] for kind in one]
    kinds = [kind for kind in ["spectrum", *analyses] if (HERE / f"{kind}.py").exists() and kind in (wanted or [kind])]
    compared, failed = 0, 0
    for kind in kinds:
        count, worst = 0, 0.0
        for what, ours, numpy, tolerance in importlib.import_module(kind).check(export, bundle):
            count += 1
            worst = max(worst, off := distance(ours, numpy, tolerance))
            if off > 1:
                failed += 1
                print(f"{kind}: {what}: ours {ours!r}, NumPy {numpy!r}, tolerance {tolerance:.1e}")
        compared += count
        print(f"{kind}: {count} numbers, the worst at {worst:.1e} of its tolerance")
    missing = [kind for kind in analyses if kind not in kinds and not wanted]
    if missing:
        print(f"without a check: {', '.join(missing)}")
    print(f"{compared} compared, {failed} failed")
    sys.exit(1 if failed or not compared else 0)


if __name__ == "__main__":
    main()
