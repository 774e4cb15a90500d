//! A row of the command palette.

use std::ops::Range;

use egui::epaint::text::{LayoutJob, TextWrapping};
use egui::{Align2, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::keycap::{self, Ground};
use super::{chip, frame, spoken, tooltip};
use crate::ui::fonts;
use crate::ui::theme::{self, LabelColours, PALETTE_ROW_HEIGHT, RADIUS};

/// The values of a row.
#[derive(Clone, Copy, Debug)]
pub struct PaletteRow<'a> {
    /// The letter box of a command that gives a label.
    pub letter: Option<(&'a str, LabelColours)>,
    pub text: &'a str,
    /// What matched: ranges of bytes in `text`, in order.
    pub hits: &'a [Range<usize>],
    /// The menu where the command lives, or what kind of thing this is.
    pub menu: &'a str,
    pub keys: &'a [&'a str],
    /// Why it cannot run now.
    pub disabled: Option<&'a str>,
    pub selected: bool,
}

/// From the row's right edge to the column of menus.
const MENU: f32 = 148.0;

pub fn show(ui: &mut Ui, row: &PaletteRow<'_>) -> Response {
    let sense = if row.disabled.is_none() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), PALETTE_ROW_HEIGHT), sense);
    let enabled = row.disabled.is_none();
    let words = row.disabled.map_or_else(|| row.text.to_owned(), |why| [row.text, why].join(": "));
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, enabled, words.as_str()));
    if row.selected {
        // The keyboard stays in the field above: the row that `Enter` takes is told.
        spoken::announce(ui, rect, "chosen", &words);
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    if row.selected || (response.hovered() && enabled) {
        painter.rect_filled(rect, RADIUS, if row.selected { t.selected } else { t.hover });
    }
    let middle = rect.center().y;
    let mut left = rect.left() + 10.0;
    if let Some((letter, colours)) = row.letter {
        chip::letter_box(painter, &theme, pos2(left + 10.0, middle), 20.0, letter, colours.ink);
        left += 28.0;
    }
    let menu = pos2(rect.right() - MENU, middle);
    let colour = if enabled { t.strong } else { t.weak };
    let galley = painter.layout_job(job(row.text, row.hits, colour, menu.x - 12.0 - left));
    let mut cut = galley.elided;
    let right = left + galley.size().x;
    painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, colour);
    if let Some(reason) = row.disabled {
        cut |= frame::text_between(
            painter,
            pos2(right + 12.0, middle),
            menu.x - 8.0,
            reason,
            fonts::SMALL,
            t.weak,
        );
    }
    frame::text(painter, menu, Align2::LEFT_CENTER, row.menu, fonts::SMALL, t.weak);
    let keys = pos2(rect.right() - 8.0, middle);
    keycap::paint_all(painter, &theme, keys, row.keys, 4.0, Ground::Plain);
    match (row.disabled, cut) {
        (Some(reason), _) => tooltip::text(response, &[row.text, reason].join(": ")),
        (None, true) => tooltip::text(response, row.text),
        (None, false) => response,
    }
}

/// One row of text with the hits in bold; ranges that do not fit the text are left out.
fn job(text: &str, hits: &[Range<usize>], colour: egui::Color32, width: f32) -> LayoutJob {
    let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(width), ..LayoutJob::default() };
    let mut done = 0;
    let plain = fonts::INTERFACE.format(colour);
    for hit in hits {
        let (Some(before), Some(bold)) = (text.get(done..hit.start), text.get(hit.clone())) else { continue };
        if !before.is_empty() {
            job.append(before, 0.0, plain.clone());
        }
        job.append(bold, 0.0, fonts::INTERFACE_BOLD.format(colour));
        done = hit.end;
    }
    job.append(text.get(done..).unwrap_or_default(), 0.0, plain);
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, hits: &[(usize, usize)], want: &[&str]) {
        let hits: Vec<Range<usize>> = hits.iter().map(|(from, to)| *from..*to).collect();
        let job = job(text, &hits, egui::Color32::PLACEHOLDER, 400.0);
        let got: Vec<&str> =
            job.sections.iter().filter_map(|s| text.get(s.byte_range.start.0..s.byte_range.end.0)).collect();
        assert_eq!(got, want, "{text}");
        assert_eq!(job.text, text);
    }

    #[test]
    fn hits_are_cut_out() {
        check("Label: denial", &[(7, 10)], &["Label: ", "den", "ial"]);
        check("denial", &[(0, 3)], &["den", "ial"]);
        check("Undo", &[], &["Undo"]);
        check("Évora", &[(1, 2), (3, 90)], &["Évora"]);
    }
}
