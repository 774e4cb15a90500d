//! Where a verb reads and writes, and how it ends.

use crate::cli::failure::{Usage, parts};
use crate::cli::{LOOK, NOT_DONE, Outcome, WRONG_USAGE};
use crate::model::ids::is_bidi_control;
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// The three streams of the program.
pub(in crate::cli) struct Console<'a> {
    pub input: &'a mut dyn Read,
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
    /// Whether somebody watches the error stream.
    pub shows_progress: bool,
    /// Whether a file was written: what fails afterwards is not "nothing was written".
    pub has_saved: bool,
}

impl Console<'_> {
    /// Says something beside the output. Nobody can be told when that fails.
    pub(in crate::cli) fn say(&mut self, what: &str) {
        say(self.err, what);
    }

    pub(in crate::cli) fn warn(&mut self, what: &str) {
        self.say(&format!("warning: {what}"));
    }

    /// Says how it went, and gives the exit code.
    pub(in crate::cli) fn close(mut self, done: anyhow::Result<Outcome>) -> ExitCode {
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
                    "error: {saved}the output cannot be written, {error} hint: free some space, or send it elsewhere"
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

/// Says something on the error stream, while the rest of the console is busy.
pub(in crate::cli) fn say(err: &mut dyn Write, what: &str) {
    let (what, hint) = parts(what);
    let hint = hint.map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
    writeln!(err, "{}", harmless(&format!("{what}{hint}"))).unwrap_or_default();
}

/// The text without what steers a terminal or turns the direction of what follows; line breaks stay.
pub(in crate::cli) fn harmless(text: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n' || is_bidi_control(c);
    text.replace(steers, "\u{FFFD}")
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_steer_no_terminal() {
        let check = |text: &str, want: &str| assert_eq!(harmless(text), want, "{text:?}");
        check("Várga \u{1F525}\nhint: a", "Várga \u{1F525}\nhint: a");
        check("a\u{1b}[31mb\tc\r", "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}");
        check("evil\u{202e}txt.exe", "evil\u{FFFD}txt.exe");
    }
}
