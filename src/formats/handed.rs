//! The names of the files that are handed out.

use crate::model::coder::{Coder, slug};

/// The ends of a project's file name.
const ENDS: [&str; 2] = [".allegata.ron", ".ron"];

/// A name a coder, `STEM-SLUG.allegata.ron`, after the name of the project's file. Two coders never get the same.
pub fn names(project: &str, coders: &[Coder]) -> Vec<String> {
    let stem = ENDS.into_iter().find_map(|end| project.strip_suffix(end)).unwrap_or(project);
    let slugs: Vec<String> = coders.iter().map(slug_of).collect();
    let is_shared = |slug: &String| slugs.iter().filter(|other| *other == slug).count() > 1;
    let own = |(coder, slug): (&Coder, &String)| {
        // An id may have capitals: on some drives they make no other name.
        let id = coder.id.as_str();
        if is_shared(slug) { id.to_lowercase() } else { slug.clone() }
    };
    let mut names: Vec<String> = Vec::with_capacity(coders.len());
    for own in coders.iter().zip(&slugs).map(own) {
        let (mut name, mut n) = (format!("{stem}-{own}.allegata.ron"), 2);
        while names.contains(&name) {
            name = format!("{stem}-{own}-{n}.allegata.ron");
            n += 1;
        }
        names.push(name);
    }
    names
}

/// The first word of the name, or of the id as long as there is none.
fn slug_of(coder: &Coder) -> String {
    let of_id = || coder.id.as_str().split('-').next().unwrap_or_default().to_lowercase();
    if coder.name.trim().is_empty() { of_id() } else { slug(&coder.name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::CoderId;

    #[test]
    fn every_coder_has_a_name_of_their_own() {
        let check = |file: &str, coders: &[(&str, &str)], want: &[&str]| {
            let coders: Vec<_> =
                coders.iter().map(|(id, name)| Coder::new(CoderId::new(*id), *name)).collect();
            assert_eq!(names(file, &coders), want);
        };
        let two = [("anna-7f3k", "Anna K."), ("ben-q2ma", "")];
        check("p.allegata.ron", &two, &["p-anna.allegata.ron", "p-ben.allegata.ron"]);
        check("p.ron", &[("anna-7f3k", "Éva Nagy")], &["p-eva.allegata.ron"]);
        check("notes", &[("x-1", "王")], &["notes-coder.allegata.ron"]);
        let same = [("anna-7f3k", "Anna K."), ("anna-0000", "Anna B."), ("ANNA-0000", "Anna C.")];
        let want = ["p-anna-7f3k.allegata.ron", "p-anna-0000.allegata.ron", "p-anna-0000-2.allegata.ron"];
        check("p.ron", &same, &want);
    }
}
