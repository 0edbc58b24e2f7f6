//! The grammar of values: literals, names, functions, `case`, casts.

use super::Type;
use super::ast::{Call, Case, Expr, Kind, Name};
use super::grammar::{Parsed, Reader};
use super::mistakes::{Mistake, Mistakes};
use super::parse::{Token, TokenKind};
use crate::source::words::quoted;

/// Words that begin no value.
const RESERVED: &[&str] = &[
    "and", "as", "asc", "between", "by", "desc", "else", "end", "from", "group", "having", "ilike", "in", "is", "join",
    "like", "limit", "on", "or", "order", "select", "similar", "then", "union", "using", "when", "where",
];

/// Whether a word, in any letter case, begins no value.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.iter().any(|reserved| word.eq_ignore_ascii_case(reserved))
}

/// Functions that stand without brackets.
const WITHOUT_BRACKETS: &[&str] = &[
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
    "localtime",
    "localtimestamp",
    "session_user",
    "sysdate",
    "systimestamp",
    "user",
];

/// Types that may stand in front of a text.
const LITERAL_TYPES: &[&str] =
    &["date", "time", "timestamp", "timestamptz", "datetime", "uuid", "json", "jsonb", "numeric", "decimal"];

/// Parts of dates and times, as functions take them.
pub(super) const UNITS: &[&str] = &[
    "century",
    "day",
    "dayofweek",
    "dayofyear",
    "days",
    "decade",
    "dow",
    "doy",
    "epoch",
    "hour",
    "hours",
    "isodow",
    "isoweek",
    "isoyear",
    "microsecond",
    "microseconds",
    "millisecond",
    "milliseconds",
    "minute",
    "minutes",
    "month",
    "months",
    "nanosecond",
    "quarter",
    "second",
    "seconds",
    "week",
    "weeks",
    "year",
    "years",
];

impl<'a> Reader<'a> {
    /// A value with what follows it directly: casts, places in lists, time zones.
    pub(super) fn operand(&mut self) -> Parsed {
        let mut value = self.primary()?;
        loop {
            let start = value.at.start;
            let kind = if self.mark("::") {
                let name = self.type_name()?;
                Kind::Cast(Box::new(value), Type::named(&name), name)
            } else if self.mark("[") || self.mark(":") {
                self.place(value)?
            } else if self.mark(".") {
                self.advance();
                Kind::Other(vec![value])
            } else if self.is_word("at") && self.peek_at(1).is_some_and(|next| next.is_word("time")) {
                self.advance();
                self.advance();
                self.expect_word("zone")?;
                let zone = self.primary()?;
                Kind::Other(vec![value, zone])
            } else if self.word("collate") {
                self.advance();
                while self.mark(".") {
                    self.advance();
                }
                Kind::Other(vec![value])
            } else {
                return Ok(value);
            };
            self.link()?;
            value = Expr::new(kind, start..self.end());
        }
    }

    /// A place in a list, or a path in JSON.
    fn place(&mut self, value: Expr) -> Result<Kind, Mistake> {
        let is_bracket = self.text.get(..self.end()).is_some_and(|before| before.ends_with('['));
        if is_bracket {
            self.close()?;
        } else {
            self.advance();
        }
        Ok(Kind::Other(vec![value]))
    }

    fn primary(&mut self) -> Parsed {
        let Some(token) = self.peek() else { return Err(self.unfinished("a value is missing at the end")) };
        let at = token.at.clone();
        let of = |kind| Ok(Expr::new(kind, at.clone()));
        match &token.kind {
            TokenKind::Number => {
                self.advance();
                of(Kind::Number(token.text.to_owned()))
            }
            TokenKind::Text(text) => {
                self.advance();
                of(Kind::Text(text.clone()))
            }
            TokenKind::OtherText => {
                self.advance();
                of(Kind::Other(Vec::new()))
            }
            TokenKind::Quoted(..) => self.name(),
            TokenKind::Word => self.by_word(token),
            TokenKind::Mark if token.text == "(" => self.nested(Self::bracket),
            TokenKind::Mark if token.text == "[" => self.nested(Self::literal_list),
            TokenKind::Mark => Err(no_value(token)),
        }
    }

    fn by_word(&mut self, token: &'a Token<'a>) -> Parsed {
        let word = token.text.to_ascii_lowercase();
        let at = token.at.clone();
        let next = self.peek_at(1);
        let is_call = next.is_some_and(|next| next.is_mark("("));
        let is_path = next.is_some_and(|next| next.is_mark("."));
        let constant = match word.as_str() {
            "null" => Some(Kind::Null),
            "true" => Some(Kind::Bool(true)),
            "false" => Some(Kind::Bool(false)),
            _ => None,
        };
        if let Some(constant) = constant.filter(|_| !is_path) {
            self.advance();
            return Ok(Expr::new(constant, at));
        }
        if is_reserved(&word) && !is_path {
            return Err(no_value(token));
        }
        match word.as_str() {
            "case" if !is_path => self.nested(Self::case),
            "cast" | "try_cast" | "safe_cast" if is_call => self.nested(Self::cast),
            "not" => self.nested(Self::not),
            "exists" if is_call => {
                self.advance();
                self.advance();
                self.close()?;
                Ok(Expr::new(Kind::Subquery, at.start..self.end()))
            }
            "array" if next.is_some_and(|next| next.is_mark("[")) => {
                self.advance();
                self.nested(Self::literal_list)
            }
            "row" if is_call => {
                self.advance();
                self.nested(Self::bracket)
            }
            "interval" if !is_call && !is_path => self.interval(at.start),
            word if WITHOUT_BRACKETS.contains(&word) && !is_call && !is_path => {
                self.advance();
                let call = Call {
                    name: token.text.to_owned(),
                    arguments: Vec::new(),
                    is_plain: true,
                    is_window: false,
                    at: at.clone(),
                };
                Ok(Expr::new(Kind::Call(call), at))
            }
            word if LITERAL_TYPES.contains(&word) && !is_path && self.typed_text(word).is_some() => {
                let (ahead, text) = self.typed_text(word).unwrap_or_default();
                for _ in 0..=ahead {
                    self.advance();
                }
                Ok(Expr::new(Kind::Typed(Type::named(word), text), at.start..self.end()))
            }
            _ => self.name(),
        }
    }

    /// The text behind a type, and how many tokens on it stands: `timestamp with time zone '...'`.
    fn typed_text(&self, _: &str) -> Option<(usize, String)> {
        let words = ["with", "without"];
        let has_zone = self.peek_at(1).is_some_and(|token| words.iter().any(|word| token.is_word(word)));
        let ahead = if has_zone { 4 } else { 1 };
        match &self.peek_at(ahead)?.kind {
            TokenKind::Text(text) => Some((ahead, text.clone())),
            _ => None,
        }
    }

    /// A name with its parts, or a function.
    fn name(&mut self) -> Parsed {
        let start = self.start();
        let mut names = Vec::new();
        loop {
            let Some(token) = self.peek() else { return Err(self.unfinished("a name is missing behind `.`")) };
            let (text, quote) = match &token.kind {
                TokenKind::Word => (token.text.to_owned(), None),
                TokenKind::Quoted(text, quote) => (text.clone(), Some(*quote)),
                _ => return Err(self.missing("a name")),
            };
            names.push(Name { text, quote, at: token.at.clone() });
            self.advance();
            if !self.mark(".") {
                break;
            }
        }
        if self.mark("(") {
            let at = start..names.last().map_or(start, |name| name.at.end);
            let name: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
            return self.call(name.join("."), at);
        }
        Ok(Expr::new(Kind::Field(names), start..self.end()))
    }

    fn interval(&mut self, start: usize) -> Parsed {
        let is_unit =
            |token: Option<&Token<'_>>| token.is_some_and(|token| UNITS.iter().any(|unit| token.is_word(unit)));
        let has_value = self.peek_at(1).is_some_and(|token| {
            matches!(token.kind, TokenKind::Text(_) | TokenKind::Number)
                || token.kind == TokenKind::Word && is_unit(self.peek_at(2))
        });
        if !has_value {
            return self.name();
        }
        self.advance();
        let value = self.primary()?;
        let mut unit = None;
        if is_unit(self.peek()) {
            unit = self.peek().map(|token| token.text.to_ascii_lowercase());
            self.advance();
            if self.is_word("to") && is_unit(self.peek_at(1)) {
                self.advance();
                self.advance();
            }
        }
        Ok(Expr::new(Kind::Interval(Box::new(value), unit), start..self.end()))
    }

    /// A value, several of them, or a query, in brackets.
    fn bracket(&mut self) -> Parsed {
        let start = self.start();
        self.expect_mark("(")?;
        if self.is_query() {
            self.close()?;
            return Ok(Expr::new(Kind::Subquery, start..self.end()));
        }
        let mut parts = Vec::new();
        loop {
            parts.push(self.any()?);
            if !self.mark(",") {
                break;
            }
        }
        self.expect_mark(")")?;
        let at = start..self.end();
        Ok(match parts.len() {
            1 => Expr { at, ..super::grammar::joined(parts, Kind::Tuple) },
            _ => Expr::new(Kind::Tuple(parts), at),
        })
    }

    /// A list of values in square brackets.
    fn literal_list(&mut self) -> Parsed {
        let start = self.start();
        self.expect_mark("[")?;
        let mut parts = Vec::new();
        while !self.mark("]") {
            parts.push(self.any()?);
            if !self.mark(",") {
                self.expect_mark("]")?;
                break;
            }
        }
        Ok(Expr::new(Kind::Other(parts), start..self.end()))
    }

    fn case(&mut self) -> Parsed {
        let start = self.start();
        self.advance();
        let operand = if self.is_word("when") { None } else { Some(self.any()?) };
        let mut branches = Vec::new();
        while self.word("when") {
            let when = self.any()?;
            self.expect_word("then")?;
            branches.push((when, self.any()?));
        }
        if branches.is_empty() {
            return Err(self.missing("when"));
        }
        let otherwise = if self.word("else") { Some(self.any()?) } else { None };
        self.expect_word("end")?;
        Ok(Expr::new(Kind::Case(Box::new(Case { operand, branches, otherwise })), start..self.end()))
    }

    fn cast(&mut self) -> Parsed {
        let start = self.start();
        self.advance();
        self.expect_mark("(")?;
        let value = self.any()?;
        self.expect_word("as")?;
        let from = self.start();
        self.close()?;
        let name = self.text.get(from..self.end().saturating_sub(1)).unwrap_or_default().trim().to_owned();
        if name.is_empty() {
            return Err(self.unfinished("a type is missing behind `as`"));
        }
        Ok(Expr::new(Kind::Cast(Box::new(value), Type::named(&name), name), start..self.end()))
    }

    /// The name of a type behind `::`.
    fn type_name(&mut self) -> Result<String, Mistake> {
        let start = self.start();
        if !self.peek().is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted(..))) {
            return Err(self.missing("a type"));
        }
        self.advance();
        let _ = self.word("precision") || self.word("varying");
        if self.mark("(") {
            self.close()?;
        }
        if (self.is_word("with") || self.is_word("without"))
            && self.peek_at(1).is_some_and(|token| token.is_word("time"))
        {
            (0..3).for_each(|_| self.advance());
        }
        while self.mark("[") {
            self.close()?;
        }
        Ok(self.text.get(start..self.end()).unwrap_or_default().to_owned())
    }

    /// The arguments of a function, behind the opening bracket, and what follows them.
    fn call(&mut self, name: String, at: std::ops::Range<usize>) -> Parsed {
        let plain_name = name.to_ascii_lowercase();
        let mut call = Call { name, arguments: Vec::new(), is_plain: true, is_window: false, at: at.clone() };
        if plain_name == "extract" && self.peek_at(1).is_some_and(|token| token.is_word("from")) {
            self.advance();
            self.advance();
        } else if plain_name == "trim" {
            let _ = self.word("both") || self.word("leading") || self.word("trailing");
            self.word("from");
        } else if self.word("distinct") || self.word("all") {
            call.is_plain = false;
        }
        if self.is_query() {
            self.close()?;
            call.is_plain = false;
        } else {
            self.arguments(&mut call, plain_name == "position")?;
        }
        self.behind_call(&mut call)?;
        Ok(Expr::new(Kind::Call(call), at.start..self.end()))
    }

    fn arguments(&mut self, call: &mut Call, is_position: bool) -> Result<(), Mistake> {
        while !self.mark(")") {
            let is_named = self.peek_at(1).is_some_and(|next| next.is_mark("=>") || next.is_mark(":="));
            if is_named {
                self.advance();
                self.advance();
                call.is_plain = false;
            }
            if self.mark("*") {
                call.is_plain = false;
            } else {
                let argument = self.nested(|reader| if is_position { reader.value() } else { reader.any() })?;
                call.arguments.push(argument);
            }
            let goes_on =
                self.mark(",") || ["from", "for", "in", "using", "placing"].into_iter().any(|word| self.word(word));
            if goes_on || self.peek().is_some_and(|token| token.is_mark(")")) {
                continue;
            }
            // `order by`, `separator`, `as`, `ignore nulls` and the like.
            match self.peek() {
                Some(token) if token.kind == TokenKind::Word => {
                    call.is_plain = false;
                    return self.close();
                }
                _ => return Err(self.missing(")")),
            }
        }
        Ok(())
    }

    fn behind_call(&mut self, call: &mut Call) -> Result<(), Mistake> {
        loop {
            let next_is = |reader: &Self, word: &str| reader.peek_at(1).is_some_and(|token| token.is_word(word));
            if self.is_word("within") && next_is(self, "group") {
                self.advance();
                self.advance();
                self.expect_mark("(")?;
                self.close()?;
            } else if self.is_word("filter") && self.peek_at(1).is_some_and(|token| token.is_mark("(")) {
                self.advance();
                self.advance();
                self.close()?;
            } else if (self.is_word("ignore") || self.is_word("respect")) && next_is(self, "nulls") {
                self.advance();
                self.advance();
            } else if self.word("over") {
                call.is_window = true;
                if self.mark("(") {
                    self.close()?;
                } else {
                    self.advance();
                }
            } else {
                return Ok(());
            }
            call.is_plain = false;
        }
    }
}

fn no_value(token: &Token<'_>) -> Mistake {
    let wrong = |message: String| Mistake::new(Mistakes::Syntax, token.at.clone(), message);
    match token.text {
        "?" | "$" | "{" | ":" => {
            wrong(format!("{} begins a placeholder, and nothing is put into a condition", quoted(token.text)))
                .help("write the name of the field, or the value")
        }
        text if text.eq_ignore_ascii_case("select") => wrong("this is a query, and a condition is expected".to_owned())
            .help("a query stands in `query`, with a bound such as `must_be: 0`"),
        text => wrong(format!("a value is missing in front of {}", quoted(text))),
    }
}
