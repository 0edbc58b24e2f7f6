//! Small things about words in messages: the nearest right word, and a text quoted so that it fits in a sentence.

/// The candidate that somebody who wrote `word` most likely meant, if one is near enough: a third of the letters may
/// differ, letter case and separators are not counted.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ' | '.'));
        letters.flat_map(char::to_lowercase).take(64).collect()
    };
    let wanted = plain(word);
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &plain(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
    fn long_values_are_cut() {
        assert_eq!(quoted("short"), "`short`");
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), 63);
    }

    #[test]
    fn alternatives_read_as_a_sentence() {
        assert_eq!(alternatives(["a", "b", "c"]), "a, b or c");
    }
}
