//! Which articles of several files are the same one, and where a sentence of one is in the other.

use crate::model::article::Article;
use crate::model::ids::{ArticleId, Span};
use crate::text::fold::squeeze;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What tells two prints of one text apart: outlet, date, url.
type Print = [Option<String>; 3];

/// The articles so far, by their text.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    articles: BTreeMap<ArticleId, Arc<Article>>,
    /// Only of articles that were looked for by their text: most are known by their id.
    by_text: BTreeMap<String, Vec<ArticleId>>,
    not_by_text: Vec<ArticleId>,
    paired: BTreeSet<ArticleId>,
    last_added: u32,
}

/// Where an article of a file is here.
#[derive(Debug)]
pub(super) struct Placed {
    pub id: ArticleId,
    /// Sentences there and here, where the texts are not the same to the letter; else the sentences here.
    spans: Spans,
}

#[derive(Debug)]
enum Spans {
    Here(Arc<Article>),
    Mapped(BTreeMap<Span, Span>),
}

/// Where the articles of one file are.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub articles: BTreeMap<ArticleId, Placed>,
    /// Titles of articles that may be one of several, and came in by themselves.
    pub doubtful: Vec<String>,
}

impl Placed {
    /// A sentence of the file as one of these, where there is one.
    pub(super) fn span(&self, span: Span) -> Option<Span> {
        match &self.spans {
            Spans::Here(article) => article.idx_of(span).map(|_| span),
            Spans::Mapped(spans) => spans.get(&span).copied(),
        }
    }
}

impl Shelf {
    /// Takes in the articles of a file; each is paired with one of another file at most.
    pub(super) fn place(&mut self, file: usize, articles: &[&Arc<Article>]) -> Places {
        let mut places = Places::default();
        if self.articles.is_empty() {
            for article in articles {
                self.add(file, article, &mut places);
            }
            return places;
        }
        // Who took in the same file has the same id, text and print.
        let mut used: BTreeSet<ArticleId> = BTreeSet::new();
        let mut texts: BTreeMap<String, Vec<&Arc<Article>>> = BTreeMap::new();
        for article in articles {
            let here = self.articles.get(&article.id);
            if here.is_some_and(|here| here.text() == article.text() && print(here) == print(article)) {
                self.pair(file, &article.id, article, &mut places);
                used.insert(article.id.clone());
            } else {
                texts.entry(squeeze(article.text())).or_default().push(article);
            }
        }
        if !texts.is_empty() {
            self.look_into_texts();
        }
        let mut new: Vec<&Arc<Article>> = Vec::new();
        for (text, theirs) in texts {
            let mut free: Vec<ArticleId> = self.by_text.get(&text).cloned().unwrap_or_default();
            free.retain(|id| !used.contains(id));
            let mut left = Vec::new();
            for article in theirs {
                let same = free
                    .iter()
                    .position(|id| self.articles.get(id).is_some_and(|here| print(here) == print(article)));
                match same {
                    Some(at) => self.pair(file, &free.remove(at), article, &mut places),
                    None => left.push(article),
                }
            }
            // What is said about it may have been mended in one of the files.
            if let ([id], [article]) = (free.as_slice(), left.as_slice()) {
                self.pair(file, id, article, &mut places);
                continue;
            }
            if file > 0 && !free.is_empty() {
                places.doubtful.extend(left.iter().map(|article| article.shown_title().to_owned()));
            }
            new.extend(left);
        }
        new.sort_by_key(|article| article.added);
        for article in new {
            self.add(file, article, &mut places);
        }
        places
    }

    fn look_into_texts(&mut self) {
        for id in std::mem::take(&mut self.not_by_text) {
            if let Some(article) = self.articles.get(&id) {
                self.by_text.entry(squeeze(article.text())).or_default().push(id);
            }
        }
    }

    fn pair(&mut self, file: usize, id: &ArticleId, article: &Arc<Article>, places: &mut Places) {
        let Some(here) = self.articles.get(id).cloned() else { return };
        if file > 0 {
            self.paired.insert(id.clone());
        }
        let spans = if here.text() == article.text() {
            Spans::Here(here)
        } else {
            let ours: BTreeMap<Span, Span> =
                solid(&here).zip(here.sentences()).map(|(solid, sentence)| (solid, sentence.span)).collect();
            let theirs = solid(article).zip(article.sentences());
            Spans::Mapped(theirs.filter_map(|(solid, s)| Some((s.span, *ours.get(&solid)?))).collect())
        };
        places.articles.insert(article.id.clone(), Placed { id: id.clone(), spans });
    }

    fn add(&mut self, file: usize, article: &Arc<Article>, places: &mut Places) {
        let mut id = article.id.clone();
        let mut n = 2;
        while self.articles.contains_key(&id) {
            let short: String = article.id.as_str().chars().take(56).collect();
            id = ArticleId::new(format!("{short}-{n}"));
            n += 1;
        }
        let mut taken = Article::clone(article);
        if file > 0 {
            taken.added = self.last_added.saturating_add(1);
        }
        self.last_added = self.last_added.max(taken.added);
        taken.id = id.clone();
        let taken = Arc::new(taken);
        self.not_by_text.push(id.clone());
        let spans = Spans::Here(Arc::clone(&taken));
        self.articles.insert(id.clone(), taken);
        places.articles.insert(article.id.clone(), Placed { id, spans });
    }

    /// All articles, and how many of them two files or more have.
    pub(super) fn end(&mut self) -> (Vec<Arc<Article>>, usize) {
        (std::mem::take(&mut self.articles).into_values().collect(), self.paired.len())
    }
}

fn print(article: &Article) -> Print {
    let meta = &article.meta;
    [meta.outlet.clone(), meta.published.clone(), meta.url.clone()]
}

/// The place of each sentence counted without white space: the same in every print of a text.
fn solid(article: &Article) -> impl Iterator<Item = Span> {
    let mut at = 0;
    article.sentences().iter().map(move |sentence| {
        let n = article.words_of(sentence).chars().filter(|c| !c.is_whitespace()).count();
        let start = at;
        at += u32::try_from(n).unwrap_or(u32::MAX);
        Span::new(start, at)
    })
}
