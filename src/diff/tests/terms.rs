//! Terms, service levels and access beyond the pages: what a missing key means, both ways of each change, spellings.

use super::{TODAY, both, contract_of};
use crate::diff::contract;
use crate::finding::change::{Level, Sureness};

/// A contract with something more at its top level.
fn with(more: &str) -> String {
    format!("name: orders\nversion: 1.0.0\nschema:\n  - {{name: id, data_type: string}}\n{more}\n")
}

fn codes(before: &str, after: &str) -> Vec<&'static str> {
    both(&with(before), &with(after)).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn promises_of_freshness_are_paired_by_their_field_and_named_by_it() {
    let odcs = |levels: &[&str]| {
        let levels: String =
            levels.iter().fold(String::new(), |text, level| text + "  - {property: latency, unit: h, " + level + "}\n");
        format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: c-shop\nname: shop\nversion: 1.0.0\nstatus: active\nschema:\n  \
             - {{name: orders, properties: [{{name: at, logicalType: date}}]}}\n  \
             - {{name: lines, properties: [{{name: at, logicalType: date}}]}}\nslaProperties:\n{levels}"
        )
    };
    let shown = |before: &[&str], after: &[&str]| {
        let (base, head) = (contract_of(&odcs(before), 0), contract_of(&odcs(after), 1));
        let changes = contract(base.as_ref(), head.as_ref(), TODAY);
        changes.iter().map(|change| format!("{} {}", change.meta.code, change.element())).collect::<Vec<_>>()
    };
    let (orders, lines) = ("value: 9, element: orders.at", "value: 4, element: lines.at");
    assert_eq!(shown(&[orders, lines], &[lines, orders]), [""; 0]);
    assert_eq!(
        shown(&[orders, lines], &["value: 5, element: lines.at", "value: 10, element: orders.at"]),
        ["freshness-loosened quality.freshness.lines.at", "freshness-loosened quality.freshness.orders.at"]
    );
    assert_eq!(shown(&[orders, lines], &[lines]), ["quality-check-removed quality.freshness.orders.at"]);
    // A single one needs no name.
    assert_eq!(shown(&[orders], &["value: 10, element: orders.at"]), ["freshness-loosened quality.freshness"]);
    assert_eq!(shown(&[orders], &["value: 9, element: lines.at"]), ["freshness-element-changed quality.freshness"]);
}

#[test]
fn another_spelling_of_the_same_terms_is_no_change() {
    let pairs = [
        ("service_levels: {throughput: 60 rows/min}", "service_levels: {throughput: 1 record per second}"),
        ("service_levels: {throughput: 1 MB/s}", "service_levels: {throughput: 1000 kB/s}"),
        (
            "service_levels: {maintenance: {at_most: 4 hours}}",
            "service_levels: {maintenance: {at_most: 240m, period: 1 month}}",
        ),
        (
            "service_levels: {support: {hours: {days: [monday, tuesday], from: 09:00, to: 17:00}}}",
            "service_levels: {support: {hours: [{days: [tuesday, monday], from: 09:00, to: 12:00, timezone: UTC}, \
             {days: [monday, tuesday], from: 12:00, to: 17:00}]}}",
        ),
        ("", "service_levels: {availability_hours: {timezone: Asia/Tokyo}}"),
        ("", "service_levels: {delivery: {days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}}"),
        ("terms: {license: CC-BY-4.0}", "terms: {license: cc-by-4.0}"),
        ("terms: {liability: none  at all}", "terms: {liability: none at all}"),
        ("price: {amount: 5, currency: EUR, per: month}", "price: {amount: 5.0, currency: EUR, per: per Month}"),
        ("price: {amount: 10, currency: EUR, per: month}", "price: {amount: 120, currency: EUR, per: year}"),
        ("service_levels: {ready_by: '06:00 UTC'}", "service_levels: {ready_by: '07:00 +01:00'}"),
        ("service_levels: {ready_by: '06:00 UTC'}", "service_levels: {ready_by: '6:00 UTC'}"),
        (
            "service_levels: {availability_hours: {from: 08:00, to: 18:00}}",
            "service_levels: {availability_hours: {from: 09:00, to: 19:00, timezone: '+01:00'}}",
        ),
        ("access: {endpoint_url: 'https://x.example.com/a'}", "access: {endpoint_url: 'HTTPS://X.example.com:443/a'}"),
        ("", "price: {amount: 0, currency: EUR}"),
        ("terms: {usage: for  reports}", "terms: {usage: for reports}"),
        ("access: {allowed_networks: [10.0.0.0/8]}", "access: {allowed_networks: [10.0.0.0/9, 10.128.0.0/9]}"),
        ("access: {roles: [{name: a}, {name: b}]}", "access: {roles: [{name: b}, {name: a, allows: read}]}"),
        ("access: {pagination: none, sharing: allowed}", "access: {}"),
        ("publisher: {members: [a, b]}", "publisher: {members: [b, a]}"),
        (
            "rules: {technical: [{name: r, check: x, where: 'a  > 1', engine: Soda}]}",
            "rules: {technical: [{name: r, check: x, where: a > 1, engine: soda}]}",
        ),
    ];
    for (one, other) in pairs {
        assert_eq!(codes(one, other), [""; 0], "{one}");
        assert_eq!(codes(other, one), [""; 0], "{other}");
    }
}

#[test]
fn each_way_has_its_name() {
    let pairs = [
        ("", "service_levels: {error_rate: 1%}", "sla-added", "sla-removed"),
        ("", "service_levels: {penalty: 1%}", "penalty-raised", "penalty-reduced"),
        ("", "service_levels: {maintenance: {}}", "maintenance-window-extended", "maintenance-window-reduced"),
        ("", "service_levels: {delivery: {direction: push}}", "sla-added", "sla-removed"),
        ("", "service_levels: {support: {hours: {from: 08:00}}}", "sla-added", "sla-removed"),
        ("", "service_levels: {driver: analytics}", "sla-driver-changed", "sla-driver-changed"),
        (
            "service_levels: {availability_hours: {from: 08:00}}",
            "service_levels: {availability_hours: {from: 09:00}}",
            "availability-window-changed",
            "availability-raised",
        ),
        (
            "service_levels: {availability_hours: {from: 08:00}}",
            "service_levels: {availability_hours: {from: 08:00, timezone: Asia/Tokyo}}",
            "availability-window-changed",
            "availability-window-changed",
        ),
        (
            "service_levels: {maintenance: {hours: {days: [sunday]}}}",
            "service_levels: {maintenance: {hours: {days: [monday]}}}",
            "sla-property-unknown",
            "sla-property-unknown",
        ),
        ("", "lifecycle: {expires_on: '2030-01-01'}", "validity-end-brought-forward", "validity-end-postponed"),
        ("", "lifecycle: {support_until: '2030-01-01'}", "end-of-support-brought-forward", "end-of-support-postponed"),
        (
            "",
            "lifecycle: {available_from: '2030-01-01'}",
            "general-availability-postponed",
            "general-availability-brought-forward",
        ),
        ("", "price: {amount: 1, currency: EUR}", "price-raised", "price-lowered"),
        (
            "price: {amount: 10, currency: EUR, per: month}",
            "price: {amount: 100, currency: EUR, per: year}",
            "price-lowered",
            "price-raised",
        ),
        (
            "service_levels: {ready_by: '06:00 UTC'}",
            "service_levels: {ready_by: '06:30 +01:00'}",
            "ready-by-earlier",
            "ready-by-later",
        ),
        (
            "service_levels: {ready_by: '06:00 UTC'}",
            "service_levels: {ready_by: '06:00 Europe/Amsterdam'}",
            "ready-by-timezone-changed",
            "ready-by-timezone-changed",
        ),
        ("compatibility: none", "compatibility: both", "compatibility-strengthened", "compatibility-weakened"),
        ("compatibility: readers", "compatibility: writers", "compatibility-weakened", "compatibility-weakened"),
        (
            "compatibility: readers",
            "compatibility: {mode: readers, transitive: true}",
            "compatibility-strengthened",
            "compatibility-weakened",
        ),
        ("", "lineage: {derived_from: [a]}", "lineage-changed", "lineage-changed"),
        (
            "price: {amount: 1, currency: EUR}",
            "price: {amount: 1, currency: USD}",
            "price-unit-changed",
            "price-unit-changed",
        ),
        ("price: {amount: 0, currency: EUR}", "price: {amount: 1, currency: USD}", "price-raised", "price-lowered"),
        ("access: {}", "access: {page_size: 10}", "response-page-size-lowered", "response-page-size-raised"),
        (
            "access: {}",
            "access: {credentials_rotation: 90 days}",
            "credentials-rotation-shortened",
            "credentials-rotation-lengthened",
        ),
        ("access: {}", "access: {minimum_tls: tls1.2}", "network-restricted", "network-relaxed"),
        (
            "access: {allowed_networks: [10.0.0.0/8]}",
            "access: {allowed_networks: [10.1.0.0/16]}",
            "network-restricted",
            "network-relaxed",
        ),
        ("access: {sharing: internal}", "access: {sharing: forbidden}", "sharing-restricted", "sharing-relaxed"),
        (
            "access: {roles: [{name: a, fields: [id]}]}",
            "access: {roles: [{name: a}]}",
            "role-access-extended",
            "role-access-reduced",
        ),
        (
            "publisher: {contact_email: a@b}",
            "publisher: {contact_email: a@b, channels: [{channel: slack, to: x}]}",
            "support-channel-added",
            "support-channel-removed",
        ),
        (
            "",
            "publisher: {channels: [{channel: slack, to: x}]}",
            "support-channel-added",
            "support-channel-last-removed",
        ),
        (
            "publisher: {channels: [{channel: slack, to: x}]}",
            "publisher: {channels: [{channel: slack, to: y}]}",
            "contact-changed",
            "contact-changed",
        ),
        (
            "quality: {metric_type: freshness, threshold: 1 hour}",
            "quality: {metric_type: freshness, threshold: 1 hour, timestamp_field: id}",
            "sla-added",
            "sla-removed",
        ),
        (
            "quality: {metric_type: volume, threshold: 1, where: a > 1}",
            "quality: {metric_type: volume, threshold: 1, where: a > 2}",
            "quality-query-changed",
            "quality-query-changed",
        ),
        (
            "sources: {production: {type: csv, path: a.csv}}",
            "sources: {production: {type: csv, path: a.csv, region: eu}}",
            "sla-added",
            "sla-removed",
        ),
    ];
    for (before, after, there, back) in pairs {
        assert_eq!(codes(before, after), [there], "{before} to {after}");
        assert_eq!(codes(after, before), [back], "{after} to {before}");
    }
}

#[test]
fn an_old_address_counts_until_its_last_day() {
    // Today is 2026-01-01.
    let at = |url: &str, redirects: &str| format!("access: {{endpoint_url: '{url}', redirects: [{redirects}]}}");
    let to = |until: &str| at("https://b/", &format!("{{from: 'https://a', until: '{until}'}}"));
    let old = at("https://a/", "");
    assert_eq!(codes(&old, &to("2026-01-01")), ["endpoint-address-redirected"]);
    assert_eq!(codes(&old, &to("2025-12-31")), ["endpoint-address-changed"]);
    assert_eq!(codes(&to("2026-06-01"), &old), ["endpoint-address-changed"]);
    assert_eq!(codes(&to("2026-06-01"), &to("2026-03-01")), ["sunset-brought-forward"]);
    assert_eq!(codes(&to("2026-03-01"), &to("2026-06-01")), ["sunset-postponed"]);
    let gone = at("https://b/", "");
    assert_eq!(codes(&to("2026-06-01"), &gone), ["server-removed"]);
    assert_eq!(codes(&to("2025-12-31"), &gone), [""; 0], "it ended as announced");
    // Twice the same address, with two days: a slip of the pen, and no change against itself.
    let twice = at("https://b", "{from: 'https://a', until: '2026-06-01'}, {from: 'https://a/', until: '2026-07-01'}");
    assert_eq!(codes(&twice, &twice), [""; 0]);
}

#[test]
fn the_last_channel_says_it_for_all() {
    let people = "publisher: {contact_email: a@b, channels: [{channel: slack, to: x}, {channel: phone, to: y}]}";
    assert_eq!(codes(people, ""), ["support-channel-last-removed"]);
    let roles = "access: {roles: [{name: a, allows: write}, {name: a}]}";
    assert_eq!(codes(roles, roles), [""; 0]);
}

#[test]
fn what_a_consumer_was_promised_of_operation_is_compared_too() {
    let promise = |levels: &str| format!("subscribers: [{{team: crm, overrides: {{service_levels: {{{levels}}}}}}}]");
    let pairs = [
        ("", "error_rate: 1%", "override-added", "override-removed"),
        ("error_rate: 1%", "error_rate: 0.1%", "override-tightened", "override-loosened"),
        ("", "delivery: {days: [monday]}", "override-added", "override-removed"),
        ("delivery: {days: [monday]}", "delivery: {days: [monday, friday]}", "override-tightened", "override-loosened"),
        (
            "support: {hours: {from: 09:00}}",
            "support: {hours: {from: 08:00}}",
            "override-tightened",
            "override-loosened",
        ),
        ("maintenance: {at_most: 1 hour}", "maintenance: {}", "override-loosened", "override-tightened"),
        ("driver: analytics", "driver: regulatory", "sla-driver-changed", "sla-driver-changed"),
    ];
    for (before, after, there, back) in pairs {
        assert_eq!(codes(&promise(before), &promise(after)), [there], "{before} to {after}");
        assert_eq!(codes(&promise(after), &promise(before)), [back], "{after} to {before}");
    }
    let quality = |more: &str| {
        let promise = format!("{{metric_type: completeness, threshold: 99%{more}}}");
        format!("subscribers: [{{team: crm, overrides: {{quality: [{promise}]}}}}]")
    };
    assert_eq!(codes(&quality(""), &quality(", where: a > 1")), ["override-loosened"]);
    assert_eq!(codes(&quality(", where: a > 1"), &quality("")), ["override-tightened"]);
    assert_eq!(codes(&quality(""), &quality(", engine: soda")), [""; 0]);
}

#[test]
fn what_can_not_be_ordered_says_why_and_a_month_is_no_certain_number_of_days() {
    let changed = |before: &str, after: &str| {
        let side = |text: &str, id| contract_of(&with(&format!("service_levels: {{{text}}}")), id);
        let mut changes = contract(side(before, 0).as_ref(), side(after, 1).as_ref(), TODAY);
        assert_eq!(changes.len(), 1, "{before} {after}");
        changes.remove(0)
    };
    let help = |before, after| changed(before, after).help.unwrap_or_default();
    assert!(help("completeness_min: 99.90%", "completeness_min: 0.9995").contains("different things"));
    assert!(help("volume: {floor: 1k}", "volume: {floor: 1000}").contains("`1k` is no share"));
    assert_eq!(help("retention: 2 years", "retention: 1 year"), "");
    assert_eq!(changed("retention: 2 years", "retention: 1 year").sure, Sureness::Certain);
    assert_eq!(changed("retention: 1 year", "retention: 365 days").sure, Sureness::Possible);
    // To protect fewer parties is a break for those who lose it.
    let both = |before: &str, after: &str| {
        let side = |text: &str, id| contract_of(&with(text), id);
        let all = contract(side(before, 0).as_ref(), side(after, 1).as_ref(), TODAY);
        all.iter().map(|change| (change.levels.reader, change.levels.writer)).collect::<Vec<_>>()
    };
    assert_eq!(both("compatibility: readers", "compatibility: none"), [(Level::Major, Level::None)]);
    assert_eq!(both("compatibility: both", "compatibility: readers"), [(Level::None, Level::Major)]);
    assert_eq!(both("compatibility: writers", "compatibility: readers"), [(Level::Minor, Level::Major)]);
}
