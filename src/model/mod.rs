//! What a project is, and the one way it changes.
