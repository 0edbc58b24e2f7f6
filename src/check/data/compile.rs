//! What a contract and its consumers expect of a dataset, as things to measure.

use std::collections::HashMap;

use super::statistics;
use super::{Column, Condition, Demand, Expectation, Inner, Measure, Referred, Unit, Unmeasured};
use crate::check::CheckKind;
use crate::check::judge::uses;
use crate::expression::eval::pattern as regex;
use crate::expression::{Comparison, Mistakes, judge_query, parse};
use crate::model::values::{fits, limit};
use crate::model::{
    Assertion, Constraint, ConstraintKind, Contract, DataType, Dataset, Field, Literal, Measuring, Operator, Path,
    Registry, Rule, RuleFamily, RuleSeverity, Subject, Subscriber,
};
use crate::source::words::quoted;

/// Everything that a contract and its consumers expect of the rows of a dataset, in the order of the contract. The shares and ages that
/// a dataset is promised to have as a whole are not among them: they are numbers of the dataset, as services tell them too.
pub fn expectations<'a>(
    contract: &'a Contract,
    dataset: &'a Dataset,
    subscribers: &[&'a Subscriber],
    registry: &'a Registry,
) -> Vec<Expectation<'a>> {
    let mut compiler = Compiler { contract, dataset, registry, found: Vec::new(), ids: HashMap::new() };
    for field in dataset.fields.iter().filter(|field| !field.internal) {
        compiler.field(&Column::of(field));
    }
    compiler.keys();
    compiler.references();
    compiler.rows();
    compiler.rules();
    compiler.qualities(dataset.quality.iter().chain(&contract.quality), None);
    // Who uses no field of a dataset expects nothing of it.
    for subscriber in subscribers.iter().filter(|one| uses(one, contract, Some(dataset), None)) {
        compiler.qualities(subscriber.overrides.quality.iter(), Some(subscriber));
    }
    compiler.found
}

pub(super) struct Compiler<'a> {
    pub(super) contract: &'a Contract,
    pub(super) dataset: &'a Dataset,
    registry: &'a Registry,
    pub(super) found: Vec<Expectation<'a>>,
    /// How often each name was given.
    ids: HashMap<String, usize>,
}

impl<'a> Compiler<'a> {
    /// Adds an expectation that no row may break.
    pub(super) fn add(
        &mut self,
        check: &'static str,
        kind: CheckKind,
        element: Path,
        measure: Result<Measure<'a>, Unmeasured>,
        promised: impl Into<String>,
    ) -> &mut Expectation<'a> {
        let mut id = format!("{element} {check}");
        let count = self.ids.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            id = format!("{id} {count}");
        }
        self.found.push(Expectation {
            id,
            check,
            kind,
            element,
            field: None,
            measure,
            demand: Demand::AtMost(0.0),
            promised: promised.into(),
            severity: RuleSeverity::Error,
            dimension: None,
            tags: &[],
            rule: None,
            consumer: None,
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Adds what the values of a column have to be.
    pub(super) fn of_column(
        &mut self,
        check: &'static str,
        kind: CheckKind,
        column: &Column<'a>,
        measure: Result<Measure<'a>, Unmeasured>,
        promised: impl Into<String>,
    ) {
        let added = self.add(check, kind, column.path(self.dataset), measure, promised);
        added.field = Some(&column.first.name);
        added.tags = &column.field().tags;
    }

    fn field(&mut self, column: &Column<'a>) {
        let field = column.field();
        let broken = |condition| Ok(Measure::Broken { condition, rows: None });
        self.of_column("type", CheckKind::Schema, column, broken(Condition::Typed(column.clone())), field.type_text());
        if !field.nullable || field.is_primary_key {
            // What is within an object is there where the object is.
            let rows = column.around().filter(|_| column.is_single()).map(Condition::Present);
            let present = Ok(Measure::Broken { condition: Condition::Present(column.clone()), rows });
            self.of_column("not_null", CheckKind::Completeness, column, present, "never null");
        }
        for constraint in &field.constraints {
            self.constraint(column, constraint);
        }
        self.form(column);
        if field.unique && column.is_single() {
            let measure = Ok(Measure::Duplicates { columns: vec![column.clone()], rows: None });
            self.of_column("unique", CheckKind::Uniqueness, column, measure, "unique values");
        }
        for inner in field.fields.iter().filter(|inner| !inner.internal) {
            self.field(&column.within(Inner::Field(inner)));
        }
        if let Some(items) = field.items.as_deref() {
            self.field(&column.within(Inner::Items(items)));
        }
        if let Some(values) = field.values.as_deref() {
            self.field(&column.within(Inner::Values(values)));
        }
    }

    fn constraint(&mut self, column: &Column<'a>, constraint: &'a Constraint) {
        let check = constraint.kind.name();
        // Values that are not listed may come: the list tells readers what to expect, and forbids nothing.
        if constraint.kind == ConstraintKind::Enum && constraint.is_open() {
            return;
        }
        let rows = constraint.when.as_deref().map(sql).transpose();
        let measure = rows.and_then(|rows| Ok(Measure::Broken { condition: condition(column, constraint)?, rows }));
        let mut promised = promise_of(constraint);
        if let Some(when) = &constraint.when {
            promised = format!("{promised} where {}", quoted(when));
        }
        self.of_column(check, CheckKind::Rules, column, measure, promised);
    }

    fn keys(&mut self) {
        let dataset = self.dataset;
        let key: Vec<Column<'a>> = dataset.primary_key().map(Column::of).collect();
        if !key.is_empty() {
            let promised = format!("a primary key {}", list(&key));
            let element = Path::dataset(&dataset.name);
            let measure = Ok(Measure::Duplicates { columns: key, rows: None });
            self.add("primary_key", CheckKind::Uniqueness, element, measure, promised);
        }
        for (index, names) in dataset.unique.iter().enumerate() {
            let columns = self.columns(names);
            let promised = format!("unique values of {}", names.join(", "));
            let element = Path::dataset(&dataset.name).key("unique").index(index);
            let measure = columns.map(|columns| Measure::Duplicates { columns, rows: None });
            self.add("unique", CheckKind::Uniqueness, element, measure, promised);
        }
    }

    fn columns(&self, names: &'a [String]) -> Result<Vec<Column<'a>>, Unmeasured> {
        names.iter().map(|name| self.column(name)).collect()
    }

    fn column(&self, name: &str) -> Result<Column<'a>, Unmeasured> {
        Column::named(self.dataset, name).ok_or_else(|| format!("there is no field {}", quoted(name)).into())
    }

    fn references(&mut self) {
        let dataset = self.dataset;
        for field in &dataset.fields {
            let Some(reference) = field.foreign_key_reference.as_deref() else { continue };
            let column = Column::of(field);
            let measure = self.referred(reference).map(|(contract, to, column_there)| Measure::Orphans {
                columns: vec![column.clone()],
                referred: Referred { contract: &contract.name, dataset: &to.name, columns: vec![column_there] },
            });
            let promised = format!("a value of {}", quoted(reference));
            self.of_column("foreign_key", CheckKind::Rules, &column, measure, promised);
        }
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            let measure = self.columns(&key.fields).and_then(|columns| {
                let there: Result<Vec<_>, Unmeasured> = key
                    .referenced_fields
                    .iter()
                    .map(|field| self.referred(&format!("{}.{field}", key.references)))
                    .collect();
                let there = there?;
                let (contract, to, _) = there.first().ok_or("it names no fields there")?;
                let referred = Referred {
                    contract: &contract.name,
                    dataset: &to.name,
                    columns: there.iter().map(|(_, _, column)| column.clone()).collect(),
                };
                Ok(Measure::Orphans { columns, referred })
            });
            let promised = format!("rows of {} with the same {}", quoted(&key.references), key.fields.join(", "));
            let element = Path::dataset(&dataset.name).key("foreign_keys").index(index);
            self.add("foreign_key", CheckKind::Rules, element.clone(), measure, promised);
            if let [false, _] = key.cardinality.several() {
                let measure = self.columns(&key.fields).map(|columns| Measure::Duplicates { columns, rows: None });
                let promised =
                    format!("no two rows with the same {} ({})", key.fields.join(", "), key.cardinality.name());
                self.add("cardinality", CheckKind::Uniqueness, element, measure, promised);
            }
        }
    }

    /// What a reference leads to; one without a contract leads into its own.
    fn referred(&self, reference: &str) -> Result<(&'a Contract, &'a Dataset, Column<'a>), Unmeasured> {
        if let Ok((contract, dataset, field)) = self.registry.resolve(reference) {
            return Ok((contract, dataset, Column::of(field)));
        }
        let own = self.contract.field_at(reference).map(|(dataset, field)| (self.contract, dataset, Column::of(field)));
        own.ok_or_else(|| format!("{} leads nowhere", quoted(reference)).into())
    }

    fn rules(&mut self) {
        let (contract, dataset) = (self.contract, self.dataset);
        let is_first = contract.datasets.first().is_some_and(|first| std::ptr::eq(first, dataset));
        for (index, rule) in in_families(&dataset.rules) {
            self.rule(rule, Path::dataset(&dataset.name).key("rules").key(rule.family.name()).index(index));
        }
        // A rule of the contract that names no dataset is about the first.
        for (index, rule) in in_families(&contract.rules) {
            if rule.dataset.as_ref().map_or(is_first, |name| *name == dataset.name) {
                self.rule(rule, Path::of("rules").key(rule.family.name()).index(index));
            }
        }
    }

    fn rule(&mut self, rule: &'a Rule, element: Path) {
        let (check, measure) = self.measure_of(rule);
        let demand = demand_of(rule);
        let (measure, demand) = match demand {
            Ok(demand) => (measure, demand),
            Err(reason) => (measure.and(Err(reason)), Demand::AtMost(0.0)),
        };
        let kind = if check == "unique" { CheckKind::Uniqueness } else { CheckKind::Rules };
        let promised = match &rule.expression {
            Some(expression) => format!("{} ({})", quoted(expression), quoted(&rule.name)),
            None => match (rule.check.as_deref(), rule.field.as_deref()) {
                (Some("not_null"), Some(field)) => format!("{} never null ({})", quoted(field), quoted(&rule.name)),
                (Some("unique"), Some(field)) => format!("unique values of {} ({})", quoted(field), quoted(&rule.name)),
                _ => quoted(&rule.name),
            },
        };
        let promised = match &rule.threshold {
            Some(share) if share.percent().is_some() => format!("{promised} in {share} of rows"),
            Some(count) => format!("{promised} in all but {count} rows"),
            None => promised,
        };
        let added = self.add(check, kind, element, measure, promised);
        added.demand = demand;
        added.severity = rule.severity;
        added.dimension = rule.dimension.as_deref();
        added.tags = &rule.tags;
        // A name stays where it is when other rules come and go.
        added.id = format!("{} {check}", rule.id.as_ref().unwrap_or(&rule.name));
        added.rule = Some(&rule.name);
        added.field = rule.field.as_deref();
    }

    fn measure_of(&self, rule: &'a Rule) -> (&'static str, Result<Measure<'a>, Unmeasured>) {
        let rows = rows_of(rule.measuring.as_deref());
        let with_rows =
            |make: &dyn Fn(Option<Condition<'a>>) -> Result<Measure<'a>, Unmeasured>| rows.clone().and_then(make);
        let column = || {
            let field = rule.field.as_deref().ok_or("it names no field")?;
            self.column(field)
        };
        if let Some(assertion) = rule.assertion.as_deref() {
            return self.asserted(rule, assertion, rows);
        }
        if let Some(expression) = rule.expression.as_deref() {
            let measure = with_rows(&|rows| Ok(Measure::Broken { condition: sql(expression)?, rows }));
            return ("expression", measure);
        }
        match rule.check.as_deref() {
            Some("not_null") => {
                let measure = with_rows(&|rows| Ok(Measure::Broken { condition: Condition::Present(column()?), rows }));
                ("not_null", measure)
            }
            Some("unique") => {
                let measure = with_rows(&|rows| Ok(Measure::Duplicates { columns: vec![column()?], rows }));
                ("unique", measure)
            }
            Some(other) => ("check", Err(Unmeasured::elsewhere(format!("pact knows no check {}", quoted(other))))),
            None => ("text", Err(Unmeasured::elsewhere("it is in words alone, which nothing can execute"))),
        }
    }

    fn asserted(
        &self,
        rule: &'a Rule,
        assertion: &'a Assertion,
        rows: Result<Option<Condition<'a>>, Unmeasured>,
    ) -> (&'static str, Result<Measure<'a>, Unmeasured>) {
        let check = assertion.subject.metric().map_or("query", |metric| metric.name());
        let measure = || {
            let rows = rows?;
            let column = || self.column(rule.field.as_deref().ok_or("it names no field")?);
            Ok(match &assertion.subject {
                Subject::NullValues => Measure::Broken { condition: Condition::Present(column()?), rows },
                Subject::MissingValues(words) if words.is_empty() => {
                    return Err(
                        "it does not say which values stand for a missing one: `arguments: {missing_values: [...]}`"
                            .into(),
                    );
                }
                Subject::MissingValues(words) => {
                    let column = column()?;
                    // A word that is none of the type stands in no row: lists of them are often the same for every field.
                    let words = words.iter().filter(|word| may_be(word, column.field())).cloned().collect();
                    Measure::Broken { condition: Condition::NoneOf(column, words), rows }
                }
                Subject::InvalidValues { valid, pattern } => {
                    let pattern = pattern.as_deref().map(readable).transpose()?;
                    let condition = match (valid.as_slice(), pattern) {
                        ([], Some(pattern)) => Condition::Matches(column()?, pattern),
                        (_, None) => Condition::OneOf(column()?, valid.clone()),
                        (_, Some(pattern)) => Condition::Every(vec![
                            Condition::OneOf(column()?, valid.clone()),
                            Condition::Matches(column()?, pattern),
                        ]),
                    };
                    Measure::Broken { condition, rows }
                }
                Subject::DuplicateValues(names) if names.is_empty() => {
                    Measure::Duplicates { columns: vec![column()?], rows }
                }
                Subject::DuplicateValues(names) => Measure::Duplicates { columns: self.columns(names)?, rows },
                Subject::RowCount => Measure::Rows(rows),
                Subject::Statistic(statistic) => statistics::measure(statistic, column()?, rows)?,
                Subject::Query(_) if rows.is_some() => {
                    return Err("`where` is not put into a query: say there which rows it is about".into());
                }
                Subject::Query(query) => {
                    // How many values it gives the database tells.
                    let mut mistakes = judge_query(query).into_iter().filter(|one| one.kind != Mistakes::NotOneValue);
                    match mistakes.next() {
                        Some(mistake) => return Err(mistake.message.into()),
                        None => Measure::Query(query),
                    }
                }
                Subject::Engine(_) => {
                    let engine = rule.measuring.as_ref().and_then(|measuring| measuring.engine.as_deref());
                    return Err(Unmeasured::elsewhere(match engine {
                        Some(engine) => format!("{} measures it, and pact does not run that", quoted(engine)),
                        None => "a tool of its own measures it".to_owned(),
                    }));
                }
            })
        };
        (check, measure())
    }
}

/// Rules with their places in the lists of their families.
fn in_families(rules: &[Rule]) -> impl Iterator<Item = (usize, &Rule)> {
    let mut next = [0, 0];
    rules.iter().map(move |rule| {
        let [technical, business] = &mut next;
        let next = if rule.family == RuleFamily::Technical { technical } else { business };
        *next += 1;
        (*next - 1, rule)
    })
}

/// The rows that a promise is about.
pub(super) fn rows_of(measuring: Option<&Measuring>) -> Result<Option<Condition<'_>>, Unmeasured> {
    measuring.and_then(|measuring| measuring.rows.as_deref()).map(sql).transpose()
}

/// SQL as a condition.
fn sql(text: &str) -> Result<Condition<'_>, Unmeasured> {
    let expr = parse(text).map_err(|mistake| format!("its SQL can't be read: {}", mistake.message))?;
    Ok(Condition::Sql(text, Box::new(expr)))
}

/// What a constraint says of the values of a column.
fn condition<'a>(column: &Column<'a>, constraint: &'a Constraint) -> Result<Condition<'a>, Unmeasured> {
    let value = &constraint.value;
    let wrong = || format!("{} is no value for it; `pact lint` tells more", quoted(&value.to_string()));
    let count = || limit(value).map(|limit| limit as u64).ok_or_else(wrong);
    let text = || value.text().ok_or_else(wrong);
    let at = column.clone();
    Ok(match constraint.kind {
        ConstraintKind::Min => Condition::Compare(at, Comparison::GreaterOrEqual, value.clone()),
        ConstraintKind::Max => Condition::Compare(at, Comparison::LessOrEqual, value.clone()),
        ConstraintKind::ExclusiveMin => Condition::Compare(at, Comparison::Greater, value.clone()),
        ConstraintKind::ExclusiveMax => Condition::Compare(at, Comparison::Less, value.clone()),
        ConstraintKind::Const => Condition::Compare(at, Comparison::Equal, value.clone()),
        ConstraintKind::Enum => match value {
            Literal::List(values) => Condition::OneOf(at, values.clone()),
            _ => return Err(wrong().into()),
        },
        ConstraintKind::Regex => Condition::Matches(at, readable(text()?)?),
        ConstraintKind::MinLength => Condition::Length(at, Comparison::GreaterOrEqual, count()?),
        ConstraintKind::MaxLength => Condition::Length(at, Comparison::LessOrEqual, count()?),
        ConstraintKind::MinItems | ConstraintKind::MinProperties => {
            Condition::Count(at, Comparison::GreaterOrEqual, count()?)
        }
        ConstraintKind::MaxItems | ConstraintKind::MaxProperties => {
            Condition::Count(at, Comparison::LessOrEqual, count()?)
        }
        ConstraintKind::UniqueItems => Condition::DistinctItems(at),
        ConstraintKind::MultipleOf => Condition::MultipleOf(at, value.clone()),
        ConstraintKind::Expression => sql(text()?)?,
    })
}

/// A pattern that pact can read. Look-around and backreferences databases might know, each in its own way; what is no pattern at
/// all nobody knows.
fn readable(pattern: &str) -> Result<&str, Unmeasured> {
    use regex_syntax::ast::{ErrorKind, parse::Parser};
    let Err(reason) = regex(pattern) else { return Ok(pattern) };
    match Parser::new().parse(pattern).map_err(|error| error.kind().clone()) {
        Err(ErrorKind::UnsupportedLookAround | ErrorKind::UnsupportedBackreference) => {
            Err(Unmeasured::Elsewhere(reason))
        }
        _ => Err(Unmeasured::Mistaken(reason)),
    }
}

/// What a constraint promises, to follow "promised".
fn promise_of(constraint: &Constraint) -> String {
    let value = quoted(&constraint.value.to_string());
    match constraint.kind {
        ConstraintKind::Min => format!("at least {value}"),
        ConstraintKind::Max => format!("at most {value}"),
        ConstraintKind::ExclusiveMin => format!("more than {value}"),
        ConstraintKind::ExclusiveMax => format!("less than {value}"),
        ConstraintKind::Const => format!("the value {value}"),
        ConstraintKind::Enum => format!("one of {value}"),
        ConstraintKind::Regex => format!("a match of {value}"),
        ConstraintKind::MinLength => format!("a length of at least {value}"),
        ConstraintKind::MaxLength => format!("a length of at most {value}"),
        ConstraintKind::MinItems => format!("at least {value} items"),
        ConstraintKind::MaxItems => format!("at most {value} items"),
        ConstraintKind::MinProperties => format!("at least {value} keys"),
        ConstraintKind::MaxProperties => format!("at most {value} keys"),
        ConstraintKind::UniqueItems => "items that are there once".to_owned(),
        ConstraintKind::MultipleOf => format!("a multiple of {value}"),
        ConstraintKind::Expression => value,
    }
}

/// What the result of a rule has to be.
fn demand_of(rule: &Rule) -> Result<Demand<'_>, Unmeasured> {
    if let Some(assertion) = rule.assertion.as_deref() {
        let bound = assertion.bound.as_ref().ok_or("it has no bound that the result could be held against")?;
        let unit = assertion.unit.as_deref().unwrap_or_default();
        let is_percent = unit.eq_ignore_ascii_case("percent") || unit == "%";
        if bound.operator == Operator::Near && bound.near().is_none() {
            return Err("its `baseline` and `deviation` are no numbers from which its bounds follow".into());
        }
        let unit = match &assertion.subject {
            Subject::Statistic(statistic) => statistics::unit(statistic, is_percent)?,
            _ if is_percent => Unit::Percent,
            _ => Unit::Count,
        };
        return Ok(Demand::Bound(bound, unit));
    }
    let Some(threshold) = &rule.threshold else { return Ok(Demand::AtMost(0.0)) };
    let share = threshold.percent().filter(|share| *share <= 100.0).map(Demand::Share);
    // There is no part of a row: `0.7` is meant to be a share, or a slip.
    let count = threshold.count().filter(|count| count.fract() == 0.0);
    share
        .or_else(|| count.map(Demand::AtMost))
        .ok_or_else(|| format!("{} can't be read", quoted(&threshold.text)).into())
}

fn list(columns: &[Column<'_>]) -> String {
    columns.iter().map(|column| quoted(&column.to_string())).collect::<Vec<_>>().join(", ")
}

/// Whether a word for a missing value may be a value of a field, which holds numbers in quotes as well.
fn may_be(word: &Literal, field: &Field) -> bool {
    let is_number = || word.text().is_some_and(|text| text.trim().parse::<f64>().is_ok_and(f64::is_finite));
    match field.data_type {
        _ if *word == Literal::Null => true,
        DataType::String | DataType::Binary | DataType::Json | DataType::Unknown => true,
        kind if kind.is_number() => fits(word, field) || is_number(),
        _ => fits(word, field),
    }
}
