//! References from one dataset to another.

use super::Literal;
use super::words::words;

/// A reference of one or more fields to fields of another dataset.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ForeignKey {
    /// The fields of this dataset.
    pub fields: Vec<String>,
    /// The contract or `contract.dataset` referred to.
    pub references: String,
    /// The fields there, in the same order.
    pub referenced_fields: Vec<String>,
    /// How many rows belong together.
    pub cardinality: Cardinality,
    /// What becomes of rows here when the row there goes.
    pub on_delete: ReferenceAction,
    /// What becomes of rows here when the key there changes.
    pub on_update: ReferenceAction,
    /// The versions of the contract there that the reference was made for, as a SemVer requirement.
    pub version: Option<String>,
    /// A name that stays whatever else changes.
    pub id: Option<String>,
    /// Anything else, for other tools.
    pub metadata: Vec<(String, Literal)>,
}

words! {
    /// How many rows of a reference belong together: rows here first, then rows there.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum Cardinality {
        OneToOne = "one_to_one", "no two rows here refer to the same row there";
        #[default]
        ManyToOne = "many_to_one", "several rows here may refer to the same row there";
        OneToMany = "one_to_many", "a row here may refer to several rows there, which no other row refers to";
        ManyToMany = "many_to_many", "several rows here may refer to the same several rows there";
    }
}

impl Cardinality {
    /// Whether there may be several rows here, and several there.
    pub fn several(self) -> [bool; 2] {
        match self {
            Self::OneToOne => [false, false],
            Self::ManyToOne => [true, false],
            Self::OneToMany => [false, true],
            Self::ManyToMany => [true, true],
        }
    }
}

words! {
    /// What becomes of rows whose partner goes or changes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum ReferenceAction {
        #[default]
        NoAction = "no_action", "nothing: a row with partners can't go";
        Restrict = "restrict", "nothing: a row with partners can't go, not even for a moment";
        Cascade = "cascade", "they go or change with it";
        SetNull = "set_null", "their reference becomes null";
        SetDefault = "set_default", "their reference becomes the default value";
    }
}
