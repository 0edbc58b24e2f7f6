//! The nouns of data contracts. Knows no file format, no terminal and no other module of pact: the vocabulary outlives
//! every format that it is written in.

mod constraint;
mod contract;
mod dataset;
mod field;
mod literal;
mod measure;
mod path;
mod physical;
mod privacy;
mod quality;
mod reference;
mod registry;
mod semantics;
mod storage;
mod subscription;
mod typed;
mod types;
pub mod values;
mod words;

pub use constraint::{Constraint, ConstraintKind, ListedValue, Listing};
pub use contract::{
    Access, Alert, Approval, AuthType, Compatibility, Contract, ContractKind, Lifecycle, Lineage, Mode, Obligations,
    Publisher, Scoring, Source, SourceId, Status,
};
pub use dataset::{Dataset, Medium};
pub use field::{Deprecation, Details, Field, Storage};
pub use literal::Literal;
pub use measure::{Measure, Quantity, Unreadable};
pub use path::{Path, Step};
pub use physical::{Digits, Physical, PhysicalType, SECOND_DIGITS};
pub use privacy::Privacy;
pub use quality::{Metric, Quality, Rule, RuleFamily, RuleSeverity, ServiceLevels, Volume};
pub use reference::{Cardinality, ForeignKey, ReferenceAction};
pub use registry::{Calendar, Dangling, Index, Registry, Window};
pub use semantics::{Aggregation, Exactness, Moment, Role, Rounding, Semantics};
pub use storage::{
    Compression, Delivery, ExtraFields, FileFormat, Files, Grain, LineEnding, Operation, Topic, WriteMode,
};
pub use subscription::{Overrides, Subscriber, Subscription};
pub use types::{DataType, live_type};
