use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::secrets::credential_in;
use crate::lint::{Check, Context, FieldAt, Rule, RuleAt, TextAt};
use crate::model::{Contract, Literal, Path, SourceId, Subject};
use crate::source::Node;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "secret-in-text",
        group: Group::Governance,
        severity: Severity::Error,
        by_default: true,
        summary: "A password, token or key stands in a text for people, or in an example.",
        page: include_str!("secret_in_text.md"),
    },
    checks: &[
        Check::Contract(contract_texts),
        Check::Field(field_texts),
        Check::Quality(rule_texts),
        Check::Text(comments),
        Check::Text(other_documents),
    ],
};

/// The texts of one document.
struct Texts<'a> {
    source: SourceId,
    findings: &'a mut Vec<Finding>,
}

impl Texts<'_> {
    fn one(&mut self, text: Option<&str>, path: impl FnOnce() -> Path) {
        let Some(what) = text.and_then(credential_in) else { return };
        self.findings.push(found(Label::at(self.source, path()), what));
    }

    fn list(&mut self, texts: &[String], path: &dyn Fn() -> Path) {
        for (index, text) in texts.iter().enumerate() {
            self.one(Some(text), || path().index(index));
        }
    }
}

fn found(label: Label, what: &str) -> Finding {
    // What was found is never repeated: findings end up in logs that more people read than the file.
    Finding::new(&RULE.meta, label, format!("the text has {what}"))
        .secret()
        .help("change the secret, since git keeps it; then remove it from the text")
}

fn contract_texts(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut texts = Texts { source: contract.source, findings };
    texts.one(contract.description.as_deref(), || Path::of("description"));
    texts.one(contract.title.as_deref(), || Path::of("title"));
    terms(contract, &mut texts);
    people(contract, &mut texts);
    let lineage = &contract.lineage;
    let systems =
        [("pulls_from", &lineage.pulls_from), ("pushes_to", &lineage.pushes_to), ("sources", &lineage.sources)];
    for (key, systems) in systems {
        texts.list(systems, &|| Path::of("lineage").key(key));
    }
    for (index, promise) in contract.quality.iter().enumerate() {
        let path = || Path::of("quality").index(index).key("measurement_method");
        texts.one(promise.measurement_method.as_deref(), path);
    }
    for dataset in &contract.datasets {
        let at = || Path::dataset(&dataset.name);
        texts.one(dataset.description.as_deref(), || at().key("description"));
        texts.one(dataset.filter.as_deref(), || at().key("filter"));
        for (index, promise) in dataset.quality.iter().enumerate() {
            let path = || at().key("quality").index(index).key("measurement_method");
            texts.one(promise.measurement_method.as_deref(), path);
        }
    }
}

fn terms(contract: &Contract, texts: &mut Texts<'_>) {
    let Some(terms) = contract.terms.as_deref() else { return };
    let at = |key: &'static str| move || Path::of("terms").key(key);
    texts.one(terms.usage.as_deref(), at("usage"));
    texts.one(terms.liability.as_deref(), at("liability"));
    texts.one(terms.warranty.as_deref(), at("warranty"));
    texts.list(&terms.limitations, &at("limitations"));
}

/// What is said of those who use the data.
fn people(contract: &Contract, texts: &mut Texts<'_>) {
    for (index, subscriber) in contract.subscribers.iter().enumerate() {
        texts.one(subscriber.use_case.as_deref(), || Path::of("subscribers").index(index).key("use_case"));
    }
    for (index, role) in contract.access.iter().flat_map(|access| &access.roles).enumerate() {
        texts.one(role.description.as_deref(), || Path::of("access").key("roles").index(index).key("description"));
    }
}

/// Comments are read by people only, and so they hold what no machine has to understand.
fn comments(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    let text = at.file.text();
    // Which of them are comments is dear to find, and mostly there is nothing.
    if behind_hashes(text).all(|part| credential_in(part).is_none()) {
        return;
    }
    for span in at.comments() {
        let comment = text.get(span.start as usize..span.end as usize);
        if let Some(what) = comment.and_then(credential_in) {
            findings.push(found(at.label(span), what));
        }
    }
}

/// What stands behind the first `#` of each line that has one.
fn behind_hashes(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (_, behind) = text.split_once('#')?;
        let (line, rest) = behind.split_once('\n').unwrap_or((behind, ""));
        text = rest;
        Some(line)
    })
}

/// Subscriptions and calendars say little but for people.
fn other_documents(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    if at.contract.is_none() {
        scalars(at.tree, at, findings);
    }
}

fn scalars(node: &Node, at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    if let Some(what) = node.text().and_then(credential_in) {
        findings.push(found(at.label(node.span), what));
    }
    node.items().iter().for_each(|item| scalars(item, at, findings));
    node.entries().iter().for_each(|entry| scalars(&entry.value, at, findings));
}

fn rule_texts(at: &RuleAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut texts = Texts { source: at.contract.source, findings };
    texts.one(at.rule.description.as_deref(), || at.path().key("description"));
    texts.one(at.rule.expression.as_deref(), || at.path().key("expression"));
    if let Some(Subject::Query(query)) = at.rule.assertion.as_ref().map(|assertion| &assertion.subject) {
        texts.one(Some(query), || at.path().key("query"));
    }
}

fn field_texts(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let field = at.field;
    let mut texts = Texts { source: at.contract.source, findings };
    texts.one(field.description.as_deref(), || at.path.key("description"));
    for (key, value) in [("example_value", &field.example_value), ("default_value", &field.default_value)] {
        texts.one(value.as_ref().and_then(Literal::text), || at.path.key(key));
    }
    for (index, constraint) in field.constraints.iter().enumerate() {
        texts.one(constraint.message.as_deref(), || at.path.key("constraints").index(index).key("message"));
    }
    let derivation = field.semantics.as_ref().and_then(|semantics| semantics.derivation.as_deref());
    texts.one(derivation, || at.path.key("semantics").key("derivation"));
}
