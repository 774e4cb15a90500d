//! A dataset in splits before it is written: which article goes where, and what each part has of what goes out.

use crate::analysis::splits::near::Near;
use crate::analysis::splits::{self, Plan, Wish, wishes};
use crate::formats::Format;
use crate::formats::datasets::asked::Asked;
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::preview::{Preview, preview};
use crate::formats::datasets::rows::{self, Going};
use crate::formats::datasets::what::What;
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How articles are to be placed that are in no split yet.
#[derive(Debug, Clone)]
pub struct ToSplit {
    pub wishes: Vec<Wish>,
    pub seed: u64,
    /// Absent = the texts are still to be compared.
    pub near: Option<Arc<Near>>,
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parting {
    pub plan: Plan,
    /// The project with all of them placed.
    pub after: Project,
    /// In the order of the plan.
    pub parts: Vec<Part>,
}

/// A part of what goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub counts: Counts,
}

/// Works out what would go out, with the splits that are wanted; `None` where `stops` says that nobody waits for it any more.
pub fn look(
    project: &Project,
    (format, asked): (&Format, &Asked),
    wanted: Option<&ToSplit>,
    stops: &dyn Fn() -> bool,
) -> Result<Option<Preview>, String> {
    let Some(wanted) = wanted else { return preview(project, asked.what(project, format)?, format, stops) };
    if let Some(why) = wishes::refusal(project) {
        return Err(why);
    }
    let plan = match &wanted.near {
        Some(near) => splits::plan_near(project, near, &wanted.wishes, wanted.seed),
        None => splits::plan(project, &wanted.wishes, wanted.seed),
    };
    let mut after = project.clone();
    if let Some(action) = &plan.action {
        after.apply(action.clone()).map_err(|refusal| refusal.to_string())?;
    }
    if stops() {
        return Ok(None);
    }
    let Some(mut preview) = preview(&after, asked.what(&after, format)?, format, stops)? else {
        return Ok(None);
    };
    let parts = plan.splits.iter().map(|split| part(&after, &preview.what, &split.name)).collect();
    preview.parting = Some(Arc::new(Parting { plan, after, parts }));
    Ok(Some(preview))
}

fn part(project: &Project, what: &What, name: &str) -> Part {
    let is_in = |id: &&ArticleId| what.split(id) == Some(name) && what.has(id);
    let articles: BTreeSet<ArticleId> =
        project.articles().map(|article| &article.id).filter(is_in).cloned().collect();
    let what = What { articles: Some(articles), ..what.clone() };
    Part { name: name.to_owned(), counts: rows::count(&Going::new(project, &what)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{CSV, by_id};
    use crate::model::sketch;

    fn drawn() -> Project {
        let article = |n: usize| {
            let (label, word) = (["fact", "denial"][n % 2], char::from(b'a' + u8::try_from(n).unwrap()));
            let words = (0..30).map(|k| format!("{word}{k}")).collect::<Vec<_>>().join(" ");
            format!("# {n} | Post\n{words} so. [{label}] Then {word}. []")
        };
        let drawing: Vec<_> = (0..20).map(article).collect();
        sketch::project(
            &drawing.join("\n"),
            |text| format!("a{}", text.chars().take(1).collect::<String>()),
            |_| String::new(),
        )
        .unwrap()
    }

    fn looked(project: &Project, asked: &Asked, said: &str) -> Preview {
        let wanted =
            ToSplit { wishes: wishes::read(said).unwrap(), seed: 1, near: Some(Arc::new(Near::of(project))) };
        look(project, (&CSV, asked), Some(&wanted), &|| false).unwrap().unwrap()
    }

    #[test]
    fn the_parts_are_what_is_written() {
        let project = drawn();
        let asked = Asked { splits: true, ..Asked::default() };
        let preview = looked(&project, &asked, "50,25,25");
        let parting = preview.parting.as_ref().unwrap();
        let said: Vec<_> = parting
            .parts
            .iter()
            .map(|part| (part.name.as_str(), part.counts.n_articles, part.counts.n_rows))
            .collect();
        assert_eq!(said, [("train", 10, 20), ("validation", 5, 10), ("test", 5, 10)]);
        let n_rows: usize = parting.parts.iter().map(|part| part.counts.n_rows).sum();
        assert_eq!(n_rows, preview.counts.n_rows);
        // Those that go out, of those that are placed.
        let asked = Asked { articles: "label:denial".to_owned(), ..asked };
        let of_denials = looked(&project, &asked, "50,25,25");
        let parts = &of_denials.parting.as_ref().unwrap().parts;
        assert_eq!(parts.iter().map(|part| part.counts.n_articles).sum::<usize>(), 10);
        assert!(parts.iter().all(|part| part.counts.labels[2] == 0), "{parts:?}");
        // The project that it was worked out of has none of it.
        assert!(project.articles().all(|article| article.split.is_none()));
        assert!(parting.after.articles().all(|article| article.split.is_some()));
    }

    #[test]
    fn near_texts_of_another_project_are_no_help_and_no_harm() {
        let (project, asked) = (drawn(), Asked { splits: true, ..Asked::default() });
        let want = looked(&project, &asked, "70,15,15");
        for near in [None, Some(Arc::new(Near::default()))] {
            let wanted = ToSplit { wishes: wishes::read("70,15,15").unwrap(), seed: 1, near };
            let got = look(&project, (&CSV, &asked), Some(&wanted), &|| false).unwrap();
            assert_eq!(got.as_ref(), Some(&want));
            assert_eq!(look(&project, (&CSV, &asked), Some(&wanted), &|| true).unwrap(), None);
        }
        let plain = look(&project, (by_id("csv").unwrap(), &asked), None, &|| false).unwrap().unwrap();
        assert_eq!(plain.parting, None);
    }
}
