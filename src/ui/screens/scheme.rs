//! *Scheme*: the labels in their order, the one in hand with its codebook, and how coders see it.

mod form;
mod list;
mod preview;

use super::{Rooms, header_with, part};
use crate::model::scheme::Label;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::screens::ScreenLook;
use crate::session::screens::scheming::{SchemeLook, Scheming};
use crate::session::view::Look;
use crate::ui::layout::Form;
use crate::ui::parts::button::Button;
use crate::ui::theme::{self, STROKE};
use egui::{Rect, Stroke, Ui, pos2};

const LIST: f32 = 344.0;
const LIST_NARROW: f32 = 280.0;
const PREVIEW: f32 = 288.0;
const EDGE: f32 = 16.0;

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Shown<'a> {
    session: &'a Session,
    scheming: &'a Scheming,
    /// The label in hand.
    label: Option<&'a Label>,
    /// Why nothing can be changed.
    closed: Option<&'a str>,
}

pub(super) fn scheme_ui(
    ui: &mut Ui,
    (session, scheming): (&Session, &Scheming),
    rooms: Rooms,
    intents: &mut Vec<Intent>,
) {
    let Some(desk) = session.desk() else { return };
    let scheme = desk.project().scheme();
    let about = format!("version {}, for the whole project", scheme.version);
    let done = Button::new("Done").primary().key("Esc");
    let buttons = [("Import\u{2026}", "scheme-import"), ("Export codebook\u{2026}", "scheme-export")];
    header_with(ui, rooms.header, ("Scheme and codebook", &about), (&done, &buttons), intents);
    let label = scheming.label.as_ref().and_then(|id| scheme.label(id)).map(AsRef::as_ref);
    let shown = Shown { session, scheming, label, closed: desk.closed_for_writing() };
    let place = rooms.middle.union(rooms.foot);
    let form = Form::of(ui.ctx().content_rect().width());
    let list_width = if form == Form::Compact { LIST_NARROW } else { LIST };
    let list = place.with_max_x(place.left() + list_width);
    let preview_width = if form.has_list() { PREVIEW } else { 0.0 };
    let preview = place.with_min_x(place.right() - preview_width);
    let middle = Rect::from_min_max(pos2(list.right(), place.top()), pos2(preview.left(), place.bottom()));
    let t = theme::of(ui).tokens;
    list::list_ui(&mut part(ui, list, t.chrome, "Labels"), shown, intents);
    form::form_ui(&mut part(ui, middle, t.paper, "Codebook"), shown, intents);
    if preview_width > 0.0 {
        preview::preview_ui(&mut part(ui, preview, t.chrome, "As coders see it"), shown, intents);
        ui.painter().vline(preview.left(), place.y_range(), Stroke::new(STROKE, t.border));
    }
    ui.painter().vline(list.right(), place.y_range(), Stroke::new(STROKE, t.border));
}

fn look(look: SchemeLook) -> Intent {
    Intent::Look(Look::Screen(ScreenLook::Scheme(look)))
}
