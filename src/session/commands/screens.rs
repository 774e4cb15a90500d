//! In a screen: the keys that hold in it alone.

use super::{ROW, can_change, is_open};
use crate::analysis::agreement::of_project::Missing;
use crate::analysis::merge::deciding::Side;
use crate::session::Session;
use crate::session::command::{Command, Menu, Where};
use crate::session::job::Question;
use crate::session::screens::Screen;
use crate::session::screens::collecting::Deciding;
use crate::session::screens::scheming::Text;
use crate::session::view::Field;

const HAND_OUT: Command = Command { menu: Menu::Screen, holds: Where::HandOut, ..ROW };
const MERGE: Command = Command { menu: Menu::Screen, holds: Where::Merge, ..ROW };
const SCHEME: Command = Command { menu: Menu::Screen, holds: Where::Scheme, ready: can_change, ..ROW };
const COMPARE: Command = Command { menu: Menu::Screen, holds: Where::Compare, ..ROW };
const AGREEMENT: Command = Command { menu: Menu::Screen, holds: Where::Agreement, ready: is_open, ..ROW };
const COLLECT: Command = Command { menu: Menu::Screen, holds: Where::Collect, ..ROW };

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "agreement-sentences",
        label: "Sentences of the cell",
        help: "Agreement: list the sentences that the two coders answered so, and decide them; Esc comes back.",
        keys: &["Enter", "Space"],
        run: |session, _| session.queue_of_cell(None),
        ..AGREEMENT
    },
    Command {
        id: "agreement-left",
        label: "Cell to the left",
        help: "Agreement: to the cell left of this one, in the matrix of the pair.",
        keys: &["Left"],
        run: |session, _| session.go_in_agreement(0, -1),
        repeats: true,
        ..AGREEMENT
    },
    Command {
        id: "agreement-right",
        label: "Cell to the right",
        help: "Agreement: to the cell right of this one, in the matrix of the pair.",
        keys: &["Right"],
        run: |session, _| session.go_in_agreement(0, 1),
        repeats: true,
        ..AGREEMENT
    },
    Command {
        id: "agreement-up",
        label: "Cell above",
        help: "Agreement: to the cell above this one, in the matrix of the pair.",
        keys: &["Up"],
        run: |session, _| session.go_in_agreement(-1, 0),
        repeats: true,
        ..AGREEMENT
    },
    Command {
        id: "agreement-down",
        label: "Cell below",
        help: "Agreement: to the cell below this one, in the matrix of the pair.",
        keys: &["Down"],
        run: |session, _| session.go_in_agreement(1, 0),
        repeats: true,
        ..AGREEMENT
    },
    Command {
        id: "agreement-next-pair",
        label: "Next pair",
        help: "Agreement: to the next pair of coders.",
        keys: &["]"],
        run: |session, _| session.step_pair(1),
        repeats: true,
        ..AGREEMENT
    },
    Command {
        id: "agreement-previous-pair",
        label: "Previous pair",
        help: "Agreement: to the pair of coders before this one.",
        keys: &["["],
        run: |session, _| session.step_pair(-1),
        repeats: true,
        ..AGREEMENT
    },
    Command {
        id: "agreement-rule",
        label: "The other rule for missing answers",
        help: "Agreement: a sentence without an answer is missing, or it is none of these where the article is done.",
        keys: &["M"],
        run: |session, _| {
            session.change_lens(|lens| {
                lens.rule.missing = match lens.rule.missing {
                    Missing::Missing => Missing::NoneIfDone,
                    Missing::NoneIfDone => Missing::Missing,
                };
            });
        },
        ..AGREEMENT
    },
    Command {
        id: "agreement-more",
        label: "More figures",
        help: "Agreement: show other coefficients and the interval by draws too, or leave them out.",
        keys: &["F"],
        run: |session, _| session.change_lens(|lens| lens.more = !lens.more),
        ..AGREEMENT
    },
    Command {
        id: "agreement-words",
        label: "Filter the articles",
        help: "Agreement: type words, and figures are of the articles that fit.",
        keys: &["/"],
        run: |session, _| session.view.focus = Some(Field::Filter),
        ..AGREEMENT
    },
    Command {
        id: "agreement-names",
        label: "Hide names",
        help: "Agreement: call coders by numbers, or by their names.",
        keys: &["H"],
        run: |session, _| session.hide_names(),
        says: Some(|session| Some(session.hide_names_says().to_owned())),
        ..AGREEMENT
    },
    Command {
        id: "handout-write",
        label: "Write the files",
        help: "Hand out: write a file for each coder, as the matrix shows it.",
        keys: &["Ctrl+Enter"],
        ready: |session| {
            can_change(session)?;
            let refusal = match &session.view().screen {
                Some(Screen::HandOut(hand_out)) => hand_out.refusal(),
                _ => None,
            };
            refusal.map_or(Ok(()), Err)
        },
        run: Session::write_hand_out,
        ..HAND_OUT
    },
    Command {
        id: "cell-move",
        label: "Move the article of this cell",
        help: "Hand out: an empty cell takes the article, a full one gives it away.",
        keys: &["Enter", "Space"],
        run: |session, _| session.move_cell(),
        ..HAND_OUT
    },
    Command {
        id: "cell-left",
        label: "Article before",
        help: "Hand out: to the article before this one.",
        keys: &["Left"],
        run: |session, _| session.go_in_matrix(-1, 0),
        repeats: true,
        ..HAND_OUT
    },
    Command {
        id: "cell-right",
        label: "Article after",
        help: "Hand out: to the article after this one.",
        keys: &["Right"],
        run: |session, _| session.go_in_matrix(1, 0),
        repeats: true,
        ..HAND_OUT
    },
    Command {
        id: "cell-up",
        label: "Coder before",
        help: "Hand out: to the coder before this one.",
        keys: &["Up"],
        run: |session, _| session.go_in_matrix(0, -1),
        repeats: true,
        ..HAND_OUT
    },
    Command {
        id: "cell-down",
        label: "Coder after",
        help: "Hand out: to the coder after this one.",
        keys: &["Down"],
        run: |session, _| session.go_in_matrix(0, 1),
        repeats: true,
        ..HAND_OUT
    },
    Command {
        id: "collect-take",
        label: "Take in the files",
        help: "Collect: take in what the ticked files bring, as one step that undo takes back.",
        keys: &["Ctrl+Enter"],
        ready: |session| {
            can_change(session)?;
            let refusal = match &session.view().screen {
                Some(Screen::Collect(collecting)) => collecting.refusal(),
                _ => None,
            };
            refusal.map_or(Ok(()), |why| Err(why.to_owned()))
        },
        run: Session::take_collected,
        ..COLLECT
    },
    Command {
        id: "collect-add",
        label: "Add files\u{2026}",
        help: "Collect: choose the files that coders sent.",
        keys: &["Ctrl+I"],
        run: |session, effects| session.ask(Question::TeamFiles, effects),
        ..COLLECT
    },
    Command {
        id: "collect-tick",
        label: "Take this file or leave it out",
        help: "Collect: tick or untick the file in hand.",
        keys: &["Space"],
        run: |session, _| session.tick_in_collecting(),
        ..COLLECT
    },
    Command {
        id: "collect-up",
        label: "File before",
        help: "Collect: to the file before this one.",
        keys: &["Up"],
        run: |session, _| session.go_in_collecting(-1),
        repeats: true,
        ..COLLECT
    },
    Command {
        id: "collect-down",
        label: "File after",
        help: "Collect: to the file after this one.",
        keys: &["Down"],
        run: |session, _| session.go_in_collecting(1),
        repeats: true,
        ..COLLECT
    },
    Command {
        id: "collect-ours",
        label: "Keep the project\u{2019}s",
        help: "Collect: the sentences stay as the project has them.",
        keys: &["M"],
        run: |session, _| session.decide_boundary(false, Deciding::One),
        ..COLLECT
    },
    Command {
        id: "collect-theirs",
        label: "Take theirs",
        help: "Collect: the sentences become as the file has them, with everybody's answers following.",
        keys: &["T"],
        run: |session, _| session.decide_boundary(true, Deciding::One),
        ..COLLECT
    },
    Command {
        id: "collect-all-theirs",
        label: "Take all of theirs",
        help: "Collect: the same for all articles of this file.",
        run: |session, _| session.decide_boundary(true, Deciding::All),
        ..COLLECT
    },
    Command {
        id: "merge-take",
        label: "Merge",
        help: "Merge: both become one, as one step that undo takes back; open conflicts come along with both sides.",
        keys: &["Ctrl+Enter"],
        ready: |session| {
            can_change(session)?;
            let refusal = match &session.view().screen {
                Some(Screen::Merge(merging)) => merging.refusal(),
                _ => None,
            };
            refusal.map_or(Ok(()), |why| Err(why.to_owned()))
        },
        run: Session::take_merged,
        ..MERGE
    },
    Command {
        id: "merge-choose",
        label: "Choose another file\u{2026}",
        help: "Merge: choose the copy that is merged.",
        keys: &["Ctrl+I"],
        run: |session, effects| session.ask(Question::Copy, effects),
        ..MERGE
    },
    Command {
        id: "merge-mine",
        label: "Keep mine",
        help: "Merge: of this conflict mine stands, and it is decided.",
        keys: &["M"],
        run: |session, _| session.decide_conflict(Some(Side::Ours)),
        ..MERGE
    },
    Command {
        id: "merge-theirs",
        label: "Take theirs",
        help: "Merge: of this conflict theirs stands, and it is decided.",
        keys: &["T"],
        run: |session, _| session.decide_conflict(Some(Side::Theirs)),
        ..MERGE
    },
    Command {
        id: "merge-open",
        label: "Leave it for later",
        help: "Merge: this conflict stays open; the project says mine meanwhile.",
        keys: &["N"],
        run: |session, _| session.decide_conflict(None),
        ..MERGE
    },
    Command {
        id: "merge-next",
        label: "Next open conflict",
        help: "Merge: to the next conflict that nobody decided.",
        keys: &["Shift+D"],
        run: |session, _| session.next_conflict(),
        ..MERGE
    },
    Command {
        id: "merge-up",
        label: "Conflict before",
        help: "Merge: to the conflict before this one.",
        keys: &["Up"],
        run: |session, _| session.go_in_merging(-1),
        repeats: true,
        ..MERGE
    },
    Command {
        id: "merge-down",
        label: "Conflict after",
        help: "Merge: to the conflict after this one.",
        keys: &["Down"],
        run: |session, _| session.go_in_merging(1),
        repeats: true,
        ..MERGE
    },
    Command {
        id: "merge-all-mine",
        label: "Keep all mine",
        help: "Merge: of all conflicts that are open mine stands.",
        run: |session, _| session.decide_all(Side::Ours),
        ..MERGE
    },
    Command {
        id: "merge-all-theirs",
        label: "Take all theirs",
        help: "Merge: of all conflicts that are open theirs stands.",
        run: |session, _| session.decide_all(Side::Theirs),
        ..MERGE
    },
    Command {
        id: "scheme-add",
        label: "Add label",
        help: "Scheme: type the name of a new label; Enter adds it.",
        keys: &["A"],
        run: |session, _| session.type_in_scheme(Text::New),
        ..SCHEME
    },
    Command {
        id: "scheme-name",
        label: "Rename this label",
        help: "Scheme: to the name of the label in hand; its id never changes.",
        keys: &["Enter", "F2"],
        run: |session, _| session.type_in_scheme(Text::Name),
        ..SCHEME
    },
    Command {
        id: "scheme-define",
        label: "Define this label",
        help: "Scheme: to the definition of the label in hand.",
        keys: &["D"],
        run: |session, _| session.type_in_scheme(Text::Says),
        ..SCHEME
    },
    Command {
        id: "scheme-up",
        label: "Label before",
        help: "Scheme: to the label before this one.",
        keys: &["Up"],
        run: |session, effects| session.go_in_scheme(-1, effects),
        repeats: true,
        ready: is_open,
        ..SCHEME
    },
    Command {
        id: "scheme-down",
        label: "Label after",
        help: "Scheme: to the label after this one.",
        keys: &["Down"],
        run: |session, effects| session.go_in_scheme(1, effects),
        repeats: true,
        ready: is_open,
        ..SCHEME
    },
    Command {
        id: "scheme-earlier",
        label: "Move this label up",
        help: "Scheme: the label in hand comes one place earlier, also among the chips.",
        keys: &["Alt+Up"],
        run: |session, effects| session.move_label(-1, effects),
        ..SCHEME
    },
    Command {
        id: "scheme-later",
        label: "Move this label down",
        help: "Scheme: the label in hand comes one place later, also among the chips.",
        keys: &["Alt+Down"],
        run: |session, effects| session.move_label(1, effects),
        ..SCHEME
    },
    Command {
        id: "scheme-import",
        label: "Import a scheme\u{2026}",
        help: "Scheme: take over the labels of a file or of any project; what it changes is shown first.",
        keys: &["Ctrl+I"],
        run: |session, effects| session.ask(Question::Scheme, effects),
        ..SCHEME
    },
    Command {
        id: "scheme-export",
        label: "Export the codebook\u{2026}",
        help: "Scheme: write the codebook as a page to read (.md), or the scheme as a file for other projects (.ron).",
        run: |session, effects| session.ask(Question::Codebook, effects),
        ready: is_open,
        ..SCHEME
    },
    Command {
        id: "files-take",
        label: "Take it so",
        help: "Compare files: put the files together as it is chosen, as one step that undo takes back.",
        keys: &["Ctrl+Enter"],
        ready: |session| {
            can_change(session)?;
            let is_working = matches!(&session.view().screen, Some(Screen::Compare(c)) if c.is_working());
            if is_working { Err("the files are being put together".to_owned()) } else { Ok(()) }
        },
        run: Session::compare_so,
        ..COMPARE
    },
    Command {
        id: "files-up",
        label: "Row before",
        help: "Compare files: to the label or difference before this one.",
        keys: &["Up"],
        run: |session, _| session.go_in_comparing(-1),
        repeats: true,
        ..COMPARE
    },
    Command {
        id: "files-down",
        label: "Row after",
        help: "Compare files: to the label or difference after this one.",
        keys: &["Down"],
        run: |session, _| session.go_in_comparing(1),
        repeats: true,
        ..COMPARE
    },
    Command {
        id: "files-left",
        label: "Codebook or coder before",
        help: "Compare files: to what the files say differently before this.",
        keys: &["Left"],
        run: |session, _| session.turn_in_comparing(-1),
        repeats: true,
        ..COMPARE
    },
    Command {
        id: "files-right",
        label: "Codebook or coder after",
        help: "Compare files: to what the files say differently after this.",
        keys: &["Right"],
        run: |session, _| session.turn_in_comparing(1),
        repeats: true,
        ..COMPARE
    },
    Command {
        id: "files-keep",
        label: "Keep the answers taken",
        help: "Compare files: the coder\u{2019}s answers stay those of the first file.",
        keys: &["M"],
        run: |session, _| session.take_in_comparing(false),
        ..COMPARE
    },
    Command {
        id: "files-other",
        label: "Take the other answers",
        help: "Compare files: the coder\u{2019}s answers are those of the other file.",
        keys: &["T"],
        run: |session, _| session.take_in_comparing(true),
        ..COMPARE
    },
];
