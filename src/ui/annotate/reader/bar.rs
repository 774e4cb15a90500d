//! The bar over the text: the headline once it is scrolled away, and where the list is a drawer its button.

use crate::model::article::Article;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::text::dates;
use crate::ui::fonts;
use crate::ui::parts::button::Button;
use crate::ui::parts::{frame, tooltip};
use crate::ui::theme::{self, PANEL_HEADER, PANEL_PADDING};
use egui::{Align2, Id, Rect, Sense, Stroke, Ui, pos2, vec2};

/// Between the headline and what stands beside it.
const GAP: f32 = 12.0;
/// Outlet and date may take so much of the row from a long headline; they are left out where they have less room than that.
const SOURCE_SHARE: f32 = 0.3;
const LEAST_SOURCE: f32 = 48.0;

/// Repeats the headline over the text column; gives back what the bar leaves free.
pub fn headline_bar_ui(ui: &Ui, place: Rect, article: &Article, left: f32) -> Rect {
    let bar = Rect::from_min_size(place.min, vec2(place.width(), PANEL_HEADER));
    ground_ui(ui, bar);
    let row = Rect::from_min_max(pos2(left, bar.top()), pos2(bar.right() - PANEL_PADDING, bar.bottom()));
    headline_ui(ui, row, article);
    Rect::from_min_max(bar.left_bottom(), place.max)
}

/// Where the list is a drawer: its button, the headline, and which article of the list it is.
pub fn drawer_bar_ui(ui: &Ui, session: &Session, intents: &mut Vec<Intent>) -> Rect {
    let place = ui.max_rect();
    let bar = Rect::from_min_size(place.min, vec2(place.width(), PANEL_HEADER));
    ground_ui(ui, bar);
    let button = Button::new("Articles").key("Ctrl B").height(theme::BAR_CONTROL_HEIGHT);
    let width = button.natural_width(ui.painter());
    let at = pos2(bar.left() + 12.0, bar.center().y - theme::BAR_CONTROL_HEIGHT / 2.0);
    let rect = Rect::from_min_size(at, vec2(width, theme::BAR_CONTROL_HEIGHT));
    if button.show_at(ui, rect, Id::unique("articles drawer")).clicked() {
        intents.push(Intent::Run("articles"));
    }
    if let Some(article) = session.article() {
        let n = session.derived().n_listed();
        // The filter is in the drawer: that it is on is said here.
        let found = if session.view().filter.trim().is_empty() { "" } else { " found" };
        let count = session.derived().place(&article.id).map(|place| format!("{} of {n}{found}", place + 1));
        let right = pos2(bar.right() - 12.0, bar.center().y);
        let (count, weak) = (count.unwrap_or_default(), theme::of(ui).tokens.weak);
        let drawn = frame::text(ui.painter(), right, Align2::RIGHT_CENTER, &count, fonts::SMALL, weak);
        let row = Rect::from_x_y_ranges(rect.right() + GAP..=drawn.left() - GAP, bar.y_range());
        headline_ui(ui, row, article);
    }
    Rect::from_min_max(bar.left_bottom(), place.max)
}

/// Paper and a line below; what lies under the bar cannot be clicked through it.
fn ground_ui(ui: &Ui, bar: Rect) {
    let t = theme::of(ui).tokens;
    ui.interact(bar, ui.scope_id().with("bar"), Sense::CLICK);
    ui.painter().rect_filled(bar, 0, t.paper);
    ui.painter().hline(bar.x_range(), bar.bottom(), Stroke::new(1.0, t.border));
}

/// Headline, outlet and date in one row, as far as there is room; the rest is in the tooltip.
fn headline_ui(ui: &Ui, row: Rect, article: &Article) {
    let t = theme::of(ui).tokens;
    let painter = ui.painter();
    let title = article.shown_title();
    let source = source(article);
    let wanted =
        if source.is_empty() { 0.0 } else { GAP + frame::text_width(painter, &source, fonts::SMALL) };
    let kept = wanted.min(row.width() * SOURCE_SHARE);
    let kept = if kept < GAP + LEAST_SOURCE { 0.0 } else { kept };
    let galley = fonts::INTERFACE_BOLD.line(painter, title, t.strong, (row.width() - kept).max(0.0));
    let mut cut = galley.elided;
    let beside = pos2(row.left() + galley.size().x + GAP, row.center().y);
    painter.galley(pos2(row.left(), row.center().y - galley.size().y / 2.0), galley, t.strong);
    if row.right() - beside.x >= LEAST_SOURCE {
        cut |= frame::text_between(painter, beside, row.right(), &source, fonts::SMALL, t.weak);
    } else {
        cut |= !source.is_empty();
    }
    if cut {
        let response = ui.interact(row, ui.scope_id().with("headline"), Sense::hover());
        tooltip::text(response, &[title, &source].join("\n"));
    }
}

fn source(article: &Article) -> String {
    let meta = &article.meta;
    let date = meta.published.as_deref().map(dates::long).or_else(|| meta.published_as.clone());
    [meta.outlet.clone(), date].into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}
