#!/usr/bin/env bash
# The eigenvalue stage (all eigenvalues and the coordinates of ten vectors) against libtorch's eigvalsh and eigh on the same
# matrices, in turn within one run, with one and with two threads. Prints a Markdown table; medians.
# About 10 minutes on two free cores, most of it for eigh; 2.5 GB.
set -euo pipefail
cd "$(dirname "$0")"
export GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-10000}
dotnet build -c Release Spectral.Bench -v quiet --nologo >&2
echo "CPU: $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc --all) logical; load average $(cut -d' ' -f1 /proc/loadavg)"
echo '| N | threads | ours, s | dense to band + band to tridiagonal + tridiagonal, s | eigvalsh, s | eigh, s | ours / eigvalsh | ours, CPU s | eigvalsh, CPU s | CPU ratio | distance, u norm(A)_F |'
echo '|---|---|---|---|---|---|---|---|---|---|---|'
run() { dotnet run --no-build -c Release --project Spectral.Bench -- eigen "$@"; }
run 5 vectors 1000 2000
run "${REPETITIONS:-3}" vectors 4000
run "${REPETITIONS:-3}" values 10000
echo "load average $(cut -d' ' -f1 /proc/loadavg)"
