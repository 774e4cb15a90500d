//! Allegata: read news articles closely and record, sentence by sentence, what is alleged, denied or stated as fact.
//! The rooms, lowest first; a room may name rooms above it in this list, never below. `src/README.md` is the map.

pub mod text;

pub mod model;

pub mod analysis;

pub mod formats;

pub mod session;

pub mod shell;

pub mod cli;

#[cfg(feature = "gui")]
pub mod ui;
