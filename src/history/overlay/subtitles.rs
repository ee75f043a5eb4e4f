//! Writes what is shown as an ASS subtitle file: one line of drawing a frame for the skeleton, and lines of text.
//!
//! Format: "Advanced SubStation Alpha" as libass reads it; drawings are polygons in pixels of the picture (`PlayRes`).

use super::shown::{Shown, unit_px};
use crate::base::geom::Point;
use crate::base::skeleton::{BONES, Landmark, Side};
use crate::base::time::Timestamp;
use crate::counting::record::RepSide;
use crate::disk::unfinished::WorkFolder;
use crate::vision::frame::Size;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};

/// Name of the file in its temporary folder.
pub(super) const FILE: &str = "overlay.ass";

/// Colours as ASS writes them, blue first.
const WHITE: &str = "&HFFFFFF&";
const LEFT: &str = "&HFFCC60&";
const RIGHT: &str = "&HFFA4CF&";
const GREEN: &str = "&HA4D654&";
const DARK: &str = "&H201812&";
/// Corners of a joint and of a full ring.
const JOINT_CORNERS: u32 = 8;
const RING_CORNERS: u32 = 72;
/// How long the last frame stays, seconds.
const LAST_S: f64 = 0.1;

/// Writes the file frame by frame.
pub(super) struct Writer {
    folder: WorkFolder,
    out: BufWriter<File>,
    /// The frame that stays until the next one comes.
    waiting: Option<(Timestamp, Vec<String>)>,
    /// Of the first frame; those of films all are.
    size: Option<Size>,
}

impl Writer {
    pub fn new() -> io::Result<Self> {
        let folder = WorkFolder::make()?;
        let out = BufWriter::new(File::create(folder.path().join(FILE))?);
        Ok(Self { folder, out, waiting: None, size: None })
    }

    pub fn frame(&mut self, at: Timestamp, size: Size, shown: &Shown) -> io::Result<()> {
        if self.size.replace(size).is_none() {
            self.out.write_all(head(size).as_bytes())?;
        }
        self.flush_until(at.secs())?;
        self.waiting = Some((at, lines(size, shown)));
        Ok(())
    }

    /// Ends the file; it lies in the folder that is returned, with the size of the pictures it is for.
    pub fn finish(mut self) -> io::Result<(WorkFolder, Size)> {
        if let Some((at, _)) = &self.waiting {
            let end_s = at.secs() + LAST_S;
            self.flush_until(end_s)?;
        }
        self.out.flush()?;
        Ok((self.folder, self.size.unwrap_or_default()))
    }

    fn flush_until(&mut self, end_s: f64) -> io::Result<()> {
        let Some((at, lines)) = self.waiting.take() else { return Ok(()) };
        let (from, to) = (clock(at.secs()), clock(end_s));
        if from != to {
            for line in lines {
                writeln!(self.out, "Dialogue: 0,{from},{to},{line}")?;
            }
        }
        Ok(())
    }
}

fn head(size: Size) -> String {
    let unit = unit_px(size);
    let style = |name: &str, px: f64, align: u32, border: u32, back: &str| {
        let (margin, outline) = (3.0 * unit, if border == 3 { 1.2 * unit } else { 0.0 });
        format!(
            "Style: {name},sans-serif,{px:.0},&H00FFFFFF,&H00FFFFFF,{back},{back},1,0,0,0,100,100,0,0,{border},{outline:.1},0,{align},{margin:.0},{margin:.0},{margin:.0},1\n"
        )
    };
    let Size { width, height } = size;
    let mut text =
        format!("[Script Info]\nScriptType: v4.00+\nPlayResX: {width}\nPlayResY: {height}\nWrapStyle: 0\n\n");
    text.push_str("[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n");
    text.push_str(&style("Draw", 10.0, 7, 1, "&H00000000"));
    // Behind text lies a dark box that lets a fifth of the picture through.
    text.push_str(&style("Count", 12.0 * unit, 7, 3, "&H33201812"));
    text.push_str(&style("Cue", 7.0 * unit, 2, 3, "&H33201812"));
    text.push_str("\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n");
    text
}

/// Hours, minutes, seconds and hundredths, rounded down: a picture never shows the skeleton of the one before.
fn clock(s: f64) -> String {
    let hundredths = (s * 100.0 + 1e-6).floor() as u64;
    let (s, rest) = (hundredths / 100, hundredths % 100);
    format!("{}:{:02}:{:02}.{rest:02}", s / 3600, s / 60 % 60, s % 60)
}

/// The lines of one frame, without their times.
fn lines(size: Size, shown: &Shown) -> Vec<String> {
    let unit = unit_px(size);
    let mut lines = skeleton(unit, shown);
    lines.push(format!("Count,,0,0,0,,{}", count_words(shown)));
    if let Some((held_s, target_s)) = shown.hold.filter(|(held, target)| *held > 0.0 && *target > 0.0) {
        lines.extend(hold_ring(size, held_s, target_s));
    }
    if let Some(text) = shown.cue.as_ref().or(shown.remark.as_ref()) {
        lines.push(format!("Cue,,0,0,0,,{}", plain(text)));
    }
    lines
}

fn count_words(shown: &Shown) -> String {
    let (target, each_side) = shown.target;
    let t = &shown.totals;
    if !each_side {
        return format!("{} / {target}", t.total);
    }
    let marked =
        |side: RepSide, text: String| if shown.side == Some(side) { format!("{{\\u1}}{text}{{\\u0}}") } else { text };
    let left = marked(RepSide::Left, format!("L {}", t.left));
    let right = marked(RepSide::Right, format!("R {}", t.right));
    format!("{{\\1c{LEFT}}}{left}  {{\\1c{RIGHT}}}{right}{{\\1c{WHITE}}} / {target}")
}

/// Text that means nothing to the format.
fn plain(text: &str) -> String {
    text.replace(['{', '}', '\\', '\n'], " ")
}

fn skeleton(unit: f64, shown: &Shown) -> Vec<String> {
    let joint = |l: Landmark| shown.points[l.index()].map(|[x, y]| Point { x, y });
    let mut of_colour = [(WHITE, String::new()), (LEFT, String::new()), (RIGHT, String::new())];
    let place = |side: Option<Side>| match side {
        None => 0,
        Some(Side::Left) => 1,
        Some(Side::Right) => 2,
    };
    for (a, b) in BONES {
        if let (Some(from), Some(to)) = (joint(a), joint(b)) {
            let side = a.side().filter(|s| b.side() == Some(*s));
            bone(&mut of_colour[place(side)].1, from, to, 0.45 * unit);
            for (landmark, at) in [(a, from), (b, to)] {
                circle(&mut of_colour[place(landmark.side())].1, at, 0.8 * unit, JOINT_CORNERS);
            }
        }
    }
    of_colour.into_iter().filter(|(_, d)| !d.is_empty()).map(|(colour, d)| drawing(colour, &d)).collect()
}

/// A ring that fills while the hold goes on, with the seconds in it.
fn hold_ring(size: Size, held_s: f64, target_s: f64) -> [String; 3] {
    let unit = unit_px(size);
    let radius = 9.0 * unit;
    let centre = Point { x: f64::from(size.width) - radius - 4.0 * unit, y: radius + 4.0 * unit };
    let full = held_s >= target_s;
    let (mut under, mut over) = (String::new(), String::new());
    band(&mut under, centre, radius, 2.0 * unit, 1.0);
    band(&mut over, centre, radius, 2.0 * unit, (held_s / target_s).min(1.0));
    let text = format!(
        "Draw,,0,0,0,,{{\\an5\\pos({:.0},{:.0})\\fs{:.0}\\bord{:.1}\\3c{DARK}}}{}",
        centre.x,
        centre.y,
        7.0 * unit,
        0.5 * unit,
        held_s.floor()
    );
    [drawing(DARK, &under), drawing(if full { GREEN } else { WHITE }, &over), text]
}

fn drawing(colour: &str, path: &str) -> String {
    // p3: coordinates are quarter pixels.
    format!("Draw,,0,0,0,,{{\\an7\\pos(0,0)\\bord1\\3c{DARK}\\1c{colour}\\p3}}{}{{\\p0}}", path.trim_end())
}

fn bone(path: &mut String, from: Point, to: Point, half_px: f64) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1e-6);
    let (nx, ny) = (-dy / length * half_px, dx / length * half_px);
    let corners = [(from, 1.0), (to, 1.0), (to, -1.0), (from, -1.0)];
    polygon(path, corners.iter().map(|(p, s)| Point { x: p.x + s * nx, y: p.y + s * ny }));
}

fn circle(path: &mut String, at: Point, radius_px: f64, corners: u32) {
    polygon(path, (0..corners).map(|i| on_circle(at, radius_px, f64::from(i) / f64::from(corners))));
}

/// Part of a ring, from the top, clockwise.
fn band(path: &mut String, at: Point, radius_px: f64, width_px: f64, share: f64) {
    let steps = (f64::from(RING_CORNERS) * share).ceil().max(1.0) as u32;
    let turn = |i: u32| share * f64::from(i) / f64::from(steps);
    let outside = (0..=steps).map(|i| on_circle(at, radius_px, turn(i)));
    let inside = (0..=steps).rev().map(|i| on_circle(at, radius_px - width_px, turn(i)));
    polygon(path, outside.chain(inside));
}

fn on_circle(at: Point, radius_px: f64, turn: f64) -> Point {
    let (sin, cos) = (turn * std::f64::consts::TAU).sin_cos();
    Point { x: at.x + radius_px * sin, y: at.y - radius_px * cos }
}

fn polygon(path: &mut String, corners: impl Iterator<Item = Point>) {
    for (i, p) in corners.enumerate() {
        let word = match i {
            0 => "m ",
            1 => "l ",
            _ => "",
        };
        let _ = write!(path, "{word}{} {} ", (p.x * 4.0).round(), (p.y * 4.0).round());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::counting::record::RepTotals;

    fn shown() -> Shown {
        let mut points = [None; crate::base::skeleton::LANDMARK_COUNT];
        points[Landmark::LeftShoulder.index()] = Some([100.0, 50.0]);
        points[Landmark::LeftElbow.index()] = Some([100.0, 90.0]);
        Shown {
            points,
            totals: RepTotals { total: 3, left: 2, right: 1, unknown: 0, rejected: 0 },
            target: (5, true),
            side: Some(RepSide::Left),
            hold: Some((4.2, 10.0)),
            cue: Some("Hips {heavy}".to_owned()),
            remark: None,
        }
    }

    #[test]
    fn a_frame_stays_until_the_next_and_its_text_cannot_break_the_format() {
        let mut writer = Writer::new().unwrap();
        let size = Size::new(640, 400);
        writer.frame(Timestamp(0), size, &shown()).unwrap();
        writer.frame(Timestamp(33_366_700), size, &shown()).unwrap();
        writer.frame(Timestamp(66_733_400), size, &Shown { hold: None, cue: None, ..shown() }).unwrap();
        let folder = writer.finish().unwrap();
        let text = std::fs::read_to_string(folder.0.path().join(FILE)).unwrap();
        assert!(text.contains("PlayResX: 640\nPlayResY: 400\n"));
        let events: Vec<&str> = text.lines().filter(|l| l.starts_with("Dialogue")).collect();
        let of = |from: &str, to: &str| events.iter().filter(|e| e.contains(&format!("0,{from},{to},"))).count();
        // The limb, the count, three of the ring, the cue; then the limb and the count alone.
        assert_eq!(
            (of("0:00:00.00", "0:00:00.03"), of("0:00:00.03", "0:00:00.06"), of("0:00:00.06", "0:00:00.16")),
            (6, 6, 2)
        );
        assert_eq!(events.len(), 14);
        assert!(text.contains("Cue,,0,0,0,,Hips  heavy \n"), "{text}");
        // A bone of 40 pixels downwards, 1.8 pixels to each side, in quarter pixels.
        assert!(text.contains("m 393 200 l 393 360 407 360 407 200"), "{text}");
    }

    #[test]
    fn times_never_run_ahead_of_their_picture() {
        let cases = [(0.0, "0:00:00.00"), (0.033_366_7, "0:00:00.03"), (1.0, "0:00:01.00"), (3725.999, "1:02:05.99")];
        let wrong: Vec<_> =
            cases.iter().map(|(s, want)| (clock(*s), *want)).filter(|(got, want)| got != want).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
