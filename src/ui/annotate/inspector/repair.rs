//! The current sentence while a caret stands in it: both parts, what splitting or joining does, and what follows.

use crate::model::article::Article;
use crate::session::Session;
use crate::session::command;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::repairing::{Caret, Meant};
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::parts::button::Button;
use crate::ui::parts::{chip, frame, keycap, spoken};
use crate::ui::theme::{self, CHIP_HEIGHT, RADIUS, STROKE};
use egui::{Align2, Key, Sense, Stroke, Ui, pos2, vec2};

/// So many words of a part are shown.
const MOST_CHARS: usize = 160;

pub(super) fn repair_ui(
    ui: &mut Ui,
    (session, desk, caret): (&Session, &Desk, &Caret),
    compact: bool,
    intents: &mut Vec<Intent>,
) {
    let Some(article) = session.article() else { return };
    let idx = session.view().sentence;
    let Some(sentence) = article.sentences().get(idx) else { return };
    let t = theme::of(ui).tokens;
    let words = article.words_of(sentence);
    let from = caret.at.saturating_sub(sentence.span.start) as usize;
    let at = words.char_indices().nth(from).map_or(words.len(), |(byte, _)| byte);
    let (first, second) = words.split_at_checked(at).unwrap_or((words, ""));
    let word = second.split_whitespace().next().unwrap_or_default();
    ui.spacing_mut().item_spacing = vec2(0.0, 6.0);
    let head = format!("Split before \u{201c}{}\u{201d}", word.trim_end_matches(['.', ',', ';', ':']));
    ui.label(fonts::INTERFACE_BOLD.rich(&head, t.strong));
    for (nth, part) in [first, second].into_iter().enumerate() {
        part_ui(ui, (session, desk, article), (idx, nth, part.trim()), compact);
    }
    let may = caret.follows.is_ok();
    let says = if may && desk.coding(article, idx).is_some_and(|coding| coding.answered) {
        "Both parts keep your answer. Label the second one afresh afterwards, or leave it."
    } else {
        ""
    };
    if !says.is_empty() {
        ui.label(fonts::SMALL.rich(says, t.weak));
    }
    let why = caret.follows.as_ref().err().map(String::as_str);
    let closed = command::find("split").and_then(|command| command.refusal(session));
    let width = ui.available_width();
    let button = |text| Button::new(text).spread().width(width).height(CHIP_HEIGHT);
    if button("Split here").key("Shift M").disabled(closed.as_deref().or(why)).show(ui).clicked() {
        intents.push(Intent::Run("split"));
    }
    let ends = !article.paragraph(idx).contains(&(idx + 1));
    let last = ends.then_some("it is the last of its paragraph");
    let text = if compact { "Join".to_owned() } else { format!("Join with sentence {}", idx + 2) };
    if button(&text).key("M").disabled(closed.as_deref().or(last)).show(ui).clicked() {
        intents.push(Intent::Run("join"));
    }
    if !compact {
        ui.add_space(4.0);
        for (text, key) in [
            ("Caret to the next word", "Ctrl \u{2192}"),
            ("Caret back one word", "Ctrl \u{2190}"),
            ("Put the caret away", "Esc"),
        ] {
            let (row, _) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
            spoken::text(ui, row, &format!("{text}: {key}"));
            frame::text(
                ui.painter(),
                row.left_center(),
                Align2::LEFT_CENTER,
                text,
                fonts::INTERFACE,
                t.normal,
            );
            keycap::paint(ui.painter(), &theme::of(ui), row.right_center(), key, keycap::Ground::Plain);
        }
    }
    ui.add_space(8.0);
    ui.label(fonts::INTERFACE_BOLD.rich("What follows", t.strong));
    match &caret.follows {
        Ok(lines) => {
            for (n, what) in lines {
                ui.label(fonts::INTERFACE.rich(format!("{n} {what}"), t.normal));
            }
        }
        Err(why) => {
            ui.label(fonts::INTERFACE.rich(why, t.warning));
        }
    }
    let text = "The text itself never changes. Joining the two parts again gives the old sentence back.";
    ui.label(fonts::SMALL.rich(text, t.weak));
    let is_alone = session.view().over.is_none() && !egui::Popup::is_any_open(ui.ctx());
    if is_alone && !ui.ctx().text_edit_focused() && ui.input(|input| input.key_pressed(Key::Escape)) {
        intents.push(Intent::Look(Look::Split(Meant::Nowhere)));
    }
}

/// One of the two, as a card.
fn part_ui(
    ui: &mut Ui,
    (session, desk, article): (&Session, &Desk, &Article),
    (idx, nth, words): (usize, usize, &str),
    compact: bool,
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let left = if compact { 10.0 } else { 40.0 };
    let width = ui.available_width() - left - 10.0;
    let shown: String = words.chars().take(MOST_CHARS).collect();
    let shown = if shown.len() < words.len() { format!("{shown}\u{2026}") } else { shown };
    let galley = fonts::INTERFACE.wrapped(ui.painter(), &shown, t.strong, width);
    let size = vec2(ui.available_width(), 34.0 + galley.size().y);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    frame::card(ui.painter(), rect, RADIUS, t.surface, Stroke::new(STROKE, t.border));
    let number = format!("Sentence {}", idx + nth + 1);
    spoken::text(ui, rect, &format!("{number}: {words}"));
    let at = rect.min + vec2(left, 16.0);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, &number, fonts::SMALL, t.weak);
    ui.painter().galley(rect.min + vec2(left, 26.0), galley, t.strong);
    let coding = desk.coding(article, session.view().sentence).filter(|coding| coding.answered);
    if let Some(coding) = coding.filter(|_| !compact) {
        let marks = Marks::of(desk.project().scheme(), &theme);
        let mark = coding.labels.first().and_then(|id| marks.get(id));
        let ink = theme::none_colours(theme.dark).ink;
        let (letter, ink) = mark.map_or(("\u{2013}", ink), |mark| (mark.letter, mark.colours.ink));
        chip::letter_box(
            ui.painter(),
            &theme,
            pos2(rect.left() + 20.0, rect.top() + 20.0),
            20.0,
            letter,
            ink,
        );
    }
}
