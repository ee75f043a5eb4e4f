//! Numbers as they are said: in words, since a voice reads "3." as "third".

use crate::base::language::{Language, current};

/// Numbers up to here are said in words.
const SPELLED_TO: u32 = 120;

const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const GERMAN: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const GERMAN_TENS: [&str; 10] =
    ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

/// A number as it is said in the language of this process.
pub fn number(n: u32) -> String {
    in_language(n, current())
}

fn in_language(n: u32, language: Language) -> String {
    match language {
        _ if n > SPELLED_TO => n.to_string(),
        Language::English => english(n),
        Language::German => german(n),
    }
}

fn english(n: u32) -> String {
    match n {
        0..=19 => ENGLISH[n as usize].to_owned(),
        20..=99 if n.is_multiple_of(10) => ENGLISH_TENS[(n / 10) as usize].to_owned(),
        20..=99 => format!("{}-{}", ENGLISH_TENS[(n / 10) as usize], ENGLISH[(n % 10) as usize]),
        100 => "one hundred".to_owned(),
        _ => format!("one hundred and {}", english(n - 100)),
    }
}

fn german(n: u32) -> String {
    match n {
        0..=19 => GERMAN[n as usize].to_owned(),
        20..=99 if n.is_multiple_of(10) => GERMAN_TENS[(n / 10) as usize].to_owned(),
        21 | 31 | 41 | 51 | 61 | 71 | 81 | 91 => format!("einund{}", GERMAN_TENS[(n / 10) as usize]),
        20..=99 => format!("{}und{}", GERMAN[(n % 10) as usize], GERMAN_TENS[(n / 10) as usize]),
        100 => "hundert".to_owned(),
        _ => format!("hundert{}", german(n - 100)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_a_person_says_them() {
        let numbers = [0, 1, 12, 20, 34, 100, 120, 121];
        assert_eq!(
            numbers.map(|n| in_language(n, Language::English)),
            ["zero", "one", "twelve", "twenty", "thirty-four", "one hundred", "one hundred and twenty", "121"]
        );
        assert_eq!(
            numbers.map(|n| in_language(n, Language::German)),
            ["null", "eins", "zwölf", "zwanzig", "vierunddreißig", "hundert", "hundertzwanzig", "121"]
        );
        assert_eq!(in_language(21, Language::German), "einundzwanzig");
    }
}
