//! Heights of the list's lines, kept by place from frame to frame. A title is measured when its row comes into view, and a few
//! more in each frame that is drawn anyway; until then it is taken to fill two rows. What is in view stays where it is.

use crate::analysis::filter::Entry;
use crate::model::ids::ArticleId;
use crate::session::Session;
use crate::session::derived::{Derived, Line};
use crate::session::desk::Desk;
use crate::ui::annotate::articles::{GAP, has_bar};
use crate::ui::parts::group_head;
use crate::ui::parts::list_row::{self, Letters};
use egui::Ui;
use std::ops::Range;

/// How many titles outside the view are measured in one frame.
const MOST_MEASURED: usize = 200;
/// How often rows in view may turn out otherwise within one frame.
const MAX_PASSES: usize = 8;

#[derive(Default)]
pub struct Heights {
    /// Of which articles the titles are.
    articles: u64,
    /// Width of each title in one row, by its place among all articles; nothing = not measured.
    titles: Vec<Option<f32>>,
    letters: Option<Letters>,
    /// Of which list and width the rows are.
    list: Option<(u64, u32)>,
    /// Of which state of the project the bars are.
    revision: u64,
    rows: Rows,
    /// Up to which place of the list all titles are measured.
    n_measured: usize,
    /// The article that the list followed last.
    followed: Option<ArticleId>,
    /// The end of a run of chosen articles that it followed last.
    followed_end: Option<ArticleId>,
}

/// The rows of the list, one upon the other.
#[derive(Debug, Default)]
struct Rows {
    rows: Vec<Row>,
    /// Top of each row, and after the last one the whole height.
    tops: Vec<f32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Row {
    /// Rows of its title, 1 or 2; none = not measured.
    title_rows: Option<u8>,
    has_bar: bool,
    is_head: bool,
}

/// A row that stays where it is: its place, and its top from the top of what is seen.
type Held = (usize, f32);

impl Heights {
    /// Arranges the rows for a list of this width and height that is scrolled so far; how far it is to be scrolled, if not so.
    pub fn arrange(&mut self, ui: &Ui, session: &Session, size: (f32, f32), offset: f32) -> Option<f32> {
        let ((width, height), derived) = (size, session.derived());
        let revision = session.desk().map_or(0, Desk::revision);
        let list = (derived.list_revision(), width.to_bits());
        let follow = self.next_to_follow(session);
        let is_same = self.list == Some(list);
        let held = self.rows.first_at(offset).filter(|_| is_same);
        if self.articles != derived.articles_revision() || self.titles.len() != derived.entries().len() {
            self.articles = derived.articles_revision();
            self.titles = vec![None; derived.entries().len()];
        }
        let mut measure =
            Measure { ui, derived, width, titles: &mut self.titles, letters: &mut self.letters };
        if !is_same {
            self.rows = Rows::of((0..derived.n_lines()).map(|line| measure.known(line)).collect());
            self.n_measured = 0;
        } else if self.revision != revision {
            self.rows.mark(derived, revision, self.revision);
        }
        (self.list, self.revision) = (Some(list), revision);
        let more = self.n_measured..(self.n_measured + MOST_MEASURED).min(self.rows.rows.len());
        self.n_measured = more.end;
        self.rows.measure(more, &mut measure);

        let mut at = self.rows.settle(held, offset, height, &mut measure);
        if let Some(place) = follow {
            let (top, bottom) = self.rows.span(place);
            if top < at || bottom > at + height {
                at = self.rows.settle(Some((place, height * 0.3)), top - height * 0.3, height, &mut measure);
            }
        }
        ((at - offset).abs() > 0.01).then_some(at)
    }

    /// The whole height.
    pub fn height(&self) -> f32 {
        self.rows.tops.last().copied().unwrap_or(0.0)
    }

    /// The lines between two heights.
    pub fn in_view(&self, from: f32, to: f32) -> Range<usize> {
        self.rows.in_view(from, to)
    }

    /// Top and bottom of a row, with the gap below it.
    pub fn span(&self, place: usize) -> (f32, f32) {
        self.rows.span(place)
    }

    /// Rows of the title at a line.
    pub fn title_rows(&self, place: usize) -> usize {
        self.rows.rows.get(place).map_or(1, |row| usize::from(row.n_title_rows()))
    }

    /// The line of the article shown, when it is another one than before; else of the end of a run that moved.
    fn next_to_follow(&mut self, session: &Session) -> Option<usize> {
        let (article, end) = (session.view().article.as_ref(), session.view().choice.moving_end());
        let line = |id: &ArticleId| {
            let derived = session.derived();
            derived.line_of(derived.place(id)?)
        };
        let is_other = |id: &&ArticleId, followed: &Option<ArticleId>| followed.as_ref() != Some(*id);
        if end.is_none() {
            self.followed_end = None;
        }
        if let Some(id) = article.filter(|id| is_other(id, &self.followed)) {
            let line = line(id)?;
            self.followed = Some(id.clone());
            return Some(line);
        }
        let id = end.filter(|id| is_other(id, &self.followed_end))?;
        let line = line(id)?;
        self.followed_end = Some(id.clone());
        Some(line)
    }
}

/// What is needed to measure titles.
struct Measure<'a> {
    ui: &'a Ui,
    derived: &'a Derived,
    width: f32,
    titles: &'a mut Vec<Option<f32>>,
    letters: &'a mut Option<Letters>,
}

impl Measure<'_> {
    /// The row at a line of the list, as far as it is known.
    fn known(&self, line: usize) -> Row {
        let Some(Line::Article(place)) = self.derived.line(line) else {
            return Row { title_rows: Some(1), has_bar: false, is_head: true };
        };
        let title = self.derived.listed_idx(place).and_then(|idx| self.titles.get(idx).copied()?);
        Row {
            title_rows: title.map(|natural| list_row::title_rows(natural, self.width)),
            has_bar: self.derived.listed(place).is_some_and(has_bar),
            is_head: false,
        }
    }
}

/// Tells how many rows the title at a line takes.
trait Titles {
    fn title_rows(&mut self, place: usize) -> u8;
}

impl Titles for Measure<'_> {
    fn title_rows(&mut self, line: usize) -> u8 {
        let Some(Line::Article(place)) = self.derived.line(line) else { return 1 };
        let letters = self.letters.get_or_insert_with(|| Letters::of(self.ui));
        let entry: Option<&Entry> = self.derived.listed(place);
        let slot = self.derived.listed_idx(place).and_then(|idx| self.titles.get_mut(idx));
        let Some((entry, slot)) = entry.zip(slot) else { return 1 };
        let natural = *slot.get_or_insert_with(|| letters.width(self.ui, entry.article.shown_title()));
        list_row::title_rows(natural, self.width)
    }
}

impl Row {
    fn n_title_rows(self) -> u8 {
        self.title_rows.unwrap_or(2)
    }

    fn height(self) -> f32 {
        if self.is_head {
            return group_head::HEIGHT + GAP;
        }
        list_row::row_height(usize::from(self.n_title_rows()), self.has_bar) + GAP
    }
}

impl Rows {
    fn of(rows: Vec<Row>) -> Self {
        let mut all = Self { rows, tops: Vec::new() };
        all.stack();
        all
    }

    fn stack(&mut self) {
        self.tops.clear();
        let mut top = 0.0;
        for row in &self.rows {
            self.tops.push(top);
            top += row.height();
        }
        self.tops.push(top);
    }

    /// Gives each row its bar in a new state of the project.
    fn mark(&mut self, derived: &Derived, revision: u64, before: u64) {
        let only = derived.counted_alone_in(revision).filter(|_| before + 1 == revision);
        let line_of = |article| derived.line_of(derived.place(article)?);
        let lines = match only.map(line_of) {
            None => 0..self.rows.len(),
            Some(line) => line.map_or(0..0, |line| line..line + 1),
        };
        let mut changed = false;
        for line in lines {
            let Some(Line::Article(place)) = derived.line(line) else { continue };
            let (Some(row), Some(entry)) = (self.rows.get_mut(line), derived.listed(place)) else {
                continue;
            };
            changed |= row.has_bar != has_bar(entry);
            row.has_bar = has_bar(entry);
        }
        if changed {
            self.stack();
        }
    }

    /// Measures the titles at these places; true if the height of one is not as it was taken to be.
    fn measure(&mut self, places: Range<usize>, titles: &mut impl Titles) -> bool {
        let mut changed = false;
        for place in places {
            let Some(row) = self.rows.get_mut(place).filter(|row| row.title_rows.is_none()) else { continue };
            let before = row.n_title_rows();
            row.title_rows = Some(titles.title_rows(place));
            changed |= row.n_title_rows() != before;
        }
        if changed {
            self.stack();
        }
        changed
    }

    /// Measures what is in view until nothing moves any more; how far the list is to be scrolled then.
    fn settle(&mut self, held: Option<Held>, offset: f32, height: f32, titles: &mut impl Titles) -> f32 {
        let mut at = offset;
        for _ in 0..MAX_PASSES {
            let most = (self.tops.last().copied().unwrap_or(0.0) - height).max(0.0);
            let wanted = held.map_or(offset, |(place, y)| self.span(place).0 - y);
            at = wanted.clamp(0.0, most);
            if !self.measure(self.in_view(at, at + height), titles) {
                break;
            }
        }
        at
    }

    /// The first row that is seen, and where.
    fn first_at(&self, offset: f32) -> Option<Held> {
        let place = self.tops.partition_point(|top| *top <= offset).saturating_sub(1);
        (place < self.rows.len()).then(|| (place, self.span(place).0 - offset))
    }

    fn in_view(&self, from: f32, to: f32) -> Range<usize> {
        let first = self.tops.partition_point(|top| *top <= from).saturating_sub(1);
        let last = self.tops.partition_point(|top| *top <= to).min(self.rows.len());
        first..last.max(first)
    }

    fn span(&self, place: usize) -> (f32, f32) {
        let end = self.tops.last().copied().unwrap_or(0.0);
        let top = |place: usize| self.tops.get(place).copied().unwrap_or(end);
        (top(place), top(place + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Titles of so many rows, the places that were asked for noted.
    struct Drawn(Vec<u8>, Vec<usize>);

    impl Titles for Drawn {
        fn title_rows(&mut self, place: usize) -> u8 {
            self.1.push(place);
            self.0[place]
        }
    }

    fn rows(n: usize) -> (Rows, Drawn) {
        (Rows::of(vec![Row::default(); n]), Drawn(vec![1; n], vec![]))
    }

    #[test]
    fn only_what_is_in_view_is_measured() {
        let (mut rows, mut titles) = rows(10_000);
        let at = rows.settle(None, 0.0, 550.0, &mut titles);
        assert!(at.abs() < 0.01);
        assert_eq!(titles.1, (0..=10).collect::<Vec<_>>(), "rows of 55 points");
        rows.settle(None, 0.0, 550.0, &mut titles);
        assert_eq!(titles.1.len(), 11, "each once");
    }

    #[test]
    fn what_is_in_view_stays_where_it_is() {
        let (mut rows, mut titles) = rows(10_000);
        let offset = rows.span(5_000).0 + 7.0;
        let held = rows.first_at(offset);
        rows.measure(0..1_000, &mut titles);
        let at = rows.settle(held, offset, 550.0, &mut titles);
        assert!(at < offset, "a thousand rows above are lower than they were taken to be");
        assert_eq!(rows.first_at(at).unwrap().0, 5_000);
        assert!((rows.span(5_000).0 - at + 7.0).abs() < 0.5);
    }

    #[test]
    fn the_end_is_the_end_also_where_nothing_was_measured() {
        let (mut rows, mut titles) = rows(2_000);
        let end = rows.tops[2_000] - 550.0;
        let held = rows.first_at(end);
        let at = rows.settle(held, end, 550.0, &mut titles);
        let shown = rows.in_view(at, at + 550.0);
        assert_eq!(shown.end, 2_000);
        assert!(shown.clone().all(|place| rows.rows[place].title_rows == Some(1)), "{shown:?}");
        assert!((at + 550.0 - rows.tops[2_000]).abs() < 0.5);
    }

    #[test]
    fn an_empty_list_has_no_rows() {
        let (mut rows, mut titles) = rows(0);
        assert!(rows.settle(rows.first_at(30.0), 30.0, 550.0, &mut titles).abs() < 0.01);
        assert_eq!((rows.in_view(0.0, 550.0), rows.first_at(0.0)), (0..0, None));
    }
}
