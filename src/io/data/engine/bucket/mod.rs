//! Files in buckets. Threads that read text wait for what they read, so that all that talks to a store runs on threads of its own.

mod list;
mod read;
mod trouble;

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use datafusion::execution::object_store::ObjectStoreUrl;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::SpawnedReqwestConnector;
use object_store::gcp::{GcpCredential, GoogleCloudStorageBuilder};
use object_store::{ClientOptions, ObjectStore, RetryConfig, StaticCredentialProvider};
use tokio::runtime::Handle;

pub(super) use self::list::files;
pub(super) use self::read::{Footer, Reader};
pub(super) use self::trouble::of_error;
use super::threads::Threads;
use crate::io::data::Trouble;
use crate::io::data::buckets::{Bucket, Provider};

/// How often a request is made again that came to nothing.
const RETRIES: usize = 3;
/// How long an answer is waited for where nobody said so.
const PATIENCE: Duration = Duration::from_mins(5);

/// The stores of a session, and the threads that talk to them.
pub(super) struct Stores {
    threads: Threads,
    patience: Duration,
    open: Vec<Arc<Store>>,
}

impl std::fmt::Debug for Stores {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Stores")
    }
}

impl Stores {
    pub(super) fn start(deadline: Option<Duration>) -> Result<Self, Trouble> {
        let threads = Threads::start("pact-buckets", 1)
            .map_err(|error| Trouble::Lost(format!("nothing can be asked of buckets: {error}")))?;
        Ok(Self { threads, patience: deadline.unwrap_or(PATIENCE), open: Vec::new() })
    }

    /// The store of a bucket, and whether it is a new one.
    pub(super) fn of(&mut self, bucket: &Bucket) -> Result<(Arc<Store>, bool), Trouble> {
        if let Some(known) = self.open.iter().find(|store| store.bucket.is_same_store(bucket)) {
            return Ok((Arc::clone(known), false));
        }
        let failed = |what: &str| Trouble::Lost(format!("the bucket can't be asked: {what}"));
        let handle = self.threads.clone();
        // What is wrong may be a secret, and is not told.
        let inner = built(bucket, &handle, self.patience).map_err(|_| {
            failed("its settings, or the credentials of the environment, are none that its store can be asked with")
        })?;
        let url =
            ObjectStoreUrl::parse(format!("bucket://n{}", self.open.len())).map_err(|_| failed("it has no name"))?;
        let store = Arc::new(Store { bucket: bucket.clone(), inner, url, handle, patience: self.patience });
        self.open.push(Arc::clone(&store));
        Ok((store, true))
    }
}

/// A store that can be asked.
#[derive(Debug)]
pub(super) struct Store {
    bucket: Bucket,
    pub(super) inner: Arc<dyn ObjectStore>,
    /// The name under which the engine knows it.
    pub(super) url: ObjectStoreUrl,
    handle: Handle,
    patience: Duration,
}

impl Store {
    /// Waits for something that the store is asked, on a thread that may wait.
    fn wait<T: Send + 'static>(
        &self,
        work: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> Result<T, Failed> {
        self.start(work).wait()
    }

    /// Asks something of the store.
    fn start<T: Send + 'static>(
        &self,
        work: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> Pending<T> {
        let (sender, receiver) = mpsc::channel();
        let patience = self.patience;
        self.handle.spawn(async move {
            let answer = match tokio::time::timeout(patience, work).await {
                Ok(answer) => answer.map_err(|error| Failed::Answered(Box::new(error))),
                Err(_) => Err(Failed::Late(patience)),
            };
            // Nobody may be waiting any more.
            let _ = sender.send(answer);
        });
        Pending(receiver)
    }
}

/// An answer that is to come.
struct Pending<T>(mpsc::Receiver<Result<T, Failed>>);

impl<T> Pending<T> {
    fn wait(self) -> Result<T, Failed> {
        self.0.recv().unwrap_or(Err(Failed::GivenUp))
    }
}

/// Why there is no answer.
#[derive(Debug)]
enum Failed {
    Answered(Box<object_store::Error>),
    Late(Duration),
    GivenUp,
}

fn built(bucket: &Bucket, handle: &Handle, patience: Duration) -> object_store::Result<Arc<dyn ObjectStore>> {
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: patience, ..RetryConfig::default() };
    // Whoever waits gives up first, and says so.
    let client =
        ClientOptions::new().with_timeout(patience * 2).with_connect_timeout(patience.min(Duration::from_secs(5)));
    let connector = SpawnedReqwestConnector::new(handle.clone());
    // Options are parsed after the client, which some are about.
    macro_rules! configured {
        ($builder:expr) => {
            bucket.options.iter().try_fold(
                $builder.with_client_options(client).with_retry(retry).with_http_connector(connector),
                |builder, (key, value)| Ok::<_, object_store::Error>(builder.with_config(key.parse()?, value)),
            )?
        };
    }
    Ok(match bucket.provider {
        Provider::S3 => Arc::new(configured!(AmazonS3Builder::new().with_bucket_name(&bucket.name)).build()?),
        Provider::Azure => {
            Arc::new(configured!(MicrosoftAzureBuilder::new().with_container_name(&bucket.name)).build()?)
        }
        Provider::Gcs => {
            let mut builder = configured!(GoogleCloudStorageBuilder::new().with_bucket_name(&bucket.name));
            if !bucket.is_signed {
                // Else it would look for credentials in files of the user.
                let nobody = GcpCredential { bearer: String::new() };
                builder = builder.with_credentials(Arc::new(StaticCredentialProvider::new(nobody)));
            }
            Arc::new(builder.build()?)
        }
    })
}
