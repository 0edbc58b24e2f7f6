//! Generated contracts for whole commands.

use std::fmt::Write as _;

pub(crate) const FIELDS: usize = 60;

/// A contract of pact's own format.
pub(crate) fn native(name: &str, fields: usize, referred: Option<&str>, services: Option<&str>) -> String {
    let mut text = format!(
        "name: {name}\nversion: 1.2.0\nstatus: active\ndescription: A table as wide as those of real warehouses\n\
         publisher: {{team: sales, owner: Ada, contact_email: sales@example.com}}\nschema:\n"
    );
    for field in 0..fields {
        let data_type = ["string", "integer", "decimal", "timestamp", "boolean"][field % 5];
        let key = if field == 0 { "    is_primary_key: true\n    nullable: false\n" } else { "" };
        let _ = write!(
            text,
            "  - name: field_{field:02}\n    data_type: {data_type}\n    description: The value number {field} of a row\n{key}"
        );
        if let Some(referred) = referred.filter(|_| field == 5) {
            let _ = writeln!(text, "    is_foreign_key: true\n    foreign_key_reference: {referred}.field_00");
        }
        if data_type == "decimal" {
            text.push_str("    precision: 12\n    scale: 2\n    constraints:\n      - {type: min, value: 0}\n");
        }
    }
    text.push_str("quality:\n  - {metric_type: completeness, threshold: 99.5%}\n");
    text.push_str("subscribers:\n  - {team: crm, fields_used: [field_00, field_02], contact_email: crm@example.com}\n");
    if let Some(services) = services {
        let _ = writeln!(text, "access: {{endpoint_url: \"{services}/{name}\", auth_type: none}}");
    }
    text
}

/// The same contract as the Open Data Contract Standard has it.
pub(crate) fn odcs(name: &str, referred: Option<&str>) -> String {
    let mut text = format!(
        "apiVersion: v3.1.0\nkind: DataContract\nid: {name}\nname: {name}\nversion: 1.2.0\nstatus: active\n\
         description:\n  purpose: A table as wide as those of real warehouses\n\
         team:\n  name: sales\n  members:\n    - username: Ada\n      role: owner\n\
         support:\n  - channel: email\n    tool: email\n    url: mailto:sales@example.com\nschema:\n  - name: {name}\n    properties:\n"
    );
    for field in 0..FIELDS {
        let logical = ["string", "integer", "number", "timestamp", "boolean"][field % 5];
        let key = if field == 0 { "        primaryKey: true\n        required: true\n" } else { "" };
        let _ = write!(
            text,
            "      - name: field_{field:02}\n        logicalType: {logical}\n        description: The value number {field} of a row\n{key}"
        );
        if let Some(referred) = referred.filter(|_| field == 5) {
            let _ = writeln!(text, "        relationships:\n          - to: {referred}.field_00");
        }
        if logical == "number" {
            text.push_str("        physicalType: decimal(12,2)\n        logicalTypeOptions:\n          minimum: 0\n");
        }
    }
    text.push_str(
        "customProperties:\n  - property: pact\n    value:\n      quality:\n        - {metric_type: completeness, threshold: 99.5%}\n\
         \x20     subscribers:\n        - {team: crm, fields_used: [field_00, field_02], contact_email: crm@example.com}\n",
    );
    text
}
