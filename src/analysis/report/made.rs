//! With what it was made, out of which files, and how it is made again.

use super::{Block, Cell, Column, Given, Names, Table};

pub(super) fn tell(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let made = given.made;
    blocks.push(Block::Section("Data and software".to_owned()));
    blocks.push(Block::Paragraph(format!(
        "Allegata {}; codebook version {}; project {}. SHA-256 of the project as it was read: {}.",
        made.version,
        given.project.scheme().version,
        given.project.id(),
        made.sha256
    )));
    let mut table =
        Table::new("files", "Files that were read", vec![Column::text("File"), Column::text("SHA-256")]);
    for ((_, sha256), name) in made.files.iter().zip(shown(given)) {
        table.rows.push(vec![Cell::Text(name), Cell::Text(sha256.clone())]);
    }
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    blocks.push(Block::Paragraph("The same files give the same report:".to_owned()));
    blocks.push(Block::Command(command(given)));
    let labels: Vec<&str> = given.worked.matrix.labels().iter().map(String::as_str).collect();
    blocks.push(Block::Paragraph(
        "The raw matrix has a row a sentence and a column a coder. The coefficients come out of it again:"
            .to_owned(),
    ));
    blocks.push(Block::Command(format!(
        "allegata agreement --matrix matrix.csv --labels {}",
        quoted(&labels.join(","))
    )));
}

/// The names of the files. Beside pseudonyms several files are numbered: they may be called after their coders.
fn shown(given: &Given<'_>) -> Vec<String> {
    let files = &given.made.files;
    let is_numbered = matches!(given.names, Names::Pseudonyms(_)) && files.len() > 1;
    let names =
        (1..).zip(files).map(
            |(number, (name, _))| {
                if is_numbered { format!("file-{number}.allegata.ron") } else { name.clone() }
            },
        );
    names.collect()
}

/// How the report is made again.
fn command(given: &Given<'_>) -> String {
    let mut words = vec!["allegata report".to_owned()];
    let file =
        |name: &String| quoted(&if name.starts_with('-') { format!("./{name}") } else { name.clone() });
    words.extend(shown(given).iter().map(file));
    if !given.made.filter.is_empty() {
        // What begins with a dash would be another option.
        words.push(format!("--articles={}", quoted(&given.made.filter)));
    }
    words.extend(given.made.options.iter().cloned());
    if given.is_real() {
        words.push("--names real".to_owned());
    }
    words.push("-o report.html".to_owned());
    words.join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-/,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(
            ["a-b.ron", "a b", "", "it's", "$(x)", "a,b", "a|b"].map(quoted),
            ["a-b.ron", "'a b'", "''", "'it'\\''s'", "'$(x)'", "a,b", "'a|b'"]
        );
    }
}
