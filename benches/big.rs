//! Large projects, made of nothing but numbers: the same numbers give the same project.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a bench may fall"
)]

use allegata::model::article::{Article, tile};
use allegata::model::coder::Coder;
use allegata::model::coding::{Coding, Row};
use allegata::model::comment::Comment;
use allegata::model::ids::{ArticleId, CoderId, LabelId, ProjectId, RecordId, Stamp};
use allegata::model::project::{Parts, Project};
use allegata::model::sheet::{Sheet, SheetKey};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;

pub const WORDS: [&str; 24] = [
    "the",
    "mayor",
    "denied",
    "that",
    "contracts",
    "were",
    "given",
    "to",
    "friends",
    "of",
    "council",
    "a",
    "report",
    "says",
    "“harbour”",
    "money",
    "was",
    "paid",
    "twice",
    "and",
    "nobody",
    "asked",
    "l'été",
    "why",
];

/// A project of so many articles with so many sentences each (about 137 bytes a sentence), labelled by a coder for each of `every`,
/// who has answered every article of that many.
pub fn project(n_articles: usize, sentences_each: usize, every: &[usize]) -> Project {
    let mut dice = 0x9E37_79B9_7F4A_7C15_u64;
    let mut parts = Parts::new(ProjectId::new("big"), "A large project");
    let coders = ["anna-7f3k", "ben-q2ma", "cleo-h5rt"].map(CoderId::new);
    let coders = &coders[..every.len()];
    parts.coders = coders.iter().map(|id| Coder::new(id.clone(), id.to_string())).collect();
    let labels = ["allegation", "denial", "fact"].map(LabelId::new);
    for n in 0..n_articles {
        let article = Arc::new(article(n, sentences_each, &mut dice));
        for (idx, coder) in coders.iter().enumerate() {
            if n % every[idx] == 0 {
                parts.sheets.push(Arc::new(sheet(coder, &article, &labels, &mut dice)));
            }
        }
        if n % 50 == 0 {
            let comment = Comment {
                id: RecordId::new(format!("c{n:08}")),
                article: article.id.clone(),
                sentence: article.sentences().first().map(|s| s.span),
                by: coders[1].clone(),
                at: Some(Stamp(1_795_428_672)),
                text: "Is this a charge, or only a question?".to_owned(),
                re: None,
                resolved: false,
                extra: None,
            };
            parts.comments.push(Arc::new(comment));
        }
        parts.articles.push(article);
    }
    Project::assemble(parts).expect("a large project is sound")
}

fn roll(dice: &mut u64, n: u64) -> u64 {
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    *dice % n
}

fn article(n: usize, sentences_each: usize, dice: &mut u64) -> Article {
    let mut text = String::with_capacity(sentences_each * 140);
    let mut rows = Vec::with_capacity(sentences_each);
    for idx in 0..sentences_each {
        let start = text.len();
        write!(text, "No {idx}").expect("a String takes everything");
        for _ in 0..(15 + roll(dice, 18)) {
            text.push(' ');
            text.push_str(WORDS[roll(dice, WORDS.len() as u64) as usize]);
        }
        text.push('.');
        if idx + 1 < sentences_each {
            text.push_str(if idx % 4 == 3 { "\n\n" } else { " " });
        }
        rows.push((start..text.len(), None));
    }
    let mut hash = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        write!(hash, "{byte:02x}").expect("a String takes everything");
    }
    let sentences = tile(&text, &rows).expect("rows tile");
    let id = ArticleId::new(format!("{}-{:04x}", &hash[..10], n % 65_536));
    let mut article = Article::new(id, text.into(), sentences, hash);
    article.added = n as u32 + 1;
    article.meta.title = Some(format!("Harbour contracts, part {n}"));
    article.meta.outlet = Some("Ledger".to_owned());
    article.meta.published = Some("2025-03-14".to_owned());
    article.source = Some(format!("article-{n}.txt"));
    article
}

fn sheet(coder: &CoderId, article: &Article, labels: &[LabelId], dice: &mut u64) -> Sheet {
    let mut sheet = Sheet::new(SheetKey { coder: coder.clone(), article: article.id.clone() }, 1);
    sheet.done = true;
    sheet.done_at = Some(Stamp(1_795_428_672));
    for sentence in article.sentences() {
        let label = roll(dice, 8) as usize;
        let coding = Coding {
            answered: true,
            labels: labels.get(label).cloned().into_iter().collect(),
            unsure: roll(dice, 20) == 0,
            note: (roll(dice, 100) == 0).then(|| "a charge, \"so to speak\"".into()),
            at: Some(Stamp(1_795_428_672 + roll(dice, 1_000_000) as i64)),
            ..Coding::default()
        };
        sheet.rows.push(Row { span: sentence.span, coding });
    }
    sheet
}
