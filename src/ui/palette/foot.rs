//! The line below the palette: its keys, and that it finds articles.

use crate::ui::fonts;
use crate::ui::palette::FOOT_HEIGHT;
use crate::ui::parts::frame;
use crate::ui::parts::keycap::{self, Ground};
use crate::ui::theme::{self, RADIUS_WINDOW, STROKE};
use egui::{Align2, Sense, Stroke, Ui, pos2, vec2};

pub(super) fn foot_ui(ui: &mut Ui) {
    let theme = theme::of(ui);
    let t = &theme.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOT_HEIGHT), Sense::hover());
    let painter = ui.painter();
    let corners = egui::CornerRadius { sw: RADIUS_WINDOW, se: RADIUS_WINDOW, ..egui::CornerRadius::ZERO };
    painter.rect_filled(rect, corners, t.chrome);
    painter.hline(rect.x_range(), rect.top() + 0.5, Stroke::new(STROKE, t.border));
    let middle = rect.center().y;
    let mut left = rect.left() + 17.0;
    let steps: [(&[&str], &str); 3] =
        [(&["\u{2191}", "\u{2193}"], "choose"), (&["Enter"], "run"), (&["Esc"], "close")];
    for (caps, words) in steps {
        for (nth, key) in caps.iter().enumerate() {
            let gap = if nth == 0 { 0.0 } else { 8.0 };
            let right = left + gap + keycap::width(painter, key);
            keycap::paint(painter, &theme, pos2(right, middle), key, Ground::Plain);
            left = right;
        }
        let at = pos2(left + 8.0, middle);
        left = frame::text(painter, at, Align2::LEFT_CENTER, words, fonts::SMALL, t.weak).right() + 24.0;
    }
    let words = "Finds articles too, as the list does";
    let width = frame::text_width(painter, words, fonts::SMALL);
    if left + width < rect.right() - 17.0 {
        let at = pos2(rect.right() - 17.0, middle);
        frame::text(painter, at, Align2::RIGHT_CENTER, words, fonts::SMALL, t.weak);
    }
}
