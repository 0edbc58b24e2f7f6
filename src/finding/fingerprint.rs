//! What tells one finding from another, whatever line it stands on.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// A short hash of a few texts, in their order: 12 hexadecimal digits.
pub fn fingerprint(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // Lengths keep `a` + `bc` apart from `ab` + `c`.
        hash.update(format!("{}:{part}", part.len()));
    }
    let mut digits = String::with_capacity(12);
    for byte in hash.finalize().iter().take(6) {
        // Writing to a string can't fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}
