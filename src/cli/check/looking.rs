//! Which part of what is expected is asked for, and what is shown of it.

use super::select::Target;
use crate::check::data::{Expectation, FILTER, Measure, expectations};
use crate::io::clock;
use crate::model::{Dataset, Registry, Subscriber};

/// How data is looked at.
#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Looking {
    /// Look at the columns and their types only, and at no row
    #[arg(long)]
    pub(super) metadata_only: bool,
    /// Look at no more than so many rows of each dataset
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) sample: Option<u64>,
    /// Ask only what is about this field, by its name; may be given several times
    #[arg(long = "field", value_name = "FIELD")]
    fields: Vec<String>,
    /// Ask only for this rule, by its name
    #[arg(long = "rule", value_name = "RULE")]
    rules: Vec<String>,
    /// Ask only for rules of this quality dimension, such as `validity`
    #[arg(long = "dimension", value_name = "DIMENSION")]
    dimensions: Vec<String>,
    /// Ask only for rules and fields with this tag
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Print the queries, and what each column of their answers is good for, and ask none of them
    #[arg(long)]
    pub(super) explain: bool,
    /// Print what would be looked at, and look at nothing
    #[arg(long, conflicts_with = "explain")]
    pub(super) dry_run: bool,
    /// How many rows to show that break an expectation
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub(super) examples: u32,
}

impl Looking {
    /// Whether only some of the expectations are to be asked for.
    pub(super) fn is_choosing(&self) -> bool {
        [&self.fields, &self.rules, &self.dimensions, &self.tags].iter().any(|wanted| !wanted.is_empty())
    }

    /// Whether nothing is left of what could be asked for of some contracts: then nothing would be checked.
    pub(super) fn chooses_nothing(&self, targets: &[Target<'_>], registry: &Registry) -> bool {
        let chosen = |target: &Target<'_>| {
            let subscribers: Vec<&Subscriber> = registry.live_subscribers(target.contract, clock::today()).collect();
            let of_one = |dataset| {
                let all = expectations(target.contract, dataset, &subscribers, registry);
                all.iter().any(|one| self.chooses(dataset, one))
            };
            target.contract.datasets.iter().any(of_one)
        };
        self.is_choosing() && !targets.iter().any(chosen)
    }

    /// Whether an expectation is one of those to ask for.
    pub(super) fn chooses(&self, dataset: &Dataset, expectation: &Expectation<'_>) -> bool {
        let is_any = |wanted: &[String], of: Option<&str>| of.is_some_and(|of| wanted.iter().any(|one| one == of));
        !self.is_choosing()
            || self.fields.iter().any(|wanted| is_about(expectation, dataset, wanted))
            || is_any(&self.rules, expectation.rule)
            || is_any(&self.dimensions, expectation.dimension)
            || expectation.tags.iter().any(|tag| self.tags.contains(tag))
    }
}

/// Whether an expectation is about a field, or about what is within it: `amount`, `orders.amount`, `address.city`.
fn is_about(expectation: &Expectation<'_>, dataset: &Dataset, wanted: &str) -> bool {
    let Some(field) = expectation.field else {
        if let (FILTER, Ok(Measure::Broken { condition, .. })) = (expectation.check, &expectation.measure) {
            let plain = wanted.strip_prefix(&format!("{}.", dataset.name)).unwrap_or(wanted);
            return condition.fields().iter().any(|name| name.eq_ignore_ascii_case(plain));
        }
        // A key is about each of its fields.
        let Ok(
            Measure::Duplicates { columns, .. } | Measure::Shared { columns, .. } | Measure::Orphans { columns, .. },
        ) = &expectation.measure
        else {
            return false;
        };
        return columns.iter().any(|column| {
            let name = &column.first.name;
            wanted == name || wanted.strip_prefix(&format!("{}.", dataset.name)) == Some(name)
        });
    };
    let element = match expectation.rule {
        Some(_) => format!("{}.{field}", dataset.name),
        None => expectation.element.to_string(),
    };
    let own = element.strip_prefix(&format!("{}.", dataset.name));
    let is =
        |name: &str| name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{']));
    is(&element) && wanted != dataset.name || own.is_some_and(is)
}
