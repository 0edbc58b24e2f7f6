//! The dictionary as JSON. The shape is documented in `docs/output.md`; its version is part of it.

use serde_json::{Value as Json, json as object};

use super::{Dictionary, Entry, Section};
use crate::model::ContractKind;

/// The dictionary as JSON: one object a field, so that it needs no walking. `revision` is the commit that it shows.
pub fn json(dictionary: &Dictionary<'_>, revision: Option<&str>) -> Json {
    let counts = dictionary.counts();
    let fields =
        dictionary.sections.iter().flat_map(|section| section.entries.iter().map(|entry| field(section, entry)));
    object!({
        "format": "pact.dict/1",
        "revision": revision,
        "fields": fields.collect::<Vec<_>>(),
        "summary": {
            "contracts": counts.contracts,
            "datasets": counts.datasets,
            "fields": counts.fields,
            "pii": counts.pii,
        },
    })
}

fn field(section: &Section<'_>, entry: &Entry<'_>) -> Json {
    let (contract, field) = (section.contract, entry.field);
    let privacy = field.privacy.as_deref();
    object!({
        "contract": contract.name,
        "kind": if contract.kind == ContractKind::Model { "model" } else { "contract" },
        "version": contract.version_text(),
        "status": contract.status.name(),
        "domain": contract.domain,
        "team": contract.publisher.team,
        "owner": contract.publisher.owner,
        "dataset": section.dataset.name,
        "field": entry.path,
        "type": field.type_text(),
        "nullable": field.nullable,
        "keys": entry.keys.iter().map(|key| key.name()).collect::<Vec<_>>(),
        "references": entry.references,
        "pii": field.is_pii,
        "pii_category": privacy.map_or(&[][..], |privacy| &privacy.category),
        "masking": privacy.and_then(|privacy| privacy.masking.as_ref()),
        "classification": field.classification,
        "unit": field.unit,
        "deprecated": field.deprecated.is_some(),
        "description": field.description,
        "used_by": entry.users,
    })
}
