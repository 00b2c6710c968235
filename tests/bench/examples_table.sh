#!/bin/bash
# A table of the engine's examples: lines of code, and what a compiler takes with -O2 for a program that checks the
# example. A busy machine is slower, so each is told as a multiple of what a program takes that only includes
# <iostream>, <map> and <variant>, compiled right after it; the smaller one of two such comparisons counts. Processor
# seconds.
# Usage: tests/bench/examples_table.sh [FLAG..]     (CXX: the compiler, otherwise g++)
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
scratch=$(mktemp -d)
exec 3>&2 # what the compiler says, if it fails
trap 'rm -rf "$scratch"' EXIT

# seconds FILE FLAG..
seconds() {
    local file=$1
    shift
    {
        TIMEFORMAT='%U %S'
        time "${CXX:-g++}" -std=c++20 -O2 "$@" -I "$root" -c "$file" -o "$scratch/o" 2> "$scratch/said" ||
            { cat "$scratch/said" >&3; exit 1; }
    } 2>&1 | awk '{ print $1 + $2 }'
}
# program NAME CALL: checks what the call makes.
program() {
    printf '#include "checker/actors/check.hpp"\n#include "checker/actors/examples/%s.hpp"\n' "$1"
    printf 'using namespace mdcd::checker::actors;\nusing namespace mdcd::checker::actors::examples;\n'
    printf 'int main() { const SystemReport report = check(%s); print(report); return exit_code(report); }\n' "$2"
}

printf '#include <iostream>\n#include <map>\n#include <variant>\nint main() {}\n' > "$scratch/reference.cpp"
echo "| example | lines | compile | the reference | times |"
echo "|---|---|---|---|---|"
while read -r name call; do
    program "$name" "$call" > "$scratch/$name.cpp"
    lines=$(grep -c . "$root/checker/actors/examples/$name.hpp")
    pairs=
    for _ in 1 2; do
        took=$(seconds "$scratch/$name.cpp" "$@")
        reference=$(seconds "$scratch/reference.cpp" "$@")
        pairs+="$took $reference"$'\n'
    done
    printf '%s' "$pairs" | awk -v name="$name" -v lines="$lines" '
        { if (NR == 1 || $1 / $2 < best) { best = $1 / $2; took = $1; reference = $2 } }
        END { printf "| `%s.hpp` | %d | %.1f s | %.2f s | %.1f |\n", name, lines, took, reference, best }'
done <<'LIST'
two_phase_commit commit::two_phase_commit(3, 3)
ring ring::ring(4)
alternating_bit alternating_bit::alternating_bit(2)
philosophers philosophers::philosophers(4, false)
paxos paxos::paxos(3, 2)
raft raft::raft({})
write_once write_once::write_once(write_once::Copies::one)
snapshots snapshots::snapshots(2, 2)
checkpointing checkpointing::checkpointing(checkpointing::Rule::by_index, 2, 2, 1)
LIST
