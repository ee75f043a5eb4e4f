#!/usr/bin/env python3
"""A hostile campaign: the built program, run many times with damaged, odd and malicious input, each run judged.

    python3 scripts/hostile.py [--runs 1000] [--seed 1] [--jobs 2] [--keep DIR]

Every run gets a folder of its own. High faults: a crash, a panic, a hang, an input that was changed, a store that is no longer
sound, an answer that is no JSON. Medium faults: a failure without a word, more than a few lines of it, control characters in it,
files left behind, more than 1.5 GB of memory. Low ones: an exit code outside 0, 1, 2. Prints each fault with what makes it again,
and a table. Exit code: 0 no high or medium fault, 1 there are some. Only the standard library; ffmpeg for odd films.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/formcheck"
CLIPS = sorted((ROOT / "tests/fixtures/clips").glob("*.mp4"))
TIME_LIMIT_S = 120
MEMORY_LIMIT = 1_500_000 * 1024
EXERCISES = ["wall_angels", "cobra", "bridge", "bird_dog", "band_row", "cat_camel", "foam_roll", "auto"]


# ---- damage --------------------------------------------------------------------------------------------------------------------

def damaged(rng, data):
    """The bytes with one to a few wounds: bits, holes, cuts, doubled or moved pieces."""
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 40])):
        if not data:
            break
        at = rng.randrange(len(data)) if rng.random() < 0.7 else min(rng.randrange(64), len(data) - 1)
        length = rng.choice([1, 4, 64, 4096])
        kind = rng.randrange(7)
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[at:at + length] = bytes(len(data[at:at + length]))
        elif kind == 2:
            data[at:at + length] = rng.randbytes(len(data[at:at + length]))
        elif kind == 3:
            del data[at:at + length]
        elif kind == 4:
            data[at:at] = data[at:at + length]
        elif kind == 5:
            del data[at:]
        else:
            data[at:at + 4] = rng.choice([b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00"])
    return bytes(data)


ODD_VALUES = ["-1", "0", "1e308", "-1e308", "5e-324", "1e999", "NaN", "inf", "true", "null", '""', '"x"', "[]", "{}",
              "18446744073709551616", "-9223372036854775809", '"\\u0000"', '"' + "A" * 5000 + '"', '"\\u001b[2J"', "1979-05-27"]


def damaged_text(rng, text):
    """The text with values exchanged, lines lost, doubled or swapped, or its bytes damaged."""
    if rng.random() < 0.25:
        return damaged(rng, text.encode())
    lines = text.split("\n")
    for _ in range(rng.choice([1, 1, 2, 4])):
        at = rng.randrange(len(lines))
        kind = rng.randrange(6)
        if kind <= 1:
            numbers = list(re.finditer(r"-?\d+(\.\d+)?(e-?\d+)?|\"[^\"]*\"(?!\s*[:=])|true|false|null", lines[at]))
            if numbers:
                found = rng.choice(numbers)
                lines[at] = lines[at][:found.start()] + rng.choice(ODD_VALUES) + lines[at][found.end():]
        elif kind == 2:
            lines.insert(at, lines[at])
        elif kind == 3:
            del lines[at]
            lines = lines or [""]
        elif kind == 4:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            words = lines[at].split(" ")
            rng.shuffle(words)
            lines[at] = " ".join(words)
    return "\n".join(lines).encode()


# ---- what is tried: each takes a random source and the run's folder, gives the command and which file must stay as it is ---------

def film(rng, folder):
    """A damaged film, under an odd ending now and then."""
    path = folder / ("film" + rng.choice([".mp4"] * 5 + [".mov", ".mkv", ".avi", ".webm", ".ts", ".jpg", ".png", ".jsonl", ""]))
    path.write_bytes(damaged(rng, rng.choice(SHORT_FILMS).read_bytes()))
    return analyse(rng, path), [path]


def analyse(rng, path, extra=()):
    exercise = rng.choice(EXERCISES)
    save = ["--save"] if rng.random() < 0.3 else []
    return ["analyze", str(path), "--exercise", exercise, "--format", "json", "--model", "lite", *save, *extra]


ODD_FILMS = [
    "-f lavfi -i testsrc=s=2x2:d=1 -pix_fmt yuv420p", "-f lavfi -i testsrc=s=3840x16:d=1", "-f lavfi -i testsrc=s=16x2160:d=1",
    "-f lavfi -i testsrc=r=1:d=5", "-f lavfi -i testsrc=r=240:d=1", "-f lavfi -i sine=d=2", "-f lavfi -i testsrc=d=0.04",
    "-f lavfi -i color=black:d=2", "-f lavfi -i testsrc=d=1 -f lavfi -i sine=d=9", "-f lavfi -i testsrc=s=321x241:d=1 -pix_fmt yuv444p",
    "-i CLIP -t 2 -vf setpts=PTS*100", "-i CLIP -t 3 -vf setpts=PTS/50 -r 1000", "-i CLIP -t 2 -vf rotate=0.7",
    "-i CLIP -t 2 -metadata:s:v rotate=90", "-i CLIP -t 2 -vf scale=1x480", "-i CLIP -t 2 -output_ts_offset 100000",
    "-i CLIP -t 2 -itsoffset -5 -i CLIP -map 0:v -map 1:v", "-i CLIP -t 2 -pix_fmt gray", "-i CLIP -t 2 -vf setsar=10/1",
    "-i CLIP -t 2 -metadata title=\x1b[2J -metadata creation_time=9999-12-31T23:59:59Z", "-i CLIP -t 2 -bsf:v noise=amount=-3",
]


def odd_film(rng, folder):
    """A film that is whole and unlike those of cameras."""
    path = folder / rng.choice(["film.mp4", "film.mkv", "film.avi", "film.mov"])
    options = rng.choice(ODD_FILMS).replace("CLIP", "\0").split(" ")
    options = [str(rng.choice(CLIPS)) if word == "\0" else word for word in options]
    subprocess.run(["ffmpeg", "-v", "quiet", "-y", *options, str(path)], stdin=subprocess.DEVNULL, check=False)
    return analyse(rng, path), [path] if path.exists() else []


def trace(rng, folder):
    path = folder / "landmarks.jsonl"
    path.write_bytes(damaged_text(rng, TRACE))
    outputs = rng.choice([[], ["--report", str(folder / "out.html")], ["--trace", str(folder / "again.jsonl")]])
    return analyse(rng, path, outputs), [path]


def exercise_file(rng, folder):
    source = rng.choice(sorted((ROOT / "exercises").glob("*.toml")))
    path = folder / "own.toml"
    path.write_bytes(damaged_text(rng, source.read_text()))
    good = folder / "landmarks.jsonl"
    good.write_text(TRACE)
    check = ["exercises", "check", str(path)]
    use = ["analyze", str(good), "--exercise", str(path), "--format", "json"]
    return rng.choice([check, use]), [path, good]


def routine_file(rng, folder):
    source = rng.choice(sorted((ROOT / "routines").glob("*.toml")))
    path = folder / "routine.toml"
    path.write_bytes(damaged_text(rng, source.read_text()))
    return rng.choice([["routines", "show", str(path)], ["exercises", "check", str(path)]]), [path]


def imported(rng, folder):
    path = folder / "import.json"
    path.write_bytes(damaged_text(rng, EXPORT))
    return ["sessions", "import", str(path)], [path]


STORE_WORDS = [
    ["sessions", "list"], ["sessions", "trend", "wall_angels"], ["sessions", "export", "--format", "json", "--out", "out.json"],
    ["sessions", "export", "--format", "html", "--out", "out.html"], ["sessions", "export", "--format", "csv", "--out", "out.csv"],
    ["sessions", "delete", "--all"], ["sessions", "show", "x"], ["sessions", "ranges"],
]


def store(rng, folder):
    """A store whose file, or log, is damaged."""
    data = folder / "data"
    shutil.copytree(STORE, data)
    path = rng.choice([p for p in data.iterdir() if p.name.startswith("sessions.db")])
    path.write_bytes(damaged(rng, path.read_bytes()))
    return rng.choice(STORE_WORDS), []


def rows(rng, folder):
    """A sound store in which a value is senseless."""
    data = folder / "data"
    shutil.copytree(STORE, data)
    db = sqlite3.connect(data / "sessions.db")
    table = rng.choice(["sessions", "sets", "reps", "people", "calibrations", "rep_faults"])
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if not row[5]]
    value = rng.choice([-1, 0, 2**62, -2**62, 1e308, float("inf"), "", "x", "A" * 9999, "\x1b[2J\n\r", "=1+1", b"\xff\xfe", None])
    try:
        db.execute(f"UPDATE {table} SET {rng.choice(columns)} = ?", [value])
        db.commit()
    except (sqlite3.Error, IndexError, OverflowError):
        pass
    db.close()
    return rng.choice(STORE_WORDS), []


FLAGS = """--exercise --format --model --person --side --report --trace --overlay --csv-for --data-dir --seconds --camera --pace --input
--jobs --save --out --from --to --set --count --note --name --help --version --pain-before --view --calibrate --reps --begin --""".split()
COMMANDS = [["analyze"], ["watch"], ["sessions"], ["sessions", "list"], ["sessions", "show"], ["sessions", "edit"], ["sessions", "export"],
            ["sessions", "import"], ["exercises"], ["exercises", "show"], ["exercises", "check"], ["routines"], ["routines", "show"],
            ["routines", "calendar"], ["learn"], ["doctor"], ["plot"], ["bench"], ["sessions", "trend"], ["sessions", "delete"]]
WORDS = ["", "-", "--", "x", "wall_angels", "auto", "json", "-1", "0", "1e308", "4294967296", "nan", "../../etc/passwd", "/dev/null", "/dev/zero",
         "A" * 4000, "\x1b[31m", "a\nb", "%s%n", "left", "last", "all", "2026-13-45", "film.mp4", "landmarks.jsonl", ".", "/", "~"]


def arguments(rng, folder):
    (folder / "landmarks.jsonl").write_text(TRACE)
    shutil.copy(SHORT_FILMS[0], folder / "film.mp4")
    command = list(rng.choice(COMMANDS))
    for _ in range(rng.randrange(6)):
        command.append(rng.choice(FLAGS) if rng.random() < 0.5 else rng.choice(WORDS))
    if "--input" not in command and command[0] == "watch":
        command += ["--input", "landmarks.jsonl"]
    return command, [folder / "landmarks.jsonl", folder / "film.mp4"]


NAMES = ["-rf.mp4", "--help.mp4", "a\nb.mp4", "\x1b]0;x\x07.mp4", "%d%s.mp4", "$(id).mp4", "`id`.mp4", "ü\u202efilm.mp4", "a'b\"c.mp4", "x" * 240 + ".mp4",
         "http:x.mp4", "concat:a|b.mp4", "pipe:0.mp4", "crypto:x.mp4", "img%03d.png", " .mp4", ".mp4", "a#b?c.mp4", "CON.mp4", "\ud800.mp4"]


def names(rng, folder):
    raw = os.fsencode(rng.choice(NAMES).encode("utf-8", "surrogatepass") if rng.random() < 0.8 else rng.randbytes(12).replace(b"/", b"").replace(b"\0", b"") + b".mp4")
    path = os.path.join(os.fsencode(folder), raw)
    shutil.copy(os.fsencode(SHORT_FILMS[0]), path)
    with_report = ["--report", "out.html"] if rng.random() < 0.3 else []
    return [b"analyze", b"./" + raw, b"--exercise", b"auto", b"--format", b"json", b"--model", b"lite", b"--save", *map(os.fsencode, with_report)], [path]


def pictures(rng, folder):
    """A folder of pictures, some of them damaged or of another size."""
    place = folder / "pictures"
    place.mkdir()
    sources = sorted(PICTURES.iterdir())
    for number, source in enumerate(sources[:rng.randrange(1, 12)]):
        data = source.read_bytes()
        ending = rng.choice([source.suffix] * 4 + [".png", ".jpg", ".bmp"])
        (place / f"{number:03}{ending}").write_bytes(damaged(rng, data) if rng.random() < 0.5 else data)
    return analyse(rng, place), []


def environment(rng, folder):
    (folder / "landmarks.jsonl").write_text(TRACE)
    shutil.copy(SHORT_FILMS[0], folder / "film.mp4")
    path = rng.choice(["landmarks.jsonl", "film.mp4"])
    return analyse(rng, folder / path, ["--report", str(folder / "out.html")]), [folder / "landmarks.jsonl", folder / "film.mp4"]


def settings(rng, folder):
    """Damaged settings, read at every start; the window finds no display."""
    (folder / "data").mkdir()
    (folder / "data/settings.toml").write_bytes(damaged_text(rng, SETTINGS))
    return rng.choice([["exercises", "list"], ["sessions", "list"], []]), []


KINDS = [film, film, odd_film, trace, trace, exercise_file, routine_file, imported, store, rows, arguments, arguments, names, pictures,
         environment, settings]


def surroundings(rng, kind, folder):
    """Environment and limits; ordinary but for the kind that is about them."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "LANG": "C.UTF-8"}
    limits = {}
    if kind is environment:
        change = rng.randrange(9)
        if change == 0:
            env.pop("HOME")
        elif change == 1:
            env["TMPDIR"] = rng.choice(["/nowhere", "", "/dev/null", "/proc"])
        elif change == 2:
            env["LANG"] = rng.choice(["", "xx_YY", "de_DE.ISO-8859-1", "C", "tr_TR.UTF-8", "\x1b"])
        elif change == 3:
            env["PATH"] = rng.choice(["", "/nowhere"])
        elif change == 4:
            limits[resource.RLIMIT_NOFILE] = rng.choice([12, 20, 40])
        elif change == 5:
            limits[resource.RLIMIT_FSIZE] = rng.choice([0, 1000, 100_000])
        elif change == 6:
            limits[resource.RLIMIT_NPROC] = rng.choice([1, 50, 200])
        elif change == 7:
            env["XDG_DATA_HOME"] = env["XDG_CONFIG_HOME"] = rng.choice(["relative", "/dev/null", "/proc/1", "\n"])
        else:
            env["TZ"] = rng.choice(["", "Nowhere/None", ":/dev/zero", "UTC+99"])
    return env, limits


# ---- one run -------------------------------------------------------------------------------------------------------------------

def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def one_run(number, seed, kept):
    rng = random.Random(f"{seed}/{number}")
    kind = KINDS[number % len(KINDS)]
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    faults = []
    try:
        (folder / "tmp").mkdir()
        (folder / "home").mkdir()
        command, inputs = kind(rng, folder)
        before = {path: digest(path) for path in inputs}
        env, limits = surroundings(rng, kind, folder)
        data = [] if b"--data-dir" in map(os.fsencode, command) or "XDG_DATA_HOME" in env else ["--data-dir", str(folder / "data")]
        outcome = run([str(PROGRAM), *data, *command], env, limits, folder)
        faults = judge(kind, command, outcome, folder)
        faults += [("high", "an input was changed") for path, was in before.items() if not os.path.exists(path) or digest(path) != was]
        if faults and kept:
            shutil.copytree(folder, kept / f"{seed}-{number}", dirs_exist_ok=True, symlinks=True)
        shown = " ".join(os.fsdecode(word)[:60] for word in command).encode("unicode_escape").decode()
        return kind.__name__, number, outcome["code"], [(level, what, shown, outcome["stderr"][-400:]) for level, what in faults]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(command, env, limits, folder):
    def limit():
        os.setsid()
        for what, value in limits.items():
            resource.setrlimit(what, (value, value))

    begin = time.monotonic()
    child = subprocess.Popen(command, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit)
    # Pipes, as limits for files are tried, too.
    texts = {}
    readers = [threading.Thread(target=lambda pipe=pipe: texts.update({pipe: pipe.read()})) for pipe in (child.stdout, child.stderr)]
    for reader in readers:
        reader.start()
    is_late = False
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - begin > TIME_LIMIT_S:
            is_late = True
            os.killpg(child.pid, signal.SIGKILL)
        time.sleep(0.005)
    child.returncode = os.waitstatus_to_exitcode(status)
    for reader in readers:
        reader.join()
    out, err = (texts[pipe].decode("utf-8", "replace") for pipe in (child.stdout, child.stderr))
    return {"code": child.returncode, "late": is_late, "memory": usage.ru_maxrss * 1024, "stdout": out, "stderr": err}


UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")


def judge(kind, command, outcome, folder):
    faults, code, err = [], outcome["code"], outcome["stderr"]
    if outcome["late"]:
        faults.append(("high", f"no end within {TIME_LIMIT_S} s"))
    elif code < 0:
        faults.append(("high", f"ended by signal {-code}"))
    if "panicked at" in err or "RUST_BACKTRACE" in err:
        faults.append(("high", "a panic"))
    command = [os.fsdecode(word) for word in command]
    if code == 0 and command[:1] == ["analyze"] and command[-1] != "--help" and "json" in command and "--format" in command:
        try:
            json.loads(outcome["stdout"])
        except ValueError:
            is_other = not outcome["stdout"].startswith("{")
            faults += [] if kind is arguments and is_other else [("high", "the answer is no JSON")]
    if code not in (0, 1, 2) and code >= 0:
        faults.append(("low", f"exit code {code}"))
    if code != 0 and code >= 0 and not err.strip():
        faults.append(("medium", "a failure without a word"))
    is_checker = kind in (exercise_file, routine_file) or b"check" in map(os.fsencode, command)  # shows every mistake in its line
    if len(err.strip().splitlines()) > 12 and code != 2 and not is_checker:
        faults.append(("medium", f"{len(err.splitlines())} lines of errors"))
    if UNPRINTABLE.search(err) or UNPRINTABLE.search(outcome["stdout"]):
        faults.append(("medium", "control characters on the terminal"))
    if outcome["memory"] > MEMORY_LIMIT:
        faults.append(("medium", f"{outcome['memory'] >> 20} MB of memory"))
    left = [p.name for p in (folder / "tmp").rglob("*")] + [p.name for p in folder.rglob("*") if "unfinished" in p.name or p.suffix == ".part"]
    if left and code >= 0:
        faults.append(("medium", f"left behind: {left[:3]}"))
    db = folder / "data/sessions.db"
    if db.exists() and kind not in (store, rows):
        try:
            with sqlite3.connect(db) as opened:
                sound = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            sound = str(error)
        # Of tables without row ids, SQLite before 3.41 says this whatever is in them.
        if sound != "ok" and "NULL value in" not in sound:
            faults.append(("high", f"the store: {sound}"))
    return faults


# ---- all of them ---------------------------------------------------------------------------------------------------------------

def prepare(place):
    """What the runs damage: short films, pictures, a trace, an export, a store, settings."""
    global SHORT_FILMS, PICTURES, TRACE, EXPORT, STORE, SETTINGS
    SHORT_FILMS = []
    for number, clip in enumerate(CLIPS[:6]):
        short = place / f"short{number}{['.mp4', '.mkv', '.mp4', '.mov', '.webm', '.avi'][number]}"
        codec = {".webm": "libvpx", ".avi": "mpeg4"}.get(short.suffix, "libx264")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-ss", "4", "-i", clip, "-t", "3", "-vf", "scale=320:-2", "-c:v", codec, short], check=True)
        SHORT_FILMS.append(short)
    PICTURES = place / "pictures"
    PICTURES.mkdir()
    for pattern in ("%03d.jpg", "1%02d.png"):
        subprocess.run(["ffmpeg", "-v", "error", "-i", SHORT_FILMS[0], "-frames:v", "6", PICTURES / pattern], check=True)
    STORE = place / "store"
    clip = ROOT / "demo/wall_angels.mp4"
    call = [PROGRAM, "--data-dir", STORE]
    subprocess.run([*call, "analyze", clip, "--exercise", "wall_angels", "--save", "--trace", place / "t.jsonl"], check=True, capture_output=True)
    subprocess.run([*call, "sessions", "export", "--format", "json", "--out", place / "all.json"], check=True, capture_output=True)
    EXPORT = (place / "all.json").read_text()
    TRACE = (place / "t.jsonl").read_text()
    SETTINGS = 'theme = "dark"\nvolume = 0.5\nperson = "x"\nmirror = true\nlanguage = "de"\ncamera = "x"\nexercise = "cobra"\n'


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--only", help="a kind, by name")
    arguments.add_argument("--keep", type=Path, help="folder for what made a fault")
    args = arguments.parse_args()
    if args.only:
        KINDS[:] = [kind for kind in KINDS if kind.__name__ == args.only]
    tried, failed, codes = collections.Counter(), [], collections.defaultdict(collections.Counter)
    with tempfile.TemporaryDirectory() as place:
        prepare(Path(place))
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            for kind, number, code, faults in pool.map(lambda n: one_run(n, args.seed, args.keep), range(args.runs)):
                tried[kind] += 1
                codes[kind][code] += 1
                for level, what, shown, err in faults:
                    failed.append((level, kind))
                    print(f"{level}: {kind} {args.seed}/{number}: {what}\n    {shown}\n    {err!r}", flush=True)
    print(f"\nseed {args.seed}")
    for kind in tried:
        levels = collections.Counter(level for level, of in failed if of == kind)
        print(f"{kind:14} {tried[kind]:5} runs, exit codes {dict(sorted(codes[kind].items()))}, faults {dict(levels) or 'none'}")
    total = collections.Counter(level for level, _ in failed)
    print(f"{sum(tried.values())} runs: {total['high']} high, {total['medium']} medium, {total['low']} low")
    sys.exit(1 if total["high"] or total["medium"] else 0)


if __name__ == "__main__":
    main()
