//! The window over the shell.
