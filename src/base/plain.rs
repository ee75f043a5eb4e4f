//! Text from outside (names of files and people, notes, what other programs say) as it may be shown.

/// Control characters replaced, so that a message stays one line and a terminal is told nothing.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// The same for a text of several lines.
pub fn plain_lines(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '?' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing() {
        assert_eq!(one_line("a\x1b[2Jb\nc\u{9b}1m"), "a?[2Jb?c?1m");
        assert_eq!(plain_lines("a\tb\r\nc\x07"), "a\tb?\nc?");
    }
}
