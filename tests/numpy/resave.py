"""Reads every .npy file of a bundle with NumPy, saves it again and compares the bytes.

    /usr/bin/python3 tests/numpy/resave.py BUNDLE

Needs python3-numpy. Nothing pickled is read. Exits with 1 where a file differs, or where there was none.
"""

import io
import pathlib
import sys

import numpy as np


def main():
    bundle = pathlib.Path(sys.argv[1])
    files = sorted(bundle.rglob("*.npy"))
    failed = 0
    for path in files:
        again = io.BytesIO()
        np.save(again, np.load(path, allow_pickle=False), allow_pickle=False)
        if again.getvalue() != path.read_bytes():
            failed += 1
            print(f"{path.relative_to(bundle)}: NumPy writes other bytes")
    print(f"{len(files)} files, {failed} failed")
    sys.exit(1 if failed or not files else 0)


if __name__ == "__main__":
    main()
