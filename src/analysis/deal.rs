//! Who reads which article: drawn evenly by outlet and month, some of them read by several.

use crate::analysis::chance::{self, Chance};
use crate::analysis::count::n_asked;
use crate::model::article::Article;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    pub coders: Vec<CoderId>,
    pub articles: Vec<ArticleId>,
    pub shared: Shared,
    /// How many read a shared article.
    pub by: usize,
    pub even_by: EvenBy,
    pub seed: u64,
    /// What was moved by hand afterwards, in this order.
    pub moves: Vec<Move>,
}

/// Which articles several read.
#[derive(Debug, Clone, PartialEq)]
pub enum Shared {
    /// This share of them, from 0 to 1, drawn with the rest.
    Share(f64),
    /// Those that were drawn before, as far as they are handed out.
    Drawn(BTreeSet<ArticleId>),
}

/// What every share has alike.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum EvenBy {
    #[default]
    OutletAndMonth,
    Outlet,
    Month,
    Nothing,
}

impl EvenBy {
    pub const ALL: [Self; 4] = [Self::OutletAndMonth, Self::Outlet, Self::Month, Self::Nothing];

    pub fn name(self) -> &'static str {
        match self {
            Self::OutletAndMonth => "outlet and month",
            Self::Outlet => "outlet",
            Self::Month => "month",
            Self::Nothing => "chance alone",
        }
    }

    /// The words of it in a file.
    pub fn strata(self) -> &'static [&'static str] {
        match self {
            Self::OutletAndMonth => &["outlet", "month"],
            Self::Outlet => &["outlet"],
            Self::Month => &["month"],
            Self::Nothing => &[],
        }
    }
}

/// An article goes from one coder to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub article: ArticleId,
    pub from: CoderId,
    pub to: CoderId,
}

/// Why there is nothing to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impossible {
    NoCoders,
    NoArticles,
    FewCoders {
        by: usize,
        n_coders: usize,
    },
    /// None of the articles was drawn before.
    NoneDrawn,
    FewArticles {
        n_coders: usize,
        n_groups: usize,
        by: usize,
        n_articles: usize,
    },
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NoCoders => f.write_str("nobody is chosen to read\0hint: choose who gets a file"),
            Self::NoArticles => {
                f.write_str("there is no article to hand out\0hint: choose others, or add some")
            }
            Self::NoneDrawn => f.write_str(
                "no article that is handed out is in a drawn sample\0hint: draw one, or share a part of the articles",
            ),
            Self::FewCoders { by, n_coders } => write!(
                f,
                "{by} are to read a shared article, and there are {n_coders} coders\0hint: choose more coders, or share \
                 with fewer"
            ),
            Self::FewArticles { n_coders, n_groups, by, n_articles } => {
                let groups = match (by, n_groups) {
                    (2, n) => format!("{n} pairs"),
                    (_, usize::MAX) => "very many groups".to_owned(),
                    (_, n) => format!("{n} groups"),
                };
                write!(
                    f,
                    "{n_coders} coders make {groups}, and there are only {n_articles} articles to share\0hint: let \
                     everybody read what is shared, or choose fewer coders"
                )
            }
        }
    }
}

/// Who reads what.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    pub coders: Vec<CoderId>,
    /// Oldest first.
    pub columns: Vec<Column>,
    /// How many groups take turns with what is shared.
    pub n_groups: usize,
}

/// An article, and who reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub article: Arc<Article>,
    /// Sentences that ask for a label.
    pub n_sentences: usize,
    /// Places in the deal's coders, in order.
    pub readers: Vec<usize>,
}

/// What one coder gets.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub n_articles: usize,
    pub n_double: usize,
    pub n_sentences: usize,
}

impl Deal {
    /// Draws; the same wish gives the same deal.
    pub fn draw(project: &Project, wish: &Wish) -> Result<Self, Impossible> {
        let (n_coders, by) = (wish.coders.len(), wish.by.max(1));
        let mut columns: Vec<_> =
            wish.articles.iter().filter_map(|id| project.article(id)).map(|a| column(project, a)).collect();
        let n_articles = columns.len();
        if n_coders == 0 {
            return Err(Impossible::NoCoders);
        }
        if n_articles == 0 {
            return Err(Impossible::NoArticles);
        }
        let is_drawn = |column: &Column, drawn: &BTreeSet<ArticleId>| drawn.contains(&column.article.id);
        // How many there are to share.
        let n_to_share = match &wish.shared {
            Shared::Share(share) => {
                if *share > 0.0 {
                    n_articles
                } else {
                    0
                }
            }
            Shared::Drawn(drawn) => match columns.iter().filter(|column| is_drawn(column, drawn)).count() {
                0 => return Err(Impossible::NoneDrawn),
                n => n,
            },
        };
        let shares = n_to_share > 0 && by > 1;
        if shares && by > n_coders {
            return Err(Impossible::FewCoders { by, n_coders });
        }
        let n_groups = if shares { choose(n_coders, by) } else { 0 };
        if n_groups > n_to_share {
            return Err(Impossible::FewArticles { n_coders, n_groups, by, n_articles: n_to_share });
        }
        columns.sort_by_cached_key(|column| stratum(&column.article, (wish.even_by, wish.seed)));
        let mut chance = Chance::new(wish.seed);
        let is_double = match &wish.shared {
            Shared::Share(share) => evenly(n_articles, n_double(n_articles, *share, n_groups), &mut chance),
            Shared::Drawn(drawn) => {
                columns.iter().map(|column| n_groups > 0 && is_drawn(column, drawn)).collect()
            }
        };
        let mut loads = vec![Share::default(); n_coders];
        share_out(&mut columns, &is_double, &groups(n_coders, by, n_groups, &mut chance), &mut loads);
        give_out(&mut columns, &is_double, &mut loads);
        columns.sort_by_cached_key(|column| {
            let date = column.article.meta.published.clone().unwrap_or_default();
            (date.is_empty(), date, column.article.added)
        });
        let mut deal = Self { coders: wish.coders.clone(), columns, n_groups };
        wish.moves.iter().for_each(|one| deal.carry_out(one));
        Ok(deal)
    }

    /// What a coder gets.
    pub fn share(&self, coder: usize) -> Share {
        let mut share = Share::default();
        for column in self.columns.iter().filter(|column| column.readers.contains(&coder)) {
            share.add(column);
        }
        share
    }

    /// The articles of a coder, oldest first.
    pub fn articles_of(&self, coder: usize) -> impl Iterator<Item = &Arc<Article>> {
        let own = self.columns.iter().filter(move |column| column.readers.contains(&coder));
        own.map(|column| &column.article)
    }

    /// How many articles and sentences two coders share.
    pub fn in_common(&self, one: usize, other: usize) -> (usize, usize) {
        let both = |column: &&Column| column.readers.contains(&one) && column.readers.contains(&other);
        let shared = self.columns.iter().filter(both);
        shared.fold((0, 0), |(n, n_sentences), column| (n + 1, n_sentences + column.n_sentences))
    }

    /// Articles and sentences that several read.
    pub fn n_double(&self) -> (usize, usize) {
        let double = self.columns.iter().filter(|column| column.readers.len() > 1);
        double.fold((0, 0), |(n, n_sentences), column| (n + 1, n_sentences + column.n_sentences))
    }

    /// How many sentences the largest share has more than the smallest.
    pub fn spread(&self) -> usize {
        let sizes = (0..self.coders.len()).map(|coder| self.share(coder).n_sentences);
        let (least, most) = sizes.fold((usize::MAX, 0), |(least, most), n| (least.min(n), most.max(n)));
        most.saturating_sub(least)
    }

    /// Which move a click on a cell means: an empty one takes the article from the reader with the most sentences, a full one
    /// gives it to whoever has the fewest.
    pub fn moved(&self, column: usize, coder: usize) -> Option<Move> {
        let column = self.columns.get(column)?;
        let reads = |coder: &usize| column.readers.contains(coder);
        let n = |coder: &usize| self.share(*coder).n_sentences;
        let (from, to) = if reads(&coder) {
            (coder, (0..self.coders.len()).filter(|other| !reads(other)).min_by_key(n)?)
        } else {
            (column.readers.iter().copied().max_by_key(n)?, coder)
        };
        let (from, to) = (self.coders.get(from)?.clone(), self.coders.get(to)?.clone());
        Some(Move { article: column.article.id.clone(), from, to })
    }

    /// A move that no longer fits is passed over.
    fn carry_out(&mut self, one: &Move) {
        let place = |coder: &CoderId| self.coders.iter().position(|other| other == coder);
        let (Some(from), Some(to)) = (place(&one.from), place(&one.to)) else { return };
        let Some(column) = self.columns.iter_mut().find(|column| column.article.id == one.article) else {
            return;
        };
        if !column.readers.contains(&to)
            && let Some(reader) = column.readers.iter_mut().find(|reader| **reader == from)
        {
            *reader = to;
            column.readers.sort_unstable();
        }
    }
}

impl Share {
    fn add(&mut self, column: &Column) {
        self.n_articles += 1;
        self.n_double += usize::from(column.readers.len() > 1);
        self.n_sentences += column.n_sentences;
    }
}

fn column(project: &Project, article: &Arc<Article>) -> Column {
    let n_sentences = n_asked(project.scheme(), article);
    Column { article: Arc::clone(article), n_sentences, readers: vec![] }
}

/// What an article is drawn with, and its place there by chance.
pub(in crate::analysis) fn stratum(
    article: &Article,
    (even_by, seed): (EvenBy, u64),
) -> (String, String, u64, String) {
    let outlet = article.meta.outlet.clone().unwrap_or_default();
    let month: String = article.meta.published.iter().flat_map(|date| date.chars()).take(7).collect();
    let by_chance = chance::number_of(seed, article.id.as_str());
    let (outlet, month) = match even_by {
        EvenBy::OutletAndMonth => (outlet, month),
        EvenBy::Outlet => (outlet, String::new()),
        EvenBy::Month => (String::new(), month),
        EvenBy::Nothing => (String::new(), String::new()),
    };
    (outlet, month, by_chance, article.id.to_string())
}

/// How many groups of `by` there are among `n`.
fn choose(n: usize, by: usize) -> usize {
    let few = by.min(n - by);
    let mut groups = 1_usize;
    for idx in 0..few {
        // Divides without a rest: it is the number of groups of `idx + 1`.
        groups = match groups.checked_mul(n - idx) {
            Some(product) => product / (idx + 1),
            None => return usize::MAX,
        };
    }
    groups
}

/// How many articles are shared: the next number that suits all groups, if there are as many.
fn n_double(n_articles: usize, overlap: f64, n_groups: usize) -> usize {
    if n_groups == 0 {
        return 0;
    }
    let most = n_articles / n_groups * n_groups;
    let wanted = overlap.clamp(0.0, 1.0) * n_articles as f64;
    (1..=most / n_groups).map(|n| n * n_groups).find(|n| *n as f64 + 1e-9 >= wanted).unwrap_or(most)
}

/// Which of `n` are among `some`, evenly, from a start by chance.
pub(in crate::analysis) fn evenly(n: usize, some: usize, chance: &mut Chance) -> Vec<bool> {
    let start = chance.below(n);
    // Counts up by `some`, and takes where it passes `n`.
    let passes = |idx: usize| (start + (idx + 1) * some) / n > (start + idx * some) / n;
    (0..n).map(passes).collect()
}

/// The groups in an order by chance.
fn groups(n_coders: usize, by: usize, n_groups: usize, chance: &mut Chance) -> Vec<Vec<usize>> {
    let mut groups = Vec::with_capacity(n_groups);
    let mut group: Vec<usize> = (0..by).collect();
    while groups.len() < n_groups {
        groups.push(group.clone());
        let Some(place) = (0..by).rev().find(|place| group.get(*place) < Some(&(n_coders - by + place)))
        else {
            break;
        };
        let first = group.get(place).map_or(0, |coder| coder + 1);
        for (coder, slot) in (first..).zip(group.iter_mut().skip(place)) {
            *slot = coder;
        }
    }
    chance.shuffle(&mut groups);
    groups
}

/// Gives what is shared to the groups in turn, the longest articles to those that share the least so far.
fn share_out(columns: &mut [Column], is_double: &[bool], groups: &[Vec<usize>], loads: &mut [Share]) {
    if groups.is_empty() {
        return;
    }
    let mut in_common = vec![0_usize; groups.len()];
    let mut double: Vec<_> = columns.iter_mut().zip(is_double).filter(|(_, is)| **is).collect();
    for turn in double.chunks_mut(groups.len()) {
        turn.sort_by_key(|(column, _)| std::cmp::Reverse(column.n_sentences));
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by_key(|group| in_common.get(*group).copied());
        for ((column, _), group) in turn.iter_mut().zip(order) {
            column.readers = groups.get(group).cloned().unwrap_or_default();
            if let Some(n) = in_common.get_mut(group) {
                *n += column.n_sentences;
            }
            for reader in column.readers.clone() {
                loads.get_mut(reader).into_iter().for_each(|load| load.add(column));
            }
        }
    }
}

/// Gives the others to one each in turn, the longest to whoever has the fewest sentences so far.
fn give_out(columns: &mut [Column], is_double: &[bool], loads: &mut [Share]) {
    let mut single: Vec<_> = columns.iter_mut().zip(is_double).filter(|(_, is)| !**is).collect();
    for turn in single.chunks_mut(loads.len()) {
        turn.sort_by_key(|(column, _)| std::cmp::Reverse(column.n_sentences));
        let mut order: Vec<usize> = (0..loads.len()).collect();
        let is_last = turn.len() < loads.len();
        order.sort_by_key(|coder| {
            let load = loads.get(*coder).copied().unwrap_or_default();
            (if is_last { load.n_articles } else { 0 }, load.n_sentences)
        });
        for ((column, _), coder) in turn.iter_mut().zip(order) {
            column.readers = vec![coder];
            loads.get_mut(coder).into_iter().for_each(|load| load.add(column));
        }
    }
}

/// The articles that nobody has been handed yet and that are not set aside, in the order in which they came in.
pub fn not_handed_out(project: &Project) -> Vec<ArticleId> {
    let handed: BTreeSet<&ArticleId> =
        project.sheets().filter(|sheet| sheet.assigned).map(|sheet| &sheet.key.article).collect();
    let is_open = |article: &&Arc<Article>| article.aside.is_none() && !handed.contains(&article.id);
    let mut articles: Vec<_> = project.articles().filter(is_open).collect();
    articles.sort_by_key(|article| article.added);
    articles.into_iter().map(|article| article.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    /// Articles of several lengths, from two outlets and three months.
    fn drawn(n: usize) -> Project {
        let mut drawing = String::new();
        for idx in 0..n {
            let outlet = if idx % 2 == 0 { "Ledger" } else { "Post" };
            writeln!(drawing, "# Article {idx} | {outlet} | 2025-0{}-1{}", idx % 3 + 1, idx % 9).unwrap();
            for sentence in 0..3 + idx * 7 % 11 {
                write!(drawing, "It burnt {idx} times {sentence}. ").unwrap();
            }
            drawing.push_str("[]\n");
        }
        let id = |text: &str| format!("a{}", text.split(' ').nth(2).unwrap());
        sketch::project(&drawing, id, |_| String::new()).unwrap()
    }

    fn wish(project: &Project, n_coders: usize, overlap: f64, by: usize) -> Wish {
        Wish {
            coders: (0..n_coders).map(|n| CoderId::new(format!("c{n}"))).collect(),
            articles: not_handed_out(project),
            shared: Shared::Share(overlap),
            by,
            even_by: EvenBy::OutletAndMonth,
            seed: 7,
            moves: vec![],
        }
    }

    #[test]
    fn shares_are_even_and_every_pair_shares_as_many() {
        let project = drawn(112);
        for (n_coders, overlap, by, n_double) in [
            (4, 0.2, 2, 24),
            (4, 0.0, 2, 0),
            (3, 0.1, 3, 12),
            (5, 1.0, 2, 110),
            (1, 0.0, 2, 0),
            (4, 0.214, 2, 24),
        ] {
            let deal = Deal::draw(&project, &wish(&project, n_coders, overlap, by)).unwrap();
            assert_eq!(deal.n_double().0, n_double);
            let shares: Vec<_> = (0..n_coders).map(|coder| deal.share(coder)).collect();
            let sizes = |of: fn(&Share) -> usize| {
                let sizes: BTreeSet<_> = shares.iter().map(of).collect();
                sizes.last().unwrap() - sizes.first().unwrap()
            };
            assert!(sizes(|share| share.n_articles) <= 1, "{shares:?}");
            assert_eq!(sizes(|share| share.n_double), 0, "{shares:?}");
            assert!(deal.spread() <= 14, "{shares:?}");
            assert!(deal.columns.iter().all(|column| [1, by].contains(&column.readers.len())));
            if by == 2 && n_double > 0 {
                let pairs = (0..n_coders).flat_map(|a| (a + 1..n_coders).map(move |b| (a, b)));
                let common: BTreeSet<_> = pairs.map(|(a, b)| deal.in_common(a, b).0).collect();
                assert_eq!(common.len(), 1, "{common:?}");
            }
        }
    }

    #[test]
    fn every_outlet_and_month_is_in_every_share() {
        let project = drawn(120);
        let deal = Deal::draw(&project, &wish(&project, 4, 0.2, 2)).unwrap();
        for coder in 0..4 {
            let mut counts: BTreeMap<_, usize> = BTreeMap::new();
            for article in deal.articles_of(coder) {
                let meta = &article.meta;
                let month: String = meta.published.iter().flat_map(|date| date.chars()).take(7).collect();
                *counts.entry((meta.outlet.clone(), month)).or_default() += 1;
            }
            assert_eq!(counts.len(), 6);
            assert!(counts.values().all(|n| (3..=9).contains(n)), "{counts:?}");
        }
    }

    #[test]
    fn the_seed_decides_and_the_order_of_the_articles_does_not() {
        let project = drawn(40);
        let wish = wish(&project, 3, 0.3, 2);
        let deal = Deal::draw(&project, &wish).unwrap();
        let mut turned = wish.clone();
        turned.articles.reverse();
        assert_eq!(Deal::draw(&project, &turned).unwrap(), deal);
        assert_ne!(Deal::draw(&project, &Wish { seed: 8, ..wish }).unwrap(), deal);
    }

    #[test]
    fn a_cell_can_be_moved() {
        let project = drawn(12);
        let mut wish = wish(&project, 3, 0.0, 2);
        let deal = Deal::draw(&project, &wish).unwrap();
        let reader = deal.columns[0].readers[0];
        let other = (reader + 1) % 3;
        wish.moves.push(deal.moved(0, other).unwrap());
        let after = Deal::draw(&project, &wish).unwrap();
        assert_eq!(after.columns[0].readers, [other]);
        let back = after.moved(0, other).unwrap();
        assert_eq!(back.from, wish.coders[other]);
        wish.moves.pop();
        assert_eq!(Deal::draw(&project, &wish).unwrap(), deal);
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        let project = drawn(5);
        let said =
            |n_coders, overlap, by| Deal::draw(&project, &wish(&project, n_coders, overlap, by)).unwrap_err();
        assert_eq!(said(0, 0.0, 2), Impossible::NoCoders);
        assert_eq!(said(2, 0.5, 3), Impossible::FewCoders { by: 3, n_coders: 2 });
        assert!(matches!(said(4, 0.2, 2), Impossible::FewArticles { n_groups: 6, n_articles: 5, .. }));
        assert!(matches!(said(200, 0.2, 100), Impossible::FewArticles { n_groups: usize::MAX, .. }));
        let nothing = Wish { articles: vec![], ..wish(&project, 2, 0.0, 2) };
        assert_eq!(Deal::draw(&project, &nothing).unwrap_err(), Impossible::NoArticles);
    }

    #[test]
    fn what_is_shared_can_be_what_was_drawn() {
        let project = drawn(112);
        let asked = wish(&project, 4, 0.0, 2);
        let some: BTreeSet<ArticleId> = asked.articles.iter().step_by(9).cloned().collect();
        let of = |some: &BTreeSet<ArticleId>, by| {
            let shared = Shared::Drawn(some.clone());
            Deal::draw(&project, &Wish { shared, by, ..asked.clone() })
        };
        let deal = of(&some, 2).unwrap();
        for column in &deal.columns {
            let n = if some.contains(&column.article.id) { 2 } else { 1 };
            assert_eq!(column.readers.len(), n);
        }
        assert_eq!(deal.n_double().0, 13);
        assert_eq!(of(&some, 4).unwrap().columns.iter().filter(|one| one.readers.len() == 4).count(), 13);
        let other = BTreeSet::from([ArticleId::new("elsewhere")]);
        assert_eq!(of(&other, 2).unwrap_err(), Impossible::NoneDrawn);
        let few = some.iter().take(5).cloned().collect();
        assert!(matches!(
            of(&few, 2).unwrap_err(),
            Impossible::FewArticles { n_groups: 6, n_articles: 5, .. }
        ));
        let alone = Wish { shared: Shared::Drawn(some), by: 1, ..wish(&project, 1, 0.0, 2) };
        assert!(Deal::draw(&project, &alone).unwrap().columns.iter().all(|column| column.readers == [0]));
    }
}
