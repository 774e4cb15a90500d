//! Where everything lies, and how safe it is there.

use std::path::{Path, PathBuf};

use egui::{Align2, Role, Ui, WidgetInfo, pos2, vec2};

use super::{lines, rows};
use crate::session::Session;
use crate::session::desk::{Desk, HowSafe};
use crate::session::intent::Intent;
use crate::session::notice::in_window;
use crate::session::view::Look;
use crate::shell::clock;
use crate::ui::fonts;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::{button, frame};
use crate::ui::theme;

const WIDTH: f32 = 600.0;
const HEAD_HEIGHT: f32 = 24.0;

pub fn safety_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    let refused = (session.desk().is_some_and(Desk::is_untitled))
        .then_some("the project has no file of its own yet: save it first");
    let answers = [
        Answer::new("Close", AnswerKind::Cancel),
        Answer { disabled: refused, ..Answer::new("Earlier versions\u{2026}", AnswerKind::Plain) },
    ];
    let most = (ui.ctx().content_rect().height() - 240.0).max(80.0);
    let head = ("Where everything lies", how_safe(desk));
    let given = modal::show_sized(ui.ctx(), "safety", (head.0, &head.1), WIDTH, &answers, |ui| {
        rows::text_card(ui, most, |ui| {
            let file = ("Project file".to_owned(), desk.path().to_owned());
            let is_listed = desk.places().iter().any(|(_, path)| path == desk.path());
            for (name, path) in (!is_listed).then_some(&file).into_iter().chain(desk.places()) {
                place_ui(ui, name, path);
            }
        });
    });
    match given {
        Some(0) => intents.push(Intent::Look(Look::Close)),
        Some(_) => {
            intents.push(Intent::Look(Look::Close));
            intents.push(Intent::Run("versions"));
        }
        None if lines::is_entered(ui) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn how_safe(desk: &Desk) -> String {
    let mut words = match desk.safety().how_safe() {
        HowSafe::Saved(at) => {
            format!("Saved at {}: the file has everything.", clock::clock_time(at.0))
        }
        HowSafe::Safe => {
            "Safe: every answer is in the journal on this computer, and comes into the file with the next save."
                .to_owned()
        }
        HowSafe::Saving => "The file is being written.".to_owned(),
        HowSafe::Writing => "The last answer is on its way to the disk.".to_owned(),
        HowSafe::NotSafe(why) => format!("Not safe: {}. Everything is still here in the window.", in_window(&why)),
    };
    if let Some(why) = desk.read_only() {
        words = format!("{words} Nothing is written: {}.", in_window(why));
    }
    if desk.is_untitled() {
        words.push_str(" The project has no name of its own yet; Save as gives it one.");
    }
    words
}

/// Name and path of one place, with the word that copies the path.
fn place_ui(ui: &mut Ui, name: &str, path: &PathBuf) {
    let t = theme::of(ui).tokens;
    let shown = path_text(path);
    let head = rows::strip(ui, HEAD_HEIGHT);
    let kind = fonts::INTERFACE_BOLD;
    frame::text(ui.painter(), head.left_center(), Align2::LEFT_CENTER, name, kind, t.strong);
    let width = button::link_width(ui.painter(), "Copy", None);
    let place = egui::Rect::from_min_size(pos2(head.right() - width, head.top()), vec2(width, HEAD_HEIGHT));
    let id = ui.scope_id().with(("copy", name, path));
    let link = button::link_at(ui, place, id, "Copy", None);
    link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("Copy the path: {name}")));
    if link.clicked() {
        ui.ctx().copy_text(shown.clone());
    }
    ui.add_space(-6.0);
    ui.label(fonts::SMALL.rich(shown, t.normal));
}

fn path_text(path: &Path) -> String {
    path.display().to_string()
}
