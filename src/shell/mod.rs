//! Disk, threads, clock; kept thin.

pub mod backups;
pub mod clock;
pub mod file_error;
pub mod files;
pub mod folders;
pub mod intake;
pub mod journal_file;
pub mod lock;
pub mod settings;
pub mod watch;
