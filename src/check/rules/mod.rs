//! The kinds of checks as rules, with a page each. The severity is that of a broken promise.

use super::CheckKind;
use crate::finding::{Group, RuleMeta, Severity};

macro_rules! rules {
    ($($code:literal ($severity:ident): $summary:literal,)*) => {
        /// A rule for each kind of check, in the order of [`CheckKind::ALL`].
        pub const RULES: &[RuleMeta] = &[$(RuleMeta {
            code: $code,
            group: Group::Checks,
            by_default: true,
            severity: Severity::$severity,
            summary: $summary,
            page: include_str!(concat!($code, ".md")),
        },)*];
    };
}

rules! {
    "check-availability" (Error): "The data service does not answer, or does not say that it is well.",
    "check-conformance" (Error): "The service serves another contract, or a version that does not keep the promise.",
    "check-schema" (Error): "The live columns are not those of the contract.",
    "check-freshness" (Error): "The newest data is older than promised.",
    "check-completeness" (Error): "Values are missing that were promised.",
    "check-volume" (Error): "There are fewer rows than promised, or far more or fewer than usual.",
    "check-latency" (Warning): "The service answers more slowly than promised.",
    "check-deprecation" (Warning): "The contract ends soon, or has ended.",
    "check-uniqueness" (Error): "Keys occur more than once.",
    "check-accuracy" (Error): "Values are wrong.",
    "check-rules" (Error): "Rows break a rule of the contract.",
}

impl CheckKind {
    /// The rule of this kind.
    pub fn rule(self) -> &'static RuleMeta {
        &RULES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_rule() {
        assert_eq!(CheckKind::ALL.len(), RULES.len());
        for kind in CheckKind::ALL {
            assert_eq!(kind.rule().code, format!("check-{}", kind.name()));
        }
    }
}
