//! The nouns of data contracts. Knows no file format, no terminal and no other module of pact: the vocabulary outlives
//! every format that it is written in.

mod contract;
mod dataset;
mod field;
mod literal;
mod measure;
mod path;
mod physical;
mod quality;
mod registry;
mod subscription;
mod types;
pub mod values;
mod words;

pub use contract::{
    Access, Alert, Approval, AuthType, Compatibility, Contract, ContractKind, Lifecycle, Lineage, Mode, Obligations,
    Publisher, Scoring, Source, SourceId, Status,
};
pub use dataset::{Dataset, ForeignKey, Medium};
pub use field::{Constraint, ConstraintKind, Deprecation, Field, Storage};
pub use literal::Literal;
pub use measure::{Measure, Quantity, Unreadable};
pub use path::{Path, Step};
pub use physical::{Digits, Physical, PhysicalType, SECOND_DIGITS};
pub use quality::{Metric, Quality, Rule, RuleFamily, RuleSeverity, ServiceLevels, Volume};
pub use registry::{Calendar, Dangling, Index, Registry, Window};
pub use subscription::{Overrides, Subscriber, Subscription};
pub use types::{DataType, live_type};
