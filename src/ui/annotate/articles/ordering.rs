//! What stands over the list: how many articles there are, in which order and in which groups.

use crate::analysis::order::{Column, GroupBy, Sort};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::numbers::grouped;
use crate::ui::parts::{frame, menu, spoken};
use crate::ui::theme::{self, LIST_PADDING, PANEL_HEADER, PANEL_PADDING};
use egui::{Align2, Rect, Response, Sense, Ui, pos2, vec2};

/// What the words of the order need beside themselves.
const CHEVRON: f32 = 13.0;

pub fn header_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), PANEL_HEADER), Sense::hover());
    let t = theme::of(ui).tokens;
    let at = pos2(bar.left() + PANEL_PADDING, bar.center().y);
    let title =
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Articles", fonts::INTERFACE_BOLD, t.strong);
    let of = session.derived().entries().len();
    let n = if session.view().filter.trim().is_empty() {
        grouped(of)
    } else {
        format!("{} of {}", grouped(session.derived().n_listed()), grouped(of))
    };
    spoken::heading(ui, Rect::from_min_max(at, title.max), &format!("Articles {n}"));
    let at = pos2(title.right() + 8.0, bar.center().y);
    let n = frame::text(ui.painter(), at, Align2::LEFT_CENTER, &n, fonts::INTERFACE, t.weak);
    let right = Rect::from_min_max(
        pos2(n.right() + 8.0, bar.top() + 10.0),
        pos2(bar.right() - LIST_PADDING, bar.bottom() - 10.0),
    );
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(right).layout(layout));
    let Sort { by, backwards } = session.view().sort;
    // Where it has no room its first word says it, or at least that there is something to choose.
    let words = [session.view().sort.name(), by.name().to_owned(), String::new()];
    let fits =
        |words: &&String| frame::text_width(ui.painter(), words, fonts::SMALL) + CHEVRON <= right.width();
    let words = words.iter().find(fits).map_or("", String::as_str);
    let head = menu::quiet_choice(&mut place, "Order", words);
    let popup = menu::menu_frame(&theme::of(ui));
    egui::Popup::menu(&head).frame(popup).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut rows = Rows::default();
        menu::caption(ui, "Sort by");
        for column in Column::ALL {
            rows.add(ui, column.name(), column == by, Look::Sort(session.view().sort.choosing(column)));
        }
        menu::gap(ui);
        for (words, to) in by.directions().into_iter().zip([false, true]) {
            rows.add(ui, words, to == backwards, Look::Sort(Sort { by, backwards: to }));
        }
        menu::gap(ui);
        menu::caption(ui, "Group by");
        for group in GroupBy::ALL {
            rows.add(ui, group.name(), group == session.view().group, Look::Group(group));
        }
        if let Some(look) = rows.chosen(ui) {
            intents.push(Intent::Look(look));
            ui.close();
        }
    });
}

/// The rows of the menu, and what each asks for.
#[derive(Default)]
struct Rows {
    shown: Vec<Response>,
    looks: Vec<Look>,
}

impl Rows {
    fn add(&mut self, ui: &mut Ui, words: &str, holds: bool, look: Look) {
        self.shown.push(menu::choice_row(ui, words, holds));
        self.looks.push(look);
    }

    /// What the row asks for that was clicked, or chosen by the keyboard.
    fn chosen(mut self, ui: &Ui) -> Option<Look> {
        let clicked = self.shown.iter().position(Response::clicked);
        let at = menu::walk(ui, &self.shown).or(clicked)?;
        (at < self.looks.len()).then(|| self.looks.swap_remove(at))
    }
}
