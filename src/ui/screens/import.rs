//! *Import a dataset*: whose answers they are and what its labels mean here, what would come in, and the button.

mod account;

use super::{Rooms, at_right, header_with, paragraph, part, words};
use crate::analysis::incoming::looking::Has;
use crate::formats::datasets::incoming::READERS;
use crate::model::project::Project;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::notice::in_window;
use crate::session::screens::ScreenLook;
use crate::session::screens::importing::{Form, ImportLook, Importing, Looked, Means, Whose};
use crate::session::view::Look;
use crate::text::message::{Message, capital};
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::{frame, menu, scroll, tabs};
use crate::ui::theme::{self, STROKE};
use egui::{Id, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use std::time::Duration;

const LEFT: f32 = 344.0;
const LEFT_NARROW: f32 = 280.0;
const NARROW: f32 = 1_000.0;
const EDGE: f32 = 16.0;
const PAPER_EDGE: f32 = 24.0;
/// How often the window looks how far the reading is.
const LOOK_EVERY: Duration = Duration::from_millis(100);

pub(super) fn import_ui(
    ui: &mut Ui,
    (session, importing): (&Session, &Importing),
    rooms: Rooms,
    intents: &mut Vec<Intent>,
) {
    let about = importing.path().map_or_else(|| "labels made elsewhere".to_owned(), shown_name);
    let buttons = [("Choose a file\u{2026}", "import-file"), ("Choose a folder\u{2026}", "import-folder")];
    let way_out = Button::new("Cancel").key("Esc");
    header_with(ui, rooms.header, ("Import a dataset", &about), (&way_out, &buttons), intents);
    let t = theme::of(ui).tokens;
    let width = if rooms.middle.width() < NARROW { LEFT_NARROW } else { LEFT };
    let left = rooms.middle.with_max_x(rooms.middle.left() + width);
    let right = rooms.middle.with_min_x(left.right());
    let mut panel = part(ui, left, t.chrome, "Whose and which labels");
    let mut form = importing.form().clone();
    let mut column =
        panel.new_child(UiBuilder::new().max_rect(left.shrink2(vec2(EDGE, 0.0))).id_salt("import form"));
    scroll::down().id_salt("import form").auto_shrink(false).show(&mut column, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
        ui.add_space(8.0);
        form_ui(ui, (session, importing), &mut form, width - 2.0 * EDGE);
        ui.add_space(12.0);
    });
    let mut paper = part(ui, right, t.paper, "What would come in");
    paper_ui(&mut paper, (session, importing), right);
    ui.painter().vline(left.right(), rooms.middle.y_range(), Stroke::new(STROKE, t.border));
    foot_ui(ui, (session, importing), rooms.foot, intents);
    if form != *importing.form() {
        intents.push(Intent::Look(Look::Screen(ScreenLook::Import(ImportLook::Form(Box::new(form))))));
    }
}

fn caption(ui: &mut Ui, text: &str) {
    ui.add_space(8.0);
    let t = theme::of(ui).tokens;
    ui.label(fonts::SMALL.rich(text, t.weak));
}

/// The project that answers come into.
fn into<'a>(session: &'a Session, looked: Option<&'a Looked>) -> Option<&'a Project> {
    session.desk().map(Desk::project).or_else(|| looked?.read.made.as_ref())
}

fn form_ui(ui: &mut Ui, (session, importing): (&Session, &Importing), form: &mut Form, width: f32) {
    let looked = importing.found();
    caption(ui, "Format");
    let names: Vec<String> = READERS.iter().map(|reader| format!("{}: {}", reader.id, reader.says)).collect();
    let mut options: Vec<&str> = vec!["As the file says"];
    options.extend(names.iter().map(String::as_str));
    let chosen = match (form.from, looked) {
        (Some(from), _) => from.to_owned(),
        (None, Some(looked)) => format!("As the file says: {}", looked.read.from),
        (None, None) => "As the file says".to_owned(),
    };
    if let Some(idx) = menu::drop_down(ui, ("Format", &chosen), width, &options) {
        form.from = idx.checked_sub(1).and_then(|idx| READERS.get(idx)).map(|reader| reader.id);
    }
    let (Some(looked), Some(project)) = (looked, into(session, looked)) else { return };
    whose_ui(ui, (project, &looked.has), form, width);
    labels_ui(ui, (project, &looked.has), form, width);
    let n = looked.taken.as_ref().map_or(0, |taken| taken.differs.len());
    if n > 0 || form.overwrites {
        let says = counted(n, "answer that is here says", "answers that are here say");
        caption(ui, &format!("{says} something else"));
        let names = ["Keep what is here", "Take the dataset\u{2019}s"];
        if let Some(chosen) = tabs::choices(ui, &names, usize::from(form.overwrites), width) {
            form.overwrites = chosen == 1;
        }
    }
}

fn whose_ui(ui: &mut Ui, (project, has): (&Project, &Has), form: &mut Form, width: f32) {
    let t = theme::of(ui).tokens;
    caption(ui, "Whose answers");
    let named = match has.coders.as_slice() {
        [] => "Nobody is named in the dataset".to_owned(),
        [(one, _)] => format!("As the dataset says: {one}"),
        many => format!("As the dataset says: {} coders", many.len()),
    };
    let coders: Vec<_> = project.coders().filter(|coder| !coder.is_reviewer()).collect();
    let mut options = vec![named.as_str()];
    options.extend(coders.iter().map(|coder| coder.shown_name()));
    options.push("Somebody new");
    let chosen = match &form.whose {
        Whose::Named => None,
        Whose::Known(id) => {
            Some(project.coder(id).map_or(id.to_string(), |coder| coder.shown_name().to_owned()))
        }
        Whose::New(_) => Some("Somebody new".to_owned()),
    };
    let chosen = chosen.as_deref().unwrap_or(&named);
    if let Some(idx) = menu::drop_down(ui, ("Whose answers", chosen), width, &options) {
        form.whose = match idx {
            0 => Whose::Named,
            idx => coders
                .get(idx - 1)
                .map_or_else(|| Whose::New(String::new()), |coder| Whose::Known(coder.id.clone())),
        };
    }
    if let Whose::New(name) = &mut form.whose {
        ui.add_space(4.0);
        Field::new(Id::unique("import coder"), "Name of the new coder", name)
            .hint("Name of the new coder")
            .width(width)
            .show(ui);
    }
    if has.coders.len() > 1 && form.whose == Whose::Named {
        let all: Vec<_> = has.coders.iter().map(|(name, n)| format!("{name} {}", grouped(*n))).collect();
        ui.label(fonts::SMALL.rich(all.join(", "), t.weak));
    }
}

/// The labels that the scheme does not have, each with what it is here.
fn labels_ui(ui: &mut Ui, (project, has): (&Project, &Has), form: &mut Form, width: f32) {
    if has.unknown.is_empty() {
        return;
    }
    let t = theme::of(ui).tokens;
    caption(ui, "Labels that this scheme does not have");
    let labels: Vec<_> = project.scheme().current().collect();
    let heads: Vec<String> = labels.iter().map(|label| format!("is {}", label.name.to_lowercase())).collect();
    let mut options = vec!["is a new label", "is left out"];
    options.extend(heads.iter().map(String::as_str));
    for (word, n) in &has.unknown {
        let chosen = match form.means.get(word) {
            None | Some(Means::Added) => "is a new label".to_owned(),
            Some(Means::Skipped) => "is left out".to_owned(),
            Some(Means::Label(id)) => {
                let label = project.scheme().label(id);
                format!("is {}", label.map_or(id.to_string(), |label| label.name.to_lowercase()))
            }
        };
        ui.horizontal(|ui| {
            let room = (width * 0.46).floor();
            let (rect, _) = ui.allocate_exact_size(vec2(room - 8.0, theme::CONTROL_HEIGHT), Sense::hover());
            let says = format!("{word}  {}", grouped(*n));
            words(ui, rect.left_center(), rect.right(), &says, fonts::INTERFACE, t.strong);
            let name = format!("What {word} is here");
            ui.push_id(word, |ui| {
                if let Some(idx) = menu::drop_down(ui, (&name, &chosen), width - room, &options) {
                    let means = match idx {
                        0 => Means::Added,
                        1 => Means::Skipped,
                        idx => match labels.get(idx - 2) {
                            Some(label) => Means::Label(label.id.clone()),
                            None => Means::Added,
                        },
                    };
                    form.means.insert(word.clone(), means);
                }
            });
        });
    }
}

fn paper_ui(ui: &mut Ui, (session, importing): (&Session, &Importing), place: Rect) {
    let t = theme::of(ui).tokens;
    let inner = place.shrink2(vec2(PAPER_EDGE, 16.0));
    let says = |ui: &Ui, head: &str, more: &str| {
        let below = paragraph(ui, inner.min, inner.width(), head, fonts::INTERFACE_BOLD, t.strong);
        paragraph(ui, pos2(inner.left(), below + 4.0), inner.width(), more, fonts::INTERFACE, t.normal);
    };
    match importing.looked() {
        _ if importing.path().is_none() => says(
            ui,
            "Drop a dataset here",
            "or choose its file, or its folder where it is one of brat. Nothing comes in before you have seen what.",
        ),
        None => says(ui, "Reading the dataset\u{2026}", ""),
        Some(Err(why)) => {
            let head = in_window(&Message::of(why).what);
            let whole = in_window(why);
            let more = whole.strip_prefix(&head).unwrap_or_default().trim_start_matches(['.', ' ']);
            says(ui, &capital(&head), more);
        }
        Some(Ok(looked)) => match &looked.taken {
            Err(why) => {
                let what = in_window(&Message::of(why).what);
                says(ui, &capital(&what), "Say it at the left; the dataset is read.");
            }
            Ok(taken) => {
                if let Some(project) = into(session, Some(looked)) {
                    account::account_ui(ui, (project, looked, taken), importing, inner);
                }
            }
        },
    }
}

fn foot_ui(ui: &mut Ui, (session, importing): (&Session, &Importing), rect: Rect, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    let mut foot = part(ui, rect, t.chrome, "What will happen");
    let ui = &mut foot;
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
    let n = importing.taken().map_or(0, |taken| taken.n_new);
    let closed = session.desk().and_then(|desk| desk.closed_for_writing()).map(str::to_owned);
    let refusal = closed.or_else(|| importing.refusal());
    let makes = importing.found().is_some_and(|looked| looked.read.made.is_some());
    let label = if makes {
        "Make a project of it".to_owned()
    } else {
        format!("Take in {}", counted(n, "answer", "answers"))
    };
    let reading = importing.reading();
    let (button, command) = match reading {
        Some(_) => (Button::new("Stop").key("X"), "import-stop"),
        None => (Button::new(&label).primary().key("Ctrl Enter").disabled(refusal.as_deref()), "import-take"),
    };
    let width = button.natural_width(ui.painter());
    let bar = Rect::from_min_max(pos2(rect.left(), rect.top() + 16.0), pos2(rect.right(), rect.top() + 62.0));
    let at = at_right(bar, rect.right() - PAPER_EDGE, width);
    if button.show_at(ui, at, Id::unique(("import button", command))).clicked() {
        intents.push(Intent::Run(command));
    }
    let left = pos2(rect.left() + EDGE, bar.center().y);
    let goes = match (importing.taken(), makes) {
        (None, _) => String::new(),
        (Some(_), true) => format!("An untitled project is made, with {}.", counted(n, "answer", "answers")),
        (Some(_), false) => {
            let title = session.desk().map(|desk| desk.project().title().to_owned()).unwrap_or_default();
            format!("{} into {title}, as one step that undo takes back.", counted(n, "answer", "answers"))
        }
    };
    let goes = match reading {
        Some(watch) => {
            ui.ctx().request_repaint_after(LOOK_EVERY);
            let says = watch.says_rows();
            if says.is_empty() { "Reading\u{2026}".to_owned() } else { format!("{says}\u{2026}") }
        }
        None if importing.is_reading() => "Counting\u{2026}".to_owned(),
        None => goes,
    };
    words(ui, left, at.left() - 12.0, &goes, fonts::INTERFACE, t.normal);
    if let Some(why) = refusal.filter(|_| reading.is_none()) {
        let says = format!("{}.", capital(&in_window(&why)));
        let room = frame::text_width(ui.painter(), &says, fonts::SMALL).min(rect.width() - 2.0 * EDGE);
        let at = pos2(rect.right() - PAPER_EDGE - room, rect.top() + 80.0);
        words(ui, at, rect.right() - PAPER_EDGE + 1.0, &says, fonts::SMALL, t.weak);
    }
}
