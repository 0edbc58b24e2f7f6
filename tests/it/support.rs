//! A folder to work in, the way a user has one: files, git, and the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) use crate::laws::lint;

/// A temporary folder, removed at the end.
pub(crate) struct Folder {
    dir: tempfile::TempDir,
}

/// What a command printed and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::Builder::new().prefix("pact-test-").tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().canonicalize().expect("the temporary folder")
    }

    /// Writes a file and the folders that it needs.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        std::fs::write(path, content).expect("a written file");
        self
    }

    /// What stands in a file.
    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs pact here.
    pub(crate) fn pact(&self, args: &[&str]) -> Ran {
        ran(command(env!("CARGO_BIN_EXE_pact"), &self.path()).args(args).output())
    }

    /// Runs a line of shell here, with pact on the path.
    pub(crate) fn shell(&self, line: &str) -> Ran {
        ran(command("sh", &self.path()).arg("-c").arg(line).output())
    }

    /// Runs a line of shell that has to succeed, such as `git init -q -b main`.
    pub(crate) fn must(&self, line: &str) -> &Self {
        let ran = self.shell(line);
        assert_eq!(ran.code, Some(0), "{line}\n{}{}", ran.stdout, ran.stderr);
        self
    }
}

fn ran(output: std::io::Result<Output>) -> Ran {
    let output = output.expect("a program that starts");
    Ran {
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code(),
    }
}

/// A program in an environment that is the same on every machine.
pub(crate) fn command(program: &str, folder: &Path) -> Command {
    let pact = Path::new(env!("CARGO_BIN_EXE_pact")).parent().expect("a folder");
    let path = format!("{}:{}", pact.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear();
    let fixed = [
        ("HOME", folder.to_str().expect("UTF-8")),
        ("PATH", &path),
        ("LC_ALL", "C.UTF-8"),
        ("TZ", "UTC"),
        ("NO_COLOR", "1"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", "Ada"),
        ("GIT_AUTHOR_EMAIL", "ada@example.com"),
        ("GIT_AUTHOR_DATE", "2026-01-05T09:00:00Z"),
        ("GIT_COMMITTER_NAME", "Ada"),
        ("GIT_COMMITTER_EMAIL", "ada@example.com"),
        ("GIT_COMMITTER_DATE", "2026-01-05T09:00:00Z"),
    ];
    command.envs(fixed);
    command
}

/// The root of the sources.
pub(crate) fn sources() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
