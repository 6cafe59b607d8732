#!/usr/bin/env bash
# Writes today's facts and plan hashes of every spec in experiments/ to experiments.txt, and the canonical plans of two
# specs, with which tests compare them. A plan's bytes are a contract: see docs/plan.md before you renew any.
set -euo pipefail
cd "$(dirname "$0")/../.."
spectral=${SPECTRAL:-src/Spectral.Cli/bin/Release/net10.0/spectral.dll}
find experiments -name '*.yaml' | LC_ALL=C sort | xargs dotnet "$spectral" check > tests/plans/experiments.txt
dotnet "$spectral" plan experiments/quickstart.yaml --canonical > tests/plans/quickstart.plan.json
dotnet "$spectral" plan tests/plans/everything.yaml --canonical > tests/plans/everything.plan.json
