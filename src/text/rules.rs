//! What the splitter is told beside the text, and the rules that come of it.

use crate::text::guess;
use crate::text::language::{self, Language};

/// What a splitter is told beside the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'a> {
    /// BCP 47; absent = guessed from the text.
    pub lang: Option<&'a str>,
    /// Whether a sentence may begin in lower case after a full stop: for text from the web, not for news.
    pub lower_case: bool,
    /// The project's own abbreviations, with or without their last full stop: no sentence ends after one.
    pub never_end_after: &'a [String],
}

/// The rules for one text: of its language, and the project's own.
#[derive(Clone, Debug)]
pub struct Rules<'a> {
    /// None = no rules for this language: Unicode's.
    pub(in crate::text) language: Option<&'static Language>,
    pub(in crate::text) lower_case: bool,
    pub(in crate::text) never_end_after: &'a [String],
    lang: String,
}

impl<'a> Rules<'a> {
    /// The rules for `text`, whose language is guessed where the settings do not name it.
    pub fn of(text: &str, settings: Settings<'a>) -> Self {
        let lang = settings.lang.map(str::trim).filter(|lang| !lang.is_empty());
        let language = lang.map_or_else(|| guess::language(text), language::language);
        Self {
            language,
            lower_case: settings.lower_case,
            never_end_after: settings.never_end_after,
            lang: language.map_or(lang.unwrap_or("und"), |language| language.code).to_owned(),
        }
    }

    /// The language whose rules these are, as two letters; without rules, the tag as it was given, or `und`.
    pub fn lang(&self) -> &str {
        &self.lang
    }
}
