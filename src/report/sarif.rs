//! Findings as SARIF 2.1.0, for code scanning.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Component, Path};

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{Located, Mend, Report, Spot, counted, sanitize};
use crate::finding::{Severity, fingerprint};
use crate::source::{SourceFile, Span};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to.
const ROOT: &str = "%SRCROOT%";
/// What paths are relative to that are those of the state compared with.
const BASE_ROOT: &str = "%BASEROOT%";

/// GitHub refuses a run with more results. It shows the worst 5,000. <https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support>
const MOST_RESULTS: usize = 25_000;
/// GitHub refuses a result with more than 1,000 places, and shows 100 of them.
const MOST_PLACES: usize = 100;
/// GitHub refuses a file of more than 10 MB once packed by gzip. Results are much alike and pack to less than a fifth.
const MOST_BYTES: usize = 48 << 20;

/// What `pact explain` says of a code.
#[derive(Debug)]
pub struct Explained {
    /// In a few words.
    pub summary: &'static str,
    /// The page, in Markdown.
    pub page: String,
}

/// The run that results come from.
pub struct Run<'a> {
    /// The command: `lint`. Code scanning keeps the results of different commands apart by it.
    pub command: &'a str,
    /// Whether everything that was asked for could be looked at.
    pub complete: bool,
    /// What is known of a code.
    pub explain: &'a dyn Fn(&str) -> Option<Explained>,
}

/// A report as a SARIF log.
pub fn sarif(report: &Report<'_>, run: &Run<'_>) -> String {
    Log::default().document(results(report), run)
}

/// The findings as results.
pub(super) fn results(report: &Report<'_>) -> Vec<Entry> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let result = |located: &Located<'_>| {
        let finding = located.finding;
        let mut entry = Entry::new(finding.severity, finding.code, &finding.message, finding.help.as_deref());
        entry.places.push(Place::new(&located.spot, false).element(&located.element));
        entry.related = located.related.iter().map(|spot| (Place::new(spot, false), spot.note.to_owned())).collect();
        let parts = [finding.code, located.contract.unwrap_or_default(), &located.element, &finding.message];
        entry.fingerprint = Some(numbered(fingerprint(&parts), &mut seen));
        entry.properties = json!({ "contract": located.contract });
        entry.fix =
            located.mend.as_ref().filter(|mend| !mend.edits.is_empty()).map(|mend| fix(mend, located.spot.file));
        entry
    };
    report.findings.iter().map(result).collect()
}

/// A fix as SARIF has it (section 3.55): what to delete, and what to insert there.
fn fix(mend: &Mend<'_>, file: &SourceFile) -> Json {
    let replacement = |(span, text): &(Span, String)| {
        let mut json = json!({ "deletedRegion": Region::of(&Spot { file, span: *span, note: "" }) });
        if !text.is_empty() {
            json["insertedContent"] = json!({ "text": text });
        }
        json
    };
    let replacements: Vec<Json> = mend.edits.iter().map(replacement).collect();
    json!({
        "description": { "text": plain(&sanitize::line(&mend.fix.title)) },
        "artifactChanges": [{ "artifactLocation": ArtifactLocation::of(file.path(), false), "replacements": replacements }],
        "properties": { "safe": mend.fix.is_safe },
    })
}

/// The same thing said twice is told apart by a number.
fn numbered(fingerprint: String, seen: &mut HashMap<String, usize>) -> String {
    let count = seen.entry(fingerprint.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { fingerprint } else { format!("{fingerprint}:{count}") }
}

/// One result, before it is written.
pub(super) struct Entry {
    severity: Severity,
    code: &'static str,
    message: String,
    pub(super) places: Vec<Place>,
    /// Other places, each with a few words (which may be empty).
    pub(super) related: Vec<(Place, String)>,
    pub(super) fingerprint: Option<String>,
    /// Why it counts for nothing, where the repository has agreed to it.
    pub(super) accepted: Option<String>,
    /// How the text can be mended, where it can.
    fix: Option<Json>,
    /// What pact knows beyond SARIF.
    pub(super) properties: Json,
}

impl Entry {
    pub(super) fn new(severity: Severity, code: &'static str, message: &str, help: Option<&str>) -> Self {
        let mut text = sanitize::line(message);
        if let Some(help) = help {
            let _ = write!(text, "\n{}", sanitize::line(help));
        }
        let (places, related) = (Vec::new(), Vec::new());
        Self {
            severity,
            code,
            message: text,
            places,
            related,
            fingerprint: None,
            accepted: None,
            fix: None,
            properties: Json::Null,
        }
    }

    fn level(&self) -> &'static str {
        match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        }
    }

    fn json(&self, rule: usize) -> Json {
        let mut result = json!({
            "ruleId": self.code,
            "ruleIndex": rule,
            "level": self.level(),
            "message": { "text": plain(&self.message) },
            "locations": self.places,
        });
        if !self.related.is_empty() {
            let related = self.related.iter().take(MOST_PLACES).enumerate().map(|(id, (place, note))| {
                let mut json = json!(place);
                json["id"] = json!(id);
                if !note.is_empty() {
                    json["message"] = json!({ "text": plain(&sanitize::line(note)) });
                }
                json
            });
            result["relatedLocations"] = related.collect();
        }
        if let Some(fingerprint) = &self.fingerprint {
            result["partialFingerprints"] = json!({ "pact/v1": fingerprint });
        }
        if let Some(accepted) = &self.accepted {
            let why = plain(&sanitize::line(accepted));
            result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": why }]);
        }
        if let Some(fix) = &self.fix {
            result["fixes"] = json!([fix]);
        }
        if !self.properties.is_null() {
            result["properties"] = self.properties.clone();
        }
        result
    }
}

/// Text that a viewer must not read as a link: `[words](address)` is one in SARIF, unless its brackets are escaped.
fn plain(text: &str) -> String {
    if !text.contains("](") {
        return text.to_owned();
    }
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// A place in a file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

impl Place {
    /// A place in what is looked at, or in the state that it is compared with.
    pub(super) fn new(spot: &Spot<'_>, in_base: bool) -> Self {
        let artifact_location = ArtifactLocation::of(spot.file.path(), in_base);
        let physical_location = PhysicalLocation { artifact_location, region: Region::of(spot) };
        Self { physical_location, logical_locations: Vec::new() }
    }

    /// The same place with the element that stands there.
    #[must_use]
    pub(super) fn element(mut self, element: &str) -> Self {
        if !element.is_empty() {
            self.logical_locations.push(LogicalLocation { fully_qualified_name: sanitize::line(element) });
        }
        self
    }

    fn is_in_base(&self) -> bool {
        self.physical_location.artifact_location.uri_base_id == Some(BASE_ROOT)
    }
}

impl ArtifactLocation {
    fn of(path: &Path, in_base: bool) -> Self {
        let uri_base_id = path.is_relative().then_some(if in_base { BASE_ROOT } else { ROOT });
        Self { uri: uri(path), uri_base_id }
    }
}

impl Region {
    fn of(spot: &Spot<'_>) -> Self {
        let (start, end) = (spot.start(), spot.end());
        let column = |line: usize, offset: u32| {
            let text = spot.file.text().get(spot.file.line_start(line)..offset as usize).unwrap_or_default();
            // The mark at the beginning of a file is no part of its first line for an editor.
            text.trim_start_matches('\u{feff}').encode_utf16().count() + 1
        };
        Self {
            start_line: start.line,
            start_column: column(start.line, spot.span.start),
            end_line: end.line,
            end_column: column(end.line, spot.span.end),
        }
    }
}

/// A path as a relative reference, or as an address where it is absolute.
fn uri(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::RootDir | Component::CurDir));
    let parts: Vec<String> = parts.map(|part| encoded(part.as_os_str().as_encoded_bytes())).collect();
    format!("{}{}", if path.is_absolute() { "file:///" } else { "" }, parts.join("/"))
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// The parts of a log that depend on what is compared.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// What the state is called that is compared with.
    pub(super) base: Option<String>,
    /// What pact knows of the run beyond SARIF.
    pub(super) properties: Option<Json>,
}

impl Log {
    /// The log: results worst first, within the limits of code scanning, and only the rules that they need.
    pub(super) fn document(self, mut entries: Vec<Entry>, run: &Run<'_>) -> String {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.severity));
        let mut rules: Vec<Json> = Vec::new();
        let mut indices: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut results, mut bytes) = (Vec::new(), 0);
        for entry in &entries {
            let index = *indices.entry(entry.code).or_insert_with(|| {
                rules.push(rule(entry, run));
                rules.len() - 1
            });
            let result = entry.json(index);
            bytes += result.to_string().len();
            if results.len() == MOST_RESULTS || bytes > MOST_BYTES {
                break;
            }
            results.push(result);
        }
        let mut invocation = json!({ "executionSuccessful": run.complete });
        let left = entries.len() - results.len();
        if left > 0 {
            let text = format!(
                "{} left out, since code scanning takes no more; those that are here are the worst.",
                counted(left, "finding")
            );
            invocation["toolExecutionNotifications"] = json!([{ "level": "warning", "message": { "text": text } }]);
        }
        let described = |text: String| json!({ "description": { "text": text } });
        let mut bases = json!({ ROOT: described("The root of the repository.".to_owned()) });
        let places = |entry: &Entry| {
            entry.places.iter().chain(entry.related.iter().map(|(place, _)| place)).any(Place::is_in_base)
        };
        if let Some(base) = self.base.filter(|_| entries.iter().any(places)) {
            let text = format!("The root of the repository at {}, which is compared with.", sanitize::line(&base));
            bases[BASE_ROOT] = described(plain(&text));
        }
        let mut log = json!({
            "tool": { "driver": {
                "name": "pact",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "automationDetails": { "id": format!("pact-{}/", run.command) },
            "invocations": [invocation],
            "originalUriBaseIds": bases,
            "columnKind": "utf16CodeUnits",
            "results": results,
        });
        if let Some(properties) = self.properties {
            log["properties"] = properties;
        }
        super::pretty(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [log] }))
    }
}

/// A rule with the page that `pact explain` shows.
fn rule(entry: &Entry, run: &Run<'_>) -> Json {
    let mut rule = json!({ "id": entry.code, "defaultConfiguration": { "level": entry.level() } });
    if let Some(Explained { summary, page }) = (run.explain)(entry.code) {
        rule["shortDescription"] = json!({ "text": plain(summary) });
        rule["fullDescription"] = json!({ "text": plain(summary) });
        rule["help"] = json!({ "text": plain(&page), "markdown": page });
    }
    rule["properties"] = json!({ "tags": ["data-contract", run.command] });
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_editors_count_them() {
        let file = SourceFile::new("a.yaml", "\u{feff}a: 😀x\nb: 2\n");
        let at = |word: &str| file.text().find(word).unwrap();
        let region = |from: usize, to: usize| {
            let spot = Spot { file: &file, span: Span::new(from, to), note: "" };
            let region = Region::of(&spot);
            (region.start_line, region.start_column, region.end_line, region.end_column)
        };
        // The mark counts as nothing, and 😀 as two.
        assert_eq!(region(at("a"), at("a") + 1), (1, 1, 1, 2));
        assert_eq!(region(at("x"), at("2") + 1), (1, 6, 2, 5));
        assert_eq!(region(0, 9999).2, 3);
    }

    #[test]
    fn paths_become_addresses() {
        assert_eq!(uri(Path::new("contracts/a b:c%.yaml")), "contracts/a%20b%3Ac%25.yaml");
        assert_eq!(uri(Path::new("./ä.yaml")), "%C3%A4.yaml");
        assert_eq!(uri(Path::new("/tmp/a.yaml")), "file:///tmp/a.yaml");
        assert_eq!(uri(Path::new("../a.yaml")), "../a.yaml");
    }

    #[test]
    fn no_text_becomes_a_link() {
        assert_eq!(plain("lines[].price"), "lines[].price");
        assert_eq!(plain("[x](http://a)\\"), "\\[x\\](http://a)\\\\");
    }

    #[test]
    fn the_worst_stay_where_there_are_too_many() {
        let run = Run { command: "lint", complete: true, explain: &|_| None };
        let mut entries: Vec<Entry> =
            (0..=MOST_RESULTS).map(|_| Entry::new(Severity::Info, "mild", "m", None)).collect();
        let mut bad = Entry::new(Severity::Error, "bad", "m", None);
        let file = SourceFile::new("a.yaml", "a: 1\n");
        let spot = Spot { file: &file, span: Span::new(0, 1), note: "" };
        bad.related = (0..2_000).map(|_| (Place::new(&spot, false), String::new())).collect();
        entries.push(bad);
        let log: Json = serde_json::from_str(&Log::default().document(entries, &run)).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["results"].as_array().unwrap().len(), MOST_RESULTS);
        assert_eq!((&run["results"][0]["ruleId"], &run["results"][1]["ruleId"]), (&json!("bad"), &json!("mild")));
        assert_eq!(run["results"][0]["relatedLocations"].as_array().map(Vec::len), Some(MOST_PLACES));
        let told = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert!(told.as_str().unwrap().starts_with("2 findings left out"), "{told}");
    }
}
