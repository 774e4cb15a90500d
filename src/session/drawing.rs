//! Planning agreement: what an interval needs, the reliability sample that is drawn, and draws that are taken back.

use crate::analysis::deal::EvenBy;
use crate::analysis::drawing::{self, Impossible};
use crate::analysis::need::{Design, Need};
use crate::model::action::{Action, Record};
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, RecordId};
use crate::model::project::Project;
use crate::session::Session;
use crate::session::job::{Effect, Job};
use crate::session::notice::{Notice, Tone};
use crate::session::screens::Screen;
use crate::session::screens::handing::percent;
use crate::session::view::Over;

/// The half width that is told where nobody asks for one.
pub const HALF_WIDTH: f64 = 0.05;

/// What answers come to, and of which state of the project.
#[derive(Debug, Default, Clone, Copy)]
pub struct Measured {
    design: Option<Design>,
    /// The state that was measured last, or is being measured.
    revision: Option<u64>,
}

/// What is done about samples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sampling {
    Draw(Form),
    TakeBack(RecordId),
}

/// How a sample is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    /// An interval that is as narrow as this.
    #[default]
    HalfWidth,
    Share,
    Count,
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub by: By,
    pub half_width: String,
    pub share: String,
    pub count: String,
    pub even_by: EvenBy,
    pub seed: String,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            by: By::default(),
            half_width: HALF_WIDTH.to_string(),
            share: "15 %".to_owned(),
            count: "20".to_owned(),
            even_by: EvenBy::default(),
            seed: "1".to_owned(),
        }
    }
}

/// What a form comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    pub wish: drawing::Wish,
    pub drawn: Result<Vec<ArticleId>, Impossible>,
    /// Sentences to answer in what is drawn.
    pub n_sentences: usize,
    /// Half the width of the interval to be expected of it.
    pub half_width: Option<f64>,
    /// The wished half width, and what it needs.
    pub need: Option<(f64, Option<Need>)>,
}

/// What is drawn by a form from the project; `Err` = what is typed wrong, in words.
pub fn planned(project: &Project, form: &Form, design: &Design) -> Result<Planned, &'static str> {
    let articles = drawing::not_drawn(project);
    let of = articles.len();
    let all = drawing::n_sentences(project, &articles);
    let per_article = all as f64 / of.max(1) as f64;
    let mut need = None;
    let size = match form.by {
        By::HalfWidth => {
            let half =
                half_width(&form.half_width).ok_or("the half width is a number between 0 and 1, as 0.05")?;
            let needed = design.need(half, per_article);
            need = Some((half, needed));
            needed.map_or(usize::MAX, |needed| needed.n_articles)
        }
        By::Share => {
            let share = percent(&form.share).ok_or("the share is a number from 0 to 100")?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a part of a number of articles"
            )]
            let size = (share * of as f64 - 1e-9).ceil() as usize;
            size
        }
        By::Count => form.count.trim().parse().map_err(|_| "the number of articles is a whole number")?,
    };
    let seed = form.seed.trim().parse().map_err(|_| "the seed is a whole number")?;
    let wish = drawing::Wish { articles, size, even_by: form.even_by, seed };
    let drawn = drawing::draw(project, &wish);
    let n_sentences = drawn.as_ref().map_or(0, |drawn| drawing::n_sentences(project, drawn));
    let half_width = drawn.as_ref().ok().and_then(|drawn| design.half_width((drawn.len(), n_sentences)));
    Ok(Planned { wish, drawn, n_sentences, half_width, need })
}

fn half_width(typed: &str) -> Option<f64> {
    let number = typed.trim().trim_start_matches('±').trim_start().replace(',', ".");
    number.parse().ok().filter(|half| *half > 0.0 && *half < 1.0)
}

impl Measured {
    /// What is known: what was measured, or else what is taken.
    pub fn design(&self, project: &Project) -> Design {
        self.design.unwrap_or_else(|| Design::taken(project.scheme().current().count() + 1))
    }
}

impl Session {
    /// What an interval depends on, as far as it is known by now.
    pub fn design(&self) -> Option<Design> {
        Some(self.derived.measured.design(self.desk()?.project()))
    }

    /// Has the design effect measured where somebody looks at what it says.
    pub(in crate::session) fn measure_again(&mut self, effects: &mut Vec<Effect>) {
        let looks = matches!(self.view.screen, Some(Screen::HandOut(_)))
            || matches!(self.view.over, Some(Over::Draw));
        let Some(desk) = self.desk.as_ref().filter(|_| looks) else { return };
        let revision = desk.revision();
        if self.derived.measured.revision != Some(revision) {
            self.derived.measured.revision = Some(revision);
            self.start(Job::Measure { project: desk.project().clone(), revision }, effects);
        }
    }

    /// What an older state came to is better than nothing, until the newer one is measured.
    pub(in crate::session) fn measured(&mut self, revision: u64, design: Design) {
        if self.derived.measured.revision.is_some_and(|asked| revision <= asked) {
            self.derived.measured.design = Some(design);
        }
    }

    pub(in crate::session) fn sample(&mut self, sampling: &Sampling, effects: &mut Vec<Effect>) {
        match sampling {
            Sampling::Draw(form) => self.draw_sample(form, effects),
            Sampling::TakeBack(id) => self.take_back_draw(id, effects),
        }
    }

    /// Draws, as the form has it.
    fn draw_sample(&mut self, form: &Form, effects: &mut Vec<Effect>) {
        let Some((desk, design)) = self.desk.as_ref().zip(self.design()) else { return };
        let why = match planned(desk.project(), form, &design) {
            Ok(Planned { wish, drawn: Ok(drawn), .. }) => {
                let n = drawn.len();
                let by = desk.coder().cloned();
                let id = RecordId::new(self.now.letters(0, 10));
                let articles = if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
                let action = drawing::remember(&wish, drawn, id, (by, self.now.at));
                if self.act(&format!("draw: {articles}"), action, effects) {
                    let text = format!("Drew {articles}. Hand out can give them to several");
                    self.tell(Notice::new(Tone::News, "", text).offering("Undo", "undo").until_changed());
                }
                return;
            }
            Ok(Planned { drawn: Err(why), .. }) => why.to_string(),
            Err(why) => why.to_owned(),
        };
        self.tell(Notice::new(Tone::Error, "Not drawn", why));
    }

    fn take_back_draw(&mut self, id: &RecordId, effects: &mut Vec<Effect>) {
        if self.desk().and_then(|desk| desk.project().draw(id)).is_some() {
            let action = Action::Record(Record::Draw { id: id.clone(), to: None });
            self.act("take back a draw", action, effects);
        }
    }
}

/// A draw in words: `41 of 312 articles, even by outlet and month, seed 7`.
pub fn says(draw: &Draw) -> String {
    let even = match &*draw.strata {
        [] => "by chance alone".to_owned(),
        strata => format!("even by {}", strata.join(" and ")),
    };
    let gone = (draw.size as usize).saturating_sub(draw.articles.len());
    let gone = if gone > 0 { format!(", {gone} of them removed since") } else { String::new() };
    format!("{} of {} articles{gone}, {even}, seed {}", draw.size, draw.of, draw.seed)
}
