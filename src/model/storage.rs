//! How the rows of a dataset are written, stored and delivered.

use super::Literal;
use super::words::words;

/// What one row stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grain {
    /// In words.
    Text(String),
    /// The fields that tell rows apart.
    Fields(Vec<String>),
}

words! {
    /// What a new delivery does to the rows that are there.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum WriteMode {
        Append = "append", "rows are added and stay as they are";
        Upsert = "upsert", "rows with a known key replace those that are there";
        Snapshot = "snapshot", "every delivery is the whole and replaces the one before";
        Cdc = "cdc", "rows are changes: what was inserted, updated or deleted";
        Scd2 = "scd2", "rows that changed are closed with an end date, and new ones are added";
    }
}

words! {
    /// How often a row may come.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Delivery {
        AtMostOnce = "at_most_once", "a row may get lost, and never comes twice";
        AtLeastOnce = "at_least_once", "no row gets lost, and one may come twice";
        ExactlyOnce = "exactly_once", "no row gets lost, and none comes twice";
    }
}

words! {
    /// What becomes of fields in the data that the contract does not know.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum ExtraFields {
        Allow = "allow", "they may come, and checks say nothing";
        #[default]
        Warn = "warn", "they may come, and checks warn (the default)";
        Fail = "fail", "they must not come, and checks fail";
    }
}

/// How the files of a dataset are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Files {
    /// The format; unsaid if `None`.
    pub format: Option<FileFormat>,
    /// How they are compressed as a whole.
    pub compression: Compression,
    /// Of delimited text: what stands between two values; the format's own if `None`.
    pub delimiter: Option<char>,
    /// Of delimited text: what stands around a value; a double quote if `None`, nothing if empty.
    pub quote: Option<String>,
    /// Of delimited text: what makes a quote within a value a part of it; the quote itself if `None`.
    pub escape: Option<char>,
    /// Of delimited text: whether the first line has the names of the fields; it has if `None`.
    pub header: Option<bool>,
    /// Of text: the character encoding; UTF-8 if `None`.
    pub encoding: Option<String>,
    /// Of text: how lines end.
    pub line_ending: LineEnding,
    /// Words that stand for a missing value in every field.
    pub missing_values: Vec<Literal>,
}

impl Files {
    /// What stands between two values of delimited text; `None` for other formats.
    pub fn delimiter(&self) -> Option<char> {
        match self.format {
            Some(FileFormat::Csv) => Some(self.delimiter.unwrap_or(',')),
            Some(FileFormat::Tsv) => Some(self.delimiter.unwrap_or('\t')),
            _ => None,
        }
    }

    /// What stands around a value of delimited text; nothing if empty.
    pub fn quote(&self) -> &str {
        self.quote.as_deref().unwrap_or("\"")
    }

    /// Whether fields are known by their places alone.
    pub fn is_positional(&self) -> bool {
        match self.format {
            Some(FileFormat::Csv | FileFormat::Tsv) => self.header == Some(false),
            Some(FileFormat::FixedWidth) => true,
            _ => false,
        }
    }
}

words! {
    /// Formats of files.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum FileFormat {
        Csv = "csv", "values with commas between them, a row a line";
        Tsv = "tsv", "values with tabs between them, a row a line";
        FixedWidth = "fixed_width", "values in columns of fixed width, a row a line";
        Json = "json", "one JSON document";
        Ndjson = "ndjson", "one JSON object a line";
        Xml = "xml", "XML documents";
        Xlsx = "xlsx", "Excel workbooks";
        Avro = "avro", "Avro object containers";
        Parquet = "parquet", "Parquet";
        Orc = "orc", "ORC";
        Arrow = "arrow", "Arrow IPC (Feather)";
        Protobuf = "protobuf", "Protobuf messages, each after its length";
    }
}

words! {
    /// How files are compressed.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum Compression {
        #[default]
        None = "none", "not at all (the default)";
        Gzip = "gzip", "gzip";
        Zstd = "zstd", "Zstandard";
        Snappy = "snappy", "Snappy";
        Lz4 = "lz4", "LZ4";
        Bzip2 = "bzip2", "bzip2";
        Xz = "xz", "xz";
        Brotli = "brotli", "Brotli";
        Deflate = "deflate", "deflate";
        Zip = "zip", "a ZIP archive";
    }
}

words! {
    /// How lines end.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub enum LineEnding {
        #[default]
        Lf = "lf", "with a line feed, as on Unix (the default)";
        Crlf = "crlf", "with a carriage return and a line feed, as on Windows";
    }
}

/// How the messages of a topic are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Topic {
    /// The fields of the message key; unsaid if empty.
    pub message_key: Vec<String>,
    /// How many partitions there are; unsaid if `None`.
    pub partitions: Option<u32>,
    /// What is around the row in a message, such as `debezium` or `cloudevents`; nothing if `None`.
    pub envelope: Option<String>,
    /// What messages do to rows; they insert if empty.
    pub operations: Vec<Operation>,
}

words! {
    /// What a message does to a row.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Operation {
        Insert = "insert", "the row is new";
        Update = "update", "the row changed";
        Delete = "delete", "the row is gone";
        Truncate = "truncate", "all rows are gone";
    }
}
