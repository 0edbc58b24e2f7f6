//! Contracts to findings: what is wrong with a contract on its own and among the others.
//!
//! Most rules are local: they look at one document, and nothing of it has to stay in memory afterwards but its [`Outline`].
//! The others look across the outlines of all contracts.

mod across;
mod at;
mod backtracking;
mod context;
mod currencies;
mod cycles;
mod dates;
mod expressions;
mod hosts;
mod mentions;
mod outline;
mod overrides;
mod patterns;
mod personal;
mod promises;
mod rules;
pub mod secrets;
mod siblings;
mod texts;
mod values;
mod versions;

use jiff::civil::Date;

use crate::expression::Mistakes;
use crate::finding::{Finding, RuleMeta};
use crate::model::{Contract, SourceId, Subscription};
use crate::source::{Node, SourceFile};

use across::Across;
pub use across::{InMemory, Outlines};
use at::{FieldAt, RuleAt, TextAt};
use context::Context;
pub use outline::{DatasetOutline, FieldOutline, FieldPromise, Outline, Reference};
use patterns::Patterns;
/// Every rule, sorted by code.
pub use rules::RULES;

/// A rule of the linter: what it is, and how it looks at things.
pub struct Rule {
    /// Code, level, page.
    pub meta: RuleMeta,
    checks: &'static [Check],
}

/// How a rule looks at things. A rule may look at several kinds.
#[derive(Clone, Copy)]
enum Check {
    /// At each contract as a whole.
    Contract(ContractCheck),
    /// At each field, nested ones included. The fields are walked once for all rules.
    Field(FieldCheck),
    /// At each rule of quality.
    Quality(QualityCheck),
    /// At mistakes of one kind in the SQL of contracts and subscriptions, which is read and judged once for all rules.
    Expression(Mistakes),
    /// At each subscription in a file of its own.
    Subscription(SubscriptionCheck),
    /// At the text of each document.
    Text(TextCheck),
    /// At each contract among the others.
    Across(AcrossCheck),
    /// At each subscription in a file of its own, and the contract that it is for.
    SubscriptionAcross(SubscriptionAcrossCheck),
}

type ContractCheck = for<'a> fn(&'a Contract, &Context<'a>, &mut Vec<Finding>);
type FieldCheck = fn(&FieldAt<'_>, &Context<'_>, &mut Vec<Finding>);
type QualityCheck = for<'a> fn(&RuleAt<'a>, &Context<'a>, &mut Vec<Finding>);
type SubscriptionCheck = fn(&Subscription, &Context<'_>, &mut Vec<Finding>);
type TextCheck = fn(&TextAt<'_>, &mut Vec<Finding>);
type AcrossCheck = fn(&Outline, &Across<'_>, &mut Vec<Finding>);
type SubscriptionAcrossCheck = fn(&Subscription, &Across<'_>, &mut Vec<Finding>);

/// A document to look at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its identity in this run.
    pub source: SourceId,
    /// Its text.
    pub file: &'a SourceFile,
    /// Its text as a tree; rules about the text are silent without one.
    pub tree: Option<&'a Node>,
    /// What it means, if it is a contract.
    pub contract: Option<&'a Contract>,
    /// What it means, if it is a subscription.
    pub subscription: Option<&'a Subscription>,
}

/// The rules that a run wants.
pub struct Linter {
    today: Date,
    patterns: Patterns,
    contract: Vec<ContractCheck>,
    field: Vec<FieldCheck>,
    quality: Vec<QualityCheck>,
    expression: Vec<(Mistakes, &'static RuleMeta)>,
    subscription: Vec<SubscriptionCheck>,
    text: Vec<TextCheck>,
    across: Vec<AcrossCheck>,
    subscription_across: Vec<SubscriptionAcrossCheck>,
}

impl Linter {
    /// A linter that knows the day of the run and speaks for the rules that are wanted.
    pub fn new(today: Date, wanted: impl Fn(&RuleMeta) -> bool) -> Self {
        let mut linter = Self {
            today,
            patterns: Patterns::default(),
            contract: Vec::new(),
            field: Vec::new(),
            quality: Vec::new(),
            expression: Vec::new(),
            subscription: Vec::new(),
            text: Vec::new(),
            across: Vec::new(),
            subscription_across: Vec::new(),
        };
        let wanted = RULES.iter().filter(|rule| wanted(&rule.meta));
        for (rule, check) in wanted.flat_map(|rule| rule.checks.iter().map(move |check| (rule, check))) {
            match *check {
                Check::Contract(look) => linter.contract.push(look),
                Check::Field(look) => linter.field.push(look),
                Check::Quality(look) => linter.quality.push(look),
                Check::Expression(kind) => linter.expression.push((kind, &rule.meta)),
                Check::Subscription(look) => linter.subscription.push(look),
                Check::Text(look) => linter.text.push(look),
                Check::Across(look) => linter.across.push(look),
                Check::SubscriptionAcross(look) => linter.subscription_across.push(look),
            }
        }
        linter
    }

    /// What is wrong with a document on its own.
    pub fn look_at(&self, subject: Subject<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(contract) = subject.contract {
            self.look_at_contract(contract, &mut findings);
        }
        if let Some(subscription) = subject.subscription {
            let context = Context::new(&self.patterns, self.today);
            self.subscription.iter().for_each(|look| look(subscription, &context, &mut findings));
            expressions::of_subscription(subscription, &self.expression, &mut findings);
        }
        if let Some(tree) = subject.tree {
            let at = TextAt { source: subject.source, file: subject.file, tree, contract: subject.contract };
            self.text.iter().for_each(|look| look(&at, &mut findings));
        }
        findings
    }

    fn look_at_contract(&self, contract: &Contract, findings: &mut Vec<Finding>) {
        let context = Context::new(&self.patterns, self.today);
        self.contract.iter().for_each(|look| look(contract, &context, findings));
        for at in RuleAt::all(contract) {
            self.quality.iter().for_each(|look| look(&at, &context, findings));
        }
        for dataset in &contract.datasets {
            dataset.walk(&mut |path, field| {
                let at = FieldAt { contract, dataset, field, path };
                self.field.iter().for_each(|look| look(&at, &context, findings));
            });
        }
        expressions::of_contract(contract, &context, &self.expression, findings);
    }

    /// The view of a repository that [`among`](Self::among) needs.
    pub fn across<'a>(&self, outlines: &'a dyn Outlines) -> Neighbours<'a> {
        Neighbours(Across::new(outlines, self.today))
    }

    /// What is wrong with a contract among the others.
    pub fn among(&self, outline: &Outline, others: &Neighbours<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.across.iter().for_each(|look| look(outline, &others.0, &mut findings));
        findings
    }

    /// What is wrong with a subscription in a file of its own, held against its contract.
    pub fn subscription_among(&self, subscription: &Subscription, others: &Neighbours<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.subscription_across.iter().for_each(|look| look(subscription, &others.0, &mut findings));
        findings
    }
}

/// A view of all contracts of a repository, with answers that are dear to find and asked for again and again.
pub struct Neighbours<'a>(Across<'a>);
