//! What a contract promises of the operation of a service.

use super::words::words;
use super::{Hours, Quantity, Weekday};

/// Promises about operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceLevels {
    /// The time of day, with its zone, by which new data is there: `06:00 Europe/Amsterdam`.
    pub ready_by: Option<String>,
    /// How often new data comes.
    pub cadence: Option<Quantity>,
    /// The least share of values that are there.
    pub completeness_min: Option<Quantity>,
    /// How many rows are expected.
    pub volume: Volume,
    /// The time within which half of the requests are answered.
    pub latency_p50: Option<Quantity>,
    /// The time within which 95 of 100 requests are answered.
    pub latency_p95: Option<Quantity>,
    /// The least share of time that the service answers.
    pub availability: Option<Quantity>,
    /// Recovery point objective: how much data, as time, may be lost.
    pub rpo: Option<Quantity>,
    /// Recovery time objective: how long a recovery may take.
    pub rto: Option<Quantity>,
    /// How long data is kept.
    pub retention: Option<Quantity>,
    /// What few contracts promise; `None` where nothing of it is.
    pub operation: Option<Box<OperationTerms>>,
}

/// How many rows a delivery has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Volume {
    /// The usual count.
    pub baseline: Option<Quantity>,
    /// The least count.
    pub floor: Option<Quantity>,
    /// The greatest count.
    pub ceiling: Option<Quantity>,
    /// How far a count may lie from the baseline, as a share.
    pub deviation: Option<Quantity>,
}

/// Promises about operation that few contracts make.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OperationTerms {
    /// How new data comes.
    pub delivery: DeliveryTerms,
    /// When the promised availability counts; empty means around the clock.
    pub availability_hours: Vec<Hours>,
    /// The span of time over which the share of availability is taken, such as a month.
    pub availability_period: Option<Quantity>,
    /// Planned downtime, which does not count against availability; `None` means that there is none.
    pub maintenance: Option<Maintenance>,
    /// How much the service takes or gives at least, as a rate: `1000 rows/s`.
    pub throughput: Option<Quantity>,
    /// The greatest share of requests that may fail.
    pub error_rate: Option<Quantity>,
    /// How far back a stream can be read again, as a span of time.
    pub replay_window: Option<Quantity>,
    /// The time between two backups.
    pub backup_every: Option<Quantity>,
    /// What happens when something is wrong.
    pub incidents: Incidents,
    /// When people are helped.
    pub support: Support,
    /// What the promises are there for.
    pub driver: Option<Driver>,
    /// The share of the price that is paid back for a broken promise.
    pub penalty: Option<Quantity>,
}

/// How new data comes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryTerms {
    /// In batches or as a stream.
    pub mode: Option<DeliveryMode>,
    /// Who begins: the producer or the reader.
    pub direction: Option<DeliveryDirection>,
    /// The days of the week on which it comes; empty means every day.
    pub days: Vec<Weekday>,
}

words! {
    /// In which portions new data comes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum DeliveryMode {
        Batch = "batch", "many records at once";
        Stream = "stream", "each record as it happens";
    }
}

words! {
    /// Who begins a delivery.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum DeliveryDirection {
        Push = "push", "the producer sends it";
        Pull = "pull", "the reader fetches it";
    }
}

/// Planned downtime.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Maintenance {
    /// When it may be; empty means at any time.
    pub hours: Vec<Hours>,
    /// How long it may take in all, in each period; no limit if not given.
    pub at_most: Option<Quantity>,
    /// The period over which `at_most` counts.
    pub period: Option<Quantity>,
}

/// What happens when something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incidents {
    /// The time within which the producer notices.
    pub detect_within: Option<Quantity>,
    /// The time within which consumers are told.
    pub notify_within: Option<Quantity>,
    /// The time within which it is mended.
    pub repair_within: Option<Quantity>,
}

/// When people are helped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Support {
    /// The hours in which somebody answers.
    pub hours: Vec<Hours>,
    /// The time within which somebody answers.
    pub respond_within: Option<Quantity>,
}

words! {
    /// What promises about operation are there for.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Driver {
        Regulatory = "regulatory", "an authority demands them";
        Operational = "operational", "a business process runs on the data";
        Analytics = "analytics", "people and models look at the data";
    }
}
