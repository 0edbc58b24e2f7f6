//! What a subscriber is promised, held against what everybody is promised.

use std::cmp::Ordering;

use super::promises::{Better, levels, same_quality};
use crate::model::{Overrides, Path, Quality, Quantity, ServiceLevels};

/// A promise to a subscriber, and the same promise to everybody.
pub(super) struct Held<'a> {
    /// What is promised, by its key.
    pub(super) what: &'static str,
    /// What the subscriber is promised.
    pub(super) own: &'a Quantity,
    /// What everybody is promised.
    pub(super) common: &'a Quantity,
    /// How much the subscriber's promise is, compared with the other.
    pub(super) order: Ordering,
    /// The position of the promise about quality; `None` for a service level.
    index: Option<usize>,
}

impl Held<'_> {
    /// The place of the number, below that of the subscriber.
    pub(super) fn path(&self, subscriber: &Path) -> Path {
        let element = self.element(subscriber);
        if self.index.is_some() { element.key("threshold") } else { element }
    }

    /// The place of the promise as a whole.
    pub(super) fn element(&self, subscriber: &Path) -> Path {
        let overrides = subscriber.key("overrides");
        match self.index {
            Some(index) => overrides.key("quality").index(index),
            None => self.what.split('.').fold(overrides.key("service_levels"), |path, key| path.key(key)),
        }
    }
}

/// Each promise to a subscriber that can be held against one to everybody: both are there and measure the same.
pub(super) fn held<'a>(
    overrides: &'a Overrides,
    (quality, service_levels): (&'a [Quality], Option<&'a ServiceLevels>),
) -> impl Iterator<Item = Held<'a>> {
    let of_quality = overrides.quality.iter().enumerate().filter_map(move |(index, own)| {
        let common = &same_quality(quality, own)?.threshold;
        let order = Better::of(own.metric).compare(&own.threshold, common)?;
        Some(Held { what: own.metric.name(), own: &own.threshold, common, order, index: Some(index) })
    });
    let of_operation = levels(&overrides.service_levels).filter_map(move |(what, own, better)| {
        let (_, common, _) = levels(service_levels?).find(|(key, ..)| *key == what)?;
        Some(Held { what, own, common, order: better.compare(own, common)?, index: None })
    });
    of_quality.chain(of_operation)
}
