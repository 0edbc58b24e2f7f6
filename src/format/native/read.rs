//! A checked tree to the model. The shape check has named what is wrong before; here what can't be read is passed over.

use std::sync::Arc;

use semver::Version;

use super::keys::{CALENDAR, CONTRACT, MODEL, SUBSCRIPTION};
use crate::format::Content;
use crate::model::{
    Access, Alert, Approval, AuthType, Calendar, Compatibility, Constraint, ConstraintKind, Contract, ContractKind,
    DataType, Dataset, Deprecation, Field, ForeignKey, Lifecycle, Lineage, Literal, Metric, Mode, Obligations,
    Overrides, Publisher, Quality, Quantity, Rule, RuleFamily, RuleSeverity, Scoring, ServiceLevels, Source, SourceId,
    Status, Subscriber, Subscription, Volume, Window,
};
use crate::source::shape::{Shape, check};
use crate::source::{Node, Problem, Span, Value};

/// Reads a tree: what it means, as far as its identity is readable, and what is wrong with it.
pub(in crate::format) fn read(id: SourceId, tree: &Node) -> (Option<Content>, Vec<Problem>) {
    if tree.is_null() {
        let problem = Problem::new("empty-file", Span::default(), "the file is empty");
        return (None, vec![problem.help("`pact init` writes a contract to start from")]);
    }
    let kind = tree.get("kind").and_then(Node::text).unwrap_or("contract");
    let shape: &'static Shape = match kind {
        "subscription" => &SUBSCRIPTION,
        "model" => &MODEL,
        "calendar" => &CALENDAR,
        _ => &CONTRACT,
    };
    let mut problems = check(tree, shape);
    let content = match kind {
        "subscription" => subscription(id, tree).map(|subscription| Content::Subscription(Box::new(subscription))),
        "calendar" => calendar(id, tree).map(Content::Calendar),
        _ => {
            problems.extend(datasets_given(tree));
            let kind = if kind == "model" { ContractKind::Model } else { ContractKind::Contract };
            contract(id, kind, tree).map(|contract| Content::Contract(Arc::new(contract)))
        }
    };
    (content, problems)
}

/// A contract has `schema` or `datasets`, one of the two.
fn datasets_given(tree: &Node) -> Option<Problem> {
    match (tree.entry("schema"), tree.entry("datasets")) {
        (Some(_), Some(both)) => Some(
            Problem::new("schema-and-datasets", both.key_span, "a contract has `schema` or `datasets`, not both")
                .help("move the fields of `schema` into a dataset of its own"),
        ),
        (None, None) if matches!(tree.value, Value::Map(_)) => {
            let span = tree.entries().first().map_or(tree.span, |entry| entry.key_span);
            Some(
                Problem::new("missing-key", span, "the contract has neither `schema` nor `datasets`")
                    .help("add `schema` with a list of fields"),
            )
        }
        _ => None,
    }
}

fn contract(id: SourceId, kind: ContractKind, node: &Node) -> Option<Contract> {
    let name = text(node, "name")?;
    let short_form = node.get("datasets").is_none();
    let datasets = if short_form {
        vec![Dataset { name: name.clone(), fields: fields(node.get("schema")), ..Dataset::default() }]
    } else {
        each(node.get("datasets"), dataset)
    };
    Some(Contract {
        source: id,
        kind,
        version: Version::parse(&text(node, "version")?).ok()?,
        status: word(node, "status", Status::from_name).unwrap_or_default(),
        description: text(node, "description"),
        domain: text(node, "domain"),
        tags: texts(node.get("tags")),
        metadata: dict(node.get("metadata"), literal),
        compatibility: node.get("compatibility").filter(|node| !node.is_null()).map(compatibility),
        publisher: node.get("publisher").map(publisher).unwrap_or_default(),
        datasets,
        short_form,
        quality: node.get("quality").map(quality).unwrap_or_default(),
        rules: node.get("rules").map(rules).unwrap_or_default(),
        service_levels: node.get("service_levels").map(service_levels).unwrap_or_default(),
        access: node.get("access").filter(|node| !node.is_null()).map(access),
        subscribers: each(node.get("subscribers"), subscriber),
        obligations: node.get("obligations").map(obligations).unwrap_or_default(),
        sources: node.get("sources").map_or_else(Vec::new, sources),
        lineage: node.get("lineage").map(lineage).unwrap_or_default(),
        lifecycle: node.get("lifecycle").map(lifecycle).unwrap_or_default(),
        alerts: each(node.get("alerts"), alert),
        scoring: node.get("scoring").map(scoring).unwrap_or_default(),
        name,
    })
}

fn dataset(node: &Node) -> Option<Dataset> {
    Some(Dataset {
        name: text(node, "name")?,
        description: text(node, "description"),
        physical_name: text(node, "physical_name"),
        medium: text(node, "medium"),
        fields: fields(node.get("schema")),
        unique: each(node.get("unique"), |group| Some(texts(Some(group)))),
        foreign_keys: each(node.get("foreign_keys"), |node| {
            Some(ForeignKey {
                fields: texts(node.get("fields")),
                references: text(node, "references")?,
                referenced_fields: texts(node.get("referenced_fields")),
            })
        }),
        quality: node.get("quality").map(quality).unwrap_or_default(),
        rules: node.get("rules").map(rules).unwrap_or_default(),
        service_levels: node.get("service_levels").map(service_levels).unwrap_or_default(),
        tags: texts(node.get("tags")),
        previously: texts(node.get("previously")),
    })
}

fn fields(node: Option<&Node>) -> Vec<Field> {
    each(node, |node| field(node, text(node, "name")?))
}

/// A field; items and values have the name of nothing.
fn field(node: &Node, name: String) -> Option<Field> {
    let inner = |key| node.get(key).and_then(|node| field(node, String::new())).map(Box::new);
    Some(Field {
        description: text(node, "description"),
        nullable: flag(node, "nullable").unwrap_or(true),
        unique: flag(node, "unique").unwrap_or_default(),
        is_primary_key: flag(node, "is_primary_key").unwrap_or_default(),
        is_foreign_key: flag(node, "is_foreign_key").unwrap_or_default(),
        foreign_key_reference: text(node, "foreign_key_reference"),
        is_pii: flag(node, "is_pii").unwrap_or_default(),
        classification: text(node, "classification"),
        unit: text(node, "unit"),
        format: text(node, "format"),
        precision: count(node, "precision"),
        scale: count(node, "scale"),
        physical_name: text(node, "physical_name"),
        example_value: node.get("example_value").map(literal),
        default_value: node.get("default_value").map(literal),
        previously: texts(node.get("previously")),
        deprecated: node.get("deprecated").and_then(deprecation).map(Box::new),
        internal: flag(node, "internal").unwrap_or_default(),
        tags: texts(node.get("tags")),
        metadata: dict(node.get("metadata"), literal),
        constraints: each(node.get("constraints"), |node| {
            Some(Constraint {
                kind: word(node, "type", ConstraintKind::from_name)?,
                value: node.get("value").map(literal)?,
                message: text(node, "message"),
            })
        }),
        fields: fields(node.get("fields")),
        items: inner("items"),
        values: inner("values"),
        ..Field::new(name, word(node, "data_type", DataType::from_name)?)
    })
}

fn deprecation(node: &Node) -> Option<Deprecation> {
    match &node.value {
        Value::Bool(true) => Some(Deprecation::default()),
        Value::Map(_) => Some(Deprecation {
            since: text(node, "since"),
            sunset_on: text(node, "sunset_on"),
            replaced_by: text(node, "replaced_by"),
        }),
        _ => None,
    }
}

fn compatibility(node: &Node) -> Compatibility {
    let mode = node.text().and_then(Mode::from_name).or_else(|| word(node, "mode", Mode::from_name));
    Compatibility { mode: mode.unwrap_or_default(), transitive: flag(node, "transitive").unwrap_or_default() }
}

fn publisher(node: &Node) -> Publisher {
    Publisher {
        team: text(node, "team"),
        owner: text(node, "owner"),
        repository_url: text(node, "repository_url"),
        contact_email: text(node, "contact_email"),
    }
}

fn quality(node: &Node) -> Vec<Quality> {
    let one = |node: &Node| {
        Some(Quality {
            metric: word(node, "metric_type", Metric::from_name)?,
            threshold: quantity(node, "threshold")?,
            measurement_method: text(node, "measurement_method"),
            alert_on_breach: flag(node, "alert_on_breach").unwrap_or(true),
        })
    };
    node.one_or_many().iter().filter_map(one).collect()
}

fn rules(node: &Node) -> Vec<Rule> {
    let family = |key: &str, family: RuleFamily| {
        each(node.get(key), |node| {
            Some(Rule {
                name: text(node, "name")?,
                family,
                dataset: text(node, "dataset"),
                field: text(node, "field"),
                check: text(node, "check"),
                expression: text(node, "expression"),
                threshold: quantity(node, "threshold"),
                severity: word(node, "severity", RuleSeverity::from_name).unwrap_or_default(),
                dimension: text(node, "dimension"),
                description: text(node, "description"),
            })
        })
    };
    let mut rules = family("technical", RuleFamily::Technical);
    rules.extend(family("business", RuleFamily::Business));
    rules
}

fn service_levels(node: &Node) -> ServiceLevels {
    let volume = node.get("volume");
    let of_volume = |key| volume.and_then(|volume| quantity(volume, key));
    let latency = |key| node.get("latency").and_then(|latency| quantity(latency, key));
    ServiceLevels {
        ready_by: text(node, "ready_by"),
        cadence: quantity(node, "cadence"),
        completeness_min: quantity(node, "completeness_min"),
        volume: Volume {
            baseline: of_volume("baseline"),
            floor: of_volume("floor"),
            deviation: of_volume("deviation"),
        },
        latency_p50: latency("p50"),
        latency_p95: latency("p95"),
        availability: quantity(node, "availability"),
        rpo: quantity(node, "rpo"),
        rto: quantity(node, "rto"),
        retention: quantity(node, "retention"),
    }
}

fn access(node: &Node) -> Access {
    Access {
        endpoint_url: text(node, "endpoint_url"),
        methods: texts(node.get("methods")),
        auth_type: word(node, "auth_type", AuthType::from_name),
        required_scopes: texts(node.get("required_scopes")),
        rate_limit: text(node, "rate_limit"),
        modes: texts(node.get("modes")),
        allowed_uses: texts(node.get("allowed_uses")),
    }
}

fn subscriber(node: &Node) -> Option<Subscriber> {
    let overrides = node.get("overrides");
    Some(Subscriber {
        team: text(node, "team")?,
        use_case: text(node, "use_case"),
        fields_used: texts(node.get("fields_used")),
        contact_email: text(node, "contact_email"),
        contract_version: text(node, "contract_version"),
        purpose: text(node, "purpose"),
        overrides: Overrides {
            quality: overrides.and_then(|node| node.get("quality")).map(quality).unwrap_or_default(),
            service_levels: overrides
                .and_then(|node| node.get("service_levels"))
                .map(service_levels)
                .unwrap_or_default(),
        },
    })
}

fn subscription(id: SourceId, node: &Node) -> Option<Subscription> {
    Some(Subscription {
        source: id,
        name: text(node, "name")?,
        contract: text(node, "contract")?,
        subscriber: subscriber(node)?,
    })
}

fn calendar(id: SourceId, node: &Node) -> Option<Calendar> {
    Some(Calendar {
        source: id,
        name: text(node, "name")?,
        description: text(node, "description"),
        timezone: text(node, "timezone"),
        days: each(node.get("days"), |day| Some((text(day, "date")?, text(day, "name")))),
        windows: each(node.get("windows"), |window| {
            Some(Window { from: text(window, "from")?, to: text(window, "to")?, name: text(window, "name") })
        }),
    })
}

fn obligations(node: &Node) -> Obligations {
    Obligations {
        notice_period: quantity(node, "notice_period"),
        migration_guide: text(node, "migration_guide"),
        notify: dict(node.get("notify"), |node| texts(Some(node))),
        retention: quantity(node, "retention"),
    }
}

fn sources(node: &Node) -> Vec<Source> {
    let one = |(environment, settings): (String, Vec<(String, Literal)>)| {
        let kind = settings.iter().find(|(key, _)| key == "type")?.1.text()?.to_owned();
        let settings = settings.into_iter().filter(|(key, _)| key != "type").collect();
        Some(Source { environment, kind, settings })
    };
    dict(Some(node), |node| dict(Some(node), literal)).into_iter().filter_map(one).collect()
}

fn lineage(node: &Node) -> Lineage {
    Lineage {
        depends_on: texts(node.get("depends_on")),
        pulls_from: texts(node.get("pulls_from")),
        pushes_to: texts(node.get("pushes_to")),
        sources: texts(node.get("sources")),
        derived_from: texts(node.get("derived_from")),
    }
}

fn lifecycle(node: &Node) -> Lifecycle {
    Lifecycle {
        approvals: each(node.get("approvals"), |node| {
            Some(Approval { by: text(node, "by")?, on: text(node, "on")?, role: text(node, "role") })
        }),
        effective_date: text(node, "effective_date"),
        deprecated_on: text(node, "deprecated_on"),
        sunset_on: text(node, "sunset_on"),
        replaced_by: text(node, "replaced_by"),
    }
}

fn alert(node: &Node) -> Option<Alert> {
    Some(Alert {
        severity: text(node, "severity")?,
        channel: text(node, "channel")?,
        to: text(node, "to"),
        consumer: text(node, "consumer"),
    })
}

fn scoring(node: &Node) -> Scoring {
    let weights = |node: Option<&Node>| -> Vec<(String, f64)> {
        let numbers = dict(node, |node| literal(node).number());
        numbers.into_iter().filter_map(|(name, weight)| Some((name, weight?))).collect()
    };
    Scoring { weights: weights(node.get("weights")), personas: dict(node.get("personas"), |node| weights(Some(node))) }
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.text().map(str::to_owned)
}

fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key)?.boolean()
}

fn count(node: &Node, key: &str) -> Option<u32> {
    node.get(key)?.integer()?.try_into().ok()
}

fn word<T>(node: &Node, key: &str, from_name: impl Fn(&str) -> Option<T>) -> Option<T> {
    from_name(node.get(key)?.text()?)
}

fn quantity(node: &Node, key: &str) -> Option<Quantity> {
    node.get(key)?.scalar_text().map(Quantity::new)
}

/// The texts of a list, or the one text that stands for a list of one.
fn texts(node: Option<&Node>) -> Vec<String> {
    let items = node.map(Node::one_or_many).unwrap_or_default();
    items.iter().filter_map(Node::text).map(str::to_owned).collect()
}

fn each<T>(node: Option<&Node>, read: impl Fn(&Node) -> Option<T>) -> Vec<T> {
    let items = node.map(Node::items).unwrap_or_default();
    // Nearly always all of them are sound. A list that grows as it is filled copies its fields several times over.
    let mut all = Vec::with_capacity(items.len());
    all.extend(items.iter().filter_map(read));
    all
}

fn dict<T>(node: Option<&Node>, read: impl Fn(&Node) -> T) -> Vec<(String, T)> {
    let entries = node.map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| (entry.key.to_string(), read(&entry.value))).collect()
}

fn literal(node: &Node) -> Literal {
    match &node.value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Bool(*value),
        Value::Int(value) => Literal::Int(*value),
        Value::Float(value) => Literal::Float(*value),
        Value::Text(text) => Literal::Text(text.to_string()),
        Value::List(items) => Literal::List(items.iter().map(literal).collect()),
        Value::Map(_) => Literal::Map(dict(Some(node), literal)),
    }
}
