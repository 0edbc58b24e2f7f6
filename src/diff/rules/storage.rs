//! How the rows of a dataset are written and stored: files, topics, partitions.

use super::keys::Renames;
use super::{At, Changes, code, text, texts};
use crate::finding::change::ChangeMeta;
use crate::model::{Dataset, ExtraFields, FileFormat, Files, LineEnding, Literal, Medium, Operation, Topic};

/// Compares what a dataset is and how it is written. Another medium takes everything that hangs on it with it.
pub(super) fn compare(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset, renames: &Renames<'_>) {
    if !medium(changes, at, base, head) {
        let (none, no_topic) = (Files::default(), Topic::default());
        let written = |dataset: &'_ Dataset| dataset.files.as_deref().unwrap_or(&none).clone();
        files(changes, &at.key("files"), &written(base), &written(head));
        let of_topic = |dataset: &'_ Dataset| dataset.topic.as_deref().unwrap_or(&no_topic).clone();
        topic(changes, &at.key("topic"), &of_topic(base), &of_topic(head), renames);
    }
    let plain = |list: &[String]| -> Vec<String> {
        list.iter().map(|item| item.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let lists = [
        (&code::DATASET_PARTITIONING_CHANGED, "partitioned_by", &base.partitioned_by, &head.partitioned_by),
        (&code::DATASET_CLUSTERING_CHANGED, "clustered_by", &base.clustered_by, &head.clustered_by),
    ];
    for (meta, key, before, after) in lists {
        let (before, after) = (renames.all(&plain(before)), plain(after));
        if before != after {
            changes.property(meta, at, key, some(&before), some(&after));
        }
    }
    extra_fields(changes, at, base.extra_fields, head.extra_fields);
}

fn some(list: &[String]) -> Option<Literal> {
    (!list.is_empty()).then(|| texts(list))
}

/// Whether the medium is another one altogether.
fn medium(changes: &mut Changes, at: &At, base: &Dataset, head: &Dataset) -> bool {
    let (before, after) = (base.medium(), head.medium());
    if before == after {
        return false;
    }
    let is_relation = |medium| matches!(medium, Medium::Table | Medium::View | Medium::MaterializedView);
    let relations = is_relation(before) && is_relation(after);
    let meta = if relations { &code::DATASET_KIND_CHANGED } else { &code::DATASET_MEDIUM_CHANGED };
    changes.property(meta, at, "medium", Some(text(before.name())), Some(text(after.name())));
    !relations
}

/// What is allowed of fields that the contract does not know. Whether checks mention them changes no promise.
fn extra_fields(changes: &mut Changes, at: &At, base: ExtraFields, head: ExtraFields) {
    let meta = match (base, head) {
        _ if base == head => return,
        (_, ExtraFields::Fail) => &code::DATASET_CLOSED,
        (ExtraFields::Fail, _) => &code::DATASET_OPENED,
        _ => &code::CUSTOM_PROPERTY_CHANGED,
    };
    changes.property(meta, at, "extra_fields", Some(text(base.name())), Some(text(head.name())));
}

/// Another format takes everything that is said of its details with it.
fn files(changes: &mut Changes, at: &At, base: &Files, head: &Files) {
    // Tabs or commas: delimited text is one format, and what stands between values a detail of it.
    let family =
        |format: Option<FileFormat>| format.map(|one| if one == FileFormat::Tsv { FileFormat::Csv } else { one });
    if family(base.format) != family(head.format) {
        let value = |files: &Files| files.format.map(|format| text(format.name()));
        changes.stated(&code::DATASET_FILE_FORMAT_CHANGED, at, "format", value(base), value(head));
        if base.format.is_some() && head.format.is_some() {
            return;
        }
    }
    if base.compression != head.compression {
        let values = [base, head].map(|files| Some(text(files.compression.name())));
        let [before, after] = values;
        changes.property(&code::DATASET_COMPRESSION_CHANGED, at, "compression", before, after);
    }
    let (before, after) = (details(base), details(head));
    for ((key, before), (_, after)) in before.into_iter().zip(after) {
        // Encodings have many spellings.
        let plain = |name: &str| name.to_lowercase().replace(['-', '_', ' '], "");
        if before != after && !(key == "encoding" && plain(&before) == plain(&after)) {
            let meta = &code::DATASET_SERIALIZATION_CHANGED;
            changes.push(meta, &at.key(key), Some(text(&before)), Some(text(&after)));
        }
    }
    markers(changes, at, &base.missing_values, &head.missing_values);
}

/// What parsers have to know of text, each with what is meant where nothing is said.
fn details(files: &Files) -> [(&'static str, String); 6] {
    let letter = |letter: Option<char>| match letter {
        Some('\t') => "tab".to_owned(),
        Some(letter) => letter.to_string(),
        None => String::new(),
    };
    // A format that is not said may be delimited text: what is said of it counts.
    let delimiter = if files.format.is_some() { files.delimiter() } else { files.delimiter.or(Some(',')) };
    let quote = if files.quote().is_empty() { "none" } else { files.quote() };
    let escape = files.escape.map_or_else(|| quote.to_owned(), |escape| letter(Some(escape)));
    let line_ending = if files.line_ending == LineEnding::Crlf { "crlf" } else { "lf" };
    [
        ("delimiter", letter(delimiter)),
        ("quote", quote.to_owned()),
        ("escape", escape),
        ("header", if files.header.unwrap_or(true) { "header" } else { "no header" }.to_owned()),
        ("encoding", files.encoding.as_deref().unwrap_or("utf-8").trim().to_owned()),
        ("line_ending", line_ending.to_owned()),
    ]
}

/// Values that stand for a missing one, in whatever order.
pub(super) fn markers(changes: &mut Changes, at: &At, base: &[Literal], head: &[Literal]) {
    // An empty text would be seen as nothing.
    let shown = |value: &Literal| if value.text() == Some("") { text("\"\"") } else { value.clone() };
    let only = |one: &[Literal], other: &[Literal]| -> Vec<Literal> {
        one.iter().filter(|value| !other.iter().any(|known| known.same(value))).map(shown).collect()
    };
    let (gone, new) = (only(base, head), only(head, base));
    if !new.is_empty() {
        changes.property(&code::MISSING_MARKERS_EXTENDED, at, "missing_values", None, Some(Literal::List(new)));
    }
    if !gone.is_empty() {
        changes.property(&code::MISSING_MARKERS_REDUCED, at, "missing_values", Some(Literal::List(gone)), None);
    }
}

fn topic(changes: &mut Changes, at: &At, base: &Topic, head: &Topic, renames: &Renames<'_>) {
    let key = renames.all(&base.message_key);
    changes.stated(&code::DATASET_MESSAGE_KEY_CHANGED, at, "message_key", some(&key), some(&head.message_key));
    let count = |topic: &Topic| topic.partitions.map(|count| Literal::Int(i128::from(count)));
    changes.stated(&code::DATASET_PARTITION_COUNT_CHANGED, at, "partitions", count(base), count(head));
    let envelope = |topic: &Topic| {
        let name = topic.envelope.as_deref().map_or_else(String::new, |name| name.trim().to_lowercase());
        if name.is_empty() { "none".to_owned() } else { name }
    };
    let (before, after) = (envelope(base), envelope(head));
    if before != after {
        changes.property(&code::DATASET_ENVELOPE_CHANGED, at, "envelope", Some(text(&before)), Some(text(&after)));
    }
    operations(changes, at, base, head);
}

/// What messages may do is a list of values like any other: one more surprises readers, one less does not.
fn operations(changes: &mut Changes, at: &At, base: &Topic, head: &Topic) {
    let all = |topic: &Topic| {
        if topic.operations.is_empty() { vec![Operation::Insert] } else { topic.operations.clone() }
    };
    let (before, after) = (all(base), all(head));
    let only = |one: &[Operation], other: &[Operation]| -> Vec<&'static str> {
        one.iter().filter(|operation| !other.contains(operation)).map(|operation| operation.name()).collect()
    };
    let mut note = |meta: &'static ChangeMeta, before: &[&str], after: &[&str]| {
        let value = |list: &[&str]| (!list.is_empty()).then(|| texts(list));
        if !before.is_empty() || !after.is_empty() {
            changes.property(meta, at, "operations", value(before), value(after));
        }
    };
    note(&code::DATASET_OPERATIONS_EXTENDED, &[], &only(&after, &before));
    note(&code::ENUM_VALUE_REMOVED, &only(&before, &after), &[]);
}
