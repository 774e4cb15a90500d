//! The place Annotate: the list, the article, and what is said of the current sentence.

pub mod articles;
pub mod checks;
pub mod coach;
pub mod find;
pub mod found;
pub mod inspector;
pub mod reader;

use crate::session::Session;
use crate::session::choosing::Choosing;
use crate::session::intent::Intent;
use crate::session::prefs::Setting;
use crate::session::view::{Look, Place};
use crate::ui::annotate::coach::CoachDraft;
use crate::ui::layout::Form;
use crate::ui::notices;
use crate::ui::theme::{self, STROKE};
use egui::{Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// Draws the place in the room that is there.
pub fn annotate_ui(ui: &mut Ui, session: &Session, draft: &mut CoachDraft, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let theme = theme::of(ui);
    let t = theme.tokens;
    if is_alone(session) {
        return alone_ui(ui, session, intents);
    }
    let_go_ui(ui, session, intents);
    let window_width = ui.ctx().content_rect().width();
    let form = Form::of(window_width);
    let panels = session.settings().panels;
    let line = Stroke::new(STROKE, t.border);
    let list_width = form.list_width(panels);
    let column = |ui: &mut Ui, rect: Rect, fill: egui::Color32, name: &str| {
        // A name of its own: what has the keyboard in it keeps it while notices come and go.
        let part = UiBuilder::new().max_rect(rect).scope_id(egui::Id::unique(("column", name)));
        let mut column = ui.new_child(part.accessibility_role(Role::Region).accessibility_label(name));
        column.shrink_clip_rect(rect);
        column.painter().rect_filled(rect, 0, fill);
        column
    };
    let inspector_left = place.right() - form.inspector_width(panels, window_width);
    let inspector = Rect::from_min_max(pos2(inspector_left, place.top()), place.max);
    let list = Rect::from_min_size(place.min, vec2(list_width, place.height()));
    let reader_left = if form.has_list() { list.right() } else { place.left() };
    let reader = Rect::from_min_max(pos2(reader_left, place.top()), inspector.left_bottom());

    let coach = pos2(reader.left(), reader.bottom() - coach::coach_height(session));
    let (reader, coach) = (
        Rect::from_min_max(reader.min, pos2(reader.right(), coach.y)),
        Rect::from_min_max(coach, reader.max),
    );
    let find = reader.with_max_y(reader.top() + find::bar_height(session));
    let reader = reader.with_min_y(find.bottom());
    if find.height() > 0.0 {
        find::bar_ui(&mut column(ui, find, t.chrome, "Find bar"), session, intents);
    }
    let band = notices::band_height(session);
    let mut article = column(ui, reader, t.paper, "Article");
    let text = UiBuilder::new().max_rect(reader.with_max_y(reader.bottom() - band)).id_salt("text");
    reader::reader_ui(&mut article.new_child(text), session, intents);
    if band > 0.0 {
        let below = reader.with_min_y(reader.bottom() - band).with_max_x(reader.right() - reader::OVERVIEW);
        let mut below = article.new_child(UiBuilder::new().max_rect(below).id_salt("notices"));
        notices::notices_ui(&mut below, session, intents);
    }
    if coach.height() > 0.0 {
        coach::coach_ui(&mut column(ui, coach, t.chrome, "First keys"), session, draft, intents);
    }
    inspector::inspector_ui(&mut column(ui, inspector, t.chrome, "Inspector"), session, intents);
    ui.painter().vline(inspector.left(), inspector.y_range(), line);
    if form != Form::Compact {
        edge_ui(ui, inspector.left_top(), inspector.left_bottom(), "Width of the inspector", |x| {
            let mut panels = panels;
            panels.inspector = Some((place.right() - x).clamp(260.0, 480.0));
            intents.push(Intent::Set(Setting::Panels(panels)));
        });
    }
    if form.has_list() {
        list_ui(&mut column(ui, list, t.chrome, list_name(session)), session, intents);
        ui.painter().vline(list.right(), list.y_range(), line);
        edge_ui(ui, list.right_top(), list.right_bottom(), "Width of the list of articles", |x| {
            let mut panels = panels;
            panels.articles = Some((x - place.left()).clamp(200.0, 480.0));
            intents.push(Intent::Set(Setting::Panels(panels)));
        });
    } else if has_drawer(ui, session) {
        drawer_ui(ui, place, list, session, intents);
    }
}

/// Esc lets articles go that were chosen together.
fn let_go_ui(ui: &Ui, session: &Session, intents: &mut Vec<Intent>) {
    let is_free = session.view().over.is_none()
        && !ui.ctx().text_edit_focused()
        && !egui::Popup::is_any_open(ui.ctx())
        && !session.view().choice.is_empty();
    if is_free && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        intents.push(Intent::Look(Look::Choose(Choosing::Nothing)));
    }
}

/// Whether only the article is shown.
pub fn is_alone(session: &Session) -> bool {
    let view = session.view();
    view.alone && view.place == Place::Annotate && view.screen.is_none() && session.article().is_some()
}

/// Whether the drawer lies over the article: there is none where the list has a column of its own, or is not shown at all.
pub fn has_drawer(ui: &Ui, session: &Session) -> bool {
    let form = Form::of(ui.ctx().content_rect().width());
    session.view().drawer && !form.has_list() && !is_alone(session)
}

/// Only the article, with the find bar while something is looked for.
fn alone_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let find = place.with_max_y(place.top() + find::bar_height(session));
    if find.height() > 0.0 {
        let part = UiBuilder::new().max_rect(find).scope_id(egui::Id::unique(("column", "Find bar")));
        let mut bar = ui.new_child(part);
        bar.painter().rect_filled(find, 0, theme::of(&bar).tokens.chrome);
        find::bar_ui(&mut bar, session, intents);
    }
    let rest = place.with_min_y(find.bottom());
    // The text stands in the middle, with its notes where they have room.
    let form = Form::of(ui.ctx().content_rect().width());
    let column = match form {
        Form::Wide => theme::READER_COLUMN_WIDE + theme::NOTES_GAP + theme::NOTES_WIDTH,
        _ => theme::READER_COLUMN,
    };
    let wanted = 2.0_f32.mul_add(theme::READER_INDENT, column) + reader::OVERVIEW;
    let width = if form.has_list() { wanted.min(rest.width()) } else { rest.width() };
    let rest = Rect::from_center_size(rest.center(), vec2(width, rest.height()));
    let band = notices::band_height(session);
    let part = UiBuilder::new().max_rect(rest).scope_id(egui::Id::unique(("column", "Article")));
    let mut article = ui.new_child(part.accessibility_role(Role::Region).accessibility_label("Article"));
    let text = UiBuilder::new().max_rect(rest.with_max_y(rest.bottom() - band)).id_salt("text");
    reader::reader_ui(&mut article.new_child(text), session, intents);
    if band > 0.0 {
        let below = rest.with_min_y(rest.bottom() - band).with_max_x(rest.right() - reader::OVERVIEW);
        let mut below = article.new_child(UiBuilder::new().max_rect(below).id_salt("notices"));
        notices::notices_ui(&mut below, session, intents);
    }
    let is_free =
        session.view().over.is_none() && !session.search().is_open() && !ui.ctx().text_edit_focused();
    if is_free
        && !egui::Popup::is_any_open(ui.ctx())
        && ui.input(|input| input.key_pressed(egui::Key::Escape))
    {
        intents.push(Intent::Look(Look::Alone(false)));
    }
}

/// The articles, or what has their place: what was found, answers to be looked at again.
fn list_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    match &session.view().listing {
        _ if session.search().is_open() => found::found_ui(ui, session, intents),
        Some(listing) => checks::checks_ui(ui, session, listing, intents),
        None => articles::articles_ui(ui, session, intents),
    }
}

fn list_name(session: &Session) -> &'static str {
    if session.search().is_open() { "What was found" } else { "List of articles" }
}

/// In a narrow window the list lies over the reader until something is chosen.
fn drawer_ui(ui: &mut Ui, place: Rect, list: Rect, session: &Session, intents: &mut Vec<Intent>) {
    let theme = theme::of(ui);
    let area =
        egui::Area::new(egui::Id::unique("drawer")).fixed_pos(place.min).order(egui::Order::Foreground);
    area.show(ui.ctx(), |ui| {
        let beside = Rect::from_min_max(list.right_top(), place.max);
        let shade = ui.interact(beside, egui::Id::unique("beside the drawer"), Sense::CLICK);
        shade.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Close the list of articles"));
        ui.painter().rect_filled(beside, 0, theme.tokens.shade);
        let part = UiBuilder::new().max_rect(list).id_salt("articles").accessibility_role(Role::Region);
        let mut drawer = ui.new_child(part.accessibility_label(list_name(session)));
        drawer.painter().rect_filled(list, 0, theme.tokens.chrome);
        // A menu over it is closed first.
        let has_menu = egui::Popup::is_any_open(ui.ctx());
        list_ui(&mut drawer, session, intents);
        let is_list = session.view().listing.is_none() || session.search().is_open();
        let escaped = is_list && !has_menu && ui.input(|input| input.key_pressed(egui::Key::Escape));
        if shade.clicked() || escaped && !ui.ctx().text_edit_focused() {
            intents.push(Intent::Look(Look::Drawer(false)));
        }
    });
}

/// An edge between panels that can be dragged.
fn edge_ui(ui: &Ui, from: egui::Pos2, to: egui::Pos2, name: &str, mut moved: impl FnMut(f32)) {
    let rect = Rect::from_two_pos(from, to).expand2(vec2(3.0, 0.0));
    // It is dragged; Tab has nothing to do there.
    let response = ui.interact(rect, egui::Id::unique(("edge", name)), Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, name));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
    }
    // Held still it stays where it is, and nothing is drawn anew.
    if response.drag_delta().x.abs() > 0.0
        && let Some(at) = response.interact_pointer_pos()
    {
        moved(at.x);
    }
}
