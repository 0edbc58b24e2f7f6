//! Files with data: where they are and how they are to be read, apart from what reads them.

use std::path::PathBuf;
use std::time::Duration;

use super::buckets::Bucket;
use crate::model::{Compression, FileFormat, Files};

/// A table that lies in one file or in several of the same form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTable {
    /// The name of the table in SQL.
    pub name: String,
    /// Where they are. Folders called `key=value` on the way to a file below a folder or a pattern are columns.
    pub at: FilesAt,
    /// What the files are.
    pub form: FileForm,
}

/// Where files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesAt {
    /// On a disk.
    Disk {
        /// A file, a folder, or a pattern with `*`, `?`, `[...]` and `**`.
        path: PathBuf,
        /// The folder in which the files have to lie, behind all links, and from which on they are named; anywhere if `None`.
        within: Option<PathBuf>,
    },
    /// In a bucket.
    Bucket(Bucket),
}

/// What files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileForm {
    /// Rows of cells.
    Csv(CsvForm),
    /// A JSON object in each line.
    Ndjson(JsonForm),
    /// Arrays of JSON objects, or objects one after the other.
    Json(JsonForm),
    /// Parquet.
    Parquet,
    /// Arrow IPC, as a file or as a stream.
    Arrow,
}

impl FileForm {
    /// The form that the ending of a name tells: `orders.csv.gz`, `orders.ndjson`, `part-*.parquet`.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let plain = COMPRESSED.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
        let (_, ending) = plain.rsplit_once('.')?;
        Self::of_word(ending)
    }

    /// The form of a word, as in a source's `format`.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "csv" => Self::Csv(CsvForm::default()),
            "tsv" | "tab" => Self::Csv(CsvForm { delimiter: b'\t', ..CsvForm::default() }),
            "ndjson" | "jsonl" | "jsonlines" => Self::Ndjson(JsonForm::default()),
            "json" => Self::Json(JsonForm::default()),
            "parquet" | "pq" => Self::Parquet,
            "arrow" | "ipc" | "feather" | "arrows" => Self::Arrow,
            _ => return None,
        })
    }

    /// The form that a contract promises of the files of a dataset, whose fields have these names; `None` where it does not say.
    ///
    /// # Errors
    ///
    /// Nothing here reads such files: the reason.
    pub fn promised(files: &Files, fields: &[String]) -> Result<Option<Self>, String> {
        let Some(format) = files.format else { return Ok(None) };
        let form = match format {
            FileFormat::Csv | FileFormat::Tsv => Self::Csv(CsvForm::promised(files, fields)?),
            FileFormat::Json => Self::Json(JsonForm { names: fields.to_vec() }),
            FileFormat::Ndjson => Self::Ndjson(JsonForm { names: fields.to_vec() }),
            FileFormat::Parquet => Self::Parquet,
            FileFormat::Arrow => Self::Arrow,
            other => return Err(format!("pact does not read files of the format `{}`", other.name())),
        };
        match files.compression {
            Compression::None | Compression::Gzip | Compression::Zstd => Ok(Some(form)),
            // Parquet and Arrow compress within, and say with what.
            _ if !form.is_text() => Ok(Some(form)),
            other => Err(format!("pact does not read text compressed with {}; gzip and zstd it does", other.name())),
        }
    }

    /// What people call it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Csv(_) => "CSV",
            Self::Ndjson(_) => "NDJSON",
            Self::Json(_) => "JSON",
            Self::Parquet => "Parquet",
            Self::Arrow => "Arrow",
        }
    }

    /// The format in the words of contracts.
    pub fn format(&self) -> FileFormat {
        match self {
            Self::Csv(form) if form.delimiter == b'\t' => FileFormat::Tsv,
            Self::Csv(_) => FileFormat::Csv,
            Self::Ndjson(_) => FileFormat::Ndjson,
            Self::Json(_) => FileFormat::Json,
            Self::Parquet => FileFormat::Parquet,
            Self::Arrow => FileFormat::Arrow,
        }
    }

    /// Whether its values are text until they are read as something.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Csv(_) | Self::Ndjson(_) | Self::Json(_))
    }
}

/// Endings of what is compressed; text is read through them.
pub(crate) const COMPRESSED: &[&str] = &[".gz", ".gzip", ".zst", ".zstd"];

/// How CSV is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvForm {
    /// What stands between cells.
    pub delimiter: u8,
    /// What stands around cells that have delimiters or line ends within; `None` where nothing does.
    pub quote: Option<u8>,
    /// What stands before a quote within quotes; `None` where the quote is doubled.
    pub escape: Option<u8>,
    /// Whether the first row of each file has the names of the columns.
    pub header: bool,
    /// The names of the columns, where there is no header.
    pub names: Vec<String>,
    /// The encoding by its label, such as `utf-8` or `windows-1252`.
    pub encoding: String,
    /// What stands for a missing value, outside of quotes.
    pub nulls: Vec<String>,
}

impl CsvForm {
    fn promised(files: &Files, fields: &[String]) -> Result<Self, String> {
        let byte = |what: &str, letter: char| {
            let byte = u8::try_from(letter).ok().filter(u8::is_ascii);
            byte.ok_or_else(|| {
                format!("pact reads no CSV whose {what} is `{}`; it has to be ASCII", letter.escape_debug())
            })
        };
        let mut form = Self::default();
        if let Some(delimiter) = files.delimiter() {
            form.delimiter = byte("delimiter", delimiter)?;
        }
        form.quote = files.quote().chars().next().map(|quote| byte("quote", quote)).transpose()?;
        if matches!(form.delimiter, b'\n' | b'\r') || form.quote == Some(form.delimiter) {
            return Err("the delimiter of its cells is a line end, or the quote as well".to_owned());
        }
        form.escape = files.escape.map(|escape| byte("escape", escape)).transpose()?;
        form.header = files.header.unwrap_or(true);
        form.names = fields.to_vec();
        if let Some(encoding) = &files.encoding {
            form.encoding.clone_from(encoding);
        }
        form.nulls.extend(
            files.missing_values.iter().map(|word| word.text().map_or_else(|| word.to_string(), str::to_owned)),
        );
        Ok(form)
    }
}

impl Default for CsvForm {
    fn default() -> Self {
        Self {
            delimiter: b',',
            quote: Some(b'"'),
            escape: None,
            header: true,
            names: Vec::new(),
            encoding: "utf-8".to_owned(),
            nulls: vec![String::new()],
        }
    }
}

/// How JSON is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JsonForm {
    /// Keys that have a column even where the first objects do not have them: the fields of the contract.
    pub names: Vec<String>,
}

/// The column of JSON tables that has the value of a key as JSON, with its quotes. The column of the key itself has texts alone.
pub fn json_column(key: &str) -> String {
    format!("{key} as json")
}

/// The column of text files that has the number of the line on which a row begins.
pub const LINE_COLUMN: &str = "pact line";

/// The column of text files that has the name of the file.
pub const FILE_COLUMN: &str = "pact file";

/// What the reading of files may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory for what queries keep, such as keys; more is spilled to disk.
    pub memory: usize,
    /// How long a query may take; forever if `None`.
    pub deadline: Option<Duration>,
    /// Threads; as many as there are cores if `None`.
    pub threads: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: 800 << 20, deadline: None, threads: None }
    }
}

/// Rows of text files that could not be read as rows. They are in no table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BrokenRows {
    /// How many there are.
    pub count: u64,
    /// The first ones.
    pub first: Vec<BrokenRow>,
}

/// A row that could not be read as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenRow {
    /// The file.
    pub file: String,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// What is wrong with it, to follow a place and a colon.
    pub what: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_the_form() {
        let name = |name: &str| FileForm::of_name(name).map(|form| form.name());
        assert_eq!(name("orders.csv"), Some("CSV"));
        assert_eq!(name("ORDERS.CSV.GZ"), Some("CSV"));
        assert_eq!(name("part-*.parquet"), Some("Parquet"));
        assert_eq!(name("events.jsonl.zst"), Some("NDJSON"));
        assert_eq!(name("events.json"), Some("JSON"));
        assert_eq!(name("table.feather"), Some("Arrow"));
        assert_eq!(name("orders.xlsx"), None);
        assert_eq!(name("orders"), None);
        assert!(matches!(FileForm::of_name("a.tsv"), Some(FileForm::Csv(CsvForm { delimiter: b'\t', .. }))));
    }
}
