//! The command palette: every command and label by a few letters, articles by what can be asked of them.

mod foot;

use std::cmp::Reverse;
use std::ops::Range;

use egui::{Align2, Frame, Id, Key, Margin, Modifiers, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::model::ids::{ArticleId, LabelId};
use crate::session::Session;
use crate::session::command::{self, CommandId};
use crate::session::desk::Desk;
use crate::session::intent::{Answering, Intent, Say, Then};
use crate::session::notice::in_window;
use crate::session::view::Look;
use crate::text::find::Finder;
use crate::text::query::{Query, What};
use crate::ui::fonts;
use crate::ui::keys::cap;
use crate::ui::numbers::counted;
use crate::ui::over::rows;
use crate::ui::over::seen::Seen;
use crate::ui::parts::field::Field;
use crate::ui::parts::frame;
use crate::ui::parts::icons::Icon;
use crate::ui::parts::palette_row::{self, PaletteRow};
use crate::ui::parts::scroll;
use crate::ui::parts::{spoken, tooltip};
use crate::ui::theme::{
    self, PALETTE_ROW_HEIGHT, PALETTE_TOP, PALETTE_WIDTH, RADIUS_WINDOW, STROKE, label_colours, none_colours,
};

const INPUT_HEIGHT: f32 = 52.0;
const FOOT_HEIGHT: f32 = 36.0;
/// Round the rows.
const INSET: f32 = 8.0;
const MOST_ROWS: usize = 10;
/// Never fewer rows than this, however low the window is.
const LEAST_ROWS: usize = 3;
/// Titles that are weighed against commands; the articles after them stand below these.
const MOST_CLOSELY: usize = 200;
/// The line that says what was not understood.
const FAULT: f32 = 28.0;
const FIELD: &str = "palette-field";

/// What is typed in the palette, and what was found for it.
#[derive(Default)]
pub struct PaletteDraft {
    pub query: String,
    seen: Seen,
    finder: Finder,
    /// Of which state of the project the rows are.
    stamp: Option<(Option<u64>, u64, u64)>,
    /// Commands and labels; articles are looked up where they lie.
    items: Vec<Item>,
    /// For which words, and with which articles, rows were found last.
    sought: Option<(String, u64)>,
    found: Vec<Found>,
    n_commands: usize,
    selected: usize,
    /// Points that the list is scrolled.
    offset: f32,
    scroll_to: Option<f32>,
}

/// A command or label, as it stands in a row.
struct Item {
    does: Does,
    text: String,
    menu: &'static str,
    keys: Vec<String>,
    /// Letter and stored colour of a label; without a colour it is *none of these*.
    letter: Option<(String, Option<String>)>,
    disabled: Option<String>,
}

enum Does {
    Run(CommandId),
    Label(LabelId),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    /// Place in `items`.
    Item(usize),
    /// Place in the derived entries.
    Article(usize),
}

struct Found {
    row: Row,
    choosable: bool,
    /// The matched characters of a command, as code points.
    chars: Vec<u32>,
}

/// Draws the palette.
pub fn palette_ui(ui: &mut Ui, session: &Session, draft: &mut PaletteDraft, intents: &mut Vec<Intent>) {
    let ctx = ui.ctx().clone();
    draft.refresh(session, &ctx);
    let theme = theme::of_ctx(&ctx);
    let t = theme.tokens;
    let window = ctx.content_rect();
    let width = PALETTE_WIDTH.min(window.width() - 32.0);
    let room = window.height() - PALETTE_TOP - INPUT_HEIGHT - FOOT_HEIGHT - 2.0 * INSET - 24.0;
    let most = rows::that_fit(room / PALETTE_ROW_HEIGHT, LEAST_ROWS, MOST_ROWS);
    let id = Id::unique("palette");
    let area = egui::Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, PALETTE_TOP));
    let frame = Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(STROKE, t.border))
        .corner_radius(RADIUS_WINDOW)
        .shadow(theme.window_shadow())
        .inner_margin(Margin::ZERO);
    let modal = egui::Modal::new(id).area(area).frame(frame).backdrop_color(t.shade).show(&ctx, |ui| {
        spoken::dialog(ui, "Commands");
        ui.set_width(width);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let close = draft.keys(ui, most, session, intents);
        draft.input_ui(ui, session);
        if draft.query != session.view().sought {
            intents.push(Intent::Look(Look::Seek(draft.query.clone())));
        }
        if draft.seek(session) {
            // The count beside the words is drawn already.
            ui.ctx().request_repaint();
        }
        draft.rows_ui(ui, session, most, intents);
        draft.fault_ui(ui, session);
        foot::foot_ui(ui);
        close
    });
    if modal.inner || modal.backdrop_response.clicked() {
        intents.push(Intent::Look(Look::Close));
    }
}

impl PaletteDraft {
    /// Works out what has changed since the last pass, and nothing else.
    fn refresh(&mut self, session: &Session, ctx: &egui::Context) {
        let is_new = self.seen.is_new(ctx);
        if is_new {
            self.query.clear();
        }
        let stamp =
            (session.desk().map(Desk::revision), session.derived().list_revision(), session.view().n_moves);
        if is_new || self.stamp != Some(stamp) {
            self.items = items(session);
            self.stamp = Some(stamp);
            self.sought = None;
        }
        self.seek(session);
    }

    /// Finds what is typed now; true if that is something else than before.
    fn seek(&mut self, session: &Session) -> bool {
        let n_results = session.derived().sought().n_results();
        let before = self.sought.as_ref();
        if before.is_some_and(|(query, n)| *query == self.query && *n == n_results) {
            return false;
        }
        // What is chosen stays where articles come to the same words.
        let chosen = before.filter(|(query, _)| *query == self.query && self.selected > 0);
        let chosen = chosen.and_then(|_| self.found.get(self.selected)).map(|found| found.row);
        self.find(session);
        self.sought = Some((self.query.clone(), n_results));
        let still = chosen.and_then(|row| self.found.iter().position(|found| found.row == row));
        self.selected = still.or_else(|| self.choosable_from(0, true)).unwrap_or(0);
        if still.is_none() {
            self.scroll_to = Some(0.0);
        }
        true
    }

    /// The articles that the session found for what is typed now; none while it is about earlier words.
    fn articles<'a>(&self, session: &'a Session) -> &'a [usize] {
        if session.view().sought == self.query { session.derived().sought().list() } else { &[] }
    }

    /// Looks through commands and labels; articles come once something is typed.
    fn find(&mut self, session: &Session) {
        let query = self.query.trim();
        self.finder.look_for(query);
        // Who types the whole name of a command means that one.
        let wanted = query.to_lowercase();
        let mut scored = Vec::new();
        // `label:denial` asks for articles: `Enter` must not give the label of that name.
        let items = if asks_for_articles(query) { &[][..] } else { self.items.as_slice() };
        for (idx, item) in items.iter().enumerate() {
            let Some(hit) = self.finder.hit(&item.text) else { continue };
            let class = match (&item.does, &item.disabled) {
                (_, Some(_)) => 2,
                (Does::Label(_), None) => 0,
                (Does::Run(_), None) => u8::from(item.letter.is_none()),
            };
            let class = if query.is_empty() { 0 } else { class };
            let found = Found { row: Row::Item(idx), choosable: item.disabled.is_none(), chars: hit.chars };
            let is_other = item.text.trim_end_matches('\u{2026}').to_lowercase() != wanted;
            scored.push((is_other, Reverse(hit.score), class, found));
        }
        self.n_commands = scored.len();
        let articles = self.articles(session);
        let plain = |idx: &usize| Found { row: Row::Article(*idx), choosable: true, chars: Vec::new() };
        let near = articles.get(..articles.len().min(MOST_CLOSELY)).unwrap_or_default();
        for idx in near {
            let hit = article(session, *idx).and_then(|(_, title)| self.finder.hit(title));
            scored.push((true, Reverse(hit.map_or(0, |hit| hit.score)), 3, plain(idx)));
        }
        // Articles among themselves stay as they stand.
        scored.sort_by_key(|(is_other, score, class, _)| (*is_other, *score, *class));
        self.found = scored.into_iter().map(|(.., found)| found).collect();
        self.found.extend(articles.get(near.len()..).unwrap_or_default().iter().map(plain));
    }

    /// The nearest row that can be chosen: from `at` on in that direction, else in the other.
    fn choosable_from(&self, at: usize, forward: bool) -> Option<usize> {
        let fits = |idx: &usize| self.found.get(*idx).is_some_and(|found| found.choosable);
        let mut after = at..self.found.len();
        let mut before = (0..(at + 1).min(self.found.len())).rev();
        if forward {
            after.find(fits).or_else(|| before.find(fits))
        } else {
            before.find(fits).or_else(|| after.find(fits))
        }
    }

    /// Takes the keys that move and choose; true if the palette is to close.
    fn keys(&mut self, ui: &Ui, page: usize, session: &Session, intents: &mut Vec<Intent>) -> bool {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = self.found.len().saturating_sub(1);
        let at = self.selected;
        let moved = if pressed(Key::ArrowDown) {
            Some(((at + 1).min(last), true))
        } else if pressed(Key::ArrowUp) {
            Some((at.saturating_sub(1), false))
        } else if pressed(Key::PageDown) {
            Some(((at + page).min(last), true))
        } else if pressed(Key::PageUp) {
            Some((at.saturating_sub(page), false))
        } else if pressed(Key::Home) {
            Some((0, true))
        } else if pressed(Key::End) {
            Some((last, false))
        } else {
            None
        };
        if let Some((to, forward)) = moved
            && let Some(to) = self.choosable_from(to, forward)
        {
            self.selected = to;
            self.bring_in_view(page);
        }
        if pressed(Key::Enter) {
            self.choose(self.selected, session, intents);
        }
        pressed(Key::Escape)
    }

    fn bring_in_view(&mut self, page: usize) {
        let top = PALETTE_ROW_HEIGHT * self.selected as f32;
        let height = PALETTE_ROW_HEIGHT * page as f32;
        if top < self.offset {
            self.scroll_to = Some(top);
        } else if top + PALETTE_ROW_HEIGHT > self.offset + height {
            self.scroll_to = Some(top + PALETTE_ROW_HEIGHT - height);
        }
    }

    /// Does what a row says, and closes the palette first: the row may open something else over the window.
    fn choose(&self, at: usize, session: &Session, intents: &mut Vec<Intent>) {
        let Some(found) = self.found.get(at).filter(|found| found.choosable) else { return };
        let intent = match found.row {
            Row::Item(idx) => match self.items.get(idx).map(|item| &item.does) {
                Some(Does::Run(id)) => Intent::Run(id),
                Some(Does::Label(id)) => {
                    let say = Say::Label(id.clone());
                    Intent::Answer(Answering { sentence: session.current_span(), say, then: Then::Next })
                }
                None => return,
            },
            Row::Article(idx) => match article(session, idx) {
                Some((id, _)) => Intent::Look(Look::Article(id.clone())),
                None => return,
            },
        };
        intents.push(Intent::Look(Look::Close));
        intents.push(intent);
    }

    fn input_ui(&mut self, ui: &mut Ui, session: &Session) {
        let t = theme::of(ui).tokens;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), INPUT_HEIGHT), Sense::hover());
        let n_articles = self.found.len() - self.n_commands;
        let mut count = format!("{} of {} commands", self.n_commands, self.items.len());
        if n_articles > 0 {
            count = format!("{count}, {}", counted(n_articles, "article", "articles"));
        } else if session.derived().sought().is_looking() {
            count.push_str(", looking into articles\u{2026}");
        }
        let inside = rect.shrink2(vec2(10.0, 0.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
            let field = Field::new(Id::unique(FIELD), "Command, label or article", &mut self.query)
                .bare()
                .icon(Icon::Magnifier)
                .hint("Find a command, a label or an article")
                .suffix(&count)
                .kind(fonts::PALETTE)
                .height(INPUT_HEIGHT)
                .show(ui);
            // Letters always go here: the rows are chosen by the arrows.
            if !field.has_focus() {
                field.request_focus();
            }
        });
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(STROKE, t.border));
    }

    fn rows_ui(&mut self, ui: &mut Ui, session: &Session, most: usize, intents: &mut Vec<Intent>) {
        ui.add_space(INSET);
        if self.found.is_empty() {
            self.nothing_ui(ui);
            ui.add_space(INSET);
            return;
        }
        let height = PALETTE_ROW_HEIGHT * self.found.len().min(most) as f32;
        let mut clicked = None;
        let place = Rect::from_min_size(
            ui.cursor().min + vec2(INSET, 0.0),
            vec2(ui.available_width() - 2.0 * INSET, height),
        );
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("palette-rows"));
        inner.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let mut area = scroll::down().max_height(height).auto_shrink(false);
        if let Some(offset) = self.scroll_to.take() {
            area = area.vertical_scroll_offset(offset);
        }
        let output = area.show_rows(&mut inner, PALETTE_ROW_HEIGHT, self.found.len(), |ui, range| {
            spoken::list(ui, "What was found", self.found.len());
            for at in range {
                if self.row_ui(ui, session, at) {
                    clicked = Some(at);
                }
            }
        });
        self.offset = output.state.unclamped_offset().y;
        ui.allocate_rect(place, Sense::hover());
        ui.add_space(INSET);
        if let Some(at) = clicked {
            self.choose(at, session, intents);
        }
    }

    /// What of the words was not understood, where they are no command's.
    fn fault_ui(&self, ui: &mut Ui, session: &Session) {
        let faults = session.derived().sought().ask().faults.first();
        let Some(fault) = faults.filter(|_| self.n_commands == 0) else { return };
        let t = theme::of(ui).tokens;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), FAULT), Sense::hover());
        let what = in_window(fault);
        spoken::text(ui, rect, &what);
        let at = pos2(rect.left() + 18.0, rect.top() + FAULT / 2.0 - 4.0);
        if frame::text_between(ui.painter(), at, rect.right() - 18.0, &what, fonts::SMALL, t.warning) {
            tooltip::text(response, &what);
        }
    }

    fn nothing_ui(&self, ui: &mut Ui) {
        let t = theme::of(ui).tokens;
        let words = format!("No command and no article matches \u{201c}{}\u{201d}", self.query.trim());
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), PALETTE_ROW_HEIGHT), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
        let at = pos2(rect.left() + 18.0, rect.center().y);
        frame::text_between(ui.painter(), at, rect.right() - 18.0, &words, fonts::INTERFACE, t.weak);
    }

    /// Draws one row; true if it was clicked.
    fn row_ui(&self, ui: &mut Ui, session: &Session, at: usize) -> bool {
        let Some(found) = self.found.get(at) else { return false };
        let dark = theme::of(ui).dark;
        let selected = at == self.selected && found.choosable;
        let shown = match found.row {
            Row::Item(idx) => {
                let Some(item) = self.items.get(idx) else { return false };
                let letter = item.letter.as_ref().map(|(letter, colour)| {
                    let colours =
                        colour.as_ref().map_or_else(|| none_colours(dark), |hex| label_colours(hex, dark));
                    (letter.as_str(), colours)
                });
                let keys: Vec<&str> = item.keys.iter().map(String::as_str).collect();
                let row = PaletteRow {
                    letter,
                    text: &item.text,
                    hits: &byte_ranges(&item.text, &found.chars),
                    menu: item.menu,
                    keys: &keys,
                    disabled: item.disabled.as_deref(),
                    selected,
                };
                palette_row::show(ui, &row)
            }
            Row::Article(idx) => {
                let Some((_, title)) = article(session, idx) else { return false };
                let hits = session.derived().sought().ask().query.places(title, false);
                let row = PaletteRow {
                    letter: None,
                    text: title,
                    hits: &hits,
                    menu: "Article",
                    keys: &[],
                    disabled: None,
                    selected,
                };
                palette_row::show(ui, &row)
            }
        };
        spoken::option(&shown, selected, at);
        shown.clicked()
    }
}

fn article(session: &Session, idx: usize) -> Option<(&ArticleId, &str)> {
    let article = &session.derived().entries().get(idx)?.article;
    Some((&article.id, article.shown_title()))
}

/// Whether words are a question that no command's name is.
fn asks_for_articles(typed: &str) -> bool {
    Query::parse(typed, &[])
        .terms()
        .any(|term| term.not || !matches!(term.what, What::Words { quoted: false, .. }))
}

/// The labels of the scheme, then every command but the palette itself.
fn items(session: &Session) -> Vec<Item> {
    let mut items = Vec::new();
    let none = command::find("none");
    let refused = none.and_then(|none| none.refusal(session));
    if let Some(desk) = session.desk() {
        for label in desk.project().scheme().current() {
            items.push(Item {
                does: Does::Label(label.id.clone()),
                text: format!("Label: {}", label.name.to_lowercase()),
                menu: command::Menu::Sentence.name(),
                keys: command::keys_of(label).take(2).cloned().collect(),
                letter: Some((label.letter.clone(), Some(label.colour.clone()))),
                disabled: refused.clone(),
            });
        }
    }
    for command in command::all()
        .filter(|command| !command.menu.is_of_screens() || command.holds_in(session.place()))
        .filter(|command| command.id != "palette")
    {
        let is_none = command.id == "none";
        let text = if is_none { "Label: none of these".to_owned() } else { command.shown_label(session) };
        items.push(Item {
            does: Does::Run(command.id),
            text,
            menu: command.menu.name(),
            keys: command.shown_keys(session).into_iter().take(2).map(cap).collect(),
            letter: is_none.then(|| ("\u{2013}".to_owned(), None)),
            disabled: command.refusal(session),
        });
    }
    items
}

/// Runs of matched characters as ranges of bytes.
fn byte_ranges(text: &str, chars: &[u32]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut wanted = chars.iter().copied().peekable();
    for (nth, (start, c)) in (0_u32..).zip(text.char_indices()) {
        let Some(next) = wanted.peek() else { break };
        if *next != nth {
            continue;
        }
        wanted.next();
        let end = start + c.len_utf8();
        match ranges.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_runs_of_bytes() {
        let check = |text: &str, chars: &[u32], want: &[&str]| {
            let ranges = byte_ranges(text, chars);
            let got: Vec<&str> = ranges.iter().filter_map(|range| text.get(range.clone())).collect();
            assert_eq!(got, want, "{text}");
        };
        check("Label: denial", &[7, 8, 9], &["den"]);
        check("Évora café", &[0, 8, 9], &["É", "fé"]);
        check("abc", &[], &[]);
        check("abc", &[2, 9], &["c"]);
    }
}
