//! Where secrets hide in values: user information and parameters of addresses, and tokens known by their first letters.
//! Nothing here ever gives the secret back: only where it is, in words.

/// Names of parameters whose values are secrets, without separators and in lower case.
const SECRET_NAMES: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "accesstoken",
    "accountkey",
    "apikey",
    "apitoken",
    "auth",
    "authkey",
    "authorization",
    "authtoken",
    "bearer",
    "bearertoken",
    "clientsecret",
    "credential",
    "credentials",
    "idtoken",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "privatetoken",
    "pwd",
    "refreshtoken",
    "sas",
    "sastoken",
    "secret",
    "secretaccesskey",
    "secretkey",
    "sessiontoken",
    "sharedaccesskey",
    "sig",
    "signature",
    "subscriptionkey",
    "token",
    "xamzcredential",
    "xamzsecuritytoken",
    "xamzsignature",
    "xgoogcredential",
    "xgoogsignature",
];

/// How tokens of well-known issuers begin: cloud providers, code hosts, package registries, chat and payment services,
/// JSON Web Tokens. Each issuer documents its own.
const TOKEN_STARTS: &[&str] = &[
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xapp-",
    "sk_live_",
    "rk_live_",
    "AIza",
    "npm_",
    "pypi-",
    "SG.",
    "sk-",
    "eyJ",
];

/// Whether a key or parameter is named as a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    if name.len() > 40 {
        return false;
    }
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    SECRET_NAMES.binary_search(&plain.as_str()).is_ok() || ends_as_secret(name)
}

/// Whether the last word of a name says that its value is a secret: `db_password`, `smtpPassword`.
fn ends_as_secret(name: &str) -> bool {
    const LAST_WORDS: &[&str] = &["passphrase", "passwd", "password", "pwd", "secret"];
    let name = name.trim_end_matches(|last: char| last.is_ascii_digit() || matches!(last, '_' | '-'));
    LAST_WORDS.iter().any(|word| {
        let Some(at) = name.len().checked_sub(word.len()).filter(|at| name.is_char_boundary(*at)) else { return false };
        let (before, last) = name.split_at(at);
        let is_word = !before.ends_with(|letter: char| letter.is_alphanumeric())
            || last.starts_with(|first: char| first.is_ascii_uppercase())
                && before.ends_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit());
        last.eq_ignore_ascii_case(word) && is_word
    })
}

/// Whether a setting of a source is an address, by its key or its value.
pub(super) fn is_address(key: &str, value: &str) -> bool {
    value.contains("://") || matches!(key, "url" | "path" | "host" | "database")
}

/// Whether a text is a reference to the environment, `${NAME}`, and nothing else.
pub(super) fn is_reference(text: &str) -> bool {
    let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    let first = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    first && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Where in an address or connection string a secret stands, in words that follow "has"; `None` where there is none.
pub fn secret_in(text: &str) -> Option<&'static str> {
    if in_user_information(text) {
        return Some("a password in front of the host");
    }
    if parameters(text).any(|(name, value)| !value.is_empty() && is_secret_name(name) && !is_reference(value)) {
        return Some("a secret among its parameters");
    }
    if text.contains("hooks.slack.com/services/T") {
        return Some("the secret path of a Slack webhook");
    }
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.')))
        .any(is_token)
        .then_some("what looks like an access token")
}

/// `scheme://user:password@host`, and `scheme://token@host` where the user is as long as only tokens are.
fn in_user_information(text: &str) -> bool {
    const LONGEST_USER: usize = 32;
    text.match_indices("://").any(|(at, _)| {
        let rest = text.get(at + 3..).unwrap_or_default();
        let authority = rest.split(['/', '?', '#', ' ']).next().unwrap_or_default();
        // Passwords with a raw `@` or `/` exist: the last `@` before the path counts, and what stands for a port and is no
        // number was cut off at a slash.
        let Some((information, _)) = authority.rsplit_once('@') else {
            let port = authority.rsplit_once(':').map_or("", |(_, port)| port).trim_end_matches(']');
            return rest.contains('@') && !port.is_empty() && !port.bytes().all(|byte| byte.is_ascii_hexdigit());
        };
        match information.split_once(':') {
            Some((_, password)) => !password.is_empty() && !is_reference(password),
            None => !is_reference(information) && (information.len() > LONGEST_USER || is_token(information)),
        }
    })
}

/// The `name=value` parts of a query, a fragment, or a connection string of `name=value` words.
fn parameters(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(['?', '&', '#', ';', ' ', ',']).filter_map(|part| part.split_once('='))
}

/// Whether a word begins as an issuer's tokens do and is as long as they are.
fn is_token(word: &str) -> bool {
    const SHORTEST: usize = 16;
    word.len() >= SHORTEST
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && TOKEN_STARTS.iter().any(|start| word.starts_with(start))
}

/// How long tokens of an issuer are at least, by how they begin, and what they are.
const TOKENS: &[(&str, usize, &str)] = &[
    ("AKIA", 20, "an AWS access key"),
    ("ASIA", 20, "an AWS access key"),
    ("ghp_", 20, "a GitHub token"),
    ("gho_", 20, "a GitHub token"),
    ("ghu_", 20, "a GitHub token"),
    ("ghs_", 20, "a GitHub token"),
    ("ghr_", 20, "a GitHub token"),
    ("github_pat_", 30, "a GitHub token"),
    ("glpat-", 20, "a GitLab token"),
    ("xoxb-", 20, "a Slack token"),
    ("xoxp-", 20, "a Slack token"),
    ("xoxa-", 20, "a Slack token"),
    ("xapp-", 20, "a Slack token"),
    ("sk_live_", 20, "a Stripe key"),
    ("rk_live_", 20, "a Stripe key"),
    ("AIza", 39, "a Google key"),
    ("npm_", 36, "an npm token"),
    ("pypi-", 40, "a PyPI token"),
    ("SG.", 40, "a SendGrid key"),
    ("sk-", 40, "an access token"),
];

/// What words stand for a password in examples of addresses.
const PLACEHOLDERS: &[&str] = &["pass", "passwd", "password", "pw", "pwd", "secret", "token", "xxx", "xxxx", "xxxxx"];

/// What of a free text is a credential, to follow "has"; `None` where nothing is. Stricter than [`secret_in`]: in prose
/// stand addresses with `user:password` in them, and words that begin as tokens do.
pub fn credential_in(text: &str) -> Option<&'static str> {
    if !may_have_credential(text) {
        return None;
    }
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") {
        return Some("a private key");
    }
    if text.contains("hooks.slack.com/services/T") {
        return Some("the secret path of a Slack webhook");
    }
    let between = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | '(' | ')' | '<' | '>');
    if text.contains("://") && text.split(between).any(is_address_with_secret) {
        return Some("an address with a password or token in it");
    }
    if text.contains(';') && is_connection(text) {
        return Some("a connection string with a password");
    }
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.'))).find_map(token)
}

/// Whether a look at the words of a text is worth its time: there is an address, a list, or a word as long as tokens are.
fn may_have_credential(text: &str) -> bool {
    const SHORTEST: usize = 20;
    let (mut word, mut dashes) = (0, 0);
    text.bytes().any(|byte| {
        dashes = if byte == b'-' { dashes + 1 } else { 0 };
        let is_in_word = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        word = if is_in_word { word + 1 } else { 0 };
        // A key begins with `-----BEGIN`.
        word == SHORTEST || dashes == 5 || matches!(byte, b'/' | b';')
    })
}

/// An address with a secret that is none of the words of examples.
fn is_address_with_secret(word: &str) -> bool {
    let Some((_, rest)) = word.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let password = authority.rsplit_once('@').and_then(|(information, _)| information.split_once(':'));
    match password {
        Some((_, password)) if is_placeholder(password) => false,
        _ => {
            in_user_information(word)
                || parameters(word).any(|(name, value)| is_secret_name(name) && !is_placeholder(value))
        }
    }
}

/// `Server=db;User Id=ada;Password=hunter2`.
fn is_connection(text: &str) -> bool {
    let parts = || text.split(';').filter_map(|part| part.split_once('='));
    let is_server = |name: &str| {
        let name = name.trim().rsplit(char::is_whitespace).next().unwrap_or_default();
        ["server", "host", "source", "endpoint", "accountname"].iter().any(|word| name.eq_ignore_ascii_case(word))
    };
    let is_secret = |(name, value): (&str, &str)| is_secret_name(name.trim()) && !is_placeholder(value.trim());
    parts().any(|(name, _)| is_server(name)) && parts().any(is_secret)
}

/// Whether a text stands where a secret would stand: a variable, or what examples write.
fn is_placeholder(text: &str) -> bool {
    text.is_empty()
        || text.starts_with(['$', '<', '{', '[', '%'])
        || text.chars().all(|letter| matches!(letter, '*' | '.' | 'x' | 'X' | '…'))
        || PLACEHOLDERS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// What kind of token a word is.
fn token(word: &str) -> Option<&'static str> {
    let word = word.trim_end_matches('.');
    if let Some(rest) = word.strip_prefix("eyJ") {
        return is_web_token(rest).then_some("a JSON Web Token");
    }
    let (_, _, what) = TOKENS.iter().find(|(start, least, _)| word.len() >= *least && word.starts_with(start))?;
    // What ends so stands in the documentation of its issuer.
    let is_real = word.bytes().any(|byte| byte.is_ascii_digit()) && !word.ends_with("EXAMPLE");
    is_real.then_some(*what)
}

/// Whether what follows the first letters of a JSON Web Token is the rest of it: three parts, the second one JSON as well.
fn is_web_token(rest: &str) -> bool {
    let parts: Vec<&str> = rest.splitn(4, '.').collect();
    matches!(parts.as_slice(), [head, body, proof] if head.len() > 8 && body.starts_with("eyJ") && proof.len() > 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_can_be_searched() {
        assert!(SECRET_NAMES.is_sorted());
        assert!(is_secret_name("API-Key") && is_secret_name("X-Amz-Signature") && !is_secret_name("order_key"));
        assert!(is_secret_name("db_password") && is_secret_name("smtpPassword") && is_secret_name("DB_PASSWORD_2"));
        assert!(!is_secret_name("no_secrets") && !is_secret_name("password_policy") && !is_secret_name("topsecret"));
    }

    #[test]
    fn secrets_are_seen_where_they_hide() {
        let secrets = [
            "https://ada:hunter2@example.com/data",
            "postgresql://ada:p@ss@db.example.com:5432/shop",
            "postgresql://ada:pa/ss@db.example.com:5432/shop",
            "https://ghp_0123456789abcdefABCDEF@github.com/acme/data",
            "https://example.com/data?limit=5&api_key=abc",
            "https://example.com/data#access_token=abc",
            "https://bucket.example.com/x?X-Amz-Signature=0011aa",
            "host=db user=ada password=hunter2",
            "https://example.com/data?token=${TOKEN:-abc}",
            "https://hooks.slack.com/services/T000/B000/XXXX",
            "https://example.com/ghp_0123456789abcdefABCDEF/data",
        ];
        for text in secrets {
            assert!(secret_in(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_no_secret_is_left_alone() {
        let harmless = [
            "https://data.example.com/orders",
            "https://data.example.com:8443/orders?limit=5&sort=order_key",
            "https://ada:${PASSWORD}@example.com/data",
            "postgresql://${DB_USER}:${DB_PASSWORD}@db/shop",
            "postgresql://ada@db.example.com/shop",
            "git@github.com:acme/data.git",
            "ssh://git@github.com/acme/data.git",
            "https://example.com/data?token=${TOKEN}",
            "https://example.com/data?token=",
            "https://example.com/@ada:notes",
            "https://example.com/sk-learn",
            "",
        ];
        for text in harmless {
            assert_eq!(secret_in(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_whole_reference_is_one() {
        assert!(is_reference("${DB_PASSWORD}") && is_reference("${_a1}"));
        for text in ["", "${}", "$PASSWORD", "${A}b", "${A:-b}", "${1A}", "a${B}"] {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn prose_is_held_to_be_harmless_until_it_is_not() {
        let credentials = [
            "Read it with AKIA0123456789ABCDEF.",
            "token: ghp_0123456789abcdefghijABCDEFGHIJ012345",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE...",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            "see postgresql://reader:hunter2@db.example.com/shop",
            "see (https://example.com/data?api_key=0a1b2c3d)",
            "Server=db;User Id=ada;Password=hunter2",
            "post to https://hooks.slack.com/services/T000/B000/XXXX",
        ];
        for text in credentials {
            assert!(credential_in(text).is_some(), "{text}");
        }
        let harmless = [
            "",
            "The password of the account, hashed; never in the clear.",
            "Use postgresql://user:password@host/db",
            "Use postgresql://${DB_USER}:${DB_PASSWORD}@host/db or https://<user>:<password>@host",
            "https://example.com/data?token=<token>",
            "AWS prints AKIAIOSFODNN7EXAMPLE everywhere.",
            "sk-learn 1.2.3 and npm_config_registry",
            "Server=db;User Id=ada;Password=***",
            "one; two = three; password = how it is stored",
            "eyJ is how they begin",
        ];
        for text in harmless {
            assert_eq!(credential_in(text), None, "{text}");
        }
    }
}
