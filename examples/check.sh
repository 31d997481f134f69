#!/usr/bin/env bash
# Runs the examples and compares what each prints with the file beside it. After a build in Release: examples/check.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
status=0
compare() { diff -u "examples/$1.txt" - && echo "examples/$1: as it stands beside it" || { echo "examples/$1 prints otherwise"; status=1; }; }

# The same, but numbers with a point may be off by 0.05: the last bits of sums are each processor's own, and training makes more of them.
near() {
  python3 -c '
import difflib, re, sys
number = re.compile(r"\d+\.\d+")
there, printed = open(sys.argv[1]).read(), sys.stdin.read()
far = any(abs(float(one) - float(other)) > 0.05 for one, other in zip(number.findall(there), number.findall(printed)))
if far or number.sub("#", there) != number.sub("#", printed):
    sys.exit("\n".join(difflib.unified_diff(there.splitlines(), printed.splitlines(), sys.argv[1], "printed", lineterm="")))
' "examples/$1.txt" && echo "examples/$1: as it stands beside it, to 0.05" || { echo "examples/$1 prints otherwise"; status=1; }
}

work=$(mktemp -d)
service=
finish() { [ -z "$service" ] || { kill "$service" && wait "$service"; } 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT

dotnet run -c Release examples/classify.cs | compare classify.cs

scans=../shared/data/brain-ct-mri
sources=../shared/data/sources
if [ -d "$scans" ]; then
  dotnet run -c Release examples/audit.cs "$scans" "$work/audit" | compare audit.cs
  dotnet run -c Release examples/train.cs "$scans" "$work/train" | near train.cs
else
  echo "examples/audit.cs, examples/train.cs: not run, $scans is not there"
fi
if [ -d "$sources" ]; then
  dotnet run -c Release examples/evaluate.cs "$sources" "$work/evaluate" | near evaluate.cs
else
  echo "examples/evaluate.cs: not run, $sources is not there"
fi

log=$work/log
GYRUS_DATA=$work/record dotnet artifacts/bin/Gyrus.Cli/release/gyrus.dll serve --urls http://127.0.0.1:0 > "$log" 2>&1 &
service=$!
for _ in $(seq 120); do
  address=$(grep -o 'listening on http://[0-9.:]*' "$log" | head -n 1 | cut -d ' ' -f 3) && break
  sleep 0.5
done
[ -n "${address:-}" ] || { cat "$log"; echo "the service did not start"; exit 1; }
asked=(samples/synthetic-ct-lesion.png samples/mri-healthy-axial-ventricles.png)
python3 examples/service.py "$address" "${asked[@]}" | compare service
dotnet run -c Release examples/service.cs "$address" "${asked[@]}" | compare service
if command -v node > /dev/null; then
  node examples/service.mjs "$address" "${asked[@]}" | compare service
else
  echo "examples/service.mjs: not run, node is not installed"
fi

# Debian's Python, whatever else is first on the path: its packages are the notebook's.
if /usr/bin/python3 -c "import nbconvert, ipykernel, h5py, onnx, PIL" 2>/dev/null; then
  PYDEVD_DISABLE_FILE_VALIDATION=1 /usr/bin/python3 -m nbconvert --to notebook --execute --output-dir "$work" --log-level ERROR examples/tour.ipynb && echo "examples/tour.ipynb: runs" ||
    { echo "examples/tour.ipynb stops at an error"; status=1; }
else
  echo "examples/tour.ipynb: not run, Debian's packages jupyter-nbconvert, python3-ipykernel, python3-h5py, python3-onnx and python3-pil are not there"
fi
exit "$status"
