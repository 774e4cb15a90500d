//! The one grammar on a command line: what is not understood is wrong usage.

use crate::analysis::query::{Ask, GRAMMAR};
use crate::cli::failure::Usage;
use crate::model::project::Project;

/// The grammar, for the help of a verb.
pub(in crate::cli) fn grammar() -> String {
    let rows = GRAMMAR.iter().map(|(example, says)| format!("  {example:<24} {says}"));
    format!("What can be asked for:\n{}", rows.collect::<Vec<_>>().join("\n"))
}

pub(in crate::cli) fn read(project: &Project, words: &str) -> Result<Ask, Usage> {
    let ask = Ask::read(words, project);
    match ask.faults.first() {
        Some(fault) => Err(Usage(fault.clone())),
        None => Ok(ask),
    }
}
