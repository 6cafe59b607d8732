#!/usr/bin/env bash
# Checks a bundle's RO-Crate, by programs that are none of ours, against the SHACL shapes of RO-Crate 1.1 and Process
# Run Crate, for MUST and SHOULD; then damages it in many ways and demands that each is found.
#     tests/crate/check.sh BUNDLE
# Needs node 20 or newer and npm; the packages that package-lock.json pins go into node_modules beside this file.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ "$#" -ne 1 ] || [ ! -f "$1/data/ro-crate-metadata.json" ]; then
  echo "usage: $0 BUNDLE, a folder that has data/ro-crate-metadata.json" >&2
  exit 2
fi
crate="$1/data/ro-crate-metadata.json"
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  npm ci --prefix "$here" --no-audit --no-fund --loglevel=error --ignore-scripts >&2
fi
node "$here/check.mjs" "$crate"
node "$here/check.mjs" "$crate" --controls
