#!/usr/bin/env bash
# Proves and times Spectral on a GPU in one command, on a machine with neither .NET nor a package registry: it unpacks what
# bench/gpu-publish.sh made (artifacts/gpu/spectral-gpu.tar.xz), takes libtorch from this machine's PyTorch, and writes one
# Markdown table after the other to stdout and to $OUT/gpu.md, as they come.
#
#   DEVICE=cpu bench/gpu.sh      the same on the CPU with small sizes: a trial of every step that needs no CUDA
#   SECTIONS='about check gram'  only these; all: about check run analyses limits gram top training costs
#   LIMIT=300                    seconds that a section's single command may take
#   ARCHIVE=FILE  PYTHON=python3  OUT=FOLDER  SPECTRAL_LIBTORCH=FOLDER
set -uo pipefail
cd "$(dirname "$0")/.."
device=${DEVICE:-cuda} python=${PYTHON:-python3} out=${OUT:-artifacts/gpu/results} limit=${LIMIT:-300}
sections=${SECTIONS:-about check run analyses limits gram top training costs}
archive=${ARCHIVE:-artifacts/gpu/spectral-gpu.tar.xz}
[ "${1:-}" = --publish ] && bench/gpu-publish.sh
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p "$out"; report=$out/gpu.md; : >"$report"
say() { printf '%s\n' "$*" | tee -a "$report"; }
[ -f "$archive" ] || { echo "gpu.sh: there is no $archive; bench/gpu-publish.sh makes it where .NET is" >&2; exit 2; }
"$python" -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])' "$archive" "$work" || exit 2
bin=$work/publish
chmod +x "$bin/spectral" "$bin/Spectral.Bench"
# find_spec does not import torch, which takes seconds.
export SPECTRAL_LIBTORCH=${SPECTRAL_LIBTORCH:-$("$python" -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] + "/lib" if s else "")')}
export SPECTRAL_CACHE=$work/cache
# Runs a command within the limit; what fails is a row of the report, not the end of it.
timed() { timeout "$limit" "$@" 2>>"$out/stderr.txt"; local code=$?; [ $code -eq 0 ] || say "FAILED ($code$([ $code -eq 124 ] && echo ", longer than $limit s")): ${*##*/}" >&2; return $code; }
ours() { timed "$bin/Spectral.Bench" "$@"; }
peer() { (cd bench/peers && timed "$python" -W ignore device.py "$@"); }
wants() { [[ " $sections " == *" $1 "* ]]; }

# Those that apply to a network that is not of the paper's theory.
all_analyses='classification_error, label_alignment, residual_energy, memorization, {singular_values: [1, 5]}, pseudo_inverse, {early_stopping_value: 2},
  energy_curve, spectrum_shape, kernel_alignment, energy_bracket, spectral_density, direction_decay, linearized, kernel_distance,
  subspace_overlap, weight_distance, spectral_early_stopping'
# One network for each layer's rule, then the networks that are timed.
rules='dense-no-bias:9 gelu:9 leaky-relu:9 silu:9 sigmoid:9 softplus:9 strided:9 dilated:9 grouped:9 depthwise:9 pointwise:9
  pools:9 batch-norm:9 group-norm:9 layer-norm:9 dropout:9 skip:9 resnet-batch:9'
if [ "$device" = cpu ]; then
  checks='mlp:12 conv28:8 vgg16:8 resnet20:6' cases='mlp:24:1 conv28:16:1 vgg16:12:1 resnet20:12:1' order=1024
  tops='resnet20:12:5' repetitions=1 run_size=60 long_epochs=3000 cost_specs=experiments/quickstart.yaml
else
  # The paper's ResNet20 has nK = 29,997 rows at 9,999 examples of 3 classes.
  checks='mlp:48 conv28:32 vgg16:32 resnet20:64' order=8192 run_size=600 long_epochs=400
  cases=${CASES:-mlp:1000:3 conv28:1000:3 vgg16:512:3 resnet20:1000:3 resnet20:9999:1}
  tops='resnet20:1000:50 resnet20:9999:50' repetitions=2 cost_specs=$(echo bench/gpu-costs/*.yaml)
fi

if ! "$bin/spectral" doctor >"$out/doctor.txt" 2>&1; then
  say 'spectral doctor does not find this machine sound:'; say '```'; say "$(cat "$out/doctor.txt")"; say '```'
  # The interface may fit all the same where a function that nobody calls is missing: say so and try.
  export SPECTRAL_LIBTORCH_CHECK=load
  say 'Going on with SPECTRAL_LIBTORCH_CHECK=load: a call of a function that is missing ends a process.'
  "$bin/spectral" doctor >>"$out/doctor.txt" 2>&1 || { say 'libtorch cannot be loaded at all: nothing was measured.'; exit 5; }
fi

if wants about; then
  say "## Machine"; say
  say "$(date -u +%Y-%m-%d), $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 2^20 }' /proc/meminfo)"
  say "$(peer about "$device")"
  say '```'; say "$(cat "$out/doctor.txt")"; say '```'
fi

if wants check; then
  say; say "## Agreement with the CPU's engine"; say
  say 'Largest difference of G over its largest entry, by the second road (J J^T u), and of sigma_1 in parts of itself.'; say
  say '| network | nK | element type | ways | G | second road | sigma_1 | within 1e-10, 1e-3 |'
  say '|---|---|---|---|---|---|---|---|'
  # shellcheck disable=SC2086 # lists of words
  ours device-check "$device" $rules $checks | tee -a "$report"
  say; say 'Weights after nine steps in float64, gradients clipped, images cropped and flipped: largest difference over the largest weight.'; say
  say '| network | optimizer and loss | difference | within 1e-10 |'; say '|---|---|---|---|'
  # shellcheck disable=SC2086
  ours device-training-check "$device" ${rules//:9/} | tee -a "$report"
fi

if wants run; then
  say; say "## Whole runs"; say
  say '| precision | method | first digest | second digest | same |'; say '|---|---|---|---|---|'
  for variant in float64:gram float32:gram float64:krylov float64:direct; do
    IFS=: read -r precision method <<<"$variant"
    spec=$work/$precision-$method.yaml
    cat >"$spec" <<SPEC
spectral: 1
name: gpu
seed: 1
dataset: {digits: {classes: [3, 5, 8], train: $((run_size < 300 ? run_size : 300)), test: 60}}
noise: {uniform: 0.25}
network: {conv_net: {widths: [8, 16], hidden: [32]}}
training:
  loss: {squared_error: batch_mean}
  optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9}}
  batch_size: 32
  epochs: 5
jacobian: {at: [initial, final], method: $method, precision: $precision$([ "$method" = krylov ] && echo ', spectrum: {top: 20}')}
cutoff: {rank: 5}
SPEC
    for attempt in 1 2; do
      bundle=$(timed "$bin/spectral" run "$spec" --device "$device" --no-cache --force --out "$work/runs-$method-$precision-$attempt" | tail -1)
      eval "digest$attempt=$([ -n "$bundle" ] && sed -n 's/^Spectral-Content-Digest: *//p' "$bundle/bag-info.txt" | cut -c1-12)"
    done
    say "| $precision | $method | ${digest1:-none} | ${digest2:-none} | $([ -n "${digest1:-}" ] && [ "${digest1:-}" = "${digest2:-}" ] && echo yes || echo NO) |"
    last=$bundle
  done
  sed -e "s/epochs: 5/epochs: $long_epochs/" -e "s/name: gpu/name: interrupted/" "$work/float64-gram.yaml" >"$work/interrupted.yaml"
  whole=$(timed "$bin/spectral" run "$work/interrupted.yaml" --device "$device" --no-cache --force --out "$work/whole" | tail -1)
  timeout --signal=TERM 5 "$bin/spectral" run "$work/interrupted.yaml" --device "$device" --force --out "$work/resumed" >/dev/null 2>>"$out/stderr.txt"
  code=$?
  resumed=$(timeout "$limit" "$bin/spectral" run "$work/interrupted.yaml" --device "$device" --force --out "$work/resumed" 2>"$work/again.txt" | tail -1)
  cat "$work/again.txt" >>"$out/stderr.txt"
  digest() { sed -n 's/^Spectral-Content-Digest: *//p' "$1/bag-info.txt" 2>/dev/null; }
  same=NO; [ -n "$resumed" ] && [ "$(digest "$whole")" = "$(digest "$resumed")" ] && same=yes
  say; say "A run that SIGTERM ends after 5 s ($([ $code -eq 124 ] && echo 'it did not finish before' || echo "it FINISHED before, code $code")), begun again: $(
    grep -m1 'goes on at' "$work/again.txt" || echo 'it went on NOWHERE'); the same digest as undisturbed: $same"
  if [ -n "${last:-}" ]; then
    say; say 'What the record says of the device:'; say
    say '```'; say "$("$python" -c 'import json, sys
e = json.load(open(sys.argv[1])); print(json.dumps({"device": e["device"], "places": e["places"], "numeric": {k: v for k, v in e["numeric"].items() if k.split("/")[0] in ("cuda", "flag", "device", "torch")}}, indent=1))' "$last/data/record/environment.json")"; say '```'
    timed "$bin/spectral" rerun "$last" --device "$device" >"$out/rerun.txt" && say "rerun on the same device: $(tail -1 "$out/rerun.txt")"
  fi
fi
if wants analyses; then
  say; say "## Every analysis against the CPU"; say
  say 'A run on the CPU, and each of its stages again on the device from the results of the stage before (`rerun --anchored`):'; say
  spec=$work/analyses.yaml
  cat >"$spec" <<SPEC
spectral: 1
name: analyses
seed: 1
dataset: {digits: {classes: [3, 5, 8], train: $((run_size < 150 ? run_size : 150)), test: 60}}
noise: {uniform: 0.25}
network: {mlp: {hidden: [24], activation: tanh}}
training:
  loss: {squared_error: batch_mean}
  optimizer: {sgd: {learning_rate: 0.05}}
  batch_size: full
  epochs: 20
jacobian: {at: [initial, 5, final], method: gram}
cutoff: {rank: 5}
analyses: [$all_analyses]
SPEC
  bundle=$(timed "$bin/spectral" run "$spec" --device cpu --no-cache --force --out "$work/analyses" | tail -1)
  timeout "$limit" "$bin/spectral" rerun "$bundle" --anchored --device "$device" >"$out/analyses.txt" 2>>"$out/stderr.txt"
  say "Verdicts: $(tail -1 "$out/analyses.txt")."
  say 'Trained weights have no tolerance, so that they drift by rounding. How far, and whatever else drifts or is missing:'; say
  say '```'; say "$(grep -E '^(DRIFT|MISSING)' "$out/analyses.txt" | sed 's/  */ /g' | head -20)"; say '```'
fi

f64=0
if wants limits || wants gram; then
  say; say "## The device's limits"; say
  ours device-limits "$device" "$order" | tee "$work/limits" | sed 's/^limit/- through Spectral:/' | tee -a "$report"
  f64=$(awk '$2 == "float64" { print $3 }' "$work/limits")
  wants limits && peer limits "$device" "$order" | sed 's/^peer-limit/- through PyTorch:/' | tee -a "$report"
fi

if wants gram; then
  say; say "## Gram matrix in float64 and its spectrum"; say
  say 'Fastest of the repetitions after a first one. Forming: the factors alone. Limit: the least operations, half of the symmetric matrix, at the float64 rate above.'
  say 'torch.func: vmap(jacrev) in blocks of 256 examples, then one product. Corner: difference from it in parts of the largest entry.'; say
  say '| network | nK | ours, s | of it forming, s | Tflop/s | ours / limit | eigenvalues and vectors, s | ours in float32, s | torch.func, s | torch.func / ours | corner |'
  say '|---|---|---|---|---|---|---|---|---|---|---|'
  # shellcheck disable=SC2086 # lists of words
  { ours device-gram "$device" "$work" $cases; } >"$work/ours"; peer gram "$device" "$work" $cases >"$work/peer"
  awk -v limit="${f64:-0}" 'FILENAME ~ /peer$/ { if ($1 == "func") { p[$2 $3] = $4; c[$2 $3] = $5 } else { sub("skipped [^:]*: ", ""); why = $0 } next }
    $1 != "ours" { print "| " $2 " | FAILED: " $0 " |"; next }
    { k = $2 $3; printf "| %s | %d | %s | %s | %s | %.2f | %s | %s | %s | %s | %s |\n", $2, $3, $4, $7, $6, limit / $6, $8, $9,
        (k in p) ? p[k] : (why == "" ? "-" : why), (k in p) ? sprintf("%.2f", p[k] / $4) : "-", (k in c) ? c[k] : "-" }' "$work/peer" "$work/ours" | tee -a "$report"
fi

if wants top; then
  say; say "## Largest singular values by block Krylov, float64"; say
  say '| network | nK | values | s | passes | worst residual / theta | sigma_1 | last | of it without the passes over J, s | converged |'
  say '|---|---|---|---|---|---|---|---|---|---|'
  for case in $tops; do
    IFS=: read -r net n count <<<"$case"
    ours device-top "$device" "$net" "$n" "$count" | sed 's/^top //; s/ / | /g; s/^/| /; s/$/ |/' | tee -a "$report"
  done
fi

if wants training; then
  say; say "## Training step, float32, batch 128, evaluation included"; say
  say '| network | optimizer | PyTorch, us | ours, us | PyTorch / ours |'; say '|---|---|---|---|---|'
  peer training "$device" "$repetitions" >"$work/peer"; ours training "$repetitions" "$device" >"$work/ours"
  awk 'NR == FNR { k = $1 " | " $2; if (!(k in p) || $3 < p[k]) p[k] = $3; next }
    { k = $1 " | " $2; if (!(k in o)) order[++n] = k; if (!(k in o) || $3 < o[k]) o[k] = $3 }
    END { for (i = 1; i <= n; i++) { k = order[i]; printf "| %s | %s | %s | %s |\n", k, (k in p) ? p[k] : "-", o[k], (k in p) ? sprintf("%.2f", p[k] / o[k]) : "-" } }' \
    "$work/peer" "$work/ours" | tee -a "$report"
fi

if wants costs; then
  say; say "## Predicted against measured cost"; say
  say 'By `calibrate` on the device. Memory is that of the process; that of the device is not measured.'; say
  timed "$bin/spectral" calibrate --device "$device" >/dev/null && cp "$SPECTRAL_CACHE"/machine/*.json "$out/"
  # Where one is out of bounds the exit code is 1, and the row says so.
  # shellcheck disable=SC2086 # a list of files
  timeout "$limit" "$python" bench/costs.py $cost_specs --program "$bin/spectral" --device "$device" \
    --save "$out/costs.json" 2>>"$out/stderr.txt" | tee -a "$report"
fi
say; say "Written to $report; what failed is in $out/stderr.txt."
