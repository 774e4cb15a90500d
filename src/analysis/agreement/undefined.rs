//! Why a figure has no value. It is never shown as 0, 1 or NaN.

/// A figure, or why there is none.
pub type Figure = Result<f64, Undefined>;

/// Why a figure cannot be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undefined {
    /// No unit was answered by two coders.
    NoPairableUnits,
    /// All answers are the same label: what chance would bring cannot be told apart from agreement.
    NoVariation,
    /// No unit was answered by all coders.
    NoCompleteUnits,
    FewerThanTwoCategories,
    FewerThanTwoRaters,
    NoDefinedPair,
    FewerThanTwoGroups,
    CategoryNotInPairableRatings,
    NeedsExactlyTwoRaters,
}

impl Undefined {
    /// The name of the reason, for programs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoPairableUnits => "no_pairable_units",
            Self::NoVariation => "no_variation",
            Self::NoCompleteUnits => "no_complete_units",
            Self::FewerThanTwoCategories => "fewer_than_two_categories",
            Self::FewerThanTwoRaters => "fewer_than_two_raters",
            Self::NoDefinedPair => "no_defined_pair",
            Self::FewerThanTwoGroups => "fewer_than_two_groups",
            Self::CategoryNotInPairableRatings => "category_not_in_pairable_ratings",
            Self::NeedsExactlyTwoRaters => "needs_exactly_two_raters_see_pairs",
        }
    }

    /// The same in so few words that they stand beside a dash.
    pub const fn short(self) -> &'static str {
        match self {
            Self::NoPairableUnits => "none by two coders",
            Self::NoVariation => "all answers alike",
            Self::NoCompleteUnits => "none by all coders",
            Self::FewerThanTwoCategories => "fewer than two labels",
            Self::FewerThanTwoRaters => "fewer than two coders",
            Self::NoDefinedPair => "no pair has one",
            Self::FewerThanTwoGroups => "too few to leave out",
            Self::CategoryNotInPairableRatings => "never given",
            Self::NeedsExactlyTwoRaters => "see the pairs",
        }
    }

    /// Why a figure that is defined has no interval: it is not, where one part is left out.
    pub const fn no_interval(self) -> &'static str {
        match self {
            Self::NoVariation | Self::NoPairableUnits | Self::CategoryNotInPairableRatings => {
                "without one of the articles or units nothing is left to compare"
            }
            other => other.words(),
        }
    }

    /// The reason for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoPairableUnits => "no unit was answered by two coders",
            Self::NoVariation => "all answers are the same, so nothing can be said about chance",
            Self::NoCompleteUnits => "no unit was answered by all coders",
            Self::FewerThanTwoCategories => "fewer than two labels",
            Self::FewerThanTwoRaters => "fewer than two coders",
            Self::NoDefinedPair => "no pair of coders has a value",
            Self::FewerThanTwoGroups => "fewer than two articles or units to leave out",
            Self::CategoryNotInPairableRatings => "nobody gave it where two coders answered",
            Self::NeedsExactlyTwoRaters => "for two coders only, see the pairs",
        }
    }
}
