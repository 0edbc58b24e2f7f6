//! Text of strangers made harmless: no control character, escape code or direction mark of the input reaches a terminal, a
//! log or a page.

/// Whether a character can change how other text is shown: control characters, and the marks that turn the direction of
/// text or hide it (<https://www.unicode.org/reports/tr9/>, <https://trojansource.codes>). The joiners U+200C and U+200D stay:
/// Persian and Indic words and many emoji are written with them.
pub fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A text on one line: line ends and tabs become spaces, everything unsafe becomes `�`.
pub fn line(text: &str) -> String {
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
    for letter in text.chars() {
        if letter != '\t' && is_unsafe(letter) {
            safe.extend(std::iter::repeat_n('?', letter.len_utf8()));
        } else {
            safe.push(letter);
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
    if number.is_empty() && rest.starts_with('-') || !number.is_empty() && (rest == "." || rest.starts_with(". ")) {
        safe.push('\\');
    }
    for letter in rest.chars() {
        match letter {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unsafe_gets_through() {
        let hostile = "a\u{1b}[31mred\u{202e}x\r\n::error::\u{7}\u{9b}0m";
        assert!(!line(hostile).chars().any(is_unsafe));
        assert_eq!(same_length(hostile).len(), hostile.len());
        assert!(!same_length(hostile).chars().any(is_unsafe));
        assert_eq!(markdown("<b>[x](y)|@all"), "&lt;b&gt;\\[x\\]\\(y\\)\\|\\@all");
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
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }
}
