//! Dialogs of the desktop: one that never answers stands in nobody's way.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

/// What shows dialogs on this desktop, and hangs.
struct Hanging<'a>(&'a Place);

impl Hanging<'_> {
    fn new(place: &Place) -> (Hanging<'_>, String) {
        let folder = place.doc("bin");
        fs::create_dir(&folder).unwrap();
        let asked = place.doc("asked");
        let script = format!("#!/bin/sh\necho $$ >> {}\nexec sleep 600\n", asked.display());
        fs::write(folder.join("zenity"), script).unwrap();
        fs::set_permissions(folder.join("zenity"), fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        (Hanging(place), path)
    }

    fn asked(&self) -> Vec<String> {
        let said = fs::read_to_string(self.0.doc("asked")).unwrap_or_default();
        said.lines().map(str::to_owned).collect()
    }
}

impl Drop for Hanging<'_> {
    fn drop(&mut self) {
        for id in self.asked() {
            // One that has ended by itself is no trouble.
            Command::new("kill").arg(id).status().map(drop).unwrap_or_default();
        }
    }
}

#[test]
fn a_dialog_that_hangs_is_passed_by() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 6);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let (hanging, path) = Hanging::new(&place);
    let window = place.start_with(&screen, &[("PATH", &path)], &[project.to_str().unwrap()]);
    window.settle();
    window.keys("1 ctrl+e");
    window.settle();
    window.keys("w");
    wait_for("the dialog", || Some(()).filter(|()| hanging.asked().len() == 1));
    window.settle();
    // The work goes on behind it.
    window.keys("Escape");
    window.settle();
    window.keys("2");
    place.expect(&project, &["1 allegation", "2 denial"]);
    window.keys("ctrl+o");
    window.settle();
    window.keys("ctrl+e");
    window.settle();
    window.keys("ctrl+k");
    window.settle();
    window.text("own browser");
    window.keys("Return");
    window.settle();
    window.keys("ctrl+a");
    window.text("out");
    window.keys("Return");
    window.settle();
    window.keys("ctrl+e");
    let out = place.doc("out.csv");
    wait_for("the dataset", || Some(()).filter(|()| out.exists()));
    window.settle();
    let rows = fs::read_to_string(&out).unwrap();
    assert!(rows.contains(",denial,denial,"), "{rows}");
    // Nor is it asked again.
    window.keys("w");
    window.settle();
    window.keys("ctrl+a");
    window.text("again");
    window.keys("Return");
    window.settle();
    window.keys("ctrl+e");
    let second = place.doc("again.csv");
    wait_for("the second dataset", || Some(()).filter(|()| second.exists()));
    window.keys("Escape");
    window.settle();
    assert_eq!(hanging.asked().len(), 1);
    assert!(window.quit().success());
}
