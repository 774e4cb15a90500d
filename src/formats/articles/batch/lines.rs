//! An article made anew of some of its lines: parted into two, or without lines that repeat.

use crate::formats::articles::batch::Row;
use crate::formats::articles::blocks::Line;
use crate::formats::articles::{article, kinds, lines_of};
use crate::model::article::{Article, Meta};
use crate::text::rules::Settings;

/// The lines of an article, each with the byte where it begins.
pub(super) fn of(article: &Article) -> Vec<(usize, Line)> {
    let line = |placed: crate::formats::articles::Placed<'_>| {
        let text = article.text().get(placed.bytes.clone()).unwrap_or_default().to_owned();
        let kind = placed.kind.and_then(kinds::known);
        (placed.bytes.start, Line { text, kind, starts_paragraph: placed.starts_paragraph })
    };
    lines_of(article).into_iter().map(line).collect()
}

/// The row with these lines in the place of its own. `None` where they hold no words.
pub(super) fn with(row: &Row, lines: &[Line], meta: Meta, settings: Settings<'_>) -> Option<Row> {
    let settings = Settings { lang: Some(&row.lang), ..settings };
    let made = article(lines, meta, settings, "UTF-8", &mut Vec::new()).ok()?;
    let (lang, n_cut) = (made.lang.clone(), made.n_cut);
    let mut article = made.into_article().ok()?;
    article.source.clone_from(&row.article.source);
    article.source_sha256.clone_from(&row.article.source_sha256);
    let n_words = n_words(&article, &lang);
    Some(Row { article, lang, n_cut, n_words, ..row.clone() })
}

/// Two of one: the second begins at the line that holds this byte. Each has what is known of both; the second its own title.
pub(super) fn parted(row: &Row, at: usize, settings: Settings<'_>) -> Option<(Row, Row)> {
    let lines = of(&row.article);
    let (before, after): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(start, _)| *start < at);
    let only = |lines: Vec<(usize, Line)>| lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>();
    let (before, mut after) = (only(before), only(after));
    if let Some(first) = after.first_mut() {
        first.kind = Some(kinds::HEADLINE);
        first.starts_paragraph = true;
    }
    // The length that is stated is that of both.
    let meta = Meta { words: None, ..(*row.article.meta).clone() };
    let first = with(row, &before, meta.clone(), settings)?;
    let meta = Meta { title: None, subtitle: None, byline: None, doc_id: None, ..meta };
    let mut second = with(row, &after, meta, settings)?;
    second.key.part += 1;
    second.place = if row.place.is_empty() { "part 2".to_owned() } else { format!("{}, part 2", row.place) };
    let seen = |row: Row| Row { seen: Vec::new(), ..row };
    Some((seen(first), seen(second)))
}

/// The words of the body: runs between white space, or in a script without blanks letters. Headline, byline and dateline are not
/// of it, as databases count.
pub(super) fn n_words(article: &Article, lang: &str) -> usize {
    let is_body =
        |kind: Option<&str>| !matches!(kind, Some(kinds::HEADLINE | kinds::BYLINE | kinds::DATELINE));
    let body = article.sentences().iter().filter(|sentence| is_body(sentence.kind.as_deref()));
    let is_dense = matches!(lang.get(..2), Some("zh" | "ja" | "th" | "km" | "lo" | "my"));
    body.map(|sentence| {
        let words = article.words_of(sentence);
        if is_dense {
            words.chars().filter(|c| c.is_alphanumeric()).count()
        } else {
            words.split_whitespace().count()
        }
    })
    .sum()
}
