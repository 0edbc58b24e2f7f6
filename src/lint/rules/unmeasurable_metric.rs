use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule, RuleAt};
use crate::model::{Statistic, Subject};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unmeasurable-metric",
        group: Group::Quality,
        severity: Severity::Error,
        by_default: true,
        summary: "A metric does not have what it needs to be measured.",
        page: include_str!("unmeasurable_metric.md"),
    },
    checks: &[Check::Quality(check)],
};

fn check<'a>(at: &RuleAt<'a>, context: &Context<'a>, findings: &mut Vec<Finding>) {
    let Some(assertion) = at.rule.assertion.as_deref() else { return };
    if let Subject::Statistic(statistic) = &assertion.subject {
        return findings.extend(of_statistic(at, statistic, context));
    }
    let has_field = at.rule.field.is_some();
    let (why, help) = match &assertion.subject {
        Subject::NullValues | Subject::MissingValues(_) | Subject::InvalidValues { .. } if !has_field => {
            ("counts values, and names no field", "name the field in `field`; rows are counted by `row_count`")
        }
        Subject::MissingValues(values) if values.is_empty() => (
            "counts values that stand for a missing one, and does not say which",
            "list them in `arguments`: `missing_values: [\"\", \"N/A\"]`; nulls alone are `null_values`",
        ),
        Subject::InvalidValues { valid, pattern: None } if valid.is_empty() => (
            "counts invalid values, and does not say which are valid",
            "list them in `arguments` as `valid_values`, or give a `pattern` that they match",
        ),
        Subject::DuplicateValues(fields) if fields.is_empty() && !has_field => (
            "counts duplicates, and does not say of what",
            "name the field in `field`, or several in `arguments`: `fields: [country, number]`",
        ),
        _ => return,
    };
    let message = format!("the rule {} {why}", quoted(&at.rule.name));
    findings.push(Finding::new(&RULE.meta, at.label_of("metric"), message).help(help));
}

/// What a statistic lacks, with the place where that is said.
fn of_statistic<'a>(at: &RuleAt<'a>, statistic: &Statistic, context: &Context<'a>) -> Option<Finding> {
    let rule = quoted(&at.rule.name);
    let argument = |key: &'static str| Label::at(at.contract.source, at.path().key("arguments").key(key));
    let found = |label, message: String, help: String| Some(Finding::new(&RULE.meta, label, message).help(help));
    let metric = quoted(statistic.metric().name());
    let Some(name) = at.rule.field.as_deref() else {
        let message = format!("the rule {rule} measures {metric}, and names no field");
        return found(at.label_of("metric"), message, "name the field in `field`".to_owned());
    };
    match statistic {
        Statistic::Quantile(None) => {
            let message = format!("the rule {rule} measures a quantile, and does not say which");
            let help = "say it in `arguments`, such as `quantile: 0.95`; 0.5 is the median";
            return found(at.label_of("metric"), message, help.to_owned());
        }
        Statistic::Quantile(Some(part)) if statistic.part().is_none() => {
            let message = format!("the rule {rule} measures the quantile {part}, and quantiles lie between 0 and 1");
            let is_percent = (1.0..=100.0).contains(part);
            let meant = if is_percent { format!("{}", part / 100.0) } else { "0.95".to_owned() };
            let help = if is_percent {
                format!("write `{meant}`, if percent are meant")
            } else {
                format!("write a part such as `{meant}`")
            };
            return found(argument("quantile"), message, help);
        }
        Statistic::Share(values) if values.is_empty() => {
            let message = format!("the rule {rule} measures a share, and does not say of which values");
            return found(at.label_of("metric"), message, "list them in `arguments`: `values: [paid]`".to_owned());
        }
        _ => {}
    }
    let dataset = match (at.dataset, at.rule.dataset.as_deref()) {
        (Some(dataset), _) => Some(dataset),
        (None, Some(name)) => context.dataset_of(at.contract, name),
        (None, None) => None,
    };
    let field = match dataset {
        Some(dataset) => context.field_in(at.contract, dataset, name),
        None => context.field_at(at.contract, name).map(|(_, field)| field),
    };
    // That it is there is the matter of another rule.
    let data_type = field?.data_type;
    let why = statistic.unsuited(name, data_type)?;
    let help = match statistic {
        Statistic::Minimum | Statistic::Maximum if data_type.is_ordered() => {
            "bound each value by the constraints `min` and `max` of the field"
        }
        _ if statistic.is_of_numbers() => {
            "name a field of numbers; of other values there are `distinct_values` and `share`"
        }
        _ => "name a field with one plain value in each row",
    };
    found(at.label_of("field"), format!("the rule {rule} can't be measured: {why}"), help.to_owned())
}
