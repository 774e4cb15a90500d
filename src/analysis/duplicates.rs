//! Near-identical texts: the same wire story in two papers, a print that was cut, one that was edited a little.
//!
//! Identical texts are found by a hash of their words. Of all others, a sketch is made of the shingles, each three words in a row:
//! one-permutation `MinHash` with 128 bins (Li, Owen and Zhang, 2012; empty bins filled as by Shrivastava, 2017), in 32 bands of
//! 4. Texts that share a band are compared shingle by shingle, so that no two are said to be alike that are not.

use crate::text::fold::fold_char;

/// Two texts that are alike, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    pub first: usize,
    pub second: usize,
    /// Word for word, whatever the case, the quotes and the white space.
    pub identical: bool,
}

/// Words in a row.
const SHINGLE: usize = 3;

const N_BINS: usize = 128;
const BAND: usize = 4;

/// Alike from this share of all shingles of both on, or where this share of the shorter one stands in the other.
const MIN_SHARED: f64 = 0.5;
const MIN_CONTAINED: f64 = 0.7;

/// Below so many shingles a text that stands within a longer one is a phrase and no copy.
const MIN_CONTAINED_SHINGLES: usize = 16;

/// How many texts before it one is compared with in a band: only texts made to share all bands have more.
const MAX_COMPARED: usize = 64;

type Bins = [u32; N_BINS];

/// Pairs of texts that are alike, in order: enough of them to hold together each group of texts of which one leads to the next.
pub fn alike<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Alike> {
    let texts: Vec<&str> = texts.into_iter().collect();
    let sketches: Vec<Sketch> = texts.iter().map(|text| Sketch::of(text)).collect();
    let mut sets = Sets::new(texts.len());
    let mut pairs = Vec::new();
    let mut firsts = identical(&sketches, &mut sets, &mut pairs);
    firsts.sort_unstable();
    let mut known = Known { texts: &texts, shingles: vec![None; texts.len()] };
    for band in 0..N_BINS / BAND {
        let key = |idx: &usize| Some((sketches.get(*idx)?.key_of(band), *idx));
        let mut keys: Vec<(u64, usize)> = firsts.iter().filter_map(key).collect();
        keys.sort_unstable();
        for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
            let places: Vec<usize> = bucket.iter().map(|(_, idx)| *idx).collect();
            compare(&places, &mut known, &mut sets, &mut pairs);
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Texts, and the shingles of those that were looked at.
struct Known<'a> {
    texts: &'a [&'a str],
    shingles: Vec<Option<Vec<u64>>>,
}

impl Known<'_> {
    fn are_alike(&mut self, first: usize, second: usize) -> bool {
        for idx in [first, second] {
            if let Some(slot) = self.shingles.get_mut(idx).filter(|slot| slot.is_none()) {
                *slot = self.texts.get(idx).map(|text| shingles_of(text));
            }
        }
        let of = |idx: usize| self.shingles.get(idx).and_then(Option::as_deref).unwrap_or_default();
        are_alike(of(first), of(second))
    }
}

/// Compares texts that share a band, as far as they do not hang together already.
fn compare(bucket: &[usize], known: &mut Known<'_>, sets: &mut Sets, pairs: &mut Vec<Alike>) {
    for (place, second) in bucket.iter().enumerate() {
        let before = bucket.get(place.saturating_sub(MAX_COMPARED)..place).unwrap_or_default();
        for first in before {
            if sets.first_of(*first) != sets.first_of(*second) && known.are_alike(*first, *second) {
                sets.unite(*first, *second);
                pairs.push(Alike { first: *first, second: *second, identical: false });
            }
        }
    }
}

/// Of the shingles of a text, the share that stands in another one: 0 to 1.
pub fn share(text: &str, other: &str) -> f64 {
    let (own, others) = (shingles_of(text), shingles_of(other));
    n_shared(&own, &others) as f64 / own.len().max(1) as f64
}

/// Groups of two and more texts of which one leads to the next, by their places: each in order, and the groups by their first.
pub fn groups(n_texts: usize, pairs: &[Alike]) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(n_texts);
    for pair in pairs {
        sets.unite(pair.first, pair.second);
    }
    let mut groups: Vec<Vec<usize>> = vec![vec![]; n_texts];
    for idx in 0..n_texts {
        let first = sets.first_of(idx);
        if let Some(group) = groups.get_mut(first) {
            group.push(idx);
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Pairs each text with the first that has the same words. Gives back the firsts.
fn identical(sketches: &[Sketch], sets: &mut Sets, pairs: &mut Vec<Alike>) -> Vec<usize> {
    let mut order: Vec<(u64, u32, usize)> =
        sketches.iter().zip(0..).map(|(s, idx)| (s.words, s.n_words, idx)).collect();
    order.retain(|(_, n_words, _)| *n_words > 0);
    order.sort_unstable();
    let mut firsts = Vec::with_capacity(order.len());
    for same in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let mut places = same.iter().map(|(_, _, idx)| *idx);
        let Some(first) = places.next() else { continue };
        firsts.push(first);
        for second in places {
            sets.unite(first, second);
            pairs.push(Alike { first, second, identical: true });
        }
    }
    firsts
}

/// What is kept of a text.
struct Sketch {
    bins: Box<Bins>,
    /// A hash of all words in order, and how many there are.
    words: u64,
    n_words: u32,
}

impl Sketch {
    fn of(text: &str) -> Self {
        const EMPTY: u32 = u32::MAX;
        let mut bins = Box::new([EMPTY; N_BINS]);
        let (mut words, mut n_words) = (0, 0);
        let mut shingles = Shingles::default();
        each_word(text, |word| {
            words = mixed(words ^ word);
            n_words += 1;
            if let Some(shingle) = shingles.push(word) {
                put(&mut bins, shingle);
            }
        });
        if let Some(shingle) = shingles.short() {
            put(&mut bins, shingle);
        }
        // An empty bin takes what stands in one that its number leads to, in every text the same way.
        let full = *bins;
        if full.iter().any(|bin| *bin != EMPTY) {
            for (place, bin) in bins.iter_mut().enumerate().filter(|(_, bin)| **bin == EMPTY) {
                let mut at = place as u64;
                while *bin == EMPTY {
                    at = mixed(at);
                    *bin = full
                        .get(usize::try_from(at % N_BINS as u64).unwrap_or_default())
                        .copied()
                        .unwrap_or_default();
                }
            }
        }
        Self { bins, words, n_words }
    }

    /// What texts share that have the same in a band.
    fn key_of(&self, band: usize) -> u64 {
        let bins = self.bins.get(band * BAND..(band + 1) * BAND).unwrap_or_default();
        bins.iter().fold(band as u64, |key, bin| mixed(key ^ u64::from(*bin)))
    }
}

/// The seven highest bits say the bin, the next 32 what stands in it.
fn put(bins: &mut Bins, shingle: u64) {
    let place = usize::try_from(shingle >> 57).unwrap_or_default();
    let value = u32::try_from((shingle >> 25) & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    if let Some(bin) = bins.get_mut(place) {
        *bin = value.min(*bin).min(u32::MAX - 1);
    }
}

/// The shingles of a text, each once, in the order of their hashes.
fn shingles_of(text: &str) -> Vec<u64> {
    let (mut all, mut shingles) = (Vec::new(), Shingles::default());
    each_word(text, |word| all.extend(shingles.push(word)));
    all.extend(shingles.short());
    all.sort_unstable();
    all.dedup();
    all
}

/// How many numbers stand in both; both are in order, and have each once.
fn n_shared(a: &[u64], b: &[u64]) -> usize {
    let (mut n_both, mut rest) = (0_usize, b);
    for shingle in a {
        let n_below = rest.iter().take_while(|other| *other < shingle).count();
        rest = rest.get(n_below..).unwrap_or_default();
        n_both += usize::from(rest.first() == Some(shingle));
    }
    n_both
}

fn are_alike(a: &[u64], b: &[u64]) -> bool {
    let n_both = n_shared(a, b);
    let n_shorter = a.len().min(b.len());
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    share(n_both, a.len() + b.len() - n_both) >= MIN_SHARED
        || n_shorter >= MIN_CONTAINED_SHINGLES && share(n_both, n_shorter) >= MIN_CONTAINED
}

/// The last words, of which a shingle is made.
#[derive(Default)]
struct Shingles {
    last: [u64; SHINGLE],
    n_words: usize,
}

impl Shingles {
    fn push(&mut self, word: u64) -> Option<u64> {
        self.last.rotate_left(1);
        if let Some(last) = self.last.last_mut() {
            *last = word;
        }
        self.n_words += 1;
        (self.n_words >= SHINGLE).then(|| self.shingle())
    }

    /// What stands for a text with fewer words than a shingle has.
    fn short(&self) -> Option<u64> {
        (1..SHINGLE).contains(&self.n_words).then(|| self.shingle())
    }

    fn shingle(&self) -> u64 {
        self.last.iter().fold(0, |hash, word| mixed(hash ^ word))
    }
}

/// Calls `take` with a hash of each word: letters and digits, folded. In a script without blanks each letter is one.
fn each_word(text: &str, mut take: impl FnMut(u64)) {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    let byte = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    let mut hash = START;
    let mut folded = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            hash = byte(hash, c.to_ascii_lowercase() as u8);
            continue;
        }
        if !c.is_ascii() {
            folded.clear();
            fold_char(c, &mut folded);
            if folded.is_empty() {
                continue;
            }
        }
        let is_word = !c.is_ascii() && folded.chars().all(char::is_alphanumeric);
        let alone = is_word && is_alone(c);
        if (!is_word || alone) && hash != START {
            take(hash);
            hash = START;
        }
        if is_word {
            hash = folded.bytes().fold(hash, byte);
        }
        if alone {
            take(hash);
            hash = START;
        }
    }
    if hash != START {
        take(hash);
    }
}

/// Letters of scripts that leave no blanks between words: Thai to Burmese, Khmer, kana, Han.
fn is_alone(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The finish of `SplitMix64`.
fn mixed(z: u64) -> u64 {
    let z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Which texts hang together: each knows one before it, or itself.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn first_of(&mut self, mut idx: usize) -> usize {
        loop {
            let above = self.0.get(idx).copied().unwrap_or(idx);
            if above == idx {
                return idx;
            }
            let next = self.0.get(above).copied().unwrap_or(above);
            if let Some(slot) = self.0.get_mut(idx) {
                *slot = next;
            }
            idx = next;
        }
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first_of(a), self.first_of(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::chance::Chance;

    /// Texts of words by chance: as common as in a language, no sentence twice.
    fn text(n_words: usize, chance: &mut Chance) -> Vec<String> {
        let word = |chance: &mut Chance| {
            let common = chance.below(60) * chance.below(60);
            format!("w{}", chance.below(common + 3))
        };
        (0..n_words).map(|_| word(chance)).collect()
    }

    fn found(texts: &[String]) -> Vec<Vec<usize>> {
        groups(texts.len(), &alike(texts.iter().map(String::as_str)))
    }

    #[test]
    fn texts_are_alike_whatever_they_are_printed_like() {
        let check = |texts: &[&str], want: &[&[usize]]| {
            let texts: Vec<_> = texts.iter().map(|&text| text.to_owned()).collect();
            assert_eq!(found(&texts), want, "{texts:?}");
        };
        check(&["The “Mayor”  denied.", "the \"mayor\"\ndenied", "The mayor lied."], &[&[0, 1]]);
        check(&["", " ", "…", "No."], &[]);
        check(&["No.", "no", "Yes."], &[&[0, 1]]);
        check(&["Crème brûlée", "Creme bru\u{300}le\u{301}e"], &[&[0, 1]]);
        check(&["市长星期一否认受贿。", "市长星期一否认受贿", "市议会星期二开会了。"], &[&[0, 1]]);
        // A phrase within a longer text is no copy of it.
        check(
            &["He denied it all.", &format!("{} He denied it all.", "It rained in the city. ".repeat(9))],
            &[],
        );
    }

    #[test]
    fn copies_that_were_cut_or_edited_are_found_and_nothing_else() {
        let mut chance = Chance::new(5);
        let (mut texts, mut want) = (vec![], vec![]);
        for copy in 0..600 {
            let words = text(60 + chance.below(900), &mut chance);
            let first = texts.len();
            texts.push(words.join(" "));
            let n = words.len();
            let cut = n * (70 + chance.below(30)) / 100;
            let from = [0, n - cut, (n - cut) / 2][copy % 3];
            let mut other = words[from..from + cut].to_vec();
            if copy % 4 == 3 {
                other.clone_from(&words);
                for _ in 0..n * 3 / 100 {
                    let at = chance.below(n);
                    other[at] = format!("edited{}", chance.below(9));
                }
            }
            texts.push(other.join(" "));
            want.push(vec![first, first + 1]);
        }
        let found = found(&texts);
        let n_right = found.iter().filter(|group| want.contains(group)).count();
        assert_eq!(n_right, found.len(), "precision");
        assert!(n_right * 100 >= want.len() * 99, "recall: {n_right} of {}", want.len());
    }

    #[test]
    fn many_of_the_same_take_no_longer() {
        let mut chance = Chance::new(6);
        let words = text(300, &mut chance);
        let texts: Vec<_> = (0..4000).map(|n| format!("{} {}", words.join(" "), n % 2000)).collect();
        let found = found(&texts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].len(), texts.len());
    }
}
