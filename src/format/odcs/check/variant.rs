//! Which keys a mapping may have where something in it decides on that.

use super::super::keys::{
    ARRAY, BOOLEAN, CUSTOM, DATE, INTEGER, Key, Kind, LIBRARY, LIBRARY_3_0, MAP, NUMBER, OBJECT, OPERATOR_KEYS, Open,
    SERVERS, SQL, STRING, Shape, TIMESTAMP, UNKNOWN, UNTYPED, VECTOR, Variant, composite_agrees,
};
use super::super::version::Version;
use super::mend;
use super::rule::RuleTypes;
use super::walk::Checker;
use crate::source::words::{alternatives, nearest, quoted};
use crate::source::{Node, Problem};

/// The tables of keys that a mapping may have, and what decided on them.
pub(in crate::format::odcs) struct Tables {
    all: [&'static [Key]; 6],
    /// Whether other keys are let be.
    pub(super) open: bool,
    /// The word that decided: a logical type, a type of server. Empty where none did.
    pub(super) word: &'static str,
    /// What is to be said about the types of a rule.
    pub(super) rule: Option<RuleTypes>,
    excused: &'static [&'static str],
    what: &'static str,
}

impl Tables {
    /// The key of a name, and its place among all keys, where the edition has it.
    pub(super) fn find(&self, name: &str, version: Version) -> Option<(usize, &'static Key)> {
        let mut before = 0;
        for table in self.all {
            if let Some(index) = table.iter().position(|key| key.name == name) {
                let key = table.get(index)?;
                return (version >= key.since).then_some((before + index, key));
            }
            before += table.len();
        }
        None
    }

    /// The key of a name in any edition.
    pub(super) fn find_ever(&self, name: &str) -> Option<&'static Key> {
        self.all.iter().find_map(|table| table.iter().find(|key| key.name == name))
    }

    /// All keys with their places.
    pub(in crate::format::odcs) fn keys(&self) -> impl Iterator<Item = (usize, &'static Key)> + use<> {
        self.all.into_iter().flatten().enumerate()
    }

    /// Whether somebody else says that a key is missing.
    pub(super) fn is_excused(&self, name: &str) -> bool {
        self.excused.contains(&name)
    }

    /// What decided on the keys, to follow a statement: ` (its type is `postgres`)`.
    pub(super) fn of(&self) -> String {
        if self.word.is_empty() || self.what.is_empty() {
            String::new()
        } else {
            format!(" (its `{}` is `{}`)", self.what, self.word)
        }
    }
}

/// The tables of a mapping.
pub(in crate::format::odcs) fn tables(shape: &'static Shape, node: &Node, version: Version) -> Tables {
    let open = match shape.open {
        Open::No => false,
        Open::Before3_1 => version < Version::V3_1_0,
        Open::Always => true,
    };
    let mut tables =
        Tables { all: [shape.keys, &[], &[], &[], &[], &[]], open, word: "", rule: None, excused: &[], what: "" };
    match shape.variant {
        None | Some(Variant::BothEnds) => {}
        Some(Variant::LogicalType) => logical_type(&mut tables, node, version),
        Some(Variant::ServerType) => server_type(&mut tables, node, version),
        Some(Variant::RuleType) => rule_type(&mut tables, node, version),
    }
    tables
}

fn logical_type(tables: &mut Tables, node: &Node, version: Version) {
    let keys = |keys: &'static [Key], since| (keys, since);
    let (word, (keys, since)) = match node.get("logicalType").map(Node::text) {
        None => ("", keys(&UNTYPED, Version::V3_0_0)),
        Some(Some("string")) => ("string", keys(&STRING, Version::V3_0_0)),
        Some(Some("date")) => ("date", keys(&DATE, Version::V3_0_0)),
        Some(Some("timestamp")) => ("timestamp", keys(&TIMESTAMP, Version::V3_1_0)),
        Some(Some("time")) => ("time", keys(&TIMESTAMP, Version::V3_1_0)),
        Some(Some("number")) => ("number", keys(&NUMBER, Version::V3_0_0)),
        Some(Some("integer")) => ("integer", keys(&INTEGER, Version::V3_0_0)),
        Some(Some("object")) => ("object", keys(&OBJECT, Version::V3_0_0)),
        Some(Some("array")) => ("array", keys(&ARRAY, Version::V3_0_0)),
        Some(Some("boolean")) => ("boolean", keys(&BOOLEAN, Version::V3_0_0)),
        Some(Some("map")) => ("map", keys(&MAP, Version::V3_2_0)),
        Some(Some("vector")) => ("vector", keys(&VECTOR, Version::V3_2_0)),
        Some(_) => ("", keys(&UNKNOWN, Version::V3_0_0)),
    };
    tables.what = "logicalType";
    // Of what is newer nothing more is said than that.
    if version >= since {
        (tables.word, tables.all[1]) = (word, keys);
    } else {
        tables.all[1] = &UNKNOWN;
    }
}

fn server_type(tables: &mut Tables, node: &Node, version: Version) {
    let word = node.get("type").and_then(Node::text);
    tables.what = "type";
    match word.and_then(|word| SERVERS.iter().find(|server| server.name == word)) {
        Some(server) if version >= server.since => {
            tables.word = server.name;
            tables.all[1] = server.keys;
        }
        _ => tables.open = true,
    }
}

fn rule_type(tables: &mut Tables, node: &Node, version: Version) {
    let types = RuleTypes::of(node, version);
    tables.what = "type";
    tables.word = types.word;
    if version < Version::V3_1_0 {
        if types.library {
            tables.all[1] = &LIBRARY_3_0;
            tables.all[2] = &OPERATOR_KEYS;
        }
    } else {
        if types.library {
            tables.all[1] = &LIBRARY;
        }
        if types.library || types.sql {
            tables.all[2] = &OPERATOR_KEYS;
        }
    }
    if types.sql {
        tables.all[3] = &SQL;
    }
    if types.custom {
        tables.all[4] = &CUSTOM;
    }
    if types.unknown {
        tables.open = true;
    }
    tables.excused = types.excused;
    tables.rule = Some(types);
}

impl Checker {
    /// The type of a server is one that the edition has.
    pub(super) fn server_type(&mut self, node: &Node) {
        let Some(entry) = node.entry("type") else { return };
        let Some(text) = entry.value.text() else {
            if entry.value.is_null() {
                let problem = Problem::new("wrong-type", entry.key_span, "`type` has no value");
                return self.problems.push(problem.help("write one, such as `type: postgres`"));
            }
            return self.demand(&entry.value, "type", false, "the type of a server, such as `postgres`", &Kind::Any);
        };
        match SERVERS.iter().find(|server| server.name == text) {
            Some(server) if self.version >= server.since => {}
            Some(server) => self.is_newer(format!("`type: {text}` of a server"), server.since, entry.value.span),
            None => {
                let version = self.version;
                let known = || SERVERS.iter().filter(|server| server.since <= version).map(|server| server.name);
                let lower = text.to_lowercase();
                let meant = match lower.as_str() {
                    "mssql" | "sql-server" | "azure-sql" => Some("sqlserver"),
                    "pg" => Some("postgres"),
                    "aurora" | "mariadb" => Some("mysql"),
                    "http" | "rest" => Some("api"),
                    "file" | "files" => Some("local"),
                    "adls" | "abfss" | "blob" => Some("azure"),
                    _ => nearest(text, known()),
                };
                let help = match meant {
                    Some(meant) => format!("did you mean `{meant}`? Anything else is `type: custom`"),
                    None => format!("anything else is `type: custom`; known: {}", alternatives(known())),
                };
                let message = format!("`type` of a server can't be {}", quoted(text));
                let problem = Problem::new("invalid-value", entry.value.span, message).help(help);
                self.tell(problem, |_| Some(mend::word(&entry.value, text, &known().collect::<Vec<_>>(), meant?)));
            }
        }
    }

    /// Both ends of a relationship are one property, or both are several.
    pub(super) fn both_ends(&mut self, node: &Node) {
        let (Some(from), Some(to)) = (node.entry("from"), node.entry("to")) else { return };
        if !composite_agrees(&from.value, &to.value) {
            let message = "`from` and `to` must both be one reference, or both be lists";
            self.problems.push(
                Problem::new("wrong-type", to.key_span, message)
                    .help("write both as lists of the same length: the first refers to the first, and so on"),
            );
        }
    }
}
