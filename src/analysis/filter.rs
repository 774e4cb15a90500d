//! Which articles a list shows, and in which order.
//!
//! A filter is words with spaces between; an article must fit every one. A word fits when title, outlet or date hold it, or when
//! it names a state that the article is in: so `new york` never hides an article of New York that is begun. `is:new` means the
//! state alone, `"done deal"` in quotes the text alone.

use crate::analysis::count::{self, Counts, State};
use crate::model::article::Article;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::text::fold::fold;
use std::cmp::Ordering;
use std::sync::Arc;

/// The order of a list.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// As they came in.
    #[default]
    Added,
    Title,
    Outlet,
    Oldest,
    Newest,
    /// What is least done first.
    LeastDone,
}

impl Sort {
    /// In the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Title, Self::Outlet, Self::Oldest, Self::Newest, Self::LeastDone];

    /// The name in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "as added",
            Self::Title => "title",
            Self::Outlet => "outlet",
            Self::Oldest => "oldest first",
            Self::Newest => "newest first",
            Self::LeastDone => "least done first",
        }
    }

    /// The name in settings.
    pub fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Title => "title",
            Self::Outlet => "outlet",
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::LeastDone => "least-done",
        }
    }

    /// The order of that name in settings; any other is the order in which articles came in.
    pub fn of_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.id() == id).unwrap_or_default()
    }
}

/// An article in a list, with all that filtering and sorting ask for.
#[derive(Debug, Clone)]
pub struct Entry {
    pub article: Arc<Article>,
    pub counts: Counts,
    /// Title, outlet and date, a line each, folded.
    folded: Box<str>,
}

/// What a person can say about an article in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trait {
    State(State),
    Unsure,
    Notes,
    Check,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    /// Folded; absent when only the trait counts.
    text: Option<String>,
    says: Option<Trait>,
}

/// A filter as typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Filter(Vec<Word>);

impl Filter {
    /// Reads what was typed; every text is a filter.
    pub fn parse(typed: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let folded = fold(typed);
        for (idx, piece) in folded.split('"').enumerate() {
            if idx % 2 == 1 {
                let text = piece.trim();
                words.extend((!text.is_empty()).then(|| Word { text: Some(text.to_owned()), says: None }));
                continue;
            }
            let mut pieces = piece.split_whitespace().peekable();
            while let Some(piece) = pieces.next() {
                if piece == "not" && pieces.next_if_eq(&"begun").is_some() {
                    words.push(Word { text: None, says: Some(Trait::State(State::New)) });
                } else if let Some(says) = piece.strip_prefix("is:").and_then(trait_of) {
                    words.push(Word { text: None, says: Some(says) });
                } else {
                    words.push(Word { text: Some(piece.to_owned()), says: trait_of(piece) });
                }
            }
        }
        Self(words)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an article fits every word.
    pub fn fits(&self, entry: &Entry) -> bool {
        self.0.iter().all(|word| {
            word.says.is_some_and(|says| entry.is(says))
                || word.text.as_ref().is_some_and(|text| entry.folded.contains(text))
        })
    }
}

impl Entry {
    fn new(article: &Arc<Article>, counts: Counts) -> Self {
        let meta = &article.meta;
        let outlet = meta.outlet.as_deref().unwrap_or_default();
        let published = meta.published.as_deref().unwrap_or_default();
        let folded = fold(&format!("{}\n{outlet}\n{published}", article.shown_title()));
        Self { article: Arc::clone(article), counts, folded: folded.into() }
    }

    /// The title, folded.
    pub fn folded_title(&self) -> &str {
        self.folded.lines().next().unwrap_or_default()
    }

    fn is(&self, says: Trait) -> bool {
        let progress = &self.counts.progress;
        match says {
            Trait::State(state) => progress.state == state,
            Trait::Unsure => progress.n_unsure > 0,
            Trait::Notes => progress.n_notes > 0,
            Trait::Check => progress.n_check > 0,
        }
    }

    fn title(&self) -> &str {
        self.folded.split('\n').next().unwrap_or_default()
    }

    fn outlet(&self) -> &str {
        self.folded.split('\n').nth(1).unwrap_or_default()
    }

    /// Answers in sentences, as a fraction; done is all.
    fn part_done(&self) -> f64 {
        let progress = &self.counts.progress;
        if progress.state == State::Done {
            return 1.0;
        }
        f64::from(progress.n_answered) / f64::from(progress.n_sentences.max(1))
    }
}

/// The articles in the order in which they came in.
pub fn in_order(project: &Project) -> Vec<&Arc<Article>> {
    let mut articles: Vec<_> = project.articles().collect();
    articles.sort_by_key(|article| article.added);
    articles
}

/// All articles with their counts, in the order in which they came in.
pub fn entries(project: &Project, coder: Option<&CoderId>) -> Vec<Entry> {
    let mut entries: Vec<_> = count::of_each(project, coder)
        .into_iter()
        .map(|(article, counts)| Entry::new(article, counts))
        .collect();
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

/// Which entries a list shows, as places in `entries`, in the order that was asked for.
pub fn pick(entries: &[Entry], filter: &Filter, sort: Sort) -> Vec<usize> {
    let mut picked: Vec<(usize, &Entry)> =
        entries.iter().enumerate().filter(|(_, entry)| filter.fits(entry)).collect();
    // Every sort is stable, so that ties stay in the order in which they came in.
    match sort {
        Sort::Added => {}
        Sort::Title => picked.sort_by(|(_, a), (_, b)| a.title().cmp(b.title())),
        Sort::Outlet => picked.sort_by(|(_, a), (_, b)| unknown_last(a.outlet(), b.outlet(), false)),
        Sort::Oldest => picked.sort_by(|(_, a), (_, b)| unknown_last(date(a), date(b), false)),
        Sort::Newest => picked.sort_by(|(_, a), (_, b)| unknown_last(date(a), date(b), true)),
        Sort::LeastDone => picked.sort_by(|(_, a), (_, b)| a.part_done().total_cmp(&b.part_done())),
    }
    picked.into_iter().map(|(idx, _)| idx).collect()
}

fn trait_of(word: &str) -> Option<Trait> {
    Some(match word {
        "new" => Trait::State(State::New),
        "begun" => Trait::State(State::Begun),
        "done" => Trait::State(State::Done),
        "unsure" => Trait::Unsure,
        "note" | "notes" => Trait::Notes,
        "check" => Trait::Check,
        _ => return None,
    })
}

/// ISO dates are in order as texts are.
fn date(entry: &Entry) -> &str {
    entry.article.meta.published.as_deref().unwrap_or_default()
}

fn unknown_last(a: &str, b: &str, backwards: bool) -> Ordering {
    match (a.is_empty(), b.is_empty()) {
        (false, false) if backwards => b.cmp(a),
        (false, false) => a.cmp(b),
        (a_unknown, b_unknown) => a_unknown.cmp(&b_unknown),
    }
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

    fn list(typed: &str, sort: Sort) -> String {
        let mut project =
            sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let coder = CoderId::new("anna");
        let roux = project.articles().find(|a| a.shown_title().contains("Roux")).unwrap().id.clone();
        let key = SheetKey { coder: coder.clone(), article: roux };
        project.apply(plan::done(&project, &key, true, Stamp(0)).unwrap()).unwrap();
        let entries = entries(&project, Some(&coder));
        let picked = pick(&entries, &Filter::parse(typed), sort);
        picked.iter().map(|idx| (idx + 1).to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_find_titles_outlets_dates_and_states() {
        let check = |typed: &str, want: &str| assert_eq!(list(typed, Sort::Added), want, "{typed}");
        check("", "1 2 3 4");
        check("  ", "1 2 3 4");
        check("emile", "2");
        check("LEDGER", "2 3");
        check("2025-03", "1 4");
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
        check("is:mayor", "");
    }

    #[test]
    fn sorts_keep_ties_as_added_and_put_the_unknown_last() {
        let check = |sort, want: &str| assert_eq!(list("", sort), want, "{sort:?}");
        check(Sort::Added, "1 2 3 4");
        check(Sort::Title, "3 4 2 1");
        check(Sort::Outlet, "1 2 3 4");
        check(Sort::Oldest, "2 4 1 3");
        check(Sort::Newest, "1 4 2 3");
        check(Sort::LeastDone, "3 4 1 2");
    }

    #[test]
    fn an_order_is_remembered_by_its_id() {
        for sort in Sort::ALL {
            assert_eq!(Sort::of_id(sort.id()), sort);
        }
        assert_eq!(Sort::of_id("by smell"), Sort::Added);
    }
}
