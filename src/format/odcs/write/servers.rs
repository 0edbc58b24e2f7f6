//! Where the live data is.

use super::Writer;
use super::entries::Entries;
use super::order::SERVER;
use super::place::Place;
use crate::format::odcs::read::FILES;
use crate::format::odcs::version::Version::{self, V3_0_0, V3_1_0, V3_2_0};
use crate::model::{Literal, Source};

/// A type of server: its name, the version that it came with, the keys that it must have and those that it may have.
struct Server {
    name: &'static str,
    since: Version,
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

const SERVERS: &[Server] = &[
    Server { name: "api", since: V3_0_0, required: &["location"], optional: &[] },
    Server {
        name: "athena",
        since: V3_0_0,
        required: &["schema"],
        optional: &["stagingDir", "catalog", "regionName", "workgroup"],
    },
    Server { name: "azure", since: V3_0_0, required: &["location", "format"], optional: &["encoding", "delimiter"] },
    Server { name: "bigquery", since: V3_0_0, required: &["project", "dataset"], optional: &[] },
    Server { name: "btrieve", since: V3_2_0, required: &["host", "database"], optional: &["port"] },
    Server { name: "clickhouse", since: V3_0_0, required: &["host", "port", "database"], optional: &[] },
    Server { name: "cloudsql", since: V3_0_0, required: &["host", "port", "database", "schema"], optional: &[] },
    Server {
        name: "custom",
        since: V3_0_0,
        required: &[],
        optional: &[
            "account",
            "catalog",
            "database",
            "dataset",
            "delimiter",
            "endpointUrl",
            "format",
            "encoding",
            "host",
            "location",
            "path",
            "port",
            "project",
            "region",
            "regionName",
            "schema",
            "serviceName",
            "stagingDir",
            "warehouse",
            "stream",
        ],
    },
    Server { name: "databricks", since: V3_0_0, required: &["catalog", "schema"], optional: &["host"] },
    Server { name: "db2", since: V3_0_0, required: &["host", "port", "database"], optional: &["schema"] },
    Server { name: "denodo", since: V3_0_0, required: &["host", "port"], optional: &["database"] },
    Server { name: "dremio", since: V3_0_0, required: &["host", "port"], optional: &["schema"] },
    Server { name: "duckdb", since: V3_0_0, required: &["database"], optional: &["schema"] },
    Server { name: "exasol", since: V3_2_0, required: &["host"], optional: &["port", "schema"] },
    Server { name: "fastobjects", since: V3_2_0, required: &["database"], optional: &["host", "port"] },
    Server {
        name: "glue",
        since: V3_0_0,
        required: &["account", "database"],
        optional: &["location", "format", "encoding"],
    },
    Server { name: "hana", since: V3_2_0, required: &["host"], optional: &["port", "database", "schema"] },
    Server { name: "hive", since: V3_1_0, required: &["host", "database"], optional: &["port"] },
    Server {
        name: "iceberg",
        since: V3_2_0,
        required: &["catalog", "catalogUrl"],
        optional: &["namespace", "warehouse"],
    },
    Server { name: "impala", since: V3_1_0, required: &["host", "database"], optional: &["port"] },
    Server { name: "informix", since: V3_0_0, required: &["host", "database"], optional: &["port"] },
    Server { name: "ingres", since: V3_2_0, required: &["database", "host"], optional: &["port"] },
    Server { name: "kafka", since: V3_0_0, required: &["host"], optional: &["format", "encoding"] },
    Server { name: "kinesis", since: V3_0_0, required: &[], optional: &["region", "format", "encoding"] },
    Server { name: "local", since: V3_0_0, required: &["path", "format"], optional: &["encoding"] },
    Server { name: "mysql", since: V3_0_0, required: &["host", "port", "database"], optional: &[] },
    Server { name: "oracle", since: V3_0_0, required: &["host", "port", "serviceName"], optional: &[] },
    Server { name: "poet", since: V3_2_0, required: &["database"], optional: &["host", "port"] },
    Server { name: "postgres", since: V3_0_0, required: &["host", "port", "database", "schema"], optional: &[] },
    Server { name: "postgresql", since: V3_0_0, required: &["host", "port", "database", "schema"], optional: &[] },
    Server { name: "presto", since: V3_0_0, required: &["host"], optional: &["catalog", "schema"] },
    Server { name: "pubsub", since: V3_0_0, required: &["project"], optional: &[] },
    Server {
        name: "redshift",
        since: V3_0_0,
        required: &["database", "schema"],
        optional: &["host", "region", "account"],
    },
    Server {
        name: "s3",
        since: V3_0_0,
        required: &["location"],
        optional: &["endpointUrl", "format", "encoding", "delimiter"],
    },
    Server { name: "sftp", since: V3_0_0, required: &["location"], optional: &["format", "encoding", "delimiter"] },
    Server {
        name: "snowflake",
        since: V3_0_0,
        required: &["account", "database", "schema"],
        optional: &["host", "port", "warehouse"],
    },
    Server { name: "sqlserver", since: V3_0_0, required: &["host", "database", "schema"], optional: &["port"] },
    Server { name: "synapse", since: V3_0_0, required: &["host", "port", "database"], optional: &[] },
    Server { name: "teradata", since: V3_2_0, required: &["host"], optional: &["port", "database"] },
    Server { name: "trino", since: V3_0_0, required: &["host", "port", "catalog", "schema"], optional: &[] },
    Server { name: "vectorwise", since: V3_2_0, required: &["database", "host"], optional: &["port"] },
    Server { name: "versant", since: V3_2_0, required: &["database"], optional: &["host", "port"] },
    Server { name: "vertica", since: V3_0_0, required: &["host", "port", "database", "schema"], optional: &[] },
    Server { name: "zen", since: V3_1_0, required: &["host", "database"], optional: &["port"] },
];

impl Writer<'_> {
    pub(super) fn servers(&mut self) -> Vec<Literal> {
        let sources = &self.contract.sources;
        sources.iter().enumerate().map(|(index, source)| self.server(index, source)).collect()
    }

    fn server(&mut self, index: usize, source: &Source) -> Literal {
        let (wanted, settings) = in_words(source);
        let known = SERVERS.iter().find(|server| server.name == wanted && server.since <= self.version);
        let has = |key: &str| settings.iter().any(|(name, value)| *name == key && self.is_legal(key, value));
        let place = Place::Server(index);
        let is_early = |key: &str| match key {
            "encoding" | "workgroup" => self.version < V3_2_0,
            "stream" => self.version < V3_1_0,
            // Its schema of 3.0 wants a number there.
            "schema" => wanted == "duckdb" && self.version < V3_1_0,
            _ => false,
        };
        let server = known.filter(|server| server.required.iter().all(|key| has(key)));
        // Before 3.2 Athena had to say where it puts its results.
        let server = server.filter(|server| server.name != "athena" || self.version >= V3_2_0 || has("stagingDir"));
        let server = server.or_else(|| SERVERS.iter().find(|server| server.name == "custom"));
        let mut entries = Entries::default();
        entries.text("server", Some(&source.environment));
        entries.text("type", server.map(|server| server.name));
        let mut custom = Vec::new();
        for (key, value) in &settings {
            match (*key, value) {
                (key, _) if is_early(key) || self.is_denied(&place, key) => {}
                ("customProperties", Literal::List(items)) => custom.clone_from(items),
                ("id", Literal::Text(id)) if self.is_stable_id(id) => entries.put("id", (*value).clone()),
                ("roles", Literal::List(_)) => entries.put("roles", (*value).clone()),
                ("description" | "environment", Literal::Text(_)) => entries.put(key, (*value).clone()),
                _ if server.is_some_and(|server| server.has(key)) && self.is_legal(key, value) => {
                    entries.put(key, (*value).clone());
                }
                _ => {}
            }
        }
        self.custom(&mut entries, custom, place);
        entries.in_order(SERVER)
    }

    /// Whether a setting can have a value: texts, and a number for a port.
    fn is_legal(&self, key: &str, value: &Literal) -> bool {
        match value {
            Literal::Text(_) => key != "port" || self.version >= V3_2_0,
            Literal::Int(_) => key == "port",
            _ => false,
        }
    }
}

impl Server {
    fn has(&self, key: &str) -> bool {
        self.required.contains(&key) || self.optional.contains(&key)
    }
}

/// The type and the settings of a source in the standard's words.
fn in_words(source: &Source) -> (&str, Vec<(&str, Literal)>) {
    let mut settings: Vec<(&str, Literal)> =
        source.settings.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    let is_file = FILES.contains(&source.kind.as_str()) && !settings.iter().any(|(key, _)| *key == "format");
    let kind = match source.kind.as_str() {
        "http" => {
            for (key, _) in settings.iter_mut().filter(|(key, _)| *key == "url") {
                *key = "location";
            }
            "api"
        }
        _ if is_file => {
            settings.push(("format", Literal::Text(source.kind.clone())));
            "local"
        }
        kind => kind,
    };
    (kind, settings)
}
