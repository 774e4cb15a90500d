//! Who labels: the coder named, or the one known on this computer.

use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::failure::Usage;
use crate::formats::datasets::labels_plan::{self, choice_of_coders};
use crate::model::coder::{Coder, REVIEWER, slug};
use crate::model::ids::{CoderId, is_name};
use crate::model::project::Project;
use crate::shell::clock;
use crate::shell::folders::Folders;
use crate::shell::settings::SettingsFile;

/// A coder of that name, with an id given now.
pub(in crate::cli) fn new_coder(name: &str) -> Result<Coder, Usage> {
    let name = name.trim();
    if name.is_empty() || !is_name(name) {
        return Err(Usage(
            "a coder's name has 1 to 200 characters and no control characters\0hint: `--coder \"Ines Várga\"`"
                .to_owned(),
        ));
    }
    Ok(Coder::new(CoderId::new(format!("{}-{}", slug(name), clock::random_id(4))), name))
}

/// The coder that the command line names.
pub(in crate::cli) fn named(project: &Project, said: &str) -> Result<CoderId, Usage> {
    named_by(project, "--coder", said)
}

/// The same by another option.
pub(in crate::cli) fn named_by(project: &Project, option: &str, said: &str) -> Result<CoderId, Usage> {
    labels_plan::coder_of(project, said).ok_or_else(|| {
        Usage(format!("no coder `{said}` in this project\0hint: {}", choice_of_coders(project, option)))
    })
}

/// Who decides: the coder of that id or name, or somebody new, who then is a reviewer and comes with it.
pub(in crate::cli) fn decider(project: &Project, said: &str) -> Result<(CoderId, Option<Coder>), Usage> {
    if let Some(known) = labels_plan::coder_of(project, said) {
        return Ok((known, None));
    }
    if project.coders().any(|coder| coder.name == said) {
        return Err(Usage(format!(
            "several are called `{said}`\0hint: {}",
            choice_of_coders(project, "--by")
        )));
    }
    let mut new = new_coder(said)?;
    new.role = Some(REVIEWER.to_owned());
    Ok((new.id.clone(), Some(new)))
}

/// Who is at the keyboard, as far as this computer knows.
pub(in crate::cli) fn known_here(project: &Project, folders: &Folders) -> Option<CoderId> {
    let settings = SettingsFile::of(folders).read().settings;
    let id = CoderId::new(settings.coders.get(project.id().as_str())?.as_str());
    project.coder(&id).map(|coder| coder.id.clone())
}

/// Remembers on this computer who is at the keyboard. The project is written by then, so that a failure is only said.
pub(in crate::cli) fn remember(
    project: &Project,
    coder: &CoderId,
    folders: &Folders,
    console: &mut Console<'_>,
) -> Outcome {
    let kept = SettingsFile::of(folders).update(|settings| {
        settings.coders.insert(project.id().to_string(), coder.to_string());
    });
    match kept {
        Ok(_) => Outcome::Fine,
        Err(error) => {
            console.warn(&format!("coder {coder} is not remembered on this computer, {error}"));
            Outcome::Look
        }
    }
}

/// What to say when nobody is named and nobody is known.
pub(in crate::cli) fn nobody(project: &Project) -> Usage {
    Usage(format!("who labels is not known on this computer\0hint: {}", choice_of_coders(project, "--coder")))
}

/// The same where somebody decides.
pub(in crate::cli) fn nobody_decides(project: &Project) -> Usage {
    Usage(format!("who decides is not known on this computer\0hint: {}", choice_of_coders(project, "--by")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::is_id;

    #[test]
    fn ids_come_from_the_first_word() {
        let check = |name: &str, want: &str| {
            let coder = new_coder(name).unwrap();
            assert!(is_id(coder.id.as_str()) && coder.id.as_str().starts_with(want), "{}", coder.id);
            assert_eq!(coder.id.as_str().len(), want.len() + 5);
        };
        check("Ines Várga", "ines");
        check("  Éva", "eva");
        check("O\u{2019}Hara", "ohara");
        check("王", "coder");
        check(&"x".repeat(60), &"x".repeat(20));
    }

    #[test]
    fn names_that_are_none_are_refused() {
        for bad in ["", "  ", "a\u{202E}b", "two\nlines", &"x".repeat(201)] {
            assert!(new_coder(bad).is_err(), "{bad}");
        }
    }
}
