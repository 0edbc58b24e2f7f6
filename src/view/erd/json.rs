//! The graph as JSON. The shape is documented in `docs/output.md`; its version is part of it.

use serde_json::{Value as Json, json as object};

use super::{Attribute, Count, Detail, Entity, Graph, Relation};

impl Count {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::ExactlyOne => "exactly_one",
            Self::ZeroOrOne => "zero_or_one",
            Self::OneOrMore => "one_or_more",
            Self::ZeroOrMore => "zero_or_more",
        }
    }
}

/// The graph as JSON, with as many fields as wanted. `revision` is the commit that it shows.
pub fn json(graph: &Graph<'_>, detail: Detail, revision: Option<&str>) -> Json {
    let name = |index: usize| graph.entities.get(index).map(|entity| entity.name.as_str());
    let relation = |relation: &Relation| {
        object!({
            "from": name(relation.from),
            "from_fields": relation.from_fields,
            "from_count": relation.from_count.name(),
            "to": name(relation.to),
            "to_fields": relation.to_fields,
            "to_count": relation.to_count.name(),
            "identifying": relation.identifying,
        })
    };
    object!({
        "format": "pact.erd/1",
        "revision": revision,
        "fields": detail.name(),
        "entities": graph.entities.iter().map(|one| entity(one, detail)).collect::<Vec<_>>(),
        "relations": graph.relations.iter().map(relation).collect::<Vec<_>>(),
        "dangling": graph.dangling.iter().map(|dangling| object!({
            "from": dangling.from,
            "from_fields": dangling.fields,
            "reference": dangling.reference,
            "reason": dangling.reason,
        })).collect::<Vec<_>>(),
    })
}

fn entity(entity: &Entity<'_>, detail: Detail) -> Json {
    let contract = entity.contract;
    object!({
        "name": entity.name,
        "contract": contract.name,
        "dataset": entity.dataset.name,
        "version": contract.version_text(),
        "status": contract.status.name(),
        "domain": contract.domain,
        "team": contract.publisher.team,
        "description": entity.dataset.description.as_ref().or(contract.description.as_ref()),
        "attributes": entity.attributes.iter().filter(|one| detail.shows(one)).map(attribute).collect::<Vec<_>>(),
    })
}

fn attribute(attribute: &Attribute<'_>) -> Json {
    object!({
        "name": attribute.path,
        "type": attribute.field.type_text(),
        "keys": attribute.keys.iter().map(|key| key.name()).collect::<Vec<_>>(),
        "nullable": attribute.field.nullable,
        "pii": attribute.field.is_pii,
        "description": attribute.field.description,
    })
}
