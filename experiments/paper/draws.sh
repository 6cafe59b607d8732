#!/usr/bin/env bash
# Runs a spec with the seeds 1 to N and prints the bundles' folder: draws.sh SPEC N OUT [-S path=value]...
set -euo pipefail
spec=$1 count=$2 out=$3
shift 3
root=$(cd "$(dirname "$0")/../.." && pwd)
dotnet "$root/src/Spectral.Cli/bin/Release/net10.0/spectral.dll" run "$spec" -S "sweep.seed={from: 1, to: $count}" "$@" \
  --out "$out" 2> /dev/null
