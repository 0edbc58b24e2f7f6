//! Which contract, in which version, the service says that it serves.
//!
//! A service that serves the same major version and the same or a later minor keeps the promise: later minors only add.
//! Below 1.0.0 the minor takes the major's place. Patches are documentation and are not compared.

use semver::Version;

use super::Bench;
use crate::check::{Answer, Ask, CheckKind, CheckResult, Failure, Verdict};
use crate::model::Path;
use crate::source::words::quoted;

pub(super) fn judge(bench: &mut Bench<'_>) {
    let contract = bench.contract();
    let served = served(bench);
    let expected = format!("{} {}", contract.name, contract.version);
    let (verdict, actual) = match served {
        Err(failure) => {
            return bench.unanswered(CheckKind::Conformance, Path::of("version"), &expected, &failure);
        }
        Ok((Some(name), _)) if name != contract.name => (Verdict::Fail, format!("the contract {}", quoted(name))),
        Ok((_, None)) => (Verdict::Omit, "the service gives no version".to_owned()),
        Ok((_, Some(text))) => match Version::parse(text) {
            Err(_) => (Verdict::Error, format!("the version {}, which is no SemVer", quoted(text))),
            Ok(version) if keeps(&contract.version, &version) => (Verdict::Pass, format!("version {version}")),
            Ok(version) => (Verdict::Fail, format!("version {version}")),
        },
    };
    let affected = bench.affected(None, None);
    let result = CheckResult::new(CheckKind::Conformance, verdict, Path::of("version"), &expected, &actual);
    bench.add(result.affecting(affected));
}

/// The name and version that the service gives, in `/health` or else in `/schema`.
fn served<'a>(bench: &Bench<'a>) -> Result<(Option<&'a str>, Option<&'a str>), Failure> {
    let health = match bench.answer(Ask::Health) {
        Ok(Answer::Health(health)) => Some((health.contract_name.as_deref(), health.contract_version.as_deref())),
        _ => None,
    };
    if let Some(found @ (_, Some(_))) = health {
        return Ok(found);
    }
    match (bench.answer(Ask::Schema), health) {
        (Ok(Answer::Schema(schema)), _) => Ok((schema.contract_name.as_deref(), schema.contract_version.as_deref())),
        (_, Some(found)) => Ok(found),
        (Err(failure), None) => Err(failure),
        (Ok(_), None) => Err(super::misplaced(Ask::Schema)),
    }
}

fn keeps(promised: &Version, served: &Version) -> bool {
    if promised.major != served.major {
        return false;
    }
    if promised.major == 0 { promised.minor == served.minor } else { served.minor >= promised.minor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_minor_of_the_same_major_keeps_the_promise() {
        let cases = [
            ("1.2.0", "1.2.0", true),
            ("1.2.3", "1.2.0", true),
            ("1.2.0", "1.3.0", true),
            ("1.2.0", "1.1.9", false),
            ("1.2.0", "2.0.0", false),
            ("0.2.0", "0.2.7", true),
            ("0.2.0", "0.3.0", false),
        ];
        for (promised, served, kept) in cases {
            let version = |text| Version::parse(text).unwrap();
            assert_eq!(keeps(&version(promised), &version(served)), kept, "{promised} served as {served}");
        }
    }
}
