//! What is written and read back while somebody watches, and may stop it.

use std::io;

use crate::session::watch::Watch;

/// A writer or reader that tells how much went through it, and fails once it is stopped.
pub(in crate::shell::export) struct Watched<'a, T> {
    pub inner: T,
    pub watch: &'a Watch,
}

/// An error once it is to stop. Not of a kind that a writer would try again after.
pub(in crate::shell::export) fn go_on(watch: &Watch) -> io::Result<()> {
    if watch.stops() { Err(io::Error::other("it was stopped")) } else { Ok(()) }
}

impl<T: io::Write> io::Write for Watched<'_, T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        go_on(self.watch)?;
        let n = self.inner.write(bytes)?;
        self.watch.wrote(n);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: io::Read> io::Read for Watched<'_, T> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        go_on(self.watch)?;
        let n = self.inner.read(into)?;
        self.watch.read(n);
        Ok(n)
    }
}
