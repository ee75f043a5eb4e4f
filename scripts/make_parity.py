#!/usr/bin/env python3
"""Write tests/fixtures/parity/expected.json: what MediaPipe itself finds in the parity pictures.

Usage: make_parity.py [FOLDER]        (default: tests/fixtures/parity beside this script's folder)
Needs: Python 3.8 to 3.12 and `pip install mediapipe==0.10.14`. That version's legacy `pose` solution carries the same
weights as models/, so a difference from our own pipeline is a difference in the code around them.

Every *.png and *.jpg in FOLDER goes, alone and as a still picture, through

    mediapipe.solutions.pose.Pose(static_image_mode=True, model_complexity=1, enable_segmentation=False)

Per picture the file holds
    file         name in FOLDER
    description  who is seen from where (DESCRIPTIONS below)
    size_px      [width, height]
    landmarks    33 x [x_px, y_px, z_px, visibility]: MediaPipe's shares of the picture times width, height, width
    world_m      33 x [x, y, z]: metres, origin between the hips
Visibility is 0 to 1. Left and right are the person's own. A picture in which MediaPipe finds nobody, or one without
a description, ends the run with exit code 1 and leaves the old file as it was.

The tests only read the result; this script is run again when a picture is added or replaced.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("GLOG_minloglevel", "2")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import mediapipe as mp  # noqa: E402  (the log levels above have to be set first)
import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402  (comes with mediapipe, through matplotlib)

VERSION = "0.10.14"
DESCRIPTIONS = {
    "standing_front.png": "standing, seen from the front, arms raised sideways",
    "standing_from_behind.png": "walking away to the left, seen obliquely from behind on the left side",
    "hinged_side.png": "standing bent forward at the hips, seen from the left side, arms held forward",
    "seated_front.png": "seated on a chair, seen from the front, arms crossed on the chest",
    "seated_oblique.png": "seated on a stool, seen obliquely from the front on the left side",
    "seated_from_behind.png": "seated on a chair, seen obliquely from behind on the right side, hands behind the head",
    "all_fours_side.png": "on all fours, seen from the right side",
    "prone_oblique.png": "lying prone, chest lifted, seen obliquely from the head end on the right side",
    "supine_side.png": "lying supine with the hips lifted, seen from the right side",
}


def rounded(rows, decimals):
    """`rows` as plain lists with that many decimals."""
    return [[round(float(value), decimals) for value in row] for row in rows]


def entry(pose, path):
    """The record of one picture; None when MediaPipe finds nobody."""
    rgb = np.asarray(Image.open(path).convert("RGB"))
    height, width = rgb.shape[:2]
    found = pose.process(rgb)
    if found.pose_landmarks is None:
        return None
    image = [(p.x * width, p.y * height, p.z * width, p.visibility) for p in found.pose_landmarks.landmark]
    world = [(p.x, p.y, p.z) for p in found.pose_world_landmarks.landmark]
    return {
        "file": path.name,
        "description": DESCRIPTIONS[path.name],
        "size_px": [width, height],
        "landmarks": rounded(image, 4),
        "world_m": rounded(world, 5),
    }


def to_json(entries):
    """JSON with one landmark on a line, so that a change reads well in a diff."""
    head = json.dumps({"mediapipe": mp.__version__, "model_complexity": 1})[1:-1]
    pictures = []
    for item in entries:
        lists = {key: item.pop(key) for key in ("landmarks", "world_m")}
        parts = [json.dumps(item)[1:-1]]
        parts += [f'"{key}": [\n  ' + ",\n  ".join(map(json.dumps, rows)) + "\n ]" for key, rows in lists.items()]
        pictures.append("{" + ",\n ".join(parts) + "}")
    return "{" + head + ', "pictures": [\n' + ",\n".join(pictures) + "\n]}\n"


def main():
    if mp.__version__ != VERSION:
        sys.exit(f"make_parity: mediapipe is {mp.__version__}, run: pip install mediapipe=={VERSION}")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "tests/fixtures/parity"
    paths = sorted(p for p in folder.iterdir() if p.suffix in (".png", ".jpg"))
    unknown = [p.name for p in paths if p.name not in DESCRIPTIONS]
    if not paths or unknown:
        sys.exit(f"make_parity: every picture needs a line in DESCRIPTIONS, missing: {unknown or 'all'}")
    entries = []
    for path in paths:
        # A new solution for each picture: nothing can be carried over from the one before.
        with mp.solutions.pose.Pose(static_image_mode=True, model_complexity=1, enable_segmentation=False) as pose:
            entries.append(entry(pose, path))
    empty = [p.name for p, e in zip(paths, entries) if e is None]
    if empty:
        sys.exit(f"make_parity: MediaPipe finds nobody in {', '.join(empty)}, choose another picture")
    (folder / "expected.json").write_text(to_json(entries))
    print(f"{len(entries)} pictures, MediaPipe {mp.__version__}: {folder / 'expected.json'}")


if __name__ == "__main__":
    main()
