//! Splitting an article again: by another language, after other abbreviations, or with sentences that begin in lower case. What
//! changes is shown before it does.

use crate::formats::articles::split_again;
use crate::model::action::Action;
use crate::model::article::Article;
use crate::model::boundaries::Resplit;
use crate::model::follow::Followed;
use crate::model::ids::{ArticleId, is_abbreviation};
use crate::model::mending::{self, Field};
use crate::model::plan;
use crate::model::project::Project;
use crate::session::Session;
use crate::session::commands::short;
use crate::session::job::Effect;
use crate::session::notice::{Notice, Tone, in_window};
use crate::text::rules::Settings;

/// How an article is to be split.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// The tag of its language; empty = guessed.
    pub lang: String,
    /// The project's abbreviations, as typed: one a line, or with white space between them.
    pub never_end_after: String,
    /// Whether a sentence may begin in lower case; for this time alone.
    pub lower_case: bool,
}

/// What comes of it.
#[derive(Debug, Clone)]
pub struct Planned {
    action: Action,
    /// Where old and new sentences differ, the words of each.
    pub changes: Vec<(Vec<String>, Vec<String>)>,
    /// What becomes of everybody's answers, and how many sentences there are.
    pub says: Vec<String>,
}

impl Wish {
    /// What holds now.
    pub fn of(project: &Project, article: &Article) -> Self {
        Self {
            lang: article.meta.lang.clone().unwrap_or_default(),
            never_end_after: project.never_end_after().join("\n"),
            lower_case: false,
        }
    }

    fn abbreviations(&self) -> Result<Vec<String>, String> {
        let mut list: Vec<String> = vec![];
        for word in self.never_end_after.split(['\n', ',']).map(str::trim).filter(|word| !word.is_empty()) {
            if !is_abbreviation(word) {
                return Err(format!("\u{201c}{}\u{201d} is no abbreviation", short(word)));
            }
            if !list.iter().any(|known| known == word) {
                list.push(word.to_owned());
            }
        }
        Ok(list)
    }
}

/// Plans it. `Ok(None)` = everything stays as it is; `Err` = why it cannot be, in words for the window.
pub fn planned(project: &Project, id: &ArticleId, wish: &Wish) -> Result<Option<Planned>, String> {
    let words = |why: String| in_window(&why);
    let mut now = project.clone();
    let mut actions = vec![];
    let never_end_after = wish.abbreviations()?;
    if never_end_after != project.never_end_after() {
        let title = project.title().to_owned();
        actions.push(Action::Project { title, never_end_after });
    }
    let lang = (Field::Lang, wish.lang.trim().to_owned());
    actions.extend(mending::meta(project, std::slice::from_ref(id), &[lang]));
    for action in &actions {
        now.apply(action.clone()).map_err(|why| words(why.to_string()))?;
    }
    let article = now.article(id).ok_or_else(|| "no article is shown".to_owned())?;
    let own = now.never_end_after();
    let settings = Settings { lang: None, lower_case: wish.lower_case, never_end_after: own };
    let to = split_again(article, settings).map_err(|why| words(why.to_string()))?;
    let after = article.with_sentences(to.clone());
    let plan = plan::resplit(&now, id, to).map_err(|why| words(why.to_string()))?;
    let Some(plan) = plan else {
        let says = vec!["The sentences stay as they are.".to_owned()];
        let action = Action::Many(actions.clone());
        return Ok((!actions.is_empty()).then_some(Planned { action, changes: vec![], says }));
    };
    let shown = |article: &Article, at: &std::ops::Range<usize>| {
        let sentences = article.sentences().get(at.clone()).unwrap_or_default();
        sentences.iter().map(|sentence| article.words_of(sentence).to_owned()).collect::<Vec<_>>()
    };
    let changes = plan.changes.iter();
    let changes = changes.map(|change| (shown(article, &change.old), shown(&after, &change.new))).collect();
    let mut says = vec![format!("{} sentences in place of {}.", after.n_sentences(), article.n_sentences())];
    says.extend(account(&plan));
    actions.push(plan.action);
    Ok(Some(Planned { action: Action::Many(actions), changes, says }))
}

/// What becomes of everybody's answers.
fn account(plan: &Resplit) -> Option<String> {
    let sum = |of: fn(&Followed) -> usize| plan.followed.iter().map(of).sum::<usize>();
    let parts = [
        (sum(|f| f.n_carried), "stay"),
        (sum(|f| f.joined.len()), "go into a longer sentence"),
        (sum(|f| f.split.len()), "go into several, to check"),
        (sum(|f| f.kept.len()), "are kept aside, to check"),
        (sum(|f| f.restored.len()), "come back"),
    ];
    let parts = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    let parts = parts.collect::<Vec<_>>().join(", ");
    (!parts.is_empty()).then(|| format!("Answers and notes: {parts}."))
}

impl Session {
    pub(in crate::session) fn resplit(&mut self, id: &ArticleId, wish: &Wish, effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let title = desk.article(id).map(|article| short(article.shown_title())).unwrap_or_default();
        match planned(desk.project(), id, wish) {
            Ok(Some(planned)) => {
                let said = format!("Split \u{201c}{title}\u{201d} again: {}", planned.says.join(" "));
                if self.act(&format!("split again: {title}"), planned.action, effects) {
                    self.notices.changed(said.clone());
                    self.tell(Notice::new(Tone::News, "", said).offering("Undo", "undo").until_changed());
                    self.go(id, None);
                }
            }
            Ok(None) => self.notices.status("Nothing was changed"),
            Err(why) => self.tell(Notice::new(Tone::Error, "Not done", why)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::audit::audit;
    use crate::model::sketch;

    fn drawn() -> (Project, ArticleId) {
        let drawing = "He met Insp. [fact] Ode there. [fact] It rained. [none]";
        (sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap(), ArticleId::new("a"))
    }

    #[test]
    fn an_abbreviation_of_the_project_joins_what_it_parted() {
        let (mut project, id) = drawn();
        let before = project.clone();
        let wish = Wish { never_end_after: "Insp.\n".to_owned(), lang: "en".to_owned(), ..Wish::default() };
        let plan = planned(&project, &id, &wish).unwrap().unwrap();
        assert_eq!(plan.changes[0].0, ["He met Insp.", "Ode there."]);
        assert_eq!(plan.changes[0].1[0], "He met Insp. Ode there.");
        let inverse = project.apply(plan.action).unwrap();
        assert_eq!(audit(&project), []);
        assert_eq!(project.never_end_after(), ["Insp."]);
        assert!(planned(&project, &id, &wish).unwrap().is_none(), "it is so now");
        project.apply(inverse).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn what_is_no_abbreviation_is_said() {
        let (project, id) = drawn();
        let wish = Wish { never_end_after: "a\u{7}b".to_owned(), ..Wish::default() };
        assert!(planned(&project, &id, &wish).unwrap_err().ends_with("is no abbreviation"));
    }
}
