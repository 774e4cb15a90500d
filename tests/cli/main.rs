//! Does the command line say so: whole output and exit code of every verb, by the real program.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod agreement;
mod answers;
mod articles;
mod desk;
mod door;
mod drawing;
mod find;
mod mending;
mod reading;
mod review;
mod scheme;
mod sentences;
mod teams;
mod trouble;
mod versions;
