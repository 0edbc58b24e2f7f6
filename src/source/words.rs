//! Small things about words in messages: the nearest right word, and a text quoted so that it fits in a sentence.

/// The candidate that somebody who wrote `word` most likely meant, if one is near enough: a third of the letters may
/// differ, letter case and separators are not counted.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(word);
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The candidate of which a word is certainly another spelling: only letter case and separators differ, or one slip of the
/// finger (two in a long word), and no other candidate is as near.
pub fn misspelt<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONG: usize = 8;
    let wanted = plain(word);
    let length = wanted.chars().count();
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), candidate))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    let &(distance, candidate) = near.first()?;
    let allowed = match length {
        0..=2 => 0,
        3..LONG => 1,
        _ => 2,
    };
    let is_alone = near.get(1).is_none_or(|(next, _)| *next > distance + usize::from(distance > 1));
    (distance <= allowed && is_alone).then_some(candidate)
}

/// A word without what is not counted in comparing: letter case and separators.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ' | '.'));
    letters.flat_map(char::to_lowercase).take(64).collect()
}

/// The element that somebody most likely meant whose contract, before the first dot or in whole, is none of these.
pub fn nearest_address(address: &str, contracts: &[&str]) -> Option<String> {
    if let Some(near) = nearest(address, contracts.iter().copied()) {
        return Some(near.to_owned());
    }
    // A contract's name may have dots itself.
    let ends = address.match_indices('.').map(|(end, _)| end).take(4);
    ends.filter_map(|end| address.split_at_checked(end))
        .find_map(|(name, rest)| Some(format!("{}{rest}", nearest(name, contracts.iter().copied())?)))
}

/// A text in backticks, cut to 60 characters, so that a hostile value can't flood a message.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    format!("`{short}`")
}

/// Words joined as a sentence lists them: `a`, `a or b`, `a, b or c`.
pub fn alternatives<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_forgives_typing_errors_but_does_not_guess() {
        let keys = ["nullable", "data_type", "description"];
        assert_eq!(nearest("nulable", keys), Some("nullable"));
        assert_eq!(nearest("dataType", keys), Some("data_type"));
        assert_eq!(nearest("owner", keys), None);
    }

    #[test]
    fn a_word_is_certainly_another_only_where_nothing_else_is_near() {
        let keys = ["nullable", "data_type", "name", "unit", "unique"];
        for (word, meant) in [("nulable", "nullable"), ("dataType", "data_type"), ("NAME", "name"), ("nmae", "name")] {
            assert_eq!(misspelt(word, keys), Some(meant));
        }
        for word in ["owner", "un", "null", "names_of"] {
            assert_eq!(misspelt(word, keys), None, "{word}");
        }
        assert_eq!(misspelt("mix", ["min", "max"]), None);
    }

    #[test]
    fn long_values_are_cut() {
        assert_eq!(quoted("short"), "`short`");
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), 63);
    }

    #[test]
    fn alternatives_read_as_a_sentence() {
        assert_eq!(alternatives(["a", "b", "c"]), "a, b or c");
    }
}
