//! Fields: which there are, what they are called, and each of their promises.

use super::align::{self, Match, Pairing};
use super::contract::{successor, sunset};
use super::documentation::{description, metadata, tags};
use super::types::{self, Left};
use super::{At, Changes, code, constraints, privacy, text};
use crate::diff::witness::of_field;
use crate::finding::change::Sureness;
use crate::model::{Field, Literal, Step};

/// Compares the fields of a dataset or an object, and says which belong together.
pub(super) fn list<'a>(changes: &mut Changes, at: &At, base: &'a [Field], head: &'a [Field]) -> Pairing<'a, Field> {
    let pairing = align::fields(base, head);
    for gone in &pairing.removed {
        removed(changes, at, gone, &pairing.added);
    }
    for new in &pairing.added {
        added(changes, at, new);
    }
    for (one, other, why) in &pairing.both {
        let at = at.renamed_field(&one.name, &other.name);
        named(changes, &at, one, other, *why);
        field(changes, &at, one, other);
    }
    // `both` is in the order of the new fields.
    let old: Vec<usize> =
        pairing.both.iter().filter_map(|(one, _, _)| base.iter().position(|field| std::ptr::eq(field, *one))).collect();
    if !old.is_sorted() {
        let names = |fields: &[Field]| super::texts(fields.iter().map(|field| &field.name));
        let key = if at.head.parent().is_some_and(|parent| parent == crate::model::Path::root()) {
            "schema"
        } else {
            "fields"
        };
        changes.property(&code::FIELD_REORDERED, at, key, Some(names(base)), Some(names(head)));
    }
    pairing
}

fn shape(field: &Field) -> Literal {
    text(&format!("{}{}", field.type_text(), if field.nullable { "" } else { " not null" }))
}

fn removed(changes: &mut Changes, at: &At, gone: &Field, added: &[&Field]) {
    let sunset = gone.deprecated.as_ref().and_then(|deprecation| deprecation.sunset_on.as_ref()?.parse().ok());
    let meta = match sunset {
        Some(sunset) if changes.today > sunset => &code::FIELD_REMOVED_AFTER_SUNSET,
        Some(_) => &code::FIELD_REMOVED_BEFORE_SUNSET,
        None if gone.nullable => &code::FIELD_REMOVED_OPTIONAL,
        None => &code::FIELD_REMOVED_REQUIRED,
    };
    let change = changes.push(meta, &at.field(&gone.name), Some(shape(gone)), None);
    let mut alike = added.iter().filter(|new| new.type_text() == gone.type_text());
    if let (Some(one), None) = (alike.next(), alike.next()) {
        change.help = Some(format!("if `{}` is the same field, say so in it: `previously: {}`", one.name, gone.name));
    }
}

fn added(changes: &mut Changes, at: &At, new: &Field) {
    let meta = match (&new.default_value, new.nullable) {
        (_, true) => &code::FIELD_ADDED_OPTIONAL,
        (None | Some(Literal::Null), false) => &code::FIELD_ADDED_REQUIRED,
        (Some(_), false) => &code::FIELD_ADDED_REQUIRED_WITH_DEFAULT,
    };
    changes.push(meta, &at.field(&new.name), None, Some(shape(new)));
}

/// The name by which queries know a field is the physical one; without one it is the logical one.
fn named(changes: &mut Changes, at: &At, base: &Field, head: &Field, why: Match) {
    let physical = |field: &Field| field.physical_name.clone().unwrap_or_else(|| field.name.clone());
    let (before, after) = (physical(base), physical(head));
    let (values, key) = ((Some(text(&base.name)), Some(text(&head.name))), "name");
    if base.name == head.name {
        if before != after {
            let values = (Some(text(&before)), Some(text(&after)));
            changes.property(&code::FIELD_PHYSICAL_NAME_CHANGED, at, "physical_name", values.0, values.1);
        }
    } else if before == after {
        changes.property(&code::FIELD_LOGICAL_NAME_CHANGED, at, key, values.0, values.1);
    } else if why == Match::Case {
        changes.property(&code::FIELD_NAME_CASE_CHANGED, at, key, values.0, values.1);
    } else {
        let change = changes.property(&code::FIELD_RENAMED, at, key, values.0, values.1);
        if why == Match::Evidence {
            change.sure = Sureness::Possible;
            change.help = Some(format!("if it is the same field, say so in the new one: `previously: {}`", base.name));
        }
    }
}

/// Everything about a field but its name; items of arrays and values of maps are fields as well.
fn field(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let from = changes.list.len();
    promises(changes, at, base, head);
    of_field(changes, from, at, base, head);
}

fn promises(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let (before, after) = (base.description.as_ref(), head.description.as_ref());
    description(changes, at, before, after, &code::SEMANTICS_TEXT_CHANGED);
    nullability(changes, at, base, head);
    privacy::compare(changes, at, base, head);
    let unit = [&code::UNIT_ADDED, &code::UNIT_REMOVED, &code::UNIT_CHANGED];
    changes.optional(unit, at, "unit", base.unit.as_ref(), head.unit.as_ref(), text);
    deprecation(changes, at, base, head);
    tags(changes, at, &base.tags, &head.tags);
    metadata(changes, at, &base.metadata, &head.metadata);
    match types::compare(changes, at, base, head) {
        Left::Everything => constraints::compare(changes, at, base, head),
        // Defaults, examples and formats of another type are other ones: the type says it all.
        Left::Constraints => return constraints::compare(changes, at, base, head),
        Left::NewConstraints => {
            let plain = Field { constraints: Vec::new(), ..base.clone() };
            return constraints::compare(changes, at, &plain, head);
        }
        Left::Nothing => return,
    }
    values(changes, at, base, head);
    let format = [&code::FORMAT_ADDED, &code::FORMAT_REMOVED, &code::FORMAT_CHANGED];
    changes.optional(format, at, "format", base.format.as_ref(), head.format.as_ref(), text);
    list(changes, at, &base.fields, &head.fields);
    inner(changes, &at.step(&Step::Items), base.items.as_deref(), head.items.as_deref());
    inner(changes, &at.step(&Step::Values), base.values.as_deref(), head.values.as_deref());
}

fn inner(changes: &mut Changes, at: &At, base: Option<&Field>, head: Option<&Field>) {
    match (base, head) {
        (Some(base), Some(head)) => field(changes, at, base, head),
        (None, Some(head)) => {
            changes.push(&code::TYPE_ADDED, at, None, Some(shape(head)));
        }
        (Some(base), None) => {
            changes.push(&code::TYPE_REMOVED, at, Some(shape(base)), None);
        }
        (None, None) => {}
    }
}

fn nullability(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let is_element = matches!(at.head.steps().last(), Some(Step::Items | Step::Values));
    let meta = match (base.nullable, head.nullable, is_element) {
        (true, false, false) => &code::FIELD_BECAME_REQUIRED,
        (false, true, false) => &code::FIELD_BECAME_OPTIONAL,
        (true, false, true) => &code::ELEMENT_BECAME_NON_NULL,
        (false, true, true) => &code::ELEMENT_BECAME_NULLABLE,
        _ => return,
    };
    let word = |nullable: bool| text(if nullable { "nullable" } else { "not null" });
    changes.property(meta, at, "nullable", Some(word(base.nullable)), Some(word(head.nullable)));
}

fn deprecation(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let word = |deprecated: bool| Some(text(if deprecated { "deprecated" } else { "in use" }));
    match (&base.deprecated, &head.deprecated) {
        (None, None) => {}
        (None, Some(_)) => {
            changes.property(&code::FIELD_DEPRECATED, at, "deprecated", word(false), word(true));
        }
        (Some(_), None) => {
            changes.property(&code::FIELD_UNDEPRECATED, at, "deprecated", word(true), word(false));
        }
        (Some(base), Some(head)) => {
            let at = at.key("deprecated");
            sunset(changes, &at, base.sunset_on.as_ref(), head.sunset_on.as_ref(), true);
            successor(changes, &at, base.replaced_by.as_ref(), head.replaced_by.as_ref());
            let text_changed = [&code::SEMANTICS_TEXT_CHANGED; 3];
            changes.optional(text_changed, &at, "since", base.since.as_ref(), head.since.as_ref(), text);
        }
    }
}

/// What a missing value means, and what a value looks like.
fn values(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let same = |one: &Option<Literal>, other: &Option<Literal>| match (one, other) {
        (Some(one), Some(other)) => one.same(other),
        (one, other) => one == other,
    };
    if !same(&base.default_value, &head.default_value) {
        let meta = match (&base.default_value, &head.default_value) {
            (None, _) => &code::DEFAULT_ADDED,
            (Some(_), None) if head.nullable => &code::DEFAULT_REMOVED,
            (Some(_), None) => &code::DEFAULT_REMOVED_REQUIRED,
            (Some(_), Some(_)) => &code::DEFAULT_CHANGED,
        };
        changes.property(meta, at, "default_value", base.default_value.clone(), head.default_value.clone());
    }
    if !same(&base.example_value, &head.example_value) {
        let values = (base.example_value.clone(), head.example_value.clone());
        changes.property(&code::EXAMPLE_CHANGED, at, "example_value", values.0, values.1);
    }
}
