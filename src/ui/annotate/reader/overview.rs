//! The whole article as a strip at the right: what is answered, where one is, what is in view.

use crate::model::article::Article;
use crate::model::coding::Coding;
use crate::model::ids::CoderId;
use crate::model::sheet::Sheet;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::marks::{Marks, said};
use crate::ui::parts::overview::{self, CellKind, Cells, Renewed};
use crate::ui::parts::tooltip;
use crate::ui::theme;
use egui::{Rect, Ui, pos2};
use std::ops::Range;
use std::sync::Arc;

/// From the strip's left edge to the reader's right edge, and its distance from top and bottom.
const RIGHT: f32 = 21.0;
const ENDS: f32 = 12.0;
/// Characters of a sentence that its tooltip shows.
const TOOLTIP_CHARS: usize = 120;

/// The sentences that have a cell, kept from frame to frame.
#[derive(Default)]
pub struct Strip {
    /// Of which article, and what its scheme passes over.
    of: Option<(Arc<Article>, Vec<String>)>,
    /// Of which state of the project, whose, and in which theme.
    state: State,
    /// Sentences that nobody is asked about: they have a cell where they have an answer all the same.
    passed_over: Vec<usize>,
    answered: Vec<usize>,
    /// The place in the article of each cell.
    places: Vec<usize>,
    cells: Cells,
    hits: Hits,
}

/// Where something was found, from the strip's top on.
#[derive(Default)]
struct Hits {
    /// Of which result, and in cells of which height.
    of: Option<(u64, u32)>,
    middles: Vec<f32>,
}

#[derive(Default, PartialEq)]
struct State {
    revision: u64,
    coder: Option<CoderId>,
    is_dark: bool,
}

impl Strip {
    /// Brings the cells up to date; which of them have to be drawn otherwise.
    fn refresh(
        &mut self,
        desk: &Desk,
        article: &Arc<Article>,
        sheet: Option<&Sheet>,
        is_dark: bool,
    ) -> Renewed {
        let skip = &desk.project().scheme().skip;
        let same =
            |(kept, skipped): &(Arc<Article>, Vec<String>)| Arc::ptr_eq(kept, article) && skipped == skip;
        let is_same = self.of.as_ref().is_some_and(same);
        let state = State { revision: desk.revision(), coder: desk.coder().cloned(), is_dark };
        if is_same && self.state == state {
            return Renewed::Nothing;
        }
        let before = std::mem::replace(&mut self.state, state);
        if !is_same {
            let passed_over = |idx: &usize| {
                let sentence = article.sentences().get(*idx);
                sentence.is_some_and(|sentence| !article.is_aside(sentence)) && !desk.asks(article, *idx)
            };
            self.of = Some((Arc::clone(article), skip.clone()));
            self.passed_over = (0..article.n_sentences()).filter(passed_over).collect();
        }
        let has_row = |idx: &usize| coding(sheet, article, *idx).is_some();
        let answered: Vec<usize> = self.passed_over.iter().copied().filter(has_row).collect();
        if is_same && self.answered == answered {
            return self.renewed_since(&before, desk, article);
        }
        let has_cell = |idx: &usize| desk.asks(article, *idx) || answered.binary_search(idx).is_ok();
        self.places = (0..article.n_sentences()).filter(has_cell).collect();
        let len = |idx: &usize| article.sentences().get(*idx).map(|s| (s.span.end - s.span.start) as usize);
        self.cells = Cells::of(self.places.iter().filter_map(len).collect());
        self.answered = answered;
        self.hits.of = None;
        Renewed::All
    }

    /// Where in the strip something was found: worked out once, for it may be very much.
    fn hits(&mut self, session: &Session, article: &Article, height: f32) -> &[f32] {
        let search = session.search();
        let of = Some((search.n_results(), height.to_bits()));
        if self.hits.of != of {
            let hits = search.found().hits_in(&article.id).iter();
            let cells = hits.filter_map(|hit| self.places.binary_search(&hit.sentence()?).ok());
            self.hits = Hits { of, middles: self.cells.middles(cells) };
        }
        &self.hits.middles
    }

    /// What is otherwise than it was before, where the same sentences have a cell.
    fn renewed_since(&self, before: &State, desk: &Desk, article: &Article) -> Renewed {
        let next = State { revision: before.revision + 1, coder: before.coder.clone(), ..*before };
        match desk.answered_alone().filter(|_| next == self.state) {
            Some((key, span)) if key.article == article.id => {
                let cell = article.idx_of(span).and_then(|idx| self.places.binary_search(&idx).ok());
                cell.map_or(Renewed::Nothing, Renewed::One)
            }
            Some(_) => Renewed::Nothing,
            None => Renewed::All,
        }
    }
}

/// Draws the strip in `place`, what the bars leave free.
pub fn overview_ui(
    ui: &Ui,
    session: &Session,
    strip: &mut Strip,
    (desk, article): (&Desk, &Arc<Article>),
    (place, in_view): (Rect, Range<f32>),
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let marks = Marks::of(desk.project().scheme(), &theme);
    let sheet = desk.key(&article.id).and_then(|key| desk.project().sheet(&key)).map(AsRef::as_ref);
    let renewed = strip.refresh(desk, article, sheet, theme.dark);
    let Strip { places, cells, .. } = &mut *strip;
    let kind = |cell: usize| {
        let coding = places.get(cell).and_then(|idx| coding(sheet, article, *idx));
        match coding.filter(|coding| coding.answered) {
            None => CellKind::Unanswered,
            Some(coding) => match coding.labels.first().and_then(|id| marks.get(id)) {
                Some(mark) => CellKind::Label { mark: mark.colours.mark, line: mark.line },
                None => CellKind::None,
            },
        }
    };
    let current = places.binary_search(&session.view().sentence).ok();
    let left = place.right() - RIGHT;
    let rect = Rect::from_min_max(
        pos2(left, place.top() + ENDS),
        pos2(left + overview::WIDTH, place.bottom() - ENDS),
    );
    let out = overview::show(ui, rect, cells, (renewed, kind), current, in_view);
    overview::mark_hits(ui, rect, strip.hits(session, article, rect.height()));
    let places = &strip.places;
    if let Some(idx) = out.go_to.and_then(|cell| places.get(cell)) {
        intents.push(Intent::Look(Look::Sentence(*idx)));
    }
    if let Some(idx) = out.pointed.and_then(|cell| places.get(cell)) {
        tooltip::at_pointer(out.response, &about(desk, article, *idx));
    }
}

fn coding<'a>(sheet: Option<&'a Sheet>, article: &Article, idx: usize) -> Option<&'a Coding> {
    sheet?.coding(article.sentences().get(idx)?.span)
}

/// `Sentence 12, denial: Nobody was …`
fn about(desk: &Desk, article: &Article, idx: usize) -> String {
    let said = said(desk.project().scheme(), desk.coding(article, idx));
    let words = article.sentences().get(idx).map_or("", |s| article.words_of(s));
    let mut short: String = words.chars().take(TOOLTIP_CHARS).collect();
    if short.len() < words.len() {
        short.push('\u{2026}');
    }
    format!("Sentence {}, {said}: {short}", idx + 1)
}
