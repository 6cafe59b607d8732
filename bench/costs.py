#!/usr/bin/env python3
"""Predicted against measured cost of specs: seconds and peak memory, for the whole process and for each stage.

usage: bench/costs.py [SPEC...] [--limit SECONDS] [--save FILE] [--measured FILE...] [--device DEVICE] [--program FILE]

Every spec of experiments/ is run by the built program into a folder of its own, with an empty stage cache, and held
against what `spectral plan --json` predicts on this machine. Of a sweep the first and the last point run. A spec whose
data set is not installed, or whose prediction is above --limit (600 s), is left out with a line that says so. --save keeps
the measurements; --measured reads them instead of running anything, so that predictions can be looked at again.

With --device runs and predictions are of that device; --program is another build of the program.

Exits with 1 where a process' peak memory is more than 30 % off, or its time more than a factor of 2. "seconds" are those
of the whole process, from its start to its end; a stage's peak memory is the process' up to the stage's end.
"""

import argparse, json, os, pathlib, shutil, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ["dotnet", str(ROOT / "src/Spectral.Cli/bin/Release/net10.0/spectral.dll")]
DEVICE = []
MEMORY, TIME = 1.3, 2.0
MISSING = 1  # the exit code of a run whose data are not installed


def specs_of(given):
    return [pathlib.Path(spec) for spec in given] or sorted((ROOT / "experiments").rglob("*.yaml"))


def name_of(spec, point):
    spec = spec.resolve()
    name = str(spec.relative_to(ROOT / "experiments")) if spec.is_relative_to(ROOT / "experiments") else str(spec)
    return name if point is None else f"{name} #{point}"


def plan_of(spec, point):
    """What `plan --json` says of a spec, or of one point of its sweep."""
    which = [] if point is None else ["--point", str(point)]
    ended = subprocess.run([*PROGRAM, "plan", str(spec), *which, *DEVICE, "--json"], capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"plan {spec}: exit code {ended.returncode}\n{ended.stderr}")
    return json.loads(ended.stdout)


def points_of(spec):
    """None for a spec without a sweep, else the first and the last point's numbers."""
    plan = plan_of(spec, None)
    numbers = [point["number"] for point in plan.get("points", [])]
    return [None] if not numbers else sorted({numbers[0], numbers[-1]})


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(spec, point):
    """Runs a spec; what it took, or why it did not run."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="spectral-costs-"))
    try:
        which = [] if point is None else ["--point", str(point)]
        command = [*PROGRAM, "run", str(spec), *which, *DEVICE, "--out", str(folder / "runs"), "--cache", str(folder / "cache")]
        with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
            start = time.perf_counter()
            process = subprocess.Popen(command, stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
        code = process.returncode = os.waitstatus_to_exitcode(status)
        last = (folder / "err").read_text().strip().splitlines()[-1:]
        if code:
            return {"name": name_of(spec, point), "code": code, "message": "".join(last)}
        bundle = pathlib.Path((folder / "out").read_text().strip())
        timings = json.loads((bundle / "data/record/timings.json").read_text())
        return {
            "name": name_of(spec, point),
            "code": 0,
            "seconds": seconds,
            "peak_bytes": usage.ru_maxrss * 1024,
            "bundle_bytes": size_of(bundle),
            "cache_bytes": size_of(folder / "cache/stages"),
            "stages": [{key: stage[key] for key in ("stage", "seconds", "peak_bytes")} for stage in timings["stages"]],
        }
    finally:
        shutil.rmtree(folder)


def ratio(predicted, measured):
    return predicted / measured if measured else float("inf")


def is_within(value, bound):
    return 1 / bound <= value <= bound


def rows_of(found, plan):
    """A row for each stage and one for the whole process: name, predicted and measured seconds, the same of MiB."""
    predicted = {stage["stage"]: stage for stage in plan["stages"]}
    for stage in found["stages"]:
        cost = predicted[stage["stage"]]
        yield stage["stage"], cost["seconds"], stage["seconds"], cost["peak_bytes"], stage["peak_bytes"]
    run = plan["run"]
    yield "process", run["seconds"], found["seconds"], run["peak_bytes"], found["peak_bytes"]


def compare(found, plan, out):
    """Prints a run's rows; what of the whole process is out of bounds."""
    misses = []
    for name, seconds, took, peak, had in rows_of(found, plan):
        time_ratio, memory_ratio = ratio(seconds, took), ratio(peak, had)
        whole = name == "process"
        late = whole and not is_within(time_ratio, TIME)
        large = whole and not is_within(memory_ratio, MEMORY)
        misses += [f"{found['name']}: {what}" for what, is_out in (("time", late), ("memory", large)) if is_out]
        print(
            f"| {found['name'] if whole else ''} | {name} | {seconds:.2f} | {took:.2f} | {time_ratio:.2f}{' OUT' if late else ''}"
            f" | {peak / 2**20:.0f} | {had / 2**20:.0f} | {memory_ratio:.2f}{' OUT' if large else ''} |",
            file=out,
            flush=True,
        )
    run = plan["run"]
    disk, kept = run["bundle_bytes"] + run["cache_bytes"], found["bundle_bytes"] + found["cache_bytes"]
    return misses, ratio(disk, kept)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("specs", nargs="*")
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--save")
    parser.add_argument("--measured", nargs="+")
    parser.add_argument("--device")
    parser.add_argument("--program")
    given = parser.parse_args()
    PROGRAM[:] = [given.program] if given.program else PROGRAM
    DEVICE[:] = ["--device", given.device] if given.device else []
    kept = {one["name"]: one for file in given.measured or [] for one in json.loads(pathlib.Path(file).read_text())}
    found, misses, disks, out = [], [], [], sys.stdout
    print("| spec | stage | predicted s | measured s | ratio | predicted peak MiB | measured peak MiB | ratio |", file=out)
    print("|---|---|---|---|---|---|---|---|", file=out, flush=True)
    for spec in specs_of(given.specs):
        for point in points_of(spec):
            name, plan = name_of(spec, point), plan_of(spec, point)
            if given.measured:
                if name not in kept:
                    continue
                one = kept[name]
            elif plan["run"]["seconds"] > given.limit:
                minutes = plan["run"]["seconds"] / 60
                print(f"left out: {name}, predicted {minutes:.0f} min, above --limit", file=sys.stderr, flush=True)
                continue
            else:
                one = measure(spec, point)
            found.append(one)
            if one["code"]:
                print(f"left out: {name}, exit code {one['code']}: {one['message']}", file=sys.stderr, flush=True)
                if one["code"] != MISSING:
                    misses.append(f"{name}: exit code {one['code']}")
                continue
            out_of_bounds, disk = compare(one, plan, out)
            misses += out_of_bounds
            disks.append(disk)
    if given.save:
        pathlib.Path(given.save).write_text(json.dumps(found, indent=1) + "\n")
    if disks:
        print(f"disk, predicted / measured: {min(disks):.2f} to {max(disks):.2f}")
    print(f"{len(disks)} runs, {len(misses)} out of bounds" + "".join(f"\n  {miss}" for miss in misses))
    return 1 if misses or not disks else 0


if __name__ == "__main__":
    sys.exit(main())
