//! The window over the shell.

pub mod browser;
pub mod drafts;
pub mod fonts;
pub mod palette;
pub mod parts;
pub mod theme;
