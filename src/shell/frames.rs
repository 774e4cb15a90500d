//! The log of drawn frames, for measuring: a file of lines, and the CPU clock of the thread.

use crate::shell::disk;
use crate::shell::file_error::FileError;
use rustix::time::{ClockId, clock_gettime};
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

/// A file that takes one line a frame.
pub struct FrameFile(File);

impl FrameFile {
    /// Makes the file and writes its head.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        let file = disk::open(path, &options).map_err(|error| FileError::writing(path, "made", error))?;
        let mut log = Self(file);
        log.write("cause\tlogic_ms\tui_ms\ttess_ms\tpaint_ms\tat_ms");
        Ok(log)
    }

    /// Writes one line; a log that cannot be written is no reason to stop.
    pub fn write(&mut self, line: &str) {
        if let Err(error) = writeln!(self.0, "{line}") {
            tracing::warn!("the frame log is not written: {error}");
        }
    }
}

/// CPU time of this thread so far, in milliseconds.
pub fn cpu_ms() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
