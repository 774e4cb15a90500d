//! Splits on the screen *Export*: their shares, what comes of them, and how they come into the project.

use crate::analysis::splits::near::Near;
use crate::analysis::splits::{FIRST_SEED, Wish, wishes};
use crate::formats::datasets::parting::{Parting, ToSplit};
use crate::model::ids::ProjectId;
use crate::model::project::Project;
use crate::session::Session;
use crate::session::job::{Effect, Job};
use crate::session::screens::Screen;
use crate::text::message;
use crate::text::numbers::grouped;
use std::sync::Arc;

/// What is typed of splits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SplitForm {
    /// Names, each with its percents; none or 0 = there is no such part.
    pub shares: Vec<(String, String)>,
    pub seed: String,
}

/// Near-identical texts as they were found last.
#[derive(Debug, Default)]
pub struct NearTexts {
    known: Option<(u64, Arc<Near>)>,
    /// The state of the project whose texts were compared last, or are being compared.
    asked: Option<u64>,
    is_under_way: bool,
}

impl SplitForm {
    /// The shares that the project has, else the usual ones.
    pub fn of(project: &Project) -> Self {
        Self { shares: wishes::usual(project), seed: FIRST_SEED.to_string() }
    }

    /// What is typed for a split, where it is asked for.
    pub fn share(&self, name: &str) -> Option<&String> {
        self.shares.iter().find(|(own, _)| own == name).map(|(_, share)| share)
    }

    pub fn share_mut(&mut self, name: &str) -> Option<&mut String> {
        self.shares.iter_mut().find(|(own, _)| own == name).map(|(_, share)| share)
    }

    /// `70,15,15`, as `allegata splits` takes it; with names where they are not the usual ones.
    pub fn words(&self) -> String {
        let named = self.shares.iter().map(|(name, share)| (name, share.trim().trim_end_matches('%').trim()));
        let some = named.filter(|(_, share)| !matches!(*share, "" | "0"));
        some.map(|(name, share)| format!("{name}={share}")).collect::<Vec<_>>().join(",")
    }

    /// What is asked for, or what is wrong with it.
    pub fn wishes(&self) -> Result<(Vec<Wish>, u64), String> {
        let words = self.words();
        if words.is_empty() {
            return Err("no split has a share".to_owned());
        }
        let wishes = wishes::read(&words).map_err(|why| message::what(&why).to_owned())?;
        let seed = self.seed.trim().parse();
        Ok((wishes, seed.map_err(|_| "the seed is a whole number".to_owned())?))
    }
}

impl NearTexts {
    pub fn known(&self) -> Option<&Arc<Near>> {
        self.known.as_ref().map(|(_, near)| near)
    }

    pub(in crate::session) fn broke(&mut self) {
        self.is_under_way = false;
    }
}

impl Session {
    /// How articles without a split are to be placed; nothing while their texts are still being compared.
    pub(in crate::session) fn splits_wanted(
        &mut self,
        (wishes, seed): (Vec<Wish>, u64),
        effects: &mut Vec<Effect>,
    ) -> Option<ToSplit> {
        let desk = self.desk.as_ref()?;
        let (revision, project) = (desk.revision(), desk.project().clone());
        let near = &mut self.derived.near;
        if near.asked != Some(revision) {
            (near.asked, near.is_under_way) = (Some(revision), true);
            let known = near.known.as_ref().map(|(_, near)| Arc::clone(near));
            self.start(Job::FindNear { project, known, revision }, effects);
            return None;
        }
        if near.is_under_way {
            return None;
        }
        let known = near.known.as_ref().filter(|(of, _)| *of == revision);
        Some(ToSplit { wishes, seed, near: known.map(|(_, near)| Arc::clone(near)) })
    }

    /// The texts of a state of the project were compared.
    pub(in crate::session) fn near_found(&mut self, project: &ProjectId, revision: u64, near: Arc<Near>) {
        if self.desk.as_ref().is_none_or(|desk| desk.project().id() != project) {
            return;
        }
        let texts = &mut self.derived.near;
        if texts.asked == Some(revision) {
            texts.is_under_way = false;
        }
        texts.known = Some((revision, near));
    }

    /// What comes of the splits as they are shown now; nothing while something else is still shown.
    fn parting(&self) -> Option<&Arc<Parting>> {
        let Some(Screen::Export(exporting)) = &self.view.screen else { return None };
        let revision = self.desk.as_ref()?.revision();
        exporting.preview().filter(|_| exporting.is_of(revision))?.parting.as_ref()
    }

    /// The project as it goes out: with the splits that are shown, though they may not be kept.
    pub(in crate::session) fn as_split(&self) -> Option<Project> {
        let parting = self.parting()?;
        parting.plan.action.as_ref().map(|_| parting.after.clone())
    }

    /// Why no splits can be kept now.
    pub fn keep_splits_refusal(&self) -> Option<String> {
        let Some(Screen::Export(exporting)) = &self.view.screen else { return Some(String::new()) };
        if !exporting.asked().splits {
            return Some("the dataset is not split".to_owned());
        }
        let closed = self.desk.as_ref().and_then(|desk| desk.closed_for_writing()).map(str::to_owned);
        closed.or_else(|| exporting.split_fault()).or_else(|| match self.parting() {
            None if exporting.is_counting() => None,
            Some(parting) if parting.plan.action.is_some() => None,
            Some(_) => Some("all articles are in a split, and stay there".to_owned()),
            None => Some("the splits are not worked out".to_owned()),
        })
    }

    /// Places the articles of the project as it is shown, as one step; as soon as it is worked out.
    pub(in crate::session) fn keep_splits(&mut self, effects: &mut Vec<Effect>) {
        if self.parting().is_none() {
            if let Some(Screen::Export(exporting)) = &mut self.view.screen {
                exporting.wait_to_keep();
            }
            return;
        }
        let Some(plan) = self.parting().map(|parting| &parting.plan) else { return };
        let (n, action) = (plan.n_placed as u64, plan.action.clone());
        if let Some(action) = action {
            let articles = if n == 1 { "article" } else { "articles" };
            self.act(&format!("splits: {} {articles} placed", grouped(n)), action, effects);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_asked_for_or_refused() {
        let check = |shares: [&str; 3], seed: &str, want: &str| {
            let names = ["train", "validation", "test"].map(str::to_owned).into_iter();
            let shares = names.zip(shares.map(str::to_owned)).collect();
            let form = SplitForm { shares, seed: seed.to_owned() };
            let said = form.wishes().map(|(wishes, seed)| {
                let words = wishes.iter().map(|wish| format!("{} {}", wish.name, wish.share));
                format!("{}; {seed}", words.collect::<Vec<_>>().join(", "))
            });
            assert_eq!(said.unwrap_or_else(|why| why), want);
        };
        check(["70", "15", "15"], "1", "train 70, validation 15, test 15; 1");
        check([" 80 % ", "", "20%"], " 7 ", "train 80, test 20; 7");
        check(["80", "0", "20"], "7", "train 80, test 20; 7");
        check(["80", "15", "15"], "7", "the shares come to 110, not to 100");
        check(["many", "15", "15"], "7", "`train=many` is no share");
        check(["", "0", ""], "7", "no split has a share");
        check(["70", "15", "15"], "seven", "the seed is a whole number");
        check(["70", "15", "15"], "-1", "the seed is a whole number");
    }
}
