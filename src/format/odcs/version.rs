//! The editions of the standard that pact reads.

use std::fmt;

use crate::source::Node;

/// An edition of the standard. Later ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 3.0.0, of October 2024.
    V3_0_0,
    /// 3.0.1, of January 2025.
    V3_0_1,
    /// 3.0.2, of March 2025.
    V3_0_2,
    /// 3.1.0, of December 2025.
    V3_1_0,
    /// 3.2.0, of September 2026.
    V3_2_0,
}

impl Version {
    /// Every edition that pact reads, the oldest first.
    pub const ALL: [Self; 5] = [Self::V3_0_0, Self::V3_0_1, Self::V3_0_2, Self::V3_1_0, Self::V3_2_0];

    /// The newest edition that pact reads.
    pub const NEWEST: Self = Self::V3_2_0;

    /// The edition that a value of `apiVersion` names, exactly as the standard writes it: `v3.1.0`.
    pub fn from_api_version(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.api_version() == text)
    }

    /// The edition that a file declares; `None` where it declares none that pact reads.
    pub fn declared(tree: &Node) -> Option<Self> {
        tree.get("apiVersion").and_then(Node::text).and_then(Self::from_api_version)
    }

    /// The number: `3.1.0`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V3_0_0 => "3.0.0",
            Self::V3_0_1 => "3.0.1",
            Self::V3_0_2 => "3.0.2",
            Self::V3_1_0 => "3.1.0",
            Self::V3_2_0 => "3.2.0",
        }
    }

    /// What `apiVersion` says: `v3.1.0`.
    pub const fn api_version(self) -> &'static str {
        match self {
            Self::V3_0_0 => "v3.0.0",
            Self::V3_0_1 => "v3.0.1",
            Self::V3_0_2 => "v3.0.2",
            Self::V3_1_0 => "v3.1.0",
            Self::V3_2_0 => "v3.2.0",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_named_as_the_standard_names_them_and_in_order() {
        for version in Version::ALL {
            assert_eq!(Version::from_api_version(version.api_version()), Some(version));
            assert_eq!(version.api_version(), format!("v{version}"));
        }
        assert!(Version::ALL.is_sorted());
        assert_eq!(Version::ALL.last(), Some(&Version::NEWEST));
        for other in ["3.1.0", "v3.1", "V3.1.0", "v2.2.2", "v3.3.0", ""] {
            assert_eq!(Version::from_api_version(other), None, "{other}");
        }
    }
}
