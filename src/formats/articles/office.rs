//! What office documents have in common: what they say of themselves.

use crate::formats::articles::xml::{Node, walk};
use crate::model::article::Meta;

/// Title, author and language of a document, as its Dublin Core elements have them. When it was made is no date of an
/// article: it is that of a template as often as not.
pub(super) fn properties(bytes: &[u8]) -> Meta {
    let mut meta = Meta::default();
    let mut here: Option<String> = None;
    let mut text = String::new();
    walk(bytes, |node| match node {
        Node::Open(tag) => {
            here = Some(tag.name.to_owned());
            text.clear();
        }
        Node::Text(more) => text.push_str(more),
        Node::Close(name) => {
            let words =
                Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty());
            if here.take().as_deref() == Some(name) {
                let field = match name {
                    "title" => &mut meta.title,
                    "creator" | "initial-creator" => &mut meta.byline,
                    "language" => &mut meta.lang,
                    _ => return text.clear(),
                };
                *field = field.take().or(words);
            }
            text.clear();
        }
    });
    meta
}

#[cfg(test)]
pub(super) mod testing {
    use crate::formats::articles::found::Found;
    use crate::formats::reading::ReadError;
    use std::io::{Cursor, Write as _};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// An archive with these files.
    pub fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// The one article that was read: what is known of it, and its text with the kinds of its sentences.
    pub fn shown(read: Result<Found, ReadError>) -> String {
        let Found { articles, warnings, .. } = read.unwrap();
        assert_eq!((articles.len(), warnings), (1, vec![]));
        let article = &articles[0];
        let meta = &article.meta;
        let known = [
            ("title", &meta.title),
            ("byline", &meta.byline),
            ("outlet", &meta.outlet),
            ("date", &meta.published),
            ("lang", &meta.lang),
        ];
        let known = known.iter().filter_map(|(name, value)| Some(format!("{name}: {}\n", value.as_ref()?)));
        let sentences = article.sentences.iter().map(|sentence| {
            let kind = sentence.kind.map_or_else(String::new, |kind| format!("[{kind}] "));
            kind + article.text.get(sentence.bytes.clone()).unwrap()
        });
        known.collect::<String>() + "\n" + &sentences.collect::<String>()
    }
}
