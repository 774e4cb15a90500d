//! Answers to be looked at again, by article, in the place of the list.

use crate::session::Session;
use crate::session::checks::Check;
use crate::session::intent::Intent;
use crate::session::view::{Listing, Look};
use crate::shell::clock;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::parts::button;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{frame, keycap, scroll, spoken};
use crate::ui::theme::{self, PANEL_HEADER, PANEL_PADDING, RADIUS};
use egui::epaint::text::TextWrapping;
use egui::{Align2, Id, Key, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

const FOOT: f32 = 36.0;
const LEFT: f32 = 36.0;

pub fn checks_ui(ui: &mut Ui, session: &Session, listing: &Listing, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let whole = ui.max_rect();
    let rows = session.checks().rows();
    head_ui(ui, session, listing, intents);
    let foot = whole.with_min_y(whole.bottom() - FOOT);
    let place = Rect::from_min_max(ui.cursor().min, pos2(whole.right(), foot.top()));
    let mut list = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("to check"));
    list.shrink_clip_rect(place);
    scroll::down().auto_shrink([false; 2]).id_salt("answers to check").show(&mut list, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
        spoken::list(ui, "Answers to look at again", rows.len());
        let mut nth = 0;
        for article in rows.chunk_by(|a, b| a.article.id == b.article.id) {
            title_ui(ui, article);
            for row in article {
                if row_ui(ui, session, row, nth) {
                    let (article, sentence) = (row.article.id.clone(), Some(row.sentence));
                    intents.push(Intent::Look(Look::Place { article, sentence }));
                }
                nth += 1;
            }
            ui.add_space(10.0);
        }
    });
    foot_ui(ui, foot, rows.len(), intents);
}

fn head_ui(ui: &mut Ui, session: &Session, listing: &Listing, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), PANEL_HEADER), Sense::hover());
    let checks = session.checks();
    let n = checks.rows().len();
    let name = match listing {
        Listing::ToCheck => format!("To check {n}"),
        Listing::Older(_) => format!("Earlier version {n}"),
    };
    let articles = match checks.n_articles() {
        1 => "in 1 article".to_owned(),
        n => format!("in {n} articles"),
    };
    let at = pos2(bar.left() + PANEL_PADDING, bar.center().y);
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, &name, fonts::INTERFACE_BOLD, t.strong);
    spoken::heading(ui, Rect::from_min_max(at, drawn.max), &format!("{name}, {articles}"));
    let right = bar.right() - PANEL_PADDING;
    let cap = keycap::width(ui.painter(), "Esc");
    let close = Rect::from_min_size(pos2(right - cap, bar.center().y - 12.0), vec2(cap, 24.0));
    let response = ui.interact(close, Id::unique("list back"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Back to the list of articles"));
    keycap::paint(ui.painter(), &theme::of(ui), close.right_center(), "Esc", keycap::Ground::Plain);
    let beside = pos2(drawn.right() + 8.0, bar.center().y);
    frame::text_between(ui.painter(), beside, close.left() - 8.0, &articles, fonts::INTERFACE, t.weak);
    let is_alone = session.view().over.is_none() && !egui::Popup::is_any_open(ui.ctx());
    let escaped = is_alone
        && session.view().caret.is_none()
        && !ui.ctx().text_edit_focused()
        && ui.input(|input| input.key_pressed(Key::Escape));
    if response.clicked() || escaped {
        intents.push(Intent::Look(Look::List(None)));
    }
    let says = match listing {
        Listing::ToCheck => "Your answers whose sentence changed. They hold until you change them.",
        Listing::Older(_) => {
            "Your answers that were given before the scheme was changed. They hold until you change them."
        }
    };
    let width = ui.available_width() - 2.0 * PANEL_PADDING;
    let galley = fonts::SMALL.wrapped(ui.painter(), says, t.weak, width);
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + 12.0), Sense::hover());
    spoken::text(ui, rect, says);
    ui.painter().galley(rect.min + vec2(PANEL_PADDING, 0.0), galley, t.weak);
}

fn title_ui(ui: &mut Ui, rows: &[Check]) {
    let t = theme::of(ui).tokens;
    let Some(article) = rows.first().map(|row| &row.article) else { return };
    let n = rows.len().to_string();
    let width = ui.available_width() - 2.0 * PANEL_PADDING - 24.0;
    let wrap = TextWrapping { max_rows: 2, ..TextWrapping::wrap_at_width(width) };
    let galley = fonts::LIST_TITLE_BOLD.rows(ui.painter(), article.shown_title(), t.strong, wrap);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + 8.0), Sense::hover());
    spoken::heading(ui, rect, &format!("{}: {n}", article.shown_title()));
    ui.painter().galley(rect.min + vec2(PANEL_PADDING, 2.0), galley, t.strong);
    let at = pos2(rect.right() - PANEL_PADDING, rect.top() + 11.0);
    frame::text(ui.painter(), at, Align2::RIGHT_CENTER, &n, fonts::INTERFACE, t.weak);
}

/// True if it was clicked.
fn row_ui(ui: &mut Ui, session: &Session, row: &Check, nth: usize) -> bool {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let Some(desk) = session.desk() else { return false };
    let scheme = desk.project().scheme();
    let found = row.article.idx_of(row.sentence).and_then(|idx| row.article.sentences().get(idx));
    let words = found.map_or("", |sentence| row.article.words_of(sentence));
    let why = format!("{}: {}", who_and_when(session, row), row.says(scheme));
    let width = ui.available_width() - LEFT - PANEL_PADDING;
    let wrap = TextWrapping { max_rows: 2, ..TextWrapping::wrap_at_width(width) };
    let text = fonts::LIST_TITLE.rows(ui.painter(), words, t.normal, wrap);
    let says = fonts::SMALL.wrapped(ui.painter(), &why, t.weak, width);
    let height = text.size().y + says.size().y + 10.0;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let is_here = session.is_check_here(nth);
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, format!("{words} {why}")));
    spoken::option(&response, is_here, nth);
    if is_here || response.hovered() {
        let ground = if is_here { t.selected } else { t.hover };
        ui.painter().rect_filled(rect.shrink2(vec2(4.0, 0.0)), RADIUS, ground);
    }
    if is_here && !response.hovered() {
        response.scroll_to_me(None);
    }
    let sign = pos2(rect.left() + PANEL_PADDING + 5.0, rect.top() + 14.0);
    let marks = Marks::of(scheme, &theme);
    match row.coding.labels.first().and_then(|id| marks.get(id)) {
        _ if row.place.is_kept => icons::paint(ui.painter(), Icon::Ring, sign, t.weak),
        Some(mark) => {
            frame::text(
                ui.painter(),
                sign,
                Align2::CENTER_CENTER,
                mark.letter,
                fonts::LETTER,
                mark.colours.ink,
            );
        }
        None => icons::paint(ui.painter(), Icon::Aside, sign, t.weak),
    }
    let at = rect.min + vec2(LEFT, 5.0);
    let below = at + vec2(0.0, text.size().y);
    ui.painter().galley(at, text, t.normal);
    ui.painter().galley(below, says, t.weak);
    response.clicked()
}

/// Who answered it, and when, where that is known: `Anna, 12 March`.
fn who_and_when(session: &Session, row: &Check) -> String {
    let coder = &row.place.key.coder;
    let name = session.desk().and_then(|desk| desk.project().coder(coder));
    let name = name.map_or_else(|| coder.to_string(), |coder| coder.shown_name().to_owned());
    match row.coding.at {
        Some(at) => format!("{name}, {}", clock::day(at.0, session.now().at.0)),
        None => name,
    }
}

fn foot_ui(ui: &Ui, foot: Rect, n: usize, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    ui.painter().hline(foot.x_range(), foot.top(), Stroke::new(1.0, t.border));
    let at = pos2(foot.left() + PANEL_PADDING, foot.center().y);
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Right as it is", fonts::SMALL, t.weak);
    let cap = pos2(drawn.right() + 8.0 + keycap::width(ui.painter(), "Enter"), foot.center().y);
    keycap::paint(ui.painter(), &theme::of(ui), cap, "Enter", keycap::Ground::Plain);
    let all = if n == 1 { "It is right".to_owned() } else { format!("All {n} are right") };
    let width = button::link_width(ui.painter(), &all, None);
    let left = foot.right() - PANEL_PADDING - width;
    if left > cap.x + 8.0 {
        let place = Rect::from_min_size(pos2(left, foot.center().y - 12.0), vec2(width, theme::LEAST_TARGET));
        if button::link_at(ui, place, Id::unique("all right"), &all, None).clicked() {
            intents.push(Intent::Run("check-all-right"));
        }
    }
}
