//! What can change, by area: each handler compares one thing on both sides and names what it finds by a code of the
//! catalogue. Levels are the catalogue's business.

mod accepted;
mod access;
mod allowed;
mod assertions;
mod bounds;
mod conditions;
mod constraints;
mod contract;
mod dataset;
mod documentation;
mod enforcement;
mod enums;
mod expectations;
mod field;
mod followed;
mod keys;
mod listed;
mod listed_values;
mod moves;
mod names;
mod networks;
mod operation;
mod pairs;
mod patterns;
mod permits;
mod privacy;
mod publisher;
mod quality;
mod references;
mod rows;
mod semantics;
mod service_levels;
mod sources;
mod spellings;
mod standing;
mod storage;
mod subscribers;
mod targets;
mod terms;
mod types;

use super::align;
use super::catalog as code;
use super::change::{At, Changes, quantity, text, texts};
use super::direction::{Codes, Relation, Stronger, both_orders, is_by_calendar, order_of_quantities};
use super::sql;

use crate::model::Contract;

pub(super) use standing::compare as standing;
pub(super) use subscribers::{one as subscriber, pair as pair_subscribers};
pub(super) use targets::Targets;

/// Compares both sides of a contract.
pub(super) fn compare(changes: &mut Changes, base: &Contract, head: &Contract) {
    contract::compare(changes, base, head);
    terms::compare(changes, base, head);
    dataset::compare(changes, base, head);
    access::compare(changes, base, head);
    sources::compare(changes, &base.sources, &head.sources);
    subscribers::compare(changes, base, head);
    followed::drop_what_follows(changes);
}
