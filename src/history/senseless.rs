//! Whether what comes from a file can have been written by this program: numbers that are finite and of a person's size, ids that
//! can be typed, texts that can be read. What does not make sense is refused before any of it is kept.

use super::session::{Corrected, LARGEST_COUNT, RangeRecord, SessionRecord, StoredSet};
use crate::base::skeleton::LANDMARK_COUNT;
use crate::counting::record::{Rep, Summary};

/// Longest id, letters.
const LONGEST_ID: usize = 64;
/// Longest name or title, letters.
const LONGEST_NAME: usize = 200;
/// Longest note, reason or notice, letters.
const LONGEST_TEXT: usize = 20_000;
/// Most sets in a session, and most entries of a list in a set.
const MOST: usize = 100_000;
/// Longest time, seconds: a week.
const LONGEST_S: f64 = 7.0 * 24.0 * 3600.0;
/// Most frames: a week at 240 a second.
const MOST_FRAMES: u64 = 7 * 24 * 3600 * 240;
/// Largest range of a movement: of an angle a full turn; a share or a number of trunk lengths is less.
const LARGEST_RANGE: f64 = 360.0;
/// Farthest place of a joint in a still, trunk lengths.
const FARTHEST: f64 = 1000.0;

/// What does not make sense, in words.
type Senseless = Result<(), String>;

fn number(what: &str, value: f64, least: f64, most: f64) -> Senseless {
    // A NaN is in no range.
    if (least..=most).contains(&value) { Ok(()) } else { Err(format!("{what} is {least} to {most}, not {value:e}")) }
}

fn count(what: &str, value: u32) -> Senseless {
    number(what, f64::from(value), 0.0, f64::from(LARGEST_COUNT))
}

fn text(what: &str, value: &str, longest: usize) -> Senseless {
    if value.chars().count() > longest { Err(format!("{what} is longer than {longest} letters")) } else { Ok(()) }
}

fn texts<'a>(what: &str, values: impl IntoIterator<Item = &'a String>) -> Senseless {
    values.into_iter().zip(1..).try_for_each(|(value, number)| {
        entries(what, number)?;
        text(what, value, LONGEST_TEXT)
    })
}

fn entries(what: &str, number: usize) -> Senseless {
    if number > MOST { Err(format!("{what} has more than {MOST} entries")) } else { Ok(()) }
}

fn time(value: &str) -> Senseless {
    // A page of letters is not repeated.
    let is_time = value.len() <= LONGEST_ID && value.parse::<jiff::Timestamp>().is_ok();
    let shown: String = value.chars().take(LONGEST_ID).collect();
    if is_time { Ok(()) } else { Err(format!("\"{shown}\" is no time such as 2026-11-23T19:15:00+01:00")) }
}

/// An id that can be typed: it begins with a letter or digit, so that it is no option, and its hyphens are inside.
fn id(value: &str) -> Senseless {
    let is_plain = value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && value.len() <= LONGEST_ID
        && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if is_plain {
        Ok(())
    } else {
        Err(format!("its id is not made of letters, digits and hyphens, at most {LONGEST_ID}"))
    }
}

impl RangeRecord {
    /// Whether it can have been measured by this program.
    ///
    /// # Errors
    /// What does not make sense, in words.
    pub fn check(&self) -> Senseless {
        text("the name of the person", &self.person, LONGEST_NAME)?;
        text("the exercise", &self.exercise, LONGEST_NAME)?;
        text("the checksum", &self.file_sha256, LONGEST_ID)?;
        time(&self.at)?;
        if !["deg", "T", "share"].contains(&self.unit.as_str()) {
            return Err("its unit is \"deg\", \"T\" or \"share\"".to_owned());
        }
        // What is smaller than that is not told from rest.
        number("the own range", self.own_range, 1e-3, LARGEST_RANGE)?;
        number("the spread at rest", self.rest_sigma, 0.0, LARGEST_RANGE)
    }
}

impl SessionRecord {
    /// Whether it can have been written by this program.
    ///
    /// # Errors
    /// What does not make sense, in words.
    pub fn check(&self) -> Senseless {
        id(&self.id)?;
        text("the name of the person", &self.person, LONGEST_NAME)?;
        texts("the note", &self.note)?;
        text("the version", &self.app_version, LONGEST_ID)?;
        [Some(&self.started_at), self.ended_at.as_ref()].into_iter().flatten().try_for_each(|t| time(t))?;
        if let Some(pain) = [self.pain_before, self.pain_after].into_iter().flatten().find(|p| *p > 10) {
            return Err(format!("pain is 0 to 10, not {pain}"));
        }
        entries("the session", self.sets.len())?;
        if self.sets.iter().map(|s| s.index).zip(1..).any(|(n, wanted)| n != wanted) {
            return Err("its sets are not numbered 1, 2, 3".to_owned());
        }
        self.sets.iter().try_for_each(|set| of_set(set).map_err(|what| format!("set {}: {what}", set.index)))
    }
}

fn of_set(set: &StoredSet) -> Senseless {
    time(&set.started_at)?;
    text("the title", &set.title, LONGEST_NAME)?;
    text("the checksum", &set.file_sha256, LONGEST_ID)?;
    text("the mode", &set.mode, LONGEST_ID)?;
    texts("the note", &set.note)?;
    if let Some(asked) = &set.prescription {
        text("the routine", &asked.routine, LONGEST_NAME)?;
        texts("the note of the routine", &asked.note)?;
        let limits = [asked.least_range, asked.most_range];
        limits.into_iter().flatten().try_for_each(|limit| number("a limit of the range", limit, 0.0, LARGEST_RANGE))?;
    }
    count("the target", set.target_reps)?;
    number("the number of sides", f64::from(set.target_sides), 1.0, 2.0)?;
    number("the target, seconds,", set.target_hold_s, 0.0, LONGEST_S)?;
    if let Some(Corrected { total, left, right }) = set.corrected {
        [Some(total), left, right].into_iter().flatten().try_for_each(|n| count("the corrected count", n))?;
    }
    entries("the list of stills", set.key_poses.len())?;
    for pose in &set.key_poses {
        number("the time of a still", pose.at_s, 0.0, LONGEST_S)?;
        if pose.joints.len() > LANDMARK_COUNT {
            return Err("a still has too many joints".to_owned());
        }
        let places = pose.joints.iter().flatten().flatten();
        places.into_iter().try_for_each(|place| number("the place of a joint", *place, -FARTHEST, FARTHEST))?;
    }
    of_summary(&set.summary)
}

fn of_summary(summary: &Summary) -> Senseless {
    let source = &summary.source;
    texts("the exercise", &summary.exercise)?;
    texts("the model", [&summary.model, &source.kind, &summary.app_version])?;
    texts("the notices", &source.notices)?;
    number("the number of frames", source.frames as f64, 0.0, MOST_FRAMES as f64)?;
    number("the length, seconds,", source.duration_s, 0.0, LONGEST_S)?;
    number("the share in which the person was seen", summary.tracked_fraction, 0.0, 1.0)?;
    number("the time of activity", summary.active_s, 0.0, LONGEST_S)?;
    texts("the list of faults", summary.faults.iter().map(|fault| &fault.id))?;
    summary.faults.iter().try_for_each(|fault| count("a fault", fault.times))?;
    texts("what was not measured", summary.not_measured.iter().flat_map(|what| [&what.id, &what.why]))?;
    texts("why nothing counted", summary.not_counted_because.iter().map(|because| &because.text))?;
    for candidate in summary.candidates.iter().flatten() {
        text("a candidate", &candidate.id, LONGEST_NAME)?;
        number("how sure it is", candidate.confidence, 0.0, 1.0)?;
    }
    entries("the list of pauses", summary.pauses.len())?;
    let ends = summary.pauses.iter().flat_map(|pause| [pause.start_s, pause.end_s]);
    ends.into_iter().try_for_each(|end_s| number("the time of a pause", end_s, 0.0, LONGEST_S))?;
    entries("the list of repetitions", summary.repetitions.len())?;
    let mut last = 0;
    // A set that was stopped may lack what was fidgeting; no number stands twice.
    if summary.repetitions.iter().any(|rep| std::mem::replace(&mut last, rep.index) >= rep.index) {
        return Err("its repetitions are not numbered in order".to_owned());
    }
    summary
        .repetitions
        .iter()
        .try_for_each(|rep| of_rep(rep).map_err(|what| format!("repetition {}: {what}", rep.index)))
}

fn of_rep(rep: &Rep) -> Senseless {
    let times = [Some(rep.start_s), Some(rep.peak_s), Some(rep.end_s), rep.hold_s];
    times.into_iter().flatten().try_for_each(|s| number("its time", s, 0.0, LONGEST_S))?;
    number("its range", rep.range, -LARGEST_RANGE, LARGEST_RANGE)?;
    number("its score", f64::from(rep.score.unwrap_or(0)), 0.0, 100.0)?;
    text("the unit", &rep.range_unit, LONGEST_ID)?;
    texts("its reason", &rep.reason)?;
    texts("its faults", &rep.faults)?;
    texts("its remarks", &rep.remarks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::record::RepTotals;
    use crate::exercise::plan::Prescription;

    type Change = fn(&mut SessionRecord);

    fn session() -> SessionRecord {
        let at = "2026-11-23T19:15:00+01:00";
        let mut session = SessionRecord::begun("20261123T181500Z-5f3a", "me", at);
        let mut set: StoredSet = serde_json::from_value(serde_json::json!({
            "index": 1, "started_at": at, "finished": true, "title": "Cobra", "file_sha256": "", "mode": "hold",
            "target_reps": 3, "target_hold_s": 10.0, "corrected": null, "note": null,
            "summary": Summary::empty("cobra", "full", "camera"),
        }))
        .unwrap();
        let rep = serde_json::json!({
            "id": 1, "index": 1, "start_s": 1.0, "peak_s": 2.0, "end_s": 3.0, "side": null, "counted": true, "reason": null,
            "hold_s": 10.0, "range": 30.0, "range_unit": "deg", "score": 90, "faults": [], "advice": [],
        });
        set.summary.repetitions = vec![serde_json::from_value(rep).unwrap()];
        set.summary.reps = RepTotals::of(&set.summary.repetitions);
        session.sets.push(set);
        session
    }

    #[test]
    fn numbers_ids_and_texts_that_make_no_sense_are_refused_by_name() {
        assert_eq!(session().check(), Ok(()));
        let cases: [(&str, Change); 16] = [
            ("its id", |s| s.id = "--all".to_owned()),
            ("its id", |s| s.id = "a".repeat(5000)),
            ("its id", |s| s.id = "a/b".to_owned()),
            ("no time", |s| s.started_at = "yesterday".to_owned()),
            ("longer", |s| s.person = "a".repeat(300)),
            ("pain", |s| s.pain_after = Some(11)),
            ("numbered 1, 2, 3", |s| s.sets[0].index = 7),
            ("its range", |s| s.sets[0].summary.repetitions[0].range = 1.7e308),
            ("its time", |s| s.sets[0].summary.repetitions[0].hold_s = Some(1e308)),
            ("its time", |s| s.sets[0].summary.repetitions[0].start_s = -1.0),
            ("the corrected count", |s| {
                s.sets[0].corrected = Some(Corrected { total: u32::MAX, left: None, right: None });
            }),
            ("seconds", |s| s.sets[0].target_hold_s = f64::NAN),
            ("a limit of the range", |s| {
                s.sets[0].prescription = Some(Prescription { most_range: Some(1e308), ..Prescription::default() });
            }),
            ("the routine", |s| {
                s.sets[0].prescription = Some(Prescription { routine: "a".repeat(300), ..Prescription::default() });
            }),
            ("was seen", |s| s.sets[0].summary.tracked_fraction = 5e9),
            ("in order", |s| s.sets[0].summary.repetitions[0].index = 0),
        ];
        let wrong: Vec<_> = cases
            .into_iter()
            .filter_map(|(wanted, change)| {
                let mut session = session();
                change(&mut session);
                let said = session.check().err().unwrap_or_default();
                (!said.contains(wanted)).then_some((wanted, said))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_range_is_one_that_a_body_has() {
        let range = |own_range: f64, unit: &str| RangeRecord {
            person: "me".to_owned(),
            exercise: "cobra".to_owned(),
            file_sha256: String::new(),
            at: "2026-11-23T19:15:00+01:00".to_owned(),
            own_range,
            unit: unit.to_owned(),
            rest_sigma: 0.5,
        };
        assert_eq!(range(62.0, "deg").check(), Ok(()));
        let refused = [(1e308, "deg"), (-1.0, "deg"), (0.0, "T"), (f64::NAN, "share"), (5e-324, "deg"), (1.0, "miles")];
        let taken: Vec<_> = refused.into_iter().filter(|(own, unit)| range(*own, unit).check().is_ok()).collect();
        assert!(taken.is_empty(), "{taken:?}");
    }
}
