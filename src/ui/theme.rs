//! What the window looks like: every colour and distance there is, in light and in dark.
//!
//! Lengths are points. No other file makes a colour; the bans in `clippy.toml` see to it.

mod labels;
mod style;
pub mod vision;

pub use labels::{LabelColours, SWATCHES, Swatch, contrast, label_colours, none_colours, swatch};
pub use style::{ThemeChoice, apply, preference};

use egui::Color32;
use egui::epaint::Shadow;

/// The colours of the chrome, the paper and the states; one value a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Panels and bars.
    pub chrome: Color32,
    /// Reader and forms.
    pub paper: Color32,
    /// Fields, chips, popups.
    pub surface: Color32,
    /// The empty part of a progress bar.
    pub track: Color32,
    /// Lines and card edges.
    pub border: Color32,
    /// Field and button edges.
    pub control: Color32,
    pub strong: Color32,
    pub normal: Color32,
    pub weak: Color32,
    /// Article text.
    pub read: Color32,
    /// Article text of a sentence answered *none*.
    pub read_none: Color32,
    /// Fill of the current sentence without an answer.
    pub current_unlabelled: Color32,
    /// Primary button and tab line.
    pub accent: Color32,
    pub on_accent: Color32,
    pub focus_ring: Color32,
    pub hover: Color32,
    /// Selected row, pressed button.
    pub selected: Color32,
    pub text_selection: Color32,
    pub hit: Color32,
    pub hit_current: Color32,
    pub warning: Color32,
    pub warning_tint: Color32,
    pub error: Color32,
    pub error_tint: Color32,
    pub success: Color32,
    pub success_tint: Color32,
    /// Laid flat over the window behind the palette and dialogs.
    pub shade: Color32,
    pub shadow: Color32,
}

/// The tokens in force and which of the two themes they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    pub tokens: Tokens,
    pub dark: bool,
}

pub const LIGHT: Theme = Theme {
    dark: false,
    tokens: Tokens {
        chrome: rgb(0x00F4_F2EE),
        paper: rgb(0x00FF_FDFA),
        surface: rgb(0x00FF_FFFF),
        track: rgb(0x00E4_E1DA),
        border: rgb(0x00DF_DBD3),
        control: rgb(0x008C_867B),
        strong: rgb(0x001A_1917),
        normal: rgb(0x003A_3733),
        weak: rgb(0x0063_5E55),
        read: rgb(0x0024_221F),
        read_none: rgb(0x0062_5D54),
        current_unlabelled: rgb(0x00ED_EAE3),
        accent: rgb(0x001A_1917),
        on_accent: rgb(0x00FF_FFFF),
        focus_ring: rgb(0x001A_1917),
        hover: rgb(0x00EA_E7E0),
        selected: rgb(0x00E1_DDD4),
        text_selection: rgb(0x00D6_D0C2),
        hit: rgb(0x00FF_EFA6),
        hit_current: rgb(0x00FF_D23F),
        warning: rgb(0x007A_4F00),
        warning_tint: rgb(0x00FF_F2D2),
        error: rgb(0x00A0_1246),
        error_tint: rgb(0x00FC_E7EE),
        success: rgb(0x003A_6418),
        success_tint: rgb(0x00EB_F3E0),
        shade: veil(0x001A_1917, 71),
        shadow: veil(0x001A_1917, 46),
    },
};

pub const DARK: Theme = Theme {
    dark: true,
    tokens: Tokens {
        chrome: rgb(0x0020_1F1C),
        paper: rgb(0x0018_1715),
        surface: rgb(0x0027_2522),
        track: rgb(0x003B_3833),
        border: rgb(0x0035_322D),
        control: rgb(0x0083_7D72),
        strong: rgb(0x00F3_F0E9),
        normal: rgb(0x00D3_CEC4),
        weak: rgb(0x00AE_A89C),
        read: rgb(0x00E2_DED4),
        read_none: rgb(0x00A8_A296),
        current_unlabelled: rgb(0x0034_312C),
        accent: rgb(0x00F3_F0E9),
        on_accent: rgb(0x001A_1917),
        focus_ring: rgb(0x00F3_F0E9),
        hover: rgb(0x0031_2E2A),
        selected: rgb(0x003B_3833),
        text_selection: rgb(0x004A_463E),
        hit: rgb(0x005C_4B0B),
        hit_current: rgb(0x006B_5400),
        warning: rgb(0x00F2_C25B),
        warning_tint: rgb(0x003A_2E12),
        error: rgb(0x00FF_8FB0),
        error_tint: rgb(0x0043_1C29),
        success: rgb(0x00A6_D47B),
        success_tint: rgb(0x0026_331A),
        shade: veil(0x0000_0000, 128),
        shadow: veil(0x0000_0000, 128),
    },
};

/// Distances between things: the scale.
pub const SPACE: [f32; 9] = [4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 32.0, 40.0, 64.0];
pub const PANEL_PADDING: f32 = 16.0;
pub const LIST_PADDING: f32 = 12.0;
pub const TOP_BAR: f32 = 44.0;
pub const STATUS_BAR: f32 = 28.0;
pub const PANEL_HEADER: f32 = 44.0;
pub const SCREEN_HEADER: f32 = 48.0;
pub const FIND_BAR: f32 = 48.0;

pub const CONTROL_HEIGHT: f32 = 30.0;
pub const BAR_CONTROL_HEIGHT: f32 = 28.0;
pub const WELCOME_CONTROL_HEIGHT: f32 = 40.0;
pub const CHIP_HEIGHT: f32 = 34.0;
pub const DECIDE_CHIP_HEIGHT: f32 = 36.0;
pub const KEYCAP_HEIGHT: f32 = 18.0;
pub const PALETTE_ROW_HEIGHT: f32 = 36.0;
pub const MENU_ROW_HEIGHT: f32 = 28.0;
/// Nothing that can be clicked is lower than this.
pub const LEAST_TARGET: f32 = 24.0;

/// Radius of tints and bars.
pub const RADIUS_TINT: u8 = 2;
/// Radius of key caps, letter boxes and the outline of the current sentence.
pub const RADIUS_SMALL: u8 = 4;
/// Radius of controls, rows and cards.
pub const RADIUS: u8 = 6;
/// Radius of a window over the window.
pub const RADIUS_WINDOW: u8 = 8;

pub const STROKE: f32 = 1.0;
pub const STROKE_CURRENT: f32 = 1.75;
pub const STROKE_FOCUS: f32 = 2.0;

pub const LIST_WIDTH: f32 = 264.0;
pub const LIST_WIDTH_WIDE: f32 = 320.0;
pub const INSPECTOR_WIDTH: f32 = 300.0;
pub const INSPECTOR_WIDTH_WIDE: f32 = 340.0;
pub const INSPECTOR_WIDTH_COMPACT: f32 = 180.0;
/// The narrowest that the inspector becomes, and the reader beside it.
pub const INSPECTOR_WIDTH_LEAST: f32 = 112.0;
pub const LEAST_READER: f32 = 288.0;
pub const NOTES_WIDTH: f32 = 216.0;
pub const NOTES_GAP: f32 = 40.0;
/// Window widths from which three columns, and the wide ones, stand.
pub const THREE_COLUMNS_FROM: f32 = 1240.0;
pub const WIDE_FROM: f32 = 1600.0;
/// Below this the inspector is compact.
pub const COMPACT_BELOW: f32 = 980.0;

pub const READER_COLUMN: f32 = 568.0;
pub const READER_COLUMN_WIDE: f32 = 600.0;
/// From the list to where the text starts.
pub const READER_INDENT: f32 = 72.0;
pub const READER_INDENT_COMPACT: f32 = 52.0;
pub const PARAGRAPH_GAP: f32 = 16.0;

pub const PALETTE_WIDTH: f32 = 600.0;
pub const PALETTE_TOP: f32 = 92.0;

/// The theme that this part of the window is drawn in.
pub fn of(ui: &egui::Ui) -> Theme {
    if ui.visuals().dark_mode { DARK } else { LIGHT }
}

/// The theme of the whole window.
pub fn of_ctx(ctx: &egui::Context) -> Theme {
    if ctx.theme() == egui::Theme::Dark { DARK } else { LIGHT }
}

impl Theme {
    /// Shadow of a tooltip, menu or notice.
    pub const fn popup_shadow(&self) -> Shadow {
        Shadow { offset: [0, 4], blur: 12, spread: 0, color: self.tokens.shadow }
    }

    /// Shadow of the palette and of dialogs.
    pub const fn window_shadow(&self) -> Shadow {
        Shadow { offset: [0, 8], blur: 24, spread: 0, color: self.tokens.shadow }
    }
}

/// `share` of `over` (0 to 1) mixed into `base`, both opaque.
pub fn mix(base: Color32, over: Color32, share: f32) -> Color32 {
    base.lerp_to_gamma(over, share)
}

/// An opaque colour from `0xRRGGBB`.
#[expect(clippy::disallowed_methods, reason = "this is the file where colours are made")]
const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// A see-through colour from `0xRRGGBB` and an opacity of 0 to 255.
const fn veil(hex: u32, opacity: u8) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgba_unmultiplied_const(r, g, b, opacity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: Color32, grounds: &[Color32], want: f32) {
        let least = grounds.iter().map(|ground| contrast(text, *ground)).fold(f32::MAX, f32::min);
        assert!(least >= want - 0.05, "{least:.2} is less than {want}");
    }

    #[test]
    fn text_stands_out_from_every_ground() {
        for (theme, strong, normal, weak, control) in
            [(LIGHT, 13.0, 8.7, 4.7, 3.2), (DARK, 10.3, 7.4, 4.9, 3.7)]
        {
            let t = theme.tokens;
            let grounds = [t.chrome, t.paper, t.surface, t.hover, t.selected];
            check(t.strong, &grounds, strong);
            check(t.normal, &grounds, normal);
            check(t.weak, &grounds, weak);
            check(t.control, &[t.chrome, t.paper, t.surface], control);
            check(t.read, &[t.hit, t.hit_current, t.current_unlabelled], 5.3);
            check(t.read_none, &[t.paper], 6.3);
            check(t.on_accent, &[t.accent], 13.0);
        }
    }

    #[test]
    fn trouble_can_be_read() {
        for theme in [LIGHT, DARK] {
            let t = theme.tokens;
            check(t.warning, &[t.warning_tint, t.chrome, t.paper], 6.1);
            check(t.error, &[t.error_tint, t.chrome, t.paper], 6.1);
            check(t.success, &[t.success_tint, t.chrome, t.paper], 6.1);
        }
    }
}
