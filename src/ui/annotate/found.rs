//! What was found, in the place of the articles: by article, each sentence with its context and what it was answered.

use crate::analysis::query::search::{Found, FoundIn, Given, Options, Row, Scope};
use crate::analysis::query::sentences::{At, Hit};
use crate::model::article::Article;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::searching::FindLook;
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{empty, frame, menu, scroll, spoken};
use crate::ui::theme::{self, LIST_PADDING, PANEL_HEADER, PANEL_PADDING, RADIUS, Theme, none_colours};
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::ops::Range;

/// Every hit is as high as two lines need, so that a hundred thousand can be scrolled.
const ROW: f32 = 44.0;
/// So much more is over an article's title.
const HEAD_MORE: f32 = 10.0;
/// From the panel's edge to a row, to its sign, to its words.
const ROW_EDGE: f32 = 4.0;
const WORDS: f32 = 32.0;
/// Characters of context before what was found, and in all.
const BEFORE_CHARS: usize = 26;
const MOST_CHARS: usize = 140;

/// Draws the list of hits.
pub fn found_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    header_ui(ui, session);
    ui.horizontal(|ui| {
        ui.add_space(LIST_PADDING);
        options_ui(ui, session, intents);
    });
    ui.add_space(8.0);
    let Some(desk) = session.desk() else { return };
    if session.search().found().n_hits() == 0 {
        return nothing_ui(ui, session);
    }
    rows_ui(ui, session, desk, intents);
}

fn header_ui(ui: &mut Ui, session: &Session) {
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), PANEL_HEADER), Sense::hover());
    let t = theme::of(ui).tokens;
    let found = session.search().found();
    let n = counted(found.n_hits(), "hit", "hits");
    let of = session.derived().entries().len();
    let rest = if session.search().options().here {
        "in this article".to_owned()
    } else {
        format!("in {} of {}", grouped(found.articles.len()), counted(of, "article", "articles"))
    };
    let at = pos2(bar.left() + PANEL_PADDING, bar.center().y);
    spoken::heading(ui, bar, &format!("{n} {rest}"));
    let words = frame::text(ui.painter(), at, Align2::LEFT_CENTER, &n, fonts::INTERFACE_BOLD, t.strong);
    let at = pos2(words.right() + 8.0, bar.center().y);
    frame::text_between(ui.painter(), at, bar.right() - LIST_PADDING, &rest, fonts::INTERFACE, t.weak);
}

fn options_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing.x = 8.0;
    let options = session.search().options();
    let room = ui.available_width() - LIST_PADDING - 8.0;
    let mut chosen = None;
    let shown = scope_words(options);
    let head = menu::choice(ui, "Where and how to search", &shown, (room * 0.6).floor());
    let popup = menu::menu_frame(&theme::of(ui));
    egui::Popup::menu(&head).frame(popup).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut rows: Vec<(Response, Options)> = Vec::new();
        for scope in Scope::ALL {
            let row = menu::choice_row(ui, scope.name(), scope == options.scope);
            rows.push((row, Options { scope, ..options.clone() }));
        }
        menu::gap(ui);
        for (words, here) in [("In all articles", false), ("In this article", true)] {
            rows.push((
                menu::choice_row(ui, words, options.here == here),
                Options { here, ..options.clone() },
            ));
        }
        menu::gap(ui);
        let whole = Options { whole: !options.whole, ..options.clone() };
        rows.push((menu::choice_row(ui, "Whole words", options.whole), whole));
        let regex = Options { regex: !options.regex, ..options.clone() };
        rows.push((menu::choice_row(ui, "Regular expression", options.regex), regex));
        chosen = choice(ui, rows);
    });
    let shown = given_words(session, options);
    let head = menu::choice(ui, "Answer", &shown, (room * 0.4).floor());
    let popup = menu::menu_frame(&theme::of(ui));
    egui::Popup::menu(&head).frame(popup).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let labels = session.desk().into_iter().flat_map(|desk| desk.project().scheme().current());
        let labels = labels.map(|label| (label.name.clone(), Given::Label(label.id.clone())));
        let all = [("Any label".to_owned(), Given::Anything)].into_iter().chain(labels).chain([
            ("None of these".to_owned(), Given::NoneOfThese),
            ("No answer".to_owned(), Given::NoAnswer),
        ]);
        let mut rows = Vec::new();
        scroll::down().max_height(ui.ctx().content_rect().height() * 0.6).show(ui, |ui| {
            for (words, given) in all {
                let row = menu::choice_row(ui, &words, given == options.given);
                rows.push((row, Options { given, ..options.clone() }));
            }
        });
        chosen = choice(ui, rows).or(chosen.take());
    });
    if let Some(options) = chosen {
        intents.push(Intent::Look(Look::Find(FindLook::Options(options))));
    }
}

/// The row of a menu that was chosen, by key or by pointer.
fn choice(ui: &Ui, rows: Vec<(Response, Options)>) -> Option<Options> {
    let (rows, all): (Vec<Response>, Vec<Options>) = rows.into_iter().unzip();
    let clicked = rows.iter().position(Response::clicked);
    let chosen = menu::walk(ui, &rows).or(clicked).and_then(|idx| all.into_iter().nth(idx));
    if chosen.is_some() {
        ui.close();
    }
    chosen
}

/// What the first drop-down says: where, and what else was chosen.
fn scope_words(options: &Options) -> String {
    let mut words = match options.scope {
        Scope::Everything => "Text, notes",
        other => other.name(),
    }
    .to_owned();
    for (is_so, more) in
        [(options.here, "here"), (options.whole, "whole words"), (options.regex, "regular expression")]
    {
        if is_so {
            words = format!("{words}, {more}");
        }
    }
    words
}

fn given_words(session: &Session, options: &Options) -> String {
    match &options.given {
        Given::Anything => "Any label".to_owned(),
        Given::NoneOfThese => "None of these".to_owned(),
        Given::NoAnswer => "No answer".to_owned(),
        Given::Label(id) => {
            let label = session.desk().and_then(|desk| desk.project().scheme().label(id));
            label.map_or_else(|| id.to_string(), |label| label.name.clone())
        }
    }
}

fn nothing_ui(ui: &mut Ui, session: &Session) {
    let search = session.search();
    let inner = ui.max_rect().shrink2(vec2(LIST_PADDING, 0.0));
    let inner = Rect::from_min_max(pos2(inner.left(), ui.cursor().top() + 16.0), inner.max);
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(inner));
    let typed = search.typed().trim();
    let (title, text) = match (typed.is_empty(), search.is_up_to_date() && search.found().is_asked) {
        (true, _) => (
            "Nothing is looked for yet".to_owned(),
            "Type words, or what F1 names: label:denial, is:unsure, from:2024-01.".to_owned(),
        ),
        (false, false) => (String::new(), String::new()),
        (false, true) => (
            format!("Nothing found for \u{201c}{typed}\u{201d}"),
            "Fewer letters find more; the drop-downs above say where it is looked for.".to_owned(),
        ),
    };
    if !title.is_empty() {
        empty::show(&mut place, &title, &text, None);
    }
}

fn rows_ui(ui: &mut Ui, session: &Session, desk: &Desk, intents: &mut Vec<Intent>) {
    let found = session.search().found();
    let (width, height) = (ui.available_width(), ui.available_height());
    let mut area = scroll::down().auto_shrink([false; 2]).id_salt("found");
    let in_hand = session.hit_in_hand();
    // What is gone to comes into view; another result begins at its top.
    let follow = (session.search().n_results(), session.view().n_moves);
    let key = egui::Id::unique("found followed");
    let followed: Option<(u64, u64)> = ui.data(|data| data.get_temp(key));
    if followed != Some(follow) {
        ui.data_mut(|data| data.insert_temp(key, follow));
        let offset = ui.data(|data| data.get_temp(egui::Id::unique("found offset"))).unwrap_or(0.0_f32);
        let is_new = followed.is_none_or(|(result, _)| result != follow.0);
        match in_hand.map(|number| top_of(found, found.row_of(number))) {
            Some(top) if top < offset || top + ROW > offset + height || is_new => {
                area = area.vertical_scroll_offset((top - height * 0.35).max(0.0));
            }
            None if is_new => area = area.vertical_scroll_offset(0.0),
            _ => {}
        }
    }
    let theme = theme::of(ui);
    let marks = Marks::of(desk.project().scheme(), &theme);
    let out = area.show_viewport(ui, |ui, viewport| {
        spoken::list(ui, "What was found", found.n_hits());
        ui.set_height(top_of(found, found.n_rows()) + LIST_PADDING);
        let origin = ui.max_rect().min;
        for row in first_below(found, viewport.min.y)..found.n_rows() {
            let top = top_of(found, row);
            if top > viewport.max.y {
                break;
            }
            let bottom = top_of(found, row + 1);
            let rect = Rect::from_min_max(origin + vec2(0.0, top), pos2(origin.x + width, origin.y + bottom));
            let Some(shown) = found.row(row) else { break };
            let (Row::Head(of) | Row::Hit { found: of, .. }) = shown;
            let Some(article) = found.id_of(of).and_then(|id| desk.article(id)) else { continue };
            match shown {
                Row::Head(of) => head_ui(ui, article, of.finds.hits.len(), rect, &theme),
                Row::Hit { number, found, hit } => {
                    let is_in_hand = in_hand == Some(number);
                    let marks = &marks;
                    let painting = Painting { session, desk, article, found, hit, marks, theme: &theme };
                    let response = painting.hit_ui(ui, rect, is_in_hand, number);
                    if response.clicked() {
                        intents.push(Intent::Look(Look::Find(FindLook::Hit(number))));
                        ui.memory_mut(egui::Memory::stop_text_input);
                    }
                }
            }
        }
    });
    ui.data_mut(|data| {
        data.insert_temp(egui::Id::unique("found offset"), out.state.unclamped_offset().y);
    });
}

/// Where a row begins: heads are higher than hits.
fn top_of(found: &Found, row: usize) -> f32 {
    ROW.mul_add(row as f32, HEAD_MORE * found.n_heads_before(row) as f32)
}

/// The first row that reaches below a place.
fn first_below(found: &Found, y: f32) -> usize {
    let (mut low, mut high) = (0, found.n_rows());
    while low < high {
        let middle = usize::midpoint(low, high);
        if top_of(found, middle + 1) <= y {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The title of an article over its hits, with how many there are.
fn head_ui(ui: &Ui, article: &Article, n_hits: usize, rect: Rect, theme: &Theme) {
    let t = theme.tokens;
    let n = grouped(n_hits);
    let title = article.shown_title();
    spoken::heading(ui, rect, &format!("{title}, {}", counted(n_hits, "hit", "hits")));
    let right = rect.right() - PANEL_PADDING;
    let room =
        right - frame::text_width(ui.painter(), &n, fonts::SMALL) - 8.0 - (rect.left() + PANEL_PADDING);
    let mut job = LayoutJob::single_section(title.to_owned(), fonts::LIST_TITLE_BOLD.format(t.strong));
    job.wrap = TextWrapping { max_width: room, max_rows: 2, ..TextWrapping::default() };
    let galley = ui.painter().layout_job(job);
    // One line stands near what belongs to it.
    let top = rect.bottom() - 4.0 - galley.size().y;
    ui.painter().galley(pos2(rect.left() + PANEL_PADDING, top), galley, t.strong);
    frame::text(ui.painter(), pos2(right, top), Align2::RIGHT_TOP, &n, fonts::SMALL, t.weak);
}

struct Painting<'a> {
    session: &'a Session,
    desk: &'a Desk,
    article: &'a Article,
    found: &'a FoundIn,
    hit: Hit,
    marks: &'a Marks<'a>,
    theme: &'a Theme,
}

impl Painting<'_> {
    fn hit_ui(&self, ui: &Ui, rect: Rect, is_in_hand: bool, number: usize) -> Response {
        let t = self.theme.tokens;
        let text = self.text();
        let response = ui.interact(rect, ui.scope_id().with(("hit", number)), Sense::click());
        response.widget_info(|| {
            let place = self.hit.sentence().map_or("title".to_owned(), |idx| format!("sentence {}", idx + 1));
            WidgetInfo::selected(Role::ListBoxOption, true, is_in_hand, format!("{text}, {place}"))
        });
        spoken::option(&response, is_in_hand, number);
        let row = rect.shrink2(vec2(ROW_EDGE, 0.0));
        if is_in_hand || response.hovered() {
            let fill = if is_in_hand { t.selected } else { t.hover };
            ui.painter().rect_filled(row, RADIUS, fill);
        }
        if response.has_focus() {
            frame::focus_ring(ui.painter(), row.shrink(2.0), RADIUS, self.theme);
        }
        self.sign(ui, pos2(rect.left() + PANEL_PADDING + 4.0, rect.top() + 13.0));
        let width = rect.width() - WORDS - PANEL_PADDING - 4.0;
        let found = self.session.search().found();
        let job = snippet(&text, &found.query.places(&text, found.whole), width, self.theme);
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(rect.left() + WORDS + 4.0, rect.top() + 4.0), galley, t.normal);
        response
    }

    /// What was found it in.
    fn text(&self) -> String {
        let sentence = self.hit.sentence().and_then(|idx| self.article.sentences().get(idx));
        let words = match (self.hit.at, sentence) {
            (At::Comment(_), _) => {
                let comment = self.found.comment(self.hit.at).and_then(|id| self.desk.project().comment(id));
                comment.map(|comment| comment.text.clone())
            }
            (At::Note, Some(sentence)) => {
                let key = self.desk.key(&self.article.id);
                let own = key.and_then(|key| self.desk.project().coding(&key, sentence.span));
                own.and_then(|coding| coding.note.as_deref()).map(str::to_owned)
            }
            _ => None,
        };
        // A note of another coder is not shown; the sentence is.
        let words = words.or_else(|| sentence.map(|sentence| self.article.words_of(sentence).to_owned()));
        let words = words.unwrap_or_else(|| self.article.shown_title().to_owned());
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The letter of what one answered, a dash for none, a ring for no answer; a speech sign for a note.
    fn sign(&self, ui: &Ui, at: egui::Pos2) {
        let t = self.theme.tokens;
        let painter = ui.painter();
        let Some(idx) = self.hit.sentence() else {
            let icon = if matches!(self.hit.at, At::Comment(_)) { Icon::Speech } else { Icon::Magnifier };
            return icons::paint(painter, icon, at, t.weak);
        };
        if matches!(self.hit.at, At::Note | At::Comment(_)) {
            return icons::paint(painter, Icon::Speech, at, t.weak);
        }
        match self.desk.coding(self.article, idx).filter(|coding| coding.answered) {
            None => icons::paint(painter, Icon::Ring, at, t.control),
            Some(coding) => {
                let mark = coding.labels.first().and_then(|id| self.marks.get(id));
                let (letter, ink) = mark.map_or_else(
                    || ("\u{2013}", none_colours(self.theme.dark).ink),
                    |mark| (mark.letter, mark.colours.ink),
                );
                frame::text(painter, at, Align2::CENTER_CENTER, letter, fonts::LETTER, ink);
            }
        }
    }
}

/// The words around what was found first, in two lines, with what was found marked.
fn snippet(text: &str, places: &[Range<usize>], width: f32, theme: &Theme) -> LayoutJob {
    let t = theme.tokens;
    let first = places.first().map_or(0, |place| place.start);
    let start = context(text, first);
    let end = text
        .get(start..)
        .and_then(|rest| rest.char_indices().nth(MOST_CHARS))
        .map_or(text.len(), |(at, _)| start + at);
    let plain = fonts::LIST_TITLE.format(t.normal);
    let marked = egui::TextFormat { background: t.hit, color: t.strong, ..plain.clone() };
    let mut job = LayoutJob::default();
    if start > 0 {
        job.append("\u{2026}", 0.0, plain.clone());
    }
    let mut at = start;
    for place in places.iter().filter(|place| place.start >= start && place.end <= end) {
        job.append(text.get(at..place.start).unwrap_or_default(), 0.0, plain.clone());
        job.append(text.get(place.clone()).unwrap_or_default(), 0.0, marked.clone());
        at = place.end;
    }
    job.append(text.get(at..end).unwrap_or_default(), 0.0, plain);
    job.wrap = TextWrapping { max_width: width, max_rows: 2, ..TextWrapping::default() };
    job
}

/// Where the context begins: at a word, not far before what was found.
fn context(text: &str, first: usize) -> usize {
    let before = text.get(..first).unwrap_or_default();
    if before.chars().count() <= BEFORE_CHARS {
        return 0;
    }
    let from = before.char_indices().rev().nth(BEFORE_CHARS).map_or(0, |(at, _)| at);
    let word = before.get(from..).and_then(|rest| rest.find(' ')).map_or(from, |at| from + at + 1);
    word.min(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_begins_at_a_word() {
        let check = |text: &str, word: &str, want: &str| {
            let from = context(text, text.find(word).unwrap());
            assert_eq!(text.get(from..), Some(want));
        };
        check("The depot burnt.", "depot", "The depot burnt.");
        check(
            "From October to January, night staff at the Elsby depot were told.",
            "depot",
            "night staff at the Elsby depot were told.",
        );
        let long = format!("{}depot", "\u{e9}".repeat(60));
        check(&long, "depot", &format!("{}depot", "\u{e9}".repeat(27)));
    }
}
