#!/usr/bin/env python3
"""The real window in real time: on a display without glass, with the fake camera of the tests (30 pictures a second, the demo film in a
loop) and a sound server without a loudspeaker, it goes through a routine until the time is over. Nobody touches a key.

    python3 scripts/endurance_live.py [MINUTES] [PICTURES A SECOND]     30, 30

Tells how resident memory, threads and descriptors went, how the processor was used, and whether it grows slow: a count is said at the
same moment of every turn of the film, so later moments mean a growing delay. Ends it by SIGTERM and looks whether the session is kept.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import endurance

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/formcheck"
DEMO = ROOT / "demo/wall_angels.mp4"
FPS = int(sys.argv[2]) if len(sys.argv) > 2 else 30
# What starting takes is not looked at, seconds; then the process is looked at so often.
WARM_S, EVERY_S = 120, 5


def quiet(command, **more):
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


def stage(work):
    """Camera, display and sound server: the environment, and what must end."""
    device, film = work / "fakecam.so", work / "film.mjpeg"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", device, ROOT / "tests/it/fake_camera/fakecam.c", "-ldl", "-lpthread"], check=True)
    subprocess.run(["ffmpeg", "-v", "error", "-i", DEMO, "-r", str(FPS), "-s", "640x480", "-pix_fmt", "yuvj422p", "-q:v", "4", "-f", "mjpeg", film], check=True)
    turn_s = film.read_bytes().count(b"\xff\xd8\xff") / FPS
    read, write = os.pipe()
    screen = quiet(["Xvfb", "-displayfd", write, "-screen", "0", "1280x800x24", "-nolisten", "tcp"], pass_fds=[write])
    display = os.read(read, 16).decode().strip()
    socket = work / "native"
    sound = quiet(["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes",
                   "-L", "module-null-sink sink_name=t rate=48000",
                   "-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"],
                  env=os.environ | {"PULSE_RUNTIME_PATH": str(work), "HOME": str(work)})
    environment = {
        "LD_PRELOAD": str(device), "FAKECAM_FORMAT": "mjpeg", "FAKECAM_FRAMES": str(film), "FAKECAM_SIZE": "640x480", "FAKECAM_FPS": str(FPS),
        "FORMCHECK_DATA": str(work / "data"), "DISPLAY": f":{display}", "PULSE_SERVER": f"unix:{socket}", "LIBGL_ALWAYS_SOFTWARE": "1",
    }
    return environment, [screen, sound], turn_s


def routine(path, minutes):
    """Sets of ten, more than there is time for."""
    step = '[[step]]\nexercise = "wall_angels"\nreps = 10\nrest_after_s = 5\n'
    path.write_text('schema = 1\nid = "long"\ntitle = "Long"\nsummary = "x"\nsource = "x"\n' + step * (int(minutes * 2) + 5))


def look(pid):
    ticks = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    cpu_s = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return *endurance.look(pid), cpu_s


def slope(points):
    """Of y over x, by least squares."""
    xs, ys = zip(*points)
    x, y = statistics.fmean(xs), statistics.fmean(ys)
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a in xs)


def delays(cues, turn_s):
    """(hours, seconds) of each spoken count: when, and how much later in its turn of the film than the first of its kind."""
    moments = [cue["at_s"] for cue in cues if cue["what"] in ("said", "cut in") and cue["text"] in ("Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.")]
    kinds, found = [], []
    for at_s in moments:
        phase = at_s % turn_s
        apart = [(phase - kind + turn_s / 2) % turn_s - turn_s / 2 for kind in kinds]
        near = min(apart, key=abs, default=turn_s)
        if abs(near) > 1.0:
            kinds.append(phase)
            near = 0.0
        found.append((at_s / 3600, near))
    return found


def main():
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        environment, others, turn_s = stage(work)
        routine(work / "long.toml", minutes)
        log = work / "cues.jsonl"
        window = quiet([PROGRAM, "--begin", work / "long.toml", "--cue-log", log], env=os.environ | environment)
        began, seen = time.monotonic(), []
        try:
            while (passed := time.monotonic() - began) < minutes * 60:
                time.sleep(EVERY_S)
                if window.poll() is not None:
                    sys.exit(f"the window closed after {passed:.0f} s with {window.returncode}")
                if passed > WARM_S:
                    seen.append((passed, *look(window.pid)))
            window.send_signal(signal.SIGTERM)
            code = window.wait(15)
        finally:
            for other in [window, *others]:
                other.kill()
                other.wait()
        cues = [json.loads(line) for line in log.read_text().splitlines()]
        subprocess.run([PROGRAM, "--data-dir", work / "data", "sessions", "export", "--format", "json", "--out", work / "all.json"], check=True, stdout=subprocess.DEVNULL)
        kept = json.loads((work / "all.json").read_text())
    sets = [a_set for session in kept["sessions"] for a_set in session["sets"]]
    counted = sum(a_set["summary"]["reps"]["total"] for a_set in sets)
    said = sum(cue["what"] in ("said", "cut in") for cue in cues)
    late = delays(cues, turn_s)
    memory = [(row[0] / 3600, row[1]) for row in seen]
    span_s = seen[-1][0] - seen[0][0]
    print(f"{minutes:.0f} minutes; ended by SIGTERM with {code}; {len(sets)} sets kept with {counted} repetitions; {said} sentences said")
    print(f"resident memory: {min(m for _, m in memory):.0f} to {max(m for _, m in memory):.0f} MB, slope {slope(memory):+.1f} MB an hour")
    tenths = [memory[len(memory) * n // 10:len(memory) * (n + 1) // 10] for n in range(10)]
    print("by tenths of the time: " + ", ".join(f"{statistics.median(m for _, m in part):.0f}" for part in tenths if part))
    print(f"threads: {min(r[2] for r in seen)} to {max(r[2] for r in seen)}; descriptors: {min(r[3] for r in seen)} to {max(r[3] for r in seen)}")
    print(f"processor: {100 * (seen[-1][4] - seen[0][4]) / span_s:.0f} % of one core")
    parts = [late[len(late) * n // 4:len(late) * (n + 1) // 4] for n in range(4)]
    quarters = ", ".join(f"{1000 * statistics.median(d for _, d in part):+.0f}" for part in parts)
    print(f"{len(late)} counts said, against the first of their kind in the turns of the film: median by quarters {quarters} ms, "
          f"slope {1000 * slope(late):+.0f} ms an hour")


if __name__ == "__main__":
    main()
