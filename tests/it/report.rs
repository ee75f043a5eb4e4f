//! The report: whole without anything from outside, true to the record, safe against what people write.

use crate::common::kept;
use std::path::Path;

/// Text of the page without tags.
fn words(html: &str) -> String {
    let body = html.split_once("</style>").unwrap().1;
    let pieces = body.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_self_contained(html: &str) -> Result<(), String> {
    let outside = ["http:", "https:", "src=", "href=", "url(", "<script", "@import", "<img", "<link", "data:"];
    let found: Vec<_> = outside.iter().filter(|o| html.contains(**o)).collect();
    if found.is_empty() { Ok(()) } else { Err(format!("the page has {found:?}")) }
}

/// Every element that is opened is closed, in order.
fn is_well_formed(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).filter_map(|t| t.split_once('>')).map(|(tag, _)| tag) {
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        if tag.starts_with('!') || ["meta", "br"].contains(&name) {
            continue;
        }
        if !tag.starts_with('/') {
            open.push(name);
        } else if open.pop() != Some(name) {
            return Err(format!("</{name}> closes what is not open"));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("never closed: {open:?}")) }
}

fn report_of(data: &Path, id: Option<&str>, out: &Path) -> String {
    let mut args = vec!["sessions", "export", "--format", "html", "--out", out.to_str().unwrap()];
    args.extend(id);
    kept::stdout(data, &args);
    std::fs::read_to_string(out).unwrap()
}

#[test]
fn a_session_is_told_whole_measured_beside_corrected() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = home.path().join("film.jsonl");
    kept::angels(&film, &[1.0, 1.0, 0.5, 1.0]);
    let name = "Ana <b>& \"co\"</b>";
    for _ in 0..4 {
        kept::stdout(
            &data,
            &["analyze", film.to_str().unwrap(), "--exercise", "wall_angels", "--save", "--person", name],
        );
    }
    let id = kept::newest(&data);
    kept::stdout(
        &data,
        &["sessions", "edit", &id, "--set", "1", "--count", "4", "--note", "<script>alert(1)</script>"],
    );
    kept::stdout(&data, &["sessions", "edit", &id, "--pain-before", "5", "--pain-after", "3"]);
    let html = report_of(&data, Some(&id), &home.path().join("one.html"));
    is_self_contained(&html).unwrap();
    is_well_formed(&html).unwrap();
    let text = words(&html);
    let wanted = [
        "Session of ",
        "Ana &lt;b&gt;&amp; &quot;co&quot;&lt;/b&gt;",
        "Pain, 0 to 10, before and after: 5, 3",
        "1. Wall angels: 3 of 10, corrected by the person to 4",
        "“&lt;script&gt;alert(1)&lt;/script&gt;”",
        "Not counted: no. 3: ",
        "degrees short",
        "Over time",
        "Last 2 sets against the 2 before: range ",
        "Not measured",
        "formcheck 0.1.0, pose model full",
    ];
    let missing: Vec<_> = wanted.iter().filter(|w| !text.contains(**w)).collect();
    assert!(missing.is_empty(), "{missing:?} in {text}");
    // Three filled bars and one that is not; figures of the farthest repetition and of the one with a fault.
    assert_eq!((html.matches("class=\"counted\"").count(), html.matches("class=\"rejected\"").count()), (3, 1));
    assert!(html.matches("<figure>").count() == 2 && html.contains("class=\"head\""), "{text}");
    let banned = ["treat", "relieve", "diagnos", "cure", "clinical"];
    let said: Vec<_> = banned.iter().filter(|b| text.to_lowercase().contains(**b)).collect();
    assert!(said.is_empty(), "{said:?}");

    let html = report_of(&data, None, &home.path().join("all.html"));
    is_self_contained(&html).unwrap();
    is_well_formed(&html).unwrap();
    assert!(words(&html).contains("4 sessions, "), "{}", words(&html));
}

#[test]
fn an_analysis_writes_its_report_without_a_store_and_an_empty_one_is_still_a_page() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let film = kept::trace(home.path(), 12.0);
    let out = home.path().join("report.html");
    let film = film.to_str().unwrap();
    kept::stdout(
        &data,
        &["analyze", film, film, "--exercise", "wall_angels", "--report", out.to_str().unwrap(), "--jobs", "2"],
    );
    let html = std::fs::read_to_string(&out).unwrap();
    is_well_formed(&html).unwrap();
    assert!(words(&html).contains("2. Wall angels: "), "both inputs are sets of it");
    assert!(!data.exists(), "nothing is kept that nobody asked to keep");
    kept::stdout(&data, &["analyze", film, "--exercise", "cobra", "--report", out.to_str().unwrap()]);
    let html = std::fs::read_to_string(&out).unwrap();
    is_well_formed(&html).unwrap();
    assert!(words(&html).contains("Nothing counted: never in position: Lie face down."), "{}", words(&html));
}

#[test]
fn holds_that_are_too_short_to_count_are_told_with_their_length_in_brackets() {
    let home = tempfile::tempdir().unwrap();
    let film = kept::fixture(home.path(), "cobra_b");
    let out = home.path().join("report.html");
    let told = |target_hold_s: &str| {
        let args = ["--exercise", "cobra", "--target-hold-s", target_hold_s, "--report", out.to_str().unwrap()];
        kept::stdout(home.path(), &[&["analyze", film.to_str().unwrap()], &args[..]].concat());
        words(&std::fs::read_to_string(&out).unwrap())
    };
    let (short, enough) = (told("20"), told("2"));
    assert!(short.contains("Cobra 0 of 5 5 (4.4 s)"), "{short}");
    assert!(enough.contains("4.4 s") && !enough.contains("(4.4 s)"), "{enough}");
}

#[test]
fn several_inputs_come_out_in_order_one_line_each_and_a_bad_one_stops_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (one, two) = (home.path().join("one.jsonl"), home.path().join("two.jsonl"));
    kept::angels(&one, &[1.0; 3]);
    kept::angels(&two, &[1.0; 5]);
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    let inputs = [two, "/nowhere.mp4", one, two, one];
    let args = ["analyze", two, "/nowhere.mp4", one, two, one, "--exercise", "wall_angels", "--format", "json"];
    let mut outputs = Vec::new();
    for jobs in ["1", "3", "8"] {
        let out = kept::run(home.path(), &[&args[..], &["--jobs", jobs]].concat());
        assert_eq!(out.status.code(), Some(1), "the bad one is said by the exit code");
        let text = String::from_utf8(out.stdout).unwrap();
        let lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let told: Vec<_> = lines.iter().map(|l| (l["source"]["input"].as_str(), l["reps"]["total"].as_u64())).collect();
        let wanted = [0, 2, 3, 4].map(|i| (Some(inputs[i]), Some(if inputs[i] == two { 5 } else { 3 })));
        assert_eq!(told, wanted, "{jobs} jobs");
        assert!(String::from_utf8_lossy(&out.stderr).contains("there is no such file"));
        outputs.push(text);
    }
    assert!(outputs.iter().all(|o| *o == outputs[0]), "the number of jobs changes nothing");
}
