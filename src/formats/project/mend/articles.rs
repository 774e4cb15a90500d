//! Mending articles: their text is never changed, only locked.

use super::{Mender, Placed, free_id, quoted};
use crate::formats::articles::sha256_hex;
use crate::formats::project::records::{ArticleRec, SpanRec, TextRowRec};
use crate::formats::project::rows::TextRec;
use crate::formats::project::write_records as write;
use crate::model::article::{Article, Meta};
use crate::model::ids::{self, ArticleId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An article of the file, and what its text says of itself.
struct Taken {
    article: Article,
    text: Verdict,
    /// Sentences that say another span than they have.
    moved: Moved,
}

/// Whether a text is the one that was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Imported,
    /// It is again, after it was not.
    Again,
    /// Its rows were out of order, or stood twice.
    Reordered,
    /// It is not, and the file knows.
    Locked,
    /// It is not.
    Changed,
}

impl Mender {
    pub(super) fn take_articles(&mut self, recs: Vec<ArticleRec>) -> Vec<Arc<Article>> {
        let mut taken: BTreeSet<String> =
            recs.iter().filter(|rec| ids::is_id(&rec.id)).map(|rec| rec.id.clone()).collect();
        let mut articles = Vec::with_capacity(recs.len());
        let mut n_renamed = 0;
        for mut rec in recs {
            let written = rec.id.clone();
            let blank = std::mem::take(&mut rec.text.blank);
            let Taken { mut article, text, moved } = take(rec);
            if article.n_sentences() == 0 {
                let rows = blank.iter().map(|row| row.source.as_str());
                self.unplaced.push(write::one_line(|out| write::bare_article(out, &article, rows)));
                self.say(format!("article `{written}` has no text: it stays under `unplaced`"));
                continue;
            }
            if let Some(first) = self.articles.get(&written) {
                let mut renumbered = article.clone();
                renumbered.added = first.article.added;
                if *first.article == renumbered {
                    let says = format!("article {} stands twice: once is enough", quoted(&article));
                    self.say_at(&article.id, None, says);
                    continue;
                }
            }
            if self.articles.contains_key(&written) || !ids::is_id(&written) {
                let id = free_id(&written, n_renamed, |id| taken.contains(id));
                n_renamed += 1;
                let says = format!(
                    "id `{written}` of article {} is taken or no id: it is `{id}` now",
                    quoted(&article)
                );
                taken.insert(id.clone());
                article.id = ArticleId::new(id);
                self.say_at(&article.id, None, says);
            }
            self.say_blank(&article, &blank);
            self.say_text(&article, text, !moved.is_empty());
            let moved = spans_meant(&article, moved);
            let article = Arc::new(article);
            articles.push(Arc::clone(&article));
            self.articles.entry(written).or_insert(Placed { article, moved });
        }
        articles
    }

    fn say_blank(&mut self, article: &Article, blank: &[crate::formats::project::rows::BlankRow]) {
        if blank.is_empty() {
            return;
        }
        let more = blank.iter().filter(|row| !row.is_plain);
        self.unplaced.extend(more.map(|row| format!("text_row{}", row.source)));
        let says =
            format!("{} has rows of nothing but white space: they belong to the row before", quoted(article));
        self.say_at(&article.id, None, says);
    }

    fn say_text(&mut self, article: &Article, text: Verdict, is_moved: bool) {
        let title = quoted(article);
        let says = match text {
            Verdict::Changed => format!(
                "the text of {title} is not the one that was imported: the article is locked for labelling"
            ),
            Verdict::Again => {
                format!("the text of {title} is again the one that was imported: it is not locked any more")
            }
            Verdict::Reordered => {
                format!("rows of the text of {title} were out of order or stood twice: put in order")
            }
            Verdict::Imported | Verdict::Locked if is_moved => {
                format!(
                    "sentences of {title} say another place than they have: counted anew, answers went along"
                )
            }
            Verdict::Imported | Verdict::Locked => return,
        };
        self.say_at(&article.id, None, says);
    }
}

/// An article, held against the hash of what was imported.
fn take(mut rec: ArticleRec) -> Taken {
    let mut text = std::mem::take(&mut rec.text);
    let hash = sha256_hex(text.text.as_bytes());
    let verdict = if hash.eq_ignore_ascii_case(&rec.sha256) {
        if rec.locked.is_some() { Verdict::Again } else { Verdict::Imported }
    } else if let Some(ordered) = reordered(&text, &rec.sha256) {
        text = ordered;
        Verdict::Reordered
    } else if rec.locked.as_ref() == Some(&hash) {
        Verdict::Locked
    } else {
        Verdict::Changed
    };
    rec.text = text;
    let (mut article, moved) = article_as_written(rec);
    article.intact = !matches!(verdict, Verdict::Locked | Verdict::Changed);
    Taken { article, text: verdict, moved }
}

/// Sentences (by place in the list) that say another span than they have; `None` = no span at all.
type Moved = Vec<(usize, Option<Span>)>;

/// An article as it stands in the file, its text taken at its word.
pub(in crate::formats) fn article_as_written(rec: ArticleRec) -> (Article, Moved) {
    let text = rec.text;
    let mut article = Article::new(ArticleId::new(rec.id), text.text.into(), text.sentences, rec.sha256);
    article.added = rec.added;
    article.source = rec.source;
    article.source_sha256 = rec.source_sha256;
    article.extra = rec.extra;
    article.meta = Meta {
        title: rec.title,
        subtitle: rec.subtitle,
        byline: rec.byline,
        outlet: rec.outlet,
        section: rec.section,
        published: rec.published,
        published_as: rec.published_as,
        url: rec.url,
        doc_id: rec.doc_id,
        words: rec.words,
        lang: rec.lang,
        tags: rec.tags.0,
        import: rec.import,
    };
    (article, text.moved)
}

/// The text whose rows are sorted by the spans they say, each once, if that is the text imported.
fn reordered(text: &TextRec, sha256: &str) -> Option<TextRec> {
    if text.moved.is_empty() || text.moved.iter().any(|(_, written)| written.is_none()) {
        return None;
    }
    let mut said: Vec<Span> = text.sentences.iter().map(|sentence| sentence.span).collect();
    for (idx, written) in &text.moved {
        *said.get_mut(*idx)? = (*written)?;
    }
    let mut rows = Vec::with_capacity(said.len());
    for (idx, (sentence, span)) in text.sentences.iter().zip(said).enumerate() {
        let end = text.sentences.get(idx + 1).map_or(text.text.len(), |next| next.bytes.start as usize);
        rows.push(TextRowRec {
            s: SpanRec(Ok(span)),
            t: text.text.get(sentence.bytes.start as usize..end)?.to_owned(),
            kind: sentence.kind.as_deref().map(str::to_owned),
            extra: sentence.extra.clone(),
        });
    }
    rows.sort_by_key(|row| row.s.0.clone().ok());
    rows.dedup();
    let mut ordered = TextRec::default();
    for row in rows {
        ordered.push(row);
    }
    (sha256_hex(ordered.text.as_bytes()).eq_ignore_ascii_case(sha256)).then_some(ordered)
}

/// The spans that rows of sheets may name, for sentences that said another span than they have.
fn spans_meant(article: &Article, moved: Moved) -> BTreeMap<Span, Span> {
    let is_moved: BTreeSet<usize> = moved.iter().map(|(idx, _)| *idx).collect();
    let mut meant = BTreeMap::new();
    for (idx, written) in moved {
        let (Some(written), Some(sentence)) = (written, article.sentences().get(idx)) else { continue };
        let other = article.idx_of(written).filter(|idx| !is_moved.contains(idx));
        if other.is_none() {
            meant.entry(written).or_insert(sentence.span);
        }
    }
    meant
}
