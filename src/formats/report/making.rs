//! From a project to the files of its report. Everything in it is worked out here, once, for the window and for the command line.

use crate::analysis::agreement::drift;
use crate::analysis::agreement::of_project::{Missing, Rule};
use crate::analysis::agreement::worked::{self, Asked};
use crate::analysis::compare::Comparison;
use crate::analysis::filter;
use crate::analysis::pseudonyms::Pseudonyms;
use crate::analysis::query::{Ask, Who};
use crate::analysis::report::{self, Given, Made, Names, Segmentation};
use crate::formats::articles::{settings_of, split_again};
use crate::formats::hashes::sha256_hex;
use crate::formats::project;
use crate::formats::report::{File, Form, files};
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use crate::text::rules::Rules;
use std::collections::BTreeSet;

/// What the report is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub form: Form,
    pub named: Named,
    pub rule: Rule,
    /// Words that articles are filtered by; empty = all articles.
    pub articles: String,
    /// Name and SHA-256 of the files that were read.
    pub files: Vec<(String, String)>,
}

/// What coders are called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Named {
    #[default]
    Pseudonyms,
    Real,
}

/// The files of the report of a project; nothing if it does not go on. It is asked again and again, with how far it is in a
/// hundred.
pub fn make(project: &Project, wish: &Wish, goes_on: &dyn Fn(u64) -> bool) -> Option<Vec<File>> {
    let at = |percent| goes_on(percent).then_some(());
    at(1)?;
    let ask = Ask::read(&wish.articles, project);
    let fitting: Option<BTreeSet<ArticleId>> =
        (!ask.is_empty()).then(|| filter::all_fitting(&ask, project, Who::Everybody).into_iter().collect());
    let taken = |id: &ArticleId| fitting.as_ref().is_none_or(|ids| ids.contains(id));
    let comparison = Comparison::of(project);
    at(20)?;
    let asked = Asked { rule: wish.rule, over_text: true, ..Asked::default() };
    let worked = worked::of(project, &comparison.units, asked, taken);
    at(40)?;
    let drift = drift::of(project, &comparison.units, &worked.matrix);
    at(45)?;
    let made = Made {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        files: wish.files.clone(),
        sha256: hash_of(project),
        options: options(wish.rule),
        filter: wish.articles.trim().to_owned(),
        segmentation: segmentation(project, |share| at(45 + 30 * share / 100))?,
    };
    at(75)?;
    let names = match wish.named {
        Named::Real => Names::Real,
        Named::Pseudonyms => Names::Pseudonyms(Pseudonyms::of(project)),
    };
    let given = Given {
        project,
        comparison: &comparison,
        worked: &worked,
        drift: &drift,
        taken: fitting.as_ref(),
        names,
        made: &made,
    };
    let report = report::of(&given);
    at(80)?;
    files(&report, wish.form, &|| goes_on(85))
}

/// SHA-256 of a project's file, as it is when it is saved.
pub fn hash_of(project: &Project) -> String {
    sha256_hex(project::write(project).as_bytes())
}

/// The rules that were chosen, as the command line takes them.
fn options(rule: Rule) -> Vec<String> {
    let left_out =
        [(rule.finished_only, "unfinished"), (rule.no_retired, "retired"), (rule.this_version_only, "older")];
    let left_out: Vec<&str> = left_out.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
    let missing = (rule.missing == Missing::NoneIfDone).then(|| "--missing none-if-done".to_owned());
    let left_out = (!left_out.is_empty()).then(|| format!("--leave-out {}", left_out.join(",")));
    let also = rule.with_aside.then(|| "--also aside".to_owned());
    missing.into_iter().chain(left_out).chain(also).collect()
}

/// What the splitter makes of the articles today, beside what they have.
fn segmentation(project: &Project, at: impl Fn(u64) -> Option<()>) -> Option<Segmentation> {
    let mut segmentation = Segmentation::default();
    let n = project.articles().count().max(1) as u64;
    for (place, article) in (0..).zip(project.articles()) {
        at(100 * place / n)?;
        let settings = settings_of(project);
        let is_same = split_again(article, settings).is_ok_and(|sentences| {
            let spans = sentences.iter().map(|sentence| sentence.span);
            spans.eq(article.sentences().iter().map(|sentence| sentence.span))
        });
        segmentation.n_same += usize::from(is_same);
        let lang = article.meta.lang.as_deref().map(str::trim).filter(|lang| !lang.is_empty());
        let mut settings = settings;
        settings.lang = lang;
        let rules = Rules::of(article.text(), settings);
        *segmentation.languages.entry((rules.lang().to_owned(), lang.is_some())).or_default() += 1;
    }
    Some(segmentation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;
    use std::cell::Cell;

    #[test]
    fn it_can_be_stopped_wherever_it_asks() {
        let drawing =
            "# Fire\nOne. [denial; ben: fact] Two. [none; ben: none]\n# Rain\nIt fell. [fact; ben: fact]";
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        for form in Form::ALL {
            let wish = Wish {
                form,
                named: Named::Real,
                rule: Rule::default(),
                articles: String::new(),
                files: vec![],
            };
            let mut asked = vec![];
            let made = make(&project, &wish, &|_| true).unwrap();
            for n in 0_u32.. {
                let (left, last) = (Cell::new(n), Cell::new(0_u64));
                let goes_on = |percent: u64| {
                    assert!(last.replace(percent) <= percent && percent < 100, "it never goes back");
                    left.replace(left.get().saturating_sub(1)) > 0
                };
                match make(&project, &wish, &goes_on) {
                    None => asked.push(last.get()),
                    Some(files) => {
                        assert_eq!(files, made);
                        break;
                    }
                }
            }
            assert!(asked.len() > 7, "{asked:?}");
        }
    }
}
