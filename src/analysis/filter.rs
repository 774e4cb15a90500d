//! Which articles a list shows.
//!
//! The words of the list's field are a query of `analysis/query`; here is what needs no look into texts.

use crate::analysis::count::{self, Counts, State};
use crate::analysis::query::articles::Asking;
use crate::analysis::query::index::Part;
use crate::analysis::query::{self, Ask, Says, Test, Trait, Who};
use crate::model::article::Article;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::text::dates;
use crate::text::looking::looked;
use crate::text::shelf::Shelf;
use std::sync::Arc;

/// An article in a list, with all that filtering and sorting ask for.
#[derive(Debug, Clone)]
pub struct Entry {
    pub article: Arc<Article>,
    pub counts: Counts,
    /// Title, outlet, date (as it is kept and as it is shown) and the file's name where it is shown, a line each, folded.
    folded: Box<str>,
    /// The tags, folded; empty where there are none.
    tags: Box<str>,
}

/// For each entry whether it fits, as far as what was counted says it: what looks inside is taken as fitting.
pub fn fitting(ask: &Ask, entries: &[Entry], texts: &Shelf) -> Vec<bool> {
    let mut fits = vec![true; entries.len()];
    for clause in &ask.clauses {
        let mut any = vec![false; entries.len()];
        for Test { not, says } in clause {
            let holds = match says {
                Says::Words { text, .. } => Some(texts.holding(text)),
                _ => None,
            };
            for (idx, (any, entry)) in any.iter_mut().zip(entries).enumerate() {
                let holds = || holds.as_ref().and_then(|holds| holds.get(idx)).is_some_and(|holds| *holds);
                let is = match says {
                    Says::Words { named, .. } => holds() || named.is_some_and(|named| entry.is(named)),
                    Says::Is(says) | Says::Named(says) => entry.is(*says),
                    known_of => query::known(known_of, &entry.article).unwrap_or(!*not),
                };
                *any |= is != *not;
            }
        }
        for (fits, any) in fits.iter_mut().zip(any) {
            *fits &= any;
        }
    }
    fits
}

impl Entry {
    fn new(article: &Arc<Article>, counts: Counts) -> Self {
        let tags = &article.meta.tags;
        let tags = if tags.is_empty() { String::new() } else { looked(&tags.join(", ")) };
        Self { article: Arc::clone(article), counts, folded: head(article).into(), tags: tags.into() }
    }

    /// Title, outlet, date and file, a line each, as words are looked for in them.
    pub fn head(&self) -> &str {
        &self.folded
    }

    /// The title, folded.
    pub fn folded_title(&self) -> &str {
        self.folded.split('\n').next().unwrap_or_default()
    }

    /// The outlet, folded.
    pub fn folded_outlet(&self) -> &str {
        self.folded.split('\n').nth(1).unwrap_or_default()
    }

    /// The date as it is kept, then as it is shown; folded, and empty where none is known.
    pub fn folded_date(&self) -> &str {
        self.folded.split('\n').nth(2).unwrap_or_default()
    }

    /// The tags with commas between them, folded.
    pub fn folded_tags(&self) -> &str {
        &self.tags
    }

    fn is(&self, says: Trait) -> bool {
        let progress = &self.counts.progress;
        match says {
            Trait::State(state) => progress.state == state,
            Trait::Unsure => progress.n_unsure > 0,
            Trait::Notes => progress.n_notes > 0,
            Trait::Check => progress.n_check > 0,
            Trait::Mine => progress.is_mine,
            Trait::Aside => progress.state == State::Aside || self.article.n_aside() > 0,
            Trait::Label(idx) => self.counts.labels.get(idx).is_some_and(|n| *n > 0),
            Trait::NoneOfThese => progress.n_none > 0,
            Trait::Answered => progress.n_answered > 0,
            // Nobody counted it.
            Trait::Decided => true,
        }
    }
}

/// Title, outlet, date (as it is kept and as it is shown) and the file's name where it is shown, a line each.
pub fn head(article: &Article) -> String {
    let meta = &article.meta;
    let published = meta.published.as_deref().unwrap_or_default();
    // Also as it is shown: `14 March 2025`, and `14 Mar 2025` with it.
    let date = format!("{published} {}", dates::long(published));
    let outlet = meta.outlet.as_deref().unwrap_or_default();
    let lines = [article.shown_title(), outlet, &date, file_shown(article).unwrap_or_default()];
    lines.map(looked).join("\n")
}

/// The articles in the order in which they came in.
pub fn in_order(project: &Project) -> Vec<&Arc<Article>> {
    let mut articles: Vec<_> = project.articles().collect();
    articles.sort_by_key(|article| article.added);
    articles
}

/// All articles with their counts, in the order in which they came in.
pub fn entries(project: &Project, coder: Option<&CoderId>) -> Vec<Entry> {
    entries_after(project, coder, |_| None)
}

/// The same where most articles are as they were in `before`: their words are folded already.
pub fn entries_after<'a>(
    project: &Project,
    coder: Option<&CoderId>,
    before: impl Fn(&ArticleId) -> Option<&'a Entry>,
) -> Vec<Entry> {
    let each = count::of_each(project, coder).into_iter();
    let entries = each.map(|(article, counts)| {
        match before(&article.id).filter(|entry| Arc::ptr_eq(&entry.article, article)) {
            Some(entry) => Entry { counts, ..entry.clone() },
            None => Entry::new(article, counts),
        }
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|entry| entry.article.added);
    entries
}

/// Counts one article again after its sheet changed; says whether it stands in the list.
pub fn recount(
    entries: &mut [Entry],
    project: &Project,
    coder: Option<&CoderId>,
    article: &ArticleId,
) -> bool {
    match entries.iter_mut().find(|entry| entry.article.id == *article) {
        Some(entry) => {
            entry.counts = count::of_article(project, &entry.article, coder);
            true
        }
        None => false,
    }
}

/// What words are looked for in, of all entries; kept, for there may be very many.
pub fn shelf(entries: &[Entry]) -> Shelf {
    Shelf::of(entries.iter().map(|entry| &*entry.folded))
}

/// The name of the file that an article came from, which tells it from others where neither outlet nor date is known.
pub fn file_shown(article: &Article) -> Option<&str> {
    let meta = &article.meta;
    if meta.outlet.is_some() || meta.published.is_some() {
        return None;
    }
    article.source.as_deref()?.rsplit(['/', '\\']).find(|name| !name.is_empty())
}

/// The articles of a project that fit a query, each looked into, in the order in which they came in: for who has no list.
pub fn all_fitting(ask: &Ask, project: &Project, who: Who<'_>) -> Vec<ArticleId> {
    let asking = Asking::new(ask, project, who);
    let of = if ask.looks_into_texts() { Part::of } else { Part::without_text };
    let fits = |article: &&Arc<Article>| asking.fits(ask, &of(article), &head(article));
    in_order(project).into_iter().filter(fits).map(|article| article.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::Stamp;
    use crate::model::sheet::SheetKey;
    use crate::model::{plan, sketch};

    const DRAWN: &str = "# New York port strike | Harbour Post | 2025-03-02
Dockers walked out. [fact ?] The union is blamed. []
# Émile Roux cleared | Ledger | 2024
He denies it. [denial \"again\"]
# A done deal | ledger
They signed. []
# Bribe at the depot |  | 2025-03
He took it. []";

    /// Which entries fit.
    fn picked(ask: &Ask, entries: &[Entry]) -> Vec<usize> {
        let fits = fitting(ask, entries, &shelf(entries));
        (0..entries.len()).filter(|idx| fits[*idx]).collect()
    }

    fn list(typed: &str) -> String {
        let mut project =
            sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let coder = CoderId::new("anna");
        let roux = project.articles().find(|a| a.shown_title().contains("Roux")).unwrap().id.clone();
        let key = SheetKey { coder: coder.clone(), article: roux };
        project.apply(plan::done(&project, &key, true, Stamp(0)).unwrap()).unwrap();
        let entries = entries(&project, Some(&coder));
        let places = picked(&Ask::read(typed, &project), &entries);
        places.iter().map(|idx| (idx + 1).to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_labels_name_finds_where_i_gave_it_and_titles_with_the_word() {
        let drawn = "# A denial in court | Ledger
He spoke. []
# The lock
It is old, he denies. [denial; ben: fact] It is shut. [none]
# The fact
It rained. []";
        let project = sketch::project(drawn, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let coder = CoderId::new("anna");
        let entries = entries(&project, Some(&coder));
        let check = |typed: &str, want: &[usize]| {
            let ask = Ask::read(typed, &project);
            assert_eq!(picked(&ask, &entries), want, "{typed}");
            let who = Who::One(Some(&coder));
            let looked_into = Asking::new(&ask, &project, who);
            let fits = |entry: &Entry| looked_into.fits(&ask, &Part::of(&entry.article), entry.head());
            let places: Vec<usize> = (0..entries.len()).filter(|idx| fits(&entries[*idx])).collect();
            assert_eq!(places, want, "{typed}, looked into");
        };
        check("denial", &[0, 1]);
        check("DENIAL", &[0, 1]);
        check("is:denial", &[1]);
        check("\"denial\"", &[0]);
        check("denial court", &[0]);
        check("fact", &[2]);
        check("is:fact", &[]);
        check("none", &[1]);
        check("none of these", &[1]);
        check("of these", &[]);
        check("denial begun", &[1]);
    }

    #[test]
    fn a_file_is_found_by_its_name_where_that_is_shown() {
        let project = sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let mut article = (**project.articles().find(|a| a.meta.outlet.is_none()).unwrap()).clone();
        let other = project.articles().find(|a| a.meta.outlet.is_some()).unwrap();
        assert_eq!(file_shown(other), None);
        article.meta.published = None;
        for (source, want) in
            [("folder/bribe-7.txt", "bribe-7.txt"), ("C:\\texts\\bribe.md", "bribe.md"), ("a.txt", "a.txt")]
        {
            article.source = Some(source.to_owned());
            assert_eq!(file_shown(&article), Some(want));
        }
        article.source = None;
        assert_eq!(file_shown(&article), None);
        article.source = Some("in/bribe-7.txt".to_owned());
        let entry = Entry::new(&Arc::new(article), Counts::default());
        let entries = [entry];
        let ask = Ask::read("bribe-7", &project);
        assert_eq!(fitting(&ask, &entries, &shelf(&entries)), [true]);
    }

    #[test]
    fn words_find_titles_outlets_dates_and_states() {
        let check = |typed: &str, want: &str| assert_eq!(list(typed), want, "{typed}");
        check("", "1 2 3 4");
        check("  ", "1 2 3 4");
        check("emile", "2");
        check("LEDGER", "2 3");
        check("2025-03", "1 4");
        // As the list shows it, and as the page does.
        check("\"2 march\"", "1");
        check("mar 2025", "1 4");
        check("march", "1 4");
        check("ledger deal", "3");
        check("ledger strike", "");
        check("begun", "1");
        check("done", "2 3");
        check("is:done", "2");
        check("\"done\"", "3");
        check("\"done deal\"", "3");
        check("\"deal done\"", "");
        check("\"done", "3");
        check("new", "1 3 4");
        check("new york", "1");
        check("is:new", "3 4");
        check("not begun", "3 4");
        check("not", "");
        check("not begun ledger", "3");
        check("unsure", "1");
        check("notes", "2");
        check("check", "");
    }
}
