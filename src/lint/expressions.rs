//! The SQL of contracts: where it stands, what it is about, and what is wrong with it.

use std::cell::OnceCell;

use super::at::RuleAt;
use super::context::Context;
use crate::expression::{Correction, Expr, Kind, Mistake, Mistakes, Scope, Wanted, judge, judge_query, parse};
use crate::finding::{Edit, Finding, Fix, Label, Place, RuleMeta};
use crate::model::{
    ConstraintKind, Contract, Dataset, Field, Literal, Path, Quality, Rule, SourceId, Step, Subject, Subscription,
};
use crate::source::words::quoted;

/// Who tells of which kind of mistake.
type Tellers = [(Mistakes, &'static RuleMeta)];

/// In one expression nobody reads more mistakes than these.
const MOST: usize = 20;

/// What is wrong with the SQL of a contract.
pub(super) fn of_contract<'a>(
    contract: &'a Contract,
    context: &Context<'a>,
    tellers: &Tellers,
    findings: &mut Vec<Finding>,
) {
    if tellers.is_empty() {
        return;
    }
    let mut teller = Teller { source: contract.source, tellers, findings };
    let scopes =
        Scopes { contract, each: contract.datasets.iter().map(|_| OnceCell::new()).collect(), all: OnceCell::new() };
    for at in RuleAt::all(contract) {
        of_rule(&at, &scopes, context, &mut teller);
    }
    let all = || scopes.all();
    of_quality(&contract.quality, &Path::root(), "the contract", &all, &mut teller);
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        let at = || Path::of("subscribers").index(index).key("overrides");
        if !subscriber.overrides.quality.is_empty() {
            of_quality(&subscriber.overrides.quality, &at(), &quoted(&subscriber.team), &all, &mut teller);
        }
    }
    for (index, dataset) in contract.datasets.iter().enumerate() {
        of_dataset(dataset, &|| scopes.of(index), &mut teller);
    }
}

/// What is wrong with the SQL of a subscription. Its fields are those of another file: their names are not known here.
pub(super) fn of_subscription(subscription: &Subscription, tellers: &Tellers, findings: &mut Vec<Finding>) {
    let quality = &subscription.subscriber.overrides.quality;
    if tellers.is_empty() || quality.is_empty() {
        return;
    }
    let scope = Scope::open();
    let mut teller = Teller { source: subscription.source, tellers, findings };
    of_quality(quality, &Path::of("overrides"), "the subscription", &|| &scope, &mut teller);
}

/// The fields that expressions of a contract may name, found when there is one.
struct Scopes<'a> {
    contract: &'a Contract,
    each: Vec<OnceCell<Scope<'a>>>,
    all: OnceCell<Scope<'a>>,
}

impl<'a> Scopes<'a> {
    /// Those of a dataset, by its place.
    fn of(&self, index: usize) -> &Scope<'a> {
        let dataset = self.contract.datasets.get(index);
        self.each.get(index).map_or_else(
            || self.all(),
            |scope| scope.get_or_init(|| Scope::new(dataset).among(&self.contract.datasets)),
        )
    }

    /// Those of all datasets.
    fn all(&self) -> &Scope<'a> {
        match self.each.as_slice() {
            [_] => self.of(0),
            _ => self.all.get_or_init(|| Scope::new(&self.contract.datasets)),
        }
    }

    /// Those of the dataset that a rule is about; all where it does not say.
    fn of_rule(&self, at: &RuleAt<'a>, context: &Context<'a>) -> &Scope<'a> {
        let rule = at.rule;
        let named = || rule.dataset.as_ref().and_then(|name| context.dataset_of(self.contract, name));
        let by_field = || rule.field.as_ref().and_then(|name| Some(context.field_at(self.contract, name)?.0));
        let dataset = at.dataset.or_else(named).or_else(by_field);
        let is_it = |one: &Dataset| dataset.is_some_and(|dataset| std::ptr::eq(dataset, one));
        self.contract.datasets.iter().position(is_it).map_or_else(|| self.all(), |index| self.of(index))
    }
}

fn of_rule<'a>(at: &RuleAt<'a>, scopes: &Scopes<'a>, context: &Context<'a>, teller: &mut Teller<'_>) {
    let rule: &Rule = at.rule;
    let rows = rule.measuring.as_ref().and_then(|measuring| measuring.rows.as_ref());
    let query = match rule.assertion.as_ref().map(|assertion| &assertion.subject) {
        Some(Subject::Query(query)) => Some(query),
        _ => None,
    };
    let who = || format!("the rule {}", quoted(&rule.name));
    if let Some(text) = &rule.expression {
        teller.condition(text, &at.path().key("expression"), scopes.of_rule(at, context), &who());
    }
    if let Some(text) = rows {
        let who = format!("the rows of the rule {}", quoted(&rule.name));
        teller.condition(text, &at.path().key("where"), scopes.of_rule(at, context), &who);
    }
    if let Some(text) = query {
        teller.tell(judge_query(text), text, &at.path().key("query"), &who());
    }
}

fn of_quality<'s, 'a: 's>(
    promises: &[Quality],
    around: &Path,
    of: &str,
    scope: &dyn Fn() -> &'s Scope<'a>,
    teller: &mut Teller<'_>,
) {
    for (index, promise) in promises.iter().enumerate() {
        let Some(text) = promise.measuring.as_ref().and_then(|measuring| measuring.rows.as_ref()) else { continue };
        let who = format!("the rows of the {} of {of}", promise.metric.name());
        teller.condition(text, &around.key("quality").index(index).key("where"), scope(), &who);
    }
}

fn of_dataset<'s, 'a: 's>(dataset: &'a Dataset, scope: &dyn Fn() -> &'s Scope<'a>, teller: &mut Teller<'_>) {
    let at = || Path::dataset(&dataset.name);
    if dataset.quality.iter().any(|promise| promise.measuring.is_some()) {
        of_quality(&dataset.quality, &at(), &quoted(&dataset.name), scope, teller);
    }
    // Words are no condition, and nothing is wrong with them.
    if let Some(text) = &dataset.filter
        && let Ok(expr) = parse(text)
        && compares(&expr)
    {
        let mistakes = judge(text, &expr, scope(), Wanted::Filter);
        teller.tell(mistakes, text, &at().key("filter"), &format!("the filter of {}", quoted(&dataset.name)));
    }
    for (key, texts) in [("partitioned_by", &dataset.partitioned_by), ("clustered_by", &dataset.clustered_by)] {
        for (index, text) in texts.iter().enumerate() {
            let plain = without_direction(text);
            if dataset.field(plain).is_some() {
                continue;
            }
            let path = at().key(key).index(index);
            let who = format!("`{key}` of {}", quoted(&dataset.name));
            let mistakes = match parse(plain) {
                Ok(expr) => judge(plain, &expr, scope(), Wanted::Value),
                Err(mistake) => vec![mistake],
            };
            teller.tell(mistakes, text, &path, &who);
        }
    }
    let walk = Walk { dataset, scope, around: None };
    dataset
        .fields
        .iter()
        .for_each(|field| of_field(field, Step::Field(field.name.clone()), &dataset.fields, &walk, teller));
}

/// The way to a field.
struct Walk<'w, 's, 'a> {
    dataset: &'a Dataset,
    scope: &'w dyn Fn() -> &'s Scope<'a>,
    around: Option<(&'w Self, Step)>,
}

impl Walk<'_, '_, '_> {
    fn path(&self) -> Path {
        match &self.around {
            Some((around, step)) => around.path().step(step.clone()),
            None => Path::dataset(&self.dataset.name),
        }
    }
}

/// The constraints of a field, which may name the fields beside it, and those of its dataset.
fn of_field<'a>(field: &'a Field, step: Step, beside: &'a [Field], walk: &Walk<'_, '_, 'a>, teller: &mut Teller<'_>) {
    for (index, constraint) in field.constraints.iter().enumerate() {
        let expression = match (constraint.kind, &constraint.value) {
            (ConstraintKind::Expression, Literal::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        if expression.is_none() && constraint.when.is_none() {
            continue;
        }
        let is_nested = walk.around.is_some() || !matches!(step, Step::Field(_));
        let own = is_nested.then(|| Scope::new([walk.dataset]).with(beside).called("value", field));
        let scope = own.as_ref().unwrap_or_else(|| (walk.scope)());
        let path = walk.path().step(step.clone()).key("constraints").index(index);
        let who = format!("a constraint of {}", quoted(&walk.path().step(step.clone()).last_field()));
        if let Some(text) = expression {
            teller.condition_of(text, &path.key("value"), scope, &who, &field.name);
        }
        if let Some(text) = &constraint.when {
            teller.condition_of(text, &path.key("when"), scope, &who, &field.name);
        }
    }
    let inner = Walk { dataset: walk.dataset, scope: walk.scope, around: Some((walk, step)) };
    for nested in &field.fields {
        of_field(nested, Step::Field(nested.name.clone()), &field.fields, &inner, teller);
    }
    for (nested, step) in [(&field.items, Step::Items), (&field.values, Step::Values)] {
        if let Some(nested) = nested {
            of_field(nested, step, &nested.fields, &inner, teller);
        }
    }
}

/// Makes findings of mistakes.
struct Teller<'t> {
    source: SourceId,
    tellers: &'t Tellers,
    findings: &'t mut Vec<Finding>,
}

impl Teller<'_> {
    /// A condition on each row.
    fn condition(&mut self, text: &str, path: &Path, scope: &Scope<'_>, who: &str) {
        self.tell(mistakes(text, scope), text, path, who);
    }

    /// A condition that stands at a field. Nested ones are called `value` there, and people write that at others too.
    fn condition_of(&mut self, text: &str, path: &Path, scope: &Scope<'_>, who: &str, field: &str) {
        let mut mistakes = mistakes(text, scope);
        let of_value = mistakes.iter_mut().filter(|mistake| {
            let written = text.get(mistake.at.clone()).unwrap_or_default();
            mistake.kind == Mistakes::FieldUnknown && written.eq_ignore_ascii_case("value")
        });
        for mistake in of_value {
            let title = format!("write {}", quoted(field));
            mistake.help = Some(format!("{title}: `value` stands for nested fields only"));
            mistake.correction = Some(Box::new(Correction { title, at: mistake.at.clone(), text: field.to_owned() }));
        }
        self.tell(mistakes, text, path, who);
    }

    fn tell(&mut self, mistakes: Vec<Mistake>, text: &str, path: &Path, who: &str) {
        for mistake in mistakes.into_iter().take(MOST) {
            let Some((_, rule)) = self.tellers.iter().find(|(kind, _)| *kind == mistake.kind) else { continue };
            let label = Label::within(self.source, path.clone(), mistake.at);
            let mut finding = Finding::new(rule, label, format!("{who}: {}", mistake.message));
            finding.help = mistake.help;
            finding.fix = mistake.correction.and_then(|correction| fix(*correction, text, path)).map(Box::new);
            self.findings.push(finding);
        }
    }
}

/// What is wrong with a condition.
fn mistakes(text: &str, scope: &Scope<'_>) -> Vec<Mistake> {
    match parse(text) {
        Ok(expr) => judge(text, &expr, scope, Wanted::Condition),
        Err(mistake) => vec![mistake],
    }
}

/// What was meant is a guess.
fn fix(correction: Correction, text: &str, path: &Path) -> Option<Fix> {
    let (before, after) = (text.get(..correction.at.start)?, text.get(correction.at.end..)?);
    let mended = Literal::Text(format!("{before}{}{after}", correction.text));
    Some(Fix::guess(correction.title, vec![Edit::Value(Place::Element(path.clone()), mended)]))
}

/// Whether something is compared in an expression: words that happen to be SQL are mere names.
fn compares(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        Kind::Compare(..) | Kind::In(..) | Kind::Between(..) | Kind::Like(..) | Kind::IsNull(..) | Kind::Is(..)
    ) || expr.parts().into_iter().any(compares)
}

/// A field without the word that says in which direction it is sorted.
fn without_direction(text: &str) -> &str {
    let text = text.trim_end();
    let (name, direction) = text.rsplit_once(' ').unwrap_or((text, ""));
    if ["asc", "desc"].iter().any(|word| direction.eq_ignore_ascii_case(word)) { name } else { text }
}
