//! The nouns of data contracts. Knows no file format, no terminal and no other module of pact: the vocabulary outlives
//! every format that it is written in.

mod access;
mod constraint;
mod contract;
mod dataset;
mod date_form;
mod field;
mod hours;
mod lifecycle;
mod literal;
mod measure;
mod path;
mod physical;
mod privacy;
mod quality;
mod reference;
mod registry;
#[cfg(test)]
pub(crate) mod samples;
mod semantics;
mod service_levels;
mod statistic;
mod storage;
mod subscription;
mod terms;
mod text_form;
mod typed;
mod types;
pub mod values;
mod words;

pub use access::{Access, AuthType, Pagination, Redirect, Role, RoleAccess, Sharing, TlsVersion};
pub use constraint::{Constraint, ConstraintKind, ListedValue, Listing};
pub use contract::{
    Alert, Channel, Compatibility, Contract, ContractKind, Design, Lineage, Mode, Publisher, Scoring, Source, SourceId,
    Status,
};
pub use dataset::{Dataset, Medium};
pub use date_form::DateForm;
pub use field::{Deprecation, Details, Field, Storage};
pub use hours::{Covered, Hours, Weekday, fixed_offset};
pub use lifecycle::{Approval, Lifecycle};
pub use literal::Literal;
pub use measure::{Counted, Measure, Quantity, Unreadable};
pub use path::{Path, Step};
pub use physical::{Digits, Physical, PhysicalType, SECOND_DIGITS};
pub use privacy::Privacy;
pub use quality::{
    Assertion, Bound, MeasuredMetric, Measuring, Metric, Operator, Quality, Rule, RuleFamily, RuleSeverity, Subject,
};
pub use reference::{Cardinality, ForeignKey, ReferenceAction};
pub use registry::{Calendar, Dangling, Index, Registry, Window};
pub use semantics::{Aggregation, Exactness, FieldRole, Moment, Rounding, Semantics};
pub use service_levels::{
    DeliveryDirection, DeliveryMode, DeliveryTerms, Driver, Incidents, Maintenance, OperationTerms, ServiceLevels,
    Support, Volume,
};
pub use statistic::Statistic;
pub use storage::{
    Compression, Delivery, ExtraFields, FileFormat, Files, Grain, LineEnding, Operation, Topic, WriteMode,
};
pub use subscription::{Overrides, Subscriber, Subscription};
pub use terms::{Obligations, Price, Terms};
pub use text_form::{DAY, TextForm, UUID};
pub use types::{DataType, live_type};
