#!/usr/bin/env bash
# Figure 2: 200 draws; prints the paper's curves beside the 95 % prediction interval: fig2.sh OUT (5 minutes on 2 cores).
set -euo pipefail
out=$1
here=$(cd "$(dirname "$0")" && pwd)
"$here/draws.sh" "$here/fig2.yaml" 200 "$out" > /dev/null
dotnet "$here/../../src/Spectral.Cli/bin/Release/net10.0/spectral.dll" report "$out"/* --quantity 'expected_loss.*' --json |
  python3 "$here/fig2.py"
