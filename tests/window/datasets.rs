//! Datasets out and in as a person does it: the screen Export by key and mouse, the file judged; a dataset looked at, taken in,
//! saved, and there again.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;

/// A command by the palette.
fn run(window: &crate::program::Window<'_>, words: &str) {
    window.keys("ctrl+k");
    window.settle();
    window.text(words);
    window.settle();
    window.keys("Return");
    window.settle();
}

#[test]
fn a_dataset_is_chosen_written_and_had_again() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 8);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1 2 3 0");
    window.settle();
    window.keys("ctrl+e");
    window.settle();
    // To JSON lines, and back to CSV by a click on its row.
    window.keys("Down Down");
    window.settle();
    window.click(100, 158);
    window.settle();
    // *Leave out* of those without an answer.
    window.click(968, 131);
    window.settle();
    window.keys("ctrl+e");
    let table = place.doc("harbour.csv");
    let text = wait_for("the table", || fs::read_to_string(&table).ok());
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(text.starts_with("article_id,sentence_id,coder,labels,label,"), "{text}");
    let labels: Vec<_> = text.lines().skip(1).filter_map(|row| row.split(',').nth(3)).collect();
    assert_eq!(labels, ["allegation", "denial", "fact", "none"]);
    window.settle();
    window.keys("Escape");
    window.settle();
    window.keys("1");
    window.settle();
    window.keys("ctrl+shift+e");
    let text =
        wait_for("one row more", || fs::read_to_string(&table).ok().filter(|text| text.lines().count() == 6));
    assert!(text.contains("question number 4"), "{text}");
    assert!(window.quit().success());
    assert_eq!(place.answers(&project), ["1 allegation", "2 denial", "3 fact", "4 none", "5 allegation"]);
}

#[test]
fn a_dataset_is_seen_taken_in_saved_and_there_again() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 6);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let project = project.to_str().unwrap().to_owned();
    place.cli(&["export", &project, "--to", "csv", "-o", "out.csv"]);
    let empty = fs::read_to_string(place.doc("out.csv")).unwrap();
    // Labels made elsewhere, one of them unknown here.
    let rows = empty.lines().enumerate().map(|(idx, row)| {
        let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
        let label = ["", "allegation", "rumour", "fact"].get(idx).copied().unwrap_or_default();
        if idx > 0 {
            (cells[2], cells[3], cells[4]) = ("mira".to_owned(), label.to_owned(), label.to_owned());
        }
        cells.join(",")
    });
    let text: Vec<String> = rows.collect();
    let dataset = place.write("labels.csv", &(text.join("\n") + "\n"));
    let window = place.open(&screen, &[&project]);
    for n in 0..2 {
        run(&window, "import a dataset");
        window.keys("alt+l ctrl+a");
        window.text(dataset.to_str().unwrap());
        window.keys("Return");
        window.settle();
        window.keys("Return");
        window.settle();
        window.keys("ctrl+Return");
        window.settle();
        if n == 0 {
            window.keys("ctrl+s");
            place.expect(std::path::Path::new(&project), &["1 allegation", "2 rumour", "3 fact"]);
        }
    }
    // The second time nothing is new: the screen stays, and nothing has changed.
    window.keys("Escape");
    window.settle();
    assert!(window.quit().success());
    place.expect(std::path::Path::new(&project), &["1 allegation", "2 rumour", "3 fact"]);
    place.cli(&["check", &project]);
}

#[test]
fn splits_are_seen_kept_exported_shown_and_there_again() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let names: Vec<String> = (0..12).map(|n| format!("{n}.txt")).collect();
    let articles = names.iter().enumerate().map(|(n, name)| {
        let own = (0..40).map(|word| format!("w{n}x{word}")).collect::<Vec<_>>().join(" ");
        place.write(name, &format!("Story number {n}\n\n{own} so. Then it rained on quay {n}.\n"))
    });
    let articles: Vec<_> = articles.collect();
    let articles: Vec<_> = articles.iter().map(std::path::PathBuf::as_path).collect();
    let project = place.project("harbour.allegata.ron", &articles);
    // What shows a folder on this computer.
    let (tools, shown) = (place.doc("tools"), place.doc("shown"));
    fs::create_dir(&tools).unwrap();
    let tool = tools.join("xdg-open");
    fs::write(&tool, format!("#!/bin/sh\nprintf %s \"$1\" > '{}'\n", shown.display())).unwrap();
    fs::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap_or_default());
    let window = place.start_with(&screen, &[("PATH", &path)], &[project.to_str().unwrap()]);
    window.settle();
    window.keys("ctrl+e");
    window.settle();
    // *Split by article*, and 50 in the place of the 70 of train.
    window.click(813, 302);
    window.settle();
    window.click(890, 341);
    window.keys("ctrl+a");
    window.text("50");
    window.keys("Tab ctrl+a");
    window.text("25");
    window.keys("Tab ctrl+a");
    window.text("25");
    window.keys("Return");
    window.settle();
    window.keys("k");
    window.settle();
    window.keys("ctrl+e");
    let table = place.doc("harbour.csv");
    let text = wait_for("the table", || fs::read_to_string(&table).ok());
    let ends = |name: &str| text.lines().filter(|row| row.ends_with(&format!(",{name}"))).count();
    assert_eq!([ends("train"), ends("validation"), ends("test")], [18, 9, 9], "{text}");
    window.settle();
    window.keys("f");
    let folder = wait_for("the folder", || fs::read_to_string(&shown).ok().filter(|path| !path.is_empty()));
    assert_eq!(std::path::Path::new(&folder), place.doc("").parent().unwrap().join("docs"));
    window.keys("Escape ctrl+s");
    window.settle();
    assert!(window.quit().success());
    let saved = fs::read_to_string(&project).unwrap();
    assert_eq!(saved.matches("split: \"train\"").count(), 6);
    // Opened again nobody moves.
    let again = place.cli(&["splits", project.to_str().unwrap(), "70,15,15"]);
    assert!(again.contains("0 articles placed, 12 stay where they are"), "{again}");
    place.cli(&["check", project.to_str().unwrap()]);
}
