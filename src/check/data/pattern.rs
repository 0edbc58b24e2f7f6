//! Regular expressions in the words of `PostgreSQL`, whose own are others: there `\b` is no boundary of a word but a backspace, a
//! dot takes the end of a line, and nothing is repeated more than 255 times.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassAsciiKind, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, Flag, FlagsItemKind,
    GroupKind, RepetitionKind, RepetitionRange,
};

/// The most that `PostgreSQL` repeats something.
const MOST_REPEATED: u32 = 255;
/// How long a translated pattern may be.
const MOST_BYTES: usize = 100_000;

/// A pattern that matches the same texts in `PostgreSQL`; the reason, to follow "not checked:", where there is none.
pub(super) fn postgres(pattern: &str) -> Result<String, String> {
    let ast = Parser::new().parse(pattern).map_err(|error| format!("its pattern can't be read: {}", error.kind()))?;
    let mut writer = Writer::default();
    match &ast {
        Ast::Concat(concat) => match concat.asts.split_first() {
            Some((Ast::Flags(flags), rest)) => {
                writer.flags(&flags.flags.items)?;
                rest.iter().try_for_each(|one| writer.put(one))?;
            }
            _ => writer.put(&ast)?,
        },
        Ast::Flags(flags) => writer.flags(&flags.flags.items)?,
        _ => writer.put(&ast)?,
    }
    let letters = [(writer.is_any_case, 'i'), (writer.has_lines, 'w')];
    let letters: String = letters.iter().filter(|(is_set, _)| *is_set).map(|(_, letter)| letter).collect();
    Ok(if letters.is_empty() { writer.sql } else { format!("(?{letters}){}", writer.sql) })
}

fn unknown(what: &str) -> String {
    format!("PostgreSQL's regular expressions have no {what}")
}

#[derive(Default)]
struct Writer {
    sql: String,
    is_any_case: bool,
    has_lines: bool,
    takes_line_ends: bool,
}

impl Writer {
    /// Flags at the very beginning.
    fn flags(&mut self, items: &[regex_syntax::ast::FlagsItem]) -> Result<(), String> {
        for item in items {
            match &item.kind {
                FlagsItemKind::Flag(Flag::CaseInsensitive) => self.is_any_case = true,
                FlagsItemKind::Flag(Flag::MultiLine) => self.has_lines = true,
                FlagsItemKind::Flag(Flag::DotMatchesNewLine) => self.takes_line_ends = true,
                // Read already, and the way by itself.
                FlagsItemKind::Flag(Flag::IgnoreWhitespace | Flag::Unicode) => {}
                _ => return Err(unknown("such flags")),
            }
        }
        Ok(())
    }

    fn put(&mut self, ast: &Ast) -> Result<(), String> {
        self.bounded()?;
        match ast {
            Ast::Empty(_) => {}
            Ast::Flags(_) => return Err(unknown("flags in the middle")),
            Ast::Literal(literal) => self.letter(literal.c)?,
            Ast::Dot(_) => self.sql.push_str(if self.takes_line_ends { "." } else { "[^\\n]" }),
            Ast::Assertion(assertion) => self.sql.push_str(match assertion.kind {
                AssertionKind::StartLine => "^",
                AssertionKind::EndLine => "$",
                AssertionKind::StartText => "\\A",
                AssertionKind::EndText => "\\Z",
                AssertionKind::WordBoundary => "\\y",
                AssertionKind::NotWordBoundary => "\\Y",
                AssertionKind::WordBoundaryStart | AssertionKind::WordBoundaryStartAngle => "\\m",
                AssertionKind::WordBoundaryEnd | AssertionKind::WordBoundaryEndAngle => "\\M",
                _ => return Err(unknown("such boundaries of words")),
            }),
            Ast::ClassUnicode(_) => return Err(unknown("classes of Unicode such as `\\p{L}`")),
            Ast::ClassPerl(class) => self.sql.push_str(perl(class)),
            Ast::ClassBracketed(class) => {
                self.sql.push_str(if class.negated { "[^" } else { "[" });
                match &class.kind {
                    ClassSet::Item(item) => self.item(item)?,
                    ClassSet::BinaryOp(_) => return Err(unknown("classes without some letters")),
                }
                self.sql.push(']');
            }
            Ast::Repetition(repetition) => {
                let start = self.sql.len();
                let needs_group = matches!(*repetition.ast, Ast::Repetition(_) | Ast::Empty(_) | Ast::Assertion(_));
                self.sql.push_str(if needs_group { "(?:" } else { "" });
                self.put(&repetition.ast)?;
                self.sql.push_str(if needs_group { ")" } else { "" });
                let what = self.sql.split_off(start);
                self.sql.push_str(&repeated(&what, &repetition.op.kind));
                self.bounded()?;
            }
            Ast::Group(group) => {
                match &group.kind {
                    GroupKind::NonCapturing(flags) if !flags.items.is_empty() => {
                        return Err(unknown("flags in the middle"));
                    }
                    _ => self.sql.push_str("(?:"),
                }
                self.put(&group.ast)?;
                self.sql.push(')');
            }
            Ast::Alternation(alternation) => {
                for (index, one) in alternation.asts.iter().enumerate() {
                    self.sql.push_str(if index > 0 { "|" } else { "" });
                    self.put(one)?;
                }
            }
            Ast::Concat(concat) => concat.asts.iter().try_for_each(|one| self.put(one))?,
        }
        Ok(())
    }

    /// Repetitions of repetitions grow with each level.
    fn bounded(&self) -> Result<(), String> {
        if self.sql.len() > MOST_BYTES { Err("the pattern is too long for PostgreSQL".to_owned()) } else { Ok(()) }
    }

    /// A letter that stands for itself.
    fn letter(&mut self, letter: char) -> Result<(), String> {
        if letter == '\0' {
            return Err("PostgreSQL's texts have no zero byte".to_owned());
        }
        if letter.is_ascii_punctuation() && letter != '_' {
            self.sql.push('\\');
        }
        self.sql.push(letter);
        Ok(())
    }

    /// A part of what is in brackets.
    fn item(&mut self, item: &ClassSetItem) -> Result<(), String> {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => self.letter(literal.c)?,
            ClassSetItem::Range(range) => {
                self.letter(range.start.c)?;
                self.sql.push('-');
                self.letter(range.end.c)?;
            }
            ClassSetItem::Perl(class) if !class.negated => self.sql.push_str(perl(class)),
            ClassSetItem::Ascii(class) if !class.negated => {
                self.sql.push_str(ascii(&class.kind).ok_or_else(|| unknown("such classes of letters"))?);
            }
            ClassSetItem::Union(union) => union.items.iter().try_for_each(|item| self.item(item))?,
            ClassSetItem::Unicode(_) => return Err(unknown("classes of Unicode such as `\\p{L}`")),
            ClassSetItem::Perl(_) | ClassSetItem::Ascii(_) => return Err(unknown("negated classes in brackets")),
            ClassSetItem::Bracketed(_) => return Err(unknown("brackets in brackets")),
        }
        Ok(())
    }
}

fn perl(class: &ClassPerl) -> &'static str {
    match (&class.kind, class.negated) {
        (ClassPerlKind::Digit, false) => "\\d",
        (ClassPerlKind::Digit, true) => "\\D",
        (ClassPerlKind::Space, false) => "\\s",
        (ClassPerlKind::Space, true) => "\\S",
        (ClassPerlKind::Word, false) => "\\w",
        (ClassPerlKind::Word, true) => "\\W",
    }
}

/// Letters of ASCII, whatever the locale of the database takes for letters.
fn ascii(kind: &ClassAsciiKind) -> Option<&'static str> {
    Some(match kind {
        ClassAsciiKind::Alnum => "0-9A-Za-z",
        ClassAsciiKind::Alpha => "A-Za-z",
        ClassAsciiKind::Blank => " \\t",
        ClassAsciiKind::Digit => "0-9",
        ClassAsciiKind::Graph => "!-~",
        ClassAsciiKind::Lower => "a-z",
        ClassAsciiKind::Print => " -~",
        ClassAsciiKind::Space => " \\t\\n\\v\\f\\r",
        ClassAsciiKind::Upper => "A-Z",
        ClassAsciiKind::Word => "0-9A-Za-z_",
        ClassAsciiKind::Xdigit => "0-9A-Fa-f",
        ClassAsciiKind::Ascii | ClassAsciiKind::Cntrl | ClassAsciiKind::Punct => return None,
    })
}

/// Something so many times. How greedily decides only where a match ends, and not whether there is one.
fn repeated(what: &str, kind: &RepetitionKind) -> String {
    let exactly = |count: u32| times(what, count, |count| format!("{{{count}}}"));
    match kind {
        RepetitionKind::ZeroOrOne => format!("{what}?"),
        RepetitionKind::ZeroOrMore => format!("{what}*"),
        RepetitionKind::OneOrMore => format!("{what}+"),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => exactly(*count),
        RepetitionKind::Range(RepetitionRange::AtLeast(least)) => format!("{}{what}*", exactly(*least)),
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => {
            let more = times(what, most - least, |count| format!("{{0,{count}}}"));
            format!("{}{more}", exactly(*least))
        }
    }
}

/// As many repetitions as are needed, each within what `PostgreSQL` takes.
fn times(what: &str, mut count: u32, bound: impl Fn(u32) -> String) -> String {
    let mut sql = String::new();
    while count > 0 && sql.len() <= MOST_BYTES {
        let some = count.min(MOST_REPEATED);
        sql.push_str(what);
        sql.push_str(&bound(some));
        count -= some;
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_the_same_there() {
        let cases = [
            (r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", r"^[^\@\s]+\@[^\@\s]+\.[a-z]{2}[a-z]*$"),
            (r"\bred\b", r"\yred\y"),
            (r"(?i)^(?P<first>a|b).*\z", r"(?i)^(?:a|b)[^\n]*\Z"),
            (r"(?ms)^a.$", r"(?w)^a.$"),
            (r"x{300}", r"x{255}x{45}"),
            (r"x{1,300}", r"x{1}x{0,255}x{0,44}"),
            (r"(?:ab){2}{3}", r"(?:(?:ab){2}){3}"),
            (r"[[:alpha:]\d_-]", r"[A-Za-z\d_\-]"),
            (r"ö😀", r"ö😀"),
        ];
        for (pattern, expected) in cases {
            assert_eq!(postgres(pattern).as_deref(), Ok(expected), "{pattern}");
        }
        for pattern in [r"\p{L}", r"a(?i)b", r"(?i:a)", r"[a-z&&[^b]]", r"\x00", r"(?=a)", r"(a)\1"] {
            assert!(postgres(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_hostile_pattern_takes_no_memory() {
        let nested = format!("{}a{}", "(?:".repeat(100), "){900}".repeat(100));
        assert!(postgres(&nested).is_err());
        assert!(postgres(&"[a-z]".repeat(50_000)).is_err());
    }
}
