//! The settings of a source whose files are in a bucket.

use super::files::text as written;
use crate::io::data::Trouble;
use crate::io::data::buckets::{Bucket, Provider, Settings, provider};
use crate::io::env::{fill, is_variable};
use crate::model::Source;

/// The bucket of an address; `None` where it is none, and the source does not say that it has to be one.
pub(super) fn at(source: &Source, address: &str) -> Result<Option<Bucket>, Trouble> {
    let has_to_be = matches!(source.kind.as_str(), "s3" | "azure");
    let url = fill(address).map_err(|error| Trouble::Lost(error.to_string()))?;
    let provider = provider(&url);
    if provider.is_none() && !has_to_be {
        return Ok(None);
    }
    let filled = |key: &str| {
        let value = written(source, key).map(|value| fill(&value));
        value.transpose().map_err(|error| Trouble::Lost(format!("its `{key}`: {error}")))
    };
    // ODCS writes the first of them.
    let endpoint = ["endpointUrl", "endpoint_url", "endpoint"].into_iter().find(|key| written(source, key).is_some());
    let mut options: Vec<(String, String)> = Vec::new();
    for (key, option) in provider.map(Provider::settings).unwrap_or_default() {
        if options.iter().any(|(known, _)| known == option) {
            continue;
        }
        options.extend(filled(key)?.map(|value| ((*option).to_owned(), value)));
    }
    let settings = Settings {
        written: address.to_owned(),
        url,
        endpoint: endpoint.map(filled).transpose()?.flatten(),
        is_endpoint_from_environment: endpoint.and_then(|key| written(source, key)).is_some_and(|it| is_variable(&it)),
        options,
    };
    settings.bucket().map(Some).map_err(Trouble::Lost)
}
