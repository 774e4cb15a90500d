//! Agreement between coders: a matrix of units and coders in, figures out.
//!
//! Notation of the sources: `n_uc` coders gave unit *u* the label *c*, `m_u` coders answered it at all. A unit is *pairable* if
//! at least two did. A missing answer is missing: it is never a label. What cannot be worked out says why and has no number.

pub mod bootstrap;
pub mod charts;
pub mod distance;
pub mod drift;
pub mod figures;
pub mod jackknife;
pub mod marks;
pub mod matrix;
pub mod of_project;
pub mod pairs;
pub mod panel;
pub mod student;
pub mod sums;
pub mod tally;
pub mod undefined;
pub mod unitizing;
pub mod worked;
