//! Three versions made comparable: the same article under the same id, over the same sentences.

use crate::model::action::Action;
use crate::model::article::{Article, Sentence};
use crate::model::audit::Problem;
use crate::model::comment::Comment;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, MAX_ID_BYTES, RecordId};
use crate::model::link::Link;
use crate::model::plan;
use crate::model::project::{Parts, Project};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A version of the project.
pub(super) struct Version {
    /// With the other versions' ids of articles, else as it came.
    pub was: Project,
    /// The same over the merged sentences, without the links and decisions that it has from the base.
    pub now: Project,
    /// Articles that it took away and the other side worked on: they are as in the base.
    pub back: BTreeMap<ArticleId, Back>,
    /// Articles of the base over whose merged sentences its answers could not come: it says nothing about them.
    mute: BTreeSet<ArticleId>,
}

/// An article of the base, with what is said about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Back {
    pub article: Option<Arc<Article>>,
    pub sheets: Vec<Arc<Sheet>>,
    pub links: Vec<Link>,
    pub decisions: Vec<Decision>,
    pub comments: Vec<Comment>,
}

/// Records by their ids.
pub(super) type ById<'a, T> = BTreeMap<&'a RecordId, &'a T>;

impl Version {
    pub(super) fn new(project: Project) -> Self {
        Self { now: project.clone(), was: project, back: BTreeMap::new(), mute: BTreeSet::new() }
    }

    /// Says nothing about an article any more.
    pub(super) fn forget(&mut self, id: &ArticleId) {
        self.mute.insert(id.clone());
    }

    pub(super) fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.now.article(id).or_else(|| self.back.get(id).and_then(|back| back.article.as_ref()))
    }

    /// All sheets over the merged sentences.
    pub(super) fn sheets(&self) -> BTreeMap<&SheetKey, &Arc<Sheet>> {
        let back = self.back.values().flat_map(|back| &back.sheets);
        let speaks = |sheet: &&Arc<Sheet>| !self.mute.contains(&sheet.key.article);
        self.now.sheets().chain(back).filter(speaks).map(|sheet| (&sheet.key, sheet)).collect()
    }

    pub(super) fn comments(&self) -> ById<'_, Comment> {
        let back = self.back.values().flat_map(|back| &back.comments);
        back.chain(self.now.comments()).map(|comment| (&comment.id, comment)).collect()
    }

    /// The links as they came.
    pub(super) fn links_before(&self) -> ById<'_, Link> {
        let back = self.back.values().flat_map(|back| &back.links);
        back.chain(self.was.links()).map(|link| (&link.id, link)).collect()
    }

    /// The decisions as they came.
    pub(super) fn decisions_before(&self) -> ById<'_, Decision> {
        let back = self.back.values().flat_map(|back| &back.decisions);
        back.chain(self.was.decisions()).map(|decision| (&decision.id, decision)).collect()
    }

    /// Takes out of `now` the links and decisions that are those of the base: what becomes of them the other side says.
    pub(super) fn without_those_of(&mut self, base: &Project) -> Result<(), Problem> {
        let links: BTreeMap<_, _> = base.links().map(|link| (&link.id, link)).collect();
        let decisions: BTreeMap<_, _> = base.decisions().map(|decision| (&decision.id, decision)).collect();
        let is_old_link = |link: &&Link| links.get(&link.id) == Some(link);
        let is_old = |decision: &&Decision| decisions.get(&decision.id) == Some(decision);
        let parts = Parts {
            links: self.was.links().filter(|link| !is_old_link(link)).cloned().map(Arc::new).collect(),
            decisions: self
                .was
                .decisions()
                .filter(|decision| !is_old(decision))
                .cloned()
                .map(Arc::new)
                .collect(),
            conflicts: vec![],
            ..Parts::of(&self.was)
        };
        self.now = Project::assemble(parts)?;
        Ok(())
    }
}

/// The articles of `theirs` (and of the base with it) that need another id, and which.
///
/// An article is the same only with the same text: another text under the same id gets an id of its own, and the same text
/// under another id, of the same outlet, date and address, gets that of ours.
pub(super) fn renames(base: &Project, ours: &Project, theirs: &Project) -> BTreeMap<ArticleId, ArticleId> {
    let (mut renames, mut given) = (BTreeMap::new(), BTreeSet::new());
    let mut taken: BTreeSet<ArticleId> = [base, ours, theirs]
        .into_iter()
        .flat_map(Project::articles)
        .map(|article| article.id.clone())
        .collect();
    let is_new = |project: &Project, article: &Article| project.article(&article.id).is_none();
    let mut ours_alone: BTreeMap<&str, Vec<&Arc<Article>>> = BTreeMap::new();
    for article in ours.articles().filter(|article| is_new(theirs, article) && is_new(base, article)) {
        ours_alone.entry(&article.sha256).or_default().push(article);
    }
    for article in theirs.articles() {
        let is_another = match ours.article(&article.id) {
            Some(our) if our.text() == article.text() => continue,
            Some(_) => true,
            None if !is_new(base, article) => continue,
            None => false,
        };
        let place = |a: &Article| {
            let meta = a.meta.clone();
            (meta.outlet.clone(), meta.published.clone(), meta.url.clone())
        };
        let alike = ours_alone.get(article.sha256.as_str()).into_iter().flatten();
        let same = alike.copied().find(|our| our.text() == article.text() && place(our) == place(article));
        if let Some(our) = same.filter(|our| given.insert(our.id.clone())) {
            renames.insert(article.id.clone(), our.id.clone());
        } else if is_another {
            let id = free_id(&article.id, &taken);
            taken.insert(id.clone());
            renames.insert(article.id.clone(), id);
        }
    }
    renames
}

/// The id with a number behind it that nobody has.
pub(super) fn free_id(id: &ArticleId, taken: &BTreeSet<ArticleId>) -> ArticleId {
    let stem: String = id.as_str().chars().take(MAX_ID_BYTES - 12).collect();
    let mut n = 2_usize;
    loop {
        let id = ArticleId::new(format!("{stem}-{n}"));
        if !taken.contains(&id) {
            return id;
        }
        n += 1;
    }
}

/// The project with other ids for some of its articles.
pub(super) fn renamed(
    project: &Project,
    renames: &BTreeMap<ArticleId, ArticleId>,
) -> Result<Project, Problem> {
    if renames.is_empty() {
        return Ok(project.clone());
    }
    let of = |id: &ArticleId| renames.get(id).unwrap_or(id).clone();
    let mut parts = Parts::of(project);
    for article in &mut parts.articles {
        if renames.contains_key(&article.id) {
            let id = of(&article.id);
            Arc::make_mut(article).id = id;
        }
    }
    for sheet in &mut parts.sheets {
        if renames.contains_key(&sheet.key.article) {
            let id = of(&sheet.key.article);
            Arc::make_mut(sheet).key.article = id;
        }
    }
    for link in parts.links.iter_mut().map(Arc::make_mut) {
        (link.article, link.to_article) = (of(&link.article), of(&link.to_article));
    }
    parts
        .decisions
        .iter_mut()
        .map(Arc::make_mut)
        .for_each(|decision| decision.article = of(&decision.article));
    parts.comments.iter_mut().map(Arc::make_mut).for_each(|comment| comment.article = of(&comment.article));
    for draw in parts.draws.iter_mut().filter(|draw| draw.articles.iter().any(|id| renames.contains_key(id)))
    {
        let articles = draw.articles.iter().map(of).collect();
        Arc::make_mut(draw).articles = articles;
    }
    for conflict in &mut parts.conflicts {
        conflict.article = conflict.article.as_ref().map(of);
    }
    Project::assemble(parts)
}

/// Everything that is said about an article, as it stands in a version; nothing when the article is not there.
pub(super) fn about(project: &Project, id: &ArticleId) -> Back {
    let Some(article) = project.article(id) else { return Back::default() };
    Back {
        article: Some(Arc::clone(article)),
        sheets: project.sheets_for(id).cloned().collect(),
        links: project.links().filter(|l| l.article == *id || l.to_article == *id).cloned().collect(),
        decisions: project.decisions().filter(|d| d.article == *id).cloned().collect(),
        comments: project.comments().filter(|c| c.article == *id).cloned().collect(),
    }
}

/// Gives an article of a version these sentences; false when what is said about it cannot follow.
pub(super) fn follows(project: &mut Project, id: &ArticleId, to: &[Sentence]) -> bool {
    let Some(article) = project.article(id).cloned() else { return false };
    let put = |project: &mut Project, intact: bool| {
        let Some(now) = project.article(id) else { return false };
        let mut now = Article::clone(now);
        now.intact = intact;
        project.apply(Action::Article { id: id.clone(), to: Some(Arc::new(now)) }).is_ok()
    };
    // A locked text is locked against labelling; what was said of it follows all the same.
    if !article.intact && !put(project, true) {
        return false;
    }
    let has_followed = match plan::resplit(project, id, to.to_vec()) {
        Ok(None) => true,
        Ok(Some(plan)) => project.apply(plan.action).is_ok(),
        Err(_) => false,
    };
    (article.intact || put(project, false)) && has_followed
}
