//! The sample project that comes with the program.

use crate::formats;
use crate::model::ids::ProjectId;
use crate::model::project::Project;
use crate::shell::clock;

/// Without coders, so that the first key answers and nothing is asked before.
const SAMPLE: &[u8] = include_bytes!("../../projects/practice.allegata.ron");

/// A copy of the sample, with an id of its own: what one person does in it is not another's.
pub fn project() -> Result<Project, String> {
    let loaded = formats::project::read(SAMPLE).map_err(|error| error.to_string())?;
    Ok(loaded.project.copy_as(ProjectId::new(clock::project_id())))
}
