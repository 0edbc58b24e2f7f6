//! What a server of each type has in 3.2.0.

/// A type of servers with its own keys.
#[derive(Debug)]
pub(in crate::format) struct Server {
    /// The word of `type`.
    pub(in crate::format) name: &'static str,
    /// The keys that one has to have.
    pub(in crate::format) required: &'static [&'static str],
    /// The other keys.
    pub(in crate::format) optional: &'static [&'static str],
}

/// The keys of every server.
pub(in crate::format) const COMMON: &[&str] =
    &["id", "server", "type", "description", "environment", "roles", "customProperties"];

impl Server {
    /// The type of a name.
    pub(in crate::format) fn named(name: &str) -> Option<&'static Self> {
        SERVERS.iter().find(|server| server.name == name)
    }

    /// Whether a server of the type may have a key.
    pub(in crate::format) fn takes(&self, key: &str) -> bool {
        COMMON.contains(&key) || self.required.contains(&key) || self.optional.contains(&key)
    }
}

const fn server(name: &'static str, required: &'static [&'static str], optional: &'static [&'static str]) -> Server {
    Server { name, required, optional }
}

static SERVERS: &[Server] = &[
    server("api", &["location"], &[]),
    server("athena", &["schema"], &["stagingDir", "catalog", "regionName", "workgroup"]),
    server("azure", &["location", "format"], &["encoding", "delimiter"]),
    server("bigquery", &["project", "dataset"], &[]),
    server("btrieve", &["host", "database"], &["port"]),
    server("clickhouse", &["host", "port", "database"], &[]),
    server("databricks", &["catalog", "schema"], &["host"]),
    server("denodo", &["host", "port"], &["database"]),
    server("dremio", &["host", "port"], &["schema"]),
    server("duckdb", &["database"], &["schema"]),
    server("exasol", &["host"], &["port", "schema"]),
    server("fastobjects", &["database"], &["host", "port"]),
    server("glue", &["account", "database"], &["location", "format", "encoding"]),
    server("hana", &["host"], &["port", "database", "schema"]),
    server("cloudsql", &["host", "port", "database", "schema"], &[]),
    server("db2", &["host", "port", "database"], &["schema"]),
    server("hive", &["host", "database"], &["port"]),
    server("iceberg", &["catalog", "catalogUrl"], &["namespace", "warehouse"]),
    server("impala", &["host", "database"], &["port"]),
    server("informix", &["host", "database"], &["port"]),
    server("ingres", &["database", "host"], &["port"]),
    server("kafka", &["host"], &["format", "encoding"]),
    server("kinesis", &[], &["region", "format", "encoding"]),
    server("local", &["path", "format"], &["encoding"]),
    server("mysql", &["host", "port", "database"], &[]),
    server("oracle", &["host", "port", "serviceName"], &[]),
    server("poet", &["database"], &["host", "port"]),
    server("postgresql", &["host", "port", "database", "schema"], &[]),
    server("postgres", &["host", "port", "database", "schema"], &[]),
    server("presto", &["host"], &["catalog", "schema"]),
    server("pubsub", &["project"], &[]),
    server("redshift", &["database", "schema"], &["host", "region", "account"]),
    server("s3", &["location"], &["endpointUrl", "format", "encoding", "delimiter"]),
    server("sftp", &["location"], &["format", "encoding", "delimiter"]),
    server("snowflake", &["account", "database", "schema"], &["host", "port", "warehouse"]),
    server("sqlserver", &["host", "database", "schema"], &["port"]),
    server("synapse", &["host", "port", "database"], &[]),
    server("teradata", &["host"], &["port", "database"]),
    server("trino", &["host", "port", "catalog", "schema"], &[]),
    server("vectorwise", &["database", "host"], &["port"]),
    server("versant", &["database"], &["host", "port"]),
    server("vertica", &["host", "port", "database", "schema"], &[]),
    server("zen", &["host", "database"], &["port"]),
    server(
        "custom",
        &[],
        &[
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
    ),
];
