//! The words by which a repository names rules and kinds of change: codes, groups, and how codes begin.

use super::selector::Selector;
use crate::finding::change::{ChangeMeta, Grade};
use crate::finding::{Group, RuleMeta};
use crate::source::words::{alternatives, nearest};

/// What a code names, and so what a repository may set for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Configurable {
    /// A rule, or something to say about a version: it has a severity.
    Rule,
    /// A kind of change: it has levels.
    Change,
}

/// Everything that has a code.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    /// Rules of every command, and the problems that a text may have.
    pub rules: Vec<&'static RuleMeta>,
    /// Kinds of change, and what is said about versions.
    pub changes: Vec<&'static ChangeMeta>,
}

/// Why nobody may silence a problem of the form.
const FORM: &str = "a file with such a mistake means nothing certain; mend the file";

impl Codes {
    /// The rule of a code.
    pub fn rule(&self, code: &str) -> Option<&'static RuleMeta> {
        self.rules.iter().copied().find(|rule| rule.code == code)
    }

    /// The rules that `pact lint` follows, the form of a text included.
    pub fn of_lint(&self) -> impl Iterator<Item = &'static RuleMeta> + Clone {
        self.rules.iter().copied().filter(|rule| rule.group != Group::Checks)
    }

    /// Whether a code is that of a kind of change, or of something to say about a version.
    pub fn is_change(&self, code: &str) -> bool {
        self.changes.iter().any(|meta| meta.code == code)
    }

    /// Whether a code names something that only `pact lint` says.
    pub fn is_of_lint_alone(&self, code: &str) -> bool {
        !self.is_change(code)
            && self.rule(code).is_some_and(|rule| !matches!(rule.group, Group::Checks | Group::Form | Group::Policy))
    }

    /// Whether a repository may set the level of a code or accept its findings.
    ///
    /// # Errors
    ///
    /// It may not: what to do about it.
    pub fn configurable(&self, code: &str) -> Result<Configurable, String> {
        match self.rule(code) {
            Some(rule) if rule.group == Group::Form => return Err(FORM.to_owned()),
            Some(_) => return Ok(Configurable::Rule),
            None => {}
        }
        match self.changes.iter().find(|meta| meta.code == code) {
            Some(meta) if meta.reader == Grade::Verdict => Ok(Configurable::Rule),
            Some(_) => Ok(Configurable::Change),
            None => Err(self.suggestion(code)),
        }
    }

    /// What a key of `rules` names, and what may be set for it.
    ///
    /// # Errors
    ///
    /// It names nothing that may be set: what to do about it.
    pub fn level_of(&self, word: &str) -> Result<(Selector, Configurable), String> {
        let is_code = self.rule(word).is_some() || self.is_change(word);
        if is_code {
            return Ok((Selector::Code(word.to_owned()), self.configurable(word)?));
        }
        Ok((self.to_silence(word)?, Configurable::Rule))
    }

    /// The rules of `pact lint` that a word names.
    ///
    /// # Errors
    ///
    /// It names none: what was meant, or who says that instead.
    pub fn selector(&self, word: &str) -> Result<Selector, String> {
        let selector = match (word, Group::ALL.iter().find(|group| group.name() == word)) {
            ("all", _) => Selector::All,
            (_, Some(group)) => Selector::Group(*group),
            _ if self.rule(word).is_some() => Selector::Code(word.to_owned()),
            _ => Selector::Start(word.to_owned()),
        };
        let found: Vec<_> = self.rules.iter().filter(|rule| selector.fits(rule)).collect();
        match found.first() {
            None if self.is_change(word) => {
                Err("it is a change between two versions, which `pact diff` tells; its level is set in `rules`"
                    .to_owned())
            }
            None => Err(self.suggestion_of_selector(word)),
            Some(_) if found.iter().all(|rule| rule.group == Group::Checks) => {
                Err("`pact check` says it, and `pact lint` never does".to_owned())
            }
            Some(_) => Ok(selector),
        }
    }

    /// The rules of `pact lint` that a word names, which somebody wants to be silent.
    ///
    /// # Errors
    ///
    /// It names none, or only such as nobody may silence.
    pub fn to_silence(&self, word: &str) -> Result<Selector, String> {
        let selector = self.selector(word)?;
        let is_form = |rule: &&'static RuleMeta| rule.group == Group::Form;
        if self.of_lint().filter(|rule| selector.fits(rule)).all(|rule| is_form(&rule)) {
            return Err(FORM.to_owned());
        }
        Ok(selector)
    }

    /// The code of a rule that a comment in a file may hold back.
    ///
    /// # Errors
    ///
    /// What to do about one that it may not.
    pub fn in_comment(&self, code: &str) -> Result<&'static str, String> {
        match self.rule(code) {
            Some(rule) => match rule.group {
                Group::Form => Err(FORM.to_owned()),
                Group::Policy => Err("it is about exceptions themselves; mend the exception".to_owned()),
                Group::Checks => Err("`pact check` says it; comments are for what `pact lint` says".to_owned()),
                _ => Ok(rule.code),
            },
            None if self.is_change(code) => {
                Err("it is a change between two versions: `pact accept` accepts one in pact.yaml".to_owned())
            }
            None if self.selector(code).is_ok() => {
                Err("a comment names single codes; `overrides` in pact.yaml take groups".to_owned())
            }
            None => Err(self.suggestion(code)),
        }
    }

    /// The code that was meant: the nearest, else those that have the word in them.
    pub fn suggestion(&self, code: &str) -> String {
        near(code, self.codes(), "`pact explain` lists all codes")
    }

    /// The selector that was meant.
    fn suggestion_of_selector(&self, word: &str) -> String {
        let groups = Group::ALL.iter().map(|group| group.name());
        let lint = self.of_lint().map(|rule| rule.code);
        let all = "name `all`, a group, a code, or how codes begin; `pact explain` lists them";
        near(word, groups.chain(lint).chain(["all"]), all)
    }

    fn codes(&self) -> impl Iterator<Item = &'static str> + Clone {
        let changes = self.changes.iter().map(|meta| meta.code);
        self.rules.iter().map(|rule| rule.code).chain(changes)
    }
}

fn near<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone, all: &str) -> String {
    const MOST: usize = 6;
    if let Some(near) = nearest(word, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    let mut with: Vec<&str> = known.filter(|other| !word.is_empty() && other.contains(word)).collect();
    with.dedup();
    if with.is_empty() || with.len() > MOST {
        return all.to_owned();
    }
    let with: Vec<String> = with.into_iter().map(|code| format!("`{code}`")).collect();
    format!("did you mean {}?", alternatives(with.iter().map(String::as_str)))
}
