//! Looks at data itself: asks a database what the contract and its consumers expect, in as few queries as can be.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::ask::Context;
use super::asking::{Asking, is_personal};
use super::enforced::is_enforced;
use super::neighbours::of;
use super::place::{Place, open};
use super::split::Rows;
use super::tables::{Tables, tables};
use super::{files, postgres};
use crate::check::data::{Dialect, Expectation, Memory, Queries, Relation, Wanted, expectations, queries, sorts_rows};
use crate::check::{
    Answer, Ask, Completeness, DataAnswer, DatasetAnswer, DatasetMetrics, Failure, FailureKind, Measured, Metrics,
    Observation, setting,
};
use crate::io::clock;
use crate::io::data::Trouble;
use crate::model::{Contract, Dataset, Field, Metric, Source, Subscriber};
use crate::source::words::quoted;

/// What is asked of the data of a contract, with what came back.
pub(super) fn observe(context: &Context<'_>, contract: &Contract, source: &Source) -> Vec<Observation> {
    let shown = shown(source);
    let started = clock::now();
    let answers = open(context, contract, source).and_then(|mut place| look(context, contract, source, &mut place));
    let answers = match answers {
        Ok(answers) => answers,
        Err(trouble) => {
            let failed = |_: &Ask| Answer::Failed(failure(&trouble, &shown));
            [Ask::Schema, Ask::Metrics, Ask::Data].iter().map(failed).collect()
        }
    };
    let asks = [Ask::Schema, Ask::Metrics, Ask::Data];
    let observation =
        |(ask, answer)| Observation { ask, url: shown.clone(), asked_at: started, elapsed: since(started), answer };
    asks.into_iter().zip(answers).map(observation).collect()
}

fn since(started: Timestamp) -> SignedDuration {
    clock::now().duration_since(started)
}

/// A source as it may be shown and recorded: without what the environment fills in.
pub(super) fn shown(source: &Source) -> String {
    let place =
        ["path", "location", "url", "host"].iter().find_map(|key| setting(source, key)).unwrap_or(&source.environment);
    let port = postgres::port(source).map_or_else(String::new, |port| format!(":{port}"));
    format!("{}:{}{port}", source.kind, without_secrets(place))
}

/// An address without who asks, and without what stands behind a question mark.
fn without_secrets(place: &str) -> String {
    let Some((scheme, rest)) = place.split_once("://") else { return place.to_owned() };
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let rest = rest.split_once('?').map_or(rest, |(host, _)| host);
    format!("{scheme}://{rest}")
}

fn failure(trouble: &Trouble, shown: &str) -> Failure {
    let kind = match trouble {
        Trouble::Mistaken(_) => FailureKind::NotAsked,
        Trouble::Lost(_) => FailureKind::Unreachable,
        Trouble::Denied(_) | Trouble::Refused(_) | Trouble::OutOfMemory(_) => FailureKind::Unexpected,
        Trouble::Locked(_) | Trouble::TimedOut(_) => FailureKind::TimedOut,
    };
    Failure { kind, detail: format!("{} ({shown})", trouble.reason()) }
}

/// Asks for the columns of every dataset, and for what its rows are like.
fn look(
    context: &Context<'_>,
    contract: &Contract,
    source: &Source,
    place: &mut Place,
) -> Result<Vec<Answer>, Trouble> {
    let tables = tables(context, contract, source, place)?;
    let (mut metrics, mut data) =
        (Metrics::default(), DataAnswer { lost: tables.lost.clone(), ..DataAnswer::default() });
    data.is_metadata_only = context.looking.metadata_only;
    data.is_choice = context.looking.is_choosing();
    for question in questions(context, contract, &tables, place.dialect) {
        let mut asking = Asking {
            place,
            wanted: question.wanted(),
            relation: question.relation,
            examples: context.looking.examples,
            found: DatasetAnswer::default(),
            hashes: BTreeMap::new(),
            locked: None,
            left: &|| context.left(),
        };
        asking.are_enforced(&question.enforced);
        if !context.looking.metadata_only {
            asking.all(&question.chosen)?;
        }
        let mut found = asking.found;
        let denied = question.relation.denied.iter();
        found.denied = denied.map(|one| (one.field.clone(), one.why.clone())).collect();
        if context.looking.is_choosing() {
            let chosen = question.chosen.iter().filter_map(|position| question.expectations.get(*position));
            let types = chosen.filter(|expectation| expectation.check == "type").filter_map(|one| one.field);
            found.chosen_fields = types.map(str::to_owned).collect();
        }
        if !context.looking.metadata_only {
            if place.forms.contains_key(&question.dataset.name) {
                let broken = place.database.broken_rows(&files::table(question.dataset))?;
                found.broken = Some(files::told(broken)).filter(|rows| rows.count > 0);
            }
            let measured = |position: &usize| {
                let id = question.expectations.get(*position).map(|expectation| expectation.id.as_str());
                id.is_some_and(|id| matches!(found.measured.get(id), Some(Measured::Number { .. })))
            };
            let chosen: Vec<usize> = question.chosen.iter().copied().filter(measured).collect();
            let columns = tables.columns.get(question.dataset.name.as_str()).map(Vec::as_slice).unwrap_or_default();
            let unanswered = question.chosen.iter().filter_map(|position| question.expectations.get(*position));
            let unanswered = unanswered
                .filter(|one| matches!(found.measured.get(&one.id), Some(Measured::Failed(_))) && sorts_rows(one));
            let rows = Rows { relation: question.relation, columns, unanswered: unanswered.map(|one| &*one.id).next() };
            context.heaps.add(place, question.wanted(), &chosen, &rows);
            metrics.datasets.insert(question.dataset.name.clone(), numbers(question.dataset, &found));
        }
        data.datasets.insert(question.dataset.name.clone(), found);
    }
    Ok(vec![Answer::Schema(tables.schema), Answer::Metrics(metrics), Answer::Data(data)])
}

/// The queries for a dataset.
pub(super) struct Asked<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) expectations: Vec<Expectation<'a>>,
    /// The positions of those that the database sees to by itself, which no query has to.
    pub(super) enforced: Vec<usize>,
    pub(super) queries: Queries,
}

/// The queries that would be asked. Only the columns of the tables are looked up.
pub(super) fn asked<'a>(
    context: &Context<'a>,
    contract: &'a Contract,
    source: &Source,
) -> Result<Vec<Asked<'a>>, Trouble> {
    let mut place = open(context, contract, source)?;
    let tables = tables(context, contract, source, &mut place)?;
    let all = questions(context, contract, &tables, place.dialect).into_iter().map(|question| {
        let queries = queries(question.wanted(), &question.chosen, question.relation, place.dialect, Memory::Enough);
        let Question { dataset, enforced, expectations, .. } = question;
        Asked { dataset, expectations, enforced, queries }
    });
    Ok(all.collect())
}

/// The rows of a dataset by its contract and its name, or why they are not at hand.
type Referred<'q> = Box<dyn Fn(&str, &str) -> Result<Relation, String> + 'q>;

/// What is asked of a dataset.
struct Question<'q, 'a> {
    dataset: &'a Dataset,
    relation: &'q Relation,
    expectations: Vec<Expectation<'a>>,
    /// The positions of those to ask for.
    chosen: Vec<usize>,
    /// The positions of those that the database sees to by itself.
    enforced: Vec<usize>,
    newest: Vec<&'a str>,
    referred: Referred<'q>,
}

impl Question<'_, '_> {
    fn wanted(&self) -> Wanted<'_> {
        let Self { dataset, expectations, newest, referred, .. } = self;
        Wanted { dataset, expectations, referred: &**referred, newest }
    }
}

fn questions<'q, 'a>(
    context: &Context<'a>,
    contract: &'a Contract,
    tables: &'q Tables<'a>,
    dialect: Dialect,
) -> Vec<Question<'q, 'a>> {
    let subscribers: Vec<&'a Subscriber> = context.registry.live_subscribers(contract, clock::today()).collect();
    let question = |dataset: &'a Dataset| {
        let relation = tables.relations.get(dataset.name.as_str())?;
        let expectations = expectations(contract, dataset, &subscribers, context.registry);
        let enforced = |one: &Expectation<'_>| is_enforced(one, contract, &dataset.name, &tables.enforced, dialect);
        let chosen = expectations.iter().enumerate().filter(|(_, one)| context.looking.chooses(dataset, one));
        let (enforced, chosen): (Vec<_>, Vec<_>) = chosen.partition(|(_, one)| enforced(one));
        let [chosen, enforced] =
            [chosen, enforced].map(|some| some.into_iter().map(|(position, _)| position).collect());
        let newest = timestamp_fields(contract, dataset, &subscribers);
        let referred = Box::new(move |other: &str, dataset: &str| {
            if other == contract.name {
                let own = tables.relations.get(dataset).or_else(|| tables.closed.get(dataset));
                return own.cloned().ok_or_else(|| format!("the rows of {} are not there", quoted(dataset)));
            }
            let there = tables.neighbours.get(&(other.to_owned(), dataset.to_owned()));
            there.cloned().unwrap_or_else(|| Err(format!("the rows of {} are not at hand", of(other, dataset))))
        });
        Some(Question { dataset, relation, expectations, chosen, enforced, newest, referred })
    };
    contract.datasets.iter().filter_map(question).collect()
}

/// The fields of a dataset whose newest value tells its age.
fn timestamp_fields<'a>(contract: &'a Contract, dataset: &'a Dataset, subscribers: &[&'a Subscriber]) -> Vec<&'a str> {
    let theirs = subscribers.iter().flat_map(|subscriber| &subscriber.overrides.quality);
    let all = dataset.quality.iter().chain(&contract.quality).chain(theirs);
    let named = all.filter(|quality| quality.metric == Metric::Freshness).filter_map(|quality| {
        let name = quality.measuring.as_ref()?.timestamp_field.as_deref()?;
        Some(name.strip_prefix(&format!("{}.", dataset.name)).unwrap_or(name))
    });
    // The newest value is shown and recorded.
    let mut fields: Vec<&str> = named.filter(|name| !dataset.field(name).is_some_and(is_personal)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}

/// The numbers of a dataset as a service would tell them.
#[expect(clippy::cast_precision_loss, reason = "shares of counts beyond 2^53 are as rough as that")]
fn numbers(dataset: &Dataset, found: &DatasetAnswer) -> DatasetMetrics {
    let share = |filled: u64| found.rows.filter(|rows| *rows > 0).map(|rows| 100.0 * filled as f64 / rows as f64);
    let column = |name: &str| dataset.field(name).map_or(name, Field::column_name).to_owned();
    let completeness = Completeness {
        total_rows: found.rows,
        field_completeness: found.filled.iter().map(|(name, filled)| (column(name), share(*filled))).collect(),
        unreadable: BTreeMap::new(),
    };
    let row_count = found.sample_of.or(found.rows);
    DatasetMetrics { row_count, completeness: Some(completeness), ..DatasetMetrics::default() }
}
