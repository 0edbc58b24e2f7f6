//! What to ask of a contract's live service.

use serde::{Deserialize, Serialize};

use crate::model::{AuthType, Contract, Source};

/// A question of the data service convention (`docs/data-service.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// `GET /health`.
    Health,
    /// `GET /schema`.
    Schema,
    /// `GET /metrics`.
    Metrics,
}

impl Ask {
    /// Every question.
    pub const ALL: &[Self] = &[Self::Health, Self::Schema, Self::Metrics];

    /// The name in output and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Schema => "schema",
            Self::Metrics => "metrics",
        }
    }

    /// What the answer is good for.
    pub fn why(self) -> &'static str {
        match self {
            Self::Health => "availability, latency and the served version",
            Self::Schema => "columns, their types, and the served version",
            Self::Metrics => "freshness, completeness and the number of rows",
        }
    }

    /// The largest answer that is read, in bytes, after decompression. Many times what a contract of a thousand fields
    /// needs; what is larger is not read to its end.
    pub fn max_bytes(self) -> usize {
        match self {
            Self::Health => 64 * 1024,
            Self::Schema => 4 * 1024 * 1024,
            Self::Metrics => 1024 * 1024,
        }
    }
}

/// How pact identifies itself. The texts are templates: `${NAME}` stands for an environment variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// Not at all.
    None,
    /// `Authorization: Bearer TOKEN`.
    Bearer(String),
    /// `X-API-Key: KEY`.
    ApiKey(String),
    /// Name and password (RFC 7617).
    Basic(String, String),
}

/// One request to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The question.
    pub ask: Ask,
    /// The address, with `${NAME}` for environment variables.
    pub url: String,
    /// How to identify oneself.
    pub auth: Auth,
}

impl Probe {
    /// The address as it may be shown and recorded: without a name and password in it.
    pub fn shown_url(&self) -> String {
        let Some((scheme, rest)) = self.url.split_once("://") else { return self.url.clone() };
        let host_end = rest.find('/').unwrap_or(rest.len());
        match rest.get(..host_end).and_then(|authority| authority.rfind('@')) {
            Some(at) => format!("{scheme}://…{}", rest.get(at..).unwrap_or_default()),
            None => self.url.clone(),
        }
    }
}

/// The requests that answer what a contract promises: at `access.endpoint_url`, or at the HTTP source of an environment.
///
/// # Errors
///
/// Why there is nothing to ask.
pub fn plan(contract: &Contract, environment: Option<&str>) -> Result<Vec<Probe>, String> {
    let (base, source) = endpoint(contract, environment)?;
    let base = base.trim().trim_end_matches('/');
    if base.contains(['?', '#']) {
        return Err(
            "the endpoint's address has a query or a fragment; give the base, such as https://host/orders".into()
        );
    }
    let auth = auth(contract, source);
    let probe = |ask: &Ask| Probe { ask: *ask, url: format!("{base}/{}", ask.name()), auth: auth.clone() };
    Ok(Ask::ALL.iter().map(probe).collect())
}

fn endpoint<'a>(contract: &'a Contract, environment: Option<&str>) -> Result<(&'a str, Option<&'a Source>), String> {
    let url = |source: &'a Source| setting(source, "url");
    if let Some(name) = environment {
        let source = contract.sources.iter().find(|source| source.environment == name);
        let source = source.ok_or_else(|| format!("it has no source for the environment `{name}`"))?;
        if source.kind != "http" {
            return Err(format!(
                "its source for `{name}` is of type `{}`; pact check asks `http` services",
                source.kind
            ));
        }
        return url(source)
            .map(|url| (url, Some(source)))
            .ok_or_else(|| format!("its source for `{name}` has no `url`"));
    }
    if let Some(url) = contract.access.as_ref().and_then(|access| access.endpoint_url.as_deref()) {
        return Ok((url, None));
    }
    Err(if contract.sources.iter().any(|source| source.kind == "http") {
        "it has no `access.endpoint_url`; choose one of its sources with --environment".to_owned()
    } else {
        "it has no `access.endpoint_url`".to_owned()
    })
}

fn setting<'a>(source: &'a Source, key: &str) -> Option<&'a str> {
    source.settings.iter().find(|(name, _)| name == key).and_then(|(_, value)| value.text())
}

/// Secrets come from the source's settings, else from variables that are the same for every contract.
fn auth(contract: &Contract, source: Option<&Source>) -> Auth {
    let own = |key: &str, variable: &str| {
        source.and_then(|source| setting(source, key)).map_or_else(|| format!("${{{variable}}}"), str::to_owned)
    };
    match contract.access.as_ref().and_then(|access| access.auth_type) {
        None | Some(AuthType::None) => match source.and_then(|source| setting(source, "token")) {
            Some(token) => Auth::Bearer(token.to_owned()),
            None => Auth::None,
        },
        Some(AuthType::ApiKey) => Auth::ApiKey(own("token", "PACT_API_KEY")),
        Some(AuthType::OAuth2 | AuthType::Jwt) => Auth::Bearer(own("token", "PACT_TOKEN")),
        Some(AuthType::Basic) => Auth::Basic(own("username", "PACT_USERNAME"), own("password", "PACT_PASSWORD")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::judge::tests::contract;

    #[test]
    fn the_endpoint_is_asked_three_questions() {
        let orders = contract("access: {endpoint_url: 'http://127.0.0.1:1/orders/', auth_type: jwt}\n");
        let probes = plan(&orders, None).unwrap();
        let urls: Vec<&str> = probes.iter().map(|probe| probe.url.as_str()).collect();
        assert_eq!(urls[0], "http://127.0.0.1:1/orders/health");
        assert_eq!(urls[2], "http://127.0.0.1:1/orders/metrics");
        assert_eq!(probes[0].auth, Auth::Bearer("${PACT_TOKEN}".into()));
    }

    #[test]
    fn an_environment_names_its_own_address_and_token() {
        let orders = contract(
            "sources:\n  staging: {type: http, url: 'https://${HOST}/orders', token: '${STAGING}'}\n  \
             lake: {type: parquet, path: data}\n",
        );
        let probes = plan(&orders, Some("staging")).unwrap();
        assert_eq!(probes[1].url, "https://${HOST}/orders/schema");
        assert_eq!(probes[1].auth, Auth::Bearer("${STAGING}".into()));
        assert!(plan(&orders, Some("lake")).unwrap_err().contains("parquet"));
        assert!(plan(&orders, Some("moon")).unwrap_err().contains("moon"));
        assert!(plan(&orders, None).unwrap_err().contains("--environment"));
    }

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        for (url, shown) in [
            ("http://ada:secret@h:1/x@y", "http://…@h:1/x@y"),
            ("http://h/x@y", "http://h/x@y"),
            ("http://a@b@h", "http://…@h"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(Probe { ask: Ask::Health, url: url.into(), auth: Auth::None }.shown_url(), shown);
        }
    }

    #[test]
    fn a_query_is_no_part_of_a_base() {
        let orders = contract("access: {endpoint_url: 'http://h/orders?token=1'}\n");
        assert!(plan(&orders, None).unwrap_err().contains("query"));
    }
}
