//! The current sentence: its labels with their keys, the codebook, doubt and note; and the article's counts.

use crate::model::coding::Coding;
use crate::session::Session;
use crate::session::command;
use crate::session::desk::Desk;
use crate::session::intent::{Answering, Intent, Say, Then};
use crate::shell::clock;
use crate::ui::fonts;
use crate::ui::keys;
use crate::ui::layout::Form;
use crate::ui::marks::Marks;
use crate::ui::parts::button::Button;
use crate::ui::parts::chip::Chip;
use crate::ui::parts::{bar, checkbox, frame, keycap, scroll, spoken, tooltip};
use crate::ui::theme::{self, PANEL_HEADER, PANEL_PADDING};
use codebook::Pointed;
use egui::{Align2, Rect, Sense, Stroke, Ui, pos2, vec2};

mod codebook;
mod note;
mod repair;

/// Height of the foot with the article's counts.
const FOOT: f32 = 127.0;
const FOOT_COMPACT: f32 = 62.0;
/// The longest reason that stands in a button, in bytes.
const MOST_REASON: usize = 24;

pub fn inspector_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let compact = Form::of(ui.ctx().content_rect().width()) == Form::Compact;
    let padding = if compact { 12.0 } else { PANEL_PADDING };
    let whole = ui.max_rect();
    let foot_height = if compact { FOOT_COMPACT } else { FOOT };
    let foot = Rect::from_min_max(pos2(whole.left(), whole.bottom() - foot_height), whole.max);
    let body = Rect::from_min_max(whole.min, pos2(whole.right(), foot.top()));
    if session.article().is_some() {
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(body).id_salt("inspector body"));
        inner.shrink_clip_rect(body);
        header_ui(&mut inner, session, desk, padding);
        let rest = Rect::from_min_max(pos2(body.left(), inner.cursor().top()), body.max);
        let mut rest = inner.new_child(egui::UiBuilder::new().max_rect(rest).id_salt("inspector rest"));
        scroll::down().auto_shrink([false; 2]).show(&mut rest, |ui| {
            let width = whole.width() - 2.0 * padding;
            let place = Rect::from_min_size(ui.cursor().min + vec2(padding, 0.0), vec2(width, f32::INFINITY));
            let mut column = ui.new_child(egui::UiBuilder::new().max_rect(place));
            column.spacing_mut().item_spacing = vec2(0.0, 0.0);
            if let Some(caret) = &session.view().caret {
                repair::repair_ui(&mut column, (session, desk, caret), compact, intents);
                ui.allocate_rect(column.min_rect(), Sense::hover());
                return;
            }
            let pointed = chips_ui(&mut column, session, desk, compact, intents);
            if !compact {
                let (scheme, coding) = (desk.project().scheme(), current(session, desk));
                codebook::codebook_ui(&mut column, scheme, coding, pointed);
                column.add_space(12.0);
            }
            doubt_ui(&mut column, session, desk, intents);
            note::note_ui(&mut column, session, desk, compact, intents);
            ui.allocate_rect(column.min_rect(), Sense::hover());
        });
    }
    foot_ui(ui, foot, session, desk, compact, padding, intents);
}

fn header_ui(ui: &mut Ui, session: &Session, desk: &Desk, padding: f32) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), PANEL_HEADER), Sense::hover());
    let t = theme::of(ui).tokens;
    let Some(article) = session.article() else { return };
    let painter = ui.painter();
    let [number, mut of] = session.whereabouts().unwrap_or_default();
    if padding < PANEL_PADDING
        && let Some(short) = of.strip_suffix(" to answer")
    {
        of.truncate(short.len());
    }
    let at = pos2(row.left() + padding, row.center().y);
    let drawn = frame::text(painter, at, Align2::LEFT_CENTER, &number, fonts::INTERFACE_BOLD, t.strong);
    let at = pos2(drawn.right() + 6.0, row.center().y);
    // The status bar says it too.
    let of_fits = at.x + frame::text_width(painter, &of, fonts::INTERFACE) <= row.right() - padding;
    let shown = if of_fits { of.as_str() } else { "" };
    let drawn = frame::text(painter, at, Align2::LEFT_CENTER, shown, fonts::INTERFACE, t.weak);
    let coding = desk.coding(article, session.view().sentence);
    let when = coding.and_then(|coding| coding.at).map(|at| clock::clock_time(at.0));
    let who = desk.coder_name().filter(|_| coding.is_some());
    let sentence = article.sentences().get(session.view().sentence);
    let words = if sentence.is_some_and(|sentence| article.is_aside(sentence)) {
        "set aside".to_owned()
    } else {
        [who.map(str::to_owned), when].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let spoken = [number, of, words.clone()].into_iter().filter(|words| !words.is_empty());
    spoken::heading(ui, row, &spoken.collect::<Vec<_>>().join(" "));
    let width = frame::text_width(painter, &words, fonts::SMALL);
    if drawn.right() + 12.0 + width <= row.right() - padding {
        let at = pos2(row.right() - padding, row.center().y);
        frame::text(painter, at, Align2::RIGHT_CENTER, &words, fonts::SMALL, t.weak);
    }
}

/// What who is at the keyboard said of the current sentence.
fn current<'a>(session: &'a Session, desk: &'a Desk) -> Option<&'a Coding> {
    desk.coding(session.article()?, session.view().sentence)
}

/// Draws the chips; gives back the one that the pointer or the keyboard is on.
fn chips_ui<'a>(
    ui: &mut Ui,
    session: &Session,
    desk: &'a Desk,
    compact: bool,
    intents: &mut Vec<Intent>,
) -> Option<Pointed<'a>> {
    let mut pointed = None;
    let theme = theme::of(ui);
    let scheme = desk.project().scheme();
    let marks = Marks::of(scheme, &theme);
    let coding = current(session, desk);
    let locked = session.article().is_some_and(|article| !article.intact);
    let locked = locked.then_some("this article's text does not match its hash");
    let reason = desk.closed_for_writing().or(locked);
    let n_keys = if compact { 1 } else { 2 };
    let then = if scheme.takes_several() { Then::Stay } else { Then::Next };
    for label in scheme.current() {
        let Some(mark) = marks.get(&label.id) else { continue };
        let caps: Vec<&str> = command::keys_of(label).take(n_keys).map(String::as_str).collect();
        let given = coding.is_some_and(|coding| coding.has(&label.id));
        let chip =
            Chip::new(mark.letter, &label.name, mark.colours).keys(&caps).given(given).disabled(reason);
        let chip = chip.show(ui);
        if chip.hovered() || chip.has_focus() {
            pointed = Some(Pointed::Label(&label.id));
        }
        if compact && reason.is_none() {
            tooltip::entry_left(&chip, &label.name, &caps, &label.says);
        }
        if chip.clicked() {
            let say = Say::Label(label.id.clone());
            intents.push(Intent::Answer(Answering { sentence: session.current_span(), say, then }));
        }
        ui.add_space(4.0);
    }
    let none = coding.is_some_and(Coding::is_none);
    let colours = theme::none_colours(theme.dark);
    let name = if compact { "None" } else { "None of these" };
    let chip = Chip::new("\u{2013}", name, colours).keys(&["0"]).given(none).disabled(reason);
    let chip = chip.show(ui);
    if chip.hovered() || chip.has_focus() {
        pointed = Some(Pointed::NoneOfThese);
    }
    if chip.clicked() {
        intents.push(Intent::Run("none"));
    }
    ui.add_space(16.0);
    pointed
}

fn doubt_ui(ui: &mut Ui, session: &Session, desk: &Desk, intents: &mut Vec<Intent>) {
    let unsure = current(session, desk).is_some_and(|coding| coding.unsure);
    if checkbox::show(ui, unsure, "Unsure", Some("U")).clicked() {
        intents.push(Intent::Run("unsure"));
    }
    ui.add_space(12.0);
}

fn foot_ui(
    ui: &mut Ui,
    foot: Rect,
    session: &Session,
    desk: &Desk,
    compact: bool,
    padding: f32,
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    ui.painter().hline(foot.x_range(), foot.top(), Stroke::new(1.0, t.border));
    let Some(counts) = session.article().and_then(|article| session.derived().counts(&article.id)) else {
        return;
    };
    let inner = foot.shrink2(vec2(padding, 12.0));
    let mut column = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("foot"));
    column.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let progress = &counts.progress;
    let (row, _) = column.allocate_exact_size(vec2(inner.width(), 16.0), Sense::hover());
    let (n, of, left) = (progress.n_answered, progress.n_sentences, progress.n_unanswered());
    let answered = format!("{n} of {of} answered");
    let ends = if compact {
        [format!("{n} of {of}"), format!("{left} left")]
    } else {
        ["This article".to_owned(), answered.clone()]
    };
    let painter = column.painter();
    let drawn = frame::text(painter, row.left_center(), Align2::LEFT_CENTER, &ends[0], fonts::SMALL, t.weak);
    if drawn.right() + 6.0 + frame::text_width(painter, &ends[1], fonts::SMALL) <= row.right() {
        frame::text(painter, row.right_center(), Align2::RIGHT_CENTER, &ends[1], fonts::SMALL, t.weak);
    }
    spoken::text(&column, row, &ends.join(": "));
    column.add_space(4.0);
    let marks = Marks::of(desk.project().scheme(), &theme);
    let segments = marks.segments(&counts.labels, progress.n_none, &theme);
    bar::show(&mut column, bar::THICK, &segments, progress.n_sentences as usize, &answered);
    if compact {
        return;
    }
    column.add_space(6.0);
    letters_ui(&mut column, desk, counts, &marks);
    column.add_space(10.0);
    done_ui(&mut column, session, intents);
}

/// `A 6  D 5  F 6  – 1` and what is left.
fn letters_ui(ui: &mut Ui, desk: &Desk, counts: &crate::analysis::count::Counts, marks: &Marks<'_>) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let progress = &counts.progress;
    let cap = keycap::paint(ui.painter(), &theme, row.right_center(), "N", keycap::Ground::Plain);
    let left = format!("{} left", progress.n_unanswered());
    let at = pos2(cap - 12.0, row.center().y);
    let right = frame::text(ui.painter(), at, Align2::RIGHT_CENTER, &left, fonts::SMALL, t.weak).left() - 8.0;
    let none = [("\u{2013}", theme::none_colours(theme.dark).ink, progress.n_none)];
    let labels = counts
        .labels
        .iter()
        .enumerate()
        .filter_map(|(idx, n)| marks.at(idx).map(|mark| (mark.letter, mark.colours.ink, *n)));
    let mut x = row.left();
    for (letter, ink, n) in labels.chain(none) {
        let text = format!(" {n}");
        let wide = frame::text_width(ui.painter(), &text, fonts::SMALL) + 10.0;
        if x + wide > right {
            break;
        }
        let drawn = frame::text(
            ui.painter(),
            pos2(x, row.center().y),
            Align2::LEFT_CENTER,
            letter,
            fonts::SMALL_BOLD,
            ink,
        );
        let at = pos2(drawn.right(), row.center().y);
        x = frame::text(ui.painter(), at, Align2::LEFT_CENTER, &text, fonts::SMALL, t.normal).right() + 12.0;
    }
    let names = desk.project().scheme().labels.iter().zip(&counts.labels);
    let all = names.map(|(label, n)| format!("{} {n}", label.name)).collect::<Vec<_>>().join(", ");
    let words = format!("{all}, none of these {}, unsure {}, {left}", progress.n_none, progress.n_unsure);
    spoken::text(ui, row, &words);
    tooltip::text(response, &words);
}

fn done_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let is_done = session.is_done();
    let Some(command) = command::find(if is_done { "not-done" } else { "done" }) else { return };
    let reason = command.refusal(session);
    let cap = keys::first_cap(session, command);
    let words = if is_done { "Done. Not after all?" } else { command.label };
    // A long reason is in the tooltip alone.
    let short = reason.as_deref().filter(|reason| reason.len() <= MOST_REASON);
    let mut button = Button::new(words).width(ui.available_width()).disabled(reason.as_deref()).note(short);
    if reason.is_none() && !is_done {
        button = button.primary().key((!cap.is_empty()).then_some(cap.as_str()));
    }
    if button.show(ui).clicked() {
        intents.push(Intent::Run(command.id));
    }
}
