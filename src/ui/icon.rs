//! The program's picture in the desktop's bars: `assets/allegata.svg`, which is nothing but rounded rectangles, drawn here.

use egui::{Color32, IconData, Rect, pos2, vec2};

const PICTURE: &str = include_str!("../../assets/allegata.svg");
/// The side of the picture in its own units.
const SIDE: f32 = 64.0;
/// Pixels of a side that desktops are given; they make smaller ones of it.
const PIXELS: u32 = 128;
/// Looks into a pixel in each direction, for soft edges.
const LOOKS: u32 = 4;

struct Shape {
    rect: Rect,
    radius: f32,
    fill: Color32,
}

/// The picture as pixels.
pub fn icon() -> IconData {
    let shapes: Vec<_> = PICTURE.lines().filter_map(shape).collect();
    let points = (0..PIXELS).flat_map(|y| (0..PIXELS).map(move |x| (x, y)));
    let rgba = points.flat_map(|(x, y)| pixel(&shapes, x, y)).collect();
    IconData { rgba, width: PIXELS, height: PIXELS }
}

fn shape(line: &str) -> Option<Shape> {
    let values = line.strip_prefix("<rect ")?;
    let value = |name: &str| {
        values.split(' ').find_map(|part| part.strip_prefix(name)?.strip_prefix("=\"")?.split('"').next())
    };
    let number = |name: &str| value(name)?.parse::<f32>().ok();
    let rect =
        Rect::from_min_size(pos2(number("x")?, number("y")?), vec2(number("width")?, number("height")?));
    Some(Shape { rect, radius: number("rx")?, fill: Color32::from_hex(value("fill")?).ok()? })
}

/// The colours under several looks into a pixel, and how many of them meet something.
fn pixel(shapes: &[Shape], left: u32, top: u32) -> [u8; 4] {
    let n_looks = LOOKS * LOOKS;
    let looks = (0..n_looks).filter_map(|look| {
        let part =
            |at: u32, look: u32| (at as f32 + (look as f32 + 0.5) / LOOKS as f32) * SIDE / PIXELS as f32;
        let at = pos2(part(left, look % LOOKS), part(top, look / LOOKS));
        shapes.iter().rev().find(|shape| holds(shape, at)).map(|shape| shape.fill)
    });
    let (mut sum, mut met) = ([0_u32; 3], 0);
    for fill in looks {
        for (sum, value) in sum.iter_mut().zip(fill.to_array()) {
            *sum += u32::from(value);
        }
        met += 1;
    }
    let byte = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    let [red, green, blue] = sum.map(|sum| byte(sum / met.max(1)));
    [red, green, blue, byte(met * 255 / n_looks)]
}

fn holds(shape: &Shape, at: egui::Pos2) -> bool {
    let inner = shape.rect.shrink(shape.radius);
    (at - inner.clamp(at)).length() <= shape.radius
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_picture_is_drawn() {
        let icon = icon();
        let at = |x: u32, y: u32| {
            let from = ((y * PIXELS + x) * 4) as usize;
            <[u8; 4]>::try_from(&icon.rgba[from..from + 4]).unwrap()
        };
        assert_eq!(icon.rgba.len(), (PIXELS * PIXELS * 4) as usize);
        assert_eq!(at(0, 0)[3], 0, "outside the round corner");
        assert_eq!(at(64, 8), [0x2A, 0x27, 0x22, 255]);
        for (y, fill) in [(36, [0xF2, 0x8C, 0x38]), (64, [0x5A, 0xB4, 0xF0]), (92, [0x45, 0xC2, 0x98])] {
            assert_eq!(at(32, y)[..3], fill);
            assert_eq!(at(80, y)[..3], [0xF3, 0xEF, 0xE7]);
        }
        let n_shapes = PICTURE.lines().filter(|line| line.contains("fill=")).count();
        assert_eq!(PICTURE.lines().filter_map(shape).count(), n_shapes, "a shape that is not drawn");
    }

    #[test]
    fn the_desktop_file_names_the_window() {
        let entry = include_str!("../../assets/allegata.desktop");
        for line in ["StartupWMClass=allegata", "Icon=allegata", "Exec=allegata %F", "Name=Allegata"] {
            assert!(entry.lines().any(|row| row == line), "{line}");
        }
    }
}
