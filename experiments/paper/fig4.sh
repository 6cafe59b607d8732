#!/usr/bin/env bash
# Figure 4: ten draws for each number of clusters; prints medians beside the paper's: fig4.sh OUT (5 minutes on 2 cores).
set -euo pipefail
out=$1
here=$(cd "$(dirname "$0")" && pwd)
for clusters in 10 20 25 40 50; do
  "$here/draws.sh" "$here/fig4-c$clusters.yaml" 10 "$out/c$clusters" > /dev/null
done
python3 "$here/fig4.py" "$out"
