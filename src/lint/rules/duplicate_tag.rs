use std::collections::HashSet;

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule, RuleAt};
use crate::model::{Contract, Path, SourceId};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "duplicate-tag",
        group: Group::Hygiene,
        severity: Severity::Warning,
        by_default: true,
        summary: "A list of tags has one of them twice.",
        page: include_str!("duplicate_tag.md"),
    },
    checks: &[Check::Contract(contract), Check::Field(field), Check::Quality(rule)],
};

fn contract(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    look(contract.source, &contract.tags, || Path::of("tags"), findings);
    for dataset in &contract.datasets {
        look(contract.source, &dataset.tags, || Path::dataset(&dataset.name).key("tags"), findings);
    }
}

fn field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    look(at.contract.source, &at.field.tags, || at.path.key("tags"), findings);
}

fn rule(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    look(at.contract.source, &at.rule.tags, || at.path().key("tags"), findings);
}

fn look(source: SourceId, tags: &[String], path: impl Fn() -> Path, findings: &mut Vec<Finding>) {
    let mut seen = HashSet::with_capacity(tags.len());
    for (index, tag) in tags.iter().enumerate() {
        if seen.insert(tag) {
            continue;
        }
        let place = path().index(index);
        let fix = Fix::safe("remove the second one", vec![Edit::Remove(Place::Element(place.clone()))]);
        let message = format!("the tag {} is given twice", quoted(tag));
        findings
            .push(Finding::new(&RULE.meta, Label::at(source, place), message).help("remove one of the two").fix(fix));
    }
}
