//! What a database sees to by itself: it lets nothing in that breaks it, so nobody has to look.

use std::collections::BTreeMap;

use crate::check::data::{Column, Condition, Dialect, Expectation, Measure};
use crate::io::data::Enforced;
use crate::model::{Contract, DataType, Literal};

/// Whether the database lets nothing into the table of a dataset that breaks an expectation. `tables` are those of the contract,
/// by the names of their datasets.
pub(super) fn is_enforced(
    expectation: &Expectation<'_>,
    contract: &Contract,
    dataset: &str,
    tables: &BTreeMap<&str, Enforced>,
    dialect: Dialect,
) -> bool {
    let Some(own) = tables.get(dataset) else { return false };
    match &expectation.measure {
        Ok(Measure::Broken { condition: Condition::Present(column), .. }) => {
            // A word that stands for a missing value is there, to the database.
            let has_words = column.field().missing_values().iter().any(|word| *word != Literal::Null);
            !has_words && live(column).is_some_and(|name| own.not_null.iter().any(|one| one == name))
        }
        Ok(Measure::Duplicates { columns, .. } | Measure::Shared { columns, .. }) => {
            // Two texts may be one moment.
            let is_moment = |column: &Column<'_>| {
                matches!(column.field().data_type, DataType::Datetime | DataType::Timestamp | DataType::Time)
            };
            let names: Option<Vec<&str>> = columns.iter().map(live).collect();
            let is_unique = |names: &[&str]| {
                own.unique.iter().any(|key| !key.is_empty() && key.iter().all(|name| names.contains(&name.as_str())))
            };
            !(dialect == Dialect::Sqlite && columns.iter().any(is_moment))
                && names.is_some_and(|names| is_unique(&names))
        }
        Ok(Measure::Orphans { columns, referred }) => {
            let there = tables.get(referred.dataset).filter(|_| referred.contract == contract.name);
            let pairs: Option<Vec<(&str, &str)>> =
                columns.iter().zip(&referred.columns).map(|(from, to)| live(from).zip(live(to))).collect();
            let (Some(there), Some(pairs)) = (there, pairs) else { return false };
            own.references.iter().any(|one| {
                let same = |(from, to): &(String, String)| pairs.contains(&(from.as_str(), to.as_str()));
                one.table == there.table && one.columns.len() == pairs.len() && one.columns.iter().all(same)
            })
        }
        _ => false,
    }
}

/// The live column of what is no part of another.
fn live<'a>(column: &Column<'a>) -> Option<&'a str> {
    column.rest.is_empty().then(|| column.first.column_name())
}
