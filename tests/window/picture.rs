//! Pixels of a screen, read from the dump that Xvfb keeps, and questions about them.
#![expect(clippy::indexing_slicing, reason = "a test stops where a dump is not as it should be")]

/// A part of the screen: left, top, right and bottom in pixels; right and bottom are outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

pub const fn area(left: usize, top: usize, right: usize, bottom: usize) -> Area {
    Area { left, top, right, bottom }
}

/// Red, green, blue.
pub type Colour = [u8; 3];

#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pixels: Vec<Colour>,
}

impl Picture {
    /// Reads an X window dump of 32 bits a pixel.
    pub fn of_dump(dump: &[u8]) -> Self {
        let word = |idx: usize| {
            let bytes: [u8; 4] = dump[idx * 4..idx * 4 + 4].try_into().unwrap();
            usize::try_from(u32::from_be_bytes(bytes)).unwrap()
        };
        // Words of the header: 0 its size, 4 width, 5 height, 11 bits a pixel, 12 bytes a line, 19 number of colours.
        assert_eq!(word(11), 32, "bits a pixel");
        let (width, height, line) = (word(4), word(5), word(12));
        let first = word(0) + word(19) * 12;
        let pixels = (0..height)
            .flat_map(|y| dump[first + y * line..].chunks_exact(4).take(width))
            .map(|bgr| [bgr[2], bgr[1], bgr[0]])
            .collect();
        Self { width, height, pixels }
    }

    pub fn at(&self, x: usize, y: usize) -> Colour {
        self.pixels[y * self.width + x]
    }

    pub fn whole(&self) -> Area {
        area(0, 0, self.width, self.height)
    }

    fn colours(&self, part: Area) -> impl Iterator<Item = Colour> {
        let (right, bottom) = (part.right.min(self.width), part.bottom.min(self.height));
        (part.top..bottom).flat_map(move |y| (part.left..right).map(move |x| self.at(x, y)))
    }

    /// How many pixels of a part are of about this colour.
    pub fn n_of(&self, part: Area, colour: Colour) -> usize {
        self.colours(part).filter(|other| distance(*other, colour) < 24).count()
    }

    /// How many pixels of a part stand out against the colour that most of it has: text, lines, a caret.
    pub fn n_ink(&self, part: Area) -> usize {
        let ground = self.ground(part);
        self.colours(part).filter(|colour| distance(*colour, ground) > 90).count()
    }

    /// The colour that most of a part has.
    pub fn ground(&self, part: Area) -> Colour {
        let mut counts = std::collections::BTreeMap::<Colour, usize>::new();
        for colour in self.colours(part) {
            *counts.entry(colour).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, n)| *n).map(|(colour, _)| colour).unwrap()
    }

    /// How many pixels of a part differ visibly from those of another picture.
    pub fn n_changed(&self, other: &Self, part: Area) -> usize {
        assert_eq!((self.width, self.height), (other.width, other.height));
        self.colours(part).zip(other.colours(part)).filter(|(a, b)| distance(*a, *b) > 24).count()
    }

    /// The rows of a part in which pixels of about this colour are.
    pub fn rows_of(&self, part: Area, colour: Colour) -> Vec<usize> {
        (part.top..part.bottom.min(self.height))
            .filter(|y| self.n_of(Area { top: *y, bottom: y + 1, ..part }, colour) > 0)
            .collect()
    }
}

fn distance(a: Colour, b: Colour) -> u32 {
    a.into_iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b))).sum()
}
