//! Stand-in.

use crate::session::Session;
use crate::session::intent::Intent;
use crate::ui::drafts::Drafts;

pub fn welcome_ui(_: &mut egui::Ui, _: &Session, _: &mut Drafts, _: &mut Vec<Intent>) {}
