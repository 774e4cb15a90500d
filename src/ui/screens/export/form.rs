//! What goes out, and as what: every choice that the format knows, with what holds where nothing was chosen.

use super::{ExportDraft, PAPER_EDGE, line, splits};
use crate::formats::datasets::asked::{Asked, LayerAsked, has_splits, outlet, place_of};
use crate::formats::datasets::outlet::{Outlet, Takes};
use crate::formats::datasets::rows::Layer;
use crate::formats::datasets::what::{AnswersAs, Names, NoneAs, RowsOf, Unanswered, UnsureAs, What};
use crate::model::project::Project;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::screens::exporting::Exporting;
use crate::session::screens::splitting::SplitForm;
use crate::session::view::{Field as Keyboard, Look};
use crate::text::message;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::numbers::counted;
use crate::ui::parts::field::Field;
use crate::ui::parts::{checkbox, frame, menu, tabs};
use crate::ui::screens::fitted;
use crate::ui::theme;
use egui::{Align2, Id, Sense, Ui, UiBuilder, vec2};

const GAP: f32 = 28.0;
/// Between two fields of a column, and between two side by side.
const FIELD_GAP: f32 = 10.0;
const BESIDE: f32 = 16.0;
/// Below this width there is one column.
const TWO_COLUMNS: f32 = 560.0;
const WIDEST: f32 = 560.0;

/// A form under way.
struct Form<'a> {
    session: &'a Session,
    exporting: &'a Exporting,
    project: &'a Project,
    outlet: Outlet,
    asked: &'a mut Asked,
    splits: &'a mut SplitForm,
    /// What holds where nothing is chosen.
    usual: What,
}

pub(super) fn form_ui(
    ui: &mut Ui,
    (session, exporting): (&Session, &Exporting),
    (asked, splits, draft): (&mut Asked, &mut SplitForm, &mut ExportDraft),
    width: f32,
    intents: &mut Vec<Intent>,
) {
    let (Some(desk), Ok(outlet)) = (session.desk(), outlet(exporting.format())) else { return };
    let usual = What::usual(&outlet, Layer::Coders);
    let mut form = Form { session, exporting, project: desk.project(), outlet, asked, splits, usual };
    let n_columns = if width < TWO_COLUMNS { 1.0 } else { 2.0 };
    let each = ((width - GAP * (n_columns - 1.0)) / n_columns).min(WIDEST);
    let top = ui.cursor().min + vec2(PAPER_EDGE, 14.0);
    let mut column = |at: egui::Pos2, name: &str, fill: &mut dyn FnMut(&mut Ui)| {
        let room = egui::Rect::from_min_size(at, vec2(each, f32::INFINITY));
        let mut column = ui.new_child(UiBuilder::new().max_rect(room).id_salt(name));
        column.spacing_mut().item_spacing = vec2(8.0, 2.0);
        fill(&mut column);
        column.min_rect().bottom()
    };
    let mut bottom = column(top, "left", &mut |ui| form.left_ui(ui, draft, each, intents));
    let at = if n_columns > 1.0 { top + vec2(each + GAP, 0.0) } else { egui::pos2(top.x, bottom) };
    bottom = bottom.max(column(at, "right", &mut |ui| form.right_ui(ui, draft, each, intents)));
    ui.allocate_exact_size(vec2(ui.available_width(), bottom - ui.cursor().top()), Sense::hover());
    ui.add_space(4.0);
    line(ui);
}

/// A caption and choices of which one holds.
fn segments(ui: &mut Ui, caption: &str, names: &[&str], current: usize, width: f32) -> Option<usize> {
    let t = theme::of(ui).tokens;
    ui.push_id(caption, |ui| {
        ui.label(fonts::SMALL.rich(caption, t.weak));
        let chosen = tabs::choices(ui, names, current, width);
        ui.add_space(FIELD_GAP);
        chosen.filter(|chosen| *chosen != current)
    })
    .inner
}

/// Two of them side by side, each `half` wide.
fn beside(ui: &mut Ui, width: f32, mut each: impl FnMut(&mut Ui, usize, f32)) {
    let half = (width - BESIDE) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = BESIDE;
        for idx in 0..2 {
            ui.vertical(|ui| {
                ui.set_width(half);
                ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
                each(ui, idx, half);
            });
        }
    });
}

impl Form<'_> {
    fn left_ui(&mut self, ui: &mut Ui, draft: &mut ExportDraft, width: f32, intents: &mut Vec<Intent>) {
        self.articles_ui(ui, draft, width, intents);
        self.layer_ui(ui, width);
        if self.outlet.takes.contains(&Takes::Articles) {
            let current = place_of(RowsOf::WORDS, self.asked.rows.unwrap_or(self.usual.rows));
            if let Some(chosen) = segments(ui, "A row is", &["A sentence", "An article"], current, width) {
                self.asked.rows = RowsOf::WORDS.get(chosen).map(|(_, rows)| *rows);
            }
        }
        if self.outlet.takes.contains(&Takes::NoText) {
            let names = ["With the text", "Without: ids, places, hashes"];
            if let Some(chosen) = segments(ui, "Text", &names, usize::from(self.asked.no_text), width) {
                self.asked.no_text = chosen == 1;
            }
        }
        let current = place_of(Names::WORDS, self.asked.names.unwrap_or(self.usual.names));
        if let Some(chosen) = segments(ui, "Coders", &["Their ids", "Pseudonyms"], current, width) {
            self.asked.names = Names::WORDS.get(chosen).map(|(_, names)| *names);
        }
        if self.asked.names.unwrap_or(self.usual.names) == Names::Pseudonyms {
            let t = theme::of(ui).tokens;
            let says = "Pseudonyms stay the same in every export of this project.";
            ui.label(fonts::SMALL.rich(says, t.weak));
        }
    }

    fn right_ui(&mut self, ui: &mut Ui, draft: &mut ExportDraft, width: f32, intents: &mut Vec<Intent>) {
        beside(ui, width, |ui, idx, half| {
            if idx == 0 {
                let current =
                    place_of(Unanswered::WORDS, self.asked.unanswered.unwrap_or(self.usual.unanswered));
                let chosen = segments(ui, "Without an answer", &["Keep", "Leave out"], current, half);
                if let Some((_, unanswered)) = chosen.and_then(|chosen| Unanswered::WORDS.get(chosen)) {
                    self.asked.unanswered = Some(*unanswered);
                }
            } else {
                let current = place_of(NoneAs::WORDS, self.asked.none.unwrap_or(self.usual.none));
                let chosen = segments(ui, "None of these", &["As a label", "Leave out"], current, half);
                if let Some((_, none)) = chosen.and_then(|chosen| NoneAs::WORDS.get(chosen)) {
                    self.asked.none = Some(*none);
                }
            }
        });
        let current = place_of(UnsureAs::WORDS, self.asked.unsure.unwrap_or(self.usual.unsure));
        let names = ["Marked beside it", "Leave out", "As a label"];
        let chosen = segments(ui, "Unsure", &names, current, width);
        if let Some((_, unsure)) = chosen.and_then(|chosen| UnsureAs::WORDS.get(chosen)) {
            self.asked.unsure = Some(*unsure);
        }
        self.own_ui(ui, width);
        if has_splits(self.exporting.format()) {
            let of = (self.session, self.exporting);
            splits::splits_ui(ui, of, (&mut self.asked.splits, self.splits, draft), width, intents);
        }
        self.renames_ui(ui, draft, width);
    }

    /// Words that choose articles, with those that are meant most often.
    fn articles_ui(&mut self, ui: &mut Ui, draft: &mut ExportDraft, width: f32, intents: &mut Vec<Intent>) {
        const USUAL: f32 = 96.0;
        /// In a narrower column the count would stand over what is typed; it stands in the foot too.
        const ROOMY: f32 = 380.0;
        let t = theme::of(ui).tokens;
        ui.label(fonts::SMALL.rich("Articles", t.weak));
        let preview = self.exporting.preview().filter(|_| !self.exporting.is_counting());
        let suffix = preview.map(|preview| {
            format!("{} of {}", preview.n_chosen, counted(self.project.n_articles(), "article", "articles"))
        });
        // The words are read again only where something is wrong, not in every frame.
        let is_refused = self.exporting.looked().is_some_and(Result::is_err);
        let fault = is_refused.then(|| self.asked.fault_of_words(self.project)).flatten();
        let fault = fault.map(|why| message::what(&why).to_owned());
        ui.horizontal_top(|ui| {
            let field =
                Field::new(Id::unique("export articles"), "Only articles with", &mut self.asked.articles);
            let suffix = suffix.as_deref().filter(|_| width >= ROOMY).unwrap_or_default();
            let field = field.hint("All articles").key("/").suffix(suffix);
            let response = field.error(fault.as_deref()).width(width - USUAL - 8.0).show(ui);
            draft.is_left |= response.lost_focus();
            if self.session.view().focus == Some(Keyboard::Filter) {
                response.request_focus();
                intents.push(Intent::Look(Look::Focused));
            }
            let listed = self.session.view().filter.trim().to_owned();
            let mut usual = vec![("All", String::new()), ("Done", "is:done".to_owned())];
            if !listed.is_empty() {
                usual.push(("As the list shows", listed));
            }
            let names: Vec<&str> = usual.iter().map(|(name, _)| *name).collect();
            let said = self.asked.articles.trim();
            let current = usual.iter().find(|(_, words)| words == said).map_or("Others", |(name, _)| name);
            if let Some(chosen) = menu::drop_down(ui, ("Usual choices", current), USUAL, &names) {
                self.asked.articles = usual.get(chosen).map(|(_, words)| words.clone()).unwrap_or_default();
            }
        });
        ui.add_space(FIELD_GAP);
    }

    fn layer_ui(&mut self, ui: &mut Ui, width: f32) {
        let one = self.outlet.is_one_answer;
        let names: &[&str] = if one { &["Gold", "One coder"] } else { &["Gold", "Each coder", "One coder"] };
        let coder = names.len() - 1;
        let usual = self.exporting.preview().map(|preview| &preview.what.layer);
        let current = match (&self.asked.layer, usual) {
            (LayerAsked::Gold, _) | (LayerAsked::Usual, Some(Layer::Gold)) => 0,
            (LayerAsked::Coder(_), _) | (LayerAsked::Usual, Some(Layer::Coder(_))) => coder,
            // It has to be said.
            _ if one => usize::MAX,
            _ => 1,
        };
        let shown = match (&self.asked.layer, usual) {
            (LayerAsked::Coder(said), _) => said.clone(),
            (LayerAsked::Usual, Some(Layer::Coder(only))) => only.to_string(),
            _ => {
                let labels = |coder: &&crate::model::coder::Coder| !coder.is_reviewer();
                let mut coders = self.project.coders().filter(labels);
                coders.next().map(|coder| coder.id.to_string()).unwrap_or_default()
            }
        };
        match segments(ui, "Answers", names, current, width) {
            Some(0) => self.asked.layer = LayerAsked::Gold,
            Some(chosen) if chosen == coder => self.asked.layer = LayerAsked::Coder(shown.clone()),
            Some(_) => self.asked.layer = LayerAsked::Coders,
            None => {}
        }
        let is_refused = self.exporting.looked().is_some_and(Result::is_err);
        if current == usize::MAX && is_refused {
            let t = theme::of(ui).tokens;
            ui.label(fonts::SMALL.rich(
                "Several people answered, and each sentence has one answer here: choose whose",
                t.error,
            ));
        }
        if current == coder {
            let coders: Vec<_> = self.project.coders().collect();
            let names: Vec<&str> = coders.iter().map(|coder| coder.shown_name()).collect();
            let chosen = coders.iter().find(|coder| coder.id.as_str() == shown || coder.name == shown);
            let head = chosen.map_or(shown.as_str(), |coder| coder.shown_name());
            if let Some(coder) =
                menu::drop_down(ui, ("Whose answers", head), width, &names).and_then(|idx| coders.get(idx))
            {
                self.asked.layer = LayerAsked::Coder(coder.id.to_string());
            }
            ui.add_space(FIELD_GAP);
        }
    }

    /// What only some formats know.
    fn own_ui(&mut self, ui: &mut Ui, width: f32) {
        if self.outlet.units.len() > 1 {
            let names: Vec<&str> = self.outlet.units.iter().map(|unit| unit.name()).collect();
            let unit = self.asked.unit.unwrap_or(self.usual.unit);
            let current = self.outlet.units.iter().position(|own| *own == unit).unwrap_or_default();
            if let Some(chosen) = segments(ui, "Places count", &names, current, width) {
                self.asked.unit = self.outlet.units.get(chosen).copied();
            }
        }
        if self.outlet.takes.contains(&Takes::Predictions) {
            let current = place_of(AnswersAs::WORDS, self.asked.answers.unwrap_or(self.usual.answers));
            let names = ["Annotations", "Predictions"];
            let chosen = segments(ui, "Answers are there", &names, current, width);
            if let Some((_, answers)) = chosen.and_then(|chosen| AnswersAs::WORDS.get(chosen)) {
                self.asked.answers = Some(*answers);
            }
        }
        let tick = |ui: &mut Ui, takes: Takes, words: &str, ticked: &mut bool| {
            if self.outlet.takes.contains(&takes) && checkbox::show_in_bar(ui, *ticked, words).clicked() {
                *ticked = !*ticked;
            }
        };
        tick(ui, Takes::ForExcel, "For spreadsheets: no cell is a formula", &mut self.asked.for_excel);
        tick(ui, Takes::ZeroOne, "A column of 0 and 1 for each label", &mut self.asked.zero_one);
    }

    /// Labels under other ids.
    fn renames_ui(&mut self, ui: &mut Ui, draft: &mut ExportDraft, width: f32) {
        let is_open = draft.renames || !self.asked.rename.is_empty();
        if checkbox::show_in_bar(ui, is_open, "Labels under other ids").clicked() {
            draft.renames = !is_open;
            self.asked.rename.clear();
            return;
        }
        if !is_open {
            return;
        }
        let theme = theme::of(ui);
        let t = theme.tokens;
        let marks = Marks::of(self.project.scheme(), &theme);
        let pairs = self.asked.rename.iter().filter_map(|said| said.split_once('='));
        let mut renamed: Vec<(String, String)> =
            pairs.map(|(old, new)| (old.to_owned(), new.to_owned())).collect();
        for (idx, label) in self.project.scheme().labels.iter().enumerate() {
            let before = renamed.iter().position(|(old, _)| old == label.id.as_str());
            let mut new =
                before.and_then(|at| renamed.get(at)).map(|(_, new)| new.clone()).unwrap_or_default();
            ui.horizontal(|ui| {
                let half = width / 2.0;
                let (rect, _) = ui.allocate_exact_size(vec2(half, theme::CONTROL_HEIGHT), Sense::hover());
                let colour = marks.at(idx).map_or(t.strong, |mark| mark.colours.ink);
                let letter = frame::text(
                    ui.painter(),
                    rect.left_center(),
                    Align2::LEFT_CENTER,
                    &label.letter,
                    fonts::INTERFACE_BOLD,
                    colour,
                );
                let at = egui::pos2(letter.right().max(rect.left() + 14.0) + 6.0, rect.center().y);
                fitted(ui, at, rect.right() - 8.0, label.id.as_str(), fonts::INTERFACE, t.normal);
                let name = format!("Other id of {}", label.id);
                let id = Id::unique(("rename", label.id.as_str()));
                let response = Field::new(id, &name, &mut new)
                    .hint(label.id.as_str())
                    .width(ui.available_width())
                    .show(ui);
                draft.is_left |= response.lost_focus();
            });
            let new = new.trim().to_owned();
            match before {
                Some(at) if new.is_empty() => drop(renamed.remove(at)),
                Some(at) => {
                    if let Some(pair) = renamed.get_mut(at) {
                        pair.1 = new;
                    }
                }
                None if new.is_empty() => {}
                None => renamed.push((label.id.to_string(), new)),
            }
        }
        draft.renames = true;
        self.asked.rename = renamed.into_iter().map(|(old, new)| format!("{old}={new}")).collect();
    }
}
