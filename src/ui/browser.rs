//! The in-app browser for files.
use crate::session::Session;
use crate::session::intent::Intent;
use crate::ui::drafts::Drafts;

/// What is typed in the browser.
#[derive(Default)]
pub struct BrowserDraft {
    pub path: String,
}
pub fn browser_ui(_: &mut egui::Ui, _: &Session, _: &mut Drafts, _: &mut Vec<Intent>) {}
