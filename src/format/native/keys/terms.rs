//! The keys of what is promised of the data: quality, rules, service levels, access, consumers, obligations, origins.

use super::forms::{DATE, NAME, REQUIREMENT};
use super::{EMAIL_KEY, TEXT, TEXTS};
use crate::model::{AuthType, Metric, RuleSeverity};
use crate::source::shape::{Key, Kind, Shape};

pub(super) static QUALITY_KIND: Kind = Kind::Map(&QUALITY);
pub(super) const QUALITY_KEY: Key =
    Key::new("quality", Kind::OneOrMany(&QUALITY_KIND), "Promises about the quality of the data.");

pub(super) static QUALITY: Shape = Shape {
    name: "quality",
    doc: "A promise about the quality of the data.",
    keys: &[
        Key::new("metric_type", Kind::Word(Metric::ALL), "What is measured.")
            .required()
            .example("freshness")
            .also_called(&["metric", "type", "name"]),
        Key::new("threshold", Kind::Scalar, "The bound: a share (`99.5%`), a time (`15 minutes`) or a count (`1000`).")
            .required()
            .example("15 minutes"),
        Key::new("measurement_method", TEXT, "How it is measured, for people."),
        Key::new("alert_on_breach", Kind::Bool, "Whether a breach alerts people; true if not given."),
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

pub(super) static RULE: Shape = Shape {
    name: "rule",
    doc: "An expectation on rows or columns.",
    keys: &[
        Key::new("name", TEXT, "The name, unique in the contract.").required().example("amount_not_negative"),
        Key::new("dataset", TEXT, "The dataset, where the contract has several."),
        Key::new("field", TEXT, "The field that it is about."),
        Key::new("check", TEXT, "A named check, such as `not_null` or `unique`."),
        Key::new("expression", TEXT, "A SQL boolean over the fields of a row.").example("amount >= 0"),
        Key::new("threshold", Kind::Scalar, "What share of rows must keep it, or how many may break it."),
        Key::new("severity", Kind::Word(RuleSeverity::ALL), "How bad a breach is; `error` if not given."),
        Key::new("dimension", TEXT, "The quality dimension.").example("validity"),
        Key::new("description", TEXT, "What it means, for people."),
    ],
};

pub(super) const SERVICE_LEVELS_KEY: Key =
    Key::new("service_levels", Kind::Map(&SERVICE_LEVELS), "Promises about operation.").also_called(&["sla", "slas"]);

pub(super) static SERVICE_LEVELS: Shape = Shape {
    name: "service levels",
    doc: "Promises about operation.",
    keys: &[
        Key::new("ready_by", TEXT, "The time of day, with its zone, by which new data is there.")
            .example("06:00 Europe/Amsterdam"),
        Key::new("cadence", TEXT, "How often new data comes.").example("1 hour"),
        Key::new("completeness_min", Kind::Scalar, "The least share of values that are there.").example("99%"),
        Key::new("volume", Kind::Map(&VOLUME), "How many rows a delivery has."),
        Key::new("latency", Kind::Map(&LATENCY), "How fast requests are answered."),
        Key::new("availability", Kind::Scalar, "The least share of time that the service answers.").example("99.9%"),
        Key::new("rpo", TEXT, "Recovery point objective: how much data, as time, may be lost.").example("1 hour"),
        Key::new("rto", TEXT, "Recovery time objective: how long a recovery may take.").example("4 hours"),
        Key::new("retention", TEXT, "How long data is kept.").example("2 years"),
    ],
};

pub(super) static VOLUME: Shape = Shape {
    name: "volume",
    doc: "How many rows a delivery has.",
    keys: &[
        Key::new("baseline", Kind::Scalar, "The usual count.").example("12000"),
        Key::new("floor", Kind::Scalar, "The least count.").example("1000"),
        Key::new("deviation", Kind::Scalar, "How far a count may lie from the baseline.").example("20%"),
    ],
};

pub(super) static LATENCY: Shape = Shape {
    name: "latency",
    doc: "How fast requests are answered.",
    keys: &[
        Key::new("p50", TEXT, "The time within which half of the requests are answered.").example("200ms"),
        Key::new("p95", TEXT, "The time within which 95 of 100 requests are answered.").example("1s"),
    ],
};

pub(super) static ACCESS: Shape = Shape {
    name: "access",
    doc: "How to get at the data.",
    keys: &[
        Key::new("endpoint_url", TEXT, "The address of the data service.").example("https://data.example.com/orders"),
        Key::new("methods", TEXTS, "HTTP methods that it takes.").example("[GET]"),
        Key::new("auth_type", Kind::Word(AuthType::ALL), "How callers identify themselves."),
        Key::new("required_scopes", TEXTS, "OAuth scopes that callers need."),
        Key::new("rate_limit", TEXT, "How much a caller may ask.").example("1000 req/min"),
        Key::new(
            "modes",
            Kind::List(&Kind::Word(&[
                ("api", "one request at a time"),
                ("batch", "files or bulk reads"),
                ("streaming", "a stream of records"),
            ])),
            "How data can be had.",
        ),
        Key::new("allowed_uses", TEXTS, "What the data may be used for.").example("[analytics, compliance]"),
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
        Key::new("notice_period", TEXT, "How long before a breaking change consumers are told.").example("60 days"),
        Key::new("migration_guide", TEXT, "Where the way to the next major version is described."),
        Key::new("notify", Kind::Dict(&Kind::OneOrMany(&Kind::Text)), "Who is told, by severity."),
        Key::new("retention", TEXT, "How long readers may keep the data.").example("2 years"),
    ],
};

pub(super) static SOURCE: Shape = Shape {
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
        Key::new("table", TEXT, "The table, where it is not named as the dataset."),
        Key::new("tables", Kind::Dict(&Kind::Text), "The tables by dataset, where they are not named as the datasets."),
        Key::new("username", TEXT, "The user.").example("${DB_USER}"),
        Key::new("password", TEXT, "The password, always as a reference to the environment.").example("${DB_PASSWORD}"),
        Key::new("token", TEXT, "The token, always as a reference to the environment.").example("${API_TOKEN}"),
        Key::new("options", Kind::Dict(&Kind::Any), "Options of the driver or of the file format."),
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

pub(super) static LIFECYCLE: Shape = Shape {
    name: "lifecycle",
    doc: "Approvals and dates.",
    keys: &[
        Key::new("approvals", Kind::List(&Kind::Map(&APPROVAL)), "Who approved it."),
        Key::new("effective_date", Kind::Form(&DATE), "The first day on which the promise binds."),
        Key::new("deprecated_on", Kind::Form(&DATE), "The day on which it was deprecated."),
        Key::new("sunset_on", Kind::Form(&DATE), "The day on which it ends."),
        Key::new("replaced_by", Kind::Form(&NAME), "The contract to use instead."),
    ],
};

pub(super) static APPROVAL: Shape = Shape {
    name: "approval",
    doc: "A recorded approval.",
    keys: &[
        Key::new("by", TEXT, "Who.").required().example("jane.doe"),
        Key::new("on", Kind::Form(&DATE), "When.").required().example("\"2026-02-01\""),
        Key::new("role", TEXT, "In which role.").example("data owner"),
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
