//! The command line over the shell.
