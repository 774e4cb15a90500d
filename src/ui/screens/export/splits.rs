//! Splits by article: the shares that are asked for, what each part would have, and whether the project keeps them.

use super::ExportDraft;
use crate::analysis::splits::wishes;
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::parting::Parting;
use crate::formats::datasets::preview::Preview;
use crate::model::project::Project;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::screens::exporting::Exporting;
use crate::session::screens::splitting::SplitForm;
use crate::text::message::capital;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::bar::{self, Segment};
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::{checkbox, frame, spoken, tooltip};
use crate::ui::screens::fitted;
use crate::ui::theme::{self, CONTROL_HEIGHT, none_colours};
use egui::{Align2, Color32, Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};

const SHARE: f32 = 66.0;
const SEED: f32 = 92.0;
/// The most room for the name of a part.
const NAME: f32 = 96.0;
const GAP: f32 = 12.0;
/// The least width of a bar beside its counts; below it stands under them.
const LEAST_BAR: f32 = 72.0;
const BAR: f32 = 6.0;
const BAR_BELOW: f32 = 4.0;

pub(super) fn splits_ui(
    ui: &mut Ui,
    (session, exporting): (&Session, &Exporting),
    (is_on, form, draft): (&mut bool, &mut SplitForm, &mut ExportDraft),
    width: f32,
    intents: &mut Vec<Intent>,
) {
    let Some(project) = session.desk().map(Desk::project) else { return };
    let t = theme::of(ui).tokens;
    let refusal = wishes::refusal(project);
    let can_be = refusal.is_none() || *is_on;
    let (bar, _) = ui.allocate_exact_size(vec2(width, CONTROL_HEIGHT + 4.0), Sense::hover());
    let mut head = ui.new_child(UiBuilder::new().max_rect(bar).id_salt("splits"));
    head.add_enabled_ui(can_be, |ui| {
        if checkbox::show_in_bar(ui, *is_on, "Split by article, never by sentence").clicked() {
            *is_on = !*is_on;
        }
    });
    if let Some(why) = refusal {
        ui.label(fonts::SMALL.rich(format!("{}.", capital(&why)), if *is_on { t.error } else { t.weak }));
        return;
    }
    if !*is_on {
        return;
    }
    let preview = exporting.preview();
    let parting = preview.and_then(|preview| preview.parting.as_deref());
    let is_open = parting.is_none_or(|parting| parting.plan.n_placed > 0);
    if is_open {
        // In a narrow column it stands below.
        let words = head.min_rect().right() + GAP;
        let place = if words + SEED <= bar.right() {
            bar
        } else {
            ui.allocate_exact_size(vec2(width, CONTROL_HEIGHT), Sense::hover()).0
        };
        let field = Rect::from_min_max(pos2(place.right() - SEED, place.top()), place.right_bottom());
        let mut right = ui.new_child(UiBuilder::new().max_rect(field).id_salt("seed"));
        let field = Field::new(Id::unique("seed"), "Seed", &mut form.seed).suffix("seed").width(SEED);
        draft.is_left |= field.show(&mut right).lost_focus();
    }
    ui.add_space(2.0);
    let names = form.shares.iter().map(|(name, _)| name.clone());
    let others = parting.into_iter().flat_map(|parting| &parting.parts).map(|part| part.name.clone());
    let others = others.filter(|name| !form.shares.iter().any(|(own, _)| own == name));
    let names: Vec<String> = names.chain(others).collect();
    let rows: Vec<Row<'_>> = names
        .iter()
        .map(|name| Row::of((project, preview, parting), name, form.share(name), is_open))
        .collect();
    let widest = |width: &dyn Fn(&Row<'_>) -> f32| rows.iter().map(width).fold(0.0, f32::max).ceil();
    let of = |text: &str, kind: fonts::Type| frame::text_width(ui.painter(), text, kind);
    let name = widest(&|row| of(row.name, fonts::INTERFACE)).min(NAME);
    let counts = [widest(&|row| of(&row.articles, fonts::SMALL)), widest(&|row| of(&row.goes, fonts::SMALL))];
    for row in &rows {
        draft.is_left |= row.show(ui, form, (width, name, counts));
    }
    said_ui(ui, (session, exporting), (project, parting), (width, intents));
}

/// A part: its name, its share, and what it would have.
struct Row<'a> {
    project: &'a Project,
    name: &'a str,
    has_field: bool,
    counts: Option<&'a Counts>,
    /// `288 articles`.
    articles: String,
    /// `8,741 sentences`; nothing where it is articles that go out.
    goes: String,
}

impl<'a> Row<'a> {
    fn of(
        (project, preview, parting): (&'a Project, Option<&Preview>, Option<&'a Parting>),
        name: &'a str,
        share: Option<&String>,
        is_open: bool,
    ) -> Self {
        let part = parting.and_then(|parting| parting.parts.iter().find(|part| part.name == name));
        let counts = part.map(|part| &part.counts);
        let articles = counts.map(|counts| counted(counts.n_articles, "article", "articles"));
        let articles = articles.unwrap_or_default();
        let goes = counts.zip(preview).map(|(counts, preview)| counts.said(project, &preview.what));
        let goes = goes.filter(|goes| *goes != articles).unwrap_or_default();
        Self { project, name, has_field: is_open && share.is_some(), counts, articles, goes }
    }

    /// Whether the field was left. The widths are those of the articles and of what goes out, in all rows.
    fn show(
        &self,
        ui: &mut Ui,
        form: &mut SplitForm,
        (width, name_width, [of_articles, of_goes]): (f32, f32, [f32; 2]),
    ) -> bool {
        let theme = theme::of(ui);
        let t = theme.tokens;
        let height = if self.has_field { CONTROL_HEIGHT } else { 24.0 };
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let at = rect.left_center();
        fitted(ui, at, at.x + name_width + 6.0, self.name, fonts::INTERFACE, t.strong);
        let mut x = rect.left() + name_width + GAP;
        let mut is_left = false;
        if let Some(share) = form.share_mut(self.name).filter(|_| self.has_field) {
            let at = Rect::from_min_size(pos2(x, rect.top()), vec2(SHARE, height));
            let mut inner = ui.new_child(UiBuilder::new().max_rect(at).id_salt(("share", self.name)));
            let name = format!("Share of {}", self.name);
            let field = Field::new(Id::unique(("share", self.name)), &name, share).suffix("%").width(SHARE);
            is_left = field.show(&mut inner).lost_focus();
            x += SHARE + GAP;
        }
        let Some(counts) = self.counts else { return is_left };
        let room = rect.with_min_x(x);
        let (said, labels) = (format!("{}, {}", self.articles, self.goes), self.labels(counts));
        let said = said.trim_end_matches([',', ' ']);
        let response = spoken::text(ui, room, &format!("{}: {said}; {labels}", self.name));
        tooltip::text(response, &format!("{said}; {labels}"));
        // In a narrow column only what goes out; all of it is under the pointer.
        let has_both = of_articles + GAP + of_goes <= room.width() || of_goes == 0.0;
        let of_articles = if has_both { of_articles } else { -GAP };
        let whole = of_articles + GAP + of_goes + GAP;
        let is_beside = room.width() - whole >= LEAST_BAR;
        let y = if is_beside { rect.center().y } else { rect.center().y - 5.0 };
        let colour = if counts.n_articles == 0 { t.warning } else { t.normal };
        let right = x + of_articles;
        for (words, right, colour) in [
            (&self.articles, right, if counts.n_articles == 0 { colour } else { t.weak }),
            (&self.goes, right + GAP + of_goes, colour),
        ] {
            if right > x {
                frame::text(ui.painter(), pos2(right, y), Align2::RIGHT_CENTER, words, fonts::SMALL, colour);
            }
        }
        let bar = if is_beside {
            let left = x + whole;
            Rect::from_min_max(pos2(left, y - BAR / 2.0), pos2(rect.right(), y + BAR / 2.0))
        } else {
            Rect::from_min_size(pos2(x, y + 11.0), vec2(room.width(), BAR_BELOW))
        };
        let marks = Marks::of(self.project.scheme(), &theme);
        let colours = |idx: usize| marks.at(idx).map_or(t.strong, |mark| mark.colours.mark);
        let segment = |(idx, n): (usize, &usize)| Segment { colour: colours(idx), count: *n };
        let mut segments: Vec<Segment> = counts.labels.iter().enumerate().map(segment).collect();
        segments.push(Segment { colour: none_colours(theme.dark).mark, count: counts.none });
        bar::paint(ui.painter(), bar, &segments, answers(counts), t.track);
        is_left
    }

    /// `allegation 29 %, denial 16 %, none of these 14 %`.
    fn labels(&self, counts: &Counts) -> String {
        let whole = answers(counts).max(1);
        let labels = self.project.scheme().labels.iter().map(|label| label.name.to_lowercase());
        let none = ("none of these".to_owned(), &counts.none);
        let all = labels.zip(&counts.labels).chain([none]).filter(|(_, n)| **n > 0);
        let said: Vec<_> = all
            .map(|(name, n)| format!("{name} {} ({} %)", grouped(*n), (100 * n + whole / 2) / whole))
            .collect();
        if said.is_empty() { "no labels".to_owned() } else { said.join(", ") }
    }
}

fn answers(counts: &Counts) -> usize {
    counts.labels.iter().sum::<usize>() + counts.none
}

/// What there is to know about the splits, and the button that keeps them.
fn said_ui(
    ui: &mut Ui,
    (session, exporting): (&Session, &Exporting),
    (project, parting): (&Project, Option<&Parting>),
    (width, intents): (f32, &mut Vec<Intent>),
) {
    let t = theme::of(ui).tokens;
    let says = |ui: &mut Ui, words: String, colour: Color32| {
        ui.allocate_ui(vec2(width, 0.0), |ui| ui.label(fonts::SMALL.rich(words, colour)));
    };
    ui.add_space(2.0);
    if let Some(fault) = exporting.split_fault() {
        return says(ui, format!("{}.", capital(&fault)), t.error);
    }
    if exporting.is_comparing() {
        says(ui, "Comparing texts: near-identical ones stay together\u{2026}".to_owned(), t.weak);
    }
    let Some(parting) = parting else { return };
    let plan = &parting.plan;
    let empty: Vec<&str> =
        plan.splits.iter().filter(|split| split.n_articles == 0).map(|split| split.name.as_str()).collect();
    if !empty.is_empty() {
        says(ui, format!("No article is left for {}.", empty.join(" and ")), t.warning);
    }
    if !plan.apart.is_empty() {
        let groups = counted(plan.apart.len(), "group", "groups");
        says(
            ui,
            format!("Near-identical articles were placed in different splits before: {groups}."),
            t.warning,
        );
    }
    let mut said = vec![];
    if plan.n_groups > 0 {
        let near = counted(plan.n_grouped, "near-identical article", "near-identical articles");
        said.push(format!("{near} in {} stay together.", counted(plan.n_groups, "group", "groups")));
    }
    if plan.n_aside > 0 {
        said.push(format!("{} set aside and in no split.", grouped(plan.n_aside)));
    }
    let all = counted(project.n_articles(), "article", "articles");
    said.push(match (plan.n_placed, plan.n_there) {
        (0, _) => "All are placed in the project, and an article once placed never moves.".to_owned(),
        (n, 0) => format!("{} of {all} get a place; once placed, an article never moves.", grouped(n)),
        (n, there) => {
            format!(
                "{} get a place; {} placed before never move.",
                counted(n, "article", "articles"),
                grouped(there)
            )
        }
    });
    if plan.action.is_some() && session.desk().is_some_and(|desk| desk.closed_for_writing().is_none()) {
        said.push("Exporting keeps them in the project.".to_owned());
    }
    says(ui, said.join(" "), t.weak);
    if plan.action.is_some() {
        let refusal = session.keep_splits_refusal();
        let button = Button::new("Keep in the project").key("K").disabled(refusal.as_deref());
        ui.add_space(4.0);
        if button.show(ui).clicked() {
            intents.push(Intent::Run("export-splits"));
        }
        ui.add_space(6.0);
    }
}
