//! The account of a dataset: how much of it is new, here already or without a place, and every line of what is not plain.

use crate::analysis::incoming::taking::{Differs, Taken};
use crate::model::project::Project;
use crate::session::notice::in_window;
use crate::session::screens::importing::{Importing, Looked};
use crate::text::message::capital;
use crate::ui::fonts;
use crate::ui::numbers::grouped;
use crate::ui::parts::{frame, scroll, spoken};
use crate::ui::screens::{fitted, words};
use crate::ui::theme;
use egui::{Align2, Rect, Sense, Ui, UiBuilder, pos2, vec2};
use std::borrow::Cow;

const ROW: f32 = 26.0;
/// Between a number and what it counts.
const GAP: f32 = 10.0;
/// So much of a sentence is shown in a line, in code points.
const MAX_QUOTE_CHARS: usize = 80;

/// What stands in a row.
enum Row<'a> {
    Count(usize, &'static str),
    Space,
    Head(&'static str),
    Line(Cow<'a, str>),
}

/// Lines of one kind, with their head.
struct List<'a> {
    head: &'static str,
    n: usize,
    line: &'a dyn Fn(usize) -> Option<String>,
}

pub(super) fn account_ui(
    ui: &mut Ui,
    (project, looked, taken): (&Project, &Looked, &Taken),
    importing: &Importing,
    inner: Rect,
) {
    let mut column = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("account"));
    column.shrink_clip_rect(inner.expand2(vec2(0.0, 16.0)));
    let ui = &mut column;
    let counts = counts(looked, taken);
    let coders = taken.coders.iter().map(|coder| format!("Coder {}", coder.shown_name()));
    let new: Vec<String> =
        coders.chain(taken.labels.iter().map(|label| format!("Label {}", label.name))).collect();
    let overwrites = importing.form().overwrites;
    let lists = [
        List { head: "New in the project", n: new.len(), line: &|idx| new.get(idx).cloned() },
        List {
            head: "To know",
            n: taken.notes.len(),
            line: &|idx| taken.notes.get(idx).map(|note| in_window(&capital(note))),
        },
        List {
            head: "What is here, and what the dataset says",
            n: taken.differs.len(),
            line: &|idx| taken.differs.get(idx).map(|one| differs(project, one, overwrites)),
        },
        List {
            head: "What has no place, and why",
            n: taken.left.len(),
            line: &|idx| taken.left.get(idx).map(|left| capital(&in_window(&left.to_string()))),
        },
    ];
    let n_rows = counts.len() + lists.iter().filter(|list| list.n > 0).map(|list| list.n + 2).sum::<usize>();
    let t = theme::of(ui).tokens;
    let of_number =
        |(n, _): &(usize, &str)| frame::text_width(ui.painter(), &grouped(*n), fonts::INTERFACE_BOLD);
    let width = counts.iter().map(of_number).fold(0.0, f32::max).ceil();
    ui.spacing_mut().item_spacing.y = 0.0;
    scroll::both().id_salt("account rows").auto_shrink(false).show_rows(ui, ROW, n_rows, |ui, rows| {
        for row in rows {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            let at = rect.left_center();
            match row_at(row, &counts, &lists) {
                Row::Space => {}
                Row::Count(n, says) => {
                    let n = grouped(n);
                    spoken::text(ui, rect, &format!("{n} {says}"));
                    let right = pos2(at.x + width, at.y);
                    frame::text(
                        ui.painter(),
                        right,
                        Align2::RIGHT_CENTER,
                        &n,
                        fonts::INTERFACE_BOLD,
                        t.strong,
                    );
                    let at = pos2(right.x + GAP, at.y);
                    fitted(ui, at, rect.right(), says, fonts::INTERFACE, t.normal);
                }
                Row::Head(head) => words(ui, at, rect.right(), head, fonts::INTERFACE_BOLD, t.strong),
                Row::Line(line) => words(ui, at, rect.right(), &line, fonts::INTERFACE, t.normal),
            }
        }
    });
}

fn row_at<'a>(row: usize, counts: &[(usize, &'static str)], lists: &[List<'_>]) -> Row<'a> {
    if let Some((n, says)) = counts.get(row) {
        return Row::Count(*n, says);
    }
    let mut at = counts.len();
    for list in lists.iter().filter(|list| list.n > 0) {
        match row.checked_sub(at) {
            Some(0) => return Row::Space,
            Some(1) => return Row::Head(list.head),
            Some(idx) if idx < list.n + 2 => {
                return Row::Line((list.line)(idx - 2).unwrap_or_default().into());
            }
            _ => at += list.n + 2,
        }
    }
    Row::Space
}

/// Numbers, each with what it counts.
fn counts(looked: &Looked, taken: &Taken) -> Vec<(usize, &'static str)> {
    let has = &looked.has;
    let n_made = looked.read.made.as_ref().map_or(0, Project::n_articles);
    let found = if n_made > 0 {
        (n_made, "article comes with it", "articles come with it")
    } else {
        (has.by_id, "article found by its id", "articles found by their id")
    };
    let lines = [
        (taken.n_new, "answer is new", "answers are new"),
        (taken.n_same, "answer is here already", "answers are here already"),
        (
            taken.differs.len(),
            "answer that is here says something else",
            "answers that are here say something else",
        ),
        (taken.left.len(), "answer or line with no place", "answers or lines with no place"),
        (taken.n_skipped, "answer left out with its label", "answers left out with their labels"),
        (taken.n_overlaps, "answer placed by what it overlaps", "answers placed by what they overlap"),
        (taken.n_moved, "answer found elsewhere than it says", "answers found elsewhere than they say"),
        found,
        (has.by_hash, "article found by the hash of its text", "articles found by the hash of their text"),
        (has.by_text, "article found by its text", "articles found by their text"),
        (has.not_here, "article that this project does not have", "articles that this project does not have"),
        (
            has.n_loose,
            "sentence without an article, looked for by its words",
            "sentences without an article, looked for by their words",
        ),
    ];
    let some = lines.into_iter().filter(|(n, ..)| *n > 0);
    some.map(|(n, one, many)| (n, if n == 1 { one } else { many })).collect()
}

/// `“The lock was old.” Anna: fact stays, the dataset says allegation`.
fn differs(project: &Project, one: &Differs, overwrites: bool) -> String {
    let coder =
        project.coder(&one.coder).map_or_else(|| one.coder.to_string(), |c| c.shown_name().to_owned());
    let stays = if overwrites { "gives way to" } else { "stays, the dataset says" };
    let said = format!("{coder}: {} {stays} {}", one.here, one.there);
    let article = project.article(&one.article);
    let sentence =
        article.and_then(|article| Some((article, article.sentences().get(article.idx_of(one.sentence)?)?)));
    let Some((article, sentence)) = sentence else {
        return format!("{} {}  {said}", one.article, one.sentence);
    };
    let quote = article.words_of(sentence);
    let cut: String =
        quote.chars().take(MAX_QUOTE_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let rest = if cut.len() < quote.len() { "\u{2026}" } else { "" };
    format!("\u{201c}{cut}{rest}\u{201d}  {said}")
}
