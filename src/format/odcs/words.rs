//! Advice in the words of the standard. Rules know the model only, and speak as the native format does; who has a file of the
//! standard before them finds none of those keys in it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// What sentences of rules say, and what they say of a file of the standard. Longer ones come before their parts.
const SENTENCES: &[(&str, &str)] = &[
    ("neither `publisher.contact_email` nor `publisher.channels`", "nothing under `support`"),
    ("neither `publisher.owner` nor `publisher.team`", "neither an owner nor a team"),
    ("`publisher` with `owner` or `team`, and `contact_email`", "`team` with its `name`, and `support` with a channel"),
    ("`contact_email` or `channels` to `publisher`", "a channel to `support`"),
    ("`owner` or `team` to `publisher`", "the `name` of the `team`, or a member whose `role` is `owner`"),
    (
        "add `nullable: false`: fields are nullable unless they say so",
        "add `required: true`: without it values may be null",
    ),
    ("`is_primary_key: true` to the fields that identify", "`primaryKey: true` to the properties that identify"),
    ("add `is_primary_key: true` to", "add `primaryKey: true` to"),
    (
        "add `precision` and `scale`, such as `precision: 12` and `scale: 2` for amounts",
        "add `physicalType`, such as `decimal(12,2)` for amounts",
    ),
    (
        "`precision` counts all digits, `scale` those behind the point",
        "`decimal(12,2)` has twelve digits, two of them behind the point",
    ),
    ("`min_length` and `max_length` bound texts", "`minLength` and `maxLength` bound texts"),
    ("`min_items` and `max_items` bound lists", "`minItems` and `maxItems` bound lists"),
    ("`min` and `max` bound values that have an order", "`minimum` and `maximum` bound values that have an order"),
    ("correct the `physical_type`", "correct the `physicalType`"),
    ("correct the `physical_name` of one", "correct the `physicalName` of one"),
    ("give it a shorter `physical_name`", "give it a shorter `physicalName`"),
    (
        "write `data_type: decimal` with `precision` and `scale`: 0.1",
        "write `logicalType: number` with a `physicalType` such as `decimal(12,2)`: 0.1",
    ),
    ("write `keys: string`, or a type", "write `logicalType: string` for the `key`, or a type"),
    (
        "write `data_type: timestamp` if it is an instant, or name",
        "write `timezone: true` in `logicalTypeOptions` if it is an instant, or name",
    ),
    (
        "name the field in `field`; rows are counted by `row_count`",
        "move the rule to the property; rows are counted by `rowCount`",
    ),
    ("list them in `arguments`: `missing_values:", "list them in `arguments`: `missingValues:"),
    ("; nulls alone are `null_values`", "; nulls alone are `nullValues`"),
    ("list them in `arguments` as `valid_values`", "list them in `arguments` as `validValues`"),
    (
        "name the field in `field`, or several in `arguments`: `fields: [country, number]`",
        "move the rule to the property, or name several in `arguments`: `properties: [country, number]`",
    ),
    ("such as `must_be: 0`", "such as `mustBe: 0`"),
    ("such as `must_be_greater_than: 0`", "such as `mustBeGreaterThan: 0`"),
    ("the constraint `min_length`", "the option `minLength`"),
    ("the constraint `max_length`", "the option `maxLength`"),
    ("the constraint `exclusive_min`", "the option `exclusiveMinimum`"),
    ("the constraint `exclusive_max`", "the option `exclusiveMaximum`"),
    ("the constraint `multiple_of`", "the option `multipleOf`"),
    ("the constraint `min_items`", "the option `minItems`"),
    ("the constraint `max_items`", "the option `maxItems`"),
    ("the constraint `unique_items`", "the option `uniqueItems`"),
    ("the constraint `min_properties`", "the option `minProperties`"),
    ("the constraint `max_properties`", "the option `maxProperties`"),
    ("the constraint `min`", "the option `minimum`"),
    ("the constraint `max`", "the option `maximum`"),
    ("the constraint `regex`", "the option `pattern`"),
    ("or correct the `data_type`", "or correct the `logicalType`"),
    ("add `fields` with a name and a type each", "add `properties` with a name and a type each"),
    ("add `items` with the `data_type` of an item", "add `items` with the `logicalType` of an item"),
    ("add `values` with the `data_type` of a value", "add `map` with the `logicalType` of `key` and `value`"),
    ("or call it `json` if its shape is free", "or say `physicalType: json` if its shape is free"),
    (
        "write `contract.field`, such as `customers.customer_id`; the contract",
        "write `object.property`; what is not in this file",
    ),
    ("name the contract instead: `contract.dataset.field`", "name the contract instead: `contract.object.property`"),
    ("say which one it is with `physical_name` in `datasets`", "say which one it is with `physicalName` in `schema`"),
    ("(`status: deprecated`, `lifecycle.sunset_on`)", "(`status: deprecated`, and `endOfLife` under `slaProperties`)"),
    ("add `lifecycle.sunset_on`", "add `endOfLife` to `slaProperties`"),
    ("(`access.endpoint_url`, or `sources`)", "(`servers`)"),
    ("HTTP sources", "servers of the type `api`"),
    ("add `per`, such as", "add `priceUnit`, such as"),
    ("add `retention` to `obligations`, how long readers may keep it,", "add `retention` to `slaProperties`,"),
    ("the `example_value` of", "the example of"),
    ("it has no source for the environment", "it has no server for the environment"),
    ("its source for ", "its server for "),
    ("it is below `min`", "it is below `minimum`"),
    ("it is above `max`", "it is above `maximum`"),
    ("it is not above `exclusive_min`", "it is not above `exclusiveMinimum`"),
    ("it is not below `exclusive_max`", "it is not below `exclusiveMaximum`"),
    ("it is shorter than `min_length`", "it is shorter than `minLength`"),
    ("it is longer than `max_length`", "it is longer than `maxLength`"),
    ("it has fewer items than `min_items`", "it has fewer items than `minItems`"),
    ("it has more items than `max_items`", "it has more items than `maxItems`"),
    ("`unique_items` allows each of its items once", "`uniqueItems` allows each of its items once"),
    ("it has fewer keys than `min_properties`", "it has fewer keys than `minProperties`"),
    ("it has more keys than `max_properties`", "it has more keys than `maxProperties`"),
    ("`precision` and `scale` allow fewer digits", "`physicalType` allows fewer digits"),
    ("add `description` with what the data is", "add `description` with a `purpose`: what the data is for"),
    (
        "give both the same `data_type`,",
        "give both the same `logicalType` and `format` (a uuid is a `string` with the `format: uuid`):",
    ),
    ("`threshold` expects", "a latency is"),
    ("`cadence` expects", "a frequency is"),
    ("`availability` expects", "an availability is"),
    ("`retention` expects", "a retention is"),
    ("`throughput` expects", "a throughput is"),
    ("`error_rate` expects", "an error rate is"),
    ("`detect_within` expects", "a time to detect is"),
    ("`notify_within` expects", "a time to notify is"),
    ("`repair_within` expects", "a time to repair is"),
    ("a time such as `15 minutes`", "a time such as `value: 4` with `unit: h`"),
    ("a share such as `99.5%`", "a share such as `value: 99.5` with `unit: percent`"),
    ("a rate such as `1000 rows/s`", "a rate such as `value: 1000` with `unit: rows/s`"),
    ("%`, if that is meant", "` with `unit: percent`, if that is meant"),
];

/// Keys of advice that the standard has no word for.
const OWN: &[&str] = &[
    "`previously: [",
    "`is_pii: true`",
    "`lifecycle: {approvals:",
    "`lifecycle.approvals`",
    "`obligations.migration_guide`",
    "`notice_period: ",
    "`privacy.erase_within`",
    "`foreign_key_reference`",
    "`is_foreign_key: true`",
    "`semantics.timezone`",
    "add `replaced_by` with",
];

/// Any of them. Most sentences have none, and one look tells that: a repository may have a hundred thousand findings.
static ANY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let all = SENTENCES.iter().map(|(native, _)| *native).chain(OWN.iter().copied());
    let all: Vec<String> = all.map(regex::escape).collect();
    Regex::new(&all.join("|")).ok()
});

/// A sentence in the words of the standard.
pub(in crate::format) fn reworded(sentence: &str) -> Cow<'_, str> {
    if ANY.as_ref().is_some_and(|any| !any.is_match(sentence)) {
        return Cow::Borrowed(sentence);
    }
    let mut text = Cow::Borrowed(sentence);
    for (native, here) in SENTENCES {
        if text.contains(native) {
            text = Cow::Owned(text.replace(native, here));
        }
    }
    if OWN.iter().any(|key| text.contains(key)) {
        text.to_mut().push_str(" (in ODCS as the `value` of a custom property `pact`)");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// All texts of the modules that give advice.
    #[expect(clippy::disallowed_methods, reason = "a test reads sources")]
    fn advice(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                advice(&entry, text);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                text.push_str(&fs::read_to_string(&entry).expect("a module"));
            }
        }
    }

    #[test]
    fn nothing_is_reworded_that_nobody_says() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut said = String::new();
        for module in ["lint", "diff", "check"] {
            advice(&sources.join(module), &mut said);
        }
        // Names of constraints and of keys are put in.
        let is_made = |native: &str| {
            native.starts_with("the constraint") || native.ends_with("` expects") || native.starts_with('%')
        };
        let native = SENTENCES.iter().map(|(native, _)| *native).filter(|native| !is_made(native));
        for sentence in native.chain(OWN.iter().copied()) {
            let plain = |text: &str| text.replace("{{", "{").replace("}}", "}");
            assert!(plain(&said).contains(sentence), "nobody says {sentence:?} any more");
        }
        for made in ["the constraint `{}`", "`{key}` expects", "write `{share}`, if that is meant"] {
            assert!(said.contains(made), "nobody says {made:?} any more");
        }
    }

    #[test]
    fn longer_sentences_come_before_their_parts() {
        for (index, (native, _)) in SENTENCES.iter().enumerate() {
            let earlier = SENTENCES.iter().take(index).find(|(earlier, _)| native.contains(earlier));
            assert_eq!(earlier, None, "{native}");
        }
    }

    #[test]
    fn advice_is_in_the_words_of_the_file() {
        let required = "add `nullable: false`: fields are nullable unless they say so";
        assert_eq!(reworded(required), "add `required: true`: without it values may be null");
        let renamed = reworded("did you mean that it was renamed? add `previously: [mail]` to email");
        assert!(renamed.contains("`previously: [mail]` to email (in ODCS as the `value` of a custom property `pact`)"));
        assert_eq!(reworded("the field `nullable` has no description"), "the field `nullable` has no description");
        assert!(matches!(reworded("the field `nullable` has no description"), Cow::Borrowed(_)));
        assert!(ANY.is_some(), "all sentences together are a regular expression");
    }
}
