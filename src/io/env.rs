//! Variables of the environment in texts: `${NAME}`, and `${NAME:-default}` for one that may not be set.

/// Why a text could not be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvError {
    /// The variable is not set, or is not UTF-8.
    Missing(String),
    /// The variable is set to nothing.
    Empty(String),
    /// A `${` without its `}`, or no name behind it.
    Malformed,
    /// A default with another variable in it.
    Nested(String),
}

impl std::fmt::Display for EnvError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(name) => write!(out, "the environment variable {name} is not set"),
            Self::Empty(name) => write!(out, "the environment variable {name} is empty"),
            Self::Malformed => out.write_str("a `${` has no name or no `}`"),
            Self::Nested(name) => write!(out, "the default of {name} has another variable in it"),
        }
    }
}

/// Fills in variables of the process's environment. An empty one counts as not set, as in a shell: nobody means an address
/// with a hole in it. Neither values nor defaults are ever part of an error.
///
/// # Errors
///
/// A variable that is not set and has no default.
#[expect(clippy::disallowed_methods, reason = "the edge: secrets come from the environment")]
pub fn fill(text: &str) -> Result<String, EnvError> {
    fill_from(text, |name| std::env::var(name).ok())
}

/// A variable of the process's environment; an empty one counts as not set.
#[expect(clippy::disallowed_methods, reason = "the edge: what a tool finds set around it")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether a text is one variable and nothing else: then the environment alone says what it is.
pub fn is_variable(written: &str) -> bool {
    let name = written.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'))
}

fn fill_from(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, EnvError> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (inside, behind) = after.split_once('}').ok_or(EnvError::Malformed)?;
        let (name, default) = inside.split_once(":-").map_or((inside, None), |(name, default)| (name, Some(default)));
        let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        if !is_name {
            return Err(EnvError::Malformed);
        }
        // Where it ends can't be told from its text.
        if default.is_some_and(|default| default.contains("${")) {
            return Err(EnvError::Nested(name.to_owned()));
        }
        filled.push_str(before);
        match (value(name), default) {
            (Some(value), _) if !value.is_empty() => filled.push_str(&value),
            (_, Some(default)) => filled.push_str(default),
            (Some(_), None) => return Err(EnvError::Empty(name.to_owned())),
            (None, None) => return Err(EnvError::Missing(name.to_owned())),
        }
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_once() {
        let value = |name: &str| match name {
            "HOST" => Some("example.com".to_owned()),
            "TRICK" => Some("${HOST}".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        let cases = [
            ("http://${HOST}/x", Ok("http://example.com/x")),
            ("$HOST {HOST}", Ok("$HOST {HOST}")),
            ("${TRICK}", Ok("${HOST}")),
            ("${NONE}", Err(EnvError::Missing("NONE".into()))),
            ("${EMPTY}", Err(EnvError::Empty("EMPTY".into()))),
            ("${HOST:-localhost}:${PORT:-80}", Ok("example.com:80")),
            ("${EMPTY:-http://localhost:1/a}/b", Ok("http://localhost:1/a/b")),
            ("x${NONE:-}y", Ok("xy")),
            ("${NONE-80}", Err(EnvError::Malformed)),
            ("${:-80}", Err(EnvError::Malformed)),
            ("${NONE:-${HOST}}", Err(EnvError::Nested("NONE".into()))),
            ("${", Err(EnvError::Malformed)),
            ("${}", Err(EnvError::Malformed)),
            ("${A B}", Err(EnvError::Malformed)),
        ];
        for (text, expected) in cases {
            assert_eq!(fill_from(text, value), expected.map(str::to_owned), "{text}");
        }
    }
}
