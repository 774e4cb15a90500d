//! Schemes: a project that begins with a ready one, and the scheme of a project written to a file.

use crate::formats::codebook;
use crate::model::ids::ProjectId;
use crate::model::project::{Parts, Project};
use crate::shell::{clock, export};
use std::path::Path;

/// An empty project with one of the ready schemes.
pub fn begin(title: &str, scheme: usize) -> Result<Project, String> {
    let mut parts = Parts::new(ProjectId::new(clock::project_id()), title);
    if let Some(ready) = codebook::READY.get(scheme) {
        parts.scheme = ready.scheme().map_err(|why| why.to_string())?;
    }
    Project::assemble(parts).map_err(|problem| problem.to_string())
}

/// A page, or the scheme's own file, which never takes the place of another.
pub fn write(project: &Project, of: &Path, path: &Path) -> Result<(), String> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) {
        let file = codebook::file(project).map_err(|why| why.to_string())?;
        return export::create(path, file.as_bytes()).map_err(|why| why.to_string());
    }
    export::write(path, codebook::markdown(project).as_bytes(), of).map_err(|why| why.to_string())
}
