"""Measured and predicted energies along directions, and half-lives."""

import numpy as np

from timeline import Run, number


def check(export_dir, bundle_dir):
    run = Run(export_dir, bundle_dir)
    if run.settings("direction_decay") is None:
        return
    groups = run.table("direction_decay_groups")
    for row in groups:
        sigma = run.array(f"{row['spectrum_at']}/train/singular_values.npy")
        first, last = int(row["first"]), int(row["last"])
        eigenvalue = np.mean(sigma[first - 1:last] ** 2)
        yield f"direction_decay eigenvalue {first}", number(row["eigenvalue"]), eigenvalue, 1e-9 * eigenvalue
        half_life = np.log(2) / (2 * eigenvalue)
        yield f"direction_decay half-life {first}", number(row["half_life"]), half_life, 1e-9 * half_life
        if run.factor(0) is not None:
            epochs = half_life / run.epoch_time(0)
            yield f"direction_decay half-life in epochs {first}", number(row["half_life_epochs"]), epochs, 1e-9 * epochs
    rows = run.table("direction_decay")
    if not rows or run.factor(0) is None:
        return
    residuals = run.recorded("train") - run.targets("train")
    inside = residuals @ run.array(f"{rows[0]['spectrum_at']}/train/left_vectors.npy")
    whole = (residuals[0] ** 2).sum()
    records = list(run.epochs)
    began = int(rows[0]["epoch"])
    times = np.concatenate([[0], np.cumsum([run.epoch_time(epoch) for epoch in range(records[-1])])])
    for row in rows:
        epoch, columns = int(row["epoch"]), slice(int(row["first"]) - 1, int(row["last"]))
        what = f"direction_decay {row['first']} epoch {epoch}"
        measured = (inside[records.index(epoch), columns] ** 2).sum() / whole
        yield what, number(row["measured"]), measured, 1e-9 + (number(row["error"]) if number(row["measured"]) == 0 else 0)
        start = (inside[records.index(began), columns] ** 2).sum() / whole
        eigenvalue = number(row["eigenvalue"])
        if row["dynamics"] == "flow":
            # A plan's rule may cut the last epoch short: only its own time counts.
            time = number(row["time"]) - times[began]
            if epoch < records[-1] or "none" in run.plan["training"]["stop"]:
                yield what + " time", number(row["time"]), times[epoch], 1e-9 * max(1, times[epoch])
            predicted = start * np.exp(-2 * eigenvalue * time)
        else:
            predicted = start * descent(run, eigenvalue, began, epoch) ** 2
        yield what + " predicted", number(row["predicted"]), predicted, 1e-9 * max(start, predicted)


def descent(run, eigenvalue, began, epoch):
    """sigma w + a, a = 1, by torch's SGD with full batches."""
    rule, examples = run.sgd(), len(run.array("train/targets.npy"))
    coordinate, velocity = 1.0, 0.0
    for finished in range(began, epoch):
        gradient = run.unit(examples) * coordinate
        velocity = rule["momentum"] * velocity + gradient
        step = gradient + rule["momentum"] * velocity if rule["nesterov"] else velocity
        coordinate -= rule["learning_rate"] * run.factor(finished) * eigenvalue * step
    return coordinate
