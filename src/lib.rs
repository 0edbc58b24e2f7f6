//! pact: the contract toolchain for data.

pub mod finding;
pub mod format;
pub mod model;
pub mod source;
