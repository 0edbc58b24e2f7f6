//! What a contract promises of its data's quality.

use super::words::words;
use super::{Literal, Quantity, Statistic};

/// A promise about the quality of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality {
    /// What is measured.
    pub metric: Metric,
    /// The bound: a share for most, a span of time for freshness, a count for volume.
    pub threshold: Quantity,
    /// How it is measured, for people.
    pub measurement_method: Option<String>,
    /// Whether a breach alerts people.
    pub alert_on_breach: bool,
    /// Of which rows it holds, and how it is measured; `None` where nothing is said of it.
    pub measuring: Option<Box<Measuring>>,
}

/// Of which rows an expectation holds, and how it is measured.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measuring {
    /// The rows that it is about, as a SQL boolean over the fields; all of them if not given.
    pub rows: Option<String>,
    /// The field whose newest value tells the age of the data. Means something for freshness alone.
    pub timestamp_field: Option<String>,
    /// How often the producer measures it.
    pub every: Option<Quantity>,
    /// The tool that measures it.
    pub engine: Option<String>,
}

words! {
    /// What is measured.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Metric {
        Freshness = "freshness", "the greatest age of the newest data, such as `15 minutes`";
        Completeness = "completeness", "the least share of values that are there, such as `99.5%`";
        Accuracy = "accuracy", "the least share of values that are right, such as `99.9%`";
        Availability = "availability", "the least share of time that the service answers, such as `99.9%`";
        Uniqueness = "uniqueness", "the least share of rows whose key occurs once, such as `100%`";
        Volume = "volume", "the least count of rows, such as `1000`";
    }
}

/// An expectation on rows or columns. One that has neither a check nor an expression nor an assertion is in words alone,
/// and nothing can execute it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The name, unique in the contract.
    pub name: String,
    /// A name that stays whatever the rule is called.
    pub id: Option<String>,
    /// Technical or business.
    pub family: RuleFamily,
    /// The dataset, where the contract has several.
    pub dataset: Option<String>,
    /// The field that it is about.
    pub field: Option<String>,
    /// A named check, such as `not_null`.
    pub check: Option<String>,
    /// A SQL boolean over the fields of a row.
    pub expression: Option<String>,
    /// A measured number and what it must be.
    pub assertion: Option<Box<Assertion>>,
    /// How many rows may break it, or what share must keep it.
    pub threshold: Option<Quantity>,
    /// How bad a breach is.
    pub severity: RuleSeverity,
    /// The quality dimension, such as `validity`.
    pub dimension: Option<String>,
    /// What it means, for people.
    pub description: Option<String>,
    /// Of which rows it holds, and how it is measured; `None` where nothing is said of it.
    pub measuring: Option<Box<Measuring>>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Anything else, for other tools.
    pub metadata: Vec<(String, Literal)>,
}

/// What is measured, and what the result must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Assertion {
    /// What is measured.
    pub subject: Subject,
    /// What the result must be; `None` where the measuring tool knows.
    pub bound: Option<Bound>,
    /// In what the result is told: `rows` (the default) or `percent`.
    pub unit: Option<String>,
}

/// What an assertion measures.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// How many values of the field are null.
    NullValues,
    /// How many values of the field are one of these, which stand for a missing one.
    MissingValues(Vec<Literal>),
    /// How many values of the field are none of the valid ones.
    InvalidValues {
        /// The valid values; any if empty.
        valid: Vec<Literal>,
        /// The regular expression that valid values match.
        pattern: Option<String>,
    },
    /// How many rows have values that an earlier row has: of the rule's field, or of these fields together.
    DuplicateValues(Vec<String>),
    /// How many rows there are.
    RowCount,
    /// A number that tells how the values of the field are spread.
    Statistic(Statistic),
    /// The one value that this SQL query returns.
    Query(String),
    /// Whatever the tool of [`Measuring::engine`] does with this.
    Engine(Literal),
}

words! {
    /// The metrics that every tool knows how to measure.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum MeasuredMetric {
        NullValues = "null_values", "how many values of the field are null";
        MissingValues = "missing_values", "how many values of the field stand for a missing one";
        InvalidValues = "invalid_values", "how many values of the field are none of the valid ones";
        DuplicateValues = "duplicate_values", "how many rows have values that an earlier row has";
        RowCount = "row_count", "how many rows there are";
        Mean = "mean", "the mean of the field's numbers";
        StandardDeviation = "standard_deviation", "how far the field's numbers lie from their mean: the standard deviation of a sample, in which n - 1 is divided by";
        Minimum = "minimum", "the least of the field's numbers";
        Maximum = "maximum", "the greatest of the field's numbers";
        Quantile = "quantile", "the number below which a part of the field's numbers lies, such as 0.95 of them, and 0.5 for the median; between two numbers it is interpolated";
        DistinctValues = "distinct_values", "how many different values the field has";
        Share = "share", "what part of the field's values is one of some values, from 0 to 1, or in percent";
    }
}

impl Subject {
    /// The metric; `None` for queries and for what a tool of its own measures.
    pub fn metric(&self) -> Option<MeasuredMetric> {
        Some(match self {
            Self::NullValues => MeasuredMetric::NullValues,
            Self::MissingValues(_) => MeasuredMetric::MissingValues,
            Self::InvalidValues { .. } => MeasuredMetric::InvalidValues,
            Self::DuplicateValues(_) => MeasuredMetric::DuplicateValues,
            Self::RowCount => MeasuredMetric::RowCount,
            Self::Statistic(statistic) => statistic.metric(),
            Self::Query(_) | Self::Engine(_) => return None,
        })
    }
}

/// A bound on a measured number.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// How the number is held against the values.
    pub operator: Operator,
    /// The bound; two of them for the operators that are about a range, and for what is near a baseline with its deviation.
    pub values: Vec<Literal>,
}

impl Bound {
    /// What is usual, and how far from it a number may be in either direction. `None` for other bounds, and where one of the two is
    /// missing or no number.
    pub fn near(&self) -> Option<(f64, f64)> {
        let (Operator::Near, [usual, deviation]) = (self.operator, self.values.as_slice()) else { return None };
        let usual = finite(usual)?;
        // Of nothing no share is anything.
        let share = Quantity::new(deviation.text().unwrap_or_default()).percent().filter(|_| usual != 0.0);
        let share = || share.map(|share| usual.abs() * share / 100.0);
        let allowed = finite(deviation).or_else(share)?;
        (allowed >= 0.0).then_some((usual, allowed))
    }
}

/// A number; digits that YAML would lose stand in quotes.
fn finite(value: &Literal) -> Option<f64> {
    let number = match value {
        Literal::Text(text) => text.trim().parse().ok(),
        value => value.number(),
    };
    number.filter(|number: &f64| number.is_finite())
}

words! {
    /// How a measured number is held against its bound.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Operator {
        MustBe = "must_be", "the result equals the value";
        MustNotBe = "must_not_be", "the result differs from the value";
        MustBeGreaterThan = "must_be_greater_than", "the result exceeds the value";
        MustBeGreaterOrEqualTo = "must_be_greater_or_equal_to", "the result is the value or more";
        MustBeLessThan = "must_be_less_than", "the result stays below the value";
        MustBeLessOrEqualTo = "must_be_less_or_equal_to", "the result is the value or less";
        MustBeBetween = "must_be_between", "the result lies between the two values and is neither";
        MustNotBeBetween = "must_not_be_between", "the result does not lie between the two values";
        Near = "baseline", "the result is the first value, give or take the second, a number or a share of the first";
    }
}

words! {
    /// Who cares about a rule. Each family is a list of its own in a contract, technical rules first.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum RuleFamily {
        Technical = "technical", "nulls, types, uniqueness, timeliness";
        Business = "business", "what the values mean: `amount >= 0`";
    }
}

words! {
    /// How bad the breach of a rule is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
    pub enum RuleSeverity {
        Info = "info", "worth knowing";
        Warning = "warning", "worth a look";
        #[default]
        Error = "error", "the promise is broken";
        Critical = "critical", "somebody must act now";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_follows_from_the_baseline_and_its_deviation() {
        let near = |usual: Literal, deviation: Literal| {
            Bound { operator: Operator::Near, values: vec![usual, deviation] }.near()
        };
        let text = |text: &str| Literal::Text(text.to_owned());
        assert_eq!(near(Literal::Int(50), text("10%")), Some((50.0, 5.0)));
        assert_eq!(near(Literal::Int(-50), text("10 %")), Some((-50.0, 5.0)));
        assert_eq!(near(Literal::Float(0.5), Literal::Int(0)), Some((0.5, 0.0)));
        assert_eq!(near(Literal::Int(0), Literal::Int(3)), Some((0.0, 3.0)));
        for (usual, deviation) in [
            (Literal::Int(0), text("10%")),
            (Literal::Int(5), Literal::Int(-1)),
            (Literal::Int(5), text("-10%")),
            (Literal::Int(5), text("soon")),
            (text("much"), Literal::Int(1)),
            (Literal::Float(f64::NAN), Literal::Int(1)),
        ] {
            assert_eq!(near(usual.clone(), deviation.clone()), None, "{usual} {deviation}");
        }
    }
}
