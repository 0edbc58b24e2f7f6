use crate::finding::{Edit, Finding, Fix, Group, Place, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::context::suggest;
use crate::lint::{Check, Rule};
use crate::model::Literal;
use crate::source::Node;
use crate::source::words::{misspelt, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "misspelt-service-level",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "A service level of an ODCS file is nearly one that the standard names.",
        page: include_str!("misspelt_service_level.md"),
    },
    checks: &[Check::Text(check)],
};

/// The service levels that the standard names, and `freshness`, which many write for `latency`.
const KNOWN: &[&str] = &[
    "availability",
    "endOfLife",
    "endOfSupport",
    "errorRate",
    "frequency",
    "freshness",
    "generalAvailability",
    "latency",
    "retention",
    "throughput",
    "timeOfAvailability",
    "timeToDetect",
    "timeToNotify",
    "timeToRepair",
];

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    // In files of other formats the keys are the names, and an unknown key has been told.
    let lists = at.tree.entries().iter().filter(|entry| at.contract.is_some() && entry.key.starts_with("sla"));
    for property in lists.flat_map(|list| list.value.items()).filter_map(|level| level.get("property")) {
        let Some((written, known)) = property.text().and_then(|text| suggest(findings, || Some((text, meant(text)?))))
        else {
            continue;
        };
        findings.push(finding(at, property, written, known));
    }
}

fn finding(at: &TextAt<'_>, property: &Node, written: &str, known: &'static str) -> Finding {
    let message = format!("the service level {} is none that the standard names", quoted(written));
    let edit = Edit::Value(Place::Span(property.span), Literal::Text(known.to_owned()));
    Finding::new(&RULE.meta, at.label(property.span), message)
        .help(format!("did you mean `{known}`?"))
        // As a word that the standard has it is a promise that was none before.
        .fix(Fix::guess(format!("write `{known}` for {}", quoted(written)), vec![edit]))
}

/// The service level of which a word is certainly another spelling. A word of somebody's own is as good as any.
fn meant(written: &str) -> Option<&'static str> {
    const LONGEST: usize = 40;
    let is_known = KNOWN.iter().any(|known| known.eq_ignore_ascii_case(written));
    // With a number people tell several of their own apart.
    if is_known || written.len() > LONGEST || written.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    misspelt(written, KNOWN.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn service_levels_of_ones_own_are_let_be() {
        let cases = [
            ("latancy", Some("latency")),
            ("availabilty", Some("availability")),
            ("time_to_repair", Some("timeToRepair")),
            ("end-of-live", Some("endOfLife")),
            ("retension", Some("retention")),
            ("Latency", None),
            ("GA", None),
            ("ly", None),
            ("reliability", None),
            ("durability", None),
            ("completeness", None),
            ("timeToRespond", None),
            ("timeToResolve", None),
            ("timeToRecover", None),
            ("latency2", None),
            ("successRate", None),
            ("", None),
        ];
        for (written, expected) in cases {
            assert_eq!(meant(written), expected, "{written}");
        }
    }
}
