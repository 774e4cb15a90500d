//! The reliability sample: which articles several people read, so that agreement is measured on what stands for all.
//!
//! Articles are sorted by outlet, month and then by chance, and every so-manieth is taken, from a start by chance (systematic
//! sampling of an ordered list: Cochran 1977, ch. 8). So each article has the same chance to be drawn, also the only one of its
//! outlet, and each outlet and month has its share, rounded up or down. Where shares are rounded each by itself (largest
//! remainder), outlets with few articles would never be drawn.

use crate::analysis::chance::Chance;
use crate::analysis::count::n_asked;
use crate::analysis::deal::{self, EvenBy};
use crate::model::action::{Action, Record};
use crate::model::article::Article;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, RecordId, Stamp};
use crate::model::project::Project;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// What is drawn from.
    pub articles: Vec<ArticleId>,
    pub size: usize,
    pub even_by: EvenBy,
    pub seed: u64,
}

/// Why nothing is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impossible {
    NoArticles,
    Nothing,
    TooMany { size: usize, of: usize },
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoArticles => f.write_str(
                "there is no article to draw from\0hint: what is set aside or was drawn before is not drawn; take a draw back, \
                 or add articles",
            ),
            Self::Nothing => f.write_str("no article is to be drawn\0hint: ask for one at least"),
            Self::TooMany { size, of } => {
                write!(f, "{size} articles are to be drawn from {of}\0hint: ask for fewer, or add articles")
            }
        }
    }
}

/// Draws: the same wish gives the same articles, in whatever order they are named. In the order of their ids.
pub fn draw(project: &Project, wish: &Wish) -> Result<Vec<ArticleId>, Impossible> {
    let mut articles: Vec<&Arc<Article>> =
        wish.articles.iter().filter_map(|id| project.article(id)).collect();
    let of = articles.len();
    match wish.size {
        _ if of == 0 => return Err(Impossible::NoArticles),
        0 => return Err(Impossible::Nothing),
        size if size > of => return Err(Impossible::TooMany { size, of }),
        _ => {}
    }
    articles.sort_by_cached_key(|article| deal::stratum(article, (wish.even_by, wish.seed)));
    let taken = deal::evenly(of, wish.size, &mut Chance::new(wish.seed));
    let mut drawn: Vec<ArticleId> =
        articles.iter().zip(taken).filter(|(_, is)| *is).map(|(article, _)| article.id.clone()).collect();
    drawn.sort_unstable();
    Ok(drawn)
}

/// What is drawn from where nobody says more: all articles that are not set aside and in no draw yet.
pub fn not_drawn(project: &Project) -> Vec<ArticleId> {
    let drawn = drawn(project);
    let open = project.articles().filter(|article| article.aside.is_none() && !drawn.contains(&article.id));
    open.map(|article| article.id.clone()).collect()
}

/// The articles of all draws.
pub fn drawn(project: &Project) -> BTreeSet<ArticleId> {
    project.draws().flat_map(|draw| draw.articles.iter().cloned()).collect()
}

/// Sentences that ask for a label in these articles.
pub fn n_sentences<'a>(project: &Project, articles: impl IntoIterator<Item = &'a ArticleId>) -> usize {
    let found = articles.into_iter().filter_map(|id| project.article(id));
    found.map(|article| n_asked(project.scheme(), article)).sum()
}

/// What the project remembers of a draw.
pub fn remember(
    wish: &Wish,
    drawn: Vec<ArticleId>,
    id: RecordId,
    (by, at): (Option<CoderId>, Stamp),
) -> Action {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let draw = Draw {
        id: id.clone(),
        by,
        at: Some(at),
        seed: wish.seed,
        size: number(drawn.len()),
        of: number(wish.articles.len()),
        strata: wish.even_by.strata().iter().map(|stratum| (*stratum).into()).collect(),
        articles: drawn,
        extra: None,
    };
    Action::Record(Record::Draw { id, to: Some(draw) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    /// Articles of one large outlet, one small one and thirty with one article each.
    fn drawn_project() -> Project {
        let mut drawing = String::new();
        for idx in 0..120 {
            let outlet = match idx {
                0..60 => "Ledger".to_owned(),
                60..90 => "Post".to_owned(),
                _ => format!("Local {idx}"),
            };
            writeln!(drawing, "# Article {idx} | {outlet} | 2025-0{}-11\nIt burnt {idx} times.", idx % 3 + 1)
                .unwrap();
        }
        let id = |text: &str| format!("a{}", text.split(' ').nth(2).unwrap());
        sketch::project(&drawing, id, |_| String::new()).unwrap()
    }

    fn wish(project: &Project, size: usize, seed: u64) -> Wish {
        Wish { articles: not_drawn(project), size, even_by: EvenBy::OutletAndMonth, seed }
    }

    #[test]
    fn the_seed_decides_and_the_order_of_the_articles_does_not() {
        let project = drawn_project();
        let asked = wish(&project, 18, 7);
        let mut turned = asked.clone();
        turned.articles.reverse();
        let drawn = draw(&project, &asked).unwrap();
        assert_eq!(drawn.len(), 18);
        assert!(drawn.is_sorted());
        assert_eq!(draw(&project, &turned).unwrap(), drawn);
        assert_ne!(draw(&project, &wish(&project, 18, 8)).unwrap(), drawn);
    }

    #[test]
    fn each_outlet_and_month_has_its_share_rounded_up_or_down() {
        let project = drawn_project();
        for (size, seed) in [(12, 1), (18, 2), (37, 3), (119, 4), (120, 5)] {
            let drawn = draw(&project, &wish(&project, size, seed)).unwrap();
            let mut shares: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
            for article in project.articles() {
                let meta = &article.meta;
                let month = meta.published.clone().unwrap().chars().take(7).collect();
                let (of, n) = shares.entry((meta.outlet.clone().unwrap(), month)).or_default();
                *of += 1;
                *n += usize::from(drawn.contains(&article.id));
            }
            for (stratum, (of, n)) in shares {
                let quota = of as f64 * size as f64 / 120.0;
                assert!((n as f64 - quota).abs() < 1.0, "{stratum:?}: {n} of {of} where {size} are drawn");
            }
        }
    }

    #[test]
    fn every_article_is_drawn_as_often_as_any_other() {
        let project = drawn_project();
        let mut times: BTreeMap<ArticleId, usize> = BTreeMap::new();
        let n = 2000;
        for seed in 0..n {
            for article in draw(&project, &wish(&project, 12, seed)).unwrap() {
                *times.entry(article).or_default() += 1;
            }
        }
        // Each in a tenth of the draws, also the only article of its outlet: within five standard errors.
        assert_eq!(times.len(), 120);
        let near = 5.0 * (n as f64 * 0.1 * 0.9).sqrt();
        assert!(times.values().all(|times| (*times as f64 - n as f64 / 10.0).abs() < near), "{times:?}");
    }

    #[test]
    fn what_was_drawn_is_not_drawn_again_and_what_cannot_be_says_why() {
        let mut project = drawn_project();
        let asked = wish(&project, 100, 7);
        let drawn = draw(&project, &asked).unwrap();
        let action = remember(&asked, drawn.clone(), RecordId::new("r1"), (None, Stamp(5)));
        project.apply(action).unwrap();
        let rest = wish(&project, 21, 7);
        assert_eq!(rest.articles.len(), 20);
        assert!(rest.articles.iter().all(|article| !drawn.contains(article)));
        assert_eq!(draw(&project, &rest), Err(Impossible::TooMany { size: 21, of: 20 }));
        assert_eq!(draw(&project, &Wish { size: 0, ..rest.clone() }), Err(Impossible::Nothing));
        assert_eq!(draw(&project, &Wish { articles: vec![], ..rest }), Err(Impossible::NoArticles));
        assert_eq!(n_sentences(&project, &drawn), 100);
        let kept = project.draw(&RecordId::new("r1")).unwrap();
        assert_eq!(
            (kept.size, kept.of, kept.seed, kept.strata.join(" ")),
            (100, 120, 7, "outlet month".into())
        );
    }
}
