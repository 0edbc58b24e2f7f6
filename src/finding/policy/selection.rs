//! Which rules speak, and how loud: by default, by the configuration, for some files, and for one run.

use super::selector::Selector;
use super::{Globs, Setting};
use crate::finding::{Group, RuleMeta, Severity};
use crate::source::Span;

/// What one place says of rules: the configuration, one of its overrides, the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// These rules and no others; `None` leaves what was selected before.
    pub select: Option<Vec<Selector>>,
    /// These rules as well.
    pub extend_select: Vec<Selector>,
    /// These rules not.
    pub ignore: Vec<Selector>,
    /// Levels. `off` is as `ignore`, and any other level of a code selects it.
    pub levels: Vec<(Selector, Setting)>,
}

impl Selection {
    /// What it says of a rule: to speak, to be silent, or nothing. The more specific selector counts; of two that are as
    /// specific the one that silences.
    fn opinion(&self, rule: &RuleMeta) -> Option<bool> {
        let rank = |selector: &Selector| selector.fits(rule).then(|| selector.rank());
        let levels = |wanted: bool| {
            let decides = move |(selector, setting): &&(Selector, Setting)| {
                (*setting != Setting::Off) == wanted && (!wanted || matches!(selector, Selector::Code(_)))
            };
            self.levels.iter().filter(decides).filter_map(|(selector, _)| rank(selector))
        };
        let selected = self.select.iter().flatten().chain(&self.extend_select).filter_map(rank);
        let speaks = selected.chain(levels(true)).max();
        let silent = self.ignore.iter().filter_map(rank).chain(levels(false)).max();
        match (speaks, silent) {
            (None, None) => self.select.as_ref().map(|_| false),
            (speaks, silent) => Some(speaks > silent),
        }
    }

    /// The severity that it gives a rule: that of the most specific selector, the last of several.
    fn severity(&self, rule: &RuleMeta) -> Option<Severity> {
        let fitting = self.levels.iter().filter(|(selector, _)| selector.fits(rule));
        let severities = fitting.filter_map(|(selector, setting)| match setting {
            Setting::Severity(severity) => Some((selector.rank(), *severity)),
            Setting::Off | Setting::Level(_) => None,
        });
        severities.max_by_key(|(rank, _)| *rank).map(|(_, severity)| severity)
    }
}

/// What holds for some files or contracts only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The files, relative to the configuration; any file where there are none.
    pub paths: Option<Globs>,
    /// The names of contracts; any contract where there are none.
    pub contracts: Option<Globs>,
    /// What holds for them.
    pub selection: Selection,
    /// Where it stands in the configuration.
    pub span: Span,
}

impl Override {
    pub(super) fn fits(&self, file: &str, contract: &str) -> bool {
        self.paths.as_ref().is_none_or(|globs| globs.takes(file))
            && self.contracts.as_ref().is_none_or(|globs| globs.takes(contract))
    }
}

/// Everything that is said of rules, in the order in which it counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layers<'a> {
    /// What the repository says of all files.
    pub(super) base: &'a Selection,
    /// What this run alone wants.
    pub(super) asked: &'a Selection,
}

impl<'a> Layers<'a> {
    /// Whether a rule speaks where these overrides fit. Later ones count more than earlier ones, and what a run asks for more
    /// than all of them; but what an override silences for a file stays silent there.
    pub(super) fn speaks(self, rule: &RuleMeta, overrides: impl Iterator<Item = &'a Override>) -> bool {
        if rule.group == Group::Form {
            return true;
        }
        let base = self.base.opinion(rule).unwrap_or(rule.by_default);
        let special = overrides.filter_map(|one| one.selection.opinion(rule)).last();
        let wanted = self.asked.opinion(rule).unwrap_or(special.unwrap_or(base));
        wanted && special != Some(false)
    }

    /// Whether a rule may speak anywhere at all.
    pub(super) fn speaks_anywhere(self, rule: &RuleMeta, overrides: &'a [Override]) -> bool {
        self.speaks(rule, std::iter::empty()) || overrides.iter().any(|one| self.speaks(rule, std::iter::once(one)))
    }

    /// The severity of a rule where these overrides fit, if the repository sets one.
    pub(super) fn severity(
        self,
        rule: &RuleMeta,
        overrides: impl DoubleEndedIterator<Item = &'a Override>,
    ) -> Option<Severity> {
        let special = overrides.rev().find_map(|one| one.selection.severity(rule));
        special.or_else(|| self.base.severity(rule))
    }
}
