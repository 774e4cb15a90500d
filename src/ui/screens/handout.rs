//! *Hand out*: the coders, how it is drawn, who gets which, and the files.

use super::matrix::{self, Asked};
use super::{Rooms, at_right, header_ui, paragraph, part, words};
use crate::analysis::deal::{Deal, EvenBy};
use crate::session::Session;
use crate::session::drawing::HALF_WIDTH;
use crate::session::intent::Intent;
use crate::session::job::Question;
use crate::session::screens::ScreenLook;
use crate::session::screens::handing::{Drawn, Form, HandOut, HandOutLook, Which};
use crate::session::view::Look;
use crate::text::message::{Message, capital};
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped, needs};
use crate::ui::parts::button::{self, Button};
use crate::ui::parts::field::Field;
use crate::ui::parts::{checkbox, frame, menu, scroll, tabs, tooltip};
use crate::ui::theme::{self, STROKE, none_colours};
use egui::{Align2, Id, Key, Rect, Stroke, Ui, pos2, vec2};

const LEFT: f32 = 300.0;
const INNER: f32 = 268.0;
const EDGE: f32 = 16.0;
const PAPER_EDGE: f32 = 24.0;
const PAIRS: f32 = 376.0;
/// Room for the link beside the folder.
const LINK: f32 = 84.0;
/// Below this width the table has no column of files.
const NARROW_TABLE: f32 = 400.0;

/// What is typed.
#[derive(Default)]
pub struct HandOutDraft {
    /// The name of somebody new, while it is typed.
    coder: Option<String>,
}

pub(super) fn handout_ui(
    ui: &mut Ui,
    (session, hand_out): (&Session, &HandOut),
    rooms: Rooms,
    draft: &mut HandOutDraft,
    intents: &mut Vec<Intent>,
) {
    let about = "one file for each coder, with nobody else\u{2019}s answers in it";
    header_ui(ui, rooms.header, ("Hand out", about), intents);
    let t = theme::of(ui).tokens;
    let left = rooms.middle.with_max_x(rooms.middle.left() + LEFT);
    let right = rooms.middle.with_min_x(left.right());
    let mut form = hand_out.form.clone();
    if let Some(drawn) = hand_out.drawn() {
        let mut panel = part(ui, left, t.chrome, "Coders and draw");
        form_ui(&mut panel, drawn, &mut form, draft, intents);
        let mut paper = part(ui, right, t.paper, "Who gets which");
        match &drawn.deal {
            Ok(deal) => deal_ui(&mut paper, (hand_out, drawn, deal), right, intents),
            Err(why) => {
                let Message { what, hint } = Message::of(&why.to_string());
                let hint = hint.unwrap_or_default();
                let at = right.min + vec2(PAPER_EDGE, 20.0);
                let width = right.width() - 2.0 * PAPER_EDGE;
                let below = paragraph(&paper, at, width, &capital(&what), fonts::INTERFACE_BOLD, t.strong);
                paragraph(
                    &paper,
                    pos2(at.x, below + 4.0),
                    width,
                    &capital(&hint),
                    fonts::INTERFACE,
                    t.normal,
                );
            }
        }
    }
    ui.painter().vline(left.right(), rooms.middle.y_range(), Stroke::new(STROKE, t.border));
    foot_ui(ui, (session, hand_out), rooms.foot, &mut form, intents);
    if form != hand_out.form {
        intents.push(look(HandOutLook::Form(form)));
    }
}

fn look(look: HandOutLook) -> Intent {
    Intent::Look(Look::Screen(ScreenLook::HandOut(look)))
}

fn caption(ui: &mut Ui, text: &str) {
    ui.add_space(8.0);
    let t = theme::of(ui).tokens;
    ui.label(fonts::SMALL.rich(text, t.weak));
}

fn form_ui(ui: &mut Ui, drawn: &Drawn, form: &mut Form, draft: &mut HandOutDraft, intents: &mut Vec<Intent>) {
    let inner = ui.max_rect().shrink2(vec2(EDGE, 12.0));
    let mut column = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("form"));
    let area = scroll::down().id_salt("hand out form").auto_shrink(false);
    area.show(&mut column, |ui| {
        ui.set_max_width(INNER);
        people_ui(ui, drawn, form, draft, intents);
        caption(ui, "Articles");
        let n = format!("{}: {}", form.which.name(), grouped(drawn.n_articles));
        if let Some(which) = menu::drop_down(ui, ("Articles", &n), INNER, &Which::ALL.map(Which::name)) {
            form.which = Which::ALL.get(which).copied().unwrap_or(form.which);
        }
        caption(ui, "Double: read by two or more");
        let (share, sample) = ("a share", format!("the drawn sample: {}", grouped(drawn.n_sampled)));
        if drawn.n_sampled > 0
            && let Some(chosen) = tabs::choices(ui, &[share, &sample], usize::from(form.drawn), INNER)
        {
            form.drawn = chosen == 1;
        }
        let t = theme::of(ui).tokens;
        let says = drawn.deal.as_ref().map(|deal| double_says(deal, form.drawn)).unwrap_or_default();
        if form.drawn {
            ui.label(fonts::SMALL.rich(says, t.normal));
        } else {
            let error = crate::session::screens::handing::percent(&form.overlap).is_none();
            let error = error.then_some("a number from 0 to 100");
            ui.horizontal(|ui| {
                Field::new(Id::unique("overlap"), "Share read by two or more", &mut form.overlap)
                    .error(error)
                    .width(76.0)
                    .show(ui);
                let size = vec2(ui.available_width(), 32.0);
                let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
                paragraph(ui, rect.min, rect.width(), &says, fonts::SMALL, t.normal);
            });
        }
        caption(ui, "Those go to");
        if let Some(chosen) =
            tabs::choices(ui, &["pairs in turn", "everybody"], usize::from(form.everybody), INNER)
        {
            form.everybody = chosen == 1;
        }
        caption(ui, "Drawn evenly by");
        ui.horizontal(|ui| {
            if let Some(chosen) = menu::drop_down(
                ui,
                ("Drawn evenly by", form.even_by.name()),
                170.0,
                &EvenBy::ALL.map(EvenBy::name),
            ) {
                form.even_by = EvenBy::ALL.get(chosen).copied().unwrap_or_default();
            }
            Field::new(Id::unique("seed"), "Seed", &mut form.seed).suffix("seed").width(90.0).show(ui);
        });
    });
}

fn double_says(deal: &Deal, is_sample: bool) -> String {
    let (n, of) = (deal.n_double().0, deal.columns.len().max(1));
    if is_sample {
        return format!("{n} of these {of} articles are in it");
    }
    if n == 0 {
        return "none is read twice".to_owned();
    }
    let percent = (100.0 * n as f64 / of as f64).round();
    let suits = if deal.n_groups > 1 {
        format!(": the next number that suits {} pairs", deal.n_groups)
    } else {
        String::new()
    };
    format!("{n} of {of} articles, {percent} %{suits}")
}

fn people_ui(
    ui: &mut Ui,
    drawn: &Drawn,
    form: &mut Form,
    draft: &mut HandOutDraft,
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    ui.horizontal(|ui| {
        ui.label(fonts::INTERFACE_BOLD.rich("Coders", t.strong));
        ui.label(fonts::SMALL.rich(format!("{} of {}", drawn.coders.len(), drawn.people.len()), t.weak));
        let right = ui.max_rect().right();
        let add = Button::new("Add coder");
        let width = add.natural_width(ui.painter());
        ui.add_space((right - ui.cursor().left() - width).max(0.0));
        if add.show(ui).clicked() {
            draft.coder = Some(String::new());
        }
    });
    if let Some(name) = &mut draft.coder {
        let field = Field::new(Id::unique("new coder"), "Name of the new coder", name)
            .hint("Name, then Enter")
            .width(INNER)
            .show(ui);
        if !field.has_focus() && !field.lost_focus() {
            field.request_focus();
        }
        if field.lost_focus() {
            let entered = ui.input(|input| input.key_pressed(Key::Enter));
            let name = draft.coder.take().unwrap_or_default();
            if entered && !name.trim().is_empty() {
                intents.push(look(HandOutLook::Coder(name)));
            }
        }
    }
    for coder in &drawn.people {
        ui.horizontal(|ui| {
            let reviews = coder.is_reviewer();
            let ticked = !reviews && !form.unticked.contains(&coder.id);
            let name = coder.shown_name();
            if checkbox::show_in_bar(ui, ticked, name).clicked()
                && !reviews
                && !form.unticked.remove(&coder.id)
            {
                form.unticked.insert(coder.id.clone());
            }
            let place = drawn.coders.iter().position(|one| one.id == coder.id);
            let share = place.and_then(|idx| drawn.shares.get(idx));
            let says = match share {
                _ if reviews => "reviewer".to_owned(),
                Some(share) => counted(share.n_articles, "article", "articles"),
                None => "no file".to_owned(),
            };
            let width = frame::text_width(ui.painter(), &says, fonts::SMALL);
            ui.add_space((ui.max_rect().right() - ui.cursor().left() - width).max(4.0));
            ui.label(fonts::SMALL.rich(says, t.weak));
        });
    }
}

fn deal_ui(
    ui: &mut Ui,
    (hand_out, drawn, deal): (&HandOut, &Drawn, &Deal),
    place: Rect,
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let names: Vec<String> = drawn.coders.iter().map(|coder| coder.shown_name().to_owned()).collect();
    let top = pos2(place.left() + PAPER_EDGE, place.top() + 24.0);
    let head = frame::text(
        ui.painter(),
        top,
        Align2::LEFT_CENTER,
        "Who gets which",
        fonts::INTERFACE_BOLD,
        t.strong,
    );
    let moved = match hand_out.n_moves() {
        0 => String::new(),
        n => format!(", {} by hand", counted(n, "moved", "moved")),
    };
    let n = format!("{}, oldest first{moved}", counted(deal.columns.len(), "article", "articles"));
    words(ui, head.right_center() + vec2(9.0, 0.0), place.right() - 190.0, &n, fonts::INTERFACE, t.weak);
    let mut x = place.right() - 160.0;
    for (colour, name) in [(none_colours(theme.dark).mark, "single"), (t.strong, "double")] {
        ui.painter().rect_filled(Rect::from_center_size(pos2(x, top.y), vec2(5.3, 12.0)), 1, colour);
        let at = pos2(x + 16.0, top.y);
        x = frame::text(ui.painter(), at, Align2::LEFT_CENTER, name, fonts::SMALL, t.weak).right() + 20.0;
    }
    let rows = matrix::height(names.len()) + 12.0;
    let most = (place.height() * 0.55).max(120.0);
    let at = Rect::from_min_size(
        pos2(top.x, top.y + 24.0),
        vec2(place.width() - 2.0 * PAPER_EDGE, rows.min(most)),
    );
    let mut room = ui.new_child(egui::UiBuilder::new().max_rect(at).id_salt("matrix room"));
    let mut asked = None;
    scroll::down().id_salt("matrix rows").max_height(at.height()).show(&mut room, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(at.width(), rows), egui::Sense::hover());
        asked = matrix::matrix_ui(ui, rect, deal, &names, hand_out.cell);
    });
    if let Some(Asked::Moved(column, row)) = asked {
        intents.push(look(HandOutLook::Move(column, row)));
    }
    let below = place.with_min_y(at.bottom() + 12.0);
    ui.painter().hline(below.x_range(), below.top(), Stroke::new(STROKE, t.border));
    let pairs = below.with_min_x((below.right() - PAIRS).max(below.left() + 320.0));
    ui.painter().vline(pairs.left(), below.y_range(), Stroke::new(STROKE, t.border));
    table_ui(ui, drawn, deal, below.with_max_x(pairs.left()));
    pairs_ui(ui, drawn, deal, pairs);
}

fn table_ui(ui: &mut Ui, drawn: &Drawn, deal: &Deal, place: Rect) {
    let t = theme::of(ui).tokens;
    let inner = place.shrink2(vec2(PAPER_EDGE, 8.0));
    let mut column = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("files"));
    column.shrink_clip_rect(inner);
    scroll::down().id_salt("files").auto_shrink(false).show(&mut column, |ui| {
        let row = |ui: &mut Ui, cells: [&str; 5], colour: egui::Color32| {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), egui::Sense::hover());
            let y = rect.center().y;
            let narrow = rect.width() < NARROW_TABLE;
            let steps = if narrow { [136.0, 78.0, 0.0] } else { [168.0, 92.0, 0.0] };
            let numbers = steps.map(|step| rect.right() - step);
            let [coder, name, figures @ ..] = cells;
            // Where there is no room for it, the file's name shows under the pointer.
            if narrow {
                words(ui, pos2(rect.left(), y), rect.right() - 190.0, coder, fonts::INTERFACE, colour);
                let id = Id::unique(("file of", coder, y.to_bits()));
                tooltip::text(ui.interact(rect, id, egui::Sense::hover()), name);
            } else {
                let file = rect.left() + (rect.width() * 0.22).clamp(70.0, 118.0);
                words(ui, pos2(rect.left(), y), file - 8.0, coder, fonts::INTERFACE, colour);
                words(ui, pos2(file, y), rect.right() - 230.0, name, fonts::INTERFACE, t.weak);
            }
            for (x, text) in numbers.into_iter().zip(figures) {
                frame::text(ui.painter(), pos2(x, y), Align2::RIGHT_CENTER, text, fonts::INTERFACE, colour);
            }
            ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(STROKE, t.border));
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        row(ui, ["Coder", "File", "Articles", "Double", "Sentences"], t.weak);
        let mut sum = crate::analysis::deal::Share::default();
        for ((coder, name), share) in drawn.coders.iter().zip(&drawn.names).zip(&drawn.shares) {
            sum.n_articles += share.n_articles;
            sum.n_double += share.n_double;
            sum.n_sentences += share.n_sentences;
            let file = if share.n_articles > 0 { name.as_str() } else { "no file" };
            let numbers = [share.n_articles, share.n_double, share.n_sentences].map(grouped);
            row(ui, [coder.shown_name(), file, &numbers[0], &numbers[1], &numbers[2]], t.strong);
        }
        let numbers = [sum.n_articles, sum.n_double, sum.n_sentences].map(grouped);
        row(ui, ["All", "", &numbers[0], &numbers[1], &numbers[2]], t.weak);
        ui.add_space(6.0);
        let n: usize = deal.columns.iter().map(|column| column.n_sentences).sum();
        let text = format!(
            "{}, {} of them twice or more. The coders\u{2019} shares differ by {} at most.",
            counted(n, "sentence", "sentences"),
            grouped(deal.n_double().1),
            counted(deal.spread(), "sentence", "sentences")
        );
        ui.label(fonts::SMALL.rich(text, t.weak));
    });
}

fn pairs_ui(ui: &mut Ui, drawn: &Drawn, deal: &Deal, place: Rect) {
    let t = theme::of(ui).tokens;
    let inner = place.shrink2(vec2(16.0, 8.0));
    let mut column = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("pairs"));
    column.shrink_clip_rect(inner);
    scroll::both().id_salt("pairs").auto_shrink(false).show(&mut column, |ui| {
        ui.horizontal(|ui| {
            ui.label(fonts::INTERFACE_BOLD.rich("Sentences in common", t.strong));
            ui.label(fonts::SMALL.rich("by pair", t.weak));
        });
        let short = |idx: usize| {
            let name = drawn.coders.get(idx).map_or("", |coder| coder.shown_name());
            name.split_whitespace().next().unwrap_or_default().to_owned()
        };
        let n = drawn.coders.len();
        let size = vec2(54.0 + 70.0 * n.saturating_sub(1) as f32, 20.0 + 36.0 * n.saturating_sub(1) as f32);
        let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        let x = |idx: usize| rect.left() + 54.0 + 70.0 * idx as f32;
        for idx in 0..n.saturating_sub(1) {
            let at = pos2(x(idx) + 32.0, rect.top() + 8.0);
            frame::text(ui.painter(), at, Align2::CENTER_CENTER, &short(idx), fonts::SMALL, t.weak);
        }
        for (one, row) in drawn.in_common.iter().enumerate().skip(1) {
            let y = rect.top() + 20.0 + 36.0 * (one - 1) as f32;
            let at = pos2(rect.left(), y + 16.0);
            super::fitted(ui, at, rect.left() + 50.0, &short(one), fonts::SMALL, t.weak);
            for (other, n) in row.iter().enumerate() {
                let card = Rect::from_min_size(pos2(x(other), y), vec2(65.0, 32.0));
                frame::card(ui.painter(), card, 6, t.surface, Stroke::new(STROKE, t.border));
                frame::text(
                    ui.painter(),
                    card.center(),
                    Align2::CENTER_CENTER,
                    &grouped(*n),
                    fonts::INTERFACE,
                    t.normal,
                );
            }
        }
        ui.add_space(6.0);
        need_ui(ui, drawn, deal);
    });
}

/// What interval the shared part would give, and how much would have to be shared for a narrow one.
fn need_ui(ui: &mut Ui, drawn: &Drawn, deal: &Deal) {
    let t = theme::of(ui).tokens;
    let design = &drawn.design;
    if let Some((low, high)) = drawn.interval {
        let near = format!("Enough for an alpha near {:.2}?", design.alpha);
        ui.label(fonts::INTERFACE_BOLD.rich(near, t.strong));
        let would = format!("Its interval would be about {low:.2} to {high:.2}.");
        ui.label(fonts::INTERFACE.rich(would, t.normal));
        let (n, n_sentences) = deal.n_double();
        let text = format!(
            "{}, {} twice or more.",
            counted(n, "article", "articles"),
            counted(n_sentences, "sentence", "sentences")
        );
        ui.label(fonts::SMALL.rich(text, t.weak));
    } else {
        let says = match deal.n_double() {
            (0, _) => "Nothing is read twice: agreement cannot be counted.",
            _ => "Too little is read twice for an interval.",
        };
        ui.label(fonts::SMALL.rich(says, t.weak));
    }
    let needs = needs(HALF_WIDTH, drawn.need, design);
    ui.label(fonts::SMALL.rich(needs, t.weak));
}

fn foot_ui(
    ui: &mut Ui,
    (session, hand_out): (&Session, &HandOut),
    rect: Rect,
    form: &mut Form,
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let mut foot = part(ui, rect, t.chrome, "What will happen");
    let ui = &mut foot;
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(STROKE, t.border));
    let text = "In each file: the articles, the scheme, the codebook and an empty sheet for each article. The same ids, so that \
                Collect puts all together again. Coders do not see which are double.";
    paragraph(ui, rect.min + vec2(EDGE, 10.0), INNER, text, fonts::SMALL, t.weak);
    let left = rect.left() + LEFT + PAPER_EDGE;
    let label = format!("Write {}", counted(hand_out.n_files(), "file", "files"));
    let refusal = session.desk().and_then(|desk| desk.closed_for_writing()).map(str::to_owned);
    let refusal = refusal.or_else(|| hand_out.refusal());
    let button = Button::new(&label).primary().key("Ctrl Enter").disabled(refusal.as_deref());
    let width = button.natural_width(ui.painter());
    // Beside the field stand its link and the button.
    let field = (rect.right() - PAPER_EDGE - width - 24.0 - left - LINK).clamp(120.0, 336.0);
    let column = Rect::from_min_max(pos2(left, rect.top() + 8.0), pos2(left + field + LINK, rect.bottom()));
    let mut folder = ui.new_child(egui::UiBuilder::new().max_rect(column).id_salt("folder"));
    folder.label(fonts::SMALL.rich("Folder", t.weak));
    folder.horizontal(|ui| {
        Field::new(Id::unique("hand out folder"), "Folder", &mut form.folder).width(field).show(ui);
        if button::link(ui, "Change\u{2026}", None).clicked() {
            intents.push(Intent::Look(Look::Ask(Question::HandOutFolder)));
        }
    });
    let bar = Rect::from_min_max(pos2(rect.left(), rect.top() + 20.0), pos2(rect.right(), rect.top() + 70.0));
    if button
        .show_at(ui, at_right(bar, rect.right() - PAPER_EDGE, width), Id::unique("write files"))
        .clicked()
    {
        intents.push(Intent::Run("handout-write"));
    }
    let says = refusal.clone().unwrap_or_else(|| "The project remembers who has which.".to_owned());
    let width = frame::text_width(ui.painter(), &says, fonts::SMALL).min(380.0);
    let at = pos2(rect.right() - PAPER_EDGE - width, rect.top() + 80.0);
    words(ui, at, rect.right() - PAPER_EDGE, &says, fonts::SMALL, t.weak);
    let never = "Files that are there already are never overwritten.";
    let right = (at.x - 12.0).min(left + field + LINK);
    words(ui, pos2(left, at.y), right, never, fonts::SMALL, t.weak);
}
