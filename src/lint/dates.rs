//! The dates in the life of a contract.

use jiff::civil::Date;

use crate::model::{Contract, Path};

/// A date as it is written, and its place.
pub(super) struct Written<'a> {
    pub(super) text: &'a str,
    pub(super) path: Path,
}

/// The day of a text; `None` where it is no date.
pub(super) fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| text.len() == 10)
}

/// Every date in the life of a contract, those of its approvals too.
pub(super) fn of_life(contract: &Contract) -> impl Iterator<Item = Written<'_>> {
    let life = &contract.lifecycle;
    let at = || Path::of("lifecycle");
    let own = [
        ("effective_date", &life.effective_date),
        ("available_from", &life.available_from),
        ("deprecated_on", &life.deprecated_on),
        ("sunset_on", &life.sunset_on),
        ("expires_on", &life.expires_on),
        ("support_until", &life.support_until),
    ];
    let own =
        own.into_iter().filter_map(move |(key, text)| Some(Written { text: text.as_deref()?, path: at().key(key) }));
    let approvals = life.approvals.iter().enumerate();
    own.chain(approvals.map(move |(index, approval)| Written {
        text: &approval.on,
        path: at().key("approvals").index(index).key("on"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_days_are_dates() {
        assert!(day("2026-02-28").is_some());
        for text in ["", "2026-02-30", "2026-2-28", "20260228", "2026-02-28T00:00:00Z", "tomorrow", "${DAY}"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
