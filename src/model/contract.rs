//! The contract itself: identity, ownership, and where the live data is.

use semver::Version;

use super::words::words;
use super::{
    Access, Dataset, Field, Lifecycle, Literal, Obligations, Price, Quality, Rule, ServiceLevels, Subscriber, Terms,
};

/// The document that something came from. Only who loaded the documents knows what is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub u32);

/// A promise for one data product.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// The document that it came from.
    pub source: SourceId,
    /// A published contract, or the producer's internal model.
    pub kind: ContractKind,
    /// The name, unique in the repository.
    pub name: String,
    /// A name that stays whatever the contract is called, where it is not the name itself.
    pub id: Option<String>,
    /// The version of the format that it is written in, such as `ODCS 3.1.0`; `None` where the format has none.
    pub format_version: Option<String>,
    /// The version of the promise.
    pub version: Version,
    /// The version as it is written, where that is no SemVer version: then `version` is the nearest that there is, and
    /// 0.0.0 where there is none.
    pub written_version: Option<String>,
    /// Where in its life it is.
    pub status: Status,
    /// The status as it is written, where that is none of the known ones: then `status` is active, the strictest.
    pub written_status: Option<String>,
    /// What it is called among people.
    pub title: Option<String>,
    /// Whose data it is, where several share one system.
    pub tenant: Option<String>,
    /// What the data product is.
    pub description: Option<String>,
    /// The business domain as a path: `flight_ops.crew`.
    pub domain: Option<String>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Anything else, for other tools.
    pub metadata: Vec<(String, Literal)>,
    /// Whom the version protects; `None` leaves it to the configuration.
    pub compatibility: Option<Compatibility>,
    /// Who publishes it.
    pub publisher: Publisher,
    /// The datasets: at least one in a valid contract.
    pub datasets: Vec<Dataset>,
    /// Whether the fields stand at the top level (`schema`) rather than in `datasets`.
    pub short_form: bool,
    /// Quality promised for all datasets.
    pub quality: Vec<Quality>,
    /// Rules, technical and business.
    pub rules: Vec<Rule>,
    /// Promises about operation.
    pub service_levels: ServiceLevels,
    /// How to get at the data.
    pub access: Option<Access>,
    /// Who uses it.
    pub subscribers: Vec<Subscriber>,
    /// What the producer owes when things change.
    pub obligations: Obligations,
    /// The legal terms; `None` where nothing is said of them.
    pub terms: Option<Box<Terms>>,
    /// What the data costs; `None` where nothing is said of it.
    pub price: Option<Box<Price>>,
    /// Where the live data is, by environment.
    pub sources: Vec<Source>,
    /// Where the data comes from and goes to.
    pub lineage: Lineage,
    /// Approvals and dates.
    pub lifecycle: Lifecycle,
    /// Who is told of violations.
    pub alerts: Vec<Alert>,
    /// How checks are weighed into a score.
    pub scoring: Scoring,
    /// What only an internal model says; `None` where nothing is said.
    pub design: Option<Box<Design>>,
}

impl Contract {
    /// A draft of version 0.0.0 that says nothing but its name.
    pub fn new(source: SourceId, name: impl Into<String>) -> Self {
        Self {
            source,
            kind: ContractKind::Contract,
            name: name.into(),
            id: None,
            format_version: None,
            version: Version::new(0, 0, 0),
            written_version: None,
            status: Status::default(),
            written_status: None,
            title: None,
            tenant: None,
            description: None,
            domain: None,
            tags: Vec::new(),
            metadata: Vec::new(),
            compatibility: None,
            publisher: Publisher::default(),
            datasets: Vec::new(),
            short_form: false,
            quality: Vec::new(),
            rules: Vec::new(),
            service_levels: ServiceLevels::default(),
            access: None,
            subscribers: Vec::new(),
            obligations: Obligations::default(),
            terms: None,
            price: None,
            sources: Vec::new(),
            lineage: Lineage::default(),
            lifecycle: Lifecycle::default(),
            alerts: Vec::new(),
            scoring: Scoring::default(),
            design: None,
        }
    }

    /// What it is known by whatever it is called: its `id`, and its name where it has none.
    pub fn key(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.name)
    }

    /// Everything that others may call it: its name, and its `id` where it has one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.id.as_deref())
    }

    /// Whether this is its name or its `id`.
    pub fn is_called(&self, name: &str) -> bool {
        self.names().any(|own| own == name)
    }

    /// Whether both are one contract at two times: they have the same key, or the same name.
    pub fn is_one_with(&self, other: &Self) -> bool {
        self.key() == other.key() || self.name == other.name
    }

    /// Whether the version can be held against others: it is a SemVer version, or near enough to one to be read as such.
    pub fn has_readable_version(&self) -> bool {
        let is_zero = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit == b'0');
        let is_zeros = |text: &str| text.trim_start_matches(['v', 'V']).split('.').all(is_zero);
        self.written_version.as_deref().is_none_or(|text| self.version != Version::new(0, 0, 0) || is_zeros(text))
    }

    /// The version as it is written.
    pub fn version_text(&self) -> String {
        self.written_version.clone().unwrap_or_else(|| self.version.to_string())
    }

    /// The dataset of a name.
    pub fn dataset(&self, name: &str) -> Option<&Dataset> {
        self.datasets.iter().find(|dataset| dataset.name == name)
    }

    /// The dataset and field of a reference written as `field` or `dataset.field`, nested fields with dots. A plain
    /// field name is looked up in every dataset.
    pub fn field_at(&self, reference: &str) -> Option<(&Dataset, &Field)> {
        let in_dataset = self.datasets.iter().find_map(|dataset| {
            let rest = reference.strip_prefix(dataset.name.as_str())?.strip_prefix('.')?;
            dataset.field_at(rest).map(|field| (dataset, field))
        });
        in_dataset.or_else(|| self.datasets.iter().find_map(|dataset| Some((dataset, dataset.field_at(reference)?))))
    }
}

/// What kind of document describes the datasets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ContractKind {
    /// The published promise.
    #[default]
    Contract,
    /// The producer's internal design, of which a contract publishes a subset.
    Model,
}

/// What an internal model says beyond what contracts do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Design {
    /// The contract that publishes a subset of the model.
    pub publishes: Option<String>,
    /// Usual values of measures, by name.
    pub baselines: Vec<(String, Literal)>,
    /// How far measures may lie from their baselines, by name.
    pub tolerances: Vec<(String, Literal)>,
}

words! {
    /// Where in its life a contract is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
    pub enum Status {
        #[default]
        Draft = "draft", "being written; nobody may rely on it";
        Proposed = "proposed", "offered for review";
        Approved = "approved", "agreed on, not yet in force";
        Active = "active", "in force";
        Deprecated = "deprecated", "in force, and going away";
        Retired = "retired", "no longer in force";
    }
}

impl Status {
    /// Whether somebody may rely on the contract: it is active or deprecated.
    pub fn is_binding(self) -> bool {
        matches!(self, Self::Active | Self::Deprecated)
    }
}

/// Whom a version number protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Compatibility {
    /// Whom.
    pub mode: Mode,
    /// Whether every version counts that a live subscriber still pins, and not only the one before.
    pub transitive: bool,
}

words! {
    /// Whom a version number protects.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum Mode {
        #[default]
        Readers = "readers", "whoever reads the data keeps working when new data comes (the default)";
        Writers = "writers", "whoever writes the data still conforms";
        Both = "both", "readers and writers";
        None = "none", "changes are reported and demand no version";
    }
}

/// Who publishes a contract.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Publisher {
    /// The team.
    pub team: Option<String>,
    /// The person or role that answers for it.
    pub owner: Option<String>,
    /// Where the producing code lives.
    pub repository_url: Option<String>,
    /// Whom to ask.
    pub contact_email: Option<String>,
    /// Who works on it.
    pub members: Vec<String>,
    /// Other ways to ask.
    pub channels: Vec<Channel>,
}

/// A way to ask the publisher.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// What it is: `slack`, `phone`, `tickets`, ...
    pub channel: String,
    /// Its address; empty where it has none.
    pub to: String,
    /// Anything else, for other tools.
    pub metadata: Vec<(String, Literal)>,
}

/// Where the live data of an environment is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Source {
    /// The environment, such as `production`.
    pub environment: String,
    /// What kind of system: `http`, `postgres`, `csv`, ...
    pub kind: String,
    /// Everything else by its key. Secrets are references to environment variables (`${NAME}`).
    pub settings: Vec<(String, Literal)>,
}

/// Where the data comes from and goes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lineage {
    /// Contracts that this one builds on.
    pub depends_on: Vec<String>,
    /// Systems that it reads from.
    pub pulls_from: Vec<String>,
    /// Systems that it writes to.
    pub pushes_to: Vec<String>,
    /// Systems of record behind it.
    pub sources: Vec<String>,
    /// Contracts of which this dataset is a transformation.
    pub derived_from: Vec<String>,
}

/// Who is told of violations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// From which severity on.
    pub severity: String,
    /// By which channel: `slack`, `email`, ...
    pub channel: String,
    /// Where to.
    pub to: Option<String>,
    /// For which consumer alone.
    pub consumer: Option<String>,
}

/// How checks are weighed into a score.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scoring {
    /// The weight of each kind of check.
    pub weights: Vec<(String, f64)>,
    /// Other weights by persona.
    pub personas: Vec<(String, Vec<(String, f64)>)>,
}
