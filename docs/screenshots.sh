#!/bin/bash
# Draws the pictures in docs/pictures anew, from the built program: docs/screenshots.sh [MDCD]. Needs Chromium; look at
# the pictures before committing them.
set -euo pipefail
root=$(realpath "$(dirname "$0")/..")
mdcd=$(realpath "${1:-$root/build/release/bin/mdcd}")
cd "$root"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
scratch=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill -INT "$server" 2>/dev/null || true
    wait
    rm -rf "$scratch"
}
trap finish EXIT

# picture NAME WIDTHxHEIGHT URL: a screenshot once the page has settled.
picture() {
    "$browser" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
        --disable-lcd-text --user-data-dir="$scratch/profile" --virtual-time-budget=10000 --window-size="${2/x/,}" \
        --screenshot="$PWD/docs/pictures/$1.png" "$3" >/dev/null 2>&1
    stat --printf="%n: %s bytes\n" "docs/pictures/$1.png"
}

# explored NAME WIDTHxHEIGHT TRACE: the explorer's page at the end of a run.
explored() {
    : >"$scratch/address"
    "$mdcd" explore "$3" --no-open >"$scratch/address" &
    server=$!
    until grep -q http "$scratch/address"; do sleep 0.1; done
    picture "$1" "$2" "$(grep -o 'http://[^ ]*' "$scratch/address")"
    kill -INT "$server"
    wait "$server" || true
    server=
}

"$mdcd" check tiny --rules published --quiet --trace-dir "$scratch" >/dev/null || [ $? -eq 10 ]
trace=$scratch/tiny.published.recoverability.json

"$mdcd" show "$trace" --as svg --output "$scratch/diagram.svg"
size=$(sed -n '1s/.* width="\([0-9]*\)" height="\([0-9]*\)".*/\1x\2/p' "$scratch/diagram.svg")
picture diagram "$size" "file://$scratch/diagram.svg"

explored explore 1280x720 "$trace"
"$mdcd" check upgrade/commit_first --set commit_against_failure=lower_id_wins --quiet --trace-dir "$scratch" \
    >/dev/null || [ $? -eq 10 ]
explored explore_family 1280x720 "$scratch"/upgrade_commit_first.*.failure_heeded.json
