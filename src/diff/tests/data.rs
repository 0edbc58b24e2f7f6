//! Datasets, fields and keys: what belongs together, what means the same, and what is one cause.

use super::{TODAY, both, codes, contract_of, field};
use crate::diff::contract;
use crate::finding::change::{Level, Sureness};
use crate::model::Literal;

/// A contract of one dataset with these lines and these fields.
fn dataset(lines: &str, fields: &str) -> String {
    let indented = |text: &str, indent: &str| {
        text.lines().map(|line| [indent, line.trim_start(), "\n"].concat()).collect::<String>()
    };
    let (lines, fields) = (indented(lines, "    "), indented(fields, "      - "));
    format!("name: shop\nversion: 1.0.0\ndatasets:\n  - name: orders\n{lines}    schema:\n{fields}")
}

fn with(lines: &str) -> String {
    dataset(lines, "{name: id, data_type: string}\n{name: day, data_type: date}")
}

#[track_caller]
fn found(before: &str, after: &str) -> Vec<&'static str> {
    let (base, head) = (contract_of(before, 0), contract_of(after, 1));
    codes(base.as_ref(), head.as_ref(), &[]).into_iter().filter(|code| !code.starts_with("version-")).collect()
}

#[test]
fn what_a_dataset_says_is_compared_by_meaning() {
    for (one, other) in [
        ("late_arrival: 2 days", "late_arrival: 48h"),
        ("ordering: [id, day asc]", "ordering: [id, day]"),
        ("ordering: day DESC", "ordering: [day  desc]"),
        ("grain: [id, day]", "grain: [day, id]"),
        ("grain: one row  a day", "grain: one row a day"),
        ("filter: a  = 1 AND b = 2", "filter: b = 2 and a = 1"),
        ("files: {format: csv}", "files: {format: csv, delimiter: ',', quote: '\"', header: true, encoding: UTF8}"),
        ("files: {format: csv, encoding: ISO-8859-1}", "files: {format: csv, encoding: iso_8859_1}"),
        ("files: {format: tsv}", "files: {format: csv, delimiter: \"\\t\"}"),
        ("files: {format: csv}", "medium: files\nfiles: {format: csv, compression: none, line_ending: lf}"),
        ("topic: {envelope: none}", "medium: topic\ntopic: {operations: [insert]}"),
        ("topic: {operations: [insert, delete]}", "topic: {operations: [delete, insert]}"),
        ("medium: table", "extra_fields: warn"),
        ("files: {missing_values: [NA, '']}", "files: {missing_values: ['', NA]}"),
    ] {
        assert_eq!(found(&with(one), &with(other)), [""; 0], "{one} and {other}");
    }
}

/// What nobody had said could be anything: to say it is a promise more, to say it no longer is one less.
#[test]
fn a_first_word_is_a_promise_and_the_last_one_takes_it_back() {
    for line in [
        "write_mode: append",
        "grain: [id]",
        "files: {format: csv}",
        "topic: {message_key: [id]}",
        "topic: {partitions: 3}",
        "delivery: at_most_once",
        "ordering: [day]",
        "late_arrival: 1 hour",
        "history_from: \"2020-01-01\"",
    ] {
        // What it is stays: only what is said of it is new.
        let medium = if line.starts_with("files") { "medium: files" } else { "medium: topic" };
        let (before, after) = (contract_of(&with(medium), 0), contract_of(&with(&format!("{medium}\n{line}")), 1));
        let there = contract(before.as_ref(), after.as_ref(), TODAY);
        let back = contract(after.as_ref(), before.as_ref(), TODAY);
        let levels = |changes: &[crate::finding::change::Change]| -> Vec<(Level, Level)> {
            changes.iter().map(|change| (change.levels.reader, change.levels.writer)).collect()
        };
        assert_eq!(levels(&there), [(Level::Minor, Level::Major)], "{line}");
        assert_eq!(levels(&back), [(Level::Major, Level::Minor)], "{line}");
    }
}

#[test]
fn what_cannot_be_ordered_is_one_promise_lost_and_another_made() {
    let pairs = [
        ("ordering: [id]", "ordering: [day]", ["dataset-ordering-weakened", "dataset-ordering-strengthened"]),
        (
            "delivery: at_least_once",
            "delivery: at_most_once",
            ["dataset-delivery-semantics-weakened", "dataset-delivery-semantics-strengthened"],
        ),
    ];
    for (before, after, expected) in pairs {
        assert_eq!(found(&with(before), &with(after)), expected);
        assert_eq!(found(&with(after), &with(before)), expected);
    }
    let fields = "{name: a, data_type: string}";
    let key = |more: &str| {
        dataset(
            &format!("foreign_keys: [{{fields: [a], references: b, referenced_fields: [c], cardinality: {more}}}]"),
            fields,
        )
    };
    let expected = ["cardinality-loosened", "cardinality-tightened"];
    assert_eq!(found(&key("many_to_one"), &key("one_to_many")), expected);
}

#[test]
fn filters_are_ordered_by_their_conditions() {
    let filter = |text: &str| with(&format!("filter: \"{text}\""));
    let of = |before: &str, after: &str| found(&filter(before), &filter(after));
    assert_eq!(of("a = 1", "a = 1 AND b = 2"), ["dataset-population-narrowed"]);
    assert_eq!(of("b = 2 AND a = 1", "a = 1"), ["dataset-population-widened"]);
    assert_eq!(of("a = 1 OR b = 2", "a = 1"), ["dataset-population-narrowed"], "nobody can tell");
    assert_eq!(found(&filter("a = 1"), &with("")), ["dataset-population-widened"]);
}

#[test]
fn another_format_or_medium_takes_its_details_with_it() {
    let csv = with("files: {format: csv, delimiter: ';', compression: gzip, missing_values: [NA]}");
    assert_eq!(found(&csv, &with("files: {format: parquet, compression: snappy}")), ["dataset-file-format-changed"]);
    assert_eq!(found(&csv, &with("topic: {partitions: 3}")), ["dataset-medium-changed"]);
}

#[test]
fn what_was_renamed_keeps_its_place_in_what_names_it() {
    let lines = |name: &str| {
        format!(
            "primary_key: [{name}]\ngrain: [{name}]\nordering: [{name} desc]\npartitioned_by: [{name}]\ntopic: {{message_key: [{name}]}}"
        )
    };
    let before = dataset(&lines("id"), "{name: id, data_type: string, nullable: false}");
    let after = dataset(&lines("no"), "{name: no, data_type: string, nullable: false, previously: id}");
    assert_eq!(found(&before, &after), ["field-renamed"]);
}

#[test]
fn places_count_where_fields_have_no_names() {
    let csv = |fields: &str| dataset("files: {format: csv, header: false}", fields);
    let (a, b, new) = ("{name: a, data_type: string}", "{name: b, data_type: date}", "{name: n, data_type: uuid}");
    let lines = |fields: &[&str]| csv(&fields.join("\n"));
    assert_eq!(found(&lines(&[a, b]), &lines(&[a, b, new])), ["field-added-optional"], "the last shifts nothing");
    assert_eq!(found(&lines(&[a, b]), &lines(&[a, new, b])), ["field-added-positional"]);
    let named = |fields: &[&str]| dataset("files: {format: csv}", &fields.join("\n"));
    assert_eq!(found(&named(&[a, b]), &named(&[b, a])), ["field-reordered"]);
}

#[test]
fn a_name_that_is_still_served_is_no_break_until_it_goes() {
    let email = |more: &str| field(&format!("data_type: string{more}"));
    let renamed = |more: &str| email(more).replace("name: amount", "name: total");
    assert_eq!(both(&email(""), &renamed(", aliases: [amount]"))[0].0, "field-renamed-with-alias");
    assert_eq!(both(&renamed(", aliases: [amount]"), &renamed(""))[0].0, "field-renamed");
    assert_eq!(both(&renamed(""), &renamed(", aliases: amount"))[0].0, "field-renamed-with-alias");
    assert_eq!(both(&email(", aliases: [total]"), &renamed(", aliases: [amount]"))[0].0, "field-renamed-with-alias");
    assert_eq!(both(&email(", aliases: [total]"), &renamed("")).len(), 1);
    let both_lost = both(&email(", aliases: [old]"), &renamed(", aliases: [amount]"));
    assert_eq!(
        both_lost.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        ["field-renamed", "field-renamed-with-alias"]
    );
}

#[test]
fn an_id_tells_a_rename_for_certain() {
    let known = |name: &str, id: &str| field(&format!("data_type: string, id: {id}")).replace("amount", name);
    let (base, head) = (contract_of(&known("a", "7"), 0), contract_of(&known("zzz", "\"7\""), 1));
    let changes = contract(base.as_ref(), head.as_ref(), TODAY);
    assert_eq!((changes[0].meta.code, changes[0].sure, changes.len()), ("field-renamed", Sureness::Certain, 1));
    assert_eq!(
        both(&known("a", "7"), &field("data_type: string").replace("amount", "a"))[0].0,
        "field-stable-id-changed"
    );
}

#[test]
fn presence_and_nullability_are_two_things() {
    let of = |before: &str, after: &str| -> Vec<&str> {
        let text = |more: &str| field(&format!("data_type: string{more}"));
        both(&text(before), &text(after)).into_iter().map(|(code, _)| code).collect()
    };
    assert_eq!(of("", ", nullable: false"), ["field-became-required"]);
    assert_eq!(of(", always_present: true", ", nullable: false"), ["field-became-required"]);
    assert_eq!(of(", nullable: false", ", nullable: false, always_present: true"), [""; 0]);
    assert_eq!(of(", nullable: false", ", nullable: false, always_present: false"), ["field-presence-weakened"]);
    let crossed = of(", always_present: true", ", nullable: false, always_present: false");
    assert_eq!(crossed, ["field-presence-weakened", "field-became-required"]);
}

#[test]
fn a_move_and_what_changed_on_the_way() {
    let object = |name: &str, fields: &str| format!("{{name: {name}, data_type: object, fields: [{fields}]}}");
    let (a, b) = (object("a", "{name: x, data_type: date}"), object("b", "{name: y, data_type: date}"));
    let lines = |lines: &[&str]| dataset("", &lines.join("\n"));
    let phone = "{name: phone, data_type: string}";
    let moved = object("b", "{name: y, data_type: date}, {name: phone, data_type: string, nullable: false}");
    let found_there = both(&lines(&[phone, &a, &b]), &lines(&[&a, &moved]));
    let codes: Vec<_> = found_there.iter().map(|(code, path)| (*code, path.as_str())).collect();
    assert_eq!(codes, [("field-moved", "orders.b.phone"), ("field-became-required", "orders.b.phone")]);
    // Two places to come from are none.
    let two = object("a", "{name: x, data_type: date}, {name: phone, data_type: string}");
    let unclear = found(&lines(&[phone, &two, &b]), &lines(&[&a, &moved.replace(", nullable: false", "")]));
    assert!(!unclear.contains(&"field-moved"), "{unclear:?}");
    // One of several parts is a move, and the object is new.
    let new = object("c", "{name: phone, data_type: string}, {name: z, data_type: date}");
    assert_eq!(found(&lines(&[phone, &a]), &lines(&[&a, &new])), ["field-moved", "field-added-optional"]);
    assert_eq!(found(&lines(&[&new, &a]), &lines(&[&a, phone])), ["field-moved", "field-removed-optional"]);
    // Other words mean another thing.
    let described = |text: &str| format!("{{name: phone, data_type: string, description: {text}}}");
    let other = object("b", &format!("{{name: y, data_type: date}}, {}", described("of the shop")));
    let apart = found(&lines(&[&described("of the customer"), &b]), &lines(&[&other]));
    assert!(!apart.contains(&"field-moved"), "{apart:?}");
}

#[test]
fn a_reference_is_the_same_however_it_is_written() {
    let fields = |more: &str| format!("{{name: a, data_type: string{more}}}");
    let short = dataset("", &fields(", foreign_key_reference: shop.b.c"));
    let long = |more: &str| {
        dataset(
            &format!("foreign_keys: [{{fields: [a], references: shop.b, referenced_fields: [c]{more}}}]"),
            &fields(""),
        )
    };
    assert_eq!(found(&short, &long("")), [""; 0]);
    assert_eq!(found(&short, &long(", cardinality: one_to_one")), ["cardinality-tightened"]);
    assert_eq!(found(&long(", version: ^1.2"), &long(", version: '1.2'")), [""; 0]);
    assert_eq!(found(&long(", version: ^1.2"), &long(", version: ^1.4")), ["custom-property-changed"]);
    let nested = |target: &str| {
        field(&format!("data_type: object, fields: [{{name: a, data_type: string, foreign_key_reference: {target}}}]"))
    };
    assert_eq!(both(&nested("b.c"), &nested("d.e")), [("foreign-key-target-changed", "orders.amount.a".to_owned())]);
}

#[test]
fn a_dataset_that_gave_fields_away_has_not_lost_them() {
    let head = |orders: &str| {
        format!(
            "name: shop\nversion: 1.0.0\ndatasets:\n  - {{name: orders, schema: [{orders}]}}\n  \
             - {{name: parcels, previously: orders, schema: [{{name: id, data_type: string}}, {{name: city, data_type: string}}]}}\n"
        )
    };
    let id = "{name: id, data_type: string}";
    let base = dataset("", &format!("{id}\n{{name: city, data_type: string}}\n{{name: gone, data_type: date}}"));
    assert_eq!(found(&base, &head(id)), ["dataset-split", "field-removed-optional"]);
}

#[test]
fn a_field_that_may_have_been_renamed_says_how_to_say_so() {
    let help = |before: &str, after: &str| {
        let text = |fields: &str| contract_of(&dataset("", fields), 0);
        let changes = contract(text(before).as_ref(), text(after).as_ref(), TODAY);
        let gone = changes.into_iter().find(|change| change.meta.code.starts_with("field-removed"));
        gone.expect("a removal").help
    };
    let (id, name) = ("{name: id, data_type: integer}", |name: &str| format!("{{name: {name}, data_type: string}}"));
    let before = format!("{}\n{id}", name("mail"));
    let one = help(&before, &format!("{id}\n{}", name("contact")));
    assert_eq!(one.as_deref(), Some("did you mean that it was renamed? add `previously: [mail]` to `contact`"));
    let two = help(&before, &format!("{id}\n{}\n{}", name("mail_a"), name("mail_b")));
    assert_eq!(two, None, "not near enough to tell");
    let near = help(&before.replace("mail", "email"), &format!("{id}\n{}\n{}", name("emails"), name("e_mail")));
    assert_eq!(
        near.as_deref(),
        Some("did you mean that it was renamed? add `previously: [email]` to `emails` or `e_mail`")
    );
}

#[test]
fn a_reserved_name_stays_away() {
    let reserved = |names: &str, more: &str| {
        dataset(&format!("reserved: [{names}]"), &format!("{{name: id, data_type: string}}\n{more}"))
    };
    assert_eq!(
        found(
            &dataset("", "{name: id, data_type: string}\n{name: fax, data_type: string}"),
            &reserved("fax", "").replace("      - \n", "")
        ),
        ["field-removed-optional"]
    );
    assert_eq!(
        found(&reserved("fax, 7", "{name: x, data_type: string}"), &reserved("fax", "{name: x, data_type: string}")),
        ["field-reservation-removed"]
    );
    let again = found(
        &reserved("fax", "{name: x, data_type: string}"),
        &reserved("a", "{name: x, data_type: string}\n{name: fax, data_type: string}"),
    );
    assert_eq!(again, ["field-name-reused", "custom-property-changed"]);
    let by_number = found(
        &reserved("7", "{name: x, data_type: string}"),
        &reserved("7", "{name: x, data_type: string}\n{name: y, data_type: string, id: 7}"),
    );
    assert_eq!(by_number, ["field-name-reused"]);
}

#[test]
fn who_uses_a_further_name_is_hit_as_well() {
    let text = |fields: &str| {
        dataset("", &format!("{{name: id, data_type: string}}\n{fields}"))
            + "subscribers:\n  - {team: crm, fields_used: [orders.mail]}\n  - {team: ops, fields_used: [orders.id]}\n"
    };
    let (base, head) = (
        contract_of(&text("{name: email, data_type: string, aliases: [mail]}"), 0),
        contract_of(&text("{name: n, data_type: date}"), 1),
    );
    let mut changes = contract(base.as_ref(), head.as_ref(), TODAY);
    crate::diff::impact::fill(&mut changes, base.as_ref(), head.as_ref(), &crate::diff::impact::Users::default());
    let hit: Vec<_> = changes[0].affects.iter().filter_map(|one| one.team.clone()).collect();
    assert_eq!(hit, ["crm"]);
}

#[test]
fn who_uses_either_of_what_was_merged_is_hit() {
    let of = |datasets: &str| {
        format!(
            "name: shop\nversion: 1.0.0\ndatasets:\n{datasets}subscribers:\n  - {{team: crm, fields_used: [b.y]}}\n  - {{team: bi, fields_used: [c.z]}}\n"
        )
    };
    let one = |name: &str, field: &str, more: &str| {
        format!("  - {{name: {name}{more}, schema: [{{name: {field}, data_type: string}}]}}\n")
    };
    let c = one("c", "z", "");
    let base = contract_of(&of(&format!("{}{}{c}", one("a", "x", ""), one("b", "y", ""))), 0);
    let head = contract_of(&of(&format!("{}{c}", one("d", "x", ", previously: [a, b]"))), 1);
    let mut changes = contract(base.as_ref(), head.as_ref(), TODAY);
    crate::diff::impact::fill(&mut changes, base.as_ref(), head.as_ref(), &crate::diff::impact::Users::default());
    let hit: Vec<_> = changes[0].affects.iter().filter_map(|one| one.team.clone()).collect();
    assert_eq!((changes[0].meta.code, hit), ("dataset-merged", vec!["crm".to_owned()]));
}

/// The changes between two datasets of these fields.
fn changed(before: &str, after: &str) -> Vec<crate::finding::change::Change> {
    let text = |fields: &str, id| contract_of(&dataset("", fields), id);
    contract(text(before, 0).as_ref(), text(after, 1).as_ref(), TODAY)
}

fn shown(value: Option<&Literal>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

#[test]
fn witnesses_keep_to_what_is_there() {
    let witness = |before: &str, after: &str| -> Vec<String> {
        changed(before, after).iter().filter_map(|change| Some(change.witness.as_ref()?.text.clone())).collect()
    };
    // A datetime has no zone.
    let day = witness("{name: f, data_type: date}", "{name: f, data_type: datetime}");
    assert_eq!(day, ["f = '2026-01-31T12:00:00'"]);
    // No row has an id any more that two could share.
    let key =
        |name: &str, kind: &str| format!("{{name: {name}, data_type: {kind}, nullable: false, is_primary_key: true}}");
    let replaced = witness(&key("id", "string"), &key("customer", "integer"));
    assert!(!replaced.iter().any(|text| text.starts_with("two rows")), "{replaced:?}");
    // A record may lack what is nullable, before and after; what is required it may not.
    let id = "{name: id, data_type: string}";
    assert_eq!(witness(&format!("{id}\n{{name: f, data_type: date}}"), id), [""; 0]);
    assert_eq!(witness(&format!("{id}\n{{name: f, data_type: date, nullable: false}}"), id), ["a row without f"]);
}

#[test]
fn keys_and_orders_are_shown_as_they_stand() {
    let field =
        |name: &str, key: bool| format!("{{name: {name}, data_type: string, nullable: false, is_primary_key: {key}}}");
    let keys = changed(
        &format!("{}\n{}", field("id", true), field("f", false)),
        &format!("{}\n{}", field("id", true), field("f", true)),
    );
    assert_eq!(shown(keys[0].head.value.as_ref()), "[id, f]");
    let known = |name: &str, id: u8| format!("{{name: {name}, data_type: string, id: {id}}}");
    let swapped =
        changed(&format!("{}\n{}", known("a", 1), known("b", 2)), &format!("{}\n{}", known("a", 2), known("b", 1)));
    let order = swapped.iter().find(|change| change.meta.code.starts_with("field-reordered")).expect("an order");
    assert_eq!(shown(order.base.value.as_ref()), "[b, a]");
    assert_eq!(shown(order.head.value.as_ref()), "[a, b]");
    // An alias that is gone is no new name.
    let alias = changed("{name: f, data_type: string, aliases: [g]}", "{name: f, data_type: string}");
    assert_eq!((shown(alias[0].base.value.as_ref()), alias[0].head.value.clone()), ("[g]".to_owned(), None));
}

#[test]
fn a_dataset_whose_fields_went_elsewhere_says_how_to_say_so() {
    let one = |name: &str, fields: &[&str]| {
        let fields: Vec<String> = fields.iter().map(|name| format!("{{name: {name}, data_type: string}}")).collect();
        let fields = fields.join(", ");
        format!("  - {{name: {name}, schema: [{fields}]}}\n")
    };
    let shop = |datasets: &str, id| contract_of(&format!("name: shop\nversion: 1.0.0\ndatasets:\n{datasets}"), id);
    let whole = one("orders", &["id", "street", "city"]);
    let parts = format!("{}{}", one("orders", &["id"]), one("addresses", &["street", "city", "zip"]));
    let help = |base: &str, head: &str, code: &str| {
        let changes = contract(shop(base, 0).as_ref(), shop(head, 1).as_ref(), TODAY);
        let found = changes.into_iter().find(|change| change.meta.code == code);
        found.expect("a dataset that came or went").help.unwrap_or_default()
    };
    let split = "did you mean that it was split from `orders`? add `previously: [orders]` to `addresses`";
    assert_eq!(help(&whole, &parts, "dataset-added"), split);
    let merged = "did you mean that it was merged into `orders`? add `previously: [addresses]` to `orders`";
    assert_eq!(help(&parts, &whole, "dataset-removed"), merged);
}
