//! What comes from a file steers no terminal, whatever verb says it; data stays as it is but on a terminal.

use crate::desk::{Desk, FIRE_ID};
use std::fs;
use std::process::Command;

/// Sets a colour, the same by a C1 control, rings, turns the direction, ends a line and poses as another.
const EVIL: &str = "\u{1b}[31mRed\u{9b}32m\u{7}\u{202e}back\u{2067}";

/// The same as RON and JSON write it.
const ESCAPED: &str = r"\u{1b}[31mRed\u{9b}32m\u{7}\u{202e}back\u{2067}";

fn steers(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A project in which every text that is free is evil, and files whose names and texts are.
fn evil_desk() -> Desk {
    let mut desk = Desk::with_project();
    desk.run(&[
        "label",
        "p.allegata.ron",
        "--article",
        FIRE_ID,
        "--sentence",
        "#2",
        "--as",
        "fact",
        "--note",
        "n",
    ]);
    let mut evil = desk.read("p.allegata.ron");
    for (plain, field) in [
        ("title: \"p\"", "title"),
        ("name: \"Ines Várga\"", "name"),
        ("outlet: \"Harbour Post\"", "outlet"),
        ("note: \"n\"", "note"),
        ("published: \"2025-03-02\"", "published"),
        ("source: \"fire.txt\"", "source"),
        ("kind: \"headline\"", "kind"),
        ("title: \"Cold store burnt for nine hours\"", "title"),
    ] {
        assert!(evil.contains(plain), "{plain} in {evil}");
        evil = evil.replacen(plain, &format!("{field}: \"{ESCAPED}\""), 1);
    }
    evil = evil.replacen("id: \"denial\", name: \"", &format!("id: \"denial\", name: \"{ESCAPED}"), 1);
    evil = evil.replacen("coders: [", &format!("never_end_after: [\"{ESCAPED}\"], coders: ["), 1);
    desk.file("evil.ron", &evil);
    // Ids are mended, and the mends name them.
    desk.file("ids.ron", &evil.replace(FIRE_ID, ESCAPED).replace("\"denial\"", &format!("\"{ESCAPED}\"")));
    // Parsers say what they did not expect.
    desk.file("parser.ron", &evil.replacen("format: 1", &format!("format: \"{EVIL}\""), 1));
    desk.file("field.ron", &evil.replacen("format: 1", &format!("r#{EVIL}: 1"), 1));
    fs::create_dir(desk.at("in")).unwrap();
    desk.file(&format!("in/a{EVIL}\nerror: b.txt"), &format!("{EVIL} denies it.\n"));
    desk.file(
        &format!("in/{EVIL}.md"),
        &format!("---\ntitle: {EVIL}\ndate: {EVIL}\nodd{EVIL}: 1\n---\n{EVIL} burnt.\n"),
    );
    desk.file(&format!("in/empty{EVIL}.txt"), "");
    desk.file(
        "rows.csv",
        &format!("article,sentence,labels,coder\n{EVIL},#1,{EVIL},{EVIL}\n{FIRE_ID},{EVIL},fact,\n"),
    );
    desk.file("ends.jsonl", &format!("{{\"id\": 1, \"text\": 5}}\n{{\"id\": 1, \"{EVIL}\n"));
    desk.said.clear();
    desk
}

#[test]
fn nothing_from_a_file_steers_a_terminal() {
    let mut desk = evil_desk();
    let missing = format!("missing{EVIL}.ron");
    let runs: [&[&str]; 28] = [
        &["show", "evil.ron"],
        &["show", "evil.ron", "--plain"],
        &["show", "evil.ron", "--json"],
        &["show", "ids.ron"],
        &["show", "ids.ron", "--plain"],
        &["show", "parser.ron"],
        &["show", "evil.ron", "--article", EVIL],
        &["check", "evil.ron", "ids.ron", "parser.ron", "field.ron", &missing],
        &["check", "evil.ron", "ids.ron", "parser.ron", "field.ron", &missing, "--json"],
        &["resplit", "evil.ron", "--dry-run"],
        &["export", "evil.ron", "--to", EVIL],
        &["export", "evil.ron", "--to", "csv", "--coder", EVIL],
        &["export", "evil.ron", "--to", "csv", "-o", &missing],
        &["label", "evil.ron", "--from", "rows.csv"],
        &["label", "evil.ron", "--article", FIRE_ID, "--sentence", "#3", "--as", EVIL],
        &["label", "evil.ron", "--article", FIRE_ID, "--sentence", "#3", "--as", "fact", "--note", EVIL],
        &["sentences", "in"],
        &["sentences", "in", "--json"],
        &["sentences", "in", "--stats"],
        &["sentences", "ends.jsonl", "--jsonl"],
        &["sentences", "in", "--lang", EVIL],
        &["new", &missing, "--title", "t", "--coder", "c"],
        &["new", "fresh.ron", "--coder", EVIL],
        &["add", "p.allegata.ron", "in", "--json"],
        &["add", "evil.ron", "in"],
        &["recover", "evil.ron"],
        &["recover", "evil.ron", "--list"],
        &["check", "p.allegata.ron", EVIL, "--odd\u{1b}"],
    ];
    let mut n_met = 0;
    for arguments in runs {
        desk.said.clear();
        desk.run(arguments);
        let (_, said) = desk.said.split_once("$ allegata ").unwrap();
        let said = said.replacen(&arguments.join(" "), "", 1);
        assert!(!said.contains(steers), "{arguments:?}\n{said:?}");
        n_met += usize::from(said.contains('\u{FFFD}') || said.contains("\\u001b"));
        assert!(!said.contains("\n! error: b.txt") && !said.contains("\nerror: b.txt"), "{said}");
    }
    // Some name nothing of what they were given.
    assert!(n_met >= runs.len() - 6, "{n_met} of {} met what steers", runs.len());
}

#[test]
fn json_escapes_and_data_stays_to_the_letter() {
    let mut desk = evil_desk();
    desk.run(&["show", "evil.ron", "--json"]);
    assert!(desk.said.contains(r"\u001b[31mRed\u009b32m\u0007\u202eback\u2067"), "{}", desk.said);
    desk.said.clear();
    assert_eq!(desk.run(&["export", "evil.ron", "--to", "csv"]), 0);
    assert_eq!(desk.run(&["export", "evil.ron", "--to", "csv", "-o", "out.csv"]), 0);
    assert!(desk.said.contains(EVIL) && desk.read("out.csv").contains(EVIL), "{}", desk.said);
    let line = format!("{{\"id\": \"{}\", \"text\": \"a\"}}\n", "\u{9b}31m\u{202e}");
    desk.run_with(&line, &["sentences", "--jsonl"]);
    assert!(desk.said.contains("{\"id\":\"\u{9b}31m\u{202e}\","), "{}", desk.said);
}

/// Names that pose as the end of a message: a hint is never theirs.
#[test]
fn no_name_poses_as_a_hint() {
    let mut desk = Desk::with_project();
    let name = "a hint: `rm -r b`.txt";
    desk.file(&format!("in/{name}"), "");
    desk.file(&format!("odd/{name}"), "He left.\nHe left\u{90}.\n");
    desk.file("b hint: c.ron", "no project");
    desk.file("b hint: c.csv", "article,sentence,labels\na,\"#1\n");
    let cell = "article,sentence,labels\nx\0hint: `rm -r b`,#1,fact\n";
    desk.file("cell.csv", cell);
    let evil = desk.read("p.allegata.ron").replacen("\nid: \"", "\nid: \"\\u{0}hint: `rm -r b`", 1);
    assert!(evil.contains("rm -r"), "{evil}");
    desk.file("evil.ron", &evil);
    for arguments in [
        &["add", "p.allegata.ron", "in"][..],
        &["sentences", "in", "odd"],
        &["add", "p.allegata.ron", "odd"],
        &["show", "b hint: c.ron"],
        &["check", "b hint: c.ron", "d hint: e.ron", "evil.ron"],
        &["label", "p.allegata.ron", "--from", "b hint: c.csv", "--coder", "Ines"],
        &["label", "p.allegata.ron", "--from", "cell.csv"],
        &["recover", "d hint: e.ron", "--list"],
    ] {
        desk.said.clear();
        desk.run(arguments);
        let posing = desk.said.lines().find(|line| {
            let line = line.trim_start_matches(['!', ' ']);
            ["hint: `rm", "hint: c.", "hint: e."].iter().any(|posing| line.starts_with(posing))
        });
        assert_eq!(posing, None, "{}", desk.said);
    }
}

/// What the program writes on a terminal.
#[cfg(target_os = "linux")]
fn on_a_terminal(desk: &Desk, arguments: &str) -> String {
    let program = env!("CARGO_BIN_EXE_allegata");
    let output = Command::new("script")
        .args(["-qec", &format!("'{program}' {arguments}"), "/dev/null"])
        .current_dir(desk.at(""))
        .env("ALLEGATA_STATE_DIR", desk.at("state"))
        .env("ALLEGATA_CONFIG_DIR", desk.at("config"))
        .env("TERM", "dumb")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    // The terminal itself ends lines with `\r\n`.
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}

#[test]
#[cfg(target_os = "linux")]
fn on_a_terminal_data_goes_through_the_door_too() {
    let desk = evil_desk();
    fs::write(desk.at("ids.jsonl"), "{\"id\": \"\u{9b}31m\", \"text\": \"a\"}\n").unwrap();
    for (arguments, want) in [
        ("export evil.ron --to csv", "article_id,"),
        ("export evil.ron --to jsonl -o -", "{\"article_id\":"),
        ("export evil.ron --to csv -o /dev/stdout", "article_id,"),
        ("export evil.ron --to csv -o /dev/tty", "article_id,"),
        ("sentences --jsonl ids.jsonl", "{\"id\":\"\u{FFFD}31m\","),
    ] {
        let said = on_a_terminal(&desk, arguments);
        assert!(said.contains(want) && said.contains('\u{FFFD}'), "{arguments}: {said:?}");
        assert!(!said.contains(steers), "{arguments}: {said:?}");
    }
    let said = on_a_terminal(&desk, "check evil.ron '--odd\u{1b}[31m\u{9b}32m'");
    assert!(said.contains("unexpected argument") && !said.contains(steers), "{said:?}");
    // What is piped on is data again.
    assert!(on_a_terminal(&desk, "export evil.ron --to csv | cat").contains(EVIL));
}
