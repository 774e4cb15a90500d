//! The article as readable prose: every sentence with its label, the current one outlined, always in sight.

mod bar;
mod blocks;
mod column;
mod hits;
mod hold;
mod notes;
mod overview;
mod pointer;
mod spoken;

use crate::model::article::Article;
use crate::session::Session;
use crate::session::command;
use crate::session::desk::Desk;
use crate::session::intent::{Answering, Intent, Say, Then};
use crate::session::repairing::Meant;
use crate::session::view::Look;
use crate::text::words;
use crate::ui::annotate::has_drawer;
use crate::ui::annotate::reader::blocks::{Block, Blocks};
use crate::ui::annotate::reader::column::Column;
use crate::ui::annotate::reader::hits::Hits;
use crate::ui::annotate::reader::hold::{Hold, Stage, share};
use crate::ui::annotate::reader::overview::Strip;
use crate::ui::annotate::reader::pointer::Pointer;
use crate::ui::commands;
use crate::ui::drops;
use crate::ui::layout::Form;
use crate::ui::marks::{Marks, answer, said};
use crate::ui::notices;
use crate::ui::parts::prose::{self, Mark, Paragraph, Sentence};
use crate::ui::parts::{self, menu, scroll, tooltip};
use crate::ui::theme::{self, PANEL_HEADER};
use egui::{Galley, Id, Pos2, Rangef, Rect, Sense, Ui, pos2, vec2};
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

const FLASH_SECS: f64 = 0.3;
/// How much of the paper lies over what is set aside.
const FADE: f32 = 0.45;
/// What the menu of a sentence needs beside its labels, with some air to the window's edges.
const LABEL_MENU_REST: f32 = 190.0;

/// What the reader keeps from frame to frame.
#[derive(Default)]
struct Kept {
    blocks: Blocks,
    hold: Hold,
    pointer: Pointer,
    flash_began: Option<f64>,
    strip: Strip,
    hits: Hits,
    /// Whether the article came in the frame before, and is drawn from this one on.
    put_off: bool,
}

/// Cutting an article of more sentences is enough for a frame: it is drawn in the next one.
const MANY: usize = 20_000;

/// Width of the strip at the right that the overview stands in.
pub const OVERVIEW: f32 = 36.0;

pub fn reader_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    if Form::of(ui.ctx().content_rect().width()).has_list() {
        return article_ui(ui, session, intents);
    }
    let rest = bar::drawer_bar_ui(ui, session, intents);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rest).id_salt("under the bar"));
    inner.shrink_clip_rect(rest.with_max_y(ui.clip_rect().bottom()));
    article_ui(&mut inner, session, intents);
}

fn article_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some((desk, article)) = session.desk().zip(session.article()) else {
        return nothing_ui(ui, session, intents);
    };
    let kept = ui
        .data_mut(|data| Arc::clone(data.get_temp_mut_or_default::<Arc<Mutex<Kept>>>(Id::unique("reader"))));
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let Kept { blocks, hold, pointer, flash_began, strip: cells, hits, put_off } = &mut *kept;
    let place = ui.max_rect();
    let view = session.view();
    let column = Column::of(session.settings(), ui.ctx().content_rect().width(), place);
    let comes = blocks.refresh(ui.painter(), article, column.kind, column.width);
    if comes && article.n_sentences() > MANY {
        *put_off = true;
        return ui.ctx().request_repaint();
    }
    let is_new = std::mem::take(put_off) || comes;
    let painter = ui.painter().clone();
    let bar = if column.form.has_list() { PANEL_HEADER } else { 0.0 };
    let stage = Stage { painter: &painter, article, place, bar, is_new };
    let offset = hold.offset(ui, view, blocks, &stage);
    let points = pointer.points(ui, (view.n_moves, desk.revision()));
    let flash = flash(ui, session, flash_began, intents);

    let area = scroll::down().auto_shrink([false; 2]).id_salt("article");
    let pointed = Cell::new(None);
    hits.refresh(session, article);
    let hits = RefCell::new(hits);
    let painting = Painting { session, desk, article, column: &column, flash, points, pointed, hits };
    let out = area.vertical_scroll_offset(offset).show_viewport(ui, |ui, viewport| {
        ui.set_height(blocks.height());
        painting.article_ui(ui, blocks, viewport.y_range(), intents);
    });
    if painting.pointed.get() != view.pointed {
        intents.push(Intent::Look(Look::Split(Meant::Pointer(painting.pointed.get()))));
    }
    let now_at = out.state.unclamped_offset().y;
    hold.scrolled(now_at, view.sentence, blocks, &stage);
    if (now_at - view.scroll).abs() > 0.5 {
        intents.push(Intent::Look(Look::Scrolled(now_at)));
    }
    let unseen =
        (has_drawer(ui, session) || !hold.sees(view.sentence, blocks, &stage)).then_some(view.n_moves);
    if unseen != view.unseen {
        intents.push(Intent::Look(Look::Unseen(unseen)));
    }
    let shown = Rangef::new(offset, offset + place.height());
    let strip = if column.form.has_list() && offset >= blocks.headline_bottom() {
        bar::headline_bar_ui(ui, place, article, column.left)
    } else {
        place
    };
    // A notice below the text shortens the text, and leaves the overview as it is.
    let strip = strip.with_max_y(strip.bottom() + notices::band_height(session));
    let strip = (strip, blocks.share_in_view(shown));
    overview::overview_ui(ui, session, cells, (desk, article), strip, intents);
}

/// What is left of the flash of what undo or recovery changed, 1 to 0.
fn flash(ui: &Ui, session: &Session, since: &mut Option<f64>, intents: &mut Vec<Intent>) -> f32 {
    if session.view().flash.is_none() {
        *since = None;
        return 0.0;
    }
    let now = ui.input(|input| input.time);
    let began = *since.get_or_insert(now);
    let left = 1.0 - share(now - began, FLASH_SECS);
    if left <= 0.0 {
        intents.push(Intent::Look(Look::Flashed));
        return 0.0;
    }
    ui.ctx().request_repaint();
    left
}

/// Everything that a frame of the article is painted from.
struct Painting<'a> {
    session: &'a Session,
    desk: &'a Desk,
    article: &'a Arc<Article>,
    column: &'a Column,
    flash: f32,
    /// Whether the pointer is in use: what it rests on while keys are used is not marked.
    points: bool,
    /// The word of the current sentence under the pointer, by where it begins.
    pointed: Cell<Option<u32>>,
    hits: RefCell<&'a mut Hits>,
}

impl Painting<'_> {
    fn article_ui(&self, ui: &mut Ui, blocks: &Blocks, view: Rangef, intents: &mut Vec<Intent>) {
        let theme = theme::of(ui);
        let origin_y = ui.max_rect().top();
        let marks = Marks::of(self.desk.project().scheme(), &theme);
        parts::spoken::list(ui, "Sentences", self.article.n_sentences());
        let head = pos2(self.column.left, origin_y);
        spoken::header_ui(ui, self.article, Rect::from_min_size(head, vec2(self.column.width, 1.0)));
        if view.min < blocks.headline_bottom() {
            self.header_ui(ui, blocks, head);
        }
        for block in blocks.in_view(view) {
            self.block_ui(ui, block, origin_y, &marks, intents);
        }
        if let Some(place) = self.column.notes {
            notes::notes_ui(ui, self, blocks, (place, view), &marks, intents);
        }
        spoken::current_ui(ui, self.session, self.article, intents);
    }

    fn header_ui(&self, ui: &Ui, blocks: &Blocks, at: Pos2) {
        let hits = self.hits.borrow().in_title(self.session);
        if blocks.paint_header(ui.painter(), &theme::of(ui), at, &hits) {
            let line = Rect::from_min_size(at, vec2(self.column.width, blocks.meta_bottom()));
            let response = ui.interact(line, ui.scope_id().with("meta"), Sense::hover());
            tooltip::text(response, blocks.meta());
        }
    }

    fn block_ui(
        &self,
        ui: &mut Ui,
        block: &Block,
        origin_y: f32,
        marks: &Marks<'_>,
        intents: &mut Vec<Intent>,
    ) {
        let Some(galley) = &block.galley else { return };
        let theme = theme::of(ui);
        let pos = pos2(self.column.left, origin_y + block.top);
        let area =
            Rect::from_min_size(pos - vec2(60.0, 0.0), vec2(self.column.width + 90.0, galley.size().y));
        let response = ui.interact(area, ui.scope_id().with(("block", block.first)), Sense::CLICK);

        let all: Vec<(usize, Range<usize>)> = block.sentences(self.article).collect();
        let shown: Vec<_> = all.iter().filter(|(idx, _)| self.is_shown(*idx)).collect();
        let codings: Vec<_> = shown.iter().map(|(idx, _)| self.desk.coding(self.article, *idx)).collect();
        let own: Vec<Vec<Mark<'_>>> = codings.iter().map(|coding| marks.of_coding(*coding)).collect();
        let mut sentences: Vec<Sentence<'_>> = shown
            .iter()
            .zip(codings.iter().zip(&own))
            .map(|((idx, range), (coding, own))| Sentence {
                unsure: coding.is_some_and(|coding| coding.unsure),
                note: self.column.notes.is_none() && coding.is_some_and(|coding| coding.note.is_some()),
                current: *idx == self.session.view().sentence,
                flash: if self.flashes(*idx) { self.flash } else { 0.0 },
                ..Sentence::new(range.clone(), answer(*coding, own))
            })
            .collect();
        let bare = Paragraph {
            galley,
            pos,
            width: self.column.width,
            sentences: &[],
            spans: &[],
            margin: true,
            headline: block.is_headline(),
        };
        let at = response.hover_pos();
        let pointed = at.and_then(|at| sentence_at(ui, &Paragraph { sentences: &sentences, ..bare }, at));
        let (hovered, crowd) = pointed.map_or((None, Vec::new()), |(n, crowd)| (Some(n), crowd));
        if let Some(run) = self.session.run_of_sentences() {
            for (sentence, (idx, _)) in sentences.iter_mut().zip(&shown) {
                sentence.hovered |= run.contains(idx);
            }
        }
        let marked = hovered.filter(|_| self.points);
        if let Some(sentence) = marked.and_then(|n| sentences.get_mut(n)) {
            sentence.hovered = true;
        }
        let spans = self.hits.borrow_mut().spans(self.session, self.article, shown.iter().copied());
        prose::paint(ui.painter(), &theme, &Paragraph { sentences: &sentences, spans: &spans, ..bare });
        self.fade_aside(ui, block, galley, pos);
        self.caret_ui(ui, block, galley, pos);
        // Also where the pointer rests: `Shift M` splits where it lies, whatever key came before.
        if let Some(at) = at.filter(|_| hovered.is_some()) {
            self.point_at_word(block, galley, at - pos);
        }
        self.name_sentences(ui, galley, pos, &shown, intents);

        let pointed = hovered.and_then(|n| shown.get(n)).map(|(idx, _)| *idx);
        if marked.is_some() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if response.clicked() || response.secondary_clicked() {
            // What the scheme passes over is no sentence to answer, but one can be meant: to say that it is one.
            let passed_over = || {
                let as_bare =
                    all.iter().map(|(_, range)| Sentence::new(range.clone(), prose::Answer::Unanswered));
                let found = prose::sentence_at(galley, &as_bare.collect::<Vec<_>>(), at? - pos)?;
                all.get(found).map(|(idx, _)| *idx)
            };
            if let Some(idx) = pointed.or_else(passed_over) {
                intents.push(Intent::Look(Look::Sentence(idx)));
            }
            ui.memory_mut(egui::Memory::stop_text_input);
        }
        egui::Popup::context_menu(&response)
            .frame(menu::menu_frame(&theme))
            .show(|ui| self.label_menu_ui(ui, intents));
        if !crowd.is_empty() {
            let said = |n: &usize| {
                let (idx, _) = shown.get(*n)?;
                let said = said(self.desk.project().scheme(), codings.get(*n).copied().flatten());
                Some(format!("Sentence {}, {said}", idx + 1))
            };
            let lines: Vec<String> = crowd.iter().filter_map(said).collect();
            tooltip::at_pointer(response, &lines.join("\n"));
        }
    }

    /// The caret, where a sentence of this block is to be split.
    fn caret_ui(&self, ui: &Ui, block: &Block, galley: &Galley, pos: Pos2) {
        let caret = self.session.view().caret.as_ref();
        let first = self.article.sentences().get(block.first).map(|sentence| sentence.span.start);
        let here = caret.zip(first).and_then(|(caret, first)| caret.at.checked_sub(first));
        let is_here = block.sentences(self.article).any(|(idx, _)| idx == self.session.view().sentence);
        let place = here.filter(|_| is_here).and_then(|char| prose::before(galley, char as usize));
        if let Some((top, bottom)) = place {
            let by = pos.to_vec2();
            prose::caret(ui.painter(), &theme::of(ui), (top + by, bottom + by));
        }
    }

    /// Remembers the word of the current sentence under the pointer: it can be split there.
    fn point_at_word(&self, block: &Block, galley: &Galley, at: egui::Vec2) {
        let sentences = self.article.sentences();
        let first = sentences.get(block.first).map_or(0, |sentence| sentence.span.start);
        let char = prose::char_at(galley, at).and_then(|char| u32::try_from(char).ok());
        let current = sentences.get(self.session.view().sentence);
        let Some((char, sentence)) = char.zip(current) else { return };
        let Some(inside) = (first + char).checked_sub(sentence.span.start) else { return };
        if first + char < sentence.span.end {
            let starts = words::starts(self.article.words_of(sentence));
            let start = starts.into_iter().rev().find(|start| *start <= inside);
            self.pointed.set(start.map(|start| sentence.span.start + start));
        }
    }

    /// What is set aside is there to be read, but fades into the paper.
    fn fade_aside(&self, ui: &Ui, block: &Block, galley: &Galley, pos: Pos2) {
        let paper = theme::of(ui).tokens.paper.gamma_multiply(FADE);
        let is_aside = |idx| self.article.sentences().get(idx).is_some_and(|s| self.article.is_aside(s));
        for (_, range) in block.sentences(self.article).filter(|(idx, _)| is_aside(*idx)) {
            for rect in prose::rects(galley, &range) {
                ui.painter().rect_filled(rect.translate(pos.to_vec2()), 0.0, paper);
            }
        }
    }

    /// Whether a sentence is drawn as one: what the scheme passes over is text between them.
    fn is_shown(&self, idx: usize) -> bool {
        self.desk.asks(self.article, idx)
            || idx == self.session.view().sentence
            || self.desk.coding(self.article, idx).is_some()
    }

    fn flashes(&self, idx: usize) -> bool {
        let flash = self.session.view().flash.as_ref();
        flash.is_some_and(|(article, span)| {
            *article == self.article.id && self.article.sentences().get(idx).is_some_and(|s| s.span == *span)
        })
    }

    /// Tells tests and screen readers what each sentence is and what was answered.
    fn name_sentences(
        &self,
        ui: &Ui,
        galley: &Galley,
        pos: Pos2,
        shown: &[&(usize, Range<usize>)],
        intents: &mut Vec<Intent>,
    ) {
        for (idx, range) in shown {
            let Some(first) = prose::rects(galley, range).into_iter().next() else { continue };
            let rect = first.translate(pos.to_vec2());
            if ui.clip_rect().intersects(rect) {
                spoken::sentence_ui(ui, self.session, (self.article, *idx), rect, intents);
            }
        }
    }

    fn label_menu_ui(&self, ui: &mut Ui, intents: &mut Vec<Intent>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let reason = self.desk.closed_for_writing();
        let answer = |say: Say| Intent::Answer(Answering { sentence: None, say, then: Then::Stay });
        let (mut rows, mut asked) = (Vec::new(), Vec::new());
        // Labels may be many; what stands below them stays in sight.
        let room = (ui.ctx().content_rect().height() - LABEL_MENU_REST).max(theme::MENU_ROW_HEIGHT);
        let labels = scroll::down().max_height(room).min_scrolled_height(room);
        labels.show(ui, |ui| {
            for label in self.desk.project().scheme().current() {
                let keys: Vec<&str> = command::keys_of(label).map(String::as_str).collect();
                let row = menu::row(ui, &label.name, &keys.join("  "), reason);
                if row.gained_focus() {
                    row.scroll_to_me(None);
                }
                rows.push(row);
                asked.push(answer(Say::Label(label.id.clone())));
            }
        });
        rows.push(menu::row(ui, "None of these", "0", reason));
        asked.push(answer(Say::None));
        menu::gap(ui);
        for (text, keys, intent) in [
            ("Take the label away", "Delete", answer(Say::Unanswered)),
            ("Unsure", "U", Intent::Run("unsure")),
            ("Note", "C", Intent::Run("note")),
            ("What this paragraph is\u{2026}", "", Intent::Run("kind")),
        ] {
            rows.push(menu::row(ui, text, keys, reason));
            asked.push(intent);
        }
        let clicked = rows.iter().position(egui::Response::clicked);
        if let Some(idx) = menu::walk(ui, &rows).or(clicked) {
            intents.extend(asked.into_iter().nth(idx));
            ui.close();
        }
    }
}

/// The sentence under a place on the screen; beside a row in which more begin than are shown, all of these too.
fn sentence_at(ui: &Ui, paragraph: &Paragraph<'_>, at: Pos2) -> Option<(usize, Vec<usize>)> {
    if let Some(beside) = prose::beside(ui.painter(), &theme::of(ui), paragraph, at) {
        return Some((beside.sentence, beside.crowd));
    }
    let found = prose::sentence_at(paragraph.galley, paragraph.sentences, at - paragraph.pos);
    Some((found?, Vec::new()))
}

fn nothing_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let card = Rect::from_center_size(
        place.center() - vec2(0.0, 40.0),
        vec2(360.0_f32.min(place.width() - 32.0), 150.0),
    );
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(card));
    let has_list = Form::of(ui.ctx().content_rect().width()).has_list();
    let (title, text, id) = match session.derived().entries().is_empty() {
        // The list beside it says so.
        true if has_list => return,
        true => ("No articles in this project", drops::how_to_add(ui.ctx()), "add"),
        false => ("No article is shown", "Choose one from the list.", "articles"),
    };
    commands::empty_ui(&mut inner, session, (title, text), id, intents);
}
