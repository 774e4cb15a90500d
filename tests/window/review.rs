//! Review: three coders' files, decided by keys, saved, exported as gold.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;

#[test]
fn three_files_are_compared_decided_by_keys_saved_and_exported() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.doc("harbour.allegata.ron");
    place.cli(&["new", project.to_str().unwrap()]);
    let article = place.article("quay.txt", 6);
    let said = place.cli(&["add", project.to_str().unwrap(), article.to_str().unwrap()]);
    let id = said.split_whitespace().nth(1).unwrap().to_owned();
    let answers = [["fact", "denial", "none"], ["fact", "fact", "none"], ["denial", "fact", "fact"]];
    let files = ["mira", "jonas", "tove"].map(|name| place.doc(&format!("{name}.ron")));
    for (file, labels) in files.iter().zip(answers) {
        fs::copy(&project, file).unwrap();
        let rows = labels.iter().enumerate().map(|(idx, label)| format!("{id},#{},{label}\n", idx + 1));
        let table =
            place.write("answers.csv", &format!("article,sentence,labels\n{}", rows.collect::<String>()));
        let name = file.file_stem().unwrap().to_str().unwrap();
        place.cli(&["label", file.to_str().unwrap(), "--from", table.to_str().unwrap(), "--new-coder", name]);
    }
    let theirs = files.each_ref().map(|file| fs::read(file).unwrap());
    let window = place.open(&screen, &files.each_ref().map(|file| file.to_str().unwrap()));
    window.settle();
    // Who decides is asked once.
    window.keys("Return");
    window.settle();
    window.keys("Down Down Down Down");
    window.text("Ada");
    window.keys("Return");
    window.settle();
    window.keys("Return Return");
    window.settle();
    window.keys("BackSpace");
    window.settle();
    window.keys("Return");
    window.settle();
    let gold = place.doc("gold.allegata.ron");
    window.keys("ctrl+s");
    window.settle();
    window.keys("ctrl+a");
    window.text("gold");
    window.keys("Return");
    wait_for("the project", || Some(()).filter(|()| gold.exists()));
    window.settle();
    assert!(window.quit().success());
    assert_eq!(files.each_ref().map(|file| fs::read(file).unwrap()), theirs, "their files are only read");
    let table = place.cli(&["export", gold.to_str().unwrap(), "--to", "csv", "--layer", "gold"]);
    let by: Vec<&str> = table.lines().skip(1).take(3).map(|row| row.rsplit(',').nth(3).unwrap()).collect();
    assert_eq!(by, ["decided"; 3]);
}
