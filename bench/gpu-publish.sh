#!/usr/bin/env bash
# Makes artifacts/gpu/spectral-gpu.tar.xz: the program and the benchmarks for x64 Linux with the .NET runtime and without a
# libtorch, for a machine that has neither .NET nor a package registry. bench/gpu.sh unpacks and runs it there.
set -euo pipefail
cd "$(dirname "$0")/.."
out=artifacts/gpu
rm -rf "$out/publish"
for project in src/Spectral.Cli bench/Spectral.Bench; do
  dotnet publish "$project" -c Release -r linux-x64 --self-contained -o "$out/publish" \
    -p:SpectralTorch=none -p:CreateSymbolicLinksForCopyLocalIfPossible=false -p:DebugType=none \
    --artifacts-path "$out/build" --nologo -v quiet
done
# What no run reads.
rm -f "$out"/publish/*.pdb "$out"/publish/libclrjit_* "$out"/publish/createdump "$out"/publish/libclrgc*.so \
  "$out"/publish/libmscordaccore.so "$out"/publish/libmscordbi.so "$out"/publish/Microsoft.DiaSymReader*.dll
tar -C "$out" -cJf "$out/spectral-gpu.tar.xz" publish
echo "$(du -sh "$out/publish" | cut -f1) in $out/publish, $(du -sh "$out/spectral-gpu.tar.xz" | cut -f1) packed"
