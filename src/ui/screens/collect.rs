//! *Collect*: what came back and what differs, the boundaries one at a time, and the one button.

use super::{Rooms, afterwards, at_right, capital, header_ui, paragraph, part, words};
use crate::analysis::collect::{Collected, Kind, LeftOut, Row};
use crate::model::article::Article;
use crate::model::coder::Coder;
use crate::model::project::Project;
use crate::model::sheet::Sheet;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::screens::ScreenLook;
use crate::session::screens::collecting::{Boundary, CollectLook, Collecting};
use crate::session::view::Look;
use crate::shell::clock;
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::bar::{self, Segment};
use crate::ui::parts::button::{self, Button};
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{frame, scroll, spoken};
use crate::ui::theme::{self, RADIUS, RADIUS_SMALL, STROKE};
use egui::{Align2, Color32, Id, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};
use std::sync::Arc;

const RIGHT: f32 = 400.0;
const RIGHT_NARROW: f32 = 320.0;
const NARROW: f32 = 1100.0;
/// Below this height what will be afterwards is left out.
const LOW: f32 = 400.0;
const HEAD: f32 = 36.0;
const ROW: f32 = 64.0;
const LINE: f32 = 20.0;
const EDGE: f32 = 16.0;
/// The most differences that a row lists, and the most sentences shown of one article.
const MOST_LINES: usize = 4;
const MOST_SENTENCES: usize = 6;

pub(super) fn collect_ui(
    ui: &mut Ui,
    (session, collecting): (&Session, &Collecting),
    rooms: Rooms,
    intents: &mut Vec<Intent>,
) {
    let about = match collecting.files.len() {
        0 => "the files that coders send back".to_owned(),
        n => format!("{} added", counted(n, "file", "files")),
    };
    let right = header_ui(ui, rooms.header, ("Collect", &about), intents);
    let add = Button::new("Add files\u{2026}");
    let width = add.natural_width(ui.painter());
    if add.show_at(ui, at_right(rooms.header, right, width), Id::unique("add team files")).clicked() {
        intents.push(Intent::Run("collect-add"));
    }
    let t = theme::of(ui).tokens;
    // In a small window the table needs the room more than what is beside and below it.
    let side_width = if rooms.middle.width() < NARROW { RIGHT_NARROW } else { RIGHT };
    let split = (rooms.middle.right() - side_width).max(rooms.middle.left() + 400.0);
    let left = rooms.middle.with_max_x(split);
    let side = rooms.middle.with_min_x(split);
    let after = collecting.collected().map(|collected| &collected.afterwards);
    let after = after.filter(|_| left.height() >= LOW);
    let below = after.map_or(0.0, |after| afterwards::height(after, left.height() * 0.45));
    let (left, matrix) = left.split_top_bottom_at_y(left.bottom() - below);
    if let Some(after) = after.filter(|_| below > 0.0) {
        let mut grid = part(ui, matrix, t.chrome, "Afterwards");
        afterwards::afterwards_ui(&mut grid, matrix, after);
    }
    let mut table = part(ui, left, t.chrome, "Files");
    if let Some(collected) = collecting.collected() {
        table_ui(&mut table, (session, collecting, collected), left, intents);
    } else {
        let (head, more) = if collecting.is_reading() {
            ("Reading the files\u{2026}", "")
        } else {
            (
                "Drop the coders\u{2019} files here",
                "or choose them with Add files\u{2026}; they are only read",
            )
        };
        let at = pos2(left.left() + EDGE, left.top() + 24.0);
        let width = left.width() - 2.0 * EDGE;
        let below = paragraph(&table, at, width, head, fonts::INTERFACE_BOLD, t.strong);
        paragraph(&table, pos2(at.x, below + 4.0), width, more, fonts::INTERFACE, t.normal);
    }
    let mut paper = part(ui, side, t.paper, "What differs");
    if let Some(collected) = collecting.collected() {
        side_ui(&mut paper, (session, collecting, collected), intents);
    }
    ui.painter().vline(split, rooms.middle.y_range(), Stroke::new(STROKE, t.border));
    foot_ui(ui, (session, collecting), rooms.foot, split, intents);
}

fn look(look: CollectLook) -> Intent {
    Intent::Look(Look::Screen(ScreenLook::Collect(look)))
}

/// Where the columns of the table begin.
fn columns(rect: Rect) -> [f32; 4] {
    let width = rect.width();
    let done = (width * 0.62).max(330.0);
    [44.0, (width * 0.42).max(200.0), done, (width * 0.705).max(done + 66.0)].map(|x| rect.left() + x)
}

fn table_ui(
    ui: &mut Ui,
    (session, collecting, collected): (&Session, &Collecting, &Collected),
    place: Rect,
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let head = place.with_max_y(place.top() + HEAD);
    for (x, name) in columns(head).into_iter().zip(["Coder and file", "Answered", "Done", "What differs"]) {
        frame::text(ui.painter(), pos2(x, head.center().y), Align2::LEFT_CENTER, name, fonts::SMALL, t.weak);
    }
    ui.painter().hline(head.x_range(), head.bottom(), Stroke::new(STROKE, t.border));
    let list = place.with_min_y(head.bottom());
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(list).id_salt("rows"));
    inner.shrink_clip_rect(list);
    inner.spacing_mut().item_spacing = Vec2::ZERO;
    spoken::list(&inner, "Files", collected.rows.len());
    let names: Vec<String> = collecting.files.iter().map(|file| file.came.name.clone()).collect();
    scroll::down().id_salt("team rows").auto_shrink(false).show(&mut inner, |ui| {
        for (idx, row) in collected.rows.iter().enumerate() {
            let lines = differences(row, idx, &collected.rows, &names);
            let height = ROW.max(LINE.mul_add(lines.len() as f32, 24.0));
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
            let is_here = idx == collecting.row;
            let at = collecting.files.get(row.file).and_then(|file| file.at);
            let when = at.map(|at| clock::day(at.0, session.now().at.0)).unwrap_or_default();
            let file = names.get(row.file).map_or("", String::as_str);
            let name = if row.name.is_empty() { "not known" } else { &row.name };
            let said = format!(
                "{name}, {file}: {} of {} answered, {} of {} done. {}",
                row.n_answered,
                row.n_sentences,
                row.n_done,
                row.n_sheets,
                lines.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(". ")
            );
            response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, &said));
            spoken::option(&response, is_here, idx);
            if is_here || response.hovered() {
                let ground = if is_here { t.selected } else { t.hover };
                ui.painter().rect_filled(rect.shrink2(vec2(4.0, 2.0)), RADIUS, ground);
            }
            if is_here {
                response.scroll_to_me(None);
            }
            row_ui(ui, rect, row, (name, &format!("{file} \u{b7} {when}"), is_here));
            lines_ui(ui, rect, &lines);
            let square = Rect::from_center_size(rect.left_top() + vec2(24.0, 24.0), Vec2::splat(16.0));
            if tick_ui(ui, square, row, idx) {
                intents.push(look(CollectLook::Tick(idx)));
            } else if response.clicked() {
                intents.push(look(CollectLook::Row(idx)));
            }
        }
    });
}

/// The tick of a row; true if it was pressed.
fn tick_ui(ui: &Ui, square: Rect, row: &Row, idx: usize) -> bool {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let (ticked, can) = match &row.left_out {
        None => (true, true),
        Some(LeftOut::NotChosen) => (false, true),
        Some(_) => (false, false),
    };
    let sense = if can { Sense::click() } else { Sense::hover() };
    let response = ui.interact(square, Id::unique(("team tick", idx)), sense);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, can, ticked, format!("Take {}", row.name)));
    let (fill, edge) =
        if ticked { (t.accent, t.accent) } else { (t.surface, if can { t.control } else { t.border }) };
    frame::card(ui.painter(), square, RADIUS_SMALL, fill, Stroke::new(STROKE, edge));
    if ticked {
        icons::paint(ui.painter(), Icon::Tick, square.center(), t.on_accent);
    }
    if response.has_focus() {
        frame::focus_ring(ui.painter(), square, RADIUS_SMALL, &theme);
    }
    response.clicked()
}

fn row_ui(ui: &Ui, rect: Rect, row: &Row, (name, file, is_here): (&str, &str, bool)) {
    let t = theme::of(ui).tokens;
    let taken = row.left_out.is_none();
    let colour = if taken { t.strong } else { t.weak };
    let [first, second, third, fourth] = columns(rect);
    let (top, below) = (rect.top() + 24.0, rect.top() + 43.0);
    let painter = ui.painter();
    let kind = if is_here { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
    super::fitted(ui, pos2(first, top), second - 8.0, name, kind, colour);
    super::fitted(ui, pos2(first, below), second - 8.0, file, fonts::SMALL, t.weak);
    if row.coder.is_none() {
        return;
    }
    let answered = format!("{} of {}", grouped(row.n_answered), grouped(row.n_sentences));
    super::fitted(ui, pos2(second, top), third - 8.0, &answered, fonts::INTERFACE, colour);
    let track = Rect::from_min_max(pos2(second, below - 2.0), pos2(third - 24.0, below + 1.0));
    let part = Segment { colour: if taken { t.normal } else { t.control }, count: row.n_answered };
    bar::paint(painter, track, &[part], row.n_sentences, t.track);
    let done = format!("{} of {}", row.n_done, row.n_sheets);
    super::fitted(ui, pos2(third, top), fourth - 8.0, &done, fonts::INTERFACE, colour);
}

/// Lines of a row: a sign and words each.
fn differences(row: &Row, idx: usize, rows: &[Row], names: &[String]) -> Vec<(Icon, String)> {
    if let Some(why) = &row.left_out {
        let is_file = |at: Option<usize>, file: usize| {
            at.and_then(|at| rows.get(at)).is_some_and(|row| row.file == file)
        };
        let words = match why {
            LeftOut::Older(other) if is_file(idx.checked_sub(1), *other) => {
                "Older than the file above: left out".to_owned()
            }
            LeftOut::Older(other) if is_file(Some(idx + 1), *other) => {
                "Older than the file below: left out".to_owned()
            }
            why => capital(&why.says(names)),
        };
        return vec![(Icon::Cross, words)];
    }
    let mut lines: Vec<(Icon, String)> = Vec::new();
    let boundaries = row.differences.iter().filter(|one| one.kind == Kind::Boundaries);
    let (n_articles, n) = boundaries.fold((0, 0), |(n_articles, n), one| (n_articles + 1, n + one.n));
    if n > 0 {
        let text = format!(
            "Boundaries: {} in {}",
            counted(n, "sentence", "sentences"),
            counted(n_articles, "article", "articles")
        );
        lines.push((Icon::Warning, text));
    }
    for one in row.differences.iter().filter(|one| one.kind != Kind::Boundaries) {
        let icon = match one.kind {
            Kind::NotDone => Icon::Half,
            kind if kind.differs() => Icon::Warning,
            _ => Icon::Tick,
        };
        lines.push((icon, capital(&one.says())));
    }
    if lines.is_empty() {
        lines.push((Icon::Tick, "Nothing differs".to_owned()));
    }
    let n_more = lines.len().saturating_sub(MOST_LINES);
    if n_more > 0 {
        lines.truncate(MOST_LINES);
        lines.push((Icon::Warning, format!("and {n_more} more")));
    }
    lines
}

fn lines_ui(ui: &Ui, rect: Rect, lines: &[(Icon, String)]) {
    let t = theme::of(ui).tokens;
    let left = columns(rect)[3];
    for (idx, (icon, text)) in lines.iter().enumerate() {
        let y = LINE.mul_add(idx as f32, rect.top() + 24.0);
        let colour = match icon {
            Icon::Warning => t.warning,
            Icon::Tick => t.success,
            _ => t.weak,
        };
        icons::paint(ui.painter(), *icon, pos2(left + 6.0, y), colour);
        super::fitted(ui, pos2(left + 20.0, y), rect.right() - 12.0, text, fonts::SMALL, colour);
    }
}

/// What differs in the row in hand: its boundaries one at a time, then the rest.
fn side_ui(
    ui: &mut Ui,
    (session, collecting, collected): (&Session, &Collecting, &Collected),
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let Some(row) = collected.rows.get(collecting.row) else { return };
    let inner = ui.max_rect().shrink2(vec2(EDGE, 14.0));
    let mut column = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("side"));
    scroll::down().id_salt("team side").auto_shrink(false).show(&mut column, |ui| {
        let here = collecting.boundaries_here();
        if let Some(one) = here.get(collecting.boundary) {
            boundary_ui(ui, (session, collecting), (row, one), (collecting.boundary + 1, here.len()), intents);
        }
        let is_boundary = |kind: Kind| matches!(kind, Kind::Boundaries | Kind::BoundariesTaken);
        let others: Vec<_> = row.differences.iter().filter(|one| !is_boundary(one.kind)).collect();
        let same: Vec<_> = collected
            .same_times
            .iter()
            .filter(|same| row.coder.as_ref().is_some_and(|coder| same.coders.contains(coder)))
            .collect();
        let n = others.len() + same.len();
        let head = if here.is_empty() { "What differs" } else { "The other differences" };
        ui.horizontal(|ui| {
            ui.label(fonts::INTERFACE_BOLD.rich(head, t.strong));
            ui.label(fonts::SMALL.rich(n.to_string(), t.weak));
        });
        if let Some(why) = &row.left_out {
            let names: Vec<String> = collecting.files.iter().map(|file| file.came.name.clone()).collect();
            ui.label(fonts::INTERFACE.rich(capital(&why.says(&names)), t.normal));
        }
        for one in others {
            ui.label(fonts::INTERFACE.rich(capital(&one.says()), t.normal));
            for line in one.field_lines() {
                ui.label(fonts::SMALL.rich(capital(&line), t.weak));
            }
            if matches!(one.kind, Kind::Codebook | Kind::Details) {
                ui.label(fonts::SMALL.rich("Not taken: the project\u{2019}s stays.", t.weak));
            }
            ui.add_space(6.0);
        }
        for same in same {
            let name = |idx: usize| same.coders.get(idx).and_then(|id| collected.after.coder(id)).map_or("", Coder::shown_name);
            let title = collected.after.article(&same.article).map_or("", |article| article.shown_title());
            ui.add_space(6.0);
            ui.label(fonts::INTERFACE_BOLD.rich(format!("Same times: {} and {}", name(0), name(1)), t.strong));
            let text = format!(
                "{} of {} in \u{201c}{title}\u{201d} were given in the same seconds. Copied work is not independent: look \
                 before you compare.",
                same.n,
                counted(same.of, "answer", "answers")
            );
            ui.label(fonts::INTERFACE.rich(text, t.normal));
        }
        if row.left_out.is_none() && n == 0 && here.is_empty() {
            ui.label(fonts::INTERFACE.rich("Nothing but answers.", t.normal));
        }
    });
}

fn boundary_ui(
    ui: &mut Ui,
    (session, collecting): (&Session, &Collecting),
    (row, one): (&Row, &Boundary),
    (number, of): (usize, usize),
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    ui.horizontal(|ui| {
        ui.label(fonts::INTERFACE_BOLD.rich(format!("Boundaries of {}", row.name), t.strong));
        ui.label(fonts::SMALL.rich(format!("{number} of {of}"), t.weak));
    });
    ui.label(
        fonts::SMALL
            .rich(format!("{} \u{b7} {}", one.title, counted(one.n, "sentence", "sentences")), t.weak),
    );
    let theirs = collecting.files.get(one.file).and_then(|file| file.came.project.as_ref().ok());
    let theirs = theirs.and_then(|project| project.article(&one.article));
    let ours = session.desk().and_then(|desk| desk.article(&one.article));
    if let Some((ours, theirs)) = ours.zip(theirs) {
        ui.add_space(10.0);
        ui.label(fonts::SMALL.rich("In the project", t.weak));
        sentences_ui(ui, ours, theirs);
        ui.add_space(10.0);
        ui.label(fonts::SMALL.rich(format!("In the file of {}", row.name), t.weak));
        sentences_ui(ui, theirs, ours);
        if let Some(words) = session.desk().and_then(|desk| others_here(desk.project(), row, ours, theirs)) {
            ui.add_space(10.0);
            ui.label(fonts::SMALL.rich(words, t.normal));
        }
    }
    let decided = collecting.boundaries.get(&(one.file, one.article.clone()));
    let says = match decided {
        None => "Undecided: the project\u{2019}s stay.",
        Some(false) => "Decided: the project\u{2019}s stay.",
        Some(true) => "Decided: theirs are taken, with everybody\u{2019}s answers following.",
    };
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 8.0) / 2.0;
        if Button::new("Keep the project\u{2019}s").key("M").width(width).show(ui).clicked() {
            intents.push(Intent::Run("collect-ours"));
        }
        if Button::new("Take theirs").key("T").width(width).show(ui).clicked() {
            intents.push(Intent::Run("collect-theirs"));
        }
    });
    ui.label(fonts::SMALL.rich(says, t.weak));
    if of > 1 && button::link(ui, &format!("Take all {of} of theirs"), None).clicked() {
        intents.push(Intent::Run("collect-all-theirs"));
    }
    ui.add_space(12.0);
}

/// Who else answered the sentences that would be others.
fn others_here(project: &Project, row: &Row, ours: &Article, theirs: &Article) -> Option<String> {
    let gone = || ours.sentences().iter().filter(|sentence| theirs.idx_of(sentence.span).is_none());
    let answered = |sheet: &&Arc<Sheet>| {
        row.coder.as_ref() != Some(&sheet.key.coder) && gone().any(|one| sheet.coding(one.span).is_some())
    };
    let sheets = project.sheets_for(&ours.id).filter(answered);
    let names: Vec<_> =
        sheets.filter_map(|sheet| project.coder(&sheet.key.coder)).map(Coder::shown_name).collect();
    let here = if gone().count() == 1 { "this sentence" } else { "these sentences" };
    (!names.is_empty()).then(|| {
        format!(
            "{} answered {here} too. With theirs, an answer follows where it still fits, and the rest stands under To check.",
            names.join(", ")
        )
    })
}

/// The sentences of one article that the other does not have, each on a tint of its own.
fn sentences_ui(ui: &mut Ui, article: &Article, other: &Article) {
    let t = theme::of(ui).tokens;
    let differing = article.sentences().iter().filter(|sentence| other.idx_of(sentence.span).is_none());
    for sentence in differing.take(MOST_SENTENCES) {
        let text = article.words_of(sentence);
        let fill: Color32 = t.current_unlabelled;
        let galley = fonts::LEAD.wrapped(ui.painter(), text, t.read, ui.available_width() - 8.0);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), galley.size().y + 4.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        ui.painter().rect_filled(rect, RADIUS_SMALL, fill);
        ui.painter().galley(rect.min + vec2(4.0, 2.0), galley, t.read);
    }
}

fn foot_ui(
    ui: &mut Ui,
    (session, collecting): (&Session, &Collecting),
    rect: Rect,
    split: f32,
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let mut foot = part(ui, rect, t.chrome, "What will happen");
    let ui = &mut foot;
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
    let n = collecting.n_taken();
    if let Some(collected) = collecting.collected() {
        let at = rect.min + vec2(EDGE, 24.0);
        let line = format!("{}: {}", counted(n, "file", "files"), collected.news.says(grouped));
        words(ui, at, split - EDGE, &line, fonts::INTERFACE_BOLD, t.strong);
        let n_left = collecting.files.len().saturating_sub(n);
        let left = match n_left {
            0 => "No file is left out.".to_owned(),
            1 => "1 file is left out.".to_owned(),
            n => format!("{n} files are left out."),
        };
        words(ui, at + vec2(0.0, 20.0), split - EDGE, &left, fonts::SMALL, t.weak);
        let safe =
            "Nobody\u{2019}s later answer is replaced by an earlier one. One undo takes all of it back.";
        words(ui, at + vec2(0.0, 38.0), split - EDGE, safe, fonts::SMALL, t.weak);
    }
    let refusal = session.desk().and_then(|desk| desk.closed_for_writing());
    let refusal = refusal.or_else(|| collecting.refusal());
    let label = format!("Take in {}", counted(n, "file", "files"));
    let width = rect.right() - split - 2.0 * EDGE;
    let button = Button::new(&label).primary().key("Ctrl Enter").width(width).disabled(refusal);
    let bar = Rect::from_min_max(pos2(split, rect.top() + 20.0), pos2(rect.right(), rect.top() + 60.0));
    if button.show_at(ui, at_right(bar, rect.right() - EDGE, width), Id::unique("take in")).clicked() {
        intents.push(Intent::Run("collect-take"));
    }
    let undecided = collecting.n_undecided();
    let says = match (refusal, undecided) {
        (Some(why), _) => capital(why),
        (None, 0) => String::new(),
        (None, n) => format!(
            "{} undecided: the project\u{2019}s stay.",
            counted(n, "article with boundaries", "articles with boundaries")
        ),
    };
    words(ui, pos2(split + EDGE, rect.top() + 76.0), rect.right() - EDGE, &says, fonts::SMALL, t.weak);
}
