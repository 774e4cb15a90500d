//! Several people's files as one project in memory: all their layers over the first file's codebook. No file is written.
//!
//! Articles are paired by their text with each run of white space as one space, then by outlet, date and url. Sentences are matched
//! by their place in that text. What finds no place is counted and listed.

pub mod again;
mod labels;
pub mod over;
mod pairing;

pub use labels::{Chosen, Mapping, Theirs};

use crate::analysis::together::pairing::Shelf;
use crate::model::article::Article;
use crate::model::audit::Problem;
use crate::model::coder::Coder;
use crate::model::coding::{Coding, Row, labels_cell};
use crate::model::decision::Decision;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, LabelId, ProjectId, RecordId, Span};
use crate::model::import::Import;
use crate::model::project::{Parts, Project};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is chosen where files say different things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// From which file a coder's answers are, where several have them; else from the first of them.
    pub from: BTreeMap<CoderId, usize>,
    pub labels: Chosen,
}

/// An answer whose sentence is none in the first file: the boundaries are other ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    pub file: usize,
    pub article: ArticleId,
    pub coder: CoderId,
    /// As the file has it.
    pub span: Span,
    pub text: String,
}

/// A coder whose answers stand in two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice {
    pub coder: CoderId,
    /// The file whose answers are taken, and the other one.
    pub taken: usize,
    pub other: usize,
    /// Whether the other one is later.
    pub other_is_later: bool,
    /// Answers that differ, in the order of reading.
    pub differ: Vec<Differing>,
}

/// A sentence that one coder answered otherwise in another file. No labels = no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    pub article: ArticleId,
    pub span: Span,
    pub taken: Option<Box<[LabelId]>>,
    pub other: Option<Box<[LabelId]>>,
}

/// Several files as one project.
#[derive(Debug, Clone)]
pub struct Together {
    pub project: Project,
    /// Articles that two files or more have.
    pub n_paired: usize,
    /// Articles that may be the same and cannot be told apart: file and title.
    pub doubtful: Vec<(usize, String)>,
    pub elsewhere: Vec<Elsewhere>,
    pub twice: Vec<Twice>,
    /// Of each file after the first, how its codebook was taken.
    pub mappings: Vec<Mapping>,
    /// Comments, links and decisions that found no place, or a place where one stands already.
    pub n_records_left: usize,
}

/// Puts projects together under a new id.
pub fn together(projects: &[&Project], id: ProjectId, choice: &Choice) -> Result<Together, Problem> {
    let Some(first) = projects.first() else {
        let project = Project::assemble(Parts::new(id, ""))?;
        return Ok(Together::empty(project));
    };
    let mut work = Work::new(first, id.clone());
    for (file, project) in projects.iter().enumerate() {
        work.take(file, project, choice);
    }
    work.end(first, id)
}

impl Together {
    fn empty(project: Project) -> Self {
        Self {
            project,
            n_paired: 0,
            doubtful: vec![],
            elsewhere: vec![],
            twice: vec![],
            mappings: vec![],
            n_records_left: 0,
        }
    }
}

impl Together {
    /// What did not go together, in sentences.
    pub fn says(&self, files: &[String]) -> Vec<String> {
        let name = |file: usize| files.get(file).map_or("", String::as_str);
        let n_of = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
        let mut says = Vec::new();
        for (file, title) in &self.doubtful {
            let title = format!("\u{201c}{title}\u{201d}");
            says.push(format!(
                "{title} may be one of several articles and stands by itself: `{}`",
                name(*file)
            ));
        }
        for mapping in self.mappings.iter().filter(|mapping| !mapping.is_same) {
            let left = match mapping.n_left {
                0 => String::new(),
                n => format!(", {} left out", n_of(n, "answer")),
            };
            says.push(format!("another codebook{left}: `{}`", name(mapping.file)));
            for theirs in &mapping.labels {
                let here = theirs.here.as_ref().and_then(|id| self.project.scheme().label(id));
                let here = here.map_or_else(
                    || "no label here".to_owned(),
                    |here| format!("{} ({})", here.name, here.id),
                );
                let (label, n) = (&theirs.label, n_of(theirs.n, "answer"));
                says.push(format!("  {} ({}), {n}: {here}", label.name, label.id));
            }
        }
        if !self.elsewhere.is_empty() {
            let n = n_of(self.elsewhere.len(), "answer");
            says.push(format!("{n} to sentences that begin or end elsewhere in the first file"));
            for one in &self.elsewhere {
                let (article, span, file) = (&one.article, one.span, name(one.file));
                says.push(format!("  {article} {span} {}: `{file}`", one.coder));
            }
        }
        for twice in &self.twice {
            let coder = self.project.coder(&twice.coder);
            let who = coder.map_or(twice.coder.as_str(), Coder::shown_name);
            let later = if twice.other_is_later { ", which is later" } else { "" };
            let n = n_of(twice.differ.len(), "answer");
            let (taken, other) = (name(twice.taken), name(twice.other));
            says.push(format!("{who}: {n} other in `{other}`{later}: taken as in `{taken}`"));
            let cell = |labels: &Option<Box<[LabelId]>>| {
                labels.as_ref().map_or_else(|| "unanswered".to_owned(), |labels| labels_cell(labels))
            };
            for one in &twice.differ {
                let (article, span) = (&one.article, one.span);
                let idx = self.project.article(article).and_then(|found| found.idx_of(span));
                let span = idx.map_or_else(|| span.to_string(), |idx| format!("#{} {span}", idx + 1));
                says.push(format!(
                    "  {article} {span}: taken {}, other {}",
                    cell(&one.taken),
                    cell(&one.other)
                ));
            }
        }
        if self.n_records_left > 0 {
            let n = n_of(self.n_records_left, "comment, link or decision");
            says.push(format!("{n} without a place, or at one that was decided before"));
        }
        says
    }
}

struct Work {
    together: Together,
    shelf: Shelf,
    coders: BTreeMap<CoderId, Coder>,
    sheets: BTreeMap<SheetKey, (usize, Sheet)>,
    /// When each coder's last answer in a file was given.
    last: BTreeMap<(usize, CoderId), Option<crate::model::ids::Stamp>>,
    twice: BTreeMap<(CoderId, usize), Twice>,
    decisions: BTreeMap<RecordId, Decision>,
    decided: BTreeMap<(ArticleId, Span), RecordId>,
    links: BTreeMap<RecordId, crate::model::link::Link>,
    comments: BTreeMap<RecordId, crate::model::comment::Comment>,
    draws: BTreeMap<RecordId, Draw>,
    imports: BTreeMap<RecordId, Import>,
}

impl Work {
    fn new(first: &Project, id: ProjectId) -> Self {
        Self {
            together: Together::empty(first.copy_as(id)),
            shelf: Shelf::default(),
            coders: BTreeMap::new(),
            sheets: BTreeMap::new(),
            last: BTreeMap::new(),
            twice: BTreeMap::new(),
            decisions: BTreeMap::new(),
            decided: BTreeMap::new(),
            links: BTreeMap::new(),
            comments: BTreeMap::new(),
            draws: BTreeMap::new(),
            imports: BTreeMap::new(),
        }
    }

    fn take(&mut self, file: usize, project: &Project, choice: &Choice) {
        let mapping = Mapping::of(file, self.together.project.scheme(), project.scheme(), &choice.labels);
        for coder in project.coders() {
            let known = self.coders.entry(coder.id.clone()).or_insert_with(|| coder.clone());
            if known.name.trim().is_empty() {
                known.name.clone_from(&coder.name);
            }
        }
        let mut articles: Vec<&Arc<Article>> = project.articles().collect();
        articles.sort_by_key(|article| article.added);
        let placed = self.shelf.place(file, &articles);
        for title in placed.doubtful {
            self.together.doubtful.push((file, title));
        }
        let mut mapping = mapping;
        for sheet in project.sheets() {
            let at = self.last.entry((file, sheet.key.coder.clone())).or_default();
            *at = (*at).max(sheet.rows.iter().filter_map(|row| row.coding.at).max());
        }
        for sheet in project.sheets() {
            let Some(place) = placed.articles.get(&sheet.key.article) else { continue };
            let key = SheetKey { coder: sheet.key.coder.clone(), article: place.id.clone() };
            let taken = self.sheet(file, project, sheet, key, place, &mut mapping);
            self.put(file, taken, choice);
        }
        self.records(project, &placed.articles, &mut mapping);
        if file > 0 {
            self.together.mappings.push(mapping);
        }
    }

    /// A sheet over the sentences that it has here.
    fn sheet(
        &mut self,
        file: usize,
        project: &Project,
        sheet: &Sheet,
        key: SheetKey,
        place: &pairing::Placed,
        mapping: &mut Mapping,
    ) -> Sheet {
        let (mut rows, mut kept) = (Vec::with_capacity(sheet.rows.len()), Vec::new());
        for row in &sheet.rows {
            let Some(coding) = mapped(&row.coding, mapping) else { continue };
            if let Some(span) = place.span(row.span) {
                rows.push(Row { span, coding });
                continue;
            }
            if coding.answered {
                let article = project.article(&sheet.key.article);
                let sentence = article.and_then(|article| article.sentences().get(article.idx_of(row.span)?));
                let text = article.zip(sentence).map(|(article, s)| article.words_of(s).to_owned());
                self.together.elsewhere.push(Elsewhere {
                    file,
                    article: key.article.clone(),
                    coder: key.coder.clone(),
                    span: row.span,
                    text: text.unwrap_or_default(),
                });
            }
            kept.push(Row { span: row.span, coding });
        }
        for row in &sheet.kept {
            if let Some(coding) = mapped(&row.coding, mapping) {
                kept.push(Row { span: row.span, coding });
            }
        }
        rows.sort_by_key(|row| row.span);
        Sheet { key, rows, kept, ..sheet.clone() }
    }

    /// A coder's sheet that another file has too stays as it was, or is replaced where that is chosen; the difference is counted.
    fn put(&mut self, file: usize, sheet: Sheet, choice: &Choice) {
        let key = sheet.key.clone();
        let Some((other, there)) = self.sheets.get(&key) else {
            self.sheets.insert(key, (file, sheet));
            return;
        };
        let last = |file: usize| self.last.get(&(file, key.coder.clone())).copied().flatten();
        let replaces = choice.from.get(&key.coder) == Some(&file);
        let (taken, left) = if replaces { (file, *other) } else { (*other, file) };
        let other_is_later = last(left) > last(taken);
        let twice = self.twice.entry((key.coder.clone(), left)).or_insert_with(|| Twice {
            coder: key.coder.clone(),
            taken,
            other: left,
            other_is_later,
            differ: vec![],
        });
        let (is, is_not) = if replaces { (&sheet, there) } else { (there, &sheet) };
        differing(is, is_not, &mut twice.differ);
        if replaces {
            self.sheets.insert(key, (file, sheet));
        }
    }

    fn records(
        &mut self,
        project: &Project,
        articles: &BTreeMap<ArticleId, pairing::Placed>,
        mapping: &mut Mapping,
    ) {
        let seat = |article: &ArticleId, span: Span| {
            let place = articles.get(article)?;
            Some((place.id.clone(), place.span(span)?))
        };
        for decision in project.decisions() {
            let labels: Option<Box<[LabelId]>> =
                decision.labels.iter().map(|label| mapping.label(label)).collect();
            let labels = labels.filter(|labels| mapping.takes(labels));
            let (Some((article, sentence)), Some(labels)) =
                (seat(&decision.article, decision.sentence), labels)
            else {
                self.together.n_records_left += 1;
                continue;
            };
            if let Some(stands) = self.decided.get(&(article.clone(), sentence)) {
                let same = self.decisions.get(stands).is_some_and(|stands| stands.labels == labels);
                self.together.n_records_left += usize::from(!same);
                continue;
            }
            let id = free(&decision.id, |id| self.decisions.contains_key(id));
            self.decided.insert((article.clone(), sentence), id.clone());
            let decision = Decision { id: id.clone(), article, sentence, labels, ..decision.clone() };
            self.decisions.insert(id, decision);
        }
        for draw in project.draws() {
            let here: BTreeSet<&ArticleId> =
                draw.articles.iter().filter_map(|article| Some(&articles.get(article)?.id)).collect();
            let here = here.into_iter().cloned().collect();
            self.draws.entry(draw.id.clone()).or_insert(Draw { articles: here, ..draw.clone() });
        }
        for import in project.imports() {
            self.imports.entry(import.id.clone()).or_insert_with(|| import.clone());
        }
        for link in project.links() {
            let seats = seat(&link.article, link.sentence).zip(seat(&link.to_article, link.to_sentence));
            let Some(((article, sentence), (to_article, to_sentence))) = seats else {
                self.together.n_records_left += 1;
                continue;
            };
            let link =
                crate::model::link::Link { article, sentence, to_article, to_sentence, ..link.clone() };
            self.links.entry(link.id.clone()).or_insert(link);
        }
        for comment in project.comments() {
            let Some(place) = articles.get(&comment.article) else { continue };
            let sentence = comment.sentence.and_then(|span| place.span(span));
            self.together.n_records_left += usize::from(sentence.is_none() && comment.sentence.is_some());
            let article = place.id.clone();
            let comment = crate::model::comment::Comment { article, sentence, ..comment.clone() };
            self.comments.entry(comment.id.clone()).or_insert(comment);
        }
    }

    fn end(mut self, first: &Project, id: ProjectId) -> Result<Together, Problem> {
        let (articles, n_paired) = self.shelf.end();
        let conflicts = first.conflicts().to_vec();
        let project = Project::assemble(Parts {
            scheme: first.scheme().clone(),
            coders: self.coders.into_values().collect(),
            articles,
            sheets: self.sheets.into_values().map(|(_, sheet)| Arc::new(sheet)).collect(),
            links: self.links.into_values().map(Arc::new).collect(),
            decisions: self.decisions.into_values().map(Arc::new).collect(),
            comments: self.comments.into_values().map(Arc::new).collect(),
            conflicts,
            never_end_after: first.never_end_after().to_vec(),
            draws: self.draws.into_values().map(Arc::new).collect(),
            imports: self.imports.into_values().map(Arc::new).collect(),
            ..Parts::new(id, first.title())
        })?;
        let twice = std::mem::take(&mut self.twice).into_values().filter(|twice| !twice.differ.is_empty());
        let mut twice: Vec<Twice> = twice.collect();
        let added = |id: &ArticleId| project.article(id).map(|article| article.added);
        for twice in &mut twice {
            twice.differ.sort_by_key(|one| (added(&one.article), one.span));
        }
        Ok(Together { project, n_paired, twice, ..self.together })
    }
}

/// The same coding in the first file's labels; nothing where an answer has a label that is none here.
fn mapped(coding: &Coding, mapping: &mut Mapping) -> Option<Coding> {
    if coding.answered {
        mapping.count(&coding.labels);
    }
    let labels: Option<Box<[LabelId]>> = coding.labels.iter().map(|label| mapping.label(label)).collect();
    let Some(labels) = labels.filter(|labels| mapping.takes(labels)) else {
        mapping.n_left += 1;
        let rest = Coding {
            answered: false,
            labels: Box::default(),
            at: None,
            by: None,
            scheme: None,
            ..coding.clone()
        };
        return (!rest.is_blank()).then_some(rest);
    };
    Some(Coding { labels, ..coding.clone() })
}

/// Adds the sentences to which two sheets have different answers.
fn differing(taken: &Sheet, other: &Sheet, differ: &mut Vec<Differing>) {
    let answer = |sheet: &Sheet, span| {
        let coding = sheet.coding(span).filter(|coding| coding.answered)?;
        Some(coding.labels.clone())
    };
    let spans: BTreeSet<Span> = taken.rows.iter().chain(&other.rows).map(|row| row.span).collect();
    for span in spans {
        let (a, b) = (answer(taken, span), answer(other, span));
        let sets = [&a, &b].map(|labels| labels.as_ref().map(|l| l.iter().collect::<BTreeSet<_>>()));
        if sets[0] != sets[1] {
            let article = taken.key.article.clone();
            differ.push(Differing { article, span, taken: a, other: b });
        }
    }
}

/// An id that is not taken.
fn free(id: &RecordId, is_taken: impl Fn(&RecordId) -> bool) -> RecordId {
    let mut free = id.clone();
    let mut n = 2;
    while is_taken(&free) {
        let short: String = id.as_str().chars().take(56).collect();
        free = RecordId::new(format!("{short}-{n}"));
        n += 1;
    }
    free
}
