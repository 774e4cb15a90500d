//! What a sound project never holds. `apply` refuses it, the reader mends it, `check` says it.

use crate::model::article::Article;
use crate::model::coder::Coder;
use crate::model::coding::{Coding, Row};
use crate::model::comment::Comment;
use crate::model::conflict::Conflict;
use crate::model::decision::Decision;
use crate::model::draw::Draw;
use crate::model::ids::{self, ArticleId, CoderId, LabelId, RESERVED_LABELS, Span};
use crate::model::import::Import;
use crate::model::link::Link;
use crate::model::project::Project;
use crate::model::scheme::Scheme;
use crate::model::sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet};

/// Something that is wrong in a project.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("id `{0}` is not 1 to 64 of the characters A-Z a-z 0-9 . _ -")]
    BadId(String),
    #[error("the name of {0} `{1}` is longer than 200 characters or holds control characters")]
    BadName(String, String),
    #[error("`{0}` stands twice")]
    Twice(String),
    #[error("label `{0}` takes a reserved name")]
    ReservedLabel(String),
    #[error("labels `{0}` and `{1}` share the letter or key `{2}`")]
    SharedSign(String, String, String),
    #[error("more than {0} labels")]
    TooManyLabels(usize),
    #[error("more than {0} coders")]
    TooManyCoders(usize),
    #[error("`{0}` is no abbreviation: 1 to 64 bytes on one line, without control characters")]
    BadAbbreviation(String),
    #[error("more than {0} abbreviations")]
    TooManyAbbreviations(usize),
    #[error("the sentences of article `{0}` do not tile its text")]
    NotTiling(ArticleId),
    #[error("a sheet names coder `{0}`, who is not in the project")]
    NoCoder(String),
    #[error("a record names article `{0}`, which is not in the project")]
    NoArticle(String),
    #[error("a record names sentence `{1}`, which article `{0}` does not have")]
    NoSentence(ArticleId, Span),
    #[error("sentence `{1}` of article `{0}` has label `{2}`, which is not in the scheme")]
    NoLabel(ArticleId, Span, String),
    #[error("a sentence of article `{0}` has several labels in a scheme that takes one")]
    SeveralLabels(ArticleId),
    #[error("sentence `{1}` of article `{0}` has a label and is said to be unanswered")]
    LabelledUnanswered(ArticleId, Span),
    #[error("sentence `{1}` of article `{0}` has a row that says nothing")]
    Blank(ArticleId, Span),
    #[error("the note on sentence `{1}` of article `{0}` is longer than 64 KiB")]
    LongNote(ArticleId, Span),
    #[error("import `{0}` names a file with more than 4096 bytes")]
    LongFileName(String),
    #[error("the rows of a sheet for article `{0}` are not in order, or one sentence has two")]
    RowOrder(ArticleId),
    #[error("a comment answers `{0}`, which is not there")]
    NoComment(String),
    #[error("comment `{0}` answers itself, if only by way of others")]
    Circle(String),
    #[error("no record `{0}`")]
    NoRecord(String),
}

/// All that is wrong with a project; empty = sound.
pub fn audit(project: &Project) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut note = |checked: Result<(), Problem>| problems.extend(checked.err());
    note(id(project.id().as_str()));
    note(name("project", project.title()));
    note(scheme(project.scheme()));
    note(room_for_coder(project.n_coders()));
    note(never_end_after(project.never_end_after()));
    project.coders().for_each(|c| note(coder(c)));
    project.articles().for_each(|a| note(article(a)));
    let known = Known::all(project.scheme());
    project.sheets().for_each(|s| note(sheet_of(project, s, &known)));
    project.comments().for_each(|c| note(comment_alone(project, c).and_then(|()| answers_one(project, c))));
    note(circles(project));
    project.links().for_each(|l| note(link(project, l)));
    project.decisions().for_each(|d| note(decision_of(project, d, &known)));
    project.draws().for_each(|d| note(draw(project, d)));
    project.imports().for_each(|i| note(import(project, i)));
    project.conflicts().iter().for_each(|c| note(conflict_of(project, c, &known)));
    problems
}

/// The labels of a scheme, looked up for one record or for all.
struct Known<'a> {
    scheme: &'a Scheme,
    ids: Option<BTreeSet<&'a LabelId>>,
}

impl<'a> Known<'a> {
    /// More than these are looked up in order.
    const FEW: usize = 16;

    /// For one record.
    fn one(scheme: &'a Scheme) -> Self {
        Self { scheme, ids: None }
    }

    /// For all records of a project.
    fn all(scheme: &'a Scheme) -> Self {
        let is_long = scheme.labels.len() > Self::FEW;
        Self { scheme, ids: is_long.then(|| scheme.labels.iter().map(|label| &label.id).collect()) }
    }

    fn has(&self, label: &LabelId) -> bool {
        match &self.ids {
            Some(ids) => ids.contains(label),
            None => self.scheme.label(label).is_some(),
        }
    }
}

pub(in crate::model) fn id(text: &str) -> Result<(), Problem> {
    if ids::is_id(text) { Ok(()) } else { Err(Problem::BadId(text.to_owned())) }
}

pub(in crate::model) fn name(of: &str, text: &str) -> Result<(), Problem> {
    if ids::is_name(text) { Ok(()) } else { Err(Problem::BadName(of.to_owned(), text.to_owned())) }
}

pub(in crate::model) fn room_for_coder(n_coders: usize) -> Result<(), Problem> {
    if n_coders <= ids::MAX_CODERS { Ok(()) } else { Err(Problem::TooManyCoders(ids::MAX_CODERS)) }
}

pub(in crate::model) fn never_end_after(abbreviations: &[String]) -> Result<(), Problem> {
    if abbreviations.len() > ids::MAX_ABBREVIATIONS {
        return Err(Problem::TooManyAbbreviations(ids::MAX_ABBREVIATIONS));
    }
    let mut seen = BTreeSet::new();
    for abbreviation in abbreviations {
        if !ids::is_abbreviation(abbreviation) {
            return Err(Problem::BadAbbreviation(abbreviation.clone()));
        }
        if !seen.insert(abbreviation) {
            return Err(Problem::Twice(abbreviation.clone()));
        }
    }
    Ok(())
}

pub(in crate::model) fn coder(coder: &Coder) -> Result<(), Problem> {
    id(coder.id.as_str())?;
    name("coder", &coder.name)
}

pub(in crate::model) fn scheme(scheme: &Scheme) -> Result<(), Problem> {
    if scheme.labels.len() > ids::MAX_LABELS {
        return Err(Problem::TooManyLabels(ids::MAX_LABELS));
    }
    let (mut keys, mut letters) = (BTreeMap::new(), BTreeMap::new());
    let mut ids_seen = BTreeSet::new();
    for label in &scheme.labels {
        id(label.id.as_str())?;
        name("label", &label.name)?;
        if RESERVED_LABELS.contains(&label.id.as_str()) {
            return Err(Problem::ReservedLabel(label.id.to_string()));
        }
        if !ids_seen.insert(&label.id) {
            return Err(Problem::Twice(label.id.to_string()));
        }
        if label.retired {
            continue;
        }
        for key in &label.keys {
            own_sign(&mut keys, key, &label.id)?;
        }
        if !label.letter.is_empty() {
            own_sign(&mut letters, &label.letter, &label.id)?;
        }
    }
    Ok(())
}

fn own_sign<'a>(
    seen: &mut BTreeMap<&'a str, &'a LabelId>,
    sign: &'a str,
    label: &'a LabelId,
) -> Result<(), Problem> {
    match seen.insert(sign, label) {
        Some(other) if other != label => {
            Err(Problem::SharedSign(other.to_string(), label.to_string(), sign.to_owned()))
        }
        _ => Ok(()),
    }
}

pub(in crate::model) fn article(article: &Article) -> Result<(), Problem> {
    id(article.id.as_str())?;
    article.split.as_deref().map_or(Ok(()), id)?;
    let text = article.text();
    let wrong = || Problem::NotTiling(article.id.clone());
    let (mut byte, mut chars) = (0_usize, 0_u32);
    for (idx, sentence) in article.sentences().iter().enumerate() {
        let row = article.row_of(idx);
        let body = article.words_of(sentence);
        let starts = sentence.bytes.start as usize == byte;
        let n_body = u32::try_from(body.chars().count()).unwrap_or(u32::MAX);
        let tight = !body.is_empty() && body == row.trim_end();
        if !starts || !tight || sentence.span != Span::new(chars, chars.saturating_add(n_body)) {
            return Err(wrong());
        }
        let rest = row.get(body.len()..).ok_or_else(wrong)?;
        chars = chars
            .saturating_add(n_body)
            .saturating_add(u32::try_from(rest.chars().count()).unwrap_or(u32::MAX));
        byte += row.len();
    }
    if byte == text.len() && !text.is_empty() { Ok(()) } else { Err(wrong()) }
}

pub(in crate::model) fn sheet(project: &Project, sheet: &Sheet) -> Result<(), Problem> {
    sheet_of(project, sheet, &Known::all(project.scheme()))
}

fn sheet_of(project: &Project, sheet: &Sheet, known: &Known<'_>) -> Result<(), Problem> {
    let key = &sheet.key;
    if project.coder(&key.coder).is_none() {
        return Err(Problem::NoCoder(key.coder.to_string()));
    }
    let Some(article) = project.article(&key.article) else {
        return Err(Problem::NoArticle(key.article.to_string()));
    };
    if !sheet.rows.is_sorted_by(|a, b| a.span < b.span) {
        return Err(Problem::RowOrder(key.article.clone()));
    }
    for Row { span, coding: row } in &sheet.rows {
        if article.idx_of(*span).is_none() {
            return Err(Problem::NoSentence(key.article.clone(), *span));
        }
        coding_of(known, &key.article, *span, row)?;
    }
    let is_known = |row: &Row| labels(known, &key.article, row.span, &row.coding.labels);
    sheet.kept.iter().try_for_each(is_known)
}

pub(in crate::model) fn coding(
    scheme: &Scheme,
    article: &ArticleId,
    span: Span,
    coding: &Coding,
) -> Result<(), Problem> {
    coding_of(&Known::one(scheme), article, span, coding)
}

fn coding_of(known: &Known<'_>, article: &ArticleId, span: Span, coding: &Coding) -> Result<(), Problem> {
    labels(known, article, span, &coding.labels)?;
    if coding.labels.len() > 1 && !known.scheme.takes_several() {
        return Err(Problem::SeveralLabels(article.clone()));
    }
    if !coding.answered && !coding.labels.is_empty() {
        return Err(Problem::LabelledUnanswered(article.clone(), span));
    }
    if coding.is_blank() {
        return Err(Problem::Blank(article.clone(), span));
    }
    if coding.note.as_ref().is_some_and(|note| note.len() > ids::MAX_NOTE_BYTES) {
        return Err(Problem::LongNote(article.clone(), span));
    }
    Ok(())
}

fn labels(known: &Known<'_>, article: &ArticleId, span: Span, labels: &[LabelId]) -> Result<(), Problem> {
    let is_long = labels.len() > Known::FEW;
    let mut seen = BTreeSet::new();
    for (idx, label) in labels.iter().enumerate() {
        if !known.has(label) {
            return Err(Problem::NoLabel(article.clone(), span, label.to_string()));
        }
        let is_twice =
            if is_long { !seen.insert(label) } else { labels.iter().take(idx).any(|other| other == label) };
        if is_twice {
            return Err(Problem::Twice(label.to_string()));
        }
    }
    Ok(())
}

fn sentence(project: &Project, article: &ArticleId, span: Option<Span>) -> Result<(), Problem> {
    let found = project.article(article).ok_or_else(|| Problem::NoArticle(article.to_string()))?;
    match span {
        Some(span) if found.idx_of(span).is_none() => Err(Problem::NoSentence(article.clone(), span)),
        _ => Ok(()),
    }
}

fn person(project: &Project, coder: &CoderId) -> Result<(), Problem> {
    project.coder(coder).map(|_| ()).ok_or_else(|| Problem::NoCoder(coder.to_string()))
}

pub(in crate::model) fn comment(project: &Project, comment: &Comment) -> Result<(), Problem> {
    comment_alone(project, comment)?;
    let mut re = comment.re.as_ref();
    // Each step is another comment, unless those above go round in a circle without this one.
    for _ in 0..=project.n_comments() {
        let Some(above) = re else { return Ok(()) };
        if *above == comment.id {
            break;
        }
        let found = project.comment(above).ok_or_else(|| Problem::NoComment(above.to_string()))?;
        re = found.re.as_ref();
    }
    Err(Problem::Circle(comment.id.to_string()))
}

fn comment_alone(project: &Project, comment: &Comment) -> Result<(), Problem> {
    id(comment.id.as_str())?;
    person(project, &comment.by)?;
    sentence(project, &comment.article, comment.sentence)
}

fn answers_one(project: &Project, comment: &Comment) -> Result<(), Problem> {
    match &comment.re {
        Some(above) if project.comment(above).is_none() => Err(Problem::NoComment(above.to_string())),
        _ => Ok(()),
    }
}

/// Whether comments go round in a circle. Each is met once, so that long ways up cost no more than short ones.
fn circles(project: &Project) -> Result<(), Problem> {
    // The walk in which a comment was met first.
    let mut met = BTreeMap::new();
    for (walk, start) in project.comments().enumerate() {
        let mut here = Some(start);
        while let Some(comment) = here {
            match met.insert(&comment.id, walk) {
                Some(earlier) if earlier == walk => return Err(Problem::Circle(comment.id.to_string())),
                Some(_) => break,
                None => here = comment.re.as_ref().and_then(|re| project.comment(re)),
            }
        }
    }
    Ok(())
}

pub(in crate::model) fn link(project: &Project, link: &Link) -> Result<(), Problem> {
    id(link.id.as_str())?;
    person(project, &link.by)?;
    sentence(project, &link.article, Some(link.sentence))?;
    sentence(project, &link.to_article, Some(link.to_sentence))
}

pub(in crate::model) fn decision(project: &Project, decision: &Decision) -> Result<(), Problem> {
    decision_of(project, decision, &Known::one(project.scheme()))
}

fn decision_of(project: &Project, decision: &Decision, known: &Known<'_>) -> Result<(), Problem> {
    id(decision.id.as_str())?;
    person(project, &decision.by)?;
    sentence(project, &decision.article, Some(decision.sentence))?;
    if decision.labels.len() > 1 && !project.scheme().takes_several() {
        return Err(Problem::SeveralLabels(decision.article.clone()));
    }
    labels(known, &decision.article, decision.sentence, &decision.labels)
}

pub(in crate::model) fn draw(project: &Project, draw: &Draw) -> Result<(), Problem> {
    id(draw.id.as_str())?;
    draw.by.iter().try_for_each(|by| person(project, by))?;
    let mut seen = BTreeSet::new();
    for article in &draw.articles {
        sentence(project, article, None)?;
        if !seen.insert(article) {
            return Err(Problem::Twice(article.to_string()));
        }
    }
    Ok(())
}

/// That no record has the id which an article's `import` gives is no fault: the record may have been taken back, and files of
/// older versions have none.
pub(in crate::model) fn import(project: &Project, import: &Import) -> Result<(), Problem> {
    id(import.id.as_str())?;
    name("the program of import", &import.program)?;
    import.by.iter().try_for_each(|by| person(project, by))?;
    let is_long = |name: &str| name.len() > ids::MAX_FILE_NAME_BYTES;
    if import.files.iter().any(|file| is_long(&file.name)) {
        return Err(Problem::LongFileName(import.id.to_string()));
    }
    Ok(())
}

pub(in crate::model) fn conflict(project: &Project, conflict: &Conflict) -> Result<(), Problem> {
    conflict_of(project, conflict, &Known::one(project.scheme()))
}

fn conflict_of(project: &Project, conflict: &Conflict, known: &Known<'_>) -> Result<(), Problem> {
    conflict.coders().try_for_each(|coder| person(project, coder))?;
    let Some(article) = &conflict.article else { return Ok(()) };
    sentence(project, article, None)?;
    let span = conflict.sentence.unwrap_or(Span::new(0, 0));
    conflict.sides().try_for_each(|side| labels(known, article, span, side.labels()))
}

/// Whether anything but the scheme names this label.
pub(in crate::model) fn names_label(project: &Project, label: &LabelId) -> bool {
    let given = |coding: &Coding| coding.has(label);
    project.sheets().any(|s| s.rows.iter().chain(&s.kept).any(|row| given(&row.coding)))
        || project.decisions().any(|d| d.labels.contains(label))
        || project.conflicts().iter().any(|c| c.sides().any(|side| side.labels().contains(label)))
}

/// Whether anything but the list of coders names this coder.
pub(in crate::model) fn names_coder(project: &Project, coder: &CoderId) -> bool {
    project.sheets_of(coder).next().is_some()
        || project.comments().any(|c| c.by == *coder)
        || project.links().any(|l| l.by == *coder)
        || project.decisions().any(|d| d.by == *coder)
        || project.draws().any(|d| d.by.as_ref() == Some(coder))
        || project.imports().any(|i| i.by.as_ref() == Some(coder))
        || project.conflicts().iter().any(|c| c.coders().any(|of| of == coder))
}

/// Whether anything names this article.
pub(in crate::model) fn names_article(project: &Project, article: &ArticleId) -> bool {
    project.sheets_for(article).next().is_some()
        || project.comments().any(|c| c.article == *article)
        || project.links().any(|l| l.article == *article || l.to_article == *article)
        || project.decisions().any(|d| d.article == *article)
        || project.draws().any(|d| d.has(article))
        || project.conflicts().iter().any(|c| c.article.as_ref() == Some(article))
}

/// The sentences of an article that something names.
pub(in crate::model) fn spans_named<'a>(
    project: &'a Project,
    article: &'a ArticleId,
) -> impl Iterator<Item = Span> + 'a {
    let rows = project.sheets_for(article).flat_map(|sheet| sheet.rows.iter().map(|row| row.span));
    let comments = project.comments().filter(move |c| c.article == *article).filter_map(|c| c.sentence);
    let links = project.links().flat_map(|l| [(&l.article, l.sentence), (&l.to_article, l.to_sentence)]);
    let links = links.filter(move |(of, _)| *of == article).map(|(_, span)| span);
    let decisions = project.decisions().filter(move |d| d.article == *article).map(|d| d.sentence);
    rows.chain(comments).chain(links).chain(decisions)
}
