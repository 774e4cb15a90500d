//! Files over the window: where they may be dropped, and what comes of it.

use std::path::PathBuf;

use egui::{Align2, Area, Id, Order, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::filing::{is_project, shown_name};
use crate::ui::numbers::counted;
use crate::ui::parts::{frame, spoken};
use crate::ui::theme::{self, RADIUS_WINDOW, STROKE};
use crate::ui::{fonts, parts::modal};

/// From the window's edge to the dashed line.
const EDGE: f32 = 14.0;
const PADDING: f32 = 22.0;
const TAKEN: &str = "drops are taken";
/// How much of the window the veil over it hides: whole words would run into the dashed line.
const VEIL: f32 = 0.88;

/// Says whether files can be dropped on this window: they can, unless it was said.
pub fn set_taken(ctx: &egui::Context, are_taken: bool) {
    ctx.data_mut(|data| data.insert_temp(Id::unique(TAKEN), are_taken));
}

/// Whether files can be dropped on this window.
pub fn are_taken(ctx: &egui::Context) -> bool {
    ctx.data(|data| data.get_temp(Id::unique(TAKEN))).unwrap_or(true)
}

/// How articles come into an empty project; nothing is promised that the desktop cannot do.
pub fn how_to_add(ctx: &egui::Context) -> &'static str {
    if are_taken(ctx) {
        "Drop text, Markdown or Word files here, or"
    } else {
        "Ctrl+I takes in text, Markdown or Word files"
    }
}

/// While files are held over the window, all of it is a target that says what would happen.
pub fn drops_ui(ui: &Ui, session: &Session) {
    let files = ui.input(|input| input.raw.hovered_files.clone());
    if files.is_empty() {
        return;
    }
    let paths: Vec<_> = files.into_iter().map(|file| file.path.unwrap_or_default()).collect();
    let (title, more) = words(session, &paths);
    let whole = ui.ctx().content_rect();
    let area = Area::new(Id::unique("drop")).order(Order::Tooltip).fixed_pos(whole.min).interactable(false);
    area.show(ui.ctx(), |ui| {
        let theme = theme::of(ui);
        let t = theme.tokens;
        let painter = ui.painter();
        painter.rect_filled(whole, 0, t.paper.gamma_multiply(VEIL));
        let inside = whole.shrink(EDGE);
        let corners = [
            inside.left_top(),
            inside.right_top(),
            inside.right_bottom(),
            inside.left_bottom(),
            inside.left_top(),
        ];
        painter.extend(Shape::dashed_line(&corners, Stroke::new(2.0, t.focus_ring), 10.0, 6.0));
        let width = modal::WIDTH.min(inside.width() - 2.0 * PADDING) - 2.0 * PADDING;
        let title_galley = fonts::SCREEN_TITLE.wrapped(painter, &title, t.strong, width);
        let more_galley = fonts::INTERFACE.wrapped(painter, &more, t.normal, width);
        let height = title_galley.size().y + 6.0 + more_galley.size().y;
        let size = vec2(width + 2.0 * PADDING, height + 2.0 * PADDING);
        let card = Rect::from_center_size(whole.center(), size.ceil());
        painter.add(theme.window_shadow().as_shape(card, RADIUS_WINDOW));
        frame::card(painter, card, RADIUS_WINDOW, t.surface, Stroke::new(STROKE, t.border));
        let mut top = card.top() + PADDING;
        for galley in [title_galley, more_galley] {
            let at = Align2::CENTER_TOP.anchor_size(pos2(card.center().x, top), galley.size()).min;
            top += galley.size().y + 6.0;
            painter.galley(at, galley, t.strong);
        }
        spoken::live(&spoken::text(ui, card, &format!("{title}. {more}")));
    });
}

/// What comes of these files when they are let go.
fn words(session: &Session, paths: &[PathBuf]) -> (String, String) {
    let desk = session.desk();
    let projects: Vec<_> = paths.iter().filter(|path| is_project(path)).collect();
    let here = desk.map(|desk| format!("\u{201c}{}\u{201d}", desk.project().title()));
    let what = match paths {
        [one] if !one.as_os_str().is_empty() => shown_name(one),
        more => counted(more.len(), "file", "files"),
    };
    match projects.as_slice() {
        [] => match (desk.and_then(Desk::closed_for_writing), here) {
            (Some(why), _) => ("Articles cannot be added here".to_owned(), why.to_owned()),
            (None, Some(here)) => (format!("Drop to add {what} to {here}"), ARTICLES.to_owned()),
            (None, None) => (format!("Drop to begin a project with {what}"), ARTICLES.to_owned()),
        },
        [first, ..] if projects.len() < paths.len() => {
            let more =
                format!("{} is a project, other files are not: you are asked what to do", shown_name(first));
            ("Drop a project and articles".to_owned(), more)
        }
        [first, _, ..] if desk.is_none_or(|desk| desk.path() != first.as_path()) => {
            let more = "What everybody answered is put side by side; the files stay as they are";
            (format!("Drop to compare {what}"), more.to_owned())
        }
        [first, others @ ..] => {
            let more = match (others.len(), here) {
                (0, Some(here)) => format!("{here} is closed; all of it is kept"),
                (0, None) => "It is a project".to_owned(),
                (1, _) => "The other project stays closed: one is open at a time".to_owned(),
                (n, _) => format!("The other {n} projects stay closed: one is open at a time"),
            };
            (format!("Drop to open {}", shown_name(first)), more)
        }
    }
}

const ARTICLES: &str = "Articles are text and Markdown files, or folders of them";
