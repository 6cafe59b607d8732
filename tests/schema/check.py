"""Compares the JSON schema, by Debian's python3-jsonschema, with what `spectral check --format json` found.

    check.py SCHEMA VERDICTS...

A spec counts as an agreement where both take it, or where the schema refuses it and the checker has an error that a
schema can state. Rules that no schema can state are listed below by code; a spec that only they refuse says nothing.
"""

import json
import re
import sys

import jsonschema
import yaml

# What a schema cannot state, by the code of the checker's error.
INEXPRESSIBLE = {
    "SP0109": "weights from elsewhere beside training, initial or jacobian.at",
    "SP0206": "settings of one component that do not go together",
    "SP0207": "an analysis that stands twice, since items differ in their settings",
    "SP0901": "words of the language that this version does not run",
}
for code, rule in {
    "SP0402": "a path of a sweep into a value that has no parts in this spec",
    "SP0403": "an index of a sweep beyond the list of this spec",
    "SP0502": "two paths of a sweep to one place",
    "SP0503": "steps that miss the end of a range",
    "SP0504": "lists of zip of unequal length",
    "SP0505": "too many points",
    "SP0506": "exclusions that remove nothing, or everything",
}.items():
    INEXPRESSIBLE[code] = rule
INEXPRESSIBLE["SP0306"] = "two checkpoints, or two weights, of one moment"

# Sizes, shapes, files and names that depend on other parts of the spec. No schema can state them either, but they are
# looked at only where all of the grammar is sound, so that the schema must take such a spec.
LATER = {f"SP0{number}" for number in range(301, 326)} - {"SP0306"}


class CoreSchema(yaml.SafeLoader):
    """YAML 1.2's core schema, which specs are written in; PyYAML itself reads 1.1."""


CoreSchema.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"~|null|Null|NULL|", list("~nN") + [""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", list("-+.0123456789")),
]:
    CoreSchema.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def whole(loader, node):
    text = loader.construct_scalar(node)
    return int(text[2:], 8 if text[1] == "o" else 16) if text[:2] in ("0o", "0x") else int(text)


CoreSchema.add_constructor("tag:yaml.org,2002:int", whole)
CoreSchema.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node).replace(".inf", "inf")))


def swept(spec):
    """The paths that the spec's sweep sets at every point."""
    sweep = spec.get("sweep") if isinstance(spec, dict) else None
    if not isinstance(sweep, dict):
        return []
    over = sweep.get("random", {}).get("over", {}) if isinstance(sweep.get("random"), dict) else {}
    inner = [key for part in (sweep.get("zip"), over) if isinstance(part, dict) for key in part]
    return [key for key in sweep if key not in ("zip", "random", "exclude")] + inner


def is_set_by(paths, complaint):
    """Whether a complaint is about a place that a sweep sets everywhere: the checker never sees what stands there."""
    place = ".".join(str(step) for step in complaint.absolute_path)
    places = [place]
    if complaint.validator == "required":
        places = [f"{place}.{key}".lstrip(".") for key in complaint.validator_value if key not in complaint.instance]
    return all(any(f"{path}.".startswith(f"{one}.") or f"{one}.".startswith(f"{path}.") for path in paths) for one in places)


def deepest(complaint):
    """The longest path of a complaint and of those that it sums up: where the trouble lies."""
    return max([list(complaint.absolute_path), *(deepest(one) for one in complaint.context or [])], key=len)


def is_listed_draw(path):
    """Whether a path leads into one of the values that `random` draws from, of which it may take none."""
    return path[:3] == ["sweep", "random", "over"] and len(path) > 4 and isinstance(path[4], int)


def is_made_by(paths, spec, message):
    """Whether something is missing in a component that the spec has not, and that a path of its sweep goes into."""
    missing = re.match(r"(\S+)\.\S+ is missing", message)
    if missing is None or not any(path.startswith(missing[1] + ".") for path in paths):
        return False
    node = spec
    for key in missing[1].split("."):
        if not isinstance(node, dict) or key not in node:
            return True
        node = node[key]
    return False


def compare(validator, verdicts):
    counts = {"taken by both": 0, "taken by the schema, refused for sizes": 0, "refused by both": 0, "of rules no schema can state": 0, "disagreements": 0}
    excluded = set()
    for verdict in verdicts["specs"]:
        with open(verdict["spec"], encoding="utf-8") as file:
            spec = yaml.load(file, CoreSchema)
        complaints = list(validator.iter_errors(spec))
        paths = swept(spec)
        errors = [one for one in verdict["diagnostics"] if one["severity"] == "error"]
        made = [one for one in errors if is_made_by(paths, spec, one["message"])]
        codes = {one["code"] for one in errors if one not in made}
        if not codes <= INEXPRESSIBLE.keys() | LATER:
            agreed = "refused by both" if complaints else None
        elif made and not codes:
            agreed = "refused by both" if complaints else "of rules no schema can state"
            excluded |= set() if complaints else {"a component that only a sweep's path makes"}
        elif paths and complaints and all(is_set_by(paths, one) for one in complaints):
            agreed = "of rules no schema can state"
            excluded.add("a value that a sweep replaces at every point")
        elif complaints and all(is_listed_draw(deepest(one)) for one in complaints):
            agreed = "of rules no schema can state"
            excluded.add("a value that no draw takes")
        elif codes and codes <= LATER:
            agreed = None if complaints else "taken by the schema, refused for sizes"
        elif codes:
            # The checker stops behind the phase that found these, so that the schema may rightly have found more.
            agreed = "of rules no schema can state"
            excluded |= codes
        else:
            agreed = None if complaints else "taken by both"
        counts[agreed or "disagreements"] += 1
        if agreed is None:
            found = [one["message"] for one in verdict["diagnostics"]] or complaints[0].message[:300]
            print(f"{verdict['spec']}: check found {sorted(codes) or 'nothing'}, the schema {len(complaints)}: {found}")
            print("".join(f"    {line}" for line in open(verdict["spec"], encoding="utf-8")))
    print(f"{sum(counts.values())} specs: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    if excluded:
        print("  excluded: " + ", ".join(sorted(excluded)))
    return counts


def examples(schema, node):
    """For every example that stands in the schema: None, or what its own place has against it."""
    if isinstance(node, list):
        return [one for value in node for one in examples(schema, value)]
    if not isinstance(node, dict):
        return []
    found = node.get("examples")
    own = found if isinstance(found, list) else []
    validator = jsonschema.Draft7Validator(node, resolver=jsonschema.RefResolver("", schema))
    told = [next((f"{example}: {error.message[:200]}" for error in validator.iter_errors(example)), None) for example in own]
    return told + [one for key, value in node.items() if value is not own for one in examples(schema, value)]


def main(schema, *files):
    with open(schema, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    told = examples(schema, schema)
    refused = [one for one in told if one]
    for one in refused:
        print(f"the schema refuses its own example {one}")
    print(f"{len(told)} examples of keys, " + (f"{len(refused)} wrong" if refused else "all valid"))
    wrong = len(refused)
    for path in files:
        with open(path, encoding="utf-8") as file:
            wrong += compare(validator, json.load(file))["disagreements"]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
