#!/usr/bin/env bash
# The three claims of the abstract over five seeds: digits and Fashion-MNIST, half of the labels wrong and none, the
# cutoff at K^2 = 9 and at the paper's part of all rows, 50/29997. Prints the means: claims.sh OUT (15 minutes on 2 cores).
set -euo pipefail
out=$1
here=$(cd "$(dirname "$0")" && pwd)
spectral="dotnet $here/../../src/Spectral.Cli/bin/Release/net10.0/spectral.dll"
for data in digits fashion; do
  share=$([ "$data" = digits ] && echo 2 || echo 5)
  sweep="sweep={noise: [none, {uniform: 0.5}], cutoff.rank: [9, $share], seed: {from: 1, to: 5}}"
  $spectral run "$here/claims-$data.yaml" -S "$sweep" --out "$out/$data" > /dev/null 2>&1
  echo "== $data"
  $spectral report "$out/$data"/* --json | python3 "$here/claims.py"
done
