#!/usr/bin/env python3
"""Write figures/ID.json: a small figure of each exercise, key poses of one calm repetition. figures/README.md has the format.

Usage: figures.py CLIPS [--out figures]
Needs Python 3.9 or newer and nothing else. CLIPS is a folder with EXERCISE_a.truth.json, the full truth of rendered clips, with
`frames.joints3d_m` and `frames.angles_deg`. (Those in tests/fixtures/clips are cut down to `frames.phase`.) Without the truth of
an exercise its figure is left as it is, and the exit code is 1.

Space: trunk lengths, x to the person's left, y up, floor at 0. Who stands, sits, kneels or lies face down looks or points with the
head along +z; who lies on the back has the feet at +z.

From a clip  A pose is read at a share of the movement: the mean over the frames of good repetitions near that phase, so that the
             clip's own unrest and tempo drop out, there and back are the same and the loop closes. Directions of bones are the
             clip's, their lengths those of one body (BODY). Hands, knees and feet that stay on the floor are pinned there.
By hand      Poses built of a few numbers, below: the exercises without a clip, and arms or legs that a clip shows otherwise than
             the exercise file asks.
"""

import argparse
import json
import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# Lengths of the drawn body: medians of the rendered bodies, mid-shoulder to mid-hip = 1.
BODY = {"shoulder": 0.36, "hip": 0.21, "arm": (0.53, 0.49), "leg": (0.88, 0.88), "head": 0.46, "ear": 0.155, "nose": 0.27,
        "ankle": 0.17, "heel": 0.165, "toe": 0.43, "wrist_on_floor": 0.07, "knee_on_floor": 0.10}
NAMES = ["nose"] + [f"{side}_{part}" for side in ("left", "right") for part in
                    ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")]
SIDES = {"left": 1, "right": -1}


# ---- vectors
def add(a, b, k=1.0):
    return tuple(x + k * y for x, y in zip(a, b))


def sub(a, b):
    return add(a, b, -1)


def mul(a, k):
    return tuple(x * k for x in a)


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def cross(a, b):
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(a):
    return mul(a, 1 / (math.sqrt(dot(a, a)) or 1))


def mix(a, b, t):
    return add(a, sub(b, a), t)


def middle(points, part):
    return mix(points["left_" + part], points["right_" + part], 0.5)


def turn_x(a, deg):
    """Turned about the person's left-right axis; positive tips what points up towards the front."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return (a[0], a[1] * c - a[2] * s, a[1] * s + a[2] * c)


def turn_y(a, deg):
    """Turned about the upright axis, positive to the person's left."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return (a[0] * c + a[2] * s, a[1], a[2] * c - a[0] * s)


# ---- the body
def reach(root, target, lengths, pole):
    """Middle joint and end of a limb that goes from `root` to `target`, or as far as it reaches, and bends towards `pole`."""
    a, b = lengths
    way = sub(target, root)
    r = min(max(math.sqrt(dot(way, way)), abs(a - b) + 0.01), (a + b) * 0.9999)
    way = unit(way)
    c = (a * a + r * r - b * b) / (2 * a * r)
    out = unit(add(pole, way, -dot(pole, way)))
    joint = add(add(root, way, a * c), out, a * math.sqrt(max(0.0, 1 - c * c)))
    return joint, add(root, way, r)


def set_arm(p, side, target, pole):
    p[side + "_elbow"], p[side + "_wrist"] = reach(p[side + "_shoulder"], target, BODY["arm"], pole)


def set_leg(p, side, target, pole, toes=(0, 0, 1), sole=(0, -1, 0)):
    p[side + "_knee"], p[side + "_ankle"] = reach(p[side + "_hip"], target, BODY["leg"], pole)
    set_foot(p, side, toes, sole)


def set_foot(p, side, toes, sole):
    toes = unit(toes)
    sole = unit(add(sole, toes, -dot(sole, toes)))
    ankle = p[side + "_ankle"]
    p[side + "_heel"] = add(add(ankle, sole, 0.13), toes, -0.10)
    p[side + "_foot_index"] = add(add(ankle, sole, 0.13), toes, 0.41)


def set_trunk(p, hip, along, bend=0.0, forward=0.0, length=1.0):
    """Hips at `hip`, shoulders `length` along `along` and drawn `forward`; the spine bends by `bend` degrees, rounded is positive."""
    along = unit(along)
    top = add(hip, along, length)
    front = unit(cross((1, 0, 0), along))
    for side, sign in SIDES.items():
        p[side + "_hip"] = add(hip, (sign * BODY["hip"], 0, 0))
        p[side + "_shoulder"] = add(add(top, front, forward), (sign * BODY["shoulder"], 0, 0))
    with_back(p, bend)


def set_head(p, neck, face, across=(1, 0, 0)):
    """The neck points along `neck`, the face looks along `face`."""
    ears = add(middle(p, "shoulder"), unit(neck), BODY["head"])
    face = unit(face)
    p["nose"] = add(ears, face, BODY["nose"])
    for side, sign in SIDES.items():
        p[side + "_ear"] = add(ears, across, sign * BODY["ear"])


def mirrored(p):
    swap = {"left": "right", "right": "left"}
    other = lambda name: "_".join([swap[name.split("_")[0]], *name.split("_")[1:]]) if name.split("_")[0] in swap else name
    flip = lambda value: swap[value] if isinstance(value, str) else [flip(v) for v in value] if isinstance(value, list) else (-value[0], *value[1:])
    return {other(name): flip(value) for name, value in p.items()}


# ---- poses from clips
class Clip:
    """Poses of one clip by the phase of its movement."""

    def __init__(self, folder, exercise, side=None, trunk=1.0, spread=0.05):
        truth = json.loads((folder / f"{exercise}_a.truth.json").read_text(encoding="utf-8"))
        fps, self.phase = truth["fps"], truth["frames"]["phase"]
        good = [r for r in truth["reps"] if r["counts"] and not r["faults"] and side in (None, r["side"])]
        self.frames = [i for i in range(len(self.phase)) if any(r["start"] - 0.8 <= i / fps <= r["end"] + 0.8 for r in good)]
        self.joints, self.angles = truth["frames"]["joints3d_m"], truth["frames"]["angles_deg"]
        self.spread, self.trunk = spread, trunk
        rest = self.mean(0.0)
        leg = sum(math.dist(rest["left_" + a], rest["left_" + b]) for a, b in (("hip", "knee"), ("knee", "ankle")))
        self.scale = sum(BODY["leg"]) / leg
        self.widths = {part: math.dist(rest["left_" + part], rest["right_" + part]) / 2 for part in ("shoulder", "hip")}
        self.length = math.dist(middle(rest, "shoulder"), middle(rest, "hip"))

    def weights(self, phase):
        near = [(i, math.exp(-(((self.phase[i] - phase) / self.spread) ** 2))) for i in self.frames]
        total = sum(w for _, w in near)
        return [(i, w / total) for i, w in near if w > 1e-4 * total]

    def mean(self, phase):
        near = self.weights(phase)
        return {name: tuple(sum(w * path[i][k] for i, w in near) for k in range(3)) for name, path in self.joints.items()}

    def bend(self, phase):
        """Flexion of the whole spine, degrees, rounded is positive."""
        return sum(w * (self.angles["lumbar_flexion"][i] + self.angles["thoracic_flexion"][i]) for i, w in self.weights(phase))

    def pose(self, phase):
        """The clip's pose with the lengths of BODY; nothing is pinned yet."""
        at = self.mean(phase)
        p, hip = {}, mul(middle(at, "hip"), self.scale)
        top = add(hip, sub(middle(at, "shoulder"), middle(at, "hip")), self.trunk / self.length)
        for part, centre in (("hip", hip), ("shoulder", top)):
            for side in SIDES:
                out = sub(at[f"{side}_{part}"], middle(at, part))
                p[f"{side}_{part}"] = add(centre, out, BODY[part] / self.widths[part])
        ears = add(top, sub(middle(at, "ear"), middle(at, "shoulder")), self.trunk / self.length)
        p["nose"] = add(ears, unit(sub(at["nose"], middle(at, "ear"))), BODY["nose"])
        for side in SIDES:
            bone = lambda a, b: unit(sub(at[f"{side}_{b}"], at[f"{side}_{a}"]))
            p[side + "_ear"] = add(ears, unit(sub(at[side + "_ear"], middle(at, "ear"))), BODY["ear"])
            for limb, chain in (("arm", ("shoulder", "elbow", "wrist")), ("leg", ("hip", "knee", "ankle"))):
                for a, b, length in zip(chain, chain[1:], BODY[limb]):
                    p[f"{side}_{b}"] = add(p[f"{side}_{a}"], bone(a, b), length)
            p[side + "_heel"] = add(p[side + "_ankle"], bone("ankle", "heel"), BODY["heel"])
            p[side + "_foot_index"] = add(p[side + "_ankle"], bone("ankle", "foot_index"), BODY["toe"])
        return with_back(p, self.bend(phase))


def moved(p, way):
    return {name: add(point, way) for name, point in p.items()}


def feet_of(p):
    """Directions of the feet: toes and sole of each side."""
    out = {}
    for side in SIDES:
        toes = sub(p[side + "_foot_index"], p[side + "_heel"])
        out[side] = (toes, sub(mix(p[side + "_foot_index"], p[side + "_heel"], 0.5), p[side + "_ankle"]))
    return out


def pin_feet(p, rest, pole, height=BODY["ankle"]):
    """The ankles stay where they are in `rest`, at `height`."""
    feet = feet_of(p)
    for side, sign in SIDES.items():
        x, _, z = rest[side + "_ankle"]
        set_leg(p, side, (x, height, z), (sign * pole[0], *pole[1:]), *feet[side])


def pin_hands(p, rest, pole):
    for side, sign in SIDES.items():
        x, _, z = rest[side + "_wrist"]
        set_arm(p, side, (x, BODY["wrist_on_floor"], z), (sign * pole[0], *pole[1:]))


def upper(p, change):
    """Everything above the hips changed."""
    return {name: point if name.endswith(("hip", "knee", "ankle", "heel", "foot_index")) else change(point) for name, point in p.items()}


def with_back(p, bend):
    """The middle of the back where a spine bent by `bend` degrees has it."""
    hip, top = middle(p, "hip"), middle(p, "shoulder")
    back = unit(cross(sub(top, hip), sub(p["left_shoulder"], p["right_shoulder"])))
    p["mid_back"] = add(mix(hip, top, 0.5), back, math.dist(hip, top) / 2 * math.tan(math.radians(bend / 4)))
    return p


def standing(clip):
    """A clip of somebody whose feet stay: at each phase the clip's pose, feet pinned."""
    rest = clip.pose(0)

    def pose(s):
        p = clip.pose(s)
        pin_feet(p, rest, (0.22, 0.3, 1))
        return p
    return pose


# ---- the exercises: each gives a function from the share of the movement (0 rest, 1 in position) to a pose
def wall_angels(clips):
    return standing(Clip(clips, "wall_angels"))


def shoulder_blade_squeeze(clips):
    """The clip's body leans back with its shoulders; here the trunk stays nearly upright and the chest comes forward."""
    inner = standing(Clip(clips, "shoulder_blade_squeeze"))
    rest = middle(inner(0), "shoulder")

    def pose(s):
        p = inner(s)
        forward = (0, 0, 0.65 * (rest[2] - middle(p, "shoulder")[2]))
        p = upper(p, lambda point: add(point, forward))
        return with_back(p, 10 - 40 * s)
    return pose


def hands_behind_head(p, forward):
    """Hands at the back of the head, elbows out and as far `forward`."""
    ears = middle(p, "ear")
    face, neck = unit(sub(p["nose"], ears)), unit(sub(ears, middle(p, "shoulder")))
    for side, sign in SIDES.items():
        set_arm(p, side, add(add(ears, face, -0.20), (sign * 0.08, 0, 0)), add(add((sign * 0.75, 0, 0), face, forward), neck, 0.3))


def thoracic_extension(clips):
    """Trunk, head and legs of the clip."""
    clip = Clip(clips, "thoracic_extension", trunk=1.06)
    inner = standing(clip)

    def pose(s):
        p = with_back(inner(s), clip.bend(s) * EXAGGERATED["thoracic_extension"])
        hands_behind_head(p, 1.1 - 0.3 * s)
        return p
    return pose


def band_row(clips):
    """Trunk and legs of the clip. There the band is fixed in front of the person; the file says to stand on it, so the arms are new."""
    lower = standing(Clip(clips, "band_row"))

    def pose(s):
        p, bands = lower(0.2 * s), []  # the trunk stays
        hip, top = middle(p, "hip"), middle(p, "shoulder")
        along, feet = unit(sub(top, hip)), middle(p, "foot_index")
        front = unit(cross((1, 0, 0), along))
        for side, sign in SIDES.items():
            low = add(p[side + "_shoulder"], unit(sub((sign * 0.30, 0.05, feet[2]), p[side + "_shoulder"])), 1.019)
            high = add(add(add(hip, along, 0.52), front, 0.16), (sign * 0.36, 0, 0))
            set_arm(p, side, mix(low, high, s), add(mul(along, -0.3 - 0.6 * s), front, -0.8))
            bands.append([p[side + "_wrist"], mix(p[side + "_heel"], p[side + "_foot_index"], 0.6)])
        p["bands"] = bands
        return p
    return pose


def on_hands(p, hand, side):
    """The trunk turned about the hips so that the arm of `side` comes down to `hand` almost straight."""
    hip, shoulder, length = middle(p, "hip"), p[side + "_shoulder"], sum(BODY["arm"]) * 0.99
    turned = lambda deg: lambda point: add(hip, turn_x(sub(point, hip), -deg))
    low, high = -20.0, 40.0
    for _ in range(40):
        deg = (low + high) / 2
        low, high = (deg, high) if math.dist(turned(deg)(shoulder), hand) < length else (low, deg)
    return upper(p, turned(low))


def quadruped(clip, stance=None):
    """On hands and knees: the knee of the `stance` side, or both, stay, and hands that are not raised."""
    rest = clip.pose(0)
    knee = lambda p: p[stance + "_knee"] if stance else middle(p, "knee")
    lift = lambda p: add((0, BODY["knee_on_floor"], knee(rest)[2]), (0, *knee(p)[1:]), -1)
    rest = moved(rest, lift(rest))
    hands = {side: (rest[side + "_wrist"][0], BODY["wrist_on_floor"], rest[side + "_wrist"][2]) for side in SIDES}
    down = [side for side in SIDES if side != stance]

    def pose(s):
        p = clip.pose(s)
        p = on_hands(moved(p, lift(p)), hands[down[0]], down[0])
        for side in SIDES:
            toes, sole = feet_of(p)[side]
            air = max(0.0, s) if stance and side in down else 0.0
            set_foot(p, side, mix((0, -0.3, -1), unit(toes), air), mix((0, 1, -0.3), unit(sole), air))
        for side in down:
            set_arm(p, side, hands[side], (SIDES[side] * 0.35, 0, -1))
        if stance:
            # The raised hand starts where it rests on the floor.
            slip = mul(sub(hands[stance], p[stance + "_wrist"]), max(0.0, 1 - 2 * s))
            bent = sub(p[stance + "_elbow"], mix(p[stance + "_shoulder"], p[stance + "_wrist"], 0.5))
            set_arm(p, stance, add(p[stance + "_wrist"], slip), add(bent, (0, 0, -1), 0.1 * (1 - s)))
        return p
    return pose


def cat_camel(clips):
    clip = Clip(clips, "cat_camel")
    inner = quadruped(clip)
    return lambda s: with_back(inner(s), clip.bend(s) * EXAGGERATED["cat_camel"])


def bird_dog(clips):
    one = quadruped(Clip(clips, "bird_dog", "left"), "left")
    return {"left": one, "right": lambda s: mirrored(one(s))}


def cobra(clips):
    clip = Clip(clips, "cobra")
    low = (0, -0.12, 0)  # a drawn trunk is thinner than a body
    rest = moved(clip.pose(0), low)
    far = moved(rest, (0, 0, -0.1))  # out of reach: the legs are straight

    def pose(s):
        p = clip.pose(s)
        p = moved(p, (0, low[1], middle(rest, "hip")[2] - middle(p, "hip")[2]))
        pin_feet(p, far, (0, -1, 0.01), 0.10)
        for side, sign in SIDES.items():
            set_foot(p, side, (sign * 0.1, -0.3, -1), (0, 1, -0.3))
        pin_hands(p, rest, (0.55, 0.7, -1))
        # At rest the forehead is on the floor, not in it.
        ears = middle(p, "ear")
        neck, face = unit(sub(ears, middle(p, "shoulder"))), unit(sub(p["nose"], ears))
        set_head(p, mix((0, 0.12, 1), neck, s), mix((0, -0.6, 0.8), face, s))
        return p
    return pose


def bridge(clips):
    clip = Clip(clips, "bridge")
    rest = clip.pose(0)
    place = add(middle(rest, "shoulder"), (0, -0.08, 0))
    rest = moved(rest, (0, -0.08, 0))

    def pose(s):
        p = clip.pose(s)
        p = moved(p, sub(place, middle(p, "shoulder")))
        pin_feet(p, rest, (0.03, 1, 0.25))
        pin_hands(p, rest, (0.8, 0.35, -0.2))
        return p
    return pose


ROLLER = 0.17  # radius; a real one has 0.13, which would not reach a drawn trunk


def foam_roll(clips):
    clip = Clip(clips, "foam_roll", trunk=1.06)
    low = (0, -0.02, 0)
    rest = moved(clip.pose(0), low)

    def pose(s):
        p = moved(clip.pose(s), low)
        pin_feet(p, rest, (0.03, 1, 0.25))
        hands_behind_head(p, 0.9)
        # The roller goes half as far as the body on it.
        start = mix(middle(rest, "hip"), middle(rest, "shoulder"), 0.68)
        p["roller"] = (0, ROLLER, start[2] + (middle(p, "shoulder")[2] - middle(rest, "shoulder")[2]) / 2)
        return p
    return pose


SEAT = BODY["ankle"] + BODY["leg"][1] - 0.02  # hips over the floor, sitting


def sit(p, ankle_z=0.80, x=0.24, ankle_y=BODY["ankle"], toes=(0.12, 0, 1)):
    for side, sign in SIDES.items():
        set_leg(p, side, (sign * x, ankle_y, ankle_z), (sign * 0.13, 1, 0.3), (sign * toes[0], *toes[1:]))


def thigh(p, side, share, over=0.12):
    return add(mix(p[side + "_hip"], p[side + "_knee"], share), (0, over, 0))


def seated_twist(clips):
    """Trunk and head of the clip, where the arms are crossed; here one hand goes to the other knee, one to the seat behind."""
    inner = standing(Clip(clips, "seated_twist", "left"))
    more = 42 * (EXAGGERATED["seated_twist"] - 1)  # degrees; the clip's chest turns by 42

    def one(s):
        p = inner(s)
        hip = middle(p, "hip")
        lean = lambda point: add(hip, turn_x(sub(point, hip), 7 * s))  # the hand would not reach the knee without
        p = upper(p, lambda point: lean(turn_y(point, more * s)))
        calm = thigh(p, "right", 0.7), thigh(p, "left", 0.7)
        knee = add(mix(p["left_hip"], p["left_knee"], 0.92), (0.12, 0.06, 0))
        behind = add(middle(p, "hip"), (0.50, -0.10, -0.38))
        way = lambda a, b, rise: add(mix(a, b, s), (0, rise * math.sin(math.pi * s), 0))
        set_arm(p, "right", way(calm[0], knee, 0.22), (-0.6, -0.4, 0.3))
        set_arm(p, "left", way(calm[1], behind, 0.10), (1, -0.2, -0.6))
        if s > 0.3:
            p["behind"] = "left"
        return p
    return {"left": one, "right": lambda s: mirrored(one(s))}


def wall_angels_seated(clips):
    """Trunk, head and arms of the standing clip, on a chair."""
    clip = Clip(clips, "wall_angels")
    hip = middle(clip.pose(0), "hip")

    def pose(s):
        p = moved(clip.pose(s), sub((0, SEAT, 0), hip))
        sit(p)
        return p
    return pose


def band_row_seated(_):
    """By hand. Legs long, the band around the feet."""
    def pose(s):
        p, bands = {}, []
        set_trunk(p, (0, SEAT, 0), turn_x((0, 1, 0), 8 - 10 * s), forward=0.05 - 0.10 * s)
        set_head(p, turn_x((0, 1, 0), 10 - 4 * s), turn_x((0, 0, 1), 8))
        sit(p, 1.50, 0.16, 0.20, (0.1, 0.9, 0.35))
        for side, sign in SIDES.items():
            sole = mix(p[side + "_heel"], p[side + "_foot_index"], 0.55)
            low = add(p[side + "_shoulder"], unit(sub(add(sole, (sign * 0.05, 0.3, 0)), p[side + "_shoulder"])), 1.019)
            set_arm(p, side, mix(low, (sign * 0.34, SEAT + 0.36, 0.20), s), (sign * 0.3, -0.5, -0.9))
            bands.append([p[side + "_wrist"], sole])
        p["bands"] = bands
        return p
    return pose


def cat_camel_seated(_):
    """By hand. Share 1: rounded, looking down; -1: chest forward, looking up."""
    table = [  # share, lean of the line hip to shoulder, its length, bend of the spine, shoulders forward, neck, face down
        (-1, 9, 0.98, -62, -0.07, -16, -36), (0, 2, 1.0, 6, 0, 8, 2), (1, 12, 0.88, 92, 0.06, 66, 82)]

    def pose(s):
        a, b = (table[0], table[1]) if s < 0 else (table[1], table[2])
        _, lean, length, bend, forward, neck, face = mix(a, b, s - a[0])
        p = {}
        set_trunk(p, (0, SEAT, 0), turn_x((0, 1, 0), lean), bend, forward, length)
        set_head(p, turn_x((0, 1, 0), neck), turn_x((0, 0, 1), face))
        sit(p)
        for side, sign in SIDES.items():
            set_arm(p, side, thigh(p, side, 0.72), (sign * 0.4, 0, -1))
        return p
    return pose


def squat(_):
    """By hand."""
    def pose(s):
        p = {}
        hip = mix((0, 1.92, -0.02), (0, 0.98, -0.52), s)
        hip = add(hip, (0, 0, -0.10 * math.sin(math.pi * s)))
        set_trunk(p, hip, turn_x((0, 1, 0), 2 + 36 * s))
        set_head(p, turn_x((0, 1, 0), 6 + 16 * s), turn_x((0, 0, 1), 4 + 4 * s))
        for side, sign in SIDES.items():
            set_leg(p, side, (sign * 0.34, BODY["ankle"], 0), (sign * 0.42, 0.1, 1), (sign * 0.35, 0, 1))
            down, front = unit((sign * 0.16, -1, 0.04)), unit((-sign * 0.10, 0.04, 1))
            way = mix(down, front, s)
            set_arm(p, side, add(p[side + "_shoulder"], unit(way), 1.015), (sign * 0.5, -0.6, -0.5))
        return p
    return pose


def push_up(_):
    """By hand. The body is one line that turns about the toes."""
    def pose(s):
        p = {}
        ankle = (0, 0.44, -1.76)
        slope = 13.5 - 12.5 * s
        along = turn_x((0, 0, 1), -slope)
        hip = add(ankle, along, sum(BODY["leg"]) - 0.0002)
        set_trunk(p, hip, along)
        set_head(p, turn_x(along, -6), add(mul(turn_x(along, 70), 1), along, 0.25))
        for side, sign in SIDES.items():
            set_leg(p, side, (sign * 0.16, *ankle[1:]), (0, -1, 0.2), (0, -1, 0.25), (0, -0.25, -1))
            set_arm(p, side, (sign * 0.46, BODY["wrist_on_floor"], 0.86), (sign * 0.7, 0.25, -1))
        return p
    return pose


def biceps_curl(_):
    """By hand. Standing, both hands at once."""
    def pose(s):
        p = {}
        set_trunk(p, (0, 1.92, 0), (0, 1, 0))
        set_head(p, (0, 1, 0.08), (0, -0.06, 1))
        for side, sign in SIDES.items():
            set_leg(p, side, (sign * 0.26, BODY["ankle"], -0.02), (sign * 0.2, 0, 1), (sign * 0.22, 0, 1))
            elbow = add(p[side + "_shoulder"], unit((sign * 0.14, -1, 0.02 + 0.06 * s)), BODY["arm"][0])
            fore = turn_x((sign * 0.10, -1, 0), -(12 + 126 * s))
            p[side + "_elbow"], p[side + "_wrist"] = elbow, add(elbow, unit(fore), BODY["arm"][1])
        return p
    return pose


# ---- what stands about, as lines in space
def chair(seat_y=SEAT - 0.19, back=0.0, depth=(-0.42, 0.42), width=0.42):
    """Seat, legs and, when `back` is its height, a backrest."""
    around = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    lines = [[((-width, width)[i], seat_y, depth[j]) for i, j in around]]
    lines += [[(x, seat_y, z), (x, 0, z)] for x in (-width, width) for z in depth]
    if back:
        z = depth[0] - 0.04
        lines += [[(-width, seat_y, depth[0]), (-width, seat_y + back, z), (width, seat_y + back, z), (width, seat_y, depth[0])]]
    return [("chair", line) for line in lines]


def mat(front, behind):
    return [("mat", [(0, 0, behind), (0, 0, front)])]


def wall(z=-0.24, x=1.45, top=4.25):
    return [("wall", [(-x, 0, z), (-x, top, z), (x, top, z), (x, 0, z)])]


# ---- loops
HOLD = dict(loop_s=5.0, out=(0.08, 0.34), back=(0.66, 0.92))  # 1.6 s in position
REPS = dict(loop_s=4.0, out=(0.08, 0.44), back=(0.54, 0.92))
SIDES_HOLD = dict(loop_s=10.0, out=(0.04, 0.17), back=(0.33, 0.46))  # the left side; the right one half a loop later
CYCLE = dict(loop_s=6.0, ends=(0.08, 0.31, 0.39, 0.77, 0.85))  # leaves rest, at one end until, at the other until
STEPS, STEPS_SIDES = (0.06, 0.3, 0.7, 0.94), (0.12, 0.5, 0.88)
WIDE = dict(REPS, steps=(0.05, 0.25, 0.5, 0.75, 0.95))  # limbs that turn far
EXAGGERATED = {"cat_camel": 1.5, "seated_twist": 1.3, "thoracic_extension": 1.5}

# Where the camera stands: degrees from the front towards the person's left, degrees up. A side is seen a little from the front, so that
# the far limbs show.
SIDE, OBLIQUE, FRONT = (-78, 0), (-50, 0), (0, 18)
# View, camera, time, poses, props, those of them that are lines.
EXERCISES = {
    "band_row": ("side", SIDE, REPS, band_row, ["band"], []),
    "band_row_seated": ("side", SIDE, REPS, band_row_seated, ["chair", "band"], chair()),
    "biceps_curl": ("oblique", OBLIQUE, WIDE, biceps_curl, [], []),
    "bird_dog": ("side", SIDE, SIDES_HOLD, bird_dog, ["mat"], mat(1.5, -1.3)),
    "bridge": ("side", SIDE, HOLD, bridge, ["mat"], mat(2.2, -0.6)),
    "cat_camel": ("side", SIDE, CYCLE, cat_camel, ["mat"], mat(1.5, -1.3)),
    "cat_camel_seated": ("side", SIDE, CYCLE, cat_camel_seated, ["chair"], chair()),
    "cobra": ("side", SIDE, HOLD, cobra, ["mat"], mat(1.7, -2.3)),
    "foam_roll": ("side", SIDE, CYCLE, foam_roll, ["roller", "mat"], mat(1.5, -2.0)),
    "push_up": ("side", SIDE, REPS, push_up, [], []),
    "seated_twist": ("front", FRONT, SIDES_HOLD, seated_twist, ["chair"], chair(back=0.75)),
    "shoulder_blade_squeeze": ("oblique", (-55, 0), HOLD, shoulder_blade_squeeze, ["chair"], chair()),
    "squat": ("oblique", OBLIQUE, WIDE, squat, [], []),
    "thoracic_extension": ("side", SIDE, HOLD, thoracic_extension, ["chair"], chair(back=0.75, depth=(-0.26, 0.5))),
    "wall_angels": ("front", (0, 0), WIDE, wall_angels, ["wall"], wall()),
    "wall_angels_seated": ("front", FRONT, WIDE, wall_angels_seated, ["chair"], chair(back=0.9)),
}


def schedule(time):
    """(share of the loop, share of the movement, side) of each key frame."""
    def there_and_back(out, back, steps):
        up = [out[0] + (out[1] - out[0]) * rise(s) for s in steps]
        down = [back[0] + (back[1] - back[0]) * (1 - rise(s)) for s in reversed(steps)]
        return list(zip([out[0], *up, out[1], back[0], *down, back[1]], [0, *steps, 1, 1, *reversed(steps), 0]))

    if "ends" in time:  # to one end, to the other, and home
        a, b, c, d, e = time["ends"]
        knots = [(a, b, 0, 1), (c, d, 1, -1), (e, 1.0, -1, 0)]
        frames = [(0.0, 0.0, None)]
        for begin, end, s0, s1 in knots:
            steps = (0.06, 0.3, 0.7, 0.94) if s0 and s1 else (0.1, 0.5, 0.9)
            frames.append((begin, s0, None))
            frames += [(begin + (end - begin) * rise(s), s0 + (s1 - s0) * s, None) for s in steps]
            frames += [(end, s1, None)] if s1 else []
        return frames
    if time is SIDES_HOLD:
        half = there_and_back(time["out"], time["back"], STEPS_SIDES)
        return [(at + shift, s, side) for side, shift in (("left", 0.0), ("right", 0.5)) for at, s in half]
    return [(0.0, 0.0, None)] + [(at, s, None) for at, s in there_and_back(time["out"], time["back"], time.get("steps", STEPS))]


def rise(share):
    """When a movement of least jerk has come to `share` of its way, as a share of its time."""
    low, high = 0.0, 1.0
    for _ in range(40):
        t = (low + high) / 2
        low, high = (t, high) if t ** 3 * (10 - 15 * t + 6 * t * t) < share else (low, t)
    return (low + high) / 2


def figure(exercise, clips):
    view, (azimuth, above), time, build, props, lines = EXERCISES[exercise]
    poses = build(clips)
    at_side = lambda side: poses[side] if side else poses
    a, e = math.radians(azimuth), math.radians(above)
    origin = None

    def seen(point):
        x, y, z = sub(point, origin)
        right, towards = x * math.cos(a) - z * math.sin(a), x * math.sin(a) + z * math.cos(a)
        return [round(right, 3) + 0.0, round(towards * math.sin(e) - y * math.cos(e), 3) + 0.0]

    frames = []
    for at, s, side in schedule(time):
        p = at_side(side)(s)
        if origin is None:
            origin = middle(p, "hip")
        kept = NAMES + (["mid_back"] if exercise in CURVED else [])
        frame = {"at": round(at, 3), "points": {name: seen(p[name]) for name in kept}}
        if "roller" in p:
            frame["roller"] = seen(p["roller"])
        if "bands" in p:
            frame["band"] = [[seen(point) for point in band] for band in p["bands"]]
        if "behind" in p:
            frame["behind"] = p["behind"]
        frames.append(frame)
    under = [frame["points"][f"{side}_{part}"][1] for frame in frames for side in SIDES for part in ("heel", "foot_index")]
    floor = max(under) + 0.04 if above else seen((0, 0, 0))[1]
    out = {"exercise": exercise, "view": view, "near": None if view == "front" else "right", "loop_s": time["loop_s"],
           "floor_y": round(floor, 3), "props": props}
    if exercise in EXAGGERATED:
        out["exaggerated"] = EXAGGERATED[exercise]
    if "roller" in props:
        out["roller_radius"] = ROLLER
    if lines:
        out["lines"] = [{"prop": prop, "points": [seen(point) for point in line]} for prop, line in lines]
    out["frames"] = frames
    return out


CURVED = {"bridge", "cat_camel", "cat_camel_seated", "cobra", "shoulder_blade_squeeze", "thoracic_extension"}


def text(figure):
    """JSON with one key frame a line."""
    pack = lambda value: json.dumps(value, separators=(",", ":"))
    head = ",\n".join(f'"{key}":{pack(value)}' for key, value in figure.items() if key != "frames")
    return "{" + head + ',\n"frames":[\n' + ",\n".join(map(pack, figure["frames"])) + "\n]}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "figures")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    missing = []
    for exercise in EXERCISES:
        try:
            made = figure(exercise, args.clips)
        except FileNotFoundError as error:
            missing.append(exercise)
            print(f"figures: {exercise} is left as it is: {error}", file=sys.stderr)
            continue
        (args.out / f"{exercise}.json").write_text(text(made), encoding="utf-8")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
