//! What coders answered: a row a unit, a column a coder.

/// The place of a label in the list of labels.
pub type LabelIdx = u16;

/// Units × coders, each cell a label or missing, and the article that a unit belongs to where that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    coders: Vec<String>,
    labels: Vec<String>,
    /// Row after row.
    cells: Vec<Option<LabelIdx>>,
    /// A number an article, of each row; empty = not known.
    articles: Vec<u32>,
    n_units: usize,
    /// What each label is made of, where an answer can be several; empty = each stands for itself.
    sets: Vec<Vec<LabelIdx>>,
}

impl Matrix {
    /// An empty matrix. The labels are those of the codebook, with *none of these*, not only those that occur.
    pub fn new(coders: Vec<String>, labels: Vec<String>) -> Self {
        Self { coders, labels, ..Self::default() }
    }

    /// The same, where each label is a set of others, sorted: what one can be near another by.
    #[must_use]
    pub fn of_sets(self, sets: Vec<Vec<LabelIdx>>) -> Self {
        Self { sets, ..self }
    }

    /// What a label is made of; absent where each stands for itself.
    pub fn set(&self, label: LabelIdx) -> Option<&[LabelIdx]> {
        self.sets.get(usize::from(label)).map(Vec::as_slice)
    }

    /// Whether an answer can be several labels.
    pub fn has_sets(&self) -> bool {
        !self.sets.is_empty()
    }

    /// Adds a unit: what each coder answered, in their order. What is too short is filled up with missing answers.
    pub fn push(&mut self, row: impl IntoIterator<Item = Option<LabelIdx>>, article: Option<u32>) {
        let n_labels = self.labels.len();
        let known = |label: &LabelIdx| usize::from(*label) < n_labels;
        let filled = row.into_iter().map(|cell| cell.filter(known)).chain(std::iter::repeat(None));
        self.cells.extend(filled.take(self.coders.len()));
        self.articles.extend(article);
        self.n_units += 1;
    }

    pub fn coders(&self) -> &[String] {
        &self.coders
    }

    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    pub const fn n_units(&self) -> usize {
        self.n_units
    }

    pub fn rows(&self) -> impl Iterator<Item = &[Option<LabelIdx>]> {
        self.cells.chunks_exact(self.coders.len().max(1))
    }

    /// The article of each unit, if all have one.
    pub fn articles(&self) -> Option<&[u32]> {
        (self.n_units > 0 && self.articles.len() == self.n_units).then_some(&self.articles)
    }

    /// Takes out the coders without any answer, who say nothing about agreement; their names.
    pub fn drop_silent(&mut self) -> Vec<String> {
        let mut speaks = vec![false; self.coders.len()];
        for row in self.rows() {
            for (speaks, cell) in speaks.iter_mut().zip(row) {
                *speaks |= cell.is_some();
            }
        }
        let mut turn = speaks.iter().copied().cycle();
        self.cells.retain(|_| turn.next().unwrap_or(true));
        let mut silent = Vec::new();
        let mut turn = speaks.into_iter();
        self.coders.retain(|name| {
            let speaks = turn.next().unwrap_or(true);
            silent.extend((!speaks).then(|| name.clone()));
            speaks
        });
        silent
    }

    /// The same with a label taken as missing.
    #[must_use]
    pub fn without(&self, label: LabelIdx) -> Self {
        let mut rest = self.clone();
        for cell in &mut rest.cells {
            *cell = cell.filter(|cell| *cell != label);
        }
        rest
    }
}
