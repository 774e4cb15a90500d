//! What stands over the window: one thing at a time, behind it a flat shade.

pub mod about;
mod coder;
mod confirm;
mod lines;
mod mends;
mod recovered;
pub mod rows;
mod safety;
mod versions;

use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::view::{Confirm, Over};
use crate::ui::drafts::Drafts;
use crate::ui::{browser, help, palette};

/// Where the keyboard is in what stands over the window, and what was worked out for it.
#[derive(Default)]
pub struct OverDraft {
    seen: Seen,
    /// Which of them was drawn last.
    kind: Option<std::mem::Discriminant<Over>>,
    rows: rows::RowsDraft,
    coder: coder::CoderDraft,
}

impl OverDraft {
    /// Begins anew when something else stands over the window: nothing behind it keeps the keyboard.
    fn begin(&mut self, ctx: &egui::Context, over: &Over) {
        let kind = std::mem::discriminant(over);
        let is_new = self.seen.is_new(ctx);
        if !is_new && self.kind == Some(kind) {
            return;
        }
        self.kind = Some(kind);
        self.rows = rows::RowsDraft::default();
        self.coder = coder::CoderDraft::default();
        if let Some(id) = ctx.memory(egui::Memory::focused) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
    }
}

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

/// Draws what stands over the window, if anything does.
pub fn over_ui(ui: &mut egui::Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let Some(over) = &session.view().over else { return };
    drafts.over.begin(ui.ctx(), over);
    match over {
        Over::Palette => palette::palette_ui(ui, session, drafts, intents),
        Over::Help => help::help_ui(ui, session, drafts, intents),
        Over::Browser(_) => browser::browser_ui(ui, session, drafts, intents),
        Over::About => about::about_ui(ui, session, drafts, intents),
        Over::Coder => coder::coder_ui(ui, session, drafts, intents),
        Over::Safety => safety::safety_ui(ui, session, drafts, intents),
        Over::Recovered => recovered::recovered_ui(ui, session, drafts, intents),
        Over::Mends => mends::mends_ui(ui, session, drafts, intents),
        Over::Versions(_) => versions::versions_ui(ui, session, drafts, intents),
        Over::Lines { .. } => lines::lines_ui(ui, session, drafts, intents),
        Over::Confirm(Confirm::Reload) => confirm::reload_ui(ui, session, drafts, intents),
        Over::Confirm(Confirm::CloseUnsafe(_)) => confirm::close_unsafe_ui(ui, session, drafts, intents),
    }
}

/// A number as it is read: `19,470`.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 article`, `24 articles`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let check = |n: usize, want: &str| assert_eq!(grouped(n), want);
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(19_470, "19,470");
        check(1_234_567, "1,234,567");
        assert_eq!(counted(1, "article", "articles"), "1 article");
    }
}
