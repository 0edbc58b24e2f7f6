//! Where a new contract goes, and where its editor finds the schema.

use std::path::{Component, Path, PathBuf};

use super::Args;
use super::template::{Standard, Template};
use crate::cli::created::CONTRACT_SCHEMA;
use crate::cli::error::Error;
use crate::cli::workspace::Workspace;
use crate::io::fs;
use crate::source::shape::SCHEMA_URL;

/// The file: the one given, or the name in the first folder of contracts.
///
/// # Errors
///
/// The place leads out of the repository, or the repository has no work tree.
pub(super) fn of(args: &Args, standard: Standard, workspace: &Workspace) -> Result<PathBuf, Error> {
    let ending = if standard == Standard::Odcs { "odcs.yaml" } else { "yaml" };
    let name = format!("{}.{ending}", args.name);
    if let Some(given) = &args.output {
        let path = fs::normalized(&workspace.directory.join(given));
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            return Err(Error::new("a new contract is written as YAML, with comments")
                .hint("give --output a file that ends in `.yaml`"));
        }
        let is_folder = path.is_dir() || given.as_os_str().as_encoded_bytes().ends_with(b"/");
        return Ok(if is_folder { path.join(name) } else { path });
    }
    if workspace.is_bare {
        return Err(Error::new("a bare repository has no work tree to write to").hint("give a place with --output"));
    }
    let folder = folder(args.template, workspace);
    if !fs::lies_in(&folder, &workspace.root) {
        return Err(Error::new(format!("{} leads out of the repository", workspace.shown(&folder).display()))
            .hint("give a place with --output"));
    }
    Ok(folder.join(name))
}

/// The folder that the configuration names first; for a subscription one that is called after them, where there is one.
fn folder(template: Template, workspace: &Workspace) -> PathBuf {
    let entries = workspace.config.contract_entries().1;
    let paths: Vec<PathBuf> = entries.iter().map(|entry| fs::normalized(&workspace.root.join(entry))).collect();
    let is_folder = |path: &&PathBuf| {
        path.starts_with(&workspace.root) && (path.is_dir() || !path.exists() && path.extension().is_none())
    };
    let is_for_subscriptions =
        |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("subscription"));
    let mut folders = paths.iter().filter(is_folder);
    let own = folders.clone().find(|path| template == Template::Subscription && is_for_subscriptions(path));
    own.or_else(|| folders.next()).cloned().unwrap_or_else(|| workspace.root.join("contracts"))
}

/// The address of the schema for the first line of a file: that of the copy in the repository where there is one, relative
/// to the file.
pub(super) fn schema(file: Option<&Path>, workspace: &Workspace) -> String {
    let own = workspace.root.join(CONTRACT_SCHEMA);
    let relative = file.filter(|file| file.starts_with(&workspace.root) && own.is_file()).and_then(Path::parent);
    relative.map_or_else(|| SCHEMA_URL.to_owned(), |folder| way(folder, &own))
}

/// The way from a folder to a file, with `/` between its steps.
fn way(from: &Path, to: &Path) -> String {
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let name = |part: Component<'_>| part.as_os_str().to_string_lossy().into_owned();
    let down = to.components().skip(shared).map(name);
    let steps: Vec<String> = up.chain(down).collect();
    if steps.first().is_some_and(|first| first == "..") { steps.join("/") } else { format!("./{}", steps.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_schema_is_relative_to_the_file() {
        let way = |from: &str| way(Path::new(from), Path::new("/r/schemas/contract.schema.json"));
        assert_eq!(way("/r/contracts"), "../schemas/contract.schema.json");
        assert_eq!(way("/r/a/b"), "../../schemas/contract.schema.json");
        assert_eq!(way("/r"), "./schemas/contract.schema.json");
        assert_eq!(way("/r/schemas"), "./contract.schema.json");
    }
}
