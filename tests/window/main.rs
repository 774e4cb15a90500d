//! Does a person get it: the real program in a real window (Xvfb), keys and mouse by xdotool, pixels and files judged.
//!
//! Run by `cargo test --test window`; it needs the packages `xvfb` and `xdotool`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod picture;
mod program;
mod screen;

mod adding;
mod agreement;
mod browser;
mod choosing;
mod datasets;
mod dialogs;
mod fields;
mod frames;
mod keys;
mod labelling;
mod list;
mod margin;
mod mending;
mod menus;
mod notices;
mod pasting;
mod people;
mod place;
mod recover;
mod repair;
mod review;
mod runs;
mod scheme;
mod searching;
mod start;
mod staying;
mod teams;
mod theme;
mod two;
mod versions;
