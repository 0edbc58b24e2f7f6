//! A word that names rules.

use crate::finding::{Group, RuleMeta};

/// Rules, by a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// `all`: every rule.
    All,
    /// The rules of a group.
    Group(Group),
    /// The rules whose codes begin with these whole words: `secret` for `secret-in-url`.
    Start(String),
    /// The one rule of a code.
    Code(String),
}

impl Selector {
    /// Whether it names a rule.
    pub fn fits(&self, rule: &RuleMeta) -> bool {
        match self {
            Self::All => true,
            Self::Group(group) => rule.group == *group,
            Self::Start(start) => {
                rule.code.strip_prefix(start.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }
            Self::Code(code) => rule.code == code,
        }
    }

    /// The more a selector says, the more it counts: a code before how it begins, that before a group, and that before `all`.
    pub(super) fn rank(&self) -> (u8, usize) {
        match self {
            Self::All => (0, 0),
            Self::Group(_) => (1, 0),
            Self::Start(start) => (2, start.len()),
            Self::Code(_) => (3, 0),
        }
    }
}
