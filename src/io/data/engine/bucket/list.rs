//! Which files of a bucket an address means.

use std::path::Path as DiskPath;
use std::sync::Arc;

use futures::TryStreamExt;
use glob::{MatchOptions, Pattern};
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};

use super::super::list::{At, Found, agreeing, belongs, endings, is_hidden, partitions};
use super::Store;
use super::trouble::Cause;
use crate::io::data::Trouble;
use crate::io::data::buckets::Bucket;
use crate::io::data::files::FileForm;
use crate::source::words::quoted;

/// As patterns of files on a disk: a star stays within a folder.
const WITHIN_FOLDERS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// The files of a table, in the order of their names.
pub(in super::super) fn files(store: &Arc<Store>, bucket: &Bucket, form: &FileForm) -> Result<Vec<Found>, Trouble> {
    let key = bucket.key.as_str();
    let shown = quoted(bucket.written());
    if let Some(star) = key.find(['*', '?', '[']) {
        let pattern =
            Pattern::new(key).map_err(|error| Trouble::Lost(format!("{shown} is no pattern: {}", error.msg)))?;
        let folder = key.get(..star).and_then(|start| start.rsplit_once('/')).map_or("", |(folder, _)| folder);
        let mut found = listed(store, bucket, folder)?;
        found.retain(|one| matches(&pattern, one, form));
        if found.is_empty() {
            return Err(Trouble::Lost(format!("no file matches {shown}")));
        }
        return finished(store, bucket, found, folder, &shown);
    }
    let folder = key.trim_end_matches('/');
    if !key.is_empty()
        && !key.ends_with('/')
        && let Some(one) = single(store, bucket, key)?
    {
        let above = key.rsplit_once('/').map_or("", |(above, _)| above);
        return finished(store, bucket, vec![one], above, &shown);
    }
    let all = listed(store, bucket, folder)?;
    let is_nothing_there = all.is_empty();
    let found: Vec<ObjectMeta> = all.into_iter().filter(|one| lies_in(one, folder, form)).collect();
    match (found.is_empty(), is_nothing_there) {
        (false, _) => finished(store, bucket, found, folder, &shown),
        (true, true) => Err(Trouble::Lost(format!(
            "there is no file {shown}, and none whose name begins so; look at the address of the source"
        ))),
        (true, false) => {
            let listed = endings(form).join(", .");
            Err(Trouble::Lost(format!(
                "{shown} has no {} file: none ends in .{listed}; name the file, or a pattern such as {}",
                form.name(),
                quoted(&format!("{}/*", bucket.written().trim_end_matches('/'))),
            )))
        }
    }
}

fn path(key: &str, bucket: &Bucket) -> Result<Path, Trouble> {
    Path::parse(key).map_err(|_| {
        Trouble::Lost(format!(
            "{} has a key that pact does not ask for: it has an empty part, or `..`",
            quoted(bucket.written())
        ))
    })
}

/// The file of a key; `None` where there is none.
fn single(store: &Arc<Store>, bucket: &Bucket, key: &str) -> Result<Option<ObjectMeta>, Trouble> {
    let (inner, path) = (Arc::clone(&store.inner), path(key, bucket)?);
    match store.wait(async move { inner.head(&path).await }) {
        Ok(one) => Ok(Some(one)),
        Err(failed) if failed.is_not_found() => Ok(None),
        Err(failed) => Err(unlisted(&failed.cause(), bucket)),
    }
}

/// The files below a folder.
fn listed(store: &Arc<Store>, bucket: &Bucket, folder: &str) -> Result<Vec<ObjectMeta>, Trouble> {
    let (inner, path) = (Arc::clone(&store.inner), path(folder, bucket)?);
    let all =
        store.wait(async move { inner.list(Some(&path).filter(|path| !path.as_ref().is_empty())).try_collect().await });
    all.map_err(|failed| unlisted(&failed.cause(), bucket))
}

fn unlisted(cause: &Cause, bucket: &Bucket) -> Trouble {
    let sentence = format!("{} can't be read: {}", quoted(bucket.written()), cause.sentence(bucket));
    if cause.is_late() { Trouble::TimedOut(sentence) } else { Trouble::Lost(sentence) }
}

/// Whether a file matches a pattern itself, or lies in a folder that does.
fn matches(pattern: &Pattern, one: &ObjectMeta, form: &FileForm) -> bool {
    let key = one.location.as_ref();
    if pattern.matches_with(key, WITHIN_FOLDERS) {
        return !is_hidden(DiskPath::new(key)) && !is_folder(one);
    }
    let mut ends = key.match_indices('/').map(|(at, _)| at);
    ends.any(|at| {
        let folder = key.get(..at).unwrap_or_default();
        pattern.matches_with(folder, WITHIN_FOLDERS) && !is_hidden(DiskPath::new(folder)) && lies_in(one, folder, form)
    })
}

/// Whether a file is one of those of a folder.
fn lies_in(one: &ObjectMeta, folder: &str, form: &FileForm) -> bool {
    let key = one.location.as_ref();
    let rest = key.strip_prefix(folder).unwrap_or(key).trim_start_matches('/');
    !rest.split('/').any(|part| is_hidden(DiskPath::new(part))) && belongs(DiskPath::new(key), form)
}

/// Consoles of stores make folders of files without content.
fn is_folder(one: &ObjectMeta) -> bool {
    one.size == 0 && !one.location.filename().is_some_and(|name| name.contains('.'))
}

fn finished(
    store: &Arc<Store>,
    bucket: &Bucket,
    mut found: Vec<ObjectMeta>,
    folder: &str,
    name: &str,
) -> Result<Vec<Found>, Trouble> {
    found.sort_unstable_by(|one, other| one.location.cmp(&other.location));
    let files = found.into_iter().map(|meta| {
        let key = meta.location.as_ref();
        let below = key.strip_prefix(folder).unwrap_or(key).trim_start_matches('/');
        Found {
            shown: bucket.shown(key),
            size: meta.size,
            partitions: partitions(DiskPath::new(below)),
            at: At::Bucket(Arc::clone(store), meta),
        }
    });
    agreeing(files.collect(), name)
}
