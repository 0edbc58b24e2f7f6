//! Words that have several spellings and one meaning: units, formats, addresses.

/// Units that are one under several names.
const UNITS: &[&[&str]] = &[
    &["ns", "nanosecond", "nanoseconds"],
    &["us", "\u{b5}s", "\u{3bc}s", "microsecond", "microseconds"],
    &["ms", "millisecond", "milliseconds"],
    &["s", "sec", "second", "seconds"],
    &["min", "minute", "minutes"],
    &["h", "hr", "hour", "hours"],
    &["d", "day", "days"],
    &["week", "weeks"],
    &["month", "months"],
    &["year", "years"],
    &["%", "percent", "per cent"],
];

/// Currencies of ISO 4217 whose codes are no units of anything else in small letters: `cup` and `gel` may be.
const CURRENCIES: &str = "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HRK HUF IDR ILS INR \
                          ISK JOD JPY KES KRW KWD KZT MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR \
                          SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR";

/// Formats whose names mean the same in any letter case. In a pattern of dates `MM` is no `mm`.
const FORMATS: &[&str] = &[
    "binary",
    "byte",
    "country-code",
    "currency-code",
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "iban",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "iso-3166",
    "iso-4217",
    "iso-8601",
    "json-pointer",
    "password",
    "phone",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];

/// A unit by one of its spellings. Letter case counts but for whole words and currencies: `Mb` is no `mb`.
pub(super) fn unit(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    // `S` is siemens and `H` henry: short names count as they are written.
    let is_word = lower.len() > 3;
    let known = UNITS.iter().find(|names| names.contains(&if is_word { lower.as_str() } else { text.as_str() }));
    let upper = text.to_uppercase();
    match known.and_then(|names| names.first()) {
        Some(name) => (*name).to_owned(),
        None if CURRENCIES.split_whitespace().any(|code| code == upper) => upper,
        None => text,
    }
}

/// A format by one of its spellings.
pub(super) fn format(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    if FORMATS.contains(&lower.as_str()) { lower } else { text.trim().to_owned() }
}

/// The ports that the schemes of addresses have without saying so.
const PORTS: &[(&str, &str)] = &[
    ("http", "80"),
    ("https", "443"),
    ("ws", "80"),
    ("wss", "443"),
    ("ftp", "21"),
    ("sftp", "22"),
    ("postgres", "5432"),
    ("postgresql", "5432"),
];

/// An address by one of its spellings (RFC 3986, 6.2): scheme and host in any letter case, a port that goes without
/// saying, and no path of a web address for its root. What is no address with a host is left as it is.
pub(super) fn address(text: &str) -> String {
    let text = text.trim();
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let is_scheme = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.');
    if scheme.is_empty() || !scheme.chars().all(is_scheme) {
        return text.to_owned();
    }
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
    // The address of a network in version 6 has colons of its own, in brackets.
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (host, ""),
    };
    let is_default = port.is_empty() || PORTS.contains(&(scheme.as_str(), port));
    let port = if is_default { String::new() } else { format!(":{port}") };
    let user = if user.is_empty() { String::new() } else { format!("{user}@") };
    let path = match path.chars().next() {
        None | Some('?' | '#') if scheme.starts_with("http") => format!("/{path}"),
        _ => path.to_owned(),
    };
    format!("{scheme}://{user}{}{port}{path}", host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_meaning_are_one() {
        for (one, other) in [("s", "seconds"), ("EUR", "eur"), ("Percent", "%"), ("\u{b5}s", "us"), ("min", "Minutes")]
        {
            assert_eq!(unit(one), unit(other), "{one} {other}");
        }
        for (one, other) in [("s", "S"), ("m", "min"), ("EUR", "USD"), ("Mb", "MB"), ("mw", "MW"), ("cup", "CUP")] {
            assert_ne!(unit(one), unit(other), "{one} {other}");
        }
        assert_eq!(format("EMAIL"), format("email"));
        assert_ne!(format("yyyy-MM-dd"), format("yyyy-mm-dd"));
    }

    #[test]
    fn addresses_are_compared_by_where_they_lead() {
        let same = [
            ("https://x.example.com/a", "HTTPS://X.example.com:443/a"),
            ("http://x.example.com", "http://x.example.com:80/"),
            ("https://x.example.com?a=1", "https://x.example.com/?a=1"),
            ("https://[::1]/a", "https://[::1]:443/a"),
            ("postgres://me@DB:5432/x", "postgres://me@db/x"),
        ];
        for (one, other) in same {
            assert_eq!(address(one), address(other));
        }
        let others = [
            ("https://x.example.com/a", "https://x.example.com/A"),
            ("https://x.example.com/a", "http://x.example.com/a"),
            ("https://x.example.com:80/a", "https://x.example.com/a"),
            ("https://Me@x.example.com", "https://me@x.example.com"),
            ("data/A.csv", "data/a.csv"),
        ];
        for (one, other) in others {
            assert_ne!(address(one), address(other));
        }
    }
}
