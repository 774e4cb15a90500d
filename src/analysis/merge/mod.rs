//! Three-way merge of projects: what one side changed is taken, what both changed differently waits as a conflict.
//!
//! Of a field that both changed the merged project says what ours says. What one side took away and the other worked on, an
//! article, a label or a coder, stays. Nothing disappears that is not in the account or in a conflict.

pub mod account;
pub mod ancestry;
mod articles;
pub mod deciding;
mod fields;
mod records;
mod rows;
mod scheme;
mod seats;
mod sheets;
mod three;
mod unions;
mod versions;

use crate::analysis::merge::account::{Account, Fate, Kind};
use crate::analysis::merge::scheme::Several;
use crate::analysis::merge::seats::ByArticle;
use crate::analysis::merge::three::{OpenField, Pick};
use crate::analysis::merge::versions::Version;
use crate::model::article::{Article, Sentence};
use crate::model::audit::Problem;
use crate::model::comment::Comment;
use crate::model::conflict::{Conflict, Value, What};
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, Kept, LabelId, ProjectId};
use crate::model::link::Link;
use crate::model::project::{Parts, Project};
use crate::model::scheme::Scheme;
use crate::model::sheet::Sheet;
use crate::model::unite;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Two versions as one.
#[derive(Debug, Clone)]
pub struct Merged {
    pub project: Project,
    pub account: Account,
    /// What came to be open by this merge; the project has these, and those that were open before.
    pub new_conflicts: Vec<Conflict>,
}

/// Why two projects do not become one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    #[error(
        "these are two projects, not two versions of one: `{ours}` and `{theirs}`\0hint: export one, and add its articles to the other"
    )]
    OtherProject { ours: ProjectId, theirs: ProjectId },
    #[error("the two do not go into one project: {0}")]
    Unsound(#[from] Problem),
}

/// Merges two versions that came from a common one, as far as that is known.
pub fn merge(base: Option<&Project>, ours: &Project, theirs: &Project) -> Result<Merged, MergeError> {
    if ours.id() != theirs.id() {
        return Err(MergeError::OtherProject { ours: ours.id().clone(), theirs: theirs.id().clone() });
    }
    let base = base.filter(|base| base.id() == ours.id());
    let without_base = base.is_none();
    let base = match base {
        Some(base) => base.clone(),
        None => nothing(ours.id())?,
    };
    let mut said = vec![];
    let (base, ours_as, theirs) = in_merged_labels(&base, ours, theirs, &mut said);
    let (ours, theirs) = (&ours_as, &theirs);
    let renames = versions::renames(&base, ours, theirs);
    let of_base = renames_of_base(&base, ours, theirs, &renames);
    let base_as = versions::renamed(&base, &of_base)?;
    let theirs_as = versions::renamed(theirs, &renames)?;
    let mut work = Work::new(&base_as, ours, &theirs_as, without_base);
    work.account.said = said;
    for (was, is) in &renames {
        work.account.said.push(format!("article `{was}` of theirs is `{is}` here"));
    }
    let mut apart = work.prepare()?;
    if !apart.is_empty() {
        // Begun again with theirs under ids of their own.
        let taken: BTreeSet<ArticleId> = work.article_ids();
        let mut again = BTreeMap::new();
        apart.sort();
        for id in apart {
            // Where the same was merged before, that is there already.
            let there = theirs_as.article(&id).and_then(|theirs| {
                let is_free = |our: &&Arc<Article>| {
                    let is_new = base_as.article(&our.id).is_none() && theirs_as.article(&our.id).is_none();
                    is_new && our.text() == theirs.text() && !again.values().any(|id| *id == our.id)
                };
                ours.articles().find(is_free).map(|our| our.id.clone())
            });
            again.insert(id.clone(), there.unwrap_or_else(|| versions::free_id(&id, &taken)));
        }
        let theirs_apart = versions::renamed(&theirs_as, &again)?;
        let beside: BTreeSet<ArticleId> = taken.iter().chain(again.values()).cloned().collect();
        let gone = again.keys().map(|id| (id.clone(), versions::free_id(id, &beside))).collect();
        let base_apart = versions::renamed(&base_as, &gone)?;
        let said = std::mem::take(&mut work.account.said);
        work = Work::new(&base_apart, ours, &theirs_apart, without_base);
        work.account.said = said;
        for (was, is) in &again {
            work.account.said.push(format!(
                "the sentences of article `{was}` begin elsewhere in theirs, with decisions or links at them: theirs is `{is}`"
            ));
        }
        work.prepare()?;
    }
    let merged = work.finish()?;
    // An article that has the place of none gets its id back.
    let free: BTreeMap<ArticleId, ArticleId> = renames
        .into_iter()
        .filter(|(was, is)| merged.project.article(was).is_none() && merged.project.article(is).is_some())
        .map(|(was, is)| (is, was))
        .collect();
    let project = versions::renamed(&merged.project, &free)?;
    Ok(Merged { project, ..merged })
}

/// All three with the labels that one side merged as they are there, so that answers of the other follow.
fn in_merged_labels(
    base: &Project,
    ours: &Project,
    theirs: &Project,
    said: &mut Vec<String>,
) -> (Project, Project, Project) {
    let mut in_scheme =
        |project: &Project, of: &Project, whose: &str| match unite::as_merged(project, of.scheme()) {
            Some((now, renames)) => {
                let of_side = renames.iter().filter(|_| !whose.is_empty());
                said.extend(
                    of_side.map(|(from, into)| format!("label `{from}` is `{into}`, as {whose} merged them")),
                );
                now
            }
            None => project.clone(),
        };
    let ours_now = in_scheme(ours, theirs, "theirs");
    let theirs_now = in_scheme(theirs, ours, "ours");
    let base = in_scheme(base, ours, "");
    let base = in_scheme(&base, theirs, "");
    (base, ours_now, theirs_now)
}

/// What is known when no common version is: nothing.
fn nothing(id: &ProjectId) -> Result<Project, Problem> {
    let scheme = Scheme { version: 0, choose: String::new(), skip: vec![], labels: vec![], extra: None };
    Project::assemble(Parts { scheme, ..Parts::new(id.clone(), "") })
}

/// The ids that articles of the base get so that one id is one text.
fn renames_of_base(
    base: &Project,
    ours: &Project,
    theirs: &Project,
    renames: &BTreeMap<ArticleId, ArticleId>,
) -> BTreeMap<ArticleId, ArticleId> {
    let mut taken: BTreeSet<ArticleId> = [base, ours, theirs]
        .into_iter()
        .flat_map(Project::articles)
        .map(|article| article.id.clone())
        .collect();
    taken.extend(renames.values().cloned());
    let mut of_base = BTreeMap::new();
    for article in base.articles() {
        let text =
            |project: &Project| project.article(&article.id).map(|other| other.text() == article.text());
        let to = match (text(ours), text(theirs)) {
            (Some(true) | None, Some(true) | None) | (Some(true), Some(false)) => continue,
            (_, Some(true)) => renames.get(&article.id).cloned(),
            _ => None,
        };
        let to = to.unwrap_or_else(|| versions::free_id(&article.id, &taken));
        taken.insert(to.clone());
        of_base.insert(article.id.clone(), to);
    }
    of_base
}

/// A merge at work.
struct Work {
    base: Version,
    ours: Version,
    theirs: Version,
    account: Account,
    conflicts: Vec<Conflict>,
    /// Sentences of articles where both changed them.
    sentences: BTreeMap<ArticleId, Vec<Sentence>>,
}

impl Work {
    fn new(base: &Project, ours: &Project, theirs: &Project, without_base: bool) -> Self {
        Self {
            base: Version::new(base.clone()),
            ours: Version::new(ours.clone()),
            theirs: Version::new(theirs.clone()),
            account: Account::new(without_base),
            conflicts: vec![],
            sentences: BTreeMap::new(),
        }
    }

    /// Makes the versions comparable. Gives back articles of theirs that cannot be laid over ours.
    fn prepare(&mut self) -> Result<Vec<ArticleId>, Problem> {
        let ids = self.article_ids();
        let [base, ours, theirs] = [&self.base.was, &self.ours.was, &self.theirs.was];
        let (mut back_ours, mut back_theirs, mut differs) = (vec![], vec![], false);
        for id in &ids {
            let [was, our, their] = [base, ours, theirs].map(|project| project.article(id));
            match (was, our, their) {
                (Some(_), None, Some(_)) if versions::about(base, id) != versions::about(theirs, id) => {
                    back_ours.push(id.clone());
                }
                (Some(_), Some(_), None) if versions::about(base, id) != versions::about(ours, id) => {
                    back_theirs.push(id.clone());
                }
                _ => {}
            }
            let sentences = [was, our, their].map(|article| article.map(|article| article.sentences()));
            let mut there = sentences.into_iter().flatten();
            let first = there.next();
            differs |= there.any(|other| Some(other) != first);
        }
        let mut apart = vec![];
        if differs {
            let base = self.base.was.clone();
            self.base.without_those_of(&base)?;
            self.ours.without_those_of(&base)?;
            self.theirs.without_those_of(&base)?;
            apart = self.boundaries(&ids);
        }
        for id in back_ours {
            self.give_back(&id, Whose::Ours);
        }
        for id in back_theirs {
            self.give_back(&id, Whose::Theirs);
        }
        Ok(apart)
    }

    /// An article that one side took away and the other worked on is there as it was before.
    fn give_back(&mut self, id: &ArticleId, whose: Whose) {
        let before = versions::about(&self.base.was, id);
        let now = versions::about(&self.base.now, id);
        let back = versions::Back { links: before.links, decisions: before.decisions, ..now };
        let title = before.article.as_ref().map(|article| Value::text(article.shown_title()));
        let mut conflict =
            Conflict { article: Some(id.clone()), base: title.clone(), ..Conflict::new(What::Article) };
        match whose {
            Whose::Ours => conflict.theirs = title,
            Whose::Theirs => conflict.ours = title,
        }
        self.conflicts.push(conflict);
        let side = match whose {
            Whose::Ours => &mut self.ours,
            Whose::Theirs => &mut self.theirs,
        };
        side.back.insert(id.clone(), back);
    }

    fn finish(mut self) -> Result<Merged, Problem> {
        let ids = self.article_ids();
        let articles = self.articles(&ids);
        let by_id: ByArticle<'_> =
            articles.iter().map(|article| (article.id.as_str(), Arc::clone(article))).collect();
        let sheets: Vec<_> =
            self.sheets(&by_id).into_iter().map(|sheet| seats::sheet(sheet, &by_id)).collect();
        let here = |article: &ArticleId| by_id.contains_key(article.as_str());
        let comments = self.comments().into_iter().filter(|comment| here(&comment.article)).collect();
        let comments: Vec<Comment> = seats::comments(comments, &by_id, &mut self.account);
        let links = self.links();
        let links = seats::links(links, &by_id, &mut self.account);
        let decisions = seats::decisions(self.decisions(), &by_id);
        let (title, never_end_after) = self.head();
        let extra = self.project_extra();
        let there: BTreeSet<ArticleId> = articles.iter().map(|article| article.id.clone()).collect();
        let old = self.open_conflicts();
        let draws = self.draws(&there);
        let imports = self.imports();
        let mut named = Named::of(&sheets, &decisions, &links, &comments, &old);
        named.coders.extend(draws.iter().filter_map(|draw| draw.by.clone()));
        named.coders.extend(imports.iter().filter_map(|import| import.by.clone()));
        named.coders.extend(self.ours.was.handed_to().cloned());
        let scheme = self.scheme(&named.labels, named.several);
        let coders = self.coders(&named.coders);
        let conflicts = self.conflicts(&there);
        let parts = Parts {
            id: self.ours.was.id().clone(),
            title,
            scheme,
            coders,
            articles,
            sheets,
            links: links.into_iter().map(Arc::new).collect(),
            decisions: decisions.into_iter().map(Arc::new).collect(),
            comments: comments.into_iter().map(Arc::new).collect(),
            conflicts,
            never_end_after,
            // To whom a file was handed says that file alone.
            handed_to: self.ours.was.handed_to().cloned(),
            draws: draws.into_iter().map(Arc::new).collect(),
            imports: imports.into_iter().map(Arc::new).collect(),
            extra,
        };
        let project = Project::assemble(parts)?;
        Ok(Merged { project, account: self.account, new_conflicts: self.conflicts })
    }

    /// All conflicts that may be in the merged project, so far.
    fn open_conflicts(&self) -> Vec<Conflict> {
        let before = self.ours.was.conflicts().iter().chain(self.theirs.was.conflicts());
        before.chain(&self.conflicts).cloned().collect()
    }

    fn head(&mut self) -> (String, Vec<String>) {
        let [base, ours, theirs] = [&self.base, &self.ours, &self.theirs].map(|version| version.was.clone());
        let of = |project: &Project| project.title().to_owned();
        let (was, our, their) = (of(&base), of(&ours), of(&theirs));
        let (title, pick) = three::value(&was, &our, &their);
        self.account.count(Kind::Project, None, three::fate(&was, &our, &their));
        if pick == Pick::Open {
            self.conflicts.push(Conflict {
                field: Some("title".to_owned()),
                base: Some(was).filter(|was| !was.is_empty()).map(Value::text),
                ours: Some(Value::text(our)),
                theirs: Some(Value::text(their)),
                ..Conflict::new(What::Project)
            });
        }
        let (was, our, their) = (base.never_end_after(), ours.never_end_after(), theirs.never_end_after());
        let fate = match three::fate(was, our, their) {
            Fate::Conflict => Fate::Both,
            fate => fate,
        };
        self.account.count(Kind::Project, None, fate);
        (title, three::texts(was, our, their))
    }

    /// What a newer version wrote beside all.
    fn project_extra(&mut self) -> Kept {
        let [base, ours, theirs] =
            [&self.base, &self.ours, &self.theirs].map(|version| version.was.extra().clone());
        let (extra, open) = three::extra(&base, &ours, &theirs);
        self.account.count(Kind::Project, None, three::fate(&base, &ours, &theirs));
        self.conflicts.extend(open.into_iter().map(|field| Conflict::of_field(What::Project, field)));
        extra
    }
}

#[derive(Debug, Clone, Copy)]
enum Whose {
    Ours,
    Theirs,
}

/// What the merged records name, which therefore has to be there.
struct Named {
    labels: BTreeSet<LabelId>,
    coders: BTreeSet<CoderId>,
    several: Several,
}

impl Named {
    fn of(
        sheets: &[Arc<Sheet>],
        decisions: &[Decision],
        links: &[Link],
        comments: &[Comment],
        conflicts: &[Conflict],
    ) -> Self {
        let (mut labels, mut several) = (BTreeSet::new(), Several::NotGiven);
        let mut take = |given: &[LabelId]| {
            for label in given {
                if !labels.contains(label) {
                    labels.insert(label.clone());
                }
            }
        };
        for sheet in sheets {
            for row in &sheet.rows {
                take(&row.coding.labels);
                if row.coding.labels.len() > 1 {
                    several = Several::Given;
                }
            }
            sheet.kept.iter().for_each(|row| take(&row.coding.labels));
        }
        for decision in decisions {
            take(&decision.labels);
            if decision.labels.len() > 1 {
                several = Several::Given;
            }
        }
        conflicts.iter().flat_map(Conflict::sides).for_each(|side| take(side.labels()));
        let by = sheets.iter().map(|sheet| &sheet.key.coder).chain(decisions.iter().map(|d| &d.by));
        let by =
            by.chain(links.iter().map(|link| &link.by)).chain(comments.iter().map(|comment| &comment.by));
        let coders = by.chain(conflicts.iter().flat_map(Conflict::coders)).cloned().collect();
        Self { labels, coders, several }
    }
}

impl Conflict {
    /// A field that this version does not know, which both changed.
    fn of_field(what: What, field: OpenField) -> Self {
        let value = |source: Option<String>| source.map(Value::source);
        Self {
            field: Some(field.name),
            base: value(field.base),
            ours: value(field.ours),
            theirs: value(field.theirs),
            ..Self::new(what)
        }
    }
}
