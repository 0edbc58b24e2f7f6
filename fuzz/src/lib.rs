//! The laws that the fuzz targets hold texts against. They live with the tests of pact, which run them too.

#[path = "../../tests/it/laws/mod.rs"]
pub mod laws;
