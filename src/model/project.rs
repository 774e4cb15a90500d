//! A project: what it holds, and the doors to read it. How it changes stands in `apply`.

use crate::model::article::Article;
use crate::model::audit;
use crate::model::chunks::{Chunks, Keyed};
use crate::model::coder::Coder;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::conflict::Conflict;
use crate::model::decision::Decision;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, Kept, LabelId, ProjectId, RecordId, Span};
use crate::model::import::Import;
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
    pub links: Vec<Arc<Link>>,
    pub decisions: Vec<Arc<Decision>>,
    pub comments: Vec<Arc<Comment>>,
    pub conflicts: Vec<Conflict>,
    /// Abbreviations that no sentence ends after, with or without their last full stop.
    pub never_end_after: Vec<String>,
    /// Whose file this is, in one that was handed out.
    pub handed_to: Option<CoderId>,
    pub draws: Vec<Arc<Draw>>,
    pub imports: Vec<Arc<Import>>,
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
            handed_to: None,
            draws: vec![],
            imports: vec![],
            extra: None,
        }
    }

    /// Everything in a project.
    pub fn of(project: &Project) -> Self {
        Self {
            id: project.id.clone(),
            title: project.title.as_ref().to_owned(),
            scheme: Scheme::clone(&project.scheme),
            coders: project.coders().cloned().collect(),
            articles: project.articles().cloned().collect(),
            sheets: project.sheets().cloned().collect(),
            links: project.links.values().cloned().collect(),
            decisions: project.decisions.values().cloned().collect(),
            comments: project.comments.values().cloned().collect(),
            conflicts: project.conflicts.to_vec(),
            never_end_after: project.never_end_after.to_vec(),
            handed_to: project.handed_to.clone(),
            draws: project.draws.values().cloned().collect(),
            imports: project.imports.values().cloned().collect(),
            extra: project.extra.clone(),
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
    pub(in crate::model) links: Arc<BTreeMap<RecordId, Arc<Link>>>,
    pub(in crate::model) decisions: Arc<BTreeMap<RecordId, Arc<Decision>>>,
    pub(in crate::model) comments: Arc<BTreeMap<RecordId, Arc<Comment>>>,
    pub(in crate::model) conflicts: Arc<Vec<Conflict>>,
    pub(in crate::model) never_end_after: Arc<[String]>,
    pub(in crate::model) handed_to: Option<CoderId>,
    pub(in crate::model) draws: Arc<BTreeMap<RecordId, Arc<Draw>>>,
    pub(in crate::model) imports: Arc<BTreeMap<RecordId, Arc<Import>>>,
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
    #[error("coder `{0}` still has sheets, comments, links, decisions, draws, imports or conflicts")]
    CoderInUse(CoderId),
    #[error("article `{0}` still has sheets, comments, links, decisions, draws or conflicts")]
    ArticleInUse(ArticleId),
    #[error("no place {0} among {1} conflicts")]
    NoPlace(usize, usize),
    #[error("the text of article `{0}` never changes")]
    TextChanged(ArticleId),
    #[error("the record says `{0}`, the action `{1}`")]
    WrongId(String, String),
    #[error("the text of article `{0}` does not match its hash, so it cannot be labelled")]
    Locked(ArticleId),
    #[error(
        "article `{article}` cannot get other sentences while {} at sentences that would go\0hint: take away or settle these \
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
        (n_conflicts, "1 conflict", "conflicts"),
    ];
    let held = what.iter().filter(|(n, ..)| *n > 0);
    let held = held.map(|(n, one, many)| if *n == 1 { (*one).to_owned() } else { format!("{n} {many}") });
    let stand = if n_links + n_decisions + n_conflicts == 1 { "stands" } else { "stand" };
    format!("{} {stand}", held.collect::<Vec<_>>().join(" and "))
}

/// Records by their ids, which no two share.
fn by_id<T>(
    records: Vec<Arc<T>>,
    id: impl Fn(&T) -> &RecordId,
) -> Result<BTreeMap<RecordId, Arc<T>>, audit::Problem> {
    let mut map = BTreeMap::new();
    for record in records {
        if let Some(twice) = map.insert(id(&record).clone(), record) {
            return Err(audit::Problem::Twice(id(&twice).to_string()));
        }
    }
    Ok(map)
}

impl Project {
    /// Puts a project together; refuses what [`audit::audit`] would object to.
    pub fn assemble(parts: Parts) -> Result<Self, audit::Problem> {
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
            links: Arc::new(by_id(parts.links, |link| &link.id)?),
            decisions: Arc::new(by_id(parts.decisions, |decision| &decision.id)?),
            comments: Arc::new(by_id(parts.comments, |comment| &comment.id)?),
            conflicts: Arc::new(parts.conflicts),
            never_end_after: parts.never_end_after.into(),
            handed_to: parts.handed_to,
            draws: Arc::new(by_id(parts.draws, |draw| &draw.id)?),
            imports: Arc::new(by_id(parts.imports, |import| &import.id)?),
            extra: parts.extra,
        };
        let coders = Arc::make_mut(&mut project.coders);
        for coder in parts.coders {
            if let Some(twice) = coders.insert(coder.id.clone(), coder) {
                return Err(audit::Problem::Twice(twice.id.to_string()));
            }
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

    /// Articles from an id on, in the order of their ids.
    pub fn articles_from<'a>(&'a self, id: &ArticleId) -> impl Iterator<Item = &'a Arc<Article>> + use<'a> {
        self.articles.from(id)
    }

    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.articles.get(id)
    }

    /// Whether both have the same articles, as a quick look tells: it may say no where they are equal.
    pub fn shares_articles(&self, other: &Self) -> bool {
        self.articles.is_shared_with(&other.articles)
    }

    /// The same of sheets.
    pub fn shares_sheets(&self, other: &Self) -> bool {
        self.sheets.is_shared_with(&other.sheets)
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
        self.links.values().map(|link| &**link)
    }

    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.values().map(|decision| &**decision)
    }

    pub fn decision(&self, id: &RecordId) -> Option<&Decision> {
        self.decisions.get(id).map(|decision| &**decision)
    }

    pub fn comments(&self) -> impl Iterator<Item = &Comment> {
        self.comments.values().map(|comment| &**comment)
    }

    pub fn comment(&self, id: &RecordId) -> Option<&Comment> {
        self.comments.get(id).map(|comment| &**comment)
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

    /// Whose file this is, in one that was handed out.
    pub fn handed_to(&self) -> Option<&CoderId> {
        self.handed_to.as_ref()
    }

    /// Reliability samples that were drawn, by their ids.
    pub fn draws(&self) -> impl Iterator<Item = &Draw> {
        self.draws.values().map(|draw| &**draw)
    }

    pub fn draw(&self, id: &RecordId) -> Option<&Draw> {
        self.draws.get(id).map(|draw| &**draw)
    }

    /// What was read when articles came in, by the ids of the records.
    pub fn imports(&self) -> impl Iterator<Item = &Import> {
        self.imports.values().map(|import| &**import)
    }

    /// The record that an article names; of older files, and of what came in otherwise, there is none.
    pub fn import(&self, id: &RecordId) -> Option<&Import> {
        self.imports.get(id).map(|import| &**import)
    }

    pub fn extra(&self) -> &Kept {
        &self.extra
    }
}
