//! The `git` program, called so that a repository can't make it run anything else: no shell, no hook, no external diff, no
//! text conversion, and nothing is written.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use crate::io::git::GitError;

/// Variables that would lead git to another repository than the one that was found, or to other programs.
const UNWANTED: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_CONFIG",
];

/// The program, in a folder.
#[derive(Debug, Clone)]
pub(in crate::io::git) struct Git {
    pub(super) folder: PathBuf,
}

impl Git {
    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.folder).args(["-c", "core.fsmonitor=false", "--no-pager"]);
        for name in UNWANTED {
            command.env_remove(name);
        }
        // No lock is taken: another git may be at work. Messages are read, so they are in one language.
        command.envs([
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_LITERAL_PATHSPECS", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("LC_ALL", "C"),
        ]);
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    ///
    /// The program can't be started.
    pub(in crate::io::git) fn run<S: AsRef<std::ffi::OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Output, GitError> {
        self.command().args(args).output().map_err(|error| not_started(&error))
    }

    /// What a command prints, which has to succeed.
    pub(super) fn must<S: AsRef<std::ffi::OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
    ) -> Result<Vec<u8>, GitError> {
        let output = self.run(args)?;
        if output.status.success() { Ok(output.stdout) } else { Err(GitError::new(complaint(&output.stderr))) }
    }

    /// The one line that a command prints, if it succeeds.
    pub(super) fn line(&self, args: &[&str]) -> Option<String> {
        let output = self.run(args).ok().filter(|output| output.status.success())?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Some(text.strip_suffix('\n').unwrap_or(&text).to_owned())
    }

    /// Starts a process that answers one question after the other.
    pub(super) fn batch(&self) -> Result<Batch, GitError> {
        let mut command = self.command();
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| not_started(&error))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(questions), Some(answers)) => {
                Ok(Batch { child, questions: Some(questions), answers: BufReader::new(answers) })
            }
            _ => Err(GitError::new("git can't be talked to")),
        }
    }
}

fn not_started(error: &io::Error) -> GitError {
    if error.kind() == io::ErrorKind::NotFound {
        return GitError::new("this repository has a form that only the program `git` reads, and it is not installed")
            .hint("install git, and put it on the PATH");
    }
    GitError::new(format!("the program `git` can't be started: {error}"))
}

/// What git says went wrong, on one line.
pub(in crate::io::git) fn complaint(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().find(|line| line.starts_with("fatal: ") || line.starts_with("error: "));
    let line = line.or(text.lines().next()).unwrap_or("it failed and does not say why");
    format!("git: {}", line.trim_start_matches("fatal: ").trim_start_matches("error: "))
}

/// `git cat-file --batch`: objects by name, as long as it is held.
pub(super) struct Batch {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// What became of a question.
pub(super) enum Answer {
    /// The object: its id and its bytes, unless it is larger than the limit.
    Found {
        /// The id.
        id: String,
        /// How many bytes it has.
        size: u64,
        /// The bytes; `None` where there are too many.
        bytes: Option<Vec<u8>>,
    },
    /// There is no such object.
    Missing,
    /// The name fits several objects.
    Ambiguous,
}

impl Batch {
    /// Asks for an object. A name has no line breaks.
    pub(super) fn ask(&mut self, name: &str, limit: u64) -> io::Result<Answer> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        questions.write_all(format!("{name}\n").as_bytes())?;
        questions.flush()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err(io::Error::other(format!("git stopped at the object {name}: `git fsck` tells what is wrong")));
        }
        let line = line.trim_end_matches('\n');
        let mut parts = line.rsplitn(3, ' ');
        let (size, _type, id) = (parts.next(), parts.next(), parts.next());
        let (Some(size), Some(id)) = (size.and_then(|size| size.parse::<u64>().ok()), id) else {
            return Ok(if line.ends_with(" ambiguous") { Answer::Ambiguous } else { Answer::Missing });
        };
        let bytes = if size > limit {
            io::copy(&mut self.answers.by_ref().take(size), &mut io::sink())?;
            None
        } else {
            let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
            self.answers.read_exact(&mut bytes)?;
            Some(bytes)
        };
        self.answers.read_exact(&mut [0])?;
        Ok(Answer::Found { id: id.to_owned(), size, bytes })
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // It ends when nobody asks any more; waiting for it leaves no process behind.
        self.questions.take();
        let _ = self.child.wait();
    }
}

/// Whether git refuses a repository since somebody else owns it.
pub(super) fn is_distrust(stderr: &[u8]) -> bool {
    String::from_utf8_lossy(stderr).contains("dubious ownership")
}

/// The path that a command printed as one line.
pub(super) fn path_of(line: &[u8]) -> PathBuf {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let path = crate::io::git::object::path(line);
    path.canonicalize().unwrap_or_else(|_| Path::new(&path).to_path_buf())
}
