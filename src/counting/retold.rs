//! What records say, told anew in the person's language. Records keep English words, since they go from program to program and
//! stay for years; whoever shows them passes them through here.

use super::reason::ReasonKind;
use super::record::NothingCounted;
use crate::base::language::{Language, current, rewritten, tr, translated, translated_whatever_case};

/// Why an attempt did not count, with the numbers that stand in it; as it is where it is none of the reasons that are known.
pub fn reason(text: &str) -> String {
    if current() == Language::English { text.to_owned() } else { reworded(text) }
}

/// Why nothing counted, in the same way.
pub fn because(because: &NothingCounted) -> String {
    if current() == Language::English {
        return because.text.clone();
    }
    let after_colon = || because.text.split_once(": ").map_or("", |(_, rest)| rest);
    let advice = || translated(after_colon());
    match because.code.as_str() {
        "nobody" => tr!("because-nobody"),
        "rejected" => none_of_them(&because.text).unwrap_or_else(|| because.text.clone()),
        "still" => tr!("because-still"),
        "posture" => tr!("because-posture", advice = advice()),
        "view" => tr!("because-view", advice = advice()),
        "hidden" => tr!("because-hidden", advice = hidden(after_colon())),
        "start" => tr!("because-start", advice = advice()),
        "hold_still" => tr!("because-hold-still", advice = advice()),
        _ => because.text.clone(),
    }
}

/// Why something was not measured.
pub fn not_measured(why: &str) -> String {
    let timed = why.strip_prefix("it cannot be seen from here; ").and_then(|rest| rest.split_once(' '));
    match timed.and_then(|(n, _)| n.parse::<u32>().ok()) {
        Some(n) if current() != Language::English => tr!("not-measured-timed", count = n),
        _ => translated(why),
    }
}

/// "Move so that the camera sees your left hip and right hip".
fn hidden(advice: &str) -> String {
    let Some(parts) = advice.strip_prefix("Move so that the camera sees your ") else { return translated(advice) };
    let parts: Vec<String> = parts.split(" and ").map(translated).collect();
    tr!("because-hidden-parts", parts = parts.join(", "))
}

/// "5 movements, none of which counts; the farthest: held 3.9 of 5 s".
fn none_of_them(text: &str) -> Option<String> {
    let (movements, farthest) = text.split_once(", none of which counts; the farthest: ")?;
    let count: u32 = movements.split(' ').next()?.parse().ok()?;
    Some(tr!("because-rejected", count = count, why = reason(farthest)))
}

fn reworded(text: &str) -> String {
    let told = match ReasonKind::of_text(text) {
        ReasonKind::Short => missing(text),
        ReasonKind::HeldTooShort => held_too_short(text),
        ReasonKind::TooQuick => Some(tr!("reason-too-quick")),
        ReasonKind::OutOfSight => Some(tr!("reason-out-of-sight")),
        ReasonKind::Another => Some(tr!("reason-another")),
        ReasonKind::OtherSide => Some(tr!("reason-other-side")),
        ReasonKind::Wrong => None,
    };
    // The cue of a fault stands there in small letters.
    told.or_else(|| translated_whatever_case(text)).unwrap_or_else(|| text.to_owned())
}

/// "12 degrees short", "0.12 trunk lengths short", "7 % short".
fn missing(text: &str) -> Option<String> {
    let (n, unit) = text.strip_suffix(" short")?.split_once(' ')?;
    match unit {
        "degree" | "degrees" => Some(tr!("reason-degrees", count = n.parse::<u32>().ok()?)),
        "trunk lengths" => Some(tr!("reason-trunks", n = rewritten(n)?)),
        "%" => Some(tr!("reason-percent", n = rewritten(n)?)),
        _ => None,
    }
}

/// "held 6.6 of 10 s".
fn held_too_short(text: &str) -> Option<String> {
    let (held, target) = text.strip_prefix("held ")?.strip_suffix(" s")?.split_once(" of ")?;
    Some(tr!("reason-held-of", held = rewritten(held)?, target = rewritten(target)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::reason::Reason;
    use crate::motion::signal::Unit;

    #[test]
    fn reasons_of_records_are_told_anew_with_their_numbers() {
        let short = |missing| Reason::Short { missing };
        let held = |held_s, target_s| Reason::HeldTooShort { held_s, target_s };
        let told = [
            (short(0.4).text(Unit::Deg), "1 degree short"),
            (short(11.2).text(Unit::Deg), "12 degrees short"),
            (short(0.095).text(Unit::Trunk), "0.10 trunk lengths short"),
            (short(0.065).text(Unit::Share), "7 % short"),
            (held(6.6, 10.0).text(Unit::Deg), "held 6.6 of 10 s"),
            (held(0.0, 2.5).text(Unit::Deg), "held 0.0 of 2.5 s"),
            (Reason::TooQuick.text(Unit::Deg), "too quick for a repetition"),
            (Reason::OutOfSight.text(Unit::Deg), "out of sight"),
            (Reason::Another.text(Unit::Deg), "another movement"),
            (Reason::OtherSide.text(Unit::Deg), "other side"),
            // Of a file that is another one by now.
            ("keep it short".to_owned(), "keep it short"),
            ("held by the arms".to_owned(), "held by the arms"),
            ("arms too low".to_owned(), "arms too low"),
        ];
        // The English messages, which say again what stands in the record.
        let wrong: Vec<_> =
            told.iter().map(|(text, said)| (reworded(text), said)).filter(|(new, said)| new != *said).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(
            none_of_them("5 movements, none of which counts; the farthest: held 3.9 of 5 s").as_deref(),
            Some("5 movements, none of which counts; the farthest: held 3.9 of 5 s")
        );
    }
}
