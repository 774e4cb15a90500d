//! Agreement: three coders' files, a cell of a pair's matrix, its sentences, a decision, and the same figure.

use crate::picture::area;
use crate::program::Place;
use crate::review::{gold, three};
use crate::screen::{Screen, wait_for};

#[test]
fn a_click_on_a_cell_shows_its_sentences_and_a_decision_changes_no_figure() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let files = three(&place, 6);
    let window = place.open(&screen, &files.each_ref().map(|file| file.to_str().unwrap()));
    window.settle();
    window.keys("g");
    window.settle();
    window.keys("h");
    window.settle();
    // Tove against Jonas, at denial against fact; a cell above it is empty.
    window.click(998, 293);
    let full = window.settle();
    window.keys("Up");
    let empty = window.settle();
    let (figure, sentences) = (area(16, 100, 340, 300), area(720, 380, 1270, 700));
    assert_eq!(full.n_changed(&empty, figure), 0, "a cell is chosen, nothing is counted anew");
    assert!(full.n_ink(sentences) > 4 * empty.n_ink(sentences), "no sentence was answered so");
    window.click(554, 480);
    let clicked = window.settle();
    assert!(
        clicked.n_ink(sentences) > 4 * empty.n_ink(sentences),
        "the sentences of the cell that was clicked"
    );
    // A click on the first of them: the list of Review is the cell, and one of it is decided.
    window.click(900, 400);
    window.settle();
    window.keys("3");
    window.settle();
    window.keys("Down Down Down Down");
    window.text("Ada");
    window.keys("Return");
    window.settle();
    window.keys("Escape");
    let back = window.settle();
    assert_eq!(back.n_changed(&clicked, figure), 0, "what is decided never enters agreement");
    assert!(back.n_changed(&clicked, sentences) > 0, "the sentence is decided");
    let project = place.doc("gold.allegata.ron");
    window.keys("ctrl+s");
    window.settle();
    window.keys("ctrl+a");
    window.text("gold");
    window.keys("Return");
    wait_for("the project", || Some(()).filter(|()| project.exists()));
    window.settle();
    assert!(window.quit().success());
    let decided = gold(&place, &project).into_iter().filter(|row| row.contains("decided")).count();
    assert_eq!(decided, 1);
}

/// The buttons in the head: a report, a table, a chart, each asked for by name and there afterwards.
#[test]
fn the_head_writes_a_report_a_table_and_a_chart() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let files = three(&place, 6);
    let before = files.each_ref().map(|file| std::fs::read(file).unwrap());
    let window = place.open(&screen, &files.each_ref().map(|file| file.to_str().unwrap()));
    window.settle();
    window.keys("g");
    let plain = window.settle();
    let write = |x: usize, has_dialog: bool, name: &str, ending: &str| {
        window.click(x, 68);
        window.settle();
        if has_dialog {
            window.keys("Return");
            window.settle();
        }
        window.keys("ctrl+a");
        window.text(name);
        window.keys("Return");
        let path = place.doc(&format!("{name}.{ending}"));
        wait_for(name, || Some(()).filter(|()| path.exists()));
        window.settle();
        std::fs::read_to_string(path).unwrap()
    };
    let page = write(1107, true, "reliability", "html");
    assert!(page.contains("Krippendorff\u{2019}s alpha, nominal") && page.ends_with("</html>\n"), "{page}");
    let table = write(970, false, "figures", "csv");
    assert!(table.starts_with("figure,label,") && table.contains("\ncohen_kappa,,"), "{table}");
    let chart = write(1032, true, "labels", "svg");
    assert!(chart.starts_with("<svg") && chart.contains("190mm"), "{chart}");
    // The figures are where they were; nothing was written into the coders' files.
    let after = window.settle();
    assert_eq!(after.n_changed(&plain, area(16, 100, 340, 300)), 0);
    assert!(window.quit().success());
    assert_eq!(files.each_ref().map(|file| std::fs::read(file).unwrap()), before);
}

/// A sample is drawn by keys alone, saved, taken back, and what is handed out does not say which articles it has.
#[test]
fn a_reliability_sample_is_drawn_by_keys() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let articles = [("quay.txt", 6), ("crane.txt", 4), ("ferry.txt", 5)];
    let articles = articles.map(|(name, n)| place.article(name, n));
    let project =
        place.project("harbour.allegata.ron", &articles.each_ref().map(std::path::PathBuf::as_path));
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.settle();
    let open = || {
        window.keys("ctrl+k");
        window.settle();
        window.text("reliability sample");
        window.settle();
        window.keys("Return");
        window.settle();
    };
    open();
    // The third way to say how many, its field, two articles.
    window.keys("Tab Tab Tab space");
    window.settle();
    window.keys("Tab ctrl+a");
    window.text("2");
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("ctrl+s");
    let text = || std::fs::read_to_string(&project).unwrap();
    let is_drawn = || text().contains("size: 2, of: 3,");
    wait_for("the draw in the file", || Some(()).filter(|()| is_drawn()));
    let out = place.doc("out");
    let handed = ["--drawn", "--coder", "Mira", "--coder", "Jonas"];
    place
        .cli(&[&["handout", project.to_str().unwrap(), "--to", out.to_str().unwrap()], &handed[..]].concat());
    for file in std::fs::read_dir(&out).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains("draws: ["), "{text}");
    }
    window.keys("ctrl+z ctrl+s");
    wait_for("the file without it", || Some(()).filter(|()| !is_drawn()));
    window.settle();
    assert!(window.quit().success());
}
