//! SQL text to words and marks with their places, and the judgement whether a text is one query. The only file that knows
//! the SQL crate.

use std::ops::Range;

use sqlparser::ast::{SelectItem, SetExpr, Statement};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token as Raw, TokenWithSpan, Tokenizer};

use super::mistakes::{Mistake, Mistakes};

/// The longest text that is read, in bytes. Nobody reads longer ones either.
pub(super) const MOST_BYTES: usize = 100_000;
/// The deepest nesting with which a query is handed to the crate's parser: each level of it may double the time.
const MOST_NESTING: usize = 8;
/// How many words and marks such a query may have.
const MOST_TOKENS: usize = 5_000;

/// A word, a mark or a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'a> {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// As it is written.
    pub(super) text: &'a str,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A name or a keyword.
    Word,
    /// A name in quotes, without them, and its quote.
    Quoted(String, char),
    /// A text, without its quotes.
    Text(String),
    /// Bytes or a text in some notation of a dialect.
    OtherText,
    /// A number.
    Number,
    /// Anything else.
    Mark,
}

impl Token<'_> {
    /// Whether it is this keyword, in any letter case.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is this mark.
    pub(super) fn is_mark(&self, mark: &str) -> bool {
        self.kind == TokenKind::Mark && self.text == mark
    }
}

/// The words and marks of a text, without white space and comments.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Mistake> {
    if text.len() > MOST_BYTES {
        let message = format!("the SQL has {} bytes; pact reads at most {MOST_BYTES}", text.len());
        return Err(Mistake::new(Mistakes::Syntax, 0..text.len(), message).help("split it into several rules"));
    }
    let mut places = Places::new(text);
    let raw = Tokenizer::new(&GenericDialect {}, text).tokenize_with_location();
    let raw = raw.map_err(|error| unreadable(text, places.byte(error.location), &error.message))?;
    Ok(raw.into_iter().filter_map(|token| read(text, token, &mut places)).collect())
}

fn read<'a>(text: &'a str, raw: TokenWithSpan, places: &mut Places<'a>) -> Option<Token<'a>> {
    let at = places.byte(raw.span.start)..places.byte(raw.span.end);
    let kind = match raw.token {
        Raw::Whitespace(_) | Raw::EOF => return None,
        Raw::Word(word) => match word.quote_style {
            Some(quote) => TokenKind::Quoted(word.value, quote),
            None => TokenKind::Word,
        },
        Raw::Number(..) => TokenKind::Number,
        Raw::SingleQuotedString(value) | Raw::NationalStringLiteral(value) | Raw::EscapedStringLiteral(value) => {
            TokenKind::Text(value)
        }
        Raw::DoubleQuotedString(value) => TokenKind::Quoted(value, '"'),
        Raw::TripleSingleQuotedString(_)
        | Raw::TripleDoubleQuotedString(_)
        | Raw::DollarQuotedString(_)
        | Raw::SingleQuotedByteStringLiteral(_)
        | Raw::DoubleQuotedByteStringLiteral(_)
        | Raw::TripleSingleQuotedByteStringLiteral(_)
        | Raw::TripleDoubleQuotedByteStringLiteral(_)
        | Raw::SingleQuotedRawStringLiteral(_)
        | Raw::DoubleQuotedRawStringLiteral(_)
        | Raw::TripleSingleQuotedRawStringLiteral(_)
        | Raw::TripleDoubleQuotedRawStringLiteral(_)
        | Raw::QuoteDelimitedStringLiteral(_)
        | Raw::NationalQuoteDelimitedStringLiteral(_)
        | Raw::UnicodeStringLiteral(_)
        | Raw::HexStringLiteral(_) => TokenKind::OtherText,
        _ => TokenKind::Mark,
    };
    Some(Token { kind, text: text.get(at.clone())?, at })
}

fn unreadable(text: &str, at: usize, message: &str) -> Mistake {
    let at = at.min(text.len());
    if message.starts_with("Unterminated string literal") {
        return Mistake::new(Mistakes::Syntax, at..text.len(), "a quote is opened and not closed")
            .help("a quote within a text is written twice: `'it''s'`");
    }
    if message.contains("comment") {
        return Mistake::new(Mistakes::Syntax, at..text.len(), "a comment is opened and not closed");
    }
    Mistake::new(Mistakes::Syntax, at..text.len(), "this can't be read as SQL")
}

/// Lines and columns of the crate as bytes. Asked for from left to right, so that a text is walked once.
struct Places<'a> {
    text: &'a str,
    /// Line, column and byte of the place that was reached.
    reached: (u64, u64, usize),
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, reached: (1, 1, 0) }
    }

    fn byte(&mut self, location: Location) -> usize {
        let wanted = (location.line, location.column);
        let (mut line, mut column, mut byte) = self.reached;
        if wanted < (line, column) {
            (line, column, byte) = (1, 1, 0);
        }
        for letter in self.text.get(byte..).unwrap_or_default().chars() {
            if (line, column) >= wanted {
                break;
            }
            byte += letter.len_utf8();
            (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        self.reached = (line, column, byte);
        byte
    }
}

/// How many values a row of a query's result has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Columns {
    /// That can't be told.
    Unknown,
    /// All that the table has.
    All,
    /// This many.
    Count(usize),
}

/// Whether a text is SQL, as far as a parser of many dialects tells; `None` where it nests too deep to ask.
pub(super) fn query(text: &str, tokens: &[Token<'_>]) -> Option<Result<Columns, Mistake>> {
    if tokens.len() > MOST_TOKENS || nesting(tokens) > MOST_NESTING {
        return None;
    }
    let parser = Parser::new(&GenericDialect {}).with_recursion_limit(60).try_with_sql(text);
    let statements = parser.and_then(|mut parser| parser.parse_statements());
    Some(match statements {
        Ok(statements) => Ok(statements.first().map_or(Columns::Unknown, columns)),
        Err(error) => Err(wrong(text, &error)),
    })
}

fn columns(statement: &Statement) -> Columns {
    let Statement::Query(query) = statement else { return Columns::Unknown };
    let SetExpr::Select(select) = &*query.body else { return Columns::Unknown };
    let is_value = |item: &SelectItem| matches!(item, SelectItem::UnnamedExpr(_) | SelectItem::ExprWithAlias { .. });
    match select.projection.as_slice() {
        [SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..)] => Columns::All,
        items if items.iter().all(is_value) => Columns::Count(items.len()),
        _ => Columns::Unknown,
    }
}

/// How deep brackets, cases and words in front of values nest.
fn nesting(tokens: &[Token<'_>]) -> usize {
    let (mut depth, mut run, mut most) = (0usize, 0usize, 0usize);
    for token in tokens {
        if token.kind == TokenKind::Word {
            run += usize::from(token.is_word("not") || token.is_word("interval") || token.is_word("prior"));
            depth += usize::from(token.is_word("case"));
            depth = depth.saturating_sub(usize::from(token.is_word("end")));
        } else {
            run = 0;
            depth += usize::from(matches!(token.text, "(" | "[" | "{"));
            depth = depth.saturating_sub(usize::from(matches!(token.text, ")" | "]" | "}")));
        }
        most = most.max(depth + run);
    }
    most
}

fn wrong(text: &str, error: &ParserError) -> Mistake {
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message.as_str(),
        ParserError::RecursionLimitExceeded => "it nests too deep",
    };
    let (message, place) = message.rsplit_once(" at Line: ").unwrap_or((message, ""));
    let location = place
        .split_once(", Column: ")
        .and_then(|(line, column)| Some(Location { line: line.parse().ok()?, column: column.trim().parse().ok()? }));
    let start = location.map_or(0, |location| Places::new(text).byte(location));
    let rest = text.get(start..).unwrap_or_default();
    let word = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(rest.len());
    let end = start + word.max(rest.chars().next().map_or(0, char::len_utf8));
    // What was found stands in the text anyway.
    let what = message.split_once(", found:").map_or("it ends or goes on unexpectedly", |(expected, _)| expected);
    let mut what = what.to_owned();
    if let Some(first) = what.get(..1).map(str::to_lowercase) {
        what.replace_range(..1, &first);
    }
    Mistake::new(Mistakes::QuerySyntax, start..end, format!("the query can't be read here: {what}"))
        .help("correct it; if your database takes it as it is, ignore this finding")
}
