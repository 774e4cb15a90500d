//! The screen Agreement: the figure with its interval, by label, by pair, the matrix of a pair with its sentences.

mod confusion;
mod drift;
mod headline;
mod labels;
mod more;
mod pairs;
mod sentences;
mod words;

use crate::analysis::agreement::jackknife::Interval;
use crate::analysis::agreement::matrix::LabelIdx;
use crate::analysis::agreement::undefined::{Figure, Undefined};
use crate::model::ids::LabelId;
use crate::session::Session;
use crate::session::command;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::review::ReviewLook;
use crate::session::review::agreement::{Agreement, AgreementLook, Figures};
use crate::session::review::names::Column;
use crate::session::view::{Field as Keyboard, Look};
use crate::ui::marks::Marks;
use crate::ui::numbers::{counted, decimal, grouped};
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::prose::Mark;
use crate::ui::parts::whisker::{Inks, Value};
use crate::ui::parts::{checkbox, empty, frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, CONTROL_HEIGHT, STROKE, Theme, none_colours};
use crate::ui::{fonts, notices};
use egui::{Align2, Color32, Id, Key, Pos2, Rect, Role, Stroke, Ui, UiBuilder, pos2, vec2};

const HEADER: f32 = theme::SCREEN_HEADER;
const EDGE: f32 = theme::PANEL_PADDING;
/// The column with the figure, and in a narrow window.
const LEFT: f32 = 344.0;
const LEFT_NARROW: f32 = 288.0;
/// From this width on, the rest stands in two rows; below it, one part under another.
const TWO_ROWS_FROM: f32 = 880.0;
const TWO_ROWS_HIGH: f32 = 560.0;
/// The pairs beside the labels, and the matrix beside its sentences.
const LABELS: f32 = 480.0;
const PAIRS: f32 = 404.0;
const MATRIX: f32 = 340.0;
/// The sentences beside the matrix, and what is drawn over time beside them.
const SENTENCES: f32 = 281.0;
const OVER_TIME: (f32, f32) = (256.0, 315.0);
/// How high a part is where parts stand under each other.
const SENTENCES_HIGH: f32 = 380.0;
const DRIFT_HIGH: f32 = 440.0;

/// What is typed in the screen.
#[derive(Default)]
pub struct AgreementDraft {
    words: String,
    /// What was asked for when it was read.
    asked: String,
    /// The field lost the keyboard in this frame: Esc was for it.
    is_left: bool,
    confusion: confusion::Followed,
    pairs: pairs::Followed,
}

impl AgreementDraft {
    /// Whether Esc closes the screen.
    pub fn may_close(&self) -> bool {
        !self.is_left
    }
}

/// What is shown.
#[derive(Clone, Copy)]
struct Scene<'a> {
    session: &'a Session,
    desk: &'a Desk,
    agreement: &'a Agreement,
    figures: &'a Figures,
    marks: &'a Marks<'a>,
    theme: Theme,
}

/// Draws the screen in the room that is there.
pub fn agreement_ui(ui: &mut Ui, session: &Session, draft: &mut AgreementDraft, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let theme = theme::of(ui);
    let t = theme.tokens;
    let header = place.with_max_y(place.top() + HEADER);
    header_ui(&mut part(ui, header, t.chrome, "Agreement"), session, draft, intents);
    let band = notices::band_height(session);
    if band > 0.0 {
        let at = header.translate(vec2(0.0, HEADER)).with_max_y(header.bottom() + band);
        let mut below = ui.new_child(UiBuilder::new().max_rect(at).id_salt("notices"));
        notices::notices_ui(&mut below, session, intents);
    }
    let place = place.with_min_y(header.bottom() + band);
    let line = Stroke::new(STROKE, t.border);
    let agreement = session.review().agreement();
    let shown = session.desk().zip(agreement.figures());
    let Some((desk, figures)) = shown else {
        nothing_ui(ui, place, &waiting(session), intents);
        ui.painter().hline(place.x_range(), header.bottom(), line);
        return;
    };
    let marks = Marks::of(desk.project().scheme(), &theme);
    let scene = Scene { session, desk, agreement, figures, marks: &marks, theme };
    let width = if place.width() < theme::COMPACT_BELOW { LEFT_NARROW } else { LEFT };
    let left = place.with_max_x(place.left() + width);
    let rest = place.with_min_x(left.right());
    let mut column = part(ui, left, t.chrome, "Krippendorff\u{2019}s alpha");
    scroll::down().id_salt("headline").auto_shrink([false; 2]).show(&mut column, |ui| {
        headline::headline_ui(ui, &scene, width, intents);
    });
    if let Some(empty) = why_empty(&scene) {
        part(ui, rest, t.paper, "Nothing to show");
        nothing_ui(ui, rest, &empty, intents);
    } else if rest.width() >= TWO_ROWS_FROM && rest.height() >= TWO_ROWS_HIGH {
        two_rows_ui(ui, &scene, rest, draft, intents);
    } else {
        stacked_ui(ui, &scene, rest, draft, intents);
    }
    ui.painter().vline(left.right(), left.y_range(), line);
    ui.painter().hline(place.x_range(), header.bottom(), line);
}

/// Labels and pairs above, the matrix with its sentences below.
fn two_rows_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    rest: Rect,
    draft: &mut AgreementDraft,
    intents: &mut Vec<Intent>,
) {
    let t = scene.theme.tokens;
    let line = Stroke::new(STROKE, t.border);
    let natural = labels::height(scene).max(pairs::height(scene));
    let top = rest.with_max_y(rest.top() + natural.clamp(248.0, (rest.height() * 0.45).max(248.0)));
    // Labels get the room that their names want before pairs get more than three coders want.
    let labels = LABELS + labels::more(ui, scene);
    let pairs_width = pairs::width(ui, scene).clamp(PAIRS, (rest.width() - labels).max(PAIRS));
    let labels = top.with_max_x(top.right() - pairs_width);
    let pairs = top.with_min_x(labels.right());
    let low = rest.with_min_y(top.bottom());
    // The matrix as wide as it is, as far as there is room; what is left goes to both others.
    let natural = confusion::width(scene).max(MATRIX);
    let over_time = (low.width() - natural - SENTENCES).clamp(OVER_TIME.0, OVER_TIME.1);
    let over_time = if drift::is_there(scene) { over_time } else { 0.0 };
    let room = low.width() - SENTENCES - over_time;
    let matrix = low.with_max_x(low.left() + natural.min(room.max(MATRIX)));
    let rest_of = (low.right() - matrix.right() - SENTENCES - over_time).max(0.0);
    let over_time = if over_time > 0.0 { over_time + rest_of * 0.6 } else { 0.0 };
    let sentences = Rect::from_min_max(matrix.right_top(), low.max - vec2(over_time, 0.0));
    labels::labels_ui(&mut part(ui, labels, t.paper, "By label"), scene);
    pairs::pairs_ui(&mut part(ui, pairs, t.paper, "By pair"), scene, &mut draft.pairs, intents);
    confusion::confusion_ui(&mut part(ui, matrix, t.paper, "Matrix"), scene, &mut draft.confusion, intents);
    sentences::sentences_ui(&mut part(ui, sentences, t.paper, "Sentences"), scene, intents);
    if over_time > 0.0 {
        let at = low.with_min_x(sentences.right());
        drift::drift_ui(&mut part(ui, at, t.paper, "Over time"), scene, intents);
        ui.painter().vline(sentences.right(), low.y_range(), line);
    }
    ui.painter().vline(labels.right(), top.y_range(), line);
    ui.painter().hline(rest.x_range(), top.bottom(), line);
    ui.painter().vline(matrix.right(), low.y_range(), line);
}

/// One part under another.
fn stacked_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    rest: Rect,
    draft: &mut AgreementDraft,
    intents: &mut Vec<Intent>,
) {
    let t = scene.theme.tokens;
    let line = Stroke::new(STROKE, t.border);
    let mut room = part(ui, rest, t.paper, "Figures");
    scroll::down().id_salt("figures").auto_shrink([false; 2]).show(&mut room, |ui| {
        let most = 520.0;
        let heights = [
            labels::height(scene).min(most),
            pairs::height(scene).min(most),
            confusion::height(scene).min(most),
            SENTENCES_HIGH,
            if drift::is_there(scene) { DRIFT_HIGH } else { 0.0 },
        ];
        let (all, _) = ui.allocate_exact_size(vec2(rest.width(), heights.iter().sum()), egui::Sense::hover());
        let mut top = all.top();
        let mut next = |height: f32| {
            let at = Rect::from_min_max(pos2(all.left(), top), pos2(all.right(), top + height));
            top += height;
            at
        };
        let [labels, pairs, matrix, sentences, over_time] = heights.map(&mut next);
        labels::labels_ui(&mut part(ui, labels, t.paper, "By label"), scene);
        pairs::pairs_ui(&mut part(ui, pairs, t.paper, "By pair"), scene, &mut draft.pairs, intents);
        confusion::confusion_ui(
            &mut part(ui, matrix, t.paper, "Matrix"),
            scene,
            &mut draft.confusion,
            intents,
        );
        sentences::sentences_ui(&mut part(ui, sentences, t.paper, "Sentences"), scene, intents);
        if over_time.height() > 0.0 {
            drift::drift_ui(&mut part(ui, over_time, t.paper, "Over time"), scene, intents);
            ui.painter().hline(sentences.x_range(), sentences.bottom(), line);
        }
        for part in [labels, pairs, matrix] {
            ui.painter().hline(part.x_range(), part.bottom(), line);
        }
    });
}

fn header_ui(ui: &mut Ui, session: &Session, draft: &mut AgreementDraft, intents: &mut Vec<Intent>) {
    let (rect, t) = (ui.max_rect(), theme::of(ui).tokens);
    spoken::heading(ui, rect, "Agreement");
    let at = pos2(rect.left() + EDGE, rect.center().y);
    let kind = fonts::SCREEN_TITLE;
    let title = frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Agreement", kind, t.strong);
    let back = Button::new("Queue").key("Esc").primary();
    let width = back.natural_width(ui.painter());
    let right = rect.right() - EDGE;
    let middle = |left: f32, right: f32, height: f32| {
        Rect::from_min_max(
            pos2(left, rect.center().y - height / 2.0),
            pos2(right, rect.center().y + height / 2.0),
        )
    };
    if back.show_at(ui, middle(right - width, right, CONTROL_HEIGHT), ui.scope_id().with("back")).clicked() {
        intents.push(Intent::Look(Look::Screen(crate::session::screens::ScreenLook::Close)));
    }
    let right = out_ui(ui, session, right - width, intents) - 16.0;
    let words = 25.0 + frame::text_width(ui.painter(), "Hide names", fonts::INTERFACE);
    let tick = middle(right - words, right, theme::BAR_CONTROL_HEIGHT);
    let mut room = ui.new_child(UiBuilder::new().max_rect(tick).id_salt("hide names"));
    let hides = !session.review().chosen().shows_names;
    let ticked = checkbox::show_in_bar(&mut room, hides, "Hide names");
    if ticked.clicked() {
        intents.push(Intent::Run("agreement-names"));
    }
    tooltip::text(ticked, "The numbers are of this page: in each article of the queue they are dealt anew.");
    let right = tick.left() - 16.0;
    let about = about(session);
    let words = frame::text_width(ui.painter(), &about, fonts::INTERFACE) + 36.0;
    let width = (right - title.right() - words).clamp(140.0, 240.0);
    let field = middle(right - width, right, CONTROL_HEIGHT);
    filter_ui(ui, session, draft, field, intents);
    let at = title.right_center() + vec2(12.0, 1.0);
    let room = Rect::from_min_max(pos2(at.x, rect.top()), pos2(field.left() - 12.0, rect.bottom()));
    if room.width() > 40.0 {
        let response = spoken::text(ui, room, &about);
        if frame::text_between(ui.painter(), at, room.right(), &about, fonts::INTERFACE, t.weak) {
            tooltip::text(response, &about);
        }
    }
}

/// The buttons that write files, from the right; gives their left edge.
fn out_ui(ui: &Ui, session: &Session, right: f32, intents: &mut Vec<Intent>) -> f32 {
    let rows = [("Report\u{2026}", "report"), ("SVG", "agreement-svg"), ("CSV", "agreement-csv")];
    let mut right = right;
    for (words, id) in rows {
        let Some(command) = command::find(id) else { continue };
        let refused = command.refusal(session);
        let button = Button::new(words).disabled(refused.as_deref());
        let width = button.natural_width(ui.painter());
        let middle = ui.max_rect().center().y;
        let at = Rect::from_x_y_ranges(
            right - 12.0 - width..=right - 12.0,
            middle - CONTROL_HEIGHT / 2.0..=middle + CONTROL_HEIGHT / 2.0,
        );
        let response = button.show_at(ui, at, ui.scope_id().with(id));
        if response.clicked() {
            intents.push(Intent::Run(id));
        }
        if refused.is_none() {
            tooltip::text(response, command.help);
        }
        right = at.left();
    }
    right
}

/// What the figures are of, in words.
fn about(session: &Session) -> String {
    let Some(figures) = session.review().agreement().figures() else { return String::new() };
    let counts = &figures.worked.panel.counts;
    let which = if figures.of.articles.is_empty() {
        format!("whole project: {}", counted(figures.n_articles, "article", "articles"))
    } else {
        format!("{} of {}", grouped(figures.n_articles), counted(figures.n_compared, "article", "articles"))
    };
    let sentences = counted(counts.n_units, "sentence", "sentences");
    format!("{which}, {sentences}, {}", counted(counts.n_coders, "coder", "coders"))
}

/// The field for words that articles are to fit.
fn filter_ui(
    ui: &mut Ui,
    session: &Session,
    draft: &mut AgreementDraft,
    rect: Rect,
    intents: &mut Vec<Intent>,
) {
    let lens = session.review().agreement().lens();
    if draft.asked != lens.articles {
        draft.asked.clone_from(&lens.articles);
        draft.words.clone_from(&lens.articles);
    }
    let mut room = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("filter"));
    let field = Field::new(Id::unique("agreement articles"), "Only articles with", &mut draft.words);
    let response = field.hint("All articles").key("/").width(rect.width()).show(&mut room);
    draft.is_left = response.lost_focus();
    if session.view().focus == Some(Keyboard::Filter) {
        response.request_focus();
        intents.push(Intent::Look(Look::Focused));
    }
    let escaped = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
    if escaped {
        draft.words.clear();
    }
    if draft.words != draft.asked {
        draft.asked.clone_from(&draft.words);
        let lens = crate::session::review::agreement::Lens { articles: draft.words.clone(), ..lens.clone() };
        push(intents, AgreementLook::Lens(lens));
    }
    let faults = session.review().agreement().figures().map(|figures| figures.faults.join("\n"));
    tooltip::text(response, &faults.unwrap_or_default());
}

/// A part with a name of its own, filled.
fn part(ui: &mut Ui, rect: Rect, fill: Color32, name: &str) -> Ui {
    let part = UiBuilder::new().max_rect(rect).scope_id(Id::unique(("agreement", name)));
    let mut part = ui.new_child(part.accessibility_role(Role::Region).accessibility_label(name));
    part.shrink_clip_rect(rect);
    part.painter().rect_filled(rect, 0, fill);
    part.spacing_mut().item_spacing = vec2(8.0, 0.0);
    part
}

/// Why there is nothing to see, what to do, and whether files can be compared for it.
struct Empty {
    title: &'static str,
    text: String,
    compares: bool,
}

fn nothing_ui(ui: &mut Ui, place: Rect, why: &Empty, intents: &mut Vec<Intent>) {
    let width = 420.0_f32.min(place.width() - 2.0 * EDGE);
    let at = Rect::from_center_size(place.center(), vec2(width, 160.0));
    let mut middle = ui.new_child(UiBuilder::new().max_rect(at).id_salt("nothing"));
    let button = why.compares.then(|| Button::new("Compare files\u{2026}"));
    if empty::show(&mut middle, why.title, &why.text, button).is_some_and(|button| button.clicked()) {
        intents.push(Intent::Run("compare-files"));
    }
}

/// Before there are figures.
fn waiting(session: &Session) -> Empty {
    let text = match session.review().comparison() {
        None => "What everybody answered is put side by side.",
        Some(_) => "The figures are being worked out.",
    };
    Empty { title: "Counting\u{2026}", text: text.to_owned(), compares: false }
}

/// What is missing for figures, if something is.
fn why_empty(scene: &Scene<'_>) -> Option<Empty> {
    let counts = &scene.figures.worked.panel.counts;
    let of = &scene.figures.of;
    if !of.articles.is_empty() && scene.figures.n_articles == 0 {
        let text = format!(
            "No article that somebody answered in fits \u{201c}{}\u{201d}. Esc in the field takes the words away.",
            of.articles
        );
        return Some(Empty { title: "No article fits", text, compares: false });
    }
    let (title, text) = match (counts.n_coders, counts.n_pairable) {
        (0, _) => (
            "Nobody has answered anything yet",
            "Agreement is worked out of what two or more coders said of the same sentences. Hand articles out, collect what \
             comes back, or compare several people\u{2019}s files.",
        ),
        (1, _) => (
            "One coder alone",
            "Agreement needs a second coder who answers some of the same sentences. Hand out articles so that two people \
             read them, collect what comes back, or compare several people\u{2019}s files.",
        ),
        (_, 0) => (
            "No sentence was answered by two",
            "Coders have answered, but never the same sentence. Hand out some articles to two coders each: the screen Hand \
             out says how many are needed.",
        ),
        _ => return None,
    };
    Some(Empty { title, text: text.to_owned(), compares: true })
}

fn push(intents: &mut Vec<Intent>, look: AgreementLook) {
    intents.push(Intent::Look(Look::Review(ReviewLook::Agreement(look))));
}

/// A row of words between two edges, given to those who do not see it too; where it is cut, all of it shows under the pointer.
fn line(ui: &Ui, at: Pos2, right: f32, text: &str, kind: fonts::Type, colour: Color32) {
    let rect =
        Rect::from_min_max(pos2(at.x, at.y - kind.line / 2.0), pos2(right.max(at.x), at.y + kind.line / 2.0));
    let response = spoken::text(ui, rect, text);
    if frame::text_between(ui.painter(), at, right, text, kind, colour) {
        tooltip::text(response, text);
    }
}

/// Words in several rows, from a corner; gives the bottom.
fn paragraph(ui: &Ui, at: Pos2, width: f32, text: &str, kind: fonts::Type, colour: Color32) -> f32 {
    let galley = kind.wrapped(ui.painter(), text, colour, width);
    let rect = Rect::from_min_size(at, galley.size());
    spoken::text(ui, rect, text);
    ui.painter().galley(at, galley, colour);
    rect.bottom()
}

/// A figure in two decimals, or a dash.
fn shown(figure: Figure) -> String {
    figure.map_or_else(|_| "\u{2013}".to_owned(), |value| decimal(value, 2))
}

/// `0.76 to 0.85`
fn span((low, high): (f64, f64)) -> String {
    format!("{} to {}", decimal(low, 2), decimal(high, 2))
}

fn ends(interval: Result<Interval, Undefined>) -> Option<(f64, f64)> {
    interval.ok().map(|interval| (interval.low, interval.high))
}

fn value(figure: Figure, interval: Option<(f64, f64)>) -> Value {
    Value { value: figure.ok(), interval }
}

impl Scene<'_> {
    /// What figures are painted in: grey while others are worked out.
    fn ink(&self) -> Color32 {
        let t = self.theme.tokens;
        if self.agreement.is_counting() { t.weak } else { t.strong }
    }

    fn inks(&self) -> Inks {
        let t = self.theme.tokens;
        Inks { line: t.border, mark: t.control, figure: self.ink() }
    }

    /// The letter of a label with its colour: `A`, a dash for none of these, several letters side by side.
    fn letter(&self, label: LabelIdx) -> (String, Color32) {
        self.letter_of(self.agreement.answer(label).unwrap_or_default())
    }

    fn letter_of(&self, labels: &[LabelId]) -> (String, Color32) {
        let marks: Vec<&Mark<'_>> = labels.iter().filter_map(|id| self.marks.get(id)).collect();
        match marks.first() {
            Some(first) => (marks.iter().map(|mark| mark.letter).collect(), first.colours.ink),
            None => ("\u{2013}".to_owned(), none_colours(self.theme.dark).ink),
        }
    }

    /// The name of a label: `Allegation`, `None of these`.
    fn name(&self, label: LabelIdx) -> String {
        self.name_of(self.agreement.answer(label).unwrap_or_default())
    }

    fn name_of(&self, labels: &[LabelId]) -> String {
        let scheme = self.desk.project().scheme();
        let name = |id: &LabelId| match scheme.label(id) {
            Some(label) if label.retired => format!("{} (retired)", label.name),
            Some(label) => label.name.clone(),
            None => id.to_string(),
        };
        let names: Vec<String> = labels.iter().map(name).collect();
        if names.is_empty() { "None of these".to_owned() } else { names.join(" + ") }
    }

    fn column(&self, place: usize) -> Option<&Column> {
        self.agreement.columns().get(place)
    }

    fn called(&self, place: usize) -> &str {
        self.column(place).map_or("", |column| column.name.as_str())
    }
}
