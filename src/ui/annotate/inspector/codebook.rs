//! What the labels mean: the entry of the label given or pointed at, all of them while there is no answer. As high as the
//! longest of these, so that nothing below it moves.

use crate::model::coding::Coding;
use crate::model::ids::LabelId;
use crate::model::scheme::{Label, Scheme};
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::parts::{scroll, spoken};
use crate::ui::theme::{self, Theme};
use egui::{Pos2, Rect, Sense, Ui, pos2, vec2};

/// The most of the window's height that it takes; longer entries are scrolled.
const MOST: f32 = 0.36;
/// From the letter of a label to its words.
const HANG: f32 = 20.0;
const NONE_SAYS: &str = "It was read, and no label fits. That is an answer too, unlike no answer.";

/// What the pointer or the keyboard is on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pointed<'a> {
    Label(&'a LabelId),
    NoneOfThese,
}

/// What the block shows.
enum Page<'a> {
    /// A line for each label.
    All,
    Labels(Vec<&'a Label>),
    NoneOfThese,
}

pub fn codebook_ui(ui: &mut Ui, scheme: &Scheme, coding: Option<&Coding>, pointed: Option<Pointed<'_>>) {
    let theme = theme::of(ui);
    let marks = Marks::of(scheme, &theme);
    let width = ui.available_width();
    let most = ui.ctx().content_rect().height() * MOST;
    let entries = scheme.current().map(|label| Page::Labels(vec![label]));
    let pages = entries.chain([Page::All, Page::NoneOfThese]);
    let height = pages.map(|page| page.flow(ui, scheme, &marks, width, None)).fold(0.0, f32::max).min(most);
    let (block, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let page = Page::of(scheme, coding, pointed);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(block).id_salt("codebook"));
    inside.shrink_clip_rect(block.expand2(vec2(2.0, 0.0)));
    let area = scroll::down().id_salt(page.salt()).auto_shrink([false; 2]);
    area.max_height(height).show(&mut inside, |ui| {
        let long = page.flow(ui, scheme, &marks, width, None);
        let (place, _) = ui.allocate_exact_size(vec2(width, long), Sense::hover());
        page.flow(ui, scheme, &marks, width, Some(place.min));
    });
}

impl<'a> Page<'a> {
    fn of(scheme: &'a Scheme, coding: Option<&Coding>, pointed: Option<Pointed<'_>>) -> Self {
        let entry = |id: &LabelId| scheme.label(id).map(AsRef::as_ref);
        match (pointed, coding) {
            (Some(Pointed::Label(id)), _) => Self::Labels(entry(id).into_iter().collect()),
            (Some(Pointed::NoneOfThese), _) => Self::NoneOfThese,
            (None, Some(coding)) if coding.is_none() => Self::NoneOfThese,
            (None, Some(coding)) if coding.answered => {
                Self::Labels(coding.labels.iter().filter_map(entry).collect())
            }
            (None, _) => Self::All,
        }
    }

    /// Tells pages apart that are scrolled each by itself.
    fn salt(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::NoneOfThese => "none".to_owned(),
            Self::Labels(labels) => labels.iter().map(|label| label.id.as_str()).collect(),
        }
    }

    /// Lays the page out in that width; gives back its height, and draws it where a place is given.
    fn flow(&self, ui: &Ui, scheme: &Scheme, marks: &Marks<'_>, width: f32, at: Option<Pos2>) -> f32 {
        let theme = theme::of(ui);
        let t = theme.tokens;
        let mut flow = Flow { ui, width, at, height: 0.0 };
        match self {
            Self::All => {
                flow.words("Codebook", fonts::SMALL, t.weak, 0.0);
                if scheme.current().next().is_none() {
                    flow.words(
                        "No labels yet. Project \u{25b8} Scheme\u{2026} adds them.",
                        fonts::INTERFACE,
                        t.normal,
                        2.0,
                    );
                }
                for label in scheme.current() {
                    let Some(mark) = marks.get(&label.id) else { continue };
                    flow.entry((mark.letter, mark.colours.ink), &label.says, &theme);
                }
                let ink = theme::none_colours(theme.dark).ink;
                flow.entry(("\u{2013}", ink), &format!("None of these: {}", lower_first(NONE_SAYS)), &theme);
            }
            Self::Labels(labels) => {
                for label in labels {
                    let head = format!("Codebook: {}", label.name.to_lowercase());
                    flow.words(&head, fonts::SMALL, t.weak, 0.0);
                    flow.words(&label.says, fonts::INTERFACE, t.normal, 2.0);
                    flow.words(label.doubt.as_deref().unwrap_or_default(), fonts::INTERFACE, t.weak, 0.0);
                    flow.height += 8.0;
                }
            }
            Self::NoneOfThese => {
                flow.words("Codebook: none of these", fonts::SMALL, t.weak, 0.0);
                flow.words(NONE_SAYS, fonts::INTERFACE, t.normal, 2.0);
            }
        }
        flow.height
    }
}

/// Words from the top down.
struct Flow<'a> {
    ui: &'a Ui,
    width: f32,
    at: Option<Pos2>,
    height: f32,
}

impl Flow<'_> {
    fn words(&mut self, words: &str, kind: fonts::Type, colour: egui::Color32, above: f32) {
        if words.is_empty() {
            return;
        }
        let galley = kind.wrapped(self.ui.painter(), words, colour, self.width);
        self.height += above;
        if let Some(at) = self.at {
            let at = at + vec2(0.0, self.height);
            spoken::text(self.ui, Rect::from_min_size(at, galley.size()), words);
            self.ui.painter().galley(at, galley.clone(), colour);
        }
        self.height += galley.size().y;
    }

    /// A label's letter and what it means, in one small paragraph.
    fn entry(&mut self, (letter, ink): (&str, egui::Color32), says: &str, theme: &Theme) {
        let painter = self.ui.painter();
        let galley = fonts::SMALL.wrapped(painter, says, theme.tokens.normal, self.width - HANG);
        self.height += 4.0;
        if let Some(at) = self.at {
            let at = at + vec2(0.0, self.height);
            let sign = fonts::SMALL_BOLD.line(painter, letter, ink, HANG);
            painter.galley(at, sign, ink);
            let place = pos2(at.x + HANG, at.y);
            spoken::text(self.ui, Rect::from_min_size(place, galley.size()), says);
            painter.galley(place, galley.clone(), theme.tokens.normal);
        }
        self.height += galley.size().y;
    }
}

fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
