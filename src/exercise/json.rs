//! JSON files of the same shape as the TOML ones: read into the same tables, so that one checker does for both.

use super::diagnostics::{Code, Report};
use jsonc_parser::ast::{Object, Value as Json};
use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// A parsed value with its place in the text, as the TOML reader gives them.
type Value<'t> = Spanned<DeValue<'t>>;

/// Strict JSON, comments allowed: files are written by hand.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The table of a JSON document; `None`, noted, when it is none.
pub(super) fn parse<'t>(text: &'t str, report: &mut Report) -> Option<Spanned<DeTable<'t>>> {
    let parsed = match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => parsed,
        Err(e) => {
            let range = e.range();
            report.push(Code::Syntax, range.start..range.end, e.kind().to_string());
            return None;
        }
    };
    let Some(Json::Object(object)) = parsed.value else {
        report.push(Code::Syntax, 0..text.len().min(1), "expected a JSON object".to_owned());
        return None;
    };
    let span = object.range();
    Some(Spanned::new(span.start..span.end, table(object, report)))
}

fn table<'t>(object: Object<'t>, report: &mut Report) -> DeTable<'t> {
    let mut table = DeTable::new();
    for property in object.properties {
        let key = property.name.range();
        // Null is a key omitted.
        let Some(value) = value(property.value, report) else { continue };
        let name: Cow<'t, str> = Cow::Owned(property.name.into_string());
        if table.contains_key(name.as_ref()) {
            report.push(Code::Duplicate, key.start..key.end, format!("the key `{name}` is there twice"));
        }
        table.insert(Spanned::new(key.start..key.end, name), value);
    }
    table
}

fn value<'t>(json: Json<'t>, report: &mut Report) -> Option<Value<'t>> {
    let range = json.range();
    let value = match json {
        Json::StringLit(text) => DeValue::String(Cow::Owned(text.value.to_string())),
        // A number of JSON is one of TOML as well.
        Json::NumberLit(number) => match DeValue::parse(number.value) {
            Ok(number) => number.into_inner(),
            Err(e) => {
                report.push(Code::Syntax, range.start..range.end, e.message().to_owned());
                return None;
            }
        },
        Json::BooleanLit(flag) => DeValue::Boolean(flag.value),
        Json::NullKeyword(_) => return None,
        Json::Object(object) => DeValue::Table(table(object, report)),
        Json::Array(array) => {
            let mut list = DeArray::new();
            array.elements.into_iter().filter_map(|v| self::value(v, report)).for_each(|v| list.push(v));
            DeValue::Array(list)
        }
    };
    Some(Spanned::new(range.start..range.end, value))
}
