//! The decide bar: what was said of the sentence, a chip a label with who gave it, the reason.

use super::{EDGE, Shown};
use crate::analysis::compare::{Decided, Kind, most};
use crate::model::conflict::{Value, What};
use crate::model::ids::{ArticleId, LabelId, Span};
use crate::session::command;
use crate::session::intent::{Answering, Intent, Noting, Say, Then};
use crate::session::review::names::Column;
use crate::session::view::{Field as Keyboard, Look};
use crate::ui::parts::button::Button;
use crate::ui::parts::chip::Chip;
use crate::ui::parts::field::Field;
use crate::ui::parts::person::Person;
use crate::ui::parts::{frame, spoken, tooltip};
use crate::ui::theme::{self, CONTROL_HEIGHT, DECIDE_CHIP_HEIGHT, none_colours};
use crate::ui::{fonts, keys};
use egui::{Align2, Id, Key, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

/// Least width of a chip, with its key and votes; and how much wider long names make it.
const LEAST_CHIP: f32 = 128.0;
const MOST_CHIP: f32 = 240.0;
const GAP: f32 = 8.0;
/// So many chips stand in one row even if their names are cut.
const MOST_CUT: usize = 5;
/// Widest row of chips.
const MOST_WIDTH: f32 = 1000.0;

/// The reason being written, and of which sentence.
#[derive(Default)]
pub(super) struct DecideDraft {
    of: Option<(ArticleId, Span)>,
    /// What was kept when it was read.
    kept: String,
    text: String,
}

/// How many chips stand in a row of the bar, in a room of this size.
pub(super) fn n_in_row(ui: &Ui, shown: &Shown<'_>, room: Vec2) -> usize {
    let natural = n_that_fit(ui, shown, room.x, MOST_CHIP);
    let narrow = n_that_fit(ui, shown, room.x, LEAST_CHIP);
    // What is read keeps half of a low room, even if names are cut.
    let is_low = |n: &usize| height(shown, *n) > room.y / 2.0;
    [natural, narrow]
        .into_iter()
        .find(|n| !is_low(n))
        .unwrap_or_else(|| if n_chips(shown) <= MOST_CUT { n_chips(shown) } else { narrow })
}

fn n_that_fit(ui: &Ui, shown: &Shown<'_>, width: f32, most_wide: f32) -> usize {
    let n = n_chips(shown);
    let room = inner_width(width) + GAP;
    let names = shown.desk.project().scheme().current().map(|label| label.name.as_str()).chain(["None"]);
    let names = names.map(|name| frame::text_width(ui.painter(), name, fonts::INTERFACE_BOLD));
    // Letter, key, and the votes of all but one: layout does not change with what was said.
    let votes = 21.0 * shown.columns.len().saturating_sub(1).clamp(1, 4) as f32;
    let least = (names.fold(0.0, f32::max) + 84.0 + votes).clamp(LEAST_CHIP, most_wide);
    let most = (1..n).take_while(|n| (n + 1) as f32 * (least + GAP) <= room).count() + 1;
    // Rows of about the same length.
    n.div_ceil(n.div_ceil(most))
}

/// The width of what stands in the bar.
fn inner_width(width: f32) -> f32 {
    (width - 2.0 * EDGE).min(MOST_WIDTH)
}

fn n_chips(shown: &Shown<'_>) -> usize {
    shown.desk.project().scheme().current().count() + 1
}

pub(super) fn height(shown: &Shown<'_>, n_in_row: usize) -> f32 {
    let n_rows = n_chips(shown).div_ceil(n_in_row.max(1));
    85.0 + n_rows as f32 * (DECIDE_CHIP_HEIGHT + GAP)
}

pub(super) fn decide_ui(
    ui: &mut Ui,
    (shown, n_in_row): (&Shown<'_>, usize),
    draft: &mut DecideDraft,
    intents: &mut Vec<Intent>,
) {
    let rect = ui.max_rect();
    // In a wide window chips are not far from their words.
    let inner = Rect::from_center_size(rect.center(), vec2(inner_width(rect.width()), rect.height()));
    let here = shown.session.current_span();
    let unit = here.as_ref().and_then(|(_, span)| shown.units.at(*span));
    said_ui(ui, shown, unit, inner);
    let Some((article, span)) = here else { return };
    let top = rect.top() + 41.0;
    let rows = (inner.with_min_y(top), n_in_row);
    let bottom = chips_ui(ui, shown, unit, (&article, span), rows, intents);
    let row = Rect::from_min_size(pos2(inner.left(), bottom), vec2(inner.width(), CONTROL_HEIGHT));
    let asks_why = shown.session.review().asks_why() == Some(&(article.clone(), span));
    let is_writing = ui.memory(|memory| memory.has_focus(Id::unique("reason")))
        || shown.session.view().focus == Some(Keyboard::Reason);
    if asks_why && !is_writing {
        return why_ui(ui, shown, row, intents);
    }
    reason_ui(ui, shown, draft, (&article, span), row, intents);
}

/// The first line: the number, what most said, the notes.
fn said_ui(ui: &Ui, shown: &Shown<'_>, unit: Option<usize>, rect: Rect) {
    let t = shown.theme.tokens;
    let number = shown.session.view().sentence + 1;
    let at = pos2(rect.left(), rect.top() + 22.0);
    let head = format!("Sentence {number}");
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, &head, fonts::INTERFACE_BOLD, t.strong);
    let words = match unit {
        Some(unit) => said(shown, unit),
        None => "No answer is asked for here.".to_owned(),
    };
    let stale = unit.and_then(|unit| shown.comparison.judged(shown.at(unit)));
    let is_stale = stale.is_some_and(|judged| judged.decided == Decided::Stale);
    let place =
        Rect::from_min_max(pos2(drawn.left(), rect.top() + 12.0), pos2(rect.right(), rect.top() + 32.0));
    let response = spoken::text(ui, place, &format!("{head}. {words}"));
    let left = pos2(drawn.right() + 10.0, at.y);
    let colour = if is_stale { t.warning } else { t.normal };
    if frame::text_between(ui.painter(), left, rect.right(), &words, fonts::INTERFACE, colour) {
        tooltip::text(response, &words);
    }
}

/// What was said of a unit, in words.
fn said(shown: &Shown<'_>, unit: usize) -> String {
    let cells = shown.units.cells(unit);
    let mut words = Vec::new();
    let name = |labels: &[LabelId]| shown.names(labels);
    match most(cells) {
        None => words.push("Nobody answered.".to_owned()),
        Some(most) if most.of == 1 => {
            words.push(format!("{} by the only answer.", name(shown.labels(most.answer))));
        }
        Some(most) if most.n == most.of => {
            words.push(format!("{} by all {}.", name(shown.labels(most.answer)), most.of));
        }
        Some(most) if most.is_majority() => {
            words.push(format!("{} by {} of {}.", name(shown.labels(most.answer)), most.n, most.of));
        }
        Some(most) => words.push(format!("No majority among {} answers.", most.of)),
    }
    let decision = shown.comparison.decision(
        shown.desk.project(),
        &shown.article.id,
        shown.units.units.get(unit).map_or(Span::new(0, 0), |unit| unit.span),
    );
    if let Some(decision) = decision {
        let why = [decision.code.as_str(), decision.reason.as_str()];
        let why: Vec<&str> = why.into_iter().filter(|why| !why.is_empty()).collect();
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
        let why = shown.session.as_shown(shown.columns, &why);
        let is_stale = shown.comparison.judged(shown.at(unit)).is_some_and(|j| j.decided == Decided::Stale);
        let stale = if is_stale { ", answered otherwise since" } else { "" };
        words.push(format!("Decided {}{why}{stale}.", name(&decision.labels).to_lowercase()));
    }
    let span = shown.units.units.get(unit).map(|unit| unit.span);
    words.extend(
        span.into_iter()
            .flat_map(|span| shown.notes(span))
            .map(|(name, note)| format!("{name}: \u{201c}{note}\u{201d}")),
    );
    if shown.comparison.judged(shown.at(unit)).is_some_and(|judged| judged.is(Kind::Conflict)) {
        words.extend(span.into_iter().flat_map(|span| conflicts(shown, span)));
    }
    let cells = shown.units.cells(unit);
    for column in shown.columns {
        if cells.get(column.place).is_some_and(|cell| cell.unsure) {
            words.push(format!("{} is unsure.", column.name));
        }
    }
    words.join(" ").replace('\n', " ")
}

/// What a merge left open about a sentence, with both sides.
fn conflicts<'a>(shown: &'a Shown<'_>, span: Span) -> impl Iterator<Item = String> + 'a {
    let conflicts = shown.desk.project().conflicts().iter();
    let here = conflicts.filter(move |conflict| {
        conflict.sentence == Some(span) && conflict.article.as_ref() == Some(&shown.article.id)
    });
    here.map(move |conflict| {
        let who = conflict.coder.as_ref().map(|coder| shown.session.shown_person(shown.columns, coder));
        let side = |value: Option<&Value>| match value {
            Some(Value::Coding(coding)) if coding.answered => shown.names(&coding.labels).to_lowercase(),
            Some(Value::Decision(decision)) => shown.names(&decision.labels).to_lowercase(),
            Some(_) => "something else".to_owned(),
            None => "nothing".to_owned(),
        };
        let what = if matches!(conflict.what, What::Coding) { "" } else { conflict.what.word() };
        let of = [who.unwrap_or_default(), what.to_owned()].join(" ");
        let (ours, theirs) = (side(conflict.ours.as_ref()), side(conflict.theirs.as_ref()));
        format!("In conflict, {}: {ours} here, {theirs} in the other copy.", of.trim())
    })
}

/// The chips, row after row; gives the bottom.
fn chips_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    unit: Option<usize>,
    (article, span): (&ArticleId, Span),
    (rect, n_in_row): (Rect, usize),
    intents: &mut Vec<Intent>,
) -> f32 {
    let width = (rect.width() - GAP * (n_in_row - 1) as f32) / n_in_row as f32;
    let scheme = shown.desk.project().scheme();
    let reason = match (unit, shown.desk.closed_for_writing()) {
        (None, _) => Some("no answer is asked for here"),
        (_, why) => why,
    };
    let gold = unit.and_then(|unit| shown.gold(unit)).filter(|gold| gold.decision.is_some());
    let picked = shown.session.review().picked(article, span);
    let mut place = 0;
    let mut next = || {
        let (row, column) = (place / n_in_row, place % n_in_row);
        place += 1;
        let left = (width + GAP).mul_add(column as f32, rect.left());
        let top = (DECIDE_CHIP_HEIGHT + GAP).mul_add(row as f32, rect.top());
        Rect::from_min_size(pos2(left, top), vec2(width, DECIDE_CHIP_HEIGHT))
    };
    for label in scheme.current() {
        let colours = theme::label_colours(&label.colour, shown.theme.dark);
        let caps: Vec<String> = command::keys_of(label).take(1).map(|key| keys::cap(key)).collect();
        let caps: Vec<&str> = caps.iter().map(String::as_str).collect();
        let votes = votes(shown, unit, |labels| labels.contains(&label.id));
        let given = match picked {
            Some(picked) => picked.contains(&label.id),
            None => gold.is_some_and(|gold| gold.labels.contains(&label.id)),
        };
        let chip = Chip::new(&label.letter, &label.name, colours).keys(&caps).votes(&votes);
        let chip = chip.given(given).disabled(reason).height(DECIDE_CHIP_HEIGHT).width(width);
        let mut room = ui.new_child(UiBuilder::new().max_rect(next()).id_salt(label.id.as_str()));
        if chip.show(&mut room).clicked() {
            decide(intents, article, span, Say::Label(label.id.clone()));
        }
    }
    let votes = votes(shown, unit, <[LabelId]>::is_empty);
    let given = picked.is_none() && gold.is_some_and(|gold| gold.labels.is_empty());
    let chip = Chip::new("\u{2013}", "None", none_colours(shown.theme.dark)).keys(&["0"]).votes(&votes);
    let chip = chip.given(given).disabled(reason).height(DECIDE_CHIP_HEIGHT).width(width);
    let at = next();
    let mut room = ui.new_child(UiBuilder::new().max_rect(at).id_salt("none"));
    if chip.show(&mut room).clicked() {
        decide(intents, article, span, Say::None);
    }
    at.bottom() + GAP
}

fn decide(intents: &mut Vec<Intent>, article: &ArticleId, span: Span, say: Say) {
    let sentence = Some((article.clone(), span));
    intents.push(Intent::Answer(Answering { sentence, say, then: Then::Next }));
}

/// Who gave such an answer.
fn votes<'a>(
    shown: &Shown<'a>,
    unit: Option<usize>,
    is_such: impl Fn(&[LabelId]) -> bool,
) -> Vec<Person<'a>> {
    let Some(unit) = unit else { return vec![] };
    let cells = shown.units.cells(unit);
    let said = |column: &Column| {
        let answer = cells.get(column.place).and_then(|cell| cell.answer);
        answer.is_some_and(|answer| is_such(shown.labels(answer)))
    };
    shown.columns.iter().filter(|column| said(column)).map(|column| shown.person(column)).collect()
}

/// Decided against the majority: why? Numbers choose a reason, Enter goes on without one.
fn why_ui(ui: &mut Ui, shown: &Shown<'_>, row: Rect, intents: &mut Vec<Intent>) {
    let t = shown.theme.tokens;
    let words = "Most said otherwise. Why?";
    spoken::announce(ui, row, "why", words);
    let at = row.left_center();
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, words, fonts::INTERFACE_BOLD, t.strong);
    let mut x = drawn.right() + 12.0;
    let go_on = Button::new("Go on").key("Enter");
    let right = row.right() - go_on.natural_width(ui.painter());
    let own = Button::new("Write\u{2026}").key("C");
    let own_left = right - GAP - own.natural_width(ui.painter());
    for (nth, code) in shown.session.codes().iter().enumerate() {
        let cap = (nth + 1).to_string();
        let code = shown.session.as_shown(shown.columns, code);
        let button = Button::new(&code).key(cap.as_str());
        let width = button.natural_width(ui.painter());
        if x + width > own_left - GAP {
            break;
        }
        let rect = Rect::from_min_size(pos2(x, row.top()), vec2(width, row.height()));
        if button.show_at(ui, rect, ui.scope_id().with(("code", nth))).clicked() {
            intents.push(Intent::Note(Noting::Code(nth)));
        }
        x += width + GAP;
    }
    let place = |left: f32, right: f32| Rect::from_x_y_ranges(left..=right, row.y_range());
    if own.show_at(ui, place(own_left, right - GAP), ui.scope_id().with("own reason")).clicked() {
        intents.push(Intent::Run("reason"));
    }
    if go_on.show_at(ui, place(right, row.right()), ui.scope_id().with("no reason")).clicked() {
        intents.push(Intent::Run("decide-majority"));
    }
}

fn reason_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    draft: &mut DecideDraft,
    (article, span): (&ArticleId, Span),
    row: Rect,
    intents: &mut Vec<Intent>,
) {
    let decision = shown.comparison.decision(shown.desk.project(), article, span);
    let kept = decision.map(|decision| decision.reason.as_str());
    let kept = kept.or_else(|| shown.session.review().reason(article, span)).unwrap_or_default();
    if draft.of.as_ref() != Some(&(article.clone(), span)) || draft.kept != kept {
        draft.of = Some((article.clone(), span));
        kept.clone_into(&mut draft.kept);
        kept.clone_into(&mut draft.text);
    }
    let width = sides_ui(ui, shown, row, intents);
    let again = Button::new("Keep to use again");
    let id = Id::unique("reason");
    let is_code = decision.is_some() && !draft.text.trim().is_empty() && ui.memory(|m| m.has_focus(id));
    let again_width = if is_code { again.natural_width(ui.painter()) + GAP } else { 0.0 };
    let field_width = row.width() - width - GAP - again_width;
    let mut room = ui.new_child(UiBuilder::new().max_rect(row).id_salt("reason"));
    let mut field = Field::new(id, "Reason", &mut draft.text)
        .hint(if field_width < 260.0 { "Reason" } else { "Reason, kept with the decision" })
        .key("C")
        .width(field_width);
    if shown.desk.closed_for_writing().is_some() {
        field = field.read_only();
    }
    let response = field.show(&mut room);
    if shown.session.view().focus == Some(Keyboard::Reason) {
        response.request_focus();
        intents.push(Intent::Look(Look::Focused));
    }
    if response.lost_focus() {
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            draft.kept.clone_into(&mut draft.text);
        } else if draft.text != draft.kept {
            let (article, text) = (article.clone(), draft.text.clone());
            intents.push(Intent::Note(Noting::Reason { article, span, text }));
        }
    }
    if is_code {
        let at = Rect::from_min_size(
            pos2(row.left() + field_width + GAP, row.top()),
            vec2(again_width - GAP, row.height()),
        );
        if again.show_at(ui, at, ui.scope_id().with("keep code")).clicked() {
            let (article, code) = (article.clone(), draft.text.trim().to_owned());
            intents.push(Intent::Note(Noting::KeepCode { article, span, code }));
        }
    }
}

/// The buttons at the right end: whose answer is decided, where a colleague's file lies over the project, and leaving it open.
/// Gives their width.
fn sides_ui(ui: &Ui, shown: &Shown<'_>, row: Rect, intents: &mut Vec<Intent>) -> f32 {
    let open = ("Leave open", "N", "leave-open");
    let is_in_conflict = shown.session.judged_here().is_some_and(|judged| judged.is(Kind::Conflict));
    let sides: &[(&str, &str, &'static str)] = if shown.session.review().over().is_some() {
        &[("Theirs", "T", "theirs"), ("Mine", "M", "mine"), ("Discuss", "Shift C", "comment"), open]
    } else if is_in_conflict {
        &[("Conflict\u{2026}", "", "merge"), open]
    } else {
        &[open]
    };
    let mut x = row.right();
    for (words, key, command) in sides.iter().rev() {
        let refusal = command::find(command).and_then(|command| command.refusal(shown.session));
        let button = Button::new(words).key(Some(*key).filter(|key| !key.is_empty()));
        let button = button.disabled(refusal.as_deref());
        let width = button.natural_width(ui.painter());
        let at = Rect::from_min_max(pos2(x - width, row.top()), pos2(x, row.bottom()));
        if button.show_at(ui, at, ui.scope_id().with(*command)).clicked() {
            intents.push(Intent::Run(command));
        }
        x -= width + GAP;
    }
    row.right() - x - GAP
}
