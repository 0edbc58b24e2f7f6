use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::{nearest_field, suggest};
use crate::lint::{Across, Check, Context, Outline, Rule};
use crate::model::{Contract, Deprecation, Path, Status};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "successor-unknown",
        group: Group::Keys,
        severity: Severity::Warning,
        by_default: true,
        summary: "What replaces a contract or a field is not there.",
        page: include_str!("successor_unknown.md"),
    },
    checks: &[Check::Across(check), Check::Contract(parts)],
};

fn check(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(new) = &outline.lifecycle.replaced_by else { return };
    let (message, help) = match others.contract(new) {
        None => {
            let help = match others.nearest_contract(new) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a contract of the repository".to_owned(),
            };
            (format!("there is no contract {} to replace this one", quoted(new)), help)
        }
        Some(found) if found.name == outline.name && found.source == outline.source => {
            (format!("{} is to be replaced by itself", quoted(new)), "name another contract".to_owned())
        }
        // Who still looks at what is over is told by another rule, unless it is over itself.
        Some(found) if found.status == Status::Retired && outline.status == Status::Retired => (
            format!("{}, which replaces this contract, is retired too", quoted(new)),
            "name the contract that replaces both, or none".to_owned(),
        ),
        Some(_) => return,
    };
    let label = Label::at(outline.source, Path::of("lifecycle").key("replaced_by"));
    findings.push(Finding::new(&RULE.meta, label, message).help(help));
}

fn parts<'a>(contract: &'a Contract, context: &Context<'a>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        if let Some(new) = successor(dataset.deprecated.as_deref())
            && (new == dataset.name || context.dataset_of(contract, new).is_none())
        {
            let names = || contract.datasets.iter().take(100).map(|dataset| dataset.name.as_str());
            let near = suggest(findings, || nearest(new, names()));
            findings.push(no_part(contract, new, &dataset.name, ("dataset", near), &Path::dataset(&dataset.name)));
        }
        dataset.walk(&mut |path, field| {
            let Some(new) = successor(field.deprecated.as_deref()) else { return };
            if new == field.name || context.field_at(contract, new).is_none() {
                let near = suggest(findings, || nearest_field(new, dataset));
                findings.push(no_part(contract, new, &field.name, ("field", near), path));
            }
        });
    }
}

/// What replaces something, where that is one word: with dots it may be a part of another contract, with spaces it is prose.
fn successor(deprecated: Option<&Deprecation>) -> Option<&str> {
    let is_prose = |text: &&str| text.is_empty() || text.contains(|letter: char| letter == '.' || letter.is_whitespace());
    deprecated?.replaced_by.as_deref().filter(|text| !is_prose(text))
}

fn no_part(contract: &Contract, new: &str, old: &str, (what, near): (&str, Option<&str>), path: &Path) -> Finding {
    let label = Label::at(contract.source, path.key("deprecated").key("replaced_by"));
    let near = near.filter(|near| *near != old);
    let (message, help) = match near {
        _ if new == old => (format!("{} is to be replaced by itself", quoted(old)), format!("name another {what}")),
        Some(near) => (missing(new, old, what), format!("did you mean `{near}`?")),
        None => (missing(new, old, what), format!("name a {what} of the contract")),
    };
    Finding::new(&RULE.meta, label, message).help(help)
}

fn missing(new: &str, old: &str, what: &str) -> String {
    format!("{}, which replaces {}, is no {what} of the contract", quoted(new), quoted(old))
}
