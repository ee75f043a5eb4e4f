//! Reads tables (TOML, or JSON of the same shape) key by key, noting every problem instead of stopping at the first.

use super::diagnostics::{Code, Report};
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A parsed value with its place in the text.
pub type Value<'t> = Spanned<DeValue<'t>>;

/// A table being read. Each key that is asked for is known; what is left over or missing at [`Fields::finish`] is a mistake.
pub struct Fields<'a, 't> {
    table: &'a DeTable<'t>,
    span: Range<usize>,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// What the table is, for messages: "the exercise", "a fault".
    what: &'a str,
}

/// Parses a document, JSON where the path ends so, noting syntax errors; `None` when nothing can be read from it.
pub fn parse<'t>(text: &'t str, report: &mut Report) -> Option<Spanned<DeTable<'t>>> {
    if super::def::is_json(&report.path) {
        return super::json::parse(text, report);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for e in &errors {
        report.push(Code::Syntax, e.span().unwrap_or(0..0), e.message().trim().to_owned());
    }
    errors.is_empty().then_some(table)
}

impl<'a, 't> Fields<'a, 't> {
    /// Starts on a table that spans `span` of the text.
    pub fn new(table: &'a DeTable<'t>, span: Range<usize>, what: &'a str) -> Self {
        Self { table, span, known: Vec::new(), missing: Vec::new(), what }
    }

    /// Starts on a value that must be a table.
    pub fn of(value: &'a Value<'t>, what: &'a str, report: &mut Report) -> Option<Self> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Self::new(table, value.span(), what));
        }
        wrong_type(value, "a table", report);
        None
    }

    /// The place of the table.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The value at `key`, if there is one.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Value<'t>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// The value at `key`, which must be there.
    pub fn need(&mut self, key: &'static str) -> Option<&'a Value<'t>> {
        let value = self.get(key);
        if value.is_none() {
            self.missing.push(key);
        }
        value
    }

    /// A text that must be there and not be empty.
    pub fn text(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        let value = self.need(key)?;
        let text = as_text(value, report)?;
        if text.trim().is_empty() {
            report.push(Code::OutOfRange, value.span(), format!("`{key}` is empty"));
            return None;
        }
        // Lines may end; nothing else that is no letter has a place on a screen, in a table or in a calendar.
        if text.chars().any(|c| c.is_control() && c != '\n') {
            report.push(Code::OutOfRange, value.span(), format!("`{key}` has a control character in it"));
            return None;
        }
        Some(text.to_owned())
    }

    /// A text that names something in files and records: letters, digits, `_` and `-`.
    pub fn id(&mut self, report: &mut Report) -> Option<String> {
        let id = self.text("id", report)?;
        if id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
            return Some(id);
        }
        let span = self.get("id").map_or(self.span(), Value::span);
        report.push(Code::OutOfRange, span, "`id` is made of letters, digits, `_` and `-`".to_owned());
        None
    }

    /// A number in `range`; `default` where there is none.
    pub fn number_or(
        &mut self,
        key: &'static str,
        default: f64,
        range: RangeInclusive<f64>,
        report: &mut Report,
    ) -> Option<f64> {
        self.get(key).map_or(Some(default), |v| as_number_in(key, v, range, report))
    }

    /// A number in `range` that must be there.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<f64>, report: &mut Report) -> Option<f64> {
        let value = self.need(key)?;
        as_number_in(key, value, range, report)
    }

    /// A number in `range` that may be absent (`Some(None)`); `None` when it is wrong.
    #[allow(clippy::option_option)] // absent and wrong are different answers
    pub fn maybe_number(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
        report: &mut Report,
    ) -> Option<Option<f64>> {
        self.get(key).map_or(Some(None), |v| as_number_in(key, v, range, report).map(Some))
    }

    /// A number that was read at `key` and must be a whole one.
    pub fn whole(&mut self, key: &'static str, number: Option<f64>, report: &mut Report) -> Option<u32> {
        let number = number?;
        if number.fract() == 0.0 {
            return Some(number as u32);
        }
        let span = self.get(key).map_or(self.span(), Value::span);
        report.push(Code::OutOfRange, span, format!("`{key}` must be a whole number"));
        None
    }

    /// Notes that the value at `key`, or the table, does not go with another.
    pub fn conflict(&mut self, key: &'static str, message: String, report: &mut Report) {
        let span = self.get(key).map_or(self.span(), Value::span);
        report.push(Code::Conflict, span, message);
    }

    /// Notes a least value that is not under the most, where both are there.
    pub fn in_order(&mut self, keys: [&'static str; 2], values: [Option<f64>; 2], report: &mut Report) {
        if let [Some(least), Some(most)] = values
            && least >= most
        {
            let [low, high] = keys;
            self.conflict(low, format!("`{low}` {least} must be under `{high}` {most}"), report);
        }
    }

    /// True or false; `default` where there is none.
    pub fn flag_or(&mut self, key: &'static str, default: bool, report: &mut Report) -> Option<bool> {
        let Some(value) = self.get(key) else { return Some(default) };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        wrong_type(value, "true or false", report);
        None
    }

    /// One of the `allowed` words, which must be there.
    pub fn word<T: Copy>(&mut self, key: &'static str, allowed: &[(&str, T)], report: &mut Report) -> Option<T> {
        let value = self.need(key)?;
        as_word(key, value, allowed, report)
    }

    /// One of the `allowed` words; `default` where there is none.
    pub fn word_or<T: Copy>(
        &mut self,
        key: &'static str,
        default: T,
        allowed: &[(&str, T)],
        report: &mut Report,
    ) -> Option<T> {
        self.get(key).map_or(Some(default), |v| as_word(key, v, allowed, report))
    }

    /// The values of a list; empty where there is none.
    pub fn list(&mut self, key: &'static str, report: &mut Report) -> &'a [Value<'t>] {
        self.get(key).and_then(|v| as_list(v, report)).unwrap_or(&[])
    }

    /// Whether a table whose keys are free names has this one.
    pub fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    /// All keys and values, for a table whose keys are free names.
    pub fn entries(&self) -> impl Iterator<Item = (&'a Spanned<DeString<'t>>, &'a Value<'t>)> + use<'a, 't> {
        self.table.iter()
    }

    /// Notes the keys that nobody asked for, and those that are missing: one that is misspelt is not missing as well.
    pub fn finish(self, report: &mut Report) {
        let keys = self.table.iter().map(|(key, _)| key).filter(|key| !self.known.contains(&key.get_ref().as_ref()));
        let mut meant = Vec::new();
        for key in keys {
            let name = key.get_ref().as_ref();
            let message = format!("{} has no key `{name}`", self.what);
            meant.extend(report.push_word(Code::UnknownKey, key.span(), message, name, self.known.iter().copied()));
        }
        for key in self.missing.iter().filter(|key| !meant.iter().any(|m| m == *key)) {
            report.push(Code::MissingKey, self.span(), format!("{} has no `{key}`", self.what));
        }
    }
}

/// Notes that a value is not `wanted`.
pub fn wrong_type(value: &Value<'_>, wanted: &str, report: &mut Report) {
    let found = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    report.push(Code::WrongType, value.span(), format!("expected {wanted}, found {found}"));
}

/// A text.
pub fn as_text<'a>(value: &'a Value<'_>, report: &mut Report) -> Option<&'a str> {
    if let DeValue::String(text) = value.get_ref() {
        return Some(text.as_ref());
    }
    wrong_type(value, "a text", report);
    None
}

/// The values of a list.
pub fn as_list<'a, 't>(value: &'a Value<'t>, report: &mut Report) -> Option<&'a [Value<'t>]> {
    if let DeValue::Array(list) = value.get_ref() {
        return Some(list);
    }
    wrong_type(value, "a list", report);
    None
}

/// A finite number in `range`.
pub fn as_number_in(key: &str, value: &Value<'_>, range: RangeInclusive<f64>, report: &mut Report) -> Option<f64> {
    let number = match value.get_ref() {
        DeValue::Integer(i) => i64::from_str_radix(&i.as_str().replace('_', ""), i.radix()).ok().map(|i| i as f64),
        DeValue::Float(f) => f.as_str().replace('_', "").parse().ok(),
        _ => {
            wrong_type(value, "a number", report);
            return None;
        }
    };
    let number = number.filter(|n| range.contains(n));
    if number.is_none() {
        let (least, most) = (range.start(), range.end());
        let limits = if least == most { least.to_string() } else { format!("between {least} and {most}") };
        let message = format!("`{key}` must be {limits}");
        report.push(Code::OutOfRange, value.span(), message);
    }
    number
}

fn as_word<T: Copy>(key: &str, value: &Value<'_>, allowed: &[(&str, T)], report: &mut Report) -> Option<T> {
    let word = as_text(value, report)?;
    let found = allowed.iter().find(|(name, _)| *name == word).map(|(_, t)| *t);
    if found.is_none() {
        let names = allowed.iter().map(|(name, _)| *name);
        report.push_word(Code::UnknownWord, value.span(), format!("`{key}` cannot be `{word}`"), word, names);
    }
    found
}
