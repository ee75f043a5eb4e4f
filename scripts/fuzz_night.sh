#!/usr/bin/env bash
# Tries the properties in tests/it (proptest) with a new seed and 500 times the cases of `make test`: about half an hour on two
# cores. PROPTEST_RNG_SEED and FORMCHECK_CASES_FACTOR, where set, are taken instead. Exit code: 0 all hold, else the one of
# cargo; the last line then repeats what failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-$(od -An -N8 -tu8 /dev/urandom | tr -d ' ')}
export FORMCHECK_CASES_FACTOR=${FORMCHECK_CASES_FACTOR:-500}
unset CI # it means more cases; the two above shall be all that it takes to repeat a run
repeat="PROPTEST_RNG_SEED=$PROPTEST_RNG_SEED FORMCHECK_CASES_FACTOR=$FORMCHECK_CASES_FACTOR"

# The files with properties, as paths of tests: tests/it/detectors.rs is detectors::.
mapfile -t subjects < <(grep -l '^proptest! {' tests/it/*.rs | sed 's#.*/\(.*\)\.rs#\1::#')
[ "${#subjects[@]}" -gt 0 ] || { echo "fuzz-night: no file of tests/it has properties" >&2; exit 1; }
echo "fuzz-night: $repeat, ${subjects[*]}"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
cargo test --release --locked --test it -- "${subjects[@]}" 2>&1 | tee "$log" || code=$?
[ "$code" -ne 0 ] || exit 0

mapfile -t failed < <(sed -n 's/^test \(.*\) \.\.\. FAILED$/\1/p' "$log")
echo "fuzz-night: the next line repeats it"
if [ "${#failed[@]}" -gt 0 ]; then
    echo "$repeat cargo test --release --locked --test it -- --exact ${failed[*]}"
else
    echo "$repeat make fuzz-night" # nothing was tried to its end: it did not build, or was stopped
fi
exit "$code"
