use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::context::is_external;
use crate::lint::{Check, Context, Rule};
use crate::model::{Contract, Path};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "foreign-key-length-mismatch",
        group: Group::Keys,
        severity: Severity::Error,
        by_default: true,
        summary: "A foreign key has more fields here than there, or fewer.",
        page: include_str!("foreign_key_length_mismatch.md"),
    },
    checks: &[Check::Contract(check)],
};

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.foreign_keys.is_empty()) {
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            let (count, there) = (key.fields.len(), key.referenced_fields.len());
            // What is in another file is not known by its fields.
            if count == there || is_external(&key.references) {
                continue;
            }
            let path = Path::dataset(&dataset.name).key("foreign_keys").index(index);
            let label = Label::at(contract.source, path.key("referenced_fields"));
            let fields = |count| if count == 1 { "1 field".to_owned() } else { format!("{count} fields") };
            let message = format!("a foreign key of {} refers to {}", fields(count), fields(there));
            findings.push(
                Finding::new(&RULE.meta, label, message)
                    .related(Label::at(contract.source, path.key("fields")).note("the fields here"))
                    .help("name as many fields there as here, in the same order"),
            );
        }
    }
}
