//! A coder: a person who labels.

use crate::model::ids::{CoderId, Kept};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coder {
    /// Given once; the name may change, the id stays.
    pub id: CoderId,
    pub name: String,
    pub extra: Kept,
}

impl Coder {
    /// The name, or the id as long as no name was given.
    pub fn shown_name(&self) -> &str {
        if self.name.trim().is_empty() { self.id.as_str() } else { &self.name }
    }
}
