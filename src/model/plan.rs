//! Actions that belong together, worked out from what is there. `None` = nothing would change.

use crate::model::action::{Action, Record};
use crate::model::article::{Article, Sentence};
use crate::model::audit;
use crate::model::becoming::becoming;
use crate::model::boundaries::{self, Resplit};
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, LabelId, RecordId, Span, Stamp};
use crate::model::import::Import;
use crate::model::project::{Parts, Project, Refusal};
use crate::model::scheme::Scheme;
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeSet;
use std::sync::Arc;

/// An answer to one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Labels in any order; none of them = "none of these".
    Labels(Vec<LabelId>),
    Unanswered,
}

/// Records an answer. The same answer given again changes nothing, not even its time.
pub fn answer(project: &Project, key: &SheetKey, span: Span, answer: &Answer, at: Stamp) -> Option<Action> {
    let coding = answered(project.scheme(), project.coding(key, span), answer, at)
        .or_else(|| given_again(project.scheme(), project.sheet(key)?, span, answer, at))?;
    put(project, key, span, dated(project, coding, at))
}

/// The same answer, given before the scheme was changed and given again now, is one of this version.
pub fn given_again(scheme: &Scheme, sheet: &Sheet, span: Span, answer: &Answer, at: Stamp) -> Option<Coding> {
    let was = sheet.coding(span).filter(|was| sheet.is_older(was, scheme.version))?;
    let is_given = matches!(answer, Answer::Labels(_));
    is_given.then(|| Coding { scheme: Some(scheme.version), at: Some(at), ..was.clone() })
}

/// In a file that was handed out an answer that is taken away leaves its time: taken away is an answer too, where the file is
/// collected.
pub fn dated(project: &Project, coding: Coding, at: Stamp) -> Coding {
    let leaves_time = project.handed_to().is_some() && !coding.answered;
    Coding { at: if leaves_time { Some(at) } else { coding.at }, ..coding }
}

/// What an answer makes of a coding. `None` = what it was.
pub fn answered(scheme: &Scheme, was: Option<&Coding>, answer: &Answer, at: Stamp) -> Option<Coding> {
    let mut coding = was.cloned().unwrap_or_default();
    match answer {
        Answer::Labels(labels) => {
            let labels = in_scheme_order(scheme, labels);
            // The scheme's order may have changed since the answer was given.
            let same = coding.answered && in_scheme_order(scheme, &coding.labels) == labels;
            if same && !coding.check {
                return None;
            }
            coding.labels = labels;
            coding.answered = true;
            coding.at = Some(at);
            coding.scheme = Some(scheme.version);
        }
        Answer::Unanswered => {
            if !coding.answered {
                return None;
            }
            coding.answered = false;
            coding.labels = Box::default();
            coding.at = None;
            coding.scheme = None;
        }
    }
    coding.check = false;
    coding.by = None;
    Some(coding)
}

/// Adds or takes away one label, in a scheme that takes several. Taking the last one away leaves it unanswered.
pub fn toggle(project: &Project, key: &SheetKey, span: Span, label: &LabelId, at: Stamp) -> Option<Action> {
    let mut labels = project.coding(key, span).map(|c| c.labels.to_vec()).unwrap_or_default();
    match labels.iter().position(|other| other == label) {
        Some(idx) => {
            labels.remove(idx);
        }
        None => labels.push(label.clone()),
    }
    let to = if labels.is_empty() { Answer::Unanswered } else { Answer::Labels(labels) };
    answer(project, key, span, &to, at)
}

/// Sets or takes away the doubt beside an answer.
pub fn unsure(project: &Project, key: &SheetKey, span: Span, unsure: bool) -> Option<Action> {
    put(project, key, span, doubted(project.coding(key, span), unsure)?)
}

/// What a doubt makes of a coding. `None` = what it was.
pub fn doubted(was: Option<&Coding>, unsure: bool) -> Option<Coding> {
    let coding = was.cloned().unwrap_or_default();
    (coding.unsure != unsure).then_some(Coding { unsure, ..coding })
}

/// Writes a note; an empty one takes it away.
pub fn note(project: &Project, key: &SheetKey, span: Span, note: &str) -> Option<Action> {
    put(project, key, span, noted(project.coding(key, span), note)?)
}

/// What a note makes of a coding. `None` = what it was.
pub fn noted(was: Option<&Coding>, note: &str) -> Option<Coding> {
    let mut coding = was.cloned().unwrap_or_default();
    let note = note.trim_end();
    if coding.note.as_deref().unwrap_or_default() == note {
        return None;
    }
    coding.note = (!note.is_empty()).then(|| note.into());
    Some(coding)
}

/// Says that an article is done, or not done after all.
pub fn done(project: &Project, key: &SheetKey, done: bool, at: Stamp) -> Option<Action> {
    let mut sheet = sheet_or_new(project, key);
    if sheet.done == done {
        return None;
    }
    sheet.done = done;
    sheet.done_at = done.then_some(at);
    Some(Action::Sheet { key: key.clone(), to: Some(Arc::new(sheet)) })
}

/// Takes in an article as the last one. One with the id of an article that is there is a duplicate: ask before.
pub fn add_article(project: &Project, article: Article) -> Action {
    take_in(article, n_added(project).saturating_add(1))
}

/// Takes in articles in this order, after those that are there; all or nothing.
pub fn add_articles(project: &Project, articles: Vec<Article>) -> Action {
    take_in_all(project, articles, None)
}

/// The same with the record of their import, which each of them names: both come and go as one.
pub fn take_in_all(project: &Project, articles: Vec<Article>, record: Option<Import>) -> Action {
    let record = record.map(Import::fitted);
    let import = record.as_ref().map(|record| record.id.to_string());
    let mut added = n_added(project);
    let rows = articles.into_iter().map(|mut article| {
        added = added.saturating_add(1);
        if import.is_some() {
            article.meta.import.clone_from(&import);
        }
        take_in(article, added)
    });
    let rows: Vec<_> = rows.collect();
    let record = record.map(|to| Action::Record(Record::Import { id: to.id.clone(), to: Some(to) }));
    Action::Many(record.into_iter().chain(rows).collect())
}

/// Takes an article out, with everything that names it.
pub fn remove_article(project: &Project, id: &ArticleId) -> Option<Action> {
    remove_articles(project, std::slice::from_ref(id))
}

/// Those of these articles that can be taken out, and those that cannot: what both versions of them say is still to be decided.
pub fn removable(project: &Project, ids: &[ArticleId]) -> (Vec<ArticleId>, Vec<ArticleId>) {
    let held: BTreeSet<&ArticleId> =
        project.conflicts().iter().filter_map(|conflict| conflict.article.as_ref()).collect();
    ids.iter().cloned().partition(|id| !held.contains(id))
}

/// Takes articles out, with everything that names them; those that are not there are passed over.
pub fn remove_articles(project: &Project, ids: &[ArticleId]) -> Option<Action> {
    let goes: BTreeSet<&ArticleId> = ids.iter().filter(|id| project.article(id).is_some()).collect();
    let mut actions = vec![];
    for article in goes.iter().filter_map(|id| project.article(id)).filter(|article| !article.intact) {
        // Sheets of a locked article do not move; undo locks it again.
        let mut open = Article::clone(article);
        open.intact = true;
        actions.push(Action::Article { id: article.id.clone(), to: Some(Arc::new(open)) });
    }
    let sheets = goes.iter().flat_map(|id| project.sheets_for(id));
    actions.extend(sheets.map(|s| Action::Sheet { key: s.key.clone(), to: None }));
    let links = project.links().filter(|l| goes.contains(&l.article) || goes.contains(&l.to_article));
    actions.extend(links.map(|l| Action::Record(Record::Link { id: l.id.clone(), to: None })));
    let decisions = project.decisions().filter(|d| goes.contains(&d.article));
    actions.extend(decisions.map(|d| Action::Record(Record::Decision { id: d.id.clone(), to: None })));
    for draw in project.draws().filter(|draw| goes.iter().any(|id| draw.has(id))) {
        let articles = draw.articles.iter().filter(|drawn| !goes.contains(drawn)).cloned().collect();
        let left = Draw { articles, ..draw.clone() };
        actions.push(Action::Record(Record::Draw { id: draw.id.clone(), to: Some(left) }));
    }
    // First no comment answers one that goes, so that they can go in any order and answers elsewhere stay.
    let is_going = |comment: &RecordId| project.comment(comment).is_some_and(|c| goes.contains(&c.article));
    let answers = project.comments().filter(|c| c.re.as_ref().is_some_and(is_going));
    actions.extend(answers.map(|c| {
        let alone = Comment { re: None, ..c.clone() };
        Action::Record(Record::Comment { id: c.id.clone(), to: Some(alone) })
    }));
    let comments = project.comments().filter(|c| goes.contains(&c.article));
    actions.extend(comments.map(|c| Action::Record(Record::Comment { id: c.id.clone(), to: None })));
    actions.extend(goes.iter().map(|id| Action::Article { id: ArticleId::clone(id), to: None }));
    (!goes.is_empty()).then_some(Action::Many(actions))
}

/// Takes a coder out, with everything that this person said, did or decided; draws and imports stay. Nothing for whom the file was handed to.
pub fn remove_coder(project: &Project, id: &CoderId) -> Option<Action> {
    project.coder(id).filter(|_| project.handed_to() != Some(id))?;
    let mut parts = Parts::of(project);
    parts.sheets.retain(|sheet| sheet.key.coder != *id);
    parts.links.retain(|link| link.by != *id);
    parts.decisions.retain(|decision| decision.by != *id);
    parts.conflicts.retain(|conflict| conflict.coders().all(|coder| coder != id));
    let goes = |comment: &RecordId| project.comment(comment).is_some_and(|c| c.by == *id);
    parts.comments.retain(|comment| comment.by != *id);
    // Answers to what goes stay, and answer nothing.
    for comment in &mut parts.comments {
        if comment.re.as_ref().is_some_and(goes) {
            Arc::make_mut(comment).re = None;
        }
    }
    for draw in parts.draws.iter_mut().filter(|draw| draw.by.as_ref() == Some(id)) {
        Arc::make_mut(draw).by = None;
    }
    for import in parts.imports.iter_mut().filter(|import| import.by.as_ref() == Some(id)) {
        Arc::make_mut(import).by = None;
    }
    parts.coders.retain(|coder| coder.id != *id);
    becoming(project, &Project::assemble(parts).ok()?)
}

/// Gives an article other sentences: split again, split by hand, or joined. Everybody's rows, comments, links and decisions
/// follow as [`follow`] and [`boundaries`] say. `None` = they are where the old ones are, and of the same kinds.
///
/// Refuses a locked article, sentences that do not tile its text, and to move what cannot follow.
///
/// [`follow`]: crate::model::follow
pub fn resplit(
    project: &Project,
    article: &ArticleId,
    to: Vec<Sentence>,
) -> Result<Option<Resplit>, Refusal> {
    boundaries::resplit(project, article, to)
}

/// The place of the last article that came in.
pub fn n_added(project: &Project) -> u32 {
    project.articles().map(|article| article.added).max().unwrap_or(0)
}

/// Takes in an article at a place that is after all others.
pub fn take_in(mut article: Article, added: u32) -> Action {
    article.added = added;
    Action::Article { id: article.id.clone(), to: Some(Arc::new(article)) }
}

pub(in crate::model) fn in_scheme_order(scheme: &Scheme, labels: &[LabelId]) -> Box<[LabelId]> {
    let mut ordered = labels.to_vec();
    ordered.sort_by_key(|id| scheme.idx_of(id));
    ordered.dedup();
    ordered.into()
}

fn sheet_or_new(project: &Project, key: &SheetKey) -> Sheet {
    project
        .sheet(key)
        .map_or_else(|| Sheet::new(key.clone(), project.scheme().version), |sheet| Sheet::clone(sheet))
}

/// A row as a coding, or as a whole sheet where there is none yet. A done sheet that loses an answer is open again.
pub fn put(project: &Project, key: &SheetKey, span: Span, coding: Coding) -> Option<Action> {
    let to = (!coding.is_blank()).then_some(coding);
    let Some(sheet) = project.sheet(key) else {
        let mut sheet = sheet_or_new(project, key);
        put_in(&mut sheet, span, Some(to?));
        return Some(Action::Sheet { key: key.clone(), to: Some(Arc::new(sheet)) });
    };
    let to = to.map(|coding| sheet.in_place(coding));
    let row = Action::Coding { key: key.clone(), span, to: to.clone() };
    if !reopens(sheet, span, to.as_ref()) {
        return Some(row);
    }
    let mut open = Sheet::clone(sheet);
    put_in(&mut open, span, to);
    // The row first: it is what undo shows.
    Some(Action::Many(vec![row, Action::Sheet { key: key.clone(), to: Some(Arc::new(open)) }]))
}

/// Whether a sheet that is done loses an answer, so that it is open again.
fn reopens(sheet: &Sheet, span: Span, to: Option<&Coding>) -> bool {
    let answered = |coding: Option<&Coding>| coding.is_some_and(|coding| coding.answered);
    sheet.done && answered(sheet.coding(span)) && !answered(to)
}

fn put_in(sheet: &mut Sheet, span: Span, to: Option<Coding>) {
    if reopens(sheet, span, to.as_ref()) {
        sheet.done = false;
        sheet.done_at = None;
    }
    let to = to.map(|coding| sheet.in_place(coding));
    sheet.put(span, to);
}

/// The same row by row, in a sheet that goes into the project when all its rows are there. Refuses what [`Project::apply`]
/// would refuse of the row alone.
pub fn put_row(
    scheme: &Scheme,
    article: &Article,
    sheet: &mut Sheet,
    span: Span,
    coding: Coding,
) -> Result<(), Refusal> {
    if !article.intact {
        return Err(Refusal::Locked(article.id.clone()));
    }
    let to = (!coding.is_blank()).then_some(coding);
    if let Some(coding) = &to {
        audit::coding(scheme, &article.id, span, coding)?;
    }
    put_in(sheet, span, to);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::tile;
    use crate::model::import::ImportFile;
    use crate::model::sketch;

    const DRAWING: &str = "One. [denial] Two. [fact ? \"p. 2\"] Three. [] Four. [none]";

    fn drawn() -> (Project, SheetKey) {
        let project = sketch::project(DRAWING, |_| "a".to_owned(), |_| String::new()).unwrap();
        (project, SheetKey { coder: CoderId::new("anna"), article: ArticleId::new("a") })
    }

    fn nth(project: &Project, n: usize) -> Span {
        project.articles().next().unwrap().sentences()[n].span
    }

    /// A sheet as one line: `denial | fact ? "p. 2" | | none, done`.
    fn shown(project: &Project, key: &SheetKey) -> String {
        let Some(sheet) = project.sheet(key) else { return "no sheet".to_owned() };
        let rows = project.article(&key.article).unwrap().sentences().iter().map(|sentence| {
            let Some(coding) = sheet.coding(sentence.span) else { return "-".to_owned() };
            let note = coding.note.as_ref().map(|note| format!(" {note:?}")).unwrap_or_default();
            format!("{}{}{note}", coding.labels_cell(), if coding.unsure { " ?" } else { "" })
        });
        format!("{}{}", rows.collect::<Vec<_>>().join(" | "), if sheet.done { ", done" } else { "" })
    }

    /// Applies what a plan makes and takes it back.
    fn check(plan: impl Fn(&Project, &SheetKey) -> Option<Action>, want: Option<&str>) {
        let (before, key) = drawn();
        let mut project = before.clone();
        let Some(action) = plan(&project, &key) else { return assert_eq!(None, want) };
        let inverse = project.apply(action).unwrap();
        assert_eq!(Some(shown(&project, &key).as_str()), want);
        assert_eq!(audit::audit(&project), []);
        project.apply(inverse).unwrap();
        assert_eq!(project, before);
    }

    fn labels(ids: &[&str]) -> Answer {
        Answer::Labels(ids.iter().map(|id| LabelId::new(*id)).collect())
    }

    #[test]
    fn answers() {
        let said = |n: usize, to: Answer| {
            move |p: &Project, key: &SheetKey| answer(p, key, nth(p, n), &to, Stamp(5))
        };
        check(said(0, labels(&["fact"])), Some("fact | fact ? \"p. 2\" | - | none"));
        check(said(0, labels(&["denial"])), None);
        check(said(0, labels(&[])), Some("none | fact ? \"p. 2\" | - | none"));
        check(said(3, labels(&[])), None);
        check(said(2, labels(&["allegation"])), Some("denial | fact ? \"p. 2\" | allegation | none"));
        check(said(0, Answer::Unanswered), Some("- | fact ? \"p. 2\" | - | none"));
        // The doubt and the note outlive the answer.
        check(said(1, Answer::Unanswered), Some("denial |  ? \"p. 2\" | - | none"));
        check(said(2, Answer::Unanswered), None);
    }

    #[test]
    fn toggling_takes_the_last_label_away_as_unanswered() {
        let pressed = |n: usize| {
            move |p: &Project, key: &SheetKey| toggle(p, key, nth(p, n), &LabelId::new("denial"), Stamp(5))
        };
        check(pressed(0), Some("- | fact ? \"p. 2\" | - | none"));
        check(pressed(2), Some("denial | fact ? \"p. 2\" | denial | none"));
        check(pressed(3), Some("denial | fact ? \"p. 2\" | - | denial"));
    }

    #[test]
    fn doubts_and_notes() {
        check(|p, key| unsure(p, key, nth(p, 0), true), Some("denial ? | fact ? \"p. 2\" | - | none"));
        check(|p, key| unsure(p, key, nth(p, 0), false), None);
        check(|p, key| unsure(p, key, nth(p, 2), true), Some("denial | fact ? \"p. 2\" |  ? | none"));
        check(|p, key| note(p, key, nth(p, 1), "p. 2 \n"), None);
        check(|p, key| note(p, key, nth(p, 1), " "), Some("denial | fact ? | - | none"));
        check(|p, key| note(p, key, nth(p, 2), "who?"), Some("denial | fact ? \"p. 2\" |  \"who?\" | none"));
    }

    #[test]
    fn done_lasts_until_an_answer_is_taken_away() {
        let after = |then: fn(&Project, &SheetKey) -> Option<Action>, want: &str| {
            let (mut project, key) = drawn();
            project.apply(done(&project, &key, true, Stamp(9)).unwrap()).unwrap();
            assert_eq!(done(&project, &key, true, Stamp(10)), None);
            let action = then(&project, &key).unwrap();
            let place = action.place().unwrap().sentence;
            project.apply(action).unwrap();
            assert_eq!(shown(&project, &key), want);
            place == Some(nth(&project, 0)) || place == Some(nth(&project, 2))
        };
        assert!(after(
            |p, key| answer(p, key, nth(p, 0), &labels(&["fact"]), Stamp(5)),
            "fact | fact ? \"p. 2\" | - | none, done"
        ));
        assert!(after(
            |p, key| answer(p, key, nth(p, 0), &Answer::Unanswered, Stamp(5)),
            "- | fact ? \"p. 2\" | - | none"
        ));
        // A note on a sentence that nobody answered (a byline, say) is no reason to begin again.
        assert!(after(
            |p, key| note(p, key, nth(p, 2), "hm"),
            "denial | fact ? \"p. 2\" |  \"hm\" | none, done"
        ));
        assert!(!after(|p, key| done(p, key, false, Stamp(5)), "denial | fact ? \"p. 2\" | - | none"));
    }

    #[test]
    fn the_first_answer_makes_the_sheet_and_shows_its_sentence() {
        let (mut project, key) = drawn();
        project.apply(Action::Sheet { key: key.clone(), to: None }).unwrap();
        let action = answer(&project, &key, nth(&project, 2), &labels(&["fact"]), Stamp(5)).unwrap();
        assert_eq!(action.place().unwrap().sentence, Some(nth(&project, 2)));
        project.apply(action).unwrap();
        assert_eq!(shown(&project, &key), "- | - | fact | -");
        project.apply(Action::Sheet { key: key.clone(), to: None }).unwrap();
        assert_eq!(note(&project, &key, nth(&project, 2), ""), None);
    }

    #[test]
    fn a_comment_elsewhere_stays_when_the_one_that_it_answers_goes() {
        let drawing = "# A\nOne. [none]\n# B\nOther. [none]";
        let named = |text: &str| if text == "One." { "a".to_owned() } else { "b".to_owned() };
        let mut project = sketch::project(drawing, named, |_| String::new()).unwrap();
        let comments =
            [("1", "a", None), ("2", "a", Some("3")), ("3", "a", Some("1")), ("4", "b", Some("2"))];
        for (id, article, re) in [comments[0], comments[2], comments[1], comments[3]] {
            let comment = Comment {
                id: RecordId::new(id),
                article: ArticleId::new(article),
                sentence: None,
                by: CoderId::new("anna"),
                at: None,
                text: String::new(),
                re: re.map(RecordId::new),
                resolved: false,
                extra: None,
            };
            project
                .apply(Action::Record(Record::Comment { id: RecordId::new(id), to: Some(comment) }))
                .unwrap();
        }
        let before = project.clone();
        let inverse = project.apply(remove_article(&project, &ArticleId::new("a")).unwrap()).unwrap();
        let left: Vec<_> = project.comments().map(|c| (c.id.as_str(), c.re.as_ref())).collect();
        assert_eq!(left, [("4", None)]);
        project.apply(inverse).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn several_articles_go_as_one_with_all_that_names_them() {
        let drawing = "# A\nOne. [none; ben: fact]\n# B\nTwo. [none]\n# C\nThree. [fact]";
        let named = |text: &str| text.split('.').next().unwrap_or_default().to_lowercase();
        let mut project = sketch::project(drawing, named, |_| String::new()).unwrap();
        let mut locked = Article::clone(project.article(&ArticleId::new("two")).unwrap());
        locked.intact = false;
        let id = locked.id.clone();
        project.apply(Action::Article { id, to: Some(Arc::new(locked)) }).unwrap();
        let before = project.clone();
        let ids = ["one", "two", "one", "nowhere"].map(ArticleId::new);
        let inverse = project.apply(remove_articles(&project, &ids).unwrap()).unwrap();
        assert_eq!(project.articles().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["three"]);
        assert_eq!((project.sheets().count(), audit::audit(&project)), (1, vec![]));
        assert_eq!(remove_articles(&project, &ids), None);
        project.apply(inverse).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn articles_come_and_go_with_the_record_of_their_import() {
        let (mut project, _) = drawn();
        let before = project.clone();
        let article = |id: &str| {
            let rows = tile("He ran.", &[(0..7, None)]).unwrap();
            Article::new(ArticleId::new(id), "He ran.".into(), rows, String::new())
        };
        let mut record = Import::new(RecordId::new("i1"), "0.2.0");
        let name = "x".repeat(5000);
        record.files.push(ImportFile { name, found: 2, taken: 2, ..ImportFile::default() });
        let action = take_in_all(&project, vec![article("y"), article("x")], Some(record));
        let place = action.place().map(|place| place.article);
        let back = project.apply(action).unwrap();
        assert_eq!(place, Some(ArticleId::new("y")), "what is shown is the first article");
        let named = project.articles().filter(|article| article.meta.import.as_deref() == Some("i1"));
        assert_eq!((named.count(), project.imports().count()), (2, 1));
        project.apply(back).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn articles_come_in_after_those_there() {
        let (mut project, _) = drawn();
        let article = |id: &str| {
            let rows = tile("He ran.", &[(0..7, None)]).unwrap();
            Article::new(ArticleId::new(id), "He ran.".into(), rows, String::new())
        };
        project.apply(add_article(&project, article("z"))).unwrap();
        project.apply(add_articles(&project, vec![article("y"), article("x")])).unwrap();
        let added: Vec<_> = project.articles().map(|a| (a.id.as_str(), a.added)).collect();
        assert_eq!(added, [("a", 1), ("x", 4), ("y", 3), ("z", 2)]);
    }
}
