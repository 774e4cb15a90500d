//! What stands over the window: one thing at a time, behind it a flat shade.

pub mod about;
pub mod aside;
pub mod assign;
pub mod chart;
pub mod coder;
pub mod coders;
pub mod comments;
pub mod compared;
pub mod confirm;
pub mod dataset;
pub mod details;
pub mod draw;
pub mod imports;
pub mod kind;
pub mod lines;
pub mod mends;
pub mod new;
pub mod paste;
pub mod recovered;
pub mod remove;
pub mod rename;
pub mod replace;
pub mod report;
pub mod resplit;
pub mod rows;
pub mod safety;
pub mod seen;
pub mod tags;
pub mod taking;
pub mod versions;

use crate::session::view::Over;
use crate::ui::over::seen::Seen;

/// Where the keyboard is in what stands over the window, and what was worked out for it.
#[derive(Default)]
pub struct OverDraft {
    seen: Seen,
    /// Which of them was drawn last.
    kind: Option<std::mem::Discriminant<Over>>,
    /// Of a list of nothing but rows.
    pub rows: rows::RowsDraft,
    pub coder: coder::CoderDraft,
    pub coders: coders::CodersDraft,
    /// The project's title, as it is typed.
    pub title: Option<String>,
    pub details: details::DetailsDraft,
    pub paste: paste::PasteDraft,
    pub resplit: resplit::ResplitDraft,
    pub draw: draw::DrawDraft,
    pub aside: aside::AsideDraft,
    pub assign: assign::AssignDraft,
    pub remove: remove::RemoveDraft,
    pub tags: tags::TagsDraft,
    pub taking: taking::TakingDraft,
    pub comments: comments::CommentsDraft,
}

impl OverDraft {
    /// Begins anew when something else stands over the window: nothing behind it keeps the keyboard.
    pub fn begin(&mut self, ctx: &egui::Context, over: &Over) {
        let kind = std::mem::discriminant(over);
        let is_new = self.seen.is_new(ctx);
        if !is_new && self.kind == Some(kind) {
            return;
        }
        self.kind = Some(kind);
        self.rows = rows::RowsDraft::default();
        self.coder.begin();
        self.coders = coders::CodersDraft::default();
        self.title = None;
        self.details = details::DetailsDraft::default();
        self.paste = paste::PasteDraft::default();
        self.resplit = resplit::ResplitDraft::default();
        self.draw = draw::DrawDraft::default();
        self.aside = aside::AsideDraft::default();
        self.assign = assign::AssignDraft::default();
        self.remove = remove::RemoveDraft::default();
        self.tags = tags::TagsDraft::default();
        self.taking = taking::TakingDraft::default();
        self.comments = comments::CommentsDraft::default();
        if let Some(id) = ctx.memory(egui::Memory::focused) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
    }
}
