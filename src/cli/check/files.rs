//! Sources that are files: which file is which dataset, and how it is written.

use std::collections::BTreeMap;
use std::time::Duration;

use super::ask::Context;
use super::buckets;
use super::neighbours::neighbours;
use super::place::{Place, is_ours, path_of, table_in};
use crate::check::data::{
    Dialect, FileWords, Live, OWN_COLUMNS, Other, Relation, file_relation, is_nested_in_postgres,
};
use crate::check::{BrokenRow, BrokenRows, setting};
use crate::io::data::files::{self, FILE_COLUMN, FileForm, FileTable, FilesAt, LINE_COLUMN, Limits, json_column};
use crate::io::data::{Files, LiveColumn, Trouble, Values};
use crate::model::{Contract, Dataset, FileFormat, Literal, Source};
use crate::source::words::{misspelt, quoted};

/// The files of a contract, under the names of its datasets, and those of its neighbours. What is wrong with one of them is told when it is
/// looked at.
pub(super) fn open(
    context: &Context<'_>,
    contract: &Contract,
    source: &Source,
    timeout: Duration,
) -> Result<Place, Trouble> {
    let (mut tables, mut forms) = (Vec::new(), BTreeMap::new());
    if let Some(trouble) = misspelt_setting(source) {
        return Err(trouble);
    }
    for dataset in &contract.datasets {
        let table = file_table(context, (contract, source), dataset, table(dataset))?;
        forms.insert(dataset.name.clone(), table.form.clone());
        tables.push(table);
    }
    let mut others = BTreeMap::new();
    for neighbour in neighbours(contract, source, context.registry) {
        let Ok(source) = neighbour.source else { continue };
        let table = file_table(context, (neighbour.contract, source), neighbour.dataset, neighbour.files());
        others.insert(neighbour.files(), table.as_ref().map(|table| table.form.clone()).map_err(Clone::clone));
        tables.extend(table);
    }
    let limits = Limits { deadline: Some(timeout), ..Limits::default() };
    let database = Box::new(Files::new(tables, limits));
    Ok(Place { database, dialect: Dialect::DataFusion, forms, neighbours: others })
}

/// The files of a dataset, under a name in SQL.
fn file_table(
    context: &Context<'_>,
    (contract, source): (&Contract, &Source),
    dataset: &Dataset,
    name: String,
) -> Result<FileTable, Trouble> {
    let written = place(contract, source, dataset)?;
    let form = form(source, dataset, &written)?;
    Ok(FileTable { name, at: at(context, source, &written)?, form })
}

/// Where files are by what a source writes of it: in a bucket or on a disk.
fn at(context: &Context<'_>, source: &Source, written: &str) -> Result<FilesAt, Trouble> {
    if let Some(bucket) = buckets::at(source, written)? {
        return Ok(FilesAt::Bucket(bucket));
    }
    let (path, _) = path_of(context, written)?;
    let within = (!is_ours(written)).then(|| context.workspace.root.clone());
    Ok(FilesAt::Disk { path, within })
}

/// Where the files of a dataset are, as the contract writes it.
fn place(contract: &Contract, source: &Source, dataset: &Dataset) -> Result<String, Trouble> {
    let written =
        setting(source, "path").or_else(|| setting(source, "location")).or_else(|| setting(source, "url")).ok_or_else(
            || Trouble::Mistaken(format!("its source for {} has no `path` and no `url`", quoted(&source.environment))),
        )?;
    let name = dataset.physical_name.as_deref().unwrap_or(&dataset.name);
    let marks = ["{dataset}", "{model}"];
    let mut own = written.to_owned();
    if let Some(file) = table_in(source, dataset) {
        own = format!("{}/{file}", written.trim_end_matches('/'));
    } else if marks.iter().any(|mark| written.contains(mark)) {
        // The name is a contract's, too: it must not lead elsewhere.
        if name.contains(['/', '\\', '*', '?', '[', '$']) || name.starts_with('.') {
            return Err(Trouble::Mistaken(format!("{} can't be a part of a path", quoted(name))));
        }
        own = marks.iter().fold(own, |own, mark| own.replace(mark, name));
    } else if contract.datasets.len() > 1 {
        return Err(Trouble::Mistaken(format!(
            "its source for {} has one path for {} datasets: write `{{dataset}}` where their names stand, or name the files in `tables`",
            quoted(&source.environment),
            contract.datasets.len()
        )));
    }
    Ok(own)
}

/// How the files of a dataset are written: as the source says, and where it says less, as the contract and the name of the file do.
fn form(source: &Source, dataset: &Dataset, shown: &str) -> Result<FileForm, Trouble> {
    let mut files = dataset.files.as_deref().cloned().unwrap_or_default();
    if let Some(word) = text(source, "format").filter(|word| FileForm::of_word(word).is_none()) {
        return Err(Trouble::Mistaken(format!("pact does not read files of the format {}", quoted(&word))));
    }
    files.format = format(source, files.format, shown);
    match text(source, "delimiter").as_deref() {
        // Servers of ODCS say so whether JSON has an object on each line.
        Some("new_line") if files.format == Some(FileFormat::Json) => files.format = Some(FileFormat::Ndjson),
        Some("new_line" | "array") => {}
        _ => files.delimiter = letter(source, "delimiter")?.or(files.delimiter),
    }
    files.escape = letter(source, "escape")?.or(files.escape);
    files.quote = text(source, "quote").or(files.quote);
    files.encoding = text(source, "encoding").or(files.encoding);
    files.header = text(source, "header").map(|header| header == "true").or(files.header);
    match said(source, "missing_values") {
        Some(Literal::List(words)) => files.missing_values.extend(words.iter().cloned()),
        word => files.missing_values.extend(word.cloned()),
    }
    let names: Vec<String> = dataset.fields.iter().map(|field| field.column_name().to_owned()).collect();
    let form = FileForm::promised(&files, &names).map_err(Trouble::Mistaken)?;
    form.ok_or_else(|| {
        Trouble::Mistaken(format!(
            "what {} holds can't be told from its name: give `format` (csv, tsv, ndjson, json, parquet or arrow)",
            quoted(shown)
        ))
    })
}

/// The format of the files. A source whose type is `csv` may have tabs, and one whose type is `json` an object on each line.
fn format(source: &Source, promised: Option<FileFormat>, shown: &str) -> Option<FileFormat> {
    let of_word = |word: &str| FileForm::of_word(word).map(|form| form.format());
    let said = of_word(&source.kind).or_else(|| text(source, "format").and_then(|word| of_word(&word)));
    let near = [promised, FileForm::of_name(shown).map(|form| form.format())];
    let Some(said) = said else { return near.into_iter().flatten().next() };
    let family = |format: FileFormat| match format {
        FileFormat::Tsv => FileFormat::Csv,
        FileFormat::Ndjson => FileFormat::Json,
        other => other,
    };
    near.into_iter().flatten().find(|near| family(*near) == family(said)).or(Some(said))
}

/// What a source may say of how its files are read.
const WORDS: &[&str] = &["format", "delimiter", "escape", "quote", "encoding", "header", "missing_values"];

/// A setting that is nearly one of those that are read: it would do nothing.
fn misspelt_setting(source: &Source) -> Option<Trouble> {
    let options = source.settings.iter().filter(|(name, _)| name == "options" || name == "settings");
    let options = options.filter_map(|(_, options)| match options {
        Literal::Map(options) => Some(options),
        _ => None,
    });
    let names = source.settings.iter().chain(options.flatten()).map(|(name, _)| name.as_str());
    let wrong = names
        .filter(|name| !WORDS.contains(name))
        .find_map(|name| Some((name, misspelt(name, WORDS.iter().copied())?)));
    let (wrong, right) = wrong?;
    let environment = quoted(&source.environment);
    Some(Trouble::Mistaken(format!("its source for {environment} has {}: did you mean `{right}`?", quoted(wrong))))
}

/// What a source says, beside its other settings or among its `options`.
fn said<'a>(source: &'a Source, key: &str) -> Option<&'a Literal> {
    let groups = source.settings.iter().filter(|(name, _)| name == "options" || name == "settings");
    let mut options = groups.filter_map(|(_, options)| match options {
        Literal::Map(options) => options.iter().find(|(name, _)| name == key),
        _ => None,
    });
    let own = source.settings.iter().find(|(name, _)| name == key);
    options.next().or(own).map(|(_, value)| value)
}

/// What a source says, as text.
pub(super) fn text(source: &Source, key: &str) -> Option<String> {
    said(source, key).map(|value| value.text().map_or_else(|| value.to_string(), str::to_owned))
}

fn letter(source: &Source, key: &str) -> Result<Option<char>, Trouble> {
    let Some(value) = text(source, key) else { return Ok(None) };
    let mut letters = value.chars();
    match (value.as_str(), letters.next(), letters.next()) {
        ("\\t", ..) => Ok(Some('\t')),
        (_, Some(letter), None) => Ok(Some(letter)),
        _ => {
            let environment = quoted(&source.environment);
            Err(Trouble::Mistaken(format!("its source for {environment} has a `{key}` that is not one character")))
        }
    }
}

/// What lies in the files of a dataset, as SQL knows it. The dataset itself is what that is read as.
pub(super) fn table(dataset: &Dataset) -> String {
    format!("{} files", dataset.name)
}

/// The columns that the contract does not know.
pub(super) fn others<'c>(dataset: &Dataset, columns: &'c [LiveColumn], dialect: Dialect) -> Vec<Other<'c>> {
    let is_known = |column: &&LiveColumn| dataset.fields.iter().any(|field| field.column_name() == column.name);
    let other = |column: &'c LiveColumn| {
        let name = dialect.name_of(&column.name);
        let (raw, value) = match column.values {
            Values::Json => {
                let raw = dialect.name_of(&json_column(&column.name));
                (raw.clone(), format!("coalesce({name}, {raw})"))
            }
            Values::Text | Values::Typed => (name.clone(), name),
        };
        let is_nested = dialect == Dialect::Postgres && is_nested_in_postgres(&column.physical);
        Other { name: &column.name, raw, value, is_nested }
    };
    // What an earlier run wrote beside its bad rows is written anew.
    let is_ours = |column: &&LiveColumn| OWN_COLUMNS.contains(&column.name.as_str());
    let all = columns.iter().filter(|column| column.denied.is_none());
    all.filter(|column| !is_known(column) && !is_ours(column)).map(other).collect()
}

/// The columns of a table with those that JSON has no need to have: a key that is left out is null.
pub(super) fn with_optional(dataset: &Dataset, mut columns: Vec<LiveColumn>, form: &FileForm) -> Vec<LiveColumn> {
    if !matches!(form, FileForm::Json(_) | FileForm::Ndjson(_)) {
        return columns;
    }
    for field in dataset.fields.iter().filter(|field| !field.is_always_present()) {
        let name = field.column_name();
        if !columns.iter().any(|column| column.name.eq_ignore_ascii_case(name)) {
            let (name, physical) = (name.to_owned(), "varchar".to_owned());
            columns.push(LiveColumn { name, physical, values: Values::Json, ..LiveColumn::default() });
        }
    }
    columns
}

/// Whether no record of JSON files has a key, perhaps because there is no record.
pub(super) fn may_be_empty(form: &FileForm, columns: &[LiveColumn]) -> bool {
    matches!(form, FileForm::Json(_) | FileForm::Ndjson(_))
        && columns.iter().all(|column| column.values != Values::Json)
}

/// What a header of one cell says of its delimiter, where the contract has several fields.
pub(super) fn misread(dataset: &Dataset, columns: &[LiveColumn], form: &FileForm) -> Option<Trouble> {
    let (FileForm::Csv(csv), [only]) = (form, columns) else { return None };
    if !csv.header || dataset.fields.len() < 2 {
        return None;
    }
    let other = [';', '\t', '|', ','].into_iter().find(|letter| only.name.contains(*letter))?;
    let word = if other == '\t' { "\\t".to_owned() } else { other.to_string() };
    Some(Trouble::Lost(format!(
        "its header is one cell, {}: give `delimiter: \"{word}\"` in `files` of the dataset, or in `options` of the source",
        quoted(&only.name)
    )))
}

/// The rows of a dataset in files, which have this name in SQL.
pub(super) fn relation(
    dataset: &Dataset,
    table: &str,
    columns: &[LiveColumn],
    form: &FileForm,
    sample: Option<u64>,
) -> Relation {
    let words = |column: &LiveColumn| match column.values {
        Values::Json => FileWords::Json(json_column),
        Values::Text => FileWords::Text,
        Values::Typed => FileWords::Typed,
    };
    let named: Vec<(&str, FileWords)> = columns.iter().map(|column| (column.name.as_str(), words(column))).collect();
    let place = form.is_text().then(|| {
        let name = |name: &str| Dialect::DataFusion.name_of(name);
        format!("concat({}, ':', {})", name(FILE_COLUMN), name(LINE_COLUMN))
    });
    let mut relation = file_relation(dataset, table, &named);
    let of_type = |live: Live| {
        let column = columns.iter().find(|column| column.name == live.column && column.values == Values::Typed);
        match column.zip(dataset.field(&live.field)) {
            Some((column, field)) => live.of_type(field, &column.physical),
            None => live,
        }
    };
    relation.columns = relation.columns.into_iter().map(of_type).collect();
    Relation { sample, place, table: Dialect::DataFusion.name_of(&dataset.name), ..relation }
}

/// Rows that are none, as they are recorded.
pub(super) fn told(broken: files::BrokenRows) -> BrokenRows {
    let row = |files::BrokenRow { file, line, what }| BrokenRow { file, line, what };
    BrokenRows { count: broken.count, first: broken.first.into_iter().map(row).collect() }
}
