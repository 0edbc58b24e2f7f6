use crate::finding::{Edit, Finding, Fix, Group, RuleMeta, Severity};
use crate::lint::at::TextAt;
use crate::lint::texts::scalars;
use crate::lint::{Check, Rule};
use crate::source::Span;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "trailing-whitespace",
        group: Group::Hygiene,
        severity: Severity::Info,
        by_default: false,
        summary: "Lines end with blanks.",
        page: include_str!("trailing_whitespace.md"),
    },
    checks: &[Check::Text(check)],
};

/// More lines than these are not mended at once.
const MOST: usize = 10_000;

fn check(at: &TextAt<'_>, findings: &mut Vec<Finding>) {
    let texts = scalars(at.tree);
    // Within a text of several lines blanks may be meant.
    let is_free = |span: &Span| {
        let next = texts.partition_point(|text| text.end <= span.start);
        texts.get(next).is_none_or(|text| text.start >= span.end)
    };
    let found: Vec<Span> = trailing(at.file.text()).filter(is_free).collect();
    let Some(first) = found.first() else { return };
    let message = match found.len() {
        1 => "the line ends with blanks".to_owned(),
        many => format!("{many} lines end with blanks, this one first"),
    };
    let edits: Vec<Edit> = found.iter().take(MOST).map(|span| Edit::Bytes(*span, String::new())).collect();
    let fix = Fix::safe("remove the blanks at the ends of lines", edits);
    let finding =
        Finding::new(&RULE.meta, at.label(*first), message).help("remove them: nobody sees them, and `git diff` does");
    findings.push(finding.fix(fix));
}

/// The places of blanks in front of line ends.
fn trailing(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let from = start;
        start += line.len();
        let content = line.trim_end_matches(['\n', '\r']);
        let kept = content.trim_end_matches([' ', '\t']);
        (kept.len() < content.len()).then(|| Span::new(from + kept.len(), from + content.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_in_front_of_line_ends_are_found() {
        let found: Vec<Span> = trailing("a \nb\n  \r\nc\t").collect();
        assert_eq!(found, [Span::new(1, 2), Span::new(5, 7), Span::new(10, 11)]);
    }
}
