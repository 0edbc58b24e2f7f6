//! What is promised of operation.

use crate::format::values::{quantity, text, word};
use crate::model::{
    DeliveryDirection, DeliveryMode, DeliveryTerms, Driver, Hours, Incidents, Maintenance, OperationTerms,
    ServiceLevels, Support, Volume, Weekday,
};
use crate::source::Node;

pub(super) fn service_levels(node: &Node) -> ServiceLevels {
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
            ceiling: of_volume("ceiling"),
            deviation: of_volume("deviation"),
        },
        latency_p50: latency("p50"),
        latency_p95: latency("p95"),
        availability: quantity(node, "availability"),
        rpo: quantity(node, "rpo"),
        rto: quantity(node, "rto"),
        retention: quantity(node, "retention"),
        operation: operation(node),
    }
}

fn operation(node: &Node) -> Option<Box<OperationTerms>> {
    let incidents = |key| node.get("incidents").and_then(|incidents| quantity(incidents, key));
    let operation = OperationTerms {
        delivery: node.get("delivery").map(delivery).unwrap_or_default(),
        availability_hours: hours(node.get("availability_hours")),
        availability_period: quantity(node, "availability_period"),
        maintenance: node.get("maintenance").filter(|node| !node.is_null()).map(|node| Maintenance {
            hours: hours(node.get("hours")),
            at_most: quantity(node, "at_most"),
            period: quantity(node, "period"),
        }),
        throughput: quantity(node, "throughput"),
        error_rate: quantity(node, "error_rate"),
        replay_window: quantity(node, "replay_window"),
        backup_every: quantity(node, "backup_every"),
        incidents: Incidents {
            detect_within: incidents("detect_within"),
            notify_within: incidents("notify_within"),
            repair_within: incidents("repair_within"),
        },
        support: Support {
            hours: hours(node.get("support").and_then(|support| support.get("hours"))),
            respond_within: node.get("support").and_then(|support| quantity(support, "respond_within")),
        },
        driver: word(node, "driver", Driver::from_name),
        penalty: quantity(node, "penalty"),
    };
    (operation != OperationTerms::default()).then(|| Box::new(operation))
}

fn delivery(node: &Node) -> DeliveryTerms {
    DeliveryTerms {
        mode: word(node, "mode", DeliveryMode::from_name),
        direction: word(node, "direction", DeliveryDirection::from_name),
        days: days(node),
    }
}

fn days(node: &Node) -> Vec<Weekday> {
    let days = node.get("days").map(Node::items).unwrap_or_default();
    days.iter().filter_map(|day| Weekday::from_name(day.text()?)).collect()
}

fn hours(node: Option<&Node>) -> Vec<Hours> {
    let list = node.map(Node::one_or_many).unwrap_or_default();
    let one = |node: &Node| Hours {
        days: days(node),
        from: text(node, "from"),
        to: text(node, "to"),
        timezone: text(node, "timezone"),
    };
    list.iter().filter(|node| !node.is_null()).map(one).collect()
}
