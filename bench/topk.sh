#!/usr/bin/env bash
# The 50 largest singular values of ResNet20's Jacobian (no normalisation, p = 267,603) on 3 classes of Fashion-MNIST, at
# the initial weights and after a few epochs: passes, residuals, where the time goes, peak memory, and the ratio to the
# full Gram's flops at the dgemm rate measured in the same run. Two threads. Arguments: n (default 1500; the paper's size
# is 9999), epochs (default 3), block (default: the library's choice), most passes (default: as many as it takes).
set -euo pipefail
cd "$(dirname "$0")"
export OMP_NUM_THREADS=1
dotnet build -c Release Spectral.Bench -v quiet --nologo >&2
echo "CPU: $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc --all) logical; load average $(cut -d' ' -f1 /proc/loadavg)"
dotnet run --no-build -c Release --project Spectral.Bench -- topk "${1:-1500}" "${2:-3}" "${3:-0}" "${4:-0}"
