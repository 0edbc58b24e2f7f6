//! Version requirements held against versions.

use semver::{Prerelease, Version, VersionReq};

/// Whether a version satisfies a requirement; `None` where that is none. A preliminary version counts as what it leads to:
/// SemVer lets a requirement name it or nothing.
pub(super) fn satisfies(version: &Version, requirement: &str) -> Option<bool> {
    let requirement = VersionReq::parse(requirement).ok()?;
    let released = Version { pre: Prerelease::EMPTY, ..version.clone() };
    Some(requirement.matches(version) || requirement.matches(&released))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preliminary_version_counts_as_what_it_leads_to() {
        let satisfied = |version, requirement| satisfies(&Version::parse(version).expect("a version"), requirement);
        assert_eq!(satisfied("1.4.0", "^1.2"), Some(true));
        assert_eq!(satisfied("2.0.0", "^1.2"), Some(false));
        assert_eq!(satisfied("1.4.0-rc.1", "^1.2"), Some(true));
        assert_eq!(satisfied("1.4.0", ">2, <1"), Some(false));
        assert_eq!(satisfied("1.4.0", "latest"), None);
    }
}
