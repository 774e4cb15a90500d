//! Review: files to compare, decisions, what is looked at.

use super::{ROW, can_change, is_open};
use crate::analysis::compare::Kind;
use crate::formats::datasets::asked::LayerAsked;
use crate::session::Session;
use crate::session::command::{Command, Menu, Where};
use crate::session::job::{Effect, Question};
use crate::session::review::{Chosen, ReviewLook};
use crate::session::view::{Field, Over, Place};

const HERE: Command = Command { menu: Menu::Review, holds: Where::Review, ready: can_review, ..ROW };
const DECIDES: Command = Command { ready: can_decide, ..HERE };

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "compare-files",
        label: "Compare files\u{2026}",
        help: "Put several people\u{2019}s files together as an untitled project, and show where they differ; the files stay as they are.",
        run: |session, effects| session.ask(Question::CompareFiles, effects),
        menu: Menu::Review,
        ..ROW
    },
    Command {
        id: "compare-choose",
        label: "What the files say differently\u{2026}",
        help: "Choose what is taken where the files have other codebooks, or answers of one person that differ.",
        ready: |session| {
            let has = session.review().came().is_some_and(|came| came.has_choices());
            if has { Ok(()) } else { Err("no files were compared that need it".to_owned()) }
        },
        run: |session, _| session.open_comparing(),
        menu: Menu::Review,
        ..ROW
    },
    Command {
        id: "over-mine",
        label: "A colleague\u{2019}s file over mine\u{2026}",
        help: "Show where a colleague\u{2019}s answers differ from those here, and decide; nobody\u{2019}s answer changes.",
        ready: is_open,
        run: |session, effects| session.ask(Question::OverMine, effects),
        menu: Menu::Review,
        ..ROW
    },
    Command {
        id: "draw",
        label: "Reliability sample\u{2026}",
        help: "Draw the articles that several people read, and say how many an interval of agreement needs.",
        ready: |session| {
            can_change(session)?;
            let any = session.desk().is_some_and(|desk| desk.project().n_articles() > 0);
            any.then_some(()).ok_or_else(|| "there is no article yet".to_owned())
        },
        run: |session, _| session.view.over = Some(Over::Draw),
        menu: Menu::Review,
        ..ROW
    },
    Command {
        id: "over-away",
        label: "Put the colleague\u{2019}s file away",
        help: "Compare this project with itself again.",
        ready: is_over,
        run: |session, _| session.put_over_away(),
        ..HERE
    },
    Command {
        id: "theirs",
        label: "Decide theirs",
        help: "Decide what the colleague said whose file lies over this project.",
        keys: &["T"],
        ready: is_over,
        run: |session, effects| session.decide_side(true, effects),
        begins_group: true,
        ..DECIDES
    },
    Command {
        id: "mine",
        label: "Decide mine",
        help: "Decide what is said in this project.",
        keys: &["M"],
        ready: is_over,
        run: |session, effects| session.decide_side(false, effects),
        ..DECIDES
    },
    Command {
        id: "decide-majority",
        label: "Decide as most say",
        help: "Decide what more than half of those who answered said; with several labels a sentence, decide the labels chosen.",
        keys: &["Enter", "Space"],
        run: Session::decide_chosen,
        begins_group: true,
        ..DECIDES
    },
    Command {
        id: "decide-none",
        label: "Decide none of these",
        help: "Decide that no label fits, and go on.",
        keys: &["0"],
        run: |session, effects| {
            if let Some((article, span)) = session.current_span() {
                session.decide(&article, span, vec![], effects);
            }
        },
        ..DECIDES
    },
    Command {
        id: "leave-open",
        label: "Leave open",
        help: "Go on without a decision.",
        keys: &["N"],
        run: |session, _| session.go_on_in_review(),
        ..HERE
    },
    Command {
        id: "next-disagreement",
        label: "Next disagreement",
        help: "Go to the next sentence where coders differ and nothing is decided, on into the next articles.",
        keys: &["Shift+D"],
        run: |session, _| {
            if !session.step_review(Kind::Undecided, true) {
                session.notices.status("Every disagreement is decided");
            }
        },
        repeats: true,
        ..HERE
    },
    Command {
        id: "reopen",
        label: "Open the last decision again",
        help: "Take back the last decision and go to its sentence.",
        keys: &["Backspace"],
        run: Session::reopen_last,
        ..DECIDES
    },
    Command {
        id: "reason",
        label: "Reason",
        help: "Write why it is decided so; Esc goes back.",
        keys: &["C"],
        run: |session, _| session.view.focus = Some(Field::Reason),
        ..DECIDES
    },
    Command {
        id: "comment",
        label: "Comment\u{2026}",
        help: "Read and write what is said about the sentence for everybody.",
        keys: &["Shift+C"],
        run: |session, _| {
            session.view.over = Some(Over::Comments);
            session.view.focus = Some(Field::Comment);
        },
        ..DECIDES
    },
    Command {
        id: "take-all",
        label: "Take all\u{2026}",
        help: "Decide many sentences at once: what all said, what most said, or what one coder said.",
        run: |session, _| session.view.over = Some(Over::TakeAll),
        ..DECIDES
    },
    Command {
        id: "agreement",
        label: "Agreement",
        help: "Show how far coders agree: figures with their intervals, by label and by pair, and the sentences behind them.",
        keys: &["G"],
        run: |session, _| session.open_agreement(),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "report",
        label: "Report\u{2026}",
        help: "Write what a methods section says of reliability: figures, codebook, coders, and how it is made again.",
        ready: can_report,
        run: |session, _| session.view.over = Some(Over::Report),
        menu: Menu::Review,
        ..ROW
    },
    Command {
        id: "report-stop",
        label: "Stop the report",
        help: "Stop the report that is being written; nothing of it is left.",
        ready: |session| match session.report_under_way() {
            Some(_) => Ok(()),
            None => Err("no report is being written".to_owned()),
        },
        run: |session, _| session.stop_report(),
        menu: Menu::Review,
        ..ROW
    },
    Command {
        id: "agreement-csv",
        label: "Figures as CSV\u{2026}",
        help: "Agreement: write every figure that is shown as a table, with its interval and all its digits.",
        holds: Where::Agreement,
        ready: has_figures,
        run: |session, effects| session.ask(Question::Figures, effects),
        ..HERE
    },
    Command {
        id: "agreement-svg",
        label: "Chart as SVG\u{2026}",
        help: "Agreement: write a chart as a picture for print, 90 or 190 mm wide.",
        holds: Where::Agreement,
        ready: has_figures,
        run: |session, _| session.view.over = Some(Over::Chart),
        ..HERE
    },
    Command {
        id: "leave-cell",
        label: "List all disagreements again",
        help: "Leave the sentences of one cell of agreement.",
        ready: |session| {
            can_review(session)?;
            let is_cell = session.review().chosen().cell;
            if is_cell { Ok(()) } else { Err("the list is no cell of agreement".to_owned()) }
        },
        run: |session, _| session.leave_cell(),
        ..HERE
    },
    Command {
        id: "review-articles",
        label: "Articles that are compared\u{2026}",
        help: "Show how far each article is decided, and go to one of them.",
        run: |session, _| session.view.over = Some(Over::Compared),
        ..HERE
    },
    Command {
        id: "queue-next",
        label: "Next in the list",
        help: "Review: to the next sentence of the list.",
        keys: &["Down", "J"],
        run: |session, _| session.step_queue(1),
        begins_group: true,
        repeats: true,
        ..HERE
    },
    Command {
        id: "queue-previous",
        label: "Previous in the list",
        help: "Review: to the sentence before it in the list.",
        keys: &["Up", "K"],
        run: |session, _| session.step_queue(-1),
        repeats: true,
        ..HERE
    },
    Command {
        id: "review-next-article",
        label: "Next article",
        help: "Review: to the next article that is compared.",
        keys: &["Right", "]"],
        run: |session, _| session.step_review_article(1),
        repeats: true,
        ..HERE
    },
    Command {
        id: "review-previous-article",
        label: "Previous article",
        help: "Review: to the article before it.",
        keys: &["Left", "["],
        run: |session, _| session.step_review_article(-1),
        repeats: true,
        ..HERE
    },
    Command {
        id: "hide-names",
        label: "Hide names",
        help: "Show coders as numbers, shuffled in each article; or show who they are.",
        keys: &["H"],
        run: |session, _| session.hide_names(),
        says: Some(|session| Some(session.hide_names_says().to_owned())),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "hide-agreed",
        label: "Hide what all agree on",
        help: "Leave sentences out of the reader to which all said the same; or show them again.",
        run: |session, effects| choose(session, effects, |chosen| chosen.hides_agreed = !chosen.hides_agreed),
        says: Some(|session| {
            session.review().chosen().hides_agreed.then(|| "Show what all agree on".to_owned())
        }),
        ..HERE
    },
    Command {
        id: "everywhere",
        label: "List all articles",
        help: "List the sentences of all articles, those first whose answers are most apart; or of the article shown.",
        run: |session, effects| choose(session, effects, |chosen| chosen.everywhere = !chosen.everywhere),
        says: Some(|session| {
            session.review().chosen().everywhere.then(|| "List this article alone".to_owned())
        }),
        ..HERE
    },
    Command {
        id: "copy-summary",
        label: "Copy a summary",
        help: "Put what differs and what was decided on the clipboard, as Markdown to send back.",
        run: |session, effects| {
            if let Some(text) = session.summary() {
                effects.push(Effect::Copy(text));
                session.notices.status("The summary is on the clipboard");
            }
        },
        begins_group: true,
        ..HERE
    },
    Command {
        id: "save-summary",
        label: "Save a summary\u{2026}",
        help: "Write what differs and what was decided into a Markdown file to send back.",
        run: |session, effects| session.ask(Question::Summary, effects),
        ..HERE
    },
    Command {
        id: "export-gold",
        label: "Export gold\u{2026}",
        help: "Write the gold layer: what was decided, else what all said, else what the only one said.",
        ready: is_open,
        run: |session, _| session.open_exporting(LayerAsked::Gold),
        menu: Menu::Review,
        ..ROW
    },
];

fn choose(session: &mut Session, effects: &mut Vec<Effect>, change: fn(&mut Chosen)) {
    let mut chosen = session.review().chosen().clone();
    change(&mut chosen);
    session.look_at_review(ReviewLook::Chosen(chosen), effects);
}

fn can_review(session: &Session) -> Result<(), String> {
    is_open(session)?;
    match session.review().comparison() {
        None => Err("it is still being compared".to_owned()),
        Some(comparison) if comparison.units.articles.is_empty() => {
            Err("nobody answered anything yet".to_owned())
        }
        Some(_) => Ok(()),
    }
}

fn can_report(session: &Session) -> Result<(), String> {
    is_open(session)?;
    if session.review().over().is_some() {
        return Err("a colleague\u{2019}s file lies over this project: put it away first".to_owned());
    }
    Ok(())
}

fn has_figures(session: &Session) -> Result<(), String> {
    is_open(session)?;
    let agreement = session.review().agreement();
    match agreement.figures() {
        Some(_) if agreement.is_counting() => Err("the figures are being worked out".to_owned()),
        Some(figures) if figures.worked.panel.counts.n_pairable == 0 => {
            Err("no sentence was answered by two".to_owned())
        }
        Some(_) => Ok(()),
        None => Err("there are no figures yet".to_owned()),
    }
}

fn is_over(session: &Session) -> Result<(), String> {
    can_review(session)?;
    session
        .review()
        .over()
        .map(|_| ())
        .ok_or_else(|| "no colleague\u{2019}s file lies over this project".to_owned())
}

fn can_decide(session: &Session) -> Result<(), String> {
    can_review(session)?;
    can_change(session)?;
    session.review_at().map(|_| ()).ok_or_else(|| "no answer is asked for here".to_owned())
}

/// Shows a place.
pub(super) fn to(session: &mut Session, place: Place, _: &mut Vec<Effect>) {
    session.show_place(place);
}
