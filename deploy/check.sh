#!/usr/bin/env bash
# Checks without a container engine that what the Dockerfile builds runs as it will there:
#     deploy/check.sh
# The program is published by the Dockerfile's own line and started by its own command, as a user who is not root, in an empty
# folder, with an empty environment; as root, also on a file system that cannot be written to but for /data and /tmp.
set -euo pipefail
cd "$(dirname "$0")/.."
limit_mb=350
key=check-$RANDOM$RANDOM$RANDOM$RANDOM$RANDOM
work=$(mktemp -d)
service=
finish() { [ -z "$service" ] || kill -9 "$service" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
fail() { echo "deploy/check.sh: $*" >&2; [ ! -e "$work/log" ] || cat "$work/log" >&2; exit 1; }

publish=$(sed -n 's/^RUN \(dotnet publish .*\) --artifacts-path \/build$/\1/p' Dockerfile)
[ -n "$publish" ] || fail "the Dockerfile has no line 'RUN dotnet publish … --artifacts-path /build'"
$publish --artifacts-path "$work/build" --nologo --verbosity quiet
app=$work/build/publish/Gyrus.Cli/release_linux-x64
size=$(du -sm "$app" | cut -f1)
[ "$size" -le "$limit_mb" ] || fail "the layers have $size MB, more than $limit_mb"
[ -z "$(find "$app" -iname '*torch*')" ] || fail "the image would hold libtorch"

# The environment and the command of the Dockerfile's service.
read -ra settings <<< "$(sed -n 's/^ENV \(DOTNET_.*\)$/\1/p' Dockerfile)"
command=$(sed -n 's/^CMD \[\(.*\)\]$/\1/p' Dockerfile | tr -d '",')
command=${command/0.0.0.0:8080/0.0.0.0:0}
mkdir "$work/empty" "$work/data"
chmod -R a+rX "$work"
settings=("${settings[@]/GYRUS_DATA=*/GYRUS_DATA=$work/data}" "PATH=$PATH" "DOTNET_ROOT=${DOTNET_ROOT:-}" "GYRUS_KEY=$key")
run=(env -i "${settings[@]}" dotnet "$app/gyrus.dll")
if [ "$(id -u)" = 0 ]; then
  chown 65534:65534 "$work/data"
  run=(setpriv --reuid=65534 --regid=65534 --clear-groups "${run[@]}")
fi
# shellcheck disable=SC2016
readonly_root='mount --bind / / && mount -o remount,bind,ro / && mount --bind "$1" "$1" && mount -o remount,bind,rw "$1"
  mount -t tmpfs none "$2" && cd "$2" && shift 2 && exec "$@"'
if [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null; then
  unshare --mount bash -c "$readonly_root" bash "$work/data" "$work/empty" "${run[@]}" $command >"$work/log" 2>&1 &
  where="a root file system that is read-only"
else
  (cd "$work/empty" && exec "${run[@]}" $command) >"$work/log" 2>&1 &
  where="an empty folder"
fi
service=$!

# Any free port: the service says which.
port=
for _ in $(seq 60); do
  port=$(sed -n 's|.*listening on http://[^ ":]*:\([0-9]*\).*|\1|p' "$work/log" | head -1)
  [ -z "$port" ] || break
  kill -0 "$service" 2>/dev/null || fail "the service ended"
  sleep 0.5
done
[ -n "$port" ] || fail "the service does not say where it listens"
for _ in $(seq 60); do
  "${run[@]}" health --url "http://127.0.0.1:$port" >/dev/null 2>&1 && break
  kill -0 "$service" 2>/dev/null || fail "the service ended"
  sleep 0.5
done
"${run[@]}" health --url "http://127.0.0.1:$port" || fail "the service does not become ready"
ask() { curl --silent --noproxy '*' --write-out '\n%{http_code}' "$@" "http://127.0.0.1:$port/v1/classify"; }
image=(--header 'Content-Type: image/png' --data-binary @samples/synthetic-ct-lesion.png)
[ "$(ask "${image[@]}" | tail -1)" = 401 ] || fail "an answer without a key"
ask "${image[@]}" --header "x-api-key: $key" | grep -q '"label":"ct_tumor"' || fail "no answer to an image"

# What serves also judges: figures of a package need no libtorch.
mkdir "$work/judged"
printf 'path,label\n%s,ct_tumor\n%s,ct_healthy\n' "$PWD/samples/synthetic-ct-lesion.png" "$PWD/samples/synthetic-ct-healthy.png" >"$work/judged/list.csv"
dotnet "$app/gyrus.dll" data import "$work/judged/list.csv" --out "$work/judged/set.csv" >/dev/null || fail "no list is read"
dotnet "$app/gyrus.dll" evaluate models/default "$work/judged/set.csv" --split none --html "$work/judged" >/dev/null || fail "a package is not evaluated"
grep -q "Least sure answers" "$work/judged/index.html" || fail "an evaluation has no page"

kill -TERM "$service"
wait "$service" || fail "the service did not end well"
service=
echo "the container's program: $size MB, ready, answers and ends as a user who is not root, on $where"
