#!/usr/bin/env python3
"""Analyses every film of a folder with formcheck, on as many processors or machines as Ray has, into Parquet.

    python archive.py FILMS RESULTS [--exercise ID] [--workers N] [--address auto]

One file a film in RESULTS/sets and RESULTS/reps, named after the film's path and content: who starts it again goes on where it
stopped, and a film that was changed is looked at again. A film that cannot be read is a row with the reason, and stops nothing.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import ray

ENDINGS = {".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mts", ".ts", ".3gp"}

SETS = pa.schema([
    ("film", pa.string()), ("sha256", pa.string()), ("error", pa.string()), ("exercise", pa.string()),
    ("counted", pa.int32()), ("left", pa.int32()), ("right", pa.int32()), ("not_counted", pa.int32()),
    ("held_s", pa.float64()), ("longest_hold_s", pa.float64()), ("active_s", pa.float64()),
    ("duration_s", pa.float64()), ("tracked_fraction", pa.float64()), ("complete", pa.bool_()),
    ("notices", pa.list_(pa.string())), ("app_version", pa.string()), ("model", pa.string()),
])
REPS = pa.schema([
    ("film", pa.string()), ("exercise", pa.string()), ("rep", pa.int32()), ("start_s", pa.float64()),
    ("peak_s", pa.float64()), ("end_s", pa.float64()), ("side", pa.string()), ("counted", pa.bool_()),
    ("reason", pa.string()), ("hold_s", pa.float64()), ("range", pa.float64()), ("range_unit", pa.string()),
    ("score", pa.int32()), ("faults", pa.list_(pa.string())),
])


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(table, place):
    """A file appears when it is whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, suffix=".part", delete=False) as part:
        pq.write_table(table, part.name)
    os.replace(part.name, place)


@ray.remote(num_cpus=1)
def analyse(films, film, results, exercise, program):
    """Looks at one film and writes its rows; gives its name, and what went wrong."""
    films, results = Path(films), Path(results)
    digest = sha256(films / film)
    of_film = hashlib.sha256(film.encode()).hexdigest()[:16]
    name = f"{of_film}-{digest[:16]}.parquet"
    if (results / "sets" / name).exists():
        return film, None, False
    run = subprocess.run(
        [program, "analyze", str(films / film), "--exercise", exercise, "--format", "json"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )
    row = dict.fromkeys(SETS.names) | {"film": film, "sha256": digest}
    reps = []
    if run.returncode == 0:
        summary = json.loads(run.stdout)
        source = summary["source"]
        row |= {
            "exercise": summary["exercise"], "counted": summary["reps"]["total"], "left": summary["reps"]["left"],
            "right": summary["reps"]["right"], "not_counted": summary["reps"]["rejected"],
            "held_s": summary["holds"]["total_s"], "longest_hold_s": summary["holds"]["best_s"],
            "active_s": summary["active_s"], "duration_s": source["duration_s"],
            "tracked_fraction": summary["tracked_fraction"], "complete": source["complete"],
            "notices": source["notices"], "app_version": summary["app_version"], "model": summary["model"],
        }
        for rep in summary["repetitions"]:
            known = {key: rep.get(key) for key in REPS.names}
            reps.append(known | {"film": film, "exercise": summary["exercise"], "rep": rep["index"]})
    else:
        row["error"] = run.stderr.strip().splitlines()[-1] if run.stderr.strip() else f"exit code {run.returncode}"
    # The set last: where it is, its repetitions are.
    write(pa.Table.from_pylist(reps, schema=REPS), results / "reps" / name)
    write(pa.Table.from_pylist([row], schema=SETS), results / "sets" / name)
    # What was said of the film before it was changed would be counted beside it.
    for kind in ("sets", "reps"):
        for older in (results / kind).glob(f"{of_film}-*.parquet"):
            if older.name != name:
                older.unlink()
    return film, row["error"], True


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("films", type=Path)
    arguments.add_argument("results", type=Path)
    arguments.add_argument("--exercise", default="auto", help="id, or auto to find out (the usual)")
    arguments.add_argument("--workers", type=int, help="films at a time; as many as there are processors when not given")
    arguments.add_argument("--address", help="of a Ray cluster; this machine alone when not given")
    arguments.add_argument("--program", default="formcheck")
    args = arguments.parse_args()
    films = sorted(
        str(path.relative_to(args.films)) for path in args.films.rglob("*")
        if path.suffix.lower() in ENDINGS and path.is_file()
    )
    if not films:
        sys.exit(f"there are no films in {args.films}")
    workers = {} if args.address else {"num_cpus": args.workers or os.cpu_count()}
    ray.init(address=args.address, include_dashboard=False, log_to_driver=False, logging_level="error", **workers)
    place = [str(path.resolve()) for path in (args.films, args.results)]
    waiting = [analyse.remote(place[0], film, place[1], args.exercise, args.program) for film in films]
    looked_at = failed = 0
    while waiting:
        (done,), waiting = ray.wait(waiting)
        film, error, is_new = ray.get(done)
        looked_at, failed = looked_at + is_new, failed + (error is not None)
        if error:
            print(f"{film}: {error}", file=sys.stderr)
    print(f"{len(films)} films: {looked_at} looked at, {len(films) - looked_at} were there, {failed} failed")


if __name__ == "__main__":
    main()
