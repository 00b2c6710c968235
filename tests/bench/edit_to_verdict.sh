#!/bin/sh
# How long an engineer waits: from saving a changed handler to the first verdict of `mdcd check relay`.
# Usage: tests/bench/edit_to_verdict.sh BUILD_FOLDER [FILE..]   (default: impl/active_process.hpp)
# The build must be complete. Each file gets another comment at its end, as an edit would change it, and is put back as
# it was, which takes one more build. Compiler caches are switched off. Wants an otherwise idle machine.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:?usage: edit_to_verdict.sh BUILD_FOLDER [FILE..]}
shift
[ $# -gt 0 ] || set -- impl/active_process.hpp
export CCACHE_DISABLE=1
cmake --build "$build" --target mdcd >/dev/null
for file in "$@"; do
    [ -f "$root/$file" ] || { echo "edit_to_verdict.sh: no $file in $root" >&2; exit 64; }
    kept=$(mktemp)
    cp -p "$root/$file" "$kept"
    trap 'cp -p "$kept" "$root/$file"; rm -f "$kept"' EXIT INT TERM
    echo "// $(date +%s)" >>"$root/$file"
    begin=$(date +%s.%N)
    steps=$(cmake --build "$build" --target mdcd | grep -c 'Building CXX' || true)
    built=$(date +%s.%N)
    "$build/bin/mdcd" check relay --rules repaired --quiet >/dev/null
    end=$(date +%s.%N)
    cp -p "$kept" "$root/$file"
    touch "$root/$file"
    rm -f "$kept"
    trap - EXIT INT TERM
    cmake --build "$build" --target mdcd >/dev/null
    echo "$begin $built $end" | awk -v file="$file" -v steps="$steps" \
        '{printf "%s: %s compilations, build %.1f s, to the verdict %.1f s\n", file, steps, $2 - $1, $3 - $1}'
done
