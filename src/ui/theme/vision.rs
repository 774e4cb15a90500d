//! Whether colours can be told apart without all kinds of cones: by the matrices of Machado, Oliveira and Fernandes (2009, full
//! severity), distances after CIE 1976.

use egui::Color32;

/// Below this distance two marks are taken for one another where they do not stand side by side.
pub const CLOSE: f32 = 11.0;

/// A way of seeing colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Full,
    Protan,
    Deutan,
    Tritan,
}

impl Sight {
    pub const ALL: [Self; 4] = [Self::Full, Self::Protan, Self::Deutan, Self::Tritan];

    /// For whom, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "everybody",
            Self::Protan => "who sees no red",
            Self::Deutan => "who sees no green",
            Self::Tritan => "who sees no blue",
        }
    }

    fn matrix(self) -> [[f32; 3]; 3] {
        match self {
            Self::Full => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Protan => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deutan => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritan => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }
}

/// How far apart two colours are to this sight.
pub fn distance(a: Color32, b: Color32, sight: Sight) -> f32 {
    let [a, b] = [a, b].map(|colour| lab(seen(linear(colour), sight)));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt()
}

/// The sight to which two colours are nearest, if that is too near.
pub fn confuses([a, b]: [Color32; 2]) -> Option<Sight> {
    let near = |sight: &Sight| distance(a, b, *sight);
    let nearest = Sight::ALL.into_iter().min_by(|one, other| near(one).total_cmp(&near(other)))?;
    (near(&nearest) < CLOSE).then_some(nearest)
}

fn linear(colour: Color32) -> [f32; 3] {
    [colour.r(), colour.g(), colour.b()].map(|channel| {
        let c = f32::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: [[f32; 3]; 3], of: [f32; 3]) -> [f32; 3] {
    matrix.map(|row| row.iter().zip(of).map(|(factor, part)| factor * part).sum())
}

fn seen(rgb: [f32; 3], sight: Sight) -> [f32; 3] {
    times(sight.matrix(), rgb).map(|part: f32| part.clamp(0.0, 1.0))
}

/// CIE 1976 L*a*b* under D65.
fn lab(rgb: [f32; 3]) -> [f32; 3] {
    let to_xyz = [
        [0.412_456, 0.357_576, 0.180_437],
        [0.212_673, 0.715_152, 0.072_175],
        [0.019_334, 0.119_192, 0.950_304],
    ];
    let root = |t: f32| if t > 0.008_856 { t.cbrt() } else { 7.787_f32.mul_add(t, 16.0 / 116.0) };
    let [x, y, z] = times(to_xyz, rgb);
    let (x, y, z) = (root(x / 0.950_47), root(y), root(z / 1.088_83));
    [116.0_f32.mul_add(y, -16.0), 500.0 * (x - y), 200.0 * (y - z)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::{SWATCHES, rgb};

    #[test]
    fn distances_are_those_of_the_design() {
        let marks = |dark: bool| {
            let three = SWATCHES.iter().take(3);
            three.map(|swatch| if dark { swatch.dark.mark } else { swatch.light.mark }).collect::<Vec<_>>()
        };
        for (dark, sight, want) in [
            (false, Sight::Deutan, 53.0),
            (true, Sight::Deutan, 51.0),
            (false, Sight::Protan, 37.0),
            (true, Sight::Protan, 36.0),
            (false, Sight::Tritan, 17.0),
            (true, Sight::Tritan, 12.0),
        ] {
            let marks = marks(dark);
            let pairs = [(0, 1), (0, 2), (1, 2)].map(|(a, b)| distance(marks[a], marks[b], sight));
            let least = pairs.into_iter().fold(f32::MAX, f32::min);
            assert!((least - want).abs() < 1.6, "{dark} {sight:?}: {least}");
        }
    }

    #[test]
    fn red_and_green_are_one_to_some() {
        let confused = |a, b| confuses([rgb(a), rgb(b)]);
        assert_eq!(confused(0x00D5_5E00, 0x0000_72B2), None);
        assert_eq!(confused(0x00D5_5E00, 0x00D5_5E00), Some(Sight::Full));
    }
}
