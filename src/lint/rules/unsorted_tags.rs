use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule, RuleAt};
use crate::model::{Contract, Literal, Path, SourceId};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unsorted-tags",
        group: Group::Hygiene,
        severity: Severity::Info,
        by_default: false,
        summary: "A list of tags is not in alphabetical order.",
        page: include_str!("unsorted_tags.md"),
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
    let mut sorted: Vec<&String> = tags.iter().collect();
    sorted.sort();
    let pairs = || tags.iter().zip(&sorted).enumerate().filter(|(_, (tag, right))| tag != *right);
    let Some((_, (found, first))) = pairs().next() else { return };
    let edits = pairs()
        .map(|(index, (_, right))| Edit::Value(Place::Element(path().index(index)), Literal::Text((*right).clone())));
    let fix = Fix::safe("sort the tags", edits.collect());
    let message = format!("the tags are not sorted: {} comes before {}", quoted(found), quoted(first));
    let help = "sort them: two branches that add a tag then rarely add it at the same place";
    findings.push(Finding::new(&RULE.meta, Label::at(source, path()), message).help(help).fix(fix));
}
