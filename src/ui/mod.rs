//! The window over the shell.

pub mod fonts;
pub mod parts;
pub mod theme;
