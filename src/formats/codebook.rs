//! A scheme with its codebook by itself: as a file, as a page to read, and the ready ones.
//!
//! A scheme's file is a project without coders and articles, so that one reader and one writer serve both, and any project can
//! lend its scheme.

use crate::formats::project::{self, ProjectError};
use crate::model::ids::ProjectId;
use crate::model::project::{Parts, Project};
use crate::model::scheme::{Label, Scheme};

/// A scheme that a project can begin with.
#[derive(Debug)]
pub struct Ready {
    pub name: &'static str,
    /// What it is, in a few words.
    pub says: &'static str,
    file: Option<&'static str>,
}

/// The first is what a project has if nothing is said.
pub const READY: [Ready; 4] = [
    Ready { name: "allegation", says: "allegation, denial, fact", file: None },
    Ready {
        name: "claim",
        says: "claim, evidence, background",
        file: Some(include_str!("../../assets/schemes/claim.allegata.ron")),
    },
    Ready {
        name: "stance",
        says: "support, deny, query, comment",
        file: Some(include_str!("../../assets/schemes/stance.allegata.ron")),
    },
    Ready {
        name: "empty",
        says: "no labels yet",
        file: Some(include_str!("../../assets/schemes/empty.allegata.ron")),
    },
];

impl Ready {
    pub fn scheme(&self) -> Result<Scheme, ProjectError> {
        let Some(file) = self.file else { return Ok(Scheme::allegata()) };
        Ok(project::read(file.as_bytes())?.project.scheme().clone())
    }
}

/// The file of a project's scheme: the same scheme of the same project gives the same bytes.
pub fn file(project: &Project) -> Result<String, ProjectError> {
    let id = ProjectId::new(format!("{}-scheme", project.id()));
    let parts = Parts { scheme: project.scheme().clone(), ..Parts::new(id, project.title()) };
    Ok(project::write(&Project::assemble(parts)?))
}

/// The codebook as a Markdown page.
pub fn markdown(project: &Project) -> String {
    let scheme = project.scheme();
    let title = if project.title().is_empty() { "Codebook" } else { project.title() };
    let takes = if scheme.takes_several() { "several labels" } else { "one label" };
    let skips = match scheme.skip.join(", ") {
        skips if skips.is_empty() => skips,
        skips => format!(" Not labelled: {}.", line(&skips)),
    };
    let head = [
        format!("# {}", line(title)),
        format!(
            "Codebook, version {}. A sentence takes {takes}, or *none of these*: it was read, and no label fits.{skips}",
            scheme.version
        ),
    ];
    let paragraphs: Vec<_> = head.into_iter().chain(scheme.labels.iter().flat_map(|l| entry(l))).collect();
    paragraphs.join("\n\n") + "\n"
}

/// A label's paragraphs.
fn entry(label: &Label) -> Vec<String> {
    let retired = if label.retired { " (no longer given)" } else { "" };
    let mut entry = vec![format!("## {}{retired}", line(&label.name)), line(&label.says)];
    entry.extend(label.doubt.as_ref().map(|doubt| format!("When in doubt: {}", line(doubt))));
    for (what, examples) in [("Belongs here:", &label.is), ("Does not belong here:", &label.is_not)] {
        if !examples.is_empty() {
            let rows: Vec<_> = examples.iter().map(|example| format!("- {}", line(example))).collect();
            entry.extend([what.to_owned(), rows.join("\n")]);
        }
    }
    let keys = label.keys.join("` `");
    let keys = if keys.is_empty() { keys } else { format!(", keys `{keys}`") };
    entry.push(format!("Id `{}`{keys}.", label.id));
    entry.retain(|paragraph| !paragraph.is_empty());
    entry
}

/// A text on one line, in which nothing is a mark of Markdown.
pub(in crate::formats) fn line(text: &str) -> String {
    let mut line = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\`*_[]<>#|".contains(c) {
            line.push('\\');
        }
        line.push(c);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ready_schemes_are_as_they_are_listed_and_as_they_would_be_written() {
        for ready in &READY {
            let scheme = ready.scheme().unwrap();
            let names = scheme.labels.iter().map(|label| label.name.to_lowercase()).collect::<Vec<_>>();
            let want = if names.is_empty() { "no labels yet".to_owned() } else { names.join(", ") };
            assert_eq!(ready.says, want);
            let letters: BTreeSet<_> = scheme.labels.iter().map(|label| &label.letter).collect();
            assert_eq!(letters.len(), scheme.labels.len(), "{}", ready.name);
            assert!(scheme.labels.iter().all(|label| !label.says.is_empty() && !label.keys.is_empty()));
            if let Some(file) = ready.file {
                let loaded = project::read(file.as_bytes()).unwrap();
                assert_eq!(loaded.mends, []);
                assert_eq!(project::write(&loaded.project), file, "{}", ready.name);
            }
        }
    }

    #[test]
    fn a_scheme_comes_back_from_its_file() {
        let project = Project::assemble(Parts::new(ProjectId::new("p"), "Harbour")).unwrap();
        let file = file(&project).unwrap();
        let back = project::read(file.as_bytes()).unwrap().project;
        assert_eq!(back.scheme(), project.scheme());
        assert_eq!((back.n_articles(), back.n_coders()), (0, 0));
        assert_ne!(back.id(), project.id());
    }

    #[test]
    fn the_page_names_everything_and_no_text_of_it_is_a_mark() {
        let mut parts = Parts::new(ProjectId::new("p"), "A *harbour* story");
        let label = std::sync::Arc::make_mut(&mut parts.scheme.labels[0]);
        label.is = vec!["“He\ntook [it].”".to_owned()];
        label.retired = true;
        let page = markdown(&Project::assemble(parts).unwrap());
        assert!(
            page.starts_with("# A \\*harbour\\* story\n\nCodebook, version 1. A sentence takes one label"),
            "{page}"
        );
        assert!(page.contains("## Allegation (no longer given)\n\nSomebody is said to"), "{page}");
        assert!(page.contains("Belongs here:\n\n- “He took \\[it\\].”\n"), "{page}");
        assert!(page.contains("When in doubt: Includes explaining a charge away."), "{page}");
        assert!(page.ends_with("Id `fact`, keys `3` `F`.\n"), "{page}");
    }
}
