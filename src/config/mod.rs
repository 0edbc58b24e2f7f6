//! `pact.yaml`: where the contracts are, and what the repository decides. Pure: text in, [`Config`] out.

mod accept;
mod keys;
mod read;

use jiff::SignedDuration;

use crate::finding::policy::Policy;
use crate::model::Compatibility;

pub use accept::with_exception;
pub use keys::{Configurable, SHAPE, order, reference, schema};
pub use read::read;

/// The name of the configuration file, looked for in the working directory and every folder above it.
pub const FILE_NAME: &str = "pact.yaml";

/// What a repository has decided, with defaults for the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Files, folders and glob patterns of contracts, relative to the configuration file.
    pub contracts: Vec<String>,
    /// Glob patterns of files that are not contracts.
    pub exclude: Vec<String>,
    /// The branch that `pact diff` compares with; `None` asks git.
    pub default_branch: Option<String>,
    /// Whom versions protect where a contract does not say.
    pub compatibility: Compatibility,
    /// Levels of rules and accepted exceptions.
    pub policy: Policy,
    /// How versions are judged.
    pub diff: DiffConfig,
    /// How live services are asked.
    pub check: CheckConfig,
    /// Where the ledger is, relative to the configuration file.
    pub ledger: String,
}

/// How versions are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffConfig {
    /// Gates whose missing yes fails the run.
    pub gates: Vec<String>,
    /// How the git tags of released contracts are named, with `{contract}` and `{version}` in the place of both.
    pub release_tags: Vec<String>,
    /// The changelog of all contracts, relative to the configuration file; `None` for one beside each contract.
    pub changelog: Option<String>,
}

/// How live services are asked and their answers judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckConfig {
    /// How long one request may take.
    pub timeout: SignedDuration,
    /// How long the whole run may take.
    pub deadline: SignedDuration,
    /// How many services are asked at once.
    pub concurrency: u32,
    /// How far the clocks of a service and of this machine may differ.
    pub clock_skew: SignedDuration,
    /// From which share of a service level on there is a notice, in percent.
    pub info_at: f64,
    /// From which share of a service level on there is a warning, in percent.
    pub warning_at: f64,
    /// How many violations of one type in 24 hours are still no critical matter.
    pub critical_after: u32,
}

impl Config {
    /// The entries of `contracts`: glob patterns, and plain files and folders.
    pub fn contract_entries(&self) -> (Vec<String>, Vec<String>) {
        self.contracts.iter().cloned().partition(|entry| entry.contains(['*', '?', '[', '{']))
    }
}

impl Default for DiffConfig {
    fn default() -> Self {
        let tags = [
            "{contract}/v{version}",
            "{contract}/{version}",
            "{contract}-v{version}",
            "{contract}-{version}",
            "{contract}@{version}",
            "v{version}",
            "{version}",
        ];
        Self { gates: Vec::new(), release_tags: tags.map(str::to_owned).to_vec(), changelog: None }
    }
}

impl Default for CheckConfig {
    fn default() -> Self {
        Self {
            timeout: SignedDuration::from_secs(30),
            deadline: SignedDuration::from_mins(5),
            concurrency: 64,
            clock_skew: SignedDuration::from_secs(60),
            info_at: 80.0,
            warning_at: 90.0,
            critical_after: 3,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            contracts: vec!["contracts".to_owned()],
            exclude: Vec::new(),
            default_branch: None,
            compatibility: Compatibility::default(),
            policy: Policy::default(),
            diff: DiffConfig::default(),
            check: CheckConfig::default(),
            ledger: ".pact/ledger.db".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::finding::Severity;
    use crate::finding::policy::Setting;
    use crate::model::Mode;

    #[expect(clippy::unnecessary_wraps, reason = "the signature that `read` takes")]
    fn any(_: &str) -> Result<Configurable, String> {
        Ok(Configurable::Rule)
    }

    #[test]
    fn an_empty_file_means_the_defaults() {
        assert_eq!(read("", &any).unwrap(), Config::default());
        assert_eq!(read("# nothing\n", &any).unwrap(), Config::default());
    }

    #[test]
    fn what_is_given_replaces_the_defaults() {
        let config = read(
            "contracts: data/*.yaml\ncompatibility: BACKWARD_TRANSITIVE\nrules: {field-odd: off, field-even: error}\n\
             diff: {gates: privacy, release_tags: 'data/{contract}/{version}'}\n\
             check: {timeout: 5s, concurrency: 8, info_at: 50}\n\
             ignores: [{code: a-b, reason: agreed, until: 2026-12-31}]\n",
            &any,
        )
        .unwrap();
        assert_eq!(config.contracts, ["data/*.yaml"]);
        assert_eq!(config.compatibility, Compatibility { mode: Mode::Writers, transitive: true });
        let levels =
            [("field-odd".to_owned(), Setting::Off), ("field-even".to_owned(), Setting::Severity(Severity::Error))];
        assert_eq!(config.policy.levels, levels);
        assert_eq!(config.check.timeout, SignedDuration::from_secs(5));
        assert_eq!(config.diff.gates, ["privacy"]);
        assert_eq!(config.diff.release_tags, ["data/{contract}/{version}"]);
        assert_eq!((config.check.concurrency, config.check.info_at), (8, 50.0));
        assert_eq!(config.policy.ignores[0].until.to_string(), "2026-12-31");
    }

    #[test]
    fn mistakes_have_places() {
        let problems = read("contract: x\ncheck: {timeout: soon}\n", &any).unwrap_err();
        assert_eq!(problems[0].help.as_deref(), Some("it belongs in `ignores`; or did you mean `contracts`?"));
        assert_eq!(problems[1].code, "invalid-value");
    }

    #[test]
    fn numbers_that_mean_nothing_are_mistakes() {
        let messages = |text: &str| -> Vec<String> {
            read(text, &any).err().into_iter().flatten().map(|problem| problem.message).collect()
        };
        let wrong = messages("check: {concurrency: 0, info_at: 300, warning_at: -5}");
        assert_eq!(wrong, ["`concurrency` can't be 0", "`info_at` can't be 300", "`warning_at` can't be -5"]);
        assert_eq!(messages("check: {concurrency: 1, info_at: 0, warning_at: 100}"), [""; 0]);
        assert_eq!(messages("check: {warning_at: .nan}").len(), 1);
    }

    #[test]
    fn an_editor_knows_the_codes() {
        let codes = [("field-odd", Configurable::Rule, "it is odd"), ("type-odd", Configurable::Change, "less")];
        let schema = schema(&codes);
        let definitions = &schema["$defs"];
        let rules = &definitions["configuration"]["properties"]["rules"]["anyOf"][0];
        assert_eq!(rules["properties"]["field-odd"], json!({"$ref": "#/$defs/severity", "description": "it is odd"}));
        assert_eq!(rules["properties"]["type-odd"]["$ref"], "#/$defs/level");
        assert_eq!(rules["additionalProperties"], json!(false));
        assert_eq!(definitions["severity"]["enum"], json!(["off", "info", "warning", "error"]));
        assert_eq!(definitions["level"]["enum"], json!(["off", "error", "none", "patch", "minor", "major"]));
        let code = &definitions["exception"]["properties"]["code"];
        assert_eq!(code["enum"], json!(["field-odd", "type-odd"]));
        assert_eq!(code["enumDescriptions"], json!(["it is odd", "less"]));
    }

    #[test]
    fn a_rule_has_a_severity_and_a_change_has_levels() {
        let kinds = |code: &str| Ok(if code.starts_with("type-") { Configurable::Change } else { Configurable::Rule });
        let text = "rules: {type-odd: minor, type-even: error, type-new: off, field-odd: info}";
        let levels = read(text, &kinds).unwrap().policy.levels;
        assert_eq!(levels[0].1, Setting::Level(crate::finding::change::Level::Minor));
        assert_eq!(levels[1].1, Setting::Severity(Severity::Error));
        let problems = read("rules: {type-odd: warning, field-odd: major}", &kinds).unwrap_err();
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["`type-odd` can't be warning", "`field-odd` can't be major"]);
    }

    #[test]
    fn the_examples_of_the_pages_about_exceptions_are_configurations() {
        for rule in crate::finding::policy::RULES {
            let example = rule.page.split_once("```yaml\n").expect("an example").1;
            let example = example.split_once("```").expect("the end of the example").0;
            assert!(rule.page.starts_with(&format!("# {}\n", rule.code)));
            assert_eq!(read(example, &any).expect("a configuration").policy.ignores.len(), 1, "{}", rule.code);
        }
    }

    #[test]
    fn rules_that_do_not_exist_are_mistakes() {
        let known = |code: &str| {
            if code == "field-odd" { Ok(Configurable::Rule) } else { Err("did you mean `field-odd`?".to_owned()) }
        };
        let text = "rules: {field-od: off, field-odd: off}\nignores: [{code: odd, reason: r, until: 2026-12-31}]\n";
        let problems = read(text, &known).unwrap_err();
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0].message, "`field-od` can't be configured");
    }
}
