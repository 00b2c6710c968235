#!/bin/sh
# How the protocol's state space grows with the scope: whole, up to symmetry, up to renaming of numbers, up to both.
# Knows no target: it prints a table for people. Usage: tests/bench/growth.sh BUILD_FOLDER [SECONDS_MAX]
set -eu
bench=${1:?usage: growth.sh BUILD_FOLDER [SECONDS_MAX]}/tests/bench/bench_protocol
seconds=${2:-60}
[ -x "$bench" ] || { echo "growth.sh: no $bench; build the target bench_protocol first" >&2; exit 64; }

# A search that was not finished has a + after its states.
row() {
    { "$bench" "$1" repaired 0 "$2" "$seconds" 2>/dev/null || true; } |
        awk '{ printf "%s%s %s %s\n", $2, $14 ? "" : "+", $6, $10 }'
}
echo "| actives / budgets | states | s | bytes each | up to symmetry | s | up to numbers | s | up to both | s |"
echo "|---|---|---|---|---|---|---|---|---|---|"
for actives in 1 2 3 4; do
    for budgets in 1/1/1/1/1 2/1/1/1/1 2/2/2/1/1 3/1/1/1/1 3/2/2/2/2 4/1/1/1/1 5/1/1/1/1; do
        all=$(for mode in judged symmetry renaming both; do row "$actives/$budgets" "$mode"; done)
        # shellcheck disable=SC2086 # a list of words
        set -- $all
        echo "| $actives/$budgets | $1 | $2 | $3 | $4 | $5 | $7 | $8 | ${10} | ${11} |"
        case $1 in *+) break ;; esac
    done
done
