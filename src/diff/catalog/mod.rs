//! The catalogue of changes: one table of everything that pact can say about a change. Levels are here and nowhere else.

mod not_expressed;
mod table;

use crate::finding::change::{ChangeMeta, Grade, Level, Sureness};

pub use not_expressed::{NOT_EXPRESSED, NotExpressed};
pub use table::*;

/// A grade of the table.
macro_rules! grade {
    (Computed) => {
        Grade::Computed
    };
    (Verdict) => {
        Grade::Verdict
    };
    ($level:ident) => {
        Grade::Always(Level::$level)
    };
}

macro_rules! catalog {
    ($rows:ident: $(
        $name:ident $code:literal $section:literal $reader:ident $writer:ident $sure:ident [$($gate:literal),*]
        $what:literal
        $why:literal;
    )*) => {
        use crate::diff::catalog::{ChangeMeta, Grade, Level, Sureness, grade};
        $(
            #[doc = $what]
            pub static $name: ChangeMeta = ChangeMeta {
                code: $code,
                section: $section,
                reader: grade!($reader),
                writer: grade!($writer),
                sure: Sureness::$sure,
                gates: &[$($gate),*],
                what: $what,
                why: $why,
                page: include_str!(concat!("../../rules/", $code, ".md")),
            };
        )*

        /// The rows of this section, in their order.
        pub(super) static $rows: &[&ChangeMeta] = &[$(&$name),*];
    };
}

pub(in crate::diff) use {catalog, grade};

#[cfg(test)]
mod tests;
