#!/bin/sh
# How the protocol's state space grows with the scope, with symmetry over active processes and without.
# Knows no target: it prints a table for people. Usage: tests/bench/growth.sh BUILD_FOLDER [SECONDS_MAX]
set -eu
bench=${1:?usage: growth.sh BUILD_FOLDER [SECONDS_MAX]}/tests/bench/bench_protocol
seconds=${2:-60}
[ -x "$bench" ] || { echo "growth.sh: no $bench; build the target bench_protocol first" >&2; exit 64; }

row() {
    "$bench" "$1" repaired 0 "$2" "$seconds" 2>/dev/null || true
}
echo "| active processes / budgets | states | seconds | bytes a state | up to symmetry | seconds |"
echo "|---|---|---|---|---|---|"
for actives in 1 2 3 4; do
    for budgets in 1/1/1/1/1 2/1/1/1/1 2/2/2/1/1 3/1/1/1/1 3/2/2/2/2 4/1/1/1/1 5/1/1/1/1; do
        plain=$(row "$actives/$budgets" judged)
        symmetric=$(row "$actives/$budgets" symmetry)
        echo "$actives/$budgets $plain $symmetric" | awk '{
            done1 = $15 ? "" : " (not finished)"; done2 = $29 ? "" : " (not finished)"
            printf "| %s | %s%s | %s | %s | %s%s | %s |\n", $1, $3, done1, $7, $11, $17, done2, $21 }'
        case $plain in *"exhaustive 0"*) break ;; esac
    done
done
