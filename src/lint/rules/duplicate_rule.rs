use std::collections::HashMap;

use crate::finding::{Finding, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{self, Contract, Path, RuleFamily};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-rule",
        severity: Severity::Warning,
        summary: "Two rules on one field or dataset have the same name.",
        page: include_str!("duplicate_rule.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    list(contract, &contract.rules, &Path::root(), findings);
    for dataset in &contract.datasets {
        list(contract, &dataset.rules, &Path::dataset(&dataset.name), findings);
    }
}

fn list(contract: &Contract, rules: &[model::Rule], around: &Path, findings: &mut Vec<Finding>) {
    if rules.len() < 2 {
        return;
    }
    let mut counts = [0, 0];
    let mut first: HashMap<_, (&'static str, usize)> = HashMap::new();
    for rule in rules {
        let [technical, business] = &mut counts;
        let (key, count) = match rule.family {
            RuleFamily::Technical => ("technical", technical),
            RuleFamily::Business => ("business", business),
        };
        let place = (key, *count);
        *count += 1;
        let earlier = *first.entry((&rule.name, &rule.dataset, &rule.field)).or_insert(place);
        if earlier != place {
            let at = |(key, index)| Label::at(contract.source, around.key("rules").key(key).index(index));
            let of = rule.field.as_ref().or(rule.dataset.as_ref());
            let of = of.map_or_else(String::new, |of| format!(" of {}", quoted(of)));
            let message = format!("two rules{of} are called {}", quoted(&rule.name));
            findings.push(
                Finding::new(&RULE.meta, at(place), message)
                    .related(at(earlier).note("the first one"))
                    .help("rename one of the two: results, alerts and `pact diff` tell rules apart by their names"),
            );
        }
    }
}
