//! What parts do when they are pressed, and that odd text does them no harm.

use allegata::ui::fonts;
use allegata::ui::parts::button::Button;
use allegata::ui::parts::chip::Chip;
use allegata::ui::parts::modal::{self, Answer as ModalAnswer, AnswerKind};
use allegata::ui::parts::notice::{self, Notice, NoticeButton, NoticeKind};
use allegata::ui::parts::prose::{self, Answer, Paragraph, Sentence, Span, SpanKind};
use allegata::ui::parts::{checkbox, tabs};
use allegata::ui::theme::{self, ThemeChoice, label_colours};
use egui::{Ui, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::article::{NEWS, ranges};
use crate::labels;

/// What was pressed, by name.
fn pressed(add: impl FnMut(&mut Ui, &mut Vec<String>) + 'static) -> Harness<'static, Vec<String>> {
    let mut add = add;
    let mut harness = Harness::builder()
        .with_size(vec2(500.0, 400.0))
        .with_context_setup(|ctx| theme::apply(ctx, ThemeChoice::Light))
        .build_ui_state(move |ui, log| add(ui, log), Vec::new());
    harness.run();
    harness
}

#[test]
fn what_is_pressed_answers_and_what_is_disabled_does_not() {
    let colours = label_colours("#0072B2", false);
    let mut harness = pressed(move |ui, log| {
        for (name, reason) in [("Merge", None), ("Retire", Some("nothing to retire"))] {
            if Button::new(name).key("R").disabled(reason).show(ui).clicked() {
                log.push(name.to_owned());
            }
        }
        for (name, reason) in [("Denial", None), ("Rumour", Some("retired"))] {
            if Chip::new("D", name, colours).keys(&["2", "D"]).disabled(reason).show(ui).clicked() {
                log.push(name.to_owned());
            }
        }
        if checkbox::show(ui, false, "Unsure", Some("U")).clicked() {
            log.push("Unsure".to_owned());
        }
        if let Some(idx) = tabs::show(ui, &["Annotate", "Claims"], Some(0), tabs::WIDTH) {
            log.push(format!("tab {idx}"));
        }
        let found = Notice {
            kind: NoticeKind::Error,
            title: "Not read",
            text: "two files",
            buttons: &[NoticeButton { text: "List them", key: None }],
        };
        let done = notice::show(ui, &found);
        log.extend(done.pressed.map(|idx| format!("notice {idx}")));
        log.extend(done.closed.then(|| "closed".to_owned()));
    });
    let names = ["Merge", "Retire", "Denial", "Rumour", "Unsure", "Claims", "List them", "Close this notice"];
    for name in names {
        harness.get_by_label(name).click();
        harness.run();
    }
    let want = ["Merge", "Denial", "Unsure", "tab 1", "notice 0", "closed"];
    assert_eq!(harness.state().as_slice(), want);
}

#[test]
fn a_question_is_answered_by_keys() {
    for (key, disabled, want) in [
        (egui::Key::Enter, None, vec!["1"]),
        (egui::Key::Escape, None, vec!["0"]),
        (egui::Key::Enter, Some("type the name first"), vec![]),
    ] {
        let mut harness = pressed(move |ui, log| {
            let answers = [
                ModalAnswer::new("Keep", AnswerKind::Cancel),
                ModalAnswer { disabled, ..ModalAnswer::new("Delete", AnswerKind::Primary) },
            ];
            let given = modal::show(ui.ctx(), "delete", "Delete it?", "It is gone then.", &answers, |_| {});
            log.extend(given.map(|idx| idx.to_string()));
        });
        harness.key_press(key);
        harness.run();
        assert_eq!(harness.state().as_slice(), want.as_slice(), "{key:?}");
    }
}

#[test]
fn a_place_in_the_text_finds_its_sentence() {
    let mut harness = pressed(|ui, log| {
        log.clear();
        let text = NEWS.concat();
        let galley = prose::layout(ui.painter(), &text, fonts::READING, 430.0);
        let sentences: Vec<Sentence<'_>> =
            ranges(&text).into_iter().map(|r| Sentence::new(r, Answer::Unanswered)).collect();
        for (idx, sentence) in sentences.iter().enumerate() {
            for rect in prose::rects(&galley, &sentence.range) {
                let ends = [rect.left_center() + vec2(1.0, 0.0), rect.right_center() - vec2(1.0, 0.0)];
                let found = ends.map(|at| prose::sentence_at(&galley, &sentences, at.to_vec2()));
                if found != [Some(idx); 2] {
                    log.push(format!("{idx}: {found:?}"));
                }
            }
        }
        // In the margin of the second row the fact begins; far right of a row there is nothing.
        let margin = prose::sentence_at(&galley, &sentences, vec2(-27.0, 40.0));
        let beside = prose::sentence_at(&galley, &sentences, vec2(429.0, 10.0 * 28.0 - 5.0));
        log.push(format!("{margin:?} {beside:?}"));
    });
    harness.run();
    assert_eq!(harness.state().as_slice(), ["Some(1) None"]);
}

#[test]
fn odd_text_and_odd_ranges_do_no_harm() {
    let mut harness = Harness::builder()
        .with_size(vec2(300.0, 300.0))
        .allow_missing_glyphs()
        .with_context_setup(|ctx| theme::apply(ctx, ThemeChoice::Dark))
        .build_ui(|ui| {
            let theme = theme::of(ui);
            for (nth, text) in
                ["", " ", "a", "é\u{301}🇵🇹 العربية x", "one\ntwo\n\nthree", "\u{200b}", "ffi ffl"]
                    .iter()
                    .enumerate()
            {
                let galley = prose::layout(ui.painter(), text, fonts::READING, 120.0);
                let l = labels(true);
                let marks = [l.allegation, l.denial];
                let odd = [(0, 0), (0, 1), (3, 2), (1, 500), (700, 900)].map(|(from, to)| from..to);
                let sentences: Vec<Sentence<'_>> = odd
                    .into_iter()
                    .zip([
                        Answer::None,
                        Answer::Labels(&marks),
                        Answer::Labels(&[]),
                        Answer::None,
                        Answer::None,
                    ])
                    .map(|(range, answer)| Sentence {
                        current: nth % 2 == 0,
                        flash: 0.5,
                        note: true,
                        ..Sentence::new(range, answer)
                    })
                    .collect();
                let paragraph = Paragraph {
                    galley: &galley,
                    pos: pos2(60.0, nth as f32 * 30.0),
                    width: 120.0,
                    sentences: &sentences,
                    spans: &[Span { range: 0..usize::MAX, kind: SpanKind::Hit }],
                    margin: true,
                    headline: false,
                };
                prose::paint(ui.painter(), &theme, &paragraph);
                for x in [-20.0, 0.0, 5.0, 500.0] {
                    let _ = prose::sentence_at(&galley, &sentences, vec2(x, 3.0));
                    let _ = prose::char_at(&galley, vec2(x, 3.0));
                }
            }
        });
    harness.run();
}
