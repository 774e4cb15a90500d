//! Every part in every state on one sheet, in light and in dark, compared with the pictures in `snapshots/`.
#![cfg(feature = "gui")]

#[path = "parts/article.rs"]
mod article;
#[path = "parts/behaviour.rs"]
mod behaviour;
#[path = "support/cpu.rs"]
mod cpu;
#[path = "parts/margin.rs"]
mod margin;

use allegata::ui::fonts::{self, Type};
use allegata::ui::parts::bar::Segment;
use allegata::ui::parts::button::Button;
use allegata::ui::parts::chip::Chip;
use allegata::ui::parts::field::Field;
use allegata::ui::parts::icons::Icon;
use allegata::ui::parts::list_row::{ArticleState, ListRow};
use allegata::ui::parts::notice::{Notice, NoticeButton, NoticeKind};
use allegata::ui::parts::overview::CellKind;
use allegata::ui::parts::palette_row::PaletteRow;
use allegata::ui::parts::prose::{Answer, Line, Mark, Paragraph, Sentence, Span, SpanKind};
use allegata::ui::parts::status::{Cell, Tone};
use allegata::ui::parts::{
    checkbox, empty, frame, list_row, menu, notice, overview, palette_row, prose, status, tabs, tooltip,
};
use allegata::ui::theme::{self, LabelColours, ThemeChoice, label_colours, none_colours};
use egui::{Align2, Id, Rect, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_kittest::Harness;

const SIZE: egui::Vec2 = vec2(1280.0, 976.0);

#[test]
fn parts_light() {
    sheet(ThemeChoice::Light, egui::Theme::Light).snapshot("parts-light");
}

#[test]
fn parts_dark() {
    sheet(ThemeChoice::Dark, egui::Theme::Dark).snapshot("parts-dark");
}

fn sheet(choice: ThemeChoice, system: egui::Theme) -> Harness<'static> {
    let mut texts = Texts::default();
    let mut harness = Harness::builder()
        .with_size(SIZE)
        .with_theme(system)
        .renderer(cpu::CpuRenderer::default())
        .with_context_setup(move |ctx| theme::apply(ctx, choice))
        .with_options(egui_kittest::SnapshotOptions::new().threshold(0.0))
        .build_ui(move |ui| {
            let t = theme::of(ui).tokens;
            let panel = Rect::from_min_max(pos2(599.0, 0.0), SIZE.to_pos2());
            ui.painter().rect_filled(Rect::from_min_size(egui::Pos2::ZERO, SIZE), 0, t.paper);
            ui.painter().rect_filled(panel, 0, t.chrome);
            ui.painter().vline(599.5, 0.0..=SIZE.y, Stroke::new(1.0, t.border));
            sentences_ui(ui);
            floating_ui(ui);
            controls_ui(ui, &mut texts);
            lists_ui(ui);
            notices_ui(ui);
        });
    harness.run();
    harness
}

/// What the fields hold.
#[derive(Default)]
struct Texts {
    filter: String,
    search: String,
    coder: String,
    key: String,
    note: String,
}

#[derive(Clone, Copy)]
struct Labels {
    allegation: Mark<'static>,
    denial: Mark<'static>,
    fact: Mark<'static>,
}

fn labels(dark: bool) -> Labels {
    let mark = |letter, hex, line| Mark { letter, colours: label_colours(hex, dark), line };
    Labels {
        allegation: mark("A", "#D55E00", Line::Solid),
        denial: mark("D", "#0072B2", Line::Dashed),
        fact: mark("F", "#009E73", Line::Dotted),
    }
}

fn at<R>(ui: &mut Ui, x: f32, y: f32, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let rect = Rect::from_min_size(pos2(x, y), vec2(width, 200.0));
    let mut child = ui.new_child(UiBuilder::new().id_salt((x.to_bits(), y.to_bits())).max_rect(rect));
    add(&mut child)
}

fn text(ui: &Ui, x: f32, y: f32, words: &str, kind: Type) {
    let t = theme::of(ui).tokens;
    let colour = if kind == fonts::SMALL { t.weak } else { t.strong };
    frame::text(ui.painter(), pos2(x, y), Align2::LEFT_CENTER, words, kind, colour);
}

fn sentences_ui(ui: &mut Ui) {
    text(ui, 24.0, 36.0, "Sentences in the reader", fonts::SCREEN_TITLE);
    let l = labels(theme::of(ui).dark);
    let (a, d, f, ad) = (&[l.allegation][..], &[l.denial][..], &[l.fact][..], &[l.allegation, l.denial][..]);
    let plain = |answer| Sentence::new(0..200, answer);
    let current = |answer| Sentence { current: true, ..plain(answer) };
    let hit = |range, kind| Span { range, kind };
    let crane = [hit(4..9, SpanKind::Hit), hit(23..28, SpanKind::HitCurrent)];
    let words = [hit(0..10, SpanKind::Words)];
    let rows: [(&str, Sentence<'_>, &[Span], &str); 16] = [
        ("The council gave no comment on Friday.", plain(Answer::Unanswered), &[], "No answer yet"),
        ("The council gave no comment on Friday.", current(Answer::Unanswered), &[], "No answer, current"),
        (
            "Three crates were found empty.",
            Sentence { hovered: true, ..plain(Answer::Labels(f)) },
            &[],
            "Pointer over it",
        ),
        ("She was asked to sign a blank form.", plain(Answer::Labels(a)), &[], "Allegation"),
        ("She was asked to sign a blank form.", current(Answer::Labels(a)), &[], "Allegation, current"),
        ("The harbour board disputes all of it.", plain(Answer::Labels(d)), &[], "Denial"),
        ("The harbour board disputes all of it.", current(Answer::Labels(d)), &[], "Denial, current"),
        ("Three crates were found empty.", plain(Answer::Labels(f)), &[], "Fact"),
        ("Three crates were found empty.", current(Answer::Labels(f)), &[], "Fact, current"),
        ("The quay is quiet in November.", plain(Answer::None), &[], "None of these"),
        ("The quay is quiet in November.", current(Answer::None), &[], "None, current"),
        (
            "Two invoices carry the same date.",
            Sentence { unsure: true, ..plain(Answer::Labels(a)) },
            &[],
            "Unsure",
        ),
        (
            "That was a clerical slip, Orme says.",
            Sentence { note: true, ..plain(Answer::Labels(ad)) },
            &[],
            "Two labels, has a note",
        ),
        ("The crane has a second crane.", plain(Answer::Labels(f)), &crane, "Search hit; hit in hand"),
        ("Nothing of the kind, Orme says.", plain(Answer::Suggested(d)), &[], "Suggested, not accepted"),
        ("Two pilots saw it leave at night.", plain(Answer::Labels(a)), &words, "Words marked as source"),
    ];
    for ((words, sentence, spans, name), nth) in rows.into_iter().zip(0_u8..) {
        let top = 56.0 + 36.0 * f32::from(nth);
        let galley = prose::layout(ui.painter(), words, fonts::READING, 330.0);
        let paragraph = Paragraph {
            galley: &galley,
            pos: pos2(68.0, top),
            width: 324.0,
            sentences: &[sentence],
            spans,
            margin: true,
            headline: false,
        };
        prose::paint(ui.painter(), &theme::of(ui), &paragraph);
        text(ui, 434.0, top + 14.0, name, fonts::SMALL);
    }
}

fn floating_ui(ui: &mut Ui) {
    let theme = theme::of(ui);
    text(ui, 24.0, 665.0, "Tooltip", fonts::SCREEN_TITLE);
    at(ui, 24.0, 684.0, 268.0, |ui| {
        menu::menu_frame(&theme).show(ui, |ui| {
            tooltip::entry_ui(ui, "Denial", &["2", "D"], "Somebody says that an allegation is not true.");
        });
    });
    text(ui, 308.0, 665.0, "Menu", fonts::SCREEN_TITLE);
    at(ui, 308.0, 684.0, 268.0, |ui| {
        menu::menu_frame(&theme).show(ui, |ui| {
            ui.set_width(258.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            menu::row(ui, "Undo label: denial", "Ctrl Z", None);
            menu::row(ui, "Redo", "Ctrl Shift Z", Some("nothing was undone"));
            menu::row(ui, "Find…", "Ctrl F", None);
        });
    });
    text(ui, 24.0, 812.0, "Nothing here yet", fonts::SCREEN_TITLE);
    at(ui, 24.0, 832.0, 268.0, |ui| {
        let button = Button::new("Add articles…").key("Ctrl I").primary();
        empty::show(ui, "No articles in this project", "Drop files here, or", Some(button));
    });
    text(ui, 308.0, 812.0, "Nothing found", fonts::SCREEN_TITLE);
    at(ui, 308.0, 832.0, 268.0, |ui| {
        let button = Button::new("Clear the filter").key("Esc");
        empty::show(
            ui,
            "No article matches “lighthouse”",
            "24 articles are hidden by the filter.",
            Some(button),
        );
    });
}

fn controls_ui(ui: &mut Ui, texts: &mut Texts) {
    text(ui, 624.0, 36.0, "Buttons, fields, chips", fonts::SCREEN_TITLE);
    let caption = |ui: &Ui, x, y, words: &str| text(ui, x, y, words, fonts::SMALL);
    let buttons = [
        (624.0, Button::new("Merge into…"), "rest"),
        (738.0, Button::new("Next").key("Enter"), "with a key"),
        (851.0, Button::new("Merge into…").disabled("no other label"), "disabled"),
        (965.0, Button::new("Done").primary(), "primary"),
        (
            1040.0,
            Button::new("Mark article done").note("9 sentences left").disabled("answer them first"),
            "reason",
        ),
    ];
    for (x, button, name) in buttons {
        at(ui, x, 56.0, 300.0, |ui| button.show(ui));
        caption(ui, x, 98.0, name);
    }
    "2".clone_into(&mut texts.key);
    "Ines Duarte".clone_into(&mut texts.coder);
    "crane".clone_into(&mut texts.search);
    let wide =
        |ui: &mut Ui, x: f32, width: f32, field: Field<'_>| at(ui, x, 122.0, width, |ui| field.show(ui));
    wide(ui, 624.0, 142.0, Field::new(Id::unique("filter"), "Filter", &mut texts.filter).hint("Filter"));
    let search =
        Field::new(Id::unique("search"), "Find", &mut texts.search).icon(Icon::Magnifier).suffix("5 of 11");
    wide(ui, 776.0, 142.0, search);
    wide(ui, 928.0, 142.0, Field::new(Id::unique("coder"), "Coder", &mut texts.coder).read_only());
    let key = Field::new(Id::unique("key"), "Key", &mut texts.key).error("2 is the key of denial");
    wide(ui, 1080.0, 164.0, key);
    caption(ui, 624.0, 163.0, "empty");
    caption(ui, 776.0, 163.0, "with a sign");
    caption(ui, 928.0, 163.0, "read only");
    let dark = theme::of(ui).dark;
    let l = labels(dark);
    let chip = |x: f32, chip: Chip<'_>, ui: &mut Ui| at(ui, x, 188.0, 148.0, |ui| chip.show(ui));
    let allegation = Chip::new("A", "Allegation", l.allegation.colours).keys(&["1"]);
    chip(624.0, allegation.clone(), ui);
    chip(782.0, allegation.clone().given(true), ui);
    chip(940.0, Chip::new("–", "None of these", none_colours(dark)).keys(&["0"]), ui);
    let retired: LabelColours = l.denial.colours;
    chip(1098.0, Chip::new("D", "Denial", retired).keys(&["2"]).disabled("retired"), ui);
    for (x, name) in [(624.0, "rest"), (782.0, "given"), (940.0, "none"), (1098.0, "disabled")] {
        caption(ui, x, 232.0, name);
    }
    at(ui, 1098.0, 244.0, 158.0, |ui| checkbox::show(ui, true, "Unsure", Some("U")));
    let place = Rect::from_min_size(pos2(585.0, 56.0), vec2(9.0, 540.0));
    let (kinds, lens): (Vec<_>, Vec<_>) = overview_cells(&l).into_iter().unzip();
    let mut cells = overview::Cells::of(lens);
    let all =
        (overview::Renewed::All, |cell: usize| kinds.get(cell).copied().unwrap_or(CellKind::Unanswered));
    overview::show(ui, place, &mut cells, all, Some(4), 0.1..0.5);
    let note = Field::new(Id::unique("note"), "Note", &mut texts.note).hint("Why this label").rows(2);
    at(ui, 782.0, 246.0, 300.0, |ui| note.show(ui));
}

fn overview_cells(l: &Labels) -> [(CellKind, usize); 8] {
    let label = |mark: &Mark<'_>| CellKind::Label { mark: mark.colours.mark, line: mark.line };
    let (a, d, f) = (label(&l.allegation), label(&l.denial), label(&l.fact));
    [
        (a, 190),
        (f, 60),
        (a, 170),
        (d, 90),
        (d, 40),
        (CellKind::None, 30),
        (f, 120),
        (CellKind::Unanswered, 80),
    ]
}

fn lists_ui(ui: &mut Ui) {
    text(ui, 624.0, 275.0, "Articles", fonts::SCREEN_TITLE);
    let l = labels(theme::of(ui).dark);
    let none = none_colours(theme::of(ui).dark).mark;
    let runs = |counts: [usize; 4]| {
        let marks = [l.allegation.colours.mark, l.denial.colours.mark, l.fact.colours.mark, none];
        marks.into_iter().zip(counts).map(|(colour, count)| Segment { colour, count }).collect::<Vec<_>>()
    };
    let (begun, done) = (runs([3, 1, 5, 0]), runs([4, 2, 12, 2]));
    let rest = ListRow {
        title: "What a new crane costs",
        meta: "Tide & Trade · 3 May",
        count: "44",
        progress: "not begun, 0 of 44 answered",
        state: ArticleState::NotBegun,
        segments: &[],
        total: 44,
        selected: false,
        chosen: None,
        title_rows: 1,
    };
    let half = ListRow {
        title: "Pilots want the tender papers after the report on the crane",
        meta: "Quay Courier · 9 Apr",
        count: "9 of 19",
        state: ArticleState::Begun,
        segments: &begun,
        total: 19,
        title_rows: 2,
        ..rest
    };
    let over = ListRow {
        title: "Harbour tender: auditors look again at the old quay",
        meta: "Quay Courier · 2 Jan",
        count: "2 unsure",
        state: ArticleState::Done,
        segments: &done,
        total: 20,
        title_rows: 2,
        ..rest
    };
    let rows = [
        (616.0, 308.0, rest),
        (616.0, 362.0, half),
        (616.0, 442.0, over),
        (942.0, 308.0, rest),
        (942.0, 362.0, ListRow { selected: true, ..half }),
        (942.0, 442.0, ListRow { count: "20", ..over }),
    ];
    for (x, y, row) in rows {
        at(ui, x, y, 314.0, |ui| list_row::show(ui, &row));
    }
    text(ui, 624.0, 540.0, "Bars", fonts::SCREEN_TITLE);
    let saved = Cell { icon: Some(Icon::Tick), text: "Saved 09:20", more: "harbour.ron", ..Cell::default() };
    let did = Cell { text: "Labelled sentence 4: denial", more: "Ctrl Z undoes it", ..Cell::default() };
    let place = Cell { text: "Sentence 5 of 31", ..Cell::default() };
    let zoom = Cell { text: "100 %", ..Cell::default() };
    at(ui, 612.0, 556.0, 656.0, |ui| status::show(ui, &[saved, did], &[place, zoom]));
    let lost = Cell {
        icon: Some(Icon::Warning),
        text: "Not saved: disk is full",
        tone: Tone::Error,
        ..Cell::default()
    };
    let back =
        Cell { icon: Some(Icon::Tick), text: "Recovered 6 answers", tone: Tone::Success, ..Cell::default() };
    at(ui, 612.0, 582.0, 656.0, |ui| status::show(ui, &[lost, back], &[]));
    at(ui, 624.0, 612.0, 400.0, |ui| tabs::show(ui, &["Annotate", "Claims", "Review"], Some(0), tabs::WIDTH));
    at(ui, 940.0, 619.0, 316.0, |ui| tabs::choices(ui, &["Open 6", "Unsure 2", "All 27"], 0, 263.0));
    let denial = PaletteRow {
        letter: Some(("D", l.denial.colours)),
        text: "Label: denial",
        hits: std::slice::from_ref(&(7..10)),
        menu: "Sentence",
        keys: &["2", "D"],
        disabled: None,
        selected: true,
    };
    at(ui, 624.0, 662.0, 316.0, |ui| palette_row::show(ui, &denial));
    let accept = PaletteRow {
        letter: None,
        text: "Accept",
        hits: &[],
        keys: &[],
        disabled: Some("no suggestion"),
        selected: false,
        ..denial
    };
    at(ui, 940.0, 662.0, 316.0, |ui| palette_row::show(ui, &accept));
}

fn notices_ui(ui: &mut Ui) {
    let error = Notice {
        kind: NoticeKind::Error,
        title: "Not read",
        text: "could not read 2 of 12 files: they hold no text",
        buttons: &[NoticeButton { text: "List them", key: None }],
    };
    let warning = Notice {
        kind: NoticeKind::Warning,
        title: "Changed outside",
        text: "Somebody else saved this file while it was open here. What you did is kept beside it.",
        buttons: &[NoticeButton { text: "Compare", key: None }],
    };
    let done = Notice {
        kind: NoticeKind::Done,
        title: "",
        text: "Added 12 articles, 340 sentences",
        buttons: &[NoticeButton { text: "Undo", key: Some("Ctrl Z") }],
    };
    let success = Notice {
        kind: NoticeKind::Success,
        title: "Recovered",
        text: "6 answers from 09:14, after the power went",
        buttons: &[],
    };
    for (y, notice) in [(728.0, error), (794.0, warning), (860.0, done), (910.0, success)] {
        at(ui, 624.0, y, 632.0, |ui| notice::show(ui, &notice));
    }
}
