//! What becomes of one coder's rows when an article gets other sentences.
//!
//! A change of boundaries is a split into the pieces that old and new sentences share, then a join of pieces. So a new sentence
//! says what all the old ones under it say alike, and nothing where they differ. It is to be checked where it has only a part of
//! an old sentence, or more than was asked about. Doubts, notes and times come together in it. Sentences that the scheme does not
//! ask for have no say and take nothing, unless they stay as they are. An old row stays under `kept` unless every new sentence
//! over it holds all that it said. A row from `kept` comes back when its sentence does and has no other answer: one
//! given meanwhile stands. Where others were given to parts of it, it is to be checked.

use crate::model::article::Sentence;
use crate::model::audit;
use crate::model::coding::{Coding, Row};
use crate::model::ids::{CoderId, LabelId, MAX_NOTE_BYTES, Span};
use crate::model::scheme::Scheme;
use crate::model::sheet::Sheet;

/// What became of the rows of one coder. Each row of the sheet is counted once: carried, joined, split or kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    pub coder: CoderId,
    /// Rows whose sentences are still there.
    pub n_carried: usize,
    /// Old sentences whose row went whole into a longer one.
    pub joined: Vec<Span>,
    /// Old sentences whose row went into several.
    pub split: Vec<Span>,
    /// Old sentences whose row is kept aside, since not all of it could follow.
    pub kept: Vec<Span>,
    /// New sentences that took back the row that was kept aside for them.
    pub restored: Vec<Span>,
    /// New sentences whose answer is to be looked at again.
    pub to_check: Vec<Span>,
    /// New sentences that wait for an answer, where none was missing before.
    pub unanswered: Vec<Span>,
    /// Whether the article was done and is open again.
    pub reopened: bool,
}

/// The sheet under other sentences. Both lists of sentences tile one text, and the sheet fits the old ones.
pub(in crate::model) fn follow(
    scheme: &Scheme,
    sheet: &Sheet,
    old: &[Sentence],
    new: &[Sentence],
) -> (Sheet, Followed) {
    let mut now = sheet.clone();
    now.rows.clear();
    let mut followed = Followed::new(&sheet.key.coder);
    for sentence in new {
        let span = sentence.span;
        let pieces = pieces(scheme, sheet, under(old, span), span);
        let coding = if has(old, span) {
            followed.n_carried += usize::from(sheet.coding(span).is_some());
            sheet.coding(span).cloned()
        } else {
            let coding = scheme.asks_for(sentence.kind.as_deref()).then(|| together(&pieces)).flatten();
            match taken_back(scheme, &mut now, span, coding.as_ref()) {
                Some(mut back) => {
                    followed.restored.push(span);
                    let differs =
                        |piece: &Piece<'_>| piece.answer().is_some_and(|a| !same_labels(a, &back.labels));
                    back.check |= back.answered && pieces.iter().any(differs);
                    Some(back)
                }
                None => coding,
            }
        };
        let is_answered = coding.as_ref().is_some_and(|coding| coding.answered);
        let was_asked = pieces.iter().any(|piece| piece.is_asked);
        let was_answered = pieces.iter().any(Piece::is_answered);
        if scheme.asks_for(sentence.kind.as_deref()) && !is_answered && (was_answered || !was_asked) {
            followed.unanswered.push(span);
        }
        if let Some(coding) = coding {
            if coding.check && !has(old, span) {
                followed.to_check.push(span);
            }
            now.rows.push(Row { span, coding });
        }
    }
    for row in sheet.rows.iter().filter(|row| !has(new, row.span)) {
        let over = under(new, row.span);
        let fate = if !is_held(scheme, &now, over, &row.coding) {
            if !now.kept.contains(row) {
                now.kept.push(row.clone());
            }
            &mut followed.kept
        } else if over.iter().any(|sentence| holds(sentence.span, row.span)) {
            &mut followed.joined
        } else {
            &mut followed.split
        };
        fate.push(row.span);
    }
    followed.reopened = now.done && !followed.unanswered.is_empty();
    if followed.reopened {
        now.done = false;
        now.done_at = None;
    }
    (now, followed)
}

impl Followed {
    fn new(coder: &CoderId) -> Self {
        Self {
            coder: coder.clone(),
            n_carried: 0,
            joined: vec![],
            split: vec![],
            kept: vec![],
            restored: vec![],
            to_check: vec![],
            unanswered: vec![],
            reopened: false,
        }
    }
}

/// Whether a sentence of that place is there.
pub(in crate::model) fn has(sentences: &[Sentence], span: Span) -> bool {
    sentences.binary_search_by_key(&span, |sentence| sentence.span).is_ok()
}

/// The sentences that share text with a place. White space after a sentence is not its text, so that none touches two by that.
pub(in crate::model) fn under(sentences: &[Sentence], span: Span) -> &[Sentence] {
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let end = sentences.partition_point(|sentence| sentence.span.start < span.end);
    sentences.get(first..end).unwrap_or_default()
}

/// Whether one place lies in the other.
pub(in crate::model) fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether both hold the same labels, in whatever order.
pub(in crate::model) fn same_labels(a: &[LabelId], b: &[LabelId]) -> bool {
    a.len() == b.len() && a.iter().all(|label| b.contains(label))
}

/// What an old sentence brings into a new one.
struct Piece<'a> {
    coding: Option<&'a Coding>,
    /// Whether the scheme asks about the old sentence.
    is_asked: bool,
    /// Whether all of the old sentence is in the new one.
    is_whole: bool,
}

impl Piece<'_> {
    fn is_answered(&self) -> bool {
        self.coding.is_some_and(|coding| coding.answered)
    }

    fn has_say(&self) -> bool {
        self.is_asked || self.is_answered()
    }

    /// The answer; none = unanswered.
    fn answer(&self) -> Option<&[LabelId]> {
        self.coding.filter(|coding| coding.answered).map(|coding| coding.labels.as_ref())
    }
}

fn pieces<'a>(scheme: &Scheme, sheet: &'a Sheet, old: &[Sentence], span: Span) -> Vec<Piece<'a>> {
    let piece = |sentence: &Sentence| Piece {
        coding: sheet.coding(sentence.span),
        is_asked: scheme.asks_for(sentence.kind.as_deref()),
        is_whole: holds(span, sentence.span),
    };
    old.iter().map(piece).collect()
}

/// What pieces say together. None where they differ, or where there is nothing to be said.
fn together(pieces: &[Piece<'_>]) -> Option<Coding> {
    let mut answers = pieces.iter().filter(|piece| piece.has_say()).map(Piece::answer);
    if let Some(first) = answers.next() {
        let same = |other: Option<&[LabelId]>| match (first, other) {
            (Some(a), Some(b)) => same_labels(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        if !answers.all(same) {
            return None;
        }
    }
    let mut coding = joined(pieces.iter().filter_map(|piece| piece.coding))?;
    coding.check |= coding.answered && pieces.iter().any(|piece| !piece.is_whole || !piece.has_say());
    Some(coding)
}

/// Rows as one: the first answer, any doubt, the notes one under the other, the latest time. It is by hand only when all
/// answers are. None where there is no row, or where fields of a newer version, or notes, have no room in one.
fn joined<'a>(codings: impl Iterator<Item = &'a Coding>) -> Option<Coding> {
    let mut whole: Option<Coding> = None;
    for coding in codings {
        let Some(whole) = &mut whole else {
            whole = Some(coding.clone());
            continue;
        };
        if coding.answered && !whole.answered {
            whole.answered = true;
            whole.labels.clone_from(&coding.labels);
            whole.scheme = coding.scheme;
        } else if coding.answered {
            // Of answers of two versions the earlier one counts; none said is the sheet's, which is the earliest.
            whole.scheme = whole.scheme.min(coding.scheme);
        }
        whole.unsure |= coding.unsure;
        whole.check |= coding.check;
        whole.at = whole.at.max(coding.at);
        whole.by = whole.by.take().or_else(|| coding.by.clone());
        match (&mut whole.note, &coding.note) {
            (Some(note), Some(other)) if !has_lines(note, other) => {
                *note = format!("{note}\n{other}").into();
            }
            (note @ None, other) => note.clone_from(other),
            _ => {}
        }
        match (&mut whole.extra, &coding.extra) {
            (Some(extra), Some(other)) if extra != other => return None,
            (extra @ None, other) => extra.clone_from(other),
            _ => {}
        }
    }
    whole.filter(|coding| coding.note.as_ref().is_none_or(|note| note.len() <= MAX_NOTE_BYTES))
}

/// The last row kept for a sentence that is there again, with what stands there beside it; it leaves `kept`. None where another
/// answer stands there.
fn taken_back(scheme: &Scheme, sheet: &mut Sheet, span: Span, there: Option<&Coding>) -> Option<Coding> {
    let idx = sheet.kept.iter().rposition(|row| row.span == span)?;
    let kept = sheet.kept.get(idx).map(|row| &row.coding)?;
    if there
        .is_some_and(|there| there.answered && !(kept.answered && same_labels(&kept.labels, &there.labels)))
    {
        return None;
    }
    let check = kept.check;
    let coding = Coding { check, ..joined([kept].into_iter().chain(there))? };
    // The scheme may have changed since.
    audit::coding(scheme, &sheet.key.article, span, &coding).ok()?;
    sheet.kept.remove(idx);
    Some(coding)
}

/// Whether all that a row said is said by every new sentence over it. One that is not asked about need not say it alone.
fn is_held(scheme: &Scheme, sheet: &Sheet, over: &[Sentence], was: &Coding) -> bool {
    let mut over = over.iter().filter(|sentence| scheme.asks_for(sentence.kind.as_deref())).peekable();
    let says_it = |sentence: &Sentence| sheet.coding(sentence.span).is_some_and(|now| says_all(now, was));
    over.peek().is_some() && over.all(says_it)
}

/// Whether a note stands in another as lines of its own.
fn has_lines(note: &str, lines: &str) -> bool {
    format!("\n{note}\n").contains(&format!("\n{lines}\n"))
}

fn says_all(now: &Coding, was: &Coding) -> bool {
    let has_answer = !was.answered || now.answered && same_labels(&now.labels, &was.labels);
    let has_note =
        was.note.as_ref().is_none_or(|note| now.note.as_ref().is_some_and(|now| has_lines(now, note)));
    let has_fields = was.extra.is_none() || now.extra == was.extra;
    has_answer && (now.unsure || !was.unsure) && has_note && has_fields
}
