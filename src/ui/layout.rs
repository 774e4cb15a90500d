//! Which of the window's forms holds, by its width.

use crate::session::prefs::Panels;
use crate::ui::theme;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Three columns with room for notes beside the text.
    Wide,
    /// Three columns.
    Three,
    /// The list is a drawer.
    Drawer,
    /// The list is a drawer and the inspector is compact.
    Compact,
}

impl Form {
    /// The form of a window that many points wide.
    pub fn of(width: f32) -> Self {
        match width {
            w if w >= theme::WIDE_FROM => Self::Wide,
            w if w >= theme::THREE_COLUMNS_FROM => Self::Three,
            w if w >= theme::COMPACT_BELOW => Self::Drawer,
            _ => Self::Compact,
        }
    }

    /// Whether the list of articles is a column of its own.
    pub fn has_list(self) -> bool {
        matches!(self, Self::Wide | Self::Three)
    }

    pub fn list_width(self, panels: Panels) -> f32 {
        let usual = if self == Self::Wide { theme::LIST_WIDTH_WIDE } else { theme::LIST_WIDTH };
        panels.articles.unwrap_or(usual).clamp(200.0, 480.0)
    }

    /// In a window that many points wide. Where there is least room, the text gets what it needs before the names of the labels do.
    pub fn inspector_width(self, panels: Panels, window_width: f32) -> f32 {
        match self {
            Self::Compact => (window_width - theme::LEAST_READER)
                .clamp(theme::INSPECTOR_WIDTH_LEAST, theme::INSPECTOR_WIDTH_COMPACT),
            Self::Wide => panels.inspector.unwrap_or(theme::INSPECTOR_WIDTH_WIDE).clamp(260.0, 480.0),
            _ => panels.inspector.unwrap_or(theme::INSPECTOR_WIDTH).clamp(260.0, 480.0),
        }
    }
}
