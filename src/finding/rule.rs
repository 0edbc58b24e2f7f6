//! What a rule is, as data.

use super::Severity;

/// What a rule is, as data: one table of these feeds the linter, `pact explain`, the documentation and SARIF.
#[derive(Debug, Clone, Copy)]
pub struct RuleMeta {
    /// The code: lower-case words that name what is wrong.
    pub code: &'static str,
    /// What it is about.
    pub group: Group,
    /// The default severity.
    pub severity: Severity,
    /// Whether it speaks where the repository selects nothing. A rule that is a matter of taste, or that a good contract may
    /// break, waits until it is selected.
    pub by_default: bool,
    /// One sentence: what is wrong when the rule speaks.
    pub summary: &'static str,
    /// The page, in Markdown: why, with examples that are tested.
    pub page: &'static str,
}

/// Whether findings of a rule can be mended by pact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixKind {
    /// None of them.
    None,
    /// Some of them, with `--unsafe-fixes`: somebody has to look at what came of it.
    Guess,
    /// Some of them, with `--fix`.
    Safe,
}

impl FixKind {
    /// The name in output: `none`, `unsafe` or `safe`.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Guess => "unsafe",
            Self::Safe => "safe",
        }
    }

    /// What pact can do about findings, in a few words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::None => "no fix: `pact lint --fix` leaves it to people",
            Self::Guess => "unsafe fix: `pact lint --fix --unsafe-fixes` mends it where there is a good guess",
            Self::Safe => "safe fix: `pact lint --fix` mends it where there is one right answer",
        }
    }
}

impl RuleMeta {
    /// What the page says about fixes: a line that begins with `**Fix:**`, and goes on with `safe` or `guess`.
    pub fn fix(&self) -> FixKind {
        let mut lines = self.page.lines();
        match lines.find_map(|line| line.strip_prefix("**Fix:** ")) {
            Some(line) if line.starts_with("safe") => FixKind::Safe,
            Some(line) if line.starts_with("guess") => FixKind::Guess,
            _ => FixKind::None,
        }
    }
}

macro_rules! groups {
    ($($(#[$doc:meta])* $group:ident = $name:literal, $about:literal;)*) => {
        /// What rules are about. A repository selects whole groups by their names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Group {
            $(#[doc = $about] $group,)*
        }

        impl Group {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$group,)*];

            /// The name by which it is selected.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$group => $name,)*
                }
            }

            /// What its rules are about, in a few words.
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$group => $about,)*
                }
            }
        }
    };
}

groups! {
    Form = "form", "whether the text can be read as a contract at all";
    Structure = "structure", "names, identities and the parts of a contract";
    Types = "types", "types and nested shapes";
    Keys = "keys", "keys, and references within and across contracts";
    Constraints = "constraints", "what values must satisfy";
    Expressions = "expressions", "rules and their SQL expressions";
    Quality = "quality", "promises about quality and operation";
    Governance = "governance", "owners, dates, personal data and secrets";
    Subscriptions = "subscriptions", "who uses the data, and as what";
    Documentation = "documentation", "what people read";
    Hygiene = "hygiene", "files, spelling and the traps of YAML";
    Policy = "policy", "exceptions that the repository has accepted";
    Checks = "checks", "whether live data keeps the promise";
}
