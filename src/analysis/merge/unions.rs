//! Merging draws and imports: all of both sides, by their ids.

use crate::analysis::merge::Work;
use crate::analysis::merge::account::{Fate, Kind};
use crate::analysis::merge::records::ids;
use crate::analysis::merge::three::{self, Pick};
use crate::analysis::merge::versions::{ById, Version};
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, Kept, RecordId, Stamp};
use crate::model::import::Import;
use std::collections::BTreeSet;
use std::fmt::Debug;

impl Work {
    /// All draws, with those of their articles that are there.
    pub(super) fn draws(&mut self, there: &BTreeSet<ArticleId>) -> Vec<Draw> {
        let versions =
            [&self.base, &self.ours, &self.theirs].map(|version| with_what_is_back(version, &self.base));
        let count = |fate| self.account.count(Kind::Draws, None, fate);
        let mut merged = union(&versions, |draw| &draw.id, draw_of_both, count);
        for draw in &mut merged {
            draw.articles.retain(|article| there.contains(article));
        }
        merged
    }

    /// All imports.
    pub(super) fn imports(&mut self) -> Vec<Import> {
        let versions =
            [&self.base, &self.ours, &self.theirs].map(|version| version.was.imports().cloned().collect());
        let count = |fate| self.account.count(Kind::Imports, None, fate);
        union(&versions, |import| &import.id, import_of_both, count)
    }
}

/// All records of both sides; one that was taken away goes, unless the other side changed it.
fn union<T: PartialEq + Clone>(
    versions: &[Vec<T>; 3],
    id: fn(&T) -> &RecordId,
    of_both: fn(Option<&T>, &T, &T) -> T,
    mut count: impl FnMut(Fate),
) -> Vec<T> {
    let lists = versions
        .each_ref()
        .map(|records| -> ById<'_, T> { records.iter().map(|record| (id(record), record)).collect() });
    let mut merged = vec![];
    for id in ids(lists.each_ref()) {
        let [was, our, their] = lists.each_ref().map(|list| list.get(id).copied());
        count(match three::fate(&was, &our, &their) {
            Fate::Conflict => Fate::Both,
            fate => fate,
        });
        merged.extend(match (three::pick(&was, &our, &their), our, their) {
            (Pick::Open, Some(our), Some(their)) => Some(of_both(was, our, their)),
            (Pick::Open, one, other) => one.or(other).cloned(),
            (Pick::Theirs, _, their) => their.cloned(),
            (_, our, _) => our.cloned(),
        });
    }
    merged
}

/// The draws of a version. An article that it took away and that is back is in them as it was in the base.
fn with_what_is_back(version: &Version, base: &Version) -> Vec<Draw> {
    let put_back = |draw: &Draw| {
        let mut draw = draw.clone();
        if let Some(was) = base.was.draw(&draw.id).filter(|_| !version.back.is_empty()) {
            let stays = |article: &&ArticleId| draw.has(article) || version.back.contains_key(*article);
            let old = was.articles.iter().filter(stays);
            let new = draw.articles.iter().filter(|article| !was.has(article));
            draw.articles = old.chain(new).cloned().collect();
        }
        draw
    };
    version.was.draws().map(put_back).collect()
}

/// A draw that both changed. No program changes more of it than who drew and which of its articles are left: of all else one
/// stands, the same whichever side is ours.
fn draw_of_both(was: Option<&Draw>, ours: &Draw, theirs: &Draw) -> Draw {
    let names = |draw: &Draw| draw.articles.iter().map(ToString::to_string).collect::<Vec<_>>();
    let articles = three::texts(&was.map(names).unwrap_or_default(), &names(ours), &names(theirs));
    let (by, extra) = maker(was.map(|was| (&was.by, &was.extra)), [ours, theirs].map(|d| (&d.by, &d.extra)));
    let rest = |draw: &Draw| Draw { by: None, articles: vec![], extra: None, ..draw.clone() };
    let articles = articles.into_iter().map(ArticleId::new).collect();
    Draw { by, articles, extra, ..greater([rest(ours), rest(theirs)], |draw| draw.at) }
}

/// An import that both changed: of it no program changes more than who took it in.
fn import_of_both(was: Option<&Import>, ours: &Import, theirs: &Import) -> Import {
    let (by, extra) = maker(was.map(|was| (&was.by, &was.extra)), [ours, theirs].map(|i| (&i.by, &i.extra)));
    let rest = |import: &Import| Import { by: None, extra: None, ..import.clone() };
    Import { by, extra, ..greater([rest(ours), rest(theirs)], |import| import.at) }
}

/// The later of two, or the one that reads greater.
fn greater<T: Debug>([ours, theirs]: [T; 2], at: fn(&T) -> Option<Stamp>) -> T {
    let weight = |record: &T| (at(record), format!("{record:?}"));
    if weight(&ours) >= weight(&theirs) { ours } else { theirs }
}

/// Who made a record, and what a newer version wrote in it; where both changed that, the greater stands.
fn maker(
    was: Option<(&Option<CoderId>, &Kept)>,
    [ours, theirs]: [(&Option<CoderId>, &Kept); 2],
) -> (Option<CoderId>, Kept) {
    let (was_by, was_extra) = was.unwrap_or((&None, &None));
    let by = match three::value(was_by, ours.0, theirs.0) {
        (_, Pick::Open) => ours.0.max(theirs.0).clone(),
        (by, _) => by,
    };
    let [one, other] = if format!("{:?}", ours.1) >= format!("{:?}", theirs.1) {
        [ours.1, theirs.1]
    } else {
        [theirs.1, ours.1]
    };
    (by, three::extra(was_extra, one, other).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::merge::merge;
    use crate::model::action::{Action, Record};
    use crate::model::import::ImportFile;
    use crate::model::project::Project;
    use crate::model::sketch;

    /// The same project with these imports: an id, and the name of a file.
    fn with(imports: &[(&str, &str)], by: Option<&str>) -> Project {
        let drawing = "One. [anna: fact; ben: fact]";
        let mut project = sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap();
        for (id, name) in imports {
            let file = ImportFile { name: (*name).to_owned(), found: 1, taken: 1, ..ImportFile::default() };
            let by = by.map(CoderId::new);
            let to = Import { by, files: vec![file], ..Import::new(RecordId::new(*id), "0.2.0") };
            project.apply(Action::Record(Record::Import { id: to.id.clone(), to: Some(to) })).unwrap();
        }
        project
    }

    fn said(project: &Project) -> String {
        let one = |import: &Import| {
            let by = import.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            format!("{} {}{by}", import.id, import.files[0].name)
        };
        project.imports().map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn imports_are_those_of_both_sides() {
        let none: &[(&str, &str)] = &[];
        let (a, b) = (("i1", "a.docx"), ("i2", "b.zip"));
        for (base, ours, theirs, want) in [
            (Some(none), &[a][..], &[b][..], "i1 a.docx, i2 b.zip"),
            (None, &[a], &[b], "i1 a.docx, i2 b.zip"),
            (Some(&[a]), none, &[a, b], "i2 b.zip"),
            (None, &[a], &[a], "i1 a.docx"),
            // Of two that are not the same one stands, whichever side is ours.
            (Some(none), &[a], &[("i1", "c.txt")], "i1 c.txt"),
        ] {
            let base = base.map(|base| with(base, None));
            let [ours, theirs] = [ours, theirs].map(|imports| with(imports, None));
            for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
                let merged = merge(base.as_ref(), ours, theirs).unwrap();
                assert_eq!(said(&merged.project), want);
                assert_eq!(merged.new_conflicts, []);
            }
        }
        let merged = merge(Some(&with(none, None)), &with(&[a], None), &with(&[b, a], None)).unwrap();
        let sums = merged.account.of_kind(Kind::Imports);
        assert_eq!((sums.ours, sums.theirs, sums.alike), (1, 2, 1));
    }

    #[test]
    fn who_took_an_import_in_is_merged_field_by_field() {
        let a = &[("i1", "a.docx")];
        let [base, none] = [with(a, Some("anna")), with(a, None)];
        let other = with(&[("i1", "b.docx")], Some("anna"));
        assert_eq!(said(&merge(Some(&base), &none, &base).unwrap().project), "i1 a.docx");
        for (ours, theirs) in [(&none, &other), (&other, &none)] {
            let one = merge(Some(&base), ours, theirs).unwrap();
            assert_eq!(said(&one.project), "i1 b.docx", "whoever took it in went on one side");
        }
    }
}
