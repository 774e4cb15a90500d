//! The type: Noto Sans in two weights, bundled, and every size that the window uses.
//!
//! Whatever Noto Sans lacks is looked for in egui's fonts and then in those of the computer.

use std::ops::Range;
use std::sync::Arc;

use egui::epaint::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, Galley, Painter, RichText};

/// Name of the family of the bold face.
pub const BOLD: &str = "bold";

/// One row of the type table: size and line height in points, and the weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    pub size: f32,
    pub line: f32,
    pub weight: Weight,
    /// Extra space between letters.
    pub spacing: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

pub const READING: Type = Type::regular(17.0, 28.0);
pub const READING_WIDE: Type = Type::regular(18.0, 30.0);
pub const READING_REVIEW: Type = Type::regular(16.0, 26.0);
pub const HEADLINE: Type = Type { spacing: -0.1, ..Type::strong(24.0, 32.0) };
pub const SCREEN_TITLE: Type = Type::strong(15.0, 22.0);
pub const FIGURE: Type = Type::strong(28.0, 36.0);
pub const INTERFACE: Type = Type::regular(13.0, 20.0);
pub const INTERFACE_BOLD: Type = Type::strong(13.0, 20.0);
pub const LIST_TITLE: Type = Type::regular(13.0, 18.0);
pub const LIST_TITLE_BOLD: Type = Type::strong(13.0, 18.0);
pub const SMALL: Type = Type::regular(12.0, 16.0);
pub const SMALL_BOLD: Type = Type::strong(12.0, 16.0);
pub const KEYCAP: Type = Type::regular(11.0, 16.0);
pub const LETTER: Type = Type::strong(12.5, 16.0);
/// Where several stand in one row.
pub const LETTER_SMALL: Type = Type::strong(11.0, 13.0);
/// A letter that nobody has given yet.
pub const LETTER_PALE: Type = Type::regular(12.5, 16.0);
pub const PALETTE: Type = Type::regular(16.0, 24.0);
pub const WORDMARK: Type = Type { spacing: -0.6, ..Type::strong(40.0, 48.0) };
/// Lead text under the wordmark.
pub const LEAD: Type = Type::regular(15.0, 24.0);

/// Gives the context the bundled fonts; the same on every computer before any font of its own is asked.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
}

pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &[u8]); 2] = [
        ("NotoSans-Regular", include_bytes!("../../assets/fonts/NotoSans-Regular.ttf")),
        ("NotoSans-Bold", include_bytes!("../../assets/fonts/NotoSans-Bold.ttf")),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let regular = fonts.families.entry(FontFamily::Proportional).or_default();
    regular.insert(0, "NotoSans-Regular".to_owned());
    // Arrows and other signs that neither Noto Sans nor egui's own proportional faces have.
    regular.push("Hack".to_owned());
    let mut bold = regular.clone();
    bold.insert(0, "NotoSans-Bold".to_owned());
    fonts.families.insert(FontFamily::Name(BOLD.into()), bold);
    fonts
}

impl Type {
    pub const fn regular(size: f32, line: f32) -> Self {
        Self { size, line, weight: Weight::Regular, spacing: 0.0 }
    }

    pub const fn strong(size: f32, line: f32) -> Self {
        Self { size, line, weight: Weight::Bold, spacing: 0.0 }
    }

    /// The reading size that a person set, in points, with the line height that belongs to it.
    pub fn reading(size: f32) -> Self {
        Self::regular(size, (size * 28.0 / 17.0).round())
    }

    /// The same size and line in the bold face.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    pub fn font(self) -> FontId {
        let family = match self.weight {
            Weight::Regular => FontFamily::Proportional,
            Weight::Bold => FontFamily::Name(BOLD.into()),
        };
        FontId::new(self.size, family)
    }

    pub fn format(self, colour: Color32) -> TextFormat {
        TextFormat {
            line_height: Some(self.line),
            extra_letter_spacing: self.spacing,
            ..TextFormat::simple(self.font(), colour)
        }
    }

    /// For egui's own labels and buttons.
    pub fn rich(self, text: impl Into<String>, colour: Color32) -> RichText {
        RichText::new(text)
            .font(self.font())
            .line_height(Some(self.line))
            .extra_letter_spacing(self.spacing)
            .color(colour)
    }

    /// Text that wraps at `width` points; line breaks in it are kept.
    pub fn job(self, text: &str, colour: Color32, width: f32) -> LayoutJob {
        let mut job = LayoutJob::single_section(text.to_owned(), self.format(colour));
        job.wrap = TextWrapping::wrap_at_width(width);
        job
    }

    /// Lays text out in rows of at most `width` points.
    pub fn wrapped(self, painter: &Painter, text: &str, colour: Color32, width: f32) -> Arc<Galley> {
        painter.layout_job(self.job(text, colour, width))
    }

    /// The same under any rule of wrapping, with `ground` behind places in it: bytes, in order.
    pub fn marked(self, text: &str, ink: Color32, places: &[Range<usize>], ground: Color32) -> LayoutJob {
        let plain = self.format(ink);
        let marked = TextFormat { background: ground, ..plain.clone() };
        let (mut job, mut at) = (LayoutJob::default(), 0);
        for place in places {
            // Of a text that was changed since, places may be none any more.
            let Some((before, words)) = text.get(at..place.start).zip(text.get(place.clone())) else {
                continue;
            };
            job.append(before, 0.0, plain.clone());
            job.append(words, 0.0, marked.clone());
            at = place.end;
        }
        job.append(text.get(at..).unwrap_or_default(), 0.0, plain);
        job
    }

    /// Lays text out in one row, ended by `…` where `width` ends; the galley's `elided` tells.
    pub fn line(self, painter: &Painter, text: &str, colour: Color32, width: f32) -> Arc<Galley> {
        self.rows(
            painter,
            text,
            colour,
            TextWrapping { max_rows: 1, ..TextWrapping::truncate_at_width(width) },
        )
    }

    /// Lays text out under any rule of wrapping.
    pub fn rows(self, painter: &Painter, text: &str, colour: Color32, wrap: TextWrapping) -> Arc<Galley> {
        let mut job = LayoutJob::single_section(text.to_owned(), self.format(colour));
        job.wrap = wrap;
        painter.layout_job(job)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noto_sans_comes_first_in_both_weights() {
        let fonts = definitions();
        let first = |family| fonts.families.get(&family).and_then(|names| names.first()).cloned();
        assert_eq!(first(FontFamily::Proportional).as_deref(), Some("NotoSans-Regular"));
        assert_eq!(first(FontFamily::Name(BOLD.into())).as_deref(), Some("NotoSans-Bold"));
    }

    #[test]
    fn the_reading_size_brings_its_line() {
        for (size, line) in [(14.0, 23.0), (17.0, 28.0), (18.0, 30.0), (24.0, 40.0)] {
            assert!((Type::reading(size).line - line).abs() < 0.01, "{size}");
        }
    }
}
