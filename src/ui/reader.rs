//! The article as readable prose: every sentence with its label, the current one outlined, always in sight.

mod blocks;
mod overview;

use crate::model::article::Article;
use crate::model::coding::Coding;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::{Answering, Intent, Say, Then};
use crate::session::view::Look;
use crate::ui::commands;
use crate::ui::drafts::Drafts;
use crate::ui::fonts::{self, Type};
use crate::ui::layout::Form;
use crate::ui::marks::{Marks, answer};
use crate::ui::parts::button::Button;
use crate::ui::parts::prose::{self, Mark, Paragraph, Sentence};
use crate::ui::parts::{empty, frame, menu};
use crate::ui::reader::blocks::{Block, Blocks};
use crate::ui::theme::{self, PANEL_HEADER, Theme};
use egui::{Align2, Galley, Id, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// The band of the reader's height in which the current sentence stays, and where it comes to when it leaves it.
const BAND: (f32, f32) = (0.15, 0.85);
const COMES_TO: f32 = 0.35;
/// How long the reader scrolls to the current sentence, in seconds; over more than this many heights it jumps.
const SCROLL_SECS: f64 = 0.12;
const FAR: f32 = 2.0;
const FLASH_SECS: f64 = 0.3;

/// What the reader keeps from frame to frame.
#[derive(Default)]
struct Kept {
    blocks: Blocks,
    /// The move that was followed last.
    followed: Option<u64>,
    offset: f32,
    /// Start and end of a scroll under way, and when it began.
    scroll: Option<(f32, f32, f64)>,
    flash_began: Option<f64>,
}

pub fn reader_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    if Form::of(ui.ctx().content_rect().width()).has_list() {
        return article_ui(ui, session, drafts, intents);
    }
    let rest = drawer_bar_ui(ui, session, intents);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rest).id_salt("under the bar"));
    inner.shrink_clip_rect(rest);
    article_ui(&mut inner, session, drafts, intents);
}

fn article_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let Some((desk, article)) = session.desk().zip(session.article()) else {
        return nothing_ui(ui, session, drafts, intents);
    };
    let kept = ui
        .data_mut(|data| Arc::clone(data.get_temp_mut_or_default::<Arc<Mutex<Kept>>>(Id::unique("reader"))));
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let place = ui.max_rect();
    let column = Column::of(ui, session, place);
    kept.blocks.refresh(ui.painter(), article, column.kind, column.width);
    let offset = offset(ui, session, article, &mut kept, place.height());
    let flash = flash(ui, session, &mut kept, intents);

    let mut area = egui::ScrollArea::vertical().auto_shrink([false; 2]).id_salt("article").animated(false);
    if let Some(offset) = offset {
        area = area.vertical_scroll_offset(offset);
    }
    let painted = Painting { session, desk, article, column: &column, flash };
    let mut shift = 0.0;
    let out = area.show_viewport(ui, |ui, viewport| {
        shift = kept.blocks.lay_out(ui.painter(), article, viewport);
        ui.set_height(kept.blocks.height());
        painted.article_ui(ui, &kept.blocks, viewport, intents);
    });
    let now_at = out.state.unclamped_offset().y + shift;
    if shift != 0.0 {
        // What was above the view turned out longer or shorter: stay at the same words.
        kept.scroll = None;
        ui.data_mut(|data| data.insert_temp(Id::unique("reader shift"), now_at));
        ui.ctx().request_repaint();
    }
    if (now_at - session.view().scroll).abs() > 0.5 {
        intents.push(Intent::Look(Look::Scrolled(now_at)));
    }
    kept.offset = now_at;
    if column.form.has_list() {
        title_bar_ui(ui, place, article, &kept);
    }
    overview::overview_ui(ui, session, desk, article, &kept.blocks, (place, kept.offset), intents);
}

/// Where the text stands and in which type.
struct Column {
    /// Left edge of the text.
    left: f32,
    width: f32,
    kind: Type,
    form: Form,
}

impl Column {
    fn of(ui: &Ui, session: &Session, place: Rect) -> Self {
        let window = ui.ctx().content_rect().width();
        let form = Form::of(window);
        let usual = if form == Form::Wide { fonts::READING_WIDE } else { fonts::READING };
        let kind = session.settings().reading_size.map_or(usual, Type::reading);
        let characters = kind.size / usual.size;
        let least = if form == Form::Wide { theme::READER_COLUMN_WIDE } else { theme::READER_COLUMN };
        let wanted = (least * characters).round();
        let indent = if form == Form::Compact { theme::READER_INDENT_COMPACT } else { theme::READER_INDENT };
        let room = place.width() - indent - 60.0;
        let width = wanted.min(room).max(240.0).floor();
        let left = if form == Form::Wide {
            let block = width + theme::NOTES_GAP + theme::NOTES_WIDTH;
            (place.left() + ((place.width() - block) / 2.0).max(indent)).round()
        } else {
            place.left() + indent
        };
        Self { left, width, kind, form }
    }
}

/// The offset to be set this frame: a place to go back to, a correction, or the way to the current sentence.
fn offset(ui: &Ui, session: &Session, article: &Article, kept: &mut Kept, height: f32) -> Option<f32> {
    let now = ui.input(|input| input.time);
    if let Some(offset) = ui.data_mut(|data| data.remove_temp::<f32>(Id::unique("reader shift"))) {
        return Some(offset);
    }
    let view = session.view();
    let changed = kept.blocks.take_is_new();
    if changed || kept.followed != Some(view.n_moves) {
        let first = kept.followed.is_none() || changed;
        kept.followed = Some(view.n_moves);
        let from = if changed { 0.0 } else { kept.offset };
        let target = target(ui, article, kept, view.sentence, from, height);
        kept.scroll = target.map(|to| {
            let far = (to - from).abs() > height * FAR;
            if first || far { (to, to, now - SCROLL_SECS) } else { (from, to, now) }
        });
        if changed && kept.scroll.is_none() {
            return Some(0.0);
        }
    }
    let (from, to, began) = kept.scroll?;
    let part = share(now - began, SCROLL_SECS);
    if part >= 1.0 {
        kept.scroll = None;
    } else {
        ui.ctx().request_repaint();
    }
    // Ease out: fast at first.
    let eased = 1.0 - (1.0 - part).powi(3);
    Some(egui::lerp(from..=to, eased).round())
}

/// How much of a time is over, 0 to 1.
#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
fn share(secs: f64, of: f64) -> f32 {
    (secs / of).clamp(0.0, 1.0) as f32
}

/// Where the reader has to scroll to, if the current sentence left the band.
fn target(
    ui: &Ui,
    article: &Article,
    kept: &mut Kept,
    sentence: usize,
    from: f32,
    height: f32,
) -> Option<f32> {
    let most = |blocks: &Blocks| (blocks.height() - height).max(0.0);
    let (top, bottom) = kept.blocks.span_of(ui.painter(), article, sentence)?;
    let inside = top >= from + height * BAND.0 && bottom <= from + height * BAND.1;
    let at_start = from <= 0.5 && top < height * BAND.0 && bottom <= height * BAND.1;
    let at_end = from >= most(&kept.blocks) - 0.5 && bottom <= from + height && top >= from + height * BAND.0;
    if inside || at_start || at_end {
        return None;
    }
    let to = (top - height * COMES_TO).clamp(0.0, most(&kept.blocks));
    ((to - from).abs() > 0.5).then_some(to)
}

/// What is left of the flash of what undo or recovery changed, 1 to 0.
fn flash(ui: &Ui, session: &Session, kept: &mut Kept, intents: &mut Vec<Intent>) -> f32 {
    if session.view().flash.is_none() {
        kept.flash_began = None;
        return 0.0;
    }
    let now = ui.input(|input| input.time);
    let began = *kept.flash_began.get_or_insert(now);
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
}

impl Painting<'_> {
    fn article_ui(&self, ui: &mut Ui, blocks: &Blocks, viewport: Rect, intents: &mut Vec<Intent>) {
        let theme = theme::of(ui);
        let origin_y = ui.max_rect().top();
        let marks = Marks::of(self.desk.project().scheme(), &theme);
        blocks.paint_header(ui.painter(), &theme, pos2(self.column.left, origin_y));
        for block in blocks.in_view(viewport) {
            self.block_ui(ui, block, origin_y, &marks, intents);
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
        let response = ui.interact(area, ui.scope_id().with(("block", block.first)), Sense::click());

        let shown: Vec<&(usize, Range<usize>)> =
            block.sentences.iter().filter(|(idx, _)| self.is_shown(*idx)).collect();
        let codings: Vec<_> = shown.iter().map(|(idx, _)| self.desk.coding(self.article, *idx)).collect();
        let own: Vec<Vec<Mark<'_>>> = codings.iter().map(|coding| marks.of_coding(*coding)).collect();
        let plain: Vec<Sentence<'_>> = shown
            .iter()
            .zip(codings.iter().zip(&own))
            .map(|((idx, range), (coding, own))| Sentence {
                unsure: coding.is_some_and(|coding| coding.unsure),
                note: coding.is_some_and(|coding| coding.note.is_some()),
                current: *idx == self.session.view().sentence,
                flash: if self.flashes(*idx) { self.flash } else { 0.0 },
                ..Sentence::new(range.clone(), answer(*coding, own))
            })
            .collect();
        let hovered = response.hover_pos().and_then(|at| prose::sentence_at(galley, &plain, at - pos));
        let sentences: Vec<Sentence<'_>> = plain
            .into_iter()
            .enumerate()
            .map(|(n, sentence)| Sentence { hovered: hovered == Some(n), ..sentence })
            .collect();
        let paragraph = Paragraph {
            galley,
            pos,
            width: self.column.width,
            sentences: &sentences,
            spans: &[],
            margin: true,
            headline: block.is_headline(),
        };
        prose::paint(ui.painter(), &theme, &paragraph);
        self.name_sentences(ui, galley, pos, &shown, &codings);
        if self.column.form == Form::Wide {
            self.notes_ui(ui, galley, pos, &shown, &codings);
        }

        let pointed = hovered.and_then(|n| shown.get(n)).map(|(idx, _)| *idx);
        if hovered.is_some() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if response.clicked() || response.secondary_clicked() {
            if let Some(idx) = pointed {
                intents.push(Intent::Look(Look::Sentence(idx)));
            }
            ui.memory_mut(egui::Memory::stop_text_input);
        }
        egui::Popup::context_menu(&response)
            .frame(menu::menu_frame(&theme))
            .show(|ui| self.label_menu_ui(ui, intents));
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
        codings: &[Option<&Coding>],
    ) {
        for ((idx, range), coding) in shown.iter().zip(codings) {
            let Some(first) = prose::rects(galley, range).into_iter().next() else { continue };
            let rect = first.translate(pos.to_vec2());
            if !ui.clip_rect().intersects(rect) {
                continue;
            }
            let current = *idx == self.session.view().sentence;
            let response = ui.interact(rect, ui.scope_id().with(("sentence", idx)), Sense::hover());
            response.widget_info(|| {
                let said = self.said(*coding);
                let words = self.article.sentences().get(*idx).map_or("", |s| self.article.words_of(s));
                WidgetInfo::selected(
                    Role::ListBoxOption,
                    true,
                    current,
                    format!("Sentence {}, {said}: {words}", idx + 1),
                )
            });
        }
    }

    fn said(&self, coding: Option<&Coding>) -> String {
        let Some(coding) = coding else { return "unanswered".to_owned() };
        let scheme = self.desk.project().scheme();
        let names =
            coding.labels.iter().filter_map(|id| scheme.label(id)).map(|label| label.name.to_lowercase());
        let mut said = match (coding.answered, coding.labels.is_empty()) {
            (false, _) => "unanswered".to_owned(),
            (true, true) => "none of these".to_owned(),
            (true, false) => names.collect::<Vec<_>>().join(" and "),
        };
        if coding.unsure {
            said.push_str(", unsure");
        }
        said
    }

    /// In a wide window the notes themselves stand beside the text.
    fn notes_ui(
        &self,
        ui: &Ui,
        galley: &Galley,
        pos: Pos2,
        shown: &[&(usize, Range<usize>)],
        codings: &[Option<&Coding>],
    ) {
        let weak = theme::of(ui).tokens.weak;
        let mut below = f32::MIN;
        for ((_, range), coding) in shown.iter().zip(codings) {
            let Some(note) = coding.and_then(|coding| coding.note.as_deref()) else { continue };
            let Some(first) = prose::rects(galley, range).into_iter().next() else { continue };
            let laid = fonts::SMALL.wrapped(ui.painter(), note, weak, theme::NOTES_WIDTH);
            let at =
                pos2(pos.x + self.column.width + theme::NOTES_GAP, (pos.y + first.top() + 6.0).max(below));
            below = at.y + laid.size().y + 8.0;
            ui.painter().galley(at, laid, weak);
        }
    }

    fn label_menu_ui(&self, ui: &mut Ui, intents: &mut Vec<Intent>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let reason = self.desk.closed_for_writing();
        let mut say = |say: Say| {
            intents.push(Intent::Answer(Answering { sentence: None, say, then: Then::Stay }));
        };
        for label in self.desk.project().scheme().current() {
            let keys = label.keys.join("  ");
            if menu::row(ui, &label.name, &keys, reason).clicked() {
                say(Say::Label(label.id.clone()));
                ui.close();
            }
        }
        if menu::row(ui, "None of these", "0", reason).clicked() {
            say(Say::None);
            ui.close();
        }
        menu::gap(ui);
        if menu::row(ui, "Take the label away", "Delete", reason).clicked() {
            say(Say::Unanswered);
            ui.close();
        }
        if menu::row(ui, "Unsure", "U", reason).clicked() {
            intents.push(Intent::Run("unsure"));
            ui.close();
        }
        if menu::row(ui, "Note", "C", reason).clicked() {
            intents.push(Intent::Run("note"));
            ui.close();
        }
    }
}

/// Once the headline is scrolled away a bar repeats it.
fn title_bar_ui(ui: &Ui, place: Rect, article: &Article, kept: &Kept) {
    if kept.offset < kept.blocks.headline_bottom() {
        return;
    }
    let bar = Rect::from_min_size(place.min, vec2(place.width(), PANEL_HEADER));
    let painter = ui.painter().with_clip_rect(place);
    bar_ui(&painter, &theme::of(ui), bar);
    title_in(&painter, bar, bar.left() + theme::PANEL_PADDING, bar.right() - 40.0, article, &theme::of(ui));
}

fn bar_ui(painter: &Painter, theme: &Theme, bar: Rect) {
    painter.rect_filled(bar, 0, theme.tokens.paper);
    painter.hline(bar.x_range(), bar.bottom(), Stroke::new(1.0, theme.tokens.border));
}

fn title_in(painter: &Painter, bar: Rect, left: f32, right: f32, article: &Article, theme: &Theme) {
    let at = pos2(left, bar.center().y);
    let colour = theme.tokens.strong;
    frame::text_between(painter, at, right, article.shown_title(), fonts::INTERFACE_BOLD, colour);
}

/// Where the list is a drawer: its button, the title, and which article of the list it is.
fn drawer_bar_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) -> Rect {
    let place = ui.max_rect();
    let theme = theme::of(ui);
    let bar = Rect::from_min_size(place.min, vec2(place.width(), PANEL_HEADER));
    bar_ui(ui.painter(), &theme, bar);
    let button = Button::new("Articles").key("Ctrl B").height(theme::BAR_CONTROL_HEIGHT);
    let width = button.natural_width(ui.painter());
    let at = pos2(bar.left() + 12.0, bar.center().y - theme::BAR_CONTROL_HEIGHT / 2.0);
    let rect = Rect::from_min_size(at, vec2(width, theme::BAR_CONTROL_HEIGHT));
    if button.show_at(ui, rect, Id::unique("articles drawer")).clicked() {
        intents.push(Intent::Run("articles"));
    }
    if let Some(article) = session.article() {
        let n = session.derived().n_listed();
        let count = session.derived().place(&article.id).map(|place| format!("{} of {n}", place + 1));
        let right = pos2(bar.right() - 12.0, bar.center().y);
        let count = count.unwrap_or_default();
        let drawn =
            frame::text(ui.painter(), right, Align2::RIGHT_CENTER, &count, fonts::SMALL, theme.tokens.weak);
        title_in(ui.painter(), bar, rect.right() + 12.0, drawn.left() - 12.0, article, &theme);
    }
    Rect::from_min_max(bar.left_bottom(), place.max)
}

fn nothing_ui(ui: &mut Ui, session: &Session, _drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let card = Rect::from_center_size(
        place.center() - vec2(0.0, 40.0),
        vec2(360.0_f32.min(place.width() - 32.0), 150.0),
    );
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(card));
    if session.derived().entries().is_empty() {
        let add = Button::new("Add articles\u{2026}").primary().key("Ctrl I");
        let text = "Drop text or Markdown files here, or";
        if empty::show(&mut inner, "No articles in this project", text, Some(add))
            .is_some_and(|b| b.clicked())
        {
            intents.push(Intent::Run("add"));
        }
    } else {
        empty::show(&mut inner, "No article is shown", "Choose one from the list.", None);
        inner.add_space(8.0);
        commands::command_button(&mut inner, session, "articles", false, intents);
    }
}
