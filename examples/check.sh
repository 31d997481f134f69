#!/usr/bin/env bash
# Runs the examples and compares what each prints with the file beside it. After a build in Release: examples/check.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
status=0
compare() { diff -u "examples/$1.txt" - && echo "examples/$1: as it stands beside it" || { echo "examples/$1 prints otherwise"; status=1; }; }

dotnet run -c Release examples/classify.cs | compare classify.cs

data=$(mktemp -d)
log=$data/log
GYRUS_DATA=$data dotnet artifacts/bin/Gyrus.Cli/release/gyrus.dll serve --urls http://127.0.0.1:0 > "$log" 2>&1 &
service=$!
trap 'kill "$service" 2>/dev/null; wait "$service" 2>/dev/null; rm -rf "$data"' EXIT
for _ in $(seq 120); do
  address=$(grep -o 'listening on http://[0-9.:]*' "$log" | head -n 1 | cut -d ' ' -f 3) && break
  sleep 0.5
done
[ -n "${address:-}" ] || { cat "$log"; echo "the service did not start"; exit 1; }
scans=(samples/synthetic-ct-lesion.png samples/mri-healthy-axial-ventricles.png)
python3 examples/service.py "$address" "${scans[@]}" | compare service
if command -v node > /dev/null; then
  node examples/service.mjs "$address" "${scans[@]}" | compare service
else
  echo "examples/service.mjs: not run, node is not installed"
fi
exit "$status"
