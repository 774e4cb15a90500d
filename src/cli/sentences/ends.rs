//! `sentences --jsonl`: texts in, the ends of their sentences out, one line at a time.

use super::Args;
use crate::cli::Outcome;
use crate::cli::console::{Console, Errors, Streams};
use crate::cli::door::Door;
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::formats::ends;
use crate::shell::file_error::FileError;
use crate::shell::lines::{Line, Lines};
use crate::text::message::MARK;
use crate::text::rules::Settings;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};

/// A longer line is passed over.
const MAX_LINE_BYTES: usize = 64 << 20;

/// What a line has to be.
const HINT: &str = "a line is an object such as `{\"id\": 1, \"text\": \"It rained.\"}`";

/// What came of lines and files.
#[derive(Debug, Default)]
struct Counted {
    done: usize,
    bad: usize,
    /// Files that could not be read, or not to their end.
    refused: usize,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let settings =
        Settings { lang: args.lang.as_deref(), lower_case: args.lower_case, ..Settings::default() };
    let stdin = [PathBuf::from("-")];
    let paths = if args.files.is_empty() { stdin.as_slice() } else { &args.files };
    let mut counted = Counted::default();
    for path in paths {
        let Streams { input, mut data, mut errors } = console.streams();
        let streamed = if path == Path::new("-") {
            let lines = Lines::new(BufReader::new(input), path, MAX_LINE_BYTES);
            stream(lines, path, settings, &mut counted, &mut data, &mut errors)?
        } else {
            match Lines::open(path, MAX_LINE_BYTES) {
                Ok(lines) => stream(lines, path, settings, &mut counted, &mut data, &mut errors)?,
                Err(error) => Err(error),
            }
        };
        if let Err(error) = streamed {
            counted.refused += 1;
            console.say(&format!("error: {error}"));
        }
    }
    let Counted { done, bad, refused } = counted;
    let lines = (bad > 0).then(|| format!("{bad} of {}", n_of(done + bad, "line")));
    let files = (refused > 0).then(|| n_of(refused, "file"));
    let what: Vec<_> = lines.into_iter().chain(files).collect();
    if what.is_empty() {
        return Ok(Outcome::Fine);
    }
    let hint = if bad > 0 { format!("{MARK}{HINT}") } else { String::new() };
    let said = format!("{} could not be read{hint}", what.join(" and "));
    if done == 0 {
        return Err(NotDone(said).into());
    }
    console.warn(&said);
    Ok(Outcome::Look)
}

/// Goes through one stream. `Err` = the output cannot be written; the inner one = the input cannot be read on.
fn stream<R: BufRead>(
    mut lines: Lines<R>,
    path: &Path,
    settings: Settings<'_>,
    counted: &mut Counted,
    data: &mut Door<'_>,
    errors: &mut Errors<'_>,
) -> io::Result<Result<(), FileError>> {
    for n in 1_u64.. {
        let said = match lines.read() {
            Ok(None) => break,
            Ok(Some(Line::TooLong)) => Err(format!("is longer than {} MiB", MAX_LINE_BYTES >> 20)),
            Ok(Some(Line::Bytes(line))) => ends::of_line(line, settings).map_err(|error| error.to_string()),
            Err(error) => return Ok(Err(error)),
        };
        match said {
            Ok(None) => {}
            Ok(Some(said)) => {
                data.write_all(format!("{said}\n").as_bytes())?;
                counted.done += 1;
            }
            Err(why) => {
                errors.say(&format!("error: line {n} {why}: `{}`", path.display()));
                counted.bad += 1;
            }
        }
    }
    Ok(Ok(()))
}
