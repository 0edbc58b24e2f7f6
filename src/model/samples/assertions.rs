//! What rules measure, and what it must be.

use super::*;

impl Dice {
    pub(super) fn assertion(&mut self) -> Assertion {
        let subject = match self.roll(8) {
            0 => Subject::NullValues,
            1 => Subject::MissingValues(self.several(3, |dice| dice.literal(0))),
            2 => Subject::InvalidValues { valid: self.several(3, |dice| dice.literal(0)), pattern: self.text() },
            3 => Subject::DuplicateValues(self.texts()),
            4 => Subject::RowCount,
            5 => Subject::Query(self.any_text()),
            6 => Subject::Statistic(self.statistic()),
            _ => Subject::Engine(match self.literal(2) {
                Literal::Null => Literal::Text("check".to_owned()),
                other => other,
            }),
        };
        let bound = self.maybe(|dice| {
            let operator = dice.word(Operator::ALL, Operator::from_name);
            let values = match operator {
                Operator::MustBeBetween | Operator::MustNotBeBetween => vec![dice.number(), dice.number()],
                Operator::MustBe | Operator::MustNotBe => vec![dice.scalar()],
                Operator::Near => {
                    let deviation = if dice.is() { dice.number() } else { Literal::Text("10%".to_owned()) };
                    return Bound { operator, values: vec![dice.number(), deviation] };
                }
                _ => vec![dice.number()],
            };
            Bound { operator, values: if dice.wild && dice.is() { vec![dice.literal(1)] } else { values } }
        });
        Assertion { subject, bound, unit: self.maybe(|dice| dice.right(&["rows", "percent"])) }
    }

    fn statistic(&mut self) -> Statistic {
        match self.roll(7) {
            0 => Statistic::Mean,
            1 => Statistic::StandardDeviation,
            2 => Statistic::Minimum,
            3 => Statistic::Maximum,
            4 => Statistic::Quantile(self.maybe(|dice| [0.0, 0.5, 0.95, 1.0][dice.roll(4)])),
            5 => Statistic::DistinctValues,
            _ => Statistic::Share(self.several(3, |dice| dice.literal(0))),
        }
    }
}
