//! The pair of coders and the cell of their matrix that are looked at, and the sentences in it.

use super::{Agreement, Chosen};
use crate::analysis::agreement::matrix::LabelIdx;
use crate::analysis::agreement::worked::{self, Worked};
use crate::analysis::compare::{At, Kind};
use crate::model::ids::{CoderId, LabelId};
use crate::session::Session;
use crate::session::review;
use crate::session::view::Place;

impl Agreement {
    /// The places of the chosen pair in the order shown: the row, and the column, which is further left.
    pub fn chosen_pair(&self) -> Option<(usize, usize)> {
        let (a, b) = &self.chosen.as_ref()?.pair;
        let (a, b) = (self.place_of(a)?, self.place_of(b)?);
        Some((a.max(b), a.min(b)))
    }

    fn place_of(&self, coder: &CoderId) -> Option<usize> {
        self.columns.iter().position(|column| column.coder == *coder)
    }

    /// The chosen cell: the label of the row and of the column.
    pub fn chosen_cell(&self) -> Option<(LabelIdx, LabelIdx)> {
        let Chosen { pair, cell } = self.chosen.as_ref()?;
        let (a, b) = (self.label_of(&cell.0)?, self.label_of(&cell.1)?);
        // In another order of coders the second of the two has the row.
        let is_turned = self.place_of(&pair.0) < self.place_of(&pair.1);
        Some(if is_turned { (b, a) } else { (a, b) })
    }

    /// How often the coder of the row gave one label and that of the column the other.
    pub fn n_in(&self, (row, column): (usize, usize), (a, b): (LabelIdx, LabelIdx)) -> u64 {
        let Some((pair, is_turned)) = self.pair(row, column) else { return 0 };
        if is_turned { pair.confusion.n_of(b, a) } else { pair.confusion.n_of(a, b) }
    }

    fn label_of(&self, labels: &[LabelId]) -> Option<LabelIdx> {
        let answers = &self.figures()?.worked.answers;
        let place = answers.iter().position(|other| **other == *labels)?;
        LabelIdx::try_from(place).ok()
    }

    /// What a label stands for.
    pub fn answer(&self, label: LabelIdx) -> Option<&[LabelId]> {
        Some(self.figures()?.worked.answers.get(usize::from(label))?)
    }

    /// What is chosen is there; else the first pair that has sentences in common, and its fullest cell.
    pub(super) fn settle(&mut self) {
        let Some(figures) = &self.figures else { return };
        let none = worked::none(&figures.worked.matrix);
        let n_labels = LabelIdx::try_from(figures.worked.matrix.labels().len()).unwrap_or(LabelIdx::MAX);
        self.labels = (0..n_labels).filter(|label| Some(*label) != none).chain(none).collect();
        if self.chosen_pair().is_none() {
            let n = self.columns.len();
            let pairs = || (1..n).flat_map(|row| (0..row).map(move |column| (row, column)));
            let shares = |(row, column): &(usize, usize)| {
                self.pair(*row, *column).is_some_and(|(pair, _)| pair.confusion.n() > 0)
            };
            let first = pairs().find(shares).or_else(|| pairs().next());
            match first {
                Some((row, column)) => return self.choose_pair(row, column),
                None => self.chosen = None,
            }
        } else if self.chosen_cell().is_none()
            && let Some((row, column)) = self.chosen_pair()
        {
            return self.choose_pair(row, column);
        }
        self.list();
    }

    /// A pair, at the cell in which most of its sentences are that differ.
    pub(super) fn choose_pair(&mut self, row: usize, column: usize) {
        let coder = |place: usize| self.columns.get(place).map(|column| column.coder.clone());
        let Some((a, b)) = coder(row).zip(coder(column)) else { return };
        let Some((pair, is_turned)) = self.pair(row, column) else { return };
        let cells = pair.confusion.cells().iter();
        let fullest = cells.clone().filter(|(a, b, _)| a != b).max_by_key(|(.., n)| *n);
        let fullest = fullest.or_else(|| cells.max_by_key(|(.., n)| *n)).map(|(a, b, _)| (*a, *b));
        let (first, second) = fullest.unwrap_or((0, 0));
        let cell = if is_turned { (second, first) } else { (first, second) };
        let set = |label| self.answer(label).unwrap_or_default().into();
        self.chosen = Some(Chosen { pair: (a, b), cell: (set(cell.0), set(cell.1)) });
        self.list();
    }

    pub(super) fn choose_cell(&mut self, row: LabelIdx, column: LabelIdx) {
        let set = |label| self.answer(label).map(Into::into);
        let coder = |place: usize| self.columns.get(place).map(|column| column.coder.clone());
        let pair = self.chosen_pair().and_then(|(a, b)| coder(a).zip(coder(b)));
        let Some((cell, pair)) = set(row).zip(set(column)).zip(pair) else { return };
        self.chosen = Some(Chosen { pair, cell });
        self.list();
    }

    /// Goes so many cells down and to the right; stays in the matrix.
    fn go(&mut self, down: isize, right: isize) {
        let Some((row, column)) = self.chosen_cell() else { return };
        let to = |label: LabelIdx, by: isize| {
            let place = self.labels.iter().position(|other| *other == label)?;
            self.labels.get(place.checked_add_signed(by)?).copied()
        };
        if let Some((row, column)) = to(row, down).zip(to(column, right)) {
            self.choose_cell(row, column);
        }
    }

    /// Goes to the next (1) or previous (-1) pair; after the last comes the first.
    fn step_pair(&mut self, by: isize) {
        let n = self.columns.len();
        let pairs: Vec<_> = (1..n).flat_map(|row| (0..row).map(move |column| (row, column))).collect();
        let at = self.chosen_pair().and_then(|pair| pairs.iter().position(|other| *other == pair));
        let last = pairs.len().saturating_sub(1);
        let to = at.map_or(Some(0), |at| at.checked_add_signed(by)).unwrap_or(last);
        if let Some((row, column)) = pairs.get(if to > last { 0 } else { to }) {
            self.choose_pair(*row, *column);
        }
    }

    /// Lists the sentences of the cell.
    fn list(&mut self) {
        let found = self.found().unwrap_or_default();
        if self.sentences != found {
            self.sentences = found;
            self.n_lists += 1;
        }
    }

    fn found(&self) -> Option<Vec<At>> {
        let (row, column) = self.chosen_pair()?;
        let (a, b) = self.chosen_cell()?;
        let place = |at: usize| self.columns.get(at).map(|column| column.place);
        let (first, second) = (place(row)?, place(column)?);
        let Worked { matrix, with_aside, .. } = &self.figures()?.worked;
        // What is set aside is counted, but nobody decides it.
        let is_asked = |at: &At| {
            let of = with_aside.as_ref().and_then(|units| units.articles.get(at.article));
            of.is_none_or(|of| at.unit < of.n_asked())
        };
        // Few kinds of rows are in the cell, and of each unit it is known which kind it is.
        let is_in = matrix.kinds().map(|(answers, _)| {
            let said = |column: usize| answers.get(column).copied().flatten();
            said(first) == Some(a) && said(second) == Some(b)
        });
        let is_in: Vec<bool> = is_in.collect();
        let mut found = vec![];
        // Units of an article stand one after another, in its order.
        for (article, kinds) in matrix.stretches() {
            let article = article as usize;
            let units =
                kinds.iter().enumerate().filter(|(_, kind)| is_in.get(**kind as usize) == Some(&true));
            found.extend(units.map(|(unit, _)| At { article, unit }).filter(is_asked));
        }
        Some(found)
    }
}

impl Session {
    /// Goes about in the matrix of the pair.
    pub(in crate::session) fn go_in_agreement(&mut self, down: isize, right: isize) {
        self.review.agreement.go(down, right);
    }

    pub(in crate::session) fn step_pair(&mut self, by: isize) {
        self.review.agreement.step_pair(by);
    }

    /// The sentences of the cell become the list of Review.
    pub(in crate::session) fn queue_of_cell(&mut self, at: Option<At>) {
        if self.review.agreement.sentences().is_empty() {
            return self.notices.status("No sentence was answered so by these two");
        }
        self.view.place = Place::Review;
        self.view.screen = None;
        self.review.chosen = review::Chosen {
            kind: Kind::All,
            everywhere: true,
            coder: None,
            pair: None,
            cell: true,
            ..self.review.chosen.clone()
        };
        self.review.arrange(&self.view);
        let is_open =
            |at: &At| self.review.comparison().and_then(|c| c.judged(*at)).is_some_and(|j| !j.is_decided());
        let sentences = self.review.agreement.sentences();
        let at =
            at.or_else(|| sentences.iter().copied().find(is_open)).or_else(|| sentences.first().copied());
        if let Some(at) = at {
            self.review_go(at);
        }
    }

    /// The list of Review is what it was before the cell.
    pub(in crate::session) fn leave_cell(&mut self) {
        let chosen = review::Chosen { cell: false, kind: Kind::Disagree, ..self.review.chosen.clone() };
        self.review.chosen = chosen;
        self.review.arrange(&self.view);
    }
}
