//! Documents beside contracts: subscriptions and calendars.

use super::service_levels::service_levels;
use super::terms::quality;
use crate::format::values::{each, scalar, text, texts};
use crate::model::{Calendar, Overrides, SourceId, Subscriber, Subscription, Window};
use crate::source::Node;

pub(super) fn subscription(id: SourceId, node: &Node) -> Option<Subscription> {
    Some(Subscription {
        source: id,
        name: text(node, "name")?,
        contract: scalar(node, "contract")?,
        subscriber: subscriber(node)?,
    })
}

pub(super) fn calendar(id: SourceId, node: &Node) -> Option<Calendar> {
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

pub(super) fn subscriber(node: &Node) -> Option<Subscriber> {
    let overrides = node.get("overrides");
    Some(Subscriber {
        team: text(node, "team")?,
        use_case: text(node, "use_case"),
        fields_used: texts(node.get("fields_used")),
        contact_email: text(node, "contact_email"),
        contract_version: text(node, "contract_version"),
        purpose: text(node, "purpose"),
        until: text(node, "until"),
        overrides: Overrides {
            quality: overrides.and_then(|node| node.get("quality")).map(quality).unwrap_or_default(),
            service_levels: overrides
                .and_then(|node| node.get("service_levels"))
                .map(service_levels)
                .unwrap_or_default(),
        },
    })
}
