//! What went wrong between pact and a PostgreSQL server, as sentences for people. No sentence has the SQL or a password.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use super::settings::Target;
use crate::io::data::Trouble;
use crate::source::words::quoted;

/// Why there is no connection.
pub(super) fn of_connecting(error: &Error, target: &Target) -> String {
    if let Some(said) = error.as_db_error() {
        return not_let_in(said, target);
    }
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    if let Some(error) = error.source().and_then(|cause| cause.downcast_ref::<io::Error>()) {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => {
                return "nobody listens there; look whether the server runs, and whether host and port are right"
                    .to_owned();
            }
            io::ErrorKind::NotFound => {
                return "there is no socket of a server in that folder; look whether the server runs, and whether the port is right"
                    .to_owned();
            }
            _ if cause.starts_with("failed to lookup address") => return "the host is not known".to_owned(),
            _ => {}
        }
    }
    // The kind of an error is private, its text is not.
    match error.to_string().as_str() {
        "error performing TLS handshake" if cause.contains("does not support TLS") => {
            "the server has no TLS, and `sslmode` demands it".to_owned()
        }
        "error performing TLS handshake" => {
            format!("TLS failed: {}; `sslmode` and `sslrootcert` say whom to believe", of_certificate(&cause))
        }
        _ if cause == "password missing" => {
            let kept = if target.is_password_kept {
                "; PGPASSWORD is not sent to a host that the contract names: set PGHOST to it as well, or let the source say \
                 `password: ${PGPASSWORD}`"
            } else {
                "; let the source say `password: ${NAME}`, and set that variable"
            };
            format!("the server wants a password, and there is none{kept}")
        }
        other if cause.is_empty() => format!("the connection failed: {other}"),
        _ => format!("the connection failed: {cause}"),
    }
}

/// What is wrong with the certificate of a server, where the words for it are those of a library alone.
fn of_certificate(cause: &str) -> &str {
    match cause {
        _ if cause.contains("CaUsedAsEndEntity") => {
            "the certificate of the server is that of an authority, and is not itself in `sslrootcert`"
        }
        _ if cause.contains("UnknownIssuer") => "nobody who is believed vouches for the certificate of the server",
        other => other,
    }
}

/// Why the server turns us away.
fn not_let_in(said: &DbError, target: &Target) -> String {
    let user = target.config.get_user().map_or_else(|| "the user".to_owned(), quoted);
    match *said.code() {
        SqlState::INVALID_PASSWORD => {
            format!(
                "the server does not take the password of {user}; look at what `username` and `password` of the source name"
            )
        }
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            format!("the server does not let {user} in: {}", said.message())
        }
        SqlState::INVALID_CATALOG_NAME => {
            let name = target.config.get_dbname().map_or_else(|| "of that name".to_owned(), quoted);
            format!("the server has no database {name}")
        }
        SqlState::TOO_MANY_CONNECTIONS => "the server has no connection left; try again later".to_owned(),
        SqlState::CANNOT_CONNECT_NOW => format!("the server is not ready: {}; try again later", said.message()),
        SqlState::INSUFFICIENT_PRIVILEGE => format!("the server does not let {user} in: {}", said.message()),
        _ => format!("the server refused: {}", said.message()),
    }
}

/// Whether the connection is of no use any more.
pub(super) fn is_lost(error: &Error) -> bool {
    let is_io = error.source().and_then(|cause| cause.downcast_ref::<io::Error>()).is_some();
    error.is_closed() || is_io || error.as_db_error().is_some_and(|said| is_end(said.code()))
}

fn is_end(code: &SqlState) -> bool {
    let ends =
        [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW, SqlState::DATABASE_DROPPED];
    ends.contains(code) || code.code().starts_with("08") || code.code() == "57P05"
}

/// Why the connection is lost.
pub(super) fn of_lost(error: &Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("the server ended the connection: {}", said.message()),
        None => "the connection to the server is lost".to_owned(),
    }
}

/// That there was no answer in time.
pub(super) fn late(limit: Duration) -> String {
    format!("no answer within {:.1} s; the query was cancelled on the server", limit.as_secs_f64())
}

/// Why a query has no answer.
pub(super) fn of_query(error: &Error, limit: Duration) -> Trouble {
    let Some(said) = error.as_db_error() else { return Trouble::Refused(error.to_string()) };
    let message = said.message();
    match *said.code() {
        // The only one who cancels it is the clock, or somebody who looks after the server.
        SqlState::QUERY_CANCELED if message.contains("timeout") => Trouble::TimedOut(late(limit)),
        SqlState::LOCK_NOT_AVAILABLE => {
            Trouble::Locked("somebody else keeps the table locked; try again later".to_owned())
        }
        SqlState::INSUFFICIENT_PRIVILEGE => Trouble::Refused(format!("{message}; grant it to the user")),
        SqlState::READ_ONLY_SQL_TRANSACTION => Trouble::Refused("the query does more than reading rows".to_owned()),
        SqlState::SYNTAX_ERROR => Trouble::Refused(format!("PostgreSQL can't read the SQL: {message}")),
        SqlState::T_R_SERIALIZATION_FAILURE => {
            Trouble::Refused(format!("{message}; ask the primary server, or try again"))
        }
        // What a value was that could not be read stands behind the colon: it may be personal data.
        _ if said.code().code().starts_with("22") => {
            Trouble::Refused(message.split(": \"").next().unwrap_or(message).to_owned())
        }
        _ => Trouble::Refused(of_rules(message).unwrap_or_else(|| message.to_owned())),
    }
}

/// What is wrong with a condition of a contract, in the words of whoever wrote it: that pact counts with `FILTER` and `NOT` is its own
/// business. `None` where the words of the database say it.
fn of_rules(message: &str) -> Option<String> {
    let of_several = |what: &str| {
        Some(format!("a condition is about one row at a time, and has no {what}; a rule with a `query` may have one"))
    };
    if let Some(what) = message.strip_suffix(" are not allowed in FILTER") {
        return match what {
            "aggregate functions" => Some(crate::io::data::OF_ONE_ROW.to_owned()),
            "window functions" => of_several("function over neighbouring rows (`over`)"),
            "set-returning functions" => of_several("function that gives several rows"),
            other => of_several(other),
        };
    }
    if let Some((_, kind)) =
        message.split_once(" must be type boolean, not type ").filter(|_| message.starts_with("argument of "))
    {
        return Some(format!("a condition has to be true or false, and this gives {}", quoted(kind)));
    }
    if let Some(operation) = message.strip_prefix("operator does not exist: ") {
        return Some(format!("PostgreSQL has no {}: the types on both sides do not go together", quoted(operation)));
    }
    message.strip_prefix("column pact_rows.").map(|rest| format!("column {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_in_rules_are_told_in_words_of_rules() {
        for (message, expected) in [
            (
                "aggregate functions are not allowed in FILTER",
                Some("a condition is about one row at a time, and has no sum"),
            ),
            (
                "window functions are not allowed in FILTER",
                Some("a condition is about one row at a time, and has no function over"),
            ),
            (
                "argument of NOT must be type boolean, not type integer",
                Some("a condition has to be true or false, and this gives `integer`"),
            ),
            ("operator does not exist: integer > text", Some("PostgreSQL has no `integer > text`: the types")),
            ("column pact_rows.zz does not exist", Some("column zz does not exist")),
            ("aggregate functions are not allowed in WHERE", None),
            ("division by zero", None),
        ] {
            let found = of_rules(message);
            let is = |start: &str| found.as_deref().is_some_and(|found| found.starts_with(start));
            assert!(expected.map_or(found.is_none(), is), "{message}: {found:?}");
        }
    }
}
