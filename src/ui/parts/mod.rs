//! What views are made of: each part draws values and says what was done to it; none knows the session.

pub mod bar;
pub mod button;
pub mod chart;
pub mod checkbox;
pub mod chip;
pub mod empty;
pub mod field;
pub mod frame;
pub mod icons;
pub mod keycap;
pub mod list_row;
pub mod menu;
pub mod modal;
pub mod notice;
pub mod overview;
pub mod palette_row;
pub mod person;
pub mod prose;
pub mod scroll;
pub mod spoken;
pub mod status;
pub mod tabs;
pub mod tooltip;
pub mod whisker;
