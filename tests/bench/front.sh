#!/bin/sh
# The cost bars of the typed front, as a table: run time and memory (front_bench), and what it takes to compile an
# example with -O2. Wants a machine that does nothing else. Usage: tests/bench/front.sh BUILD_FOLDER
set -eu
build=${1:?usage: front.sh BUILD_FOLDER}
bench=$build/tests/bench/bench_front
[ -x "$bench" ] || { echo "front.sh: no $bench; build the target bench_front first" >&2; exit 64; }
kept=0
"$bench" || kept=1
source=$(mktemp --suffix=.cpp)
trap 'rm -f "$source" "$source.o"' EXIT
printf '#include "checker/actors/examples/alternating_bit.hpp"\n#include "checker/actors/check.hpp"\n%s\n' \
    'int main() { return exit_code(check(mdcd::checker::actors::examples::alternating_bit::alternating_bit(2))); }' \
    > "$source"
begin=$(date +%s%N)
"${CXX:-g++}" -std=c++20 -O2 -I . -c "$source" -o "$source.o"
end=$(date +%s%N)
echo "$begin $end" | awk '{ s = ($2 - $1) / 1e9
    printf "| compile the alternating bit with -O2 | | %.1f s | | | at most 5 s | %s |\n", s,
        s <= 5 ? "kept" : "NOT KEPT" }'
exit "$kept"
