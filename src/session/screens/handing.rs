//! The screen *Hand out*: who reads what, before any file is written.

use crate::analysis::deal::{self, Deal, EvenBy, Impossible, Move, Share, Shared, Wish};
use crate::analysis::drawing;
use crate::analysis::need::{Design, Need};
use crate::formats::handed;
use crate::model::coder::{Coder, slug};
use crate::model::handing;
use crate::model::ids::{ArticleId, CoderId, is_name};
use crate::session::Session;
use crate::session::drawing::HALF_WIDTH;
use crate::session::job::{Effect, Job};
use crate::session::notice::{Notice, Tone};
use crate::session::screens::Screen;
use crate::text::message::Message;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What is chosen and typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Who gets no file.
    pub unticked: BTreeSet<CoderId>,
    /// Who is not in the project yet.
    pub new: Vec<Coder>,
    pub which: Which,
    /// What several read is what was drawn, not a share of the articles.
    pub drawn: bool,
    /// As typed: `20 %`.
    pub overlap: String,
    pub everybody: bool,
    pub even_by: EvenBy,
    /// As typed.
    pub seed: String,
    pub folder: String,
}

/// Which articles are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    NotYet,
    Listed,
    All,
}

impl Which {
    pub const ALL: [Self; 3] = [Self::NotYet, Self::Listed, Self::All];

    pub fn name(self) -> &'static str {
        match self {
            Self::NotYet => "Not handed out yet",
            Self::Listed => "As the list shows",
            Self::All => "All articles",
        }
    }
}

impl Default for Form {
    fn default() -> Self {
        Self {
            unticked: BTreeSet::new(),
            new: vec![],
            which: Which::NotYet,
            drawn: false,
            overlap: "20 %".to_owned(),
            everybody: false,
            even_by: EvenBy::default(),
            seed: "1".to_owned(),
            folder: String::new(),
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct HandOut {
    pub form: Form,
    /// Moved by hand since the draw.
    moves: Vec<Move>,
    drawn: Option<Drawn>,
    /// The cell in hand: column and row.
    pub cell: (usize, usize),
    pub is_writing: bool,
}

/// A draw, and all that is shown of it.
#[derive(Debug, Clone)]
pub struct Drawn {
    revision: u64,
    wish: Wish,
    list_revision: u64,
    which: Which,
    pub deal: Result<Deal, Impossible>,
    /// Everybody who might read: the project's coders and those who are new.
    pub people: Vec<Coder>,
    /// Those who do, in the order of the deal.
    pub coders: Vec<Coder>,
    pub names: Vec<String>,
    pub shares: Vec<Share>,
    /// Sentences in common, a row each of those before.
    pub in_common: Vec<Vec<usize>>,
    pub n_articles: usize,
    pub design: Design,
    pub interval: Option<(f64, f64)>,
    /// What an interval of [`HALF_WIDTH`] needs.
    pub need: Option<Need>,
    /// How many articles were drawn for agreement.
    pub n_sampled: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub enum HandOutLook {
    Form(Form),
    /// Somebody new, by name.
    Coder(String),
    Cell(usize, usize),
    /// A click on a cell.
    Move(usize, usize),
}

impl HandOut {
    pub fn drawn(&self) -> Option<&Drawn> {
        self.drawn.as_ref()
    }

    pub fn deal(&self) -> Option<&Deal> {
        self.drawn.as_ref()?.deal.as_ref().ok()
    }

    pub fn n_moves(&self) -> usize {
        self.moves.len()
    }

    pub(in crate::session) fn undo(&mut self) {
        self.moves.pop();
    }

    /// Why no file can be written now.
    pub fn refusal(&self) -> Option<String> {
        let drawn = self.drawn.as_ref()?;
        let words = |why: &Impossible| Message::of(&why.to_string()).what;
        match &drawn.deal {
            _ if self.is_writing => Some("the files are being written".to_owned()),
            _ if !self.form.drawn && percent(&self.form.overlap).is_none() => {
                Some("the share is a number from 0 to 100".to_owned())
            }
            _ if seed(&self.form.seed).is_none() => Some("the seed is a whole number".to_owned()),
            Err(why) => Some(words(why)),
            Ok(_) if self.form.folder.trim().is_empty() => Some("choose a folder".to_owned()),
            Ok(_) => None,
        }
    }

    /// How many files there will be.
    pub fn n_files(&self) -> usize {
        self.drawn.iter().flat_map(|drawn| &drawn.shares).filter(|share| share.n_articles > 0).count()
    }

    fn wish(&self, people: &[Coder], articles: Vec<ArticleId>, sampled: &BTreeSet<ArticleId>) -> Wish {
        let reads = |coder: &&Coder| !coder.is_reviewer() && !self.form.unticked.contains(&coder.id);
        let coders: Vec<_> = people.iter().filter(reads).map(|coder| coder.id.clone()).collect();
        let by = if self.form.everybody { coders.len() } else { 2 };
        let shared = match coders.len() {
            // One alone shares with nobody.
            ..2 => Shared::Share(0.0),
            _ if self.form.drawn => Shared::Drawn(sampled.clone()),
            _ => Shared::Share(percent(&self.form.overlap).unwrap_or(0.0)),
        };
        Wish {
            coders,
            articles,
            shared,
            by,
            even_by: self.form.even_by,
            seed: seed(&self.form.seed).unwrap_or(0),
            moves: self.moves.clone(),
        }
    }
}

/// A share as typed, from 0 to 1.
pub fn percent(typed: &str) -> Option<f64> {
    let number = typed.trim().trim_end_matches('%').trim_end().replace(',', ".");
    number.parse().ok().filter(|percent| (0.0..=100.0).contains(percent)).map(|percent: f64| percent / 100.0)
}

fn seed(typed: &str) -> Option<u64> {
    typed.trim().parse().ok()
}

impl Session {
    pub(in crate::session) fn open_hand_out(&mut self) {
        let mut form = Form::default();
        if let Some(desk) = self.desk.as_ref().filter(|desk| !desk.is_untitled())
            && let Some(folder) = desk.path().parent()
        {
            form.folder = folder.join("hand-out").display().to_string();
        }
        self.view.screen = Some(Screen::HandOut(Box::new(HandOut { form, ..HandOut::default() })));
    }

    pub(in crate::session) fn look_at_hand_out(&mut self, look: HandOutLook) {
        let id = |name: &str| CoderId::new(format!("{}-{}", slug(name), self.now.letters(1, 4)));
        let new = match &look {
            HandOutLook::Coder(name) => Some(Coder::new(id(name), name.trim())),
            _ => None,
        };
        let Some(Screen::HandOut(hand_out)) = &mut self.view.screen else { return };
        match look {
            HandOutLook::Form(form) => {
                let folder_alone = Form { folder: form.folder.clone(), ..hand_out.form.clone() } == form;
                if !folder_alone {
                    hand_out.moves.clear();
                }
                hand_out.form = form;
            }
            HandOutLook::Coder(_) => {
                let is_free = |new: &Coder| {
                    let people = hand_out.drawn.iter().flat_map(|drawn| &drawn.people);
                    !new.name.is_empty()
                        && is_name(&new.name)
                        && people.clone().all(|one| one.name != new.name)
                };
                if let Some(new) = new.filter(is_free) {
                    hand_out.moves.clear();
                    hand_out.form.new.push(new);
                }
            }
            HandOutLook::Cell(column, row) => hand_out.cell = (column, row),
            HandOutLook::Move(column, row) => {
                hand_out.cell = (column, row);
                let one = hand_out.deal().and_then(|deal| deal.moved(column, row));
                hand_out.moves.extend(one);
            }
        }
    }

    /// The cell in hand goes so many columns and rows further.
    pub(in crate::session) fn go_in_matrix(&mut self, columns: isize, rows: isize) {
        let Some(Screen::HandOut(hand_out)) = &mut self.view.screen else { return };
        let Some(deal) = hand_out.deal() else { return };
        let (n_columns, n_rows) = (deal.columns.len(), deal.coders.len());
        let step = |at: usize, by: isize, n: usize| at.saturating_add_signed(by).min(n.saturating_sub(1));
        let (column, row) = hand_out.cell;
        hand_out.cell = (step(column, columns, n_columns), step(row, rows, n_rows));
    }

    pub(in crate::session) fn move_cell(&mut self) {
        if let Some(Screen::HandOut(hand_out)) = &self.view.screen {
            let (column, row) = hand_out.cell;
            self.look_at_hand_out(HandOutLook::Move(column, row));
        }
    }

    /// Draws where the form, the project or the list is another one.
    pub(in crate::session) fn draw_again(&mut self) {
        let (Some(desk), Some(Screen::HandOut(hand_out))) = (&self.desk, &mut self.view.screen) else {
            return;
        };
        let project = desk.project();
        let mut people: Vec<Coder> = project.coders().cloned().collect();
        people.extend(hand_out.form.new.iter().filter(|new| project.coder(&new.id).is_none()).cloned());
        let list_revision = self.derived.list_revision();
        let stamps = (desk.revision(), list_revision);
        let same = hand_out.drawn.as_ref().filter(|drawn| (drawn.revision, drawn.list_revision) == stamps);
        // The articles are looked for only where they may be others.
        let articles = match (same, hand_out.form.which) {
            (Some(drawn), which) if drawn.which == which => drawn.wish.articles.clone(),
            (_, Which::NotYet) => deal::not_handed_out(project),
            (_, Which::All) => {
                let all = self.derived.entries().iter().map(|entry| &entry.article);
                all.filter(|article| article.aside.is_none()).map(|article| article.id.clone()).collect()
            }
            (_, Which::Listed) => {
                let listed = (0..self.derived.n_listed()).filter_map(|place| self.derived.listed(place));
                let listed = listed.map(|entry| &entry.article).filter(|article| article.aside.is_none());
                listed.map(|article| article.id.clone()).collect()
            }
        };
        let sampled = drawing::drawn(project);
        let design = self.derived.measured.design(project);
        let wish = hand_out.wish(&people, articles, &sampled);
        if same.is_some_and(|drawn| drawn.wish == wish && drawn.people == people && drawn.design == design) {
            return;
        }
        let deal = Deal::draw(project, &wish);
        let coders: Vec<Coder> =
            people.iter().filter(|coder| wish.coders.contains(&coder.id)).cloned().collect();
        let of = if desk.is_untitled() { "project".to_owned() } else { desk.file_name() };
        let drawn = deal.as_ref().ok();
        let all = drawing::n_sentences(project, &wish.articles);
        hand_out.drawn = Some(Drawn {
            revision: stamps.0,
            which: hand_out.form.which,
            list_revision,
            names: handed::names(&of, &coders),
            shares: drawn
                .map(|deal| (0..coders.len()).map(|idx| deal.share(idx)).collect())
                .unwrap_or_default(),
            in_common: drawn.map(in_common).unwrap_or_default(),
            interval: drawn.and_then(|deal| design.interval(deal.n_double())),
            need: design.need(HALF_WIDTH, all as f64 / wish.articles.len().max(1) as f64),
            n_sampled: sampled.len(),
            design,
            n_articles: wish.articles.len(),
            deal,
            people,
            coders,
            wish,
        });
    }

    /// Has the files written.
    pub(in crate::session) fn write_hand_out(&mut self, effects: &mut Vec<Effect>) {
        let (Some(desk), Some(Screen::HandOut(hand_out))) = (&self.desk, &mut self.view.screen) else {
            return;
        };
        if let Some(why) = hand_out.refusal() {
            return self.notices.status(format!("No file was written: {why}"));
        }
        let Some((drawn, deal)) =
            hand_out.drawn.as_ref().and_then(|drawn| Some((drawn, drawn.deal.as_ref().ok()?)))
        else {
            return;
        };
        let shares: Vec<(Coder, Vec<ArticleId>)> = drawn
            .coders
            .iter()
            .cloned()
            .enumerate()
            .map(|(idx, coder)| (coder, deal.articles_of(idx).map(|article| article.id.clone()).collect()))
            .collect();
        let job = Job::HandOut {
            project: desk.project().clone(),
            names: drawn.names.clone(),
            shares,
            folder: PathBuf::from(hand_out.form.folder.trim()),
        };
        hand_out.is_writing = true;
        self.start(job, effects);
    }

    /// The files are there: the project remembers who has what.
    pub(in crate::session) fn handed_out(
        &mut self,
        shares: &[(Coder, Vec<ArticleId>)],
        folder: &std::path::Path,
        result: Result<usize, String>,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(Screen::HandOut(hand_out)) = &mut self.view.screen {
            hand_out.is_writing = false;
        }
        match result {
            Ok(n) => {
                self.view.screen = None;
                let files = if n == 1 { "1 file".to_owned() } else { format!("{n} files") };
                let action = self.desk.as_ref().and_then(|desk| handing::assign(desk.project(), shares));
                if let Some(action) = action {
                    self.act(&format!("hand out: {files}"), action, effects);
                }
                let text = format!("{files} written to {}", folder.display());
                self.tell(Notice::new(Tone::News, "Handed out", text));
            }
            Err(why) => self.tell(Notice::new(Tone::Error, "Not handed out", why)),
        }
    }
}

fn in_common(deal: &Deal) -> Vec<Vec<usize>> {
    let n = deal.coders.len();
    (0..n).map(|one| (0..one).map(|other| deal.in_common(one, other).1).collect()).collect()
}
