"""singular_values: by index, and the largest ratio of neighbours, from the exported Jacobian."""

from bundle import Jacobians, index, rows


def check(export, bundle):
    jacobians = Jacobians(export)
    beyond = next(a["singular_values"] for a in index(export)["plan"]["analyses"] if "singular_values" in a)["beyond"]
    for row in rows(bundle, "singular_values"):
        if row["status"] != "ok":
            continue
        _, sigma = jacobians.of(row["spectrum_at"], row["split"])
        ratios = sigma[beyond:-1] / sigma[beyond + 1 :]
        where = f"{row['spectrum_at']} {row['split']} {row['quantity']}"
        if row["quantity"] == "largest_ratio":
            yield where, float(row["value"]), ratios.max(), 1e-9 * ratios.max()
        elif row["quantity"] == "largest_ratio_index":
            yield where, float(row["value"]), float(beyond + 1 + ratios.argmax()), 0.5
        else:
            yield where, float(row["value"]), sigma[int(row["quantity"].split("_")[1]) - 1], 1e-9 * sigma[0]
