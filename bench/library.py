#!/usr/bin/env python3
"""How long `ls` and `diff` take over many bundles: cold index, warm index, a condition, a lookup by name.

usage: bench/library.py [--bundles 5000] [--repeats 5] [--keep]

One real bundle is run and sealed; the others are the same with another seed, other numbers and hashes that are all true,
so that `spectral verify` finds each sound (three of them are checked). Files that do not differ are hard links.
"""

import argparse, csv, hashlib, io, json, os, pathlib, random, shutil, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ["dotnet", str(ROOT / "src/Spectral.Cli/bin/Release/net10.0/spectral.dll")]
SPEC = """\
spectral: 1
name: library
seed: 0
dataset:
  digits: {classes: [3, 5, 8], train: 30, test: 15}
noise: {uniform: 0.25}
network:
  mlp: {hidden: [4], activation: tanh}
training:
  loss: {squared_error: batch_mean}
  optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9}}
  batch_size: 10
  epochs: 4
jacobian:
  at: [initial, 2, final]
cutoff: {rank: 5}
"""


def digest(name, data):
    return hashlib.new(name, data).hexdigest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def scaled(table, column, factor):
    """The table with every number of a column multiplied, as csv."""
    rows = list(csv.reader(io.StringIO(table)))
    place = rows[0].index(column)
    for row in rows[1:]:
        if row[place] not in ("", "nan", "inf", "-inf"):
            row[place] = repr(float(row[place]) * factor)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


class Template:
    """The bundle that all others are made from."""

    def __init__(self, bundle):
        self.bundle = bundle
        self.files = sorted(str(path.relative_to(bundle)) for path in (bundle / "data").rglob("*") if path.is_file())
        self.sha512 = {name: digest("sha512", (bundle / name).read_bytes()) for name in self.files}
        self.size = {name: (bundle / name).stat().st_size for name in self.files}
        self.content = json.loads((bundle / "data/content.json").read_text())["files"]
        self.plan = json.loads((bundle / "data/plan.json").read_text())
        self.measurements = (bundle / "data/results/measurements.csv").read_text()
        self.training = (bundle / "data/results/training.csv").read_text()
        self.info = (bundle / "bag-info.txt").read_text()
        self.declaration = (bundle / "bagit.txt").read_bytes()

    def copy(self, folder, number, draw):
        plan = json.loads(json.dumps(self.plan))
        plan["seed"] = {"root": number}
        plan["noise"] = {"uniform": {"rate": draw.choice([0.1, 0.25, 0.5])}}
        plan = canonical(plan)
        changed = {
            "data/plan.json": plan,
            "data/results/measurements.csv": scaled(self.measurements, "value", 1 - draw.random() / 10),
            "data/results/training.csv": scaled(self.training, "loss", 1 + draw.random()),
        }
        content = dict(self.content)
        for name, data in changed.items():
            content[name.removeprefix("data/")] = digest("sha256", data)
        whole = digest("sha256", canonical(content))
        changed["data/content.json"] = canonical({"content": 1, "digest": whole, "files": content})
        plan_hash = digest("sha256", plan)
        bundle = folder / f"library-{plan_hash[:12]}"
        for name in self.files:
            target = bundle / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if name in changed:
                target.write_bytes(changed[name])
            else:
                os.link(self.bundle / name, target)
        sha512 = {**self.sha512, **{name: digest("sha512", data) for name, data in changed.items()}}
        octets = sum({**self.size, **{name: len(data) for name, data in changed.items()}}.values())
        manifest = "".join(f"{sha512[name]}  {name}\n" for name in sorted(sha512, key=str.encode)).encode()
        lines = dict(line.split(": ", 1) for line in self.info.splitlines())
        lines["Payload-Oxum"] = f"{octets}.{len(sha512)}"
        lines["Spectral-Plan-Hash"], lines["Spectral-Content-Digest"] = plan_hash, whole
        info = "".join(f"{label}: {value}\n" for label, value in lines.items()).encode()
        tags = {"bag-info.txt": info, "bagit.txt": self.declaration, "manifest-sha512.txt": manifest}
        tag = "".join(f"{digest('sha512', tags[name])}  {name}\n" for name in sorted(tags)).encode()
        for name, data in {**tags, "tagmanifest-sha512.txt": tag}.items():
            (bundle / name).write_bytes(data)
        return bundle


def spectral(folder, *arguments):
    """Runs the built program and gives what it printed and how long the whole process took."""
    start = time.perf_counter()
    environment = {**os.environ, "SPECTRAL_CACHE": str(folder / "cache")}
    ended = subprocess.run([*PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    took = time.perf_counter() - start
    if ended.returncode:
        sys.exit(f"{arguments}: exit code {ended.returncode}\n{ended.stderr}")
    return ended.stdout, took


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundles", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--keep", action="store_true", help="leave the bundles and say where they are")
    given = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="spectral-library-"))
    try:
        (folder / "library.yaml").write_text(SPEC)
        template = Template(folder / spectral(folder, "run", "library.yaml", "--out", "template")[0].strip())
        draw, start = random.Random(1), time.perf_counter()
        bundles = [template.copy(folder / "runs", number, draw) for number in range(1, given.bundles + 1)]
        print(f"{given.bundles} bundles of {len(template.files) + 4} files made in {time.perf_counter() - start:.0f} s")
        for bundle in draw.sample(bundles, min(3, len(bundles))):
            spectral(folder, "verify", str(bundle))
        out, took = spectral(folder, "ls")
        print(f"ls, cold index       {took:7.2f} s  {len(out.splitlines()) - 1} rows")
        print(f"index                {(folder / 'cache/bundles-1.sqlite').stat().st_size / 1e6:7.1f} MB")
        lookup = [json.loads((bundle / "data/content.json").read_text())["digest"][:12] for bundle in bundles[:2]]
        cases = {
            "--version": ["--version"],
            "ls": ["ls"],
            "ls --json": ["ls", "--json"],
            "ls --where setting": ["ls", "--where", "noise.uniform.rate>=0.5"],
            "ls --where two": [
                "ls", "--where", "noise.uniform.rate=0.25", "--where", "label_alignment.information@final/train/given>0.6",
                "--sort", "test_error",
            ],
            "diff by folder": ["diff", str(bundles[0]), str(bundles[1])],
            "diff by digest": ["diff", *lookup],
        }
        for name, arguments in cases.items():
            runs = [spectral(folder, *arguments) for _ in range(given.repeats)]
            times = sorted(took for _, took in runs)
            rows = len(runs[0][0].splitlines())
            print(f"{name:20} {statistics.median(times):7.2f} s  (of {given.repeats}: {times[0]:.2f} to {times[-1]:.2f})  {rows} lines")
    finally:
        if given.keep:
            print(folder)
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
