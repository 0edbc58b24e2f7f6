//! Rules on rows and columns. Where a rule stands, in the contract or in its dataset, means nothing: what counts is which
//! dataset it is about.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::rc::Rc;

use super::constraints::same_code;
use super::documentation::{description, metadata, tags};
use super::{At, Changes, Stronger, assertions, code, order_of_quantities, quality, quantity, text};
use crate::finding::change::ChangeMeta;
use crate::model::{Contract, Dataset, Measure, Path, Quantity, Rule, RuleFamily, Subject};

/// A rule, what it is about, and where it stands.
struct Expectation<'a> {
    rule: &'a Rule,
    about: About<'a>,
    /// The field, as the dataset calls it.
    field: Option<&'a str>,
    /// The name that somebody gave it: formats that let rules go without one have them called after what they measure.
    given: Option<&'a str>,
    /// The rules among which it stands.
    list: Rc<Path>,
    /// Its place among them: a list of its own for each family.
    place: (&'static str, usize),
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum About<'a> {
    /// A dataset of both sides, by its number among these.
    Dataset(usize),
    /// A dataset that one side alone has: what becomes of its rules became of it.
    Alone,
    /// No dataset of the contract, as far as it says.
    Contract(Option<&'a str>),
}

impl<'a> Expectation<'a> {
    /// The path of the rule: by its name, which stays when others come and go.
    fn path(&self) -> Path {
        self.list.key(self.rule.name.clone())
    }

    fn place(&self) -> Path {
        let (family, index) = self.place;
        self.list.key(family).index(index)
    }

    fn id(&self) -> Option<(About<'a>, &'a str)> {
        Some((self.about, self.rule.id.as_deref()?))
    }

    /// What it demands, without its name and its field.
    fn demand(&self) -> String {
        let Rule { check, expression, assertion, description, .. } = self.rule;
        let is_in_words = check.is_none() && expression.is_none() && assertion.is_none();
        let words = description.as_ref().filter(|_| is_in_words);
        format!("{:?} {check:?} {expression:?} {assertion:?} {words:?}", self.about)
    }
}

/// Compares the rules of the contract and of its datasets; `pairs` are the datasets that both sides have.
pub(super) fn compare(changes: &mut Changes, base: &Contract, head: &Contract, pairs: &[(&Dataset, &Dataset)]) {
    let has_rules =
        |contract: &Contract| !contract.rules.is_empty() || contract.datasets.iter().any(|one| !one.rules.is_empty());
    if !has_rules(base) && !has_rules(head) {
        return;
    }
    let before = all(base, pairs.iter().map(|(one, _)| *one));
    let after = all(head, pairs.iter().map(|(_, other)| *other));
    let found = paired(&before, &after);
    let mut kept = vec![false; before.len()];
    for old in found.iter().flatten() {
        if let Some(kept) = kept.get_mut(*old) {
            *kept = true;
        }
    }
    let is_told = |one: &&Expectation<'_>| one.about != About::Alone;
    for gone in before.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(one, _)| one).filter(is_told) {
        let at = At::both(&gone.path());
        let change = changes.push(&code::QUALITY_CHECK_REMOVED, &at, Some(shown(gone.rule)), None);
        (change.base.place, change.head.place) = (gone.place(), Path::clone(&gone.list));
    }
    for (new, old) in after.iter().zip(found) {
        let Some(old) = old.and_then(|old| before.get(old)) else {
            if is_told(&new) {
                let at = At::both(&new.path());
                let change = changes.push(&code::QUALITY_CHECK_ADDED, &at, None, Some(shown(new.rule)));
                (change.base.place, change.head.place) = (Path::clone(&new.list), new.place());
            }
            continue;
        };
        let first = changes.list.len();
        let at = At { base: old.path(), head: new.path() };
        one(changes, &at, old, new);
        if changes.list.len() == first {
            continue;
        }
        // Elements are found by names, and texts by places.
        let moved = |path: &Path, element: &Path, place: &Path| {
            let rest = path.steps().iter().skip(element.steps().len());
            rest.fold(place.clone(), |path, step| path.step(step.clone()))
        };
        for change in changes.list.iter_mut().skip(first) {
            change.base.place = moved(&change.base.place, &at.base, &old.place());
            change.head.place = moved(&change.head.place, &at.head, &new.place());
        }
    }
}

/// Every rule of a contract, those of datasets behind those of the contract.
fn all<'a>(contract: &'a Contract, known: impl Iterator<Item = &'a Dataset>) -> Vec<Expectation<'a>> {
    let numbers: HashMap<&str, usize> = known.enumerate().map(|(number, one)| (one.name.as_str(), number)).collect();
    let mut names: HashMap<&str, &Dataset> = HashMap::new();
    for dataset in &contract.datasets {
        names.entry(&dataset.name).or_insert(dataset);
    }
    let about = |dataset: &Dataset| numbers.get(dataset.name.as_str()).map_or(About::Alone, |one| About::Dataset(*one));
    let mut all = Vec::new();
    for (rule, list, place) in placed(&contract.rules, &Path::root()) {
        let (about, field) = match (&rule.dataset, contract.datasets.as_slice()) {
            (Some(name), _) => match names.get(name.as_str()) {
                Some(dataset) => (about(dataset), rule.field.as_deref()),
                None => (About::Contract(Some(name)), rule.field.as_deref()),
            },
            (None, [only]) => (about(only), rule.field.as_deref().map(|field| own_name(only, field))),
            (None, _) => {
                let first = rule.field.as_deref().and_then(|field| field.split_once('.'));
                let found = first.and_then(|(dataset, field)| Some((names.get(dataset)?, field)));
                found.map_or((About::Contract(None), rule.field.as_deref()), |(dataset, field)| {
                    (about(dataset), Some(field))
                })
            }
        };
        all.push(Expectation { rule, about, field, given: given_name(rule), list, place });
    }
    for dataset in &contract.datasets {
        for (rule, list, place) in placed(&dataset.rules, &Path::dataset(&dataset.name)) {
            let field = rule.field.as_deref();
            all.push(Expectation { rule, about: about(dataset), field, given: given_name(rule), list, place });
        }
    }
    all
}

/// The name of a rule, unless that only says what it measures: `amount.null_values`, `query_2`.
fn given_name(rule: &Rule) -> Option<&str> {
    let name = rule.name.as_str();
    let own = rule.field.as_deref().and_then(|field| name.strip_prefix(field)?.strip_prefix('.')).unwrap_or(name);
    let is_number = |end: &str| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit());
    let plain = own.rsplit_once('_').filter(|(_, end)| is_number(end)).map_or(own, |(plain, _)| plain);
    let measures = |what: &str| match rule.assertion.as_deref().map(|assertion| &assertion.subject) {
        Some(Subject::Query(_)) => what == "query",
        Some(Subject::Engine(_)) => {
            let engine = rule.measuring.as_ref().and_then(|measuring| measuring.engine.as_deref());
            what == engine.unwrap_or("custom")
        }
        Some(subject) => subject.metric().is_some_and(|metric| metric.name() == what),
        None => rule.check.as_deref().unwrap_or("rule") == what,
    };
    (!measures(own) && !measures(plain)).then_some(name)
}

/// A field of a contract's one dataset may be named with the dataset in front.
fn own_name<'a>(dataset: &Dataset, field: &'a str) -> &'a str {
    let rest = field.strip_prefix(dataset.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
    rest.filter(|_| dataset.field(field).is_none()).unwrap_or(field)
}

/// Rules with their list and their place: each family is a list of its own.
fn placed<'a>(rules: &'a [Rule], around: &Path) -> Vec<(&'a Rule, Rc<Path>, (&'static str, usize))> {
    let list = Rc::new(around.key("rules"));
    let mut next = [0, 0];
    let one = |rule: &'a Rule| {
        let [technical, business] = &mut next;
        let next = if rule.family == RuleFamily::Technical { technical } else { business };
        *next += 1;
        (rule, Rc::clone(&list), (rule.family.name(), *next - 1))
    };
    rules.iter().map(one).collect()
}

/// For each new rule the number of the old one that it was: by the id that stays, by the name and the field, by the name
/// alone, and by what is demanded under another name.
fn paired(before: &[Expectation<'_>], after: &[Expectation<'_>]) -> Vec<Option<usize>> {
    let mut pairs = Pairs { is_free: vec![true; before.len()], found: vec![None; after.len()] };
    pairs.by(before, after, Expectation::id);
    pairs.by(before, after, |one| Some((one.about, one.given?, one.field)));
    pairs.by(before, after, |one| Some((one.about, one.given?)));
    pairs.by(before, after, |one| one.given.filter(|_| one.about != About::Alone));
    pairs.by(before, after, |one| Some((one.demand(), one.field)));
    let unnamed = |one: &Expectation<'_>| one.given.is_none();
    pairs.by(before, after, |one| unnamed(one).then_some((one.about, &one.rule.name, one.field)));
    pairs.by(before, after, |one| unnamed(one).then_some((one.about, one.field)));
    pairs.by(before, after, |one| unnamed(one).then(|| one.demand()));
    pairs.found
}

struct Pairs {
    is_free: Vec<bool>,
    found: Vec<Option<usize>>,
}

impl Pairs {
    /// Pairs what is left and has the same key; what (wrongly) has it more than once, in the order in which it stands.
    fn by<'a, K: Hash + Eq>(
        &mut self,
        before: &'a [Expectation<'a>],
        after: &'a [Expectation<'a>],
        key: impl Fn(&'a Expectation<'a>) -> Option<K>,
    ) {
        let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (index, one) in before.iter().enumerate().filter(|(index, _)| self.is_free.get(*index) == Some(&true)) {
            if let Some(key) = key(one) {
                waiting.entry(key).or_default().push_back(index);
            }
        }
        if waiting.is_empty() {
            return;
        }
        for (one, found) in after.iter().zip(&mut self.found).filter(|(_, found)| found.is_none()) {
            *found = key(one).and_then(|key| waiting.get_mut(&key)?.pop_front());
            if let Some(free) = found.and_then(|index| self.is_free.get_mut(index)) {
                *free = false;
            }
        }
    }
}

/// What a rule demands, in a few words.
fn shown(rule: &Rule) -> crate::model::Literal {
    match &rule.assertion {
        Some(assertion) => text(&assertions::shown(assertion)),
        None => text(rule.expression.as_ref().or(rule.check.as_ref()).unwrap_or(&rule.name)),
    }
}

fn one(changes: &mut Changes, at: &At, old: &Expectation<'_>, new: &Expectation<'_>) {
    let (base, head) = (old.rule, new.rule);
    if old.given != new.given {
        let names = (Some(text(&base.name)), Some(text(&head.name)));
        changes.push(&code::CUSTOM_PROPERTY_CHANGED, &at.key("name"), names.0, names.1);
    }
    let id = [&code::CUSTOM_PROPERTY_CHANGED; 3];
    changes.optional(id, at, "id", base.id.as_ref(), head.id.as_ref(), text);
    measure(changes, at, old, new);
    if let Some(meta) = threshold(base.threshold.as_ref(), head.threshold.as_ref()) {
        let value = |rule: &Rule| rule.threshold.as_ref().map(quantity);
        changes.property(meta, at, "threshold", value(base), value(head));
    }
    if base.severity != head.severity {
        let lowered = head.severity < base.severity;
        let meta = if lowered { &code::QUALITY_SEVERITY_LOWERED } else { &code::QUALITY_SEVERITY_RAISED };
        let values = (text(base.severity.name()), text(head.severity.name()));
        changes.property(meta, at, "severity", Some(values.0), Some(values.1));
    }
    let dimension = [&code::QUALITY_DIMENSION_CHANGED; 3];
    changes.optional(dimension, at, "dimension", base.dimension.as_ref(), head.dimension.as_ref(), text);
    if base.family != head.family {
        changes.push(&code::QUALITY_DIMENSION_CHANGED, at, None, None);
    }
    let (before, after) = (base.description.as_ref(), head.description.as_ref());
    description(changes, at, before, after, &code::SEMANTICS_TEXT_CHANGED);
    tags(changes, at, &base.tags, &head.tags);
    metadata(changes, at, &base.metadata, &head.metadata);
    quality::measuring(changes, at, base.measuring.as_deref(), head.measuring.as_deref());
}

/// What is measured, and of what.
fn measure(changes: &mut Changes, at: &At, old: &Expectation<'_>, new: &Expectation<'_>) {
    let (base, head) = (old.rule, new.rule);
    let text_of = |value: Option<&String>| value.map(text);
    let same_expression = match (text_of(base.expression.as_ref()), text_of(head.expression.as_ref())) {
        (Some(one), Some(other)) => same_code(&one, &other),
        (one, other) => one == other,
    };
    let element = |one: &Expectation<'_>| {
        let dataset = one.rule.dataset.as_deref().filter(|_| old.about != new.about);
        let names: Vec<&str> = [dataset, one.field].into_iter().flatten().collect();
        (!names.is_empty()).then(|| names.join("."))
    };
    let (before, after) = (element(old), element(new));
    let is_other_means = base.assertion.is_some() != head.assertion.is_some();
    if base.check != head.check || is_other_means {
        let shown = |rule: &Rule, element: Option<String>| {
            let means = rule.assertion.as_deref().map(assertions::shown).or_else(|| rule.check.clone());
            let parts = means.or_else(|| rule.expression.clone()).into_iter().chain(element);
            Some(text(&parts.collect::<Vec<_>>().join(" "))).filter(|text| text.text() != Some(""))
        };
        changes.push(&code::QUALITY_METRIC_CHANGED, at, shown(base, before), shown(head, after));
        return;
    }
    if before != after {
        let value = |element: Option<String>| element.map(|element| text(&element));
        changes.property(&code::QUALITY_METRIC_CHANGED, at, "field", value(before), value(after));
    }
    if !same_expression {
        let values = (text_of(base.expression.as_ref()), text_of(head.expression.as_ref()));
        changes.push(&code::QUALITY_QUERY_CHANGED, at, values.0, values.1);
    }
    if let (Some(before), Some(after)) = (&base.assertion, &head.assertion) {
        assertions::compare(changes, at, (before, old.field), (after, new.field));
    }
}

/// How many rows may break a rule (fewer is stronger), or what share must keep it (more is stronger). Without a threshold
/// every row must.
fn threshold(base: Option<&Quantity>, head: Option<&Quantity>) -> Option<&'static ChangeMeta> {
    let strict = |other: Option<&Quantity>| match other.and_then(|other| other.measure().ok()) {
        Some(Measure::Percent(_)) => Quantity::new("100%"),
        _ => Quantity::new("0"),
    };
    let (before, after) = match (base, head) {
        (None, None) => return None,
        (before, after) => (before.cloned().unwrap_or(strict(after)), after.cloned().unwrap_or(strict(before))),
    };
    let stronger = if before.percent().is_some() { Stronger::Higher } else { Stronger::Lower };
    quality::codes(&code::QUALITY_THRESHOLD_TIGHTENED, &code::QUALITY_THRESHOLD_LOOSENED).of(
        Some(&before),
        Some(&after),
        stronger,
        order_of_quantities,
    )
}
