//! The command palette.

/// What is typed in the palette.
#[derive(Default)]
pub struct PaletteDraft {
    pub query: String,
}
