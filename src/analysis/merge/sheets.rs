//! Merging sheets: what a coder has to do, has done and has said in one article.

use crate::analysis::merge::Work;
use crate::analysis::merge::account::{Fate, Kind};
use crate::analysis::merge::rows::{self, Row3};
use crate::analysis::merge::seats::ByArticle;
use crate::analysis::merge::three::{self, Pick};
use crate::model::coding::Row;
use crate::model::conflict::{Conflict, What};
use crate::model::ids::{Span, Stamp};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One sheet of three versions.
#[derive(Debug, Clone, Copy)]
struct Sheet3<'a> {
    key: &'a SheetKey,
    base: Option<&'a Arc<Sheet>>,
    ours: Option<&'a Arc<Sheet>>,
    theirs: Option<&'a Arc<Sheet>>,
}

impl Work {
    /// The sheets of the articles that stay.
    pub(super) fn sheets(&mut self, articles: &ByArticle<'_>) -> Vec<Arc<Sheet>> {
        let [base, ours, theirs] = [&self.base, &self.ours, &self.theirs].map(|version| version.sheets());
        let keys: BTreeSet<&SheetKey> =
            [&base, &ours, &theirs].into_iter().flat_map(|sheets| sheets.keys().copied()).collect();
        let mut merged = Vec::with_capacity(keys.len());
        let mut found = Found::default();
        for key in keys {
            if !articles.contains_key(key.article.as_str()) {
                continue;
            }
            let sheet = Sheet3 {
                key,
                base: base.get(key).copied(),
                ours: ours.get(key).copied(),
                theirs: theirs.get(key).copied(),
            };
            merged.extend(found.sheet(sheet));
        }
        let Found { conflicts, rows, sheets, said } = found;
        self.conflicts.extend(conflicts);
        for (key, fate) in rows {
            self.account.count(Kind::Answers, Some(&key.article), fate);
        }
        for (key, fate) in sheets {
            self.account.count(Kind::Sheets, Some(&key.article), fate);
        }
        self.account.said.extend(said);
        merged
    }
}

/// What comes to light beside the merged sheets.
#[derive(Default)]
struct Found {
    conflicts: Vec<Conflict>,
    rows: Vec<(SheetKey, Fate)>,
    sheets: Vec<(SheetKey, Fate)>,
    said: Vec<String>,
}

impl Found {
    fn sheet(&mut self, sheet: Sheet3<'_>) -> Option<Arc<Sheet>> {
        let Sheet3 { key, base, ours, theirs } = sheet;
        if ours == theirs && base == ours {
            return ours.cloned();
        }
        // Who has no sheet says nothing of the version of the scheme either: it is that of those who have one.
        let version = base.or(ours).or(theirs).map_or(0, |sheet| sheet.scheme);
        let blank = |version| Sheet::new(key.clone(), version);
        // Sheets that were begun under two versions: each answer says its own, until they are one sheet.
        let mut versions = [base, ours, theirs].into_iter().flatten().map(|sheet| sheet.scheme);
        let first = versions.next();
        let is_of_several = versions.any(|version| Some(version) != first);
        let of = |sheet: Option<&Arc<Sheet>>, version| {
            let sheet = sheet.map_or_else(|| blank(version), |sheet| Sheet::clone(sheet));
            if is_of_several { sheet.with_versions() } else { sheet }
        };
        let (was, our, their) = (of(base, 0), of(ours, version), of(theirs, version));
        let mut now = our.clone();
        now.rows = self.merged_rows(key, [&was, &our, &their]);
        now.kept = kept(&was.kept, &our.kept, &their.kept);
        (now.assigned, _) = three::value(&was.assigned, &our.assigned, &their.assigned);
        (now.done, now.done_at) = done(&was, &our, &their);
        now.scheme = match three::value(&was.scheme, &our.scheme, &their.scheme) {
            (_, Pick::Open) => our.scheme.max(their.scheme),
            (scheme, _) => scheme,
        };
        let (extra, fields) = three::extra(&was.extra, &our.extra, &their.extra);
        now.extra = extra;
        for field in fields {
            self.conflicts.push(Conflict {
                coder: Some(key.coder.clone()),
                article: Some(key.article.clone()),
                ..Conflict::of_field(What::Sheet, field)
            });
        }
        let head = |sheet: &Sheet| (sheet.assigned, sheet.done);
        self.sheets.push((key.clone(), three::fate(&head(&was), &head(&our), &head(&their))));
        let loses = |side: &Sheet| {
            let answered =
                |sheet: &Sheet, span: Span| sheet.coding(span).is_some_and(|coding| coding.answered);
            let gone = |row: &Row| row.coding.answered && !answered(&now, row.span);
            side.done && side.rows.iter().any(gone)
        };
        // Not where one side said so of just these answers: merged again it would say so again.
        let says_so = |side: &Sheet| side.done && side.rows == now.rows;
        if now.done && ![&our, &their].into_iter().any(says_so) && (loses(&our) || loses(&their)) {
            now.done = false;
            now.done_at = None;
            self.said.push(format!(
                "article `{}` of coder `{}` is open again, since an answer in it was taken away",
                key.article, key.coder
            ));
        }
        // A sheet that one side took away stays gone, unless the other did something in it.
        let (is_there, _) = three::value(&base.is_some(), &ours.is_some(), &theirs.is_some());
        let says = !now.rows.is_empty() || !now.kept.is_empty() || now.assigned || now.done;
        (is_there || says).then(|| Arc::new(now.without_versions()))
    }

    fn merged_rows(&mut self, key: &SheetKey, [base, ours, theirs]: [&Sheet; 3]) -> Vec<Row> {
        if ours.rows == theirs.rows && base.rows == ours.rows {
            return ours.rows.clone();
        }
        let mut spans: Vec<Span> = [base, ours, theirs]
            .into_iter()
            .flat_map(|sheet| sheet.rows.iter().map(|row| row.span))
            .collect();
        spans.sort_unstable();
        spans.dedup();
        let mut rows = Vec::with_capacity(spans.len());
        for span in spans {
            let [base, ours, theirs] = [base, ours, theirs].map(|sheet| sheet.coding(span));
            let (coding, open, fate) = rows::merge(Row3 { key, span, base, ours, theirs });
            self.conflicts.extend(open);
            if fate != Fate::Unchanged {
                self.rows.push((key.clone(), fate));
            }
            rows.extend(coding.map(|coding| Row { span, coding }));
        }
        rows
    }
}

/// Whether it is done goes together with when; the same said at two times is the same.
fn done(base: &Sheet, ours: &Sheet, theirs: &Sheet) -> (bool, Option<Stamp>) {
    let of = |sheet: &Sheet| (sheet.done, sheet.done_at);
    match three::value(&of(base), &of(ours), &of(theirs)) {
        (_, Pick::Open) if ours.done == theirs.done => (ours.done, ours.done_at.max(theirs.done_at)),
        (_, Pick::Open) => {
            let (done, _) = three::value(&base.done, &ours.done, &theirs.done);
            let side = if ours.done == done { ours } else { theirs };
            (done, side.done_at)
        }
        (value, _) => value,
    }
}

/// Rows set aside, as a heap: what one side put there or took back is so.
fn kept(base: &[Row], ours: &[Row], theirs: &[Row]) -> Vec<Row> {
    match three::pick(base, ours, theirs) {
        Pick::Same | Pick::Ours => return ours.to_vec(),
        Pick::Theirs => return theirs.to_vec(),
        Pick::Open => {}
    }
    let mut heap: BTreeMap<(Span, String), (&Row, [usize; 3])> = BTreeMap::new();
    for (side, rows) in [base, ours, theirs].into_iter().enumerate() {
        for row in rows {
            let (_, counts) = heap.entry((row.span, format!("{:?}", row.coding))).or_insert((row, [0; 3]));
            counts.iter_mut().skip(side).take(1).for_each(|count| *count += 1);
        }
    }
    let mut kept = vec![];
    for (row, [was, our, their]) in heap.into_values() {
        let n = if our == their { our } else { (our + their).saturating_sub(was) };
        kept.extend(std::iter::repeat_n(row.clone(), n));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coding::Coding;
    use crate::model::ids::{ArticleId, CoderId, LabelId, Stamp};

    /// Answers to so many sentences, under version 1 of the scheme.
    fn sheet(n_rows: u32) -> Arc<Sheet> {
        let key = SheetKey { coder: CoderId::new("anna"), article: ArticleId::new("a") };
        let row = |n: u32| {
            let labels = [LabelId::new("fact")].to_vec().into();
            let coding = Coding { answered: true, labels, at: Some(Stamp(1)), ..Coding::default() };
            Row { span: Span::new(9 * n, 9 * n + 8), coding }
        };
        Arc::new(Sheet { rows: (0..n_rows).map(row).collect(), ..Sheet::new(key, 1) })
    }

    /// Once merged and merged again with the same.
    #[test]
    fn done_stays_what_it_became() {
        let before = sheet(1);
        let done = |n_rows, at| Arc::new(Sheet { done: true, done_at: at, ..Sheet::clone(&sheet(n_rows)) });
        let merged = |ours: &Arc<Sheet>, theirs: &Arc<Sheet>| {
            let three =
                Sheet3 { key: &before.key, base: Some(&before), ours: Some(ours), theirs: Some(theirs) };
            Found::default().sheet(three).unwrap()
        };
        // One side took the answer away and called the rest done.
        for (ours, theirs) in
            [(done(1, Some(Stamp(1))), done(0, None)), (done(0, None), done(1, Some(Stamp(1))))]
        {
            let once = merged(&ours, &theirs);
            assert_eq!((once.done, once.rows.len()), (true, 0));
            assert_eq!(merged(&once, &theirs), once);
        }
        // One took it away, and only the other called the article done.
        assert!(!merged(&done(1, Some(Stamp(1))), &sheet(0)).done);
    }

    #[test]
    fn who_has_no_sheet_changes_the_version_of_no_answer() {
        let (before, after) = (sheet(1), sheet(2));
        for (ours, theirs) in [(None, Some(&after)), (Some(&after), None)] {
            for base in [None, Some(&before)] {
                let merged = Found::default().sheet(Sheet3 { key: &after.key, base, ours, theirs }).unwrap();
                let versions: Vec<u32> =
                    merged.rows.iter().map(|row| merged.version_of(&row.coding)).collect();
                assert_eq!((versions.len(), merged.scheme), (if base.is_some() { 1 } else { 2 }, 1));
                assert!(versions.iter().all(|version| *version == 1), "{merged:?}");
            }
        }
    }
}
