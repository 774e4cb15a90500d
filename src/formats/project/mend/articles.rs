//! Mending articles: their text is never changed, only locked.

use super::{Mender, Numbers, Placed, plain_id, quoted};
use crate::formats::hashes::{hex, sha256_hex};
use crate::formats::project::cells::{SpanRec, TextRowRec};
use crate::formats::project::list::{List, Make, each};
use crate::formats::project::records::ArticleRec;
use crate::formats::project::room::{self, ALLOCATION};
use crate::formats::project::rows::{Moved, Names, Sources, TextRec};
use crate::formats::project::write_records as write;
use crate::model::article::{Article, Meta, Sentence};
use crate::model::ids::{self, ArticleId, Span};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An article of the file, and what its text says of itself.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct Taken {
    article: Arc<Article>,
    text: Verdict,
    /// Nothing, in nearly every article.
    odd: Option<Box<OddText>>,
}

/// What is odd in the rows of a text.
#[derive(Debug, Clone, PartialEq, Default)]
struct OddText {
    /// Sentences that say another span than they have.
    moved: Moved,
    blank: Sources,
    odd_blank: Sources,
    n_left_out: usize,
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
    pub(super) fn take_articles(&mut self, list: List<ArticleRec>) -> Vec<Arc<Article>> {
        self.unplaced.n_left_out += list.n_left_out;
        let ids = list.made.iter().map(|taken| &taken.article.id).filter(|id| ids::is_id(id.as_str()));
        let mut taken: BTreeSet<ArticleId> = ids.cloned().collect();
        let mut articles = Vec::new();
        let mut numbers = Numbers::default();
        for Taken { mut article, text, odd } in each(list.made) {
            let written = article.id.clone();
            let OddText { moved, blank, odd_blank, n_left_out } = odd.map(|odd| *odd).unwrap_or_default();
            self.unplaced.n_left_out += n_left_out;
            if article.n_sentences() == 0 {
                self.unplaced.push(&write::one_line(|out| write::bare_article(out, &article, blank.iter())));
                self.say(format!("article `{written}` has no text: it stays under `unplaced`"));
                continue;
            }
            if let Some(first) = self.articles.get(&written) {
                let mut renumbered = Article::clone(&article);
                renumbered.added = first.article.added;
                if *first.article == renumbered {
                    let says = format!("article {} stands twice: once is enough", quoted(&article));
                    self.say_at(&article.id, None, says);
                    continue;
                }
            }
            if self.articles.contains_key(&written) || !ids::is_id(written.as_str()) {
                let id = numbers.free_id(written.as_str(), |id| taken.contains(id));
                let says = format!(
                    "id `{written}` of article {} is taken or no id: it is `{id}` now",
                    quoted(&article)
                );
                let id = ArticleId::new(id);
                taken.insert(id.clone());
                Arc::make_mut(&mut article).id = id;
                self.say_at(&article.id, None, says);
            }
            if let Some(split) = article.split.clone().filter(|split| !ids::is_id(split)) {
                let plain = plain_id(&split);
                self.say_at(
                    &article.id,
                    None,
                    format!("split `{split}` of {} is no id: it is `{plain}` now", quoted(&article)),
                );
                Arc::make_mut(&mut article).split = Some(plain);
            }
            self.say_blank(&article, &blank, &odd_blank);
            self.say_text(&article, text, !moved.is_empty());
            let moved = spans_meant(&article, &moved);
            let moved = (!moved.is_empty()).then(|| Arc::new(moved));
            articles.push(Arc::clone(&article));
            self.articles.entry(written).or_insert(Placed { article, moved });
        }
        articles
    }

    fn say_blank(&mut self, article: &Article, blank: &Sources, odd_blank: &Sources) {
        if blank.is_empty() {
            return;
        }
        odd_blank.iter().for_each(|source| self.unplaced.push(&format!("text_row{source}")));
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

impl Make for ArticleRec {
    type Made = Taken;

    fn make(self, _: &mut Names) -> Taken {
        take(self)
    }

    /// Its rows have taken their room.
    fn n_bytes(taken: &Taken) -> usize {
        let (article, meta) = (&taken.article, &taken.article.meta);
        let own = [&article.source, &article.source_sha256, &article.aside, &article.split];
        let texts = [
            [&meta.title, &meta.subtitle, &meta.byline, &meta.outlet, &meta.section, &meta.published],
            [&meta.published_as, &meta.url, &meta.doc_id, &meta.lang, &meta.import, &None],
        ];
        let texts = own.into_iter().chain(texts.into_iter().flatten()).flatten();
        let texts: usize = texts.chain(&meta.tags).map(|text| room::of_text(text)).sum();
        let of_meta = if **meta == Meta::default() { 0 } else { size_of::<Meta>() };
        let of_tags = size_of_val(&*meta.tags);
        // Where another place is said, it is kept until the sheets are read.
        let of_odd = taken.odd.as_ref().map_or(0, |odd| {
            let n_places = odd.moved.iter().filter(|(_, written)| written.is_some()).count();
            size_of::<OddText>() + 2 * ALLOCATION + if n_places > 0 { 12 * ALLOCATION } else { 0 }
        });
        // Sets and lists that name it, and what its id, its text and its sentences have around them.
        let of_names = 14 * ALLOCATION;
        size_of::<Article>() + of_names + texts + of_meta + of_tags + of_odd + room::of_extra(&article.extra)
    }
}

/// An article, held against the hash of what was imported.
fn take(mut rec: ArticleRec) -> Taken {
    let mut text = std::mem::take(&mut rec.text);
    let (blank, odd_blank) = (std::mem::take(&mut text.blank), std::mem::take(&mut text.odd_blank));
    let n_left_out = text.n_left_out;
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
    let odd = OddText { moved, blank, odd_blank, n_left_out };
    let odd = (odd != OddText::default()).then(|| Box::new(odd));
    Taken { article: Arc::new(article), text: verdict, odd }
}

/// An article as it stands in the file, its text taken at its word.
pub(in crate::formats) fn article_as_written(rec: ArticleRec) -> (Article, Moved) {
    let text = rec.text;
    let mut article = Article::new(ArticleId::new(rec.id), text.text.into(), text.sentences, rec.sha256);
    article.added = rec.added;
    article.source = rec.source;
    article.source_sha256 = rec.source_sha256;
    article.aside = rec.aside;
    article.split = rec.split;
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
    }
    .into();
    (article, text.moved)
}

/// The text whose rows are sorted by the spans they say, each once, if that is the text imported.
fn reordered(text: &TextRec, sha256: &str) -> Option<TextRec> {
    if text.moved.is_empty() || text.moved.iter().any(|(_, written)| written.is_none()) {
        return None;
    }
    let mut order: Vec<(Span, usize)> =
        text.sentences.iter().map(|sentence| sentence.span).zip(0..).collect();
    for (idx, written) in &text.moved {
        order.get_mut(*idx as usize)?.0 = (*written)?;
    }
    order.sort_unstable();
    order.dedup_by(|(span, idx), (first_span, first)| {
        let (row, other) = (text.sentences.get(*idx), text.sentences.get(*first));
        let what = |sentence: &Sentence| (sentence.kind.clone(), sentence.extra.clone());
        *span == *first_span && text.row(*idx) == text.row(*first) && row.map(what) == other.map(what)
    });
    // Most texts that are not the one imported are another: that costs no copy of them.
    let mut hash = Sha256::new();
    for (_, idx) in &order {
        hash.update(text.row(*idx));
    }
    if !hex(hash).eq_ignore_ascii_case(sha256) {
        return None;
    }
    let mut ordered = TextRec::default();
    for (span, idx) in order {
        let sentence = text.sentences.get(idx)?;
        ordered.push(TextRowRec {
            s: SpanRec(Ok(span)),
            t: text.row(idx).to_owned(),
            kind: sentence.kind.as_deref().map(str::to_owned),
            extra: sentence.extra.clone(),
        });
    }
    Some(ordered)
}

/// The spans that rows of sheets may name, for sentences that said another span than they have.
fn spans_meant(article: &Article, moved: &Moved) -> BTreeMap<Span, Span> {
    let is_moved = |idx: usize| moved.binary_search_by_key(&idx, |(idx, _)| *idx as usize).is_ok();
    let mut meant = BTreeMap::new();
    for (idx, written) in moved {
        let sentence = article.sentences().get(*idx as usize);
        let (Some(written), Some(sentence)) = (*written, sentence) else { continue };
        let other = article.idx_of(written).filter(|idx| !is_moved(*idx));
        if other.is_none() {
            meant.entry(written).or_insert(sentence.span);
        }
    }
    meant
}
