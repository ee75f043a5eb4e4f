#!/usr/bin/env bash
# Tries archive.py with two workers of one machine: every film is looked at, one that is none stops nothing, a second call does
# nothing, a changed film is looked at again, and DuckDB counts what formcheck counts. Call: [VENV=DIR] test.sh [FORMCHECK]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=$(realpath "${1:-target/release/formcheck}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${VENV:-$work/venv} # kept for the next call where it is named
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r examples/archive/requirements.txt
python=$venv/bin/python
mkdir -p "$work/films/deep"
cp tests/fixtures/clips/{band_row_b,bridge_b,cobra_b}.mp4 "$work/films/"
cp tests/fixtures/clips/wall_angels_b.mp4 "$work/films/deep/"
echo "no film" >"$work/films/broken.mp4"

archive() { "$python" examples/archive/archive.py "$work/films" "$work/results" --workers "$1" --program "$program"; }
seconds() { local began; began=$(date +%s.%N); "$@" >&2; echo "$(date +%s.%N) - $began" | bc; }

two=$(seconds archive 2)
[ "$(archive 2)" = "5 films: 0 looked at, 5 were there, 0 failed" ]
cp tests/fixtures/clips/bridge_c.mp4 "$work/films/bridge_b.mp4"
archive 2 | grep -q "5 films: 1 looked at, 4 were there"
"$python" - "$work" "$program" <<'PY'
import duckdb, json, subprocess, sys
work, program = sys.argv[1:]
rows = duckdb.sql(f"SELECT film, counted, error FROM '{work}/results/sets/*.parquet'").fetchall()
assert len(rows) == 5, rows
for film, counted, error in rows:
    if film == "broken.mp4":
        assert "text file" in error, error
        continue
print(duckdb.sql(f"""SELECT exercise, count(*) AS films, sum(counted) AS counted
    FROM '{work}/results/sets/*.parquet' WHERE error IS NULL GROUP BY exercise ORDER BY exercise"""))
film = f"{work}/films/cobra_b.mp4"
alone = json.loads(subprocess.run([program, "analyze", film, "--exercise", "auto", "--format", "json"], capture_output=True).stdout)
((kept,),) = duckdb.sql(f"SELECT counted FROM '{work}/results/sets/*.parquet' WHERE film = 'cobra_b.mp4'").fetchall()
assert kept == alone["reps"]["total"], (kept, alone["reps"])
PY
rm -rf "$work/results"
one=$(seconds archive 1)
echo "two workers: $two s, one: $one s; share of twice one worker: $(echo "scale=2; $one / $two / 2" | bc)"
