//! 2.2 to 3.0: nearly every key has another name.

use super::notes::Notes;
use super::{v2_quality, v2_servers};
use crate::model::Path;
use crate::source::words::quoted;
use crate::source::{Entry, Node};

const ROOT: &[(&str, &str)] = &[
    ("uuid", "id"),
    ("datasetDomain", "domain"),
    ("quantumName", "dataProduct"),
    ("dataset", "schema"),
    ("stakeholders", "team"),
    ("slaDefaultColumn", "slaDefaultElement"),
];

const OBJECT: &[(&str, &str)] =
    &[("table", "name"), ("dataGranularity", "dataGranularityDescription"), ("columns", "properties")];

const COLUMN: &[(&str, &str)] = &[
    ("column", "name"),
    ("isPrimaryKey", "primaryKey"),
    ("isUnique", "unique"),
    ("partitionStatus", "partitioned"),
    ("encryptedColumnName", "encryptedName"),
    ("transformSourceTables", "transformSourceObjects"),
    ("sampleValues", "examples"),
    ("criticalDataElementStatus", "criticalDataElement"),
];

/// The names that were given, each once.
#[derive(Debug, Default)]
struct Renamed(Vec<(&'static str, &'static str)>);

impl Renamed {
    fn all(&mut self, node: &mut Node, names: &'static [(&'static str, &'static str)]) {
        for (from, to) in names {
            if node.rename(from, to) && !self.0.contains(&(from, to)) {
                self.0.push((from, to));
            }
        }
    }
}

/// Changes the tree of a contract of 2.2 into one of 3.0, apart from what has no place there, which is closed out later.
pub(super) fn upgrade(tree: &mut Node, notes: &mut Notes) {
    let root = Path::root();
    if tree.entry("apiVersion").is_none()
        && let Some(entries) = tree.entries_mut()
    {
        entries.insert(0, Entry::new("apiVersion", super::TARGET));
    }
    if tree.entry("kind").is_none() {
        tree.set("kind", "DataContract", Some("apiVersion"));
    }
    let mut renamed = Renamed::default();
    renamed.all(tree, ROOT);
    v2_servers::servers(tree, notes);
    v2_servers::support(tree, notes);
    let mut silent = 0;
    for object in tree.get_mut("schema").and_then(Node::items_mut).into_iter().flatten() {
        renamed.all(object, OBJECT);
        let path = object.get("name").and_then(Node::text).map_or_else(|| Path::of("schema"), Path::dataset);
        v2_quality::upgrade(object, &path, notes);
        for column in object.get_mut("properties").and_then(Node::items_mut).into_iter().flatten() {
            renamed.all(column, COLUMN);
            let path =
                column.get("name").and_then(Node::text).map_or_else(|| path.key("properties"), |name| path.field(name));
            v2_quality::upgrade(column, &path, notes);
            logical_type(column, &path, notes);
            if !required(column) {
                silent += 1;
            }
        }
    }
    for level in tree.get_mut("slaProperties").and_then(Node::items_mut).into_iter().flatten() {
        renamed.all(level, &[("column", "element")]);
    }
    if !renamed.0.is_empty() {
        let names: Vec<String> = renamed.0.iter().map(|(from, to)| format!("`{from}` is `{to}`")).collect();
        notes.reworded(&root, format!("keys have the names of today: {}", names.join(", ")));
    }
    if silent > 0 {
        let what = if silent == 1 { "a column says".to_owned() } else { format!("{silent} columns say") };
        let message = format!(
            "{what} nothing of `isNullable`, which meant no nulls in 2.2 and is `required: true`, since properties of 3.x may be null"
        );
        notes.reworded(&root, message);
    }
}

/// `isNullable` the other way round. Whether the column said it.
fn required(column: &mut Node) -> bool {
    if column.entry("required").is_some() {
        return true;
    }
    let nullable = column.get("isNullable").map(Node::boolean);
    match nullable {
        Some(Some(nullable)) => {
            column.rename("isNullable", "required");
            column.set("required", !nullable, None);
            true
        }
        // What is no boolean is kept as it is.
        Some(None) if column.get("isNullable").is_some_and(|node| !node.is_null()) => true,
        _ => {
            let behind = ["physicalType", "logicalType", "name"].into_iter().find(|key| column.entry(key).is_some());
            column.set("required", true, behind);
            false
        }
    }
}

/// A logical type by a word that 3.x knows. Any word was right in 2.2.
fn logical_type(column: &mut Node, path: &Path, notes: &mut Notes) {
    let Some(word) = column.get("logicalType").and_then(Node::text).map(str::to_owned) else { return };
    let plain = word.split('(').next().unwrap_or("").trim().to_lowercase();
    let known = match plain.as_str() {
        "string" | "text" | "varchar" | "char" | "character" | "uuid" => "string",
        "integer" | "int" | "bigint" | "smallint" | "tinyint" | "long" | "int64" | "int32" => "integer",
        "number" | "decimal" | "numeric" | "float" | "double" | "real" | "bignumeric" | "float64" => "number",
        "boolean" | "bool" => "boolean",
        "date" => "date",
        "timestamp" | "datetime" | "timestamptz" | "timestamp_tz" | "timestamp_ntz" => "timestamp",
        "time" => "time",
        "object" | "struct" | "record" => "object",
        "array" | "list" => "array",
        _ => {
            let kept = column.take("logicalType");
            notes.kept(
                path,
                format!("3.2 has no logical type {}: it is the custom property `logicalType` now", quoted(&word)),
            );
            if let Some(kept) = kept {
                super::keep(column, "logicalType", kept);
            }
            return;
        }
    };
    if known != word {
        column.set("logicalType", known, None);
        notes.reworded(path, format!("the logical type {} is called `{known}`", quoted(&word)));
    }
}
