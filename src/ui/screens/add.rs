//! *Add articles*: what was found in the files, each with why to look at it; the one in hand beside it; and the one button.

mod foot;
mod text;

use super::{Rooms, at_right, capital, fitted, header_with, paragraph, part};
use crate::formats::articles::batch::{Key, Near, NearTo, Row, Standing};
use crate::session::Session;
use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::screens::ScreenLook;
use crate::session::screens::adding::{AddLook, Adding, Listed, Shown};
use crate::session::view::Look;
use crate::text::dates;
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::button::Button;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{frame, menu, scroll, spoken, tabs};
use crate::ui::theme::{self, RADIUS, RADIUS_SMALL, STROKE};
use egui::{Align2, Id, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

const SIDE: f32 = 432.0;
const SIDE_NARROW: f32 = 320.0;
const NARROW: f32 = 1_100.0;
const EDGE: f32 = 16.0;
const HEAD: f32 = 30.0;
const ROW: f32 = 34.0;
const ROW_WITH_REASON: f32 = 52.0;
/// Room for the choices over the table.
const BAR: f32 = 46.0;
/// The lines that repeat, under the text.
const REPEATS: f32 = 54.0;

/// What is typed and not yet said.
#[derive(Default)]
pub(super) struct AddDraft {
    text: text::TextDraft,
    /// Where the list is scrolled to, of which row.
    seen: Option<Key>,
}

impl AddDraft {
    /// Whether nothing is typed that Esc would take.
    pub(super) fn may_close(&self) -> bool {
        !self.text.is_left()
    }
}

fn look(look: AddLook) -> Intent {
    Intent::Look(Look::Screen(ScreenLook::Add(look)))
}

pub(super) fn add_ui(
    ui: &mut Ui,
    (session, adding): (&Session, &Adding),
    rooms: Rooms,
    draft: &mut AddDraft,
    intents: &mut Vec<Intent>,
) {
    let n_files = adding.coming().files.len();
    let about = format!(
        "{}, {} found",
        counted(n_files, "file", "files"),
        counted(adding.batch().rows.len(), "article", "articles")
    );
    let way_out = Button::new("Cancel").key("Esc");
    let buttons = [("Choose other files\u{2026}", "add-files")];
    header_with(ui, rooms.header, ("Add articles", &about), (&way_out, &buttons), intents);
    let t = theme::of(ui).tokens;
    let width = if rooms.middle.width() < NARROW { SIDE_NARROW } else { SIDE };
    let (left, side) = rooms.middle.split_left_right_at_x(rooms.middle.right() - width);
    let mut list = part(ui, left, t.chrome, "Articles found");
    list_ui(&mut list, adding, left, draft, intents);
    let repeats = !adding.batch().repeated.is_empty() || adding.batch().asks_order;
    let below = if repeats { REPEATS } else { 0.0 };
    let (paper, lines) = side.split_top_bottom_at_y(side.bottom() - below);
    let mut page = part(ui, paper, t.paper, "The article");
    text::text_ui(&mut page, (session, adding), paper, &mut draft.text, intents);
    if repeats {
        let mut page = part(ui, lines, t.paper, "Lines that repeat");
        foot::repeats_ui(&mut page, adding, lines, intents);
    }
    ui.painter().vline(left.right(), rooms.middle.y_range(), Stroke::new(STROKE, t.border));
    foot::foot_ui(ui, (session, adding), rooms.foot, width, intents);
}

fn list_ui(ui: &mut Ui, adding: &Adding, place: Rect, draft: &mut AddDraft, intents: &mut Vec<Intent>) {
    bar_ui(ui, adding, place.with_max_y(place.top() + BAR), intents);
    let head = Rect::from_min_max(
        pos2(place.left(), place.top() + BAR),
        pos2(place.right(), place.top() + BAR + HEAD),
    );
    head_ui(ui, adding, head, intents);
    let list = place.with_min_y(head.bottom());
    if adding.batch().rows.is_empty() {
        return nothing_ui(ui, adding, list);
    }
    let mut inner = ui.new_child(UiBuilder::new().max_rect(list).id_salt("rows"));
    inner.shrink_clip_rect(list);
    inner.spacing_mut().item_spacing = Vec2::ZERO;
    let rows: Vec<&Row> = adding.visible().iter().filter_map(|idx| adding.batch().rows.get(*idx)).collect();
    let mut tops = Vec::with_capacity(rows.len());
    let mut height = 0.0;
    for row in &rows {
        tops.push(height);
        height += height_of(row);
    }
    spoken::list(&inner, "Articles found", rows.len());
    let selected = adding.selected().map(|row| row.key);
    let is_new = draft.seen != selected;
    draft.seen = selected;
    scroll::down().id_salt("rows").auto_shrink(false).show_viewport(&mut inner, |ui, seen| {
        ui.set_height(height);
        let origin = ui.max_rect().min;
        if is_new && let Some(place) = adding.place() {
            let top = tops.get(place).copied().unwrap_or_default();
            let rect = Rect::from_min_size(origin + vec2(0.0, top), vec2(10.0, ROW_WITH_REASON));
            ui.scroll_to_rect(rect, None);
        }
        let first = tops.partition_point(|top| *top < seen.top()).saturating_sub(1);
        for (idx, (row, top)) in rows.iter().zip(&tops).enumerate().skip(first) {
            if *top > seen.bottom() {
                break;
            }
            let rect =
                Rect::from_min_size(origin + vec2(0.0, *top), vec2(ui.max_rect().width(), height_of(row)));
            row_ui(ui, adding, (row, idx), rect, selected == Some(row.key), intents);
        }
    });
}

/// Which rows are shown, and in which order.
fn bar_ui(ui: &mut Ui, adding: &Adding, rect: Rect, intents: &mut Vec<Intent>) {
    let mut bar = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(12.0, 8.0))).id_salt("bar"));
    let names: Vec<String> =
        Shown::ALL.iter().map(|shown| format!("{} {}", shown.name(), grouped(adding.n_of(*shown)))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let current = Shown::ALL.iter().position(|shown| *shown == adding.shown()).unwrap_or(0);
    let width = (rect.width() - 24.0 - 140.0).clamp(300.0, 580.0);
    bar.horizontal(|ui| {
        if let Some(shown) = tabs::choices(ui, &names, current, width).and_then(|idx| Shown::ALL.get(idx)) {
            intents.push(look(AddLook::Shown(*shown)));
        }
        ui.add_space((ui.available_width() - 136.0).max(0.0));
        let orders = ["Doubtful first", "As in the files"];
        let order = if adding.listed() == Listed::DoubtfulFirst { orders[0] } else { orders[1] };
        if let Some(idx) = menu::drop_down(ui, ("Order", order), 130.0, &orders) {
            let listed = if idx == 0 { Listed::DoubtfulFirst } else { Listed::AsInFiles };
            intents.push(look(AddLook::Listed(listed)));
        }
    });
}

/// Where the columns of the table begin.
fn columns(rect: Rect) -> [f32; 6] {
    let right = rect.right();
    // Words and sentences end at their places.
    let [source, sentences, words, date] = [right - 124.0, right - 162.0, right - 234.0, right - 358.0];
    // A wide table gives titles the most.
    let outlet = (rect.left() + 366.0).max(date - 300.0).min(date - 110.0);
    [rect.left() + 44.0, outlet.max(rect.left() + 150.0), date, words, sentences, source]
}

fn head_ui(ui: &Ui, adding: &Adding, rect: Rect, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let [title, outlet, date, words, sentences, source] = columns(rect);
    let y = rect.center().y;
    for (x, anchor, name) in [
        (title, Align2::LEFT_CENTER, "Title"),
        (outlet, Align2::LEFT_CENTER, "Outlet"),
        (date, Align2::LEFT_CENTER, "Date"),
        (words, Align2::RIGHT_CENTER, "Words"),
        (sentences, Align2::RIGHT_CENTER, "Sentences"),
        (source, Align2::LEFT_CENTER, "Source"),
    ] {
        frame::text(ui.painter(), pos2(x, y), anchor, name, fonts::SMALL, t.weak);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(STROKE, t.border));
    let ticks = adding.visible().iter().filter_map(|idx| adding.batch().rows.get(*idx));
    let ticks: Vec<bool> = ticks.filter_map(|row| adding.ticked(row)).collect();
    let state = match (ticks.iter().all(|ticked| *ticked), ticks.iter().any(|ticked| *ticked)) {
        _ if ticks.is_empty() => Tick::Cannot,
        (true, _) => Tick::Yes,
        (false, true) => Tick::Some,
        (false, false) => Tick::No,
    };
    let square = Rect::from_center_size(pos2(rect.left() + 24.0, y), Vec2::splat(16.0));
    if tick_ui(ui, square, state, "All that are shown", Id::unique("tick all")) {
        intents.push(look(AddLook::TickAll));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tick {
    Yes,
    Some,
    No,
    Cannot,
}

/// A tick; true if it was pressed.
fn tick_ui(ui: &Ui, square: Rect, tick: Tick, name: &str, id: Id) -> bool {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let can = tick != Tick::Cannot;
    let response = ui.interact(square.expand(4.0), id, if can { Sense::click() } else { Sense::hover() });
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, can, tick == Tick::Yes, name));
    let is_full = matches!(tick, Tick::Yes | Tick::Some);
    let (fill, edge) = match (is_full, can) {
        (true, _) => (t.accent, t.accent),
        (false, true) => (t.surface, t.control),
        (false, false) => (t.chrome, t.border),
    };
    frame::card(ui.painter(), square, RADIUS_SMALL, fill, Stroke::new(STROKE, edge));
    match tick {
        Tick::Yes => icons::paint(ui.painter(), Icon::Tick, square.center(), t.on_accent),
        Tick::Some => icons::paint(ui.painter(), Icon::Aside, square.center(), t.on_accent),
        Tick::No | Tick::Cannot => {}
    }
    if response.has_focus() {
        frame::focus_ring(ui.painter(), square, RADIUS_SMALL, &theme);
    }
    response.clicked()
}

fn height_of(row: &Row) -> f32 {
    if row.doubts.is_empty() && row.standing == Standing::New { ROW } else { ROW_WITH_REASON }
}

/// Why a row is looked at, in words, with its sign.
fn reason(row: &Row) -> Option<(Icon, String)> {
    match &row.standing {
        Standing::There { .. } => Some((Icon::Tick, "Already in the project".to_owned())),
        Standing::Refused(why) => Some((Icon::Cross, capital(why))),
        Standing::Near(near) if row.doubts.is_empty() => Some((Icon::Copies, near_says(near))),
        _ if row.doubts.is_empty() => None,
        standing => {
            let mut says: Vec<&str> = row.doubts.iter().map(|doubt| doubt.says.as_str()).collect();
            let near = match standing {
                Standing::Near(near) => Some(near_says(near)),
                _ => None,
            };
            says.extend(near.as_deref());
            Some((Icon::Warning, capital(&says.join("; "))))
        }
    }
}

fn near_says(near: &Near) -> String {
    let share = (near.share * 100.0).round();
    match &near.to {
        NearTo::There(_) => {
            format!("Near-identical to \u{201c}{}\u{201d} in the project: {share} % of its words", near.title)
        }
        NearTo::Row(idx) => {
            format!("Near-identical to number {} of this batch: {share} % of its words", idx + 1)
        }
    }
}

fn row_ui(
    ui: &Ui,
    adding: &Adding,
    (row, idx): (&Row, usize),
    rect: Rect,
    is_here: bool,
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let reason = reason(row);
    let response =
        ui.interact(rect, Id::unique(("row", row.key.file, row.key.nth, row.key.part)), Sense::click());
    let said = format!(
        "{}. {}",
        row.article.shown_title(),
        reason.as_ref().map_or("New", |(_, words)| words.as_str())
    );
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, &said));
    spoken::option(&response, is_here, idx);
    if is_here || response.hovered() {
        let ground = if is_here { t.selected } else { t.hover };
        ui.painter().rect_filled(rect.shrink2(vec2(4.0, 1.0)), RADIUS, ground);
    }
    let ticked = adding.ticked(row);
    let tick = match ticked {
        Some(true) => Tick::Yes,
        Some(false) => Tick::No,
        None => Tick::Cannot,
    };
    let (y, meta) = (rect.top() + 17.0, &row.article.meta);
    let square = Rect::from_center_size(pos2(rect.left() + 24.0, y), Vec2::splat(16.0));
    let tick_id = Id::unique(("tick", row.key.file, row.key.nth, row.key.part));
    let title = row.article.shown_title();
    if tick_ui(ui, square, tick, &format!("Take {title}"), tick_id) {
        intents.push(look(AddLook::Tick(row.key)));
    } else if response.clicked() {
        intents.push(look(AddLook::Select(row.key)));
    }
    let colour = if ticked == Some(true) { t.strong } else { t.weak };
    let [at, outlet, date, words, sentences, source] = columns(rect);
    let kind = if is_here { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
    fitted(ui, pos2(at, y), outlet - 12.0, title, kind, colour);
    let known = |text: Option<&str>, none: &str| match text {
        Some(text) => (text.to_owned(), colour),
        None => (none.to_owned(), t.weak),
    };
    let (text, ink) = known(meta.outlet.as_deref(), "no outlet");
    fitted(ui, pos2(outlet, y), date - 8.0, &text, fonts::INTERFACE, ink);
    let (text, ink) = known(meta.published.as_deref().map(dates::short).as_deref(), "no date");
    fitted(ui, pos2(date, y), words - 40.0, &text, fonts::INTERFACE, ink);
    let n_sentences = row.article.n_sentences();
    for (x, n) in [(words, row.n_words), (sentences, n_sentences)] {
        let n = grouped(n);
        frame::text(ui.painter(), pos2(x, y), Align2::RIGHT_CENTER, &n, fonts::INTERFACE, colour);
    }
    let name =
        adding.coming().files.get(row.key.file).map(|file| shown_name(std::path::Path::new(&file.name)));
    let name = name.unwrap_or_default();
    let from = if row.place.is_empty() { name } else { format!("{name}, {}", row.place) };
    fitted(ui, pos2(source, y), rect.right() - 10.0, &from, fonts::SMALL, t.weak);
    if let Some((icon, says)) = reason {
        let ink = match icon {
            Icon::Warning => t.warning,
            Icon::Cross => t.error,
            _ => t.weak,
        };
        let below = rect.top() + 35.0;
        icons::paint(ui.painter(), icon, pos2(at + 6.0, below), ink);
        fitted(ui, pos2(at + 20.0, below), rect.right() - 16.0, &says, fonts::SMALL, ink);
    }
}

/// No article in any file: why, for each.
fn nothing_ui(ui: &Ui, adding: &Adding, place: Rect) {
    let t = theme::of(ui).tokens;
    let at = place.min + vec2(EDGE, 20.0);
    let width = place.width() - 2.0 * EDGE;
    let mut below = paragraph(ui, at, width, "No article was found", fonts::INTERFACE_BOLD, t.strong);
    for why in &adding.coming().refused {
        let why = capital(&crate::session::notice::in_window(why));
        below = paragraph(ui, pos2(at.x, below + 6.0), width, &why, fonts::INTERFACE, t.normal);
    }
    for left in &adding.taking().left {
        let why = format!("{}, {}: {}", left.file, left.place, left.why);
        below = paragraph(ui, pos2(at.x, below + 6.0), width, &why, fonts::INTERFACE, t.normal);
    }
}

/// Where a control of a bar stands.
fn right_of(bar: Rect, right: f32, width: f32) -> Rect {
    at_right(bar, right, width)
}
