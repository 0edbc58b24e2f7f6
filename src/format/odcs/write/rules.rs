//! Quality: rules with what they measure and what the result must be.

use super::Writer;
use super::entries::Entries;
use super::notes::Remark;
use super::order::RULE;
use super::place::Place;
use crate::format::native::write;
use crate::format::odcs::read::{ENGINE, OPERATORS};
use crate::format::odcs::version::Version::V3_1_0;
use crate::model::{Assertion, Bound, Literal, MeasuredMetric, Operator, Rule, RuleFamily, RuleSeverity, Subject};

/// The dimensions that the standard has a word for.
const DIMENSIONS: &[&str] =
    &["accuracy", "completeness", "conformity", "consistency", "coverage", "timeliness", "uniqueness"];

/// What of a rule has keys of its own in the standard, by the keys of the native format.
const OWN_KEYS: &[&str] = &["name", "dataset", "field", "severity", "description", "tags", "metadata"];

impl Writer<'_> {
    /// The rules of a dataset that are about a field, or about none. Each is written once: it stands at the first property of
    /// that name.
    pub(super) fn rules_of(&mut self, dataset: usize, field: &str, is_named: bool) -> Vec<Literal> {
        if !is_named {
            return Vec::new();
        }
        let waiting = self.rules.get_mut(dataset).and_then(|rules| rules.remove(field)).unwrap_or_default();
        waiting.into_iter().filter_map(|index| self.rule(dataset, index)).collect()
    }

    /// The rules of a dataset that are about no property.
    pub(super) fn other_rules(&mut self, dataset: usize) -> Vec<Literal> {
        let waiting = self.rules.get_mut(dataset).map(std::mem::take).unwrap_or_default();
        let mut all: Vec<usize> = waiting.into_values().flatten().collect();
        all.sort_unstable();
        all.into_iter().filter_map(|index| self.rule(dataset, index)).collect()
    }

    fn rule(&mut self, dataset: usize, index: usize) -> Option<Literal> {
        let contract = self.contract;
        let rule = contract.datasets.get(dataset)?.rules.get(index)?;
        let mut entries = Entries::default();
        entries.text("name", Some(&rule.name));
        entries.text("id", rule.id.as_deref().filter(|id| self.is_stable_id(id)));
        entries.text("description", rule.description.as_deref());
        let dimension = rule.dimension.as_deref().filter(|word| DIMENSIONS.contains(word));
        entries.text("dimension", dimension);
        let severity = (rule.severity != RuleSeverity::default()).then_some(rule.severity.name());
        entries.text("severity", severity);
        let every = rule.measuring.as_deref().and_then(|measuring| measuring.every.as_ref());
        let schedule = every.filter(|every| every.duration().is_some());
        entries.text("schedule", schedule.map(|every| every.text.as_str()));
        entries.texts("tags", &rule.tags);
        self.measure(&mut entries, rule, Place::Rule(dataset, index));
        self.custom(&mut entries, super::custom_properties(&rule.metadata), Place::Rule(dataset, index));
        self.leftovers(&mut entries, &rule.metadata, RULE, &Place::Rule(dataset, index));
        Some(entries.in_order(RULE))
    }

    /// What is measured, and what it must be. Without any of it a rule is in words alone.
    fn measure(&mut self, entries: &mut Entries, rule: &Rule, place: Place) {
        let engine = rule.measuring.as_deref().and_then(|measuring| measuring.engine.as_deref());
        let bound = |assertion: &Assertion| assertion.bound.as_ref().and_then(bound);
        match rule.assertion.as_deref() {
            Some(assertion)
                if let (Some(metric), Some((operator, value))) =
                    (assertion.subject.metric().and_then(metric_word), bound(assertion)) =>
            {
                entries.text("type", Some("library"));
                let is_old = self.version < V3_1_0;
                entries.text(if is_old { "rule" } else { "metric" }, Some(metric));
                if !is_old {
                    entries.map("arguments", arguments(&assertion.subject));
                }
                entries.put(operator, value);
                entries.text("unit", assertion.unit.as_deref());
            }
            Some(assertion)
                if let (Subject::Query(query), Some((operator, value))) = (&assertion.subject, bound(assertion)) =>
            {
                entries.text("type", Some("sql"));
                entries.text("query", Some(query));
                entries.put(operator, value);
                entries.text("unit", assertion.unit.as_deref());
            }
            Some(Assertion { subject: Subject::Engine(implementation), bound: None, unit })
                if let (Literal::Text(_) | Literal::Map(_), Some(engine)) =
                    (implementation, engine.filter(|engine| *engine != ENGINE)) =>
            {
                entries.text("type", Some("custom"));
                entries.text("engine", Some(engine));
                entries.put("implementation", implementation.clone());
                entries.text("unit", unit.as_deref());
            }
            None if rule.check.is_none() && rule.expression.is_none() => entries.text("type", Some("text")),
            // Before 3.1 a library had rules of any name.
            None if self.version < V3_1_0 && rule.expression.is_none() => {
                entries.text("type", Some("library"));
                entries.text("rule", rule.check.as_deref());
            }
            _ => {
                in_native_words(entries, rule);
                self.remarks.push((place, Remark::OwnRule));
            }
        }
    }
}

/// A rule as pact alone knows it.
fn in_native_words(entries: &mut Entries, rule: &Rule) {
    let Literal::Map(all) = write::terms::rule(rule) else { return };
    let mut implementation = Entries::default();
    for (key, value) in all {
        let is_said = match key.as_str() {
            "dimension" => entries.has("dimension"),
            "check_every" => entries.has("schedule"),
            "id" => entries.has("id"),
            key => OWN_KEYS.contains(&key),
        };
        if !is_said {
            implementation.put(&key, value);
        }
    }
    implementation.text("family", (rule.family == RuleFamily::Business).then_some("business"));
    entries.text("type", Some("custom"));
    entries.text("engine", Some(ENGINE));
    entries.put("implementation", implementation.into_literal());
}

/// The name of a metric in the library of the standard, where it has one.
fn metric_word(metric: MeasuredMetric) -> Option<&'static str> {
    Some(match metric {
        MeasuredMetric::NullValues => "nullValues",
        MeasuredMetric::MissingValues => "missingValues",
        MeasuredMetric::InvalidValues => "invalidValues",
        MeasuredMetric::DuplicateValues => "duplicateValues",
        MeasuredMetric::RowCount => "rowCount",
        MeasuredMetric::Mean
        | MeasuredMetric::StandardDeviation
        | MeasuredMetric::Minimum
        | MeasuredMetric::Maximum
        | MeasuredMetric::Quantile
        | MeasuredMetric::DistinctValues
        | MeasuredMetric::Share => return None,
    })
}

fn arguments(subject: &Subject) -> Entries {
    let mut entries = Entries::default();
    match subject {
        Subject::MissingValues(values) => entries.list("missingValues", values.clone()),
        Subject::InvalidValues { valid, pattern } => {
            entries.list("validValues", valid.clone());
            entries.text("pattern", pattern.as_deref());
        }
        Subject::DuplicateValues(fields) => entries.texts("properties", fields),
        Subject::NullValues | Subject::RowCount | Subject::Statistic(_) | Subject::Query(_) | Subject::Engine(_) => {}
    }
    entries
}

/// A bound by its operator, where its values are such as the operator takes.
fn bound(bound: &Bound) -> Option<(&'static str, Literal)> {
    let (word, _) = OPERATORS.iter().find(|(_, operator)| *operator == bound.operator)?;
    let is_number = |value: &Literal| value.number().is_some_and(f64::is_finite);
    let value = match (bound.operator, bound.values.as_slice()) {
        (Operator::MustBe | Operator::MustNotBe, [value]) => value.clone(),
        (Operator::MustBeBetween | Operator::MustNotBeBetween, [low, high]) => {
            let is_range = is_number(low) && is_number(high) && !low.same(high);
            Literal::List(is_range.then(|| bound.values.clone())?)
        }
        (
            Operator::MustBe
            | Operator::MustNotBe
            | Operator::MustBeBetween
            | Operator::MustNotBeBetween
            | Operator::Near,
            _,
        ) => return None,
        (_, [value]) if is_number(value) => value.clone(),
        _ => return None,
    };
    (!matches!(value, Literal::Null)).then_some((word, value))
}
