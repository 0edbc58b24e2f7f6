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
    /// The data itself.
    Data,
}

impl Ask {
    /// The questions that a data service answers.
    pub const SERVICE: &[Self] = &[Self::Health, Self::Schema, Self::Metrics];

    /// The name in output and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Schema => "schema",
            Self::Metrics => "metrics",
            Self::Data => "data",
        }
    }

    /// What the answer is good for.
    pub fn why(self) -> &'static str {
        match self {
            Self::Health => "availability, latency and the served version",
            Self::Schema => "columns, their types, and the served version",
            Self::Metrics => "freshness, completeness and the number of rows",
            Self::Data => "rows, keys and rules",
        }
    }

    /// The largest answer that is read, in bytes, after decompression. Many times what a contract of a thousand fields
    /// needs; what is larger is not read to its end.
    pub fn max_bytes(self) -> usize {
        match self {
            Self::Health => 64 * 1024,
            Self::Schema => 4 * 1024 * 1024,
            Self::Metrics | Self::Data => 1024 * 1024,
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

/// Where to look, and in which environment.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan<'a> {
    /// Where to look.
    pub place: Place<'a>,
    /// The environment whose source is asked; `None` for `access.endpoint_url`.
    pub environment: Option<String>,
}

/// Where a promise is held against what is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Place<'a> {
    /// A data service, and the requests to make.
    Service(Vec<Probe>),
    /// The data itself.
    Data(&'a Source),
}

/// The kinds of sources whose data pact looks at.
pub const DATA_KINDS: &[&str] = &["postgres", "sqlite", "csv", "json", "ndjson", "parquet", "local", "s3", "azure"];

/// Where to look for what a contract promises: at `access.endpoint_url`, else at its only HTTP source, else at its only source of
/// data; or at the source of an environment.
///
/// # Errors
///
/// Why there is nothing to ask.
pub fn plan<'a>(contract: &'a Contract, environment: Option<&str>) -> Result<Plan<'a>, String> {
    let (base, source) = match chosen(contract, environment)? {
        Chosen::Service(base, source) => (base, source),
        Chosen::Data(source) => {
            return Ok(Plan { place: Place::Data(source), environment: Some(source.environment.clone()) });
        }
    };
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
    Ok(Plan { place: Place::Service(Ask::SERVICE.iter().map(probe).collect()), environment })
}

/// What is asked.
enum Chosen<'a> {
    /// A service at an address, which a source may have given.
    Service(&'a str, Option<&'a Source>),
    /// A source of data.
    Data(&'a Source),
}

fn chosen<'a>(contract: &'a Contract, environment: Option<&str>) -> Result<Chosen<'a>, String> {
    let at = |source: &'a Source| {
        if is_data(source) {
            return Ok(Chosen::Data(source));
        }
        let missing = || format!("its source for {} has no address", quoted(&source.environment));
        setting(source, "url").map(|url| Chosen::Service(url, Some(source))).ok_or_else(missing)
    };
    if let Some(name) = environment {
        return at(named(contract, name)?);
    }
    if let Some(url) = contract.access.as_ref().and_then(|access| access.endpoint_url.as_deref()) {
        return Ok(Chosen::Service(url, None));
    }
    let of_kind = |is_it: fn(&Source) -> bool| contract.sources.iter().filter(|one| is_it(one)).collect::<Vec<_>>();
    for (what, sources) in [("HTTP sources", of_kind(is_service)), ("sources of data", of_kind(is_data))] {
        match sources.as_slice() {
            [only] => return at(only),
            [] => {}
            [first, ..] => {
                let (count, first) = (sources.len(), quoted(&first.environment));
                return Err(format!("it has {count} {what}; choose one with --source, such as {first}"));
            }
        }
    }
    Err(match contract.sources.first() {
        Some(source) => unreachable(source),
        None => "it says nowhere where its data is (`access.endpoint_url`, or `sources`)".to_owned(),
    })
}

fn is_service(source: &Source) -> bool {
    source.kind == "http"
}

fn is_data(source: &Source) -> bool {
    DATA_KINDS.contains(&source.kind.as_str())
}

/// Why nothing can be asked of a source.
fn unreachable(source: &Source) -> String {
    let (name, kind) = (quoted(&source.environment), quoted(&source.kind));
    format!(
        "its source for {name} is of type {kind}, which pact does not look at; it takes http, {}",
        DATA_KINDS.join(", ")
    )
}

/// The source of an environment: the one of that name, else the only service that says that it is of that environment.
fn named<'a>(contract: &'a Contract, name: &str) -> Result<&'a Source, String> {
    let shown = quoted(name);
    let can_look = |source: &Source| is_service(source) || is_data(source);
    if let Some(source) = contract.sources.iter().find(|source| source.environment == name) {
        return can_look(source).then_some(source).ok_or_else(|| unreachable(source));
    }
    let said: Vec<&Source> =
        contract.sources.iter().filter(|source| setting(source, "environment") == Some(name)).collect();
    let of_kind = |is_it: fn(&Source) -> bool| said.iter().copied().filter(|one| is_it(one)).collect::<Vec<_>>();
    for (what, sources) in [("HTTP sources", of_kind(is_service)), ("sources of data", of_kind(is_data))] {
        match sources.as_slice() {
            [only] => return Ok(only),
            [] => {}
            [first, second, ..] => {
                return Err(format!(
                    "it has {} {what} for the environment {shown}; choose one by its name: {}, {}, ...",
                    sources.len(),
                    quoted(&first.environment),
                    quoted(&second.environment)
                ));
            }
        }
    }
    Err(said.first().map_or_else(|| format!("it has no source for the environment {shown}"), |one| unreachable(one)))
}

/// A setting of a source, where it is text.
pub fn setting<'a>(source: &'a Source, key: &str) -> Option<&'a str> {
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
        let Plan { place: Place::Service(probes), environment } = plan(&orders, None).unwrap() else { panic!() };
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
             lake: {type: sqlite, path: data}\n",
        );
        let Plan { place: Place::Service(probes), environment } = plan(&orders, Some("staging")).unwrap() else {
            panic!()
        };
        assert_eq!(environment.as_deref(), Some("staging"));
        // Where the contract names no other address, its only service is meant.
        assert_eq!(plan(&orders, None), plan(&orders, Some("staging")));
        assert_eq!(probes[1].url, "https://${HOST}/orders/schema");
        assert_eq!(probes[1].auth, Auth::Bearer("${STAGING}".into()));
        assert_eq!(plan(&orders, Some("lake")).unwrap().place, Place::Data(&orders.sources[1]));
        assert!(plan(&orders, Some("moon")).unwrap_err().contains("moon"));
    }

    #[test]
    fn an_environment_is_named_or_said_by_a_source() {
        let orders = contract(
            "sources:\n  eu: {type: http, url: 'http://eu', options: {}}\n  us: {type: http, url: 'http://us'}\n  \
             lake: {type: sqlite, path: data}\n",
        );
        let mut orders = orders;
        for (source, environment) in orders.sources.iter_mut().zip(["prod", "test", "lab"]) {
            source.settings.push(("environment".to_owned(), Literal::Text(environment.to_owned())));
        }
        assert!(plan(&orders, None).unwrap_err().contains("--source, such as `eu`"));
        assert_eq!(plan(&orders, Some("test")).unwrap().environment.as_deref(), Some("us"));
        assert_eq!(plan(&orders, Some("us")), plan(&orders, Some("test")));
        assert_eq!(plan(&orders, Some("lab")).unwrap().environment.as_deref(), Some("lake"));
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
