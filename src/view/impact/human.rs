//! An impact for a person.

use std::fmt::Write as _;

use super::{Consumer, Impact};
use crate::model::Contract;
use crate::report::{counted, sanitize};

/// How many fields of a consumer are named.
const MOST_FIELDS: usize = 4;

/// Consumers, then what hangs on the subject with the way that leads there, then whom to tell.
pub fn human(impact: &Impact<'_>) -> String {
    let subject = impact.subject;
    let mut text = format!(
        "{subject}  {} {}{}\n",
        subject.contract.version,
        subject.contract.status.name(),
        owner(subject.contract)
    );
    if impact.consumers.is_empty() && impact.dependents.is_empty() {
        text.push_str("\nNobody is known to use it: no subscriber, no reference, no derived contract.\n");
        return text;
    }
    if !impact.consumers.is_empty() {
        text.push_str("\nConsumers\n");
        for consumer in &impact.consumers {
            let _ = writeln!(text, "  {}", self::consumer(consumer));
        }
    }
    if !impact.dependents.is_empty() {
        text.push_str("\nContracts\n");
        for dependent in &impact.dependents {
            let indent = "  ".repeat(dependent.path.len() - 1);
            let (element, on) = (dependent.element, dependent.on);
            let _ = writeln!(text, "{indent}{element} {} {on}{}", dependent.link.words(), owner(element.contract));
        }
    }
    let contacts: Vec<&str> = impact.contacts().into_iter().collect();
    if !contacts.is_empty() {
        let _ = writeln!(text, "\nTell {}", contacts.join(", "));
    }
    let unreachable: Vec<&str> = impact.unreachable().into_iter().collect();
    if !unreachable.is_empty() {
        let also = if contacts.is_empty() { "Tell" } else { "And tell" };
        let gap = if contacts.is_empty() { "\n" } else { "" };
        let _ = writeln!(text, "{gap}{also} {}: no address is known", unreachable.join(", "));
    }
    let counts = [counted(impact.consumers.len(), "consumer"), counted(impact.dependents.len(), "dependent element")];
    let _ = writeln!(text, "\n{}.", counts.join(", "));
    sanitized(&text)
}

fn sanitized(text: &str) -> String {
    text.lines().fold(String::new(), |safe, line| safe + &sanitize::line(line) + "\n")
}

fn owner(contract: &Contract) -> String {
    let publisher = &contract.publisher;
    let parts: Vec<&str> = [&publisher.team, &publisher.owner, &publisher.contact_email]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if parts.is_empty() { String::new() } else { format!("  ({})", parts.join(", ")) }
}

fn consumer(consumer: &Consumer<'_>) -> String {
    let subscriber = consumer.subscriber;
    let mut parts = vec![match consumer.fields.as_slice() {
        [] => format!("all of {}", consumer.element.contract.name),
        fields if fields.len() > MOST_FIELDS => {
            let shown = fields[..MOST_FIELDS].join(", ");
            format!("{shown} and {} more of {}", fields.len() - MOST_FIELDS, consumer.element.contract.name)
        }
        fields => format!("{} of {}", fields.join(", "), consumer.element.contract.name),
    }];
    parts.extend(subscriber.contract_version.as_ref().map(|pin| format!("pinned to {pin}")));
    parts.extend(subscriber.use_case.as_ref().map(|use_case| use_case.trim_end_matches('.').to_owned()));
    if consumer.path.len() > 1 {
        parts.push(format!("through {}", consumer.path[1..].join(" > ")));
    }
    let contact = subscriber.contact_email.as_ref().map_or_else(String::new, |contact| format!(" <{contact}>"));
    format!("{}{contact}: {}", subscriber.team, parts.join("; "))
}
