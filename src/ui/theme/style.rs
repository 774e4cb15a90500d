//! The theme poured into egui's own style, so that what egui draws itself does not look foreign.

use egui::style::{HandleShape, Selection, WidgetVisuals, Widgets};
use egui::{CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, ThemePreference, Vec2, vec2};

use super::{DARK, LIGHT, RADIUS, RADIUS_WINDOW, STROKE, STROKE_FOCUS, Theme};
use crate::ui::fonts;

/// Which theme the person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// Sets fonts and both styles once at the start, and the chosen theme; call it again when the choice changes.
pub fn apply(ctx: &egui::Context, choice: ThemeChoice) {
    fonts::install(ctx);
    ctx.set_style_of(egui::Theme::Light, style(&LIGHT));
    ctx.set_style_of(egui::Theme::Dark, style(&DARK));
    // A desktop that names no theme has a light one.
    ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    ctx.set_theme(preference(choice));
}

/// The choice in egui's words.
pub fn preference(choice: ThemeChoice) -> ThemePreference {
    match choice {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    }
}

fn style(theme: &Theme) -> Style {
    let mut style = Style { visuals: visuals(theme), animation_time: 0.0, ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, fonts::SMALL),
        (TextStyle::Body, fonts::INTERFACE),
        (TextStyle::Button, fonts::INTERFACE),
        (TextStyle::Heading, fonts::SCREEN_TITLE),
    ]
    .map(|(name, kind)| (name, kind.font()))
    .into();
    style.text_styles.insert(TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace));
    style.scroll_animation = egui::style::ScrollAnimation::none();
    spacing(&mut style.spacing);
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style.interaction.resize_grab_radius_side = 4.0;
    style
}

fn spacing(spacing: &mut egui::style::Spacing) {
    spacing.item_spacing = vec2(8.0, 8.0);
    spacing.window_margin = Margin::same(20);
    spacing.menu_margin = Margin::same(4);
    spacing.button_padding = vec2(12.0, 5.0);
    spacing.interact_size = Vec2::splat(24.0);
    spacing.tooltip_width = 320.0;
    spacing.menu_width = 240.0;
    spacing.menu_spacing = 4.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    let scroll = &mut spacing.scroll;
    *scroll = egui::style::ScrollStyle::floating();
    scroll.bar_width = 8.0;
    scroll.floating_width = 3.0;
    scroll.bar_outer_margin = 2.0;
    scroll.foreground_color = false;
    // An offset set by the program must not be taken for a throw by hand, which would drift back.
    scroll.kinetic.rubber_band = false;
    scroll.fade.strength = 0.0;
}

fn visuals(theme: &Theme) -> egui::Visuals {
    let t = &theme.tokens;
    let mut v = if theme.dark { egui::Visuals::dark() } else { egui::Visuals::light() };
    let line = Stroke::new(STROKE, t.border);
    v.override_text_color = None;
    v.weak_text_color = Some(t.weak);
    v.widgets = widgets(theme);
    v.selection = Selection { bg_fill: t.text_selection, stroke: Stroke::new(STROKE_FOCUS, t.focus_ring) };
    v.hyperlink_color = t.strong;
    v.faint_bg_color = t.hover;
    v.extreme_bg_color = t.surface;
    v.text_edit_bg_color = Some(t.surface);
    v.code_bg_color = t.hover;
    v.warn_fg_color = t.warning;
    v.error_fg_color = t.error;
    v.window_corner_radius = CornerRadius::same(RADIUS_WINDOW);
    v.window_shadow = theme.window_shadow();
    v.window_fill = t.surface;
    v.window_stroke = line;
    v.menu_corner_radius = CornerRadius::same(RADIUS);
    v.popup_shadow = theme.popup_shadow();
    v.panel_fill = t.chrome;
    v.text_cursor.stroke = Stroke::new(1.5, t.strong);
    v.handle_shape = HandleShape::Circle;
    v.striped = false;
    v.indent_has_left_vline = false;
    v.disabled_alpha = 0.5;
    v
}

fn widgets(theme: &Theme) -> Widgets {
    let t = &theme.tokens;
    let state = |fill, edge, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(STROKE, edge),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(STROKE, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(t.chrome, t.border, t.normal),
        inactive: state(t.surface, t.control, t.strong),
        hovered: state(t.hover, t.control, t.strong),
        active: state(t.selected, t.strong, t.strong),
        open: state(t.selected, t.control, t.strong),
    }
}
