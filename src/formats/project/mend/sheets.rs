//! Mending sheets: one sheet for a coder and an article, one row for a sentence.

use super::{Mender, Placed};
use crate::formats::project::list::{List, Make, each};
use crate::formats::project::records::SheetRec;
use crate::formats::project::room::{self, ALLOCATION};
use crate::formats::project::rows::{Names, Odds, RowsRec, stamp};
use crate::formats::project::write_records as write;
use crate::formats::project::{escape, record};
use crate::model::coding::{Coding, Row};
use crate::model::conflict::{Conflict, Value, What};
use crate::model::ids::{ArticleId, CoderId, LabelId, MAX_NOTE_BYTES, Span};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most conflicts that mending makes.
const MOST_CONFLICTS: usize = 10_000;

impl Mender {
    pub(super) fn take_sheets(&mut self, list: List<SheetRec>) -> Vec<Arc<Sheet>> {
        self.unplaced.n_left_out += list.n_left_out;
        let mut sheets: BTreeMap<SheetKey, Arc<Sheet>> = BTreeMap::new();
        let mut doubled: BTreeMap<SheetKey, Placed> = BTreeMap::new();
        for Written { mut sheet, odd } in each(list.made) {
            let Some(placed) = self.articles.get(&sheet.key.article).cloned() else {
                self.unplace_sheet(&sheet, odd);
                continue;
            };
            let key =
                SheetKey { coder: self.coder(sheet.key.coder.as_str()), article: placed.article.id.clone() };
            self.sheet(key.clone(), &placed, Arc::make_mut(&mut sheet), odd);
            match sheets.entry(key) {
                Entry::Occupied(mut first) => {
                    self.both(&placed, Arc::make_mut(first.get_mut()), Arc::unwrap_or_clone(sheet));
                    doubled.insert(first.key().clone(), placed);
                }
                Entry::Vacant(place) => {
                    place.insert(sheet);
                }
            }
        }
        for (key, placed) in doubled {
            if let Some(sheet) = sheets.get_mut(&key).map(Arc::make_mut) {
                sheet.rows = self.one_each(&key, &placed, std::mem::take(&mut sheet.rows));
            }
        }
        sheets.into_values().collect()
    }

    fn unplace_sheet(&mut self, sheet: &Sheet, odd: Option<Box<OddSheet>>) {
        let SheetKey { coder, article } = &sheet.key;
        let Odds { nowhere, n_left_out, .. } = odd.map(|odd| odd.rows).unwrap_or_default();
        self.unplaced.n_left_out += n_left_out;
        self.unplaced.push(&write::one_line(|out| write::sheet(out, "sheet", &[], sheet)));
        nowhere.iter().for_each(|source| self.unplaced.push(&format!("row{source}")));
        self.say(format!(
            "coder `{coder}` has a sheet for article `{article}`, which is not in the file: it stays under `unplaced`"
        ));
    }

    fn sheet(&mut self, key: SheetKey, placed: &Placed, sheet: &mut Sheet, odd: Option<Box<OddSheet>>) {
        let of = format!("the sheet of `{}` for {}", key.coder, placed.title());
        sheet.key = key;
        if let Some(odd) = odd {
            let OddSheet { rows, bad_time } = *odd;
            if let Some(written) = bad_time {
                self.bad_time(&of, &written);
            }
            self.unplaced.n_left_out += rows.n_left_out;
            self.say_odd(&sheet.key, placed, rows);
        }
        for row in &mut sheet.kept {
            self.labels(&sheet.key, placed, row);
        }
        let Sheet { key, rows, kept, .. } = &mut *sheet;
        let has_place: Vec<bool> = rows.iter_mut().map(|row| self.own_place(key, placed, row)).collect();
        if has_place.contains(&false) {
            for (row, has_place) in each(std::mem::take(rows)).zip(has_place) {
                if has_place { rows.push(row) } else { kept.push(row) }
            }
        }
        if !sheet.rows.is_sorted_by(|a, b| a.span < b.span) {
            let n_rows = sheet.rows.len();
            sheet.rows = self.one_each(&sheet.key, placed, std::mem::take(&mut sheet.rows));
            if sheet.rows.len() == n_rows {
                self.say_at(&placed.article.id, None, format!("the rows of {of} were not in order: sorted"));
            }
        }
    }

    /// Mends a row; says whether it stands at a sentence.
    fn own_place(&mut self, key: &SheetKey, placed: &Placed, row: &mut Row) -> bool {
        self.labels(key, placed, row);
        self.row(key, placed, row);
        match placed.span(row.span) {
            Some(_) if row.coding.is_blank() => {
                self.say_row(key, placed, row.span, "says nothing: it is kept to be looked at");
                false
            }
            Some(span) => {
                row.span = span;
                true
            }
            None => {
                let says = "is about a sentence that is not there: it is kept to be looked at";
                self.say_row(key, placed, row.span, says);
                false
            }
        }
    }

    #[track_caller]
    fn say_row(&mut self, key: &SheetKey, placed: &Placed, span: Span, says: &str) {
        let says = format!("the row of `{}` for sentence `{span}` of {} {says}", key.coder, placed.title());
        self.say_at(&placed.article.id, Some(span), says);
    }

    fn say_odd(&mut self, key: &SheetKey, placed: &Placed, odd: Odds) {
        for source in odd.nowhere.iter() {
            self.unplaced.push(&write::one_line(|out| write::lost_row(out, key, source)));
            let title = placed.title();
            let says =
                format!("a row of `{}` for {title} names no sentence: it stays under `unplaced`", key.coder);
            self.say_at(&placed.article.id, None, says);
        }
        for span in odd.blank.first {
            self.say_row(key, placed, span, "says nothing: taken out");
        }
        self.say_more(key, placed, odd.blank.n_more, "say nothing: taken out");
        for span in odd.no_labels.first {
            self.say_row(key, placed, span, "has no labels: it is unanswered");
        }
        self.say_more(key, placed, odd.no_labels.n_more, "have no labels: they are unanswered");
        for (span, written) in odd.times.first {
            let says = format!("has a time that cannot be read, `{written}`: it stays as it is written");
            self.say_row(key, placed, span, &says);
        }
        self.say_more(
            key,
            placed,
            odd.times.n_more,
            "have a time that cannot be read: it stays as it is written",
        );
    }

    /// Says of rows that they are like those that were named one by one.
    #[track_caller]
    fn say_more(&mut self, key: &SheetKey, placed: &Placed, n: usize, say: &str) {
        if n > 0 {
            let says = format!("{n} more rows of `{}` for {} {say}", key.coder, placed.title());
            self.say_at(&placed.article.id, None, says);
        }
    }

    /// Labels of the scheme, each once.
    fn labels(&mut self, key: &SheetKey, placed: &Placed, row: &mut Row) {
        if self.own_labels(&mut row.coding) {
            self.say_row(key, placed, row.span, "has a label twice: once is enough");
        }
    }

    /// Makes each label the scheme's own; says whether one stood twice, which it then does no more.
    pub(super) fn own_labels(&mut self, coding: &mut Coding) -> bool {
        for label in &mut coding.labels {
            *label = self.label(label.as_str());
        }
        if coding.labels.len() < 2 {
            return false;
        }
        let mut seen = BTreeSet::new();
        let once: Vec<LabelId> = coding.labels.iter().filter(|label| seen.insert(*label)).cloned().collect();
        let is_twice = once.len() < coding.labels.len();
        coding.labels = once.into();
        is_twice
    }

    fn row(&mut self, key: &SheetKey, placed: &Placed, row: &mut Row) {
        let Row { span, coding } = row;
        if !coding.answered && !coding.labels.is_empty() {
            coding.answered = true;
            coding.check = true;
            self.say_row(
                key,
                placed,
                *span,
                "has a label and is said to be unanswered: the label counts, to be checked",
            );
        }
        if coding.labels.len() > 1 && !self.scheme.takes_several() {
            let written = coding.clone();
            coding.labels = coding.labels.iter().take(1).cloned().collect();
            coding.check = true;
            let sentence = placed.span(*span).unwrap_or(*span);
            self.set_aside(conflict(key, sentence, coding.clone(), written));
            let says =
                "has several labels in a scheme that takes one: the first stays, all are under conflicts";
            self.say_row(key, placed, *span, says);
        }
        if let Some(note) = coding.note.as_mut().filter(|note| note.len() > MAX_NOTE_BYTES) {
            let (start, rest) = note.split_at(note.floor_char_boundary(MAX_NOTE_BYTES));
            record::add(&mut coding.extra, "note_rest", &escape::string(rest));
            *note = start.into();
            self.say_row(key, placed, *span, "has a note of more than 64 KiB: the rest stays beside it");
        }
    }

    /// Two answers to one sentence wait for a decision; more of them than anybody decides stay in the file as they are.
    fn set_aside(&mut self, conflict: Conflict) {
        if self.conflicts.len() < MOST_CONFLICTS {
            self.conflicts.push(conflict);
        } else {
            self.unplaced.push(&write::one_line(|out| write::conflict(out, "conflict", &conflict)));
        }
    }

    /// The second sheet of a coder for one article goes into the first; its rows are sorted once all are there.
    fn both(&mut self, placed: &Placed, first: &mut Sheet, mut second: Sheet) {
        if second.scheme != first.scheme {
            second = second.with_versions();
        }
        first.rows.append(&mut second.rows);
        let kept = std::mem::take(&mut second.kept);
        if kept != first.kept {
            first.kept.extend(kept);
        }
        let is_same = (first.assigned, first.done, first.done_at, first.scheme, &first.extra)
            == (second.assigned, second.done, second.done_at, second.scheme, &second.extra);
        if !is_same {
            self.unplaced.push(&write::one_line(|out| write::sheet(out, "sheet", &[], &second)));
        }
        let says =
            format!("coder `{}` has two sheets for {}: brought together", first.key.coder, placed.title());
        self.say_at(&placed.article.id, None, says);
    }

    /// Sorts rows; the second row for a sentence becomes a conflict.
    fn one_each(&mut self, key: &SheetKey, placed: &Placed, mut rows: Vec<Row>) -> Vec<Row> {
        // Stable, and without room for half of the rows.
        rows.sort_by_cached_key(|row| row.span);
        let mut once: Vec<Row> = Vec::new();
        for row in each(rows) {
            let Some(first) = once.last_mut().filter(|first| first.span == row.span) else {
                once.push(row);
                continue;
            };
            let later = first.coding.at.max(row.coding.at);
            let same_time = |coding: &Coding| Coding { at: later, ..coding.clone() };
            if same_time(&first.coding) == same_time(&row.coding) {
                first.coding.at = later;
                self.say_row(key, placed, row.span, "stands twice: once is enough");
            } else {
                self.set_aside(conflict(key, row.span, first.coding.clone(), row.coding));
                let says = "stands beside another one: the first stays, both are under conflicts";
                self.say_row(key, placed, row.span, says);
            }
        }
        once
    }
}

fn conflict(key: &SheetKey, sentence: Span, ours: Coding, theirs: Coding) -> Conflict {
    Conflict {
        coder: Some(key.coder.clone()),
        article: Some(key.article.clone()),
        sentence: Some(sentence),
        ours: Some(Value::Coding(ours)),
        theirs: Some(Value::Coding(theirs)),
        ..Conflict::new(What::Coding)
    }
}

/// A sheet as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct Written {
    sheet: Arc<Sheet>,
    /// Nothing, in nearly every sheet.
    odd: Option<Box<OddSheet>>,
}

/// What is odd in a sheet: its rows, and a time that cannot be read.
#[derive(Debug, Clone, PartialEq, Default)]
struct OddSheet {
    rows: Odds,
    bad_time: Option<String>,
}

impl Make for SheetRec {
    type Made = Written;

    fn make(self, names: &mut Names) -> Written {
        let (sheet, rows, bad_time) = sheet_as_written(self, names);
        let is_odd = rows.is_some() || bad_time.is_some();
        let odd =
            is_odd.then(|| Box::new(OddSheet { rows: rows.map(|rows| *rows).unwrap_or_default(), bad_time }));
        Written { sheet: Arc::new(sheet), odd }
    }

    /// Its rows have taken their room.
    fn n_bytes(made: &Written) -> usize {
        // The key stands in sets and lists, too.
        size_of::<Sheet>() + 7 * ALLOCATION + room::of_extra(&made.sheet.extra)
    }
}

/// A sheet as it stands in the file, what is odd in its rows, and a time that cannot be read.
pub(in crate::formats) fn sheet_as_written(
    rec: SheetRec,
    names: &mut Names,
) -> (Sheet, Option<Box<Odds>>, Option<String>) {
    let coder = CoderId::new(names.id(rec.coder));
    let key = SheetKey { coder, article: ArticleId::new(names.id(rec.article)) };
    let RowsRec { rows, mut odd } = rec.rows;
    let RowsRec { rows: kept, odd: odd_kept } = rec.kept;
    if let Some(more) = odd_kept {
        odd.get_or_insert_default().append(*more);
    }
    let mut bad_time = None;
    let mut extra = rec.extra;
    let done_at = stamp(rec.done_at, "done_at", &mut extra, |written| bad_time = Some(written));
    let sheet =
        Sheet { key, assigned: rec.assigned, done: rec.done, done_at, scheme: rec.scheme, rows, kept, extra };
    (sheet, odd, bad_time)
}
