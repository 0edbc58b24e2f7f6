//! The rules of the linter: one `.rs` and one `.md` each. A rule names what is wrong; how bad that is, is policy.

use super::Rule;

macro_rules! rules {
    ($($module:ident,)*) => {
        $(mod $module;)*

        /// Every rule, sorted by code.
        pub const RULES: &[Rule] = &[$($module::RULE,)*];
    };
}

rules! {
    active_without_owner_contact,
    constraint_value_type,
    contradictory_bounds,
    dangling_foreign_key,
    decimal_without_precision,
    duplicate_contract,
    duplicate_dataset,
    duplicate_field,
    enum_duplicate_value,
    example_value_breaks_constraints,
    field_without_description,
    foreign_key_type_mismatch,
    foreign_key_without_reference,
    invalid_regex,
    nested_type_without_shape,
    no_primary_key,
    nullable_primary_key,
    pii_without_classification,
    privacy_without_pii,
    rule_field_unknown,
    secret_in_source,
    secret_in_url,
    subscriber_field_unknown,
    subscriber_purpose_not_allowed,
    subscription_contract_unknown,
    unreadable_threshold,
}
