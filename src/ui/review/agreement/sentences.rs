//! The sentences of the cell that is chosen, with what was decided of each.

use super::{Scene, push};
use crate::analysis::compare::{At, Decided};
use crate::session::intent::Intent;
use crate::session::review::agreement::AgreementLook;
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{button, frame, scroll, spoken, tooltip};
use crate::ui::theme::{RADIUS, STROKE_FOCUS};
use egui::epaint::text::TextWrapping;
use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

const HEAD: f32 = 43.0;
const FOOT: f32 = 44.0;
const EDGE: f32 = 16.0;
const ROW: f32 = 78.0;

pub(super) fn sentences_ui(ui: &mut Ui, scene: &Scene<'_>, intents: &mut Vec<Intent>) {
    let (rect, t) = (ui.max_rect(), scene.theme.tokens);
    let sentences = scene.agreement.sentences();
    let head = counted(sentences.len(), "sentence", "sentences");
    spoken::heading(ui, Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + HEAD)), &head);
    let at = pos2(rect.left() + EDGE, rect.top() + 23.0);
    let title = frame::text(ui.painter(), at, Align2::LEFT_CENTER, &head, fonts::INTERFACE_BOLD, t.strong);
    who_ui(ui, scene, title.right() + 12.0, pos2(rect.right() - EDGE, at.y));
    if sentences.is_empty() {
        let words = "No sentence was answered so by these two";
        let width = rect.width() - 2.0 * EDGE;
        super::paragraph(ui, pos2(at.x, rect.top() + HEAD + 4.0), width, words, fonts::INTERFACE, t.weak);
        return;
    }
    let foot = rect.with_min_y(rect.bottom() - FOOT);
    let rows = Rect::from_min_max(pos2(rect.left(), rect.top() + HEAD), foot.right_top());
    let mut list = ui.new_child(UiBuilder::new().max_rect(rows).id_salt("rows"));
    list.shrink_clip_rect(rows);
    list.spacing_mut().item_spacing.y = 0.0;
    let area = scroll::down().id_salt("sentences").auto_shrink([false; 2]);
    area.show_rows(&mut list, ROW, sentences.len(), |ui, places| {
        spoken::list(ui, "Sentences of the cell", sentences.len());
        let top = ui.cursor().top();
        ui.set_height(ROW * places.len() as f32);
        for (row, place) in places.enumerate() {
            let Some(at) = sentences.get(place) else { break };
            let top = ROW.mul_add(row as f32, top);
            let at_row =
                Rect::from_min_max(pos2(rect.left() + 6.0, top), pos2(rect.right() - 8.0, top + ROW - 4.0));
            row_ui(ui, scene, (*at, place), at_row, intents);
        }
    });
    foot_ui(ui, scene, foot, intents);
}

/// `Mira A  Jonas F`, as far as there is room.
fn who_ui(ui: &Ui, scene: &Scene<'_>, left: f32, right: egui::Pos2) {
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let Some((pair, cell)) = scene.agreement.chosen_pair().zip(scene.agreement.chosen_cell()) else { return };
    let said = [(pair.1, cell.1), (pair.0, cell.0)];
    // Both names whole, both by their first words, or both in letters: what there is room for.
    let shows_names = scene.session.review().chosen().shows_names;
    let whole = said.map(|(coder, _)| scene.called(coder));
    let first =
        whole.map(|name| if shows_names { name.split_whitespace().next().unwrap_or(name) } else { name });
    let short = said.map(|(coder, _)| scene.column(coder).map_or("", |column| column.short.as_str()));
    let width = |name: &&str| frame::text_width(painter, name, fonts::SMALL) + 28.0;
    let fits = |names: &[&str; 2]| names.iter().map(width).sum::<f32>() <= right.x - left;
    let names = [whole, first].into_iter().find(fits).unwrap_or(short);
    let mut x = right.x;
    for ((_, label), name) in said.into_iter().zip(names).rev() {
        let (letter, ink) = scene.letter(label);
        let drawn = frame::text(painter, pos2(x, right.y), Align2::RIGHT_CENTER, &letter, fonts::LETTER, ink);
        let at = pos2(drawn.left() - 4.0, right.y);
        x = frame::text(painter, at, Align2::RIGHT_CENTER, name, fonts::SMALL, t.normal).left() - 10.0;
    }
    let words =
        said.map(|(coder, label)| format!("{} {}", scene.called(coder), scene.name(label).to_lowercase()));
    let words = words.join(", ");
    let place = Rect::from_min_max(pos2(x, right.y - 10.0), pos2(right.x, right.y + 10.0));
    tooltip::text(spoken::text(ui, place, &words), &words);
}

fn row_ui(ui: &Ui, scene: &Scene<'_>, (at, place): (At, usize), rect: Rect, intents: &mut Vec<Intent>) {
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let Some(comparison) = scene.session.review().comparison() else { return };
    let Some(units) = comparison.units.articles.get(at.article) else { return };
    let Some(article) = scene.desk.article(&units.article) else { return };
    let Some(unit) = units.units.get(at.unit) else { return };
    let words = article.sentences().get(unit.idx as usize).map_or("", |sentence| article.words_of(sentence));
    let decided = comparison.judged(at).map_or(Decided::No, |judged| judged.decided);
    let decision = comparison.decision(scene.desk.project(), &units.article, unit.span);
    let names = |labels: &[crate::model::ids::LabelId]| {
        let scheme = scene.desk.project().scheme();
        let names: Vec<_> =
            labels.iter().filter_map(|id| scheme.label(id)).map(|l| l.name.to_lowercase()).collect();
        if names.is_empty() { "none of these".to_owned() } else { names.join(" + ") }
    };
    let state = match (decision, decided) {
        (Some(_), Decided::Stale) => "answered otherwise since".to_owned(),
        (Some(decision), _) => format!("decided {}", names(&decision.labels)),
        (None, _) => "open".to_owned(),
    };
    let meta = format!("Article {}, sentence {}", grouped(at.article + 1), unit.idx + 1);
    let is_here = scene.session.review_at() == Some(at);
    let response = ui.interact(rect, ui.scope_id().with(("sentence", place)), Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, true, is_here, format!("{words} {meta}: {state}"))
    });
    spoken::option(&response, is_here, place);
    if is_here || response.hovered() {
        painter.rect_filled(rect, RADIUS, if is_here { t.selected } else { t.hover });
    }
    if response.has_focus() {
        let ring = Stroke::new(STROKE_FOCUS, t.focus_ring);
        painter.rect_stroke(rect, RADIUS, ring, StrokeKind::Inside);
    }
    let wrap = TextWrapping { max_width: rect.width() - 20.0, max_rows: 2, ..Default::default() };
    let galley = fonts::LIST_TITLE.rows(painter, words, t.strong, wrap);
    painter.galley(rect.min + vec2(10.0, 8.0), galley, t.strong);
    let y = rect.bottom() - 17.0;
    let right = pos2(rect.right() - 10.0, y);
    let left = match decision {
        Some(decision) if decided != Decided::Stale => {
            let marks: Vec<_> = decision.labels.iter().filter_map(|id| scene.marks.get(id)).collect();
            let ink = marks.first().map(|mark| mark.colours.ink);
            let letters: String = marks.iter().map(|mark| mark.letter).collect();
            let letters = if letters.is_empty() { "\u{2013}".to_owned() } else { letters };
            let ink = ink.unwrap_or_else(|| crate::ui::theme::none_colours(scene.theme.dark).ink);
            let drawn = frame::text(painter, right, Align2::RIGHT_CENTER, &letters, fonts::LETTER, ink);
            icons::paint(painter, Icon::Tick, pos2(drawn.left() - 10.0, y), t.strong);
            drawn.left() - 18.0
        }
        _ => {
            let colour = if decided == Decided::Stale { t.warning } else { t.weak };
            frame::text(painter, right, Align2::RIGHT_CENTER, &state, fonts::SMALL, colour).left()
        }
    };
    frame::text_between(painter, pos2(rect.left() + 10.0, y), left - 8.0, &meta, fonts::SMALL, t.weak);
    if response.clicked() {
        push(intents, AgreementLook::Queue(Some(at)));
    }
    tooltip::worked_out(response, || format!("{}\n{words}\n{state}", article.shown_title()));
}

/// How many are decided, and the way to decide the rest.
fn foot_ui(ui: &Ui, scene: &Scene<'_>, rect: Rect, intents: &mut Vec<Intent>) {
    let t = scene.theme.tokens;
    let Some(comparison) = scene.session.review().comparison() else { return };
    let sentences = scene.agreement.sentences();
    let judged = || sentences.iter().filter_map(|at| comparison.judged(*at));
    let n_decided = judged().filter(|one| one.decided == Decided::Yes).count();
    // What everybody says alike asks for no decision.
    let n_asked = judged().filter(|one| one.differs() || one.is_decided()).count();
    let words = if n_decided == n_asked { "Look at them" } else { "Decide the rest" };
    let width = button::link_width(ui.painter(), words, Some("Enter"));
    let at = Rect::from_center_size(
        pos2(rect.right() - EDGE - width / 2.0, rect.center().y - 4.0),
        vec2(width, 24.0),
    );
    if button::link_at(ui, at, ui.scope_id().with("rest"), words, Some("Enter")).clicked() {
        push(intents, AgreementLook::Queue(None));
    }
    let said = match n_asked {
        0 => "nothing to decide".to_owned(),
        n => format!("{} of {} decided", grouped(n_decided), grouped(n)),
    };
    super::line(ui, pos2(rect.left() + EDGE, at.center().y), at.left() - 8.0, &said, fonts::SMALL, t.weak);
}
