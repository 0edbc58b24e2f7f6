//! Changes as entries of a changelog in the style of Keep a Changelog (<https://keepachangelog.com>).

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{ChangeReport, called, sanitize, values};
use crate::finding::change::{Change, ContractDiff, Level};

/// What a new changelog begins with.
const BEGINNING: &str = "# Changelog\n\nAll changes of these data contracts, as `pact diff` finds them.\n";

/// The groups of an entry, in their order.
const GROUPS: [&str; 4] = ["Added", "Changed", "Deprecated", "Removed"];

/// An entry for each contract, as a changelog would have it. `today` is the day of the entries.
pub fn changelog(report: &ChangeReport<'_>, today: Date) -> String {
    // A subscription has no version that an entry could be of.
    let contracts = report.contracts.iter().filter(|placed| placed.diff.subscription.is_none());
    let entries = contracts.filter_map(|placed| {
        let groups = groups(placed.diff);
        // Where the version is too low, the entry is that of the one that it ought to be.
        let version = placed.diff.verdict.as_ref().and_then(|verdict| verdict.write.as_ref().or(verdict.head.as_ref()));
        let name = sanitize::markdown_line(&placed.diff.name);
        let title = version.map_or_else(|| format!("## {name}"), |version| format!("## {name} {version} - {today}"));
        (!groups.is_empty()).then(|| format!("{title}\n{}", body(&groups, "\n")))
    });
    entries.collect::<Vec<_>>().join("\n")
}

/// The text of a changelog with what changed in a contract under the heading of its new version. What the entry has already
/// stays as it is, and so does every other byte; what it has is not written twice. `None` where there is nothing to write.
pub fn with_entry(text: Option<&str>, diff: &ContractDiff, day: Date) -> Option<String> {
    let verdict = diff.verdict.as_ref().filter(|_| diff.subscription.is_none())?;
    let head = verdict.head.as_ref().filter(|head| verdict.base.as_ref() != Some(head))?;
    let title = format!("## {} {head}", diff.name);
    let groups = groups(diff);
    let old = text.unwrap_or(BEGINNING);
    let end = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let new = match entry(old, &title) {
        Some((from, to)) => extended(old, (from, to), &groups, end),
        None => inserted(old, &format!("{title} - {day}"), &groups, end),
    };
    (text != Some(new.as_str())).then_some(new)
}

/// Whether a changelog has an entry for a version of a contract.
pub fn has_entry(text: &str, contract: &str, version: &str) -> bool {
    entry(text, &format!("## {contract} {version}")).is_some()
}

/// The lines of an entry. What asks for nothing and hits nobody is left out.
fn groups(diff: &ContractDiff) -> Vec<(&'static str, Vec<String>)> {
    let is_told = |change: &&Change| diff.level(change) > Level::None || !change.affects.is_empty();
    let of = |name: &'static str| {
        let changes = diff.changes.iter().filter(is_told).filter(|change| group(change) == name);
        (name, changes.map(|change| line(diff.level(change), change)).collect::<Vec<_>>())
    };
    GROUPS.into_iter().map(of).filter(|(_, lines)| !lines.is_empty()).collect()
}

fn group(change: &Change) -> &'static str {
    let code = change.meta.code;
    match code {
        _ if code.contains("undeprecated") => "Changed",
        _ if code.contains("deprecated") => "Deprecated",
        _ if code.contains("-added") => "Added",
        _ if code.contains("-removed") => "Removed",
        _ => "Changed",
    }
}

fn line(level: Level, change: &Change) -> String {
    let element = called(change);
    let values = values(change).map_or_else(String::new, |values| format!(": {values}"));
    format!("- {} ({}, `{}`)", sanitize::markdown_line(&format!("{element}{values}")), level.name(), change.meta.code)
}

/// The offsets of the lines outside of code blocks.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```");
        fenced ^= is_fence;
        if !fenced && !is_fence {
            found.push((at, line.trim_end()));
        }
        at += line.len();
    }
    found
}

/// Where an entry begins, behind its heading, and where it ends.
fn entry(text: &str, title: &str) -> Option<(usize, usize)> {
    let lines = lines(text);
    let is_title = |line: &str| line.strip_prefix(title).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let index = lines.iter().position(|(_, line)| is_title(line))?;
    let from = lines[index].0;
    let behind = text[from..].find('\n').map_or(text.len(), |end| from + end + 1);
    let next =
        lines[index + 1..].iter().find(|(_, line)| line.starts_with("## ") || line.starts_with("# ") || is_link(line));
    Some((behind, next.map_or(text.len(), |(at, _)| *at)))
}

/// A link definition at the end of a changelog: `[1.0.0]: https://...`.
fn is_link(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

fn body(groups: &[(&str, Vec<String>)], end: &str) -> String {
    let mut text = String::new();
    for (name, lines) in groups.iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = write!(text, "{end}### {name}{end}{end}");
        for line in lines {
            let _ = write!(text, "{line}{end}");
        }
    }
    text
}

/// A new entry comes before the newest one, and behind what is not released.
fn inserted(old: &str, title: &str, groups: &[(&str, Vec<String>)], end: &str) -> String {
    let is_released = |line: &str| line.starts_with("## ") && !line.to_lowercase().contains("unreleased");
    let at =
        lines(old).into_iter().find(|(_, line)| is_released(line) || is_link(line)).map_or(old.len(), |(at, _)| at);
    let (before, after) = old.split_at(at);
    let newline = if before.is_empty() || before.ends_with('\n') { "" } else { end };
    let is_apart = before.is_empty() || before.ends_with(&format!("{end}{end}"));
    let apart = if is_apart { "" } else { end };
    let gap = if after.is_empty() { "" } else { end };
    format!("{before}{newline}{apart}{title}{end}{}{gap}{after}", body(groups, end))
}

/// An entry with the lines that it lacks: at the end of their group, or in a group of their own at its end.
fn extended(old: &str, (from, to): (usize, usize), groups: &[(&str, Vec<String>)], end: &str) -> String {
    let mut entry = old[from..to].to_owned();
    let has = |entry: &str, line: &str| entry.lines().any(|known| known.trim_end() == line);
    let mut rest = Vec::new();
    for (name, wanted) in groups {
        let missing: Vec<String> = wanted.iter().filter(|line| !has(&entry, line)).cloned().collect();
        if missing.is_empty() {
            continue;
        }
        let heading = format!("### {name}");
        let listed = lines(&entry);
        let Some(index) = listed.iter().position(|(_, line)| *line == heading) else {
            rest.push((*name, missing));
            continue;
        };
        let next =
            listed[index + 1..].iter().find(|(_, line)| line.starts_with('#')).map_or(entry.len(), |(at, _)| *at);
        let at = entry[..next].trim_end().len();
        let lines = missing.iter().fold(String::new(), |lines, line| lines + end + line);
        entry.insert_str(at, &lines);
    }
    if !rest.is_empty() {
        let at = entry.trim_end().len();
        let newline = if at == 0 { "" } else { end };
        let added = body(&rest, end);
        // The line end behind the last line is there already.
        entry.insert_str(at, &format!("{newline}{}", added.strip_suffix(end).unwrap_or(&added)));
    }
    format!("{}{entry}{}", &old[..from], &old[to..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::verdict::verdict;
    use crate::format::read;
    use crate::model::{Compatibility, SourceId};
    use crate::source::SourceFile;

    const DAY: Date = jiff::civil::date(2026, 2, 1);

    fn diff(fields: &[&str]) -> ContractDiff {
        let text = |version: &str, fields: &[&str]| {
            let fields =
                fields.iter().fold(String::new(), |text, name| text + "  - {name: " + name + ", data_type: string}\n");
            format!(
                "name: orders\nversion: {version}\nstatus: active\nschema:\n  - {{name: id, data_type: string}}\n{fields}"
            )
        };
        let contract = |text: String| read(SourceId(0), SourceFile::new("o.yaml", text)).contract().unwrap().clone();
        let (base, head) = (contract(text("1.0.0", &["gone"])), contract(text("2.0.0", fields)));
        let changes = crate::diff::contract(Some(&base), Some(&head), DAY);
        let verdict = verdict(Some(&base), Some(&head), &changes, Compatibility::default());
        ContractDiff {
            name: "orders".into(),
            subscription: None,
            base: None,
            head: None,
            changes,
            verdict: Some(verdict),
        }
    }

    #[test]
    fn an_entry_is_written_once_and_grows() {
        let first = with_entry(None, &diff(&["mail"]), DAY).unwrap();
        assert_eq!(
            first,
            format!(
                "{BEGINNING}\n## orders 2.0.0 - 2026-02-01\n\n### Added\n\n- orders.mail: now string (minor, \
                 `field-added-optional`)\n\n### Removed\n\n- orders.gone: was string (major, `field-removed-optional`)\n"
            )
        );
        assert_eq!(with_entry(Some(&first), &diff(&["mail"]), DAY), None);
        assert!(has_entry(&first, "orders", "2.0.0") && !has_entry(&first, "orders", "2.0"));
        let more = with_entry(Some(&first), &diff(&["mail", "fax"]), DAY).unwrap();
        let line = "- orders.fax: now string (minor, `field-added-optional`)\n";
        assert_eq!(more.replace(line, ""), first);
        assert_eq!(with_entry(Some(&more), &diff(&["mail", "fax"]), DAY), None);
    }

    #[test]
    fn every_other_byte_stays() {
        for old in [
            "",
            "# Changelog",
            "# Ours\r\n\r\n## [Unreleased]\r\n\r\n- soon\r\n\r\n## orders 1.0.0 - 2025-01-01\r\n\r\n- all\r\n",
            "# Log\n\n```\n## orders 2.0.0\n```\n\n## customers 1.0.0\n\n[1]: https://example.com\n",
            "## orders 2.0.0 - 2026-01-15\n\nBy hand.\n\n## orders 1.0.0\n",
            "## orders 2.0.0",
            "\u{feff}# Log\n\n[1.0.0]: https://example.com\n",
        ] {
            let new = with_entry(Some(old), &diff(&["mail"]), DAY).expect("an entry");
            let mut rest = new.as_str();
            // What was there is a subsequence of what is there, line by line.
            for line in old.lines() {
                let at = rest.find(line).unwrap_or_else(|| panic!("{line:?} is lost in {new:?}"));
                rest = &rest[at + line.len()..];
            }
            assert!(has_entry(&new, "orders", "2.0.0"), "{new:?}");
            assert_eq!(new.matches("orders.mail: now").count(), 1, "{new:?}");
            assert_eq!(with_entry(Some(&new), &diff(&["mail"]), DAY), None, "{old:?} -> {new:?}");
            if old.contains("\r\n") {
                assert_eq!(new.matches('\n').count(), new.matches("\r\n").count(), "{new:?}");
            }
        }
    }
}
