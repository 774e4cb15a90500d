//! Mending sheets: one sheet for a coder and an article, one row for a sentence.

use super::{Mender, Placed};
use crate::formats::project::records::SheetRec;
use crate::formats::project::rows::{Odd, RowsRec, stamp};
use crate::formats::project::write_records as write;
use crate::formats::project::{escape, record};
use crate::model::coding::{Coding, Row};
use crate::model::decision::Conflict;
use crate::model::ids::{ArticleId, CoderId, LabelId, MAX_NOTE_BYTES, Span};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

impl Mender {
    pub(super) fn take_sheets(&mut self, recs: Vec<SheetRec>) -> Vec<Arc<Sheet>> {
        let mut sheets: BTreeMap<SheetKey, Sheet> = BTreeMap::new();
        let mut doubled: BTreeMap<SheetKey, Placed> = BTreeMap::new();
        for rec in recs {
            let Some(placed) = self.articles.get(&rec.article).cloned() else {
                self.unplace_sheet(rec);
                continue;
            };
            let key = SheetKey { coder: self.coder(&rec.coder), article: placed.article.id.clone() };
            let sheet = self.sheet(key.clone(), &placed, rec);
            match sheets.entry(key) {
                Entry::Occupied(mut first) => {
                    self.both(&placed, first.get_mut(), sheet);
                    doubled.insert(first.key().clone(), placed);
                }
                Entry::Vacant(place) => {
                    place.insert(sheet);
                }
            }
        }
        for (key, placed) in doubled {
            if let Some(sheet) = sheets.get_mut(&key) {
                sheet.rows = self.one_each(&key, &placed, std::mem::take(&mut sheet.rows));
            }
        }
        sheets.into_values().map(Arc::new).collect()
    }

    fn unplace_sheet(&mut self, rec: SheetRec) {
        let (article, coder) = (rec.article.clone(), rec.coder.clone());
        let (sheet, odd, _) = sheet_as_written(rec);
        self.unplaced.push(write::one_line(|out| write::sheet(out, "sheet", &[], &sheet)));
        let lost = odd.into_iter().filter_map(|odd| match odd {
            Odd::NoSpan(source) => Some(format!("row{source}")),
            _ => None,
        });
        self.unplaced.extend(lost);
        self.say(format!(
            "coder `{coder}` has a sheet for article `{article}`, which is not in the file: it stays under `unplaced`"
        ));
    }

    fn sheet(&mut self, key: SheetKey, placed: &Placed, rec: SheetRec) -> Sheet {
        let (mut sheet, odd, bad_time) = sheet_as_written(rec);
        let of = format!("the sheet of `{}` for {}", key.coder, placed.title());
        sheet.key = key;
        if let Some(written) = bad_time {
            self.bad_time(&of, &written);
        }
        self.say_odd(&sheet.key, placed, odd);
        let rows = std::mem::take(&mut sheet.rows);
        let kept = std::mem::take(&mut sheet.kept);
        for mut row in kept {
            self.labels(&sheet.key, placed, &mut row);
            sheet.kept.push(row);
        }
        sheet.rows.reserve_exact(rows.len());
        for mut row in rows {
            self.labels(&sheet.key, placed, &mut row);
            self.row(&sheet.key, placed, &mut row);
            match placed.span(row.span) {
                Some(_) if row.coding.is_blank() => {
                    let says = "says nothing: it is kept to be looked at";
                    self.say_row(&sheet.key, placed, row.span, says);
                    sheet.kept.push(row);
                }
                Some(span) => sheet.rows.push(Row { span, ..row }),
                None => {
                    let says = "is about a sentence that is not there: it is kept to be looked at";
                    self.say_row(&sheet.key, placed, row.span, says);
                    sheet.kept.push(row);
                }
            }
        }
        if !sheet.rows.is_sorted_by(|a, b| a.span < b.span) {
            let n_rows = sheet.rows.len();
            sheet.rows = self.one_each(&sheet.key, placed, std::mem::take(&mut sheet.rows));
            if sheet.rows.len() == n_rows {
                self.say_at(&placed.article.id, None, format!("the rows of {of} were not in order: sorted"));
            }
        }
        sheet
    }

    fn say_row(&mut self, key: &SheetKey, placed: &Placed, span: Span, says: &str) {
        let says = format!("the row of `{}` for sentence `{span}` of {} {says}", key.coder, placed.title());
        self.say_at(&placed.article.id, Some(span), says);
    }

    fn say_odd(&mut self, key: &SheetKey, placed: &Placed, odd: Vec<Odd>) {
        for odd in odd {
            match odd {
                Odd::NoSpan(source) => {
                    self.unplaced.push(write::one_line(|out| write::lost_row(out, key, &source)));
                    let says = format!(
                        "a row of `{}` for {} names no sentence: it stays under `unplaced`",
                        key.coder,
                        placed.title()
                    );
                    self.say_at(&placed.article.id, None, says);
                }
                Odd::Blank(span) => self.say_row(key, placed, span, "says nothing: taken out"),
                Odd::NoLabels(span) => self.say_row(key, placed, span, "has no labels: it is unanswered"),
                Odd::Time(span, written) => {
                    let says =
                        format!("has a time that cannot be read, `{written}`: it stays as it is written");
                    self.say_row(key, placed, span, &says);
                }
            }
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
        let mut once: Vec<LabelId> = Vec::new();
        if coding.labels.len() < 2 {
            return false;
        }
        for label in &coding.labels {
            if !once.contains(label) {
                once.push(label.clone());
            }
        }
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
            self.conflicts.push(conflict(key, sentence, coding.clone(), written));
            let says =
                "has several labels in a scheme that takes one: the first stays, all are under conflicts";
            self.say_row(key, placed, *span, says);
        }
        if let Some(note) = coding.note.as_mut().filter(|note| note.len() > MAX_NOTE_BYTES) {
            let (start, rest) = note.split_at(note.floor_char_boundary(MAX_NOTE_BYTES));
            record::add(&mut coding.extra, "note_rest", escape::string(rest));
            *note = start.into();
            self.say_row(key, placed, *span, "has a note of more than 64 KiB: the rest stays beside it");
        }
    }

    /// The second sheet of a coder for one article goes into the first; its rows are sorted once all are there.
    fn both(&mut self, placed: &Placed, first: &mut Sheet, mut second: Sheet) {
        first.rows.append(&mut second.rows);
        let kept = std::mem::take(&mut second.kept);
        if kept != first.kept {
            first.kept.extend(kept);
        }
        let is_same = (first.assigned, first.done, first.done_at, first.scheme, &first.extra)
            == (second.assigned, second.done, second.done_at, second.scheme, &second.extra);
        if !is_same {
            self.unplaced.push(write::one_line(|out| write::sheet(out, "sheet", &[], &second)));
        }
        let says =
            format!("coder `{}` has two sheets for {}: brought together", first.key.coder, placed.title());
        self.say_at(&placed.article.id, None, says);
    }

    /// Sorts rows; the second row for a sentence becomes a conflict.
    fn one_each(&mut self, key: &SheetKey, placed: &Placed, mut rows: Vec<Row>) -> Vec<Row> {
        rows.sort_by_key(|row| row.span);
        let mut once: Vec<Row> = Vec::with_capacity(rows.len());
        for row in rows {
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
                self.conflicts.push(conflict(key, row.span, first.coding.clone(), row.coding));
                let says = "stands beside another one: the first stays, both are under conflicts";
                self.say_row(key, placed, row.span, says);
            }
        }
        once
    }
}

fn conflict(key: &SheetKey, sentence: Span, ours: Coding, theirs: Coding) -> Conflict {
    Conflict {
        coder: key.coder.clone(),
        article: key.article.clone(),
        sentence,
        base: None,
        ours: Some(ours),
        theirs: Some(theirs),
        who: None,
        at: None,
        extra: None,
    }
}

/// A sheet as it stands in the file, what is odd in its rows, and a time that cannot be read.
pub(in crate::formats) fn sheet_as_written(rec: SheetRec) -> (Sheet, Vec<Odd>, Option<String>) {
    let key = SheetKey { coder: CoderId::new(rec.coder), article: ArticleId::new(rec.article) };
    let RowsRec { rows, mut odd } = rec.rows;
    let RowsRec { rows: kept, odd: odd_kept } = rec.kept;
    odd.extend(odd_kept);
    let mut bad_time = None;
    let mut extra = rec.extra;
    let done_at = stamp(rec.done_at, "done_at", &mut extra, |written| bad_time = Some(written));
    let sheet =
        Sheet { key, assigned: rec.assigned, done: rec.done, done_at, scheme: rec.scheme, rows, kept, extra };
    (sheet, odd, bad_time)
}
