//! What a run would ask of data: `--explain` with the queries, `--dry-run` without looking at anything.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::ask::Context;
use super::data::{self, Asked};
use super::select::Target;
use crate::check::data::{Expectation, Serves, Unmeasured, expectations};
use crate::check::{Place, Probe};
use crate::io::clock;
use crate::model::{Dataset, Subscriber};
use crate::report::{counted, pretty, sanitize};

/// What a run would look at, and how much it would ask.
pub(super) fn dry_run(context: &Context<'_>, targets: &[Target<'_>], as_json: bool) -> String {
    let mut all: Vec<Json> = Vec::new();
    let mut text = String::new();
    for target in targets {
        let contract = target.contract;
        let subscribers: Vec<&Subscriber> = context.registry.live_subscribers(contract, clock::today()).collect();
        let place = match &target.place {
            Place::Data(source) => data::shown(source),
            Place::Service(probes) => probes.first().map(Probe::shown_url).unwrap_or_default(),
        };
        let _ = writeln!(text, "{} {}, {}", line(&contract.name), contract.version, line(&place));
        let mut datasets = Vec::new();
        for dataset in &contract.datasets {
            if let Place::Data(_) = target.place {
                let found = expectations(contract, dataset, &subscribers, context.registry);
                let chosen = found.iter().filter(|one| context.looking.chooses(dataset, one));
                let (asked, left): (Vec<_>, Vec<_>) = chosen.partition(|one| one.measure.is_ok());
                let _ = writeln!(text, "  {}: {}", line(&dataset.name), counted(asked.len(), "expectation"));
                for one in &left {
                    let reason = one.measure.as_ref().err().map_or("", Unmeasured::reason);
                    let _ = writeln!(text, "    not asked: {}: {}", line(&one.id), line(reason));
                }
                datasets.push(json!({
                    "dataset": dataset.name,
                    "expectations": asked.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
                    "not_asked": left.iter().map(|one| json!({"id": one.id, "reason": one.measure.as_ref().err().map(Unmeasured::reason)}))
                        .collect::<Vec<_>>(),
                }));
            }
        }
        if let Place::Service(probes) = &target.place {
            for probe in probes {
                let _ = writeln!(text, "  GET {}: {}", line(&probe.shown_url()), probe.ask.why());
            }
        }
        all.push(json!({"contract": contract.name, "place": place, "datasets": datasets}));
    }
    if as_json { pretty(&json!({"format": "pact.plan/1", "contracts": all})) } else { text }
}

/// The queries of a run. The columns of tables are looked up, and no row is read.
pub(super) fn explain(context: &Context<'_>, targets: &[Target<'_>], as_json: bool) -> String {
    let mut all: Vec<Json> = Vec::new();
    let mut text = String::new();
    for target in targets {
        let Place::Data(source) = target.place else { continue };
        match data::asked(context, target.contract, source) {
            Err(trouble) => {
                let _ = writeln!(text, "{}: {}", line(&target.contract.name), line(trouble.reason()));
                all.push(json!({"contract": target.contract.name, "error": trouble.reason()}));
            }
            Ok(datasets) => {
                for asked in datasets {
                    human(&mut text, &target.contract.name, &data::shown(source), &asked);
                    all.push(value(&target.contract.name, &asked));
                }
            }
        }
    }
    if as_json { pretty(&json!({"format": "pact.queries/1", "datasets": all})) } else { text }
}

fn human(text: &mut String, contract: &str, place: &str, asked: &Asked<'_>) {
    let _ = writeln!(text, "{}, {} ({})", line(contract), line(&asked.dataset.name), line(place));
    for (index, query) in asked.queries.queries.iter().enumerate() {
        let _ = writeln!(text, "\nquery {} of {}:", index + 1, asked.queries.queries.len());
        for sql in query.sql.lines() {
            let _ = writeln!(text, "    {}", line(sql));
        }
        for (column, serves) in query.serves.iter().enumerate() {
            let _ = writeln!(text, "  c{column:<4} {}", line(&said(*serves, asked.dataset, &asked.expectations)));
        }
    }
    if !asked.enforced.is_empty() {
        let _ = writeln!(text, "\nenforced by the database, and not asked:");
    }
    for position in &asked.enforced {
        let _ = writeln!(text, "  {}", line(asked.expectations.get(*position).map_or("", |one| one.id.as_str())));
    }
    if !asked.queries.left.is_empty() {
        let _ = writeln!(text, "\nnot asked:");
    }
    for (position, why) in &asked.queries.left {
        let id = asked.expectations.get(*position).map_or("", |one| one.id.as_str());
        let _ = writeln!(text, "  {}: {}", line(id), line(why.reason()));
    }
    text.push('\n');
}

fn value(contract: &str, asked: &Asked<'_>) -> Json {
    let id = |position: usize| asked.expectations.get(position).map(|one| one.id.clone());
    let column = |(index, serves): (usize, &Serves)| {
        json!({
            "column": format!("c{index}"),
            "serves": said(*serves, asked.dataset, &asked.expectations),
            "expectation": match serves {
                Serves::Number(position) | Serves::Of(position) | Serves::Keys(position) => id(*position),
                _ => None,
            },
        })
    };
    json!({
        "contract": contract,
        "dataset": asked.dataset.name,
        "queries": asked.queries.queries.iter().map(|query| json!({
            "sql": query.sql,
            "columns": query.serves.iter().enumerate().map(column).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "enforced": asked.enforced.iter().map(|position| id(*position)).collect::<Vec<_>>(),
        "not_asked": asked.queries.left.iter().map(|(position, why)| json!({"id": id(*position), "reason": why.reason()}))
            .collect::<Vec<_>>(),
    })
}

/// What a column of an answer is good for.
fn said(serves: Serves, dataset: &Dataset, expectations: &[Expectation<'_>]) -> String {
    let field = |position: usize| dataset.fields.get(position).map_or("", |field| field.name.as_str());
    let of = |position: usize| expectations.get(position);
    match serves {
        Serves::Rows => "the number of rows".to_owned(),
        Serves::Total => "the number of all rows".to_owned(),
        Serves::Filled(position) => format!("values of {} that are there", field(position)),
        Serves::Newest(position) => format!("the newest {}", field(position)),
        Serves::Number(position) => {
            of(position).map_or_else(String::new, |one| format!("{}: {}", one.id, one.promised))
        }
        Serves::Keys(position) => of(position).map_or_else(String::new, |one| {
            format!("{}: {}; with some keys that break it, by their hashes", one.id, one.promised)
        }),
        Serves::Of(position) => of(position).map_or_else(String::new, |one| format!("rows that {} is about", one.id)),
    }
}

fn line(text: &str) -> String {
    sanitize::line(text)
}
