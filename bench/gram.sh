#!/usr/bin/env bash
# Full Gram matrices J J^T in float64 against PyTorch in one run: the same networks, weights and inputs, ours and the
# peers' in turn, a process each time. Prints medians over the rounds, the error against a backward pass for every row of
# the first 200, and the machine's limit: the planned flops at the rate of a large float64 matrix product of the same run.
# PYTHON names a python3 with PyTorch, NumPy and (for the one small case) functorch: Debian's python3-torch has them.
# CASES limits the table, such as CASES='mlp:512:1:5'; ROUNDS is 3 unless set.
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-/usr/bin/python3}
rounds=${ROUNDS:-3}
# network : examples : threads : repetitions a process
cases=${CASES:-mlp:32:1:9 mlp:128:1:9 mlp:512:1:5 mlp:1000:1:5 mlp:32:2:9 mlp:128:2:9 mlp:512:2:5 mlp:1000:2:5
  conv28:32:1:9 conv28:128:1:5 vgg16:48:1:5 vgg16:128:1:5 resnet20:66:1:5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release Spectral.Bench -v quiet --nologo >&2
ours=Spectral.Bench/bin/Release/net10.0/Spectral.Bench
median() { awk -v m="$2" -v c="$3" '$1 == m { print $c }' "$1" | sort -g | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)]; else print "-" }'; }
echo "CPU: $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc --all) logical; PyTorch $("$python" -c 'import torch; print(torch.__version__)'); load $(cut -d' ' -f1 /proc/loadavg)"
echo '| network | nK | threads | ours, s | PyTorch structured, s | PyTorch / ours | the same in CPU s | limit, s | ours / limit | factors, share | ours, MiB | PyTorch, MiB | error | functorch, s |'
echo '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|'
for case in $cases; do
  IFS=: read -r net examples threads repetitions <<<"$case"
  export OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads
  : >"$work/times"
  for _ in $(seq "$rounds"); do
    "$ours" gram "$net" "$examples" "$threads" "$repetitions" "$work/corner.npy" >>"$work/times" 2>"$work/plan"
    "$python" -W ignore peers/gram.py structured "$net" "$examples" "$repetitions" >>"$work/times"
  done
  error=$("$python" -W ignore peers/gram.py oracle "$net" "$examples" 1 "$work/corner.npy" | awk '{ print $4 }')
  functorch=-
  if [ "$net:$examples:$threads" = mlp:32:1 ]; then
    functorch=$("$python" -W ignore peers/gram.py functorch "$net" "$examples" 2 | awk '{ print $4 }')
  fi
  awk -v net="$net" -v rows="$(median "$work/times" ours 3)" -v t="$threads" -v a="$(median "$work/times" ours 4)" \
    -v b="$(median "$work/times" structured 4)" -v ca="$(median "$work/times" ours 6)" -v cb="$(median "$work/times" structured 6)" \
    -v limit="$(median "$work/times" ours 8)" -v factors="$(median "$work/times" ours 7)" \
    -v ma="$(median "$work/times" ours 5)" -v mb="$(median "$work/times" structured 5)" -v error="$error" -v f="$functorch" \
    'BEGIN { printf "| %s | %d | %d | %.4f | %.4f | %.2f | %.2f | %.4f | %.2f | %.2f | %d | %d | %s | %s |\n", net, rows, t, a, b, b / a, cb / ca, limit, a / limit, factors / ca, ma, mb, error, f }'
done
