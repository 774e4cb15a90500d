//! Text begun but not said: if it vanished, keystrokes would be lost and nothing else. A note begun is with the session, which
//! keeps it in the journal. Only the window knows all of them: a view is handed its own.

use crate::ui::annotate::coach::CoachDraft;
use crate::ui::browser::BrowserDraft;
use crate::ui::commands::MenusDraft;
use crate::ui::over::OverDraft;
use crate::ui::palette::PaletteDraft;
use crate::ui::review::ReviewDraft;
use crate::ui::screens::ScreensDraft;
use crate::ui::welcome::WelcomeDraft;

#[derive(Default)]
pub struct Drafts {
    pub coach: CoachDraft,
    pub palette: PaletteDraft,
    pub browser: BrowserDraft,
    pub welcome: WelcomeDraft,
    pub over: OverDraft,
    pub menus: MenusDraft,
    pub screens: ScreensDraft,
    pub review: ReviewDraft,
}
