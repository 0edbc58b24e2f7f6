use crate::finding::{Edit, Finding, Fix, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Alert, Contract, Literal, Path};
use crate::source::words::{alternatives, nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "undeliverable-alert",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "An alert goes nowhere: its channel is unknown, or has no address.",
        page: include_str!("undeliverable_alert.md"),
    },
    checks: &[Check::Contract(check)],
};

/// The channels, and whether they need an address.
const CHANNELS: &[(&str, bool)] =
    &[("stdout", false), ("webhook", true), ("slack", true), ("email", true), ("pagerduty", false)];

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for (index, alert) in contract.alerts.iter().enumerate() {
        let path = Path::of("alerts").index(index);
        findings.extend(undeliverable(alert, |key| Label::at(contract.source, path.key(key))));
    }
}

fn undeliverable(alert: &Alert, label: impl Fn(&'static str) -> Label) -> Option<Finding> {
    let names = || CHANNELS.iter().map(|(name, _)| *name);
    let Some((name, needs_address)) = CHANNELS.iter().find(|(name, _)| *name == alert.channel) else {
        let message = format!("there is no channel {}", quoted(&alert.channel));
        let at = label("channel");
        let place = at.place.clone();
        let finding = Finding::new(&RULE.meta, at, message);
        return Some(match nearest(&alert.channel, names()) {
            Some(near) => finding
                .help(format!("did you mean `{near}`?"))
                .fix(Fix::guess(format!("write `{near}`"), vec![Edit::Value(place, Literal::Text(near.to_owned()))])),
            None => finding.help(format!("write one of {}", alternatives(names()))),
        });
    };
    let to = alert.to.as_deref().map_or("", str::trim);
    let help = match (*name, to) {
        (_, "") if *needs_address => "add `to` with the address: a webhook, a channel or an e-mail address",
        ("email", to) if !to.contains('@') && !to.contains("${") => {
            "write an e-mail address, such as `data@example.com`"
        }
        _ => return None,
    };
    let message = if to.is_empty() {
        format!("the alert by {name} has no address")
    } else {
        format!("{} is no address for an alert by e-mail", quoted(to))
    };
    Some(Finding::new(&RULE.meta, label(if to.is_empty() { "channel" } else { "to" }), message).help(help))
}
