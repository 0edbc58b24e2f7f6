//! Contracts to pages: the dictionary of fields, the diagram of datasets and their relations. Pure: the model in, values
//! and text out; every text of a contract is made harmless on the way.

pub mod dictionary;
pub mod erd;
pub mod impact;
