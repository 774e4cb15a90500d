//! How a verb fails: by wrong usage, or because it could not be done.

/// The command line asks for something that makes no sense here; a message with its hint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(in crate::cli) struct Usage(pub(in crate::cli) String);

/// It could not be done, and nothing was written; a message with its hint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(in crate::cli) struct NotDone(pub(in crate::cli) String);
