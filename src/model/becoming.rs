//! How one project becomes another one of the same id: a list of single changes, which undo takes back as one.

use crate::model::action::{Action, Record, SchemeHead};
use crate::model::article::Article;
use crate::model::comment::Comment;
use crate::model::ids::{ArticleId, RecordId};
use crate::model::project::Project;
use crate::model::scheme::Label;
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What makes `from` say what `to` says, all but its id and to whom it was handed. `None` = it says that already.
///
/// An article that both have has the same text in both. What goes, goes first, then what others name comes before those that
/// name it: no step in between is refused.
pub fn becoming(from: &Project, to: &Project) -> Option<Action> {
    let articles = articles(from, to);
    let mut actions = vec![];
    let n_same = from.conflicts().iter().zip(to.conflicts()).take_while(|(was, is)| was == is).count();
    let gone = (n_same..from.conflicts().len()).rev();
    actions.extend(gone.map(|place| Action::Record(Record::Conflict { place, to: None })));
    let comments = Comments::of(from, to);
    comments.go(&mut actions);
    let both = [from, to];
    let records = [
        records(both.map(Project::links), |link| &link.id, |id, to| Record::Link { id, to }),
        records(both.map(Project::decisions), |decision| &decision.id, |id, to| Record::Decision { id, to }),
        records(both.map(Project::draws), |draw| &draw.id, |id, to| Record::Draw { id, to }),
        records(both.map(Project::imports), |import| &import.id, |id, to| Record::Import { id, to }),
    ];
    actions.extend(records.iter().flat_map(|records| &records.gone).cloned().map(Action::Record));

    let sheets = Sheets::of(from, to);
    let locked = |id: &ArticleId| from.article(id).filter(|article| !article.intact);
    let touched: BTreeSet<&ArticleId> = sheets.0.keys().map(|key| &key.article).collect();
    // Sheets of a locked article do not move: it is locked again at the end.
    actions.extend(touched.iter().filter_map(|id| locked(id)).map(|article| put_article(article, true)));
    sheets.go(&articles, &mut actions);
    let gone = from.articles().filter(|article| to.article(&article.id).is_none());
    actions.extend(gone.map(|article| Action::Article { id: article.id.clone(), to: None }));

    let new = to.coders().filter(|coder| from.coder(&coder.id) != Some(coder));
    actions.extend(new.map(|coder| Action::Coder { id: coder.id.clone(), to: Some(coder.clone()) }));
    let head = (head_of(from) != head_of(to)).then(|| Action::Scheme { to: head_of(to) });
    let is_first = to.scheme().takes_several();
    actions.extend(head.clone().filter(|_| is_first));
    labels(from, to, &mut actions);

    for (article, new) in &articles {
        let was = from.article(&article.id);
        if let (true, Some(_)) = (new.sentences, was) {
            let to = article.sentences().to_vec();
            actions.push(Action::Sentences { article: article.id.clone(), to });
        }
        let is_open = article.intact || touched.contains(&article.id);
        let now = was.is_some_and(|was| was.intact || touched.contains(&article.id));
        if was.is_none() || new.rest || now != is_open {
            actions.push(put_article(article, is_open));
        }
    }
    sheets.come(&mut actions);
    let relocked = touched.iter().filter_map(|id| to.article(id)).filter(|article| !article.intact);
    actions.extend(relocked.map(|article| put_article(article, false)));
    actions.extend(records.into_iter().flat_map(|records| records.new).map(Action::Record));
    comments.come(&mut actions);

    actions.extend(head.filter(|_| !is_first));
    let gone = from.scheme().labels.iter().filter(|label| to.scheme().label(&label.id).is_none());
    actions.extend(gone.map(|label| Action::Label { id: label.id.clone(), to: None }));
    let gone = from.coders().filter(|coder| to.coder(&coder.id).is_none());
    actions.extend(gone.map(|coder| Action::Coder { id: coder.id.clone(), to: None }));
    if (from.title(), from.never_end_after()) != (to.title(), to.never_end_after()) {
        let (title, never_end_after) = (to.title().to_owned(), to.never_end_after().to_vec());
        actions.push(Action::Project { title, never_end_after });
    }
    if from.extra() != to.extra() {
        actions.push(Action::Record(Record::Head { extra: to.extra().clone() }));
    }
    let new = to.conflicts().iter().enumerate().skip(n_same);
    actions.extend(new.map(|(place, conflict)| {
        Action::Record(Record::Conflict { place, to: Some(Box::new(conflict.clone())) })
    }));
    (!actions.is_empty()).then_some(Action::Many(actions))
}

/// What is otherwise in an article.
#[derive(Debug, Clone, Copy)]
struct Otherwise {
    sentences: bool,
    rest: bool,
}

/// The articles of `to` that are new or otherwise.
fn articles<'a>(from: &Project, to: &'a Project) -> Vec<(&'a Arc<Article>, Otherwise)> {
    let changed = to.articles().filter_map(|article| {
        let was = from.article(&article.id);
        if was.is_some_and(|was| Arc::ptr_eq(was, article) || was == article) {
            return None;
        }
        let sentences = was.is_none_or(|was| was.sentences() != article.sentences());
        let same = |was: &Arc<Article>| was.with_sentences(article.sentences().to_vec()) == **article;
        Some((article, Otherwise { sentences, rest: !was.is_some_and(same) }))
    });
    changed.collect()
}

fn put_article(article: &Arc<Article>, intact: bool) -> Action {
    let mut to = Article::clone(article);
    to.intact = intact;
    Action::Article { id: article.id.clone(), to: Some(Arc::new(to)) }
}

/// The sheets that are otherwise: what each was and becomes.
struct Sheets<'a>(BTreeMap<&'a SheetKey, [Option<&'a Arc<Sheet>>; 2]>);

impl<'a> Sheets<'a> {
    fn of(from: &'a Project, to: &'a Project) -> Self {
        let same = |was: &Arc<Sheet>, is: &Arc<Sheet>| Arc::ptr_eq(was, is) || was == is;
        let mut sheets = BTreeMap::new();
        for is in to.sheets() {
            let was = from.sheet(&is.key);
            if !was.is_some_and(|was| same(was, is)) {
                sheets.insert(&is.key, [was, Some(is)]);
            }
        }
        for was in from.sheets().filter(|was| to.sheet(&was.key).is_none()) {
            sheets.insert(&was.key, [Some(was), None]);
        }
        Self(sheets)
    }

    /// Those that go, and those that name sentences which may go.
    fn go(&self, articles: &[(&Arc<Article>, Otherwise)], actions: &mut Vec<Action>) {
        let moved: BTreeSet<&ArticleId> =
            articles.iter().filter(|(_, new)| new.sentences).map(|(article, _)| &article.id).collect();
        let goes = self
            .0
            .iter()
            .filter(|(key, [was, is])| was.is_some() && (is.is_none() || moved.contains(&key.article)));
        actions.extend(goes.map(|(key, _)| Action::Sheet { key: (*key).clone(), to: None }));
    }

    fn come(&self, actions: &mut Vec<Action>) {
        let comes = self.0.iter().filter_map(|(key, [_, is])| Some((*key, (*is)?)));
        actions.extend(comes.map(|(key, is)| Action::Sheet { key: key.clone(), to: Some(Arc::clone(is)) }));
    }
}

/// Links, decisions, draws or imports: those that go or are otherwise, and those that come.
struct Records {
    gone: Vec<Record>,
    new: Vec<Record>,
}

fn records<'a, T: PartialEq + Clone + 'a>(
    [was, is]: [impl Iterator<Item = &'a T>; 2],
    id: fn(&T) -> &RecordId,
    record: fn(RecordId, Option<T>) -> Record,
) -> Records {
    let (was, is) = (by_id(was, id), by_id(is, id));
    Records {
        gone: without(&was, &is).map(|(id, _)| record(id.clone(), None)).collect(),
        new: without(&is, &was).map(|(id, one)| record(id.clone(), Some(one.clone()))).collect(),
    }
}

type ById<'a, T> = BTreeMap<&'a RecordId, &'a T>;

fn by_id<'a, T>(records: impl Iterator<Item = &'a T>, id: fn(&T) -> &RecordId) -> ById<'a, T> {
    records.map(|record| (id(record), record)).collect()
}

/// The records that the other list does not have as they are.
fn without<'a, T: PartialEq>(
    one: &'a ById<'a, T>,
    other: &'a ById<'a, T>,
) -> impl Iterator<Item = (&'a RecordId, &'a T)> {
    one.iter().filter(|(id, record)| other.get(*id) != Some(record)).map(|(id, record)| (*id, *record))
}

/// The comments that go or are otherwise, with all that answer them, and what comes in their place.
struct Comments<'a> {
    gone: Vec<&'a Comment>,
    new: Vec<&'a Comment>,
}

impl<'a> Comments<'a> {
    fn of(from: &'a Project, to: &'a Project) -> Self {
        let mut moved: BTreeSet<&RecordId> =
            from.comments().filter(|c| to.comment(&c.id) != Some(c)).map(|c| &c.id).collect();
        loop {
            let n_before = moved.len();
            let answers = from.comments().filter(|c| c.re.as_ref().is_some_and(|re| moved.contains(re)));
            let answers: Vec<_> = answers.map(|c| &c.id).collect();
            moved.extend(answers);
            if moved.len() == n_before {
                break;
            }
        }
        let gone = from.comments().filter(|c| moved.contains(&c.id)).collect();
        let comes = |c: &&Comment| moved.contains(&c.id) || from.comment(&c.id).is_none();
        Self { gone: in_order(gone), new: in_order(to.comments().filter(comes).collect()) }
    }

    fn go(&self, actions: &mut Vec<Action>) {
        let goes = |c: &&Comment| Action::Record(Record::Comment { id: c.id.clone(), to: None });
        actions.extend(self.gone.iter().rev().map(goes));
    }

    fn come(&self, actions: &mut Vec<Action>) {
        let comes =
            |c: &&Comment| Action::Record(Record::Comment { id: c.id.clone(), to: Some((*c).clone()) });
        actions.extend(self.new.iter().map(comes));
    }
}

/// Comments so that each stands after the one that it answers.
fn in_order(mut waiting: Vec<&Comment>) -> Vec<&Comment> {
    let mut open: BTreeSet<&RecordId> = waiting.iter().map(|c| &c.id).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    loop {
        let n_before = waiting.len();
        waiting.retain(|comment| {
            if comment.re.as_ref().is_some_and(|re| open.contains(re)) {
                return true;
            }
            open.remove(&comment.id);
            ordered.push(*comment);
            false
        });
        if waiting.len() == n_before {
            return ordered;
        }
    }
}

fn head_of(project: &Project) -> SchemeHead {
    let scheme = project.scheme();
    SchemeHead {
        version: scheme.version,
        choose: scheme.choose.clone(),
        skip: scheme.skip.clone(),
        extra: scheme.extra.clone(),
    }
}

/// The labels of `to` in their order; those that go stay behind them, for they are still in use.
fn labels(from: &Project, to: &Project, actions: &mut Vec<Action>) {
    let (was, is) = (&from.scheme().labels, &to.scheme().labels);
    if was == is {
        return;
    }
    // No label is in the way of another one's keys and letter.
    let mut now = was.clone();
    for (idx, label) in now.iter_mut().enumerate() {
        let stays = to.scheme().label(&label.id) == Some(&*label);
        if !(stays || label.keys.is_empty() && label.letter.is_empty()) {
            let bare = Label { keys: vec![], letter: String::new(), ..Label::clone(label) };
            *label = Arc::new(bare);
            actions.push(Action::Label { id: label.id.clone(), to: Some((idx, Arc::clone(label))) });
        }
    }
    for (idx, label) in is.iter().enumerate() {
        if now.get(idx) == Some(label) {
            continue;
        }
        now.retain(|other| other.id != label.id);
        now.insert(idx.min(now.len()), Arc::clone(label));
        actions.push(Action::Label { id: label.id.clone(), to: Some((idx, Arc::clone(label))) });
    }
}
