//! Labels made elsewhere, taken into a project as one action: whose they are, which labels they mean, what is there already.

use crate::analysis::incoming::finding::{At, Finder, NotFound};
use crate::analysis::incoming::{Document, Incoming, Left, Mark, placing};
use crate::model::action::Action;
use crate::model::codebook;
use crate::model::coder::{Coder, slug};
use crate::model::coding::{Coding, labels_cell};
use crate::model::ids::{
    ArticleId, CoderId, LabelId, MAX_NAME_CHARS, MAX_NOTE_BYTES, RESERVED_LABELS, Span, Stamp,
    is_bidi_control, is_id,
};
use crate::model::plan;
use crate::model::project::{Project, Refusal};
use crate::model::scheme::{Label, Scheme};
use crate::model::sheet::{Sheet, SheetKey};
use crate::text::fold::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is said beside the dataset.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Whose answers they are where the dataset names nobody, or the one whom it names.
    pub coder: Option<Coder>,
    /// What a label of the dataset is here; absent = it is left out.
    pub map: BTreeMap<String, Option<String>>,
    /// Whether labels that the scheme does not have come into it.
    pub adds_labels: bool,
    /// Whether an answer gives way that is there and says something else.
    pub overwrites: bool,
    pub at: Stamp,
}

impl Wish {
    /// Nothing is said but when it is.
    pub fn new(at: Stamp) -> Self {
        Self { coder: None, map: BTreeMap::new(), adds_labels: false, overwrites: false, at }
    }
}

/// What a dataset comes to in a project.
#[derive(Debug, Default)]
pub struct Taken {
    /// `None` = nothing would change.
    pub action: Option<Action>,
    pub coders: Vec<Coder>,
    pub labels: Vec<Arc<Label>>,
    pub n_new: usize,
    pub n_same: usize,
    /// Marks placed by sentences that they only overlap, and by words that stand elsewhere than they say.
    pub n_overlaps: usize,
    pub n_moved: usize,
    /// Answers with labels that are left out as asked for.
    pub n_skipped: usize,
    /// Answers that are there and say something else.
    pub differs: Vec<Differs>,
    pub left: Vec<Left>,
    pub notes: Vec<String>,
}

/// An answer that is there, and what the dataset says instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub article: ArticleId,
    pub sentence: Span,
    pub coder: CoderId,
    pub here: String,
    pub there: String,
}

/// Why nothing can be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    #[error("the dataset names no coder\0hint: `--coder` says whose answers these are")]
    NoCoder,
    #[error(
        "the dataset names {0} coders, so their answers cannot be one person's\0hint: leave out `--coder`"
    )]
    SeveralCoders(usize),
    #[error("`{0}` is a reviewer, who decides and does not label\0hint: `--coder` names somebody else")]
    Reviewer(CoderId),
    #[error("these labels are not in the scheme: {}\0hint: `--map OLD=NEW` for each: another label, `skip` to leave it out, or its own name to add it", .0.join(", "))]
    UnknownLabels(Vec<String>),
    #[error("{0}")]
    Refused(#[from] Refusal),
}

/// What marks say of one sentence, for one coder.
#[derive(Debug, Default)]
struct Said {
    line: u64,
    labels: Option<BTreeSet<LabelId>>,
    unsure: bool,
    note: Option<String>,
    at: Option<Stamp>,
}

type Key = (CoderId, usize, usize);

/// What a scheme says that takes several labels a sentence.
const SEVERAL: &str = "several";

/// Works out what a dataset comes to.
pub fn take(project: &Project, incoming: &Incoming, wish: &Wish) -> Result<Taken, Impossible> {
    let mut taken = Taken { left: incoming.left.clone(), notes: incoming.notes.clone(), ..Taken::default() };
    let people = people(project, incoming, wish)?;
    taken.coders = people.values().filter(|coder| project.coder(&coder.id).is_none()).cloned().collect();
    taken.coders.sort_by(|a, b| a.id.cmp(&b.id));
    taken.coders.dedup_by(|a, b| a.id == b.id);
    let (meant, mut scheme) = labels(project.scheme(), incoming, wish)?;
    let mut finder = Finder::new(project);
    let mut said: BTreeMap<Key, Said> = BTreeMap::new();
    let mut units: BTreeMap<&str, usize> = BTreeMap::new();
    for document in &incoming.documents {
        for (mark, at) in placed(document, &mut finder, &mut taken, &mut units) {
            let Some(coder) = people.get(mark.coder.as_deref().unwrap_or_default()) else { continue };
            add(said.entry((coder.id.clone(), at.0, at.1)).or_default(), mark, &meant, &mut taken);
        }
    }
    for (unit, n) in units {
        let texts = if n == 1 { "1 text".to_owned() } else { format!("{n} texts") };
        taken
            .notes
            .push(format!("places in {texts} count {unit}: read so, since that is where the words are"));
    }
    if wish.adds_labels && said.values().any(|said| said.labels.as_ref().is_some_and(|all| all.len() > 1)) {
        SEVERAL.clone_into(&mut scheme.choose);
    }
    let mut actions: Vec<Action> = Vec::new();
    let mut after = project.clone();
    if scheme != *project.scheme() {
        taken.labels =
            scheme.labels.iter().filter(|l| project.scheme().label(&l.id).is_none()).cloned().collect();
        if let Ok(Some(adopted)) = codebook::adopt(project, &scheme) {
            after.apply(adopted.action.clone())?;
            actions.push(adopted.action);
        }
    }
    for coder in &taken.coders {
        let action = Action::Coder { id: coder.id.clone(), to: Some(coder.clone()) };
        after.apply(action.clone())?;
        actions.push(action);
    }
    actions.extend(sheets(&mut after, &finder, said, wish, &mut taken)?);
    taken.left.sort_by_key(|left| left.line);
    taken.action = match actions.len() {
        _ if taken.n_new == 0 && taken.labels.is_empty() && taken.coders.is_empty() => None,
        0 | 1 => actions.pop(),
        _ => Some(Action::Many(actions)),
    };
    Ok(taken)
}

/// Whose answers they are, by the names of the dataset; an empty one for who is not named.
fn people(
    project: &Project,
    incoming: &Incoming,
    wish: &Wish,
) -> Result<BTreeMap<String, Coder>, Impossible> {
    let marks = incoming.documents.iter().flat_map(|document| &document.marks).filter(|mark| !mark.is_bare());
    let named: BTreeSet<&str> = marks.map(|mark| mark.coder.as_deref().unwrap_or_default()).collect();
    let n_named = named.iter().filter(|name| !name.is_empty()).count();
    let mut people = BTreeMap::new();
    let mut taken: BTreeSet<CoderId> = project.coders().map(|coder| coder.id.clone()).collect();
    for name in named {
        let coder = match &wish.coder {
            Some(_) if n_named > 1 => return Err(Impossible::SeveralCoders(n_named)),
            Some(coder) => coder.clone(),
            None if name.is_empty() => return Err(Impossible::NoCoder),
            None => known(project, name).unwrap_or_else(|| new_coder(name, &taken)),
        };
        if coder.is_reviewer() {
            return Err(Impossible::Reviewer(coder.id));
        }
        taken.insert(coder.id.clone());
        people.insert(name.to_owned(), coder);
    }
    Ok(people)
}

/// The coder of that id, or the only one of that name.
fn known(project: &Project, name: &str) -> Option<Coder> {
    let by_name = || {
        let mut named = project.coders().filter(|coder| coder.name == name);
        named.next().filter(|_| named.next().is_none())
    };
    project.coder(&CoderId::new(name)).or_else(by_name).cloned()
}

/// Somebody new: the name is the id where it can be one.
fn new_coder(name: &str, taken: &BTreeSet<CoderId>) -> Coder {
    let stem = if is_id(name) { name.to_owned() } else { slug(name) };
    let numbered = (2_u32..).map(|n| format!("{}-{n}", stem.chars().take(50).collect::<String>()));
    let id = std::iter::once(stem.clone()).chain(numbered).map(CoderId::new).find(|id| !taken.contains(id));
    Coder::new(id.unwrap_or_else(|| CoderId::new(stem.as_str())), plain_name(name))
}

/// What each word for a label means here, and the scheme with those that are new.
fn labels(
    was: &Scheme,
    incoming: &Incoming,
    wish: &Wish,
) -> Result<(BTreeMap<String, Option<LabelId>>, Scheme), Impossible> {
    let (mut scheme, mut meant, mut unknown) = (was.clone(), BTreeMap::new(), Vec::new());
    let marks = incoming.documents.iter().flat_map(|document| &document.marks);
    let words: BTreeSet<&str> =
        marks.flat_map(|mark| mark.labels.iter().flatten()).map(String::as_str).collect();
    for word in words {
        let (to, is_said) = match wish.map.get(word) {
            Some(None) => {
                meant.insert(word.to_owned(), None);
                continue;
            }
            Some(Some(to)) => (to.as_str(), true),
            None => (word, false),
        };
        let known = known_label(&scheme, to);
        let id = match known {
            Some(id) => id,
            None if is_said || wish.adds_labels => {
                let mut label = codebook::new_label(&scheme, &plain_name(to), |_| false);
                let own = LabelId::new(to);
                if is_id(to) && scheme.label(&own).is_none() && !RESERVED_LABELS.contains(&to) {
                    label.id = own;
                }
                let id = label.id.clone();
                scheme.labels.push(Arc::new(label));
                id
            }
            None => {
                unknown.push(format!("`{word}`"));
                continue;
            }
        };
        meant.insert(word.to_owned(), Some(id));
    }
    if unknown.is_empty() { Ok((meant, scheme)) } else { Err(Impossible::UnknownLabels(unknown)) }
}

/// A word as a name may be: on one line, without what steers, and not longer than one.
fn plain_name(word: &str) -> String {
    let plain = word.chars().map(|c| if c.is_control() || is_bidi_control(c) { ' ' } else { c });
    let plain: String = plain.take(MAX_NAME_CHARS).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The label that a word means: by id, by what was merged into it, by name.
pub fn known_label(scheme: &Scheme, word: &str) -> Option<LabelId> {
    let id = LabelId::new(word);
    let by_name = || {
        let mut named = scheme
            .labels
            .iter()
            .filter(|label| fold(&label.name) == fold(word) || fold(label.id.as_str()) == fold(word));
        named.next().filter(|_| named.next().is_none())
    };
    scheme.label(&id).or_else(|| scheme.merged(&id)).or_else(by_name).map(|label| label.id.clone())
}

/// The marks of a document that say something, each with the sentences that it is about; the others are noted.
fn placed<'d>(
    document: &'d Document,
    finder: &mut Finder<'_>,
    taken: &mut Taken,
    units: &mut BTreeMap<&'static str, usize>,
) -> Vec<(&'d Mark, At)> {
    let mut found = Vec::new();
    let Some(place) = finder.place_of(document) else {
        loose(document, finder, taken, &mut found);
        return found;
    };
    let Some(article) = finder.article(place).cloned() else { return found };
    let marks = &document.marks;
    let places = placing::places(article.text(), document.counted, marks);
    if places.counted != document.counted {
        *units.entry(places.counted.name()).or_default() += 1;
    }
    for (mark, at) in marks.iter().zip(places.at).filter(|(mark, _)| !mark.is_bare()) {
        if !article.intact {
            taken.left.push(Left::new(mark.line, Refusal::Locked(article.id.clone()).to_string()));
            continue;
        }
        let range = match at {
            Ok(range) => range,
            Err(why) => {
                taken
                    .left
                    .push(Left::new(mark.line, format!("{why}: article `{}`{}", article.id, shown(mark))));
                continue;
            }
        };
        let (sentences, is_whole) = placing::sentences(&article, &range);
        taken.n_overlaps += usize::from(!is_whole);
        if sentences.is_empty() {
            taken
                .left
                .push(Left::new(mark.line, format!("no sentence stands there in article `{}`", article.id)));
        }
        found.extend(sentences.into_iter().map(|idx| (mark, (place, idx))));
    }
    taken.n_moved += places.n_moved;
    found
}

/// Sentences of an article that is not there, or of none: by their words, if these leave no doubt.
fn loose<'d>(
    document: &'d Document,
    finder: &mut Finder<'_>,
    taken: &mut Taken,
    found: &mut Vec<(&'d Mark, At)>,
) {
    let name = document.id.as_deref().map(|id| format!("article `{id}` is not in this project"));
    if document.text.is_some() {
        let line = document.marks.first().map_or(0, |mark| mark.line);
        let n = document.marks.iter().filter(|mark| !mark.is_bare()).count();
        let name = name.unwrap_or_else(|| "an article is not in this project".to_owned());
        taken.left.push(Left::new(
            line,
            format!("{name}: {n} answers left out\0hint: `allegata add` its text first"),
        ));
        return;
    }
    let mut last = None;
    for mark in document.marks.iter().filter(|mark| !mark.is_bare()) {
        let at = mark.quote.as_deref().map(|words| finder.sentence(words, last));
        let why = match at {
            Some(Ok(at)) => {
                last = Some(at);
                found.push((mark, at));
                continue;
            }
            Some(Err(NotFound::InSeveralPlaces)) => "its words stand in several places",
            Some(Err(NotFound::Nowhere)) => "no sentence has its words",
            None => "no words to find it by",
        };
        let name = name.as_ref().map(|name| format!("{name}, and ")).unwrap_or_default();
        taken.left.push(Left::new(mark.line, format!("{name}{why}{}", shown(mark))));
    }
}

/// The first words of a mark, for a message.
fn shown(mark: &Mark) -> String {
    let Some(quote) = &mark.quote else { return String::new() };
    let words = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().filter(|c| *c != '`').take(40).collect();
    let more = if short.len() < words.len() { "…" } else { "" };
    format!(", `{short}{more}`")
}

fn add(said: &mut Said, mark: &Mark, meant: &BTreeMap<String, Option<LabelId>>, taken: &mut Taken) {
    said.line = if said.line == 0 { mark.line } else { said.line.min(mark.line) };
    if let Some(words) = &mark.labels {
        let ids: BTreeSet<LabelId> =
            words.iter().filter_map(|word| meant.get(word).cloned().flatten()).collect();
        if ids.is_empty() && !words.is_empty() {
            taken.n_skipped += 1;
        } else {
            said.labels.get_or_insert_default().extend(ids);
        }
    }
    said.unsure |= mark.unsure;
    if let Some(note) = &mark.note {
        let is_there = said.note.as_ref().is_some_and(|there| there.contains(note.as_str()));
        if !is_there {
            let before = said.note.take().map(|there| there + "\n").unwrap_or_default();
            said.note = Some(before + note);
        }
    }
    said.at = said.at.max(mark.at);
}

/// The sheets with what was said, as actions, done in `after` too.
fn sheets(
    after: &mut Project,
    finder: &Finder<'_>,
    said: BTreeMap<Key, Said>,
    wish: &Wish,
    taken: &mut Taken,
) -> Result<Vec<Action>, Impossible> {
    let mut actions = Vec::new();
    let mut open: Option<Sheet> = None;
    let mut put_back = |sheet: Option<Sheet>, after: &mut Project| -> Result<(), Refusal> {
        let Some(sheet) = sheet.filter(|sheet| after.sheet(&sheet.key).is_none_or(|was| **was != *sheet))
        else {
            return Ok(());
        };
        let action = Action::Sheet { key: sheet.key.clone(), to: Some(Arc::new(sheet)) };
        after.apply(action.clone())?;
        actions.push(action);
        Ok(())
    };
    for ((coder, place, idx), said) in said {
        let Some(article) = finder.article(place) else { continue };
        let Some(sentence) = article.sentences().get(idx) else { continue };
        let key = SheetKey { coder, article: article.id.clone() };
        if open.as_ref().is_none_or(|sheet| sheet.key != key) {
            put_back(open.take(), after)?;
        }
        let sheet = open.get_or_insert_with(|| match after.sheet(&key) {
            Some(sheet) => Sheet::clone(sheet),
            None => Sheet::new(key.clone(), after.scheme().version),
        });
        let line = said.line;
        let is_new = sheet.rows.is_empty();
        match decided(after.scheme(), sheet.coding(sentence.span), said, wish) {
            Ok(Decided::Same) => taken.n_same += 1,
            Ok(Decided::New(coding)) => {
                plan::put_row(after.scheme(), article, sheet, sentence.span, coding)?;
                taken.n_new += 1;
            }
            Ok(Decided::Differs { here, there, coding }) => {
                let (article_id, coder) = (article.id.clone(), key.coder.clone());
                taken.differs.push(Differs {
                    article: article_id,
                    sentence: sentence.span,
                    coder,
                    here,
                    there,
                });
                if wish.overwrites {
                    plan::put_row(after.scheme(), article, sheet, sentence.span, coding)?;
                    taken.n_new += 1;
                }
            }
            Err(why) => {
                let at = format!("{why}: article `{}`, sentence `{}`", article.id, sentence.span);
                taken.left.push(Left::new(line, at));
            }
        }
        if is_new && sheet.rows.is_empty() {
            open = None;
        }
    }
    put_back(open.take(), after)?;
    Ok(actions)
}

enum Decided {
    Same,
    New(Coding),
    Differs { here: String, there: String, coding: Coding },
}

/// What becomes of a coding.
fn decided(scheme: &Scheme, was: Option<&Coding>, said: Said, wish: &Wish) -> Result<Decided, String> {
    let Said { labels, unsure, note, at, .. } = said;
    if let Some(labels) = labels.as_ref().filter(|labels| labels.len() > 1 && !scheme.takes_several()) {
        let labels: Vec<_> = labels.iter().map(|label| format!("`{label}`")).collect();
        return Err(format!("{} for one sentence, in a scheme that takes one", labels.join(" and ")));
    }
    if note.as_ref().is_some_and(|note| note.len() > MAX_NOTE_BYTES) {
        return Err(format!("a note longer than {} KiB", MAX_NOTE_BYTES >> 10));
    }
    let ordered: Option<Vec<LabelId>> = labels.map(|labels| {
        let all = scheme.labels.iter().map(|label| &label.id);
        all.filter(|id| labels.contains(*id)).cloned().collect()
    });
    let here = was.cloned().unwrap_or_default();
    let mut now = here.clone();
    if let Some(labels) = &ordered {
        now.labels = labels.as_slice().into();
        now.answered = true;
        now.at = at.or(Some(wish.at));
        now.check = false;
        now.by = Some("import".into());
        now.scheme = Some(scheme.version);
    }
    now.unsure |= unsure;
    if let Some(note) = note.map(|note| note.trim_end().to_owned()).filter(|note| !note.is_empty()) {
        now.note = Some(note.into());
    }
    let set = |coding: &Coding| coding.labels.iter().cloned().collect::<BTreeSet<_>>();
    let same_answer = ordered.is_none() || here.answered && set(&here) == set(&now);
    let same_unsure = here.unsure == now.unsure;
    if same_answer && same_unsure && here.note == now.note {
        return Ok(Decided::Same);
    }
    if same_answer && ordered.is_some() {
        // Only what stands beside the answer comes.
        (now.at, now.by, now.check, now.scheme) = (here.at, here.by.clone(), here.check, here.scheme);
    }
    let other_note = here.note.is_some() && here.note != now.note;
    if here.answered && !(same_answer && same_unsure) || other_note {
        return Ok(Decided::Differs { here: words(&here), there: words(&now), coding: now });
    }
    Ok(Decided::New(now))
}

/// `denial, unsure, note: see p. 2`.
fn words(coding: &Coding) -> String {
    let mut words = if coding.answered { labels_cell(&coding.labels) } else { "unanswered".to_owned() };
    if coding.unsure {
        words.push_str(", unsure");
    }
    if let Some(note) = &coding.note {
        words.extend([", note: ", note]);
    }
    words
}
