//! The contract itself: identity, life, labels.

use std::cmp::Ordering;

use jiff::civil::Date;
use semver::Version;

use super::super::change::{At, Changes, text, texts};
use super::documentation::{description, metadata, tags, without};
use super::{code, publisher, quality, service_levels};
use crate::finding::change::{ChangeMeta, Level, Levels};
use crate::model::{Compatibility, Contract, ContractKind, Literal, Mode, Path, Status};
use crate::source::words::quoted;

pub(super) fn compare(changes: &mut Changes, base: &Contract, head: &Contract) {
    let whole = At::both(&Path::root());
    identity(changes, &whole, base, head);
    grammar(changes, base, head);
    if base.kind != head.kind {
        let kind = |kind| text(if kind == ContractKind::Model { "model" } else { "contract" });
        changes.property(&code::CONTRACT_KIND_CHANGED, &whole, "kind", Some(kind(base.kind)), Some(kind(head.kind)));
    }
    status(changes, base, head);
    lifecycle(changes, base, head);
    publisher::compare(changes, base, head);
    let (title, tenant) = ([&code::CONTRACT_NAME_CHANGED; 3], [&code::TENANT_CHANGED; 3]);
    changes.optional(title, &At::of("title"), "", base.title.as_ref(), head.title.as_ref(), text);
    changes.optional(tenant, &At::of("tenant"), "", base.tenant.as_ref(), head.tenant.as_ref(), text);
    let domain = [&code::DOMAIN_CHANGED; 3];
    changes.optional(domain, &At::of("domain"), "", base.domain.as_ref(), head.domain.as_ref(), text);
    description(changes, &whole, base.description.as_ref(), head.description.as_ref(), &code::SEMANTICS_TEXT_CHANGED);
    tags(changes, &whole, &base.tags, &head.tags);
    let moved = publisher::moved(&base.publisher, &head.publisher);
    metadata(changes, &whole, &without(&base.metadata, &moved), &without(&head.metadata, &moved));
    let lineage = [
        ("depends_on", &base.lineage.depends_on, &head.lineage.depends_on),
        ("pulls_from", &base.lineage.pulls_from, &head.lineage.pulls_from),
        ("pushes_to", &base.lineage.pushes_to, &head.lineage.pushes_to),
        ("sources", &base.lineage.sources, &head.lineage.sources),
        ("derived_from", &base.lineage.derived_from, &head.lineage.derived_from),
    ];
    for (key, base, head) in lineage.into_iter().filter(|(_, base, head)| base != head) {
        let at = At::of("lineage").key(key);
        let value = |list: &[String]| (!list.is_empty()).then(|| texts(list));
        changes.push(&code::LINEAGE_CHANGED, &at, value(base), value(head));
    }
    if base.scoring != head.scoring {
        changes.push(&code::CUSTOM_PROPERTY_CHANGED, &At::of("scoring"), None, None);
    }
    compatibility(changes, base.compatibility, head.compatibility);
    quality::compare(changes, &whole, &base.quality, &head.quality);
    service_levels::compare(changes, &At::of("service_levels"), &base.service_levels, &head.service_levels);
}

/// What others know the contract by: its `id`, and its name where it has none. The name of what has an id is a label.
fn identity(changes: &mut Changes, whole: &At, base: &Contract, head: &Contract) {
    let renamed = base.name != head.name;
    let (names, ids) =
        ((Some(text(&base.name)), Some(text(&head.name))), (base.id.as_ref().map(text), head.id.as_ref().map(text)));
    let (meta, key, (before, after)) = match (&base.id, &head.id) {
        _ if base.key() == head.key() && !renamed => return,
        _ if base.key() == head.key() => (&code::CONTRACT_NAME_CHANGED, "name", names),
        // To say it for the first time moves nothing: nobody could know the contract by it.
        (None, Some(_)) if !renamed => (&code::CUSTOM_PROPERTY_CHANGED, "id", ids),
        (None, _) => (&code::CONTRACT_ID_CHANGED, "name", names),
        (Some(_), _) => (&code::CONTRACT_ID_CHANGED, "id", ids),
    };
    changes.property(meta, whole, key, before, after);
}

/// The grammar that the contract is written in, where both sides are written in versions of one format.
fn grammar(changes: &mut Changes, base: &Contract, head: &Contract) {
    let parts = |contract: &Contract| -> Option<(String, Version)> {
        let (format, version) = contract.format_version.as_ref()?.rsplit_once(' ')?;
        Some((format.to_owned(), Version::parse(version).ok()?))
    };
    let (Some((one, before)), Some((other, after))) = (parts(base), parts(head)) else { return };
    let meta = match before.cmp(&after) {
        _ if one != other => return,
        Ordering::Equal => return,
        Ordering::Less => &code::SPEC_VERSION_RAISED,
        Ordering::Greater => &code::SPEC_VERSION_LOWERED,
    };
    let value = |contract: &Contract| contract.format_version.as_ref().map(text);
    changes.push(meta, &At::of("format_version"), value(base), value(head));
}

/// Whom versions protect. Who is protected no longer was promised it: to promise less is a break like any other.
fn compatibility(changes: &mut Changes, base: Option<Compatibility>, head: Option<Compatibility>) {
    let (before, after) = (base.unwrap_or_default(), head.unwrap_or_default());
    // By how much a party is protected: not, from the version before, from every version that is pinned.
    let far = |one: Compatibility| 1 + u8::from(one.transitive);
    let reader = |one: Compatibility| if matches!(one.mode, Mode::Readers | Mode::Both) { far(one) } else { 0 };
    let writer = |one: Compatibility| if matches!(one.mode, Mode::Writers | Mode::Both) { far(one) } else { 0 };
    let level = |before: u8, after: u8| match after.cmp(&before) {
        Ordering::Less => Level::Major,
        Ordering::Greater => Level::Minor,
        Ordering::Equal => Level::None,
    };
    let levels = Levels { reader: level(reader(before), reader(after)), writer: level(writer(before), writer(after)) };
    let meta = match levels.reader.max(levels.writer) {
        Level::None | Level::Patch => return,
        Level::Minor => &code::COMPATIBILITY_STRENGTHENED,
        Level::Major => &code::COMPATIBILITY_WEAKENED,
    };
    let shown = |one: Compatibility| {
        Some(text(&format!("{}{}", one.mode.name(), if one.transitive { ", transitive" } else { "" })))
    };
    changes.push(meta, &At::of("compatibility"), shown(before), shown(after)).levels = levels;
}

fn status(changes: &mut Changes, old: &Contract, new: &Contract) {
    use Status::{Active, Approved, Deprecated, Draft, Proposed, Retired};
    let (base, head) = (old.status, new.status);
    let meta: &'static ChangeMeta = match (base, head) {
        (Draft | Proposed | Approved, Active) => &code::STATUS_ACTIVATED,
        (Active | Deprecated, Draft | Proposed | Approved) => &code::STATUS_WITHDRAWN,
        (Draft | Proposed | Approved | Active, Deprecated) => &code::STATUS_DEPRECATED,
        (Deprecated, Active) => &code::STATUS_UNDEPRECATED,
        (Active, Retired) => &code::STATUS_RETIRED_WITHOUT_DEPRECATION,
        (Deprecated, Retired) => match date(old.lifecycle.sunset_on.as_ref()) {
            Some(sunset) if changes.today < sunset => &code::STATUS_RETIRED_BEFORE_SUNSET,
            Some(_) => &code::STATUS_RETIRED_AFTER_SUNSET,
            // A deprecation without a last day announced no end.
            None => &code::STATUS_RETIRED_WITHOUT_DEPRECATION,
        },
        (Retired, Active | Deprecated) => &code::STATUS_REVIVED,
        _ if base == head => return unknown_status(changes, old, new),
        // Nobody relies on what is not in force yet, or no longer.
        _ => &code::STATUS_CHANGED,
    };
    let change = changes.push(meta, &At::of("status"), Some(status_text(old)), Some(status_text(new)));
    // What is not known is taken for active on either side: that is why it is a step at all.
    let unknown = [old, new].into_iter().find_map(|side| side.written_status.as_ref());
    change.help = unknown.map(|word| format!("pact does not know the status {}: it counts as active", quoted(word)));
}

/// The status as it is written.
fn status_text(contract: &Contract) -> Literal {
    text(contract.written_status.as_deref().unwrap_or(contract.status.name()))
}

/// A word that is none of the known ones counts as active, and so it may replace that, or another such word.
fn unknown_status(changes: &mut Changes, old: &Contract, new: &Contract) {
    let folded = |contract: &Contract| contract.written_status.as_ref().map(|word| word.trim().to_lowercase());
    if folded(old) != folded(new) {
        changes.push(&code::STATUS_UNKNOWN, &At::of("status"), Some(status_text(old)), Some(status_text(new)));
    }
}

fn date(text: Option<&String>) -> Option<Date> {
    text?.parse().ok()
}

fn lifecycle(changes: &mut Changes, old: &Contract, new: &Contract) {
    let (base, head) = (&old.lifecycle, &new.lifecycle);
    let at = At::of("lifecycle");
    let still_deprecated = new.status == Status::Deprecated;
    sunset(changes, &at, base.sunset_on.as_ref(), head.sunset_on.as_ref(), still_deprecated);
    successor(changes, &at, base.replaced_by.as_ref(), head.replaced_by.as_ref());
    let (before, after) = (base.effective_date.as_ref(), head.effective_date.as_ref());
    // Without a date the promise binds already.
    // What is in force already holds until a new version takes its place: the day is that of the new version.
    let is_in_force = date(before).is_none_or(|day| day <= changes.today);
    let meta = if old.version != new.version && is_in_force && date(after) > date(before) {
        &code::EFFECTIVE_DATE_ADDED
    } else if date(after) > date(before) {
        &code::EFFECTIVE_DATE_POSTPONED
    } else {
        &code::EFFECTIVE_DATE_BROUGHT_FORWARD
    };
    changes.optional([meta; 3], &at.key("effective_date"), "", before, after, text);
    let (before, after) = (base.available_from.as_ref(), head.available_from.as_ref());
    // Without a date everybody can have it already.
    let meta = if date(after) > date(before) {
        &code::GENERAL_AVAILABILITY_POSTPONED
    } else {
        &code::GENERAL_AVAILABILITY_BROUGHT_FORWARD
    };
    changes.optional([meta; 3], &at.key("available_from"), "", before, after, text);
    let (before, after) = (base.expires_on.as_ref(), head.expires_on.as_ref());
    let meta =
        if is_sooner(before, after) { &code::VALIDITY_END_BROUGHT_FORWARD } else { &code::VALIDITY_END_POSTPONED };
    changes.optional([meta; 3], &at.key("expires_on"), "", before, after, text);
    let (before, after) = (base.support_until.as_ref(), head.support_until.as_ref());
    let meta =
        if is_sooner(before, after) { &code::END_OF_SUPPORT_BROUGHT_FORWARD } else { &code::END_OF_SUPPORT_POSTPONED };
    changes.optional([meta; 3], &at.key("support_until"), "", before, after, text);
    if old.status == new.status {
        // When readers were told: what counts from that day is judged with the version.
        let told = [&code::DEPRECATION_DATE_CHANGED; 3];
        let (before, after) = (base.deprecated_on.as_ref(), head.deprecated_on.as_ref());
        changes.optional(told, &at.key("deprecated_on"), "", before, after, text);
    }
}

/// Whether an end comes sooner than before. Without a date it never comes.
fn is_sooner(base: Option<&String>, head: Option<&String>) -> bool {
    date(head).is_some_and(|head| date(base).is_none_or(|base| head < base))
}

/// The last day of a contract or a field.
pub(super) fn sunset(
    changes: &mut Changes,
    at: &At,
    base: Option<&String>,
    head: Option<&String>,
    still_deprecated: bool,
) {
    let moved = if date(head) < date(base) { &code::SUNSET_BROUGHT_FORWARD } else { &code::SUNSET_POSTPONED };
    if head.is_some() || still_deprecated {
        let metas = [&code::SUNSET_ADDED, &code::SUNSET_REMOVED, moved];
        changes.optional(metas, &at.key("sunset_on"), "", base, head, text);
    }
}

/// What to use instead of a contract or a field.
pub(super) fn successor(changes: &mut Changes, at: &At, base: Option<&String>, head: Option<&String>) {
    let metas = [&code::SUCCESSOR_ADDED, &code::SUCCESSOR_REMOVED, &code::SUCCESSOR_CHANGED];
    changes.optional(metas, &at.key("replaced_by"), "", base, head, text);
}
