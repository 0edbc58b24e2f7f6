//! Regular expressions that take exponential time in engines that try one way after another, as those of Java, Python,
//! JavaScript, .NET and PCRE do. pact's own never does.
//!
//! A repetition blows up where one text can be divided among its rounds in two ways: `(a+)+` reads `aa` in one round or in two,
//! and so `a` thirty times in a billion ways, all of which are tried before the text is refused. Whether there are two ways is
//! seen from the places of letters in the repeated part and from what may follow each of them: two different walks over the
//! places that read the same text and begin and end at the same place.

use std::collections::{HashMap, HashSet};

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{AssertionKind, Ast, RepetitionKind, RepetitionRange, Span};
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{Class, HirKind};

/// How often something is repeated that counts as being repeated for ever.
const MANY: u32 = 10;
/// What looking at one pattern may cost, in steps of some nanoseconds. What costs more is let be.
const STEPS: usize = 50_000;
/// The longest pattern that is looked at, in bytes.
const LONGEST: usize = 2_000;

/// What the text of a pattern tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The repetition by which it takes exponential time.
    pub(super) blows_up: Option<String>,
    /// Whether it says nothing of where in the text it matches: neither `^` nor `$` is in it.
    pub(super) is_unanchored: bool,
    /// Whether it chooses between alternatives at its outermost level.
    pub(super) is_choice: bool,
}

impl Shape {
    /// The shape of a pattern. One that is none, or too long, has nothing to tell.
    pub(super) fn of(pattern: &str) -> Self {
        let parsed = (pattern.len() <= LONGEST).then(|| Parser::new().parse(pattern).ok()).flatten();
        let Some(ast) = parsed else { return Self::default() };
        let mut left = STEPS;
        Self {
            blows_up: culprit(pattern, &ast, &mut left).map(|span| text(pattern, span).to_owned()),
            is_unanchored: !is_anchored(&ast),
            is_choice: matches!(ast, Ast::Alternation(_)),
        }
    }
}

fn text(pattern: &str, span: Span) -> &str {
    pattern.get(span.start.offset..span.end.offset).unwrap_or_default()
}

fn is_anchored(ast: &Ast) -> bool {
    match ast {
        Ast::Assertion(assertion) => {
            !matches!(assertion.kind, AssertionKind::WordBoundary | AssertionKind::NotWordBoundary)
        }
        other => parts(other).iter().any(is_anchored),
    }
}

/// What a part of a pattern is made of.
fn parts(ast: &Ast) -> &[Ast] {
    match ast {
        Ast::Repetition(repetition) => std::slice::from_ref(&repetition.ast),
        Ast::Group(group) => std::slice::from_ref(&group.ast),
        Ast::Alternation(alternation) => &alternation.asts,
        Ast::Concat(concat) => &concat.asts,
        _ => &[],
    }
}

/// The innermost repetition that blows up, the first of them.
fn culprit(pattern: &str, ast: &Ast, left: &mut usize) -> Option<Span> {
    if let Some(inner) = parts(ast).iter().find_map(|part| culprit(pattern, part, left)) {
        return Some(inner);
    }
    let Ast::Repetition(repetition) = ast else { return None };
    let is_endless = match bounds(&repetition.op.kind) {
        (_, None) => true,
        (_, Some(most)) => most >= MANY,
    };
    (is_endless && is_ambiguous(pattern, &repetition.ast, left) == Some(true)).then_some(repetition.span)
}

/// How often a repetition repeats at least and at most.
fn bounds(kind: &RepetitionKind) -> (u32, Option<u32>) {
    match kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => (*count, Some(*count)),
        RepetitionKind::Range(RepetitionRange::AtLeast(least)) => (*least, None),
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (*least, Some(*most)),
    }
}

/// Whether rounds of a part read some text in two ways; `None` where that takes too long to tell.
fn is_ambiguous(pattern: &str, round: &Ast, left: &mut usize) -> Option<bool> {
    let mut places =
        Places { pattern, left, kinds: Vec::new(), known: HashMap::new(), letters: Vec::new(), next: Vec::new() };
    let part = places.part(round)?;
    places.join(&part.last, &part.first)?;
    places.has_two_walks()
}

/// The places of letters in a part, and what may follow each of them.
struct Places<'a> {
    pattern: &'a str,
    left: &'a mut usize,
    /// The different kinds of letters, as ranges.
    kinds: Vec<Vec<(u32, u32)>>,
    /// The kinds by how they are written.
    known: HashMap<&'a str, usize>,
    /// The kind of letter at each place.
    letters: Vec<usize>,
    /// The places that may follow each place. One that follows in two ways is there twice.
    next: Vec<Vec<usize>>,
}

/// Where a part may begin and end.
#[derive(Default)]
struct Part {
    /// Whether it may be empty.
    empty: bool,
    first: Vec<usize>,
    last: Vec<usize>,
}

impl Places<'_> {
    fn spend(&mut self, steps: usize) -> Option<()> {
        *self.left = self.left.checked_sub(steps)?;
        Some(())
    }

    fn part(&mut self, ast: &Ast) -> Option<Part> {
        self.spend(1)?;
        match ast {
            Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => Some(Part { empty: true, ..Part::default() }),
            Ast::Literal(_) | Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => {
                let kind = self.kind(ast)?;
                let place = self.letters.len();
                self.letters.push(kind);
                self.next.push(Vec::new());
                Some(Part { empty: false, first: vec![place], last: vec![place] })
            }
            Ast::Group(group) => self.part(&group.ast),
            Ast::Alternation(alternation) => {
                let mut all = Part::default();
                for one in &alternation.asts {
                    let one = self.part(one)?;
                    all.empty |= one.empty;
                    all.first.extend(one.first);
                    all.last.extend(one.last);
                }
                Some(all)
            }
            Ast::Concat(concat) => {
                let mut all = Part { empty: true, ..Part::default() };
                for one in &concat.asts {
                    let one = self.part(one)?;
                    all = self.behind(all, one)?;
                }
                Some(all)
            }
            Ast::Repetition(repetition) => {
                let (least, most) = bounds(&repetition.op.kind);
                self.repeated(&repetition.ast, least, most)
            }
        }
    }

    /// One part behind another.
    fn behind(&mut self, one: Part, other: Part) -> Option<Part> {
        self.join(&one.last, &other.first)?;
        let mut all = Part { empty: one.empty && other.empty, first: one.first, last: other.last };
        if one.empty {
            all.first.extend(&other.first);
        }
        if other.empty {
            all.last.extend(&one.last);
        }
        self.spend(all.first.len() + all.last.len())?;
        Some(all)
    }

    fn repeated(&mut self, ast: &Ast, least: u32, most: Option<u32>) -> Option<Part> {
        let Some(most) = most else {
            let mut all = Part { empty: true, ..Part::default() };
            for _ in 1..least {
                let one = self.part(ast)?;
                all = self.behind(all, one)?;
            }
            let mut round = self.part(ast)?;
            self.join(&round.last, &round.first)?;
            round.empty |= least == 0;
            return self.behind(all, round);
        };
        // Rounds that may be left out are left out from the end: `aaa?` and not `a?aa`, which would be two ways.
        let mut all = Part { empty: true, ..Part::default() };
        let mut ends: Vec<usize> = Vec::new();
        for round in 0..most {
            let one = self.part(ast)?;
            if round >= least {
                ends.extend(&all.last);
            }
            let (is_first, empty) = (round == 0, all.empty && one.empty);
            self.join(&all.last, &one.first)?;
            self.spend(ends.len())?;
            all = Part { empty, first: if is_first { one.first } else { all.first }, last: one.last };
        }
        all.empty |= least == 0;
        all.last.extend(ends);
        Some(all)
    }

    fn join(&mut self, from: &[usize], to: &[usize]) -> Option<()> {
        self.spend(from.len().saturating_mul(to.len()))?;
        for place in from {
            if let Some(next) = self.next.get_mut(*place) {
                next.extend(to);
            }
        }
        Some(())
    }

    /// The kind of a letter, by what it is.
    fn kind(&mut self, ast: &Ast) -> Option<usize> {
        let written = text(self.pattern, *ast.span());
        if let Some(kind) = self.known.get(written) {
            return Some(*kind);
        }
        let hir = Translator::new().translate(self.pattern, ast).ok()?;
        let ranges: Vec<(u32, u32)> = match hir.into_kind() {
            HirKind::Literal(literal) => {
                let letter = std::str::from_utf8(&literal.0).ok()?.chars().next()?;
                vec![(u32::from(letter), u32::from(letter))]
            }
            HirKind::Class(Class::Unicode(class)) => {
                class.iter().map(|range| (u32::from(range.start()), u32::from(range.end()))).collect()
            }
            _ => return None,
        };
        self.spend(ranges.len())?;
        self.kinds.push(ranges);
        self.known.insert(written, self.kinds.len() - 1);
        Some(self.kinds.len() - 1)
    }

    /// Whether two different walks over the places read the same text, and begin and end at the same place.
    fn has_two_walks(&mut self) -> Option<bool> {
        let next = std::mem::take(&mut self.next);
        let mut shared = HashMap::new();
        let mut seen = HashSet::new();
        let mut open = Vec::new();
        for followers in &next {
            let different: HashSet<usize> = followers.iter().copied().collect();
            if different.len() < followers.len() {
                return Some(true);
            }
            self.pairs(followers, followers, &mut shared, |one, other| {
                if one != other && seen.insert((one, other)) {
                    open.push((one, other));
                }
            })?;
        }
        while let Some((one, other)) = open.pop() {
            let mut met = false;
            let (one, other) = (next.get(one)?, next.get(other)?);
            self.pairs(one, other, &mut shared, |one, other| {
                met |= one == other;
                if one != other && seen.insert((one, other)) {
                    open.push((one, other));
                }
            })?;
            if met {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Calls `visit` with all pairs of places at which the same letter may stand.
    fn pairs(
        &mut self,
        ones: &[usize],
        others: &[usize],
        shared: &mut HashMap<(usize, usize), bool>,
        mut visit: impl FnMut(usize, usize),
    ) -> Option<()> {
        for one in ones {
            for other in others {
                self.spend(1)?;
                let kinds = (*self.letters.get(*one)?, *self.letters.get(*other)?);
                let is_shared = if let Some(known) = shared.get(&kinds) {
                    *known
                } else {
                    let (first, second) = (self.kinds.get(kinds.0)?, self.kinds.get(kinds.1)?);
                    let is_shared = overlap(first, second);
                    let steps = (first.len() + second.len()) / 8;
                    shared.insert(kinds, is_shared);
                    self.spend(steps)?;
                    is_shared
                };
                if is_shared {
                    visit(*one, *other);
                }
            }
        }
        Some(())
    }
}

/// Whether two sorted lists of ranges have a letter in common.
fn overlap(one: &[(u32, u32)], other: &[(u32, u32)]) -> bool {
    let (mut ones, mut others) = (one.iter().peekable(), other.iter().peekable());
    while let (Some((low, high)), Some((least, most))) = (ones.peek(), others.peek()) {
        if low <= most && least <= high {
            return true;
        }
        if high < least {
            ones.next();
        } else {
            others.next();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn what_divides_a_text_in_two_ways_blows_up() {
        let cases = [
            ("^(a+)+$", "(a+)+"),
            ("^(a*)*$", "(a*)*"),
            ("^(a|a)*$", "(a|a)*"),
            (r"^(\w|\d)+$", r"(\w|\d)+"),
            (r"^(\w+\s?)*$", r"(\w+\s?)*"),
            (r"^([a-z0-9]+[._-]?)+@x$", "([a-z0-9]+[._-]?)+"),
            ("^(a|b|ab)*$", "(a|b|ab)*"),
            ("^(a*b*)*$", "(a*b*)*"),
            (r"^(\d{1,3})*$", r"(\d{1,3})*"),
            ("^(?:a+){1,50}$", "(?:a+){1,50}"),
            ("^x(y(z+)*)+$", "(z+)*"),
            (r"^(.*,)*x$", "(.*,)*"),
        ];
        for (pattern, culprit) in cases {
            assert_eq!(Shape::of(pattern).blows_up.as_deref(), Some(culprit), "{pattern}");
        }
    }

    #[test]
    fn what_is_divided_in_one_way_does_not() {
        let patterns = [
            "^[A-Z]{3}$",
            "^[a-z]{1,255}$",
            r"^([a-z0-9-]+\.)+[a-z]{2,}$",
            r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,6}$",
            r"^[a-z0-9]+(-[a-z0-9]+)*$",
            r"^\d{1,3}(,\d{3})*(\.\d+)?$",
            r"^(\d{1,3}\.){3}\d{1,3}$",
            r"^([0-9A-F]{2}:){5}[0-9A-F]{2}$",
            r"^[^@\s]+@[^@\s]+$",
            r"^(\d{2})+$",
            r"^(a|b)*$",
            r"^(a+){2}$",
            r"^\w{1,50}$",
            "(",
            "(?=a)(a+)+",
        ];
        for pattern in patterns {
            assert_eq!(Shape::of(pattern).blows_up, None, "{pattern}");
        }
    }

    #[test]
    fn anchors_are_seen_wherever_they_stand() {
        let shape = |pattern| {
            let shape = Shape::of(pattern);
            (shape.is_unanchored, shape.is_choice)
        };
        assert_eq!(shape("[A-Z]{3}"), (true, false));
        assert_eq!(shape("a|b"), (true, true));
        assert_eq!(shape("^a|b"), (false, true));
        assert_eq!(shape(r"\bfoo\b"), (true, false));
        assert_eq!(shape("(x(?:y$))"), (false, false));
    }

    #[test]
    fn a_hostile_pattern_takes_no_time() {
        let hostile = [
            format!("({})*", (0..300).map(|_| r"\w?").collect::<String>()),
            format!("({})*", "[a-z]{0,60}".repeat(30)),
            "(".repeat(200) + "a" + &"+)".repeat(200),
            r"(\p{L}{1,1000}){1,1000}".to_owned(),
            (0..100).fold(String::new(), |pattern, n| pattern + &format!(r"[\w{n}]?")) + "*",
        ];
        let begun = Instant::now();
        for pattern in &hostile {
            let _ = Shape::of(pattern);
        }
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    }
}
