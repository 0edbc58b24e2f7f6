//! What is promised and owed around the data: quality, obligations, terms, life.

use crate::format::values::{dict, each, flag, literal, literals, quantity, scalar, text, texts, word};
use crate::model::{
    Alert, Approval, Assertion, Bound, Channel, Compatibility, Lifecycle, Lineage, Literal, MeasuredMetric, Measuring,
    Metric, Mode, Obligations, Operator, Price, Publisher, Quality, Rule, RuleFamily, RuleSeverity, Scoring, Source,
    Statistic, Subject, Terms,
};
use crate::source::Node;

pub(super) fn compatibility(node: &Node) -> Compatibility {
    let mode = node.text().and_then(Mode::from_name).or_else(|| word(node, "mode", Mode::from_name));
    Compatibility { mode: mode.unwrap_or_default(), transitive: flag(node, "transitive").unwrap_or_default() }
}

pub(super) fn publisher(node: &Node) -> Publisher {
    Publisher {
        team: text(node, "team"),
        owner: text(node, "owner"),
        repository_url: text(node, "repository_url"),
        contact_email: text(node, "contact_email"),
        members: texts(node.get("members")),
        channels: each(node.get("channels"), |node| {
            Some(Channel {
                channel: text(node, "channel")?,
                to: text(node, "to").unwrap_or_default(),
                metadata: dict(node.get("metadata"), literal),
            })
        }),
    }
}

pub(super) fn quality(node: &Node) -> Vec<Quality> {
    let one = |node: &Node| {
        Some(Quality {
            metric: word(node, "metric_type", Metric::from_name)?,
            threshold: quantity(node, "threshold")?,
            measurement_method: text(node, "measurement_method"),
            alert_on_breach: flag(node, "alert_on_breach").unwrap_or(true),
            measuring: measuring(node),
        })
    };
    node.one_or_many().iter().filter_map(one).collect()
}

fn measuring(node: &Node) -> Option<Box<Measuring>> {
    let measuring = Measuring {
        rows: text(node, "where"),
        timestamp_field: text(node, "timestamp_field"),
        every: quantity(node, "check_every"),
        engine: text(node, "engine"),
    };
    (measuring != Measuring::default()).then(|| Box::new(measuring))
}

pub(in crate::format) fn rules(node: &Node) -> Vec<Rule> {
    let family = |key: &str, family: RuleFamily| each(node.get(key), |node| rule(node, family));
    let mut rules = family("technical", RuleFamily::Technical);
    rules.extend(family("business", RuleFamily::Business));
    rules
}

pub(in crate::format) fn rule(node: &Node, family: RuleFamily) -> Option<Rule> {
    Some(Rule {
        name: text(node, "name")?,
        id: scalar(node, "id"),
        family,
        dataset: text(node, "dataset"),
        field: text(node, "field"),
        check: text(node, "check"),
        expression: text(node, "expression"),
        assertion: assertion(node).map(Box::new),
        threshold: quantity(node, "threshold"),
        severity: word(node, "severity", RuleSeverity::from_name).unwrap_or_default(),
        dimension: text(node, "dimension"),
        description: text(node, "description"),
        measuring: measuring(node),
        tags: texts(node.get("tags")),
        metadata: dict(node.get("metadata"), literal),
    })
}

/// What is measured, and what it must be; `None` where the rule says it in another way.
fn assertion(node: &Node) -> Option<Assertion> {
    let arguments = node.get("arguments");
    let argument = |key| arguments.and_then(|arguments| arguments.get(key));
    let metric = node.get("metric").and_then(Node::text).and_then(MeasuredMetric::from_name);
    let subject = match metric {
        Some(MeasuredMetric::NullValues) => Subject::NullValues,
        Some(MeasuredMetric::MissingValues) => Subject::MissingValues(literals(argument("missing_values"))),
        Some(MeasuredMetric::InvalidValues) => Subject::InvalidValues {
            valid: literals(argument("valid_values")),
            pattern: argument("pattern").and_then(Node::text).map(str::to_owned),
        },
        Some(MeasuredMetric::DuplicateValues) => Subject::DuplicateValues(texts(argument("fields"))),
        Some(MeasuredMetric::RowCount) => Subject::RowCount,
        Some(MeasuredMetric::Mean) => Subject::Statistic(Statistic::Mean),
        Some(MeasuredMetric::StandardDeviation) => Subject::Statistic(Statistic::StandardDeviation),
        Some(MeasuredMetric::Minimum) => Subject::Statistic(Statistic::Minimum),
        Some(MeasuredMetric::Maximum) => Subject::Statistic(Statistic::Maximum),
        Some(MeasuredMetric::Quantile) => {
            let part = argument("quantile").and_then(|part| literal(part).number());
            Subject::Statistic(Statistic::Quantile(part.filter(|part| !part.is_nan())))
        }
        Some(MeasuredMetric::DistinctValues) => Subject::Statistic(Statistic::DistinctValues),
        Some(MeasuredMetric::Share) => Subject::Statistic(Statistic::Share(literals(argument("values")))),
        None => match text(node, "query") {
            Some(query) => Subject::Query(query),
            None => Subject::Engine(node.get("implementation").filter(|node| !node.is_null()).map(literal)?),
        },
    };
    let given = |key: &str| node.get(key).filter(|value| !value.is_null());
    let bound = Operator::ALL.iter().find_map(|(name, _)| {
        let (operator, value) = (Operator::from_name(name)?, given(name)?);
        let values = match operator {
            Operator::Near => [value].into_iter().chain(given("deviation")).map(literal).collect(),
            _ => literals(Some(value)),
        };
        Some(Bound { operator, values })
    });
    Some(Assertion { subject, bound, unit: text(node, "unit") })
}

pub(super) fn obligations(node: &Node) -> Obligations {
    Obligations {
        notice_period: quantity(node, "notice_period"),
        migration_guide: text(node, "migration_guide"),
        notify: dict(node.get("notify"), |node| texts(Some(node))),
        retention: quantity(node, "retention"),
    }
}

pub(super) fn terms(node: &Node) -> Option<Box<Terms>> {
    let terms = Terms {
        license: text(node, "license"),
        usage: text(node, "usage"),
        limitations: texts(node.get("limitations")),
        liability: text(node, "liability"),
        warranty: text(node, "warranty"),
        governing_law: text(node, "governing_law"),
    };
    (terms != Terms::default()).then(|| Box::new(terms))
}

pub(super) fn price(node: &Node) -> Option<Box<Price>> {
    let amount = literal(node.get("amount")?).number()?;
    Some(Box::new(Price { amount, currency: text(node, "currency")?, per: text(node, "per") }))
}

pub(super) fn sources(node: &Node) -> Vec<Source> {
    let one = |(environment, settings): (String, Vec<(String, Literal)>)| {
        let kind = settings.iter().find(|(key, _)| key == "type")?.1.text()?.to_owned();
        let mut plain = Vec::with_capacity(settings.len());
        for (key, value) in settings {
            match value {
                // Those in words of their system stand beside the others.
                Literal::Map(more) if key == "settings" => plain.extend(more),
                value if key != "type" => plain.push((key, value)),
                _ => {}
            }
        }
        Some(Source { environment, kind, settings: plain })
    };
    dict(Some(node), |node| dict(Some(node), literal)).into_iter().filter_map(one).collect()
}

pub(super) fn lineage(node: &Node) -> Lineage {
    Lineage {
        depends_on: texts(node.get("depends_on")),
        pulls_from: texts(node.get("pulls_from")),
        pushes_to: texts(node.get("pushes_to")),
        sources: texts(node.get("sources")),
        derived_from: texts(node.get("derived_from")),
    }
}

pub(super) fn lifecycle(node: &Node) -> Lifecycle {
    Lifecycle {
        approvals: each(node.get("approvals"), |node| {
            Some(Approval { by: text(node, "by")?, on: text(node, "on")?, role: text(node, "role") })
        }),
        effective_date: text(node, "effective_date"),
        available_from: text(node, "available_from"),
        deprecated_on: text(node, "deprecated_on"),
        sunset_on: text(node, "sunset_on"),
        expires_on: text(node, "expires_on"),
        support_until: text(node, "support_until"),
        replaced_by: text(node, "replaced_by"),
    }
}

pub(super) fn alert(node: &Node) -> Option<Alert> {
    Some(Alert {
        severity: text(node, "severity")?,
        channel: text(node, "channel")?,
        to: text(node, "to"),
        consumer: text(node, "consumer"),
    })
}

pub(super) fn scoring(node: &Node) -> Scoring {
    let weights = |node: Option<&Node>| -> Vec<(String, f64)> {
        let numbers = dict(node, |node| literal(node).number());
        numbers.into_iter().filter_map(|(name, weight)| Some((name, weight?))).collect()
    };
    Scoring { weights: weights(node.get("weights")), personas: dict(node.get("personas"), |node| weights(Some(node))) }
}
