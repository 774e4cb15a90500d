//! Many short texts side by side, so that all that hold some words are found in one go.

use memchr::memmem::Finder;

#[derive(Debug, Default)]
pub struct Shelf {
    all: String,
    /// Where each text ends in `all`, in bytes.
    ends: Vec<usize>,
}

impl Shelf {
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut shelf = Self::default();
        for text in texts {
            shelf.all.push_str(text);
            shelf.ends.push(shelf.all.len());
        }
        shelf
    }

    /// For each text whether it holds `words`, letter by letter.
    pub fn holding(&self, words: &str) -> Vec<bool> {
        let mut holding = vec![words.is_empty(); self.ends.len()];
        let finder = Finder::new(words.as_bytes());
        let mut texts = self.ends.iter().zip(&mut holding).peekable();
        let mut from = 0;
        while let Some(at) = self.all.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let begins = from + at;
            while texts.next_if(|(end, _)| **end <= begins).is_some() {}
            let Some((end, holds)) = texts.peek_mut() else { break };
            if begins + words.len() <= **end {
                **holds = true;
                // Once is enough.
                from = **end;
            } else {
                // The end of one and the beginning of the next.
                from = begins + 1;
            }
        }
        holding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_looked_through_by_itself() {
        let texts =
            ["harbour contracts", "", "our harbour", "council", "contracts", "aaa", "aab", "\u{e9}tat"];
        let shelf = Shelf::of(texts);
        for words in [
            "harbour",
            "our",
            "contracts",
            "contractsour",
            "ab",
            "aab",
            "council",
            "\u{e9}",
            "x",
            "a",
            "t",
            "",
        ] {
            let want: Vec<bool> = texts.iter().map(|text| text.contains(words)).collect();
            assert_eq!(shelf.holding(words), want, "{words}");
        }
        assert!(Shelf::default().holding("a").is_empty());
    }
}
