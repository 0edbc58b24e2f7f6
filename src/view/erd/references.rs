//! References of fields and of groups of fields, and the datasets that they lead to.

use std::collections::HashMap;
use std::ptr;

use super::{Attribute, Count, Dangling, Entity, Relation};
use crate::model::{self, Cardinality, Contract, Dataset, Field, ForeignKey, Index, Registry};

const NO_CONTRACT: &str = "no such contract";
const MODEL: &str = "an internal model, which is not drawn";
const NO_DATASET: &str = "no such dataset";
const NO_FIELD: &str = "no such field";
const NO_REFERENCE: &str = "no reference given";
const OTHER_COUNT: &str = "not as many fields there as here";

/// The relations of all datasets, and the references that lead nowhere, both sorted and each once.
pub(super) fn resolve(registry: &Registry, entities: &[Entity<'_>]) -> (Vec<Relation>, Vec<Dangling>) {
    // A dataset is its address: names may be taken twice.
    let positions: HashMap<*const Dataset, usize> =
        entities.iter().enumerate().map(|(index, entity)| (ptr::from_ref(entity.dataset), index)).collect();
    let index = registry.index();
    let (mut relations, mut dangling) = (Vec::new(), Vec::new());
    for (from, entity) in entities.iter().enumerate() {
        let single = entity.attributes.iter().filter_map(|attribute| of_field(&index, entity, attribute));
        let several = entity.dataset.foreign_keys.iter().map(|key| of_key(&index, key));
        for reference in single.chain(several) {
            let drawn = |to: &_| positions.get(&ptr::from_ref(to)).copied().ok_or(MODEL);
            match reference.target.and_then(|to| Ok((drawn(to)?, to))) {
                Ok((at, to)) => {
                    let mut found = relation(entity.dataset, (from, reference.fields), to, (at, reference.there));
                    said(&mut found, reference.cardinality);
                    relations.push(found);
                }
                Err(reason) => dangling.push(Dangling {
                    from: entity.name.clone(),
                    fields: reference.fields,
                    reference: reference.written,
                    reason,
                }),
            }
        }
    }
    relations.sort();
    relations.dedup();
    dangling.sort();
    dangling.dedup();
    (relations, dangling)
}

/// A reference, and where it leads.
struct Reference<'a> {
    fields: Vec<String>,
    written: String,
    target: Result<&'a Dataset, &'static str>,
    there: Vec<String>,
    /// How many rows belong together, where that is said.
    cardinality: Option<Cardinality>,
}

/// The reference of a single field, if it has one. A field that only takes part in a reference of several has none.
fn of_field<'a>(index: &Index<'a>, entity: &Entity<'_>, attribute: &Attribute<'_>) -> Option<Reference<'a>> {
    let fields = vec![attribute.path.clone()];
    let Some(written) = &attribute.field.foreign_key_reference else {
        let in_key = entity.dataset.foreign_keys.iter().any(|key| key.fields.contains(&attribute.path));
        let nothing = Reference {
            fields,
            written: String::new(),
            target: Err(NO_REFERENCE),
            there: Vec::new(),
            cardinality: None,
        };
        return (attribute.field.is_foreign_key && !in_key).then_some(nothing);
    };
    let (target, there) = match index.resolve(written) {
        Ok((_, dataset, field)) => (Ok(dataset), vec![path_there(index, written, dataset, field)]),
        Err(model::Dangling::Contract) => (Err(NO_CONTRACT), Vec::new()),
        Err(model::Dangling::Field(_)) => (Err(NO_FIELD), Vec::new()),
    };
    Some(Reference { fields, written: written.clone(), target, there, cardinality: None })
}

/// The part of a reference that names the field: what follows the contract, and the dataset where that is named.
fn path_there(index: &Index<'_>, written: &str, dataset: &Dataset, field: &Field) -> String {
    let rest = index.split(written).map_or(written, |(_, rest)| rest);
    let inner = rest.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
    let names_it = |path: &&str| dataset.field_at(path).is_some_and(|found| ptr::eq(found, field));
    inner.filter(names_it).unwrap_or(rest).to_owned()
}

/// The reference of several fields.
fn of_key<'a>(index: &Index<'a>, key: &ForeignKey) -> Reference<'a> {
    let has_fields = |dataset: &Dataset| key.referenced_fields.iter().all(|name| dataset.field_at(name).is_some());
    let target = dataset(index, &key.references).and_then(|dataset| {
        if key.fields.len() != key.referenced_fields.len() {
            Err(OTHER_COUNT)
        } else if has_fields(dataset) {
            Ok(dataset)
        } else {
            Err(NO_FIELD)
        }
    });
    let written = format!("{} ({})", key.references, key.referenced_fields.join(", "));
    // The default says nothing: keys tell more then.
    let cardinality = Some(key.cardinality).filter(|cardinality| *cardinality != Cardinality::default());
    Reference { fields: key.fields.clone(), written, target, there: key.referenced_fields.clone(), cardinality }
}

/// The dataset behind `contract` (which has one, or one of its own name) or `contract.dataset`.
fn dataset<'a>(index: &Index<'a>, reference: &str) -> Result<&'a Dataset, &'static str> {
    let of = |contract: &'a Contract| match contract.datasets.as_slice() {
        [only] => Some(only),
        _ => contract.dataset(&contract.name),
    };
    match index.split(reference) {
        None => Err(NO_CONTRACT),
        Some((contract, "")) => of(contract).ok_or(NO_DATASET),
        Some((contract, dataset)) => contract.dataset(dataset).ok_or(NO_DATASET),
    }
}

/// A relation with its counts, as [`Count`] explains them.
fn relation(
    here: &Dataset,
    (from, from_fields): (usize, Vec<String>),
    there: &Dataset,
    (to, to_fields): (usize, Vec<String>),
) -> Relation {
    let repeated = from_fields.iter().any(|path| path.contains("[]") || path.contains("{}"));
    let optional = repeated || from_fields.iter().any(|path| may_be_absent(here, path));
    let to_count = match (optional, !repeated && is_key(there, &to_fields)) {
        (false, true) => Count::ExactlyOne,
        (true, true) => Count::ZeroOrOne,
        (false, false) => Count::OneOrMore,
        (true, false) => Count::ZeroOrMore,
    };
    let from_count = if !repeated && is_key(here, &from_fields) { Count::ZeroOrOne } else { Count::ZeroOrMore };
    let mut primary = here.primary_key().map(|field| &field.name).peekable();
    let identifying = primary.peek().is_some() && {
        let names: Vec<&String> = primary.collect();
        from_fields.iter().all(|field| names.contains(&field))
    };
    Relation { from, to, from_fields, to_fields, from_count, to_count, identifying }
}

/// What a contract says of the counts goes before what its keys tell.
fn said(relation: &mut Relation, cardinality: Option<Cardinality>) {
    let Some([here, there]) = cardinality.map(Cardinality::several) else { return };
    relation.from_count = if here { Count::ZeroOrMore } else { Count::ZeroOrOne };
    let is_sure = matches!(relation.to_count, Count::ExactlyOne | Count::OneOrMore);
    relation.to_count = match (is_sure, there) {
        (true, false) => Count::ExactlyOne,
        (false, false) => Count::ZeroOrOne,
        (true, true) => Count::OneOrMore,
        (false, true) => Count::ZeroOrMore,
    };
}

/// Whether the field, or one around it, may be null. A part of a primary key never is.
fn may_be_absent(dataset: &Dataset, path: &str) -> bool {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    let around = ends.filter_map(|end| dataset.field_at(path.get(..end)?));
    around.into_iter().any(|field| field.nullable && !field.is_primary_key)
}

/// Whether no two rows have the same values in these fields, as far as the contract promises.
fn is_key(dataset: &Dataset, fields: &[String]) -> bool {
    let holds = |name: &String| fields.contains(name);
    let primary: Vec<&String> = dataset.primary_key().map(|field| &field.name).collect();
    !primary.is_empty() && primary.iter().all(|name| holds(name))
        || dataset.fields.iter().any(|field| field.unique && holds(&field.name))
        || dataset.unique.iter().any(|group| !group.is_empty() && group.iter().all(holds))
}
