//! File: projects and articles come and go.

use super::{ROW, can_change, is_open, short};
use crate::formats::datasets::asked::LayerAsked;
use crate::session::Session;
use crate::session::command::{Command, CommandId, Where};
use crate::session::filing::shown_name;
use crate::session::job::{Effect, Job, Question};
use crate::session::screens::Screen;
use crate::session::screens::merging::Source;
use crate::session::view::{Confirm, Over};

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "new",
        label: "New project",
        help: "Begin an empty project with one of the ready schemes; it gets its place on the disk with the first save.",
        keys: &["Ctrl+N"],
        run: |session, _| session.view.over = Some(Over::New),
        ..ROW
    },
    Command {
        id: "open",
        label: "Open project\u{2026}",
        help: "Open a project file; what a crash left comes back.",
        keys: &["Ctrl+O"],
        run: |session, effects| session.ask(Question::OpenProject, effects),
        ..ROW
    },
    Command {
        id: "sample",
        label: "Try the sample",
        help: "Open a copy of the sample project to practise on.",
        run: |session, effects| session.start(Job::Sample, effects),
        ..ROW
    },
    Command {
        id: "add",
        holds: Where::Annotate,
        label: "Add articles\u{2026}",
        help: "Take in texts, documents, pages, PDFs, tables, archives or exports of news databases as articles.",
        keys: &["Ctrl+I"],
        ready: can_add,
        run: |session, effects| {
            session.looks_first = false;
            session.ask(Question::AddArticles, effects);
        },
        begins_group: true,
        ..ROW
    },
    Command {
        id: "add-look",
        label: "Add articles, looked at first\u{2026}",
        help: "See what would come in before it does, also of plain articles without a doubt.",
        ready: can_add,
        run: Session::ask_to_look,
        ..ROW
    },
    Command {
        id: "paste",
        holds: Where::Annotate,
        label: "Paste an article\u{2026}",
        help: "Take in the text on the clipboard as an article, with title, outlet, date and address.",
        keys: &["Ctrl+Shift+V"],
        ready: can_add,
        run: |session, _| session.view.over = Some(Over::Paste(String::new())),
        ..ROW
    },
    Command {
        id: "add-folder",
        label: "Add a folder\u{2026}",
        help: "Take in every article of a folder and the folders in it.",
        ready: can_add,
        run: |session, effects| session.ask(Question::AddFolder, effects),
        ..ROW
    },
    Command {
        id: "import",
        label: "Import a dataset\u{2026}",
        help: "Take in labels made elsewhere: as answers in this project, or as a project of their own where none is open.",
        ready: can_add,
        run: |session, effects| session.open_importing(None, effects),
        ..ROW
    },
    Command {
        id: "save",
        label: "Save",
        help: "Write the project file.",
        keys: &["Ctrl+S"],
        ready: can_change,
        run: |session, effects| match session.desk() {
            Some(desk) if desk.is_untitled() => session.ask(Question::SaveAs, effects),
            _ => session.save(effects),
        },
        begins_group: true,
        ..ROW
    },
    Command {
        id: "save-as",
        label: "Save as\u{2026}",
        help: "Write the project to another file and go on there.",
        keys: &["Ctrl+Shift+S"],
        ready: is_open,
        run: |session, effects| session.ask(Question::SaveAs, effects),
        ..ROW
    },
    Command {
        id: "export",
        label: "Export\u{2026}",
        help: "Write the labels as a dataset for other programs, in the format that you choose.",
        keys: &["Ctrl+E"],
        ready: |session| {
            is_open(session)?;
            match &session.view().screen {
                Some(Screen::Export(_)) if session.export_under_way().is_some() => {
                    Err("an export is under way".to_owned())
                }
                Some(Screen::Export(exporting)) => exporting.refusal().map_or(Ok(()), Err),
                _ => Ok(()),
            }
        },
        // In its screen it writes.
        run: |session, effects| match &session.view.screen {
            Some(Screen::Export(_)) => session.write_export(effects),
            _ => session.open_exporting(LayerAsked::Usual),
        },
        ..ROW
    },
    Command {
        id: "export-again",
        label: "Export again",
        help: "Write the dataset that was last exported from this project once more, to the same place.",
        keys: &["Ctrl+Shift+E"],
        ready: |session| {
            is_open(session)?;
            session.export_again_refusal().map_or(Ok(()), |why| Err(why.to_owned()))
        },
        run: Session::export_again,
        says: Some(|session| {
            Some(format!("Export again to {}", short(&shown_name(&session.last_export()?.to))))
        }),
        ..ROW
    },
    Command {
        id: "own-browser",
        label: "Use Allegata\u{2019}s own browser",
        help: "Ask for a file without the desktop, where its dialog lies hidden or does not answer.",
        ready: is_asked,
        run: |session, _| session.ask_by_own(),
        ..ROW
    },
    Command {
        id: "handout",
        label: "Hand out\u{2026}",
        help: "Give each coder a file with the articles that are theirs.",
        ready: can_change,
        run: |session, _| session.open_hand_out(),
        begins_group: true,
        ..ROW
    },
    Command {
        id: "collect",
        label: "Collect\u{2026}",
        help: "Take in what coders did in the files that they send back.",
        ready: can_change,
        run: Session::open_collecting,
        ..ROW
    },
    Command {
        id: "merge",
        label: "Merge a copy\u{2026}",
        help: "Make one of this project and a copy of it that somebody worked on, and decide what both changed.",
        ready: can_change,
        run: |session, effects| session.open_merging(None, effects),
        ..ROW
    },
    Command {
        id: "merge-outside",
        label: "Merge with the file",
        help: "Make one of what is in this window and what another program wrote into the file meanwhile.",
        ready: |session| {
            can_change(session)?;
            let changed = session.desk().is_some_and(|desk| desk.safety.changed_outside);
            changed.then_some(()).ok_or_else(|| "no other program has written the file".to_owned())
        },
        run: |session, effects| {
            let path = session.desk().map(|desk| desk.path().to_owned());
            session.open_merging(path.map(Source::OnDisk), effects);
        },
        ..ROW
    },
    Command {
        id: "versions",
        begins_group: true,
        label: "Restore an earlier version\u{2026}",
        help: "List the backups of this project and open one as an untitled copy.",
        ready: is_open,
        run: |session, effects| session.start(Job::Versions, effects),
        ..ROW
    },
    Command {
        id: "reload",
        label: "Read the file again\u{2026}",
        help: "Forget what is only in this window and read the file as it is now.",
        ready: is_open,
        run: |session, _| session.view.over = Some(Over::Confirm(Confirm::Reload)),
        ..ROW
    },
    Command {
        id: "close",
        label: "Close project",
        help: "Save and go back to the welcome page.",
        keys: &["Ctrl+W"],
        ready: is_open,
        run: |session, effects| {
            if !session.asks_before("close") {
                session.leave(effects);
            }
        },
        begins_group: true,
        ..ROW
    },
    Command {
        id: "quit",
        label: "Quit",
        help: "Save and leave the program.",
        keys: &["Ctrl+Q"],
        run: Session::quit,
        ..ROW
    },
];

fn can_add(session: &Session) -> Result<(), String> {
    if session.desk().is_none() { Ok(()) } else { can_change(session) }
}

fn is_asked(session: &Session) -> Result<(), String> {
    session.asked_for().map(|_| ()).ok_or_else(|| "no dialog for files is open".to_owned())
}

impl Session {
    /// Leaves the program, unless work would be lost: then it asks.
    fn quit(&mut self, effects: &mut Vec<Effect>) {
        if self.asks_before("quit") {
            return;
        }
        self.leave(effects);
        effects.push(Effect::Quit);
    }

    /// Whether the person is asked first: once, while work is on no disk.
    fn asks_before(&mut self, command: CommandId) -> bool {
        let asked = Some(Over::Confirm(Confirm::CloseUnsafe(command)));
        let asks =
            self.desk.as_ref().is_some_and(|desk| desk.safety.is_stranded()) && self.view.over != asked;
        if asks {
            self.view.over = asked;
        }
        asks
    }
}
