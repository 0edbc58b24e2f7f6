use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Across, Check, Context, FieldAt, Outline, Rule, RuleAt};
use crate::model::{Contract, Field, Path, SourceId};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "reused-id",
        group: Group::Structure,
        severity: Severity::Error,
        by_default: true,
        summary: "Two contracts, datasets, fields or rules have the same id.",
        page: include_str!("reused_id.md"),
    },
    checks: &[Check::Contract(check), Check::Field(nested), Check::Across(among)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let source = contract.source;
    let datasets = contract.datasets.iter().map(|dataset| dataset.id.as_deref());
    twice(source, "datasets", datasets, &|index| Path::of("datasets").index(index), findings);
    rules(contract, findings);
    for dataset in &contract.datasets {
        let at = Path::dataset(&dataset.name);
        fields(source, &|| at.key("schema"), &dataset.fields, findings);
        let keys = dataset.foreign_keys.iter().map(|key| key.id.as_deref());
        twice(source, "foreign keys", keys, &|index| at.key("foreign_keys").index(index), findings);
    }
}

/// The id of a contract leads to it from everywhere, as its name does.
fn among(outline: &Outline, others: &Across<'_>, findings: &mut Vec<Finding>) {
    let Some(id) = &outline.id else { return };
    let known = others.all_of_id(id).into_iter().chain(others.all(id));
    let Some(other) = known.into_iter().find(|other| other.source != outline.source) else { return };
    let at = |outline: &Outline, key| Label::at(outline.source, Path::of(key));
    let (what, key) = if other.id.as_ref() == Some(id) { ("id", "id") } else { ("name", "name") };
    let message = format!("another contract has the {what} {} too", quoted(id));
    findings.push(
        Finding::new(&RULE.meta, at(outline, "id"), message).related(at(&other, key).note("the other one")).help(
            "give one of the two another id, such as a new UUID; versions of one contract are commits, not files",
        ),
    );
}

fn nested(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    fields(at.contract.source, &|| at.path.key("fields"), &at.field.fields, findings);
}

fn fields(source: SourceId, list: &dyn Fn() -> Path, fields: &[Field], findings: &mut Vec<Finding>) {
    twice(source, "fields", fields.iter().map(Field::id), &|index| list().index(index), findings);
}

fn rules(contract: &Contract, findings: &mut Vec<Finding>) {
    let mut first: HashMap<_, RuleAt<'_>> = HashMap::new();
    for at in RuleAt::all(contract) {
        let Some(id) = &at.rule.id else { continue };
        match first.entry((at.list(), id)) {
            Entry::Vacant(place) => {
                place.insert(at);
            }
            Entry::Occupied(earlier) => {
                findings.push(given_twice("rules", id, at.label_of("id"), earlier.get().label_of("id")));
            }
        }
    }
}

fn twice<'a>(
    source: SourceId,
    what: &str,
    ids: impl Iterator<Item = Option<&'a str>>,
    place: &dyn Fn(usize) -> Path,
    findings: &mut Vec<Finding>,
) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, id) in ids.enumerate() {
        let Some(id) = id else { continue };
        let earlier = *first.entry(id).or_insert(index);
        if earlier < index {
            let at = |index| Label::at(source, place(index).key("id"));
            findings.push(given_twice(what, id, at(index), at(earlier)));
        }
    }
}

fn given_twice(what: &str, id: &str, here: Label, earlier: Label) -> Finding {
    let message = format!("two {what} have the id {}", quoted(id));
    Finding::new(&RULE.meta, here, message)
        .related(earlier.note("first given here"))
        .help("give each an id of its own: by it one is recognised when its name changes")
}
