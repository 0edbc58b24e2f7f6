//! HTTP: many services asked at once, each within bounds of time and size. The only module that knows the HTTP client and
//! the runtime that it needs.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::io;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use tokio::task::JoinSet;
use tokio::time::{timeout, timeout_at};

use super::clock;

/// A `GET` request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The whole address.
    pub url: String,
    /// How to identify oneself.
    pub credentials: Credentials,
    /// The most bytes of the answer, after decompression.
    pub max_bytes: usize,
}

/// How to identify oneself. Never printed.
#[derive(Clone, Default)]
pub enum Credentials {
    /// Not at all.
    #[default]
    None,
    /// A bearer token (RFC 6750).
    Bearer(String),
    /// A key in the header `X-API-Key`.
    ApiKey(String),
    /// Name and password (RFC 7617).
    Basic(String, String),
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Credentials(..)")
    }
}

/// What came of a request.
#[derive(Debug, Clone)]
pub struct Reply {
    /// When it was sent.
    pub asked_at: Timestamp,
    /// How long the whole answer took.
    pub elapsed: Duration,
    /// The body of an answer with status 200, or what went wrong.
    pub result: Result<Vec<u8>, Trouble>,
}

/// What went wrong. The texts hold no address and no credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody listens there.
    Refused,
    /// The host is not known.
    UnknownHost,
    /// The connection broke, or TLS failed.
    Unreachable(String),
    /// The answer was not complete in time.
    TimedOut(Duration),
    /// A status other than 200.
    Status(u16),
    /// A redirect; pact follows none, so that credentials stay with the host that they are for.
    Redirect(u16),
    /// More bytes than wanted.
    TooLarge(usize),
    /// It was never sent, and why.
    NotAsked(String),
}

/// The bounds of a run.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long one request may take, from the connection to the last byte.
    pub timeout: Duration,
    /// How long the whole run may take.
    pub deadline: Duration,
    /// How many groups of requests are under way at once.
    pub concurrency: usize,
}

/// Sends groups of requests, the requests of a group at once, and hands over each group's replies as soon as they are
/// complete: every request gets a reply, in its order. Groups that are complete at the same time, or while `done` was
/// busy, come together. What has not been sent when the run's time is over is [`Trouble::NotAsked`].
///
/// # Errors
///
/// The network can't be used at all.
pub fn ask_all(
    groups: Vec<Vec<Request>>,
    limits: Limits,
    mut done: impl FnMut(Vec<(usize, Vec<Reply>)>),
) -> Result<(), String> {
    let client = Asker::new()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start the network runtime: {error}"))?;
    let started = Instant::now();
    let end = started + limits.deadline;
    runtime.block_on(async {
        let mut waiting: VecDeque<_> = groups.into_iter().enumerate().collect();
        let mut running = JoinSet::new();
        let mut complete = Vec::new();
        loop {
            // What waits is sent before `done` is called, which may take its time.
            while running.len() < limits.concurrency.max(1)
                && let Some((index, requests)) = waiting.pop_front()
            {
                let client = client.clone();
                running.spawn(async move { (index, ask_group(&client, requests, limits.timeout, end).await) });
            }
            if !complete.is_empty() {
                done(std::mem::take(&mut complete));
            }
            let Some(first) = running.join_next().await else { break };
            let others = std::iter::from_fn(|| running.try_join_next());
            // A task ends early only if it panics, which would be a fault of ours: the missing group is noticed by whoever
            // counts, and never taken for an answer.
            complete.extend(std::iter::once(first).chain(others).flatten());
        }
    });
    // A name that is still being looked up must not hold up the end of the program.
    runtime.shutdown_background();
    Ok(())
}

/// One client for all requests. Without an authority to trust there is no HTTPS, while plain HTTP still works.
#[derive(Clone)]
struct Asker {
    client: Client,
    /// Why there is no HTTPS.
    no_https: Option<String>,
}

impl Asker {
    fn new() -> Result<Self, String> {
        // An error means that a provider is installed already, which is just as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = || {
            Client::builder()
                .redirect(Policy::none())
                .referer(false)
                .user_agent(concat!("pact/", env!("CARGO_PKG_VERSION")))
                .pool_max_idle_per_host(4)
        };
        builder().build().map(|client| Self { client, no_https: None }).or_else(|error| {
            let why = format!("HTTPS can't be used ({}); install the system's CA certificates", chain(&error));
            let client = builder().tls_certs_only([]).build().map_err(|error| chain(&error))?;
            Ok(Self { client, no_https: Some(why) })
        })
    }
}

async fn ask_group(client: &Asker, requests: Vec<Request>, limit: Duration, end: Instant) -> Vec<Reply> {
    let mut asked = JoinSet::new();
    let count = requests.len();
    for (index, request) in requests.into_iter().enumerate() {
        let client = client.clone();
        asked.spawn(async move { (index, ask(&client, request, limit, end).await) });
    }
    let mut replies: Vec<Option<Reply>> = vec![None; count];
    while let Some(joined) = asked.join_next().await {
        if let Ok((index, reply)) = joined
            && let Some(slot) = replies.get_mut(index)
        {
            *slot = Some(reply);
        }
    }
    let lost = || Reply {
        asked_at: clock::now(),
        elapsed: Duration::ZERO,
        result: Err(Trouble::NotAsked("the request was given up".into())),
    };
    replies.into_iter().map(|reply| reply.unwrap_or_else(lost)).collect()
}

async fn ask(client: &Asker, request: Request, limit: Duration, end: Instant) -> Reply {
    let asked_at = clock::now();
    let started = Instant::now();
    let reply = |result| Reply { asked_at, elapsed: started.elapsed(), result };
    if started >= end {
        return reply(Err(Trouble::NotAsked("the time of the run was over".to_owned())));
    }
    // Both limits bound everything, the body included: a server that sends a byte a second can't hold up the run.
    let result = match timeout_at(end.into(), timeout(limit, fetch(client, request))).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(Trouble::TimedOut(limit)),
        Err(_) => Err(Trouble::TimedOut(started.elapsed())),
    };
    reply(result)
}

async fn fetch(asker: &Asker, request: Request) -> Result<Vec<u8>, Trouble> {
    let url = Url::parse(&request.url).map_err(|error| Trouble::NotAsked(format!("the address is no URL: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Trouble::NotAsked("the address begins with neither http:// nor https://".to_owned()));
    }
    if let (Some(why), "https") = (&asker.no_https, url.scheme()) {
        return Err(Trouble::NotAsked(why.clone()));
    }
    let builder = asker.client.get(url).header("accept", "application/json, text/plain;version=0.0.4;q=0.5");
    let builder = match &request.credentials {
        Credentials::None => builder,
        Credentials::Bearer(token) => builder.bearer_auth(token),
        Credentials::ApiKey(key) => builder.header("x-api-key", key),
        Credentials::Basic(name, password) => builder.basic_auth(name, Some(password)),
    };
    let mut response = builder.send().await.map_err(|error| trouble(&error))?;
    let status = response.status();
    if status.is_redirection() {
        return Err(Trouble::Redirect(status.as_u16()));
    }
    if status != StatusCode::OK {
        return Err(Trouble::Status(status.as_u16()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| trouble(&error))? {
        if body.len() + chunk.len() > request.max_bytes {
            return Err(Trouble::TooLarge(request.max_bytes));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn trouble(error: &reqwest::Error) -> Trouble {
    if error.is_builder() {
        return Trouble::NotAsked("a header can't be built; look at the values of the credentials".to_owned());
    }
    let mut source: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(cause) = source {
        // The type of this error is private, its text is not.
        if cause.to_string() == "dns error" {
            return Trouble::UnknownHost;
        }
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            if error.kind() == io::ErrorKind::ConnectionRefused {
                return Trouble::Refused;
            }
            if is_out_of_files(error) {
                let why = "this process may open no more files; lower --concurrency, or raise `ulimit -n`";
                return Trouble::NotAsked(why.to_owned());
            }
        }
        source = cause.source();
    }
    Trouble::Unreachable(chain(error))
}

/// The limit of open files is this machine's trouble: it says nothing of the service.
fn is_out_of_files(error: &io::Error) -> bool {
    /// `ENFILE` and `EMFILE`, which are the same numbers on every Unix.
    const CODES: [i32; 2] = [23, 24];
    cfg!(unix) && error.raw_os_error().is_some_and(|code| CODES.contains(&code))
}

/// The causes of an error. The first sentence of the client's own errors holds the address, which may hold secrets.
fn chain(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        // The client's name for the step at which it failed; what comes behind says more.
        if !text.starts_with("client error (") {
            causes.push(text);
        }
        source = cause.source();
    }
    causes.dedup();
    if causes.is_empty() { "the connection failed".to_owned() } else { causes.join(": ") }
}
