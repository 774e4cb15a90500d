//! A coder: a person who labels.

use crate::model::ids::{CoderId, Kept};
use crate::text::fold::fold;

/// The role of who decides and does not label.
pub const REVIEWER: &str = "reviewer";
/// The longest slug, in characters.
const MAX_SLUG: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coder {
    /// Given once; the name may change, the id stays.
    pub id: CoderId,
    pub name: String,
    /// What this person does beside or instead of labelling: [`REVIEWER`], or a newer version's word.
    pub role: Option<String>,
    pub extra: Kept,
}

impl Coder {
    /// A coder who labels.
    pub fn new(id: CoderId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), role: None, extra: None }
    }

    /// Whether this person decides and does not label: gets no file, is in no figures and queues.
    pub fn is_reviewer(&self) -> bool {
        self.role.as_deref() == Some(REVIEWER)
    }

    /// The name, or the id as long as no name was given.
    pub fn shown_name(&self) -> &str {
        if self.name.trim().is_empty() { self.id.as_str() } else { &self.name }
    }
}

/// The first word of a name as an id has it: `ines`; `coder` where there is none.
pub fn slug(name: &str) -> String {
    let first = fold(name.split_whitespace().next().unwrap_or_default());
    let slug: String = first.chars().filter(char::is_ascii_alphanumeric).take(MAX_SLUG).collect();
    if slug.is_empty() { "coder".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_come_from_the_first_word() {
        let check = |name: &str, want: &str| assert_eq!(slug(name), want);
        check("Ines Várga", "ines");
        check("  Éva", "eva");
        check("O\u{2019}Hara", "ohara");
        check("王", "coder");
        check("", "coder");
        check(&"x".repeat(60), &"x".repeat(20));
    }
}
