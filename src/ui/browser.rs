//! The in-app browser for files.

/// What is typed in the browser.
#[derive(Default)]
pub struct BrowserDraft {
    pub path: String,
}
