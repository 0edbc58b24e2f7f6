//! The dictionary and the diagram of the example shop.

use serde_json::Value as Json;

use crate::shop::with_history;
use crate::support::Folder;

fn json(folder: &Folder, args: &[&str]) -> Json {
    let ran = folder.pact(&[args, &["-q", "-C", "shop", "--format", "json"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// Some members of all objects in a list, one line each.
fn lines(json: &Json, list: &str, members: &[&str]) -> Vec<String> {
    let line = |one: &Json| {
        let text = |member: &&str| one[*member].as_str().map_or_else(|| one[*member].to_string(), str::to_owned);
        members.iter().map(text).collect::<Vec<_>>().join(" ")
    };
    json[list].as_array().expect("a list").iter().map(line).collect()
}

#[test]
fn the_dictionary_knows_the_personal_data_of_the_shop() {
    let folder = with_history();
    let dictionary = json(&folder, &["dict", "--pii"]);
    let expected = [
        "addresses street confidential",
        "addresses postal_code confidential",
        "addresses city internal",
        "customers email confidential",
        "customers full_name confidential",
        "customers phone confidential",
        "customers birth_date restricted",
        "payments.transactions card_last4 restricted",
        "shipments tracking_code internal",
    ];
    assert_eq!(lines(&dictionary, "fields", &["contract", "field", "classification"]), expected);
    assert_eq!(dictionary["summary"]["pii"], 9);
}

#[test]
fn the_dictionary_of_a_commit_is_that_of_its_time() {
    let folder = with_history();
    let found = |at: &str, word: &str| {
        lines(&json(&folder, &["dict", "--at", at, word]), "fields", &["contract", "version", "field"])
    };
    assert_eq!(found("orders/v1.0.0", "sales_channel"), [""; 0]);
    assert_eq!(found("main", "sales_channel"), ["orders 1.1.0 sales_channel"]);
    assert_eq!(found("rename", "display_name"), ["customers 2.0.0 display_name"]);
    let commit = folder.shell("git -C shop rev-parse rename").stdout;
    assert_eq!(json(&folder, &["dict", "--at", "rename"])["revision"], commit.trim());
    // Nothing is checked out for that.
    assert_eq!(folder.shell("git -C shop status --porcelain --branch").stdout, "## main\n");
}

#[test]
fn users_of_fields_come_from_contracts_and_from_subscriptions() {
    let folder = with_history();
    let totals = json(&folder, &["dict", "--contract", "orders", "total_amount"]);
    assert_eq!(lines(&totals, "fields", &["field", "used_by"]), [r#"total_amount ["analytics","finance"]"#]);
}

#[test]
fn the_diagram_shows_how_the_shop_hangs_together() {
    let folder = with_history();
    let graph = json(&folder, &["erd"]);
    let relations = lines(&graph, "relations", &["from", "from_count", "to", "to_count", "identifying"]);
    let expected = [
        "addresses zero_or_more customers exactly_one false",
        "orders.order_lines zero_or_more orders.orders exactly_one true",
        "orders.order_lines zero_or_more products exactly_one false",
        "orders.orders zero_or_more addresses zero_or_one false",
        "orders.orders zero_or_more customers exactly_one false",
        "payments.transactions zero_or_more orders.orders exactly_one false",
        "shipments.shipment_lines zero_or_more orders.order_lines exactly_one true",
        "shipments.shipment_lines zero_or_more shipments.shipments exactly_one true",
        "shipments.shipments zero_or_more orders.orders exactly_one false",
    ];
    let mut sorted = relations.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    assert_eq!(graph["dangling"], serde_json::json!([]));
    let guests = json(&folder, &["erd", "--at", "breaking", "--contract", "customers"]);
    let relations = lines(&guests, "relations", &["from", "to", "to_count"]);
    assert!(relations.contains(&"orders.orders customers zero_or_one".to_owned()), "{relations:?}");
}

#[test]
fn a_diagram_is_written_whole_or_not_at_all() {
    let folder = with_history();
    let ran = folder.pact(&["erd", "-C", "shop", "-o", "erd.mmd"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    let printed = folder.pact(&["erd", "-C", "shop"]).stdout;
    assert!(printed.starts_with("erDiagram\n  e_addresses[\"addresses\"] {\n"));
    assert_eq!(folder.shell("cat shop/erd.mmd").stdout, printed);
    let refused = folder.pact(&["erd", "-C", "shop", "-o", "erd.mmd", "--max-chars", "10"]);
    assert_eq!(refused.code, Some(2));
    assert_eq!(folder.shell("cat shop/erd.mmd").stdout, printed);
    assert_eq!(folder.shell("git -C shop status --porcelain").stdout, "?? erd.mmd\n", "no temporary file is left");
}

/// One contract in both formats.
const BOTH: [(&str, &str); 2] = [
    (
        "orders.yaml",
        "name: orders\nversion: 1.2.0\nstatus: active\ndescription: Orders.\ndomain: sales\n\
         publisher: {team: sales, owner: Ada, contact_email: sales@example.com}\ndatasets:\n\
         - name: orders\n  description: One row each.\n  schema:\n\
         \x20 - {name: id, data_type: integer, description: Its number., is_primary_key: true, nullable: false}\n\
         \x20 - {name: amount, data_type: decimal, precision: 10, scale: 2, classification: internal,\n\
         \x20    constraints: [{type: min, value: 0}]}\n\
         - name: lines\n  schema:\n\
         \x20 - {name: order, data_type: integer, is_foreign_key: true, foreign_key_reference: orders.orders.id}\n\
         \x20 - {name: sku, data_type: string, unique: true, title: Article}\n\
         \x20 - {name: tags, data_type: array, items: {data_type: string}}\n",
    ),
    (
        "orders.odcs.yaml",
        "apiVersion: v3.1.0\nkind: DataContract\nid: orders\nname: orders\nversion: 1.2.0\nstatus: active\n\
         description: {purpose: Orders.}\ndomain: sales\n\
         team: {name: sales, members: [{username: Ada, role: owner}]}\n\
         support: [{channel: email, tool: email, url: 'mailto:sales@example.com'}]\nschema:\n\
         - name: orders\n  description: One row each.\n  properties:\n\
         \x20 - {name: id, logicalType: integer, description: Its number., primaryKey: true, required: true}\n\
         \x20 - {name: amount, logicalType: number, physicalType: 'decimal(10,2)', classification: internal,\n\
         \x20    logicalTypeOptions: {minimum: 0}}\n\
         - name: lines\n  properties:\n\
         \x20 - {name: order, logicalType: integer, relationships: [{to: orders.id}]}\n\
         \x20 - {name: sku, logicalType: string, unique: true, businessName: Article}\n\
         \x20 - {name: tags, logicalType: array, items: {logicalType: string}}\n",
    ),
];

#[test]
fn the_views_of_a_contract_do_not_show_its_format() {
    let shown = BOTH.map(|(file, text)| {
        let folder = Folder::new();
        folder.write(&format!("contracts/{file}"), text);
        [
            ["dict", "--format", "table"],
            ["dict", "--format", "markdown"],
            ["dict", "--format", "json"],
            ["erd", "--format", "mermaid"],
            ["erd", "--format", "json"],
        ]
        .map(|args| {
            let ran = folder.pact(&args);
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?} of {file}");
            ran.stdout
        })
    });
    for (native, odcs) in shown[0].iter().zip(&shown[1]) {
        assert_eq!(native, odcs);
    }
}
