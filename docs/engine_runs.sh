#!/bin/sh
# Writes the pages in docs/runs anew: for each example of the engine the run that shows its mistake.
# Usage: docs/engine_runs.sh [BUILD_FOLDER]
set -eu
root=$(realpath "$(dirname "$0")/..")
program=$(realpath "${1:-$root/build/release}")/tests/engine_runs
[ -x "$program" ] || { echo "engine_runs.sh: no $program; build the target engine_runs first" >&2; exit 64; }
mkdir -p "$root/docs/runs"
rm -f "$root"/docs/runs/*.html
exec "$program" "$root/docs/runs"
