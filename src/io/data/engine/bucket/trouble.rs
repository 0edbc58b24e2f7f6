//! What stores complain of, in sentences for people. Addresses and texts of theirs are left out: there may be secrets in them.

use std::error::Error;
use std::time::Duration;

use datafusion::error::DataFusionError;
use datafusion::parquet::errors::ParquetError;
use object_store::client::{HttpError, HttpErrorKind};

use super::Failed;
use crate::io::data::buckets::{Bucket, Provider};
use crate::source::words::quoted;

/// Why a store gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    NoBucket,
    NoFile,
    Changed,
    /// The code of the store.
    Denied(Option<String>),
    OtherRegion(Option<String>),
    Nobody,
    Broken,
    Late(Duration),
    GivenUp,
    /// The code of the store, or the status of its answer.
    Other(Option<String>),
}

impl Failed {
    pub(super) fn is_not_found(&self) -> bool {
        matches!(self, Self::Answered(error) if matches!(**error, object_store::Error::NotFound { .. }))
    }

    pub(super) fn cause(&self) -> Cause {
        match self {
            Self::Late(patience) => Cause::Late(*patience),
            Self::GivenUp => Cause::GivenUp,
            Self::Answered(error) => cause(error),
        }
    }
}

fn cause(error: &object_store::Error) -> Cause {
    let text = error.to_string();
    let code = element(&text, "Code").or_else(|| error_code(&text));
    match code.as_deref() {
        Some("NoSuchBucket" | "ContainerNotFound" | "InvalidBucketName") => return Cause::NoBucket,
        Some(
            "PermanentRedirect"
            | "AuthorizationHeaderMalformed"
            | "TemporaryRedirect"
            | "IllegalLocationConstraintException",
        ) => return Cause::OtherRegion(element(&text, "Region").or_else(|| element(&text, "LocationConstraint"))),
        Some(
            "AccessDenied"
            | "InvalidAccessKeyId"
            | "SignatureDoesNotMatch"
            | "ExpiredToken"
            | "InvalidToken"
            | "AuthenticationFailed"
            | "AuthorizationFailure"
            | "AuthorizationPermissionMismatch"
            | "PublicAccessNotPermitted"
            | "NoAuthenticationInformation",
        ) => return Cause::Denied(code),
        _ => {}
    }
    if let Some("status 401" | "status 403") = status(&text).as_deref() {
        return Cause::Denied(code);
    }
    match error {
        object_store::Error::NotFound { .. } => return Cause::NoFile,
        object_store::Error::Precondition { .. } => return Cause::Changed,
        object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
            return Cause::Denied(code);
        }
        _ if text.contains("redirect without LOCATION") => return Cause::OtherRegion(None),
        _ => {}
    }
    match transport(error) {
        Some(HttpErrorKind::Connect | HttpErrorKind::Request) => Cause::Nobody,
        Some(_) => Cause::Broken,
        None => Cause::Other(code.or_else(|| status(&text))),
    }
}

/// What went wrong before there was an answer.
fn transport(error: &object_store::Error) -> Option<HttpErrorKind> {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<HttpError>() {
            return Some(error.kind());
        }
        next = error.source();
    }
    None
}

/// The word in an element of an answer in XML.
fn element(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    word(rest.split_once("</")?.0)
}

/// The word in the header of answers without XML.
fn error_code(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("\"code\":\"")?;
    word(rest.split_once('"')?.0)
}

/// A store may be anybody's, and say anything.
fn word(text: &str) -> Option<String> {
    let is_word = (1..=60).contains(&text.len())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'));
    is_word.then(|| text.to_owned())
}

fn status(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("status code: ")?;
    let number: String = rest.chars().take_while(char::is_ascii_digit).take(3).collect();
    (number.len() == 3).then(|| format!("status {number}"))
}

impl Cause {
    pub(super) fn is_late(&self) -> bool {
        matches!(self, Self::Late(_))
    }

    /// To follow the name of what can't be read, and a colon.
    pub(super) fn sentence(&self, bucket: &Bucket) -> String {
        match self {
            Self::Denied(code) => {
                let code = code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
                format!("access is denied{code}: {}", who(bucket))
            }
            Self::NoBucket => {
                "there is no such bucket; look at the address of the source, and at its endpoint".to_owned()
            }
            other => other.plain(),
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::NoBucket => "there is no such bucket; look at the address of the source".to_owned(),
            Self::NoFile => "it is not there".to_owned(),
            Self::Changed => "it was written anew while it was read; check again".to_owned(),
            Self::Denied(code) => {
                let code = code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
                format!("access is denied{code}: look at the credentials, and at what they may read")
            }
            Self::OtherRegion(Some(region)) => {
                format!("its bucket lies in the region {}; give that as `region`, or set AWS_REGION", quoted(region))
            }
            Self::OtherRegion(None) => {
                "its bucket lies in another region; give it as `region`, or set AWS_REGION".to_owned()
            }
            Self::Nobody => {
                "its endpoint can't be reached; look at the endpoint and the region of the source".to_owned()
            }
            Self::Broken => "the connection to its store broke; check again".to_owned(),
            Self::Late(patience) => {
                format!(
                    "its store did not answer within {}; give it more with `--timeout`",
                    super::super::seconds(*patience)
                )
            }
            Self::GivenUp => "reading it was given up".to_owned(),
            Self::Other(Some(code)) => format!("its store refuses with {code}"),
            Self::Other(None) => "its store gave no answer that could be read; look at the credentials".to_owned(),
        }
    }
}

/// Who asked, and what to do where that is not enough.
fn who(bucket: &Bucket) -> String {
    let credentials = bucket.provider.credentials();
    if bucket.is_kept {
        let whose = match bucket.provider {
            Provider::Azure => "the account of AZURE_STORAGE_ACCOUNT_NAME, and to no endpoint that a contract writes",
            _ => "endpoints that no contract writes: name the endpoint by a variable, as in `${STORE_ENDPOINT}`",
        };
        return format!("it was asked without credentials, since those of the environment go to {whose}");
    }
    if bucket.is_signed {
        return "look at the credentials, and at what they may read".to_owned();
    }
    format!("it was asked without credentials; set {credentials}")
}

/// What an error of a store within one of the engine means; `None` where there is none.
pub(in super::super) fn of_error(error: &DataFusionError) -> Option<String> {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(store) = error.downcast_ref::<object_store::Error>() {
            return told(store);
        }
        next = match (error.downcast_ref::<DataFusionError>(), error.downcast_ref::<ParquetError>()) {
            (Some(DataFusionError::ObjectStore(store)), _) => return told(store),
            (Some(DataFusionError::ParquetError(inner)), _) => Some(inner.as_ref()),
            (Some(DataFusionError::External(inner)), _) | (_, Some(ParquetError::External(inner))) => {
                Some(inner.as_ref())
            }
            _ => error.source(),
        };
    }
    None
}

fn told(error: &object_store::Error) -> Option<String> {
    let cause = cause(error);
    let key = match error {
        object_store::Error::NotFound { path, .. }
        | object_store::Error::Precondition { path, .. }
        | object_store::Error::PermissionDenied { path, .. }
        | object_store::Error::Unauthenticated { path, .. } => quoted(path.rsplit('/').next().unwrap_or(path)),
        _ => "a file of the bucket".to_owned(),
    };
    let is_remote = transport(error).is_some() || error.to_string().contains("status code: ");
    is_remote.then(|| format!("{key} can't be read: {}", cause.plain()))
}
