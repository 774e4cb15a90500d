//! The labels of a scheme: in the order of the chips, *none of these*, and those that are retired.

use super::{EDGE, Shown, look};
use crate::model::ids::LabelId;
use crate::model::scheme::{Label, Scheme};
use crate::session::command;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::screens::scheming::{SchemeChange, SchemeLook, Text, objection};
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::button::{self, Button};
use crate::ui::parts::field::Field;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{chip, frame, keycap, scroll, spoken, tabs, tooltip};
use crate::ui::screens::{paragraph, words};
use crate::ui::theme::{self, LIST_PADDING, RADIUS, STROKE, label_colours, none_colours};
use egui::{Align2, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

const HEAD: f32 = 44.0;
const ROW: f32 = 48.0;
const FOOT: f32 = 100.0;

pub(super) fn list_ui(ui: &mut Ui, shown: Shown<'_>, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let Some(desk) = shown.session.desk() else { return };
    let scheme = desk.project().scheme();
    head_ui(ui, place.with_max_y(place.top() + HEAD), shown, scheme, intents);
    let mut top = place.top() + HEAD;
    if shown.scheming.focus == Some(Text::New) || shown.scheming.typed(Text::New).is_some() {
        top = new_ui(ui, top, shown, scheme, intents);
    }
    let foot = place.with_min_y(place.bottom() - FOOT);
    let rows = Rect::from_min_max(pos2(place.left(), top), pos2(place.right(), foot.top()));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rows).id_salt("labels"));
    inner.shrink_clip_rect(rows);
    inner.spacing_mut().item_spacing = vec2(0.0, 0.0);
    scroll::down().id_salt("labels of the scheme").auto_shrink(false).show(&mut inner, |ui| {
        spoken::list(ui, "Labels", scheme.labels.len());
        rows_ui(ui, shown, scheme, intents);
    });
    foot_ui(ui, foot, shown, scheme, intents);
}

fn head_ui(ui: &Ui, bar: Rect, shown: Shown<'_>, scheme: &Scheme, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let at = pos2(bar.left() + EDGE, bar.center().y);
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Labels", fonts::INTERFACE_BOLD, t.strong);
    let n = format!("{}, and none", scheme.current().count());
    spoken::heading(ui, Rect::from_min_max(at, drawn.max), &format!("Labels: {n}"));
    let add = Button::new("Add label").key("A").disabled(shown.closed);
    let width = add.natural_width(ui.painter());
    let place = crate::ui::screens::at_right(bar, bar.right() - LIST_PADDING, width);
    let beside = pos2(drawn.right() + 8.0, bar.center().y);
    frame::text_between(ui.painter(), beside, place.left() - 8.0, &n, fonts::INTERFACE, t.weak);
    if add.show_at(ui, place, Id::unique("add label")).clicked() {
        intents.push(Intent::Run("scheme-add"));
    }
}

/// The name of a label to come; gives the bottom.
fn new_ui(ui: &mut Ui, top: f32, shown: Shown<'_>, scheme: &Scheme, intents: &mut Vec<Intent>) -> f32 {
    let place = ui.max_rect();
    let width = place.width() - 2.0 * LIST_PADDING;
    let mut name = shown.scheming.typed(Text::New).unwrap_or_default().to_owned();
    let error = objection(scheme, None, Text::New, &name);
    let row = Rect::from_min_size(pos2(place.left() + LIST_PADDING, top), vec2(width, 60.0));
    let mut row = ui.new_child(egui::UiBuilder::new().max_rect(row).id_salt("new label"));
    let field = Field::new(Id::unique("new label"), "Name of the new label", &mut name)
        .hint("Name, then Enter")
        .error(error.as_deref())
        .width(width)
        .show(&mut row);
    if shown.scheming.focus == Some(Text::New) {
        field.request_focus();
        intents.push(look(SchemeLook::Typed(Text::New, name.clone())));
        intents.push(look(SchemeLook::Focused));
    }
    if field.changed() {
        intents.push(look(SchemeLook::Typed(Text::New, name)));
    }
    if field.lost_focus() {
        // Esc lets go of the name; anything else says it.
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
            intents.push(look(SchemeLook::Typed(Text::New, String::new())));
        }
        intents.push(look(SchemeLook::Left));
    }
    top + if error.is_some() { 60.0 } else { 40.0 }
}

fn rows_ui(ui: &mut Ui, shown: Shown<'_>, scheme: &Scheme, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let first = ui.cursor().top();
    let n = scheme.current().count();
    let mut dragged = None;
    for (idx, label) in scheme.current().enumerate() {
        let response = row_ui(ui, shown, label, idx);
        if response.clicked() {
            intents.push(look(SchemeLook::Label(label.id.clone())));
        }
        if (response.dragged() || response.drag_stopped())
            && shown.closed.is_none()
            && let Some(at) = response.interact_pointer_pos()
        {
            let place = (0..=n).rev().find(|place| at.y >= first + (*place as f32 - 0.5) * ROW).unwrap_or(0);
            dragged = Some((&label.id, idx, place, response.drag_stopped()));
        }
    }
    if let Some((id, from, place, is_over)) = dragged {
        let y = (place as f32).mul_add(ROW, first);
        let line = ui.max_rect().x_range().shrink(LIST_PADDING);
        ui.painter().hline(line, y, Stroke::new(2.0, t.accent));
        let to = if place > from { place - 1 } else { place };
        if is_over && to != from {
            intents.push(Intent::Mend(Mending::Scheme(SchemeChange::Place(id.clone(), to))));
        }
    }
    none_ui(ui, shown);
    let retired: Vec<_> = scheme.labels.iter().filter(|label| label.retired).collect();
    if retired.is_empty() {
        return;
    }
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
    let line = head.x_range().shrink(LIST_PADDING);
    ui.painter().hline(line, head.top(), Stroke::new(STROKE, t.border));
    let at = pos2(head.left() + 20.0, head.center().y);
    let drawn =
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Retired", fonts::INTERFACE_BOLD, t.strong);
    spoken::heading(ui, Rect::from_min_max(at, drawn.max), "Retired: kept in old codings, offered no more");
    let says = "kept in old codings, offered no more";
    let width = frame::text_width(ui.painter(), says, fonts::SMALL);
    let left = (head.right() - 20.0 - width).max(drawn.right() + 8.0);
    frame::text_between(
        ui.painter(),
        pos2(left, head.center().y),
        head.right() - 16.0,
        says,
        fonts::SMALL,
        t.weak,
    );
    for (idx, label) in retired.into_iter().enumerate() {
        let response = row_ui(ui, shown, label, n + idx);
        if response.clicked() {
            intents.push(look(SchemeLook::Label(label.id.clone())));
        }
        let back = "Bring back";
        let width = button::link_width(ui.painter(), back, None);
        let rect = response.rect;
        let at = Rect::from_center_size(
            pos2(rect.right() - 12.0 - width / 2.0, rect.center().y),
            vec2(width, theme::LEAST_TARGET),
        );
        if shown.closed.is_none() && button::link_at(ui, at, response.id.with("back"), back, None).clicked() {
            intents.push(Intent::Mend(Mending::Scheme(SchemeChange::Retire(label.id.clone(), false))));
        }
    }
    ui.add_space(8.0);
}

fn row_ui(ui: &mut Ui, shown: Shown<'_>, label: &Label, place: usize) -> egui::Response {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let sense = if label.retired { Sense::click() } else { Sense::click_and_drag() };
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let rect = whole.shrink2(vec2(LIST_PADDING, 0.0));
    let response = ui.interact(rect, Id::unique(("label of the scheme", &label.id)), sense);
    let is_here = shown.scheming.label.as_ref() == Some(&label.id);
    let n = shown.scheming.touches(&label.id).n_codings;
    let keys: Vec<&str> = command::keys_of(label).map(String::as_str).collect();
    let retired = if label.retired { ", retired" } else { "" };
    let said = format!("{}{retired}, {}", label.name, counted(n, "coding", "codings"));
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, &said));
    spoken::option(&response, is_here, place);
    let painter = ui.painter();
    if is_here || response.hovered() {
        painter.rect_filled(rect, RADIUS, if is_here { t.selected } else { t.hover });
    }
    if is_here {
        spoken::here(ui.ctx(), response.id);
        if shown.scheming.focus.is_none() && !response.hovered() {
            response.scroll_to_me(None);
        }
    }
    if response.has_focus() {
        frame::focus_ring(painter, rect.shrink(2.0), RADIUS, &theme);
    }
    let middle = rect.center().y;
    if !label.retired && shown.closed.is_none() {
        icons::paint(painter, Icon::Grip, pos2(rect.left() + 12.0, middle), t.control);
    }
    let square = pos2(rect.left() + 36.0, middle);
    if label.retired {
        chip::empty_letter_box(painter, square, 20.0, &label.letter, t.weak);
    } else {
        let ink = label_colours(&label.colour, theme.dark).ink;
        chip::letter_box(painter, &theme, square, 20.0, &label.letter, ink);
    }
    let mut right = pos2(rect.right() - 8.0, middle);
    if label.retired {
        right.x -= button::link_width(painter, "Bring back", None) + 8.0;
    } else {
        let two: Vec<&str> = keys.into_iter().take(2).collect();
        right.x = keycap::paint_all(painter, &theme, right, &two, 6.0, keycap::Ground::Plain)
            .min(right.x - 44.0)
            - 14.0;
    }
    let count = frame::text(painter, right, Align2::RIGHT_CENTER, &grouped(n), fonts::INTERFACE, t.weak);
    let kind = if is_here { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
    let colour = if label.retired { t.weak } else { t.strong };
    let at = pos2(rect.left() + 56.0, middle);
    if frame::text_between(painter, at, count.left() - 8.0, &label.name, kind, colour) {
        tooltip::text(response.clone(), &label.name);
    }
    response
}

fn none_ui(ui: &mut Ui, shown: Shown<'_>) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let rect = whole.shrink2(vec2(LIST_PADDING, 0.0));
    let middle = rect.center().y;
    let ink = none_colours(theme.dark).ink;
    chip::letter_box(ui.painter(), &theme, pos2(rect.left() + 36.0, middle), 20.0, "\u{2013}", ink);
    let right = pos2(rect.right() - 8.0, middle);
    let edge = keycap::paint_all(ui.painter(), &theme, right, &["0"], 6.0, keycap::Ground::Plain);
    let at = pos2(edge.min(right.x - 44.0) - 14.0, middle);
    let n = grouped(shown.scheming.n_none());
    let count = frame::text(ui.painter(), at, Align2::RIGHT_CENTER, &n, fonts::INTERFACE, t.weak);
    let at = pos2(rect.left() + 56.0, middle);
    words(ui, at, count.left() - 8.0, "None of these", fonts::INTERFACE, t.strong);
    let says = "None of these is always there: it records that a sentence was read and no label fits.";
    let at = pos2(rect.left() + 56.0, whole.bottom());
    let below = paragraph(ui, at, rect.right() - at.x - 8.0, says, fonts::SMALL, t.weak);
    ui.add_space(below - whole.bottom() + 14.0);
}

fn foot_ui(ui: &mut Ui, foot: Rect, shown: Shown<'_>, scheme: &Scheme, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    ui.painter().hline(foot.x_range(), foot.top(), Stroke::new(STROKE, t.border));
    let inner = foot.shrink2(vec2(EDGE, 12.0));
    let mut column = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("choose"));
    let several = scheme.takes_several();
    let names = ["One label a sentence", "Several"];
    let chosen = tabs::choices(&mut column, &names, usize::from(several), inner.width());
    if let Some(chosen) = chosen.filter(|chosen| (*chosen == 1) != several && shown.closed.is_none()) {
        intents.push(Intent::Mend(Mending::Scheme(SchemeChange::Several(chosen == 1))));
    }
    let at = pos2(inner.left(), inner.top() + 38.0);
    let says =
        "Drag a label, or Alt \u{2191} and Alt \u{2193}, to reorder. The order is the order of the chips.";
    paragraph(ui, at, inner.width(), says, fonts::SMALL, t.weak);
}

/// The name of a label, where it is there.
pub(super) fn name_of<'a>(scheme: &'a Scheme, id: &LabelId) -> &'a str {
    scheme.label(id).map_or("", |label| label.name.as_str())
}
