//! What the values of a field mean: how they come about and how they are to be read.

use super::words::words;

/// What values mean, beyond their type and unit. Whatever is not given is not promised.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Semantics {
    /// What the field is for in analyses.
    pub role: Option<Role>,
    /// The term of a glossary that it stands for, by name or address.
    pub term: Option<String>,
    /// The address of the text that defines it with authority.
    pub definition: Option<String>,
    /// How the value is computed from others, as SQL or in words.
    pub derivation: Option<String>,
    /// How values of several rows become one.
    pub aggregation: Option<Aggregation>,
    /// How good a value is.
    pub exactness: Option<Exactness>,
    /// How a value was rounded.
    pub rounding: Option<Rounding>,
    /// What a positive value says, and what a negative one.
    pub sign: Option<String>,
    /// Which moment a time is.
    pub time: Option<Moment>,
    /// The zone in which dates and times are told: an IANA name, an offset from UTC, or `local`.
    pub timezone: Option<String>,
    /// The calendar of years, weeks and working days.
    pub calendar: Option<String>,
    /// The list of codes that values are from.
    pub code_system: Option<String>,
    /// The release of that list.
    pub code_system_version: Option<String>,
    /// The language of texts, as a BCP 47 tag.
    pub language: Option<String>,
    /// The rules by which texts are compared and sorted.
    pub collation: Option<String>,
}

words! {
    /// What a field is for in analyses.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Role {
        Identifier = "identifier", "tells one thing from another";
        Dimension = "dimension", "what people group and filter by";
        Measure = "measure", "a number that people aggregate";
        Time = "time", "when something was";
        Attribute = "attribute", "describes the thing, and nothing more";
    }
}

words! {
    /// How values of several rows become one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Aggregation {
        Sum = "sum", "values add up";
        Average = "average", "the mean counts";
        Minimum = "minimum", "the least value counts";
        Maximum = "maximum", "the greatest value counts";
        Count = "count", "values are counted";
        DistinctCount = "distinct_count", "different values are counted";
        Last = "last", "values add up, except over time, where the last one counts";
        None = "none", "values of several rows make no sense together";
    }
}

words! {
    /// Which moment a time is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Moment {
        Event = "event", "when it happened";
        Processing = "processing", "when a system took note of it";
        IntervalStart = "interval_start", "when the interval began that the row is about";
        IntervalEnd = "interval_end", "when that interval ended";
        AsOf = "as_of", "the moment whose state the row shows";
    }
}

words! {
    /// How a value was rounded.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Rounding {
        HalfUp = "half_up", "to the nearest, halves away from zero";
        HalfEven = "half_even", "to the nearest, halves to the even digit";
        HalfDown = "half_down", "to the nearest, halves towards zero";
        Up = "up", "away from zero";
        Down = "down", "towards zero";
        Ceiling = "ceiling", "towards the greater number";
        Floor = "floor", "towards the smaller number";
    }
}

words! {
    /// How good a value is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum Exactness {
        #[default]
        Exact = "exact", "counted or measured in full";
        Sampled = "sampled", "projected from a part";
        Estimated = "estimated", "a guess with a method";
    }
}
