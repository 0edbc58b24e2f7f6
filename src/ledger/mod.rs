//! What is recorded of an execution, and how executions are chained. Pure: the SQL is in `io::sqlite`.
//!
//! Each entry's hash is the SHA-256 of the hash before it, a line feed, and the entry's canonical bytes: its JSON with the
//! keys in the order of the structs below. What the bytes hold is exactly what the database stores, so that a changed cell
//! changes the hash. The snapshot is part of the entry by its own SHA-256.
//!
//! A chain shows that nothing in it was changed, removed or reordered. It can't show by itself that somebody who may write
//! the file has not cut off its newest entries or made it anew from some entry on: for that, keep the last hash elsewhere.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The hash that the first entry builds on.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One execution: the checks of one contract in one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Execution {
    /// Its identity (UUID version 7).
    pub id: String,
    /// The contract's name.
    pub contract: String,
    /// The contract's version.
    pub version: String,
    /// The SHA-256 of the contract's bytes, in lower-case hexadecimal.
    pub snapshot: String,
    /// The commit that was checked out; `None` where it does not have the contract's file byte for byte, and where there is no
    /// repository.
    pub commit_id: Option<String>,
    /// The name that git has for the contract's bytes.
    pub blob_id: Option<String>,
    /// The environment that was asked; `None` for the contract's own endpoint.
    pub environment: Option<String>,
    /// When it began (RFC 3339, UTC, milliseconds).
    pub started: String,
    /// When it was judged.
    pub finished: String,
    /// The worst verdict.
    pub verdict: String,
    /// The overall score.
    pub score: Option<f64>,
    /// The version of pact that judged.
    pub pact: String,
    /// The results.
    pub results: Vec<ResultRow>,
    /// What was measured.
    pub observations: Vec<ObservationRow>,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResultRow {
    /// The kind of check.
    pub kind: String,
    /// The verdict.
    pub verdict: String,
    /// The severity, where something is wrong.
    pub severity: Option<String>,
    /// The element, such as `orders.amount`.
    pub element: String,
    /// The consumer whose own expectation it is.
    pub consumer: Option<String>,
    /// What was promised.
    pub expected: String,
    /// What was found.
    pub actual: String,
    /// The share of the service level that is used up, in percent.
    pub consumed: Option<f64>,
    /// The consumers whom it hits.
    pub affected: Vec<String>,
}

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObservationRow {
    /// What was asked.
    pub ask: String,
    /// The address, without values of the environment.
    pub url: String,
    /// When (RFC 3339, UTC, milliseconds).
    pub asked_at: String,
    /// How long the whole answer took, in milliseconds.
    pub elapsed_ms: i64,
    /// The answer as JSON text.
    pub answer: String,
}

/// An execution in its place in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its position, from 1.
    pub seq: i64,
    /// The hash of the entry before it.
    pub previous: String,
    /// Its own hash.
    pub hash: String,
    /// What is recorded.
    pub execution: Execution,
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The hash of an entry at a position, behind another.
pub fn entry_hash(previous: &str, seq: i64, execution: &Execution) -> String {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update("\n");
    hasher.update(canonical(seq, execution));
    hex(&hasher.finalize())
}

/// The bytes that are hashed. JSON has no number for an infinity, so none is ever recorded.
fn canonical(seq: i64, execution: &Execution) -> String {
    #[derive(Serialize)]
    struct Canonical<'a> {
        seq: i64,
        execution: &'a Execution,
    }
    // Structs of texts and numbers always become JSON.
    serde_json::to_string(&Canonical { seq, execution }).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Follows a chain from its beginning.
#[derive(Debug, Clone)]
pub struct Chain {
    /// How many entries were sound.
    pub entries: i64,
    /// The hash of the last one.
    pub head: String,
}

impl Default for Chain {
    fn default() -> Self {
        Self { entries: 0, head: GENESIS.to_owned() }
    }
}

impl Chain {
    /// Takes the next entry.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in a sentence.
    pub fn follow(&mut self, entry: &Entry) -> Result<(), String> {
        let wanted = self.entries + 1;
        if entry.seq != wanted {
            return Err(format!("entry {wanted} is missing; the next one is {}", entry.seq));
        }
        if entry.previous != self.head {
            return Err(format!("entry {} does not build on the entry before it", entry.seq));
        }
        if entry_hash(&entry.previous, entry.seq, &entry.execution) != entry.hash {
            return Err(format!("entry {} is not what was recorded: its hash differs", entry.seq));
        }
        self.entries = wanted;
        self.head.clone_from(&entry.hash);
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An execution that differs by its number.
    pub(crate) fn sample(number: u32) -> Execution {
        Execution {
            id: format!("0199{number:04}-0000-7000-8000-000000000000"),
            contract: "orders".into(),
            version: "1.0.0".into(),
            snapshot: sha256(b"name: orders\n"),
            commit_id: None,
            blob_id: None,
            environment: None,
            started: "2026-06-01T12:00:00.000Z".into(),
            finished: "2026-06-01T12:00:01.000Z".into(),
            verdict: "fail".into(),
            score: Some(83.3),
            pact: "0.1.0".into(),
            results: vec![ResultRow {
                kind: "freshness".into(),
                verdict: "fail".into(),
                severity: Some("error".into()),
                element: "orders".into(),
                consumer: None,
                expected: "data no older than 1 hour".into(),
                actual: format!("{number} h old"),
                consumed: Some(0.1 + 0.2),
                affected: vec!["crm".into()],
            }],
            observations: vec![ObservationRow {
                ask: "health".into(),
                url: "http://${HOST}/health".into(),
                asked_at: "2026-06-01T12:00:00.100Z".into(),
                elapsed_ms: 12,
                answer: "{\"health\":{\"status\":\"healthy\"}}".into(),
            }],
        }
    }

    fn chained(count: u32) -> Vec<Entry> {
        let mut chain = Vec::<Entry>::new();
        for number in 1..=count {
            let previous = chain.last().map_or_else(|| GENESIS.to_owned(), |entry| entry.hash.clone());
            let execution = sample(number);
            let hash = entry_hash(&previous, i64::from(number), &execution);
            chain.push(Entry { seq: i64::from(number), previous, hash, execution });
        }
        chain
    }

    fn follow(entries: &[Entry]) -> Result<Chain, String> {
        let mut chain = Chain::default();
        entries.iter().try_for_each(|entry| chain.follow(entry))?;
        Ok(chain)
    }

    #[test]
    fn a_hash_is_the_known_one() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_was_changed_is_found_at_its_place() {
        assert_eq!(follow(&chained(3)).unwrap().entries, 3);
        let tampered = |change: fn(&mut Vec<Entry>)| {
            let mut entries = chained(3);
            change(&mut entries);
            follow(&entries).unwrap_err()
        };
        assert!(tampered(|entries| entries[1].execution.verdict = "pass".into()).starts_with("entry 2 is not"));
        assert!(tampered(|entries| entries[0].execution.results.clear()).starts_with("entry 1 is not"));
        assert!(tampered(|entries| entries[2].execution.observations[0].elapsed_ms = 1).starts_with("entry 3 is not"));
        assert!(tampered(|entries| drop(entries.remove(1))).starts_with("entry 2 is missing"));
        assert!(tampered(|entries| entries.swap(0, 1)).starts_with("entry 1 is missing"));
        let renumbered = tampered(|entries| {
            entries.remove(1);
            entries[1].seq = 2;
        });
        assert!(renumbered.starts_with("entry 2 does not build"), "{renumbered}");
    }
}
