//! Areas that scroll. What is to be seen stands there in the next frame: egui scrolls to it over several, of which the last
//! is drawn by chance alone where each request for a frame is one frame (`ui/pace.rs`).

use egui::ScrollArea;

/// What is too high scrolls.
#[expect(clippy::disallowed_methods, reason = "the one place that makes them")]
pub fn down() -> ScrollArea {
    ScrollArea::vertical().animated(false)
}

/// What is too wide scrolls.
#[expect(clippy::disallowed_methods, reason = "the one place that makes them")]
pub fn across() -> ScrollArea {
    ScrollArea::horizontal().animated(false)
}

/// What is too high or too wide scrolls.
#[expect(clippy::disallowed_methods, reason = "the one place that makes them")]
pub fn both() -> ScrollArea {
    ScrollArea::both().animated(false)
}
