use crate::finding::{Finding, Group, Label, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "description-repeats-name",
        group: Group::Documentation,
        severity: Severity::Warning,
        by_default: true,
        summary: "A description says what the name says, and no more.",
        page: include_str!("description_repeats_name.md"),
    },
    checks: &[Check::Field(check), Check::Contract(datasets)],
};

/// Words that add nothing to a name, by their length.
const EMPTY: &[&[&str]] = &[
    &[],
    &["a"],
    &["an", "of", "is", "it"],
    &["the", "for", "are", "its"],
    &["this", "that", "data"],
    &["field", "value", "holds", "table"],
    &["column", "values", "stores"],
    &["dataset"],
    &["contains"],
];

fn check(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(description) = &at.field.description else { return };
    // An item of an array has no name of its own.
    if !at.field.name.is_empty() && repeats(description, &at.field.name) {
        let message = format!("the description of {} repeats its name", at.called());
        let help = "say what the name does not: where a value comes from, when it is missing, what it is counted in";
        findings.push(Finding::new(&RULE.meta, at.label_of("description"), message).help(help));
    }
}

fn datasets(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let own = contract.description.iter().map(|text| (text, &contract.name, Path::of("description")));
    let named = contract.datasets.iter().filter(|_| !contract.short_form).filter_map(|dataset| {
        Some((dataset.description.as_ref()?, &dataset.name, Path::dataset(&dataset.name).key("description")))
    });
    for (description, name, path) in own.chain(named) {
        if repeats(description, name) {
            let message = format!("the description of {} repeats its name", quoted(name));
            let help = "say what a row stands for, and which rows are there";
            findings.push(Finding::new(&RULE.meta, Label::at(contract.source, path), message).help(help));
        }
    }
}

/// Whether a description is made of the words of a name, in their order, and of words that add nothing.
fn repeats(description: &str, name: &str) -> bool {
    // Whoever writes more than a few words says more.
    const MOST: usize = 200;
    if description.len() > MOST || name.len() > MOST || description.trim().is_empty() {
        return false;
    }
    let first = |text: &str| said(text).next().and_then(|word| word.chars().next());
    let Some(begin) = first(description) else { return true };
    // Descriptions differ from names in their first letters, mostly.
    first(name).is_some_and(|named| named.to_lowercase().eq(begin.to_lowercase()))
        && letters(description).eq(letters(name))
}

/// The words that say something.
fn said(text: &str) -> impl Iterator<Item = &str> {
    let empty = |word: &str| EMPTY.get(word.len()).copied().unwrap_or_default();
    words(text).filter(move |word| !empty(word).iter().any(|empty| empty.eq_ignore_ascii_case(word)))
}

/// Their letters, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    said(text).flat_map(|word| word.chars().flat_map(char::to_lowercase))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::repeats;

    #[test]
    fn what_is_said_is_more_than_the_name_or_not() {
        for (description, name) in [
            ("Customer ID", "customer_id"),
            ("The customer id.", "customerId"),
            ("customer-id", "CUSTOMER_ID"),
            ("The value.", "amount"),
        ] {
            assert!(repeats(description, name), "{description}");
        }
        for (description, name) in [
            ("Who ordered.", "customer_id"),
            ("ID of the customer who pays", "customer_id"),
            ("", "a"),
            ("金額", "amount"),
        ] {
            assert!(!repeats(description, name), "{description}");
        }
    }
}
