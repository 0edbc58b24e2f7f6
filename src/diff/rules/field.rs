//! Fields: which there are, what they are called, and each of their promises.

use super::align::{self, Match, Pairing};
use super::contract::{successor, sunset};
use super::documentation::{description, metadata, tags, words};
use super::names::{self, Names};
use super::types::{self, Left};
use super::{At, Changes, code, constraints, privacy, references, semantics, spellings, storage, text, texts};
use crate::diff::lattice::Reading;
use crate::diff::witness::of_field;
use crate::finding::change::{ChangeMeta, Legal, Level, Witness};
use crate::model::{Dataset, Deprecation, Field, Literal, Step};
use crate::source::words::{alternatives, quoted};

/// Compares the fields of a dataset, and says which belong together.
pub(super) fn of_dataset<'a>(
    changes: &mut Changes,
    at: &At,
    base: &'a Dataset,
    head: &'a Dataset,
) -> Pairing<'a, Field> {
    let (positional, reserved) = (base.is_positional() && head.is_positional(), &base.reserved);
    among(changes, at, (&base.fields, &head.fields), &Around { positional, reserved })
}

/// Compares the fields of an object.
fn list(changes: &mut Changes, at: &At, base: &[Field], head: &[Field]) {
    let fields = among(changes, at, (base, head), &Around { positional: false, reserved: &[] });
    references::nested(changes, at, &fields);
}

/// What the dataset says of its fields together.
struct Around<'a> {
    /// Whether readers tell them apart by their places.
    positional: bool,
    /// Names and ids of before, which no new field may have.
    reserved: &'a [String],
}

fn among<'a>(
    changes: &mut Changes,
    at: &At,
    (base, head): (&'a [Field], &'a [Field]),
    around: &Around<'_>,
) -> Pairing<'a, Field> {
    let pairing = align::fields(base, head);
    for gone in &pairing.removed {
        removed(changes, at, gone, &pairing);
    }
    let last = pairing.places.iter().map(|(_, place)| *place).max();
    for new in &pairing.added {
        let shifts = || head.iter().position(|field| std::ptr::eq(field, *new)) < last;
        added(changes, at, new, around, around.positional && shifts());
    }
    parts(changes, at, &pairing);
    for (one, other, why) in &pairing.both {
        let at = at.renamed_field(&one.name, &other.name);
        named(changes, &at, one, other, *why);
        compare(changes, &at, one, other);
    }
    // `places` is in the order of the new fields.
    if !pairing.places.is_sorted_by_key(|(old, _)| *old) {
        let meta = if around.positional { &code::FIELD_REORDERED_POSITIONAL } else { &code::FIELD_REORDERED };
        let names = |fields: &[Field]| texts(fields.iter().map(|field| &field.name));
        let key = if at.head.parent().is_some_and(|parent| parent == crate::model::Path::root()) {
            "schema"
        } else {
            "fields"
        };
        // Names that changed hands look as if nothing had moved: then fields are called as they are now.
        let is_swapped = base.iter().map(|field| &field.name).eq(head.iter().map(|field| &field.name));
        let now = |old: &Field| {
            let pair = pairing.both.iter().find(|(one, ..)| std::ptr::eq(*one, old));
            pair.map_or(&old.name, |(_, other, _)| &other.name).clone()
        };
        let before = if is_swapped { texts(base.iter().map(now)) } else { names(base) };
        changes.property(meta, at, key, Some(before), Some(names(head)));
    }
    pairing
}

/// Fields whose content is in several others now, or came from several.
fn parts(changes: &mut Changes, at: &At, pairing: &Pairing<'_, Field>) {
    let names = |parts: &[&Field]| texts(parts.iter().map(|part| &part.name));
    for (whole, parts) in &pairing.split {
        let part = parts.first().map(|part| at.head.field(&part.name));
        let change =
            changes.push(&code::FIELD_SPLIT, &at.field(&whole.name), Some(text(&whole.name)), Some(names(parts)));
        change.head.place = part.unwrap_or_else(|| at.head.clone());
    }
    for (parts, whole) in &pairing.merged {
        // Readers of each part are hit: before, the change is one of all that is around them.
        let at = At { base: at.base.clone(), head: at.head.field(&whole.name) };
        changes.push(&code::FIELDS_MERGED, &at, Some(names(parts)), Some(text(&whole.name)));
    }
}

fn shape(field: &Field) -> Literal {
    text(&format!("{}{}", field.type_text(), if field.nullable { "" } else { " not null" }))
}

fn removed(changes: &mut Changes, at: &At, gone: &Field, pairing: &Pairing<'_, Field>) {
    let sunset = gone.deprecated.as_ref().and_then(|deprecation| deprecation.sunset_on.as_ref()?.parse().ok());
    let meta = match sunset {
        Some(sunset) if changes.today > sunset => &code::FIELD_REMOVED_AFTER_SUNSET,
        Some(_) => &code::FIELD_REMOVED_BEFORE_SUNSET,
        None if gone.nullable => &code::FIELD_REMOVED_OPTIONAL,
        None => &code::FIELD_REMOVED_REQUIRED,
    };
    let is_table = changes.profile.reading == Reading::Sql;
    let change = changes.push(meta, &at.field(&gone.name), Some(shape(gone)), None);
    if gone.nullable && is_table && change.levels.reader == Level::Major {
        // A record may lack what is nullable, and a table has it all the same.
        let text = format!("a table without the column {}", gone.physical_name.as_ref().unwrap_or(&gone.name));
        change.witness = Some(Box::new(Witness { legal_in: Legal::Head, value: None, text }));
    }
    let hints = align::hints(gone, pairing.removed.len(), &pairing.added);
    let likely: Vec<String> = hints.iter().map(|field| quoted(&field.name)).collect();
    if !likely.is_empty() {
        let to = alternatives(likely.iter().map(String::as_str));
        change.help = Some(format!("did you mean that it was renamed? add `previously: [{}]` to {to}", gone.name));
    }
}

fn added(changes: &mut Changes, at: &At, new: &Field, around: &Around<'_>, shifts: bool) {
    let meta = match (&new.default_value, new.nullable) {
        _ if around.reserved.iter().any(|name| new.is_called(name)) => &code::FIELD_NAME_REUSED,
        _ if shifts => &code::FIELD_ADDED_POSITIONAL,
        (_, true) => &code::FIELD_ADDED_OPTIONAL,
        (None | Some(Literal::Null), false) => &code::FIELD_ADDED_REQUIRED,
        (Some(_), false) => &code::FIELD_ADDED_REQUIRED_WITH_DEFAULT,
    };
    changes.push(meta, &at.field(&new.name), None, Some(shape(new)));
}

/// The name by which queries know a field is the physical one; without one it is the logical one.
fn named(changes: &mut Changes, at: &At, base: &Field, head: &Field, why: Match) {
    let codes = names::Codes {
        renamed: &code::FIELD_RENAMED,
        aliased: &code::FIELD_RENAMED_WITH_ALIAS,
        physical: &code::FIELD_PHYSICAL_NAME_CHANGED,
        logical: &code::FIELD_LOGICAL_NAME_CHANGED,
        case: &code::FIELD_NAME_CASE_CHANGED,
        noun: "field",
    };
    names::compare(changes, at, &codes, &names_of(base), &names_of(head), why);
}

fn names_of(field: &Field) -> Names<'_> {
    Names { name: &field.name, physical_name: field.physical_name.as_deref(), aliases: field.aliases() }
}

/// Everything about a field but its name; items of arrays and values of maps are fields as well.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let from = changes.list.len();
    promises(changes, at, base, head);
    of_field(changes, from, at, base, head);
}

fn promises(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let (before, after) = (base.description.as_ref(), head.description.as_ref());
    description(changes, at, before, after, &code::SEMANTICS_TEXT_CHANGED);
    nullability(changes, at, base, head);
    presence(changes, at, base, head);
    privacy::compare(changes, at, base, head);
    let unit = [&code::UNIT_ADDED, &code::UNIT_REMOVED, &code::UNIT_CHANGED];
    let spelled = |plain: fn(&str) -> String, one: Option<&String>, other: Option<&String>| {
        one.zip(other).is_some_and(|(one, other)| plain(one) == plain(other))
    };
    if !spelled(spellings::unit, base.unit.as_ref(), head.unit.as_ref()) {
        changes.optional(unit, at, "unit", base.unit.as_ref(), head.unit.as_ref(), text);
    }
    semantics::compare(changes, at, base, head);
    let deprecated = [&code::FIELD_DEPRECATED, &code::FIELD_UNDEPRECATED];
    deprecation(changes, at, deprecated, base.deprecated.as_deref(), head.deprecated.as_deref());
    identity(changes, at, base, head);
    words(changes, at, "title", base.title(), head.title(), &code::SEMANTICS_TEXT_CHANGED);
    words(changes, at, "synonyms", base.synonyms(), head.synonyms(), &code::SEMANTICS_TEXT_CHANGED);
    tags(changes, at, &base.tags, &head.tags);
    metadata(changes, at, &base.metadata, &head.metadata);
    let types = types::compare(changes, at, base, head);
    let (one, other) = types.constrained(base, head);
    match types.left {
        Left::Everything => constraints::compare(changes, at, &one, &other),
        // Defaults, examples and formats of another type are other ones: the type says it all.
        Left::Constraints => return constraints::compare(changes, at, &one, &other),
        Left::NewConstraints => {
            let plain = Field { constraints: Vec::new(), ..base.clone() };
            return constraints::compare(changes, at, &plain, &other);
        }
        Left::Nothing => return,
    }
    values(changes, at, base, head);
    let format = [&code::FORMAT_ADDED, &code::FORMAT_REMOVED, &code::FORMAT_CHANGED];
    if !spelled(spellings::format, base.format.as_ref(), head.format.as_ref()) {
        changes.optional(format, at, "format", base.format.as_ref(), head.format.as_ref(), text);
    }
    if !types::schema(changes, at, base, head) {
        list(changes, at, &base.fields, &head.fields);
    }
    inner(changes, &at.step(&Step::Items), base.items.as_deref(), head.items.as_deref());
    inner(changes, &at.step(&Step::Values), base.values.as_deref(), head.values.as_deref());
}

fn inner(changes: &mut Changes, at: &At, base: Option<&Field>, head: Option<&Field>) {
    match (base, head) {
        (Some(base), Some(head)) => compare(changes, at, base, head),
        (None, Some(head)) => {
            changes.push(&code::TYPE_ADDED, at, None, Some(shape(head)));
        }
        (Some(base), None) => {
            changes.push(&code::TYPE_REMOVED, at, Some(shape(base)), None);
        }
        (None, None) => {}
    }
}

/// What stays whatever a field is called, and what hangs on it.
fn identity(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    // To say it for the first time moves nothing: nobody could read by it.
    let id = [&code::CUSTOM_PROPERTY_CHANGED, &code::FIELD_STABLE_ID_CHANGED, &code::FIELD_STABLE_ID_CHANGED];
    changes.optional(id, at, "id", base.id().as_ref(), head.id().as_ref(), text);
    let word = |critical: bool| Some(text(if critical { "critical" } else { "not critical" }));
    if base.critical != head.critical {
        let meta = if head.critical { &code::FIELD_CRITICAL_RAISED } else { &code::FIELD_CRITICAL_LOWERED };
        changes.property(meta, at, "critical", word(base.critical), word(head.critical));
    }
}

/// Whether a field is in every record is a question of its own: in JSON, missing is not null. What is never null is always
/// there, unless it says otherwise: then both move as one.
fn presence(changes: &mut Changes, at: &At, base: &Field, head: &Field) {
    let (before, after) = (base.is_always_present(), head.is_always_present());
    let goes_with_nullability = base.nullable != head.nullable && before != base.nullable && after != head.nullable;
    let meta = match (before, after) {
        _ if goes_with_nullability => return,
        (true, false) => &code::FIELD_PRESENCE_WEAKENED,
        (false, true) => &code::FIELD_PRESENCE_STRENGTHENED,
        _ => return,
    };
    let word = |present: bool| Some(text(if present { "always present" } else { "may be absent" }));
    changes.property(meta, at, "always_present", word(before), word(after));
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

/// That readers should stop using a field or a dataset. The codes: it is deprecated, it is so no longer.
pub(super) fn deprecation(
    changes: &mut Changes,
    at: &At,
    [deprecated, undeprecated]: [&'static ChangeMeta; 2],
    base: Option<&Deprecation>,
    head: Option<&Deprecation>,
) {
    let word = |deprecated: bool| Some(text(if deprecated { "deprecated" } else { "in use" }));
    match (base, head) {
        (None, None) => {}
        (None, Some(_)) => {
            changes.property(deprecated, at, "deprecated", word(false), word(true));
        }
        (Some(_), None) => {
            changes.property(undeprecated, at, "deprecated", word(true), word(false));
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
    storage::markers(changes, at, base.missing_values(), head.missing_values());
    let same = |one: Option<&Literal>, other: Option<&Literal>| match (one, other) {
        (Some(one), Some(other)) => head.data_type.same(one, other),
        (one, other) => one == other,
    };
    // A default of null is what a row has anyway that does not say.
    let default = |field: &Field| field.default_value.clone().filter(|value| *value != Literal::Null);
    let (before, after) = (default(base), default(head));
    if !same(before.as_ref(), after.as_ref()) {
        let meta = match (&before, &after) {
            (None, _) => &code::DEFAULT_ADDED,
            (Some(_), None) if head.nullable => &code::DEFAULT_REMOVED,
            (Some(_), None) => &code::DEFAULT_REMOVED_REQUIRED,
            (Some(_), Some(_)) => &code::DEFAULT_CHANGED,
        };
        changes.property(meta, at, "default_value", base.default_value.clone(), head.default_value.clone());
    }
    if !same(base.example_value.as_ref(), head.example_value.as_ref()) {
        let values = (base.example_value.clone(), head.example_value.clone());
        changes.property(&code::EXAMPLE_CHANGED, at, "example_value", values.0, values.1);
    }
}
