//! The grammar of conditions: what operators bind, from `or` down to values.

use super::ast::{Comparison, Expr, Kind, Like, Operator, Truth};
use super::mistakes::{Mistake, Mistakes};
use super::operand::is_reserved;
use super::parse::{Token, TokenKind, tokens};
use crate::source::words::quoted;

/// How deep brackets and words in front of values may nest.
const MOST_DEPTH: usize = 40;
/// How many operators of an expression may each take all that stands before them, as casts and comparisons do.
const MOST_LINKS: usize = 60;

/// Reads a condition or another expression over the fields of a row.
///
/// # Errors
///
/// The first thing that is no SQL, or is too long or too deep to be read.
pub fn parse(text: &str) -> Result<Expr, Mistake> {
    let tokens = tokens(text)?;
    let mut reader = Reader { text, tokens: &tokens, next: 0, depth: 0, links: 0 };
    if tokens.is_empty() {
        return Err(Mistake::new(Mistakes::Syntax, 0..text.len(), "there is no SQL"));
    }
    let expr = reader.any()?;
    match reader.peek() {
        None => foreign(&tokens, &expr).map_or(Ok(expr), Err),
        Some(token) => Err(leftover(token)),
    }
}

/// `&&` and `||`, as programs have them: in SQL they bind more than comparisons, so that what follows makes no sense.
fn foreign(tokens: &[Token<'_>], expr: &Expr) -> Option<Mistake> {
    let words = [("&&", "and"), ("||", "or")];
    if !words.iter().any(|(mark, _)| tokens.iter().any(|token| token.is_mark(mark))) {
        return None;
    }
    let middle = middle(expr)?;
    let within = |token: &&Token<'_>| middle.at.start <= token.at.start && token.at.end <= middle.at.end;
    tokens.iter().filter(|token| token.kind == TokenKind::Mark).filter(within).find_map(|token| {
        let (mark, word) = words.iter().find(|(mark, _)| *mark == token.text)?;
        let message = format!("`{mark}` joins no conditions in SQL");
        let mistake = Mistake::new(Mistakes::Syntax, token.at.clone(), message).help(format!("write `{word}`"));
        Some(mistake.correct(format!("write `{word}` for `{mark}`"), token.at.clone(), *word))
    })
}

/// What stands between two tests that follow each other without a word that joins them: `b` of `a > b = c`.
fn middle(expr: &Expr) -> Option<&Expr> {
    let tested = match &expr.kind {
        Kind::Compare(left, ..)
        | Kind::IsNull(left, _)
        | Kind::In(left, ..)
        | Kind::Between(left, ..)
        | Kind::Like(left, ..) => Some(left),
        _ => None,
    };
    match tested.map(|tested| &tested.kind) {
        Some(Kind::Compare(_, _, between)) => Some(between),
        _ => expr.parts().into_iter().find_map(middle),
    }
}

/// What stands behind a whole expression.
fn leftover(token: &Token<'_>) -> Mistake {
    let wrong = |message: String| Mistake::new(Mistakes::Syntax, token.at.clone(), message);
    match (&token.kind, token.text) {
        (TokenKind::Mark, ";") => {
            wrong("`;` ends a statement, and this is a condition".to_owned()).help("remove the `;`")
        }
        (TokenKind::Mark, ")" | "]") => wrong(format!("{} closes nothing", quoted(token.text))),
        (TokenKind::Mark, "=>") => wrong("`=>` is no comparison".to_owned()).help("did you mean `>=`?"),
        (TokenKind::Mark, _) => wrong(format!("{} can't stand here", quoted(token.text))),
        _ => wrong(format!("an operator is missing in front of {}", quoted(token.text))),
    }
}

pub(super) type Parsed = Result<Expr, Mistake>;

/// Words and marks, read from left to right.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    tokens: &'a [Token<'a>],
    next: usize,
    depth: usize,
    links: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn peek(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(self.next)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(self.next + ahead)
    }

    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.is_word(word))
    }

    /// Passes over a keyword, if it is there.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    /// Passes over a mark, if it is there.
    pub(super) fn mark(&mut self, mark: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is_mark(mark));
        self.next += usize::from(found);
        found
    }

    /// Where the last token ends.
    pub(super) fn end(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.at.end)
    }

    /// Where the next token begins.
    pub(super) fn start(&self) -> usize {
        self.peek().map_or(self.text.len(), |token| token.at.start)
    }

    pub(super) fn expect_mark(&mut self, mark: &str) -> Result<(), Mistake> {
        if self.mark(mark) { Ok(()) } else { Err(self.missing(mark)) }
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<(), Mistake> {
        if self.word(word) { Ok(()) } else { Err(self.missing(word)) }
    }

    /// The mistake that something is missing where the reader stands.
    pub(super) fn missing(&self, what: &str) -> Mistake {
        match self.peek() {
            Some(token) => {
                let message = format!("`{what}` is missing in front of {}", quoted(token.text));
                Mistake::new(Mistakes::Syntax, token.at.clone(), message)
            }
            None => self.unfinished(&format!("`{what}` is missing at the end")),
        }
    }

    /// The mistake that the text ends too early.
    pub(super) fn unfinished(&self, message: &str) -> Mistake {
        let last = self.tokens.last().map_or(0..0, |token| token.at.clone());
        Mistake::new(Mistakes::Syntax, last, message)
    }

    /// Reads something that nests.
    pub(super) fn nested(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= MOST_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// Counts an operator that takes all that stands before it.
    pub(super) fn link(&mut self) -> Result<(), Mistake> {
        self.links += 1;
        if self.links > MOST_LINKS { Err(self.too_deep()) } else { Ok(()) }
    }

    fn too_deep(&self) -> Mistake {
        let at = self.peek().map_or(0..0, |token| token.at.clone());
        Mistake::new(Mistakes::Syntax, at, "this nests too deep to be read").help("split it into several rules")
    }

    /// Passes over everything up to the bracket that closes the open one, and over that.
    pub(super) fn close(&mut self) -> Result<(), Mistake> {
        let mut open = 1usize;
        while let Some(token) = self.peek() {
            self.advance();
            if token.kind != TokenKind::Mark {
                continue;
            }
            match token.text {
                "(" | "[" | "{" => open += 1,
                ")" | "]" | "}" => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Ok(());
            }
        }
        Err(self.unfinished("a bracket is opened and not closed"))
    }

    /// Conditions joined by `or`.
    pub(super) fn any(&mut self) -> Parsed {
        let first = self.all()?;
        if !self.is_word("or") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.word("or") {
            parts.push(self.all()?);
        }
        Ok(joined(parts, Kind::Any))
    }

    fn all(&mut self) -> Parsed {
        let first = self.not()?;
        if !self.is_word("and") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.word("and") {
            parts.push(self.not()?);
        }
        Ok(joined(parts, Kind::All))
    }

    pub(super) fn not(&mut self) -> Parsed {
        let start = self.start();
        if !self.word("not") {
            return self.predicate();
        }
        let inner = self.nested(Self::not)?;
        let at = start..inner.at.end;
        Ok(Expr::new(Kind::Not(Box::new(inner)), at))
    }

    /// Values held against each other.
    fn predicate(&mut self) -> Parsed {
        let mut left = self.value()?;
        loop {
            let start = left.at.start;
            let before = self.next;
            let kind = match self.comparison() {
                Some(comparison) => self.compare(left, comparison)?,
                None if self.word("is") => self.is(left)?,
                None if self.word("isnull") => Kind::IsNull(Box::new(left), false),
                None if self.word("notnull") => Kind::IsNull(Box::new(left), true),
                None => {
                    let negated = self.word("not");
                    match self.test(left, negated)? {
                        Ok(kind) => kind,
                        Err(same) => {
                            self.next = before;
                            return Ok(same);
                        }
                    }
                }
            };
            self.link()?;
            left = Expr::new(kind, start..self.end());
        }
    }

    /// `in`, `between` and patterns; the value itself where none of them comes.
    fn test(&mut self, left: Expr, negated: bool) -> Result<Result<Kind, Expr>, Mistake> {
        if self.word("in") {
            return self.list(left, negated).map(Ok);
        }
        if self.word("between") {
            // The order of the bounds does not matter then.
            let is_symmetric = self.word("symmetric");
            let low = self.value()?;
            self.expect_word("and")?;
            let high = self.value()?;
            return Ok(Ok(if is_symmetric {
                Kind::Other(vec![left, low, high])
            } else {
                Kind::Between(Box::new(left), Box::new([low, high]), negated)
            }));
        }
        if self.word("overlaps") {
            return Ok(Ok(Kind::Other(vec![left, self.value()?])));
        }
        let Some((operator, negated)) = self.pattern_operator(negated) else { return Ok(Err(left)) };
        // `like any ('a%', 'b%')` of some dialects.
        if self.word("any") || self.word("all") || self.word("some") {
            return Ok(Ok(Kind::Other(vec![left, self.value()?])));
        }
        let pattern = self.value()?;
        let escape = if self.word("escape") { self.peek().map(|token| token.text.to_owned()) } else { None };
        self.next += usize::from(escape.is_some());
        let escape = escape.map(|escape| escape.trim_matches('\'').to_owned());
        Ok(Ok(Kind::Like(Box::new(left), Like { operator, negated, escape }, Box::new(pattern))))
    }

    fn pattern_operator(&mut self, negated: bool) -> Option<(&'static str, bool)> {
        for word in ["like", "ilike", "rlike", "regexp", "glob"] {
            if self.word(word) {
                return Some((word, negated));
            }
        }
        if self.word("similar") {
            self.word("to");
            return Some(("similar to", negated));
        }
        for (mark, operator, differs) in [
            ("~", "~", false),
            ("~*", "~*", false),
            ("!~", "~", true),
            ("!~*", "~*", true),
            ("~~", "like", false),
            ("~~*", "ilike", false),
            ("!~~", "like", true),
            ("!~~*", "ilike", true),
        ] {
            if self.mark(mark) {
                return Some((operator, negated != differs));
            }
        }
        None
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let token = self.peek().filter(|token| token.kind == TokenKind::Mark)?;
        let comparison = match token.text {
            "=" | "==" => Comparison::Equal,
            "<>" | "!=" => Comparison::Unequal,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            "<=>" => Comparison::NotDistinct,
            _ => return None,
        };
        self.advance();
        Some(comparison)
    }

    fn compare(&mut self, left: Expr, comparison: Comparison) -> Result<Kind, Mistake> {
        let is_bracket = self.peek_at(1).is_some_and(|token| token.is_mark("("));
        let is_each = ["any", "all", "some"].iter().any(|word| self.is_word(word));
        if is_bracket && is_each {
            self.next += 2;
            self.close()?;
            return Ok(Kind::Other(vec![left]));
        }
        let right = self.value()?;
        Ok(Kind::Compare(Box::new(left), comparison, Box::new(right)))
    }

    fn is(&mut self, left: Expr) -> Result<Kind, Mistake> {
        let negated = self.word("not");
        if self.word("null") {
            return Ok(Kind::IsNull(Box::new(left), negated));
        }
        for (word, truth) in [("true", Truth::True), ("false", Truth::False), ("unknown", Truth::Unknown)] {
            if self.word(word) {
                return Ok(Kind::Is(Box::new(left), truth, negated));
            }
        }
        if self.word("distinct") {
            self.expect_word("from")?;
            let comparison = if negated { Comparison::NotDistinct } else { Comparison::Distinct };
            return self.compare(left, comparison);
        }
        // `is json object`, `is normalized`, `is document`.
        if self.word("json") || self.word("nfc") || self.word("normalized") || self.word("document") {
            for word in ["object", "array", "scalar", "value", "normalized"] {
                self.word(word);
            }
            return Ok(Kind::Other(vec![left]));
        }
        // SQLite compares any values by `is`.
        let comparison = if negated { Comparison::Distinct } else { Comparison::NotDistinct };
        self.compare(left, comparison)
    }

    fn list(&mut self, left: Expr, negated: bool) -> Result<Kind, Mistake> {
        if !self.mark("(") {
            // `in unnest(list)` of some dialects.
            let list = if self.is_word("unnest") { Some(self.value()?) } else { None };
            return list.map(|list| Kind::Other(vec![left, list])).ok_or_else(|| self.missing("("));
        }
        if self.is_query() {
            let start = self.start();
            self.close()?;
            let query = Expr::new(Kind::Subquery, start..self.end());
            return Ok(Kind::Other(vec![left, query]));
        }
        let mut list = Vec::new();
        loop {
            list.push(self.nested(Self::any)?);
            if !self.mark(",") {
                break;
            }
        }
        self.expect_mark(")")?;
        Ok(Kind::In(Box::new(left), list, negated))
    }

    /// Whether a query begins here. The words that begin one, but `select`, are names of fields elsewhere.
    pub(super) fn is_query(&self) -> bool {
        let follows = |ahead: usize, mark: &str| self.peek_at(ahead).is_some_and(|token| token.is_mark(mark));
        let names = self.peek_at(1).is_some_and(|token| match token.kind {
            TokenKind::Word => !is_reserved(token.text) && !token.is_word("not"),
            TokenKind::Quoted(..) => true,
            _ => false,
        });
        let is_as = |ahead: usize| self.peek_at(ahead).is_some_and(|token| token.is_word("as"));
        let is_recursive = self.peek_at(1).is_some_and(|token| token.is_word("recursive"));
        (self.is_word("select")
            && self.peek_at(1).is_some()
            && ![")", ",", ".", "=", "<", ">", "+", "-"].iter().any(|mark| follows(1, mark)))
            || (self.is_word("values") && follows(1, "("))
            || (self.is_word("table") && names && (follows(2, ")") || follows(2, ".")))
            || (self.is_word("with") && names && (is_recursive || is_as(2) || follows(2, "(")))
    }

    /// Values joined by operators that differ from dialect to dialect, which bind less than arithmetic.
    pub(super) fn value(&mut self) -> Parsed {
        const OTHERS: &[&str] = &[
            "->", "->>", "#>", "#>>", "@>", "<@", "@@", "@?", "#-", "&", "|", "#", "<<", ">>", "&&", "^", "?", "?|",
            "?&", "^@",
        ];
        let first = self.texts()?;
        let mut parts = vec![first];
        while self.peek().is_some_and(|token| token.kind == TokenKind::Mark && OTHERS.contains(&token.text)) {
            self.advance();
            parts.push(self.texts()?);
        }
        Ok(if parts.len() > 1 { joined(parts, Kind::Other) } else { joined(parts, Kind::Tuple) })
    }

    fn texts(&mut self) -> Parsed {
        self.chain(&[("||", Operator::Concat)], Self::sums)
    }

    fn sums(&mut self) -> Parsed {
        self.chain(&[("+", Operator::Add), ("-", Operator::Subtract)], Self::products)
    }

    fn products(&mut self) -> Parsed {
        let operators = &[
            ("*", Operator::Multiply),
            ("/", Operator::Divide),
            ("//", Operator::Divide),
            ("%", Operator::Remainder),
            ("div", Operator::Divide),
            ("mod", Operator::Remainder),
        ];
        self.chain(operators, Self::signed)
    }

    fn chain(&mut self, operators: &[(&str, Operator)], part: impl Fn(&mut Self) -> Parsed) -> Parsed {
        let first = part(self)?;
        let mut rest = Vec::new();
        while let Some(operator) = self.operator(operators) {
            self.advance();
            rest.push((operator, part(self)?));
        }
        let Some((_, last)) = rest.last() else { return Ok(first) };
        let at = first.at.start..last.at.end;
        Ok(Expr::new(Kind::Chain(Box::new(first), rest), at))
    }

    fn operator(&self, operators: &[(&str, Operator)]) -> Option<Operator> {
        let token = self.peek().filter(|token| matches!(token.kind, TokenKind::Mark | TokenKind::Word))?;
        operators.iter().find(|(text, _)| token.text.eq_ignore_ascii_case(text)).map(|(_, operator)| *operator)
    }

    fn signed(&mut self) -> Parsed {
        let start = self.start();
        let negated = self.mark("-");
        if !negated && !self.mark("+") && !self.mark("~") {
            return self.operand();
        }
        let inner = self.nested(Self::signed)?;
        let at = start..inner.at.end;
        Ok(if negated {
            Expr::new(Kind::Negated(Box::new(inner)), at)
        } else {
            Expr::new(Kind::Other(vec![inner]), at)
        })
    }
}

/// Several parts as one expression; one alone as itself.
pub(super) fn joined(mut parts: Vec<Expr>, kind: impl FnOnce(Vec<Expr>) -> Kind) -> Expr {
    match (parts.len(), parts.first(), parts.last()) {
        (2.., Some(first), Some(last)) => {
            let at = first.at.start..last.at.end;
            Expr::new(kind(parts), at)
        }
        _ => parts.pop().unwrap_or_else(|| Expr::new(Kind::Other(Vec::new()), 0..0)),
    }
}
