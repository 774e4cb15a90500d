//! Which articles a verb is about: named by their ids, or all that fit a query.

use crate::analysis::filter;
use crate::analysis::query::Who;
use crate::cli::failure::NotDone;
use crate::cli::{query, show};
use crate::model::ids::ArticleId;
use crate::model::project::Project;

/// The articles that are meant.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub(in crate::cli) struct Meant {
    /// The article, or several
    #[arg(long = "article", value_name = "ID", num_args = 1..)]
    articles: Vec<String>,
    /// All articles that fit this query, as `allegata find --help` has them
    #[arg(long = "articles", value_name = "QUERY")]
    query: Option<String>,
}

impl Meant {
    /// Their ids, each once: first those that are named, then those that fit, also where they are set aside. Answers are
    /// anybody's.
    pub fn ids(&self, project: &Project) -> anyhow::Result<Vec<ArticleId>> {
        let mut ids = Vec::new();
        for id in &self.articles {
            let id = show::article(project, id)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let Some(words) = &self.query else { return Ok(ids) };
        let ask = query::read(project, words)?;
        let fitting = filter::all_fitting(&ask, project, Who::Everybody);
        if fitting.is_empty() {
            return Err(NotDone(format!("no article fits `{words}`\0hint: look with `allegata show`")).into());
        }
        let n_named = ids.len();
        let is_new = |id: &ArticleId, named: &[ArticleId]| !named.contains(id);
        for id in fitting {
            if is_new(&id, ids.get(..n_named).unwrap_or_default()) {
                ids.push(id);
            }
        }
        Ok(ids)
    }
}
