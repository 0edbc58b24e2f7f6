use std::cmp::Ordering;

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::overrides::{Held, held};
use crate::lint::{Across, Check, Context, Rule};
use crate::model::{Contract, Path, SourceId, Subscription};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "moot-override",
        group: Group::Subscriptions,
        severity: Severity::Info,
        by_default: true,
        summary: "A subscriber is promised what everybody is promised.",
        page: include_str!("moot_override.md"),
    },
    checks: &[Check::Contract(inline), Check::SubscriptionAcross(in_a_file)],
};

fn inline(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        let common = (contract.quality.as_slice(), Some(&contract.service_levels));
        let path = Path::of("subscribers").index(index);
        let moot = held(&subscriber.overrides, common).filter(|held| held.order == Ordering::Equal);
        findings.extend(moot.map(|held| finding(&held, &subscriber.team, (contract.source, &path))));
    }
}

fn in_a_file(subscription: &Subscription, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(contract) = others.contract(&subscription.contract) else { return };
    let common = (contract.quality.as_slice(), contract.service_levels.as_deref());
    let moot = held(&subscription.subscriber.overrides, common).filter(|held| held.order == Ordering::Equal);
    let at = (subscription.source, &Path::root());
    findings.extend(moot.map(|held| finding(&held, &subscription.subscriber.team, at)));
}

fn finding(held: &Held<'_>, team: &str, (source, subscriber): (SourceId, &Path)) -> Finding {
    let message = format!("{} is promised {} {}, as everybody is", quoted(team), held.what, quoted(&held.own.text));
    // It would count again if everybody were promised less: whether that was meant, only they know who agreed on it.
    let fix = Fix::guess("remove the override", vec![Edit::Remove(Place::Element(held.element(subscriber)))]);
    Finding::new(&RULE.meta, Label::at(source, held.path(subscriber)), message)
        .help("remove it, unless it is to hold when the contract promises less one day")
        .fix(fix)
}
