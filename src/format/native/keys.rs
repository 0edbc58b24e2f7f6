//! The keys of the native format, as data. The reader, the JSON Schema and the messages about unknown keys all come from
//! these tables.

use crate::model::{AuthType, ConstraintKind, DataType, Metric, Mode, RuleSeverity, Status};
use crate::source::shape::{Form, Key, Kind, Shape};

const TEXT: Kind = Kind::Text;
const TEXTS: Kind = Kind::List(&Kind::Text);

/// Contract names: lower-case words, with dots between parts.
static NAME: Form = Form {
    expected: "lower-case letters, digits and `_`, with dots between parts, such as `payments.transactions`",
    pattern: "^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$",
    accepts: is_name,
};

static FIELD_NAME: Form = Form {
    expected: "a name without spaces, dots or control characters, such as `customer_id`",
    pattern: "^[^\\s.\\u0000-\\u001f\\u007f]+$",
    accepts: |text| {
        !text.is_empty() && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '.')
    },
};

static VERSION: Form = Form {
    expected: "a SemVer version such as 1.4.0 (https://semver.org)",
    pattern: "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$",
    accepts: |text| semver::Version::parse(text).is_ok(),
};

static REQUIREMENT: Form = Form {
    expected: "a SemVer requirement such as ^1.2 or >=1.2, <3",
    pattern: "",
    accepts: |text| semver::VersionReq::parse(text).is_ok(),
};

static DATE: Form = Form {
    expected: "a date as YYYY-MM-DD",
    pattern: "^\\d{4}-\\d{2}-\\d{2}$",
    accepts: |text| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
};

static INSTANT: Form = Form {
    expected: "a time with its offset (RFC 3339), such as 2026-12-24T18:00:00+01:00",
    pattern: "",
    accepts: |text| text.parse::<jiff::Timestamp>().is_ok(),
};

static EMAIL: Form = Form {
    expected: "an e-mail address such as data@example.com",
    pattern: "^[^@\\s]+@[^@\\s]+$",
    accepts: |text| {
        let parts = text.split_once('@');
        !text.contains(char::is_whitespace)
            && parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
    },
};

fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    })
}

const KINDS: Kind = Kind::Word(&[
    ("contract", "what is promised to consumers (the default)"),
    ("subscription", "who uses a contract, in a file owned by the consumer"),
    ("model", "the producer's internal design, of which a contract publishes a subset"),
    ("calendar", "days and times on which deliveries are not due and alerts are silent"),
]);

const EMAIL_KEY: Key = Key::new("contact_email", Kind::Form(&EMAIL), "Whom to ask or tell.")
    .example("data@example.com")
    .also_called(&["email", "contact"]);

const NAME_KEY: Key = Key::new("name", Kind::Form(&NAME), "The name, unique in the repository.")
    .required()
    .example("orders")
    .also_called(&["id", "title"]);

const TAGS_KEY: Key = Key::new("tags", TEXTS, "Free labels.").example("[sales, daily]");
const METADATA_KEY: Key =
    Key::new("metadata", Kind::Dict(&Kind::Any), "Anything else, for other tools; pact keeps it.");

/// A contract, the top level of a file.
pub(super) static CONTRACT: Shape = Shape {
    name: "contract",
    doc: "A data contract: what a team promises of the data that it publishes.",
    keys: &[
        Key::new("kind", KINDS, "What the file describes."),
        NAME_KEY,
        Key::new("version", Kind::Form(&VERSION), "The version of the promise (SemVer).").required().example("1.0.0"),
        Key::new("status", Kind::Word(Status::ALL), "Where in its life the contract is; `draft` if not given."),
        Key::new("description", TEXT, "What the data is, for people who don't know it."),
        Key::new("domain", Kind::Form(&NAME), "The business domain as a path.").example("sales.web"),
        TAGS_KEY,
        METADATA_KEY,
        Key::new(
            "compatibility",
            Kind::Either(&Kind::Word(Mode::ALL), &COMPATIBILITY),
            "Whom the version number protects; readers if not given.",
        )
        .example("readers"),
        Key::new("publisher", Kind::Map(&PUBLISHER), "Who publishes the data.").also_called(&["owner", "producer"]),
        Key::new("schema", Kind::List(&FIELD_KIND), "The fields of the contract's one dataset.").also_called(&[
            "fields",
            "columns",
            "properties",
        ]),
        Key::new(
            "datasets",
            Kind::List(&Kind::Map(&DATASET)),
            "The datasets, where there are several; then there is no `schema`.",
        )
        .also_called(&["tables", "models"]),
        QUALITY_KEY,
        RULES_KEY,
        SERVICE_LEVELS_KEY,
        Key::new("access", Kind::Map(&ACCESS), "How to get at the data."),
        Key::new("subscribers", Kind::List(&Kind::Map(&SUBSCRIBER)), "Who uses the data.")
            .also_called(&["consumers", "subscriptions"]),
        Key::new("obligations", Kind::Map(&OBLIGATIONS), "What the producer owes its consumers when things change."),
        Key::new("sources", Kind::Dict(&Kind::Map(&SOURCE)), "Where the live data is, by environment.")
            .also_called(&["servers"]),
        Key::new("lineage", Kind::Map(&LINEAGE), "Where the data comes from and goes to."),
        Key::new("lifecycle", Kind::Map(&LIFECYCLE), "Approvals and dates."),
        Key::new("alerts", Kind::List(&Kind::Map(&ALERT)), "Who is told of violations."),
        Key::new("scoring", Kind::Map(&SCORING), "How checks are weighed into a score."),
    ],
};

/// The producer's internal model: a contract with more in it.
pub(super) static MODEL: Shape = Shape {
    name: "model",
    doc: "The producer's internal design: everything that its contract says, and more.",
    keys: &[
        Key::new("kind", KINDS, "What the file describes: `model`.").required().example("model"),
        NAME_KEY,
        Key::new("version", Kind::Form(&VERSION), "The version of the model (SemVer).").required().example("1.0.0"),
        Key::new("status", Kind::Word(Status::ALL), "Where in its life the model is; `draft` if not given."),
        Key::new("description", TEXT, "What the data is."),
        Key::new("domain", Kind::Form(&NAME), "The business domain as a path."),
        Key::new("publishes", Kind::Form(&NAME), "The contract that publishes a subset of this model.")
            .example("orders"),
        TAGS_KEY,
        METADATA_KEY,
        Key::new("publisher", Kind::Map(&PUBLISHER), "Who maintains it."),
        Key::new("schema", Kind::List(&FIELD_KIND), "The fields of the model's one dataset."),
        Key::new("datasets", Kind::List(&Kind::Map(&DATASET)), "The datasets, where there are several."),
        QUALITY_KEY,
        RULES_KEY,
        SERVICE_LEVELS_KEY,
        Key::new("sources", Kind::Dict(&Kind::Map(&SOURCE)), "Where the live data is, by environment."),
        Key::new("lineage", Kind::Map(&LINEAGE), "Where the data comes from and goes to."),
        Key::new("baselines", Kind::Dict(&Kind::Any), "Usual values of measures, by name."),
        Key::new("tolerances", Kind::Dict(&Kind::Scalar), "How far measures may lie from their baselines, by name."),
    ],
};

/// A consumer's subscription in a file of its own.
pub(super) static SUBSCRIPTION: Shape = Shape {
    name: "subscription",
    doc: "Who uses a contract's data, and for what, in a file owned by the consumer.",
    keys: &[
        Key::new("kind", KINDS, "What the file describes: `subscription`.").required().example("subscription"),
        NAME_KEY,
        Key::new("contract", Kind::Form(&NAME), "The contract subscribed to.").required().example("orders"),
        Key::new("description", TEXT, "What the subscription is for."),
        TEAM_KEY,
        USE_CASE_KEY,
        FIELDS_USED_KEY,
        EMAIL_KEY,
        CONTRACT_VERSION_KEY,
        PURPOSE_KEY,
        OVERRIDES_KEY,
        TAGS_KEY,
        METADATA_KEY,
    ],
};

/// A calendar.
pub(super) static CALENDAR: Shape = Shape {
    name: "calendar",
    doc: "Days and times on which deliveries are not due and alerts are silent.",
    keys: &[
        Key::new("kind", KINDS, "What the file describes: `calendar`.").required().example("calendar"),
        NAME_KEY,
        Key::new("description", TEXT, "What the calendar is for."),
        Key::new("timezone", TEXT, "The IANA time zone of the days.").example("Europe/Amsterdam"),
        Key::new("days", Kind::List(&Kind::Map(&DAY)), "Whole days."),
        Key::new("windows", Kind::List(&Kind::Map(&WINDOW)), "Spans of time."),
        TAGS_KEY,
        METADATA_KEY,
    ],
};

static DAY: Shape = Shape {
    name: "day",
    doc: "A whole day.",
    keys: &[
        Key::new("date", Kind::Form(&DATE), "The day.").required().example("\"2026-12-25\""),
        Key::new("name", TEXT, "What day it is."),
    ],
};

static WINDOW: Shape = Shape {
    name: "window",
    doc: "A span of time.",
    keys: &[
        Key::new("from", Kind::Form(&INSTANT), "The beginning.").required().example("\"2026-12-24T18:00:00+01:00\""),
        Key::new("to", Kind::Form(&INSTANT), "The end.").required().example("\"2026-12-25T06:00:00+01:00\""),
        Key::new("name", TEXT, "What happens then."),
    ],
};

static COMPATIBILITY: Shape = Shape {
    name: "compatibility",
    doc: "Whom the version number protects.",
    keys: &[
        Key::new("mode", Kind::Word(Mode::ALL), "Whom; readers if not given."),
        Key::new("transitive", Kind::Bool, "Whether every version counts that a live subscriber still pins."),
    ],
};

static PUBLISHER: Shape = Shape {
    name: "publisher",
    doc: "Who publishes the data.",
    keys: &[
        Key::new("team", TEXT, "The team.").example("sales-data"),
        Key::new("owner", TEXT, "The person or role that answers for the contract."),
        Key::new("repository_url", TEXT, "Where the producing code lives.").also_called(&["repository", "repo"]),
        EMAIL_KEY,
    ],
};

static FIELD_KIND: Kind = Kind::Map(&FIELD);

static FIELD: Shape = Shape {
    name: "field",
    doc: "A field: a column or property, possibly nested.",
    keys: &[
        Key::new("name", Kind::Form(&FIELD_NAME), "The name.").required().example("customer_id"),
        Key::new("data_type", Kind::Word(DataType::ALL), "The logical type.")
            .required()
            .example("string")
            .also_called(&["type", "logicalType", "physicalType"]),
        Key::new("description", TEXT, "What a value means.").also_called(&["comment", "doc"]),
        Key::new("nullable", Kind::Bool, "Whether a value may be missing; true if not given.").also_called(&[
            "required",
            "isNullable",
            "not_null",
            "mandatory",
        ]),
        Key::new("unique", Kind::Bool, "Whether no two rows have the same value.").also_called(&["isUnique"]),
        Key::new("is_primary_key", Kind::Bool, "Whether the field belongs to the primary key.")
            .also_called(&["primary_key", "pk"]),
        Key::new("is_foreign_key", Kind::Bool, "Whether the field refers to another dataset's field.")
            .also_called(&["foreign_key", "fk"]),
        Key::new(
            "foreign_key_reference",
            TEXT,
            "The field referred to: `contract.field`, or `contract.dataset.field`.",
        )
        .example("customers.customer_id")
        .also_called(&["references", "reference"]),
        Key::new("is_pii", Kind::Bool, "Whether values are personal data.").also_called(&["pii", "personal"]),
        Key::new("classification", TEXT, "How well values must be guarded.").example("confidential"),
        Key::new("unit", TEXT, "The unit of numbers.").example("EUR"),
        Key::new("format", TEXT, "The form of texts.").example("email"),
        Key::new("precision", Kind::Count, "How many digits a decimal has."),
        Key::new("scale", Kind::Count, "How many digits stand behind the point."),
        Key::new("physical_name", TEXT, "The name in the physical store, where it differs."),
        Key::new("example_value", Kind::Any, "A value that a row may have.").also_called(&["example", "examples"]),
        Key::new("default_value", Kind::Any, "The value of rows that do not say.").also_called(&["default"]),
        Key::new(
            "previously",
            Kind::OneOrMany(&Kind::Text),
            "Names that the field had before, so that a rename is known.",
        )
        .also_called(&["renamed_from", "aliases", "alias"]),
        Key::new("deprecated", Kind::Either(&Kind::Bool, &DEPRECATED), "That readers should stop using the field."),
        Key::new("internal", Kind::Bool, "Whether the field is internal to the model and no part of the contract."),
        Key::new("constraints", Kind::List(&Kind::Map(&CONSTRAINT)), "What values satisfy."),
        Key::new("fields", Kind::List(&FIELD_KIND), "The fields of an `object`.").also_called(&["properties"]),
        Key::new("items", Kind::Map(&ITEM), "The items of an `array`."),
        Key::new("values", Kind::Map(&ITEM), "The values of a `map`."),
        TAGS_KEY,
        METADATA_KEY,
    ],
};

/// An item has no name of its own; the rest is a field.
static ITEM: Shape = Shape {
    name: "item",
    doc: "The items of an array, or the values of a map.",
    keys: &[
        Key::new("data_type", Kind::Word(DataType::ALL), "The logical type.").required().example("string"),
        Key::new("description", TEXT, "What a value means."),
        Key::new("nullable", Kind::Bool, "Whether a value may be missing; true if not given."),
        Key::new("is_pii", Kind::Bool, "Whether values are personal data."),
        Key::new("classification", TEXT, "How well values must be guarded."),
        Key::new("unit", TEXT, "The unit of numbers."),
        Key::new("format", TEXT, "The form of texts."),
        Key::new("precision", Kind::Count, "How many digits a decimal has."),
        Key::new("scale", Kind::Count, "How many digits stand behind the point."),
        Key::new("example_value", Kind::Any, "A value that it may have."),
        Key::new("constraints", Kind::List(&Kind::Map(&CONSTRAINT)), "What values satisfy."),
        Key::new("fields", Kind::List(&FIELD_KIND), "The fields of an `object`."),
        Key::new("items", Kind::Map(&ITEM), "The items of an `array`."),
        Key::new("values", Kind::Map(&ITEM), "The values of a `map`."),
    ],
};

static DEPRECATED: Shape = Shape {
    name: "deprecation",
    doc: "That readers should stop using the field.",
    keys: &[
        Key::new("since", TEXT, "The contract version that deprecated it.").example("1.4.0"),
        Key::new("sunset_on", Kind::Form(&DATE), "The day after which it may be removed."),
        Key::new("replaced_by", TEXT, "The field to use instead."),
    ],
};

static CONSTRAINT: Shape = Shape {
    name: "constraint",
    doc: "A condition on the values of a field.",
    keys: &[
        Key::new("type", Kind::Word(ConstraintKind::ALL), "Which condition.").required().example("min"),
        Key::new("value", Kind::Any, "The bound, list, pattern or expression.").required().example("0"),
        Key::new("message", TEXT, "What to tell people whose values break it."),
    ],
};

static DATASET: Shape = Shape {
    name: "dataset",
    doc: "A table, topic, file set or resource.",
    keys: &[
        Key::new("name", Kind::Form(&FIELD_NAME), "The name, unique in the contract.").required().example("orders"),
        Key::new("description", TEXT, "What a row stands for."),
        Key::new("physical_name", TEXT, "The name in the physical store, where it differs."),
        Key::new(
            "medium",
            Kind::Word(&[
                ("table", "a table of a database"),
                ("view", "a view of a database"),
                ("topic", "a stream of messages"),
                ("files", "a set of files"),
                ("resource", "a resource of an API"),
            ]),
            "What it is.",
        ),
        Key::new("schema", Kind::List(&FIELD_KIND), "The fields.").required().also_called(&["fields", "columns"]),
        Key::new("unique", Kind::List(&Kind::List(&Kind::Text)), "Groups of fields that are unique together."),
        Key::new("foreign_keys", Kind::List(&Kind::Map(&FOREIGN_KEY)), "References of several fields at once."),
        QUALITY_KEY,
        RULES_KEY,
        SERVICE_LEVELS_KEY,
        Key::new("previously", Kind::OneOrMany(&Kind::Text), "Names that the dataset had before."),
        TAGS_KEY,
    ],
};

static FOREIGN_KEY: Shape = Shape {
    name: "foreign key",
    doc: "A reference of several fields at once.",
    keys: &[
        Key::new("fields", TEXTS, "The fields of this dataset.").required().example("[region, code]"),
        Key::new("references", TEXT, "The contract, or `contract.dataset`, referred to.").required().example("shops"),
        Key::new("referenced_fields", TEXTS, "The fields there, in the same order.")
            .required()
            .example("[region, code]"),
    ],
};

static QUALITY_KIND: Kind = Kind::Map(&QUALITY);
const QUALITY_KEY: Key = Key::new("quality", Kind::OneOrMany(&QUALITY_KIND), "Promises about the quality of the data.");

static QUALITY: Shape = Shape {
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

const RULES_KEY: Key = Key::new("rules", Kind::Map(&RULES), "Expectations on rows and columns.");

static RULES: Shape = Shape {
    name: "rules",
    doc: "Expectations on rows and columns.",
    keys: &[
        Key::new("technical", Kind::List(&Kind::Map(&RULE)), "Nulls, types, uniqueness, timeliness."),
        Key::new("business", Kind::List(&Kind::Map(&RULE)), "What the values mean."),
    ],
};

static RULE: Shape = Shape {
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

const SERVICE_LEVELS_KEY: Key =
    Key::new("service_levels", Kind::Map(&SERVICE_LEVELS), "Promises about operation.").also_called(&["sla", "slas"]);

static SERVICE_LEVELS: Shape = Shape {
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

static VOLUME: Shape = Shape {
    name: "volume",
    doc: "How many rows a delivery has.",
    keys: &[
        Key::new("baseline", Kind::Scalar, "The usual count.").example("12000"),
        Key::new("floor", Kind::Scalar, "The least count.").example("1000"),
        Key::new("deviation", Kind::Scalar, "How far a count may lie from the baseline.").example("20%"),
    ],
};

static LATENCY: Shape = Shape {
    name: "latency",
    doc: "How fast requests are answered.",
    keys: &[
        Key::new("p50", TEXT, "The time within which half of the requests are answered.").example("200ms"),
        Key::new("p95", TEXT, "The time within which 95 of 100 requests are answered.").example("1s"),
    ],
};

static ACCESS: Shape = Shape {
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

const TEAM_KEY: Key = Key::new("team", TEXT, "The consuming team.").required().example("crm");
const USE_CASE_KEY: Key = Key::new("use_case", TEXT, "What it does with the data.");
const FIELDS_USED_KEY: Key = Key::new(
    "fields_used",
    TEXTS,
    "The fields that it reads, as `field` or `dataset.field`; all of them if not given.",
)
.example("[order_id, amount]")
.also_called(&["fields"]);
const CONTRACT_VERSION_KEY: Key =
    Key::new("contract_version", Kind::Form(&REQUIREMENT), "The contract versions that it can work with.")
        .example("^1.2")
        .also_called(&["version", "pin"]);
const PURPOSE_KEY: Key = Key::new("purpose", TEXT, "The allowed use that it falls under.").example("analytics");
const OVERRIDES_KEY: Key = Key::new(
    "overrides",
    Kind::Map(&OVERRIDES),
    "Expectations stricter than the contract's, agreed with this consumer.",
);

static SUBSCRIBER: Shape = Shape {
    name: "subscriber",
    doc: "A team that uses the data.",
    keys: &[TEAM_KEY, USE_CASE_KEY, FIELDS_USED_KEY, EMAIL_KEY, CONTRACT_VERSION_KEY, PURPOSE_KEY, OVERRIDES_KEY],
};

static OVERRIDES: Shape = Shape {
    name: "overrides",
    doc: "Expectations stricter than the contract's.",
    keys: &[QUALITY_KEY, SERVICE_LEVELS_KEY],
};

static OBLIGATIONS: Shape = Shape {
    name: "obligations",
    doc: "What the producer owes its consumers when things change.",
    keys: &[
        Key::new("notice_period", TEXT, "How long before a breaking change consumers are told.").example("60 days"),
        Key::new("migration_guide", TEXT, "Where the way to the next major version is described."),
        Key::new("notify", Kind::Dict(&Kind::OneOrMany(&Kind::Text)), "Who is told, by severity."),
        Key::new("retention", TEXT, "How long readers may keep the data.").example("2 years"),
    ],
};

static SOURCE: Shape = Shape {
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

static LINEAGE: Shape = Shape {
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

static LIFECYCLE: Shape = Shape {
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

static APPROVAL: Shape = Shape {
    name: "approval",
    doc: "A recorded approval.",
    keys: &[
        Key::new("by", TEXT, "Who.").required().example("jane.doe"),
        Key::new("on", Kind::Form(&DATE), "When.").required().example("\"2026-02-01\""),
        Key::new("role", TEXT, "In which role.").example("data owner"),
    ],
};

static ALERT: Shape = Shape {
    name: "alert",
    doc: "Who is told of violations.",
    keys: &[
        Key::new("severity", Kind::Word(RuleSeverity::ALL), "From which severity on.").required().example("error"),
        Key::new("channel", TEXT, "By which channel.").required().example("slack"),
        Key::new("to", TEXT, "Where to."),
        Key::new("consumer", TEXT, "For which consumer alone."),
    ],
};

static SCORING: Shape = Shape {
    name: "scoring",
    doc: "How checks are weighed into a score.",
    keys: &[
        Key::new("weights", Kind::Dict(&Kind::Number), "The weight of each kind of check."),
        Key::new("personas", Kind::Dict(&Kind::Dict(&Kind::Number)), "Other weights by persona."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_lower_case_parts() {
        for name in ["orders", "payments.transactions", "a1_b"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "Orders", "1st", "a..b", ".a", "a.", "a-b", "ä"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn forms_with_a_pattern_agree_with_it() {
        let texts =
            ["orders", "Orders", "a.b", "1.4.0", "1.4", "01.0.0", "2026-01-01", "a@b", "@b", "a b", "", "v1.0.0"];
        for form in [&NAME, &FIELD_NAME, &VERSION, &DATE, &EMAIL] {
            let pattern = regex::Regex::new(form.pattern).expect("a regular expression");
            for text in texts {
                assert_eq!((form.accepts)(text), pattern.is_match(text), "{text:?} is {}", form.expected);
            }
        }
    }
}
