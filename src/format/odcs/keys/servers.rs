//! The keys of servers, by their type.

use super::extras::{CUSTOM_PROPERTIES, ID};
use super::habits::SERVER_HABITS;
use super::people::ROLE_LIST;
use super::{Key, Kind, List, Open, Shape, Variant, Word};
use crate::format::odcs::version::Version::{self, V3_0_0, V3_0_2, V3_1_0, V3_2_0};
use crate::source::shape::Form;

pub(super) static SERVER_LIST: List = List::of(Kind::Map(&SERVER), "a server", "server");

pub(in crate::format::odcs) static SERVER: Shape = Shape {
    name: "a server",
    keys: &[
        Key::text("server").required().example("production"),
        // The words are the types of [`SERVERS`].
        Key::new("type", Kind::Any).required().example("postgres"),
        Key::text("description"),
        Key::text("environment"),
        Key::new("roles", Kind::List(&ROLE_LIST)),
        CUSTOM_PROPERTIES,
        ID,
    ],
    open: Open::Before3_1,
    variant: Some(Variant::ServerType),
    habits: SERVER_HABITS,
};

/// A type of server.
#[derive(Debug)]
pub(in crate::format::odcs) struct ServerType {
    /// The word.
    pub(in crate::format::odcs) name: &'static str,
    /// The first edition that has it.
    pub(in crate::format::odcs) since: Version,
    /// The keys that servers of this type have beside those of all servers.
    pub(in crate::format::odcs) keys: &'static [Key],
}

const fn server(name: &'static str, since: Version, keys: &'static [Key]) -> ServerType {
    ServerType { name, since, keys }
}

/// Every type of server.
pub(in crate::format::odcs) static SERVERS: &[ServerType] = &[
    server("api", V3_0_0, &API),
    server("athena", V3_0_0, &ATHENA),
    server("azure", V3_0_0, &AZURE),
    server("bigquery", V3_0_0, &BIGQUERY),
    server("btrieve", V3_2_0, &ZEN),
    server("clickhouse", V3_0_0, &CLICKHOUSE),
    server("cloudsql", V3_0_0, &CLOUDSQL),
    server("custom", V3_0_0, &CUSTOM),
    server("databricks", V3_0_0, &DATABRICKS),
    server("db2", V3_0_0, &DB2),
    server("denodo", V3_0_0, &DENODO),
    server("dremio", V3_0_0, &DREMIO),
    server("duckdb", V3_0_0, &DUCKDB),
    server("exasol", V3_2_0, &EXASOL),
    server("fastobjects", V3_2_0, &POET),
    server("glue", V3_0_0, &GLUE),
    server("hana", V3_2_0, &HANA),
    server("hive", V3_1_0, &HIVE),
    server("iceberg", V3_2_0, &ICEBERG),
    server("impala", V3_1_0, &IMPALA),
    server("informix", V3_0_0, &INFORMIX),
    server("ingres", V3_2_0, &INGRES),
    server("kafka", V3_0_0, &KAFKA),
    server("kinesis", V3_0_0, &KINESIS),
    server("local", V3_0_0, &LOCAL),
    server("mysql", V3_0_0, &MYSQL),
    server("oracle", V3_0_0, &ORACLE),
    server("poet", V3_2_0, &POET),
    server("postgres", V3_0_0, &POSTGRES),
    server("postgresql", V3_0_0, &POSTGRES),
    server("presto", V3_0_0, &PRESTO),
    server("pubsub", V3_0_0, &PUBSUB),
    server("redshift", V3_0_0, &REDSHIFT),
    server("s3", V3_0_0, &S3),
    server("sftp", V3_0_0, &SFTP),
    server("snowflake", V3_0_0, &SNOWFLAKE),
    server("sqlserver", V3_0_0, &SQLSERVER),
    server("synapse", V3_0_0, &SYNAPSE),
    server("teradata", V3_2_0, &TERADATA),
    server("trino", V3_0_0, &TRINO),
    server("vectorwise", V3_2_0, &VECTORWISE),
    server("versant", V3_2_0, &VERSANT),
    server("vertica", V3_0_0, &VERTICA),
    server("zen", V3_1_0, &ZEN),
];

const PORT: Key =
    Key::new("port", Kind::Until(V3_2_0, &Kind::Whole(i128::MIN), &Kind::Or(&Kind::Whole(i128::MIN), &Kind::Text)))
        .example("5432");
const ENCODING: Key = Key::text("encoding").since(V3_2_0);

/// Words before 3.1, any text since.
const FILE_FORMAT: Key =
    Key::new("format", Kind::Until(V3_1_0, &Kind::Word(FILE_FORMATS), &Kind::Text)).example("parquet");
const FILE_FORMATS: &[Word] = &[Word::new("parquet"), Word::new("delta"), Word::new("json"), Word::new("csv")];
const DELIMITER: Key =
    Key::new("delimiter", Kind::Until(V3_1_0, &Kind::Word(&[Word::new("new_line"), Word::new("array")]), &Kind::Text));

/// By the schema a number before 3.1, which was a slip: it is the name of a schema.
const DUCKDB_SCHEMA: Key =
    Key::new("schema", Kind::Until(V3_1_0, &Kind::Or(&Kind::Whole(i128::MIN), &Kind::Text), &Kind::Text));

/// The schemas before 3.0.2 demand a `staging_dir` instead, which they do not know otherwise.
const STAGING_DIR: Key =
    Key::text("stagingDir").required_since(V3_0_2).required_before(V3_2_0).example("s3://results/orders");

const SFTP_LOCATION: Key = Key::new("location", Kind::Form(&SFTP_ADDRESS)).example("sftp://example.com/orders/*.csv");
static SFTP_ADDRESS: Form = Form {
    expected: "an address that begins with `sftp://`",
    pattern: "^sftp://",
    // A variable stands for an address that nobody knows yet.
    accepts: |text| text.starts_with("sftp://") || text.starts_with("${"),
};

static API: [Key; 1] = [Key::text("location").required()];
static ATHENA: [Key; 5] = [
    Key::text("schema").required(),
    STAGING_DIR,
    Key::text("catalog"),
    Key::text("regionName"),
    Key::text("workgroup").since(V3_2_0),
];
static AZURE: [Key; 4] = [Key::text("location").required(), FILE_FORMAT.required(), ENCODING, DELIMITER];
static BIGQUERY: [Key; 2] = [Key::text("project").required(), Key::text("dataset").required()];
static ZEN: [Key; 3] = [Key::text("host").required(), Key::text("database").required(), PORT];
static CLICKHOUSE: [Key; 3] = [Key::text("host").required(), PORT.required(), Key::text("database").required()];
static CLOUDSQL: [Key; 4] =
    [Key::text("host").required(), PORT.required(), Key::text("database").required(), Key::text("schema").required()];
static CUSTOM: [Key; 20] = [
    Key::text("account"),
    Key::text("catalog"),
    Key::text("database"),
    Key::text("dataset"),
    Key::text("delimiter"),
    Key::text("endpointUrl"),
    Key::text("format"),
    ENCODING,
    Key::text("host"),
    Key::text("location"),
    Key::text("path"),
    PORT,
    Key::text("project"),
    Key::text("region"),
    Key::text("regionName"),
    Key::text("schema"),
    Key::text("serviceName"),
    Key::text("stagingDir"),
    Key::text("warehouse"),
    Key::text("stream").since(V3_1_0),
];
static DATABRICKS: [Key; 3] = [Key::text("catalog").required(), Key::text("schema").required(), Key::text("host")];
static DB2: [Key; 4] =
    [Key::text("host").required(), PORT.required(), Key::text("database").required(), Key::text("schema")];
static DENODO: [Key; 3] = [Key::text("host").required(), PORT.required(), Key::text("database")];
static DREMIO: [Key; 3] = [Key::text("host").required(), PORT.required(), Key::text("schema")];
static DUCKDB: [Key; 2] = [Key::text("database").required(), DUCKDB_SCHEMA];
static EXASOL: [Key; 3] = [Key::text("host").required(), PORT, Key::text("schema")];
static POET: [Key; 3] = [Key::text("database").required(), Key::text("host"), PORT];
static GLUE: [Key; 5] = [
    Key::text("account").required(),
    Key::text("database").required(),
    Key::text("location"),
    Key::text("format"),
    ENCODING,
];
static HANA: [Key; 4] = [Key::text("host").required(), PORT, Key::text("database"), Key::text("schema")];
static HIVE: [Key; 3] = [Key::text("host").required(), Key::text("database").required(), PORT];
static ICEBERG: [Key; 4] = [
    Key::text("catalog").required(),
    Key::text("catalogUrl").required(),
    Key::text("namespace"),
    Key::text("warehouse"),
];
static IMPALA: [Key; 3] = [Key::text("host").required(), Key::text("database").required(), PORT];
static INFORMIX: [Key; 3] = [Key::text("host").required(), Key::text("database").required(), PORT];
static INGRES: [Key; 3] = [Key::text("database").required(), Key::text("host").required(), PORT];
static KAFKA: [Key; 3] = [Key::text("host").required(), Key::text("format"), ENCODING];
static KINESIS: [Key; 4] = [Key::text("region"), Key::text("format"), ENCODING, Key::text("stream").since(V3_1_0)];
static LOCAL: [Key; 3] = [Key::text("path").required(), Key::text("format").required(), ENCODING];
static MYSQL: [Key; 3] = [Key::text("host").required(), PORT.required(), Key::text("database").required()];
static ORACLE: [Key; 3] = [Key::text("host").required(), PORT.required(), Key::text("serviceName").required()];
static POSTGRES: [Key; 4] =
    [Key::text("host").required(), PORT.required(), Key::text("database").required(), Key::text("schema").required()];
static PRESTO: [Key; 3] = [Key::text("host").required(), Key::text("catalog"), Key::text("schema")];
static PUBSUB: [Key; 1] = [Key::text("project").required()];
static REDSHIFT: [Key; 5] = [
    Key::text("database").required(),
    Key::text("schema").required(),
    Key::text("host"),
    Key::text("region"),
    Key::text("account"),
];
static S3: [Key; 5] = [Key::text("location").required(), Key::text("endpointUrl"), FILE_FORMAT, ENCODING, DELIMITER];
static SFTP: [Key; 4] = [SFTP_LOCATION.required(), FILE_FORMAT, ENCODING, DELIMITER];
static SNOWFLAKE: [Key; 6] = [
    Key::text("account").required(),
    Key::text("database").required(),
    Key::text("schema").required(),
    Key::text("host"),
    PORT,
    Key::text("warehouse"),
];
static SQLSERVER: [Key; 4] =
    [Key::text("host").required(), Key::text("database").required(), Key::text("schema").required(), PORT];
static SYNAPSE: [Key; 3] = [Key::text("host").required(), PORT.required(), Key::text("database").required()];
static TERADATA: [Key; 3] = [Key::text("host").required(), PORT, Key::text("database")];
static TRINO: [Key; 4] =
    [Key::text("host").required(), PORT.required(), Key::text("catalog").required(), Key::text("schema").required()];
static VECTORWISE: [Key; 3] = [Key::text("database").required(), Key::text("host").required(), PORT];
static VERSANT: [Key; 3] = [Key::text("database").required(), Key::text("host"), PORT];
static VERTICA: [Key; 4] =
    [Key::text("host").required(), PORT.required(), Key::text("database").required(), Key::text("schema").required()];
