#!/usr/bin/env bash
# Time of a training step against PyTorch in one run: the same networks, batch 128, one thread each, evaluation after every
# epoch included. Two rounds of three repetitions each, ours and PyTorch's in turn; prints medians in microseconds.
# PYTHON names a python3 with PyTorch (Debian: apt-get install python3-torch).
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-/usr/bin/python3}
ours=$(mktemp) theirs=$(mktemp)
trap 'rm -f "$ours" "$theirs"' EXIT
export OMP_NUM_THREADS=1
dotnet build -c Release Spectral.Bench -v quiet --nologo >&2
for _ in 1 2; do
  "$python" -W ignore training_peer.py 3 >>"$theirs"
  dotnet run --no-build -c Release --project Spectral.Bench -- training 3 >>"$ours"
done
echo "CPU: $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc --all) logical; PyTorch $("$python" -c 'import torch; print(torch.__version__)')"
median() { awk -v k="$2 $3" -v c="$4" '$1 " " $2 == k { print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
echo '| network | optimizer | PyTorch, us a step | ours, us a step | PyTorch / ours | PyTorch, CPU us | ours, CPU us | PyTorch / ours |'
echo '|---|---|---|---|---|---|---|---|'
for net in 64-64-10 784-256-256-10 resnet8; do
  for rule in sgd adam; do
    awk -v n="$net" -v r="$rule" -v a="$(median "$theirs" "$net" "$rule" 3)" -v b="$(median "$ours" "$net" "$rule" 3)" \
      -v c="$(median "$theirs" "$net" "$rule" 4)" -v d="$(median "$ours" "$net" "$rule" 4)" \
      'BEGIN { printf "| %s | %s | %.0f | %.0f | %.2f | %.0f | %.0f | %.2f |\n", n, r, a, b, a / b, c, d, c / d }'
  done
done
