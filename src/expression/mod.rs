//! SQL in contracts: conditions on rows, expressions over fields, and whole queries. Text to a small tree with places, and
//! the tree held against the fields that it is about.
//!
//! The tree is pact's own: it has what SQL dialects agree on, and who compiles expectations for an engine prints it in the
//! words of that engine. What it does not model stays in it by its text ([`Kind::Other`]), of which nothing is claimed.
//!
//! Input is hostile here. Words and marks come from the crate `sqlparser`, and so does the judgement whether a whole query
//! is one. Its parser goes back and tries again wherever a word may mean two things, which takes exponential time on
//! `not not not ... )`, and its trees are as deep as a chain of `+` is long: so conditions are read by [`grammar`], in
//! linear time and to a bounded depth.

mod ast;
pub mod eval;
mod fold;
mod functions;
mod grammar;
mod judge;
mod mistakes;
mod operand;
mod parse;
mod print;
mod query;
mod scope;
#[cfg(test)]
mod tests;
mod types;
mod values;

pub use ast::{Call, Case, Comparison, Expr, Kind, Like, Name, Operator, Truth};
pub use functions::{FUNCTIONS, Function, Returns, Role};
pub use grammar::parse;
pub use judge::{Wanted, judge};
pub use mistakes::{Correction, Mistake, Mistakes};
pub use query::{PLACEHOLDERS, judge_query};
pub use scope::Scope;
pub use types::Type;
