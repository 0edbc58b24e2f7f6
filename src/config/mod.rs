//! `pact.yaml`: where the contracts are, and what the repository decides. Pure: text in, [`Config`] out.

mod accept;
mod keys;
mod lint;
mod read;
mod words;

use jiff::SignedDuration;

use crate::finding::Severity;
use crate::finding::policy::Policy;
use crate::model::Compatibility;

pub use accept::with_exception;
pub use keys::{SHAPE, order, reference, schema};
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
    /// Which rules speak, levels, and accepted exceptions.
    pub policy: Policy,
    /// What else `pact lint` goes by.
    pub lint: LintConfig,
    /// How versions are judged.
    pub diff: DiffConfig,
    /// How live services are asked.
    pub check: CheckConfig,
    /// Where the ledger is, relative to the configuration file.
    pub ledger: String,
}

/// What `pact lint` goes by, beside the policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LintConfig {
    /// The file with findings that are held back until they are mended, relative to the configuration file.
    pub baseline: Option<String>,
    /// The lowest severity that fails a run.
    pub fail_on: Option<Severity>,
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
            lint: LintConfig::default(),
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
    use crate::finding::policy::tests::codes;
    use crate::finding::policy::{Selector, Setting};
    use crate::model::Mode;

    #[test]
    fn an_empty_file_means_the_defaults() {
        assert_eq!(read("", &codes()).unwrap(), Config::default());
        assert_eq!(read("# nothing\n", &codes()).unwrap(), Config::default());
    }

    #[test]
    fn what_is_given_replaces_the_defaults() {
        let config = read(
            "contracts: data/*.yaml\ncompatibility: BACKWARD_TRANSITIVE\nrules: {field-odd: off, field-even: error}\n\
             diff: {gates: privacy, release_tags: 'data/{contract}/{version}'}\n\
             check: {timeout: 5s, concurrency: 8, info_at: 50}\n\
             ignores: [{code: type-odd, reason: agreed, until: 2026-12-31}]\n",
            &codes(),
        )
        .unwrap();
        assert_eq!(config.contracts, ["data/*.yaml"]);
        assert_eq!(config.compatibility, Compatibility { mode: Mode::Writers, transitive: true });
        let code = |code: &str| Selector::Code(code.to_owned());
        let levels = [(code("field-odd"), Setting::Off), (code("field-even"), Setting::Severity(Severity::Error))];
        assert_eq!(config.policy.selection.levels, levels);
        assert_eq!(config.check.timeout, SignedDuration::from_secs(5));
        assert_eq!(config.diff.gates, ["privacy"]);
        assert_eq!(config.diff.release_tags, ["data/{contract}/{version}"]);
        assert_eq!((config.check.concurrency, config.check.info_at), (8, 50.0));
        assert_eq!(config.policy.ignores[0].until.to_string(), "2026-12-31");
    }

    #[test]
    fn mistakes_have_places() {
        let problems = read("contract: x\ncheck: {timeout: soon}\n", &codes()).unwrap_err();
        assert_eq!(problems[0].help.as_deref(), Some("it belongs in `ignores`; or did you mean `contracts`?"));
        assert_eq!(problems[1].code, "invalid-value");
    }

    #[test]
    fn numbers_that_mean_nothing_are_mistakes() {
        let messages = |text: &str| -> Vec<String> {
            read(text, &codes()).err().into_iter().flatten().map(|problem| problem.message).collect()
        };
        let wrong = messages("check: {concurrency: 0, info_at: 300, warning_at: -5}");
        assert_eq!(wrong, ["`concurrency` can't be 0", "`info_at` can't be 300", "`warning_at` can't be -5"]);
        assert_eq!(messages("check: {concurrency: 1, info_at: 0, warning_at: 100}"), [""; 0]);
        assert_eq!(messages("check: {warning_at: .nan}").len(), 1);
    }

    #[test]
    fn an_editor_knows_the_codes() {
        let schema = schema(&codes());
        let definitions = &schema["$defs"];
        let rules = &definitions["configuration"]["properties"]["rules"];
        assert_eq!(rules["properties"]["field-odd"], json!({"$ref": "#/$defs/severity", "description": "it is odd"}));
        assert_eq!(rules["properties"]["type-odd"]["$ref"], "#/$defs/level");
        assert_eq!(rules["additionalProperties"], json!(false));
        assert_eq!(definitions["severity"]["enum"], json!(["off", "info", "warning", "error"]));
        assert_eq!(definitions["level"]["enum"], json!(["off", "error", "none", "patch", "minor", "major"]));
        let code = &definitions["exception"]["properties"]["code"];
        let words = code["enum"].as_array().unwrap();
        assert!(words.contains(&json!("field-odd")) && words.contains(&json!("type-odd")));
        assert!(!words.contains(&json!("unknown-key")), "nobody can silence it");
        assert_eq!(code["enumDescriptions"].as_array().unwrap().len(), words.len());
        let special = &definitions["override"]["properties"]["rules"];
        assert_eq!(special["properties"]["keys"]["$ref"], "#/$defs/severity");
        assert_eq!(special["properties"]["type-odd"], json!(null));
        assert_eq!(definitions["selector"]["anyOf"][1]["pattern"], "^(baseline|exception|field|invalid|key|override)$");
    }

    #[test]
    fn a_rule_has_a_severity_and_a_change_has_levels() {
        let text = "rules: {type-odd: minor, type-even: error, type-new: off, field-odd: info}";
        let levels = read(text, &codes()).unwrap().policy.selection.levels;
        assert_eq!(levels[0].1, Setting::Level(crate::finding::change::Level::Minor));
        assert_eq!(levels[1].1, Setting::Severity(Severity::Error));
        let problems = read("rules: {type-odd: warning, field-odd: major}", &codes()).unwrap_err();
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["`type-odd` can't be warning", "`field-odd` can't be major"]);
    }

    #[test]
    fn the_examples_of_the_pages_about_exceptions_are_configurations() {
        for rule in crate::finding::policy::RULES.iter().filter(|rule| rule.page.contains("\nignores:")) {
            let example = rule.page.split_once("```yaml\n").expect("an example").1;
            let example = example.split_once("```").expect("the end of the example").0;
            assert!(rule.page.starts_with(&format!("# {}\n", rule.code)));
            assert_eq!(read(example, &codes()).expect("a configuration").policy.ignores.len(), 1, "{}", rule.code);
        }
    }

    #[test]
    fn rules_that_do_not_exist_are_mistakes() {
        let text = "rules: {field-od: off, field-odd: off}\nignores: [{code: odd, reason: r, until: 2026-12-31}]\n";
        let problems = read(text, &codes()).unwrap_err();
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0].message, "`field-od` can't be configured");
    }

    #[test]
    fn rules_are_selected_for_all_files_and_for_some() {
        let text = "rules: {hygiene: error}\nlint:\n  select: [all]\n  extend_select: key-rare\n  ignore: [field]\n  fail_on: info\n  \
                    baseline: old.yaml\n  overrides:\n  - {paths: [legacy], contracts: 'pay*', ignore: keys, rules: {keys: off}}\n";
        let config = read(text, &codes()).unwrap();
        let Policy { selection, overrides, .. } = config.policy;
        assert_eq!(selection.select, Some(vec![Selector::All]));
        assert_eq!(selection.extend_select, [Selector::Code("key-rare".into())]);
        assert_eq!(selection.ignore, [Selector::Start("field".into())]);
        assert_eq!((config.lint.baseline.as_deref(), config.lint.fail_on), (Some("old.yaml"), Some(Severity::Info)));
        assert_eq!((overrides.len(), overrides[0].selection.levels.len()), (1, 1));
        assert!(overrides[0].paths.as_ref().unwrap().takes("a/legacy/b.yaml"));
    }

    #[test]
    fn selections_that_mean_nothing_have_places() {
        let found = |text: &str| -> Vec<(String, String)> {
            let problems = read(text, &codes()).err().into_iter().flatten();
            problems.map(|problem| (text[problem.span.range()].to_owned(), problem.help.unwrap_or_default())).collect()
        };
        let one = |text: &str| {
            let all = found(text);
            assert_eq!(all.len(), 1, "{text} {all:?}");
            all[0].clone()
        };
        assert_eq!(one("lint: {select: [fild-odd]}"), ("fild-odd".into(), "did you mean `field-odd`?".into()));
        assert_eq!(one("lint: {ignore: form}").0, "form");
        assert_eq!(one("lint: {overrides: [{ignore: keys}]}").1.split(';').next(), Some("add `paths` or `contracts`"));
        assert_eq!(one("lint: {overrides: [{paths: ['[a'], ignore: keys}]}").0, "'[a'");
        assert_eq!(one("lint: {overrides: [{paths: a, rules: {type-odd: off}}]}").0, "type-odd");
        assert_eq!(one("lint: {overrides: [{paths: a, rules: {field-odd: minor}}]}").0, "minor");
        assert_eq!(one("rules: {keys: minor}").0, "minor");
        assert_eq!(one("rules: {form: off}").0, "form");
        assert_eq!(one("lint: {fail_on: never}").0, "never");
    }
}
