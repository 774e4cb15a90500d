//! Stand-in until the real codec lands.

use crate::model::action::Action;
use crate::model::ids::{CoderId, Stamp};

/// One action as the journal holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub n: u64,
    pub at: Stamp,
    pub by: Option<CoderId>,
    pub name: String,
    pub undoes: Option<u64>,
    pub action: Action,
}
