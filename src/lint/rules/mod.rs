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
    duplicate_field,
    field_without_description,
}
