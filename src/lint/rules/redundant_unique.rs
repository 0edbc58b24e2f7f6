use std::collections::{BTreeSet, HashMap};

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Dataset, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "redundant-unique",
        group: Group::Keys,
        severity: Severity::Info,
        by_default: true,
        summary: "A group of unique fields says nothing that is not said already.",
        page: include_str!("redundant_unique.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.unique.is_empty()) {
        let key: BTreeSet<&str> = dataset.primary_key().map(|field| field.name.as_str()).collect();
        let single: BTreeSet<&str> =
            dataset.fields.iter().filter(|field| field.unique).map(|field| field.name.as_str()).collect();
        let mut known: HashMap<BTreeSet<&str>, usize> = HashMap::new();
        for (index, group) in dataset.unique.iter().enumerate() {
            let names: BTreeSet<&str> = group.iter().map(String::as_str).collect();
            let alone = if let [only] = group.as_slice() { Some(only.as_str()) } else { None };
            let why = if names.is_empty() {
                continue;
            } else if names == key {
                "is the primary key, which is unique anyway".to_owned()
            } else if let Some(only) = alone.filter(|only| single.contains(only)) {
                format!("is {} alone, which says `unique: true` itself", quoted(only))
            } else if let Some(earlier) = known.get(&names) {
                format!("repeats group {}", earlier + 1)
            } else {
                known.insert(names, index);
                continue;
            };
            findings.push(redundant(contract, dataset, index, &why));
        }
    }
}

fn redundant(contract: &Contract, dataset: &Dataset, index: usize, why: &str) -> Finding {
    let path = Path::dataset(&dataset.name).key("unique").index(index);
    let message = format!("group {} of unique fields {why}", index + 1);
    let finding = Finding::new(&RULE.meta, Label::at(contract.source, path.clone()), message).help("remove the group");
    // A list that is empty afterwards is for its author to tidy up.
    finding.fix(Fix::safe("remove the group", vec![Edit::Remove(Place::Element(path))]))
}
