//! *Merge*: what changed on both sides, the conflict in hand with both sides alike, the sums, and the one button.

mod cards;
mod words;

use super::{Rooms, at_right, header_ui, paragraph, part, words as line};
use crate::analysis::merge::account::{Kind, Sums};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::screens::ScreenLook;
use crate::session::screens::merging::{BaseFrom, Changed, Copy, MergeLook, Merging, Planned, Source};
use crate::session::view::Look;
use crate::shell::clock;
use crate::text::dates;
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::button::Button;
use crate::ui::parts::{button, frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, RADIUS, STROKE};
use egui::text::TextWrapping;
use egui::{Align2, Color32, Id, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

const LEFT: f32 = 300.0;
const RIGHT: f32 = 328.0;
const EDGE: f32 = 16.0;
const DECIDED_WIDTH: f32 = 60.0;
const ROW: f32 = 78.0;
const FOOT_LEFT: f32 = 36.0;
const FOOT_RIGHT: f32 = 168.0;

pub(super) fn merge_ui(
    ui: &mut Ui,
    (session, merging): (&Session, &Merging),
    rooms: Rooms,
    intents: &mut Vec<Intent>,
) {
    let right = header_ui(ui, rooms.header, (title(merging), &about(session, merging)), intents);
    let choose = Button::new(if merging.copy().is_some() {
        "Choose another file\u{2026}"
    } else {
        "Choose a file\u{2026}"
    });
    let width = choose.natural_width(ui.painter());
    if choose.show_at(ui, at_right(rooms.header, right, width), Id::unique("choose copy")).clicked() {
        intents.push(Intent::Run("merge-choose"));
    }
    let t = theme::of(ui).tokens;
    // What will happen stands in the right column: the middle has the whole height.
    let all = rooms.middle.union(rooms.foot);
    let narrow = all.width() < LEFT + RIGHT + 480.0;
    let (left_width, right_width) = if narrow { (220.0, 260.0) } else { (LEFT, RIGHT) };
    let left = all.with_max_x(all.left() + left_width);
    let side = all.with_min_x(all.right() - right_width);
    let middle = Rect::from_min_max(pos2(left.right(), all.top()), pos2(side.left(), all.bottom()));
    let mut list = part(ui, left, t.chrome, "What changed");
    let mut paper = part(ui, middle, t.paper, "Conflicts");
    let mut sums = part(ui, side, t.chrome, "What comes together");
    match merging.planned() {
        Some(planned) => {
            changed_ui(&mut list, (session, merging, planned), intents);
            if merging.conflicts().is_empty() {
                quiet_ui(&paper, middle, planned);
            } else {
                cards::middle_ui(&mut paper, (session, merging), intents);
            }
            sums_ui(&mut sums, (session, merging, planned), intents);
        }
        None => empty_ui(&paper, middle, merging),
    }
    for x in [left.right(), side.left()] {
        ui.painter().vline(x, all.y_range(), Stroke::new(STROKE, t.border));
    }
}

fn look(look: MergeLook) -> Intent {
    Intent::Look(Look::Screen(ScreenLook::Merge(look)))
}

fn title(merging: &Merging) -> &'static str {
    match merging.copy().map(|copy| &copy.source) {
        Some(Source::OnDisk(_)) => "Merge with the file on the disk",
        Some(Source::Version(_)) => "Merge work of this computer",
        _ if merging.planned().is_some_and(|planned| planned.copy.is_none()) => "Decide open conflicts",
        _ => "Merge a copy",
    }
}

fn about(session: &Session, merging: &Merging) -> String {
    match merging.copy() {
        Some(copy) => {
            let at = copy.at.map(|at| format!(", {}", clock::day(at.0, session.now().at.0)));
            format!("{}{}", copy.source.name(), at.unwrap_or_default())
        }
        None if merging.planned().is_some() => "they lie in this file from an earlier merge".to_owned(),
        None => "a copy of this project that somebody worked on".to_owned(),
    }
}

fn empty_ui(ui: &Ui, place: Rect, merging: &Merging) {
    let (head, more) = if merging.is_reading() {
        ("Reading the copy\u{2026}", "")
    } else {
        ("Drop a copy of this project here", "or choose it with Choose a file\u{2026}; it is only read")
    };
    words_ui(ui, place, head, more);
}

/// No conflict: that is all there is to say.
fn quiet_ui(ui: &Ui, place: Rect, planned: &Planned) {
    let more = if planned.action.is_some() {
        "What each side changed comes together. Ctrl Enter is all."
    } else {
        "The copy has nothing that this project does not have."
    };
    words_ui(ui, place, "No conflict", more);
}

fn words_ui(ui: &Ui, place: Rect, head: &str, more: &str) {
    let t = theme::of(ui).tokens;
    let at = pos2(place.left() + 24.0, place.top() + 24.0);
    let width = place.width() - 48.0;
    let below = paragraph(ui, at, width, head, fonts::INTERFACE_BOLD, t.strong);
    paragraph(ui, pos2(at.x, below + 4.0), width, more, fonts::INTERFACE, t.normal);
}

/// What changed, per article: theirs and mine, conflicts first.
fn changed_ui(
    ui: &mut Ui,
    (session, merging, planned): (&Session, &Merging, &Planned),
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let place = ui.max_rect();
    let n_articles = merging.rows().iter().filter(|row| row.article.is_some()).count();
    let rest = if n_articles < merging.rows().len() { ", the whole project" } else { "" };
    let what = format!("{}{rest}", counted(n_articles, "article", "articles"));
    let at = place.min + vec2(EDGE, 24.0);
    let drawn =
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Changed", fonts::INTERFACE_BOLD, t.strong);
    line(ui, drawn.right_center() + vec2(9.0, 0.0), place.right() - EDGE, &what, fonts::INTERFACE, t.weak);
    let (theirs, mine) = (place.right() - 77.0, place.right() - 17.0);
    let y = place.top() + 55.0;
    line(ui, pos2(at.x, y), theirs - 40.0, "Conflicts first", fonts::SMALL, t.weak);
    for (x, name) in [(theirs, "theirs"), (mine, "mine")] {
        frame::text(ui.painter(), pos2(x, y), Align2::RIGHT_CENTER, name, fonts::SMALL, t.weak);
    }
    let foot = place.with_min_y(place.bottom() - FOOT_LEFT);
    let list = Rect::from_min_max(pos2(place.left(), place.top() + 70.0), pos2(place.right(), foot.top()));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(list).id_salt("changed"));
    inner.shrink_clip_rect(list);
    inner.spacing_mut().item_spacing = Vec2::ZERO;
    let n = merging.rows().len();
    spoken::list(&inner, "What changed", n);
    let area = scroll::down().id_salt("changed rows").auto_shrink(false);
    area.show_rows(&mut inner, ROW, n, |ui, rows| {
        for idx in rows {
            let Some(row) = merging.rows().get(idx) else { continue };
            if row_ui(ui, (planned, row), idx, is_here(merging, row)) {
                intents.push(look(MergeLook::Row(idx)));
            }
        }
    });
    ui.painter().hline(foot.x_range(), foot.top(), Stroke::new(STROKE, t.border));
    let n = merging.conflicts().len();
    if n == 0 {
        return line(
            ui,
            pos2(at.x, foot.center().y),
            foot.right(),
            "Nothing to decide",
            fonts::SMALL,
            t.weak,
        );
    }
    let text = format!("{} of {n} decided", merging.n_decided());
    let width = button::link_width(ui.painter(), "Next", Some("Shift D"));
    line(ui, pos2(at.x, foot.center().y), foot.right() - width - 24.0, &text, fonts::SMALL, t.weak);
    let next = Rect::from_center_size(
        pos2(foot.right() - 12.0 - width / 2.0, foot.center().y),
        vec2(width, theme::LEAST_TARGET),
    );
    if button::link_at(ui, next, Id::unique("next conflict"), "Next", Some("Shift D")).clicked() {
        intents.push(Intent::Run("merge-next"));
    }
    let _ = session;
}

fn is_here(merging: &Merging, row: &Changed) -> bool {
    match merging.conflict() {
        Some(conflict) => conflict.article == row.article && row.n_conflicts > 0,
        None => merging.rows().get(merging.row) == Some(row),
    }
}

/// True if it was clicked.
fn row_ui(ui: &mut Ui, (planned, row): (&Planned, &Changed), idx: usize, is_here: bool) -> bool {
    let t = theme::of(ui).tokens;
    let project = &planned.merged.project;
    let article = row.article.as_ref().and_then(|id| project.article(id));
    let gone = || planned.copy.as_ref()?.base.as_ref()?.project.article(row.article.as_ref()?);
    let title = article.or_else(gone).map_or("The whole project", |article| article.shown_title());
    let meta = match (article, &row.article) {
        (Some(article), _) => {
            let date = article.meta.published.as_deref().map(dates::short);
            let parts = [article.meta.outlet.clone(), date];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
        }
        (None, Some(_)) => "taken away".to_owned(),
        (None, None) => "codebook, coders, title".to_owned(),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let conflicts = match row.n_conflicts {
        0 => String::new(),
        n => counted(n, "conflict", "conflicts"),
    };
    let Sums { theirs, ours, .. } = row.sums;
    let said = format!("{title}: theirs {theirs}, mine {ours} {conflicts}");
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, said.trim()));
    spoken::option(&response, is_here, idx);
    if is_here || response.hovered() {
        let ground = if is_here { t.selected } else { t.hover };
        ui.painter().rect_filled(rect.shrink2(vec2(4.0, 2.0)), RADIUS, ground);
    }
    let kind = if is_here { fonts::LIST_TITLE_BOLD } else { fonts::LIST_TITLE };
    let painter = ui.painter();
    let (left, right) = (rect.left() + EDGE, rect.right() - 17.0);
    let top = rect.top() + 20.0;
    let wrap = TextWrapping { max_rows: 2, ..TextWrapping::wrap_at_width(right - 108.0 - left) };
    let words = kind.rows(painter, title, t.normal, wrap);
    let cut = words.elided;
    let below = rect.top() + 11.0 + words.size().y + 11.0;
    painter.galley(pos2(left, rect.top() + 11.0), words, t.normal);
    for (x, n) in [(right - 60.0, theirs), (right, ours)] {
        let words = if n == 0 { "\u{2013}".to_owned() } else { grouped(n) };
        frame::text(painter, pos2(x, top), Align2::RIGHT_CENTER, &words, fonts::INTERFACE, t.normal);
    }
    let edge =
        frame::text(painter, pos2(right, below), Align2::RIGHT_CENTER, &conflicts, fonts::SMALL, t.warning);
    super::fitted(ui, pos2(left, below), edge.left() - 8.0, &meta, fonts::SMALL, t.weak);
    let clicked = response.clicked();
    if cut {
        tooltip::text(response, title);
    }
    clicked
}

/// The sums, how it is done, and the button.
fn sums_ui(
    ui: &mut Ui,
    (session, merging, planned): (&Session, &Merging, &Planned),
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let place = ui.max_rect();
    let foot = place.with_min_y(place.bottom() - FOOT_RIGHT);
    let above = place.with_max_y(foot.top());
    let mut inner =
        ui.new_child(egui::UiBuilder::new().max_rect(above.shrink2(vec2(EDGE, 14.0))).id_salt("sums"));
    inner.shrink_clip_rect(above);
    scroll::down().id_salt("merge sums").auto_shrink(false).show(&mut inner, |ui| {
        ui.label(fonts::INTERFACE_BOLD.rich("What comes together", t.strong));
        if let Some(copy) = planned.copy.as_deref() {
            ui.label(fonts::SMALL.rich(since(copy, session.now().at.0), t.weak));
            table_ui(ui, planned);
        }
        ui.add_space(12.0);
        ui.label(fonts::SMALL.rich("How it is done", t.weak));
        let how = if planned.copy.is_some() {
            "Each coder\u{2019}s sheets stay apart. What only one side changed is taken; what both changed alike is \
             taken once; comments are all kept."
        } else {
            "The side that you choose stands, and the record of the conflict goes. The project says mine meanwhile."
        };
        ui.label(fonts::INTERFACE.rich(how, t.normal));
        for said in &planned.merged.account.said {
            ui.label(fonts::INTERFACE.rich(super::capital(&said.replace('`', "\u{201d}")), t.normal));
        }
    });
    foot_ui(ui, (session, merging), foot, intents);
}

fn since(copy: &Copy, now: i64) -> String {
    match &copy.base {
        None => "No copy that both know was found: everything that differs is a conflict, and what only one has is kept."
            .to_owned(),
        Some(base) => {
            let at = base.at.map(|at| clock::day(at.0, now)).unwrap_or_default();
            let from = match base.from {
                BaseFrom::Backups => "from the backups",
                BaseFrom::Journal => "the file as it was opened or saved here",
            };
            format!("Since the copy both know: {at}, {from}.")
        }
    }
}

fn table_ui(ui: &mut Ui, planned: &Planned) {
    let t = theme::of(ui).tokens;
    let account = &planned.merged.account;
    ui.add_space(8.0);
    let width = ui.available_width();
    // In a small window what is alike stands in no column of its own.
    let narrow = width < 260.0;
    let columns = if narrow {
        [width - 107.0, width - 62.0, f32::NAN, width]
    } else {
        [width - 157.0, width - 111.0, width - 59.0, width]
    };
    let row = |ui: &mut Ui, name: &str, cells: [String; 4], kind: fonts::Type, colours: [Color32; 2]| {
        let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::hover());
        let said = format!("{name}: {}", cells.join(", "));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        let y = rect.center().y;
        super::fitted(ui, pos2(rect.left(), y), rect.left() + columns[0] - 30.0, name, kind, colours[0]);
        for (idx, (x, cell)) in columns.iter().zip(&cells).enumerate().filter(|(_, (x, _))| x.is_finite()) {
            let colour = if idx == 3 { colours[1] } else { colours[0] };
            let at = pos2(rect.left() + x, y);
            frame::text(ui.painter(), at, Align2::RIGHT_CENTER, cell, kind, colour);
        }
        rect
    };
    let head = ["theirs", "mine", "alike", "conflicts"].map(str::to_owned);
    row(ui, "", head, fonts::SMALL, [t.weak, t.weak]);
    let cells = |sums: Sums| {
        [sums.theirs, sums.ours, sums.alike, sums.conflicts]
            .map(|n| if n == 0 { "\u{2013}".to_owned() } else { grouped(n) })
    };
    let colours = |sums: Sums| [t.normal, if sums.conflicts > 0 { t.warning } else { t.normal }];
    for kind in Kind::ALL {
        let sums = account.of_kind(kind);
        if !sums.is_nothing() {
            let name = short_name(kind);
            row(ui, name, cells(sums), fonts::INTERFACE, colours(sums));
        }
    }
    let all = account.all();
    let rect = row(ui, "All", cells(all), fonts::INTERFACE_BOLD, [t.strong, colours(all)[1]]);
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
}

/// The name of a kind in so narrow a column.
fn short_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Sheets => "Done or given",
        Kind::Articles => "Articles",
        Kind::Boundaries => "Boundaries",
        other => other.name(),
    }
}

fn foot_ui(ui: &Ui, (session, merging): (&Session, &Merging), foot: Rect, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    ui.painter().hline(foot.x_range(), foot.top(), Stroke::new(STROKE, t.border));
    let (left, right) = (foot.left() + EDGE, foot.right() - EDGE);
    let n_open = merging.n_open();
    let half = (right - left - 8.0) / 2.0;
    let why = (n_open == 0).then_some("no conflict is open");
    for (idx, (words, command)) in
        [("Keep all mine", "merge-all-mine"), ("Take all theirs", "merge-all-theirs")].into_iter().enumerate()
    {
        let x = (half + 8.0).mul_add(idx as f32, left);
        let rect = Rect::from_min_size(pos2(x, foot.top() + 11.0), vec2(half, theme::CONTROL_HEIGHT));
        let button = Button::new(words).width(half).disabled(why);
        if button.show_at(ui, rect, Id::unique(command)).clicked() {
            intents.push(Intent::Run(command));
        }
    }
    let of = match n_open {
        0 => "Every conflict is decided".to_owned(),
        1 => "of the 1 that is open".to_owned(),
        n => format!("of the {n} that are open"),
    };
    let of = if merging.conflicts().is_empty() { String::new() } else { of };
    line(ui, pos2(left, foot.top() + 54.0), right, &of, fonts::SMALL, t.weak);
    let refusal = session.desk().and_then(|desk| desk.closed_for_writing()).or_else(|| merging.refusal());
    let words =
        if merging.planned().is_some_and(|planned| planned.copy.is_none()) { "Decide" } else { "Merge" };
    let rect = Rect::from_min_size(pos2(left, foot.top() + 78.0), vec2(right - left, 36.0));
    let button =
        Button::new(words).primary().key("Ctrl Enter").height(36.0).width(rect.width()).disabled(refusal);
    if button.show_at(ui, rect, Id::unique("merge")).clicked() {
        intents.push(Intent::Run("merge-take"));
    }
    let says = match (refusal, n_open) {
        (Some(why), _) => format!("{}.", super::capital(why)),
        (None, 0) => "One undo takes the merge back.".to_owned(),
        (None, n) => format!(
            "{} with both sides and wait in the file. One undo takes the merge back.",
            if n == 1 {
                "1 open conflict comes along".to_owned()
            } else {
                format!("{n} open conflicts come along")
            }
        ),
    };
    paragraph(ui, pos2(left, foot.top() + 120.0), right - left, &says, fonts::SMALL, t.weak);
}
