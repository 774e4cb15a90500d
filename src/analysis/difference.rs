//! Where two versions of a project differ, thing by thing, for people and programs.

use crate::model::article::Article;
use crate::model::coder::Coder;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::decision::Decision;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, Kept, Span};
use crate::model::import::Import;
use crate::model::link::Link;
use crate::model::project::Project;
use crate::model::scheme::{Label, Scheme};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What two versions say of a thing, as far as they have it.
pub type Both<T> = (Option<T>, Option<T>);

/// An article that came, went, or about which something else is known.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleChange {
    pub a: Option<Arc<Article>>,
    pub b: Option<Arc<Article>>,
}

/// An answer, a doubt or a note that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct CodingChange {
    pub article: ArticleId,
    pub sentence: Span,
    pub coder: CoderId,
    pub base: Option<Coding>,
    pub a: Option<Coding>,
    pub b: Option<Coding>,
}

/// All that differs between two versions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    pub articles: Vec<ArticleChange>,
    /// Labels, in both versions.
    pub labels: Vec<Both<Arc<Label>>>,
    /// Other parts of the scheme: name, and what both say.
    pub scheme: Vec<(&'static str, String, String)>,
    /// Articles whose sentences begin elsewhere or are of other kinds.
    pub boundaries: Vec<(Arc<Article>, Arc<Article>)>,
    pub codings: Vec<CodingChange>,
    /// Sheets that are done, given or kept otherwise.
    pub sheets: Vec<(SheetKey, Both<Arc<Sheet>>)>,
    pub comments: Vec<Both<Comment>>,
    pub decisions: Vec<Both<Decision>>,
    /// Links, coders, draws, imports, conflicts and what is the project's own: what it is, and what both say.
    pub others: Vec<(String, Both<String>)>,
}

impl Difference {
    pub fn of(base: Option<&Project>, a: &Project, b: &Project) -> Self {
        let mut difference = Self::default();
        difference.take_articles(a, b);
        difference.take_scheme(a, b);
        difference.take_sheets(base, a, b);
        let comments = pairs(a.comments(), b.comments(), |comment| comment.id.clone());
        difference.comments = comments.into_iter().map(|(_, a, b)| (a.cloned(), b.cloned())).collect();
        let decisions = pairs(a.decisions(), b.decisions(), |decision| decision.id.clone());
        difference.decisions = decisions.into_iter().map(|(_, a, b)| (a.cloned(), b.cloned())).collect();
        difference.take_others(a, b);
        difference
    }

    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn take_articles(&mut self, a: &Project, b: &Project) {
        for (_, a, b) in pairs(a.articles(), b.articles(), |article| article.id.clone()) {
            if let (Some(a), Some(b)) = (a, b) {
                let has_same_text = a.text() == b.text();
                if has_same_text && a.sentences() != b.sentences() {
                    self.boundaries.push((Arc::clone(a), Arc::clone(b)));
                }
                let as_a = b.with_sentences(a.sentences().to_vec());
                if has_same_text && as_a == **a {
                    continue;
                }
            }
            self.articles.push(ArticleChange { a: a.cloned(), b: b.cloned() });
        }
    }

    fn take_scheme(&mut self, a: &Project, b: &Project) {
        let (a, b) = (a.scheme(), b.scheme());
        let labels = pairs(a.labels.iter(), b.labels.iter(), |label| label.id.clone());
        self.labels = labels.into_iter().map(|(_, a, b)| (a.cloned(), b.cloned())).collect();
        let order = |scheme: &Scheme| -> Vec<String> {
            scheme.labels.iter().map(|label| label.id.to_string()).collect()
        };
        for (name, a, b) in [
            ("version", a.version.to_string(), b.version.to_string()),
            ("choose", a.choose.clone(), b.choose.clone()),
            ("skip", a.skip.join(", "), b.skip.join(", ")),
            ("order of labels", order(a).join(", "), order(b).join(", ")),
            ("fields of a newer version", of_newer(&a.extra), of_newer(&b.extra)),
        ] {
            if a != b {
                self.scheme.push((name, a, b));
            }
        }
    }

    fn take_sheets(&mut self, base: Option<&Project>, a: &Project, b: &Project) {
        for (key, a, b) in pairs(a.sheets(), b.sheets(), |sheet| sheet.key.clone()) {
            let rows = |sheet: Option<&Arc<Sheet>>| -> BTreeMap<Span, Coding> {
                let rows = sheet.into_iter().flat_map(|sheet| &sheet.rows);
                rows.map(|row| (row.span, row.coding.clone())).collect()
            };
            let (of_a, of_b) = (rows(a), rows(b));
            let spans: BTreeSet<Span> = of_a.keys().chain(of_b.keys()).copied().collect();
            for sentence in spans {
                let (a, b) = (of_a.get(&sentence).cloned(), of_b.get(&sentence).cloned());
                if a != b {
                    let base = base.and_then(|base| base.coding(&key, sentence)).cloned();
                    let (article, coder) = (key.article.clone(), key.coder.clone());
                    self.codings.push(CodingChange { article, sentence, coder, base, a, b });
                }
            }
            let without_rows =
                |sheet: Option<&Arc<Sheet>>| sheet.map(|sheet| Sheet { rows: vec![], ..Sheet::clone(sheet) });
            if without_rows(a) != without_rows(b) {
                self.sheets.push((key, (a.cloned(), b.cloned())));
            }
        }
        self.codings.sort_by_key(|change| (change.article.clone(), change.sentence, change.coder.clone()));
    }

    fn take_others(&mut self, a: &Project, b: &Project) {
        for (id, a, b) in pairs(a.links(), b.links(), |link| link.id.clone()) {
            let words = |link: &Link| {
                format!("{} {} to {} {}", link.article, link.sentence, link.to_article, link.to_sentence)
            };
            self.others.push((format!("link {id}"), (a.map(words), b.map(words))));
        }
        for (id, a, b) in pairs(a.coders(), b.coders(), |coder| coder.id.clone()) {
            let words = |coder: &Coder| {
                let role = coder.role.as_ref().map(|role| format!(" ({role})"));
                format!("{}{}", coder.name, role.unwrap_or_default())
            };
            self.others.push((format!("coder {id}"), (a.map(words), b.map(words))));
        }
        for (id, a, b) in pairs(a.draws(), b.draws(), |draw| draw.id.clone()) {
            let words =
                |draw: &Draw| format!("{} of {} articles, seed {}", draw.articles.len(), draw.of, draw.seed);
            self.others.push((format!("draw {id}"), (a.map(words), b.map(words))));
        }
        for (id, a, b) in pairs(a.imports(), b.imports(), |import| import.id.clone()) {
            let words = |import: &Import| {
                let names: Vec<_> = import.files.iter().map(|file| file.name.as_str()).collect();
                let (n_taken, n_found) = (import.n_taken(), import.n_found());
                format!("{n_taken} of {n_found} articles from {}", names.join(", "))
            };
            self.others.push((format!("import {id}"), (a.map(words), b.map(words))));
        }
        let count = |project: &Project| Some(format!("{} open", project.conflicts().len()));
        if a.conflicts() != b.conflicts() {
            self.others.push(("conflicts".to_owned(), (count(a), count(b))));
        }
        for (name, a, b) in [
            ("title", a.title().to_owned(), b.title().to_owned()),
            ("id", a.id().to_string(), b.id().to_string()),
            ("never_end_after", a.never_end_after().join(", "), b.never_end_after().join(", ")),
            ("fields of a newer version", of_newer(a.extra()), of_newer(b.extra())),
        ] {
            if a != b {
                let said = |text: String| (!text.is_empty()).then_some(text);
                self.others.push((name.to_owned(), (said(a), said(b))));
            }
        }
    }
}

/// Fields that this version does not know, as they are written: `novelty: 1, other: "x"`.
pub fn of_newer(extra: &Kept) -> String {
    let fields = extra.iter().flat_map(|extra| extra.fields());
    fields.map(|(name, source)| format!("{name}: {source}")).collect::<Vec<_>>().join(", ")
}

/// Things of two lists by their keys, where they differ.
fn pairs<'a, T: PartialEq, K: Ord>(
    a: impl Iterator<Item = &'a T>,
    b: impl Iterator<Item = &'a T>,
    key: impl Fn(&T) -> K,
) -> Vec<(K, Option<&'a T>, Option<&'a T>)> {
    let mut both: BTreeMap<K, (Option<&T>, Option<&T>)> = BTreeMap::new();
    a.for_each(|thing| both.entry(key(thing)).or_default().0 = Some(thing));
    b.for_each(|thing| both.entry(key(thing)).or_default().1 = Some(thing));
    let differ = both.into_iter().filter(|(_, (a, b))| a != b);
    differ.map(|(key, (a, b))| (key, a, b)).collect()
}
