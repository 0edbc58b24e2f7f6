//! A measured number against what was promised of it, wherever it was measured.

use super::rules::holds;
use super::{Grade, rows_of};
use crate::check::data::{Demand, Expectation, Unit};
use crate::check::{CheckKind, Verdict};
use crate::config::CheckConfig;
use crate::model::{Contract, Dataset, Literal, Metric, Operator, RuleSeverity};

/// Where a promise stands.
#[derive(Debug, Clone, Copy)]
pub struct Promised<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// The dataset in it.
    pub dataset: &'a Dataset,
    /// From where on a promise that is nearly used up is told.
    pub config: &'a CheckConfig,
}

/// What follows from a number.
pub(in crate::check) struct Graded {
    pub(in crate::check) grade: Grade,
    /// The number as a share of the rows, in percent.
    pub(in crate::check) share: f64,
    /// The promised accuracy in percent, where it is what allows the number.
    pub(in crate::check) allowed_by: Option<f64>,
}

/// Whether the bound of a query is a text that is no number.
fn is_words(expectation: &Expectation<'_>, text: &str) -> bool {
    expectation.check == "query" && text.trim().parse::<f64>().is_err()
}

impl Graded {
    /// Whether the promise is broken, whatever that weighs.
    pub(in crate::check) fn is_broken(&self) -> bool {
        self.grade.verdict == Verdict::Fail
    }
}

/// A verdict, and how much it weighs by what the expectation says of itself.
pub(in crate::check) fn weighed(grade: Grade, expectation: &Expectation<'_>) -> (Verdict, Option<RuleSeverity>) {
    match (grade.verdict, expectation.severity) {
        // What is worth a look is no broken promise.
        (Verdict::Fail, severity @ (RuleSeverity::Info | RuleSeverity::Warning)) => (Verdict::Warn, Some(severity)),
        (Verdict::Fail, severity) => (Verdict::Fail, Some(severity)),
        (verdict, _) => (verdict, grade.severity),
    }
}

impl Promised<'_> {
    /// Grades a number: how many of so many rows break an expectation, how many rows there are, or what a query gives.
    ///
    /// # Errors
    ///
    /// Why the promise is none that a number keeps.
    #[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 rows are compared as roughly as that")]
    pub(in crate::check) fn grade(
        &self,
        expectation: &Expectation<'_>,
        value: f64,
        of: Option<u64>,
    ) -> Result<Graded, String> {
        let rows = of.map_or(0.0, |of| of as f64);
        let share = if rows > 0.0 { 100.0 * value / rows } else { 0.0 };
        let verdict = |kept| Grade::of(if kept { Verdict::Pass } else { Verdict::Fail });
        let mut allowed_by = None;
        let grade = match expectation.demand {
            Demand::Age(_) => return Err("a number alone does not tell how old it is".to_owned()),
            Demand::AtMost(most) if value <= most && most > 0.0 => {
                Grade::level(false, 100.0 * value / most, self.config)
            }
            Demand::AtMost(most) if value <= most => verdict(true),
            Demand::AtMost(_) => {
                allowed_by = self.accuracy(expectation).filter(|least| 100.0 - share >= *least);
                if allowed_by.is_some() { Grade::of(Verdict::Warn) } else { verdict(false) }
            }
            Demand::AtLeast(least) => {
                let consumed = if least > 0.0 { 100.0 * least / value.max(f64::MIN_POSITIVE) } else { 0.0 };
                Grade::level(value < least, consumed, self.config)
            }
            Demand::Share(least) => Grade::at_least(100.0 - share, least, self.config),
            // A query may give a text as well: a number is none of them, unless it is one in quotes.
            Demand::Bound(bound, unit) => match (bound.operator, bound.values.as_slice()) {
                (Operator::MustBe, [Literal::Text(text)]) if is_words(expectation, text) => verdict(false),
                (Operator::MustNotBe, [Literal::Text(text)]) if is_words(expectation, text) => verdict(true),
                _ => {
                    let number = match unit {
                        Unit::Count => value,
                        Unit::Percent => share,
                        Unit::Part => value / rows.max(1.0),
                    };
                    verdict(holds(bound, number)?)
                }
            },
        };
        Ok(Graded { grade, share, allowed_by })
    }

    /// The least share of right rows that is promised, in percent, where it is about an expectation. Keys and rules are
    /// promises of their own.
    fn accuracy(&self, expectation: &Expectation<'_>) -> Option<f64> {
        let is_of_values = expectation.field.is_some()
            && expectation.rule.is_none()
            && expectation.check != "foreign_key"
            && matches!(expectation.kind, CheckKind::Rules | CheckKind::Schema);
        let mut own = self.dataset.quality.iter().chain(&self.contract.quality);
        let promised = own.find(|quality| quality.metric == Metric::Accuracy && rows_of(quality).is_none());
        promised.filter(|_| is_of_values)?.threshold.percent()
    }
}
