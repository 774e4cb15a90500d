//! One line a drawn frame: what set it off, and how much CPU each part of it took.

/// Stand-in.
pub struct FrameLog;
