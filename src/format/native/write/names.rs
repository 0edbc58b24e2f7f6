//! Names in the form that the native format demands, and everything that has to change with them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::fit::Taken;
use crate::format::native::keys::{is_field_name, is_name};
use crate::format::{Note, Outcome};
use crate::model::{Contract, Dataset, Field, Grain, Literal, Path, Quality, Rule, Subject};
use crate::source::words::quoted;

/// The contract with names, version and status as the native format has them, and what became of the others.
pub(super) fn fitting(contract: &Contract) -> (Cow<'_, Contract>, Vec<Note>) {
    let fits = is_name(&contract.name)
        && contract.domain.as_deref().is_none_or(is_name)
        && contract.lifecycle.replaced_by.as_deref().is_none_or(is_name)
        && contract.written_version.is_none()
        && contract.written_status.is_none()
        && contract.datasets.iter().all(|dataset| {
            is_field_name(&dataset.name) && dataset.fields.iter().all(is_well_named) && strangers(dataset).is_empty()
        });
    if fits {
        return (Cow::Borrowed(contract), Vec::new());
    }
    let mut contract = contract.clone();
    let mut notes = Vec::new();
    reworded(&mut contract, &mut notes);
    let renamed = rename(&mut contract, &mut notes);
    refer(&mut contract, &renamed);
    for dataset in &mut contract.datasets {
        let strangers = strangers(dataset);
        if !strangers.is_empty() {
            let element = Path::dataset(&dataset.name).key("primary_key");
            dataset.key_order.retain(|name| !strangers.contains(name));
            let names: Vec<String> = strangers.into_iter().collect();
            let message = format!(
                "`primary_key` names fields that the dataset does not have ({}); they are kept in `metadata.kept`",
                names.join(", ")
            );
            notes.push(Note { element, outcome: Outcome::Kept, message });
            let names = Literal::List(names.into_iter().map(Literal::Text).collect());
            dataset.metadata.push(("kept".to_owned(), Literal::Map(vec![("primary_key".to_owned(), names)])));
        }
    }
    (Cow::Owned(contract), notes)
}

fn is_well_named(field: &Field) -> bool {
    is_field_name(&field.name) && has_well_named(field)
}

/// Whether everything in a field is well named, whatever its own name is.
fn has_well_named(field: &Field) -> bool {
    field.fields.iter().all(is_well_named)
        && field.items.as_deref().is_none_or(has_well_named)
        && field.values.as_deref().is_none_or(has_well_named)
}

/// Names in the key that are no fields.
fn strangers(dataset: &Dataset) -> Vec<String> {
    if dataset.key_order.is_empty() {
        return Vec::new();
    }
    let fields: HashSet<&str> = dataset.fields.iter().map(|field| field.name.as_str()).collect();
    dataset.key_order.iter().filter(|name| !fields.contains(name.as_str())).cloned().collect()
}

/// Single words that are no references.
fn reworded(contract: &mut Contract, notes: &mut Vec<Note>) {
    let mut note = |key: &'static str, message: String| {
        notes.push(Note { element: Path::of(key), outcome: Outcome::Reworded, message });
    };
    if let Some(written) = contract.written_version.take() {
        note(
            "version",
            format!("the version {} is no SemVer version; it is {} now", quoted(&written), contract.version),
        );
    }
    if let Some(written) = contract.written_status.take() {
        let status = contract.status.name();
        note("status", format!("the status {} is none that pact knows; it is `{status}` now", quoted(&written)));
    }
    for (key, name) in [("domain", &mut contract.domain), ("lifecycle", &mut contract.lifecycle.replaced_by)] {
        if let Some(name) = name.as_mut().filter(|name| !is_name(name)) {
            let new = slug(name);
            let what = if key == "domain" { "the domain" } else { "the contract to use instead" };
            note(key, format!("{what}, {}, is called {} now", quoted(name), quoted(&new)));
            *name = new;
        }
    }
}

/// What has another name now.
#[derive(Default)]
struct Renamed {
    /// The contract, before and now.
    contract: (String, String),
    /// The datasets by their names of before.
    datasets: HashMap<String, String>,
    /// The fields of each dataset by their dotted names of before, by the name of the dataset of before.
    fields: HashMap<String, HashMap<String, String>>,
    /// The fields of all datasets; of several with one name, that of the first dataset.
    anywhere: HashMap<String, String>,
}

fn rename(contract: &mut Contract, notes: &mut Vec<Note>) -> Renamed {
    let mut renamed = Renamed { contract: (contract.name.clone(), contract.name.clone()), ..Renamed::default() };
    let was = contract.name.clone();
    if !is_name(&was) {
        contract.name = slug(&was);
        renamed.contract.1.clone_from(&contract.name);
        contract.title.get_or_insert_with(|| was.clone());
        notes.push(named(Path::of("name"), "contract", &was, &contract.name));
    }
    let mut taken = Taken::by(contract.datasets.iter().map(|dataset| dataset.name.as_str()));
    for dataset in &mut contract.datasets {
        let old = dataset.name.clone();
        if contract.short_form && old == was {
            dataset.name.clone_from(&contract.name);
        } else if !is_field_name(&old) {
            dataset.name = taken.free(&joined(&old, "dataset"));
            dataset.title.get_or_insert_with(|| old.clone());
            dataset.physical_name.get_or_insert_with(|| old.clone());
            notes.push(named(Path::dataset(&dataset.name), "dataset", &old, &dataset.name));
        }
        if dataset.name != old {
            renamed.datasets.insert(old.clone(), dataset.name.clone());
        }
        let mut fields = HashMap::new();
        let path = Path::dataset(&dataset.name);
        rename_fields(&mut dataset.fields, &Place { path, old: "", new: "" }, &mut fields, notes);
        for (old, new) in &fields {
            renamed.anywhere.entry(old.clone()).or_insert_with(|| new.clone());
        }
        renamed.fields.insert(old, fields);
    }
    renamed
}

/// Where fields are, with the dotted names of what is around them.
struct Place<'a> {
    path: Path,
    old: &'a str,
    new: &'a str,
}

fn rename_fields(
    fields: &mut [Field],
    place: &Place<'_>,
    renamed: &mut HashMap<String, String>,
    notes: &mut Vec<Note>,
) {
    let mut taken = Taken::by(fields.iter().map(|field| field.name.as_str()));
    let dotted =
        |around: &str, name: &str| if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") };
    for field in fields {
        let was = field.name.clone();
        if !is_field_name(&was) {
            field.name = taken.free(&joined(&was, "field"));
            let details = field.details.get_or_insert_default();
            details.title.get_or_insert_with(|| was.clone());
            field.physical_name.get_or_insert_with(|| was.clone());
            notes.push(named(place.path.field(&field.name), "field", &was, &field.name));
        }
        let (old, new) = (dotted(place.old, &was), dotted(place.new, &field.name));
        if old != new {
            renamed.insert(old.clone(), new.clone());
        }
        let path = place.path.field(&field.name);
        rename_inner(field, &Place { path, old: &old, new: &new }, renamed, notes);
    }
}

fn rename_inner(field: &mut Field, place: &Place<'_>, renamed: &mut HashMap<String, String>, notes: &mut Vec<Note>) {
    rename_fields(&mut field.fields, place, renamed, notes);
    for inner in [&mut field.items, &mut field.values].into_iter().flatten() {
        rename_inner(inner, place, renamed, notes);
    }
}

fn named(element: Path, what: &str, old: &str, new: &str) -> Note {
    let message =
        format!("the {what} {} is called {} now, since native names have another form", quoted(old), quoted(new));
    Note { element, outcome: Outcome::Reworded, message }
}

impl Renamed {
    fn is_empty(&self) -> bool {
        self.contract.0 == self.contract.1 && self.datasets.is_empty() && self.anywhere.is_empty()
    }

    /// A field of a dataset, by the name of the dataset of before.
    fn field(&self, dataset: &str, name: &mut String) {
        if let Some(new) = self.fields.get(dataset).and_then(|fields| fields.get(name.as_str())) {
            name.clone_from(new);
        }
    }

    /// A field as `field` or `dataset.field`.
    fn anywhere(&self, name: &mut String) {
        // Names may have dots, so that every dot may be the one behind the dataset.
        let dots = name.match_indices('.').map(|(at, _)| at).take(64);
        let mut splits = dots.filter_map(|at| Some((name.get(..at)?, name.get(at + 1..)?)));
        if let Some((dataset, field)) = splits.find(|(dataset, _)| self.fields.contains_key(*dataset)) {
            let mut field = field.to_owned();
            self.field(dataset, &mut field);
            let dataset = self.datasets.get(dataset).map_or(dataset, String::as_str);
            *name = format!("{dataset}.{field}");
        } else if let Some(new) = self.anywhere.get(name.as_str()) {
            name.clone_from(new);
        }
    }

    /// A reference that begins with the name of a contract; those to others stay.
    fn of_contract(&self, name: &mut String) {
        let (old, new) = &self.contract;
        if let Some(rest) = name.strip_prefix(old.as_str()).and_then(|rest| rest.strip_prefix('.')) {
            let mut rest = rest.to_owned();
            self.anywhere(&mut rest);
            *name = format!("{new}.{rest}");
        }
    }
}

/// Everything that refers to something with another name now.
fn refer(contract: &mut Contract, renamed: &Renamed) {
    if renamed.is_empty() {
        return;
    }
    let old_names: HashMap<&String, &String> = renamed.datasets.iter().map(|(old, new)| (new, old)).collect();
    for dataset in &mut contract.datasets {
        let old = old_names.get(&dataset.name).map_or_else(|| dataset.name.clone(), |old| (*old).clone());
        refer_in_dataset(dataset, &old, renamed);
    }
    for quality in &mut contract.quality {
        refer_in_quality(quality, |name| renamed.anywhere(name));
    }
    for rule in &mut contract.rules {
        let dataset = rule.dataset.clone();
        if let Some(new) = dataset.as_ref().and_then(|name| renamed.datasets.get(name)) {
            rule.dataset = Some(new.clone());
        }
        refer_in_rule(rule, |name| match &dataset {
            Some(dataset) => renamed.field(dataset, name),
            None => renamed.anywhere(name),
        });
    }
    let roles = contract.access.iter_mut().flat_map(|access| &mut access.roles).map(|role| &mut role.fields);
    let subscribers = contract.subscribers.iter_mut().map(|subscriber| &mut subscriber.fields_used);
    roles.chain(subscribers).flatten().for_each(|name| renamed.anywhere(name));
    for quality in contract.subscribers.iter_mut().flat_map(|subscriber| &mut subscriber.overrides.quality) {
        refer_in_quality(quality, |name| renamed.anywhere(name));
    }
    for source in &mut contract.sources {
        let tables = source.settings.iter_mut().filter(|(key, _)| key == "tables");
        for (_, tables) in tables {
            let Literal::Map(tables) = tables else { continue };
            for (name, _) in tables {
                if let Some(new) = renamed.datasets.get(name) {
                    name.clone_from(new);
                }
            }
        }
    }
}

fn refer_in_dataset(dataset: &mut Dataset, old: &str, renamed: &Renamed) {
    let field = |name: &mut String| renamed.field(old, name);
    let lists = [&mut dataset.key_order, &mut dataset.partitioned_by, &mut dataset.clustered_by];
    lists.into_iter().flatten().for_each(field);
    dataset.unique.iter_mut().flatten().for_each(field);
    for name in &mut dataset.ordering {
        match name.strip_suffix(" desc") {
            Some(plain) => {
                let mut plain = plain.to_owned();
                field(&mut plain);
                *name = format!("{plain} desc");
            }
            None => field(name),
        }
    }
    if let Some(Grain::Fields(names)) = &mut dataset.grain {
        names.iter_mut().for_each(field);
    }
    if let Some(topic) = &mut dataset.topic {
        topic.message_key.iter_mut().for_each(field);
    }
    if let Some(instead) = dataset.deprecated.as_mut().and_then(|deprecated| deprecated.replaced_by.as_mut())
        && let Some(new) = renamed.datasets.get(instead.as_str())
    {
        instead.clone_from(new);
    }
    for key in &mut dataset.foreign_keys {
        key.fields.iter_mut().for_each(field);
        let (before, now) = &renamed.contract;
        let own = key.references.strip_prefix(before.as_str());
        let dataset = own.and_then(|rest| rest.strip_prefix('.')).map(str::to_owned);
        if let Some(dataset) = dataset {
            key.referenced_fields.iter_mut().for_each(|name| renamed.field(&dataset, name));
            key.references = format!("{now}.{}", renamed.datasets.get(&dataset).unwrap_or(&dataset));
        } else if key.references == *before {
            key.referenced_fields.iter_mut().for_each(|name| renamed.anywhere(name));
            key.references.clone_from(now);
        }
    }
    for quality in &mut dataset.quality {
        refer_in_quality(quality, field);
    }
    for rule in &mut dataset.rules {
        if let Some(new) = rule.dataset.as_ref().and_then(|name| renamed.datasets.get(name)) {
            rule.dataset = Some(new.clone());
        }
        refer_in_rule(rule, field);
    }
    for field in &mut dataset.fields {
        refer_in_field(field, old, renamed);
    }
}

fn refer_in_field(field: &mut Field, dataset: &str, renamed: &Renamed) {
    if let Some(reference) = &mut field.foreign_key_reference {
        renamed.of_contract(reference);
    }
    if let Some(instead) = field.deprecated.as_mut().and_then(|deprecated| deprecated.replaced_by.as_mut()) {
        renamed.field(dataset, instead);
    }
    for inner in &mut field.fields {
        refer_in_field(inner, dataset, renamed);
    }
    for inner in [&mut field.items, &mut field.values].into_iter().flatten() {
        refer_in_field(inner, dataset, renamed);
    }
}

fn refer_in_quality(quality: &mut Quality, rename: impl Fn(&mut String)) {
    if let Some(name) = quality.measuring.as_mut().and_then(|measuring| measuring.timestamp_field.as_mut()) {
        rename(name);
    }
}

fn refer_in_rule(rule: &mut Rule, rename: impl Fn(&mut String)) {
    if let Some(name) = &mut rule.field {
        rename(name);
    }
    if let Some(name) = rule.measuring.as_mut().and_then(|measuring| measuring.timestamp_field.as_mut()) {
        rename(name);
    }
    if let Some(Subject::DuplicateValues(names)) = rule.assertion.as_mut().map(|assertion| &mut assertion.subject) {
        names.iter_mut().for_each(rename);
    }
}

/// A name of a dataset or field without what it must not have.
fn joined(name: &str, otherwise: &str) -> String {
    let is_kept = |letter: char| !(letter.is_whitespace() || letter.is_control() || letter == '.');
    let parts: Vec<&str> = name.split(|letter| !is_kept(letter)).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { otherwise.to_owned() } else { parts.join("_") }
}

/// A name in lower-case letters, digits and `_`, parts between dots: `Orders (Web)` is `orders_web`.
pub(in crate::format) fn slug(name: &str) -> String {
    let part = |part: &str| {
        let plain: String = part
            .nfkd()
            .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
            .flat_map(char::to_lowercase)
            .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' })
            .collect();
        let words: Vec<&str> = plain.split('_').filter(|word| !word.is_empty()).collect();
        let plain = words.join("_");
        if plain.starts_with(|first: char| first.is_ascii_digit()) { format!("c_{plain}") } else { plain }
    };
    let parts: Vec<String> = name.split('.').map(part).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "contract".to_owned() } else { parts.join(".") }
}
