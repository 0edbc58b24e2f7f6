//! Text of strangers made harmless: no control character, escape code or direction mark of the input reaches a terminal, a
//! log or a page.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character can change how other text is shown: control characters, and the marks that turn the direction of
/// text or hide it (<https://www.unicode.org/reports/tr9/>, <https://trojansource.codes>). The joiners U+200C and U+200D stay:
/// Persian and Indic words and many emoji are written with them.
pub fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What GitHub takes for a command wherever it stands in a log.
pub(super) const COMMAND: &str = "##[";

/// Lines of which none is a command to GitHub, which takes every line of a log for one that begins with `::`, also behind
/// spaces: where text is wrapped, and where lines of files are shown, a stranger decides what a line begins with.
pub fn without_commands(text: &str) -> Cow<'_, str> {
    let is_command = |line: &str| line.trim_start().starts_with("::");
    if !text.lines().any(is_command) {
        return Cow::Borrowed(text);
    }
    let harmless = |line: &str| if is_command(line) { line.replacen("::", ":\u{fffd}:", 1) } else { line.to_owned() };
    Cow::Owned(text.split_inclusive('\n').map(harmless).collect())
}

/// A text on one line: line ends and tabs become spaces, everything unsafe becomes `�`.
pub fn line(text: &str) -> String {
    let text = text.replace(COMMAND, "#\u{fffd}[");
    text.chars()
        .map(|letter| match letter {
            '\n' | '\r' | '\t' => ' ',
            letter if is_unsafe(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// A text with everything unsafe replaced by `?`, byte for byte, so that offsets into it stay right. Tabs stay.
pub fn same_length(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.replace(COMMAND, "#?[").chars() {
        if letter != '\t' && is_unsafe(letter) {
            safe.extend(std::iter::repeat_n('?', letter.len_utf8()));
        } else {
            safe.push(letter);
        }
    }
    safe
}

/// JSON with everything unsafe in its texts escaped: programs read the same, and a terminal stays as it was.
pub fn json(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.replace(COMMAND, "#\\u0023[").chars() {
        // The line ends are those between values: inside texts they are escaped already.
        if letter != '\n' && is_unsafe(letter) {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                // Writing to a string can't fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(letter);
        }
    }
    safe
}

/// A text for XML 1.0, in an element or between the quotes of an attribute. Line ends stay; what XML forbids, and everything
/// else unsafe, becomes `�`.
pub fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.replace(COMMAND, "#\u{fffd}[").chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            // Also as the end of `]]>`, which text must not have.
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\n' => safe.push('\n'),
            '\t' => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            letter if is_unsafe(letter) => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A text inside a table cell or a paragraph of Markdown, on one line, with nothing that Markdown or HTML would read.
pub fn markdown(text: &str) -> String {
    let text = line(text);
    let text = text.trim();
    let mut safe = String::with_capacity(text.len());
    // At the beginning of a paragraph `-` and `1. ` make lists and rules; spaces would make it code.
    let unnumbered = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let (number, rest) = text.split_at(text.len() - unnumbered.len());
    safe.push_str(number);
    // What begins with `::` is a command where the page goes into a log.
    let is_marked = rest.starts_with('-') || rest.starts_with("::");
    if number.is_empty() && is_marked || !number.is_empty() && (rest == "." || rest.starts_with(". ")) {
        safe.push('\\');
    }
    let mut letters = rest.chars().peekable();
    let mut before = number.chars().next_back();
    while let Some(letter) = letters.next() {
        let in_word = before.replace(letter).is_some_and(char::is_alphanumeric);
        match letter {
            // A backslash keeps Markdown away from these, but not GitHub, which reads `@team` and `#12` after Markdown is
            // done. A space of no width between does. Addresses of mail are left alone, as GitHub leaves them.
            '@' if !in_word => safe.push_str("\\@&#8203;"),
            '#' if letters.peek().is_some_and(char::is_ascii_digit) => safe.push_str("\\#&#8203;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            // `@` would notify people, `#` and `!` link or embed, `$` sets formulas.
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '!' | '|' | '~' | '@' | '$' => {
                safe.push('\\');
                safe.push(letter);
            }
            letter => safe.push(letter),
        }
    }
    safe
}

/// The text of a paragraph or of an item of a list in Markdown, on one line, outside of any table: nothing is escaped but
/// what Markdown, HTML or GitHub would read there, so that people can read it as it stands.
pub fn markdown_line(text: &str) -> String {
    let text = line(text);
    let text = text.trim();
    let mut safe = String::with_capacity(text.len());
    let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    safe.push_str(number);
    // What begins a list, a quotation or a rule.
    let is_list =
        |rest: &str| rest.strip_prefix(['.', ')']).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let is_marked = rest.starts_with(['-', '+', '>', '=']) || rest.starts_with("::");
    if number.is_empty() && is_marked || !number.is_empty() && is_list(rest) {
        safe.push('\\');
    }
    let mut letters = rest.chars().peekable();
    let mut before = number.chars().next_back();
    while let Some(letter) = letters.next() {
        let after = letters.peek().copied();
        let in_word = before.replace(letter).is_some_and(char::is_alphanumeric);
        let is_before = |wanted: fn(char) -> bool| after.is_some_and(wanted);
        match letter {
            '@' if !in_word => safe.push_str("\\@&#8203;"),
            '#' if is_before(|next| next.is_ascii_digit()) => safe.push_str("\\#&#8203;"),
            '#' if !in_word || !is_before(char::is_alphanumeric) => safe.push_str("\\#"),
            '<' if is_before(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) => {
                safe.push_str("&lt;");
            }
            '&' if is_before(|next| next.is_ascii_alphanumeric() || next == '#') => safe.push_str("&amp;"),
            '\\' if !is_before(|next| next.is_ascii_punctuation()) => safe.push(letter),
            // Within a word it makes nothing lean.
            '_' if in_word && is_before(char::is_alphanumeric) => safe.push(letter),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => {
                safe.push('\\');
                safe.push(letter);
            }
            letter => safe.push(letter),
        }
    }
    safe
}

/// A sentence of pact for Markdown: as [`markdown`], but what stands between single backticks stays code. In code nothing has
/// a meaning, so it does not matter who wrote it; where the backticks make no pairs there is none.
pub fn markdown_sentence(text: &str) -> String {
    let plain = line(text);
    let parts: Vec<&str> = plain.trim().split('`').collect();
    let is_code = |index: usize| index % 2 == 1;
    // Two backticks side by side are another kind of code, and a bar would end the cell of a table.
    let last = parts.len() - 1;
    let is_odd = |(index, part): (usize, &&str)| {
        part.is_empty() && index > 0 && index < last || is_code(index) && (part.contains('|') || part.trim().is_empty())
    };
    if !is_code(last + 1) || parts.iter().enumerate().any(is_odd) {
        return markdown(text);
    }
    let escaped = |(index, part): (usize, &&str)| {
        if is_code(index) {
            return format!("`{part}`");
        }
        let inner = part.trim();
        let (before, after) = (part.len() - part.trim_start().len(), part.len() - part.trim_end().len());
        match inner {
            "" => (*part).to_owned(),
            inner => format!("{}{}{}", &part[..before], markdown(inner), &part[part.len() - after..]),
        }
    };
    parts.iter().enumerate().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_markdown_is_readable_and_makes_no_markup() {
        for plain in [
            "order_id: decimal(10,2) -> decimal(12,2)",
            "a < 5 & b > 3",
            "{a: 1} | c",
            "C:\\data",
            "a#b",
            "mail@x.org",
            "1.5 -> 2",
            "wow!",
        ] {
            assert_eq!(markdown_line(plain), plain);
        }
        for (text, safe) in [
            ("- a", "\\- a"),
            ("# a", "\\# a"),
            ("1. a", "1\\. a"),
            ("1) a", "1\\) a"),
            ("> a", "\\> a"),
            ("_a_ *b* `c`", "\\_a\\_ \\*b\\* \\`c\\`"),
            ("<b>&amp;", "&lt;b>&amp;amp;"),
            ("[x](y)", "\\[x\\](y)"),
            ("\\[x](y)", "\\\\\\[x\\](y)"),
            ("@all #12", "\\@&#8203;all \\#&#8203;12"),
        ] {
            assert_eq!(markdown_line(text), safe);
        }
    }

    #[test]
    fn no_line_is_a_command() {
        for text in ["a ::error::b\n", "| ::error::b", "", "a\n+::x\n"] {
            assert_eq!(without_commands(text), text);
        }
        assert_eq!(without_commands("a\n \u{a0}::error::b\r\n::x"), "a\n \u{a0}:\u{fffd}:error::b\r\n:\u{fffd}:x");
        assert_eq!((markdown("::error::x"), markdown_line("::x")), ("\\::error::x".to_owned(), "\\::x".to_owned()));
    }

    #[test]
    fn nothing_unsafe_gets_through() {
        let hostile = "a\u{1b}[31mred\u{202e}\u{61c}\u{e0041}x\r\n::error::\u{7}\u{9b}0m";
        assert!(!line(hostile).chars().any(is_unsafe));
        assert_eq!(same_length(hostile).len(), hostile.len());
        assert!(!same_length(hostile).chars().any(is_unsafe));
        assert_eq!(markdown("<b>[x](y)|@all"), "&lt;b&gt;\\[x\\]\\(y\\)\\|\\@&#8203;all");
        assert_eq!(xml("a\u{1b}\u{ffff}]]>\n<b \"&"), "a\u{fffd}\u{fffd}]]&gt;\n&lt;b &quot;&amp;");
        for text in [line("a##[x]"), same_length("a##[x]"), xml("a##[x]"), json("\"##[x]\""), markdown("##[x]")] {
            assert!(!text.contains("##["), "{text}");
        }
        let escaped = json("{\n \"a\": \"\u{202e}\u{7f}ä\"}");
        assert_eq!(escaped, "{\n \"a\": \"\\u202e\\u007fä\"}");
    }

    #[test]
    fn code_of_a_sentence_stays_code() {
        for (text, expected) in [
            ("write `version: 2.0.0` now", "write `version: 2.0.0` now"),
            ("`a_b` and *c*", "`a_b` and \\*c\\*"),
            ("is `@team <b>`, @team", "is `@team <b>`, \\@&#8203;team"),
            // What a stranger closes is escaped, and so is all that makes no pairs.
            ("`a` @b `", "\\`a\\` \\@&#8203;b \\`"),
            ("``a`` *b*", "\\`\\`a\\`\\` \\*b\\*"),
            ("`a|b`", "\\`a\\|b\\`"),
            ("a\\`b`", "a\\\\`b`"),
        ] {
            assert_eq!(markdown_sentence(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_paragraph_stays_a_paragraph() {
        let cases = [
            ("- a", "\\- a"),
            ("---", "\\---"),
            ("1. a", "1\\. a"),
            ("1) a", "1\\) a"),
            ("    code", "code"),
            ("2026-01-05", "2026-01-05"),
            ("99.5 %", "99.5 %"),
            ("1.", "1\\."),
            ("a - b", "a - b"),
            ("$x$", "\\$x\\$"),
            ("@a/b, ada@b.c", "\\@&#8203;a/b, ada\\@b.c"),
            ("fixes #12 in o/r#3, # 4", "fixes \\#&#8203;12 in o/r\\#&#8203;3, \\# 4"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }
}
