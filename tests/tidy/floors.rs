//! The floors of the house: which room may name which rooms, which outside crates, and which parts of std.

use crate::source::{From, Path};

/// A room, what stands outside the house that it may name, and the parts of std that it never names.
pub struct Room {
    pub name: &'static str,
    pub crates: &'static [&'static str],
    /// Parts of std, as `std::NAME`; [`PURE`] for a room that only works out values.
    pub never: &'static [&'static str],
}

/// Lowest first: a room names only rooms above it in this table.
pub const ROOMS: [Room; 8] = [
    Room {
        name: "text",
        crates: &[
            "memchr",
            "nucleo_matcher",
            "regex",
            "regex_syntax",
            "rustc_hash",
            "unicode_segmentation",
            "whatlang",
        ],
        never: &PURE,
    },
    Room { name: "model", crates: &["serde", "thiserror"], never: &PURE },
    // `statrs`: Student's t.
    Room { name: "analysis", crates: &["statrs", "thiserror"], never: &PURE },
    Room {
        name: "formats",
        crates: &[
            "bytes",
            "calamine",
            "chardetng",
            "crc32fast",
            "csv",
            "dom_query",
            "dom_smoothie",
            "encoding_rs",
            "flate2",
            "html5ever",
            "jiff",
            "mail_parser",
            "memchr",
            "parquet",
            "pulldown_cmark",
            "quick_xml",
            "ron",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            // Only `articles/pdf/library.rs` knows it.
            "unpdf",
            "zip",
        ],
        never: &PURE,
    },
    // Settings are values of the session; who keeps their bytes does not matter to it.
    Room { name: "session", crates: &["serde", "thiserror"], never: &PURE },
    Room {
        name: "shell",
        crates: &[
            "etcetera",
            "gethostname",
            "getrandom",
            "jiff",
            "notify",
            "reflink_copy",
            "ron",
            "rustix",
            "serde",
            // A file is hashed while it is read, never whole in memory.
            "sha2",
            "signal_hook",
            "thiserror",
            "tracing",
        ],
        never: &[],
    },
    Room {
        name: "cli",
        crates: &["anyhow", "clap", "indicatif", "serde", "serde_json", "thiserror", "tracing"],
        never: &[],
    },
    Room {
        name: "ui",
        crates: &["anyhow", "eframe", "egui", "rfd", "thiserror", "tracing", "winit", "x11rb", "zbus"],
        never: &["fs", "thread", "net"],
    },
];

/// What `main.rs` may name outside: it chooses a room and says an error, and whom to ask for memory.
pub const MAIN: [&str; 3] = ["anyhow", "tracing", "tracing_subscriber"];

/// Same input, same output: no disk, threads, clock, surroundings, net.
const PURE: [&str; 6] = ["fs", "thread", "time", "env", "net", "process"];
const PURE_IO: [&str; 3] = ["stdin", "stdout", "stderr"];

fn room_of(file: &str) -> Option<(usize, &'static Room)> {
    let name = file.strip_prefix("src/")?.split('/').next()?;
    ROOMS.iter().enumerate().find(|(_, room)| room.name == name)
}

/// An import of a room above, of the root, or of another room in other words.
pub fn upward(file: &str, paths: &[Path]) -> Vec<(usize, String)> {
    let mut faults = vec![];
    let Some((floor, room)) = room_of(file) else { return faults };
    let is_root = file == format!("src/{}/mod.rs", room.name);
    for path in paths {
        let (first, second) = (path.part(0), path.part(1));
        let named = match first {
            "crate" => second,
            // From the first file of a room, one step up is the root.
            "super" if is_root && path.from != From::Expression => second,
            _ => continue,
        };
        let fault = match ROOMS.iter().position(|other| other.name == named) {
            Some(other) if other > floor => {
                format!("room `{}` names `{named}`, which is above it", room.name)
            }
            Some(other) if other < floor && path.from == From::PubUse => {
                format!("room `{}` passes on a thing of `{named}`: name it where it lives", room.name)
            }
            _ => continue,
        };
        faults.push((path.line, fault));
    }
    faults
}

/// The wings of the room `formats`: what two of them use lies beside them.
const WINGS: [&str; 3] = ["project", "articles", "datasets"];

/// A wing that names another.
pub fn across(file: &str, paths: &[Path]) -> Vec<(usize, String)> {
    let wing = file.strip_prefix("src/formats/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if !WINGS.contains(&wing) {
        return vec![];
    }
    let named = paths.iter().filter(|path| path.part(0) == "crate" && path.part(1) == "formats");
    named
        .filter(|path| WINGS.contains(&path.part(2)) && path.part(2) != wing)
        .map(|path| (path.line, format!("wing `{wing}` names wing `{}`", path.part(2))))
        .collect()
}

/// An outside crate that the room has no leave for. `known` are all dependencies, as code writes them.
pub fn outside(file: &str, paths: &[Path], known: &[String]) -> Vec<(usize, String)> {
    let leave = match room_of(file) {
        Some((_, room)) => room.crates,
        None if file == "src/main.rs" => &MAIN,
        None => &[],
    };
    // A module of the house may have the name of a crate: `formats/datasets/csv.rs`.
    let local = |name: &str| {
        paths.iter().any(|path| {
            let ours = ["crate", "super", "self", "allegata"].contains(&path.part(0));
            path.from != From::Expression && ours && path.parts.last().is_some_and(|last| last == name)
        })
    };
    let outside = paths.iter().filter(|path| {
        let name = path.part(0);
        known.iter().any(|known| known == name) && !leave.contains(&name) && (path.absolute || !local(name))
    });
    outside
        .map(|path| {
            (path.line, format!("`{}` is an outside crate that this room has no leave for", path.part(0)))
        })
        .collect()
}

/// Disk, threads, clock, surroundings or net in a room that has no business with them.
pub fn impure(file: &str, paths: &[Path]) -> Vec<(usize, String)> {
    let Some((_, room)) = room_of(file).filter(|(_, room)| !room.never.is_empty()) else { return vec![] };
    let is_pure = room.never == PURE;
    let mut faults = vec![];
    for path in paths {
        let (first, second) = (path.part(0), path.part(1));
        let std = matches!(first, "std" | "core")
            && (room.never.contains(&second)
                || second == "*"
                || is_pure && second == "io" && PURE_IO.contains(&path.part(2)));
        let of_type = path.parts.iter().rev().nth(1).is_some_and(|part| part.starts_with(char::is_uppercase));
        let clock = is_pure && of_type && path.parts.last().is_some_and(|last| last == "now");
        if std || clock {
            faults.push((path.line, format!("`{}` has no place in room `{}`", path.shown(), room.name)));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{bare, paths, shipped};

    fn faults(
        rule: impl Fn(&str, &[Path]) -> Vec<(usize, String)>,
        file: &str,
        text: &str,
    ) -> Vec<(usize, String)> {
        rule(file, &paths(&shipped(&bare(text))))
    }

    #[test]
    fn a_room_names_only_rooms_below() {
        let check = |file: &str, text: &str, want: &[usize]| {
            let lines: Vec<_> = faults(upward, file, text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, want, "{file}: {text}");
        };
        check("src/model/a.rs", "use crate::text::fold;\nuse crate::model::b;", &[]);
        check("src/model/a.rs", "//! crate::ui\nuse crate::formats::datasets::csv;", &[2]);
        check("src/model/a.rs", "fn a() {\n    crate::session::go()\n}", &[2]);
        check("src/text/mod.rs", "use super::model::Project;", &[1]);
        check("src/text/a.rs", "use super::model;", &[]);
        check("src/cli/a.rs", "use crate::ui::theme;", &[1]);
        check("src/ui/a.rs", "use crate::cli::verbs;\npub use crate::model::Project;", &[2]);
        check("src/ui/a.rs", "pub use crate::ui::parts;", &[]);
        check("src/main.rs", "use allegata::ui;", &[]);
    }

    #[test]
    fn a_wing_names_no_other() {
        let check = |file: &str, text: &str, want: &[usize]| {
            let lines: Vec<_> = faults(across, file, text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, want, "{file}: {text}");
        };
        check("src/formats/datasets/a.rs", "use crate::formats::{decode, project};", &[1]);
        check("src/formats/articles/a.rs", "\nuse crate::formats::datasets::rows::Row;", &[2]);
        check(
            "src/formats/project/a/b.rs",
            "use crate::formats::project::out;\nuse crate::formats::time;",
            &[],
        );
        check("src/formats/codebook.rs", "use crate::formats::project::read;", &[]);
    }

    #[test]
    fn a_room_names_only_its_crates() {
        let known: Vec<_> = ["csv", "egui", "serde", "clap"].map(str::to_owned).into();
        let check = |file: &str, text: &str, want: &[usize]| {
            let found = faults(|file, paths| outside(file, paths, &known), file, text);
            let lines: Vec<_> = found.into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, want, "{file}: {text}");
        };
        check("src/formats/a.rs", "use csv::Reader;\n#[derive(serde::Serialize)]\nstruct A;", &[]);
        check("src/model/a.rs", "use csv::Reader;", &[1]);
        check("src/model/a.rs", "\nfn a() { csv::go() }", &[2]);
        check("src/session/a.rs", "use crate::formats::datasets::csv;\nfn a() { csv::go() }", &[]);
        check("src/session/a.rs", "use crate::formats::datasets::csv;\nfn a() { ::csv::go() }", &[2]);
        check("src/session/a.rs", "fn a() { crate::formats::datasets::csv::go() }", &[]);
        check("src/cli/a.rs", "use {clap::Parser, egui::Ui};", &[1]);
        check("src/cli/a.rs", "#[cfg(test)]\nmod tests {\n    use egui::Ui;\n}", &[]);
        check("src/main.rs", "use eframe::egui;\nfn main() { clap::go() }", &[2]);
        check("src/lib.rs", "use serde;", &[1]);
    }

    #[test]
    fn a_pure_room_only_works_out_values() {
        let check = |file: &str, text: &str, want: &[usize]| {
            let lines: Vec<_> = faults(impure, file, text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, want, "{file}: {text}");
        };
        check("src/formats/a.rs", "use std::{fmt, fs::File};", &[1]);
        check("src/text/a.rs", "\nlet a = std::time::Instant::now();", &[2]);
        check(
            "src/session/a.rs",
            "use std::thread;\nuse std::env;\nuse std::net;\nuse std::process;",
            &[1, 2, 3, 4],
        );
        check("src/formats/a.rs", "let a = jiff::Timestamp::now();\nlet b = Zoned::now();", &[1, 2]);
        check("src/formats/a.rs", "use std::io::{Read, Write};\nlet b = std::io::stdout();", &[2]);
        check("src/shell/a.rs", "use std::fs;", &[]);
        check("src/ui/a.rs", "use std::{fs, thread};\nlet a = std::time::Instant::now();", &[1, 1]);
        check(
            "src/model/a.rs",
            "use std::sync::Arc;\n// std::fs\n#[cfg(test)]\nmod tests {\n use std::fs;\n}",
            &[],
        );
    }
}
