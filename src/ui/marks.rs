//! Labels as they are drawn: letter, colours and line of each, in the theme in force.

use crate::model::coding::Coding;
use crate::model::ids::LabelId;
use crate::model::scheme::Scheme;
use crate::ui::parts::bar::Segment;
use crate::ui::parts::prose::{Answer, Line, Mark};
use crate::ui::theme::{self, Theme};

/// The marks of a scheme's labels, in its order.
pub struct Marks<'a> {
    ids: Vec<&'a LabelId>,
    marks: Vec<Mark<'a>>,
}

impl<'a> Marks<'a> {
    pub fn of(scheme: &'a Scheme, theme: &Theme) -> Self {
        let mark = |label: &'a std::sync::Arc<crate::model::scheme::Label>| Mark {
            letter: &label.letter,
            colours: theme::label_colours(&label.colour, theme.dark),
            line: match label.line.as_str() {
                "dashed" => Line::Dashed,
                "dotted" => Line::Dotted,
                _ => Line::Solid,
            },
        };
        Self {
            ids: scheme.labels.iter().map(|label| &label.id).collect(),
            marks: scheme.labels.iter().map(mark).collect(),
        }
    }

    pub fn get(&self, id: &LabelId) -> Option<&Mark<'a>> {
        let idx = self.ids.iter().position(|other| *other == id)?;
        self.marks.get(idx)
    }

    /// The mark of the label at that place of the scheme.
    pub fn at(&self, idx: usize) -> Option<&Mark<'a>> {
        self.marks.get(idx)
    }

    /// The marks of a coding, to be borrowed by [`answer`].
    pub fn of_coding(&self, coding: Option<&Coding>) -> Vec<Mark<'a>> {
        coding.into_iter().flat_map(|coding| &coding.labels).filter_map(|id| self.get(id).copied()).collect()
    }

    /// A bar of counts in the scheme's order, with what was answered "none" after them.
    pub fn segments(&self, counts: &[u32], n_none: u32, theme: &Theme) -> Vec<Segment> {
        let labels = counts.iter().zip(&self.marks);
        let mut segments: Vec<Segment> = labels
            .map(|(n, mark)| Segment { colour: mark.colours.mark, count: *n as usize })
            .filter(|segment| segment.count > 0)
            .collect();
        if n_none > 0 {
            let colour = theme::none_colours(theme.dark).mark;
            segments.push(Segment { colour, count: n_none as usize });
        }
        segments
    }
}

/// How a coding is drawn.
pub fn answer<'a>(coding: Option<&Coding>, marks: &'a [Mark<'a>]) -> Answer<'a> {
    match coding {
        Some(coding) if coding.is_none() => Answer::None,
        Some(coding) if coding.answered => Answer::Labels(marks),
        _ => Answer::Unanswered,
    }
}

/// What was answered, in words: `allegation and denial, unsure`.
pub fn said(scheme: &Scheme, coding: Option<&Coding>) -> String {
    let Some(coding) = coding else { return "unanswered".to_owned() };
    let names = coding.labels.iter().filter_map(|id| scheme.label(id)).map(|label| label.name.to_lowercase());
    let mut said = match (coding.answered, coding.labels.is_empty()) {
        (false, _) => "unanswered".to_owned(),
        (true, true) => "none of these".to_owned(),
        (true, false) => names.collect::<Vec<_>>().join(" and "),
    };
    if coding.unsure {
        said.push_str(", unsure");
    }
    said
}
