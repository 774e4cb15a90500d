//! A project: what it holds, and the doors to read it. How it changes stands in `apply`.

use crate::model::article::Article;
use crate::model::audit;
use crate::model::chunks::{Chunks, Keyed};
use crate::model::coder::Coder;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::decision::{Conflict, Decision};
use crate::model::ids::{ArticleId, CoderId, Kept, LabelId, ProjectId, RecordId, Span};
use crate::model::link::Link;
use crate::model::scheme::Scheme;
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Keyed for Article {
    type Key = ArticleId;
    fn key(&self) -> &ArticleId {
        &self.id
    }
}

impl Keyed for Sheet {
    type Key = SheetKey;
    fn key(&self) -> &SheetKey {
        &self.key
    }
}

/// Everything a project file holds, as a reader brings it in.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    pub id: ProjectId,
    pub title: String,
    pub scheme: Scheme,
    pub coders: Vec<Coder>,
    pub articles: Vec<Arc<Article>>,
    pub sheets: Vec<Arc<Sheet>>,
    pub links: Vec<Link>,
    pub decisions: Vec<Decision>,
    pub comments: Vec<Comment>,
    pub conflicts: Vec<Conflict>,
    /// Abbreviations that no sentence ends after, with or without their last full stop.
    pub never_end_after: Vec<String>,
    pub extra: Kept,
}

impl Parts {
    /// An empty project with the default scheme.
    pub fn new(id: ProjectId, title: &str) -> Self {
        Self {
            id,
            title: title.to_owned(),
            scheme: Scheme::allegata(),
            coders: vec![],
            articles: vec![],
            sheets: vec![],
            links: vec![],
            decisions: vec![],
            comments: vec![],
            conflicts: vec![],
            never_end_after: vec![],
            extra: None,
        }
    }
}

/// A project. A copy is cheap: it shares everything until one of the two changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    pub(in crate::model) id: ProjectId,
    pub(in crate::model) title: Arc<str>,
    pub(in crate::model) scheme: Arc<Scheme>,
    pub(in crate::model) coders: Arc<BTreeMap<CoderId, Coder>>,
    pub(in crate::model) articles: Chunks<Article>,
    pub(in crate::model) sheets: Chunks<Sheet>,
    pub(in crate::model) links: Arc<BTreeMap<RecordId, Link>>,
    pub(in crate::model) decisions: Arc<BTreeMap<RecordId, Decision>>,
    pub(in crate::model) comments: Arc<BTreeMap<RecordId, Comment>>,
    pub(in crate::model) conflicts: Arc<Vec<Conflict>>,
    pub(in crate::model) never_end_after: Arc<[String]>,
    pub(in crate::model) extra: Kept,
}

/// Why an action was refused; the project is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{0}")]
    Unsound(#[from] audit::Problem),
    #[error("no article `{0}` in this project")]
    NoArticle(ArticleId),
    #[error("no coder `{0}` in this project")]
    NoCoder(CoderId),
    #[error("coder `{0}` has no sheet for article `{1}`")]
    NoSheet(CoderId, ArticleId),
    #[error("no label `{0}` in this scheme")]
    NoLabel(LabelId),
    #[error("no sentence `{0}` in article `{1}`")]
    NoSentence(Span, ArticleId),
    #[error("label `{0}` is still in use")]
    LabelInUse(LabelId),
    #[error("coder `{0}` still has sheets, comments, links, decisions or conflicts")]
    CoderInUse(CoderId),
    #[error("article `{0}` still has sheets, comments, links, decisions or conflicts")]
    ArticleInUse(ArticleId),
    #[error("the text of article `{0}` never changes")]
    TextChanged(ArticleId),
    #[error("the record says `{0}`, the action `{1}`")]
    WrongId(String, String),
    #[error("the text of article `{0}` does not match its hash, so it cannot be labelled")]
    Locked(ArticleId),
    #[error(
        "article `{article}` cannot get other sentences while {} at sentences that would go hint: take away or settle these \
         first, or leave the article as it is",
        held(*n_links, *n_decisions, *n_conflicts)
    )]
    HeldInPlace { article: ArticleId, n_links: usize, n_decisions: usize, n_conflicts: usize },
}

/// `1 link and 2 decisions stand`.
fn held(n_links: usize, n_decisions: usize, n_conflicts: usize) -> String {
    let what = [
        (n_links, "1 link", "links"),
        (n_decisions, "1 decision", "decisions"),
        (n_conflicts, "1 pair of answers in conflict", "pairs of answers in conflict"),
    ];
    let held = what.iter().filter(|(n, ..)| *n > 0);
    let held = held.map(|(n, one, many)| if *n == 1 { (*one).to_owned() } else { format!("{n} {many}") });
    let stand = if n_links + n_decisions + n_conflicts == 1 { "stands" } else { "stand" };
    format!("{} {stand}", held.collect::<Vec<_>>().join(" and "))
}

impl Project {
    /// Puts a project together; refuses what [`audit::audit`] would object to.
    pub fn assemble(parts: Parts) -> Result<Self, audit::Problem> {
        let records = |id: &RecordId| audit::Problem::Twice(id.to_string());
        let mut article_ids = BTreeSet::new();
        if let Some(twice) = parts.articles.iter().find(|article| !article_ids.insert(&article.id)) {
            return Err(audit::Problem::Twice(twice.id.to_string()));
        }
        let mut sheet_keys = BTreeSet::new();
        if let Some(twice) = parts.sheets.iter().find(|sheet| !sheet_keys.insert(&sheet.key)) {
            return Err(audit::Problem::Twice(twice.key.to_string()));
        }
        let mut project = Self {
            id: parts.id,
            title: parts.title.into(),
            scheme: Arc::new(parts.scheme),
            coders: Arc::default(),
            articles: Chunks::collect(parts.articles),
            sheets: Chunks::collect(parts.sheets),
            links: Arc::default(),
            decisions: Arc::default(),
            comments: Arc::default(),
            conflicts: Arc::new(parts.conflicts),
            never_end_after: parts.never_end_after.into(),
            extra: parts.extra,
        };
        let coders = Arc::make_mut(&mut project.coders);
        for coder in parts.coders {
            if let Some(twice) = coders.insert(coder.id.clone(), coder) {
                return Err(audit::Problem::Twice(twice.id.to_string()));
            }
        }
        let links = Arc::make_mut(&mut project.links);
        for link in parts.links {
            links.insert(link.id.clone(), link).map_or(Ok(()), |twice| Err(records(&twice.id)))?;
        }
        let decisions = Arc::make_mut(&mut project.decisions);
        for decision in parts.decisions {
            let twice = decisions.insert(decision.id.clone(), decision);
            twice.map_or(Ok(()), |twice| Err(records(&twice.id)))?;
        }
        let comments = Arc::make_mut(&mut project.comments);
        for comment in parts.comments {
            comments.insert(comment.id.clone(), comment).map_or(Ok(()), |twice| Err(records(&twice.id)))?;
        }
        match audit::audit(&project).into_iter().next() {
            Some(problem) => Err(problem),
            None => Ok(project),
        }
    }

    pub fn id(&self) -> &ProjectId {
        &self.id
    }

    /// The same as a project of its own, with a new id.
    #[must_use]
    pub fn copy_as(&self, id: ProjectId) -> Self {
        Self { id, ..self.clone() }
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// Coders in the order of their ids.
    pub fn coders(&self) -> impl Iterator<Item = &Coder> {
        self.coders.values()
    }

    pub fn coder(&self, id: &CoderId) -> Option<&Coder> {
        self.coders.get(id)
    }

    pub fn n_coders(&self) -> usize {
        self.coders.len()
    }

    /// Articles in the order of their ids, which is the order of the file.
    pub fn articles(&self) -> impl DoubleEndedIterator<Item = &Arc<Article>> {
        self.articles.iter()
    }

    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.articles.get(id)
    }

    pub fn n_articles(&self) -> usize {
        self.articles.len()
    }

    /// Sheets coder by coder, and within a coder article by article.
    pub fn sheets(&self) -> impl Iterator<Item = &Arc<Sheet>> {
        self.sheets.iter()
    }

    pub fn sheet(&self, key: &SheetKey) -> Option<&Arc<Sheet>> {
        self.sheets.get(key)
    }

    /// The sheets of one coder, article by article.
    pub fn sheets_of<'a>(&'a self, coder: &'a CoderId) -> impl Iterator<Item = &'a Arc<Sheet>> {
        let from = SheetKey { coder: coder.clone(), article: ArticleId::new("") };
        self.sheets.from(&from).take_while(move |sheet| sheet.key.coder == *coder)
    }

    /// The sheets of one article, coder by coder.
    pub fn sheets_for<'a>(&'a self, article: &'a ArticleId) -> impl Iterator<Item = &'a Arc<Sheet>> {
        self.coders
            .keys()
            .filter_map(|coder| self.sheet(&SheetKey { coder: coder.clone(), article: article.clone() }))
    }

    pub fn coding(&self, key: &SheetKey, span: Span) -> Option<&Coding> {
        self.sheet(key)?.coding(span)
    }

    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.links.values()
    }

    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.values()
    }

    pub fn comments(&self) -> impl Iterator<Item = &Comment> {
        self.comments.values()
    }

    pub fn comment(&self, id: &RecordId) -> Option<&Comment> {
        self.comments.get(id)
    }

    pub fn n_comments(&self) -> usize {
        self.comments.len()
    }

    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The project's own abbreviations, as the splitter is told them: no sentence ends after one.
    pub fn never_end_after(&self) -> &[String] {
        &self.never_end_after
    }

    pub fn extra(&self) -> &Kept {
        &self.extra
    }
}
