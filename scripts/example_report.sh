#!/usr/bin/env bash
# Makes docs/report.html, the example report: five days of practice, from the recorded traces of the test fixtures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=$PWD/target/release/formcheck
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export FORMCHECK_DATA=$work/data
exercises=(wall_angels seated_twist cat_camel cobra bird_dog bridge foam_roll)
for exercise in "${exercises[@]}"; do
    gunzip -c "tests/fixtures/traces/${exercise}_b.jsonl.gz" >"$work/$exercise.jsonl"
done
for days_ago in 8 6 4 2 0; do
    # A set is of the day its recording was written.
    touch -d "$days_ago days ago 18:00" "$work"/*.jsonl
    for exercise in "${exercises[@]}"; do
        # The first days stop early: traces are cut, so that there is something to follow over time.
        if [ "$days_ago" -gt 0 ]; then
            head -n $((420 - days_ago * 30)) "$work/$exercise.jsonl" >"$work/cut.jsonl"
        else
            cp "$work/$exercise.jsonl" "$work/cut.jsonl"
        fi
        touch -r "$work/$exercise.jsonl" "$work/cut.jsonl"
        "$program" analyze "$work/cut.jsonl" --exercise "$exercise" --routine upper_back --target-hold-s 2 --save --person Alex >/dev/null 2>&1
    done
done
# The last day as one session with everything in it.
inputs=()
for exercise in "${exercises[@]}"; do inputs+=("$work/$exercise.jsonl"); done
"$program" analyze "${inputs[@]}" --exercise auto --target-hold-s 2 --save --person Alex >/dev/null 2>&1
id=$("$program" sessions list | head -n 1 | cut -d ' ' -f 1)
"$program" sessions edit "$id" --pain-before 4 --pain-after 2 --note "Slept well, a little stiff in the morning." >/dev/null
"$program" sessions edit "$id" --set 1 --count 4 --note "One more than was seen." >/dev/null
"$program" sessions export "$id" --format html --out docs/report.html
