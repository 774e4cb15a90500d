//! The window over the shell.

pub mod browser;
pub mod dialogs;
pub mod drafts;
pub mod fonts;
pub mod help;
pub mod over;
pub mod palette;
pub mod parts;
pub mod theme;
pub mod welcome;
