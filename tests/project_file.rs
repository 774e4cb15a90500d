//! The project file: what is written comes back, what is not known stays, what is damaged is mended or refused with a reason.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fall"
)]

#[path = "../benches/big.rs"]
mod big;
#[path = "support/project.rs"]
mod support;
#[path = "project_file/twin.rs"]
mod twin;

use allegata::formats::project::{self, MAX_BYTES, ProjectError};
use allegata::model::action::{Action, Record};
use allegata::model::article::{Article, tile};
use allegata::model::coding::{Coding, Row};
use allegata::model::ids::{ArticleId, CoderId, LabelId, ProjectId, RecordId, Span, Stamp};
use allegata::model::plan;
use allegata::model::project::Project;
use allegata::model::sheet::{Sheet, SheetKey};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::{GOLDEN, NEWER, sound};

fn anna() -> SheetKey {
    SheetKey { coder: CoderId::new("anna-7f3k"), article: ArticleId::new("0a1b2c3d4e-0001") }
}

#[test]
fn the_first_format_comes_back_byte_for_byte() {
    let loaded = sound(GOLDEN);
    assert_eq!(project::write(&loaded.project), GOLDEN);
    assert_eq!((loaded.format, loaded.read_only), (1, None));
    let project = loaded.project;
    let coding = project.coding(&anna(), Span::new(53, 115)).unwrap();
    assert_eq!(coding.labels_cell(), "allegation|denial");
    assert_eq!(coding.note.as_deref(), Some("who?\nand \"how\""));
    assert_eq!(coding.at, Some(Stamp(1_795_428_672)));
    assert!(coding.unsure && coding.check);
    let article = project.article(&anna().article).unwrap();
    assert_eq!(article.words_of(&article.sentences()[3]), "“Not a cent,” he said at the gate 👍🏽.");
    assert_eq!(article.sentences()[0].kind.as_deref(), Some("headline"));
    assert_eq!(article.meta.words, Some(24));
    assert_eq!(project.articles().map(|a| a.intact).collect::<Vec<_>>(), [true, false]);
    assert_eq!(project.links().count() + project.decisions().count() + project.comments().count(), 5);
    assert_eq!(
        project.conflicts()[0].theirs.as_ref().and_then(|c| c.coding()).map(|c| c.answered),
        Some(false)
    );
}

#[test]
fn a_newer_file_keeps_every_byte() {
    let loaded = sound(NEWER);
    assert_eq!(project::write(&loaded.project), NEWER);
    assert_eq!((loaded.format, loaded.read_only), (2, None));
    let closed = NEWER.replace("writers_from: 1", "writers_from: 2");
    let loaded = sound(&closed);
    assert_eq!(project::write(&loaded.project), closed);
    assert_eq!(loaded.read_only, Some(2));
}

/// The section stands last, so that a program that does not know it keeps it byte for byte, as it does `sources` of the
/// newer file.
#[test]
fn abbreviations_of_a_project_come_back_line_by_line() {
    let section = "never_end_after: [\n\"z. B.\",\n\"Abg\",\n\"Az.\",\n],\n";
    for (golden, last) in [(GOLDEN, ")\n"), (NEWER, "sources: [\n")] {
        let at = golden.rfind(last).unwrap();
        let text = format!("{}{section}{}", &golden[..at], &golden[at..]);
        let project = sound(&text).project;
        assert_eq!(project.never_end_after(), ["z. B.", "Abg", "Az."]);
        assert_eq!(project::write(&project), text);
        assert!(project != sound(golden).project);
        assert_eq!(project.copy_as(ProjectId::new("copy")).never_end_after(), project.never_end_after());
    }
    let empty = GOLDEN.replace("conflicts: [", "never_end_after: [],\nconflicts: [");
    assert_eq!(project::write(&sound(&empty).project), GOLDEN);
    let by_hand = GOLDEN.replace("coders: [", "never_end_after: [\"Abg\", \"Az.\"], coders: [");
    assert!(
        project::write(&sound(&by_hand).project).ends_with("never_end_after: [\n\"Abg\",\n\"Az.\",\n],\n)\n")
    );
}

/// Before what a newer version has, so that a program that does not know the section keeps it byte for byte.
#[test]
fn draws_of_a_project_come_back_article_by_article() {
    let draw = "(id: \"r1\", by: \"anna-7f3k\", at: \"2026-11-23T10:11:16Z\", seed: 18446744073709551615, size: 2, of: 2, \
                strata: [\"outlet\", \"month\"], articles: [\n\"0a1b2c3d4e-0001\",\n\"9f8e7d6c5b-00ff\",\n], zz: 1),\n";
    let alone = "(id: \"r2\", seed: 0, size: 0, of: 0, articles: []),\n";
    let section = format!("draws: [\n{draw}{alone}],\n");
    for (golden, last) in [(GOLDEN, ")\n"), (NEWER, "sources: [\n")] {
        let at = golden.rfind(last).unwrap();
        let text = format!("{}{section}{}", &golden[..at], &golden[at..]);
        let project = sound(&text).project;
        let drawn = project.draw(&RecordId::new("r1")).unwrap();
        assert_eq!((drawn.seed, drawn.size, drawn.of, drawn.articles.len()), (u64::MAX, 2, 2, 2));
        assert_eq!(drawn.at, Some(Stamp(1_795_428_676)));
        assert_eq!(project::write(&project), text);
        assert!(project != sound(golden).project);
    }
    let empty = GOLDEN.replace("conflicts: [", "draws: [],\nconflicts: [");
    assert_eq!(project::write(&sound(&empty).project), GOLDEN);
}

#[test]
fn imports_of_a_project_come_back_file_by_file() {
    let import = "(id: \"i1\", by: \"anna-7f3k\", at: \"2026-11-23T10:11:16Z\", program: \"0.2.0\", files: [\n\
                  (name: \"a/Größe.docx\", sha256: \"ab\", layout: \"nexis-uni\", announced: 4, found: 3, taken: 1, \
                  warnings: [\"2 lines cut\", \"odd\"], zz: 1),\n(name: \"b.txt\", found: 0, taken: 0),\n], left: [\n\
                  (file: \"a/Größe.docx\", place: \"2\", title: \"Fire\\nat Lynd\", why: \"no text\", zz: [2]),\n\
                  (file: \"b.txt\", why: \"empty\"),\n], zz: Some(3)),\n";
    let section = format!("imports: [\n{import}(id: \"i2\"),\n],\n");
    for (golden, last) in [(GOLDEN, ")\n"), (NEWER, "sources: [\n")] {
        let at = golden.rfind(last).unwrap();
        let text = format!("{}{section}{}", &golden[..at], &golden[at..]);
        let project = sound(&text).project;
        let import = project.import(&RecordId::new("i1")).unwrap();
        assert_eq!((import.n_found(), import.n_taken(), import.left.len()), (3, 1, 2));
        assert_eq!((import.at, import.program.as_str()), (Some(Stamp(1_795_428_676)), "0.2.0"));
        assert_eq!(import.files[0].warnings, ["2 lines cut", "odd"]);
        assert_eq!(project::write(&project), text);
        assert!(project != sound(golden).project);
    }
    let empty = GOLDEN.replace("conflicts: [", "imports: [],\nconflicts: [");
    assert_eq!(project::write(&sound(&empty).project), GOLDEN);
}

/// More than a list of texts may have, read as fast as anything of ours.
#[test]
fn a_draw_of_very_many_articles_is_read_as_fast_as_the_rest() {
    let name = |n: usize| format!("\"{n:010x}-0001\",\n");
    let drawn: String = (0..70_000).map(name).collect();
    let section = format!("draws: [\n(id: \"r1\", seed: 7, size: 1, of: 1, articles: [\n{drawn}]),\n],\n)\n");
    let text = format!("{}{section}", GOLDEN.strip_suffix(")\n").unwrap());
    let begin = Instant::now();
    let loaded = project::read(text.as_bytes()).unwrap();
    assert!(
        loaded.mends[0].to_string().contains("names 70000 articles that are not there"),
        "{:?}",
        loaded.mends
    );
    let again = project::write(&loaded.project);
    assert!(again.contains("\"000001116f-0001\"") && again.contains("articles_as_written"));
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

#[test]
fn a_large_project_comes_back() {
    let big = big::project(150, 12, &[1, 4]);
    let text = project::write(&big);
    let loaded = sound(&text);
    assert!(loaded.project == big);
    assert!(project::write(&loaded.project) == text);
}

#[test]
fn relabelling_is_one_line_and_keeps_what_is_not_known() {
    let mut project = sound(NEWER).project;
    let span = Span::new(53, 115);
    let coding = project.coding(&anna(), span).unwrap().clone();
    let to = Some(Coding { labels: [LabelId::new("denial")].into(), at: Some(Stamp(0)), ..coding });
    let back = project.apply(Action::Coding { key: anna(), span, to }).unwrap();
    let text = project::write(&project);
    assert_eq!(text.lines().count(), NEWER.lines().count());
    let changed: Vec<_> = text.lines().zip(NEWER.lines()).filter(|(new, old)| new != old).collect();
    assert_eq!(changed.len(), 1);
    assert!(
        changed[0].0.contains(r#"labels: ["denial"]"#) && changed[0].0.contains("marks: ["),
        "{changed:?}"
    );
    project.apply(back).unwrap();
    assert_eq!(project::write(&project), NEWER);
    let gone = project.apply(Action::Coding { key: anna(), span: Span::new(0, 37), to: None });
    gone.unwrap();
    assert_eq!(project::write(&project).lines().count(), NEWER.lines().count() - 1);
}

#[test]
fn unknown_fields_survive_in_every_record() {
    let source = "(new: [1,\n // why\n Some(\"\\\"\")], r#a-b: {\"k\": 'c'})";
    let at: Vec<usize> = record_starts(GOLDEN);
    assert!(at.len() > 30, "{}", at.len());
    for at in at {
        let text = format!("{}zz: {source}, r#with-dash: 5,{}", &GOLDEN[..at], &GOLDEN[at..]);
        let project = sound(&text).project;
        let written = project::write(&project);
        assert!(
            written.contains(&format!("zz: {source}")) && written.contains("r#with-dash: 5"),
            "{written}"
        );
        assert_eq!(project::write(&sound(&written).project), written);
    }
}

/// Places just behind the bracket that begins a record.
fn record_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut in_text, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            '(' if !in_text => starts.push(at + 1),
            _ => {}
        }
    }
    starts
}

#[test]
fn every_character_comes_back_in_notes_and_texts() {
    let all: String = ('\0'..=char::MAX).filter(|c| !c.is_whitespace()).collect();
    let spaces: String = ('\0'..=char::MAX).filter(|c| c.is_whitespace()).collect();
    let mut project = sound(GOLDEN).project;
    for chunk in all.chars().collect::<Vec<_>>().chunks(16_000) {
        let note: String = chunk.iter().chain(&spaces.chars().collect::<Vec<_>>()).collect();
        let to = Some(Coding { answered: true, note: Some(note.into()), ..Coding::default() });
        project.apply(Action::Coding { key: anna(), span: Span::new(0, 37), to }).unwrap();
        assert!(sound(&project::write(&project)).project == project);
    }
    let mut comment = project.comments().next().unwrap().clone();
    comment.text = format!("{all}{spaces}");
    project.apply(Action::Record(Record::Comment { id: comment.id.clone(), to: Some(comment) })).unwrap();
    let written = project::write(&project);
    assert!(!written.contains(['\u{202E}', '\u{200B}', '\u{FEFF}', '\r', '\u{85}', '\u{1B}']));
    assert!(written.contains('\u{200D}') && written.contains('\u{301}'));
    assert!(sound(&written).project == project);
}

/// What a reader says of bytes that it cannot open.
fn refused(bytes: &[u8]) -> ProjectError {
    let error = project::read(bytes).unwrap_err();
    let says = error.to_string();
    assert!(!says.ends_with('.') && (says.contains("\0hint: ")), "{says}");
    error
}

#[test]
fn what_is_no_project_is_refused_with_a_reason() {
    let not_utf8 = [b"// one\n(format: 1, title: \"".as_slice(), &[0xE9], b"\")"].concat();
    let utf16: Vec<u8> = GOLDEN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(b""), ProjectError::Empty);
    assert_eq!(refused("\u{FEFF} \n".as_bytes()), ProjectError::Empty);
    assert_eq!(refused(&vec![0; MAX_BYTES + 1]), ProjectError::TooLarge(MAX_BYTES + 1));
    assert_eq!(refused(&not_utf8), ProjectError::NotUtf8 { byte: 27, line: 2 });
    assert_eq!(refused(&utf16), ProjectError::Utf16);
    assert_eq!(refused(&[&[0xFF, 0xFE], utf16.as_slice()].concat()), ProjectError::Utf16);
    let conflict = GOLDEN.replacen("// 0-37", "<<<<<<< HEAD\n// 0-37", 1);
    let line = conflict.lines().position(|line| line.starts_with('<')).unwrap() + 1;
    assert_eq!(refused(conflict.as_bytes()), ProjectError::GitConflict { line });
    assert_eq!(refused(b"<<<<<<< ours\n"), ProjectError::GitConflict { line: 1 });
    let newer = GOLDEN
        .replace("format: 1, writers_from: 1", "format: 7, writers_from: 7")
        .replace("scheme:", "plan:");
    assert!(matches!(refused(newer.as_bytes()), ProjectError::Newer { format: 7, .. }));
}

#[test]
fn syntax_errors_say_where() {
    for (text, says) in [
        ("hello", "this is no Allegata project, it begins with `hello`\0hint: "),
        ("{\"a\":\n 1, 2, 3}", "begins with `{\"a\": 1, 2, 3}`"),
        ("(format: 1)", "a record ends here without its `id`"),
        (&GOLDEN.replace("id: \"l1\", ", ""), "58:"),
        (&GOLDEN.replace("by: \"suggestion\"", "by: suggestion"), "35:"),
        (
            &GOLDEN.replace("labels: [\"denial\"], at", "labels: [\"denial\"], labels: [], at"),
            "has its `labels` twice",
        ),
    ] {
        let error = refused(text.as_bytes()).to_string();
        assert!(error.contains(says), "{says}: {error}");
    }
}

#[test]
fn a_truncated_file_is_refused_wherever_it_breaks_off() {
    for part in 0..50 {
        let end = GOLDEN.len() * part / 50;
        let end = GOLDEN.floor_char_boundary(end);
        refused(&GOLDEN.as_bytes()[..end]);
        refused(&GOLDEN.as_bytes()[..end.max(1) - 1]);
    }
    let body = GOLDEN.trim_end();
    refused(&body.as_bytes()[..body.len() - 1]);
}

#[test]
fn bombs_do_not_go_off() {
    let begin = Instant::now();
    let (head, _) = GOLDEN.split_once("coders: [").unwrap();
    let rows = "(),".repeat(3_000_000);
    for section in ["coders", "articles", "sheets", "links", "decisions", "comments", "conflicts"] {
        let error = refused(format!("{head}{section}: [{rows}])").as_bytes()).to_string();
        assert!(error.contains("without its"), "{error}");
    }
    let rows = |rows: &str| format!("{head}sheets: [(coder: \"a\", article: \"b\", rows: [{rows}])])");
    assert!(refused(rows(&"(),".repeat(3_000_000)).as_bytes()).to_string().contains("without its `s`"));
    let texts = format!("{head}sheets: [], tags: [], scheme2: 1, coders: [])")
        .replace("[\"byline\"]", &format!("[{}]", "\"\",".repeat(1_000_000)));
    assert!(refused(texts.as_bytes()).to_string().contains("65536"));
    for (open, close) in [("(", ")"), ("[", "]"), ("Some(", ")"), ("{1:", "}"), ("A(", ")")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        for text in [deep.clone(), format!("{head}new: {deep})"), rows(&format!("(s: \"0-1\", new: {deep})"))]
        {
            assert!(matches!(
                refused(text.as_bytes()),
                ProjectError::Syntax { .. } | ProjectError::NoProject(_)
            ));
        }
    }
    assert!(begin.elapsed() < Duration::from_mins(1));
}

#[test]
fn too_many_labels_or_coders_are_counted() {
    let list = |row: &dyn Fn(usize) -> String, n: usize| (0..n).map(row).collect::<Vec<_>>().join("\n");
    let coders = list(&|n| format!("(id: \"c{n}\"),"), 255);
    let text = GOLDEN.replace("coders: [", &format!("coders: [{coders}"));
    assert_eq!(refused(text.as_bytes()), ProjectError::TooManyCoders(257));
    let labels = list(&|n| format!("(id: \"é{n}\"),"), 4094);
    let text = GOLDEN.replace("labels: [\n", &format!("labels: [{labels}"));
    assert_eq!(refused(text.as_bytes()), ProjectError::TooManyLabels(4097));
    // Named in rows only.
    let rows = list(&|n| format!("(s: \"{n}-{}\", labels: [\"x{n}\"]),", n + 1), 6_000);
    let text = GOLDEN.replace("], kept: [", &format!("], kept: [{rows}"));
    assert_eq!(refused(text.as_bytes()), ProjectError::TooManyLabels(6_003));
    let sheets = list(&|n| format!("(coder: \"x{n}\", article: \"9f8e7d6c5b-00ff\", rows: []),"), 300);
    let text = GOLDEN.replace("sheets: [", &format!("sheets: [{sheets}"));
    assert_eq!(refused(text.as_bytes()), ProjectError::TooManyCoders(302));
}

#[test]
fn other_ways_to_write_the_same_are_read_silently() {
    let reordered = GOLDEN
        .replace("(id: \"ben-q2ma\", name: \"\"),\n", "")
        .replace("coders: [\n", "coders: [\n(name: \"\", id: \"ben-q2ma\"),\n");
    for text in [
        format!("\u{FEFF}{GOLDEN}"),
        GOLDEN.replace('\n', "\r\n"),
        GOLDEN.lines().filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join(" "),
        GOLDEN.replace("👍🏽", "\\u{1F44D}\\u{1F3FD}"),
        reordered,
    ] {
        assert_eq!(project::write(&sound(&text).project), GOLDEN);
    }
}

/// Whether twice as much takes less than three times as long, in one of a few tries: the machine may be busy.
fn grows_with_size<T>(sizes: &[T; 2], work: impl Fn(&T)) -> bool {
    let time = |size: &T| {
        let times = (0..4).map(|_| {
            let begin = Instant::now();
            work(size);
            begin.elapsed()
        });
        times.min().unwrap()
    };
    (0..8).any(|_| {
        let [small, large] = sizes.each_ref().map(time);
        large < small * 3
    })
}

#[test]
fn doubling_the_file_less_than_triples_the_time() {
    let projects = [60, 120].map(|n| big::project(n, 20, &[1, 4]));
    let texts = projects.each_ref().map(project::write);
    assert!(grows_with_size(&projects, |project| drop(project::write(project))));
    assert!(grows_with_size(&texts, |text| drop(project::read(text.as_bytes()))));
    let escapes = [20_000, 40_000].map(|n| GOLDEN.replacen("Ada Quill", &"\\n\\\"".repeat(n), 1));
    assert!(grows_with_size(&escapes, |text| drop(project::read(text.as_bytes()))));
}

/// A sentence of a generated article: words, the white space after them, kind, answer, note.
type Drawn = (String, &'static str, Option<String>, Option<usize>, Option<String>);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let words = "(\\PC|[\u{0}\u{7F}\u{85}\u{200B}\u{202E}\u{FEFF}\"\\\\]){0,9}[^\\s]";
    let space = prop::sample::select(vec![" ", "\n\n", "\n", "\u{A0}\u{2028} ", ""]);
    let text = || prop::option::of("(\\PC|[\\n\\r\\t\u{1B}\"]){0,9}");
    prop::collection::vec((words, space, text(), prop::option::of(0..4_usize), text()), 1..6)
}

/// The first project's articles, and one more of these sentences, answered by both coders.
fn with_article(drawn: &[Drawn]) -> Project {
    let mut project = sound(GOLDEN).project;
    let (mut text, mut ranges) = (String::new(), vec![]);
    for (words, space, kind, ..) in drawn {
        let start = text.len();
        text.push_str(words);
        text.push_str(space);
        ranges.push((start..text.len(), kind.as_deref().map(Arc::from)));
    }
    let sentences = tile(&text, &ranges).unwrap();
    let hash =
        Sha256::digest(text.as_bytes()).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let id = ArticleId::new("5d1f0c9a2b-03fe");
    let article = Article::new(id.clone(), text.into(), sentences.clone(), hash);
    project.apply(plan::add_article(&project, article)).unwrap();
    for coder in ["anna-7f3k", "ben-q2ma"].map(CoderId::new) {
        let key = SheetKey { coder, article: id.clone() };
        let mut sheet = Sheet::new(key.clone(), 2);
        for ((.., label, note), sentence) in drawn.iter().zip(&sentences) {
            let note: Option<Box<str>> = note.as_deref().map(Into::into);
            let labels = ["allegation", "denial", "old"]
                .map(LabelId::new)
                .into_iter()
                .skip(label.unwrap_or(3))
                .collect();
            let coding = Coding { answered: label.is_some(), labels, note, ..Coding::default() };
            if !coding.is_blank() {
                sheet.rows.push(Row { span: sentence.span, coding });
            }
        }
        project.apply(Action::Sheet { key, to: Some(Arc::new(sheet)) }).unwrap();
    }
    project
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(drawn in drawn()) {
        let project = with_article(&drawn);
        let text = project::write(&project);
        let loaded = sound(&text);
        prop_assert!(loaded.project == project);
        prop_assert_eq!(project::write(&loaded.project), text);
    }
}
