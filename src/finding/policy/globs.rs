//! Patterns of paths and names.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Glob patterns, ready to match.
#[derive(Debug, Clone)]
pub struct Globs {
    patterns: Vec<String>,
    set: GlobSet,
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Eq for Globs {}

impl Globs {
    /// Patterns of files below a folder, as git reads them in `.gitignore`: one without a slash fits in any folder, and one
    /// that names a folder takes everything in it.
    ///
    /// # Errors
    ///
    /// The position of a pattern that is no glob, and why.
    pub fn of_paths(patterns: &[String]) -> Result<Self, (usize, String)> {
        let anchored = |pattern: &str| {
            let plain = pattern.trim_start_matches("./").trim_end_matches('/');
            let rooted = plain.strip_prefix('/').unwrap_or(plain);
            if plain.contains('/') { rooted.to_owned() } else { format!("**/{plain}") }
        };
        Self::new(patterns, |pattern| {
            let pattern = anchored(pattern);
            let below = format!("{pattern}/**");
            vec![pattern, below]
        })
    }

    /// Patterns of names; `*` takes dots as well.
    ///
    /// # Errors
    ///
    /// The position of a pattern that is no glob, and why.
    pub fn of_names(patterns: &[String]) -> Result<Self, (usize, String)> {
        Self::new(patterns, |pattern| vec![pattern.to_owned()])
    }

    fn new(patterns: &[String], written_out: impl Fn(&str) -> Vec<String>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            if pattern.is_empty() || pattern.starts_with('!') {
                return Err((index, "say what it is for; there is no pattern for what it is not for".to_owned()));
            }
            for glob in written_out(pattern) {
                let glob = GlobBuilder::new(&glob).literal_separator(true).build();
                set.add(glob.map_err(|error| (index, error.kind().to_string()))?);
            }
        }
        let set = set.build().map_err(|error| (0, error.kind().to_string()))?;
        Ok(Self { patterns: patterns.to_vec(), set })
    }

    /// Whether one of them fits.
    pub fn takes(&self, text: &str) -> bool {
        self.set.is_match(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(pattern: &str) -> Globs {
        Globs::of_paths(&[pattern.to_owned()]).expect("a glob")
    }

    #[test]
    fn paths_are_read_as_git_reads_them() {
        for (pattern, file, fits) in [
            ("legacy", "contracts/legacy/a.yaml", true),
            ("legacy/", "contracts/legacy/deep/a.yaml", true),
            ("contracts/legacy", "contracts/legacy/a.yaml", true),
            ("/contracts/*.yaml", "contracts/a.yaml", true),
            ("./contracts/*.yaml", "contracts/a.yaml", true),
            ("contracts/*.yaml", "contracts/deep/a.yaml", false),
            ("contracts/**", "contracts/deep/a.yaml", true),
            ("*.odcs.yaml", "contracts/a.odcs.yaml", true),
            ("{a,b}.yaml", "contracts/b.yaml", true),
            ("legacy", "contracts/legacy_orders.yaml", false),
        ] {
            assert_eq!(paths(pattern).takes(file), fits, "{pattern} {file}");
        }
    }

    #[test]
    fn names_have_no_folders() {
        let names = Globs::of_names(&["payments.*".to_owned()]).expect("a glob");
        assert!(names.takes("payments.refunds.daily") && !names.takes("orders"));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        let wrong = |pattern: &str| Globs::of_paths(&["a".to_owned(), pattern.to_owned()]).unwrap_err();
        assert_eq!(wrong("[a").0, 1);
        assert!(wrong("!a").1.starts_with("say what it is for"));
        assert_eq!(wrong("").0, 1);
    }
}
