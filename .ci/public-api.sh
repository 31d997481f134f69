#!/usr/bin/env bash
# Lists what the libraries have public in their PublicAPI.Unshipped.txt, after it was changed on purpose:
#     .ci/public-api.sh
# From what the build says is not listed, since dotnet format loses members of record structs. What stands in PublicAPI.Shipped.txt is left as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
for library in src/*/PublicAPI.Unshipped.txt; do echo '#nullable enable' > "$library"; done
dotnet build -c Release -v q --no-incremental -p:TreatWarningsAsErrors=false src/Gyrus.Cli |
  sed -nE "s|.*RS0016: Symbol '(.*)' is not part of the declared public API .*\[(.*)/[^/]*\.csproj\]$|\2\t\1|p" | LC_ALL=C sort -u |
  while IFS=$'\t' read -r project symbol; do echo "$symbol" >> "$project/PublicAPI.Unshipped.txt"; done
git --no-pager diff --stat -- 'src/*/PublicAPI.Unshipped.txt'
