//! The colours of labels: the swatches as designed, and fitting ones for any other colour.

use egui::Color32;

use super::{DARK, LIGHT, mix, rgb};

/// The four colours that a label needs in one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelColours {
    /// Margin letter, letter box, outline; text on paper, chrome and both tints.
    pub ink: Color32,
    /// Underline and bars, never text.
    pub mark: Color32,
    /// Tint behind the words.
    pub rest: Color32,
    /// Tint behind the words of the current sentence.
    pub current: Color32,
}

/// A colour that the scheme editor offers; `hex` is what the project file keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swatch {
    pub name: &'static str,
    pub hex: &'static str,
    pub light: LabelColours,
    pub dark: LabelColours,
}

pub const SWATCHES: [Swatch; 7] = [
    Swatch {
        name: "vermilion",
        hex: "#D55E00",
        light: row([0x00A2_3F00, 0x00D5_5E00, 0x00FD_EDE2, 0x00F9_D3B8]),
        dark: row([0x00FF_9E66, 0x00E8_772E, 0x0033_221A, 0x005E_3318]),
    },
    Swatch {
        name: "blue",
        hex: "#0072B2",
        light: row([0x0000_5A8E, 0x0000_72B2, 0x00E3_F0F9, 0x00BF_DFF4]),
        dark: row([0x007C_C3F2, 0x003D_9BDC, 0x001A_2833, 0x0017_466A]),
    },
    Swatch {
        name: "green",
        hex: "#009E73",
        light: row([0x0000_664A, 0x0000_9E73, 0x00E3_F4EC, 0x00B8_E5D2]),
        dark: row([0x005C_D2AA, 0x0022_B287, 0x0018_2B25, 0x0017_4E3D]),
    },
    Swatch {
        name: "rose",
        hex: "#B8568C",
        light: row([0x008F_3D6C, 0x00B8_568C, 0x00F6_E9ED, 0x00EA_CBD9]),
        dark: row([0x00F2_A6CE, 0x00E0_8DBB, 0x0034_282C, 0x0058_3D4A]),
    },
    Swatch {
        name: "amber",
        hex: "#B57A00",
        light: row([0x007A_5200, 0x00B5_7A00, 0x00F6_EDDC, 0x00E7_D2A8]),
        dark: row([0x00F0_BE5A, 0x00D9_A02B, 0x0033_2A18, 0x005A_461C]),
    },
    Swatch {
        name: "sky",
        hex: "#2B8CC4",
        light: row([0x000F_5C87, 0x002B_8CC4, 0x00E6_EFF4, 0x00B3_D4E7]),
        dark: row([0x008F_CBF0, 0x0062_B5E5, 0x0022_2D32, 0x0031_4D5C]),
    },
    Swatch {
        name: "violet",
        hex: "#7A67C0",
        light: row([0x005B_489E, 0x007A_67C0, 0x00EF_EBF3, 0x00D2_CAE6]),
        dark: row([0x00BD_B0F2, 0x009A_88DA, 0x002A_2731, 0x0044_3D58]),
    },
];

/// Contrast that text needs, after WCAG 2.1, 1.4.3.
const TEXT_CONTRAST: f32 = 4.5;
/// Contrast that a line needs, after WCAG 2.1, 1.4.11.
const LINE_CONTRAST: f32 = 3.0;

/// The swatch that is stored as `hex`, if the scheme editor offers it.
pub fn swatch(hex: &str) -> Option<&'static Swatch> {
    let wanted = parse(hex)?;
    SWATCHES.iter().find(|swatch| parse(swatch.hex) == Some(wanted))
}

/// The colours of a label stored as `hex` (`#RRGGBB`); what is no colour is drawn in grey.
pub fn label_colours(hex: &str, dark: bool) -> LabelColours {
    if let Some(known) = swatch(hex) {
        return if dark { known.dark } else { known.light };
    }
    parse(hex).map_or_else(|| none_colours(dark), |colour| derived(colour, dark))
}

/// The colours of *none of these*; its tint at rest is the paper.
pub const fn none_colours(dark: bool) -> LabelColours {
    if dark {
        row([0x00A8_A296, 0x0061_5C54, 0x0018_1715, 0x003A_3731])
    } else {
        row([0x0062_5D54, 0x00B4_AEA3, 0x00FF_FDFA, 0x00E8_E4DC])
    }
}

/// Contrast of two opaque colours, 1 to 21: <https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio>.
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

const fn row([ink, mark, rest, current]: [u32; 4]) -> LabelColours {
    LabelColours { ink: rgb(ink), mark: rgb(mark), rest: rgb(rest), current: rgb(current) }
}

fn parse(hex: &str) -> Option<Color32> {
    let digits = hex.trim().trim_start_matches('#');
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok().map(rgb)
}

fn derived(colour: Color32, dark: bool) -> LabelColours {
    let theme = if dark { DARK } else { LIGHT };
    let (faint, full) = if dark { (0.14, 0.34) } else { (0.12, 0.36) };
    let t = theme.tokens;
    let rest = mix(t.paper, colour, faint);
    // Very light colours in the dark (and very dark ones in the light) give way to the article text.
    let current = (0_u8..=20)
        .map(|step| mix(t.paper, colour, (faint - full).mul_add(f32::from(step) / 20.0, full)))
        .find(|tint| contrast(t.read, *tint) >= TEXT_CONTRAST)
        .unwrap_or(rest);
    LabelColours {
        ink: moved(colour, t.strong, &[rest, current, t.paper, t.chrome, t.selected], TEXT_CONTRAST),
        mark: moved(colour, t.strong, &[rest], LINE_CONTRAST),
        rest,
        current,
    }
}

/// `colour` moved towards `ink` in small steps until it stands out from all `grounds`.
fn moved(colour: Color32, ink: Color32, grounds: &[Color32], want: f32) -> Color32 {
    (0_u8..50)
        .map(|step| mix(colour, ink, f32::from(step) / 50.0))
        .find(|candidate| grounds.iter().all(|ground| contrast(*candidate, *ground) >= want))
        .unwrap_or(ink)
}

fn luminance(colour: Color32) -> f32 {
    let linear = |channel: u8| {
        let c = f32::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.0722_f32
        .mul_add(linear(colour.b()), 0.2126_f32.mul_add(linear(colour.r()), 0.7152 * linear(colour.g())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(what: &str, text: Color32, ground: Color32, want: f32) {
        let got = contrast(text, ground);
        assert!(got >= want, "{what}: {got:.2} is less than {want}");
    }

    #[track_caller]
    fn check_label(hex: &str, dark: bool) {
        let theme = if dark { DARK } else { LIGHT };
        let t = theme.tokens;
        let l = label_colours(hex, dark);
        for ground in [t.paper, t.chrome, t.selected, l.rest, l.current] {
            check(hex, l.ink, ground, 4.5);
        }
        check(hex, t.read, l.rest, 7.0);
        check(hex, t.read, l.current, 4.5);
        check(hex, t.paper, l.ink, 4.5);
        if hex != "none" {
            check(hex, l.mark, l.rest, 2.99);
        }
    }

    #[test]
    fn swatches_keep_their_contrast() {
        for dark in [false, true] {
            for swatch in SWATCHES {
                check_label(swatch.hex, dark);
            }
            check_label("none", dark);
        }
    }

    #[test]
    fn swatches_are_the_colours_that_labels_are_offered() {
        assert_eq!(SWATCHES.map(|swatch| swatch.hex), crate::model::scheme::COLOURS);
    }

    #[test]
    fn any_other_colour_is_made_to_fit() {
        for dark in [false, true] {
            for hex in ["#000000", "#ffffff", "FFFF00", "#ff00ff", "#00ff00", "#0000ff", "#808080", "#D55E01"]
            {
                check_label(hex, dark);
            }
        }
    }

    #[test]
    fn the_stored_colour_is_found_in_any_writing() {
        for hex in ["#D55E00", "d55e00", " #d55E00 "] {
            assert_eq!(swatch(hex).map(|s| s.name), Some("vermilion"));
        }
        for hex in ["", "#D55E0", "red", "#D55E0G", "+D55E0", "#é1234"] {
            assert_eq!(label_colours(hex, false), none_colours(false), "{hex}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let t = LIGHT.tokens;
        let black = mix(t.surface, rgb(0), 1.0);
        assert!((contrast(t.surface, black) - 21.0).abs() < 0.01);
        assert!((contrast(t.surface, t.surface) - 1.0).abs() < 0.001);
    }
}
