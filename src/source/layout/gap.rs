//! What stands between two parts of a text: blanks, comments, indicators, anchors and tags.

use super::tree::Line;

/// A token between two parts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Token<'t> {
    /// A comment on the line of what stands before it.
    Beside(&'t str),
    /// A comment on a line of its own, and its column.
    Line(usize, Line<'t>),
    /// The dash of an item.
    Dash,
    /// An anchor or a tag.
    Property(&'t str),
    /// What begins a block of lines.
    Header(&'t str),
    /// The mark of a document: `---`.
    Mark,
    /// What says nothing more than the parts do: colons, commas, `?` and `...`.
    Nothing,
}

/// Goes through what stands between two parts.
#[derive(Debug)]
pub(super) struct Gap<'t> {
    text: &'t str,
    /// Where the next token is looked for.
    pub(super) at: usize,
    /// How many lines ended since the last token.
    ends: usize,
    /// Whether blank lines stand before the last token.
    pub(super) was_blank: bool,
}

impl<'t> Gap<'t> {
    /// What stands behind an offset.
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        // At the beginning there is nothing that a comment could stand beside.
        let is_first = text.get(..at).is_none_or(|before| before.trim_matches('\u{feff}').is_empty());
        Self { text, at, ends: usize::from(is_first), was_blank: false }
    }

    /// Whether a line ended since the last token.
    pub(super) fn is_new_line(&self) -> bool {
        self.ends > 0
    }

    /// Whether blank lines stand behind the last token.
    pub(super) fn is_blank(&self) -> bool {
        self.ends > 1
    }

    /// The next token before an offset, with its own offset.
    ///
    /// # Errors
    ///
    /// The offset of what is no token.
    pub(super) fn next(&mut self, until: usize) -> Result<Option<(usize, Token<'t>)>, usize> {
        let rest = self.text.get(self.at..until.max(self.at)).unwrap_or("");
        let token = rest.trim_start_matches([' ', '\t', '\n']);
        let blanks = rest.get(..rest.len() - token.len()).unwrap_or("");
        self.ends += blanks.bytes().filter(|byte| *byte == b'\n').count();
        self.at += blanks.len();
        let at = self.at;
        if token.is_empty() {
            return Ok(None);
        }
        let (length, token) = self.token(at, token).ok_or(at)?;
        self.at += length;
        self.was_blank = self.is_blank();
        self.ends = 0;
        Ok(Some((at, token)))
    }

    fn token(&self, at: usize, rest: &'t str) -> Option<(usize, Token<'t>)> {
        let is_mark = |mark: &str| {
            let behind = rest.strip_prefix(mark).map(|behind| behind.chars().next());
            behind.is_some_and(|next| next.is_none_or(|next| " \t\n".contains(next))) && column(self.text, at) == 0
        };
        Some(match rest.bytes().next()? {
            b'#' => {
                let line = rest.split('\n').next().unwrap_or(rest);
                let text = line.trim_end();
                let token = match self.ends {
                    0 => Token::Beside(text),
                    _ => Token::Line(column(self.text, at), Line { text, blank: self.is_blank() }),
                };
                (line.len(), token)
            }
            b'-' if is_mark("---") => (3, Token::Mark),
            b'.' if is_mark("...") => (3, Token::Nothing),
            b'-' => (1, Token::Dash),
            b':' | b',' | b'?' => (1, Token::Nothing),
            b'!' if rest.starts_with("!<") => {
                let end = rest.find('>')? + 1;
                (end, Token::Property(rest.get(..end)?))
            }
            b'&' | b'!' => (word(rest).len(), Token::Property(word(rest))),
            b'|' | b'>' => (word(rest).len(), Token::Header(word(rest))),
            _ => return None,
        })
    }
}

fn word(rest: &str) -> &str {
    let end = rest.find([' ', '\t', '\n', ',', ']', '}']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or("")
}

/// How many bytes stand before an offset on its line; a byte-order mark is none.
pub(super) fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = if line == 0 && before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { line };
    at - line
}
