#!/bin/bash
# Draws the pictures of real runs in docs/pictures anew: docs/run_pictures.sh [MDCD]. The runs are those of
# docs/tutorial.md: a faulty upgrade that is recovered from, and then a right one that is committed; and the table that
# `mdcd run` shows on a terminal. Needs Chromium and script(1); look at the pictures before committing them.
set -euo pipefail
root=$(realpath "$(dirname "$0")/..")
mdcd=$(realpath "${1:-$root/build/release/bin/mdcd}")
cd "$root"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
scratch=$(mktemp -d)
running=
finish() {
    [ -z "$running" ] || kill -INT "$running" 2>/dev/null || true
    wait
    rm -rf "$scratch"
}
trap finish EXIT

# picture NAME WIDTH,HEIGHT FILE
picture() {
    "$browser" --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
        --disable-lcd-text --user-data-dir="$scratch/profile" --virtual-time-budget=5000 --window-size="$2" \
        --screenshot="$PWD/docs/pictures/$1.png" "file://$3" >/dev/null 2>&1
    stat --printf="%n: %s bytes\n" "docs/pictures/$1.png"
}

# drawn NAME RUN OPTIONS..: a window of a run.
drawn() {
    local name=$1 run=$2
    shift 2
    "$mdcd" show "$run" --as svg --output "$scratch/$name.svg" "$@"
    picture "$name" "$(sed -n '1s/.* width="\([0-9]*\)" height="\([0-9]*\)".*/\1,\2/p' "$scratch/$name.svg")" \
        "$scratch/$name.svg"
}

# On a terminal of 100 columns; what is kept is the table as it stood after four seconds.
live=$scratch/live
script -qefc "stty cols 100 rows 30; exec '$mdcd' run impl/runtime/examples/metering/upgrades.json --dir '$live'" \
    "$scratch/terminal" >/dev/null </dev/null &
running=$!
until "$mdcd" upgrade status --dir "$live" 2>/dev/null | grep -q 'C1a  *ordinary v0'; do sleep 0.2; done
"$mdcd" upgrade begin C1 C2 --dir "$live"
sleep 4
{
    echo '<meta charset="utf-8"><style>body { margin: 0; background: #16191d; color: #e4e6e8; padding: 12px }'
    echo 'pre { font: 14px/1.35 "DejaVu Sans Mono", monospace; margin: 0 }</style><pre>'
    tr '\r' '\n' <"$scratch/terminal" | sed 's/\x1b\[[0-9;]*[A-Za-z]//g; s/&/\&amp;/g; s/</\&lt;/g' |
        awk '/^process +phase/ { table = "" } { table = table $0 "\n"; if ($1 == "A2" && NF > 8) last = table }
             END { printf "%s", last }' | grep -v '^$'
    echo '</pre>'
} >"$scratch/table.html"
picture run_table 860,160 "$scratch/table.html"
until "$mdcd" upgrade status --dir "$live" | grep -q 'begun recovered'; do sleep 0.5; done
until "$mdcd" upgrade begin C1 C2 --dir "$live"; do sleep 1; done
sleep 1
"$mdcd" upgrade commit --dir "$live"
sleep 1
pkill -INT -P "$running" || true # the program that script(1) runs
wait "$running" || true
running=

drawn run_recovery "$live" --around failed_test --steps 64
drawn run_commit "$live" --around commit --steps 42
