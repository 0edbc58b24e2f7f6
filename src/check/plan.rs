//! What to ask of a contract's live service.

use serde::{Deserialize, Serialize};

use crate::model::{AuthType, Contract, Source};
use crate::source::words::quoted;

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
        // A slash in a default is no end of the host: what the variable stands for is known to nobody here.
        let host_end = outside(rest).find(|at| rest[*at..].starts_with('/')).unwrap_or(rest.len());
        match rest.get(..host_end).and_then(|authority| authority.rfind('@')) {
            Some(at) => format!("{scheme}://…{}", rest.get(at..).unwrap_or_default()),
            None => self.url.clone(),
        }
    }
}

/// The offsets of the letters of a text that are in no `${...}`.
fn outside(text: &str) -> impl Iterator<Item = usize> {
    let mut depth = false;
    text.char_indices().filter_map(move |(at, letter)| {
        depth |= text[at..].starts_with("${");
        let is_outside = !depth;
        depth &= letter != '}';
        is_outside.then_some(at)
    })
}

/// What to ask, and of which environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The requests.
    pub probes: Vec<Probe>,
    /// The environment whose source is asked; `None` for `access.endpoint_url`.
    pub environment: Option<String>,
}

/// The requests that answer what a contract promises: at `access.endpoint_url`, else at its only HTTP source; or at the HTTP
/// source of an environment.
///
/// # Errors
///
/// Why there is nothing to ask.
pub fn plan(contract: &Contract, environment: Option<&str>) -> Result<Plan, String> {
    let (base, source) = endpoint(contract, environment)?;
    let base = base.trim().trim_end_matches('/');
    let has_more = outside(base).any(|at| base[at..].starts_with(['?', '#']));
    if has_more {
        return Err(
            "the endpoint's address has a query or a fragment; give the base, such as https://host/orders".into()
        );
    }
    let auth = auth(contract, source);
    let probe = |ask: &Ask| Probe { ask: *ask, url: format!("{base}/{}", ask.name()), auth: auth.clone() };
    let environment = source.map(|source| source.environment.clone());
    Ok(Plan { probes: Ask::ALL.iter().map(probe).collect(), environment })
}

fn endpoint<'a>(contract: &'a Contract, environment: Option<&str>) -> Result<(&'a str, Option<&'a Source>), String> {
    let at = |source: &'a Source| {
        let missing = || format!("its source for {} has no address", quoted(&source.environment));
        setting(source, "url").map(|url| (url, Some(source))).ok_or_else(missing)
    };
    if let Some(name) = environment {
        return at(named(contract, name)?);
    }
    if let Some(url) = contract.access.as_ref().and_then(|access| access.endpoint_url.as_deref()) {
        return Ok((url, None));
    }
    let services: Vec<&Source> = contract.sources.iter().filter(|source| is_service(source)).collect();
    match services.as_slice() {
        [only] => at(only),
        [] => Err("it has no address of a data service (`access.endpoint_url`, or an HTTP source)".to_owned()),
        [first, ..] => Err(format!(
            "it has {} HTTP sources; choose one with --environment, such as {}",
            services.len(),
            quoted(&first.environment)
        )),
    }
}

fn is_service(source: &Source) -> bool {
    source.kind == "http"
}

/// The source of an environment: the one of that name, else the only service that says that it is of that environment.
fn named<'a>(contract: &'a Contract, name: &str) -> Result<&'a Source, String> {
    let shown = quoted(name);
    if let Some(source) = contract.sources.iter().find(|source| source.environment == name) {
        let kind = quoted(&source.kind);
        let wrong = || format!("its source for {shown} is of type {kind}; pact check asks data services over HTTP");
        return is_service(source).then_some(source).ok_or_else(wrong);
    }
    let said: Vec<&Source> =
        contract.sources.iter().filter(|source| setting(source, "environment") == Some(name)).collect();
    let services: Vec<&Source> = said.iter().copied().filter(|source| is_service(source)).collect();
    match (services.as_slice(), said.first()) {
        ([only], _) => Ok(only),
        ([first, second, ..], _) => Err(format!(
            "it has {} HTTP sources for the environment {shown}; choose one by its name: {}, {}, ...",
            services.len(),
            quoted(&first.environment),
            quoted(&second.environment)
        )),
        ([], Some(other)) => Err(format!(
            "its source for {shown} is of type {}; pact check asks data services over HTTP",
            quoted(&other.kind)
        )),
        ([], None) => Err(format!("it has no source for the environment {shown}")),
    }
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
    use crate::model::Literal;

    #[test]
    fn the_endpoint_is_asked_three_questions() {
        let orders = contract("access: {endpoint_url: 'http://127.0.0.1:1/orders/', auth_type: jwt}\n");
        let Plan { probes, environment } = plan(&orders, None).unwrap();
        assert_eq!(environment, None);
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
        let Plan { probes, environment } = plan(&orders, Some("staging")).unwrap();
        assert_eq!(environment.as_deref(), Some("staging"));
        // Where the contract names no other address, its only service is meant.
        assert_eq!(plan(&orders, None), plan(&orders, Some("staging")));
        assert_eq!(probes[1].url, "https://${HOST}/orders/schema");
        assert_eq!(probes[1].auth, Auth::Bearer("${STAGING}".into()));
        assert!(plan(&orders, Some("lake")).unwrap_err().contains("parquet"));
        assert!(plan(&orders, Some("moon")).unwrap_err().contains("moon"));
    }

    #[test]
    fn an_environment_is_named_or_said_by_a_source() {
        let orders = contract(
            "sources:\n  eu: {type: http, url: 'http://eu', options: {}}\n  us: {type: http, url: 'http://us'}\n  \
             lake: {type: parquet, path: data}\n",
        );
        let mut orders = orders;
        for (source, environment) in orders.sources.iter_mut().zip(["prod", "test", "lab"]) {
            source.settings.push(("environment".to_owned(), Literal::Text(environment.to_owned())));
        }
        assert!(plan(&orders, None).unwrap_err().contains("--environment, such as `eu`"));
        assert_eq!(plan(&orders, Some("test")).unwrap().environment.as_deref(), Some("us"));
        assert_eq!(plan(&orders, Some("us")), plan(&orders, Some("test")));
        assert!(plan(&orders, Some("lab")).unwrap_err().contains("parquet"));
        orders.sources[1].settings.retain(|(key, _)| key != "environment");
        orders.sources[1].settings.push(("environment".to_owned(), Literal::Text("prod".to_owned())));
        assert!(plan(&orders, Some("prod")).unwrap_err().contains("`eu`, `us`"));
        orders.sources.clear();
        assert!(plan(&orders, None).unwrap_err().contains("endpoint_url"));
    }

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        for (url, shown) in [
            ("http://ada:secret@h:1/x@y", "http://…@h:1/x@y"),
            ("http://h/x@y", "http://h/x@y"),
            ("http://a@b@h", "http://…@h"),
            ("nonsense", "nonsense"),
            ("http://${A:-u:p/w}@h/x", "http://…@h/x"),
            ("${A:-http://u:p@h/x}/y", "${A:-http://…@h/x}/y"),
        ] {
            assert_eq!(Probe { ask: Ask::Health, url: url.into(), auth: Auth::None }.shown_url(), shown);
        }
    }

    #[test]
    fn a_query_is_no_part_of_a_base() {
        let orders = contract("access: {endpoint_url: 'http://h/orders?token=1'}\n");
        assert!(plan(&orders, None).unwrap_err().contains("query"));
        let orders = contract("access: {endpoint_url: 'http://${HOST:-h?}/orders'}\n");
        assert!(plan(&orders, None).is_ok(), "what a variable stands for is not known here");
    }
}
