//! The Open Data Contract Standard, and the way to it from other standards.

use pact::format::{self, OdcsVersion, Standard};
use pact::source::parse;

use super::{document, native, promises_the_same, reads_back};

/// What holds of a native document, and whatever is written in any version of the standard or migrated is read again. Whether
/// the text was a sound contract.
pub fn hold(text: &str) -> bool {
    let is_sound = native::hold(text);
    let migrated = format::migrate(text);
    drop(format::dcs_to_odcs(text));
    let read = document(text);
    let Some(contract) = read.contract() else { return false };
    let written = OdcsVersion::ALL.map(|version| (version, format::write_odcs(contract, version)));
    if is_sound {
        for (version, written) in written {
            let back = reads_back(version.name(), &written.text);
            promises_the_same(version.name(), contract, &back);
        }
        let is_odcs = parse(text).is_ok_and(|tree| matches!(Standard::of(&tree), Standard::Odcs(_)));
        if let (true, Ok(migrated)) = (is_odcs, migrated) {
            reads_back("the migrated text", &migrated.text);
        }
    }
    is_sound
}
