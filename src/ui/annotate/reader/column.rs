//! Where the text stands in the reader, in which type, and whether notes have room beside it.

use crate::session::prefs::Settings;
use crate::ui::fonts::{self, Type};
use crate::ui::layout::Form;
use crate::ui::theme;
use egui::{Rangef, Rect};

/// Room for the strip at the right edge, with its pointer.
pub const STRIP: f32 = 32.0;
/// Room for the signs of notes, where the notes themselves have none.
const SIGNS: f32 = 21.0;
/// The narrowest that text and notes become.
const LEAST: f32 = 160.0;
const LEAST_NOTES: f32 = 160.0;

pub struct Column {
    /// Left edge of the text.
    pub left: f32,
    pub width: f32,
    pub kind: Type,
    pub form: Form,
    /// From where to where notes stand; without room for them there are only their signs.
    pub notes: Option<Rangef>,
}

impl Column {
    /// The column in a reader at `place`, in a window that wide.
    pub fn of(settings: &Settings, window_width: f32, place: Rect) -> Self {
        let form = Form::of(window_width);
        let usual = if form == Form::Wide { fonts::READING_WIDE } else { fonts::READING };
        let kind = settings.reading_size.map_or(usual, Type::reading);
        let usual_width = if form == Form::Wide { theme::READER_COLUMN_WIDE } else { theme::READER_COLUMN };
        let wanted = (usual_width * kind.size / usual.size).round();
        let indent = if form == Form::Compact { theme::READER_INDENT_COMPACT } else { theme::READER_INDENT };

        let beside = place.width() - indent - wanted - theme::NOTES_GAP - STRIP;
        let notes_width =
            if form == Form::Wide && beside >= LEAST_NOTES { beside.min(theme::NOTES_WIDTH) } else { 0.0 };
        if notes_width == 0.0 {
            let width = wanted.min(place.width() - indent - SIGNS - STRIP).max(LEAST).floor();
            return Self { left: place.left() + indent, width, kind, form, notes: None };
        }
        let block = wanted + theme::NOTES_GAP + notes_width;
        let left = (place.left() + ((place.width() - block) / 2.0).max(indent)).round();
        let notes = Rangef::new(left + wanted + theme::NOTES_GAP, left + block);
        Self { left, width: wanted, kind, form, notes: Some(notes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::prefs::Panels;
    use egui::{pos2, vec2};

    /// Left edge, width and notes' width in a window of these panels.
    fn column(window: f32, list: f32, inspector: f32, reading_size: Option<f32>) -> (f32, f32, Option<f32>) {
        let place = Rect::from_min_size(pos2(list, 44.0), vec2(window - list - inspector, 600.0));
        let settings = Settings { reading_size, ..Settings::default() };
        let column = Column::of(&settings, window, place);
        let right = column.notes.map_or(column.left + column.width, |notes| notes.max);
        assert!(right + STRIP <= place.right() + 0.01, "{window}: what is read runs into the strip");
        (column.left - list, column.width, column.notes.map(|notes| notes.max - notes.min))
    }

    #[test]
    fn the_column_is_as_designed() {
        assert_eq!(column(1280.0, 264.0, 300.0, None), (72.0, 568.0, None));
        assert_eq!(column(853.0, 0.0, 180.0, None), (52.0, 568.0, None));
        assert_eq!(column(1920.0, 320.0, 340.0, None), (202.0, 600.0, Some(216.0)));
        assert_eq!(column(1280.0, 264.0, 300.0, Some(24.0)), (72.0, 591.0, None));
    }

    #[test]
    fn the_text_keeps_its_place_beside_the_narrowest_inspector() {
        let width = |window: f32| {
            let inspector = Form::of(window).inspector_width(Panels::default(), window);
            column(window, 0.0, inspector, None).1
        };
        // 1280, 1000 and 800 pixels at 200 %.
        assert_eq!((width(640.0), width(500.0), width(400.0)), (355.0, 215.0, 183.0));
    }

    #[test]
    fn notes_give_way_before_the_text_does() {
        assert_eq!(column(1600.0, 320.0, 340.0, None), (72.0, 600.0, Some(196.0)));
        assert_eq!(column(1600.0, 400.0, 340.0, None), (72.0, 600.0, None));
        assert_eq!(column(1600.0, 480.0, 480.0, None), (72.0, 515.0, None));
    }
}
