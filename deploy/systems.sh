#!/usr/bin/env bash
# Publishes the program for systems that it cannot be run on here, and checks the native files of each. Takes options of dotnet publish:
#     deploy/systems.sh --self-contained
#     deploy/systems.sh --no-self-contained -p:Learning=false    # without 200 MB of libtorch and runtimes
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for system in win-x64 osx-arm64 linux-arm64; do
  dotnet publish src/Gyrus.Cli -c Release --runtime "$system" --output "$work/$system" --nologo --verbosity quiet "$@"
  python3 deploy/native_files.py "$work/$system" "$system"
  rm -rf "${work:?}/$system"
done
