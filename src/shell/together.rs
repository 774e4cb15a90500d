//! Several people's files read as they are, as one project in memory.

use std::path::PathBuf;

use crate::analysis::collect::{Came, LeftOut};
use crate::analysis::together::{self, Choice, Together};
use crate::model::ids::ProjectId;
use crate::model::project::Project;
use crate::shell::{clock, teammates};

/// What came of reading files.
#[derive(Debug)]
pub struct Read {
    /// The files that could be read, in their order: name and how much in them had to be mended.
    pub files: Vec<(String, usize)>,
    /// The others, each with the reason: `left out: no such file`.
    pub left_out: Vec<(String, String)>,
    /// None, if no file could be read.
    pub together: Option<Together>,
    /// The files as they were read.
    pub projects: Vec<Project>,
}

/// Reads files and puts them together. Of `name`, one a path, is what a file is called in messages.
pub fn read(paths: &[PathBuf], name: fn(&PathBuf) -> String, choice: &Choice) -> Read {
    let came = paths.iter().map(|path| teammates::came(path, name(path)));
    of(came.collect(), choice)
}

/// The same of files that were read.
fn of(came: Vec<Came>, choice: &Choice) -> Read {
    let mut read = Read { files: vec![], left_out: vec![], together: None, projects: vec![] };
    for came in came {
        match came.project {
            Ok(project) => {
                read.files.push((came.name, came.n_mends));
                read.projects.push(project);
            }
            Err(why) => {
                let why = LeftOut::Unread(why).says(&[]);
                read.left_out.push((came.name, why));
            }
        }
    }
    read.put_together(choice);
    read
}

impl Read {
    /// Puts the files together that were read.
    pub fn put_together(&mut self, choice: &Choice) {
        self.together = None;
        let all: Vec<&Project> = self.projects.iter().collect();
        if all.is_empty() {
            return;
        }
        match together::together(&all, ProjectId::new(clock::project_id()), choice) {
            Ok(together) => self.together = Some(together),
            Err(problem) => {
                let names = self.files.drain(..).map(|(name, _)| name);
                self.left_out.extend(names.map(|name| (name, problem.to_string())));
            }
        }
    }
}
