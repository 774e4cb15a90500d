//! Review: three coders' files, decided by keys, saved, exported as gold.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Three coders' files of one article: mira and jonas say that all of it is fact, tove denies all but the last sentence.
pub fn three(place: &Place, n: usize) -> [PathBuf; 3] {
    let project = place.doc("harbour.allegata.ron");
    place.cli(&["new", project.to_str().unwrap()]);
    let article = place.article("quay.txt", n);
    let said = place.cli(&["add", project.to_str().unwrap(), article.to_str().unwrap()]);
    let id = said.split_whitespace().nth(1).unwrap().to_owned();
    let files = ["mira", "jonas", "tove"].map(|name| place.doc(&format!("{name}.ron")));
    for file in &files {
        fs::copy(&project, file).unwrap();
        let name = file.file_stem().unwrap().to_str().unwrap();
        let label = |number: usize| if name == "tove" && number < n { "denial" } else { "fact" };
        let rows = (1..=n).map(|number| format!("{id},#{number},{}\n", label(number)));
        let table =
            place.write("answers.csv", &format!("article,sentence,labels\n{}", rows.collect::<String>()));
        place.cli(&["label", file.to_str().unwrap(), "--from", table.to_str().unwrap(), "--new-coder", name]);
    }
    files
}

/// Of each sentence of the gold layer: the labels, where they are from, and why.
pub fn gold(place: &Place, project: &Path) -> Vec<String> {
    let table = place.cli(&["export", project.to_str().unwrap(), "--to", "csv", "--layer", "gold"]);
    let mut rows = table.lines().map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let column = |name: &str| head.iter().position(|column| column == name).unwrap();
    let columns = [column("labels"), column("gold_by"), column("reason")];
    rows.map(|row| columns.map(|at| row.get(at).map_or("", String::as_str)).join(" ").trim().to_owned())
        .collect()
}

#[test]
fn three_files_ten_decisions_by_keyboard_and_gold() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let files = three(&place, 12);
    let theirs = files.each_ref().map(|file| fs::read(file).unwrap());
    let window = place.open(&screen, &files.each_ref().map(|file| file.to_str().unwrap()));
    window.settle();
    // As most say; who decides is asked once, and the decision waits for it.
    window.keys("Return");
    window.settle();
    window.keys("Down Down Down Down");
    window.text("Ada");
    window.keys("Return");
    window.settle();
    window.keys("Return 3");
    // Against what most say: why is asked, and answered by a number, or not at all.
    window.keys("0 2");
    window.keys("1 Return");
    window.settle();
    // One press, one decision, however long the key is held.
    window.hold("3", Duration::from_millis(900));
    window.settle();
    window.keys("BackSpace Return");
    window.settle();
    // Left open, and then decided with a reason of one's own.
    window.keys("n Return 2 c");
    window.settle();
    window.text("a claim");
    window.keys("Return");
    window.settle();
    window.keys("Return Return");
    window.settle();
    let project = place.doc("gold.allegata.ron");
    window.keys("ctrl+s");
    window.settle();
    window.keys("ctrl+a");
    window.text("gold");
    window.keys("Return");
    wait_for("the project", || Some(()).filter(|()| project.exists()));
    window.settle();
    assert!(window.quit().success());
    assert_eq!(files.each_ref().map(|file| fs::read(file).unwrap()), theirs, "their files are only read");
    let want = [
        "fact decided",
        "fact decided",
        "fact decided",
        "none decided slip",
        "allegation decided",
        "fact decided",
        "",
        "fact decided",
        "denial decided a claim",
        "fact decided",
        "fact decided",
        "fact unanimous",
        "", // the last sentence, which nobody answered
    ];
    assert_eq!(gold(&place, &project), want);
}
