//! Names in the place of coders' names, for what is published. They come out of the project's id and the coder's, so that they are
//! the same in every report and export of the project, and nothing of them is stored.
//!
//! They hide names from readers. Who has the project's file has the coders' names too, and can work them out.

use crate::analysis::chance::number_of;
use crate::model::ids::CoderId;
use crate::model::project::Project;
use std::collections::{BTreeMap, BTreeSet};

/// Letters and digits that nobody takes for each other.
const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// So many signs, and more where two coders would have the same.
const USUAL: usize = 4;
/// As many as 64 bits give.
const MOST: usize = 12;

/// The pseudonyms of a project's coders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pseudonyms {
    signs: BTreeMap<CoderId, String>,
}

impl Pseudonyms {
    pub fn of(project: &Project) -> Self {
        let all: Vec<_> = project
            .coders()
            .map(|coder| (coder.id.clone(), signs(project.id().as_str(), &coder.id)))
            .collect();
        let starts = |n: usize| {
            let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
            for (_, signs) in &all {
                let start: String = signs.chars().take(n).collect();
                if !seen.insert(start.clone()) {
                    twice.insert(start);
                }
            }
            twice
        };
        let twice: Vec<(usize, BTreeSet<String>)> = (USUAL..MOST).map(|n| (n, starts(n))).collect();
        let short = |signs: &String| {
            let starts = twice.iter().map(|(n, twice)| (signs.chars().take(*n).collect::<String>(), twice));
            let mut single = starts.filter(|(start, twice)| !twice.contains(start));
            single.next().map_or_else(|| signs.clone(), |(start, _)| start)
        };
        Self { signs: all.iter().map(|(id, signs)| (id.clone(), short(signs))).collect() }
    }

    /// As people read it: `Coder 7KQ2`.
    pub fn name(&self, coder: &CoderId) -> String {
        format!("Coder {}", self.signs.get(coder).map_or("?", String::as_str))
    }

    /// As an id: `coder-7kq2`.
    pub fn id(&self, coder: &CoderId) -> CoderId {
        CoderId::new(self.name(coder).to_lowercase().replace(' ', "-"))
    }
}

/// All signs of a coder.
fn signs(project: &str, coder: &CoderId) -> String {
    let number = number_of(number_of(0, project), coder.as_str());
    let sign = |place: usize| SIGNS.get((number >> (5 * place) & 31) as usize).copied().map(char::from);
    (0..MOST).filter_map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coder::Coder;
    use crate::model::ids::{ProjectId, is_id};
    use crate::model::project::Parts;

    fn project(id: &str, coders: &[String]) -> Project {
        let coders = coders.iter().map(|id| Coder::new(CoderId::new(id.as_str()), "Ana Ruiz")).collect();
        Project::assemble(Parts { coders, ..Parts::new(ProjectId::new(id), "P") }).unwrap()
    }

    fn some(n: usize) -> Vec<String> {
        (0..n).map(|n| format!("ana-{n:04}")).collect()
    }

    #[test]
    fn pseudonyms_stay_as_they_are_when_others_come() {
        let id = CoderId::new("ana-0001");
        let few = Pseudonyms::of(&project("p", &some(2)));
        let many = Pseudonyms::of(&project("p", &some(200)));
        assert_eq!((few.name(&id), few.id(&id)), ("Coder N5U7".to_owned(), CoderId::new("coder-n5u7")));
        assert_eq!(many.name(&id), few.name(&id));
        assert_ne!(Pseudonyms::of(&project("q", &some(2))).name(&id), few.name(&id));
        let all = few.name(&id) + few.id(&id).as_str();
        assert!(!all.to_lowercase().contains("ana"), "{all}");
    }

    #[test]
    fn no_two_coders_have_the_same_one() {
        for project_id in ["p", "q", "0192f3c4-5a6b-7c8d"] {
            let project = project(project_id, &some(256));
            let pseudonyms = Pseudonyms::of(&project);
            let names: BTreeSet<_> = project.coders().map(|coder| pseudonyms.id(&coder.id)).collect();
            assert_eq!(names.len(), 256);
            assert!(names.iter().all(|id| is_id(id.as_str())));
        }
    }

    #[test]
    fn where_two_would_be_the_same_both_are_longer() {
        // Among so many ids some begin alike: what is shown of them differs.
        let ids = some(3000);
        let mut by_start: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for id in &ids {
            let start = signs("p", &CoderId::new(id.as_str())).chars().take(USUAL).collect();
            by_start.entry(start).or_default().push(id);
        }
        let (start, both) = by_start.iter().find(|(_, ids)| ids.len() > 1).unwrap();
        let project = project("p", &both.iter().map(|id| (*id).clone()).collect::<Vec<_>>());
        let pseudonyms = Pseudonyms::of(&project);
        let names: BTreeSet<_> = project.coders().map(|coder| pseudonyms.name(&coder.id)).collect();
        assert_eq!(names.len(), both.len());
        assert!(
            names.iter().all(|name| name.len() > "Coder ".len() + USUAL && name.contains(start.as_str()))
        );
    }
}
