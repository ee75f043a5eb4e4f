//! The person's language: Fluent messages from `locales/`, English complete, another language with English behind it.
//!
//! Messages are part of the program, so that it never is without words. One language is in use at a time, for the whole
//! process; `tr!` is how a message is asked for.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};
use unic_langid::LanguageIdentifier;

/// A language that has messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// The one that is complete.
    #[default]
    English,
    /// Deutsch.
    German,
}

/// All of them, in the order of [`Language::index`].
pub const LANGUAGES: [Language; 2] = [Language::English, Language::German];

static CURRENT: AtomicU8 = AtomicU8::new(0);
static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; LANGUAGES.len()] =
    [const { OnceLock::new() }; LANGUAGES.len()];

static TABLES: [OnceLock<HashMap<String, String>>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];

impl Language {
    /// Its subtag: "en".
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Its voice in espeak-ng.
    pub const fn espeak_voice(self) -> &'static str {
        match self {
            Self::English => "en-us",
            Self::German => "de",
        }
    }

    /// As its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The language of a tag such as "en", "en_GB.UTF-8" or "en-US"; `None` of one that has no messages.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let subtag = tag.split(['-', '_', '.']).next().unwrap_or(tag);
        LANGUAGES.into_iter().find(|language| subtag.eq_ignore_ascii_case(language.tag()))
    }

    /// A number with so many decimals, as its speakers write it.
    fn decimal(self, value: f64, places: usize) -> String {
        let text = format!("{value:.places$}");
        match self {
            Self::English => text,
            Self::German => text.replace('.', ","),
        }
    }

    const fn index(self) -> usize {
        self as usize
    }

    fn locale(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }

    /// Its message files: name and text.
    pub const fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::English => &[
                ("cli.ftl", include_str!("../../locales/en/cli.ftl")),
                ("coach.ftl", include_str!("../../locales/en/coach.ftl")),
                ("record.ftl", include_str!("../../locales/en/record.ftl")),
                ("report.ftl", include_str!("../../locales/en/report.ftl")),
                ("trouble.ftl", include_str!("../../locales/en/trouble.ftl")),
                ("window.ftl", include_str!("../../locales/en/window.ftl")),
            ],
            Self::German => &[
                ("cli.ftl", include_str!("../../locales/de/cli.ftl")),
                ("coach.ftl", include_str!("../../locales/de/coach.ftl")),
                ("record.ftl", include_str!("../../locales/de/record.ftl")),
                ("report.ftl", include_str!("../../locales/de/report.ftl")),
                ("trouble.ftl", include_str!("../../locales/de/trouble.ftl")),
                ("window.ftl", include_str!("../../locales/de/window.ftl")),
            ],
        }
    }

    /// Texts of exercise and routine files, by their English text; English needs none.
    const fn texts(self) -> &'static str {
        match self {
            Self::English => "",
            Self::German => include_str!("../../locales/de/texts.toml"),
        }
    }

    fn table(self) -> &'static HashMap<String, String> {
        TABLES[self.index()].get_or_init(|| {
            toml::from_str(self.texts()).unwrap_or_else(|e| {
                tracing::error!("texts of {}: {e}", self.tag());
                HashMap::new()
            })
        })
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        BUNDLES[self.index()].get_or_init(|| {
            let mut bundle = FluentBundle::new_concurrent(vec![self.locale()]);
            // The marks around what is filled in are for mixed directions of writing; a voice would stumble over them.
            bundle.set_use_isolating(false);
            for (name, text) in self.files() {
                let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, errors)| {
                    tracing::error!("{name}: {errors:?}");
                    rest
                });
                if let Err(errors) = bundle.add_resource(resource) {
                    tracing::error!("{name}: {errors:?}");
                }
            }
            bundle
        })
    }

    fn format(self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!("message {id}: {errors:?}");
        }
        Some(text)
    }
}

/// Chooses the language of this process.
pub fn choose(language: Language) {
    CURRENT.store(language as u8, Ordering::Relaxed);
}

/// The language of this process.
pub fn current() -> Language {
    LANGUAGES.get(usize::from(CURRENT.load(Ordering::Relaxed))).copied().unwrap_or_default()
}

/// A message in the language of this process, else in English, else its id.
pub fn text(id: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
    let args: FluentArgs<'_> = args.iter().cloned().collect();
    let found = current().format(id, &args).or_else(|| Language::English.format(id, &args));
    found.unwrap_or_else(|| {
        tracing::error!("there is no message {id}");
        id.to_owned()
    })
}

/// A text of an exercise or routine file in the language of this process; as it is where there is none.
pub fn translated(text: &str) -> String {
    current().table().get(text).map_or(text, String::as_str).to_owned()
}

/// The same of a text whose capitals may be lost; `None` where there is none.
pub fn translated_whatever_case(text: &str) -> Option<String> {
    let table = current().table();
    let in_another_case = || {
        let lower = text.to_lowercase();
        table.iter().find(|(known, _)| known.to_lowercase() == lower).map(|(_, told)| told)
    };
    table.get(text).or_else(in_another_case).cloned()
}

/// A number with so many decimals, as it is written in the language of this process: "1.5" in English, "1,5" in German.
/// Messages do not do this by themselves, so that they take such a number as text.
pub fn decimal(value: f64, places: usize) -> String {
    current().decimal(value, places)
}

/// A number with the decimals that it has, as [`decimal`] writes them.
pub fn number(value: f64) -> String {
    let text = value.to_string();
    rewritten(&text).unwrap_or(text)
}

/// A number that is written with a point, as the person's language writes it; `None` of what is no number.
pub fn rewritten(text: &str) -> Option<String> {
    let places = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    Some(decimal(text.parse().ok()?, places))
}

/// The message of an id, with what is to be filled in: `tr!("rest-seconds", n = 30)`.
macro_rules! tr {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::base::language::text($id, &[$((stringify!($name), fluent_bundle::FluentValue::from($value))),*])
    };
}
pub(crate) use tr;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_what_systems_call_it() {
        let cases = [
            ("en", true),
            ("en_GB.UTF-8", true),
            ("EN-us", true),
            ("de_AT", true),
            ("xx", false),
            ("C", false),
            ("", false),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(tag, known)| Language::of_tag(tag).is_some() != *known).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(text("no-such-message", &[]), "no-such-message");
    }

    #[test]
    fn decimals_stand_behind_what_the_language_puts_there() {
        let of = |value, places| LANGUAGES.map(|language| language.decimal(value, places));
        assert_eq!(of(6.6, 1), ["6.6", "6,6"]);
        assert_eq!(of(-0.25, 2), ["-0.25", "-0,25"]);
        assert_eq!(of(12.0, 0), ["12", "12"]);
    }
}
