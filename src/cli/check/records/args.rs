//! What `pact check --records` is told.

use std::path::PathBuf;

/// The options of a check of records.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Records")]
pub(in crate::cli::check) struct RecordsArgs {
    /// Check records of a file, or of standard input (`-`): one JSON object a line
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = [
            "environment", "metadata_only", "sample", "explain", "dry_run", "timeout", "deadline", "concurrency"
        ]
    )]
    pub(in crate::cli::check) records: Option<PathBuf>,
    /// The dataset of which the records are, where the contract has several
    #[arg(long, value_name = "NAME", requires = "records")]
    pub(super) dataset: Option<String>,
    /// Write the good records to a file, or to standard output (`-`); of data, the good rows (.csv, .ndjson, .parquet)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["metadata_only", "explain", "dry_run"])]
    pub(in crate::cli::check) valid: Option<PathBuf>,
    /// Write the bad ones there, each with its place and what it breaks
    #[arg(long, value_name = "FILE", conflicts_with_all = ["metadata_only", "explain", "dry_run"])]
    pub(in crate::cli::check) quarantine: Option<PathBuf>,
    /// Rewrite values as promised where they mean one thing only: `"12"` to `12`, `31.01.2026` to `2026-01-31`
    #[arg(long, requires = "records")]
    pub(super) coerce: bool,
    /// Write there what was rewritten
    #[arg(long, value_name = "FILE", requires = "coerce")]
    pub(super) changes: Option<PathBuf>,
    /// Stop after so many bad records
    #[arg(long, value_name = "N", requires = "records", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) max_bad: Option<u64>,
    /// How long a line may be, such as `1MB`
    #[arg(long, value_name = "SIZE", requires = "records", default_value = "16MB", value_parser = size)]
    pub(super) max_line: usize,
    /// How much memory the keys may take in which duplicates are looked for
    #[arg(long, value_name = "SIZE", requires = "records", default_value = "64MB", value_parser = size)]
    pub(super) key_memory: usize,
}

/// A number of bytes: `1024`, `16MB`, `512KiB`.
fn size(text: &str) -> Result<usize, String> {
    let text = text.trim();
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (count, unit) = text.split_at(end);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1000,
        "kib" => 1 << 10,
        "m" | "mb" => 1_000_000,
        "mib" => 1 << 20,
        "g" | "gb" => 1_000_000_000,
        "gib" => 1 << 30,
        _ => 0,
    };
    let bytes = count.parse::<usize>().ok().and_then(|count| count.checked_mul(factor)).filter(|bytes| *bytes >= 1000);
    bytes.ok_or_else(|| "a size such as `16MB` is expected, of at least 1000 bytes".to_owned())
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read() {
        assert_eq!(size("16MB"), Ok(16_000_000));
        assert_eq!(size("2 KiB"), Ok(2048));
        assert_eq!(size("1000"), Ok(1000));
        for wrong in ["", "MB", "10", "-1MB", "1.5MB", "99999999999999999999", "99999999999GB", "5 parsecs"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
