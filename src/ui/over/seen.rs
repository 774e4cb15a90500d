//! Whether a thing over the window has just appeared.

/// Whether something is drawn again after a pass without it.
#[derive(Debug, Default)]
pub struct Seen(Option<u64>);

impl Seen {
    /// Asked once a pass: true when it was not drawn in the pass before.
    pub fn is_new(&mut self, ctx: &egui::Context) -> bool {
        let pass = ctx.cumulative_pass_nr();
        let before = self.0.replace(pass);
        before.is_none_or(|before| pass > before + 1)
    }
}
