//! A mistake in one file is told there, and nowhere else.

use crate::support::Folder;

const ORDERS: &str = "name: orders\nversion: 1.0.0\nstatus: active\ndescription: Orders of the shops.\n\
    publisher: {team: sales, contact_email: sales@example.com}\nschema:\n  \
    - {name: order_id, data_type: string, description: Number., is_primary_key: true, nullable: false}\n  \
    - {name: customer_id, data_type: string, description: Who bought., is_foreign_key: true, foreign_key_reference: customers.customer_id}\n\
    lineage: {depends_on: [customers]}\n";

const CUSTOMERS: &str = "name: customers\nversion: 1.0.0\nstatus: active\ndescription: All customers.\n\
    publisher: {team: crm, contact_email: crm@example.com}\nschema:\n  \
    - {name: customer_id, data_type: string, description: Number., is_primary_key: true, nullable: false}\n";

const SUBSCRIPTION: &str = "kind: subscription\nname: bi\ncontract: customers\nteam: bi\ncontact_email: bi@example.com\nfields_used: [customer_id]\n";

#[test]
fn a_mistake_of_form_in_one_file_is_told_of_no_other() {
    let mistakes = [
        ("version: 1.0.0", "version: 2.3"),
        ("status: active", "status: production"),
        ("name: customers", "name: Customers"),
        ("- {name: customer_id", "- {nam: customer_id"),
    ];
    for (right, wrong) in mistakes {
        let folder = Folder::new();
        folder.write("pact.yaml", "contracts: [contracts]\n");
        folder.write("contracts/orders.yaml", ORDERS);
        folder.write("contracts/bi.yaml", SUBSCRIPTION);
        folder.write("contracts/customers.yaml", CUSTOMERS.replacen(right, wrong, 1));
        let ran = folder.shell("pact lint --format concise");
        assert_eq!(ran.code, Some(1), "{wrong}: {ran:?}");
        let elsewhere: Vec<&str> =
            ran.stdout.lines().filter(|line| !line.starts_with("contracts/customers.yaml:")).collect();
        assert!(
            elsewhere.iter().all(|line| !line.contains("error[") && !line.contains("warning[")),
            "{wrong}: {ran:?}"
        );
    }
}
