//! Where files in buckets are, and who asks for them: from the settings of a source, and from the variables that the programs of
//! each provider read.

use std::fmt;

use crate::io::env::variable;
use crate::source::words::quoted;

/// Who keeps a bucket, or by whose interface it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// Amazon S3, and everything that speaks as it does.
    S3,
    /// Google Cloud Storage.
    Gcs,
    /// Azure Blob Storage and Data Lake Storage.
    Azure,
}

impl Provider {
    /// The settings of a source that are options of the store: their names, and what the store calls them. Nothing else that a
    /// contract says reaches the store: options such as proxies and token files are for whoever runs pact to choose.
    pub fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::S3 => &[
                ("region", "region"),
                ("access_key_id", "access_key_id"),
                ("secret_access_key", "secret_access_key"),
                ("session_token", "session_token"),
                ("username", "access_key_id"),
                ("password", "secret_access_key"),
                ("virtual_hosted_style_request", "virtual_hosted_style_request"),
                ("request_payer", "request_payer"),
            ],
            Self::Gcs => &[("service_account_key", "service_account_key"), ("password", "service_account_key")],
            Self::Azure => &[
                ("account_name", "account_name"),
                ("account_key", "account_key"),
                ("username", "account_name"),
                ("password", "account_key"),
                ("sas_token", "sas_token"),
                ("client_id", "client_id"),
                ("client_secret", "client_secret"),
                ("tenant_id", "tenant_id"),
            ],
        }
    }

    /// What a setting is called that holds a secret, with the variables that hold it otherwise.
    pub fn credentials(self) -> &'static str {
        match self {
            Self::S3 => "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
            Self::Gcs => "GOOGLE_APPLICATION_CREDENTIALS",
            Self::Azure => "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
        }
    }
}

/// Options of a store. Some are secrets, so that they show nothing of themselves.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Options(Vec<(String, String)>);

impl Options {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    fn add(&mut self, key: &str, value: impl Into<String>) {
        self.0.push((key.to_owned(), value.into()));
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Options(..)")
    }
}

/// Where files are in a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Whose it is.
    pub provider: Provider,
    /// Its name; that of the container in Azure.
    pub name: String,
    /// The key of a file, the beginning of the keys of several up to a `/`, or a pattern with `*`, `?`, `[...]` and `**`.
    pub key: String,
    /// How to reach it, and who asks.
    pub options: Options,
    /// Whether requests carry a signature or a token.
    pub is_signed: bool,
    /// Whether the environment has credentials that were kept from this place.
    pub is_kept: bool,
    /// Its address as it is written, and as it is.
    shown: Shown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    written: String,
    url: String,
    /// The scheme and all else that stands before keys.
    base: String,
}

impl Bucket {
    /// A key as people know it: in the words of the source, as far as those say it. What variables hold is not shown.
    pub fn shown(&self, key: &str) -> String {
        let Shown { written, url, base } = &self.shown;
        let whole = format!("{base}{key}");
        let Some((variables, behind)) = written.rsplit_once('}').filter(|(before, _)| before.contains("${")) else {
            return whole;
        };
        let hidden = url.len().checked_sub(behind.len()).and_then(|end| url.get(..end)).unwrap_or(url);
        match whole.strip_prefix(hidden) {
            Some(rest) => format!("{variables}}}{rest}"),
            None => format!("{variables}}}/.../{}", key.rsplit('/').next().unwrap_or(key)),
        }
    }

    /// Its address as it is written.
    pub fn written(&self) -> &str {
        &self.shown.written
    }

    /// Whether another one is reached in the same way.
    pub fn is_same_store(&self, other: &Self) -> bool {
        self.provider == other.provider && self.name == other.name && self.options == other.options
    }
}

/// What a source says of its bucket, with variables filled in.
///
/// The credentials of the environment are those of whoever runs pact, and a contract may come from anybody. So they go only to
/// an endpoint that the contract did not choose: the provider's own, that of `AWS_ENDPOINT_URL` and its like, or one that is wholly
/// a variable of the environment.
#[derive(Clone)]
pub struct Settings {
    /// The address as it is written.
    pub written: String,
    /// The address.
    pub url: String,
    /// Where the store answers, if not at the provider's own address.
    pub endpoint: Option<String>,
    /// Whether the whole of the endpoint is a variable of the environment.
    pub is_endpoint_from_environment: bool,
    /// Options of [`Provider::settings`], by the names of the store.
    pub options: Vec<(String, String)>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Settings(..)")
    }
}

/// Whether an address is that of a bucket, and whose.
pub fn provider(url: &str) -> Option<Provider> {
    place(url).map(|place| place.provider)
}

/// What an address says.
struct Place<'a> {
    provider: Provider,
    bucket: &'a str,
    account: Option<&'a str>,
    region: Option<&'a str>,
    key: &'a str,
}

fn place(url: &str) -> Option<Place<'_>> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let of = |provider| Place { provider, bucket: host, account: None, region: None, key: path };
    Some(match scheme {
        "s3" | "s3a" => of(Provider::S3),
        "gs" => of(Provider::Gcs),
        "az" | "abfs" | "abfss" => match host.split_once('@') {
            Some((bucket, host)) => Place { bucket, account: Some(account(host)?), ..of(Provider::Azure) },
            None => of(Provider::Azure),
        },
        "https" => return web_place(host, path),
        _ => return None,
    })
}

/// The account of a host of Azure.
fn account(host: &str) -> Option<&str> {
    let (account, service) = host.split_once('.')?;
    matches!(service, "blob.core.windows.net" | "dfs.core.windows.net").then_some(account)
}

fn web_place<'a>(host: &'a str, path: &'a str) -> Option<Place<'a>> {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    if let Some(account) = account(host) {
        return Some(Place {
            provider: Provider::Azure,
            bucket: first,
            account: Some(account),
            region: None,
            key: rest,
        });
    }
    if host == "storage.googleapis.com" {
        return Some(Place { provider: Provider::Gcs, bucket: first, account: None, region: None, key: rest });
    }
    let s3 = |bucket, region, key| Some(Place { provider: Provider::S3, bucket, account: None, region, key });
    let own = host.strip_suffix("amazonaws.com")?.strip_suffix('.')?;
    match own.strip_prefix("s3") {
        Some("") => return s3(first, None, rest),
        Some(region) if region.starts_with('.') && is_label(&region[1..]) => {
            return s3(first, Some(&region[1..]), rest);
        }
        _ => {}
    }
    if let Some(bucket) = own.strip_suffix(".s3") {
        return s3(bucket, None, path);
    }
    let (bucket, region) = own.rsplit_once(".s3.").filter(|(_, region)| is_label(region))?;
    s3(bucket, Some(region), path)
}

/// Whether a text is one part of the name of a host: more would lead to another host.
fn is_label(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

impl Settings {
    /// The bucket.
    ///
    /// # Errors
    ///
    /// A sentence: the address is none, or settings contradict each other. Never names a value that may hold a secret.
    pub fn bucket(self) -> Result<Bucket, String> {
        self.bucket_with(variable)
    }

    fn bucket_with(self, variable: impl Fn(&str) -> Option<String>) -> Result<Bucket, String> {
        let shown = quoted(&self.written);
        let Some(place) = place(&self.url) else {
            return Err(format!(
                "{shown} is no address of a bucket; write `s3://bucket/orders/*.parquet`, `gs://...`, or \
                 `abfss://container@account.dfs.core.windows.net/...`"
            ));
        };
        let is_name = |text: &str| {
            let is_inner = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | '$');
            !text.is_empty() && text.chars().all(is_inner) && !text.starts_with('.')
        };
        if !is_name(place.bucket) {
            return Err(format!("{shown} has no name of a bucket behind `://`"));
        }
        let endpoint = Endpoint::of(&self, place.provider, &variable)?;
        let mut options = Options::default();
        if let Some(endpoint) = &endpoint {
            options.add(
                if place.provider == Provider::Gcs { "base_url" } else { "endpoint" },
                endpoint.url.trim_end_matches('/'),
            );
            if endpoint.url.starts_with("http://") {
                options.add("allow_http", "true");
            }
        }
        let own = |key: &str| self.options.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        let mut who = Who { options, own: &own, variable: &variable, is_ours: endpoint.is_none_or(|one| one.is_ours) };
        let is_signed = match place.provider {
            Provider::S3 => who.s3(&place)?,
            Provider::Gcs => who.gcs(),
            Provider::Azure => who.azure(&place, &shown)?,
        };
        let is_kept = !is_signed && who.is_something_kept(place.provider);
        let mut options = who.options;
        if !is_signed {
            options.add("skip_signature", "true");
        }
        let base = self.url.get(..self.url.len() - place.key.len()).unwrap_or_default();
        let base = if base.ends_with('/') { base.to_owned() } else { format!("{base}/") };
        Ok(Bucket {
            provider: place.provider,
            name: place.bucket.to_owned(),
            key: place.key.to_owned(),
            options,
            is_signed,
            is_kept,
            shown: Shown { base, written: self.written.clone(), url: self.url.clone() },
        })
    }
}

/// Where a store answers.
struct Endpoint {
    url: String,
    /// Whether the contract did not choose it, so that credentials of the environment may go there.
    is_ours: bool,
}

impl Endpoint {
    fn of(
        settings: &Settings,
        provider: Provider,
        variable: &impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, String> {
        let names: &[&str] = match provider {
            Provider::S3 => &["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"],
            Provider::Gcs => &["GOOGLE_BASE_URL"],
            Provider::Azure => &["AZURE_STORAGE_ENDPOINT"],
        };
        let near = names.iter().find_map(|name| variable(name));
        let Some(url) = settings.endpoint.clone() else {
            return Ok(near.map(|url| Self { url, is_ours: true }));
        };
        let is_same = near.is_some_and(|near| near.trim_end_matches('/') == url.trim_end_matches('/'));
        let from_environment = settings.is_endpoint_from_environment || is_same;
        let is_web = url.starts_with("https://") || url.starts_with("http://") && from_environment;
        if !is_web {
            let what_now = if url.starts_with("http://") {
                "what it sends could be read and changed on the way; let a variable say so, as in `${S3_ENDPOINT}`"
            } else {
                "it begins with `https://`"
            };
            return Err(format!("its endpoint is none that pact asks: {what_now}"));
        }
        Ok(Some(Self { is_ours: from_environment || is_own(&url, provider), url }))
    }
}

/// Whether an endpoint is the provider's own, at which nobody else answers.
fn is_own(url: &str, provider: Provider) -> bool {
    let Some(host) = url.strip_prefix("https://").map(|host| host.trim_end_matches('/')) else { return false };
    match provider {
        Provider::Gcs => host == "storage.googleapis.com",
        // The account is a part of the host, and anybody may have one.
        Provider::Azure => false,
        Provider::S3 => {
            let region = |host: &str| host.strip_prefix('.').is_some_and(is_label);
            let own = host.strip_suffix(".amazonaws.com").and_then(|host| host.strip_prefix("s3"));
            own.is_some_and(|rest| {
                rest.is_empty() || region(rest) || rest.strip_prefix(".dualstack").is_some_and(region)
            })
        }
    }
}

/// Gathers who asks.
struct Who<'a> {
    options: Options,
    own: &'a dyn Fn(&str) -> Option<String>,
    variable: &'a dyn Fn(&str) -> Option<String>,
    is_ours: bool,
}

impl Who<'_> {
    /// Takes options of the source along; whether the first was there.
    fn take_own(&mut self, keys: &[&str]) -> bool {
        for key in keys {
            if let Some(value) = (self.own)(key) {
                self.options.add(key, value);
            }
        }
        keys.first().is_some_and(|key| self.options.get(key).is_some())
    }

    /// Takes variables along, if the first of them are all there.
    fn take(&mut self, needed: &[&str], more: &[&str]) -> bool {
        let is_there = self.is_ours && needed.iter().all(|name| (self.variable)(name).is_some());
        if is_there {
            for name in needed.iter().chain(more) {
                if let Some(value) = (self.variable)(name) {
                    self.options.add(&name.to_ascii_lowercase(), value);
                }
            }
        }
        is_there
    }

    fn is_something_kept(&self, provider: Provider) -> bool {
        let names: &[&str] = match provider {
            Provider::S3 => &["AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE"],
            Provider::Gcs => {
                &["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_SERVICE_ACCOUNT", "GOOGLE_SERVICE_ACCOUNT_KEY"]
            }
            Provider::Azure => &["AZURE_STORAGE_ACCOUNT_KEY", "AZURE_STORAGE_SAS_TOKEN", "AZURE_CLIENT_SECRET"],
        };
        names.iter().any(|name| (self.variable)(name).is_some())
    }

    fn s3(&mut self, place: &Place<'_>) -> Result<bool, String> {
        let near = || (self.variable)("AWS_REGION").or_else(|| (self.variable)("AWS_DEFAULT_REGION"));
        let region = (self.own)("region").or_else(|| place.region.map(str::to_owned)).or_else(near);
        if let Some(region) = region {
            if !is_label(&region) {
                return Err("its `region` is no name of a region, such as `eu-central-1`".to_owned());
            }
            self.options.add("region", region);
        }
        self.take_own(&["virtual_hosted_style_request", "request_payer"]);
        if self.take_own(&["access_key_id", "secret_access_key", "session_token"]) {
            let is_whole = self.options.get("secret_access_key").is_some();
            return is_whole.then_some(true).ok_or_else(|| "its `access_key_id` has no `secret_access_key`".to_owned());
        }
        if self.options.get("secret_access_key").is_some() {
            return Err("its `secret_access_key` has no `access_key_id`".to_owned());
        }
        let is_set = |name: &str| (self.variable)(name).is_some();
        if self.is_ours && is_set("AWS_ACCESS_KEY_ID") != is_set("AWS_SECRET_ACCESS_KEY") {
            return Err("of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set".to_owned());
        }
        let token = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
        Ok(self.take(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], &["AWS_SESSION_TOKEN"])
            || self.take(&["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"], &["AWS_ROLE_SESSION_NAME"])
            || self.take(&["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"], &[])
            || self.take(&["AWS_CONTAINER_CREDENTIALS_FULL_URI", token], &[]))
    }

    fn gcs(&mut self) -> bool {
        let names = [
            "GOOGLE_SERVICE_ACCOUNT_KEY",
            "GOOGLE_SERVICE_ACCOUNT",
            "GOOGLE_SERVICE_ACCOUNT_PATH",
            "GOOGLE_APPLICATION_CREDENTIALS",
        ];
        self.take_own(&["service_account_key"]) || names.iter().any(|name| self.take(&[name], &[]))
    }

    fn azure(&mut self, place: &Place<'_>, shown: &str) -> Result<bool, String> {
        let near = (self.variable)("AZURE_STORAGE_ACCOUNT_NAME");
        let account = place.account.map(str::to_owned).or_else(|| (self.own)("account_name")).or_else(|| near.clone());
        let Some(account) = account else {
            return Err(format!(
                "{shown} has no account: write `abfss://container@account.dfs.core.windows.net/...`, or set AZURE_STORAGE_ACCOUNT_NAME"
            ));
        };
        if !is_label(&account) {
            return Err("the name of its account in Azure has more than letters and digits".to_owned());
        }
        // Keys are those of one account; another one, which a contract may name, must not see them.
        let is_own_account = near.as_deref() == Some(account.as_str());
        self.options.add("account_name", account);
        if self.take_own(&["account_key"]) || self.take_own(&["sas_token"]) {
            return Ok(true);
        }
        if self.take_own(&["client_secret", "client_id", "tenant_id"]) {
            return Ok(true);
        }
        let of_account = is_own_account
            && [
                "AZURE_STORAGE_ACCOUNT_KEY",
                "AZURE_STORAGE_ACCESS_KEY",
                "AZURE_STORAGE_SAS_TOKEN",
                "AZURE_STORAGE_SAS_KEY",
            ]
            .iter()
            .any(|name| self.take(&[name], &[]));
        let who = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID"];
        Ok(of_account
            || self.take(&[who[0], who[1], "AZURE_CLIENT_SECRET"], &[])
            || self.take(&[who[0], who[1], "AZURE_FEDERATED_TOKEN_FILE"], &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[(&str, &str)] = &[("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "secret")];

    fn settings(url: &str, endpoint: Option<&str>, is_endpoint_from_environment: bool) -> Settings {
        Settings {
            written: url.to_owned(),
            url: url.to_owned(),
            endpoint: endpoint.map(str::to_owned),
            is_endpoint_from_environment,
            options: Vec::new(),
        }
    }

    fn bucket(settings: Settings, variables: &[(&str, &str)]) -> Result<Bucket, String> {
        let value =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        settings.bucket_with(value)
    }

    #[test]
    fn credentials_of_the_environment_go_to_no_endpoint_of_a_contract() {
        let asks = |endpoint: Option<&str>, is_variable: bool, more: &[(&str, &str)]| {
            let variables = [KEYS, more].concat();
            let bucket = bucket(settings("s3://lake/a.csv", endpoint, is_variable), &variables).unwrap();
            (bucket.is_signed, bucket.is_kept, bucket.options.get("aws_secret_access_key").is_some())
        };
        let (given, kept) = ((true, false, true), (false, true, false));
        assert_eq!(asks(None, false, &[]), given);
        assert_eq!(asks(None, false, &[("AWS_ENDPOINT_URL", "http://localhost:1")]), given);
        assert_eq!(asks(Some("https://minio.example"), true, &[]), given);
        assert_eq!(
            asks(Some("https://minio.example/"), false, &[("AWS_ENDPOINT_URL", "https://minio.example")]),
            given
        );
        assert_eq!(asks(Some("https://s3.eu-central-1.amazonaws.com"), false, &[]), given);
        for foreign in [
            "https://minio.example",
            "https://x.execute-api.us-east-1.amazonaws.com",
            "https://s3.us-east-1.elb.amazonaws.com",
            "https://s3.amazonaws.com.evil.example",
            "https://s3.amazonaws.com@evil.example",
            "https://evil.example/s3.amazonaws.com",
        ] {
            assert_eq!(asks(Some(foreign), false, &[]), kept, "{foreign}");
        }
        let plain = bucket(settings("s3://lake/a.csv", Some("http://minio.example"), false), KEYS);
        assert!(plain.unwrap_err().contains("let a variable say so"));
    }

    #[test]
    fn what_a_contract_names_leads_to_no_other_host() {
        let mut tricked = settings("s3://lake/a.csv", None, false);
        tricked.options.push(("region".to_owned(), "evil.example/".to_owned()));
        assert!(bucket(tricked, KEYS).unwrap_err().contains("`region`"));
        for url in [
            "s3://evil.example#/a",
            "s3://a:b@c/d",
            "s3:///a",
            "abfss://c@evil.example/a",
            "ftp://a/b",
            "https://evil.example/a",
        ] {
            assert!(bucket(settings(url, None, false), KEYS).is_err(), "{url}");
        }
        let mut azure = settings("az://lake/a.csv", None, false);
        azure.options.push(("account_name".to_owned(), "evil.example/".to_owned()));
        assert!(bucket(azure, &[]).is_err());
    }

    #[test]
    fn keys_of_an_account_are_for_that_account() {
        let own = [("AZURE_STORAGE_ACCOUNT_NAME", "shop"), ("AZURE_STORAGE_ACCOUNT_KEY", "c2VjcmV0")];
        let asks =
            |url: &str| bucket(settings(url, None, false), &own).map(|bucket| (bucket.is_signed, bucket.is_kept));
        assert_eq!(asks("az://lake/a.csv"), Ok((true, false)));
        assert_eq!(asks("abfss://lake@shop.dfs.core.windows.net/a.csv"), Ok((true, false)));
        assert_eq!(asks("abfss://lake@other.dfs.core.windows.net/a.csv"), Ok((false, true)));
        assert!(
            bucket(settings("az://lake/a.csv", None, false), &[]).unwrap_err().contains("AZURE_STORAGE_ACCOUNT_NAME")
        );
    }

    #[test]
    fn addresses_of_every_provider() {
        let parts = |url: &str| {
            let variables = [("AZURE_STORAGE_ACCOUNT_NAME", "shop")];
            let bucket = bucket(settings(url, None, false), &variables).unwrap();
            let region = bucket.options.get("region").map(str::to_owned);
            (bucket.provider, bucket.name.clone(), bucket.key.clone(), region, bucket.shown("k"))
        };
        let expected = |provider, region: Option<&str>, shown: &str| {
            (provider, "lake".to_owned(), "a/*.csv".to_owned(), region.map(str::to_owned), shown.to_owned())
        };
        assert_eq!(parts("s3://lake/a/*.csv"), expected(Provider::S3, None, "s3://lake/k"));
        assert_eq!(parts("gs://lake/a/*.csv"), expected(Provider::Gcs, None, "gs://lake/k"));
        assert_eq!(parts("az://lake/a/*.csv"), expected(Provider::Azure, None, "az://lake/k"));
        let abfss = "abfss://lake@shop.dfs.core.windows.net/";
        assert_eq!(parts(&format!("{abfss}a/*.csv")), expected(Provider::Azure, None, &format!("{abfss}k")));
        for (base, region) in [
            ("https://lake.s3.eu-west-1.amazonaws.com/", Some("eu-west-1")),
            ("https://s3.eu-west-1.amazonaws.com/lake/", Some("eu-west-1")),
            ("https://lake.s3.amazonaws.com/", None),
            ("https://s3.amazonaws.com/lake/", None),
        ] {
            assert_eq!(parts(&format!("{base}a/*.csv")), expected(Provider::S3, region, &format!("{base}k")));
        }
    }

    #[test]
    fn what_variables_hold_is_not_shown() {
        let of = |written: &str, url: &str, key: &str| {
            let settings = Settings { written: written.to_owned(), ..settings(url, None, false) };
            bucket(settings, &[]).unwrap().shown(key)
        };
        assert_eq!(of("${LAKE}/orders/*.csv", "s3://hid/den/orders/*.csv", "den/orders/a.csv"), "${LAKE}/orders/a.csv");
        assert_eq!(of("s3://${B}/orders/*.csv", "s3://hidden/orders/*.csv", "orders/a.csv"), "s3://${B}/orders/a.csv");
        assert_eq!(of("${LAKE}", "s3://hidden/*/x.csv", "1/x.csv"), "${LAKE}/.../x.csv");
    }
}
