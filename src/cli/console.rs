//! Where a verb reads and writes, and how it ends. Nothing is written past the door.

use crate::cli::door::{Door, one_line};
use crate::cli::failure::Usage;
use crate::cli::{LOOK, NOT_DONE, Outcome, WRONG_USAGE};
use crate::formats::json;
use crate::text::message::{Message, plain};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// The three streams of the program.
pub(in crate::cli) struct Console<'a> {
    pub input: &'a mut dyn Read,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    out_is_terminal: bool,
    /// Whether somebody watches the error stream.
    shows_progress: bool,
    /// Whether a file was written: what fails afterwards is not "nothing was written".
    pub has_saved: bool,
}

/// The streams, each by itself, for who reads and writes by turns.
pub(in crate::cli) struct Streams<'a> {
    pub input: &'a mut dyn Read,
    pub data: Door<'a>,
    pub errors: Errors<'a>,
}

/// How far a verb is, for who watches.
pub(in crate::cli) struct Progress(ProgressBar);

/// The error stream.
pub(in crate::cli) struct Errors<'a>(&'a mut dyn Write);

/// Runs a verb on the streams of the program, says how it went, and gives the exit code.
pub(in crate::cli) fn run(verb: impl FnOnce(&mut Console<'_>) -> anyhow::Result<Outcome>) -> ExitCode {
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let (out_is_terminal, shows_progress) = (stdout.is_terminal(), stderr.is_terminal());
    let mut out = io::BufWriter::new(stdout.lock());
    let mut console = Console {
        input: &mut stdin.lock(),
        out: &mut out,
        err: &mut stderr.lock(),
        out_is_terminal,
        shows_progress,
        has_saved: false,
    };
    let done = verb(&mut console);
    console.close(done)
}

/// Says something beside the output, for who has no console: the window.
pub(in crate::cli) fn say(what: &str) {
    Errors(&mut io::stderr()).say(what);
}

/// Where what is logged goes.
#[derive(Debug)]
pub struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = plain(&String::from_utf8_lossy(bytes));
        Door::new(&mut io::stderr()).write_all(line.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// What is wrong with a command line, or the help that it asks for. A name in it may come from a file's.
pub(in crate::cli) fn say_usage(error: &clap::Error) -> io::Result<()> {
    if error.exit_code() == 0 {
        return error.print();
    }
    Door::new(&mut io::stderr()).write_all(error.render().to_string().as_bytes())
}

impl Console<'_> {
    /// Writes a line of the output.
    pub(in crate::cli) fn line(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{}", one_line(line))
    }

    /// Where a text of several lines goes.
    pub(in crate::cli) fn text(&mut self) -> Door<'_> {
        Door::new(self.out)
    }

    /// Where a dataset goes: to the letter, but on a terminal.
    pub(in crate::cli) fn data(&mut self) -> Door<'_> {
        Door::for_data(self.out, self.out_is_terminal)
    }

    /// Whether data goes to a terminal.
    pub(in crate::cli) fn is_watched(&self) -> bool {
        self.out_is_terminal
    }

    /// Writes a line of JSON, which escapes what would steer.
    pub(in crate::cli) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        json::line(value, self.out)
    }

    pub(in crate::cli) fn streams(&mut self) -> Streams<'_> {
        Streams {
            input: self.input,
            data: Door::for_data(self.out, self.out_is_terminal),
            errors: Errors(self.err),
        }
    }

    /// Says something beside the output. Nobody can be told when that fails.
    pub(in crate::cli) fn say(&mut self, what: &str) {
        Errors(self.err).say(what);
    }

    pub(in crate::cli) fn warn(&mut self, what: &str) {
        self.say(&format!("warning: {what}"));
    }

    pub(in crate::cli) fn progress(&self, n_files: usize) -> Progress {
        let shows = self.shows_progress && n_files > 1;
        let target = if shows { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(u64::try_from(n_files).unwrap_or(u64::MAX)), target);
        Progress(match ProgressStyle::with_template("{pos}/{len} {bar:30} {wide_msg}") {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        })
    }

    /// Says how it went, and gives the exit code.
    fn close(mut self, done: anyhow::Result<Outcome>) -> ExitCode {
        let done = done.and_then(|outcome| {
            self.out.flush()?;
            Ok(outcome)
        });
        match done {
            Ok(Outcome::Fine) => ExitCode::SUCCESS,
            Ok(Outcome::Look) => ExitCode::from(LOOK),
            // Whoever read our output has seen enough: `allegata show p.ron | head`.
            Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
            // Files name their errors; without a name it is the output.
            Err(error) if error.is::<io::Error>() => {
                let saved = if self.has_saved { "what was asked for is saved, but " } else { "" };
                self.say(&format!(
                    "error: {saved}the output cannot be written, {error}\0hint: free some space, or send it elsewhere"
                ));
                ExitCode::from(if self.has_saved { LOOK } else { NOT_DONE })
            }
            Err(error) => {
                self.say(&format!("error: {error}"));
                ExitCode::from(if error.is::<Usage>() { WRONG_USAGE } else { NOT_DONE })
            }
        }
    }
}

impl Progress {
    pub(in crate::cli) fn at(&self, n_done: usize, path: &Path) {
        self.0.set_position(u64::try_from(n_done).unwrap_or(u64::MAX));
        self.0.set_message(one_line(&path.display().to_string()));
    }

    pub(in crate::cli) fn end(self) {
        self.0.finish_and_clear();
    }
}

impl Errors<'_> {
    /// Says something in a line, and what to do about it in the next. Nobody can be told when that fails.
    pub(in crate::cli) fn say(&mut self, what: &str) {
        let Message { what, hint } = Message::of(what);
        let hint = hint.map(|hint| format!("\nhint: {}", one_line(&hint))).unwrap_or_default();
        writeln!(self.0, "{}{hint}", one_line(&what)).unwrap_or_default();
    }
}

/// A dataset's way into a pipe or a device: to the letter, but on a terminal.
pub(in crate::cli) fn into_stream(stream: &mut File) -> Door<'_> {
    let is_terminal = stream.is_terminal();
    Door::for_data(stream, is_terminal)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
