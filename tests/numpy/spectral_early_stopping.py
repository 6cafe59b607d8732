"""Stopping time and oracles from singular values, recorded outputs and training.csv."""

import csv

import numpy as np

from timeline import Run, number


def check(export_dir, bundle_dir):
    run = Run(export_dir, bundle_dir)
    settings = run.settings("spectral_early_stopping")
    if settings is None:
        return
    ours = {row["quantity"]: row for row in run.rows("spectral_early_stopping")}
    if "time" in ours:
        row = ours["time"]
        time = settings["gamma"] / number(row["cutoff_alpha"]) ** 2
        sigma = run.array(f"{row['spectrum_at']}/train/singular_values.npy")[int(row["cutoff_rank"]) - 1]
        if "rank" in run.plan["cutoff"] or "energy" in run.plan["cutoff"]:
            time = settings["gamma"] / sigma ** 2
        yield "spectral_early_stopping time", number(row["value"]), time, 1e-9 * time
        if "epoch" in ours and run.factor(0) is not None:
            times = np.cumsum([run.epoch_time(epoch) for epoch in range(int(run.epochs[-1]))])
            epoch = 1 + int(np.searchsorted(times, time * (1 - 1e-12)))
            yield "spectral_early_stopping epoch", number(ours["epoch"]["value"]), epoch, 0
    outputs = np.load(run.data / "results" / "outputs" / "test.npy").astype(np.float64)
    energies = ((outputs - run.array("test/targets.npy")) ** 2).sum((1, 2))
    energies /= energies[0]
    least = int(np.argmin(energies))
    yield "spectral_early_stopping least energy", number(ours["least_energy_energy"]["value"]), energies[least], 1e-9
    yield "spectral_early_stopping least energy's epoch", number(ours["least_energy_epoch"]["value"]), run.epochs[least], 0
    with open(run.data / "results" / "training.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "test" and row["target"] == "clean"]
    if "least_error_epoch" not in ours:
        return
    errors = np.array([float(row["error"]) for row in rows])
    epochs = np.array([int(row["epoch"]) for row in rows])
    best = int(np.argmin(errors))
    yield "spectral_early_stopping least error's epoch", number(ours["least_error_epoch"]["value"]), epochs[best], 0
    for moment, epoch in (("rule", "epoch"), ("least_energy", "least_energy_epoch"), ("least_error", "least_error_epoch")):
        if epoch not in ours:
            continue
        at = number(ours[epoch]["value"])
        error = errors[np.argmax(epochs >= at)]
        yield f"spectral_early_stopping {moment} error", number(ours[f"{moment}_error"]["value"]), error, 1e-12
        yield (f"spectral_early_stopping {moment} excess", number(ours[f"{moment}_excess_error"]["value"]),
               error - errors[best], 1e-12)
        energy = energies[min(np.argmax(run.epochs >= at) if at <= run.epochs[-1] else len(energies) - 1, len(energies) - 1)]
        yield f"spectral_early_stopping {moment} energy", number(ours[f"{moment}_energy"]["value"]), energy, 1e-9
