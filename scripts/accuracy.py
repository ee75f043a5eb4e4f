#!/usr/bin/env python3
"""Measure formcheck against the clips whose truth is known, and write the table into docs/accuracy.md.

Usage: accuracy.py [--bin target/release/formcheck] [--clips tests/fixtures/clips] [--out docs/accuracy.md]
Needs Python 3.9 or newer, and ffmpeg for the variants: worse pictures of one clip of each exercise, and two people in one picture. Exit code: 0 every run is exact, 1 one is not, 2 there is nothing to measure.

A clip is NAME.mp4 with NAME.truth.json beside it (tests/fixtures/README.md says what that holds). A run is
    formcheck analyze NAME.mp4 --exercise ID --format json --target-hold-s S
once for the clip's own exercise, or, where someone is about but does not exercise, once for each exercise in `judge_as`.
S is 0.6 of the shortest true hold of a clip, 0.3 s where none is held, 2 s for an idle clip.

match     A counted repetition and a true one belong together when the reported peak lies in the true one, give or take
          0.7 s, and the reported one is at most 2.5 times as long and 1 s. One to one, the nearest peaks first.
missed    true repetitions that count without a match; false: counted repetitions without one.
sides     of the matched ones that have a side: reported right / wrong / as unknown.
hold      The truth gives two lengths: how long the movement was at 85 % of its range or more, and at 50 % or more. A reported
          hold between them is no error, else the error is the distance to the nearer one. No hold reported: the whole of the longer.
half      half-range repetitions that must not count: listed as rejected with a reason / all of them.
faults    visible faults reported on the repetition that had them / all of them; alarms: fault ids on matched
          repetitions that had no such fault. Tempo is free in these clips, so tempo faults are left out.
exact     Total, list and sides agree and nothing is missed or false; a clip with `active_s` is exact when the active time
          is within 10 % or 1.5 s; an idle clip when nothing is counted and at most 3 s are active.
"""

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE, VARIANTS = "accuracy", "variants"
# Worse pictures: name, filter of ffmpeg, switches of the program. The clips are 640 x 480 at 12 frames/s.
WORSE = [("10 frames/s", "fps=10", []), ("320 x 240", "scale=320:240", []), ("mirrored, with `--mirrored`", "hflip", ["--mirrored"]),
         ("camera tilted by 5 degrees", "rotate=5*PI/180:c=gray", []), ("camera tilted by 8 degrees the other way", "rotate=-8*PI/180:c=gray", []),
         ("half as bright", "eq=brightness=-0.15:contrast=0.7", [])]
VARIANT_COLUMNS = ["variant", "exact", "missed", "false", "hold error p90", "faults found", "alarms", "not exact"]
# Names of the clip generator that are not our fault ids.
FAULT_ID = {"asymmetric_arms": "uneven", "lumbar_overarch": "overarch", "lumbar_sag": "back_sag",
            "rocking_back": "rocking", "shoulder_shrug": "shrug", "torso_swing": "trunk_swing"}
# True faults that the clip's view hides, with what they may be taken for: not asked for, and no alarm.
HIDDEN = {"arms_off_wall": {"arms_off_wall", "half_range"}, "hip_opens": {"back_sag", "leg_high"}, "lumbar_hinge": {"hips_slide"}}
TEMPO = {"bounce", "fast_release", "rushed", "too_fast"}
COLUMNS = ["exercise", "runs exact", "idle runs silent", "reps counted / true", "missed", "false", "sides right / wrong / unknown",
           "hold error median / p90", "half reps rejected", "faults found", "alarms"]


def match(true, reported):
    """Pairs (true, reported or None), and the reported ones that are left."""
    def distance(t, r):
        fits = t["start"] - 0.7 <= r["peak_s"] <= t["end"] + 0.7
        fits = fits and r["end_s"] - r["start_s"] <= 2.5 * (t["end"] - t["start"]) + 1
        return abs(r["peak_s"] - t["peak"]) if fits else None

    near = [(distance(t, r), i, j) for i, t in enumerate(true) for j, r in enumerate(reported)]
    partner = {}
    for _, i, j in sorted(n for n in near if n[0] is not None):
        if i not in partner and j not in partner.values():
            partner[i] = j
    pairs = [(t, reported[partner[i]] if i in partner else None) for i, t in enumerate(true)]
    return pairs, [r for j, r in enumerate(reported) if j not in partner.values()]


def hold_error_s(truth, rep, reported):
    """Distance in seconds between the reported hold and what the truth allows; None where nothing is held."""
    if not rep.get("hold"):
        return None
    fps, phase = truth["fps"], truth["frames"]["phase"]
    span = phase[max(0, math.floor((rep["start"] - 0.5) * fps)):math.floor((rep["end"] + 0.5) * fps) + 1]
    shortest, longest = (sum(abs(p) >= level for p in span) / fps for level in (0.85, 0.5))
    hold = reported.get("hold_s")
    return longest if hold is None else max(0.0, shortest - hold, hold - longest)


def judge(truth, out):
    """The figures of one run."""
    true = [r for r in truth["reps"] if r["counts"]]
    counted = [r for r in out["repetitions"] if r["counted"]]
    pairs, extra = match(true, counted)
    found = [(t, r) for t, r in pairs if r]
    half, _ = match([r for r in truth["reps"] if not r["counts"]], [r for r in out["repetitions"] if not r["counted"] and r["reason"]])
    run = {"true": len(true), "counted": len(counted), "missed": len(pairs) - len(found), "false": len(extra),
           "sides": [0, 0, 0], "holds": [], "half": [sum(r is not None for _, r in half), len(half)], "faults": [0, 0], "alarms": []}
    for rep, reported in pairs:
        names = {f["name"] for f in rep["faults"]}
        want = {FAULT_ID.get(n, n) for n in names - HIDDEN.keys()}
        run["faults"][1] += len(want)
        if reported is None:
            continue
        have = set(reported["faults"])
        run["faults"][0] += len(want & have)
        run["alarms"] += sorted(have - want - TEMPO - set().union(*(HIDDEN.get(n, set()) for n in names)))
        if rep["side"]:
            run["sides"][0 if reported["side"] == rep["side"] else 2 if reported["side"] in (None, "unknown") else 1] += 1
        error = hold_error_s(truth, rep, reported)
        run["holds"] += [] if error is None else [error]
    sides_ok = all(out["reps"][s] == sum(t["side"] == s for t in true) for s in ("left", "right"))
    run["exact"] = out["reps"]["total"] == len(counted) == len(true) and not run["missed"] and not extra and sides_ok
    if "active_s" in truth:
        # Duration mode: passes are information, time is what counts.
        run.update({"true": 0, "counted": 0, "missed": 0, "false": 0, "half": [0, 0]})
        run["exact"] = abs(out["active_s"] - truth["active_s"]) <= max(1.5, 0.1 * truth["active_s"])
    if "judge_as" in truth:
        run["exact"] = run["exact"] and out["active_s"] <= 3
    return run


def analyze(binary, clip, truth, exercise, switches=()):
    """The program's report on one clip; None, with a line on stderr, when it fails."""
    held = [r["hold"]["seconds"] for r in truth["reps"] if r["counts"] and r.get("hold")]
    target_s = 0.6 * min(held) if held else 2.0 if "judge_as" in truth else 0.3
    command = [str(binary), "analyze", str(clip), "--exercise", exercise, "--format", "json", "--target-hold-s", f"{target_s:.2f}", *switches]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return json.loads(done.stdout)
    message = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    print(f"accuracy: {clip.name} as {exercise} failed: {message[-1]}", file=sys.stderr)
    return None


def row(exercise, runs):
    """One line of the table. `runs` are pairs (idle, figures), the latter None where the program failed: neither exact nor silent."""
    good = [r for _, r in runs if r]
    idle = sum(is_idle for is_idle, _ in runs)
    silent = sum(is_idle and r["exact"] for is_idle, r in runs if r)
    total = lambda key: sum(r[key] for r in good)
    column = lambda key, i: sum(r[key][i] for r in good)
    holds = sorted(h for r in good for h in r["holds"])
    p90 = holds[math.ceil(0.9 * len(holds)) - 1] if holds else 0
    share = lambda key: f"{column(key, 0)} / {column(key, 1)}" if column(key, 1) else "-"
    active = len(runs) - idle
    cells = [exercise, f"{sum(r['exact'] for r in good) - silent} / {active}" if active else "-", f"{silent} / {idle}" if idle else "-",
             f"{total('counted')} / {total('true')}", total("missed"), total("false"),
             " / ".join(str(column("sides", i)) for i in range(3)) if any(column("sides", i) for i in range(3)) else "-",
             f"{statistics.median(holds):.2f} / {p90:.2f} s" if holds else "-", share("half"), share("faults"), sum(len(r["alarms"]) for r in good)]
    return "| " + " | ".join(map(str, cells)) + " |"


def p90_of(runs):
    holds = sorted(h for r in runs for h in r["holds"])
    return f"{holds[math.ceil(0.9 * len(holds)) - 1]:.2f} s" if holds else "-"


def filmed(clips, graph, out):
    """One clip, or several in one picture, through a filter of ffmpeg; False when that fails."""
    inputs = [part for clip in clips for part in ("-i", str(clip))]
    how = ["-vf", graph] if len(clips) == 1 else ["-filter_complex", graph]
    done = subprocess.run(["ffmpeg", "-v", "error", "-y", *inputs, *how, "-an", "-c:v", "libx264", "-crf", "18", str(out)], check=False)
    return done.returncode == 0


def variants(binary, clips):
    """Lines of the table of worse pictures, and of two people in one picture."""
    # Of each exercise the clip with half repetitions and a fault in it.
    chosen = {json.loads(p.read_text(encoding="utf-8"))["exercise"]: p for p in sorted(clips.glob("*_b.truth.json"))}
    truths = {exercise: json.loads(p.read_text(encoding="utf-8")) for exercise, p in chosen.items()}
    lines = ["| " + " | ".join(VARIANT_COLUMNS) + " |", "|" + " --- |" * len(VARIANT_COLUMNS)]
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        for name, graph, switches in WORSE:
            runs = {}
            for exercise, path in chosen.items():
                clip = path.with_name(path.name.replace(".truth.json", ".mp4"))
                out = analyze(binary, film, truths[exercise], exercise, switches) if filmed([clip], graph, film) else None
                runs[exercise] = judge(truths[exercise], out) if out else None
            good = [r for r in runs.values() if r]
            wrong = [e for e, r in runs.items() if not (r and r["exact"])]
            faults = [sum(r["faults"][i] for r in good) for i in (0, 1)]
            cells = [name, f"{len(runs) - len(wrong)} / {len(runs)}", sum(r["missed"] for r in good), sum(r["false"] for r in good),
                     p90_of(good), f"{faults[0]} / {faults[1]}", sum(len(r["alarms"]) for r in good), ", ".join(wrong) or "-"]
            lines.append("| " + " | ".join(map(str, cells)) + " |")
            print(lines[-1], file=sys.stderr)
        pairs, kept = 0, 0
        for exercise, path in chosen.items():
            other = path.with_name(path.name.replace("_b.truth", "_c.truth"))
            if not other.exists():
                continue
            both = [path, other]
            films = [p.with_name(p.name.replace(".truth.json", ".mp4")) for p in both]
            if not filmed(films, "hstack=shortest=1", film):
                continue
            pairs += 1
            # Whoever was chosen first: one of the two films must come out exactly, as far as the shorter one goes.
            ends = min(json.loads(p.read_text(encoding="utf-8"))["duration_s"] for p in both)
            exact = False
            for p in both:
                truth = json.loads(p.read_text(encoding="utf-8"))
                truth["reps"] = [r for r in truth["reps"] if r["end"] <= ends - 0.5]
                out = analyze(binary, film, truth, exercise)
                if out and "active_s" in truth:
                    truth["active_s"] = min(truth["active_s"], ends)
                exact = exact or bool(out and judge(truth, out)["exact"])
            kept += exact
            print(f"two people, {exercise}: {'one of them exactly' if exact else 'MIXED'}", file=sys.stderr)
        lines += ["", f"Two people side by side in one picture: in {kept} of {pairs} pairs of clips every count was that of one of the two, to the end."]
    return lines


def write_between_markers(path, name, text):
    """Replaces what stands between the markers of that name in `path`; they are added at its end where there are none."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    old = path.read_text(encoding="utf-8") if path.exists() else "# Accuracy\n"
    if begin not in old or end not in old:
        old = f"{old.rstrip()}\n\n{begin}\n{end}\n"
    head, rest = old.split(begin, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}{begin}\n{text}\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, default=ROOT / "target/release/formcheck")
    parser.add_argument("--clips", type=Path, default=ROOT / "tests/fixtures/clips")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/accuracy.md")
    args = parser.parse_args()
    truths = sorted(args.clips.glob("*.truth.json"))
    if not truths or not args.bin.is_file():
        print(f"accuracy: no clips in {args.clips}, or no program, run `make build` first: {args.bin}", file=sys.stderr)
        sys.exit(2)
    by_exercise, inexact = {}, []
    for path in truths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".truth.json")
        for exercise in truth.get("judge_as", [truth["exercise"]]):
            out = analyze(args.bin, path.with_name(name + ".mp4"), truth, exercise)
            run = judge(truth, out) if out else None
            by_exercise.setdefault(exercise, []).append(("judge_as" in truth, run))
            verdict = "failed" if run is None else "exact" if run["exact"] else "INEXACT"
            notes = f", alarms {' '.join(run['alarms'])}" if run and run["alarms"] else ""
            print(f"{name} as {exercise}: {verdict}{notes}", file=sys.stderr)
            if verdict != "exact":
                inexact.append(f"{name} as {exercise}")
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + " --- |" * len(COLUMNS)]
    lines += [row(exercise, runs) for exercise, runs in sorted(by_exercise.items())]
    lines += ["", f"{sum(map(len, by_exercise.values()))} runs over {len(truths)} clips, not exact: {', '.join(inexact) or 'none'}."]
    print("\n".join(lines))
    write_between_markers(args.out, TABLE, "\n".join(lines))
    worse = variants(args.bin, args.clips)
    print("\n".join(worse))
    write_between_markers(args.out, VARIANTS, "\n".join(worse))
    sys.exit(1 if inexact else 0)


if __name__ == "__main__":
    main()
