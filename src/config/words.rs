//! The names of rules and of kinds of change in the JSON Schema of `pact.yaml`, for editors to complete.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::finding::Group;
use crate::finding::policy::{Codes, Configurable};

/// Writes the names into the schema of the shapes.
pub(super) fn complete(schema: &mut Json, codes: &Codes) {
    let known = known(codes);
    let groups = groups(codes);
    let starts = starts(codes);
    for kind in [Configurable::Rule, Configurable::Change] {
        schema["$defs"][kind.definition()] = json!({ "enum": kind.words() });
    }
    let of_lint = |code: &str| codes.rule(code).is_some_and(|_| codes.to_silence(code).is_ok());
    let properties = |wanted: &dyn Fn(&str) -> bool| -> Json {
        let groups = groups.iter().map(|(word, meaning)| ((*word).to_owned(), Configurable::Rule, meaning.clone()));
        let single = known.iter().filter(|(code, _)| wanted(code));
        let single = single.map(|(code, (kind, meaning))| ((*code).to_owned(), *kind, (*meaning).to_owned()));
        let described = |(word, kind, meaning): (String, Configurable, String)| {
            (word, json!({ "$ref": format!("#/$defs/{}", kind.definition()), "description": meaning }))
        };
        Json::Object(groups.chain(single).map(described).collect())
    };
    let all: &dyn Fn(&str) -> bool = &|_| true;
    for (place, wanted) in [("configuration", all), ("override", &of_lint)] {
        if let Some(rules) = schema.pointer_mut(&format!("/$defs/{place}/properties/rules")) {
            rules["properties"] = properties(wanted);
            rules["patternProperties"] = json!({ &starts: { "$ref": "#/$defs/severity" } });
            rules["additionalProperties"] = json!(false);
        }
    }
    if let Some(code) = schema.pointer_mut("/$defs/exception/properties/code") {
        code["enum"] = known.keys().copied().collect();
        // No part of the standard; editors show them beside the words.
        code["enumDescriptions"] = known.values().map(|(_, meaning)| *meaning).collect();
    }
    let (mut words, mut meanings) = (Vec::new(), Vec::new());
    for (word, meaning) in &groups {
        words.push(word.to_owned());
        meanings.push(meaning.clone());
    }
    for (code, (_, meaning)) in known.iter().filter(|(code, _)| of_lint(code)) {
        words.push(code);
        meanings.push((*meaning).to_owned());
    }
    schema["$defs"]["selector"] =
        json!({ "anyOf": [{ "enum": words, "enumDescriptions": meanings }, { "type": "string", "pattern": starts }] });
    for shape in ["linting", "override"] {
        for key in ["select", "extend_select", "ignore"] {
            let Some(property) = schema.pointer_mut(&format!("/$defs/{shape}/properties/{key}")) else { continue };
            property["anyOf"] = json!([
                { "$ref": "#/$defs/selector" },
                { "type": "array", "items": { "$ref": "#/$defs/selector" } },
                { "type": "null" },
            ]);
        }
    }
}

/// Every code that `pact.yaml` may name, with what may be set for it and what it means.
fn known(codes: &Codes) -> BTreeMap<&'static str, (Configurable, &'static str)> {
    let changes = codes.changes.iter().map(|meta| (meta.code, meta.what));
    // A few codes are of a rule and of a change: what the rule says counts.
    let rules = codes.rules.iter().map(|rule| (rule.code, rule.summary));
    let both = changes.chain(rules);
    both.filter_map(|(code, meaning)| Some((code, (codes.configurable(code).ok()?, meaning)))).collect()
}

/// `all` and the groups whose rules may be silenced.
fn groups(codes: &Codes) -> Vec<(&'static str, String)> {
    let groups = Group::ALL.iter().filter(|group| codes.to_silence(group.name()).is_ok());
    let groups = groups.map(|group| (group.name(), format!("Rules of the group: {}", group.about())));
    std::iter::once(("all", "Every rule".to_owned())).chain(groups).collect()
}

/// A pattern of how codes of rules begin, by whole words.
fn starts(codes: &Codes) -> String {
    let silenced = codes.of_lint().filter(|rule| codes.to_silence(rule.code).is_ok());
    let starts = silenced.flat_map(|rule| rule.code.match_indices('-').filter_map(|(end, _)| rule.code.get(..end)));
    let starts: BTreeSet<&str> = starts.collect();
    format!("^({})$", starts.into_iter().collect::<Vec<_>>().join("|"))
}
