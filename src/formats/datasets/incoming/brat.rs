//! A folder of brat: for each article a `.txt` and an `.ann`, in code points.

use crate::analysis::incoming::{Document, Incoming, Left, Mark};
use crate::formats::datasets::incoming::rows::answer;
use crate::formats::datasets::incoming::{Source, Unreadable};
use std::collections::BTreeMap;
use std::ops::Range;

pub(super) fn read(source: &Source<'_>) -> Result<Incoming, Unreadable> {
    let mut incoming = Incoming::default();
    let stem = |name: &str, ending: &str| name.strip_suffix(ending).map(str::to_owned);
    let texts: BTreeMap<String, &[u8]> = source
        .files
        .iter()
        .filter_map(|file| Some((stem(&file.name, ".txt")?, file.bytes.as_slice())))
        .collect();
    let mut n_others = 0;
    for file in source.files {
        source.told.row()?;
        let Some(id) = stem(&file.name, ".ann") else { continue };
        let (mut document, name) = (Document { id: Some(id.clone()), ..Document::default() }, &file.name);
        match texts.get(&id).map(|bytes| std::str::from_utf8(bytes)) {
            Some(Ok(text)) => document.text = Some(text.to_owned()),
            Some(Err(_)) => incoming.left.push(Left::new(0, format!("`{id}.txt` is not UTF-8"))),
            // What a receiver has the text of: the words of the labels find their places.
            None => incoming.notes.push(format!("`{id}.txt` is not there")),
        }
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            incoming.left.push(Left::new(0, format!("`{name}` is not UTF-8")));
            continue;
        };
        let mut marks: BTreeMap<&str, Mark> = BTreeMap::new();
        let mut order = Vec::new();
        for (line, number) in text.lines().zip(1_u64..) {
            let said = match line.chars().next() {
                None => continue,
                Some('T') => text_bound(line, number).map(|(id, mark)| {
                    order.push(id);
                    marks.insert(id, mark);
                }),
                Some('A' | 'M') => attribute(line, &mut marks),
                Some('#') => note(line, &mut marks),
                Some('R' | 'E' | 'N' | '*') => {
                    n_others += 1;
                    Ok(())
                }
                Some(_) => Err("no annotation".to_owned()),
            };
            if let Err(why) = said {
                incoming.left.push(Left::new(number, format!("{why} in `{name}`")));
            }
        }
        document.marks = order.iter().filter_map(|id| marks.remove(id)).collect();
        incoming.documents.push(document);
    }
    if incoming.documents.is_empty() {
        return Err(Unreadable::NoAnnotations);
    }
    if n_others > 0 {
        incoming.notes.push(format!("{n_others} relations, events and the like are not taken"));
    }
    Ok(incoming)
}

/// `T1<TAB>Denial 0 5;8 12<TAB>words`: fragments are one place from the first to the last.
fn text_bound(line: &str, number: u64) -> Result<(&str, Mark), String> {
    let mut parts = line.splitn(3, '\t');
    let (Some(id), Some(middle), quote) = (parts.next(), parts.next(), parts.next()) else {
        return Err("an annotation without a place".to_owned());
    };
    let (label, places) = middle.trim().split_once(' ').ok_or("an annotation without a place")?;
    let mut whole: Option<Range<u64>> = None;
    for fragment in places.split(';') {
        let range = fragment
            .trim()
            .split_once(' ')
            .and_then(|(start, end)| Some(start.parse::<u64>().ok()?..end.trim().parse::<u64>().ok()?));
        let range = range.filter(|range| range.start < range.end).ok_or_else(|| {
            format!(
                "`{}` is no place",
                fragment.trim().chars().filter(|c| *c != '`').take(40).collect::<String>()
            )
        })?;
        whole = Some(whole.map_or(range.clone(), |all| all.start.min(range.start)..all.end.max(range.end)));
    }
    let (labels, unsure) = answer(Some(vec![label.to_owned()]));
    let quote = quote.filter(|quote| !quote.trim().is_empty()).map(str::to_owned);
    Ok((id, Mark { line: number, span: whole, quote, labels, unsure, ..Mark::default() }))
}

/// `A1<TAB>Unsure T1`.
fn attribute(line: &str, marks: &mut BTreeMap<&str, Mark>) -> Result<(), String> {
    let words = line.split_once('\t').map(|(_, rest)| rest).unwrap_or_default();
    let mut words = words.split_whitespace();
    let (Some(name), Some(id)) = (words.next(), words.next()) else { return Err("no attribute".to_owned()) };
    if let Some(mark) = marks.get_mut(id).filter(|_| name.eq_ignore_ascii_case("unsure")) {
        mark.unsure = true;
    }
    Ok(())
}

/// `#1<TAB>AnnotatorNotes T1<TAB>words`.
fn note(line: &str, marks: &mut BTreeMap<&str, Mark>) -> Result<(), String> {
    let mut parts = line.splitn(3, '\t').skip(1);
    let (Some(head), Some(words)) = (parts.next(), parts.next()) else { return Err("no note".to_owned()) };
    let id = head.split_whitespace().nth(1).unwrap_or_default();
    if let Some(mark) = marks.get_mut(id).filter(|_| !words.trim().is_empty()) {
        let before = mark.note.take().map(|note| note + "\n").unwrap_or_default();
        mark.note = Some(before + words);
    }
    Ok(())
}
