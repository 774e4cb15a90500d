//! The status bar: how safe the work is, what just happened, where one is, who is at the keyboard.

use crate::session::Session;
use crate::session::command::Where;
use crate::session::desk::HowSafe;
use crate::session::intent::Intent;
use crate::session::job::{JobKind, Running};
use crate::session::notice::in_window;
use crate::session::watch::Watch;
use crate::shell::clock;
use crate::text::message;
use crate::ui::numbers::counted;
use crate::ui::parts::icons::Icon;
use crate::ui::parts::status::{self, Cell, Clicked, Tone};
use std::time::Duration;

pub fn status_ui(ui: &mut egui::Ui, session: &Session, intents: &mut Vec<Intent>) {
    let zoom = format!("{:.0} %", session.settings().zoom * 100.0);
    let asked = session.asked_for().map(|_| "A dialog for files is open".to_owned());
    let running = session.running().first();
    let stops = running.is_some_and(|running| running.kind == JobKind::Report);
    let running = running.map(how_far).or(asked);
    if stops {
        ui.request_repaint_after(Duration::from_millis(200));
    }
    let Some(desk) = session.desk() else {
        let offline = running.unwrap_or_else(|| "Works offline. Nothing leaves this computer.".to_owned());
        let left =
            [Cell { text: "No project open", ..Cell::default() }, Cell { text: &offline, ..Cell::default() }];
        let version = concat!("Allegata ", env!("CARGO_PKG_VERSION"));
        status::show(
            ui,
            &left,
            &[Cell { text: version, ..Cell::default() }, Cell { text: &zoom, ..Cell::default() }],
        );
        return;
    };
    let (icon, safe, tone) = how_safe(&desk.safety().how_safe());
    let name = if desk.is_untitled() { "untitled".to_owned() } else { desk.file_name() };
    let read_only = desk.read_only().map(|why| format!("Read only: {}", in_window(why)));
    let path = format!("{}\nClick to see where everything lies", desk.path().display());
    let safe = Cell {
        icon: Some(icon),
        text: &safe,
        more: &name,
        tone,
        tip: read_only.as_deref().unwrap_or(&path),
        clickable: true,
        live: false,
    };
    let happened = running.unwrap_or_else(|| session.notices().status_line().to_owned());
    let is_undone = session.undo_name_in_screen().is_some() || desk.history().undo_name().is_some();
    let can_undo = session.notices().can_undo() && is_undone;
    let (more, tip) = match (stops, can_undo) {
        (true, _) => ("Stop", "Stop the report; nothing of it is left"),
        (_, true) => ("Ctrl Z undoes it", ""),
        _ => ("", ""),
    };
    let happened = Cell { text: &happened, more, tip, clickable: stops, live: !stops, ..Cell::default() };
    // A screen is no place of an article.
    let whereabouts = session.whereabouts().filter(|_| session.view().screen.is_none());
    let place = whereabouts.map(|[number, of]| match of.strip_prefix("of ") {
        Some(_) => format!("{number} {of}"),
        None => format!("{number}, {of}"),
    });
    let in_review = session.place() == Where::Review;
    let n_compared = session.review_at().map_or(0, |at| session.columns(at.article).len());
    let place = match (in_review, n_compared) {
        (true, 0) => None,
        (true, n) => Some(format!("Comparing {}", counted(n, "coder", "coders"))),
        (false, _) => place,
    };
    let coder = match desk.coder_name() {
        Some(name) if in_review => format!("Reviewer {name}"),
        None if in_review && !desk.coder_is_nameless() => "Who is deciding?".to_owned(),
        Some(name) => format!("Coder {name}"),
        None if desk.coder_is_nameless() => "Coder: not named yet".to_owned(),
        None => "Who is coding?".to_owned(),
    };
    let chosen = match session.view().choice.n() {
        0 => None,
        n => Some(format!("{} chosen", counted(n, "article", "articles"))),
    };
    let chosen = chosen.filter(|_| !in_review && session.view().screen.is_none());
    let mut right = Vec::new();
    if let Some(chosen) = &chosen {
        let tip = "The menu Article is for all of them; Esc lets them go";
        right.push(Cell { text: chosen, tip, ..Cell::default() });
    }
    if let Some(place) = &place {
        right.push(Cell { text: place, ..Cell::default() });
    }
    right.push(Cell { text: &coder, clickable: true, tip: "Say who is at the keyboard", ..Cell::default() });
    right.push(Cell { text: &zoom, ..Cell::default() });
    let coder_at = right.len() - 2;
    match status::show(ui, &[safe, happened], &right) {
        Some(Clicked::Left(0)) => intents.push(Intent::Run("safety")),
        Some(Clicked::Left(_)) if stops => intents.push(Intent::Run("report-stop")),
        Some(Clicked::Right(at)) if at == coder_at => intents.push(Intent::Run("coder")),
        _ => {}
    }
}

/// What is done meanwhile, and how far it is: `Writing the report… 40 %`.
fn how_far(running: &Running) -> String {
    let says = running.watch.as_ref().map(Watch::says).unwrap_or_default();
    format!("{} {says}", running.name).trim_end().to_owned()
}

fn how_safe(safe: &HowSafe) -> (Icon, String, Tone) {
    match safe {
        HowSafe::Safe => (Icon::Tick, "Safe".to_owned(), Tone::Calm),
        HowSafe::Saved(at) => (Icon::Tick, format!("Saved {}", clock::clock_time(at.0)), Tone::Calm),
        HowSafe::Saving => (Icon::Half, "Saving\u{2026}".to_owned(), Tone::Calm),
        HowSafe::Writing => (Icon::Half, "Writing\u{2026}".to_owned(), Tone::Calm),
        HowSafe::NotSafe(why) => (Icon::Warning, format!("Not safe: {}", short(why)), Tone::Error),
    }
}

/// The first words of a message, without its hint and path: the notice has all of it.
fn short(why: &str) -> &str {
    let why = message::what(why);
    let end = why.find(" `").unwrap_or(why.len());
    why.get(..end).unwrap_or(why).trim_end_matches(':')
}
