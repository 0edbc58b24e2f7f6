//! The settings of a source of PostgreSQL.

use std::path::PathBuf;

use super::ask::Context;
use crate::io::data::Trouble;
use crate::io::data::postgres::Settings;
use crate::io::env::fill;
use crate::io::fs;
use crate::model::{Literal, Source};
use crate::source::words::quoted;

/// The settings of a source, with variables filled in. What is said of the connection may stand in `options` as well.
pub(super) fn settings(context: &Context<'_>, source: &Source) -> Result<Settings, Trouble> {
    let filled = |key: &str| {
        let value = written(source, key).map(|value| fill(&value));
        value.transpose().map_err(|error| Trouble::Lost(format!("its `{key}`: {error}")))
    };
    let host = written(source, "host").or_else(|| written(source, "url"));
    Ok(Settings {
        url: filled("url")?,
        host: filled("host")?,
        is_host_from_environment: host.is_some_and(|host| is_variable(&host)),
        port: filled("port")?,
        database: filled("database")?,
        username: filled("username")?.map_or_else(|| filled("user"), |user| Ok(Some(user)))?,
        password: filled("password")?,
        schema: filled("schema")?,
        sslmode: filled("sslmode")?,
        sslrootcert: certificates(context, source, filled("sslrootcert")?)?,
        connect_timeout: filled("connect_timeout")?,
    })
}

/// A setting as it is written.
fn written(source: &Source, key: &str) -> Option<String> {
    let options =
        source.settings.iter().filter(|(name, _)| name == "options").filter_map(|(_, options)| match options {
            Literal::Map(options) => Some(options),
            _ => None,
        });
    let value = source.settings.iter().chain(options.flatten()).find(|(name, _)| name == key)?;
    match &value.1 {
        Literal::Text(text) => Some(text.clone()),
        Literal::Int(_) | Literal::Float(_) | Literal::Bool(_) => Some(value.1.to_string()),
        Literal::Null | Literal::List(_) | Literal::Map(_) => None,
    }
}

/// Whether a setting is one variable and nothing else: then the environment alone says what it is.
fn is_variable(written: &str) -> bool {
    let name = written.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'))
}

/// The file of certificates, which lies in the repository unless the environment says where it is.
fn certificates(context: &Context<'_>, source: &Source, file: Option<String>) -> Result<Option<PathBuf>, Trouble> {
    let Some(file) = file else { return Ok(None) };
    if file == "system" {
        return Ok(Some(file.into()));
    }
    let (root, path) = (&context.workspace.root, fs::normalized(&context.workspace.root.join(&file)));
    let is_from_environment = written(source, "sslrootcert").is_some_and(|written| written.starts_with("${"));
    if !is_from_environment && !fs::lies_in(&path, root) {
        return Err(Trouble::Lost(format!(
            "{} lies outside the repository; let a variable of the environment say where it is, as in `${{CA_FILE}}`",
            quoted(&file)
        )));
    }
    Ok(Some(path))
}
