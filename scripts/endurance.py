#!/usr/bin/env python3
"""Hours of exercise at high speed: repeats a trace until it is so long, has `formcheck watch --save` follow it as fast as it goes, and
tells how memory, threads and descriptors went and whether every repetition is in the store.

    python3 scripts/endurance.py [HOURS] [TRACE.jsonl]     12 hours; a trace of the demo clip is made when none is given
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent / "target/release/formcheck"
DEMO = Path(__file__).resolve().parent.parent / "demo/wall_angels.mp4"
# So often the process is looked at, seconds.
EVERY_S = 0.5


def repeat(trace, hours, out):
    """Writes the frames of `trace` again and again, later each time; gives how often."""
    head, *frames = trace.read_text().splitlines()
    marks = [(line, json.loads(line)["t_ns"]) for line in frames]
    step_ns = marks[1][1] - marks[0][1]
    length_ns = marks[-1][1] + step_ns
    times = int(hours * 3600e9 // length_ns) + 1
    with open(out, "w") as file:
        file.write(head + "\n")
        for n in range(times):
            for line, t_ns in marks:
                file.write(line.replace(f'"t_ns":{t_ns},', f'"t_ns":{t_ns + n * length_ns},', 1) + "\n")
    return times


def look(pid):
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"]), len(os.listdir(f"/proc/{pid}/fd"))


def main():
    hours = float(sys.argv[1]) if len(sys.argv) > 1 else 12.0
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        trace = Path(sys.argv[2]) if len(sys.argv) > 2 else work / "demo.jsonl"
        if not trace.exists():
            subprocess.run([PROGRAM, "analyze", DEMO, "--exercise", "wall_angels", "--trace", trace], check=True, stdout=subprocess.DEVNULL)
        once = json.loads(subprocess.run(
            [PROGRAM, "analyze", trace, "--exercise", "wall_angels", "--format", "json"], check=True, capture_output=True).stdout)
        times = repeat(trace, hours, work / "long.jsonl")
        command = [PROGRAM, "--data-dir", work / "data", "watch", "--exercise", "wall_angels", "--pace", "fast", "--save",
                   "--input", work / "long.jsonl"]
        began, seen = time.monotonic(), []
        with open(work / "out", "w") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL) as child:
            while child.poll() is None:
                try:
                    seen.append((time.monotonic() - began, *look(child.pid)))
                except (FileNotFoundError, ProcessLookupError, KeyError):
                    break
                time.sleep(EVERY_S)
        took_s = time.monotonic() - began
        last = json.loads((work / "out").read_text().splitlines()[-1])
        list_ = subprocess.run([PROGRAM, "--data-dir", work / "data", "sessions", "list"], capture_output=True, text=True).stdout
        half = seen[len(seen) // 2:]
        slope = (half[-1][1] - half[0][1]) / max(half[-1][0] - half[0][0], 1e-9) * took_s / hours
        print(f"{hours:g} h in {took_s:.0f} s, exit code {child.returncode}")
        print(f"counted {last['reps']['total']}, once {once['reps']['total']} x {times} = {once['reps']['total'] * times}; kept: {list_.strip()}")
        print(f"resident: {seen[0][1]:.0f} MB first, {max(s[1] for s in seen):.0f} most, {seen[-1][1]:.0f} last; "
              f"{slope:+.2f} MB an hour of exercise over the second half")
        print(f"threads {min(s[2] for s in seen)} to {max(s[2] for s in seen)}, descriptors {min(s[3] for s in seen)} to {max(s[3] for s in seen)}")


if __name__ == "__main__":
    main()
