//! Fields that stand beside each other: those of a dataset, or of an object in it.

use crate::finding::Label;
use crate::model::{Contract, Field, Path, SourceId, Step};

/// The fields of a dataset, or of an object in it.
pub(super) struct Siblings<'a> {
    source: SourceId,
    /// What they are fields of.
    owner: &'a Path,
    /// The fields; at least one.
    pub(super) fields: &'a [Field],
}

impl Siblings<'_> {
    /// The place of the field of a name.
    pub(super) fn label_called(&self, name: &str) -> Label {
        Label::at(self.source, self.owner.field(name))
    }

    /// The place of a key of a field.
    pub(super) fn label_of(&self, field: &Field, key: &'static str) -> Label {
        Label::at(self.source, self.owner.field(field.name.as_str()).key(key))
    }

    /// Whether they are the fields of a dataset, and not of an object in it.
    pub(super) fn is_dataset(&self) -> bool {
        self.owner.steps().len() == 1
    }

    /// What they are fields of, as messages name it.
    pub(super) fn owner(&self) -> String {
        let last = self.owner.last_field();
        crate::source::words::quoted(if last.is_empty() { self.owner.to_string() } else { last }.as_str())
    }
}

/// Calls `visit` with every list of fields of a contract.
pub(super) fn each(contract: &Contract, visit: &mut dyn FnMut(&Siblings<'_>)) {
    for dataset in contract.datasets.iter().filter(|dataset| !dataset.fields.is_empty()) {
        list(contract.source, &Path::dataset(&dataset.name), &dataset.fields, visit);
    }
}

fn list(source: SourceId, owner: &Path, fields: &[Field], visit: &mut dyn FnMut(&Siblings<'_>)) {
    visit(&Siblings { source, owner, fields });
    let is_flat = |field: &Field| field.fields.is_empty() && field.items.is_none() && field.values.is_none();
    // Most have nothing in them: no path is made for those.
    for field in fields.iter().filter(|field| !is_flat(field)) {
        inside(source, owner, Step::Field(field.name.clone()), field, visit);
    }
}

/// Goes on inside of a field.
fn inside(source: SourceId, owner: &Path, step: Step, field: &Field, visit: &mut dyn FnMut(&Siblings<'_>)) {
    let path = owner.step(step);
    if !field.fields.is_empty() {
        list(source, &path, &field.fields, visit);
    }
    if let Some(items) = &field.items {
        inside(source, &path, Step::Items, items, visit);
    }
    if let Some(values) = &field.values {
        inside(source, &path, Step::Values, values, visit);
    }
}
