//! A reliability sample: what an interval needs, which articles are drawn, and the draws that there are.

use egui::{Id, Stroke, Ui, pos2};

use super::rows;
use crate::analysis::deal::EvenBy;
use crate::analysis::need::Design;
use crate::model::draw::Draw;
use crate::model::project::Project;
use crate::session::Session;
use crate::session::drawing::{self, By, Form, Planned, Sampling, planned};
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::Look;
use crate::text::message::{Message, capital};
use crate::ui::fonts;
use crate::ui::numbers::{counted, needs};
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::{button, frame, menu, scroll, tabs, tooltip};
use crate::ui::theme::{self, STROKE};

const WIDTH: f32 = 560.0;
const FIELD: f32 = 112.0;
const DRAW_ROW: f32 = 32.0;
/// Draws that are shown before the list scrolls.
const MOST: usize = 4;

type Plan = Result<Planned, &'static str>;

/// What is typed, and what it comes to.
#[derive(Default)]
pub struct DrawDraft {
    form: Form,
    plan: Option<(Form, u64, Design, Plan)>,
}

pub fn draw_ui(ui: &mut Ui, session: &Session, draft: &mut DrawDraft, intents: &mut Vec<Intent>) {
    let Some((desk, design)) = session.desk().zip(session.design()) else {
        return intents.push(Intent::Look(Look::Close));
    };
    let project = desk.project();
    let is_old = |(of, revision, by, _): &(Form, u64, Design, Plan)| {
        *of != draft.form || *revision != desk.revision() || *by != design
    };
    if draft.plan.as_ref().is_none_or(is_old) {
        let plan = planned(project, &draft.form, &design);
        draft.plan = Some((draft.form.clone(), desk.revision(), design, plan));
    }
    let plan = draft.plan.as_ref().map(|(.., plan)| plan);
    let (label, why) = match plan {
        Some(Ok(Planned { drawn: Ok(drawn), .. })) => {
            (format!("Draw {}", counted(drawn.len(), "article", "articles")), None)
        }
        Some(Ok(Planned { drawn: Err(why), .. })) => {
            ("Draw".to_owned(), Some(Message::of(&why.to_string()).what))
        }
        Some(Err(why)) => ("Draw".to_owned(), Some((*why).to_owned())),
        None => ("Draw".to_owned(), None),
    };
    let refused = desk.closed_for_writing().or(why.as_deref());
    let answers = [
        Answer { disabled: refused, ..Answer::new(&label, AnswerKind::Primary) },
        Answer::new("Close", AnswerKind::Cancel),
    ];
    let text = "Articles that several people read, so that agreement is measured on what stands for all. Hand out can give \
                them to several; the files do not show which they are.";
    let head = ("Reliability sample", text);
    let form = &mut draft.form;
    let mut taken_back = None;
    let given = modal::show_sized(ui.ctx(), "draw", head, WIDTH, &answers, |ui| {
        let most = (ui.ctx().content_rect().height() - 240.0).max(80.0);
        scroll::down().id_salt("sample").max_height(most).auto_shrink([false, true]).show(ui, |ui| {
            form_ui(ui, form);
            if let Some(plan) = plan {
                plan_ui(ui, plan, &design);
            }
            taken_back = draws_ui(ui, project);
        });
    });
    if let Some(draw) = taken_back {
        intents.push(Intent::Mend(Mending::Sample(Sampling::TakeBack(draw.id.clone()))));
    }
    match given {
        Some(0) => {
            intents.push(Intent::Look(Look::Close));
            intents.push(Intent::Mend(Mending::Sample(Sampling::Draw(draft.form.clone()))));
        }
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn form_ui(ui: &mut Ui, form: &mut Form) {
    let kinds = [By::HalfWidth, By::Share, By::Count];
    let current = kinds.iter().position(|by| *by == form.by).unwrap_or_default();
    rows::caption(ui, "As many as");
    let width = ui.available_width();
    let names = ["an interval needs", "a share of the articles", "a number of articles"];
    if let Some(by) = tabs::choices(ui, &names, current, width).and_then(|chosen| kinds.get(chosen)) {
        form.by = *by;
    }
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            let (name, text) = match form.by {
                By::HalfWidth => ("Interval of alpha, \u{b1}", &mut form.half_width),
                By::Share => ("Share of the articles", &mut form.share),
                By::Count => ("Number of articles", &mut form.count),
            };
            small(ui, name);
            Field::new(Id::unique("draw size"), name, text).width(FIELD).show(ui);
        });
        ui.vertical(|ui| {
            small(ui, "Drawn evenly by");
            let head = ("Drawn evenly by", form.even_by.name());
            let chosen = menu::drop_down(ui, head, 200.0, &EvenBy::ALL.map(EvenBy::name));
            form.even_by = chosen.and_then(|idx| EvenBy::ALL.get(idx).copied()).unwrap_or(form.even_by);
        });
        ui.vertical(|ui| {
            small(ui, "Seed");
            Field::new(Id::unique("draw seed"), "Seed", &mut form.seed).width(FIELD).show(ui);
        });
    });
}

fn small(ui: &mut Ui, words: &str) {
    let t = theme::of(ui).tokens;
    ui.label(fonts::SMALL.rich(words, t.weak));
}

/// What it comes to, or why it comes to nothing.
fn plan_ui(ui: &mut Ui, plan: &Plan, design: &Design) {
    let t = theme::of(ui).tokens;
    let planned = match plan {
        Ok(planned) => planned,
        Err(why) => {
            ui.label(fonts::INTERFACE.rich(capital(why), t.error));
            return;
        }
    };
    if let Some((half, need)) = planned.need {
        let needs = needs(half, need, design);
        ui.label(fonts::INTERFACE.rich(needs, t.normal));
    }
    match &planned.drawn {
        Ok(drawn) => {
            let articles = counted(drawn.len(), "article", "articles");
            let of = planned.wish.articles.len();
            let sentences = counted(planned.n_sentences, "sentence", "sentences");
            let says = format!("{articles} of {of} would be drawn, {sentences}.");
            ui.label(fonts::INTERFACE_BOLD.rich(says, t.strong));
            if let Some(half) = planned.half_width {
                let says = format!(
                    "An alpha near {:.2} would have an interval of about \u{b1}{half:.2} ({}).",
                    design.alpha,
                    design.says()
                );
                ui.label(fonts::SMALL.rich(says, t.weak));
            }
        }
        Err(why) => {
            let Message { what, hint } = Message::of(&why.to_string());
            let hint = hint.map(|hint| format!(" {}.", capital(&hint))).unwrap_or_default();
            ui.label(fonts::INTERFACE.rich(format!("{}.{hint}", capital(&what)), t.error));
        }
    }
}

/// The draws that there are; gives the one that is taken back.
fn draws_ui<'a>(ui: &mut Ui, project: &'a Project) -> Option<&'a Draw> {
    let t = theme::of(ui).tokens;
    let n = project.draws().count();
    if n == 0 {
        return None;
    }
    ui.add_space(4.0);
    small(ui, "Drawn so far");
    let mut taken_back = None;
    let area =
        scroll::down().id_salt("draws").max_height(DRAW_ROW * n.min(MOST) as f32).auto_shrink([false, true]);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for draw in project.draws() {
            let rect = rows::strip(ui, DRAW_ROW);
            ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
            let width = button::link_width(ui.painter(), "Take back", None);
            let place = egui::Rect::from_min_max(pos2(rect.right() - width, rect.top()), rect.max);
            let says = drawing::says(draw);
            let right = place.left() - 12.0;
            let cut = frame::text_between(
                ui.painter(),
                rect.left_center(),
                right,
                &says,
                fonts::INTERFACE,
                t.normal,
            );
            if cut {
                let id = Id::unique(("draw", draw.id.as_str()));
                tooltip::text(ui.interact(rect.with_max_x(right), id, egui::Sense::hover()), &says);
            }
            let id = Id::unique(("take back", draw.id.as_str()));
            if button::link_at(ui, place, id, "Take back", None).clicked() {
                taken_back = Some(draw);
            }
        }
    });
    taken_back
}
