//! What `quality` promises of the rows of a dataset: shares of rows, and what is about some of the rows only. Numbers of all rows are
//! judged as those of a service are.

use super::compile::{Compiler, rows_of};
use super::{Column, Condition, Demand, Measure, Unmeasured};
use crate::check::CheckKind;
use crate::check::judge::uses;
use crate::model::{Metric, Path, Quality, Subscriber};
use crate::source::words::quoted;

impl<'a> Compiler<'a> {
    /// The promises of quality that are about rows.
    pub(super) fn qualities(&mut self, qualities: impl Iterator<Item = &'a Quality>, consumer: Option<&'a Subscriber>) {
        for quality in qualities {
            let rows = rows_of(quality.measuring.as_deref());
            let is_of_some = !matches!(rows, Ok(None));
            let (kind, measure, what) = match quality.metric {
                Metric::Accuracy => {
                    (CheckKind::Accuracy, rows.and_then(|rows| self.right(rows, consumer)), "of rows right")
                }
                Metric::Uniqueness => {
                    let measure = rows.and_then(|rows| self.once(rows));
                    (CheckKind::Uniqueness, measure, "of rows with a key of their own")
                }
                Metric::Volume if is_of_some => (CheckKind::Volume, rows.map(Measure::Rows), "rows"),
                Metric::Completeness if is_of_some => {
                    let measure = rows.map(|rows| self.there(rows, consumer));
                    (CheckKind::Completeness, measure, "of values")
                }
                Metric::Freshness if is_of_some => {
                    if self.is_of_another(quality) {
                        continue;
                    }
                    let measure = rows.and_then(|rows| self.newest(quality, rows));
                    (CheckKind::Freshness, measure, "data no older than")
                }
                // What no row tells, and numbers of all rows.
                _ => continue,
            };
            let threshold = &quality.threshold;
            let demand = match quality.metric {
                Metric::Volume => threshold.count().map(Demand::AtLeast),
                Metric::Freshness => threshold.duration().map(Demand::Age),
                _ => threshold.percent().map(Demand::Share),
            };
            let mut promised = match quality.metric {
                Metric::Volume => format!("at least {threshold} {what}"),
                Metric::Freshness => format!("{what} {threshold}"),
                _ => format!("{threshold} {what}"),
            };
            if let Some(rows) = quality.measuring.as_ref().and_then(|measuring| measuring.rows.as_deref()) {
                promised = format!("{promised} where {}", quoted(rows));
            }
            let measure = if demand.is_some() || measure.is_err() {
                measure
            } else {
                Err(format!("{} can't be read", quoted(&threshold.text)).into())
            };
            let added = self.add(quality.metric.name(), kind, Path::dataset(&self.dataset.name), measure, promised);
            added.demand = demand.unwrap_or(Demand::AtMost(0.0));
            added.consumer = consumer;
            if let Some(consumer) = consumer {
                added.id = format!("{} of {}", added.id, consumer.team);
            }
        }
    }

    /// Whether a field counts for a consumer: all do for everybody, and those that it uses for one.
    fn counts(&self, name: &str, consumer: Option<&Subscriber>) -> bool {
        consumer.is_none_or(|consumer| uses(consumer, self.contract, Some(self.dataset), Some(name)))
    }

    /// Rows in which nothing is broken that the fields promise: all of them, or those that a consumer uses.
    fn right(&self, rows: Option<Condition<'a>>, consumer: Option<&Subscriber>) -> Result<Measure<'a>, Unmeasured> {
        let of_values = self.found.iter().filter(|one| {
            one.field.is_some_and(|name| self.counts(name, consumer))
                && one.rule.is_none()
                && !matches!(one.check, "unique" | "foreign_key")
        });
        let mut conditions = Vec::new();
        for one in of_values {
            match &one.measure {
                // What nobody knows of a format says nothing against the rest.
                Err(_) if one.check == "format" => {}
                Ok(Measure::Broken { condition, rows }) => conditions.push(condition.clone().only_where(rows.clone())),
                Ok(_) => {}
                Err(why) => return Err(why.with(|reason| format!("{} is not checked: {reason}", quoted(&one.id)))),
            }
        }
        Ok(Measure::Broken { condition: Condition::Every(conditions), rows })
    }

    /// Rows whose key occurs once.
    fn once(&self, rows: Option<Condition<'a>>) -> Result<Measure<'a>, Unmeasured> {
        let key: Vec<Column<'a>> = self.dataset.primary_key().map(Column::of).collect();
        let unique = || self.dataset.fields.iter().find(|field| field.unique).map(|field| vec![Column::of(field)]);
        let columns = if key.is_empty() { unique().unwrap_or_default() } else { key };
        if columns.is_empty() {
            return Err(Unmeasured::elsewhere("the dataset has no key"));
        }
        Ok(Measure::Shared { columns, rows })
    }

    /// Values that are there: of all fields, or of those that a consumer uses.
    fn there(&self, rows: Option<Condition<'a>>, consumer: Option<&Subscriber>) -> Measure<'a> {
        let fields = self.dataset.fields.iter().filter(|field| !field.internal && self.counts(&field.name, consumer));
        Measure::Missing { columns: fields.map(Column::of).collect(), rows }
    }

    /// The newest value of the field that a promise names.
    fn newest(&self, quality: &'a Quality, rows: Option<Condition<'a>>) -> Result<Measure<'a>, Unmeasured> {
        let name = timestamp_field(quality).ok_or_else(|| {
            Unmeasured::elsewhere("the promise names no `timestamp_field`, whose newest value would tell it")
        })?;
        let name = self.own_name(name);
        let column = Column::named(self.dataset, name).ok_or_else(|| format!("there is no field {}", quoted(name)))?;
        if column.field().is_pii {
            let reason = format!("{} is personal data, whose newest value is not shown", quoted(name));
            return Err(Unmeasured::Elsewhere(reason));
        }
        Ok(Measure::Newest { column, rows })
    }

    /// Whether a promise is about the age of another dataset.
    fn is_of_another(&self, quality: &Quality) -> bool {
        let Some(name) = timestamp_field(quality) else { return false };
        let mut others = self.contract.datasets.iter().filter(|other| !std::ptr::eq(*other, self.dataset));
        self.dataset.field_at(self.own_name(name)).is_none()
            && others.any(|other| {
                let inner = name.strip_prefix(other.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
                other.field_at(inner.unwrap_or(name)).is_some()
            })
    }

    /// A name of a field without the dataset in front.
    fn own_name<'n>(&self, name: &'n str) -> &'n str {
        name.strip_prefix(self.dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name)
    }
}

fn timestamp_field(quality: &Quality) -> Option<&str> {
    quality.measuring.as_ref()?.timestamp_field.as_deref()
}
