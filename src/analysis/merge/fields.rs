//! The fields of an article that are texts, or can be said as texts, by their names in the file.

use crate::model::article::Article;

/// One field: its name, how it is read, how it is set.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub name: &'static str,
    pub get: fn(&Article) -> Option<String>,
    pub set: fn(&mut Article, Option<String>),
}

macro_rules! fields {
    ($($name:literal $get:expr, $set:expr;)*) => {
        [$(Field { name: $name, get: $get, set: $set },)*]
    };
}

/// In the order of the file.
pub(super) const FIELDS: [Field; 16] = fields! {
    "title" |a| a.meta.title.clone(), |a, to| a.meta.title = to;
    "subtitle" |a| a.meta.subtitle.clone(), |a, to| a.meta.subtitle = to;
    "byline" |a| a.meta.byline.clone(), |a, to| a.meta.byline = to;
    "outlet" |a| a.meta.outlet.clone(), |a, to| a.meta.outlet = to;
    "section" |a| a.meta.section.clone(), |a, to| a.meta.section = to;
    "published" |a| a.meta.published.clone(), |a, to| a.meta.published = to;
    "published_as" |a| a.meta.published_as.clone(), |a, to| a.meta.published_as = to;
    "url" |a| a.meta.url.clone(), |a, to| a.meta.url = to;
    "doc_id" |a| a.meta.doc_id.clone(), |a, to| a.meta.doc_id = to;
    "words" |a| a.meta.words.map(|n| n.to_string()), |a, to| a.meta.words = to.and_then(|n| n.parse().ok());
    "lang" |a| a.meta.lang.clone(), |a, to| a.meta.lang = to;
    "import" |a| a.meta.import.clone(), |a, to| a.meta.import = to;
    "source" |a| a.source.clone(), |a, to| a.source = to;
    "source_sha256" |a| a.source_sha256.clone(), |a, to| a.source_sha256 = to;
    "aside" |a| a.aside.clone(), |a, to| a.aside = to;
    "split" |a| a.split.clone(), |a, to| a.split = to;
};
