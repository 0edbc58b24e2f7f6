//! An exception written into the text of `pact.yaml`, every other byte as it was.

use std::fmt::Write as _;

use serde_json::json;

use crate::finding::policy::Ignore;
use crate::source::{Node, Value, parse};

/// The text of a configuration with one more exception at the end of `ignores`; `None` where the list is written in a way that
/// a line can't be added to (`[...]`), or the text is no YAML.
pub fn with_exception(text: &str, ignore: &Ignore) -> Option<String> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let tree = parse(text).ok()?;
    let (at, before, indent) = match tree.entry("ignores") {
        None => (
            text.len(),
            format!("{}ignores:{end}", if text.ends_with('\n') || text.is_empty() { "" } else { end }),
            "  ".to_owned(),
        ),
        Some(entry) => match &entry.value.value {
            Value::Null => (line_end(text, entry.key_span.range().end), String::new(), "  ".to_owned()),
            Value::List(items) => {
                let (first, last) = (items.first()?, items.last()?);
                (line_end(text, last.span.range().end), String::new(), dash(text, first)?)
            }
            _ => return None,
        },
    };
    let (head, tail) = text.split_at_checked(at)?;
    let missing = if head.is_empty() || head.ends_with('\n') || before.starts_with(['\r', '\n']) { "" } else { end };
    Some(format!("{head}{missing}{before}{}{tail}", lines(ignore, &indent, end)))
}

/// What stands before the dash of a block list's item; `None` for a list in brackets.
fn dash(text: &str, item: &Node) -> Option<String> {
    let start = item.span.range().start;
    let line = text.get(text[..start].rfind('\n').map_or(0, |at| at + 1)..start)?;
    line.strip_suffix("- ").filter(|indent| indent.chars().all(|letter| letter == ' ')).map(str::to_owned)
}

/// The offset behind the line that an offset is in.
fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// The exception as an item of the list. Texts are quoted as in JSON, which YAML reads as well.
fn lines(ignore: &Ignore, indent: &str, end: &str) -> String {
    let quoted = |text: &String| json!(text).to_string();
    let parts = [
        Some(("code", ignore.code.clone())),
        ignore.contract.as_ref().map(|text| ("contract", quoted(text))),
        ignore.path.as_ref().map(|text| ("path", quoted(text))),
        ignore.fingerprint.as_ref().map(|text| ("fingerprint", quoted(text))),
        Some(("reason", quoted(&ignore.reason))),
        ignore.approved_by.as_ref().map(|text| ("approved_by", quoted(text))),
        Some(("until", quoted(&ignore.until.to_string()))),
    ];
    let mut lines = String::new();
    for (index, (key, value)) in parts.into_iter().flatten().enumerate() {
        let mark = if index == 0 { "- " } else { "  " };
        let _ = write!(lines, "{indent}{mark}{key}: {value}{end}");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read;
    use crate::finding::policy::tests::codes;
    use crate::source::Span;

    fn ignore() -> Ignore {
        Ignore {
            code: "type-odd".into(),
            contract: Some("orders".into()),
            path: Some("orders.mail".into()),
            fingerprint: Some("123456789012".into()),
            approved_by: None,
            reason: "agreed: \"yes\"\nby all".into(),
            until: "2027-01-31".parse().unwrap(),
            span: Span::default(),
        }
    }

    #[track_caller]
    fn added(text: &str) -> String {
        let new = with_exception(text, &ignore()).expect("an exception can be added");
        let before = read(text, &codes()).unwrap().policy.ignores;
        let after = read(&new, &codes()).unwrap_or_else(|problems| panic!("{new}\n{problems:?}")).policy.ignores;
        assert_eq!(after.len(), before.len() + 1, "{new}");
        let last = after.last().map(|last| Ignore { span: Span::default(), ..last.clone() });
        assert_eq!(last, Some(ignore()), "{new}");
        assert_eq!(after[..before.len()].len(), before.len());
        new
    }

    #[test]
    fn the_list_grows_at_its_end_whatever_is_around_it() {
        for text in [
            "",
            "contracts: [contracts]",
            "contracts: [contracts]\n",
            "ignores:\n",
            "ignores: # none\nledger: x\n",
            "ignores:\n- code: field-odd\n  reason: r\n  until: \"2026-01-01\" # soon\n# the end\nledger: x\n",
            "ignores:\n    - code: field-odd\n      reason: r\n      until: \"2026-01-01\"",
            "ignores:\r\n  - {code: field-odd, reason: r, until: \"2026-01-01\"}\r\nledger: x\r\n",
        ] {
            let new = added(text);
            for line in text.lines() {
                assert!(new.contains(line), "{line:?} is kept in {new:?}");
            }
        }
    }

    #[test]
    fn a_list_in_brackets_is_left_alone() {
        assert_eq!(with_exception("ignores: [{code: field-odd, reason: r, until: \"2026-01-01\"}]\n", &ignore()), None);
        assert_eq!(with_exception("ignores: []\n", &ignore()), None);
    }
}
