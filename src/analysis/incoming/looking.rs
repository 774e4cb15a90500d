//! What a dataset has, before anything is taken of it: its articles and where they are found, whom and which labels it names.

use crate::analysis::incoming::finding::{By, Finder};
use crate::analysis::incoming::taking::known_label;
use crate::analysis::incoming::{Incoming, Mark};
use crate::model::project::Project;
use std::collections::BTreeMap;

/// What a dataset has, beside a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Has {
    /// Articles found by their id, by their hash, by their text.
    pub by_id: usize,
    pub by_hash: usize,
    pub by_text: usize,
    /// Texts that the project does not have.
    pub not_here: usize,
    /// Sentences without an article, which are looked for by their words.
    pub n_loose: usize,
    /// Marks that say something.
    pub n_said: usize,
    /// Whom the dataset names, with how much they said.
    pub coders: Vec<(String, usize)>,
    /// How much nobody is named for.
    pub n_unnamed: usize,
    /// Words for labels that the scheme does not have, with how often they were given.
    pub unknown: Vec<(String, usize)>,
}

pub fn has(project: &Project, incoming: &Incoming) -> Has {
    let (mut has, mut finder) = (Has::default(), Finder::new(project));
    let (mut coders, mut words): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for document in &incoming.documents {
        let said = || document.marks.iter().filter(|mark| !mark.is_bare());
        has.n_said += said().count();
        match finder.found(document) {
            Some((_, By::Id)) => has.by_id += 1,
            Some((_, By::Hash)) => has.by_hash += 1,
            Some((_, By::Text)) => has.by_text += 1,
            None if document.text.is_some() || document.id.is_some() => has.not_here += 1,
            None => has.n_loose += said().count(),
        }
        for Mark { coder, labels, .. } in said() {
            match coder.as_deref().filter(|coder| !coder.is_empty()) {
                Some(coder) => *coders.entry(coder).or_default() += 1,
                None => has.n_unnamed += 1,
            }
            for word in labels.iter().flatten() {
                *words.entry(word).or_default() += 1;
            }
        }
    }
    let owned = |(name, n): (&str, usize)| (name.to_owned(), n);
    has.coders = coders.into_iter().map(owned).collect();
    let is_unknown = |(word, _): &(&str, usize)| known_label(project.scheme(), word).is_none();
    has.unknown = words.into_iter().filter(is_unknown).map(owned).collect();
    has
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::incoming::Document;
    use crate::model::sketch;

    #[test]
    fn articles_are_counted_by_how_they_are_found() {
        let drawing = "# A\nOne. []\n# B\nSecond. []\n# C\nThree. []";
        let project =
            sketch::project(drawing, |text| format!("a-{}", text.len()), |text| format!("h{text}")).unwrap();
        let mark = |coder: &str, label: &str| Mark {
            coder: Some(coder.to_owned()),
            labels: Some(vec![label.to_owned()]),
            ..Mark::default()
        };
        let documents = vec![
            Document {
                id: Some("a-4".to_owned()),
                marks: vec![mark("mira", "fact"), Mark::default()],
                ..Document::default()
            },
            Document {
                sha256: Some("hThree.".to_owned()),
                marks: vec![mark("mira", "rumour")],
                ..Document::default()
            },
            Document {
                text: Some("three.".to_owned()),
                marks: vec![mark("jo", "rumour")],
                ..Document::default()
            },
            Document { text: Some("Elsewhere.".to_owned()), ..Document::default() },
            Document { marks: vec![mark("", "Allegation")], ..Document::default() },
        ];
        let has = has(&project, &Incoming { documents, ..Incoming::default() });
        assert_eq!((has.by_id, has.by_hash, has.by_text, has.not_here, has.n_loose), (1, 1, 1, 1, 1));
        assert_eq!(has.coders, [("jo".to_owned(), 1), ("mira".to_owned(), 2)]);
        assert_eq!((has.n_said, has.n_unnamed), (4, 1));
        assert_eq!(has.unknown, [("rumour".to_owned(), 2)]);
    }
}
