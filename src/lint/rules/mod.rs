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
    alias_in_use,
    constraint_value_type,
    contract_without_dataset,
    contradictory_bounds,
    dangling_foreign_key,
    deceptive_name,
    decimal_without_precision,
    deep_nesting,
    deprecated_primary_key,
    deprecated_without_replacement,
    duplicate_contract,
    duplicate_dataset,
    duplicate_field,
    duplicate_physical_name,
    duplicate_role,
    duplicate_rule,
    duplicate_source,
    empty_dataset,
    empty_enum,
    enum_duplicate_value,
    example_value_breaks_constraints,
    external_reference,
    field_without_description,
    foreign_key_length_mismatch,
    foreign_key_type_mismatch,
    foreign_key_without_reference,
    impossible_bound,
    invalid_regex,
    mixed_name_styles,
    name_differs_by_case,
    name_too_long,
    nested_type_without_shape,
    no_primary_key,
    nullable_primary_key,
    pii_without_classification,
    previous_name_in_use,
    privacy_without_pii,
    replacement_unknown,
    reserved_name_used,
    reserved_sql_word,
    reused_id,
    rule_field_unknown,
    secret_in_metadata,
    secret_in_source,
    secret_in_url,
    subscriber_field_unknown,
    subscriber_purpose_not_allowed,
    subscription_contract_unknown,
    unevaluated_regex,
    unknown_status,
    unknown_type,
    unreadable_threshold,
    unreadable_version,
}
