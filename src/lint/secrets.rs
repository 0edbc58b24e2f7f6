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
    SECRET_NAMES.binary_search(&plain.as_str()).is_ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_can_be_searched() {
        assert!(SECRET_NAMES.is_sorted());
        assert!(is_secret_name("API-Key") && is_secret_name("X-Amz-Signature") && !is_secret_name("order_key"));
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
}
