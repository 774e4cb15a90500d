//! Text begun but not said: if it vanished, keystrokes would be lost and nothing else.

use crate::model::ids::{ArticleId, Span};
use crate::ui::browser::BrowserDraft;
use crate::ui::over::OverDraft;
use crate::ui::palette::PaletteDraft;
use crate::ui::welcome::WelcomeDraft;

#[derive(Default)]
pub struct Drafts {
    /// The note being written, and of which sentence.
    pub note: Option<(ArticleId, Span, String)>,
    /// The name of somebody new, in the coder's question.
    pub coder: String,
    /// The name of who is at the keyboard.
    pub name: Option<String>,
    pub palette: PaletteDraft,
    pub browser: BrowserDraft,
    pub welcome: WelcomeDraft,
    pub over: OverDraft,
}
