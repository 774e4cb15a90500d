//! In the screens through which datasets and articles come in or go out: the keys that hold in them alone.

use super::{ROW, can_change, is_open};
use crate::session::Session;
use crate::session::command::{Command, Menu, Where};
use crate::session::job::Question;
use crate::session::screens::Screen;
use crate::session::view::Field;

const EXPORT: Command = Command { menu: Menu::Datasets, holds: Where::Export, ready: is_open, ..ROW };
const IMPORT: Command = Command { menu: Menu::Datasets, holds: Where::Import, ..ROW };

const ADD: Command = Command { menu: Menu::Datasets, holds: Where::Add, ..ROW };

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "add-take",
        label: "Import the articles",
        help: "Add articles: take in those that are ticked, as one step that undo takes back.",
        keys: &["Ctrl+Enter"],
        ready: |session| {
            can_change(session)?;
            let refusal = match &session.view().screen {
                Some(Screen::Add(adding)) => adding.refusal(),
                _ => None,
            };
            refusal.map_or(Ok(()), Err)
        },
        run: Session::take_adding,
        ..ADD
    },
    Command {
        id: "add-up",
        label: "Article above",
        help: "Add articles: to the article above.",
        keys: &["Up"],
        run: |session, _| session.step_adding(-1),
        repeats: true,
        ..ADD
    },
    Command {
        id: "add-down",
        label: "Article below",
        help: "Add articles: to the article below.",
        keys: &["Down"],
        run: |session, _| session.step_adding(1),
        repeats: true,
        ..ADD
    },
    Command {
        id: "add-tick",
        label: "Tick the article",
        help: "Add articles: whether the article in hand comes in.",
        keys: &["Space"],
        run: |session, _| session.tick_adding(),
        ..ADD
    },
    Command {
        id: "add-part",
        label: "Part the article into two",
        help: "Add articles: part the article in hand where a second headline stands; again puts it together.",
        keys: &["P"],
        run: |session, _| session.part_adding(),
        ..ADD
    },
    Command {
        id: "add-edit",
        label: "Mend title, outlet and date",
        help: "Add articles: type another title of the article in hand; Tab goes on to outlet and date.",
        keys: &["Enter"],
        run: |session, _| session.view.focus = Some(Field::AddTitle),
        ..ADD
    },
    Command {
        id: "add-files",
        label: "Choose other files\u{2026}",
        help: "Add articles: choose other files in the place of these.",
        keys: &["Ctrl+I"],
        run: Session::ask_to_look,
        ..ADD
    },
    Command {
        id: "export-up",
        label: "Format before",
        help: "Export: to the format before this one.",
        keys: &["Up"],
        run: |session, _| session.step_format(-1),
        repeats: true,
        ..EXPORT
    },
    Command {
        id: "export-down",
        label: "Format after",
        help: "Export: to the format after this one.",
        keys: &["Down"],
        run: |session, _| session.step_format(1),
        repeats: true,
        ..EXPORT
    },
    Command {
        id: "export-articles",
        label: "Choose the articles",
        help: "Export: type words, and only articles that fit go out.",
        keys: &["/"],
        run: |session, _| session.view.focus = Some(Field::Filter),
        ..EXPORT
    },
    Command {
        id: "export-where",
        label: "Where to\u{2026}",
        help: "Export: choose the file or the folder that is written.",
        keys: &["W"],
        run: Session::ask_where,
        ..EXPORT
    },
    Command {
        id: "export-splits",
        label: "Keep the splits in the project",
        help: "Export: place the articles in splits as it is shown; one that is placed never moves.",
        keys: &["K"],
        ready: |session| session.keep_splits_refusal().map_or(Ok(()), Err),
        run: Session::keep_splits,
        ..EXPORT
    },
    Command {
        id: "export-copy",
        label: "Copy as a command line",
        help: "Export: put the command line that does the same on the clipboard.",
        keys: &["C"],
        run: Session::copy_export,
        ..EXPORT
    },
    Command {
        id: "export-stop",
        label: "Stop the export",
        help: "Export: stop what is being written; nothing of it is left.",
        keys: &["X"],
        ready: |session| match session.export_under_way() {
            Some(_) => Ok(()),
            None => Err("no export is under way".to_owned()),
        },
        run: |session, _| session.stop_export(),
        ..EXPORT
    },
    Command {
        id: "export-show",
        label: "Show the folder",
        help: "Export: show the folder of what was exported last, in the desktop\u{2019}s own window.",
        keys: &["F"],
        ready: |session| match session.last_export() {
            Some(_) => Ok(()),
            None => Err("nothing was exported from this project yet".to_owned()),
        },
        run: Session::show_export,
        ..EXPORT
    },
    Command {
        id: "import-take",
        label: "Take in the dataset",
        help: "Import a dataset: take in what is shown, as one step that undo takes back.",
        keys: &["Ctrl+Enter"],
        ready: |session| {
            if session.desk().is_some() {
                can_change(session)?;
            }
            let refusal = match &session.view().screen {
                Some(Screen::Import(importing)) => importing.refusal(),
                _ => None,
            };
            refusal.map_or(Ok(()), Err)
        },
        run: Session::take_import,
        ..IMPORT
    },
    Command {
        id: "import-stop",
        label: "Stop the reading",
        help: "Import a dataset: stop reading the file; nothing comes in.",
        keys: &["X"],
        ready: |session| match &session.view().screen {
            Some(Screen::Import(importing)) if importing.reading().is_some() => Ok(()),
            _ => Err("no dataset is being read".to_owned()),
        },
        run: |session, _| session.stop_import(),
        ..IMPORT
    },
    Command {
        id: "import-file",
        label: "Choose a file\u{2026}",
        help: "Import a dataset: choose another file.",
        keys: &["Ctrl+I"],
        run: |session, effects| session.ask(Question::Dataset, effects),
        ..IMPORT
    },
    Command {
        id: "import-folder",
        label: "Choose a folder\u{2026}",
        help: "Import a dataset: choose a folder, as brat has them.",
        keys: &["F"],
        run: |session, effects| session.ask(Question::DatasetFolder, effects),
        ..IMPORT
    },
];
