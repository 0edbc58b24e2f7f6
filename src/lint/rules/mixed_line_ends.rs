use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::{Check, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "mixed-line-ends",
        group: Group::Hygiene,
        severity: Severity::Warning,
        by_default: true,
        summary: "Lines end in two ways.",
        page: include_str!("mixed_line_ends.md"),
    },
    checks: &[Check::Text(check)],
};

/// More lines than these are not mended at once.
const MOST: usize = 10_000;

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    let text = at.file.text();
    // Most texts have one kind, and a look for one byte is quick.
    if !text.contains('\r') {
        return;
    }
    let (windows, unix) = line_ends(text);
    let (few, end, name) = if windows.len() > unix.len() { (unix, "\r\n", "CR LF") } else { (windows, "\n", "LF") };
    let Some(first) = few.first() else { return };
    let (many, others) = if end == "\n" { ("LF", "CR LF") } else { ("CR LF", "LF") };
    let message = format!("{} of the lines end with {others}, and the others with {many}", few.len());
    let help = format!("let all lines end with {name}; `* text=auto` in .gitattributes keeps it so");
    let finding = Finding::new(&RULE.meta, at.label(*first), message).help(help);
    let edits: Vec<Edit> = few.iter().take(MOST + 1).map(|span| Edit::Bytes(*span, end.to_owned())).collect();
    let fix = (edits.len() <= MOST).then(|| Fix::safe(format!("end all lines with {name}"), edits));
    findings.push(match fix {
        Some(fix) => finding.fix(fix),
        None => finding,
    });
}

/// The places of line ends as Windows writes them, and as Unix does.
fn line_ends(text: &str) -> (Vec<Span>, Vec<Span>) {
    let is_windows = |place: usize| place > 0 && text.as_bytes().get(place - 1) == Some(&b'\r');
    let ends = text.match_indices('\n').map(|(place, _)| place);
    let (windows, unix): (Vec<usize>, Vec<usize>) = ends.partition(|place| is_windows(*place));
    let spans = |places: Vec<usize>, width: usize| {
        places.into_iter().map(|place| Span::new(place + 1 - width, place + 1)).collect()
    };
    (spans(windows, 2), spans(unix, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_told_apart() {
        let (windows, unix) = line_ends("\na\r\nb\nc\rd\r\n");
        assert_eq!(windows, [Span::new(2, 4), Span::new(9, 11)]);
        assert_eq!(unix, [Span::new(0, 1), Span::new(5, 6)]);
    }
}
