//! The nouns of data contracts. Knows no file format, no terminal and no other module of pact: the vocabulary outlives
//! every format that it is written in.

mod access;
mod contract;
mod dataset;
mod field;
mod hours;
mod lifecycle;
mod literal;
mod measure;
mod path;
mod quality;
mod registry;
mod service_levels;
mod subscription;
mod terms;
mod types;
mod words;

pub use access::{Access, AuthType, Pagination, Redirect, Role, RoleAccess, Sharing, TlsVersion};
pub use contract::{
    Alert, Channel, Compatibility, Contract, ContractKind, Lineage, Mode, Publisher, Scoring, Source, SourceId, Status,
};
pub use dataset::{Dataset, ForeignKey};
pub use field::{Constraint, ConstraintKind, Deprecation, Field};
pub use hours::{Covered, Hours, Weekday};
pub use lifecycle::{Approval, Lifecycle};
pub use literal::Literal;
pub use measure::{Counted, Measure, Quantity, Unreadable};
pub use path::{Path, Step};
pub use quality::{Measuring, Metric, Quality, Rule, RuleFamily, RuleSeverity};
pub use registry::{Calendar, Dangling, Index, Registry, Window};
pub use service_levels::{
    Delivery, DeliveryDirection, DeliveryMode, Driver, Incidents, Maintenance, Operation, ServiceLevels, Support,
    Volume,
};
pub use subscription::{Overrides, Subscriber, Subscription};
pub use terms::{Obligations, Price, Terms};
pub use types::{DataType, live_type};
