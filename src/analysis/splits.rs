//! Parts of a dataset by article, as `train` and `test`: which article belongs to which.
//!
//! Identical and near-identical texts stay together, and an article once placed never moves. The others go where they bring every
//! label and every outlet nearest to its share; those with the largest part of a rare one are placed first (after Sechidis,
//! Tsoumakas and Vlahavas, 2011).

pub mod near;
pub mod wishes;

use crate::analysis::chance;
use crate::analysis::splits::near::{Near, placeable};
use crate::model::action::Action;
use crate::model::article::Article;
use crate::model::ids::{ArticleId, LabelId};
use crate::model::mending;
use crate::model::project::Project;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A split that is asked for, and its share of the articles against the others'.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    pub name: String,
    pub share: f64,
}

/// Which article goes where, and what comes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// All splits that articles are in then: those asked for in their order, then others that are there.
    pub splits: Vec<Split>,
    pub n_placed: usize,
    pub n_there: usize,
    /// Articles that are set aside get no split.
    pub n_aside: usize,
    /// Groups of near-identical texts, and the articles in them.
    pub n_groups: usize,
    pub n_grouped: usize,
    /// Articles near to each other that stood in different splits before.
    pub apart: Vec<Vec<ArticleId>>,
    /// `None` = all are placed already.
    pub action: Option<Action>,
}

/// What is in a split.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    pub name: String,
    /// What was asked for, from 0 to 1; absent where it was not asked for.
    pub wanted: Option<f64>,
    /// What it has, from 0 to 1.
    pub share: f64,
    pub n_articles: usize,
    pub n_outlets: usize,
    /// How often each label was given, in the order of the scheme.
    pub labels: Vec<(LabelId, usize)>,
}

/// The parts that a dataset has where nobody says others, and their shares.
pub const USUAL: [(&str, f64); 3] = [("train", 70.0), ("validation", 15.0), ("test", 15.0)];

/// The split of each article that has one, as a dataset with splits has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub of: BTreeMap<ArticleId, String>,
    /// The splits there are: the usual ones first.
    pub names: Vec<String>,
    /// Articles that the project has in no split, and that were placed for this dataset alone.
    pub n_made: usize,
}

/// The splits of a project; where it has none, or not yet of all articles, as [`plan`] places them: in the shares of what is there,
/// else in the usual ones. The same project gives the same splits. An article that is set aside and in none stays in none.
pub fn placed(project: &Project) -> Placed {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for split in project.articles().filter_map(|article| article.split.as_deref()) {
        *there.entry(split).or_default() += 1;
    }
    let wish = |(name, share): (&str, f64)| Wish { name: name.to_owned(), share };
    let wishes: Vec<Wish> = if there.is_empty() {
        USUAL.into_iter().map(wish).collect()
    } else {
        there.into_iter().map(|(name, n)| wish((name, n as f64))).collect()
    };
    let is_open = |article: &&Arc<Article>| article.split.is_none() && article.aside.is_none();
    let n_made = project.articles().filter(is_open).count();
    let mut after = project.clone();
    // Where all are placed already nothing is compared with anything.
    let action = if n_made > 0 { plan(project, &wishes, FIRST_SEED).action } else { None };
    if let Some(Err(refused)) = action.map(|action| after.apply(action)) {
        debug_assert!(false, "a plan is refused: {refused}");
    }
    let of: BTreeMap<ArticleId, String> =
        after.articles().filter_map(|article| Some((article.id.clone(), article.split.clone()?))).collect();
    let mut names: Vec<String> = of.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    names.sort_by_key(|name| USUAL.iter().position(|(usual, _)| usual == name).unwrap_or(USUAL.len()));
    Placed { of, names, n_made }
}

/// The draw where nobody names another.
pub const FIRST_SEED: u64 = 1;

/// What must be shared out: everything that an article has a part of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Of<'a> {
    Articles,
    Label(&'a LabelId),
    Outlet(&'a str),
}

type Amounts<'a> = BTreeMap<Of<'a>, usize>;

/// Articles that stay together.
struct Group<'a> {
    articles: Vec<&'a Article>,
    amounts: Amounts<'a>,
    split: Option<&'a str>,
}

/// Plans splits for all articles that have none and are not set aside. The same seed gives the same plan.
pub fn plan(project: &Project, wishes: &[Wish], seed: u64) -> Plan {
    plan_near(project, &Near::of(project), wishes, seed)
}

/// The same where it is known which texts are near to each other; those of another project are looked for again.
pub fn plan_near(project: &Project, near: &Near, wishes: &[Wish], seed: u64) -> Plan {
    if !near.is_of(project) {
        return plan(project, wishes, seed);
    }
    let articles = placeable(project);
    let n_aside = project.n_articles() - articles.len();
    let near = near.groups();
    let (mut groups, apart) = gathered(project, &articles, near);
    let whole: f64 = wishes.iter().map(|wish| wish.share).sum();
    let shares: Vec<(&str, f64)> =
        wishes.iter().map(|wish| (wish.name.as_str(), wish.share / whole.max(f64::MIN_POSITIVE))).collect();
    share_out(&mut groups, &shares, seed);
    let mut to: BTreeMap<&str, Vec<&Article>> = BTreeMap::new();
    for group in &groups {
        to.entry(group.split.unwrap_or_default()).or_default().extend(&group.articles);
    }
    let placed = |article: &&Article| article.split.is_none();
    let mut actions = Vec::new();
    for (name, articles) in &to {
        let ids: Vec<ArticleId> = articles.iter().copied().filter(placed).map(|a| a.id.clone()).collect();
        actions.extend(mending::split(project, &ids, Some(name)));
    }
    let n_there = articles.iter().filter(|article| article.split.is_some()).count();
    Plan {
        splits: splits_of(project, &groups, &shares),
        n_placed: articles.len() - n_there,
        n_there,
        n_aside,
        n_groups: near.len(),
        n_grouped: near.iter().map(Vec::len).sum(),
        apart,
        action: match actions.len() {
            0 | 1 => actions.pop(),
            _ => Some(Action::Many(actions)),
        },
    }
}

/// Articles in groups that stay together. Where texts near to each other are placed apart, they stay so, and those that are new
/// go to the first.
fn gathered<'a>(
    project: &'a Project,
    articles: &[&'a Article],
    near: &[Vec<usize>],
) -> (Vec<Group<'a>>, Vec<Vec<ArticleId>>) {
    let (mut groups, mut apart, mut seen) = (vec![], vec![], BTreeSet::new());
    let group = |articles: Vec<&'a Article>, split: Option<&'a str>| {
        let amounts = amounts(project, &articles);
        Group { articles, amounts, split }
    };
    for places in near {
        seen.extend(places.iter().copied());
        let members: Vec<&Article> = places.iter().filter_map(|idx| articles.get(*idx).copied()).collect();
        let first = members.iter().find_map(|article| article.split.as_deref());
        let (here, elsewhere): (Vec<_>, Vec<_>) = members
            .iter()
            .partition(|article| article.split.as_deref().is_none_or(|split| Some(split) == first));
        if !elsewhere.is_empty() {
            apart.push(members.iter().map(|article| article.id.clone()).collect());
        }
        groups.push(group(here, first));
        groups.extend(elsewhere.into_iter().map(|article| group(vec![article], article.split.as_deref())));
    }
    let alone = articles.iter().zip(0..).filter(|(_, idx)| !seen.contains(idx));
    groups.extend(alone.map(|(article, _)| group(vec![article], article.split.as_deref())));
    (groups, apart)
}

fn amounts<'a>(project: &'a Project, articles: &[&'a Article]) -> Amounts<'a> {
    let mut amounts = Amounts::new();
    for article in articles {
        *amounts.entry(Of::Articles).or_default() += 1;
        let outlet = article.meta.outlet.as_deref().map(str::trim).unwrap_or_default();
        *amounts.entry(Of::Outlet(outlet)).or_default() += 1;
        for sheet in project.sheets_for(&article.id) {
            for label in sheet.rows.iter().flat_map(|row| row.coding.labels.iter()) {
                // As the scheme has it, which lives as long as the project.
                if let Some(label) = project.scheme().label(label) {
                    *amounts.entry(Of::Label(&label.id)).or_default() += 1;
                }
            }
        }
    }
    amounts
}

fn share_out<'a>(groups: &mut [Group<'a>], shares: &[(&'a str, f64)], seed: u64) {
    let mut whole = Amounts::new();
    for group in groups.iter() {
        add(&mut whole, &group.amounts);
    }
    let mut have: Vec<Amounts<'a>> = vec![Amounts::new(); shares.len()];
    let mut open: Vec<&mut Group<'a>> = Vec::new();
    for group in groups {
        match group.split {
            Some(split) => {
                let place = shares.iter().position(|(name, _)| *name == split);
                if let Some(have) = place.and_then(|place| have.get_mut(place)) {
                    add(have, &group.amounts);
                }
            }
            None => open.push(group),
        }
    }
    let part = |of: &Of<'_>, amount: usize| amount as f64 / whole.get(of).copied().unwrap_or(1).max(1) as f64;
    let largest =
        |group: &Group<'_>| group.amounts.iter().map(|(of, amount)| part(of, *amount)).fold(0.0, f64::max);
    let chance_of = |group: &Group<'_>| {
        group.articles.first().map_or(0, |article| chance::number_of(seed, article.id.as_str()))
    };
    open.sort_by(|a, b| largest(b).total_cmp(&largest(a)).then_with(|| chance_of(a).cmp(&chance_of(b))));
    let (n_labels, n_outlets) = whole.keys().fold((0.0, 0.0), |(labels, outlets), of| match of {
        Of::Articles => (labels, outlets),
        Of::Label(_) => (labels + 1.0, outlets),
        Of::Outlet(_) => (labels, outlets + 1.0),
    });
    // The shares of the articles are what was asked for; labels together, and outlets together, count half as much.
    let weight = |of: &Of<'_>| match of {
        Of::Articles => 2.0,
        Of::Label(_) => 1.0 / n_labels,
        Of::Outlet(_) => 1.0 / n_outlets,
    };
    for group in open {
        // By how much the squared distance to what is wanted grows where the group goes there.
        let growth = |(place, (_, share)): (usize, &(&str, f64))| -> f64 {
            let grows = |(of, amount): (&Of<'_>, &usize)| {
                let has = have.get(place).and_then(|have| have.get(of)).copied().unwrap_or_default();
                let (has, more) = (part(of, has), part(of, *amount));
                weight(of) * more * (2.0 * (has - share) + more) / share.max(f64::MIN_POSITIVE)
            };
            group.amounts.iter().map(grows).sum()
        };
        let costs = shares.iter().enumerate().map(growth).enumerate();
        let Some((best, _)) = costs.min_by(|a, b| a.1.total_cmp(&b.1)) else { return };
        group.split = shares.get(best).map(|(name, _)| *name);
        if let Some(have) = have.get_mut(best) {
            add(have, &group.amounts);
        }
    }
}

fn add<'a>(to: &mut Amounts<'a>, amounts: &Amounts<'a>) {
    for (of, amount) in amounts {
        *to.entry(of.clone()).or_default() += amount;
    }
}

fn splits_of(project: &Project, groups: &[Group<'_>], shares: &[(&str, f64)]) -> Vec<Split> {
    let mut names: Vec<&str> = shares.iter().map(|(name, _)| *name).collect();
    let others: BTreeSet<&str> = groups.iter().filter_map(|group| group.split).collect();
    names.extend(others.into_iter().filter(|name| !shares.iter().any(|(wanted, _)| wanted == name)));
    let n_all: usize = groups.iter().map(|group| group.articles.len()).sum();
    let split = |name: &str| {
        let mut has = Amounts::new();
        groups
            .iter()
            .filter(|group| group.split == Some(name))
            .for_each(|group| add(&mut has, &group.amounts));
        let n = |of: &Of<'_>| has.get(of).copied().unwrap_or(0);
        let labels = project.scheme().labels.iter();
        Split {
            name: name.to_owned(),
            wanted: shares.iter().find(|(wanted, _)| *wanted == name).map(|(_, share)| *share),
            share: n(&Of::Articles) as f64 / n_all.max(1) as f64,
            n_articles: n(&Of::Articles),
            n_outlets: has.keys().filter(|of| matches!(of, Of::Outlet(outlet) if !outlet.is_empty())).count(),
            labels: labels.map(|label| (label.id.clone(), n(&Of::Label(&label.id)))).collect(),
        }
    };
    names.into_iter().map(split).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sketch;

    fn wishes(shares: &[(&str, f64)]) -> Vec<Wish> {
        shares.iter().map(|(name, share)| Wish { name: (*name).to_owned(), share: *share }).collect()
    }

    /// Articles of two outlets, of which every fifth holds an allegation.
    fn drawn(n: usize) -> Project {
        let article = |n: usize| {
            let (outlet, label) =
                (["Ledger", "Post"][n % 2], if n.is_multiple_of(5) { "allegation" } else { "fact" });
            let word = |word: i32| format!("w{}", chance::number_of(n as u64, &word.to_string()) % 9999);
            let words = (0..40).map(word).collect::<Vec<_>>().join(" ");
            format!("# {n} | {outlet}\n{words} end. [{label}]")
        };
        let drawing: Vec<_> = (0..n).map(article).collect();
        sketch::project(
            &drawing.join("\n"),
            |text| format!("a{}", chance::number_of(0, text)),
            |_| String::new(),
        )
        .unwrap()
    }

    fn split_of<'a>(project: &'a Project, id: &ArticleId) -> Option<&'a str> {
        project.article(id).unwrap().split.as_deref()
    }

    const THREE: [(&str, f64); 3] = [("train", 70.0), ("validation", 15.0), ("test", 15.0)];

    #[test]
    fn labels_and_outlets_are_shared_out_as_asked() {
        for seed in 1..6 {
            let mut project = drawn(200);
            let plan = plan(&project, &wishes(&THREE), seed);
            project.apply(plan.action.unwrap()).unwrap();
            for (split, (name, share)) in plan.splits.iter().zip(THREE) {
                let in_it = || project.articles().filter(|article| article.split.as_deref() == Some(name));
                let n_posts =
                    in_it().filter(|article| article.meta.outlet.as_deref() == Some("Post")).count();
                assert_eq!((split.name.as_str(), split.n_articles), (name, in_it().count()));
                // Of 200 articles, 100 of the Post, and 40 allegations: one more or less.
                for (n, all) in [(split.n_articles, 200.0), (n_posts, 100.0), (split.labels[0].1, 40.0)] {
                    assert!((n as f64 - all * share / 100.0).abs() <= 1.0, "{name}: {n} of {all}");
                }
            }
        }
    }

    #[test]
    fn once_placed_they_stay_and_new_ones_make_up_for_it() {
        let mut project = drawn(60);
        let ids: Vec<_> = project.articles().take(20).map(|article| article.id.clone()).collect();
        project.apply(mending::split(&project, &ids, Some("test")).unwrap()).unwrap();
        let other = mending::split(&project, &ids[..1], Some("dev")).unwrap();
        project.apply(other).unwrap();
        let before = project.clone();
        let first = plan(&project, &wishes(&THREE), 1);
        assert_eq!((first.n_there, first.n_placed), (20, 40));
        assert_eq!(first.splits.last().map(|split| (split.name.as_str(), split.wanted)), Some(("dev", None)));
        let inverse = project.apply(first.action.unwrap()).unwrap();
        assert_eq!(split_of(&project, &ids[0]), Some("dev"));
        assert!(ids[1..].iter().all(|id| split_of(&project, id) == Some("test")));
        let in_test = project.articles().filter(|article| article.split.as_deref() == Some("test")).count();
        assert_eq!(in_test, 19);
        assert_eq!(plan(&project, &wishes(&THREE), 2).action, None);
        // One action back.
        project.apply(inverse).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn a_dataset_has_the_splits_of_the_project_or_those_that_it_would_get() {
        let mut project = drawn(60);
        let made = placed(&project);
        assert_eq!((made.names.join(" "), made.n_made), ("train validation test".to_owned(), 60));
        let action = plan(&project, &wishes(&THREE), FIRST_SEED).action.unwrap();
        project.apply(action).unwrap();
        let there = placed(&project);
        assert_eq!((&there.of, there.n_made), (&made.of, 0));
        // One that came later goes to a split that is there, and one that is set aside to none.
        let ids: Vec<_> = project.articles().take(2).map(|article| article.id.clone()).collect();
        let all: Vec<_> = project.articles().map(|article| article.id.clone()).collect();
        project.apply(mending::split(&project, &all, Some("dev")).unwrap()).unwrap();
        project.apply(mending::split(&project, &ids, None).unwrap()).unwrap();
        project.apply(mending::aside(&project, &ids[..1], Some("an advertisement")).unwrap()).unwrap();
        let placed = placed(&project);
        assert_eq!((placed.names, placed.n_made, placed.of.len()), (vec!["dev".to_owned()], 1, 59));
        assert!(!placed.of.contains_key(&ids[0]));
    }

    #[test]
    fn near_texts_stay_together_and_what_is_aside_stays_out() {
        let story = (0..60).map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        let drawing: Vec<_> = (0..12).map(|n| format!("# {n}\n{story} end {n}. []")).collect();
        let other = drawn(30);
        let near = sketch::project(
            &drawing.join("\n"),
            |text| format!("n{}", chance::number_of(0, text)),
            |_| String::new(),
        )
        .unwrap();
        let mut project = other;
        for article in near.articles() {
            project.apply(Action::Article { id: article.id.clone(), to: Some(article.clone()) }).unwrap();
        }
        let ids: Vec<_> = near.articles().map(|article| article.id.clone()).collect();
        project.apply(mending::aside(&project, &ids[..1], Some("an advertisement")).unwrap()).unwrap();
        project.apply(mending::split(&project, &ids[1..2], Some("test")).unwrap()).unwrap();
        let plan = plan(&project, &wishes(&THREE), 3);
        assert_eq!((plan.n_groups, plan.n_grouped, plan.n_aside, plan.apart.len()), (1, 11, 1, 0));
        project.apply(plan.action.unwrap()).unwrap();
        assert!(ids[1..].iter().all(|id| split_of(&project, id) == Some("test")));
        assert_eq!(split_of(&project, &ids[0]), None);
        project.apply(mending::split(&project, &ids[2..3], Some("train")).unwrap()).unwrap();
        assert_eq!(super::plan(&project, &wishes(&THREE), 3).apart.len(), 1);
    }
}
