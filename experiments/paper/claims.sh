#!/usr/bin/env bash
# The three claims of the abstract over five seeds: digits and Fashion-MNIST, half of the labels wrong and none, the
# cutoff at K^2 = 9 and at the paper's part of all rows, 50/29997. Prints the means: claims.sh OUT (15 minutes on 2 cores).
set -euo pipefail
out=$1
here=$(cd "$(dirname "$0")" && pwd)
spectral="dotnet $here/../../src/Spectral.Cli/bin/Release/net10.0/spectral.dll"
for data in digits fashion; do
  share=$([ "$data" = digits ] && echo 2 || echo 5)
  for noise in none '{uniform: 0.5}'; do
    for rank in 9 "$share"; do
      "$here/draws.sh" "$here/claims-$data.yaml" 5 "$out/$data" -S "noise=$noise" -S "cutoff.rank=$rank" > /dev/null
    done
  done
  echo "== $data"
  $spectral report "$out/$data"/* --json | python3 "$here/claims.py"
done
