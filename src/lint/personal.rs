//! Signs of personal data: in the names of fields, and in values.

use crate::model::{DataType, Field, Literal};

/// Words of names that tell of a person, and what they tell; several words stand in this order in the name.
const HINTS: &[(&[&str], &str)] = &[
    (&["email"], "an e-mail address"),
    (&["e", "mail"], "an e-mail address"),
    (&["phone"], "a telephone number"),
    (&["telephone"], "a telephone number"),
    (&["msisdn"], "a telephone number"),
    (&["mobile", "number"], "a telephone number"),
    (&["birth"], "a date of birth"),
    (&["birthdate"], "a date of birth"),
    (&["birthday"], "a date of birth"),
    (&["dob"], "a date of birth"),
    (&["first", "name"], "the name of a person"),
    (&["firstname"], "the name of a person"),
    (&["last", "name"], "the name of a person"),
    (&["lastname"], "the name of a person"),
    (&["family", "name"], "the name of a person"),
    (&["given", "name"], "the name of a person"),
    (&["maiden", "name"], "the name of a person"),
    (&["middle", "name"], "the name of a person"),
    (&["surname"], "the name of a person"),
    (&["ssn"], "a social security number"),
    (&["bsn"], "a social security number"),
    (&["social", "security"], "a social security number"),
    (&["national", "id"], "the number of a person"),
    (&["passport"], "the number of a passport"),
    (&["driver", "license"], "the number of a licence"),
    (&["drivers", "license"], "the number of a licence"),
    (&["iban"], "a bank account"),
    (&["bank", "account"], "a bank account"),
    (&["credit", "card"], "a card number"),
    (&["card", "number"], "a card number"),
    (&["home", "address"], "the address of a person"),
    (&["street", "address"], "the address of a person"),
    (&["ip", "address"], "the address of a machine that a person uses"),
];

/// Words that make of such a name something about it, or a count: `email_type`, `is_phone_valid`.
const ABOUT: &[&str] = &[
    "at", "campaign", "consent", "count", "domain", "enabled", "flag", "has", "hash", "is", "kind", "language",
    "length", "num", "opt", "provider", "sent", "status", "subject", "template", "total", "type", "valid", "verified",
    "version",
];

/// What a field seems to say of a person, by its name and its format; `None` where nothing tells of one.
pub(super) fn hint(field: &Field) -> Option<&'static str> {
    // A mark, a moment or a nested shape is none of what the words stand for; what is in the shape is looked at on its own.
    if !matches!(field.data_type, DataType::String | DataType::Integer | DataType::Date | DataType::Unknown) {
        return None;
    }
    match field.format.as_deref() {
        Some("email" | "idn-email") => return Some("an e-mail address"),
        Some("e164" | "phone") => return Some("a telephone number"),
        _ => {}
    }
    let words = words(&field.name);
    if words.iter().any(|word| ABOUT.contains(&word.as_str())) {
        return None;
    }
    let is_in =
        |hint: &[&str]| words.windows(hint.len()).any(|part| part.iter().zip(hint).all(|(one, other)| one == other));
    HINTS.iter().find(|(hint, _)| is_in(hint)).map(|(_, what)| *what)
}

/// Whether a field says of itself, in other words than `is_pii`, that its values are personal data.
pub(super) fn is_marked(field: &Field) -> bool {
    let says = |text: &str| words(text).iter().any(|word| word == "pii");
    let is_denied = |value: &Literal| matches!(value, Literal::Null | Literal::Bool(false));
    field.classification.as_deref().is_some_and(says)
        || field.tags.iter().any(|tag| says(tag))
        || field.metadata.iter().any(|(key, value)| says(key) && !is_denied(value))
}

/// The words of a name, in lower case: `dateOfBirth` and `date_of_birth` have three.
pub(super) fn words(name: &str) -> Vec<String> {
    const MOST: usize = 200;
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in name.chars().take(MOST) {
        let begins = letter.is_uppercase() && was_lower;
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        was_lower = letter.is_lowercase() || letter.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a value is that may belong to a real person: an address or number that is sound, and that nobody keeps for examples.
pub(super) fn real(text: &str) -> Option<&'static str> {
    const LONGEST: usize = 254;
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if is_real_address(text) {
        return Some("the e-mail address");
    }
    let plain: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    if is_real_account(&plain) {
        return Some("the bank account");
    }
    if is_real_card(&plain) {
        return Some("the card number");
    }
    is_social_security_number(text).then_some("the social security number")
}

/// An e-mail address at a domain that can exist (RFC 2606 and RFC 6761 keep some for examples).
fn is_real_address(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else { return false };
    let domain = domain.trim_end_matches('.').to_lowercase();
    let labels: Vec<&str> = domain.split('.').collect();
    let fits =
        |label: &&str| !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    let is_kept = labels.contains(&"example")
        || labels.last().is_some_and(|last| matches!(*last, "test" | "invalid" | "localhost" | "local"));
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace) && !name.contains(['<', '$', '{']);
    is_name && labels.len() > 1 && labels.iter().all(fits) && !is_kept
}

/// Accounts that banks and registries print as examples.
const EXAMPLE_ACCOUNTS: &[&str] = &[
    "BE68539007547034",
    "DE89370400440532013000",
    "DE91100000000123456789",
    "ES9121000418450200051332",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "GB33BUKB20201555555555",
    "GB82WEST12345698765432",
    "IT60X0542811101000000123456",
    "NL91ABNA0417164300",
];

/// An IBAN whose check digits are right (ISO 13616).
fn is_real_account(plain: &str) -> bool {
    let is_plain = (15..=34).contains(&plain.len()) && plain.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (Some(country), Some(check), Some(rest)) = (plain.get(..2), plain.get(2..4), plain.get(4..)) else {
        return false;
    };
    let begins =
        country.bytes().all(|byte| byte.is_ascii_alphabetic()) && check.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain || !begins || EXAMPLE_ACCOUNTS.contains(&plain.to_uppercase().as_str()) {
        return false;
    }
    let digits = rest.chars().chain(country.chars()).chain(check.chars()).filter_map(|letter| letter.to_digit(36));
    // A letter stands for two digits.
    digits.fold(0, |rest, digit| (rest * (if digit > 9 { 100 } else { 10 }) + digit) % 97) == 1
}

/// Card numbers that card companies and payment services print as examples.
const EXAMPLE_CARDS: &[&str] = &[
    "30569309025904",
    "3530111333300000",
    "371449635398431",
    "378282246310005",
    "38520000023237",
    "4000000000000002",
    "4012888888881881",
    "4111111111111111",
    "4242424242424242",
    "5105105105105100",
    "5454545454545454",
    "5555555555554444",
    "6011000990139424",
    "6011111111111117",
];

/// A number of a card company's length and first digit whose check digit is right (ISO/IEC 7812).
fn is_real_card(plain: &str) -> bool {
    let fits = (14..=16).contains(&plain.len())
        && plain.starts_with(['3', '4', '5', '6'])
        && plain.bytes().all(|byte| byte.is_ascii_digit());
    if !fits || EXAMPLE_CARDS.contains(&plain) {
        return false;
    }
    let digits = plain.chars().rev().filter_map(|digit| digit.to_digit(10)).enumerate();
    let sum: u32 = digits
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A US social security number of a range that is given out.
fn is_social_security_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [area, group, serial] = parts.as_slice() else { return false };
    let is_plain = [(area, 3), (group, 2), (serial, 4)]
        .into_iter()
        .all(|(part, length)| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()));
    // 078-05-1120 and 219-09-9999 stood in advertisements.
    let is_kept = matches!(*area, "000" | "666") || area.starts_with('9') || *group == "00" || *serial == "0000";
    is_plain && !is_kept && !matches!(text, "078-05-1120" | "219-09-9999" | "123-45-6789")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_their_words() {
        let hinted = ["email", "customerEmail", "e_mail", "Phone-Number", "dateOfBirth", "FIRST_NAME", "ssn", "iban"];
        for name in hinted {
            assert!(hint(&Field::new(name, DataType::String)).is_some(), "{name}");
        }
        let others =
            ["microphone", "emailed", "email_type", "is_phone_valid", "product_name", "birthplace_count", "essn", ""];
        for name in others {
            assert_eq!(hint(&Field::new(name, DataType::String)), None, "{name}");
        }
        assert_eq!(hint(&Field::new("email", DataType::Boolean)), None);
        let by_format = Field { format: Some("email".to_owned()), ..Field::new("contact", DataType::String) };
        assert_eq!(hint(&by_format), Some("an e-mail address"));
        assert_eq!(words("dateOfBirth_2"), ["date", "of", "birth", "2"]);
    }

    #[test]
    fn values_of_nobody_are_no_ones() {
        let real_ones = [
            "erika.mustermann@posteo.de",
            "NL20 INGB 0001 2345 67",
            "4539 5787 6362 1486",
            "4539578763621486",
            "536-22-8726",
        ];
        for value in real_ones {
            assert!(real(value).is_some(), "{value}");
        }
        let nobodys = [
            "ada@example.com",
            "ada@shop.example",
            "ada@mail.example.org",
            "ada@localhost",
            "@",
            "a@b",
            "NL91 ABNA 0417 1643 00",
            "NL21 INGB 0001 2345 67",
            "4242 4242 4242 4242",
            "4539578763621487",
            "000-12-3456",
            "123-45-6789",
            "2026-01-31",
            "Ada Lovelace",
            "",
        ];
        for value in nobodys {
            assert_eq!(real(value), None, "{value}");
        }
    }
}
