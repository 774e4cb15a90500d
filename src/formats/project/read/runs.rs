//! Runs of records that were read ahead.

use std::any::Any;
use std::collections::VecDeque;

/// Runs in the order in which they stand in the text.
#[derive(Default)]
pub(super) struct Runs(VecDeque<Run>);

pub(super) struct Run {
    pub start: usize,
    pub end: usize,
    /// A `Vec` of what became of records.
    pub records: Box<dyn Any + Send>,
}

impl Runs {
    pub fn new(runs: VecDeque<Run>) -> Self {
        Self(runs)
    }

    /// The run that begins at a byte, if it is one of these records, and where it ends.
    pub fn take<T: Any>(&mut self, at: usize) -> Option<(Vec<T>, usize)> {
        while self.0.front().is_some_and(|run| run.start < at) {
            self.0.pop_front();
        }
        let is_here = self.0.front().is_some_and(|run| run.start == at && run.records.is::<Vec<T>>());
        let Run { end, records, .. } = if is_here { self.0.pop_front()? } else { return None };
        Some((*records.downcast().ok()?, end))
    }
}
