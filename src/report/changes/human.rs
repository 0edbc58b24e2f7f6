//! Changes for a person at a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Color, Style as Ansi};

use super::{ChangeReport, Placed, Places, hits, sanitize, values};
use crate::finding::Severity;
use crate::finding::change::{Change, ContractDiff, Level, Sureness, Verdict};
use crate::report::human::{self, Style};

/// What was found, in a line, and a line for each of several contracts.
pub fn summary(report: &ChangeReport<'_>) -> String {
    format!("{}\n{}", report.summary(), super::bumps::human(report))
}

/// The changes by contract, worst first, and what they ask of the versions. What asks for nothing and hits nobody is told
/// in a line, unless all is wanted `whole`.
pub fn human(report: &ChangeReport<'_>, style: Style, whole: bool) -> String {
    let mut text = human::human(&report.problems, style);
    for placed in &report.contracts {
        contract(&mut text, placed, style, whole);
        // `pact accept` compares with a commit; for two plain files it would be no help.
        let can_accept = report.base.commit.is_some() && may_accept(placed.diff);
        text.push_str(if can_accept {
            "\n  What is agreed on can be accepted for a time: `pact accept`.\n\n"
        } else {
            "\n"
        });
    }
    text.push_str(&human::human(&report.exceptions, style));
    sanitize::without_commands(&text).into_owned()
}

/// Whether an agreement would help: something fails that is more than a number, and no remark says so already.
fn may_accept(diff: &ContractDiff) -> bool {
    let said = |verdict: &Verdict| {
        let mut helps = verdict.remarks.iter().filter_map(|remark| remark.help.as_ref());
        verdict.required <= Level::Patch || helps.any(|help| help.contains("pact accept"))
    };
    let is_forbidden = diff.is_gated() && diff.changes.iter().any(|change| change.forbidden && change.stands());
    diff.fails() && !diff.changes.is_empty() && (is_forbidden || !diff.verdict.as_ref().is_some_and(said))
}

pub(super) fn paint(text: &str, color: AnsiColor, style: Style) -> String {
    if !style.color {
        return text.to_owned();
    }
    let ansi = Ansi::new().fg_color(Some(Color::Ansi(color))).bold();
    format!("{ansi}{text}{ansi:#}")
}

fn contract(text: &mut String, placed: &Placed<'_>, style: Style, whole: bool) {
    let diff = placed.diff;
    let name = paint(&sanitize::line(&diff.title()), AnsiColor::White, style);
    let file = placed.version.as_ref().map(|spot| sanitize::line(&spot.file.path().display().to_string()));
    let heading = [Some(name), file, Some(placed.versions()).filter(|versions| !versions.is_empty())];
    let _ = writeln!(text, "{}", heading.into_iter().flatten().collect::<Vec<_>>().join("  "));
    let is_brief = |change: &Change| {
        !whole && (!change.stands() || diff.level(change) == Level::None && change.affects.is_empty())
    };
    let (brief, full): (Vec<_>, Vec<_>) = placed.changes().into_iter().partition(|(change, _)| is_brief(change));
    for (change, places) in full {
        text.push('\n');
        one(text, diff.level(change), change, *places, style);
    }
    if !brief.is_empty() {
        text.push('\n');
    }
    for (change, _) in brief {
        let values = values(change).map_or_else(String::new, |values| format!(": {values}"));
        let _ = writeln!(text, "{}{values}", title(diff.level(change), change, style));
        if let Some(accepted) = &change.accepted {
            let _ = writeln!(text, "         {}", sanitize::line(&accepted.to_string()));
        }
    }
    if let Some(verdict) = &diff.verdict {
        for one in &verdict.against {
            let _ = writeln!(text, "\n  against {}, pinned by {}:", one.version, sanitize::line(&one.by()));
            for change in &one.changes {
                let values = values(change).map_or_else(String::new, |values| format!(": {values}"));
                let _ = writeln!(text, "{}{values}", title(diff.level(change), change, style));
            }
        }
        if let Some(reason) = verdict.ungated.as_ref().filter(|_| verdict.required > Level::None && !verdict.fails()) {
            let _ = writeln!(text, "\n  Nothing here fails: {reason}.");
        }
        for remark in &verdict.remarks {
            let color = if remark.severity == Severity::Error { AnsiColor::Red } else { AnsiColor::Cyan };
            let severity =
                paint(if remark.severity == Severity::Info { "note" } else { remark.severity.name() }, color, style);
            let _ = writeln!(text, "\n  {severity}[{}]: {}", remark.meta.code, sanitize::line(&remark.message));
            if let Some(help) = &remark.help {
                let _ = writeln!(text, "    help: {}", sanitize::line(help));
            }
        }
    }
}

/// The first line of a change.
fn title(level: Level, change: &Change, style: Style) -> String {
    let color = match level {
        Level::Major => AnsiColor::Red,
        Level::Minor => AnsiColor::Yellow,
        Level::Patch | Level::None => AnsiColor::Cyan,
    };
    let label = paint(&format!("{:5}", level.name()), color, style);
    let element = change.element();
    let element = if element.is_empty() { "the contract" } else { &element };
    let sure = match change.sure {
        Sureness::Certain => "",
        Sureness::Possible => "  (possible)",
        Sureness::Review => "  (to review)",
    };
    format!("  {label}  {}  {}{sure}", change.meta.code, sanitize::line(element))
}

fn one(text: &mut String, level: Level, change: &Change, places: Places<'_>, style: Style) {
    let _ = writeln!(text, "{}", title(level, change, style));
    let mut line = |content: &str| {
        let _ = writeln!(text, "         {content}");
    };
    if let Some(values) = values(change) {
        line(&values);
    }
    match (places.head, places.base) {
        (Some(head), Some(base)) if change.base.value.is_some() && head.address() != base.address() => {
            line(&format!("at {}, before at {}", head.address(), base.address()));
        }
        (Some(head), _) => line(&format!("at {}", head.address())),
        (None, Some(base)) => line(&format!("before at {}", base.address())),
        (None, None) => {}
    }
    line(change.meta.why);
    if let Some(witness) = &change.witness {
        line(&format!("for example: {}", sanitize::line(&witness.to_string())));
    }
    for hit in hits(change) {
        line(&format!("hits {hit}"));
    }
    let gates: Vec<&str> = change.meta.gates.iter().copied().filter(|gate| AGREEMENT.contains(gate)).collect();
    if !gates.is_empty() {
        line(&format!("to be agreed on with: {}", gates.join(", ")));
    }
    if change.forbidden && change.stands() {
        line("fails: pact.yaml wants no such change, whatever the version says");
    }
    if let Some(accepted) = &change.accepted {
        line(&sanitize::line(&accepted.to_string()));
    }
    if let Some(help) = &change.help {
        line(&format!("help: {}", sanitize::line(help)));
    }
}

/// Gates that are people.
const AGREEMENT: &[&str] = &["privacy", "security", "legal", "finance", "semantics", "subscriber"];
