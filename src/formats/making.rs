//! A project made of a dataset: its articles with their sentences, as far as the dataset has them.

use crate::analysis::incoming::{Document, Incoming, Left, placing};
use crate::formats::articles::arrivals::is_date;
use crate::formats::articles::{article_id, split_again};
use crate::formats::hashes::sha256_hex;
use crate::formats::reading::MAX_ARTICLE_BYTES;
use crate::model::article::{Article, tile};
use crate::model::ids::{ArticleId, LabelId, ProjectId, is_id};
use crate::model::project::{Parts, Project};
use crate::model::scheme::Scheme;
use crate::text::rules::Settings;
use crate::text::units::Unit;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Byte ranges that tile a text, each with its kind.
type Rows = Vec<(Range<usize>, Option<Arc<str>>)>;

/// A project with the articles of a dataset and nothing said of them yet. The documents are named after their articles, so that
/// they are found again.
pub fn project(incoming: &mut Incoming, id: ProjectId, title: &str) -> Result<Project, String> {
    let mut parts = Parts::new(id, title);
    parts.scheme = scheme(incoming);
    let mut ids: BTreeSet<ArticleId> = BTreeSet::new();
    let mut by_text: BTreeMap<String, ArticleId> = BTreeMap::new();
    for document in &mut incoming.documents {
        let line = document.marks.first().map_or(0, |mark| mark.line);
        let (text, rows) = match whole(document) {
            Ok(made) => made,
            Err(why) => {
                incoming.left.push(Left::new(line, why));
                document.marks.clear();
                continue;
            }
        };
        if let Some(there) = by_text.get(&text) {
            document.id = Some(there.to_string());
            continue;
        }
        match article(document, &text, rows.as_ref(), &ids) {
            Ok(mut article) => {
                article.added = u32::try_from(parts.articles.len() + 1).unwrap_or(u32::MAX);
                document.id = Some(article.id.to_string());
                ids.insert(article.id.clone());
                by_text.insert(text, article.id.clone());
                parts.articles.push(Arc::new(article));
            }
            Err(why) => {
                incoming.left.push(Left::new(line, why));
                document.marks.clear();
            }
        }
    }
    if parts.articles.is_empty() {
        return Err(
            "there is no text in this dataset to make articles of\0hint: name the project that has them"
                .to_owned(),
        );
    }
    Project::assemble(parts).map_err(|problem| problem.to_string())
}

/// The usual scheme where the dataset has one of its labels, else an empty one; for several labels where a sentence has several.
fn scheme(incoming: &Incoming) -> Scheme {
    let mut scheme = Scheme::allegata();
    let marks = || incoming.documents.iter().flat_map(|document| &document.marks);
    let is_usual = |word: &String| scheme.label(&LabelId::new(word.as_str())).is_some();
    let is_any = marks().flat_map(|mark| mark.labels.iter().flatten()).any(is_usual);
    let has_labels = marks().any(|mark| mark.labels.as_ref().is_some_and(|labels| !labels.is_empty()));
    if has_labels && !is_any {
        scheme.labels.clear();
    }
    if marks().any(|mark| mark.labels.as_ref().is_some_and(|labels| labels.len() > 1)) {
        "several".clone_into(&mut scheme.choose);
    }
    scheme
}

fn article(
    document: &Document,
    text: &str,
    rows: Option<&Rows>,
    ids: &BTreeSet<ArticleId>,
) -> Result<Article, String> {
    let mut meta = document.meta.clone();
    if let Some(odd) = meta.published.take_if(|date| !is_date(date)) {
        meta.published_as = Some(odd);
    }
    let stem = match document.id.as_deref().filter(|id| is_id(id)) {
        Some(id) => id.to_owned(),
        None => article_id(text, meta.outlet.as_deref(), meta.date_known(), meta.url.as_deref()),
    };
    let numbered = (2_u32..).map(|n| format!("{}-{n}", stem.chars().take(50).collect::<String>()));
    let id = std::iter::once(stem.clone()).chain(numbered).map(ArticleId::new).find(|id| !ids.contains(id));
    let id = id.unwrap_or_else(|| ArticleId::new(stem.as_str()));
    let one: Rows = vec![(0..text.len(), None)];
    let sentences = tile(text, rows.unwrap_or(&one)).map_err(|error| error.to_string())?;
    let mut article = Article::new(id, text.into(), sentences, sha256_hex(text.as_bytes()));
    article.meta = meta.into();
    article.source.clone_from(&document.source);
    article.split = document.split.clone().filter(|split| is_id(split));
    if rows.is_none() {
        let split = split_again(&article, Settings::default()).map_err(|error| error.to_string())?;
        article = article.with_sentences(split);
    }
    Ok(article)
}

/// The text of a document, and its sentences where the dataset has all of them.
fn whole(document: &mut Document) -> Result<(String, Option<Rows>), String> {
    let name = document.id.as_ref().map(|id| format!(" of `{id}`")).unwrap_or_default();
    let made = match document.text.clone() {
        Some(text) => {
            let rows = tiled(document, &text);
            (text, rows)
        }
        None => put_together(document)?,
    };
    match made.0.len() {
        _ if made.0.trim().is_empty() => Err(format!("the text{name} is empty")),
        n if n > MAX_ARTICLE_BYTES => {
            Err(format!("the text{name} has {} MiB: the limit is {} MiB", n >> 20, MAX_ARTICLE_BYTES >> 20))
        }
        _ => Ok(made),
    }
}

/// Sentences that leave nothing of a text out.
fn tiled(document: &Document, text: &str) -> Option<Rows> {
    if !document.is_tiled {
        return None;
    }
    let places = placing::places(text, document.counted, &document.marks);
    let mut at: BTreeMap<usize, (usize, Option<&str>)> = BTreeMap::new();
    for (mark, place) in document.marks.iter().zip(places.at) {
        let place = place.ok()?;
        at.insert(place.start, (place.end, mark.kind.as_deref()));
    }
    let starts: Vec<usize> = at.keys().copied().collect();
    let mut rows = Rows::new();
    let mut done = 0;
    for ((start, (end, kind)), next) in at.iter().zip(starts.iter().skip(1).copied().chain([text.len()])) {
        let is_gap = !text.get(done..*start)?.trim().is_empty() || *end > next;
        if is_gap {
            return None;
        }
        let from = if rows.is_empty() { 0 } else { *start };
        rows.push((from..next, kind.map(Arc::from)));
        done = *end;
    }
    text.get(done..)?.trim().is_empty().then_some(rows).filter(|rows| !rows.is_empty())
}

/// The sentence before.
struct Last {
    span: Option<Range<u64>>,
    words: String,
    coder: Option<String>,
    /// Where it stands in the text that is put together.
    place: Range<u64>,
}

/// A text of the sentences that came along, with the gaps that their places leave: one place is a blank, two a new paragraph.
/// The marks get the places that they have in it.
fn put_together(document: &mut Document) -> Result<(String, Option<Rows>), String> {
    let mut order: Vec<usize> = (0..document.marks.len()).collect();
    let has_places = document.marks.iter().all(|mark| mark.span.is_some());
    let start = |idx: &usize| {
        document.marks.get(*idx).and_then(|mark| mark.span.clone()).map_or((0, 0), |s| (s.start, s.end))
    };
    if has_places {
        order.sort_by_key(start);
    }
    let (mut text, mut rows, mut n_chars) = (String::new(), Rows::new(), 0_u64);
    let mut last: Option<Last> = None;
    for idx in order {
        let Some(mark) = document.marks.get_mut(idx) else { continue };
        let Some(quote) = mark.quote.as_deref().map(str::trim).filter(|quote| !quote.is_empty()) else {
            let name = document.id.as_deref().unwrap_or_default();
            return Err(format!(
                "the words of a sentence of `{name}` are not in the dataset\0hint: name the project that has them"
            ));
        };
        // Another coder's row of the same sentence.
        let is_same = |last: &&Last| last.span == mark.span && last.words == quote;
        if let Some(last) =
            last.as_ref().filter(is_same).filter(|last| has_places || last.coder != mark.coder)
        {
            mark.span = Some(last.place.clone());
            continue;
        }
        let before = last.as_ref().map(|last| last.span.as_ref().map(|span| span.end));
        let gap = match (before, &mark.span) {
            (None, _) => "",
            (Some(Some(end)), Some(span)) if has_places => match span.start.checked_sub(end) {
                Some(0) => "",
                Some(1) => " ",
                Some(_) => "\n\n",
                None => continue,
            },
            _ => "\n\n",
        };
        text.push_str(gap);
        if let Some((range, _)) = rows.last_mut() {
            range.end = text.len();
        }
        n_chars += gap.chars().count() as u64;
        let from = text.len();
        text.push_str(quote);
        rows.push((from..text.len(), mark.kind.as_deref().map(Arc::from)));
        let place = n_chars..n_chars + quote.chars().count() as u64;
        n_chars = place.end;
        let (span, coder) = (mark.span.clone(), mark.coder.clone());
        last = Some(Last { span, words: quote.to_owned(), coder, place: place.clone() });
        mark.span = Some(place);
    }
    document.counted = Unit::CodePoints;
    Ok((text, Some(rows)))
}
