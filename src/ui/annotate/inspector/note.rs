//! The note on the current sentence: its field, or where there is little room a row that opens it.

use super::current;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::{Intent, Noting};
use crate::session::view::{Field as Keyboard, Look};
use crate::ui::fonts;
use crate::ui::parts::field::Field;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{frame, keycap, tooltip};
use crate::ui::theme::{self, CHIP_HEIGHT, RADIUS_SMALL};
use egui::{Align2, Id, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

pub(super) fn note_ui(ui: &mut Ui, session: &Session, desk: &Desk, compact: bool, intents: &mut Vec<Intent>) {
    let Some(article) = session.article() else { return };
    let Some(span) = article.sentences().get(session.view().sentence).map(|s| s.span) else { return };
    let said = current(session, desk).and_then(|coding| coding.note.as_deref()).unwrap_or_default();
    let shown_field = (article.id.clone(), span);
    if desk.note_field().is_some_and(|field| *field != shown_field) {
        intents.push(Intent::Note(Noting::Left));
    }
    let begun = desk.draft(&article.id, span);
    let id = Id::unique("note");
    if compact {
        let is_written = begun.is_some()
            || session.view().focus == Some(Keyboard::Note)
            || ui.memory(|m| m.has_focus(id) || m.had_focus_last_frame(id));
        if row_ui(ui, said) && !is_written {
            intents.push(Intent::Run("note"));
        }
        if !is_written {
            return;
        }
    } else {
        let t = theme::of(ui).tokens;
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
        frame::text(ui.painter(), row.left_center(), Align2::LEFT_CENTER, "Note", fonts::SMALL, t.weak);
        let cap = row.right_center() - vec2(9.0, 0.0);
        keycap::paint(ui.painter(), &theme::of(ui), cap, "C", keycap::Ground::Plain);
    }
    ui.add_space(4.0);
    let mut text = begun.unwrap_or(said).to_owned();
    let marks = session.found_in_note(&text);
    let field = Field::new(id, "Note", &mut text).rows(2).marks(&marks);
    let mut field = field.hint("What speaks for or against this label");
    if desk.closed_for_writing().is_some() || !article.intact {
        field = field.read_only();
    }
    let shown = field.show(ui);
    if session.view().focus == Some(Keyboard::Note) {
        shown.request_focus();
        intents.push(Intent::Look(Look::Focused));
    }
    if shown.gained_focus() {
        // In a low window it lies below what is seen.
        shown.scroll_to_me(None);
    }
    // What was begun before a crash is gone on with as soon as the person is in its field.
    if shown.changed() || shown.gained_focus() && begun.is_some() {
        let (article, span) = shown_field;
        intents.push(Intent::Note(Noting::Typed { article, span, text }));
    }
    if shown.lost_focus() {
        intents.push(Intent::Note(Noting::Left));
        intents.push(Intent::Look(Look::NoteLeft));
    }
    ui.add_space(16.0);
}

/// `Note` with its sign, strong where there is one, and its key; whether it was pressed.
fn row_ui(ui: &mut Ui, said: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CHIP_HEIGHT), Sense::click());
    let words = if said.is_empty() { "Write a note".to_owned() } else { format!("Note: {said}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &words));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    let middle = rect.center().y;
    // In one column with the box of *Unsure*.
    let sign = egui::Rect::from_center_size(pos2(rect.left() + 19.0, middle), Vec2::splat(16.0));
    if response.hovered() {
        painter.rect_filled(rect, theme::RADIUS, t.hover);
    }
    icons::paint(painter, Icon::Speech, sign.center(), if said.is_empty() { t.weak } else { t.strong });
    if response.has_focus() {
        frame::focus_ring(painter, sign, RADIUS_SMALL, &theme);
    }
    let at = pos2(sign.right() + 12.0, middle);
    frame::text(painter, at, Align2::LEFT_CENTER, "Note", fonts::INTERFACE, t.strong);
    keycap::paint(painter, &theme, pos2(rect.right() - 9.0, middle), "C", keycap::Ground::Plain);
    let clicked = response.clicked();
    if !said.is_empty() {
        tooltip::text(response, said);
    }
    clicked
}
