//! Agreement: which figures are asked for, the job that works them out, and the cell that is looked at.

mod cells;
mod columns;

use crate::analysis::agreement::charts;
use crate::analysis::agreement::matrix::LabelIdx;
use crate::analysis::agreement::of_project::Rule;
use crate::analysis::agreement::panel::Pair;
use crate::analysis::agreement::worked::{self, Asked, Draws, Worked};
use crate::analysis::chart::Chart;
use crate::analysis::compare::At;
use crate::analysis::filter;
use crate::analysis::query::{Ask, Who};
use crate::analysis::units::Units;
use crate::model::ids::{ArticleId, CoderId, LabelId};
use crate::model::project::Project;
use crate::model::scheme::Scheme;
use crate::session::Session;
use crate::session::job::{Effect, Job};
use crate::session::review::names::Column;
use crate::session::screens::Screen;
use crate::session::view::Place;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How often articles are drawn for the interval by draws.
pub const N_DRAWS: usize = 1_000;

/// What is chosen in the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    pub rule: Rule,
    /// Words that articles are filtered by; empty = all articles.
    pub articles: String,
    /// More figures are shown.
    pub more: bool,
    /// Where the draws begin.
    pub seed: u64,
}

impl Default for Lens {
    fn default() -> Self {
        Self { rule: Rule::default(), articles: String::new(), more: false, seed: 1 }
    }
}

/// Of what figures are: the state of the answers, and what was asked of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// Grows when answers, or sentences, may be others.
    pub edition: u64,
    pub articles: String,
    pub asked: Asked,
}

/// Figures, as a job brings them.
#[derive(Debug, PartialEq)]
pub struct Figures {
    pub of: Of,
    pub worked: Worked,
    /// Articles that fit the words, and those that are compared at all.
    pub n_articles: usize,
    pub n_compared: usize,
    /// What of the words was not understood.
    pub faults: Vec<String>,
}

/// A chart of the figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Picture {
    #[default]
    ByLabel,
    /// Alpha by batch of articles.
    OverTime,
    /// How often each coder gave each label, by batch of articles.
    LabelsOverTime,
}

impl Picture {
    pub const ALL: [Self; 3] = [Self::ByLabel, Self::OverTime, Self::LabelsOverTime];

    pub const fn name(self) -> &'static str {
        match self {
            Self::ByLabel => "By label",
            Self::OverTime => "Over time",
            Self::LabelsOverTime => "Labels over time",
        }
    }

    /// What its file is called.
    pub const fn file(self) -> &'static str {
        match self {
            Self::ByLabel => "alpha-by-label",
            Self::OverTime => "alpha-over-time",
            Self::LabelsOverTime => "labels-over-time",
        }
    }
}

/// What is looked at or chosen in the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgreementLook {
    Lens(Lens),
    /// A pair of coders, by their places in the order shown.
    Pair(usize, usize),
    /// A cell of the pair's matrix: the label of the row and of the column.
    Cell(LabelIdx, LabelIdx),
    /// What is drawn over time: the labels of a coder, by the place in the order shown; nothing = alpha.
    OverTime(Option<usize>),
    /// The sentences of the cell, as the list of Review; at this one, or at the first that is open.
    Queue(Option<At>),
}

/// Two coders, and what the first and the second said.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chosen {
    pair: (CoderId, CoderId),
    cell: (Box<[LabelId]>, Box<[LabelId]>),
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Agreement {
    lens: Lens,
    figures: Option<Arc<Figures>>,
    /// What is being worked out.
    asked: Option<Of>,
    /// It broke off: not asked again by itself.
    broke: Option<Of>,
    /// The coders in the order shown.
    columns: Vec<Column>,
    /// Labels in the order shown: none of these is last.
    labels: Vec<LabelIdx>,
    chosen: Option<Chosen>,
    alpha_over_time: Option<Chart>,
    labels_over_time: Option<Chart>,
    /// Whose labels are drawn over time, if not alpha.
    drawn: Option<CoderId>,
    /// The sentences of the chosen cell, in the order of reading.
    sentences: Vec<At>,
    /// Grows when other sentences are in the cell.
    n_lists: u64,
}

impl Agreement {
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// The last figures that were worked out.
    pub fn figures(&self) -> Option<&Figures> {
        self.figures.as_deref()
    }

    /// The same, to be handed to a job.
    pub fn shared(&self) -> Option<Arc<Figures>> {
        self.figures.clone()
    }

    /// Whether there is such a chart: none over time of a few articles.
    pub fn has_chart(&self, picture: Picture) -> bool {
        let drift =
            |figures: &Figures| figures.worked.drift.as_ref().is_some_and(|drift| !drift.batches.is_empty());
        self.figures().is_some_and(|figures| picture == Picture::ByLabel || drift(figures))
    }

    /// A chart as it is shown.
    pub fn chart(&self, picture: Picture, scheme: &Scheme) -> Option<Chart> {
        let figures = self.figures().filter(|_| self.has_chart(picture))?;
        match picture {
            Picture::ByLabel => Some(charts::by_label(&figures.worked, scheme)),
            Picture::OverTime => self.alpha_over_time.clone(),
            Picture::LabelsOverTime => self.labels_over_time.clone(),
        }
    }

    /// Whether the figures are older than what is asked for.
    pub fn is_counting(&self) -> bool {
        self.asked.is_some()
    }

    /// The coders, in the order shown and as they are called.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The labels, in the order shown.
    pub fn labels(&self) -> &[LabelIdx] {
        &self.labels
    }

    /// Alpha by batch of articles.
    pub fn alpha_over_time(&self) -> Option<&Chart> {
        self.alpha_over_time.as_ref()
    }

    /// The labels of each coder by batch, a part a coder in the order of the matrix, and the place of the one who is looked at.
    pub fn labels_over_time(&self) -> Option<(&Chart, usize)> {
        let place = self.columns.iter().position(|column| Some(&column.coder) == self.drawn.as_ref())?;
        Some((self.labels_over_time.as_ref()?, place))
    }

    /// The sentences of the chosen cell.
    pub fn sentences(&self) -> &[At] {
        &self.sentences
    }

    pub(in crate::session) fn n_lists(&self) -> u64 {
        self.n_lists
    }

    /// What two coders, by their places in the order shown, come to; and whether the second of them is the first of the pair.
    pub fn pair(&self, row: usize, column: usize) -> Option<(&Pair, bool)> {
        let n = self.columns.len();
        let (a, b) = (self.columns.get(row)?.place, self.columns.get(column)?.place);
        let (first, second) = (a.min(b), a.max(b));
        if first == second {
            return None;
        }
        // Pairs stand in the order of the columns of the matrix.
        let before = first * n - first * (first + 1) / 2;
        let pair = self.figures()?.worked.panel.pairs.get(before + second - first - 1)?;
        Some((pair, a > b))
    }

    fn of(&self, edition: u64) -> Of {
        let lens = &self.lens;
        let draws = lens.more.then_some(Draws { n: N_DRAWS, seed: lens.seed });
        let asked = Asked { rule: lens.rule, draws, over_text: lens.more, over_time: true };
        Of { edition, articles: lens.articles.trim().to_owned(), asked }
    }
}

/// Works figures out; the answers are those of `units`.
pub fn figures(project: &Project, units: &Units, of: Of) -> Figures {
    let ask = Ask::read(&of.articles, project);
    let fitting: Option<BTreeSet<_>> =
        (!ask.is_empty()).then(|| filter::all_fitting(&ask, project, Who::Everybody).into_iter().collect());
    let taken = |id: &ArticleId| fitting.as_ref().is_none_or(|ids| ids.contains(id));
    let worked = worked::of(project, units, of.asked, taken);
    let n_articles = units.articles.iter().filter(|article| taken(&article.article)).count();
    Figures { of, worked, n_articles, n_compared: units.articles.len(), faults: ask.faults }
}

impl Session {
    /// Whether the figures are shown, or lead the list of Review.
    fn looks_at_agreement(&self) -> bool {
        let is_open = matches!(self.view.screen, Some(Screen::Agreement));
        is_open || self.review.chosen.cell
    }

    /// Shows the screen, over Review.
    pub(in crate::session) fn open_agreement(&mut self) {
        self.view.place = Place::Review;
        self.view.over = None;
        self.view.screen = Some(Screen::Agreement);
        self.view.n_moves += 1;
        self.review.asks_why = None;
        self.review.chosen.cell = false;
        self.review.arrange(&self.view);
    }

    pub(in crate::session) fn look_at_agreement(&mut self, look: AgreementLook) {
        match look {
            AgreementLook::Lens(lens) => {
                self.review.agreement.lens = lens;
                self.review.agreement.broke = None;
            }
            AgreementLook::Pair(row, column) => self.review.agreement.choose_pair(row, column),
            AgreementLook::Cell(row, column) => self.review.agreement.choose_cell(row, column),
            AgreementLook::OverTime(place) => {
                let agreement = &mut self.review.agreement;
                agreement.drawn = place.and_then(|place| Some(agreement.columns.get(place)?.coder.clone()));
            }
            AgreementLook::Queue(at) => self.queue_of_cell(at),
        }
    }

    /// Changes what is chosen.
    pub(in crate::session) fn change_lens(&mut self, change: impl FnOnce(&mut Lens)) {
        let mut lens = self.review.agreement.lens.clone();
        change(&mut lens);
        self.look_at_agreement(AgreementLook::Lens(lens));
    }

    /// The figures are of the answers as they are now, or a job is under way.
    pub(in crate::session) fn refresh_agreement(&mut self, effects: &mut Vec<Effect>) {
        if !self.looks_at_agreement() {
            return;
        }
        self.call_coders();
        let Some(desk) = &self.desk else { return };
        // Until coders are compared there is nothing to count.
        let Some(comparison) =
            self.review.comparison().filter(|_| self.review.stamp == Some(desk.revision()))
        else {
            return;
        };
        let of = self.review.agreement.of(self.review.answers);
        let is_there = self.review.agreement.figures().is_some_and(|figures| figures.of == of);
        let agreement = &self.review.agreement;
        if is_there || agreement.asked.is_some() || agreement.broke.as_ref() == Some(&of) {
            return;
        }
        let project = self.review_project().unwrap_or(desk.project()).clone();
        let job = Job::Agree { project, units: Arc::clone(&comparison.units), of: of.clone() };
        self.review.agreement.asked = Some(of);
        self.start(job, effects);
    }

    /// Takes over what a job worked out.
    pub(in crate::session) fn agreed(&mut self, figures: Box<Figures>) {
        let agreement = &mut self.review.agreement;
        // What another project was asked about is not what this one waits for.
        if agreement.asked.as_ref() != Some(&figures.of) {
            return;
        }
        agreement.asked = None;
        if figures.of == agreement.of(self.review.answers) {
            agreement.alpha_over_time = figures.worked.drift.as_ref().map(charts::over_time);
            agreement.figures = Some(figures.into());
            // Called anew, also where the coders are the same.
            agreement.columns.clear();
            self.call_coders();
            self.review.agreement.settle();
            self.review.arrange(&self.view);
        }
    }

    /// The job broke off: it is asked for again when something else is wanted.
    pub(in crate::session) fn agreement_broke(&mut self) {
        let agreement = &mut self.review.agreement;
        agreement.broke = agreement.asked.take();
    }
}
