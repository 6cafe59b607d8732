"""The linear model's state at the end, checked through what it must obey: full batches only are trained again here."""

import numpy as np

from timeline import Run, number


def check(export_dir, bundle_dir):
    run = Run(export_dir, bundle_dir)
    if run.settings("linearized") is None:
        return
    residuals = run.recorded("train") - run.targets("train")
    start = np.linalg.norm(residuals[0])
    for row in run.table("linearized"):
        record = list(run.epochs).index(int(row["epoch"]))
        # ||r_0|| there is that of binary64 outputs.
        total = (residuals[record] ** 2).sum() / start ** 2
        yield f"linearized total epoch {row['epoch']}", number(row["total"]), total, 1e-6 * max(1, total)
    examples = len(run.array("train/targets.npy"))
    names = {at["name"]: at.get("epoch") for at in run.plan["jacobian"]["at"]}
    if run.plan["training"]["batch_size"] != examples or run.factor(0) is None or "initial" not in names:
        return
    jacobian = run.array("initial/train/jacobian.npy")
    first = run.array("initial/train/outputs.npy").reshape(-1) - run.targets("train")
    origin, rule = run.parameters("initial"), run.sgd()
    move, velocity = np.zeros(jacobian.shape[1]), np.zeros(jacobian.shape[1])
    wanted = {epoch: name for name, epoch in names.items() if epoch is not None}
    for epoch in range(int(run.epochs[-1]) + 1):
        if epoch > 0:
            gradient = run.unit(examples) * (jacobian.T @ (first + jacobian @ move))
            velocity = rule["momentum"] * velocity + gradient
            step = gradient + rule["momentum"] * velocity if rule["nesterov"] else velocity
            move = move - rule["learning_rate"] * run.factor(epoch - 1) * step
        name = wanted.get(epoch)
        rows = {(row["quantity"], row["split"]): number(row["value"]) for row in run.rows("linearized") if row["spectrum_at"] == name}
        if not rows:
            continue
        linear = first + jacobian @ move
        network = run.array(f"{name}/train/outputs.npy").reshape(-1) - run.targets("train")
        norm = np.linalg.norm(first)
        pairs = {
            ("residual_gap", "train"): np.linalg.norm(network - linear) / norm,
            ("linear_total", "train"): (linear @ linear) / norm ** 2,
        }
        moved = run.parameters(name) - origin
        if moved.any():
            pairs["parameter_gap", "train"] = np.linalg.norm(moved - move) / np.linalg.norm(moved)
        if (run.export / "initial" / "test" / "jacobian.npy").exists():
            begin = run.array("initial/test/outputs.npy").reshape(-1) - run.targets("test")
            there = run.array(f"{name}/test/outputs.npy").reshape(-1) - run.targets("test")
            ahead = begin + run.array("initial/test/jacobian.npy") @ move
            pairs["residual_gap", "test"] = np.linalg.norm(there - ahead) / np.linalg.norm(begin)
        for (quantity, split), value in pairs.items():
            if (quantity, split) in rows:
                yield f"linearized {quantity} {name} {split}", rows[quantity, split], value, 1e-9 * max(1, value)
