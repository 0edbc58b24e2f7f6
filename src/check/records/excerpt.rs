//! What is shown of a record that breaks something.

use super::layout::Place;
use super::plan::{Plan, Scratch};
use super::read::State;
use crate::check::data::{Column, Condition, Measure};
use crate::expression::{Expr, Kind};
use crate::model::{Dataset, Field};

impl Plan<'_> {
    /// What a record has in the fields of its key and in the field that an expectation is about, as it stands there.
    pub(super) fn excerpt(&self, text: &str, expectation: usize) -> Vec<(String, String)> {
        let mut scratch = Scratch::default();
        if self.read(text, &mut scratch, None).is_err() {
            return Vec::new();
        }
        let row = &scratch.row;
        let at_fault = self.expectations.get(expectation).and_then(|one| one.field);
        let named = self.keys.iter().find(|key| key.expectation == expectation);
        let mut fields: Vec<&str> = self.dataset.primary_key().map(|field| field.name.as_str()).collect();
        let is_of = |field: &&Field| {
            let slot = self.layout.place(&Column::of(field)).map(|place| place.slot);
            named.is_some_and(|key| slot.is_some_and(|slot| key.slots.contains(&slot)))
        };
        fields.extend(self.dataset.fields.iter().filter(is_of).map(|field| field.name.as_str()));
        fields.extend(at_fault);
        let mut in_sql = Vec::new();
        if let Some(Ok(Measure::Broken { condition: Condition::Sql(_, expr), .. })) =
            self.expectations.get(expectation).map(|one| &one.measure)
        {
            named_in(expr, &mut in_sql);
        }
        let record = self.layout.levels.first().and_then(|level| level.root.object.as_ref());
        fields.extend(in_sql.iter().filter_map(|name| Some(record?.named(name)?.field?.name.as_str())));
        let mut found: Vec<(String, String)> = Vec::new();
        for name in fields {
            let column = Column::named(self.dataset, name).filter(Column::is_single);
            let Some(Place { slot, .. }) = column.and_then(|column| self.layout.place(&column)) else { continue };
            if found.iter().any(|(known, _)| known == name) {
                continue;
            }
            let shown = match row.state(slot) {
                State::Absent => "missing".to_owned(),
                State::Null => "null".to_owned(),
                _ if is_personal(self.dataset, name) => "(personal data)".to_owned(),
                _ => short(row.raw(slot)),
            };
            found.push((name.to_owned(), shown));
        }
        found
    }
}

/// The fields that SQL names.
fn named_in<'e>(expr: &'e Expr, names: &mut Vec<&'e str>) {
    if let Kind::Field(parts) = &expr.kind {
        names.extend(parts.first().map(|name| name.text.as_str()));
    }
    expr.parts().into_iter().for_each(|part| named_in(part, names));
}

/// Whether what a field has may be shown to nobody: it, or what it is within, or what is within it, is personal data.
fn is_personal(dataset: &Dataset, name: &str) -> bool {
    let Some(column) = Column::named(dataset, name) else { return true };
    column.first.is_pii || column.rest.iter().any(|step| step.field().is_pii) || has_personal(column.field())
}

/// Whether a field or what is within it is personal data.
pub fn has_personal(field: &Field) -> bool {
    let inner = field.items.iter().chain(&field.values).map(AsRef::as_ref);
    field.is_pii || field.fields.iter().chain(inner).any(has_personal)
}

/// A value as an example shows it.
fn short(raw: &str) -> String {
    const MOST: usize = 60;
    match raw.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", raw.get(..end).unwrap_or_default()),
        None => raw.to_owned(),
    }
}
