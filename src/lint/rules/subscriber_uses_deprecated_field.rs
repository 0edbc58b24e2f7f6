use std::collections::HashSet;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Context, Rule};
use crate::model::{Contract, Path, SourceId, Subscriber, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "subscriber-uses-deprecated-field",
        group: Group::Subscriptions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A subscriber uses a field that is going away.",
        page: include_str!("subscriber_uses_deprecated_field.md"),
    },
    checks: &[Check::Contract(inline), Check::SubscriptionAcross(in_a_file)],
};

fn inline<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    let live = contract.subscribers.iter().enumerate().filter(|(_, one)| one.is_live(context.today));
    for (index, subscriber) in live {
        for (position, name) in named(subscriber) {
            let field = context.field_at(contract, name).map(|(_, field)| field);
            if let Some(deprecated) = field.and_then(|field| field.deprecated.as_ref()) {
                let at = (contract.source, &Path::of("subscribers").index(index), position);
                let help = match &deprecated.replaced_by {
                    Some(new) => format!("let it use {} instead, which replaces it", quoted(new)),
                    None => "let it do without, before the field goes".to_owned(),
                };
                findings.push(finding(&subscriber.team, name, at).help(help));
            }
        }
    }
}

fn in_a_file(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let subscriber = &subscription.subscriber;
    let Some(contract) = others.contract(&subscription.contract).filter(|_| subscriber.is_live(others.today)) else {
        return;
    };
    for (position, name) in named(subscriber) {
        if let Some(field) = contract.field_at(name).filter(|field| field.promise.is_deprecated) {
            let there = Label::at(contract.source, contract.path_of(field).key("deprecated")).note("deprecated here");
            findings.push(
                finding(&subscriber.team, name, (subscription.source, &Path::root(), position))
                    .related(there)
                    .help("do without, or use what replaces it, before the field goes"),
            );
        }
    }
}

/// The fields that a subscriber uses, each once, and their places.
fn named(subscriber: &Subscriber) -> impl Iterator<Item = (usize, &str)> {
    let mut seen = HashSet::new();
    let all = subscriber.fields_used.iter().map(String::as_str).enumerate();
    all.filter(move |(_, name)| seen.insert(*name))
}

fn finding(team: &str, name: &str, (source, subscriber, position): (SourceId, &Path, usize)) -> Finding {
    let label = Label::at(source, subscriber.key("fields_used").index(position));
    Finding::new(&RULE.meta, label, format!("{} uses {}, which is deprecated", quoted(team), quoted(name)))
}
