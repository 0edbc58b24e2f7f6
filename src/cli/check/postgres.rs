//! The settings of a source of PostgreSQL.

use std::path::PathBuf;
use std::time::Duration;

use super::ask::Context;
use crate::check::setting;
use crate::io::data::Trouble;
use crate::io::data::postgres::{Postgres, Settings};
use crate::io::env::{fill, is_variable};
use crate::io::fs;
use crate::model::{Literal, Source};
use crate::source::words::{nearest, quoted};

/// Connects to the database of a source. What went wrong is told in the words of the source: what a variable holds may be a secret,
/// whatever setting it stands in.
pub(super) fn open(context: &Context<'_>, source: &Source, timeout: Duration) -> Result<Postgres, Trouble> {
    Postgres::open(settings(context, source)?, timeout).map_err(|trouble| {
        let mut reason = trouble.reason().to_owned();
        for key in ["host", "database", "username", "user", "schema"] {
            let Some(written) = written(source, key).filter(|written| written.contains("${")) else { continue };
            let Ok(value) = fill(&written) else { continue };
            // As long as it is shown at most.
            let start: String = value.chars().take(60).collect();
            for value in [value, start].iter().filter(|value| value.len() > 2) {
                reason = reason.replace(value, &written);
            }
        }
        Trouble::Lost(reason)
    })
}

/// The settings of a source, with variables filled in. What is said of the connection may stand in `options` as well.
fn settings(context: &Context<'_>, source: &Source) -> Result<Settings, Trouble> {
    if let Some(name) = options(source).find(|name| !SETTINGS.contains(name)) {
        let near = nearest(name, SETTINGS).map_or_else(String::new, |near| format!("; did you mean {}?", quoted(near)));
        return Err(Trouble::Mistaken(format!("its `options` have no {}{near}", quoted(name))));
    }
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
        shown_user: shown_user(source),
        password: filled("password")?,
        schema: filled("schema")?,
        sslmode: filled("sslmode")?,
        sslrootcert: certificates(context, source, filled("sslrootcert")?)?,
        connect_timeout: filled("connect_timeout")?,
    })
}

/// What messages call the user; `None` where its own name may be shown.
fn shown_user(source: &Source) -> Option<String> {
    let is_filled = |written: &String| written.contains("${");
    match written(source, "username").or_else(|| written(source, "user")) {
        Some(user) => Some(user).filter(is_filled),
        None => written(source, "url").filter(is_filled).map(|_| "…".to_owned()),
    }
}

/// The port of a source of PostgreSQL, where it is none that everybody knows.
pub(super) fn port(source: &Source) -> Option<String> {
    let is_ours = source.kind == "postgres" && setting(source, "host").is_some();
    written(source, "port").filter(|port| is_ours && port != "5432")
}

/// Whether two sources name one database, whoever asks it.
pub(super) fn is_same_database(one: &Source, other: &Source) -> bool {
    ["url", "host", "port", "database"].iter().all(|key| written(one, key) == written(other, key))
}

/// The schema of the tables of another source, where it is not that of the first.
pub(super) fn other_schema(one: &Source, other: &Source) -> Result<Option<String>, Trouble> {
    let (own, theirs) = (written(one, "schema"), written(other, "schema"));
    if own == theirs {
        return Ok(None);
    }
    // Where a source names none, tables are where PostgreSQL puts them.
    let theirs = theirs.unwrap_or_else(|| "public".to_owned());
    fill(&theirs).map(Some).map_err(|error| Trouble::Mistaken(format!("its `schema`: {error}")))
}

/// What may stand in `options`.
const SETTINGS: [&str; 11] = [
    "connect_timeout",
    "database",
    "host",
    "password",
    "port",
    "schema",
    "sslmode",
    "sslrootcert",
    "url",
    "user",
    "username",
];

/// The names of what stands in `options`.
fn options(source: &Source) -> impl Iterator<Item = &str> {
    let options = source.settings.iter().filter(|(name, _)| name == "options");
    let options =
        options.filter_map(|(_, options)| if let Literal::Map(options) = options { Some(options) } else { None });
    options.flatten().map(|(name, _)| name.as_str())
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
