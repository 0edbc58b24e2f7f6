//! An impact as JSON (`pact.impact/1`, see `docs/output.md`).

use serde_json::{Value as Json, json};

use super::{Element, Impact};

/// The impact; `revision` is the commit that is shown.
pub fn json(impact: &Impact<'_>, revision: Option<&str>) -> Json {
    let consumers = impact.consumers.iter().map(|consumer| {
        let subscriber = consumer.subscriber;
        json!({
            "team": subscriber.team,
            "use_case": subscriber.use_case,
            "contact": subscriber.contact_email,
            "pin": subscriber.contract_version,
            "purpose": subscriber.purpose,
            "contract": consumer.element.contract.name,
            "fields": consumer.fields,
            "overrides": !subscriber.overrides.is_empty(),
            "path": consumer.path,
        })
    });
    let dependents = impact.dependents.iter().map(|dependent| {
        let mut json = element(dependent.element);
        json["link"] = json!(dependent.link.words());
        json["on"] = json!(dependent.on.to_string());
        json["path"] = json!(dependent.path);
        json
    });
    json!({
        "format": "pact.impact/1",
        "revision": revision,
        "subject": element(impact.subject),
        "consumers": consumers.collect::<Vec<_>>(),
        "dependents": dependents.collect::<Vec<_>>(),
        "contacts": impact.contacts(),
        "unreachable": impact.unreachable(),
    })
}

fn element(element: Element<'_>) -> Json {
    let contract = element.contract;
    json!({
        "element": element.to_string(),
        "contract": contract.name,
        "version": contract.version_text(),
        "status": contract.status.name(),
        "dataset": element.dataset.map(|dataset| &dataset.name),
        "field": element.field,
        "team": contract.publisher.team,
        "owner": contract.publisher.owner,
        "contact": contract.publisher.contact_email,
    })
}
