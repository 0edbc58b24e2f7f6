//! Quality: rules with what they measure and what the result must be.

use std::collections::{HashMap, HashSet};

use super::custom::{Custom, custom, fragment_of, is_fragment};
use super::kept::Fragments;
use super::leftovers::Leftovers;
use super::property::owned;
use crate::format::native::shapes;
use crate::format::odcs::fragment;
use crate::format::values::{literal, literals, texts};
use crate::model::{
    Assertion, Bound, MeasuredMetric, Measuring, Operator, Quantity, Rule, RuleFamily, RuleSeverity, Subject,
};
use crate::source::Node;

/// The rules of an object and of its properties, in the order in which they stand in the model.
pub(super) fn rules<'a>(
    own: Option<&'a Node>,
    of_properties: &[(String, &'a Node)],
    fragments: &Fragments<'a>,
) -> Vec<Rule> {
    let own = own.map(Node::items).unwrap_or_default().iter().map(|node| (None, node));
    let all: Vec<(Option<&str>, &Node)> =
        own.chain(of_properties.iter().map(|(field, node)| (Some(field.as_str()), *node))).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let mut names = RuleNames::of(all.iter().map(|(_, node)| *node));
    let mut rules: Vec<Rule> = all
        .into_iter()
        .filter(|(_, node)| is_rule(node))
        .map(|(field, node)| {
            let name = names.name(node, field);
            rule(node, name, field.map(str::to_owned), fragments)
        })
        .collect();
    // As the native format has them.
    rules.sort_by_key(|rule| rule.family == RuleFamily::Business);
    rules
}

/// Whether an item of `quality` is a rule: before 3.2, one may say what else `enum` says.
pub(in crate::format::odcs) fn is_rule(node: &Node) -> bool {
    !node.entries().is_empty() && valid_values(node).is_none()
}

/// The list of allowed values of a property, where an item of its `quality` is there to say them.
pub(super) fn valid_values(node: &Node) -> Option<&Node> {
    let is_list = fragment_of(node)?.get("constraint")?.text() == Some("enum");
    node.get("arguments")?.get("validValues").filter(|_| is_list)
}

/// The family of a rule: technical unless pact's own words say otherwise.
pub(in crate::format::odcs) fn family(node: &Node) -> RuleFamily {
    let own = [fragment_of(node), native_words(node, kind(node))];
    let word = own.into_iter().flatten().find_map(|own| own.get("family")?.text());
    word.and_then(RuleFamily::from_name).unwrap_or(RuleFamily::Technical)
}

/// Names for rules without one, each once in an object.
#[derive(Debug)]
pub(in crate::format::odcs) struct RuleNames {
    taken: HashSet<String>,
    /// How many rules have been called after the same thing.
    counts: HashMap<String, usize>,
}

impl RuleNames {
    /// The names that authors gave are taken.
    pub(in crate::format::odcs) fn of<'a>(rules: impl Iterator<Item = &'a Node>) -> Self {
        let taken = rules.filter_map(|rule| rule.get("name")?.text().map(str::to_owned)).collect();
        Self { taken, counts: HashMap::new() }
    }

    /// The name of a rule: its own, or what it measures of which field.
    pub(in crate::format::odcs) fn name(&mut self, rule: &Node, field: Option<&str>) -> String {
        if let Some(name) = rule.get("name").and_then(Node::text).filter(|name| !name.is_empty()) {
            return name.to_owned();
        }
        let what = what(rule);
        let plain = field.map_or_else(|| what.clone(), |field| format!("{field}.{what}"));
        let count = self.counts.entry(plain.clone()).or_default();
        loop {
            *count += 1;
            let name = if *count == 1 { plain.clone() } else { format!("{plain}_{count}") };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// What a rule is about, in a word.
fn what(rule: &Node) -> String {
    match kind(rule) {
        Kind::Library => {
            let written = measured(rule).unwrap_or_default();
            metric(written).map_or_else(|| written.to_owned(), |metric| metric.name().to_owned())
        }
        Kind::Sql => "query".to_owned(),
        Kind::Custom => rule.get("engine").and_then(Node::text).unwrap_or("custom").to_owned(),
        Kind::Text => "rule".to_owned(),
    }
}

/// The types of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Library,
    Sql,
    Custom,
    Text,
}

/// The type of a rule; what it has tells where it does not say.
fn kind(rule: &Node) -> Kind {
    match rule.get("type").and_then(Node::text) {
        Some("library") => Kind::Library,
        Some("sql") => Kind::Sql,
        Some("custom") => Kind::Custom,
        Some("text") => Kind::Text,
        _ if measured(rule).is_some() => Kind::Library,
        _ if rule.get("query").is_some() => Kind::Sql,
        _ if rule.get("implementation").is_some() => Kind::Custom,
        _ => Kind::Text,
    }
}

/// The long word of a dimension.
fn dimension(word: &str) -> &str {
    match word {
        "ac" => "accuracy",
        "cp" => "completeness",
        "cf" => "conformity",
        "cs" => "consistency",
        "cv" => "coverage",
        "tm" => "timeliness",
        "uq" => "uniqueness",
        other => other,
    }
}

/// The name of what a library rule measures; 3.0 called it `rule`.
fn measured(rule: &Node) -> Option<&str> {
    rule.get("metric").or_else(|| rule.get("rule")).and_then(Node::text)
}

fn metric(word: &str) -> Option<MeasuredMetric> {
    Some(match word {
        "nullValues" => MeasuredMetric::NullValues,
        "missingValues" => MeasuredMetric::MissingValues,
        "invalidValues" => MeasuredMetric::InvalidValues,
        // The word of 3.0.
        "duplicateValues" | "duplicateCount" => MeasuredMetric::DuplicateValues,
        "rowCount" => MeasuredMetric::RowCount,
        _ => return None,
    })
}

/// The engine of rules that pact alone executes.
pub(in crate::format::odcs) const ENGINE: &str = "pact";

/// The operators by their words.
pub(in crate::format::odcs) const OPERATORS: &[(&str, Operator)] = &[
    ("mustBe", Operator::MustBe),
    ("mustNotBe", Operator::MustNotBe),
    ("mustBeGreaterThan", Operator::MustBeGreaterThan),
    ("mustBeGreaterOrEqualTo", Operator::MustBeGreaterOrEqualTo),
    ("mustBeLessThan", Operator::MustBeLessThan),
    ("mustBeLessOrEqualTo", Operator::MustBeLessOrEqualTo),
    ("mustBeBetween", Operator::MustBeBetween),
    ("mustNotBeBetween", Operator::MustNotBeBetween),
];

fn rule<'a>(node: &'a Node, name: String, field: Option<String>, fragments: &Fragments<'a>) -> Rule {
    let (mut rest, mut metadata) = (Leftovers::default(), Custom::default());
    let mut rule = empty(name, family(node), field);
    let mut measuring = Measuring::default();
    let kind = kind(node);
    let own = native_words(node, kind);
    let subject = subject(node, kind, &mut rule.check);
    let mut bound = None;
    let mut unit = None;
    for entry in node.entries() {
        let value = &entry.value;
        match &*entry.key {
            "name" | "type" => {}
            "id" => rule.id = value.scalar_text(),
            "description" => rule.description = owned(value),
            "tags" => rule.tags = texts(Some(value)),
            "dimension" => rule.dimension = value.text().map(|word| dimension(word).to_owned()),
            "severity" => match value.text().and_then(|word| RuleSeverity::from_name(&word.to_lowercase())) {
                Some(severity) => rule.severity = severity,
                None => rest.keep(entry),
            },
            "schedule" => match value.text().map(Quantity::new) {
                Some(every) if every.duration().is_some() => measuring.every = Some(every),
                _ => rest.keep(entry),
            },
            "engine" if own.is_some() => {}
            "engine" => measuring.engine = owned(value),
            "unit" if subject.is_some() => unit = owned(value),
            "metric" | "rule" if kind == Kind::Library => {}
            "query" if kind == Kind::Sql => {}
            "implementation" if kind == Kind::Custom => {}
            "arguments" => arguments(value, subject.as_ref(), &mut rest),
            "customProperties" => metadata = custom(value, &mut rest),
            key => match OPERATORS.iter().find(|(name, _)| *name == key) {
                Some((_, operator)) if subject.is_some() && bound.is_none() && !value.is_null() => {
                    bound = Some(Bound { operator: *operator, values: literals(Some(value)) });
                }
                _ => rest.keep(entry),
            },
        }
    }
    rule.assertion = subject.map(|subject| Box::new(Assertion { subject, bound, unit }));
    rule.measuring = (measuring != Measuring::default()).then(|| Box::new(measuring));
    rule.metadata = metadata.metadata;
    rest.into_metadata(&mut rule.metadata);
    for fragment in own.into_iter().chain(metadata.fragment) {
        fragments.note(fragment, &shapes::RULE);
        rule = fragment::rule(fragment, rule);
    }
    rule
}

/// A rule that says nothing.
fn empty(name: String, family: RuleFamily, field: Option<String>) -> Rule {
    Rule {
        name,
        id: None,
        family,
        dataset: None,
        field,
        check: None,
        expression: None,
        assertion: None,
        threshold: None,
        severity: RuleSeverity::default(),
        dimension: None,
        description: None,
        measuring: None,
        tags: Vec::new(),
        metadata: Vec::new(),
    }
}

/// What a rule says that pact alone executes: an implementation in the words of the native format.
fn native_words(node: &Node, kind: Kind) -> Option<&Node> {
    let is_own = kind == Kind::Custom && node.get("engine").and_then(Node::text) == Some(ENGINE);
    node.get("implementation").filter(|node| is_own && is_fragment(node))
}

/// What a rule measures; a name of a library that pact does not know is a check.
fn subject(node: &Node, kind: Kind, check: &mut Option<String>) -> Option<Subject> {
    let argument = |key: &str| node.get("arguments").and_then(|arguments| arguments.get(key));
    match kind {
        Kind::Library => {
            let written = measured(node)?;
            Some(match metric(written) {
                Some(MeasuredMetric::NullValues) => Subject::NullValues,
                Some(MeasuredMetric::MissingValues) => Subject::MissingValues(literals(argument("missingValues"))),
                Some(MeasuredMetric::InvalidValues) => Subject::InvalidValues {
                    valid: literals(argument("validValues")),
                    pattern: argument("pattern").and_then(Node::text).map(str::to_owned),
                },
                Some(MeasuredMetric::DuplicateValues) => Subject::DuplicateValues(texts(argument("properties"))),
                Some(MeasuredMetric::RowCount) => Subject::RowCount,
                // Statistics have no name in the library.
                Some(_) | None => {
                    *check = Some(written.to_owned());
                    return None;
                }
            })
        }
        Kind::Sql => node.get("query").and_then(Node::text).map(|query| Subject::Query(query.to_owned())),
        Kind::Custom if native_words(node, kind).is_some() => None,
        Kind::Custom => node.get("implementation").filter(|node| !node.is_null()).map(literal).map(Subject::Engine),
        Kind::Text => None,
    }
}

/// Arguments that the metric has no use for are left over.
fn arguments(node: &Node, subject: Option<&Subject>, rest: &mut Leftovers) {
    let known: &[&str] = match subject {
        Some(Subject::MissingValues(_)) => &["missingValues"],
        Some(Subject::InvalidValues { .. }) => &["validValues", "pattern"],
        Some(Subject::DuplicateValues(_)) => &["properties"],
        _ => &[],
    };
    let mut left = Leftovers::default();
    for entry in node.entries().iter().filter(|entry| !known.contains(&&*entry.key)) {
        left.keep(entry);
    }
    rest.map("arguments", left);
}
