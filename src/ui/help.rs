//! Help: every key and what it does, menu by menu; what this program is.

use egui::{Align2, Frame, Key, Margin, Modifiers, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo};
use egui::{pos2, vec2};

use crate::analysis::query::GRAMMAR;
use crate::session::Session;
use crate::session::command::{self, Menu, Where};
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::keys::cap;
use crate::ui::over::{about, rows};
use crate::ui::parts::button::Button;
use crate::ui::parts::keycap::{self, Ground};
use crate::ui::parts::{chip, frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, LabelColours, RADIUS_WINDOW, STROKE, label_colours, none_colours};

const WORDS: &str = "Words to filter and to search by";
const WIDTH: f32 = 880.0;
const PADDING: f32 = 24.0;
const GAP: f32 = 40.0;
const HEAD_HEIGHT: f32 = 56.0;
const ROW_HEIGHT: f32 = 28.0;
const SECTION_HEIGHT: f32 = 34.0;
const SECTION_GAP: f32 = 14.0;
/// Below this width there is one column.
const TWO_COLUMNS_FROM: f32 = 640.0;

/// A heading with its rows.
struct Section {
    name: &'static str,
    rows: Vec<Row>,
}

struct Row {
    letter: Option<(String, LabelColours)>,
    text: String,
    help: String,
    keys: Vec<String>,
}

/// Draws the help over the window.
pub fn help_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let ctx = ui.ctx().clone();
    let theme = theme::of_ctx(&ctx);
    let t = theme.tokens;
    let window = ctx.content_rect();
    let (width, height) = (WIDTH.min(window.width() - 48.0), (window.height() - 80.0).min(760.0));
    let room = height - HEAD_HEIGHT;
    let frame = Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(STROKE, t.border))
        .corner_radius(RADIUS_WINDOW)
        .shadow(theme.window_shadow())
        .inner_margin(Margin::ZERO);
    let modal = egui::Modal::new(egui::Id::unique("help")).frame(frame).backdrop_color(t.shade);
    let shown = modal.show(&ctx, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let closed = head_ui(ui);
        scroll::down().max_height(room).min_scrolled_height(room).auto_shrink([false, true]).show(ui, |ui| {
            rows::scroll_keys(ui, room - 60.0);
            body_ui(ui, &sections(session, theme.dark));
        });
        closed
    });
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let on_button = ctx.memory(egui::Memory::focused).is_some();
    if shown.inner
        || shown.backdrop_response.clicked()
        || pressed(Key::Escape)
        || pressed(Key::F1)
        || (!on_button && pressed(Key::Enter))
    {
        intents.push(Intent::Look(Look::Close));
    }
}

/// Title and the button that closes; true if it was pressed.
fn head_ui(ui: &mut Ui) -> bool {
    let t = theme::of(ui).tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD_HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, "Keys and help"));
    spoken::dialog_under(ui, &response, "");
    let at = pos2(rect.left() + PADDING, rect.center().y);
    let kind = fonts::SCREEN_TITLE;
    let title = frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Keys and help", kind, t.strong);
    let words = "Letters do nothing while you type in a field; Esc leaves it.";
    let button = Button::new("Close").key("Esc");
    let width = button.natural_width(ui.painter());
    let right = rect.right() - 16.0 - width;
    let at = pos2(title.right() + 16.0, rect.center().y + 1.0);
    frame::text_between(ui.painter(), at, right - 16.0, words, fonts::SMALL, t.weak);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(STROKE, t.border));
    let place = egui::Rect::from_center_size(
        pos2(right + width / 2.0, rect.center().y),
        vec2(width, theme::CONTROL_HEIGHT),
    );
    button.show_at(ui, place, ui.scope_id().with("close")).clicked()
}

/// The sections in two columns of about the same height, then what the program is.
fn body_ui(ui: &mut Ui, sections: &[Section]) {
    let width = ui.available_width() - 2.0 * PADDING;
    let two = width >= TWO_COLUMNS_FROM;
    let column = if two { (width - GAP) / 2.0 } else { width };
    let all: f32 = sections.iter().map(Section::height).sum();
    let top = ui.cursor().min + vec2(PADDING, 8.0);
    let mut place = top;
    let (mut deepest, mut used, mut side) = (top.y, 0.0, 0.0);
    for section in sections {
        // A section goes where the middle of the whole falls into it or before it.
        if two && side == 0.0 && used > 0.0 && used + section.height() / 2.0 > all / 2.0 {
            side = 1.0;
            place = pos2(top.x + column + GAP, top.y);
        }
        let rect = egui::Rect::from_min_size(place, vec2(column, section.height()));
        section_ui(ui, rect, section);
        used += section.height();
        place.y += section.height();
        deepest = deepest.max(place.y);
    }
    let (_, _) = ui.allocate_space(vec2(ui.available_width(), deepest - ui.cursor().min.y));
    let rect = grammar_ui(ui, width);
    let t = theme::of(ui).tokens;
    ui.painter().hline(rect.x_range().shrink(PADDING), rect.bottom() + 8.0, Stroke::new(STROKE, t.border));
    ui.add_space(20.0);
    Frame::new().inner_margin(Margin::symmetric(24, 0)).show(ui, about::paragraphs_ui);
    ui.add_space(12.0);
}

/// What can be typed where one filters and searches: an example, and what it asks for.
fn grammar_ui(ui: &mut Ui, width: f32) -> egui::Rect {
    let t = theme::of(ui).tokens;
    let top = ui.cursor().min + vec2(PADDING, 0.0);
    let height = ROW_HEIGHT.mul_add(GRAMMAR.len() as f32, SECTION_HEIGHT + SECTION_GAP);
    let place = egui::Rect::from_min_size(top, vec2(width, height));
    let at = pos2(place.left(), place.top() + SECTION_HEIGHT - 14.0);
    spoken::heading(ui, egui::Rect::from_min_size(place.min, vec2(width, SECTION_HEIGHT)), WORDS);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, WORDS, fonts::INTERFACE_BOLD, t.strong);
    let line = place.top() + SECTION_HEIGHT - 0.5;
    ui.painter().hline(place.x_range(), line, Stroke::new(STROKE, t.border));
    let column =
        GRAMMAR.iter().map(|(example, _)| frame::text_width(ui.painter(), example, fonts::INTERFACE));
    let column = column.fold(0.0_f32, f32::max).min(width * 0.4) + 24.0;
    for (idx, (example, says)) in GRAMMAR.iter().enumerate() {
        let top = line + ROW_HEIGHT * idx as f32;
        let row = egui::Rect::from_min_size(pos2(place.left(), top), vec2(width, ROW_HEIGHT));
        spoken::text(ui, row, &format!("{example}: {says}"));
        let middle = row.center().y;
        frame::text(
            ui.painter(),
            pos2(row.left(), middle),
            Align2::LEFT_CENTER,
            example,
            fonts::INTERFACE,
            t.strong,
        );
        let at = pos2(row.left() + column, middle);
        let cut = frame::text_between(ui.painter(), at, row.right(), says, fonts::INTERFACE, t.normal);
        if cut {
            let response = ui.interact(row, ui.scope_id().with(("grammar", idx)), Sense::hover());
            tooltip::text(response, says);
        }
    }
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    rect
}

impl Section {
    fn height(&self) -> f32 {
        ROW_HEIGHT.mul_add(self.rows.len() as f32, SECTION_HEIGHT + SECTION_GAP)
    }
}

fn section_ui(ui: &mut Ui, rect: egui::Rect, section: &Section) {
    let theme = theme::of(ui);
    let t = &theme.tokens;
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(section.name));
    let ui = &mut inside;
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let (head, response) = ui.allocate_exact_size(vec2(rect.width(), SECTION_HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, section.name));
    let at = pos2(head.left(), head.bottom() - 14.0);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, section.name, fonts::INTERFACE_BOLD, t.strong);
    ui.painter().hline(head.x_range(), head.bottom() - 0.5, Stroke::new(STROKE, t.border));
    for row in &section.rows {
        let (rect, response) = ui.allocate_exact_size(vec2(rect.width(), ROW_HEIGHT), Sense::hover());
        let spoken = format!("{}: {}", row.text, row.keys.join(", "));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        if !ui.is_rect_visible(rect) {
            continue;
        }
        let painter = ui.painter();
        let keys: Vec<&str> = row.keys.iter().map(String::as_str).collect();
        let middle = rect.center().y;
        let caps = pos2(rect.right(), middle);
        let edge = keycap::paint_all(painter, &theme, caps, &keys, 4.0, Ground::Plain);
        let mut left = rect.left();
        if let Some((letter, colours)) = &row.letter {
            chip::letter_box(painter, &theme, pos2(left + 10.0, middle), 20.0, letter, colours.ink);
            left += 28.0;
        }
        let at = pos2(left, middle);
        frame::text_between(painter, at, edge - 8.0, &row.text, fonts::INTERFACE, t.normal);
        tooltip::text(response, &row.help);
    }
}

/// What holds in the place where one is. The scheme's labels first: they are what is pressed most.
fn sections(session: &Session, dark: bool) -> Vec<Section> {
    let mut sections = Vec::new();
    let place = session.place();
    let gives_labels = matches!(place, Where::Annotate | Where::Review | Where::Compare);
    if let Some(desk) = session.desk().filter(|_| gives_labels) {
        let scheme = desk.project().scheme();
        let several = scheme.takes_several();
        let does = match (several, place) {
            (_, Where::Compare) => "the label in hand is this one",
            (true, _) => "adds or takes away",
            (false, Where::Review) => "decide and go on",
            (false, _) => "label and go on",
        };
        let mut rows: Vec<Row> = Vec::new();
        for label in scheme.current() {
            rows.push(Row {
                letter: Some((label.letter.clone(), label_colours(&label.colour, dark))),
                text: format!("{}: {does}", label.name),
                help: label.says.clone(),
                keys: command::keys_of(label).cloned().collect(),
            });
        }
        if let Some(key) = scheme
            .current()
            .find_map(|label| command::keys_of(label).next())
            .filter(|_| !several && place == Where::Annotate)
        {
            rows.push(Row {
                letter: None,
                text: "With Shift: label and stay".to_owned(),
                help: "Give the label and keep the sentence current.".to_owned(),
                keys: vec![format!("Shift {key}"), "\u{2026}".to_owned()],
            });
        }
        sections.push(Section { name: "Labels", rows });
    }
    for menu in Menu::ALL.into_iter().chain(Menu::BESIDE) {
        let rows: Vec<Row> = command::of(menu)
            .iter()
            .filter(|command| !command.shown_keys(session).is_empty() && command.holds_in(place))
            .map(|command| Row {
                letter: matches!(command.id, "none" | "decide-none")
                    .then(|| ("\u{2013}".to_owned(), none_colours(dark))),
                text: command.label.to_owned(),
                help: command.help.to_owned(),
                keys: command.shown_keys(session).into_iter().map(cap).collect(),
            })
            .collect();
        if !rows.is_empty() {
            let name = if menu.is_of_screens() { place.name() } else { menu.name() };
            sections.push(Section { name, rows });
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_is_told() {
        let session = Session::default();
        let told: Vec<String> = sections(&session, false)
            .iter()
            .flat_map(|s| s.rows.iter().flat_map(|row| row.keys.clone()))
            .collect();
        for command in command::all().filter(|command| command.holds_in(session.place())) {
            for key in command.keys {
                assert!(told.contains(&cap(key)), "{key}");
            }
        }
    }
}
