//! Project: its title, who is at the keyboard, what came back, where everything lies.

use super::{ROW, can_change, is_open, short};
use crate::model::plan;
use crate::session::Session;
use crate::session::command::{Command, Menu};
use crate::session::job::Effect;
use crate::session::mending::Mending;
use crate::session::notice::{Notice, Tone};
use crate::session::view::{Field, Over};

const HERE: Command = Command { menu: Menu::Project, ready: is_open, ..ROW };

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "coder",
        label: "Coder\u{2026}",
        help: "Say who is at the keyboard; everybody has their own answers.",
        ready: can_change,
        run: |session, _| session.view.over = Some(Over::Coder),
        ..HERE
    },
    Command {
        id: "name",
        label: "Coder's name\u{2026}",
        help: "Give the coder at the keyboard a name, or another one.",
        ready: |session| {
            can_change(session)?;
            let coder = session.desk().and_then(|desk| desk.coder());
            coder.map(|_| ()).ok_or_else(|| "nobody is at the keyboard yet".to_owned())
        },
        run: |session, _| {
            session.view.names_coder = true;
            session.view.focus = Some(Field::Name);
        },
        ..HERE
    },
    Command {
        id: "coders",
        label: "Coders\u{2026}",
        help: "Rename a coder, make one a reviewer who decides and does not label, or take one out with all answers.",
        ready: |session| {
            can_change(session)?;
            let any = session.desk().is_some_and(|desk| desk.project().n_coders() > 0);
            any.then_some(()).ok_or_else(|| "nobody has labelled here yet".to_owned())
        },
        run: |session, _| session.view.over = Some(Over::Coders),
        ..HERE
    },
    Command {
        id: "rename",
        label: "Rename project\u{2026}",
        help: "Give the project another title; its file keeps its name.",
        ready: can_change,
        run: |session, _| session.view.over = Some(Over::Rename),
        ..HERE
    },
    Command {
        id: "scheme",
        label: "Scheme\u{2026}",
        help: "The labels with their codebook: add, rename, recolour, define, merge and retire them.",
        run: |session, _| session.open_scheme(),
        ..HERE
    },
    Command {
        id: "details",
        label: "Details of this article\u{2026}",
        help: "Mend title, outlet, date, language and the rest, for this article or all in the list.",
        ready: can_change_article,
        run: |session, _| session.view.over = Some(Over::Details),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "resplit",
        label: "Split this article again\u{2026}",
        help: "Divide the article into sentences again, by another language or after other abbreviations; old and new are shown first.",
        ready: can_change_article,
        run: |session, _| session.view.over = Some(Over::Resplit),
        ..HERE
    },
    Command {
        id: "aside-article",
        label: "Set this article aside\u{2026}",
        help: "Ask for no answer in this article, and say why; or bring it back with its answers.",
        ready: can_change_article,
        run: |session, effects| match session
            .article()
            .map(|article| (article.aside.is_some(), article.id.clone()))
        {
            Some((true, id)) => session.mend(Mending::Aside(vec![id], None), effects),
            _ => session.view.over = Some(Over::AsideReason),
        },
        says: Some(|session| {
            session.article()?.aside.as_ref()?;
            Some("Bring this article back".to_owned())
        }),
        ..HERE
    },
    Command {
        id: "aside",
        label: "Set aside\u{2026}",
        help: "List the articles and sentences that are set aside, and bring them back.",
        run: |session, _| session.view.over = Some(Over::Aside),
        ..HERE
    },
    Command {
        id: "remove-article",
        label: "Remove this article",
        help: "Take the article out of the project, with every answer to it; undo brings it back.",
        ready: can_change_article,
        run: Session::remove_article,
        ..HERE
    },
    Command {
        id: "safety",
        label: "Where everything lies",
        help: "Show the project file, the journal and the backups, each with its folder.",
        run: |session, _| session.view.over = Some(Over::Safety),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "recovered",
        label: "What was recovered",
        help: "List what came back from the journal when the project was opened.",
        ready: |session| {
            is_open(session)?;
            let recovered = session.desk().is_some_and(|desk| !desk.recovered().is_empty());
            recovered.then_some(()).ok_or_else(|| "nothing had to be recovered".to_owned())
        },
        run: |session, _| session.view.over = Some(Over::Recovered),
        ..HERE
    },
    Command {
        id: "mends",
        label: "What was mended",
        help: "List what was wrong in the file and how it was mended.",
        ready: has_mends,
        run: |session, _| session.view.over = Some(Over::Mends),
        ..HERE
    },
    Command {
        id: "accept-mends",
        label: "Accept what was mended",
        help: "Go on with the file as it was mended; the next save writes it.",
        ready: has_mends,
        run: |session, effects| {
            if let Some(desk) = &mut session.desk {
                desk.mends.clear();
            }
            session.view.over = None;
            session.notices.status("Mended");
            session.save(effects);
        },
        ..HERE
    },
];

fn can_change_article(session: &Session) -> Result<(), String> {
    can_change(session)?;
    session.article().map(|_| ()).ok_or_else(|| "no article is shown".to_owned())
}

fn has_mends(session: &Session) -> Result<(), String> {
    is_open(session)?;
    let mended = session.desk().is_some_and(|desk| !desk.mends().is_empty());
    mended.then_some(()).ok_or_else(|| "nothing waits to be accepted".to_owned())
}

impl Session {
    fn remove_article(&mut self, effects: &mut Vec<Effect>) {
        let Some((desk, article)) = self.desk().zip(self.article()) else { return };
        let title = article.shown_title().to_owned();
        let Some(action) = plan::remove_article(desk.project(), &article.id) else { return };
        let neighbour = self.derived.place(&article.id).and_then(|place| {
            let other = self.derived.listed(place + 1).or_else(|| self.derived.listed(place.checked_sub(1)?));
            other.map(|entry| entry.article.id.clone())
        });
        let n: usize = desk.project().sheets_for(&article.id).map(|sheet| sheet.n_answered()).sum();
        if !self.act(&format!("remove article: {title}"), action, effects) {
            return;
        }
        let mut text = format!("Removed \u{201c}{}\u{201d}", short(&title));
        match n {
            0 => {}
            1 => text.push_str(", 1 answer"),
            n => text = format!("{text}, {n} answers"),
        }
        self.notices.changed(text.clone());
        self.tell(Notice::new(Tone::News, "", text).offering("Undo", "undo").until_changed());
        if self.article().is_none() {
            self.view.article = None;
            if let Some(neighbour) = neighbour {
                self.go(&neighbour, None);
            }
        }
    }
}
