//! The case files of the rooms `text` and `formats`: adding a case there needs no Rust.

use allegata::text::segment::segment;

#[test]
fn english_sentences() {
    let cases = include_str!("cases/text/segment-en.txt");
    let mut n_cases = 0;
    let mut wrong = Vec::new();
    for (line_idx, line) in cases.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        n_cases += 1;
        let line = line.replace("\\n", "\n");
        let want: Vec<&str> = line.trim_matches('|').split('|').collect();
        let text = want.concat();
        let got: Vec<&str> = segment(&text).into_iter().map(|sentence| text.get(sentence).unwrap()).collect();
        if got != want {
            wrong.push(format!("line {}: {line}\n  got |{}|", line_idx + 1, got.join("|")));
        }
    }
    assert!(n_cases >= 40, "{n_cases} cases");
    assert!(wrong.is_empty(), "{} of {n_cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}
