#!/bin/sh
# Our search against SPIN's full-state search, and any other program, in one run: medians and ratios.
# Usage: tests/bench/run.sh BUILD_FOLDER [--runs N] [--ring N] [--2pc N] [--ring-bound PROGRAM]
#   --ring-bound: a program that explores the same ring by itself and prints "... sec S ..."
# Wants spin and gcc for SPIN's part, and an otherwise idle machine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:?usage: run.sh BUILD_FOLDER [--runs N] [--ring N] [--2pc N] [--ring-bound PROGRAM]}
shift
runs=5 ring=11 commit=8 bound=
while [ $# -gt 0 ]; do
    case $1 in
    --runs) runs=$2 ;;
    --ring) ring=$2 ;;
    --2pc) commit=$2 ;;
    --ring-bound) bound=$2 ;;
    *) echo "run.sh: unknown option $1" >&2; exit 64 ;;
    esac
    shift 2
done
search=$build/tests/bench/bench_search
[ -x "$search" ] || { echo "run.sh: no $search; build the target bench_search first" >&2; exit 64; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

has_spin=0
if command -v spin >/dev/null && command -v gcc >/dev/null; then
    has_spin=1
    for model in "2pc $commit" "ring $ring"; do
        name=$(echo "$model" | tr -d ' ')
        mkdir "$work/$name"
        # shellcheck disable=SC2086
        python3 "$here/spin_model.py" $model >"$work/$name/model.pml"
        (cd "$work/$name" && spin -a model.pml >/dev/null &&
            gcc -O3 -march=native -w -DSAFETY -DMEMLIM=20000 -DNOREDUCE -o pan pan.c)
    done
fi

now() { date +%s.%N; }
# Each contestant once a round, so that a slow moment of the machine hits all alike; each timed run after one of the
# same program that is not timed, since whoever comes after another finds memory cold that has to be cleared first.
ours_seconds() {
    "$search" "$@" >/dev/null
    "$search" "$@" | tee "$work/last" | sed 's/.* seconds \([0-9.]*\) .*/\1/'
}
round=0
while [ $round -lt "$runs" ]; do
    for model in "2pc $commit" "ring $ring"; do
        name=$(echo "$model" | tr -d ' ')
        for workers in 1 2; do
            # shellcheck disable=SC2086
            ours_seconds $model $workers >>"$work/$name.ours$workers"
            mv "$work/last" "$work/$name.ours$workers.out"
        done
        # shellcheck disable=SC2086
        ours_seconds $model 1 2 >>"$work/$name.control"
        if [ $has_spin = 1 ]; then
            (cd "$work/$name" && ./pan -E -m1000000 -w24 >/dev/null)
            begin=$(now)
            (cd "$work/$name" && ./pan -E -m1000000 -w24 >pan.out)
            end=$(now)
            echo "$begin $end" | awk '{ print $2 - $1 }' >>"$work/$name.spin"
        fi
    done
    if [ -n "$bound" ]; then
        "$bound" >/dev/null
        "$bound" | sed 's/.* sec \([0-9.]*\) .*/\1/' >>"$work/ring$ring.bound"
    fi
    round=$((round + 1))
done

median() {
    sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
echo "medians of $runs runs, seconds of the whole process, on $(nproc) cores"
for name in "2pc$commit" "ring$ring"; do
    one=$(median "$work/$name.ours1")
    echo "$name"
    echo "  ours, 1 worker:   $one   ($(cat "$work/$name.ours1.out"))"
    two=$(median "$work/$name.ours2")
    echo "  ours, 2 workers:  $two   $(awk "BEGIN { printf \"%.2f times one worker\", $one / $two }")"
    control=$(median "$work/$name.control")
    echo "  two searches at once, 1 worker each: $control   $(awk "BEGIN {
        printf \"this machine does %.2f times the work on two threads; two workers have %.2f of that\",
            2 * $one / $control, $one / $two / (2 * $one / $control) }")"
    if [ $has_spin = 1 ]; then
        spin=$(median "$work/$name.spin")
        echo "  SPIN, full state: $spin"
        echo "                    ours is $(ratio "$spin" "$one") times as fast (1), $(ratio "$spin" "$two") (2)"
        grep -E "states, stored|transitions \(=" "$work/$name/pan.out" | sed 's/^ */                    SPIN: /'
    fi
    if [ -s "$work/$name.bound" ]; then
        limit=$(median "$work/$name.bound")
        echo "  bound program:    $limit"
        echo "                    ours has $(ratio "$limit" "$one") of its rate (1), $(ratio "$limit" "$two") (2)"
    fi
done
