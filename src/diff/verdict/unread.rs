//! Versions that are no SemVer versions: by how much they went up can't be told. What changed is told all the same.

use super::code;
use crate::finding::Severity;
use crate::finding::change::{Level, Remark, Verdict};
use crate::model::Contract;
use crate::source::words::quoted;

/// Judges what can be judged of versions that can't be read: that changes have one at all.
pub(super) fn judge(verdict: &mut Verdict, base: &Contract, head: &Contract) {
    if verdict.required == Level::None {
        return;
    }
    let required = verdict.required.name();
    let (before, after) = (quoted(&base.version_text()), quoted(&head.version_text()));
    let (meta, severity, message) = if before == after {
        let message = format!("the version is still {after}, and the changes ask for a {required} version");
        (&code::VERSION_NOT_BUMPED, Severity::Error, message)
    } else if head.has_readable_version() {
        // Whoever goes over to SemVer does what the help below asks for.
        let message =
            format!("{before} is no SemVer version: whether {after} carries a {required} change can't be told");
        (&code::VERSION_NOT_SEMVER, Severity::Warning, message)
    } else {
        let message = format!(
            "{after} is no SemVer version: whether it carries what changed can't be told, and that asks for a {required} \
             version"
        );
        (&code::VERSION_NOT_SEMVER, Severity::Error, message)
    };
    let help = (severity == Severity::Error)
        .then(|| "write a SemVer version such as 1.4.0 (https://semver.org): readers go by what went up".to_owned());
    verdict.remarks.push(Remark { meta, severity, message, help });
}

#[cfg(test)]
mod tests {
    use super::super::verdict;
    use crate::finding::Severity;
    use crate::finding::change::Verdict;
    use crate::format::read;
    use crate::model::{Compatibility, Contract, SourceId};
    use crate::source::SourceFile;

    fn contract(version: &str, written: Option<&str>, fields: &str) -> Contract {
        let text = format!("name: orders\nversion: {version}\nstatus: active\nschema: [{fields}]\n");
        let document = read(SourceId(0), SourceFile::new("orders.yaml", text));
        Contract { written_version: written.map(str::to_owned), ..document.contract().expect("a contract").clone() }
    }

    fn judged(before: (&str, Option<&str>), after: (&str, Option<&str>), same: bool) -> Verdict {
        let (id, more) = ("{name: id, data_type: string}", "{name: at, data_type: date}");
        let base = contract(before.0, before.1, &format!("{id}, {more}"));
        let head = contract(after.0, after.1, &if same { format!("{id}, {more}") } else { id.to_owned() });
        let changes = crate::diff::contract(Some(&base), Some(&head), jiff::civil::date(2026, 1, 1));
        verdict(Some(&base), Some(&head), &changes, Compatibility::default())
    }

    fn remarks(verdict: &Verdict) -> Vec<(&'static str, Severity)> {
        verdict.remarks.iter().map(|remark| (remark.meta.code, remark.severity)).collect()
    }

    #[test]
    fn what_is_no_version_is_not_judged_by_its_size() {
        let none = |text| ("0.0.0", Some(text));
        let found = judged(none("spring"), none("summer"), false);
        assert_eq!(remarks(&found), [("version-not-semver", Severity::Error)]);
        assert_eq!((found.base_text().as_deref(), found.head_text().as_deref()), (Some("spring"), Some("summer")));
        assert_eq!(remarks(&judged(none("spring"), none("spring"), false)), [("version-not-bumped", Severity::Error)]);
        let moved = judged(none("spring"), ("1.0.0", None), false);
        assert_eq!(remarks(&moved), [("version-not-semver", Severity::Warning)]);
        assert_eq!(remarks(&judged(none("spring"), none("summer"), true)), []);
    }

    #[test]
    fn what_is_near_enough_to_a_version_is_judged_as_one() {
        let near = |version, text| (version, Some(text));
        assert_eq!(remarks(&judged(near("1.2.0", "v1.2"), ("2.0.0", None), false)), []);
        let found = judged(near("1.2.0", "v1.2"), near("1.3.0", "v1.3"), false);
        assert_eq!(remarks(&found), [("version-bump-insufficient", Severity::Error)]);
        let zero = judged(near("0.0.0", "v0.0"), near("0.1.0", "v0.1"), false);
        assert_eq!(remarks(&zero), [("version-zero-major", Severity::Info)]);
    }
}
