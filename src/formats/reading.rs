//! What every reader of a file says: what it noticed and went on, and why it gave nothing.

/// An article with more text is refused.
pub const MAX_ARTICLE_BYTES: usize = 32 << 20;

/// Something a reader noticed and went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning(pub String);

/// Why there is no article in these bytes. A reader never fails for what a text says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("the file is empty\0hint: look at the file that it was copied from")]
    Empty,
    #[error("there are no words in the file\0hint: open it in an editor and see what it holds")]
    NoWords,
    #[error("this is {what} and cannot be read as text\0hint: save it as plain text (UTF-8) and add that")]
    Binary { what: &'static str },
    #[error(
        "this is {what} that cannot be read, {why}\0hint: open it in the program that made it, and save it again"
    )]
    Broken { what: &'static str, why: String },
    #[error(
        "this is a scan: its {n_pages} {} without text\0hint: have its letters recognised by a program (OCR) and add what that writes",
        if *n_pages == 1 { "page is a picture" } else { "pages are pictures" }
    )]
    Scan { n_pages: usize },
    #[error(
        "this is {what}, which this program was built without\0hint: save it as plain text (UTF-8) and add that, or build the program with the feature `{feature}`"
    )]
    BuiltWithout { what: &'static str, feature: &'static str },
    #[error("this is an old office document\0hint: save it as `.docx` and add that")]
    OldOffice,
    #[error("the encoding `UTF-32` cannot be read\0hint: save the file as UTF-8")]
    Utf32,
    #[error(
        "there is no column with the text, it has {there}\0hint: `--map text=NAME` names the one that holds it; a list of \
         addresses, as of Media Cloud, has none"
    )]
    NoTextColumn { there: String },
    #[error(
        "there is no column `{name}`, it has {there}\0hint: `--map` takes names as they stand in the file"
    )]
    NoSuchColumn { name: String, there: String },
    #[error("this is a dataset of sentences that Allegata wrote\0hint: `allegata import` reads it")]
    Dataset,
    #[error(
        "an article of {n_mib} MiB is too long, the limit is {} MiB\0hint: split the file into its articles",
        MAX_ARTICLE_BYTES >> 20
    )]
    TooLarge { n_mib: usize },
}
