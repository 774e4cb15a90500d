//! Figures of a project.
