//! The keys of the native format, as data. The reader, the JSON Schema and the messages about unknown keys all come from
//! these tables.

mod access;
mod constraint;
mod data;
mod dataset;
mod forms;
mod lifecycle;
mod meaning;
mod service_levels;
mod terms;

use crate::model::{Mode, Status};
use crate::source::shape::{Key, Kind, Shape};
use access::ACCESS;
use data::FIELD_KIND;
use dataset::DATASET;
pub(in crate::format) use forms::is_field_name;
use forms::{DATE, EMAIL, INSTANT, NAME, OTHER, VERSION};
pub use forms::{is_name, meant_name};
use lifecycle::LIFECYCLE;
use service_levels::SERVICE_LEVELS_KEY;
pub(super) use terms::SOURCE;
use terms::{
    ALERT, CONTRACT_VERSION_KEY, FIELDS_USED_KEY, LINEAGE, OBLIGATIONS, OVERRIDES_KEY, PRICE, PURPOSE_KEY, QUALITY_KEY,
    RULES_KEY, SCORING, SUBSCRIBER, TEAM_KEY, TERMS, UNTIL_KEY, USE_CASE_KEY,
};

/// The mappings of single elements, for other formats that keep a part in words of this one.
pub(in crate::format) mod shapes {
    pub(in crate::format) use super::CONTRACT;
    pub(in crate::format) use super::access::ROLE;
    pub(in crate::format) use super::constraint::LISTED_VALUE;
    pub(in crate::format) use super::data::{FIELD, ITEM};
    pub(in crate::format) use super::dataset::{DATASET, FOREIGN_KEY};
    pub(in crate::format) use super::terms::RULE;
}

const TEXT: Kind = Kind::Text;
const TEXTS: Kind = Kind::List(&Kind::Text);

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
    .also_called(&["id"]);

const TITLE_KEY: Key = Key::new("title", TEXT, "What it is called among people.").example("Orders of the web shop");

const TAGS_KEY: Key = Key::new("tags", TEXTS, "Free labels.").example("[sales, daily]");
const METADATA_KEY: Key =
    Key::new("metadata", Kind::Dict(&Kind::Any), "Anything else, for other tools; pact keeps it.");

/// A contract, the top level of a file.
pub(in crate::format) static CONTRACT: Shape = Shape {
    name: "contract",
    doc: "A data contract: what a team promises of the data that it publishes.",
    keys: &[
        Key::new("kind", KINDS, "What the file describes."),
        NAME_KEY,
        Key::new("id", Kind::Scalar, "A name that stays whatever the contract is called, such as a UUID.")
            .example("53581432-6c55-4ba2-a65f-72344a91553a"),
        Key::new("version", Kind::Form(&VERSION), "The version of the promise (SemVer).").required().example("1.0.0"),
        Key::new("status", Kind::Word(Status::ALL), "Where in its life the contract is; `draft` if not given."),
        TITLE_KEY,
        Key::new("description", TEXT, "What the data is, for people who don't know it."),
        Key::new("domain", Kind::Form(&NAME), "The business domain as a path.").example("sales.web"),
        Key::new("tenant", TEXT, "Whose data it is, where several share one system."),
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
        Key::new("terms", Kind::Map(&TERMS), "The legal terms."),
        Key::new("price", Kind::Map(&PRICE), "What the data costs."),
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
        TITLE_KEY,
        Key::new("description", TEXT, "What the data is."),
        Key::new("domain", Kind::Form(&NAME), "The business domain as a path."),
        Key::new("publishes", Kind::Form(&OTHER), "The contract that publishes a subset of this model.")
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
        Key::new("contract", Kind::Form(&OTHER), "The contract subscribed to, by its name or its `id`.")
            .required()
            .example("orders"),
        Key::new("description", TEXT, "What the subscription is for."),
        TEAM_KEY,
        USE_CASE_KEY,
        FIELDS_USED_KEY,
        EMAIL_KEY,
        CONTRACT_VERSION_KEY,
        PURPOSE_KEY,
        UNTIL_KEY,
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
        Key::new("members", TEXTS, "Who works on it."),
        Key::new("channels", Kind::List(&Kind::Map(&CHANNEL)), "Other ways to ask."),
    ],
};

static CHANNEL: Shape = Shape {
    name: "channel",
    doc: "A way to ask the publisher.",
    keys: &[
        Key::new("channel", TEXT, "What it is.").required().example("slack"),
        Key::new("to", TEXT, "Its address.").example("\"#orders-help\""),
        METADATA_KEY,
    ],
};
