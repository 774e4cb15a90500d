//! How a verb fails: by wrong usage, or because it could not be done.

/// The command line asks for something that makes no sense here; a message with its hint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(in crate::cli) struct Usage(pub(in crate::cli) String);

/// It could not be done, and nothing was written; a message with its hint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(in crate::cli) struct NotDone(pub(in crate::cli) String);

/// The message, and what to do about it.
pub(in crate::cli) fn parts(message: &str) -> (&str, Option<&str>) {
    match message.split_once(" hint: ") {
        Some((what, hint)) => (what, Some(hint)),
        None => (message, None),
    }
}
