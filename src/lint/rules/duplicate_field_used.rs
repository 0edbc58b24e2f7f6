use std::collections::HashMap;

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path, SourceId, Subscriber, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-field-used",
        group: Group::Subscriptions,
        severity: Severity::Warning,
        by_default: true,
        summary: "A subscriber names a field twice.",
        page: include_str!("duplicate_field_used.md"),
    },
    checks: &[Check::Contract(inline), Check::Subscription(in_a_file)],
};

fn inline(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        judge(subscriber, (contract.source, &Path::of("subscribers").index(index)), findings);
    }
}

fn in_a_file(subscription: &Subscription, _: &Context<'_>, findings: &mut Vec<Finding>) {
    judge(&subscription.subscriber, (subscription.source, &Path::root()), findings);
}

fn judge(subscriber: &Subscriber, (source, path): (SourceId, &Path), findings: &mut Vec<Finding>) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, name) in subscriber.fields_used.iter().enumerate() {
        let earlier = *first.entry(name).or_insert(index);
        if earlier == index {
            continue;
        }
        let at = |index| path.key("fields_used").index(index);
        let message = format!("{} names {} twice", quoted(&subscriber.team), quoted(name));
        findings.push(
            Finding::new(&RULE.meta, Label::at(source, at(index)), message)
                .related(Label::at(source, at(earlier)).note("first named here"))
                .help("remove one of the two")
                .fix(Fix::safe(
                    format!("remove the second {}", quoted(name)),
                    vec![Edit::Remove(Place::Element(at(index)))],
                )),
        );
    }
}
