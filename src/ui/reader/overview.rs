//! The whole article as a strip at the right: what is answered, where one is, what is in view.

use crate::model::article::Article;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::marks::Marks;
use crate::ui::parts::overview::{self, Cell, CellKind};
use crate::ui::reader::blocks::Blocks;
use crate::ui::theme;
use egui::{Rect, Ui, pos2};

/// From the strip's left edge to the reader's right edge, and its distance from top and bottom.
const RIGHT: f32 = 21.0;
const ENDS: f32 = 12.0;

pub fn overview_ui(
    ui: &Ui,
    session: &Session,
    desk: &Desk,
    article: &Article,
    blocks: &Blocks,
    (place, offset): (Rect, f32),
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let marks = Marks::of(desk.project().scheme(), &theme);
    let sheet = desk.key(&article.id).and_then(|key| desk.project().sheet(&key));
    let rows = sheet.map_or(&[][..], |sheet| sheet.rows.as_slice());
    let mut rows = rows.iter().peekable();
    let mut places = Vec::with_capacity(article.n_sentences());
    let mut cells = Vec::with_capacity(article.n_sentences());
    let mut current = None;
    for (idx, sentence) in article.sentences().iter().enumerate() {
        while rows.next_if(|row| row.span < sentence.span).is_some() {}
        let row = rows.next_if(|row| row.span == sentence.span);
        if !desk.asks(article, idx) && row.is_none() {
            continue;
        }
        if idx == session.view().sentence {
            current = Some(cells.len());
        }
        let coding = row.map(|row| &row.coding).filter(|coding| coding.answered);
        let kind = match coding {
            None => CellKind::Unanswered,
            Some(coding) => match coding.labels.first().and_then(|id| marks.get(id)) {
                Some(mark) => CellKind::Label { mark: mark.colours.mark, line: mark.line },
                None => CellKind::None,
            },
        };
        places.push(idx);
        cells.push(Cell { kind, len: (sentence.span.end - sentence.span.start) as usize });
    }
    let left = place.right() - RIGHT;
    let rect = Rect::from_min_max(
        pos2(left, place.top() + ENDS),
        pos2(left + overview::WIDTH, place.bottom() - ENDS),
    );
    let out = overview::show(ui, rect, &cells, current, blocks.share_in_view(offset, place.height()));
    if let Some(idx) = out.go_to.and_then(|cell| places.get(cell)) {
        intents.push(Intent::Look(Look::Sentence(*idx)));
    }
}
