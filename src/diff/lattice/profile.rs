//! The profile: how data is read and written, by the medium of its dataset.

use super::levels::{Cell, row_of};
use crate::finding::change::{ChangeMeta, Levels, Sureness};
use crate::model::{Contract, Dataset, Medium};

/// How data is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// By typed readers: of streams, files and interfaces.
    #[default]
    Strict,
    /// By queries in a database, which coerces within a family of types.
    Sql,
}

/// How data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Writing {
    /// Values are cast to the new type.
    #[default]
    Logical,
    /// Bytes that were written before are read again as the new type.
    Encoded,
}

/// How a dataset is read and written. Where nothing tells its medium, readers are strict and values are cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Profile {
    /// How it is read.
    pub reading: Reading,
    /// How it is written.
    pub writing: Writing,
}

impl Profile {
    /// The profile of a medium.
    pub fn of_medium(medium: Medium) -> Self {
        match medium {
            Medium::Table | Medium::View | Medium::MaterializedView => {
                Self { reading: Reading::Sql, writing: Writing::Logical }
            }
            Medium::Topic | Medium::Files => Self { reading: Reading::Strict, writing: Writing::Encoded },
            Medium::Resource => Self::default(),
        }
    }

    /// The profile of a dataset: of its medium; where that is not given, of the sources of the contract, and where they are
    /// of several kinds the worst of each.
    pub fn of(contract: &Contract, dataset: &Dataset) -> Self {
        if dataset.medium.is_some() || dataset.files.is_some() || dataset.topic.is_some() {
            return Self::of_medium(dataset.medium());
        }
        let known =
            contract.sources.iter().map(|source| medium_of(&source.kind).map(Self::of_medium).unwrap_or_default());
        known.reduce(Self::worst).unwrap_or_default()
    }

    /// The worse of two profiles, in each respect.
    #[must_use]
    pub fn worst(self, other: Self) -> Self {
        let strict = self.reading == Reading::Strict || other.reading == Reading::Strict;
        let encoded = self.writing == Writing::Encoded || other.writing == Writing::Encoded;
        Self {
            reading: if strict { Reading::Strict } else { Reading::Sql },
            writing: if encoded { Writing::Encoded } else { Writing::Logical },
        }
    }

    /// The levels of a kind of change, and how sure they are; `None` where the medium does not matter to it.
    pub fn levels(self, meta: &ChangeMeta) -> Option<(Levels, Sureness)> {
        // Most kinds of change are not in the table: their sections say so without a search.
        if !matches!(meta.section, 'C' | 'D' | 'F') {
            return None;
        }
        let row = row_of(meta)?;
        let reader: Cell = if self.reading == Reading::Sql { row.sql } else { row.strict };
        let writer: Cell = match (row.set, self.writing) {
            // Where a name means nothing to readers it means nothing to writers.
            (None, _) if self.reading == Reading::Sql => row.sql,
            (_, Writing::Encoded) => row.encoded,
            (_, Writing::Logical) => row.logical,
        };
        let sure = match meta.section {
            'D' if reader.possible || writer.possible => Sureness::Possible,
            'D' => Sureness::Certain,
            _ => meta.sure,
        };
        Some((Levels { reader: reader.level, writer: writer.level }, sure))
    }
}

/// The media of the datasets in each kind of source; a `custom` one tells nothing.
pub static SOURCES: &[(&str, Medium)] = &[
    ("postgres", Medium::Table),
    ("sqlite", Medium::Table),
    ("warehouse", Medium::Table),
    ("athena", Medium::Table),
    ("bigquery", Medium::Table),
    ("btrieve", Medium::Table),
    ("clickhouse", Medium::Table),
    ("cloudsql", Medium::Table),
    ("databricks", Medium::Table),
    ("db2", Medium::Table),
    ("denodo", Medium::Table),
    ("dremio", Medium::Table),
    ("duckdb", Medium::Table),
    ("exasol", Medium::Table),
    ("fastobjects", Medium::Table),
    ("glue", Medium::Table),
    ("hana", Medium::Table),
    ("hive", Medium::Table),
    ("iceberg", Medium::Table),
    ("impala", Medium::Table),
    ("informix", Medium::Table),
    ("ingres", Medium::Table),
    ("mysql", Medium::Table),
    ("oracle", Medium::Table),
    ("poet", Medium::Table),
    ("presto", Medium::Table),
    ("redshift", Medium::Table),
    ("snowflake", Medium::Table),
    ("sqlserver", Medium::Table),
    ("synapse", Medium::Table),
    ("teradata", Medium::Table),
    ("trino", Medium::Table),
    ("vectorwise", Medium::Table),
    ("versant", Medium::Table),
    ("vertica", Medium::Table),
    ("zen", Medium::Table),
    ("csv", Medium::Files),
    ("ndjson", Medium::Files),
    ("json", Medium::Files),
    ("parquet", Medium::Files),
    ("azure", Medium::Files),
    ("local", Medium::Files),
    ("s3", Medium::Files),
    ("sftp", Medium::Files),
    ("kafka", Medium::Topic),
    ("kinesis", Medium::Topic),
    ("pubsub", Medium::Topic),
    ("http", Medium::Resource),
];

fn medium_of(source: &str) -> Option<Medium> {
    SOURCES.iter().find(|(kind, _)| *kind == source).map(|(_, medium)| *medium)
}
