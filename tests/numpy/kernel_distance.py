"""Kernel distances and changes of J from the exported Jacobians."""

import numpy as np

from timeline import Run, number


def check(export_dir, bundle_dir):
    run = Run(export_dir, bundle_dir)
    settings = run.settings("kernel_distance")
    if settings is None:
        return
    names = [at["name"] for at in run.plan["jacobian"]["at"]]
    reference = settings["reference"]
    for split in run.plan["jacobian"]["splits"]:
        # Lowest errors stand last in the plan, wherever training met them: they are passed over for "previous".
        ordered = [name for name in names if not name.startswith("best-") and (run.export / name / split).exists()]
        for row in run.rows("kernel_distance"):
            name, quantity = row["spectrum_at"], row["quantity"]
            if row["split"] != split or name not in ordered:
                continue
            what = f"kernel_distance {quantity} {name} {split}"
            if quantity in ("to_previous", "velocity") and len(ordered) == len(names):
                before = ordered[ordered.index(name) - 1]
                value = distance(run, before, name, split)
                epochs = next(int(r["epoch"]) for r in run.rows("kernel_distance") if r["spectrum_at"] == name)
                gap = epochs - next((at.get("epoch") or 0 for at in run.plan["jacobian"]["at"] if at["name"] == before), 0)
                if quantity == "to_previous":
                    yield what, number(row["value"]), value, 1e-9
                elif all(at.get("epoch") is not None for at in run.plan["jacobian"]["at"]):
                    yield what, number(row["value"]), value / gap, 1e-9
            if reference not in names:
                continue
            if quantity == "to_reference":
                yield what, number(row["value"]), distance(run, reference, name, split), 1e-9
            if quantity.startswith("jacobian_change"):
                start, now = jacobian(run, reference, split), jacobian(run, name, split)
                order = "fro" if quantity.endswith("frobenius") else 2
                value = np.linalg.norm(now - start, order) / np.linalg.norm(start, order)
                # The spectral norm is iterated until its residual is 1e-6 of its square.
                slack = 1e-9 * max(1, value) if order == "fro" else (number(row["upper"]) - number(row["lower"])) / 2 + 1e-9
                yield what, number(row["value"]), value, slack


def jacobian(run, name, split):
    return run.array(f"{name}/{split}/jacobian.npy")


def distance(run, one, other, split):
    first, second = (jacobian(run, name, split) for name in (one, other))
    first, second = first @ first.T, second @ second.T
    first, second = first / np.linalg.norm(first), second / np.linalg.norm(second)
    return ((first - second) ** 2).sum() / 2
