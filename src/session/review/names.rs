//! Who answered, by name or as a number: hidden coders are shuffled in each article.

use crate::analysis::chance::{Chance, number_of};
use crate::analysis::units::ArticleUnits;
use crate::model::coder::Coder;
use crate::model::ids::CoderId;
use crate::model::project::Project;
use crate::session::Session;

/// A coder's column in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Place among the coders of the article.
    pub place: usize,
    pub coder: CoderId,
    /// The name, or `Coder 2`.
    pub name: String,
    /// What stands over the column: `M`, `2`.
    pub short: String,
}

/// The columns of an article in the order shown.
pub fn columns(
    people: &[&Project],
    coders: &[CoderId],
    article: &ArticleUnits,
    seed: u64,
    shows_names: bool,
) -> Vec<Column> {
    let mut places: Vec<usize> = (0..article.coders.len()).collect();
    if !shows_names {
        Chance::new(number_of(seed, article.article.as_str())).shuffle(&mut places);
    }
    let of = |place: &usize| coders.get(usize::from(*article.coders.get(*place)?)).cloned();
    called(people, places.iter().filter_map(|place| Some((*place, of(place)?))).collect(), shows_names)
}

/// What coders are called, in this order: each with its place.
pub(in crate::session) fn called(
    people: &[&Project],
    known: Vec<(usize, CoderId)>,
    shows_names: bool,
) -> Vec<Column> {
    let names: Vec<String> = known.iter().map(|(_, id)| name_of(people, id)).collect();
    let columns = known.into_iter().enumerate().map(|(idx, (place, coder))| {
        let (name, short) = if shows_names {
            let name = names.get(idx).cloned().unwrap_or_default();
            let short =
                short(&name, names.iter().enumerate().filter(|(other, _)| *other != idx).map(|(_, n)| n));
            (name, short)
        } else {
            (format!("Coder {}", idx + 1), (idx + 1).to_string())
        };
        Column { place, coder, name, short }
    });
    columns.collect()
}

fn name_of(people: &[&Project], coder: &CoderId) -> String {
    let known = people.iter().find_map(|project| project.coder(coder));
    known.map_or(coder.as_str(), Coder::shown_name).to_owned()
}

/// As few first letters as tell a name from the others, two at most.
fn short<'a>(name: &str, others: impl Iterator<Item = &'a String>) -> String {
    let first = |name: &str, n: usize| -> String { name.trim().chars().take(n).collect() };
    let one = first(name, 1);
    let is_shared = others.into_iter().any(|other| first(other, 1) == one);
    if is_shared { first(name, 2) } else { one }
}

/// A text without the coders' names: each is the number that its column has, or `a coder` where it has none.
pub fn masked(people: &[&Project], columns: &[Column], text: &str) -> String {
    let mut names: Vec<(String, String)> = Vec::new();
    for coder in people.iter().flat_map(|project| project.coders()) {
        let column = columns.iter().find(|column| column.coder == coder.id);
        let instead = column.map_or_else(|| "a coder".to_owned(), |column| column.name.clone());
        let name = coder.name.trim();
        let words = name.split_whitespace().filter(|word| word.chars().count() > 2);
        for said in [name, coder.id.as_str()].into_iter().chain(words).filter(|said| !said.is_empty()) {
            names.push((said.to_owned(), instead.clone()));
        }
    }
    // The longest first: `Mira Okafor` before `Mira`.
    names.sort_by_key(|(said, _)| std::cmp::Reverse(said.len()));
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(next) = rest.chars().next() {
        let is_inside = before.is_some_and(char::is_alphanumeric);
        let found = names.iter().filter(|_| !is_inside).find_map(|(said, instead)| {
            let after = strip_ignoring_case(rest, said)?;
            let ends = !after.chars().next().is_some_and(char::is_alphanumeric);
            ends.then_some((after, instead))
        });
        if let Some((after, instead)) = found {
            masked.push_str(instead);
            rest = after;
            before = Some('x');
        } else {
            masked.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
            before = Some(next);
        }
    }
    masked
}

fn strip_ignoring_case<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for want in start.chars() {
        let got = rest.next()?;
        if !got.to_lowercase().eq(want.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

impl Session {
    /// Coders are numbers, or have their names again.
    pub(in crate::session) fn hide_names(&mut self) {
        self.review.chosen.shows_names = !self.review.chosen.shows_names;
        self.review.arrange(&self.view);
    }

    /// What the command does now.
    pub(in crate::session) fn hide_names_says(&self) -> &'static str {
        if self.review.chosen.shows_names { "Hide names" } else { "Show names" }
    }

    /// The columns of the article at this place of those compared.
    pub fn columns(&self, article: usize) -> Vec<Column> {
        let here = self.desk().zip(self.review.comparison());
        let Some((desk, comparison)) = here else { return vec![] };
        let Some(units) = comparison.units.articles.get(article) else { return vec![] };
        let (seed, shows_names) = (self.review.seed, self.review.chosen.shows_names);
        let people: Vec<&Project> = [desk.project()].into_iter().chain(self.review.over_project()).collect();
        columns(&people, &comparison.units.coders, units, seed, shows_names)
    }

    /// What somebody wrote, as it is shown: without names where these are hidden.
    pub fn as_shown(&self, columns: &[Column], text: &str) -> String {
        match self.desk() {
            Some(desk) if !self.review.chosen.shows_names => {
                let people: Vec<&Project> =
                    [desk.project()].into_iter().chain(self.review.over_project()).collect();
                masked(&people, columns, text)
            }
            _ => text.to_owned(),
        }
    }

    /// Who said something, as it is shown.
    pub fn shown_person(&self, columns: &[Column], person: &CoderId) -> String {
        if let Some(column) = columns.iter().find(|column| column.coder == *person) {
            return column.name.clone();
        }
        let known = self.desk().and_then(|desk| desk.project().coder(person));
        match known {
            Some(coder) if self.review.chosen.shows_names || coder.is_reviewer() => {
                coder.shown_name().to_owned()
            }
            _ => "A coder".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::units::Units;
    use crate::model::action::Action;
    use crate::model::sketch;

    fn drawn() -> Project {
        let drawing = "# One\nFire. [mira: fact; jonas: denial; jana: none]\n# Two\nIt rained. [mira: fact; jana: none]";
        let mut project =
            sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        for (id, name) in [("mira", "Mira Okafor"), ("jonas", "Jonas Feld"), ("jana", "Jana")] {
            let coder = Coder::new(CoderId::new(id), name);
            project.apply(Action::Coder { id: CoderId::new(id), to: Some(coder) }).unwrap();
        }
        project
    }

    #[test]
    fn hidden_coders_are_numbers_in_an_order_of_their_own() {
        let project = drawn();
        let units = Units::of(&project);
        let shown = |article: usize, seed, shows_names| {
            let columns = columns(&[&project], &units.coders, &units.articles[article], seed, shows_names);
            columns
                .iter()
                .map(|c| format!("{} {} {}", c.short, c.name, c.coder))
                .collect::<Vec<_>>()
                .join(", ")
        };
        assert_eq!(shown(0, 1, true), "Ja Jana jana, Jo Jonas Feld jonas, M Mira Okafor mira");
        let orders: std::collections::BTreeSet<_> = (0..40).map(|seed| shown(0, seed, false)).collect();
        assert_eq!(orders.len(), 6);
        assert!(orders.iter().all(|order| order.starts_with("1 Coder 1 ")));
    }

    #[test]
    fn names_in_texts_are_hidden() {
        let project = drawn();
        let units = Units::of(&project);
        let columns = columns(&[&project], &units.coders, &units.articles[0], 3, false);
        let of = |id: &str| columns.iter().find(|c| c.coder.as_str() == id).unwrap().name.clone();
        let check = |text: &str, want: &str| assert_eq!(masked(&[&project], &columns, text), want);
        check("Ask Jonas.", &format!("Ask {}.", of("jonas")));
        check("MIRA OKAFOR, or mira?", &format!("{0}, or {0}?", of("mira")));
        check("Janatan and Feldpost stay", "Janatan and Feldpost stay");
        check("", "");
    }
}
