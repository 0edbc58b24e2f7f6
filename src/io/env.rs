//! Variables of the environment in texts: `${NAME}`.

/// Why a text could not be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvError {
    /// The variable is not set, or is not UTF-8.
    Missing(String),
    /// A `${` without its `}`, or no name between them.
    Malformed,
}

impl std::fmt::Display for EnvError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(name) => write!(out, "the environment variable {name} is not set"),
            Self::Malformed => out.write_str("a `${` has no name or no `}`"),
        }
    }
}

/// Fills in variables of the process's environment. Values are never part of an error.
///
/// # Errors
///
/// A variable that is not set.
#[expect(clippy::disallowed_methods, reason = "the edge: secrets come from the environment")]
pub fn fill(text: &str) -> Result<String, EnvError> {
    fill_from(text, |name| std::env::var(name).ok())
}

fn fill_from(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, EnvError> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, behind) = after.split_once('}').ok_or(EnvError::Malformed)?;
        let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        if !is_name {
            return Err(EnvError::Malformed);
        }
        filled.push_str(before);
        filled.push_str(&value(name).ok_or_else(|| EnvError::Missing(name.to_owned()))?);
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
            _ => None,
        };
        let cases = [
            ("http://${HOST}/x", Ok("http://example.com/x")),
            ("$HOST {HOST}", Ok("$HOST {HOST}")),
            ("${TRICK}", Ok("${HOST}")),
            ("${NONE}", Err(EnvError::Missing("NONE".into()))),
            ("${", Err(EnvError::Malformed)),
            ("${}", Err(EnvError::Malformed)),
            ("${A B}", Err(EnvError::Malformed)),
        ];
        for (text, expected) in cases {
            assert_eq!(fill_from(text, value), expected.map(str::to_owned), "{text}");
        }
    }
}
