#!/usr/bin/env bash
# Asks a validator that is not ours whether the JSON schema and `spectral check` agree: on every spec in experiments/,
# and on 500 generated ones, sound and broken. Prints counts; the exit status is 0 only where nothing disagrees.
# Needs Debian's python3-jsonschema and python3-yaml. SPECTRAL and SPECIMENS name the built programs where they lie
# elsewhere, PYTHON another interpreter, SCHEMA another schema than the program's.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
spectral=${SPECTRAL:-$root/src/Spectral.Cli/bin/Release/net10.0/spectral.dll}
specimens=${SPECIMENS:-$root/tests/Spectral.Specimens/bin/Release/net10.0/Spectral.Specimens.dll}
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet "$specimens" specs "${1:-500}" "$work/specs"
verdicts() {
  local status=0
  dotnet "$spectral" check --format json "$@" || status=$?
  [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || { echo "check ended with $status" >&2; return 1; }
}
if [ -n "${SCHEMA:-}" ]; then cp "$SCHEMA" "$work/schema.json"; else dotnet "$spectral" schema > "$work/schema.json"; fi
verdicts "$root"/experiments/*.yaml "$root"/experiments/paper/*.yaml > "$work/experiments.json"
verdicts "$work"/specs/*.yaml > "$work/specs.json"
PYTHONDONTWRITEBYTECODE=1 "$python" "$root/tests/schema/check.py" "$work/schema.json" "$work/experiments.json" "$work/specs.json"
