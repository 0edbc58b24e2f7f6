use std::collections::HashSet;

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::context::suggest;
use crate::lint::siblings::{self, Siblings};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Field, Literal, Path};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "replacement-unknown",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "What is to be used instead of something deprecated is not there.",
        page: include_str!("replacement_unknown.md"),
    },
    checks: &[Check::Contract(datasets), Check::Contract(fields)],
};

fn datasets(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut names: Option<HashSet<&str>> = None;
    for dataset in &contract.datasets {
        let Some(other) = dataset.deprecated.as_ref().and_then(|deprecated| deprecated.replaced_by.as_ref()) else {
            continue;
        };
        let label = || Label::at(contract.source, Path::dataset(&dataset.name).key("deprecated").key("replaced_by"));
        if *other == dataset.name {
            findings.push(itself(other, label()));
            continue;
        }
        // What is not here may be in another contract; what is nearly here is a slip.
        let others = || contract.datasets.iter().take(100).map(|dataset| dataset.name.as_str());
        let names =
            names.get_or_insert_with(|| contract.datasets.iter().map(|dataset| dataset.name.as_str()).collect());
        if !names.contains(other.as_str())
            && let Some(near) = suggest(findings, || nearest(other, others().filter(|name| *name != dataset.name)))
        {
            findings.push(unknown(other, Some(near), &format!("a dataset of {}", quoted(&contract.name)), label()));
        }
    }
}

fn fields(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    siblings::each(contract, &mut |siblings| {
        let replaced = |field: &'_ Field| field.deprecated.as_ref().is_some_and(|one| one.replaced_by.is_some());
        if siblings.fields.iter().any(replaced) {
            among(siblings, findings);
        }
    });
}

fn among(siblings: &Siblings<'_>, findings: &mut Vec<Finding>) {
    let names: HashSet<&str> = siblings.fields.iter().map(|field| field.name.as_str()).collect();
    for field in siblings.fields {
        let Some(other) = field.deprecated.as_ref().and_then(|one| one.replaced_by.as_ref()) else { continue };
        let label = || {
            let at = siblings.label_of(field, "deprecated");
            let Place::Element(path) = at.place else { return at };
            Label::at(at.source, path.key("replaced_by"))
        };
        if *other == field.name {
            findings.push(itself(other, label()));
        } else if !other.contains('.') && !names.contains(other.as_str()) && siblings.is_dataset() {
            // A name with dots may lead into another contract, and what is in an object may be replaced from outside.
            let others = siblings.fields.iter().take(2_000).map(|field| field.name.as_str());
            let near = suggest(findings, || nearest(other, others));
            findings.push(unknown(other, near, &format!("a field of {}", siblings.owner()), label()));
        }
    }
}

fn itself(name: &str, label: Label) -> Finding {
    let message = format!("{} is to be replaced by itself", quoted(name));
    Finding::new(&RULE.meta, label, message).help("name what readers should use instead, or leave `replaced_by` out")
}

fn unknown(name: &str, near: Option<&str>, what: &str, label: Label) -> Finding {
    let message = format!("{} is to be used instead, and is not {what}", quoted(name));
    let place = label.place.clone();
    let finding = Finding::new(&RULE.meta, label, message);
    match near {
        Some(near) => finding.help(format!("did you mean {}?", quoted(near))).fix(Fix::guess(
            format!("write {}", quoted(near)),
            vec![Edit::Value(place, Literal::Text(near.to_owned()))],
        )),
        None => finding.help("name what readers should use instead, in another contract as `contract.field`"),
    }
}
