//! `pact erd`: the diagram of datasets and how they refer to each other.

use std::collections::BTreeMap;
use std::path::Path;

use super::Exit;
use super::error::Error;
use super::output::Output;
use super::shown::{self, demand_contracts, demand_known};
use crate::model::{Contract, ContractKind};
use crate::report::{counted, sanitize};
use crate::view::erd::{self, Dangling, Detail, Graph, Limits, TooLarge};

/// Draw datasets and how they refer to each other
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pact erd -o docs/erd.mmd               everything, as a Mermaid diagram
  pact erd --contract orders             orders with the datasets around it
  pact erd --domain sales --fields keys  a domain with its neighbours, keys only
  pact erd --format json | jq '.relations[] | [.from, .to]'

Mermaid shows no diagram over 50,000 characters, and nobody can read one of \
hundreds of datasets: what is larger than the limits is refused, never cut. \
JSON has no limits. Internal models are not drawn.

Lines are solid where the reference is a part of the primary key, else dashed. \
Their ends tell how many rows there may be, as far as keys and nulls say.")]
pub(super) struct Args {
    /// Only this contract, by its name or its `id`, with its neighbours; may be given several times
    #[arg(long, value_name = "NAME")]
    contract: Vec<String>,
    /// Only this domain (and those within it) with its neighbours; may be given several times
    #[arg(long, value_name = "DOMAIN")]
    domain: Vec<String>,
    /// Which fields to draw; if not given, all of them where that fits, else the keys
    #[arg(long, value_enum, value_name = "FIELDS")]
    fields: Option<Fields>,
    /// How to print the diagram
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// The most datasets in a Mermaid diagram
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().entities)]
    max_entities: usize,
    /// The most characters of a Mermaid diagram
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().characters)]
    max_chars: usize,
    #[command(flatten)]
    shown: shown::Options,
}

/// Which fields are drawn.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Fields {
    /// Every field
    All,
    /// Fields of primary and foreign keys, and unique ones
    Keys,
    /// Names of datasets only
    None,
}

impl Fields {
    fn detail(self) -> Detail {
        match self {
            Self::All => Detail::All,
            Self::Keys => Detail::Keys,
            Self::None => Detail::None,
        }
    }
}

/// How a diagram is printed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// A Mermaid diagram
    #[default]
    Mermaid,
    /// JSON, as documented in docs/output.md
    Json,
}

pub(super) fn run(args: &Args, directory: &Path, output: Output) -> Result<Exit, Error> {
    let shown = args.shown.open(directory, output)?;
    let contracts = &shown.registry.contracts;
    let named = demand_contracts(&args.contract, contracts)?;
    let domains = || contracts.iter().filter_map(|contract| contract.domain.as_deref());
    demand_known("domain", &args.domain, domains().flat_map(outer))?;
    let graph = narrowed(Graph::new(&shown.registry), &named, &args.domain, output);
    let models = contracts.iter().filter(|contract| contract.kind == ContractKind::Model).count();
    if models > 0 {
        output.detail(&format!("not drawn: {}", counted(models, "internal model")));
    }
    tell_dangling(&graph.dangling, output);
    let detail = args.fields.map(Fields::detail);
    let text = match args.format {
        Format::Json => {
            format!("{:#}\n", erd::json(&graph, detail.unwrap_or(Detail::All), shown.revision.as_deref()))
        }
        Format::Mermaid => {
            let limits = Limits { entities: args.max_entities, characters: args.max_chars };
            let drawn =
                erd::mermaid(&graph, detail, limits).map_err(|why| too_large(why, &graph, limits, &args.domain))?;
            if detail.is_none() && drawn.detail == Detail::Keys {
                output.note(
                    "only keys are drawn: with every field the diagram would be too large (--fields all insists)",
                );
            }
            drawn.text
        }
    };
    shown.write(&text, output)?;
    Ok(Exit::Clean)
}

/// A domain and those around it: `a.b.c`, `a.b`, `a`.
fn outer(domain: &str) -> impl Iterator<Item = &str> + Clone {
    let ends = domain.match_indices('.').map(|(at, _)| at).chain([domain.len()]);
    ends.filter_map(|end| domain.get(..end))
}

/// Whether a domain lies within another one.
fn within(domain: &str, other: &str) -> bool {
    domain.strip_prefix(other).is_some_and(|rest| rest.starts_with('.'))
}

fn narrowed<'a>(graph: Graph<'a>, contracts: &[String], domains: &[String], output: Output) -> Graph<'a> {
    if contracts.is_empty() && domains.is_empty() {
        return graph;
    }
    let in_domain = |contract: &Contract| {
        contract.domain.as_deref().is_some_and(|domain| outer(domain).any(|one| domains.iter().any(|name| name == one)))
    };
    let (part, further) = graph.around(|contract| contracts.contains(&contract.name) || in_domain(contract));
    if further > 0 {
        output.note(&format!(
            "not drawn: {} between neighbours and datasets further away",
            counted(further, "reference")
        ));
    }
    part
}

/// The most references that are told one by one.
const TOLD: usize = 10;

fn tell_dangling(dangling: &[Dangling], output: Output) {
    for one in dangling.iter().take(TOLD) {
        let fields = one.fields.join(", ");
        let to = if one.reference.is_empty() { String::new() } else { format!(" to {}", one.reference) };
        output.note(&sanitize::line(&format!("not drawn: {}.{fields}{to}: {}", one.from, one.reason)));
    }
    if dangling.len() > TOLD {
        output.note(&format!("not drawn: {} more that lead nowhere", counted(dangling.len() - TOLD, "reference")));
    }
}

fn too_large(why: TooLarge, graph: &Graph<'_>, limits: Limits, domains: &[String]) -> Error {
    let error = match why {
        TooLarge::Entities(count) => {
            Error::new(format!("{count} datasets are too many for one diagram (limit {})", limits.entities))
        }
        TooLarge::Characters(count, detail) => {
            let what = match detail {
                Detail::All => "every field",
                Detail::Keys => "keys only",
                Detail::None => "no fields",
            };
            let error = Error::new(format!(
                "the diagram with {what} has {count} characters, which is too large (limit {})",
                limits.characters
            ));
            match detail {
                Detail::All => error.hint("--fields keys or --fields none draws less of each dataset"),
                Detail::Keys => error.hint("--fields none draws less of each dataset"),
                Detail::None => error,
            }
        }
    };
    let error = error.hint("--contract NAME draws one contract with its neighbours");
    let error = match by_domain(graph, domains) {
        Some(domains) => error.hint(format!("--domain draws a part: {domains}")),
        None => error,
    };
    let error = match why {
        TooLarge::Entities(count) => error.hint(format!("--max-entities {count} draws them all")),
        TooLarge::Characters(..) => error,
    };
    error.hint("--format json has no limits")
}

/// How many datasets the domains have that are a step smaller than those drawn, the largest first.
fn by_domain(graph: &Graph<'_>, drawn: &[String]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for domain in graph.entities.iter().filter_map(|entity| entity.contract.domain.as_deref()) {
        let smaller = outer(domain).find(|one| drawn.is_empty() || drawn.iter().any(|name| within(one, name)));
        *counts.entry(smaller.unwrap_or_default()).or_default() += 1;
    }
    counts.remove("");
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let more = counts.len().saturating_sub(TOLD);
    let told: Vec<String> = counts.iter().take(TOLD).map(|(name, count)| format!("{name} ({count})")).collect();
    let rest = if more > 0 { format!(", {more} more") } else { String::new() };
    (!told.is_empty()).then(|| told.join(", ") + &rest)
}
