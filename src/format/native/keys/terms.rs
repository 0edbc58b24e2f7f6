//! The keys of what is promised of the data and owed around it: quality, rules, consumers, obligations, terms, origins.

use super::forms::{CURRENCY, DATE, REQUIREMENT};
use super::service_levels::SERVICE_LEVELS_KEY;
use super::{EMAIL_KEY, METADATA_KEY, TAGS_KEY, TEXT, TEXTS};
use crate::model::{MeasuredMetric, Metric, RuleSeverity};
use crate::source::shape::{Key, Kind, Shape};

pub(super) static QUALITY_KIND: Kind = Kind::Map(&QUALITY);
pub(super) const QUALITY_KEY: Key =
    Key::new("quality", Kind::OneOrMany(&QUALITY_KIND), "Promises about the quality of the data.");

const WHERE_KEY: Key = Key::new(
    "where",
    TEXT,
    "The rows that it is about, as a SQL boolean over the fields of a row; all of them if not given.",
)
.example("country = 'NL'")
.also_called(&["filter", "scope"]);
const CHECK_EVERY_KEY: Key =
    Key::new("check_every", TEXT, "How often the producer measures it.").example("1 hour").also_called(&["schedule"]);
const ENGINE_KEY: Key = Key::new("engine", TEXT, "The tool that measures it.").example("soda");

pub(super) static QUALITY: Shape = Shape {
    name: "quality",
    doc: "A promise about the quality of the data.",
    keys: &[
        Key::new("metric_type", Kind::Word(Metric::ALL), "What is measured.")
            .required()
            .example("freshness")
            .also_called(&["metric", "type", "name"]),
        Key::new("threshold", Kind::Scalar, "The bound: a share (`99.5%`), a time (`15 minutes`; a month counts as 30.436875 days and a year as 365.2425) or a count (`1000`).")
            .required()
            .example("15 minutes"),
        Key::new("measurement_method", TEXT, "How it is measured, for people."),
        Key::new("alert_on_breach", Kind::Bool, "Whether a breach alerts people; true if not given."),
        Key::new("timestamp_field", TEXT, "For freshness: the field whose newest value tells the age of the data.")
            .example("updated_at")
            .also_called(&["element", "timestamp"]),
        WHERE_KEY,
        CHECK_EVERY_KEY,
        ENGINE_KEY,
    ],
};

pub(super) const RULES_KEY: Key = Key::new("rules", Kind::Map(&RULES), "Expectations on rows and columns.");

pub(super) static RULES: Shape = Shape {
    name: "rules",
    doc: "Expectations on rows and columns.",
    keys: &[
        Key::new("technical", Kind::List(&Kind::Map(&RULE)), "Nulls, types, uniqueness, timeliness."),
        Key::new("business", Kind::List(&Kind::Map(&RULE)), "What the values mean."),
    ],
};

pub(in crate::format) static RULE: Shape = Shape {
    name: "rule",
    doc: "An expectation on rows or columns.",
    keys: &[
        Key::new("name", TEXT, "The name, unique in the contract.").required().example("amount_not_negative"),
        Key::new("dataset", TEXT, "The dataset, where the contract has several."),
        Key::new("field", TEXT, "The field that it is about."),
        Key::new("check", TEXT, "A named check, such as `not_null` or `unique`."),
        Key::new("expression", TEXT, "A SQL boolean over the fields of a row.").example("amount >= 0"),
        Key::new("metric", Kind::Word(MeasuredMetric::ALL), "What is measured, instead of a check or an expression.")
            .example("null_values"),
        Key::new("arguments", Kind::Map(&ARGUMENTS), "What the metric has to know."),
        Key::new("query", TEXT, "A SQL query with one value as its result, which is what is measured. `{object}` and `{property}` stand for the dataset and the field.")
            .example("SELECT count(*) FROM {object} WHERE amount < 0"),
        Key::new("implementation", Kind::Any, "What the tool of `engine` does, in its own words."),
        Key::new("unit", TEXT, "In what the result is told; `rows` if not given.").example("percent"),
        Key::new("must_be", Kind::Any, "What the result equals.").example("0"),
        Key::new("must_not_be", Kind::Any, "What the result differs from."),
        Key::new("must_be_greater_than", Kind::Number, "What the result exceeds."),
        Key::new("must_be_greater_or_equal_to", Kind::Number, "The least result."),
        Key::new("must_be_less_than", Kind::Number, "What the result stays below."),
        Key::new("must_be_less_or_equal_to", Kind::Number, "The greatest result."),
        Key::new("must_be_between", Kind::List(&Kind::Number), "Two numbers that the result lies between, without them.")
            .example("[10, 20]"),
        Key::new("must_not_be_between", Kind::List(&Kind::Number), "Two numbers that the result does not lie between."),
        Key::new("baseline", Kind::Number, "The usual result, which it must be near to: no further away than `deviation`.")
            .example("52.5"),
        Key::new(
            "deviation",
            Kind::Scalar,
            "How far the result may be from `baseline` in either direction: a number, or a share of `baseline`.",
        )
        .example("10%"),
        Key::new("threshold", Kind::Scalar, "What share of rows must keep it, or how many may break it."),
        Key::new("severity", Kind::Word(RuleSeverity::ALL), "How bad a breach is; `error` if not given."),
        Key::new("dimension", TEXT, "The quality dimension.").example("validity"),
        Key::new("description", TEXT, "What it means, for people."),
        WHERE_KEY,
        CHECK_EVERY_KEY,
        ENGINE_KEY,
        Key::new("id", Kind::Scalar, "A name that stays whatever the rule is called."),
        TAGS_KEY,
        METADATA_KEY,
    ],
};

static ARGUMENTS: Shape = Shape {
    name: "arguments",
    doc: "What a metric has to know.",
    keys: &[
        Key::new(
            "missing_values",
            Kind::OneOrMany(&Kind::Any),
            "For `missing_values`: the values that stand for a missing one.",
        )
        .example("[null, \"\", \"N/A\"]"),
        Key::new("valid_values", Kind::OneOrMany(&Kind::Any), "For `invalid_values`: the valid ones."),
        Key::new("pattern", TEXT, "For `invalid_values`: the regular expression that valid ones match."),
        Key::new("fields", TEXTS, "For `duplicate_values`: the fields that are unique together.")
            .example("[country, number]"),
        Key::new(
            "quantile",
            Kind::Number,
            "For `quantile`: what part of the numbers lies below it, from 0 to 1. 0.5 is the median, 0.95 the 95th percentile.",
        )
        .example("0.95"),
        Key::new("values", Kind::OneOrMany(&Kind::Any), "For `share`: the values whose part of all values is measured.")
            .example("[paid, shipped]"),
    ],
};

pub(super) const TEAM_KEY: Key = Key::new("team", TEXT, "The consuming team.").required().example("crm");
pub(super) const USE_CASE_KEY: Key = Key::new("use_case", TEXT, "What it does with the data.");
pub(super) const FIELDS_USED_KEY: Key = Key::new(
    "fields_used",
    TEXTS,
    "The fields that it reads, as `field` or `dataset.field`; all of them if not given.",
)
.example("[order_id, amount]")
.also_called(&["fields"]);
pub(super) const CONTRACT_VERSION_KEY: Key =
    Key::new("contract_version", Kind::Form(&REQUIREMENT), "The contract versions that it can work with.")
        .example("^1.2")
        .also_called(&["version", "pin"]);
pub(super) const PURPOSE_KEY: Key =
    Key::new("purpose", TEXT, "The allowed use that it falls under.").example("analytics");
pub(super) const UNTIL_KEY: Key =
    Key::new("until", Kind::Form(&DATE), "The last day of the subscription; it goes on if not given.")
        .example("\"2027-06-30\"");
pub(super) const OVERRIDES_KEY: Key = Key::new(
    "overrides",
    Kind::Map(&OVERRIDES),
    "Expectations stricter than the contract's, agreed with this consumer.",
);

pub(super) static SUBSCRIBER: Shape = Shape {
    name: "subscriber",
    doc: "A team that uses the data.",
    keys: &[
        TEAM_KEY,
        USE_CASE_KEY,
        FIELDS_USED_KEY,
        EMAIL_KEY,
        CONTRACT_VERSION_KEY,
        PURPOSE_KEY,
        UNTIL_KEY,
        OVERRIDES_KEY,
    ],
};

pub(super) static OVERRIDES: Shape = Shape {
    name: "overrides",
    doc: "Expectations stricter than the contract's.",
    keys: &[QUALITY_KEY, SERVICE_LEVELS_KEY],
};

pub(super) static OBLIGATIONS: Shape = Shape {
    name: "obligations",
    doc: "What the producer owes its consumers when things change.",
    keys: &[
        Key::new("notice_period", TEXT, "How long before a breaking change consumers are told. Wherever spans of time are compared, a month counts as 30.44 days and a year \
             as 365.24, their means.").example("60 days"),
        Key::new("migration_guide", TEXT, "Where the way to the next major version is described."),
        Key::new("notify", Kind::Dict(&Kind::OneOrMany(&Kind::Text)), "Who is told, by severity."),
        Key::new("retention", TEXT, "How long readers may keep the data.").example("2 years"),
    ],
};

pub(super) static TERMS: Shape = Shape {
    name: "terms",
    doc: "The legal terms, in words for people.",
    keys: &[
        Key::new("license", TEXT, "The licence, by its SPDX identifier or where it stands.")
            .example("CC-BY-4.0")
            .also_called(&["licence"]),
        Key::new("usage", TEXT, "What the data is meant to be used for."),
        Key::new("limitations", TEXTS, "Limits and duties for readers, each a sentence."),
        Key::new("liability", TEXT, "What the producer answers for."),
        Key::new("warranty", TEXT, "What the producer warrants."),
        Key::new("governing_law", TEXT, "Whose law holds, and which court decides.")
            .example("the Netherlands; court of Amsterdam")
            .also_called(&["jurisdiction"]),
    ],
};

pub(super) static PRICE: Shape = Shape {
    name: "price",
    doc: "What the data costs.",
    keys: &[
        Key::new("amount", Kind::Number, "How much, in the currency; 0 is free.").required().example("250"),
        Key::new("currency", Kind::Form(&CURRENCY), "The currency by its ISO 4217 code.").required().example("EUR"),
        Key::new("per", TEXT, "What the amount is for.").example("month").also_called(&["unit"]),
    ],
};

pub(in crate::format::native) static SOURCE: Shape = Shape {
    name: "source",
    doc: "Where the live data of an environment is. Secrets are references to environment variables: `${NAME}`.",
    keys: &[
        Key::new(
            "type",
            Kind::Word(&[
                ("http", "a data service that keeps to pact's convention"),
                ("postgres", "a PostgreSQL database"),
                ("sqlite", "a SQLite file"),
                ("csv", "CSV files"),
                ("ndjson", "files of one JSON object a line"),
                ("json", "JSON files"),
                ("parquet", "Parquet files"),
                ("warehouse", "a warehouse reached through an engine"),
                ("athena", "Amazon Athena"),
                ("azure", "files in Azure storage"),
                ("bigquery", "Google BigQuery"),
                ("btrieve", "Actian Btrieve"),
                ("clickhouse", "ClickHouse"),
                ("cloudsql", "Google Cloud SQL"),
                ("custom", "a system that has no name here"),
                ("databricks", "Databricks"),
                ("db2", "IBM Db2"),
                ("denodo", "Denodo"),
                ("dremio", "Dremio"),
                ("duckdb", "DuckDB"),
                ("exasol", "Exasol"),
                ("fastobjects", "Versant FastObjects"),
                ("glue", "AWS Glue"),
                ("hana", "SAP HANA"),
                ("hive", "Apache Hive"),
                ("iceberg", "Apache Iceberg"),
                ("impala", "Apache Impala"),
                ("informix", "IBM Informix"),
                ("ingres", "Actian Ingres"),
                ("kafka", "Apache Kafka"),
                ("kinesis", "Amazon Kinesis"),
                ("local", "files on one machine"),
                ("mysql", "MySQL"),
                ("oracle", "Oracle Database"),
                ("poet", "Versant Poet"),
                ("presto", "Presto"),
                ("pubsub", "Google Pub/Sub"),
                ("redshift", "Amazon Redshift"),
                ("s3", "files in Amazon S3"),
                ("sftp", "files on an SFTP server"),
                ("snowflake", "Snowflake"),
                ("sqlserver", "Microsoft SQL Server"),
                ("synapse", "Azure Synapse"),
                ("teradata", "Teradata"),
                ("trino", "Trino"),
                ("vectorwise", "Actian Vectorwise"),
                ("versant", "Versant"),
                ("vertica", "Vertica"),
                ("zen", "Actian Zen"),
            ]),
            "What kind of system it is.",
        )
        .required()
        .example("http"),
        Key::new("url", TEXT, "The address of the service or database."),
        Key::new("path", TEXT, "The files: a path or a glob, relative to the repository."),
        Key::new("host", TEXT, "The host of the database."),
        Key::new("port", Kind::Count, "Its port."),
        Key::new("database", TEXT, "The database."),
        Key::new("schema", TEXT, "The schema in the database."),
        Key::new("region", TEXT, "The region or zone in which it stands.").example("eu-west-1"),
        Key::new("table", TEXT, "The table, where it is not named as the dataset."),
        Key::new("tables", Kind::Dict(&Kind::Text), "The tables by dataset, where they are not named as the datasets."),
        Key::new("username", TEXT, "The user.").example("${DB_USER}"),
        Key::new("password", TEXT, "The password, always as a reference to the environment.").example("${DB_PASSWORD}"),
        Key::new("token", TEXT, "The token, always as a reference to the environment.").example("${API_TOKEN}"),
        Key::new("options", Kind::Dict(&Kind::Any), "Options of the driver or of the file format."),
        Key::new(
            "settings",
            Kind::Dict(&Kind::Any),
            "Anything else that its system is reached by, in the words of that system.",
        )
        .example("{account: shop, warehouse: reporting}"),
    ],
};

pub(super) static LINEAGE: Shape = Shape {
    name: "lineage",
    doc: "Where the data comes from and goes to.",
    keys: &[
        Key::new("depends_on", TEXTS, "Contracts that this one builds on."),
        Key::new("pulls_from", TEXTS, "Systems that it reads from."),
        Key::new("pushes_to", TEXTS, "Systems that it writes to."),
        Key::new("sources", TEXTS, "Systems of record behind it."),
        Key::new("derived_from", Kind::OneOrMany(&Kind::Text), "Contracts of which this is a transformation."),
    ],
};

pub(super) static ALERT: Shape = Shape {
    name: "alert",
    doc: "Who is told of violations.",
    keys: &[
        Key::new("severity", Kind::Word(RuleSeverity::ALL), "From which severity on.").required().example("error"),
        Key::new("channel", TEXT, "By which channel.").required().example("slack"),
        Key::new("to", TEXT, "Where to."),
        Key::new("consumer", TEXT, "For which consumer alone."),
    ],
};

pub(super) static SCORING: Shape = Shape {
    name: "scoring",
    doc: "How checks are weighed into a score.",
    keys: &[
        Key::new("weights", Kind::Dict(&Kind::Number), "The weight of each kind of check."),
        Key::new("personas", Kind::Dict(&Kind::Dict(&Kind::Number)), "Other weights by persona."),
    ],
};
