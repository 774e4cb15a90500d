//! A project, and [`Project::apply`]: the only way it changes.

use crate::model::action::{Action, SchemeHead};
use crate::model::article::{Article, Sentence};
use crate::model::audit;
use crate::model::chunks::{Chunks, Keyed};
use crate::model::coder::Coder;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::decision::{Conflict, Decision};
use crate::model::ids::{ArticleId, CoderId, Kept, LabelId, ProjectId, RecordId, Span};
use crate::model::link::Link;
use crate::model::scheme::{Label, Scheme};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeMap;
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
            extra: None,
        }
    }
}

/// A project. A copy is cheap: it shares everything until one of the two changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    id: ProjectId,
    title: Arc<str>,
    scheme: Arc<Scheme>,
    coders: Arc<BTreeMap<CoderId, Coder>>,
    articles: Chunks<Article>,
    sheets: Chunks<Sheet>,
    links: Arc<BTreeMap<RecordId, Link>>,
    decisions: Arc<BTreeMap<RecordId, Decision>>,
    comments: Arc<BTreeMap<RecordId, Comment>>,
    conflicts: Arc<Vec<Conflict>>,
    extra: Kept,
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
    #[error("coder `{0}` still has codings, comments, links or decisions")]
    CoderInUse(CoderId),
    #[error("article `{0}` still has sheets, comments, links or decisions")]
    ArticleInUse(ArticleId),
    #[error("the text of article `{0}` never changes")]
    TextChanged(ArticleId),
    #[error("the record says `{0}`, the action `{1}`")]
    WrongId(String, String),
    #[error("the text of article `{0}` does not match its hash, so it cannot be labelled")]
    Locked(ArticleId),
}

impl Project {
    /// Puts a project together; refuses what [`audit::audit`] would object to.
    pub fn assemble(parts: Parts) -> Result<Self, audit::Problem> {
        let records = |id: &RecordId| audit::Problem::Twice(id.to_string());
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

    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    pub fn extra(&self) -> &Kept {
        &self.extra
    }

    /// Changes one thing and returns the action that changes it back.
    ///
    /// Refuses whatever the audit would object to; on refusal nothing has changed.
    pub fn apply(&mut self, action: Action) -> Result<Action, Refusal> {
        match action {
            Action::Project { title } => self.apply_title(title),
            Action::Scheme { to } => self.apply_scheme(to),
            Action::Label { id, to } => self.apply_label(id, to),
            Action::Coder { id, to } => self.apply_coder(id, to),
            Action::Article { id, to } => self.apply_article(id, to),
            Action::Sentences { article, to } => self.apply_sentences(article, to),
            Action::Sheet { key, to } => self.apply_sheet(key, to),
            Action::Coding { key, span, to } => self.apply_coding(key, span, to),
            Action::Comment { id, to } => self.apply_comment(id, to),
            Action::Link { id, to } => self.apply_link(id, to),
            Action::Decision { id, to } => self.apply_decision(id, to),
            Action::Many(actions) => self.apply_many(actions),
        }
    }

    fn apply_many(&mut self, actions: Vec<Action>) -> Result<Action, Refusal> {
        let before = self.clone();
        let mut inverses = Vec::with_capacity(actions.len());
        for action in actions {
            match self.apply(action) {
                Ok(inverse) => inverses.push(inverse),
                Err(refusal) => {
                    *self = before;
                    return Err(refusal);
                }
            }
        }
        inverses.reverse();
        Ok(Action::Many(inverses))
    }

    fn apply_title(&mut self, title: String) -> Result<Action, Refusal> {
        audit::name("project", &title)?;
        let was = std::mem::replace(&mut self.title, title.into());
        Ok(Action::Project { title: was.as_ref().to_owned() })
    }

    fn apply_scheme(&mut self, to: SchemeHead) -> Result<Action, Refusal> {
        let head = |scheme: &Scheme| SchemeHead {
            version: scheme.version,
            choose: scheme.choose.clone(),
            skip: scheme.skip.clone(),
            extra: scheme.extra.clone(),
        };
        let was = head(&self.scheme);
        let scheme = Scheme {
            version: to.version,
            choose: to.choose,
            skip: to.skip,
            extra: to.extra,
            labels: self.scheme.labels.clone(),
        };
        if !scheme.takes_several() && self.scheme.takes_several() {
            let several = |sheet: &&Arc<Sheet>| sheet.rows.iter().any(|row| row.coding.labels.len() > 1);
            if let Some(sheet) = self.sheets.iter().find(several) {
                return Err(audit::Problem::SeveralLabels(sheet.key.article.clone()).into());
            }
        }
        self.scheme = Arc::new(scheme);
        Ok(Action::Scheme { to: was })
    }

    fn apply_label(&mut self, id: LabelId, to: Option<(usize, Arc<Label>)>) -> Result<Action, Refusal> {
        let was = self
            .scheme
            .idx_of(&id)
            .and_then(|idx| self.scheme.labels.get(idx).map(|label| (idx, Arc::clone(label))));
        let mut scheme = Scheme::clone(&self.scheme);
        scheme.labels.retain(|label| label.id != id);
        match &to {
            Some((idx, label)) => {
                if label.id != id {
                    return Err(Refusal::WrongId(label.id.to_string(), id.to_string()));
                }
                scheme.labels.insert((*idx).min(scheme.labels.len()), Arc::clone(label));
            }
            None => {
                let given = self
                    .sheets
                    .iter()
                    .any(|sheet| sheet.rows.iter().chain(&sheet.kept).any(|row| row.coding.has(&id)))
                    || self.decisions.values().any(|decision| decision.labels.contains(&id))
                    || self
                        .conflicts
                        .iter()
                        .any(|conflict| audit::labels_of(conflict).any(|label| *label == id));
                if given {
                    return Err(Refusal::LabelInUse(id));
                }
                if was.is_none() {
                    return Err(Refusal::NoLabel(id));
                }
            }
        }
        audit::scheme(&scheme)?;
        self.scheme = Arc::new(scheme);
        Ok(Action::Label { id, to: was })
    }

    fn apply_coder(&mut self, id: CoderId, to: Option<Coder>) -> Result<Action, Refusal> {
        match &to {
            Some(coder) => {
                if coder.id != id {
                    return Err(Refusal::WrongId(coder.id.to_string(), id.to_string()));
                }
                audit::coder(coder)?;
                audit::room_for_coder(self.coders.len() + usize::from(!self.coders.contains_key(&id)))?;
            }
            None => {
                if audit::names_coder(self, &id) {
                    return Err(Refusal::CoderInUse(id));
                }
            }
        }
        let coders = Arc::make_mut(&mut self.coders);
        let was = match to {
            Some(coder) => coders.insert(id.clone(), coder),
            None => Some(coders.remove(&id).ok_or_else(|| Refusal::NoCoder(id.clone()))?),
        };
        Ok(Action::Coder { id, to: was })
    }

    fn apply_article(&mut self, id: ArticleId, to: Option<Arc<Article>>) -> Result<Action, Refusal> {
        let was = self.articles.get(&id).cloned();
        match (to, &was) {
            (Some(article), was) => {
                if article.id != id {
                    return Err(Refusal::WrongId(article.id.to_string(), id.to_string()));
                }
                audit::article(&article)?;
                let same = |was: &Arc<Article>| {
                    was.text() == article.text() && was.sentences() == article.sentences()
                };
                if !was.as_ref().is_none_or(same) {
                    return Err(Refusal::TextChanged(id));
                }
                self.articles.insert(article);
            }
            (None, None) => return Err(Refusal::NoArticle(id)),
            (None, Some(_)) => {
                if audit::names_article(self, &id) {
                    return Err(Refusal::ArticleInUse(id));
                }
                self.articles.remove(&id);
            }
        }
        Ok(Action::Article { id, to: was })
    }

    fn apply_sentences(&mut self, article: ArticleId, to: Vec<Sentence>) -> Result<Action, Refusal> {
        let was = self.articles.get(&article).ok_or_else(|| Refusal::NoArticle(article.clone()))?;
        let now = was.with_sentences(to);
        audit::article(&now)?;
        let lost = audit::spans_named(self, &article).find(|span| now.idx_of(*span).is_none());
        if let Some(span) = lost {
            return Err(Refusal::NoSentence(span, article));
        }
        let was = was.sentences().to_vec();
        self.articles.insert(Arc::new(now));
        Ok(Action::Sentences { article, to: was })
    }

    fn apply_sheet(&mut self, key: SheetKey, to: Option<Arc<Sheet>>) -> Result<Action, Refusal> {
        let was = match to {
            Some(sheet) => {
                if sheet.key != key {
                    return Err(Refusal::WrongId(format!("{:?}", sheet.key), format!("{key:?}")));
                }
                audit::sheet(self, &sheet)?;
                if self.articles.get(&key.article).is_some_and(|article| !article.intact) {
                    return Err(Refusal::Locked(key.article));
                }
                self.sheets.insert(sheet)
            }
            None => Some(
                self.sheets
                    .remove(&key)
                    .ok_or_else(|| Refusal::NoSheet(key.coder.clone(), key.article.clone()))?,
            ),
        };
        Ok(Action::Sheet { key, to: was })
    }

    fn apply_coding(&mut self, key: SheetKey, span: Span, to: Option<Coding>) -> Result<Action, Refusal> {
        let article =
            self.articles.get(&key.article).ok_or_else(|| Refusal::NoArticle(key.article.clone()))?;
        if !article.intact {
            return Err(Refusal::Locked(key.article));
        }
        if article.idx_of(span).is_none() {
            return Err(Refusal::NoSentence(span, key.article));
        }
        if let Some(coding) = &to {
            audit::coding(&self.scheme, &key.article, span, coding)?;
        }
        let Some(sheet) = self.sheets.get_mut(&key) else {
            return Err(Refusal::NoSheet(key.coder, key.article));
        };
        let was = sheet.put(span, to);
        Ok(Action::Coding { key, span, to: was })
    }

    fn apply_comment(&mut self, id: RecordId, to: Option<Comment>) -> Result<Action, Refusal> {
        if let Some(comment) = &to {
            same_id(&comment.id, &id)?;
            audit::comment(self, comment)?;
        } else if self.comments.values().any(|comment| comment.re.as_ref() == Some(&id)) {
            return Err(audit::Problem::NoComment(id.to_string()).into());
        }
        let was = put(&mut self.comments, &id, to)?;
        Ok(Action::Comment { id, to: was })
    }

    fn apply_link(&mut self, id: RecordId, to: Option<Link>) -> Result<Action, Refusal> {
        if let Some(link) = &to {
            same_id(&link.id, &id)?;
            audit::link(self, link)?;
        }
        let was = put(&mut self.links, &id, to)?;
        Ok(Action::Link { id, to: was })
    }

    fn apply_decision(&mut self, id: RecordId, to: Option<Decision>) -> Result<Action, Refusal> {
        if let Some(decision) = &to {
            same_id(&decision.id, &id)?;
            audit::decision(self, decision)?;
        }
        let was = put(&mut self.decisions, &id, to)?;
        Ok(Action::Decision { id, to: was })
    }
}

fn same_id(record: &RecordId, action: &RecordId) -> Result<(), Refusal> {
    if record == action { Ok(()) } else { Err(Refusal::WrongId(record.to_string(), action.to_string())) }
}

/// Sets or takes away a record; refuses to take away what is not there.
fn put<T: Clone>(
    records: &mut Arc<BTreeMap<RecordId, T>>,
    id: &RecordId,
    to: Option<T>,
) -> Result<Option<T>, Refusal> {
    let records = Arc::make_mut(records);
    match to {
        Some(record) => Ok(records.insert(id.clone(), record)),
        None => match records.remove(id) {
            Some(record) => Ok(Some(record)),
            None => Err(audit::Problem::NoRecord(id.to_string()).into()),
        },
    }
}
