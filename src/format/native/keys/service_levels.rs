//! The keys of what is promised of operation.

use super::TEXT;
use super::forms::{TIME, ZONE};
use crate::model::{DeliveryDirection, DeliveryMode, Driver, Weekday};
use crate::source::shape::{Key, Kind, Shape};

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
        Key::new("delivery", Kind::Map(&DELIVERY), "How new data comes."),
        Key::new(
            "availability_hours",
            HOURS_KIND,
            "When the promised availability counts; around the clock if not given.",
        )
        .also_called(&["availability_window"]),
        Key::new("availability_period", TEXT, "The time over which the share of availability is taken.")
            .example("1 month"),
        Key::new(
            "maintenance",
            Kind::Map(&MAINTENANCE),
            "Planned downtime, which does not count against availability; there is none if not given.",
        ),
        Key::new("throughput", TEXT, "How much the service takes or gives at least.").example("1000 rows/s"),
        Key::new("error_rate", Kind::Scalar, "The greatest share of requests that may fail.").example("0.1%"),
        Key::new("replay_window", TEXT, "How far back a stream can be read again.").example("7 days"),
        Key::new("backup_every", TEXT, "The time between two backups.").example("6 hours"),
        Key::new("incidents", Kind::Map(&INCIDENTS), "What happens when something is wrong."),
        Key::new("support", Kind::Map(&SUPPORT), "When people are helped."),
        Key::new("driver", Kind::Word(Driver::ALL), "What the promises are there for."),
        Key::new("penalty", Kind::Scalar, "The share of the price that is paid back for a broken promise.")
            .example("10%"),
    ],
};

pub(super) static VOLUME: Shape = Shape {
    name: "volume",
    doc: "How many rows a delivery has.",
    keys: &[
        Key::new("baseline", Kind::Scalar, "The usual count.").example("12000"),
        Key::new("floor", Kind::Scalar, "The least count.").example("1000"),
        Key::new("ceiling", Kind::Scalar, "The greatest count.").example("50000"),
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

static WEEKDAY: Kind = Kind::Word(Weekday::ALL);
static HOURS_MAP: Kind = Kind::Map(&HOURS);
const HOURS_KIND: Kind = Kind::OneOrMany(&HOURS_MAP);

static HOURS: Shape = Shape {
    name: "hours",
    doc: "The same span of time on certain days of every week.",
    keys: &[
        Key::new("days", Kind::List(&WEEKDAY), "The days on which it begins; every day if not given.")
            .example("[monday, tuesday]"),
        Key::new("from", Kind::Form(&TIME), "When it begins; midnight if not given.").example("08:00"),
        Key::new(
            "to",
            Kind::Form(&TIME),
            "When it ends; the end of the day if not given. Not after `from`, it is that time of the next day.",
        )
        .example("18:00"),
        Key::new("timezone", Kind::Form(&ZONE), "The time zone; UTC if not given.").example("Europe/Amsterdam"),
    ],
};

static DELIVERY: Shape = Shape {
    name: "delivery",
    doc: "How new data comes.",
    keys: &[
        Key::new("mode", Kind::Word(DeliveryMode::ALL), "In which portions it comes."),
        Key::new("direction", Kind::Word(DeliveryDirection::ALL), "Who begins."),
        Key::new("days", Kind::List(&WEEKDAY), "The days of the week on which it comes; every day if not given.")
            .example("[monday, tuesday, wednesday, thursday, friday]"),
    ],
};

static MAINTENANCE: Shape = Shape {
    name: "maintenance",
    doc: "Planned downtime.",
    keys: &[
        Key::new("hours", HOURS_KIND, "When it may be; at any time if not given.").also_called(&["windows"]),
        Key::new("at_most", TEXT, "How long it may take in all; no limit if not given.").example("4 hours"),
        Key::new("period", TEXT, "The time over which `at_most` counts; a month if not given.").example("1 month"),
    ],
};

static INCIDENTS: Shape = Shape {
    name: "incidents",
    doc: "What happens when something is wrong.",
    keys: &[
        Key::new("detect_within", TEXT, "The time within which the producer notices.").example("15 minutes"),
        Key::new("notify_within", TEXT, "The time within which consumers are told.").example("1 hour"),
        Key::new("repair_within", TEXT, "The time within which it is mended.").example("8 hours"),
    ],
};

static SUPPORT: Shape = Shape {
    name: "support",
    doc: "When people are helped.",
    keys: &[
        Key::new("hours", HOURS_KIND, "The hours in which somebody answers."),
        Key::new("respond_within", TEXT, "The time within which somebody answers.").example("4 hours"),
    ],
};
