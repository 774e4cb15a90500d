//! The shares that are asked for, as words and as what a project suggests.

use crate::analysis::splits::{USUAL, Wish};
use crate::model::ids::is_id;
use crate::model::project::Project;
use std::collections::BTreeMap;

/// Fewer articles are no dataset in parts.
pub const LEAST: usize = 3;

/// Why a project cannot be split.
pub fn refusal(project: &Project) -> Option<String> {
    let n = project.articles().filter(|article| article.aside.is_none()).take(LEAST).count();
    let has = match n {
        0 => "none".to_owned(),
        n => n.to_string(),
    };
    (n < LEAST)
        .then(|| format!("splits need {LEAST} articles or more, and there are {has} that could be placed"))
}

/// The shares to begin with, in whole percents: those of the splits that are there, else the usual ones.
pub fn usual(project: &Project) -> Vec<(String, String)> {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for split in project.articles().filter_map(|article| article.split.as_deref()) {
        *there.entry(split).or_default() += 1;
    }
    if there.len() < 2 {
        return USUAL.map(|(name, share)| (name.to_owned(), share.to_string())).into();
    }
    let whole: usize = there.values().sum();
    let rank = |name: &str| USUAL.iter().position(|(usual, _)| *usual == name).unwrap_or(USUAL.len());
    // Every split keeps one percent at least; the largest makes up for what rounding leaves.
    let mut shares: Vec<(String, usize)> = there
        .iter()
        .map(|(name, n)| ((*name).to_owned(), ((200 * n + whole) / (2 * whole)).max(1)))
        .collect();
    shares.sort_by_key(|(name, _)| rank(name));
    let others: usize = shares.iter().map(|(_, share)| share).sum();
    if let Some((_, largest)) = shares.iter_mut().max_by_key(|(_, share)| *share) {
        *largest = (*largest + 100).saturating_sub(others);
    }
    shares.into_iter().map(|(name, share)| (name, share.to_string())).collect()
}

/// Reads `70,15,15` or `train=80,test=20`.
pub fn read(said: &str) -> Result<Vec<Wish>, String> {
    let parts: Vec<&str> = said.split(',').map(str::trim).collect();
    let usual: &[&str] = match parts.len() {
        2 => &["train", "test"],
        3 => &["train", "validation", "test"],
        _ => &[],
    };
    let mut wishes: Vec<Wish> = Vec::with_capacity(parts.len());
    for (idx, part) in parts.iter().enumerate() {
        let (name, share) = match part.split_once('=') {
            Some((name, share)) => (name.trim(), share.trim()),
            None => (usual.get(idx).copied().unwrap_or_default(), *part),
        };
        if name.is_empty() {
            return Err(format!(
                "no name for the share `{part}`\0hint: two or three shares have names; else as `dev={part}`"
            ));
        }
        if !is_id(name) {
            return Err(format!(
                "no name of a split: `{name}`\0hint: letters, digits, `.`, `_` and `-`, as in `train`"
            ));
        }
        if wishes.iter().any(|wish| wish.name == name) {
            return Err(format!("split `{name}` is named twice\0hint: give each its own name"));
        }
        let number = share.strip_suffix('%').unwrap_or(share).parse().ok();
        let Some(share) = number.filter(|share: &f64| share.is_finite() && *share > 0.0) else {
            return Err(format!("`{part}` is no share\0hint: percents of the articles, as `70,15,15`"));
        };
        wishes.push(Wish { name: name.to_owned(), share });
    }
    let whole: f64 = wishes.iter().map(|wish| wish.share).sum();
    if [100.0, 1.0].iter().all(|want| (whole - want).abs() > 0.001 * want) {
        return Err(format!(
            "the shares come to {whole}, not to 100\0hint: percents of the articles, as `70,15,15`"
        ));
    }
    Ok(wishes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{mending, sketch};

    #[test]
    fn shares_are_read_with_names_or_without() {
        let check = |said: &str, want: &str| {
            let wishes = read(said).map(|wishes| {
                let words = wishes.iter().map(|wish| format!("{} {}", wish.name, wish.share));
                words.collect::<Vec<_>>().join(", ")
            });
            assert_eq!(wishes.unwrap_or_else(|why| why.split('\0').next().unwrap().to_owned()), want);
        };
        check("70,15,15", "train 70, validation 15, test 15");
        check("80%, 20%", "train 80, test 20");
        check("0.8,0.2", "train 0.8, test 0.2");
        check("dev=50,test=50", "dev 50, test 50");
        check("100", "no name for the share `100`");
        check("25,25,25,25", "no name for the share `25`");
        check("70,15,10", "the shares come to 95, not to 100");
        check("100,0", "`0` is no share");
        check("NaN,1", "`NaN` is no share");
        check("-10,110", "`-10` is no share");
        check("a/b=50,c=50", "no name of a split: `a/b`");
        check("test=50,50", "split `test` is named twice");
        check("", "no name for the share ``");
    }

    #[test]
    fn a_project_suggests_the_shares_that_it_has() {
        let drawing: Vec<_> = (0..8).map(|n| format!("# {n}\nWords of number {n}. []")).collect();
        let drawn = drawing.join("\n");
        let mut project = sketch::project(
            &drawn,
            |text| format!("a{}", text.len() * 31 + usize::from(text.as_bytes()[16])),
            |_| String::new(),
        )
        .unwrap();
        let said = |project: &Project| {
            let shares = usual(project).into_iter().map(|(name, share)| format!("{name} {share}"));
            shares.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(said(&project), "train 70, validation 15, test 15");
        let ids: Vec<_> = project.articles().map(|article| article.id.clone()).collect();
        let mut place = |ids: &[crate::model::ids::ArticleId], to: &str| {
            project.apply(mending::split(&project, ids, Some(to)).unwrap()).unwrap();
            said(&project)
        };
        assert_eq!(place(&ids[..1], "test"), "train 70, validation 15, test 15", "one is no choice");
        assert_eq!(place(&ids[1..3], "train"), "train 67, test 33");
        assert_eq!(place(&ids[3..], "dev"), "train 25, test 13, dev 62");
    }

    #[test]
    fn fewer_than_three_articles_are_not_split() {
        let check = |drawn: &str, want: Option<&str>| {
            let project =
                sketch::project(drawn, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
            assert_eq!(refusal(&project).as_deref(), want);
        };
        let two = "splits need 3 articles or more, and there are 2 that could be placed";
        check("# One\nOne. []\n# Two\nThe two. []", Some(two));
        check("# One\nOne. []\n# Two\nThe two. []\n# Three\nAll of three. []", None);
    }
}
