//! Pictures of the window.
