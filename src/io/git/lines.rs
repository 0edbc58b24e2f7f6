//! The difference between two files line by line, as git shows it.

use std::path::Path;

use super::GitError;
use super::program::git_in;

/// What git shows between two files on disk, without the lines that name them. `None` stands for a file that is not there.
///
/// # Errors
///
/// git is not installed, or can't read a file.
pub fn lines_between(folder: &Path, old: Option<&Path>, new: Option<&Path>, color: bool) -> Result<String, GitError> {
    let nothing = Path::new("/dev/null");
    let color = if color { "--color=always" } else { "--color=never" };
    let options = ["diff", "--no-index", "--no-ext-diff", "--no-textconv", color, "--"].map(Path::new);
    let files = [old.unwrap_or(nothing), new.unwrap_or(nothing)];
    let output = git_in(folder).run(options.into_iter().chain(files).map(Path::as_os_str))?;
    // 1 means that they differ.
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(GitError::new(super::program::complaint(&output.stderr)));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_body = |line: &str| line.contains("@@ ") || line.contains("Binary files ");
    let mut lines = text.lines();
    let Some(first) = lines.find(|line| is_body(line)) else { return Ok(String::new()) };
    // What it says of binary files names those that git made for the driver.
    let first = if first.contains("Binary files ") { "Binary files differ" } else { first };
    let lines: Vec<&str> = [first].into_iter().chain(lines).collect();
    Ok(lines.join("\n") + "\n")
}
