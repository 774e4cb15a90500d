//! The formats of the one table, each with what it loses, and what the chosen one keeps.

use super::{EDGE, ExportDraft, look};
use crate::formats::{self, Format};
use crate::session::intent::Intent;
use crate::session::screens::exporting::{ExportLook, Exporting};
use crate::ui::fonts;
use crate::ui::numbers::grouped;
use crate::ui::parts::{frame, scroll, spoken, tooltip};
use crate::ui::screens::paragraph;
use crate::ui::theme::{self, RADIUS, STROKE, STROKE_FOCUS};
use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

const HEAD: f32 = 44.0;
const ROW: f32 = 44.0;
/// From the edge of the panel to the row.
const ROW_EDGE: f32 = 4.0;
/// The words *Keeps* and *Loses*.
const CAPTION: f32 = 48.0;
const PADDING: f32 = 10.0;

pub(super) fn formats_ui(
    ui: &mut Ui,
    exporting: &Exporting,
    draft: &mut ExportDraft,
    intents: &mut Vec<Intent>,
) {
    let place = ui.max_rect();
    let t = theme::of(ui).tokens;
    let all: Vec<&'static Format> = formats::datasets().collect();
    let at = pos2(place.left() + EDGE, place.top() + HEAD / 2.0 + 2.0);
    spoken::heading(ui, place.with_max_y(place.top() + HEAD), "Formats");
    let head = frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Formats", fonts::INTERFACE_BOLD, t.strong);
    let n = grouped(all.len());
    frame::text(
        ui.painter(),
        head.right_center() + vec2(9.0, 0.0),
        Align2::LEFT_CENTER,
        &n,
        fonts::INTERFACE,
        t.weak,
    );
    let below = said_ui(ui, exporting.format(), place);
    let list = Rect::from_min_max(pos2(place.left(), place.top() + HEAD), pos2(place.right(), below));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(list).id_salt("formats"));
    inner.shrink_clip_rect(list);
    inner.spacing_mut().item_spacing = Vec2::ZERO;
    spoken::list(&inner, "Formats", all.len());
    let is_new = std::mem::replace(&mut draft.shown, exporting.format().id) != exporting.format().id;
    scroll::down().id_salt("format rows").auto_shrink(false).show(&mut inner, |ui| {
        for (idx, format) in all.iter().enumerate() {
            let is_chosen = format.id == exporting.format().id;
            if row_ui(ui, format, is_chosen, (idx, is_new)) {
                intents.push(look(ExportLook::Format(format.id)));
            }
        }
    });
}

/// What the chosen format keeps and loses, at the bottom; gives its top.
fn said_ui(ui: &Ui, format: &Format, place: Rect) -> f32 {
    let t = theme::of(ui).tokens;
    let width = place.width() - 2.0 * EDGE - CAPTION;
    let said = [("Keeps", format.things(true)), ("Loses", format.things(false))]
        .map(|(head, things)| (head, if things.is_empty() { "nothing".to_owned() } else { things }));
    let height = |text: &str| fonts::SMALL.wrapped(ui.painter(), text, t.normal, width).size().y;
    let whole: f32 = said.iter().map(|(_, text)| height(text) + 4.0).sum::<f32>() + 2.0 * PADDING - 4.0;
    let top = place.bottom() - whole;
    ui.painter().hline(place.x_range(), top, Stroke::new(STROKE, t.border));
    let mut y = top + PADDING;
    for (head, text) in &said {
        let at = pos2(place.left() + EDGE, y);
        frame::text(ui.painter(), at, Align2::LEFT_TOP, head, fonts::SMALL, t.weak);
        y = paragraph(ui, at + vec2(CAPTION, 0.0), width, text, fonts::SMALL, t.normal) + 4.0;
    }
    top
}

fn row_ui(ui: &mut Ui, format: &Format, is_chosen: bool, (idx, is_new): (usize, bool)) -> bool {
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (says, name) = (says(format), format.name);
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), is_chosen, format!("{name}, {says}"))
    });
    spoken::option(&response, is_chosen, idx);
    if is_chosen && is_new {
        ui.scroll_to_rect(whole, None);
    }
    let t = theme::of(ui).tokens;
    let rect = whole.shrink2(vec2(ROW_EDGE, 0.0));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, if is_chosen { t.selected } else { t.hover });
    }
    if response.has_focus() {
        let edge = Stroke::new(STROKE_FOCUS, t.focus_ring);
        ui.painter().rect_stroke(rect, RADIUS, edge, StrokeKind::Inside);
    }
    let (left, right) = (whole.left() + EDGE, whole.right() - EDGE);
    let kind = if is_chosen { fonts::LIST_TITLE_BOLD } else { fonts::LIST_TITLE };
    frame::text_between(ui.painter(), pos2(left, rect.top() + 14.0), right, name, kind, t.strong);
    let at = pos2(left, rect.top() + 31.0);
    let is_cut = frame::text_between(ui.painter(), at, right, &says, fonts::SMALL, t.weak);
    let response = if is_cut { tooltip::text(response, &says) } else { response };
    response.clicked()
}

/// `.csv; loses codebook, …`.
fn says(format: &Format) -> String {
    let endings: Vec<_> = format.extensions.iter().map(|ending| format!(".{ending}")).collect();
    let form = if format.is_folder() { "a folder".to_owned() } else { endings.join(" ") };
    let lost = format.things(false);
    let loses = if lost.is_empty() { "keeps all".to_owned() } else { format!("loses {lost}") };
    format!("{form}; {loses}")
}
