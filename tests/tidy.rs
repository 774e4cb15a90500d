//! Is the house in order: floors, sizes, words. Each fault is said with its file, line and reason.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests may"
)]

#[path = "tidy/floors.rs"]
mod floors;
#[path = "tidy/rules.rs"]
mod rules;
#[path = "tidy/source.rs"]
mod source;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder of the repository, as `src/model/action.rs`, with its text.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let (mut folders, mut files) = (vec![root().join(folder)], vec![]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push((shown(&path), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// Fails with all that a rule objects to.
fn hold(files: &[(String, String)], rule: impl Fn(&str, &str) -> Vec<(usize, String)>) {
    assert!(!files.is_empty(), "no files to look at");
    let mut faults: Vec<_> = files
        .iter()
        .flat_map(|(file, text)| {
            rule(file, text).into_iter().map(move |(line, why)| format!("{file}:{line}: {why}"))
        })
        .collect();
    faults.dedup();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn all_files() -> Vec<(String, String)> {
    ["src", "tests", "benches"].into_iter().flat_map(rust_files).collect()
}

/// The names of a section of `Cargo.toml`, as code writes them, with the line of each.
fn section(manifest: &str, name: &str) -> Vec<(String, String)> {
    let body = manifest.split(&format!("\n[{name}]\n")).nth(1).unwrap_or_default();
    let body = body.split("\n[").next().unwrap_or_default();
    let rows = body.lines().filter_map(|line| line.split_once('='));
    rows.map(|(key, value)| (key.trim().replace('-', "_"), value.trim().to_owned())).collect()
}

fn manifest() -> String {
    fs::read_to_string(root().join("Cargo.toml")).unwrap()
}

#[test]
fn no_room_names_one_above_it() {
    // Tests too: what a room needs to be tested is below it.
    hold(&rust_files("src"), |file, text| floors::upward(file, &source::paths(&source::bare(text))));
}

#[test]
fn no_wing_of_formats_names_another() {
    hold(&rust_files("src"), |file, text| {
        floors::across(file, &source::paths(&source::shipped(&source::bare(text))))
    });
}

#[test]
fn outside_crates_have_leave() {
    let manifest = manifest();
    let known: Vec<_> = ["dependencies", "dev-dependencies"]
        .into_iter()
        .flat_map(|name| section(&manifest, name))
        .map(|(name, _)| name)
        .collect();
    assert!(known.len() > 10, "Cargo.toml was not understood: {known:?}");
    hold(&rust_files("src"), |file, text| {
        floors::outside(file, &source::paths(&source::shipped(&source::bare(text))), &known)
    });
}

#[test]
fn every_dependency_has_a_room_and_every_leave_a_dependency() {
    let mut known: Vec<_> = section(&manifest(), "dependencies").into_iter().map(|(name, _)| name).collect();
    let mut listed: Vec<_> = floors::ROOMS.iter().flat_map(|room| room.crates).chain(&floors::MAIN).collect();
    known.sort();
    listed.sort();
    listed.dedup();
    assert!(known.iter().eq(listed.iter().copied()), "Cargo.toml: {known:?}\nfloors.rs: {listed:?}");
}

#[test]
fn disk_threads_and_clock_stay_in_the_shell() {
    hold(&rust_files("src"), |file, text| {
        floors::impure(file, &source::paths(&source::shipped(&source::bare(text))))
    });
}

#[test]
fn the_window_is_a_feature_that_only_the_window_needs() {
    let manifest = manifest();
    let value = |section_name: &str, key: &str| {
        let rows = section(&manifest, section_name);
        rows.into_iter().find(|(name, _)| name == key).map(|(_, value)| value).unwrap_or_default()
    };
    assert_eq!(value("features", "default"), r#"["gui", "parquet", "pdf"]"#);
    assert_eq!(
        value("features", "gui"),
        r#"["dep:egui", "dep:eframe", "dep:rfd", "dep:winit", "dep:x11rb", "dep:zbus"]"#
    );
    for name in ["egui", "eframe", "rfd", "winit", "x11rb", "zbus"] {
        assert!(value("dependencies", name).contains("optional = true"), "{name} is not optional");
        let rooms: Vec<_> =
            floors::ROOMS.iter().filter(|room| room.crates.contains(&name)).map(|r| r.name).collect();
        assert_eq!(rooms, ["ui"], "{name}");
    }
}

#[test]
fn the_rooms_are_those_of_the_floors() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: Vec<_> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let floors: Vec<_> = floors::ROOMS.iter().map(|room| room.name).collect();
    assert_eq!(declared, floors, "src/lib.rs lists the rooms, lowest first");
    hold(&rust_files("src"), |file, _| {
        let in_room = floors.iter().any(|room| file.starts_with(&format!("src/{room}/")));
        let known = in_room || ["src/lib.rs", "src/main.rs"].contains(&file);
        if known { vec![] } else { vec![(1, "stands in no room".to_owned())] }
    });
}

#[test]
fn files_say_what_they_are() {
    hold(&all_files(), |_, text| rules::module_docs(text));
}

#[test]
fn files_have_an_end() {
    hold(&rust_files("src"), |_, text| rules::length(text));
}

#[test]
fn imports_go_straight() {
    hold(&rust_files("src"), |_, text| {
        let bare = source::bare(text);
        rules::ways(&bare, &source::paths(&bare))
    });
}

#[test]
fn nothing_is_put_off_or_put_aside() {
    hold(&all_files(), |_, text| rules::put_off(text));
}

#[test]
fn names_say_something() {
    hold(&all_files(), |file, text| rules::names(file, &source::bare(text)));
}

#[test]
fn no_function_takes_two_bools() {
    hold(&all_files(), |_, text| rules::two_bools(&source::bare(text)));
}

#[test]
fn the_disk_has_one_door() {
    hold(&rust_files("src"), |file, text| rules::past_the_door(file, &source::shipped(&source::bare(text))));
}

#[test]
fn the_terminal_has_one_door() {
    hold(&rust_files("src"), |file, text| {
        rules::past_the_console(file, &source::shipped(&source::bare(text)))
    });
}

#[test]
fn messages_are_clauses() {
    hold(&rust_files("src"), |_, text| rules::messages(text));
    hold(&rust_files("src"), rules::hints);
}

#[test]
fn the_great_types_stay_small() {
    hold(&rust_files("src"), |_, text| rules::too_many_parts(&source::bare(text)));
}

#[test]
fn the_map_names_only_what_is_there() {
    let map = fs::read_to_string(root().join("src/README.md")).unwrap();
    let mut n_named = 0;
    for (idx, line) in map.lines().enumerate() {
        for name in line.split('`').skip(1).step_by(2) {
            let is_path = name.contains('/') && !name.starts_with('/') && !name.contains(['<', ' ', ':']);
            if is_path {
                n_named += 1;
                let there = root().join("src").join(name).exists() || root().join(name).exists();
                assert!(there, "src/README.md:{}: `{name}` is not there", idx + 1);
            }
        }
    }
    assert!(n_named > 20, "the map names {n_named} places");
}

#[test]
fn a_section_of_the_manifest_is_read() {
    let manifest = "\n[a]\nx = 1\n\n[dependencies]\na-b = \"1\"\nc = { version = \"2\" }\n\n[d]\ny = 2\n";
    let rows = section(manifest, "dependencies");
    let names: Vec<_> = rows.iter().map(|(name, value)| format!("{name} {value}")).collect();
    assert_eq!(names, ["a_b \"1\"", "c { version = \"2\" }"]);
}
