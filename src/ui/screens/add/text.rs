//! The article in hand: title, outlet and date to be mended in place, and its text with the sentences that it would have.

use super::{EDGE, look, right_of};
use crate::formats::articles::arrivals;
use crate::formats::articles::batch::{Key, NearTo, Row, Standing};
use crate::model::article::Article;
use crate::model::mending::Field as Of;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::screens::adding::{AddLook, Adding};
use crate::session::view::{Field as Keyboard, Look};
use crate::text::fold::squeeze;
use crate::text::language::language;
use crate::text::looking::looked;
use crate::text::message::Message;
use crate::ui::fonts;
use crate::ui::numbers::counted;
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::{frame, prose, scroll};
use crate::ui::screens::{paragraph, words};
use crate::ui::theme::{self, RADIUS, RADIUS_TINT, STROKE};
use egui::{Align2, Id, Key as Press, Rect, Sense, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};
use std::collections::BTreeSet;
use std::ops::Range;

/// Room for the fields.
const FIELDS: f32 = 118.0;
const MARGIN: f32 = 38.0;
const CARD: f32 = 40.0;

/// What is typed of the article in hand.
#[derive(Default)]
pub(super) struct TextDraft {
    of: Option<Key>,
    said: [String; 3],
    typed: [String; 3],
    is_left: bool,
}

impl TextDraft {
    /// Whether a field was left just now, by Esc perhaps.
    pub fn is_left(&self) -> bool {
        self.is_left
    }
}

const FIELDS_OF: [Of; 3] = [Of::Title, Of::Outlet, Of::Date];

pub(super) fn text_ui(
    ui: &mut Ui,
    (session, adding): (&Session, &Adding),
    place: Rect,
    draft: &mut TextDraft,
    intents: &mut Vec<Intent>,
) {
    draft.is_left = false;
    let Some(row) = adding.selected() else { return };
    let t = theme::of(ui).tokens;
    let (fields, text) = place.split_top_bottom_at_y(place.top() + FIELDS);
    fields_ui(ui, (session, row), fields, draft, intents);
    ui.painter().hline(place.x_range(), fields.bottom(), Stroke::new(STROKE, t.border));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(text).id_salt("text"));
    inner.shrink_clip_rect(text);
    inner.spacing_mut().item_spacing = Vec2::ZERO;
    let key = (row.key.file, row.key.nth, row.key.part);
    let other = other_of(session, adding, row);
    scroll::down().id_salt(("text", key)).auto_shrink(false).show(&mut inner, |ui| {
        ui.add_space(12.0);
        article_ui(ui, (adding, row), other, intents);
        cut_ui(ui, adding, row);
        if let Some(other) = other {
            only_there_ui(ui, row, other);
        }
        ui.add_space(16.0);
    });
}

/// The article that this one is near to.
fn other_of<'a>(session: &'a Session, adding: &'a Adding, row: &Row) -> Option<&'a Article> {
    let Standing::Near(near) = &row.standing else { return None };
    match &near.to {
        NearTo::There(id) => session.desk()?.project().article(id).map(AsRef::as_ref),
        NearTo::Row(idx) => adding.batch().rows.get(*idx).map(|row| &row.article),
    }
}

fn fields_ui(
    ui: &mut Ui,
    (session, row): (&Session, &Row),
    rect: Rect,
    draft: &mut TextDraft,
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let meta = &row.article.meta;
    let said = FIELDS_OF.map(|field| field.of(meta).unwrap_or_default().to_owned());
    if draft.of != Some(row.key) || draft.said != said {
        draft.of = Some(row.key);
        draft.said.clone_from(&said);
        draft.typed = said;
    }
    let inner = rect.shrink2(vec2(EDGE, 14.0));
    let second = inner.top() + 38.0;
    let outlet = (inner.width() * 0.36).max(110.0);
    let places = [
        (inner.min, inner.width(), "Title"),
        (pos2(inner.left(), second), outlet, "Outlet"),
        (pos2(inner.left() + outlet + 8.0, second), 106.0, "Date"),
    ];
    for (idx, (at, width, name)) in places.into_iter().enumerate() {
        let (Some(field), Some(typed), Some(said)) =
            (FIELDS_OF.get(idx), draft.typed.get_mut(idx), draft.said.get(idx))
        else {
            continue;
        };
        let fault = arrivals::fits(*field, typed).err().map(|why| Message::of(&why).what);
        let room = Rect::from_min_size(at, vec2(width, 30.0));
        let mut room = ui.new_child(UiBuilder::new().max_rect(room).id_salt(name));
        let id = Id::unique(("add field", name));
        let response = Field::new(id, name, typed)
            .hint(name)
            .error(fault.as_deref().filter(|_| false))
            .width(width)
            .show(&mut room);
        if *field == Of::Title && session.view().focus == Some(Keyboard::AddTitle) {
            response.request_focus();
            intents.push(Intent::Look(Look::Focused));
        }
        if response.lost_focus() {
            draft.is_left = true;
            if ui.input(|input| input.key_pressed(Press::Escape)) || fault.is_some() {
                typed.clone_from(said);
            } else if typed.trim() != said {
                let (of, field, text) = (row.key, *field, typed.clone());
                intents.push(look(AddLook::Say { of, field, text, many: false }));
            }
        }
    }
    let known = language(&row.lang).map(|language| language.name);
    let language = known.unwrap_or(if row.lang == "und" { "Language not known" } else { &row.lang });
    let says = format!("{language} \u{b7} {}", counted(row.article.n_sentences(), "sentence", "sentences"));
    let left = inner.left() + outlet + 8.0 + 106.0 + 8.0;
    let many = Button::new("To all ticked");
    let width = many.natural_width(ui.painter());
    let line = Rect::from_min_max(pos2(left, second), pos2(inner.right(), second + 30.0));
    // Outlet and date of this one are said of all, where there is room for it.
    if line.width() >= width {
        let at = right_of(line, left + width, width);
        if many.show_at(ui, at, Id::unique("say of all")).clicked() {
            say_of_all(row, draft, intents);
        }
    }
    words(ui, pos2(inner.left() + 1.0, second + 46.0), inner.right(), &says, fonts::SMALL, t.weak);
}

fn say_of_all(row: &Row, draft: &TextDraft, intents: &mut Vec<Intent>) {
    for (field, text) in FIELDS_OF.into_iter().zip(&draft.typed).skip(1) {
        if !text.trim().is_empty() && arrivals::fits(field, text).is_ok() {
            intents.push(look(AddLook::Say { of: row.key, field, text: text.clone(), many: true }));
        }
    }
}

/// The text, paragraph by paragraph, with a tint a sentence and its number in the margin. A click on a paragraph says that a second
/// article may begin there.
fn article_ui(
    ui: &mut Ui,
    (adding, row): (&Adding, &Row),
    other: Option<&Article>,
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let article = &row.article;
    let text = article.text();
    let others: BTreeSet<String> = other.map(said_in).unwrap_or_default();
    let second = adding.part_at();
    let mut number = 0;
    let width = ui.available_width() - MARGIN - EDGE - 14.0;
    for lines in paragraphs(article) {
        let Some(start) = lines.first().map(|range| range.start) else { continue };
        if second.is_some_and(|at| (start..=lines.last().map_or(start, |range| range.end)).contains(&at))
            && start > 0
        {
            part_here_ui(ui, adding.has_caret(), width, intents);
        }
        let end = lines.last().map_or(start, |range| range.end);
        let words = text.get(start..end).unwrap_or_default();
        let is_head = article
            .sentences()
            .iter()
            .any(|s| s.bytes.start as usize == start && s.kind.as_deref() == Some("headline"));
        let kind = if is_head {
            fonts::INTERFACE_BOLD
        } else {
            fonts::Type { size: 14.0, line: 24.0, ..fonts::INTERFACE }
        };
        let galley = prose::layout(ui.painter(), words, kind, width);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + 10.0), Sense::click());
        let origin = pos2(rect.left() + MARGIN + EDGE, rect.top() + 2.0);
        for range in &lines {
            number += 1;
            let chars = |byte: usize| text.get(start..byte).map_or(0, |words| words.chars().count());
            let sentence = text.get(range.clone()).unwrap_or_default();
            let own = chars(range.start)..chars(range.end);
            let is_other = other.is_some() && !others.contains(&looked(sentence.trim()));
            let tint = if is_other { t.hit } else { t.hover };
            for piece in prose::rects(&galley, &own) {
                let piece = piece.translate(origin.to_vec2()).shrink2(vec2(-1.0, 1.0));
                ui.painter().rect_filled(piece, RADIUS_TINT, tint);
            }
            if let Some((first, _)) = prose::first_and_last(&galley, &own) {
                let at = pos2(origin.x - 12.0, origin.y + first.center().y);
                // Of two that begin in a row the first has its number there.
                let begins = own.start == 0 || first.left() < 2.0;
                if begins {
                    frame::text(
                        ui.painter(),
                        at,
                        Align2::RIGHT_CENTER,
                        &number.to_string(),
                        fonts::KEYCAP,
                        t.weak,
                    );
                }
            }
        }
        ui.painter().galley(origin, galley, t.read);
        if start > 0 {
            if response.clicked() {
                intents.push(look(AddLook::Caret(start)));
            }
            let caret = ui.ctx().is_pointer_over_egui() && response.hovered();
            if caret {
                ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            }
        }
    }
}

/// The lines of the article that are cut, struck through.
fn cut_ui(ui: &mut Ui, adding: &Adding, row: &Row) {
    if !adding.choices().cuts {
        return;
    }
    let t = theme::of(ui).tokens;
    let read = adding.coming().files.get(row.key.file).and_then(|file| file.read.as_ref().ok());
    let Some(arrival) = read.and_then(|read| read.articles.get(row.key.nth)) else { return };
    let was = squeeze(arrival.article.text());
    let (is, width) = (squeeze(row.article.text()), ui.available_width() - MARGIN - 2.0 * EDGE - 14.0);
    let cut = adding.batch().repeated.iter().map(|repeated| repeated.line.as_str());
    for line in cut.filter(|line| was.contains(line) && !is.contains(line)) {
        let mut job = fonts::SMALL.job(line, t.weak, width);
        for section in &mut job.sections {
            section.format.strikethrough = Stroke::new(STROKE, t.weak);
        }
        let galley = ui.painter().layout_job(job);
        let (rect, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + 8.0), Sense::hover());
        ui.painter().galley(rect.min + vec2(MARGIN + EDGE, 2.0), galley, t.weak);
    }
}

fn part_here_ui(ui: &mut Ui, is_said: bool, width: f32, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CARD + 10.0), Sense::hover());
    let card = Rect::from_min_size(rect.min + vec2(EDGE + MARGIN - 10.0, 2.0), vec2(width + 20.0, CARD));
    frame::card(
        ui.painter(),
        card,
        RADIUS,
        t.warning_tint,
        Stroke::new(STROKE, t.warning.gamma_multiply(0.35)),
    );
    let button = Button::new("Part here into two").key("P");
    let natural = button.natural_width(ui.painter());
    let at = right_of(card, card.right() - 6.0, natural);
    let says = if is_said { "A second article from here on?" } else { "A headline seems to start here" };
    words(ui, card.left_center() + vec2(10.0, 0.0), at.left() - 6.0, says, fonts::SMALL, t.warning);
    if button.show_at(ui, at, Id::unique("part here")).clicked() {
        intents.push(Intent::Run("add-part"));
    }
}

/// The other text's sentences that this one does not have.
fn only_there_ui(ui: &mut Ui, row: &Row, other: &Article) {
    let t = theme::of(ui).tokens;
    let here = said_in(&row.article);
    let only = other
        .sentences()
        .iter()
        .map(|sentence| other.words_of(sentence))
        .filter(|words| !here.contains(&looked(words)));
    let only: Vec<&str> = only.collect();
    let title = other.shown_title();
    let head = if only.is_empty() {
        format!("\u{201c}{title}\u{201d} has no other sentences")
    } else {
        format!("Only in \u{201c}{title}\u{201d}: {}", counted(only.len(), "sentence", "sentences"))
    };
    let place = ui.available_rect_before_wrap();
    let (left, width) = (place.left() + EDGE + MARGIN, place.width() - MARGIN - 2.0 * EDGE - 14.0);
    let mut below = paragraph(ui, pos2(left, place.top() + 10.0), width, &head, fonts::SMALL_BOLD, t.strong);
    for words in only {
        below = paragraph(ui, pos2(left, below + 6.0), width, words, fonts::INTERFACE, t.weak);
    }
    ui.allocate_exact_size(vec2(place.width(), below - place.top() + 8.0), Sense::hover());
}

fn said_in(article: &Article) -> BTreeSet<String> {
    article.sentences().iter().map(|sentence| looked(article.words_of(sentence))).collect()
}

/// The sentences of an article as byte ranges of its text, paragraph by paragraph.
fn paragraphs(article: &Article) -> Vec<Vec<Range<usize>>> {
    let mut paragraphs: Vec<Vec<Range<usize>>> = Vec::new();
    let mut ended = true;
    for (idx, sentence) in article.sentences().iter().enumerate() {
        let words = sentence.bytes.start as usize..sentence.bytes.end as usize;
        match paragraphs.last_mut() {
            Some(last) if !ended => last.push(words),
            _ => paragraphs.push(vec![words]),
        }
        ended = article.row_of(idx).ends_with('\n');
    }
    paragraphs
}
