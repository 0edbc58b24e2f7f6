//! Where a database is, and who asks: from the settings of a source, and from the variables that all programs for PostgreSQL read.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use super::tls::{Authorities, Trust};
use crate::io::env::variable;

/// What a source says of its database, with variables filled in. What it leaves out comes from `PGHOST`, `PGPORT`, `PGUSER`,
/// `PGDATABASE`, `PGSSLMODE`, `PGSSLROOTCERT` and `PGCONNECT_TIMEOUT`.
///
/// `PGPASSWORD` is the secret of whoever runs pact, and a contract may come from anybody. So it goes only to a host that the
/// contract did not choose: that of `PGHOST` or of another variable; or, where `PGHOST` is not set, one on this machine.
#[derive(Clone, Default)]
pub struct Settings {
    /// `postgresql://user:password@host:port/database?sslmode=require`. The settings beside it win.
    pub url: Option<String>,
    /// The host, or the folder of a Unix socket.
    pub host: Option<String>,
    /// Whether the whole of the host, or of the URL, is a variable of the environment.
    pub is_host_from_environment: bool,
    /// The port.
    pub port: Option<String>,
    /// The database.
    pub database: Option<String>,
    /// The user.
    pub username: Option<String>,
    /// What messages call the user, where its own name is nobody's business.
    pub shown_user: Option<String>,
    /// The password of the user.
    pub password: Option<String>,
    /// The schema of the tables; if `None`, those in which the user's names are looked up.
    pub schema: Option<String>,
    /// `disable`, `prefer`, `require`, `verify-ca` or `verify-full`.
    pub sslmode: Option<String>,
    /// A file with the certificates of the authorities to believe, or `system`.
    pub sslrootcert: Option<PathBuf>,
    /// How many seconds connecting may take.
    pub connect_timeout: Option<String>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Settings(..)")
    }
}

/// What to connect to.
pub(super) struct Target {
    pub(super) config: Config,
    pub(super) trust: Trust,
    pub(super) schema: Option<String>,
    pub(super) shown_user: Option<String>,
    pub(super) connect_timeout: Option<Duration>,
    /// Whether there is a `PGPASSWORD` that was kept from this host.
    pub(super) is_password_kept: bool,
}

/// The parts of a URL that PostgreSQL's own driver does not read.
#[derive(Default)]
struct InUrl {
    sslmode: Option<String>,
    sslrootcert: Option<PathBuf>,
    connect_timeout: Option<String>,
}

impl Settings {
    pub(super) fn target(self) -> Result<Target, String> {
        self.target_with(variable)
    }

    /// Never names a value that may hold a secret.
    fn target_with(self, variable: impl Fn(&str) -> Option<String>) -> Result<Target, String> {
        let (url, in_url) = self.url.as_deref().map(of_url).transpose()?.unwrap_or_default();
        let mut config = Config::new();
        let is_host_chosen = self.host.is_some() || !url.get_hosts().is_empty();
        match &self.host {
            Some(host) => {
                config.host(host);
            }
            None if is_host_chosen => add_hosts(&mut config, url.get_hosts()),
            None => {
                config.host(variable("PGHOST").unwrap_or_else(own_socket));
            }
        }
        // A host of its own takes no more than the first of the ports.
        let most = if self.host.is_some() { 1 } else { usize::MAX };
        for port in ports(self.port.as_deref(), &url, &variable)?.into_iter().take(most) {
            config.port(port);
        }
        if let Some(user) = self.username.or_else(|| url.get_user().map(str::to_owned)).or_else(|| variable("PGUSER")) {
            config.user(user);
        }
        let database = self.database.or_else(|| url.get_dbname().map(str::to_owned)).or_else(|| variable("PGDATABASE"));
        if let Some(database) = database {
            config.dbname(database);
        }
        if let Some(password) = self.password.map(String::into_bytes).or_else(|| url.get_password().map(<[u8]>::to_vec))
        {
            config.password(password);
        }
        let is_ours = !is_host_chosen || self.is_host_from_environment || is_own_host(&config, &variable);
        let own = if config.get_password().is_none() { variable("PGPASSWORD") } else { None };
        let is_password_kept = own.is_some() && !is_ours;
        if let Some(password) = own.filter(|_| is_ours) {
            config.password(password);
        }
        let seconds = self.connect_timeout.or(in_url.connect_timeout).or_else(|| variable("PGCONNECT_TIMEOUT"));
        let connect_timeout = seconds.map(|seconds| seconds_of(&seconds)).transpose()?.flatten();
        let mode = self.sslmode.or(in_url.sslmode).or_else(|| variable("PGSSLMODE"));
        if in_url.sslrootcert.is_some() && !self.is_host_from_environment {
            return Err("its `url` has `sslrootcert`; that is a setting of its own, beside `url`".to_owned());
        }
        let certificates = self.sslrootcert.or(in_url.sslrootcert);
        let certificates = certificates.or_else(|| variable("PGSSLROOTCERT").map(PathBuf::from));
        let (mode, trust) = security(mode.as_deref().unwrap_or("prefer"), certificates)?;
        // What does not leave the machine needs no TLS, and PostgreSQL has none there.
        let is_socket = config.get_hosts().iter().all(|host| !matches!(host, Host::Tcp(_)));
        config.ssl_mode(if is_socket { SslMode::Disable } else { mode }).application_name("pact");
        Ok(Target {
            config,
            trust,
            schema: self.schema,
            shown_user: self.shown_user,
            connect_timeout,
            is_password_kept,
        })
    }
}

fn add_hosts(config: &mut Config, hosts: &[Host]) {
    for host in hosts {
        match host {
            Host::Tcp(host) => config.host(host),
            #[cfg(unix)]
            Host::Unix(path) => config.host_path(path),
        };
    }
}

/// The ports, one for all hosts or one for each.
fn ports(own: Option<&str>, url: &Config, variable: &impl Fn(&str) -> Option<String>) -> Result<Vec<u16>, String> {
    let number = |port: &str| port.trim().parse::<u16>().map_err(|_| "its `port` is no number of a port".to_owned());
    match own {
        Some(port) => Ok(vec![number(port)?]),
        None if url.get_ports().is_empty() => variable("PGPORT").iter().map(|port| number(port)).collect(),
        None => Ok(url.get_ports().to_vec()),
    }
}

/// Where a server on this machine listens, as Debian and most others build it.
fn own_socket() -> String {
    let folder = "/var/run/postgresql";
    if cfg!(unix) && std::path::Path::new(folder).is_dir() { folder.to_owned() } else { "localhost".to_owned() }
}

/// Whether the hosts are that of `PGHOST`, or on this machine where there is none.
fn is_own_host(config: &Config, variable: &impl Fn(&str) -> Option<String>) -> bool {
    let own = variable("PGHOST");
    let is_own = |host: &Host| match (host, &own) {
        (Host::Tcp(host), Some(own)) => host == own,
        (Host::Tcp(host), None) => matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        (Host::Unix(path), Some(own)) => path.as_os_str() == own.as_str(),
        #[cfg(unix)]
        (Host::Unix(_), None) => true,
    };
    config.get_hosts().iter().all(is_own) && config.get_hostaddrs().is_empty()
}

/// What a URL says.
fn of_url(url: &str) -> Result<(Config, InUrl), String> {
    if !url.starts_with("postgresql://") && !url.starts_with("postgres://") {
        return Err("its `url` does not begin with postgresql://".to_owned());
    }
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut in_url = InUrl::default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        match key {
            "sslmode" => in_url.sslmode = Some(value.to_owned()),
            "sslrootcert" => in_url.sslrootcert = Some(PathBuf::from(value)),
            "connect_timeout" => in_url.connect_timeout = Some(value.to_owned()),
            "application_name" => {}
            // What it is called is not told: it may be the rest of a password.
            _ => {
                return Err(
                    "its `url` has a parameter that is none of sslmode, sslrootcert and connect_timeout".to_owned()
                );
            }
        }
    }
    let unreadable = "its `url` can't be read; it is written postgresql://user:password@host:5432/database, and letters such as \
                      `@`, `:` and `/` in a password as %40, %3A and %2F";
    let config = Config::from_str(base).map_err(|_| unreadable.to_owned())?;
    // What is behind an `@` in a password was taken for the host, and must not be told as one.
    let is_odd = |host: &Host| matches!(host, Host::Tcp(host) if host.contains('@'));
    if config.get_hosts().iter().any(is_odd) {
        return Err(unreadable.to_owned());
    }
    Ok((config, in_url))
}

fn seconds_of(text: &str) -> Result<Option<Duration>, String> {
    let seconds = text.trim().parse().map_err(|_| "its `connect_timeout` is no whole number of seconds".to_owned());
    let seconds: u64 = seconds?;
    Ok((seconds > 0).then(|| Duration::from_secs(seconds)))
}

/// What a degree of security means. As everywhere with PostgreSQL, `prefer` and `require` believe whoever answers.
fn security(mode: &str, certificates: Option<PathBuf>) -> Result<(SslMode, Trust), String> {
    let file = certificates.filter(|path| path.as_os_str() != "system");
    let has_file = file.is_some();
    let authorities = file.map_or(Authorities::System, Authorities::File);
    Ok(match mode {
        "disable" => (SslMode::Disable, Trust::Anyone),
        "allow" | "prefer" => (SslMode::Prefer, Trust::Anyone),
        // Who names authorities wants them asked.
        "require" if has_file => (SslMode::Require, Trust::Authority(authorities)),
        "require" => (SslMode::Require, Trust::Anyone),
        "verify-ca" => (SslMode::Require, Trust::Authority(authorities)),
        "verify-full" => (SslMode::Require, Trust::Host(authorities)),
        _ => {
            return Err("its `sslmode` is none of disable, prefer, require, verify-ca and verify-full".to_owned());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(settings: Settings, variables: &[(&str, &str)]) -> Result<Target, String> {
        settings
            .target_with(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[expect(clippy::unnecessary_wraps, reason = "settings are what may not be there")]
    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn password(settings: Settings, variables: &[(&str, &str)]) -> Option<String> {
        let target = target(settings, variables).unwrap();
        target.config.get_password().map(|password| String::from_utf8(password.to_vec()).unwrap())
    }

    #[test]
    fn settings_stand_before_the_url_and_the_url_before_the_environment() {
        let settings = Settings {
            url: some("postgresql://ada:a%40b@db.example.com:6000/shop?sslmode=verify-full&connect_timeout=3"),
            port: some("6001"),
            schema: some("sales"),
            ..Settings::default()
        };
        let variables = [("PGUSER", "eve"), ("PGPORT", "1"), ("PGDATABASE", "x"), ("PGHOST", "y"), ("PGPASSWORD", "z")];
        let target = target(settings, &variables).unwrap();
        let config = &target.config;
        assert_eq!(config.get_hosts(), [Host::Tcp("db.example.com".into())]);
        assert_eq!(
            (config.get_ports(), config.get_user(), config.get_dbname()),
            (&[6001][..], Some("ada"), Some("shop"))
        );
        assert_eq!(config.get_password(), Some(&b"a@b"[..]));
        assert_eq!(target.trust, Trust::Host(Authorities::System));
        assert_eq!((target.schema.as_deref(), target.connect_timeout), (Some("sales"), Some(Duration::from_secs(3))));
    }

    #[test]
    fn the_environment_fills_in_what_is_left_out() {
        let variables =
            [("PGHOST", "db"), ("PGPORT", "7"), ("PGUSER", "ada"), ("PGDATABASE", "shop"), ("PGPASSWORD", "z")];
        let target = target(Settings::default(), &variables).unwrap();
        let config = &target.config;
        assert_eq!(config.get_hosts(), [Host::Tcp("db".into())]);
        assert_eq!((config.get_ports(), config.get_user(), config.get_dbname()), (&[7][..], Some("ada"), Some("shop")));
        assert_eq!(config.get_password(), Some(&b"z"[..]));
    }

    #[test]
    fn the_password_of_the_environment_goes_to_no_host_of_a_contract() {
        let host = |host: &str| Settings { host: some(host), ..Settings::default() };
        let url = |url: &str| Settings { url: some(url), ..Settings::default() };
        let (own, none) = ([("PGPASSWORD", "z"), ("PGHOST", "db")], [("PGPASSWORD", "z")]);
        for (settings, variables, goes) in [
            (host("db"), &own[..], true),
            (host("localhost"), &own, false),
            (host("evil.example.com"), &own, false),
            (url("postgresql://evil.example.com/db"), &own, false),
            (url("postgresql://db,evil.example.com/db"), &own, false),
            (url("postgresql://db/shop"), &own, true),
            (url("postgresql:///shop"), &own, true),
            (Settings { is_host_from_environment: true, ..host("other") }, &own, true),
            (host("evil.example.com"), &none, false),
            (host("localhost"), &none, true),
            (host("/tmp"), &none, true),
        ] {
            let (shown, has_url) = (settings.host.clone(), settings.url.clone());
            let kept = target(settings.clone(), variables).unwrap().is_password_kept;
            assert_eq!(password(settings, variables).is_some(), goes, "{shown:?} {has_url:?}");
            assert_eq!(kept, !goes, "{shown:?} {has_url:?}");
        }
    }

    #[test]
    fn what_can_not_be_read_is_told_without_secrets() {
        let with = |url: &str| Settings { url: some(url), ..Settings::default() };
        for settings in [
            with("postgresql://ada:hunter@2@db/shop"),
            with("postgresql://ada:hunter2@db:port/shop"),
            with("mysql://ada:hunter2@db/shop"),
            with("postgresql://ada:hunter2@db/shop?options=-c"),
            with("postgresql://ada:p?hunter2@db/shop"),
            Settings { sslmode: some("on"), ..Settings::default() },
            Settings { port: some("x"), ..Settings::default() },
            Settings { connect_timeout: some("soon"), ..Settings::default() },
        ] {
            let error = target(settings, &[]).err().unwrap();
            assert!(!error.contains("hunter"), "{error}");
        }
    }
}
