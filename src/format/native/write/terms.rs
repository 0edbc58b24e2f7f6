//! What is promised and owed around the data: quality, rules, consumers, obligations, terms, origins, life.

use super::service_levels::service_levels;
use super::tree::{Keys, list_of_texts, plain_number};
use crate::model::{
    Alert, Assertion, Bound, Channel, Compatibility, Lifecycle, Lineage, Literal, MeasuredMetric, Measuring,
    Obligations, Operator, Price, Publisher, Quality, Rule, RuleFamily, RuleSeverity, Scoring, Source, Statistic,
    Subject, Subscriber, Terms,
};

/// Whom the version number protects.
pub(in crate::format) fn compatibility(compatibility: Compatibility) -> Literal {
    let mode = compatibility.mode.name();
    if compatibility.transitive {
        Keys::new().text("mode", Some(mode)).flag("transitive", true).done()
    } else {
        Literal::Text(mode.to_owned())
    }
}

/// Who publishes the data.
pub(in crate::format) fn publisher(publisher: &Publisher) -> Literal {
    Keys::new()
        .text("team", publisher.team.as_deref())
        .text("owner", publisher.owner.as_deref())
        .text("repository_url", publisher.repository_url.as_deref())
        .text("contact_email", publisher.contact_email.as_deref())
        .texts("members", &publisher.members)
        .list("channels", &publisher.channels, channel)
        .done()
}

/// A way to ask the publisher.
pub(in crate::format) fn channel(channel: &Channel) -> Literal {
    Keys::new()
        .text("channel", Some(&channel.channel))
        .text("to", Some(channel.to.as_str()).filter(|to| !to.is_empty()))
        .dict("metadata", &channel.metadata, Clone::clone)
        .done()
}

/// A promise about the quality of the data.
pub(in crate::format) fn quality(quality: &Quality) -> Literal {
    let mut keys = Keys::new();
    keys.text("metric_type", Some(quality.metric.name()))
        .number("threshold", Some(&quality.threshold))
        .text("measurement_method", quality.measurement_method.as_deref())
        .some("alert_on_breach", (!quality.alert_on_breach).then_some(Literal::Bool(false)));
    measuring(&mut keys, quality.measuring.as_deref());
    keys.done()
}

fn measuring(keys: &mut Keys, measuring: Option<&Measuring>) {
    if let Some(measuring) = measuring {
        keys.text("timestamp_field", measuring.timestamp_field.as_deref())
            .text("where", measuring.rows.as_deref())
            .quantity("check_every", measuring.every.as_ref())
            .text("engine", measuring.engine.as_deref());
    }
}

/// Rules by their family.
pub(in crate::format) fn rules(rules: &[Rule]) -> Literal {
    let family =
        |family: RuleFamily| -> Vec<Literal> { rules.iter().filter(|one| one.family == family).map(rule).collect() };
    Keys::new()
        .list("technical", &family(RuleFamily::Technical), Clone::clone)
        .list("business", &family(RuleFamily::Business), Clone::clone)
        .done()
}

/// A rule, without its family.
pub(in crate::format) fn rule(rule: &Rule) -> Literal {
    let mut keys = Keys::new();
    keys.text("name", Some(&rule.name))
        .text("dataset", rule.dataset.as_deref())
        .text("field", rule.field.as_deref())
        .text("check", rule.check.as_deref())
        .text("expression", rule.expression.as_deref());
    if let Some(one) = &rule.assertion {
        assertion(&mut keys, one);
    }
    keys.number("threshold", rule.threshold.as_ref())
        .text("severity", (rule.severity != RuleSeverity::default()).then_some(rule.severity.name()))
        .text("dimension", rule.dimension.as_deref())
        .text("description", rule.description.as_deref());
    measuring(&mut keys, rule.measuring.as_deref());
    keys.scalar("id", rule.id.as_deref())
        .texts("tags", &rule.tags)
        .dict("metadata", &rule.metadata, Clone::clone)
        .done()
}

fn assertion(keys: &mut Keys, assertion: &Assertion) {
    let mut arguments = Keys::new();
    match &assertion.subject {
        Subject::MissingValues(values) => {
            arguments.list("missing_values", values, Clone::clone);
        }
        Subject::InvalidValues { valid, pattern } => {
            arguments.list("valid_values", valid, Clone::clone).text("pattern", pattern.as_deref());
        }
        Subject::DuplicateValues(fields) => {
            arguments.texts("fields", fields);
        }
        Subject::Statistic(Statistic::Quantile(part)) => {
            arguments.some("quantile", part.map(plain_number));
        }
        Subject::Statistic(Statistic::Share(values)) => {
            arguments.list("values", values, Clone::clone);
        }
        Subject::Statistic(_) | Subject::NullValues | Subject::RowCount | Subject::Query(_) | Subject::Engine(_) => {}
    }
    keys.text("metric", assertion.subject.metric().map(MeasuredMetric::name)).map("arguments", arguments.done());
    match &assertion.subject {
        Subject::Query(query) => {
            keys.text("query", Some(query));
        }
        Subject::Engine(implementation) => {
            // Nothing would be read as no implementation.
            let said = if *implementation == Literal::Null { Literal::Map(Vec::new()) } else { implementation.clone() };
            keys.put("implementation", said);
        }
        _ => {}
    }
    keys.text("unit", assertion.unit.as_deref());
    match &assertion.bound {
        Some(Bound { operator: Operator::Near, values }) => {
            keys.some("baseline", values.first().cloned()).some("deviation", values.get(1).cloned());
        }
        Some(one) => {
            keys.put(one.operator.name(), bound(one));
        }
        None => {}
    }
}

/// One value stands alone, unless it would be read as none or as several.
fn bound(bound: &Bound) -> Literal {
    let is_range = matches!(bound.operator, Operator::MustBeBetween | Operator::MustNotBeBetween);
    match bound.values.as_slice() {
        [value] if !is_range && !matches!(value, Literal::List(_) | Literal::Null) => value.clone(),
        values => Literal::List(values.to_vec()),
    }
}

/// A team that uses the data.
pub(in crate::format) fn subscriber(subscriber: &Subscriber) -> Literal {
    let overrides = Keys::new()
        .list("quality", &subscriber.overrides.quality, quality)
        .map("service_levels", service_levels(&subscriber.overrides.service_levels))
        .done();
    Keys::new()
        .text("team", Some(&subscriber.team))
        .text("use_case", subscriber.use_case.as_deref())
        .texts("fields_used", &subscriber.fields_used)
        .text("contact_email", subscriber.contact_email.as_deref())
        .text("contract_version", subscriber.contract_version.as_deref())
        .text("purpose", subscriber.purpose.as_deref())
        .text("until", subscriber.until.as_deref())
        .map("overrides", overrides)
        .done()
}

/// What the producer owes.
pub(in crate::format) fn obligations(obligations: &Obligations) -> Literal {
    Keys::new()
        .quantity("notice_period", obligations.notice_period.as_ref())
        .text("migration_guide", obligations.migration_guide.as_deref())
        .dict("notify", &obligations.notify, |who| list_of_texts(who))
        .quantity("retention", obligations.retention.as_ref())
        .done()
}

/// The legal terms.
pub(in crate::format) fn terms(terms: &Terms) -> Literal {
    Keys::new()
        .text("license", terms.license.as_deref())
        .text("usage", terms.usage.as_deref())
        .texts("limitations", &terms.limitations)
        .text("liability", terms.liability.as_deref())
        .text("warranty", terms.warranty.as_deref())
        .text("governing_law", terms.governing_law.as_deref())
        .done()
}

/// What the data costs.
pub(in crate::format) fn price(price: &Price) -> Literal {
    Keys::new()
        .put("amount", plain_number(price.amount))
        .text("currency", Some(&price.currency))
        .text("per", price.per.as_deref())
        .done()
}

/// Where the live data of an environment is, without the name of the environment. What is no key of the native format
/// stands in `settings`; `known` tells which are.
pub(in crate::format) fn source(source: &Source, known: impl Fn(&str, &Literal) -> bool) -> Literal {
    let (native, others): (Vec<_>, Vec<_>) =
        source.settings.iter().cloned().partition(|(key, value)| key != "settings" && known(key, value));
    let mut keys = Keys::new();
    keys.text("type", Some(&source.kind));
    for (key, value) in native {
        keys.put(&key, value);
    }
    keys.map("settings", Literal::Map(others)).done()
}

/// Where the data comes from and goes to.
pub(in crate::format) fn lineage(lineage: &Lineage) -> Literal {
    Keys::new()
        .texts("depends_on", &lineage.depends_on)
        .texts("pulls_from", &lineage.pulls_from)
        .texts("pushes_to", &lineage.pushes_to)
        .texts("sources", &lineage.sources)
        .texts("derived_from", &lineage.derived_from)
        .done()
}

/// Approvals and dates.
pub(in crate::format) fn lifecycle(lifecycle: &Lifecycle) -> Literal {
    Keys::new()
        .list("approvals", &lifecycle.approvals, |approval| {
            Keys::new()
                .text("by", Some(&approval.by))
                .text("on", Some(&approval.on))
                .text("role", approval.role.as_deref())
                .done()
        })
        .text("effective_date", lifecycle.effective_date.as_deref())
        .text("available_from", lifecycle.available_from.as_deref())
        .text("deprecated_on", lifecycle.deprecated_on.as_deref())
        .text("sunset_on", lifecycle.sunset_on.as_deref())
        .text("expires_on", lifecycle.expires_on.as_deref())
        .text("support_until", lifecycle.support_until.as_deref())
        .text("replaced_by", lifecycle.replaced_by.as_deref())
        .done()
}

/// Who is told of violations.
pub(in crate::format) fn alert(alert: &Alert) -> Literal {
    Keys::new()
        .text("severity", Some(&alert.severity))
        .text("channel", Some(&alert.channel))
        .text("to", alert.to.as_deref())
        .text("consumer", alert.consumer.as_deref())
        .done()
}

/// How checks are weighed.
pub(in crate::format) fn scoring(scoring: &Scoring) -> Literal {
    let number = |weight: &f64| plain_number(*weight);
    Keys::new()
        .dict("weights", &scoring.weights, number)
        .dict("personas", &scoring.personas, |weights| {
            Literal::Map(weights.iter().map(|(name, weight)| (name.clone(), number(weight))).collect())
        })
        .done()
}
