//! Numbers that tell of what shape the values of a field are.

use super::{DataType, Literal, MeasuredMetric};

/// A number that tells of what shape the values of a field are. Nulls are no values.
#[derive(Debug, Clone, PartialEq)]
pub enum Statistic {
    /// The mean of numbers.
    Mean,
    /// The standard deviation of numbers, as that of a sample: n - 1 is divided by.
    StandardDeviation,
    /// The least number.
    Minimum,
    /// The greatest number.
    Maximum,
    /// The number below which this part of the numbers lies, interpolated between two of them as by `percentile_cont` of SQL;
    /// `None` where the contract does not say which part.
    Quantile(Option<f64>),
    /// How many different values there are.
    DistinctValues,
    /// What part of the values is one of these.
    Share(Vec<Literal>),
}

impl Statistic {
    /// The metric that it is.
    pub fn metric(&self) -> MeasuredMetric {
        match self {
            Self::Mean => MeasuredMetric::Mean,
            Self::StandardDeviation => MeasuredMetric::StandardDeviation,
            Self::Minimum => MeasuredMetric::Minimum,
            Self::Maximum => MeasuredMetric::Maximum,
            Self::Quantile(_) => MeasuredMetric::Quantile,
            Self::DistinctValues => MeasuredMetric::DistinctValues,
            Self::Share(_) => MeasuredMetric::Share,
        }
    }

    /// Whether it is one of numbers alone.
    pub fn is_of_numbers(&self) -> bool {
        !matches!(self, Self::DistinctValues | Self::Share(_))
    }

    /// Whether it is (or lies between two of) the very values of rows, as the least one is.
    pub fn is_a_value(&self) -> bool {
        matches!(self, Self::Minimum | Self::Maximum | Self::Quantile(_))
    }

    /// Why the values of a field of a type don't have it; `None` where they do, and where the type is not stated.
    pub fn unsuited(&self, field: &str, data_type: DataType) -> Option<String> {
        use DataType as D;
        let is_suited = match data_type {
            D::Unknown => true,
            D::Json | D::Array | D::Object | D::Map | D::Binary => false,
            other => !self.is_of_numbers() || other.is_number(),
        };
        let of = if self.is_of_numbers() { "numbers" } else { "plain values" };
        let metric = self.metric().name();
        (!is_suited).then(|| format!("`{metric}` is told of {of}, and `{field}` is of the type `{}`", data_type.name()))
    }

    /// The part of the numbers that lies below a quantile, where it is one of them: 0 to 1.
    pub fn part(&self) -> Option<f64> {
        if let Self::Quantile(part) = self { part.filter(|part| (0.0..=1.0).contains(part)) } else { None }
    }
}
