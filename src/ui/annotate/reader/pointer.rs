//! Whether the pointer is in use: while somebody works by keys it rests, and what happens to lie under it means nothing.

use crate::ui::parts::tooltip;
use egui::Ui;

#[derive(Default)]
pub struct Pointer {
    /// What was last changed by a key or a click: moves and changes of the project.
    seen: (u64, u64),
}

impl Pointer {
    /// Whether it points at something; it does not from a change on until it is moved: the text may have gone on under it.
    pub fn points(&mut self, ui: &Ui, changes: (u64, u64)) -> bool {
        if self.seen != changes {
            self.seen = changes;
            tooltip::set_resting(ui.ctx(), true);
        }
        !tooltip::is_resting(ui.ctx())
    }
}
