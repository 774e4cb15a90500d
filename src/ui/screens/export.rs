//! *Export*: the formats and what each keeps, what goes out, how it begins, and where it goes.

mod first;
mod foot;
mod form;
mod formats;
mod splits;

use super::{Rooms, header_with, part};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::screens::ScreenLook;
use crate::session::screens::exporting::{ExportLook, Exporting};
use crate::session::view::Look;
use crate::ui::parts::button::Button;
use crate::ui::parts::scroll;
use crate::ui::theme::{self, STROKE};
use egui::{Rect, Stroke, Ui, vec2};

const LEFT: f32 = 300.0;
/// The same in a narrow window.
const LEFT_NARROW: f32 = 224.0;
const NARROW: f32 = 1_000.0;
const EDGE: f32 = 16.0;
const PAPER_EDGE: f32 = 24.0;

/// What is open and not yet chosen.
#[derive(Default)]
pub struct ExportDraft {
    /// Whether the labels' other ids are shown.
    renames: bool,
    /// A field was left in this frame: Esc was meant for it.
    is_left: bool,
    /// The format whose row was last brought into view.
    shown: &'static str,
}

impl ExportDraft {
    /// Whether Esc closes the screen.
    pub(super) fn may_close(&self) -> bool {
        !self.is_left
    }
}

pub(super) fn export_ui(
    ui: &mut Ui,
    (session, exporting): (&Session, &Exporting),
    rooms: Rooms,
    draft: &mut ExportDraft,
    intents: &mut Vec<Intent>,
) {
    draft.is_left = false;
    let way_out = Button::new("Close").key("Esc");
    let copy = [("Copy as a command line", "export-copy")];
    header_with(ui, rooms.header, ("Export", "a dataset for other programs"), (&way_out, &copy), intents);
    let t = theme::of(ui).tokens;
    let width = if rooms.middle.width() < NARROW { LEFT_NARROW } else { LEFT };
    let left = Rect::from_min_max(rooms.middle.min, rooms.foot.max).with_max_x(rooms.middle.left() + width);
    let mut panel = part(ui, left, t.chrome, "Formats");
    formats::formats_ui(&mut panel, exporting, draft, intents);
    let right = rooms.middle.with_min_x(left.right());
    let mut paper = part(ui, right, t.paper, "What goes out");
    let mut asked = exporting.asked().clone();
    let mut split_form = exporting.splits().clone();
    scroll::down().id_salt("export form").auto_shrink(false).show(&mut paper, |ui| {
        form::form_ui(
            ui,
            (session, exporting),
            (&mut asked, &mut split_form, draft),
            right.width() - 2.0 * PAPER_EDGE,
            intents,
        );
        first::first_ui(ui, session, exporting);
        ui.add_space(12.0);
    });
    if asked != *exporting.asked() {
        intents.push(look(ExportLook::Asked(Box::new(asked))));
    }
    if split_form != *exporting.splits() {
        intents.push(look(ExportLook::Splits(Box::new(split_form))));
    }
    let foot = rooms.foot.with_min_x(left.right());
    foot::foot_ui(ui, (session, exporting), foot, intents);
    let whole = left.top()..=rooms.foot.bottom();
    ui.painter().vline(left.right(), whole, Stroke::new(STROKE, t.border));
}

fn look(look: ExportLook) -> Intent {
    Intent::Look(Look::Screen(ScreenLook::Export(look)))
}

/// A line over the whole width of the paper.
fn line(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 17.0), egui::Sense::hover());
    let t = theme::of(ui).tokens;
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(STROKE, t.border));
}
