//! Chance actions over a project: most of them possible, some of them hostile.
//!
//! A throw of [`Dice`] is a row of bytes, so that proptest can make it smaller; zeros give the plainest action.

use allegata::model::action::{Action, Record, SchemeHead};
use allegata::model::article::{Article, Sentence, tile};
use allegata::model::coder::Coder;
use allegata::model::coding::{Coding, Row};
use allegata::model::comment::Comment;
use allegata::model::conflict::{Conflict, Value, What};
use allegata::model::decision::Decision;
use allegata::model::draw::Draw;
use allegata::model::ids::{ArticleId, CoderId, Extra, LabelId, MAX_NOTE_BYTES, RecordId, Span, Stamp};
use allegata::model::import::{Import, ImportFile, LeftOut};
use allegata::model::link::Link;
use allegata::model::plan::{self, Answer};
use allegata::model::project::Project;
use allegata::model::scheme::Label;
use allegata::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeSet;
use std::slice::Iter;
use std::sync::Arc;

/// Bytes read one after the other; when they are used up every throw is 0.
pub struct Dice<'a>(Iter<'a, u8>);

impl<'a> Dice<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or_default()) % sides
    }

    /// True once in so many throws, and never on a zero.
    fn once_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == sides - 1
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.roll(from.len().max(1))).cloned()
    }
}

/// The names of an action's variants, for the test that all of them happen.
pub const KINDS: [&str; 16] = [
    "Project",
    "Scheme",
    "Label",
    "Coder",
    "Article",
    "Sentences",
    "Sheet",
    "Coding",
    "Comment",
    "Link",
    "Decision",
    "Draw",
    "Import",
    "Conflict",
    "Head",
    "Many",
];

pub fn kind(action: &Action) -> &'static str {
    match action {
        Action::Project { .. } => "Project",
        Action::Scheme { .. } => "Scheme",
        Action::Label { .. } => "Label",
        Action::Coder { .. } => "Coder",
        Action::Article { .. } => "Article",
        Action::Sentences { .. } => "Sentences",
        Action::Sheet { .. } => "Sheet",
        Action::Coding { .. } => "Coding",
        Action::Record(Record::Comment { .. }) => "Comment",
        Action::Record(Record::Link { .. }) => "Link",
        Action::Record(Record::Decision { .. }) => "Decision",
        Action::Record(Record::Draw { .. }) => "Draw",
        Action::Record(Record::Import { .. }) => "Import",
        Action::Record(Record::Conflict { .. }) => "Conflict",
        Action::Record(Record::Head { .. }) => "Head",
        Action::Many(_) => "Many",
    }
}

/// The next action of a script: a bare one, several, or one that a plan makes.
pub fn action(project: &Project, dice: &mut Dice) -> Action {
    match dice.roll(8) {
        0..4 => one(project, dice),
        4 | 5 => planned(project, dice).unwrap_or_else(|| one(project, dice)),
        _ => many(project, dice, 2),
    }
}

/// What one of the plans makes of a throw, if it makes anything.
pub fn planned(project: &Project, dice: &mut Dice) -> Option<Action> {
    let plan = dice.roll(10);
    let (key, span) = (sheet_key(project, dice), Span::new(0, 0));
    let span = place(project, &key.article, dice).unwrap_or(span);
    match plan {
        0 => plan::answer(project, &key, span, &answer(project, dice), stamp(dice)),
        1 => plan::toggle(project, &key, span, &label_id(project, dice), stamp(dice)),
        2 => plan::unsure(project, &key, span, !dice.once_in(2)),
        3 => plan::note(project, &key, span, ["", "page 2", " ", "x\n"][dice.roll(4)]),
        4 => plan::done(project, &key, !dice.once_in(2), stamp(dice)),
        5 => Some(plan::add_article(project, new_article(dice))),
        6 => plan::remove_articles(project, &[key.article, sheet_key(project, dice).article]),
        7 => {
            let to = sentences(project, &key.article, dice);
            plan::resplit(project, &key.article, to).ok().flatten().map(|plan| plan.action)
        }
        8 => {
            let record = import(project, record_id("i", dice), dice);
            Some(plan::take_in_all(project, vec![new_article(dice), new_article(dice)], Some(record)))
        }
        _ => plan::answer(project, &key, span, &Answer::Unanswered, stamp(dice)),
    }
}

pub fn answer(project: &Project, dice: &mut Dice) -> Answer {
    Answer::Labels((0..dice.roll(4)).map(|_| label_id(project, dice)).collect())
}

pub fn sheet_key(project: &Project, dice: &mut Dice) -> SheetKey {
    SheetKey { coder: coder_id(project, dice), article: article_id(project, dice) }
}

/// A sentence of the article, now and then one that is not there.
pub fn place(project: &Project, article: &ArticleId, dice: &mut Dice) -> Option<Span> {
    let spans: Vec<_> = project.article(article)?.sentences().iter().map(|s| s.span).collect();
    if dice.once_in(20) { Some(Span::new(1, 2)) } else { dice.pick(&spans) }
}

fn one(project: &Project, dice: &mut Dice) -> Action {
    match dice.roll(18) {
        0..3 => coding_action(project, dice),
        3 | 4 => sheet_action(project, dice),
        5 => project_action(project, dice),
        6 => scheme_action(project, dice),
        7 => label_action(project, dice),
        8 => coder_action(project, dice),
        9 => article_action(project, dice),
        10 => sentences_action(project, dice),
        11 => comment_action(project, dice),
        12 => link_action(project, dice),
        13 => conflict_action(project, dice),
        14 => draw_action(project, dice),
        15 => import_action(project, dice),
        16 => Action::Record(Record::Head { extra: extra(dice) }),
        _ => decision_action(project, dice),
    }
}

/// Some actions after one another; now and then one in the middle, or the last one, fails.
fn many(project: &Project, dice: &mut Dice, depth: usize) -> Action {
    let mut then = project.clone();
    let mut actions = vec![];
    let hostile = dice.once_in(3);
    for _ in 0..=dice.roll(4) {
        let action = if depth > 0 && dice.once_in(8) {
            many(&then, dice, depth - 1)
        } else {
            planned(&then, dice).filter(|_| !hostile).unwrap_or_else(|| one(&then, dice))
        };
        if then.apply(action.clone()).is_ok() || hostile {
            actions.push(action);
        }
    }
    if hostile {
        let id = RecordId::new("never");
        actions.push(Action::Record(Record::Link { id, to: None }));
    }
    Action::Many(actions)
}

fn article_id(project: &Project, dice: &mut Dice) -> ArticleId {
    let ids: Vec<_> = project.articles().map(|a| a.id.clone()).collect();
    if dice.once_in(25) { None } else { dice.pick(&ids) }.unwrap_or_else(|| ArticleId::new("nowhere"))
}

fn coder_id(project: &Project, dice: &mut Dice) -> CoderId {
    let ids: Vec<_> = project.coders().map(|c| c.id.clone()).collect();
    if dice.once_in(25) { None } else { dice.pick(&ids) }.unwrap_or_else(|| CoderId::new("nobody"))
}

fn label_id(project: &Project, dice: &mut Dice) -> LabelId {
    let ids: Vec<_> = project.scheme().labels.iter().map(|l| l.id.clone()).collect();
    if dice.once_in(25) { None } else { dice.pick(&ids) }.unwrap_or_else(|| LabelId::new("nothing"))
}

fn record_id(kind: &str, dice: &mut Dice) -> RecordId {
    if dice.once_in(40) { RecordId::new("bad id") } else { RecordId::new(format!("{kind}{}", dice.roll(3))) }
}

fn stamp(dice: &mut Dice) -> Stamp {
    Stamp(i64::try_from(dice.roll(100)).unwrap())
}

fn extra(dice: &mut Dice) -> Option<Box<Extra>> {
    let field = || Box::new(Extra::from_iter([("mood", "\"grave\"")]));
    dice.once_in(6).then(field)
}

fn name(dice: &mut Dice) -> String {
    let long = "x".repeat(201);
    ["Zoe", "", "Ines Várga", "a\u{202E}b", &long][[0, 1, 2, 0, 1, 2, 0, 2, 3, 4][dice.roll(10)]].to_owned()
}

fn project_action(project: &Project, dice: &mut Dice) -> Action {
    let mut never_end_after = project.never_end_after().to_vec();
    match dice.roll(5) {
        0 | 1 => {}
        2 => drop(never_end_after.pop()),
        _ => {
            let long = "x".repeat(65);
            let new = ["Abg", "z. B.", "Az", "No", "", "a\nb", &long][dice.roll(7)];
            never_end_after.insert(dice.roll(2).min(never_end_after.len()), new.to_owned());
        }
    }
    Action::Project { title: name(dice), never_end_after }
}

fn scheme_action(project: &Project, dice: &mut Dice) -> Action {
    let scheme = project.scheme();
    let choose = ["several", "one", "a newer word"][[0, 0, 1, 2][dice.roll(4)]].to_owned();
    let skip = scheme.skip.iter().skip(dice.roll(3)).cloned().collect();
    let version = scheme.version.saturating_add(1);
    Action::Scheme { to: SchemeHead { version, choose, skip, extra: extra(dice) } }
}

fn label_action(project: &Project, dice: &mut Dice) -> Action {
    let id = match dice.roll(8) {
        0..4 => label_id(project, dice),
        4 | 5 => LabelId::new("rumour"),
        6 => LabelId::new("threat"),
        _ => LabelId::new(["none", "bad id", "unsure"][dice.roll(3)]),
    };
    if dice.once_in(4) {
        return Action::Label { id, to: None };
    }
    let mut label = project.scheme().label(&id).map_or_else(Label::sample, |label| Label::clone(label));
    label.id = if dice.once_in(30) { LabelId::new("other") } else { id.clone() };
    match dice.roll(6) {
        0 | 1 => {}
        2 => label.retired = !label.retired,
        3 => label.name = name(dice),
        4 => label.keys = vec![dice.roll(6).to_string()],
        _ => label.letter = dice.pick(&["A", "D", "F", "R", "T", ""].map(str::to_owned)).unwrap(),
    }
    Action::Label { id, to: Some((dice.roll(6), Arc::new(label))) }
}

/// A label to begin with.
trait Sample {
    fn sample() -> Self;
}

impl Sample for Label {
    fn sample() -> Self {
        Self {
            id: LabelId::new("rumour"),
            name: "Rumour".to_owned(),
            keys: vec![],
            letter: "R".to_owned(),
            colour: "#CC79A7".to_owned(),
            line: "solid".to_owned(),
            says: String::new(),
            is: vec![],
            is_not: vec![],
            was: vec![],
            doubt: None,
            retired: false,
            extra: None,
        }
    }
}

fn coder_action(project: &Project, dice: &mut Dice) -> Action {
    let id = match dice.roll(5) {
        0 | 1 => CoderId::new(format!("new-{}", dice.roll(3))),
        2 | 3 => coder_id(project, dice),
        _ => CoderId::new("a b"),
    };
    let own = if dice.once_in(20) { CoderId::new("other") } else { id.clone() };
    let coder = Coder {
        id: own,
        name: name(dice),
        role: dice.once_in(3).then(|| "reviewer".to_owned()),
        extra: extra(dice),
    };
    Action::Coder { id, to: (!dice.once_in(3)).then_some(coder) }
}

fn new_article(dice: &mut Dice) -> Article {
    let text = ["It rained. No!", "Ja 👍🏽.\n\nEnde. ", "x", "", " He ran."][dice.roll(5)];
    let id = ArticleId::new(["new-0", "new-1", "new-2", "a/b"][dice.roll(4)]);
    let rows: Vec<_> = cut(text, dice);
    let sentences = tile(text, &rows).unwrap_or_default();
    let mut article = Article::new(id, text.into(), sentences, "0".to_owned());
    article.intact = !dice.once_in(5);
    article
}

fn article_action(project: &Project, dice: &mut Dice) -> Action {
    let id = article_id(project, dice);
    let what = dice.roll(8);
    let mut was = project.article(&id).map_or_else(|| new_article(dice), |was| Article::clone(was));
    let to = match what {
        0 | 1 => {
            let new = new_article(dice);
            return Action::Article { id: new.id.clone(), to: Some(Arc::new(new)) };
        }
        2 => return Action::Article { id, to: None },
        3 => {
            was.intact = !was.intact;
            was
        }
        4 => {
            was.id = ArticleId::new("other");
            was
        }
        5 => was.with_sentences(retiled(&was, dice)),
        6 => Article::new(id.clone(), "Another text.".into(), was.sentences().to_vec(), was.sha256),
        _ => {
            was.meta.title = Some(name(dice));
            was.aside = dice.once_in(3).then(|| name(dice));
            was.split = ["train", "test", "a b"].get(dice.roll(8)).map(|split| (*split).to_owned());
            was.extra = extra(dice);
            was
        }
    };
    Action::Article { id, to: Some(Arc::new(to)) }
}

/// Byte ranges that begin at chance words of the text.
fn cut(text: &str, dice: &mut Dice) -> Vec<(std::ops::Range<usize>, Option<Arc<str>>)> {
    let words = text.char_indices().zip(text.chars().skip(1));
    let starts = words.filter(|((_, c), next)| c.is_whitespace() && !next.is_whitespace());
    let mut starts: BTreeSet<usize> =
        starts.map(|((at, c), _)| at + c.len_utf8()).filter(|_| dice.once_in(3)).collect();
    starts.insert(0);
    let ends: Vec<_> = starts.iter().copied().skip(1).chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| (start..end, None)).collect()
}

fn retiled(article: &Article, dice: &mut Dice) -> Vec<Sentence> {
    let mut sentences = match dice.roll(4) {
        0 | 1 => tile(article.text(), &cut(article.text(), dice)).unwrap_or_default(),
        _ => article.sentences().to_vec(),
    };
    if dice.once_in(3) {
        sentences.iter_mut().take(1).for_each(|s| s.kind = Some("headline".into()));
    }
    if dice.once_in(4) {
        sentences.iter_mut().rev().take(1).for_each(|s| s.kind = Some("aside".into()));
    }
    if dice.once_in(12) {
        sentences.pop();
    }
    sentences
}

fn sentences_action(project: &Project, dice: &mut Dice) -> Action {
    let article = article_id(project, dice);
    let to = sentences(project, &article, dice);
    Action::Sentences { article, to }
}

/// Other sentences for an article, now and then unsound.
pub fn sentences(project: &Project, article: &ArticleId, dice: &mut Dice) -> Vec<Sentence> {
    project.article(article).map(|was| retiled(was, dice)).unwrap_or_default()
}

fn coding(project: &Project, dice: &mut Dice) -> Coding {
    let shape = dice.roll(9);
    let n_labels = match shape {
        0 | 1 => 1,
        2 | 3 => dice.roll(4),
        _ => 0,
    };
    let long = "x".repeat(MAX_NOTE_BYTES + 1);
    Coding {
        answered: shape < 6,
        labels: (0..n_labels).map(|_| label_id(project, dice)).collect(),
        unsure: shape == 6 || dice.once_in(4),
        note: match shape {
            7 => Some("who says so?".into()),
            _ if dice.once_in(30) => Some(long.into()),
            _ => None,
        },
        at: Some(stamp(dice)).filter(|_| shape < 6),
        check: dice.once_in(5),
        by: dice.once_in(5).then(|| "import".into()),
        scheme: Some(7).filter(|_| shape < 6 && dice.once_in(5)),
        extra: extra(dice),
    }
}

fn coding_action(project: &Project, dice: &mut Dice) -> Action {
    let key = sheet_key(project, dice);
    let span = place(project, &key.article, dice).unwrap_or(Span::new(0, 1));
    Action::Coding { key, span, to: (!dice.once_in(4)).then(|| coding(project, dice)) }
}

fn sheet_action(project: &Project, dice: &mut Dice) -> Action {
    let key = sheet_key(project, dice);
    if dice.once_in(5) {
        return Action::Sheet { key, to: None };
    }
    let mut sheet =
        project.sheet(&key).map_or_else(|| Sheet::new(key.clone(), 1), |sheet| Sheet::clone(sheet));
    match dice.roll(7) {
        0 => sheet.done = !sheet.done,
        1 => sheet.assigned = !sheet.assigned,
        2 => sheet.rows.clear(),
        3 => {
            // Now and then out of order, or the same sentence twice.
            let span = place(project, &key.article, dice).unwrap_or(Span::new(0, 1));
            sheet.rows.push(Row { span, coding: coding(project, dice) });
        }
        4 => sheet.kept.push(Row { span: Span::new(3, 4), coding: coding(project, dice) }),
        5 => sheet.rows = sheet.rows.iter().flat_map(|row| [row.clone(), row.clone()]).collect(),
        _ => sheet.key.coder = CoderId::new("other"),
    }
    Action::Sheet { key, to: Some(Arc::new(sheet)) }
}

fn comment_action(project: &Project, dice: &mut Dice) -> Action {
    let id = record_id("c", dice);
    let article = article_id(project, dice);
    let sentence = place(project, &article, dice).filter(|_| dice.once_in(2));
    let comment = Comment {
        id: if dice.once_in(30) { RecordId::new("other") } else { id.clone() },
        article,
        sentence,
        by: coder_id(project, dice),
        at: None,
        text: "Is that so?".to_owned(),
        re: dice.once_in(2).then(|| record_id("c", dice)),
        resolved: false,
        extra: extra(dice),
    };
    Action::Record(Record::Comment { id, to: (!dice.once_in(3)).then_some(comment) })
}

fn link_action(project: &Project, dice: &mut Dice) -> Action {
    let id = record_id("l", dice);
    let (article, to_article) = (article_id(project, dice), article_id(project, dice));
    let link = Link {
        id: if dice.once_in(30) { RecordId::new("other") } else { id.clone() },
        sentence: place(project, &article, dice).unwrap_or(Span::new(0, 1)),
        to_sentence: place(project, &to_article, dice).unwrap_or(Span::new(0, 1)),
        article,
        to_article,
        by: coder_id(project, dice),
        at: Some(stamp(dice)),
        extra: extra(dice),
    };
    Action::Record(Record::Link { id, to: (!dice.once_in(4)).then_some(link) })
}

fn decision_action(project: &Project, dice: &mut Dice) -> Action {
    let id = record_id("d", dice);
    let article = article_id(project, dice);
    let decision = Decision {
        id: if dice.once_in(30) { RecordId::new("other") } else { id.clone() },
        sentence: place(project, &article, dice).unwrap_or(Span::new(0, 1)),
        article,
        labels: (0..dice.roll(3)).map(|_| label_id(project, dice)).collect(),
        reason: String::new(),
        code: String::new(),
        answers: Box::default(),
        by: coder_id(project, dice),
        at: Some(stamp(dice)),
        extra: extra(dice),
    };
    Action::Record(Record::Decision { id, to: (!dice.once_in(4)).then_some(decision) })
}

fn draw_action(project: &Project, dice: &mut Dice) -> Action {
    let id = record_id("r", dice);
    // Now and then one that is not there, or the same twice.
    let articles = (0..dice.roll(4)).map(|_| article_id(project, dice)).collect();
    let draw = Draw {
        id: if dice.once_in(30) { RecordId::new("other") } else { id.clone() },
        by: (!dice.once_in(3)).then(|| coder_id(project, dice)),
        at: Some(stamp(dice)),
        seed: 7,
        size: 2,
        of: 3,
        strata: Box::new(["outlet".into()]),
        articles,
        extra: extra(dice),
    };
    Action::Record(Record::Draw { id, to: (!dice.once_in(4)).then_some(draw) })
}

fn import_action(project: &Project, dice: &mut Dice) -> Action {
    let id = record_id("i", dice);
    let of = if dice.once_in(30) { RecordId::new("other") } else { id.clone() };
    let import = import(project, of, dice);
    Action::Record(Record::Import { id, to: (!dice.once_in(4)).then_some(import) })
}

fn import(project: &Project, id: RecordId, dice: &mut Dice) -> Import {
    let name =
        ["a.docx", "b \u{202e}/c.html", &"x".repeat(5000)][dice.roll(20).saturating_sub(17)].to_owned();
    let left = LeftOut {
        file: name.clone(),
        place: ["", "row 7"][dice.roll(2)].to_owned(),
        title: ["", "Fire", "two\nlines"][dice.roll(3)].to_owned(),
        why: "no text".to_owned(),
        extra: extra(dice),
    };
    let file = ImportFile {
        name,
        layout: dice.once_in(3).then(|| "nexis-uni".to_owned()),
        announced: dice.once_in(2).then_some(3),
        found: 2,
        taken: 1,
        warnings: vec!["2 lines cut".to_owned()],
        extra: extra(dice),
        ..ImportFile::default()
    };
    Import {
        by: (!dice.once_in(3)).then(|| coder_id(project, dice)),
        at: Some(stamp(dice)),
        files: (0..dice.roll(3)).map(|_| file.clone()).collect(),
        left: (0..dice.roll(3)).map(|_| left.clone()).collect(),
        extra: extra(dice),
        ..Import::new(id, "0.2.0")
    }
}

fn conflict_action(project: &Project, dice: &mut Dice) -> Action {
    let article = article_id(project, dice);
    let conflict = Conflict {
        coder: Some(coder_id(project, dice)),
        sentence: Some(place(project, &article, dice).unwrap_or(Span::new(0, 1))),
        article: Some(article),
        base: dice.once_in(2).then(|| Value::Coding(coding(project, dice))),
        ours: Some(Value::Coding(coding(project, dice))),
        theirs: dice.once_in(2).then(|| Value::Coding(coding(project, dice))),
        at: Some(stamp(dice)),
        extra: extra(dice),
        ..Conflict::new(What::Coding)
    };
    let to = (!dice.once_in(4)).then(|| Box::new(conflict));
    Action::Record(Record::Conflict { place: dice.roll(project.conflicts().len() + 2), to })
}
