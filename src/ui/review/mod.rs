//! The place Review: the article as a strip, the list of what is looked at, the reader with a column a coder, the decide bar.

pub mod agreement;
mod decide;
mod queue;
mod reader;
mod strip;

use crate::analysis::compare::{At, Comparison, Decided};
use crate::analysis::gold::{self, Gold};
use crate::analysis::units::{AnswerIdx, ArticleUnits};
use crate::model::article::Article;
use crate::model::ids::{LabelId, Span};
use crate::model::sheet::SheetKey;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::review::names::Column;
use crate::text::dates;
use crate::ui::marks::Marks;
use crate::ui::parts::button::Button;
use crate::ui::parts::person::Person;
use crate::ui::parts::prose::{Answer, Mark};
use crate::ui::parts::{checkbox, empty, frame, spoken};
use crate::ui::theme::{self, CONTROL_HEIGHT, SCREEN_HEADER, STROKE, Theme, none_colours};
use crate::ui::{fonts, notices};
use egui::{Align2, Color32, Id, Rect, Role, Stroke, Ui, UiBuilder, pos2, vec2};

const STRIP: f32 = 88.0;
/// Without numbers, in a place that is lower than this.
const STRIP_LOW: f32 = 64.0;
const LOW: f32 = 540.0;
const QUEUE: f32 = 288.0;
/// In a window that is too narrow for the whole.
const QUEUE_NARROW: f32 = 220.0;
const EDGE: f32 = 16.0;

/// What is typed in the place, and where the rows of the article are.
#[derive(Default)]
pub struct ReviewDraft {
    decide: decide::DecideDraft,
    reader: reader::ReaderDraft,
    queue: queue::QueueDraft,
}

/// The article shown, as it is compared.
struct Shown<'a> {
    session: &'a Session,
    desk: &'a Desk,
    comparison: &'a Comparison,
    article: &'a Article,
    /// Its place among those compared.
    place: usize,
    units: &'a ArticleUnits,
    columns: &'a [Column],
    marks: &'a Marks<'a>,
    theme: Theme,
}

/// Draws the place in the room that is there.
pub fn review_ui(ui: &mut Ui, session: &Session, draft: &mut ReviewDraft, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let theme = theme::of(ui);
    let band = notices::band_height(session);
    if band > 0.0 {
        let at = place.with_max_y(place.top() + band);
        let mut above = ui.new_child(UiBuilder::new().max_rect(at).id_salt("notices"));
        notices::notices_ui(&mut above, session, intents);
    }
    let place = place.with_min_y(place.top() + band);
    let here = session.desk().zip(session.review().comparison());
    let shown = here.and_then(|(desk, comparison)| {
        let article = session.article()?;
        let place = comparison.units.place_of(&article.id)?;
        Some((desk, comparison, article, place, comparison.units.articles.get(place)?))
    });
    let Some((desk, comparison, article, at, units)) = shown else {
        return nothing_ui(ui, session, place, intents);
    };
    let columns = session.columns(at);
    let marks = Marks::of(desk.project().scheme(), &theme);
    let shown = Shown {
        session,
        desk,
        comparison,
        article,
        place: at,
        units,
        columns: &columns,
        marks: &marks,
        theme,
    };
    let t = theme.tokens;
    let line = Stroke::new(STROKE, t.border);
    let header = place.with_max_y(place.top() + SCREEN_HEADER);
    let strip_height = if place.height() < LOW { STRIP_LOW } else { STRIP };
    let strip = Rect::from_min_max(header.left_bottom(), pos2(place.right(), header.bottom() + strip_height));
    let queue_width = if place.width() < theme::COMPACT_BELOW { QUEUE_NARROW } else { QUEUE };
    let queue = Rect::from_min_max(strip.left_bottom(), pos2(place.left() + queue_width, place.bottom()));
    let room = Rect::from_min_max(pos2(queue.right(), strip.bottom()), place.max);
    let n_in_row = decide::n_in_row(ui, &shown, room.size());
    let decide_height = decide::height(&shown, n_in_row);
    let decide = room.with_min_y(room.bottom() - decide_height);
    let reader = room.with_max_y(decide.top());
    header_ui(&mut part(ui, header, t.chrome, "Article"), &shown, intents);
    strip::strip_ui(&mut part(ui, strip, t.chrome, "Sentences"), &shown, intents);
    queue::queue_ui(&mut part(ui, queue, t.chrome, "List of sentences"), &shown, &mut draft.queue, intents);
    reader::reader_ui(&mut part(ui, reader, t.paper, "Reader"), &shown, &mut draft.reader, intents);
    decide::decide_ui(
        &mut part(ui, decide, t.chrome, "Decision"),
        (&shown, n_in_row),
        &mut draft.decide,
        intents,
    );
    ui.painter().hline(place.x_range(), strip.bottom(), line);
    ui.painter().vline(queue.right(), queue.y_range(), line);
    ui.painter().hline(decide.x_range(), decide.top(), line);
}

/// A part with a name of its own, filled.
fn part(ui: &mut Ui, rect: Rect, fill: Color32, name: &str) -> Ui {
    let part = UiBuilder::new().max_rect(rect).scope_id(Id::unique(("review", name)));
    let mut part = ui.new_child(part.accessibility_role(Role::Region).accessibility_label(name));
    part.shrink_clip_rect(rect);
    part.painter().rect_filled(rect, 0, fill);
    part.spacing_mut().item_spacing = vec2(8.0, 0.0);
    part
}

/// Nothing can be compared yet, or it is still worked out.
fn nothing_ui(ui: &mut Ui, session: &Session, place: Rect, intents: &mut Vec<Intent>) {
    let width = 420.0_f32.min(place.width() - 2.0 * EDGE);
    let at = Rect::from_center_size(place.center(), vec2(width, 160.0));
    let mut middle = ui.new_child(UiBuilder::new().max_rect(at).id_salt("nothing"));
    if session.review().comparison().is_none() {
        let title = "Comparing\u{2026}";
        empty::show(&mut middle, title, "What everybody answered is put side by side.", None);
        return;
    }
    let text = "Review shows where coders differ. Nobody has answered anything in this project yet; several people\u{2019}s \
                files can be compared too.";
    let button = Button::new("Compare files\u{2026}");
    if empty::show(&mut middle, "Nothing to compare", text, Some(button)).is_some_and(|b| b.clicked()) {
        intents.push(Intent::Run("compare-files"));
    }
}

fn header_ui(ui: &mut Ui, shown: &Shown<'_>, intents: &mut Vec<Intent>) {
    let (rect, t) = (ui.max_rect(), shown.theme.tokens);
    let next = Button::new("Next article").key("\u{2192}");
    let width = next.natural_width(ui.painter());
    let at = Rect::from_center_size(
        pos2(rect.right() - 12.0 - width / 2.0, rect.center().y),
        vec2(width, CONTROL_HEIGHT),
    );
    if next.show_at(ui, at, ui.scope_id().with("next article")).clicked() {
        intents.push(Intent::Run("review-next-article"));
    }
    let hides = !shown.session.review().chosen().shows_names;
    let words = 25.0 + frame::text_width(ui.painter(), "Hide names", fonts::INTERFACE);
    let tick = Rect::from_center_size(
        pos2(at.left() - 14.0 - words / 2.0, rect.center().y),
        vec2(words, theme::BAR_CONTROL_HEIGHT),
    );
    let mut room = ui.new_child(UiBuilder::new().max_rect(tick).id_salt("hide names"));
    if checkbox::show_in_bar(&mut room, hides, "Hide names").clicked() {
        intents.push(Intent::Run("hide-names"));
    }
    let figures = Button::new("Agreement").key("G");
    let width = figures.natural_width(ui.painter());
    let place = Rect::from_center_size(
        pos2(tick.left() - 16.0 - width / 2.0, rect.center().y),
        vec2(width, CONTROL_HEIGHT),
    );
    if figures.show_at(ui, place, ui.scope_id().with("agreement")).clicked() {
        intents.push(Intent::Run("agreement"));
    }
    let edge = place.left() - 12.0;
    let left = pos2(rect.left() + EDGE, rect.center().y);
    let title = shown.article.shown_title();
    let heading = Rect::from_min_max(pos2(left.x, rect.top()), pos2(edge, rect.bottom()));
    spoken::heading(ui, heading, title);
    let painter = ui.painter();
    frame::text_between(painter, left, edge, title, fonts::SCREEN_TITLE, t.strong);
    let right = left.x + frame::text_width(painter, title, fonts::SCREEN_TITLE) + 12.0;
    let meta = &shown.article.meta;
    let date = meta.published.as_deref().map(dates::short);
    let meta: Vec<String> = match shown.session.review().over() {
        Some(over) => vec![over.says()],
        None => [meta.outlet.clone(), date].into_iter().flatten().collect(),
    };
    if right < edge - 48.0 {
        let at = pos2(right, left.y + 1.0);
        let meta = meta.join(" \u{b7} ");
        frame::text_between(painter, at, edge, &meta, fonts::INTERFACE, t.weak);
    }
}

/// The letter of an answer with its colour: `A`, a dash for none of these, several letters side by side.
fn letter(shown: &Shown<'_>, labels: &[LabelId]) -> (String, Color32) {
    let marks: Vec<&Mark<'_>> = labels.iter().filter_map(|id| shown.marks.get(id)).collect();
    match marks.first() {
        Some(first) => (marks.iter().map(|mark| mark.letter).collect(), first.colours.ink),
        None => ("\u{2013}".to_owned(), none_colours(shown.theme.dark).ink),
    }
}

impl<'a> Shown<'a> {
    /// A coder as one sign.
    fn person(&self, column: &'a Column) -> Person<'a> {
        Person { short: &column.short, hidden: !self.session.review().chosen().shows_names }
    }
}

impl Shown<'_> {
    /// What coders noted about a sentence: who, as it is shown, and the note.
    fn notes(&self, span: Span) -> impl Iterator<Item = (&str, String)> {
        let project = self.session.review_project();
        self.columns.iter().filter_map(move |column| {
            let key = SheetKey { coder: column.coder.clone(), article: self.article.id.clone() };
            let note = project?.coding(&key, span)?.note.as_deref()?;
            Some((column.name.as_str(), self.session.as_shown(self.columns, note)))
        })
    }

    fn labels(&self, answer: AnswerIdx) -> &[LabelId] {
        self.comparison.units.answers.labels(answer)
    }

    fn at(&self, unit: usize) -> At {
        At { article: self.place, unit }
    }

    /// The gold answer to a unit.
    fn gold(&self, unit: usize) -> Option<Gold<'_>> {
        let span = self.units.units.get(unit)?.span;
        let decision = self.comparison.decision(self.desk.project(), &self.article.id, span);
        gold::of(&self.comparison.units.answers, self.units.cells(unit), decision)
    }

    /// What stands in each column, in their order: the answer, if there is one.
    fn answers(&self, unit: usize) -> impl Iterator<Item = (&Column, Option<AnswerIdx>)> {
        let cells = self.units.cells(unit);
        self.columns.iter().map(move |column| (column, cells.get(column.place).and_then(|cell| cell.answer)))
    }

    /// Names of labels: `Denial`, `None of these`.
    fn names(&self, labels: &[LabelId]) -> String {
        let scheme = self.desk.project().scheme();
        let names: Vec<&str> =
            labels.iter().filter_map(|id| scheme.label(id)).map(|label| label.name.as_str()).collect();
        if names.is_empty() { "None of these".to_owned() } else { names.join(" + ") }
    }

    /// A unit in words, for those who do not see it.
    fn spoken(&self, unit: usize) -> String {
        let said = self.answers(unit).filter_map(|(column, answer)| {
            Some(format!("{} {}", column.name, self.names(self.labels(answer?)).to_lowercase()))
        });
        let said = said.collect::<Vec<_>>().join(", ");
        let gold = match (self.gold(unit), self.comparison.judged(self.at(unit)).map(|j| j.decided)) {
            (Some(gold), Some(Decided::Stale)) => {
                format!("decided {}, answered otherwise since", self.names(gold.labels).to_lowercase())
            }
            (Some(gold), Some(Decided::Yes)) => format!("decided {}", self.names(gold.labels).to_lowercase()),
            (Some(gold), _) => format!("gold {}", self.names(gold.labels).to_lowercase()),
            (None, _) => "open".to_owned(),
        };
        if said.is_empty() { gold } else { format!("{said}; {gold}") }
    }
}

/// How the gold answer is drawn over the words.
fn answer<'a>(gold: Option<&Gold<'_>>, marks: &'a [Mark<'a>]) -> Answer<'a> {
    match gold {
        Some(gold) if gold.labels.is_empty() => Answer::None,
        Some(_) => Answer::Labels(marks),
        None => Answer::Unanswered,
    }
}

/// Letters in the middle of a column.
fn column_text(ui: &Ui, x: f32, y: f32, text: &str, kind: fonts::Type, colour: Color32) {
    frame::text(ui.painter(), pos2(x, y), Align2::CENTER_CENTER, text, kind, colour);
}
