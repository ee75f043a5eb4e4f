//! Text from outside (names of files and people, notes, what other programs say) as it may be shown.

/// Control characters replaced, so that a message stays one line and a terminal is told nothing.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// The same for a text of several lines.
pub fn plain_lines(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '?' } else { c }).collect()
}

/// Longest message of a library that is passed on, letters.
const LONGEST_SAID: usize = 200;

/// What a library says of a text from outside, which it may repeat at length: one line, cut off where nobody reads on.
pub fn brief(said: &impl std::fmt::Display) -> String {
    let text = one_line(&said.to_string());
    match text.char_indices().nth(LONGEST_SAID) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A text with German letters as they are written where there are none: "Übung" as "Uebung".
pub fn without_umlauts(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'Ä' => plain.push_str("Ae"),
            'Ö' => plain.push_str("Oe"),
            'Ü' => plain.push_str("Ue"),
            'ß' => plain.push_str("ss"),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing() {
        assert_eq!(one_line("a\x1b[2Jb\nc\u{9b}1m"), "a?[2Jb?c?1m");
        assert_eq!((brief(&"a\nb"), brief(&"ä".repeat(300))), ("a?b".to_owned(), "ä".repeat(200) + "…"));
        assert_eq!(plain_lines("a\tb\r\nc\x07"), "a\tb?\nc?");
    }
}
