"""The terms of theorems 3.2, 3.3 and 5.3 of arXiv:1906.05392v2 with numpy, from an export with --jacobian."""

import csv
import json
import math
import os

import numpy as np

SLOPES = {  # phi' and B
    "softplus": (lambda x: 1 / (1 + np.exp(-x)), 1.0),
    "tanh": (lambda x: 1 / np.cosh(x) ** 2, 1.0),
    "sigmoid": (lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2, 0.5),
}


def check(export, bundle):
    """Yields (what, ours, numpy, tolerance) for every term that is here; nothing where the analysis was not asked for."""
    data = os.path.join(bundle, "data")
    plan = json.load(open(os.path.join(data, "plan.json")))
    settings = next((one["theorems"] for one in plan["analyses"] if "theorems" in one), None)
    if settings is None:
        return
    ours = rows(os.path.join(data, "results", "measurements.csv"))
    table = lines(os.path.join(data, "results", "analyses", "theorems.csv"))
    start = next(at["name"] for at in plan["jacobian"]["at"] if at.get("epoch") == 0)
    x = np.load(os.path.join(export, "train", "inputs.npy")).astype(float)
    x = x.reshape(len(x), -1)
    y = np.load(os.path.join(export, "train", "targets.npy")).astype(float).reshape(-1)
    jacobian = np.load(os.path.join(export, start, "train", "jacobian.npy"))
    residual = np.load(os.path.join(export, start, "train", "outputs.npy")).reshape(-1) - y
    u, sigma, _ = np.linalg.svd(jacobian, full_matrices=False)
    parts = u.T @ residual
    norm = np.linalg.norm(x, 2)
    found = {}
    if "theorem_3_3_bias" in ours:
        found |= random_start(settings, plan, x, y, norm)
        found |= any_start(settings, plan, sigma, parts, residual, norm, len(x))
    if "theorem_5_3_bound" in ours:
        found |= meta(settings, ours, sigma, parts, residual)
    for what, value in found.items():
        yield what, ours[what], value, 1e-9 * max(abs(value), 1e-12)
    yield from changes(export, plan, start, table, jacobian)


def spaces(sigma, parts, whole, alpha, gamma):
    """||P_I v||, ||P_N v||, ||J_I^+ v|| and the early stopping distance D."""
    inside = sigma >= alpha
    outside = max(0.0, whole**2 - np.sum(parts**2))
    information = math.sqrt(np.sum(parts[inside] ** 2))
    nuisance = math.sqrt(np.sum(parts[~inside] ** 2) + outside)
    inverse = math.sqrt(np.sum((parts[inside] / sigma[inside]) ** 2))
    spread = gamma / alpha**2 * sigma[~inside] * parts[~inside]
    return information, nuisance, inverse, math.sqrt(inverse**2 + np.sum(spread**2))


def random_start(settings, plan, x, y, norm):
    network = plan["network"]["one_hidden_layer"]
    slope, bound = SLOPES[next(iter(network["activation"]))]
    n, classes = len(x), len(y) // len(x)
    gamma, abar, zeta, delta = (settings[name] for name in ("gamma", "abar", "zeta", "delta"))
    values, vectors = np.linalg.eigh(wide_kernel(x, slope))
    sigma = np.sqrt(np.maximum(values, 0))
    energies = np.linalg.norm(vectors.T @ y.reshape(n, classes), axis=1)  # over the K copies of each value
    alpha = abar * n**0.25 * math.sqrt(classes * norm) * bound
    size = np.linalg.norm(y)
    information, nuisance, inverse, distance = spaces(sigma, energies, size, alpha, gamma)
    factor = 12 * bound * math.sqrt(classes / n)
    terms = {
        "bias": 2 * nuisance / math.sqrt(n),
        "variance": factor * (inverse + gamma / alpha * nuisance),
        "precision": 12 * (1 + gamma / (abar * (n * norm**2) ** 0.25)) * zeta,
        "concentration": 5 * math.sqrt(math.log(2 / delta) / n),
        "early_stopping": 2 * math.exp(-gamma),
    }
    width = 12e7 * gamma**4 * math.log(n) / ((information / size * zeta) ** 4 * abar**8)
    return {"theorem_3_2_" + name: value for name, value in {
        **terms,
        "bound": sum(terms.values()),
        "variance_by_distance": factor * distance,
        "cutoff": alpha,
        "k_required": width,
    }.items()}


def any_start(settings, plan, sigma, parts, residual, norm, n):
    network = plan["network"]["one_hidden_layer"]
    scale = network["nu"] * SLOPES[next(iter(network["activation"]))][1]
    gamma, abar, zeta, delta = (settings[name] for name in ("gamma", "abar", "zeta", "delta"))
    alpha = scale * abar * n**0.25 * math.sqrt(norm)
    _, nuisance, inverse, distance = spaces(sigma, parts, np.linalg.norm(residual), alpha, gamma)
    size = np.linalg.norm(residual) / math.sqrt(n)
    terms = {
        "bias": 2 * nuisance / math.sqrt(n),
        "variance": 12 * scale / math.sqrt(n) * (inverse + gamma / alpha * nuisance),
        "precision": 2 * size * zeta,
        "concentration": 5 * math.sqrt(math.log(2 / delta) / n),
        "early_stopping": 2 * size * math.exp(-gamma),
    }
    return {"theorem_3_3_" + name: value for name, value in {
        **terms,
        "bound": sum(terms.values()),
        "variance_by_distance": 12 * scale / math.sqrt(n) * distance,
        "cutoff": alpha,
        "residual_size": size,
        "k_required": 25600 * size**2 * gamma**4 / (abar**8 * scale**2 * zeta**2),
    }.items()}


def meta(settings, ours, sigma, parts, residual):
    gamma, zeta, alpha = settings["gamma"], settings["zeta"], ours["alpha"]
    beta, whole = ours["theorem_5_3_beta"], np.linalg.norm(residual)
    # A rank's alpha is a singular value itself, and another SVD has it a rounding off.
    information, nuisance, inverse, _ = spaces(sigma, parts, whole, alpha * (1 - 1e-10), gamma)
    tolerance = min(1.0, zeta * beta / alpha)
    terms = {
        "information": math.exp(-gamma) * information / whole,
        "nuisance": nuisance / whole,
        "precision": tolerance * alpha / beta,
    }
    return {"theorem_5_3_" + name: value for name, value in {
        **terms,
        "bound": sum(terms.values()),
        "tolerance": tolerance,
        "radius": 2 * (inverse + gamma / alpha * nuisance + tolerance * gamma / alpha * whole),
    }.items()}


def changes(export, plan, start, table, jacobian):
    """||J_t - J_0||, of which block Krylov leaves 1e-6 open, and ||theta_t - theta_0||."""
    columns = json.load(open(os.path.join(export, "index.json")))["parameter_columns"]
    for name, note, here in table:
        checkpoint = note.rsplit(" at ", 1)[1]
        if name == "jacobian_change":
            other = np.load(os.path.join(export, checkpoint, "train", "jacobian.npy"))
            value = np.linalg.norm(other - jacobian, 2)
            yield f"jacobian_change at {checkpoint}", here, value, 1e-6 * value
        else:
            moved = [weights(export, checkpoint, one["name"]) - weights(export, start, one["name"]) for one in columns]
            value = math.sqrt(sum(np.sum(part**2) for part in moved))
            yield f"parameter_distance at {checkpoint}", here, value, 1e-9 * value


def weights(export, checkpoint, name):
    return np.load(os.path.join(export, checkpoint, "weights", name + ".npy")).astype(float)


def wide_kernel(x, slope):
    """H of definition 3.1 by Gauss-Hermite quadrature in two dimensions, 160 nodes each."""
    nodes, weight = np.polynomial.hermite_e.hermegauss(160)
    weight = weight / math.sqrt(2 * math.pi)
    lengths = np.linalg.norm(x, axis=1)
    products = x @ x.T
    kernel = np.zeros_like(products)
    for i in range(len(x)):
        along = products[i] / lengths[i]
        across = np.sqrt(np.maximum(0, lengths**2 - along**2))
        one = weight * slope(lengths[i] * nodes)
        two = slope(along[:, None, None] * nodes[:, None] + across[:, None, None] * nodes) @ weight
        kernel[i] = products[i] * (two @ one)
    return (kernel + kernel.T) / 2


def rows(path):
    """The theorems' measurements by quantity, and the plan's cutoff under alpha."""
    ours = {}
    for row in csv.DictReader(open(path, newline="")):
        if row["analysis"] == "theorems" and row["target"] != "clean":
            ours.setdefault(row["quantity"], float(row["value"]))
            if row["quantity"] == "theorem_5_3_bound":
                ours["alpha"] = float(row["cutoff_alpha"])
    return ours


def lines(path):
    """What was measured at checkpoints for theorem 5.3: name, note, number."""
    return [
        (row["name"], row["note"], float(row["here"]))
        for row in csv.DictReader(open(path, newline=""))
        if row["theorem"] == "5.3" and row["part"] == "measured"
    ]
