//! Whether the pointer is in use: while somebody works by keys it rests, and what happens to lie under it means nothing.

use egui::{Ui, Vec2};

#[derive(Default)]
pub struct Pointer {
    /// What was last changed by a key or a click: moves and changes of the project.
    seen: (u64, u64),
    /// Where it rests since then, in pixels.
    rests_at: Option<Vec2>,
}

impl Pointer {
    /// Whether it points at something; it does not from a change on until it is moved.
    pub fn points(&mut self, ui: &Ui, changes: (u64, u64)) -> bool {
        let at = ui.input(|input| input.pointer.latest_pos());
        let at = at.map(|at| at.to_vec2() * ui.pixels_per_point());
        if self.seen != changes {
            self.seen = changes;
            self.rests_at = at;
        }
        let moved = |from: Vec2| at.is_none_or(|at| (at - from).length() > 0.5);
        if self.rests_at.is_some_and(moved) {
            self.rests_at = None;
        }
        self.rests_at.is_none()
    }
}
