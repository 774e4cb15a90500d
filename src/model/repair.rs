//! Repairing sentences by hand: one joined with the next, one split in two. The text never changes, and everybody's rows follow as
//! [`crate::model::boundaries`] says.

use crate::model::article::{Article, Sentence};
use crate::model::boundaries::{self, Resplit};
use crate::model::ids::{ArticleId, Span};
use crate::model::project::{Project, Refusal};
use crate::text::offsets::cuts_character;

/// Why sentences stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unrepaired {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("sentence #{0} is the last of its paragraph, and no sentence goes over two")]
    EndOfParagraph(usize),
    #[error(
        "there is nothing of sentence #{1} on one side of {0}\0hint: its second part begins between {2} and {3}"
    )]
    NoPart(u32, usize, u32, u32),
    #[error("place {0} is inside a character")]
    InsideCharacter(u32),
}

/// Joins a sentence with the next of its paragraph. What is set aside alone is set aside no more, unless both are.
pub fn join(project: &Project, id: &ArticleId, span: Span) -> Result<Option<Resplit>, Unrepaired> {
    let (article, idx, first) = found(project, id, span)?;
    let next = article.sentences().get(idx + 1).filter(|_| article.paragraph(idx).contains(&(idx + 1)));
    let next = next.ok_or(Unrepaired::EndOfParagraph(idx + 1))?;
    let of = if first.is_aside() { next } else { first };
    let joined = Sentence {
        span: Span::new(first.span.start, next.span.end),
        bytes: first.bytes.start..next.bytes.end,
        kind: of.kind.clone(),
        extra: None,
    };
    instead(project, article, idx, 2, [joined])
}

/// Splits a sentence in two; the second begins at `at`, code points of the article's text. White space there stays with the
/// first.
pub fn split(project: &Project, id: &ArticleId, span: Span, at: u32) -> Result<Option<Resplit>, Unrepaired> {
    let (article, idx, whole) = found(project, id, span)?;
    let words = article.words_of(whole);
    let n_before = at.saturating_sub(span.start) as usize;
    let from = words.char_indices().nth(n_before).map_or(words.len(), |(byte, _)| byte);
    let first = words.get(..from).unwrap_or_default().trim_end();
    let second = words.get(from..).unwrap_or_default().trim_start();
    if first.is_empty() || second.is_empty() {
        return Err(Unrepaired::NoPart(at, idx + 1, span.start + 1, span.end.saturating_sub(1)));
    }
    let begins = words.len() - second.len();
    if cuts_character(words, begins) {
        return Err(Unrepaired::InsideCharacter(at));
    }
    let n_chars = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let n_bytes = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
    let part = |span: Span, bytes| Sentence { span, bytes, kind: whole.kind.clone(), extra: None };
    let bytes = whole.bytes.clone();
    let parts = [
        part(Span::new(span.start, span.start + n_chars(first)), bytes.start..bytes.start + n_bytes(first)),
        part(Span::new(span.end - n_chars(second), span.end), bytes.end - n_bytes(second)..bytes.end),
    ];
    instead(project, article, idx, 1, parts)
}

fn found<'a>(
    project: &'a Project,
    id: &ArticleId,
    span: Span,
) -> Result<(&'a Article, usize, &'a Sentence), Refusal> {
    let article = project.article(id).ok_or_else(|| Refusal::NoArticle(id.clone()))?;
    let idx = article.idx_of(span);
    let sentence = idx.and_then(|idx| Some((idx, article.sentences().get(idx)?)));
    let (idx, sentence) = sentence.ok_or_else(|| Refusal::NoSentence(span, id.clone()))?;
    Ok((article, idx, sentence))
}

/// Other sentences in place of `n` from `idx` on.
fn instead(
    project: &Project,
    article: &Article,
    idx: usize,
    n: usize,
    other: impl IntoIterator<Item = Sentence>,
) -> Result<Option<Resplit>, Unrepaired> {
    let mut to = article.sentences().to_vec();
    to.splice(idx..idx + n, other);
    Ok(boundaries::resplit(project, &article.id, to)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mending;
    use crate::model::sketch;

    fn drawn(drawing: &str) -> Project {
        sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap()
    }

    fn a() -> ArticleId {
        ArticleId::new("a")
    }

    fn span(project: &Project, idx: usize) -> Span {
        project.article(&a()).unwrap().sentences()[idx].span
    }

    /// The sentences, each with its kind and Anna's answer.
    fn shown(project: &Project) -> String {
        let id = a();
        let article = project.article(&id).unwrap();
        let sheet = project.sheets_for(&id).next();
        let row = |sentence: &Sentence| {
            let coding = sheet.and_then(|sheet| sheet.coding(sentence.span));
            let said = coding.map_or(String::new(), |coding| {
                format!(" [{}{}]", coding.labels_cell(), if coding.check { " !" } else { "" })
            });
            let kind = sentence.kind.as_ref().map(|kind| format!("<{kind}>")).unwrap_or_default();
            format!("{kind}{}{said}", article.words_of(sentence))
        };
        article.sentences().iter().map(row).collect::<Vec<_>>().join(" | ")
    }

    /// Does it, and takes it back on the way.
    fn then(project: &mut Project, plan: Result<Option<Resplit>, Unrepaired>) {
        let before = project.clone();
        let inverse = project.apply(plan.unwrap().unwrap().action).unwrap();
        let mut back = project.clone();
        back.apply(inverse).unwrap();
        assert_eq!(back, before);
    }

    #[test]
    fn a_sentence_is_joined_with_the_next_of_its_paragraph() {
        let mut project = drawn("Mr. [fact] Ode ran. [fact] He fell. [none]\n\nOn. [fact]");
        let plan = join(&project, &a(), span(&project, 0));
        then(&mut project, plan);
        assert_eq!(shown(&project), "Mr. Ode ran. [fact] | He fell. [none] | On. [fact]");
        let last = span(&project, 1);
        assert_eq!(join(&project, &a(), last), Err(Unrepaired::EndOfParagraph(2)));
        let end = span(&project, 2);
        assert_eq!(join(&project, &a(), end), Err(Unrepaired::EndOfParagraph(3)));
    }

    #[test]
    fn what_is_aside_alone_comes_back_with_its_neighbour() {
        let check = |aside: &[usize], want: &str| {
            let mut project = drawn("One. [] Two. [] Three. []");
            for idx in aside {
                let plan = mending::kind(&project, &a(), span(&project, *idx), "aside").unwrap().unwrap();
                project.apply(plan.action).unwrap();
            }
            let plan = join(&project, &a(), span(&project, 0));
            then(&mut project, plan);
            assert_eq!(shown(&project), want, "{aside:?}");
        };
        check(&[0], "One. Two. | Three.");
        check(&[1], "One. Two. | Three.");
        check(&[0, 1], "<aside>One. Two. | Three.");
    }

    #[test]
    fn a_sentence_is_split_where_its_second_part_begins() {
        let check = |at: u32, want: &str| {
            let mut project = drawn("Ja. [] Naïve 👍🏽 men ran he fell. [denial]");
            let plan = split(&project, &a(), span(&project, 1), at);
            then(&mut project, plan);
            assert_eq!(shown(&project), want, "{at}");
            let back = join(&project, &a(), span(&project, 1));
            then(&mut project, back);
            assert_eq!(span(&project, 1), Span::new(4, 29));
        };
        check(21, "Ja. | Naïve 👍🏽 men ran [denial !] | he fell. [denial !]");
        // The white space before it stays with the first.
        check(20, "Ja. | Naïve 👍🏽 men ran [denial !] | he fell. [denial !]");
        check(10, "Ja. | Naïve [denial !] | 👍🏽 men ran he fell. [denial !]");
    }

    #[test]
    fn no_part_is_empty_and_no_character_is_cut() {
        let project = drawn("Ja. [] Naïve 👍🏽 men ran. [denial]");
        let at = |at: u32| split(&project, &a(), span(&project, 1), at);
        for nowhere in [0, 4, 21, u32::MAX] {
            assert!(matches!(at(nowhere), Err(Unrepaired::NoPart(..))), "{nowhere}: {:?}", at(nowhere));
        }
        assert_eq!(at(11), Err(Unrepaired::InsideCharacter(11)));
        let elsewhere = Span::new(1, 3);
        assert_eq!(split(&project, &a(), elsewhere, 2), Err(Refusal::NoSentence(elsewhere, a()).into()));
    }
}
