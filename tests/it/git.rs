//! Real git repositories, as `io::git` sees them.

use std::path::{Path, PathBuf};

use pact::io::git::{Content, GitError, Repository, Selection, State};

use crate::support::Folder;

/// libgit2 and the `git` program: the answers are the same.
type Open = fn(&Path) -> Result<Repository, GitError>;
const READERS: [Open; 2] = [Repository::open, Repository::open_by_program];

const ALL: Selection<'_> = Selection { below: &[], accepts: &|_| true };

fn everything(below: &[PathBuf]) -> Selection<'_> {
    Selection { below, ..ALL }
}

fn repository() -> Folder {
    let folder = Folder::new();
    folder.must("git init -q -b main").write("data/a.yaml", "a: 1\n").write("data/b.yaml", "b: 1\n");
    folder.write("other/c.yaml", "c: 1\n").must("git add . && git commit -qm one && git tag v1");
    folder.write("data/a.yaml", "a: 2\n").must("git rm -q data/b.yaml && git commit -qam two");
    folder
}

#[test]
fn revisions_are_resolved_and_wrong_ones_are_named() {
    for reader in READERS {
        let folder = repository();
        let git = reader(&folder.path().join("data")).unwrap();
        let head = git.resolve("HEAD").unwrap();
        for same in ["main", &head.short, "v1^{}"] {
            assert_eq!(git.resolve(same).unwrap() == head, same != "v1^{}", "{same}");
        }
        assert_eq!(git.resolve("HEAD~1"), git.resolve("v1"));
        for same in [":/one", "HEAD^{/one}", "HEAD^", "v1^{commit}", "HEAD@{1}"] {
            assert_eq!(git.resolve(same), git.resolve("v1"), "{same}");
        }
        for (wrong, hint) in
            [("mian", "did you mean `main`?"), ("HEAD~9", "`git log --oneline HEAD` shows"), ("a..b", "give a branch")]
        {
            let error = git.resolve(wrong).unwrap_err();
            assert!(error.hints[0].starts_with(hint), "{wrong}: {error:?}");
        }
        assert!(git.resolve("HEAD:data/a.yaml").unwrap_err().message.contains("is no commit"));
    }
}

#[test]
fn files_are_read_without_a_checkout() {
    for reader in READERS {
        let folder = repository();
        let git = reader(&folder.path()).unwrap();
        let commit = git.resolve("v1").unwrap();
        let files = git.files(&commit, everything(&["data".into()])).unwrap();
        let names: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
        assert_eq!(names, [Path::new("data/a.yaml"), Path::new("data/b.yaml")]);
        assert_eq!(git.read(files[0].1).unwrap(), "a: 1\n");
        assert_eq!(git.files(&commit, everything(&[PathBuf::new()])).unwrap().len(), 3);
    }
}

#[test]
fn a_link_is_what_it_leads_to_in_the_same_tree() {
    for reader in READERS {
        let folder = repository();
        folder.must(
            "ln -s ../other/c.yaml data/l.yaml && ln -s /etc/passwd data/out.yaml && git add . && git commit -qm l",
        );
        let git = reader(&folder.path()).unwrap();
        let files = git.files(&git.resolve("HEAD").unwrap(), everything(&["data".into()])).unwrap();
        let texts: Vec<String> = files.iter().map(|(_, blob)| git.read(*blob).unwrap()).collect();
        assert_eq!(texts, ["a: 2\n", "c: 1\n", "/etc/passwd"]);
    }
}

#[test]
fn changes_are_found_between_commits_index_and_work_tree() {
    for reader in READERS {
        let folder = repository();
        let git = reader(&folder.path()).unwrap();
        let (base, head) = (git.resolve("v1").unwrap(), git.resolve("HEAD").unwrap());
        let below = [PathBuf::from("data")];
        let changed = |state| {
            let changed = git.changed(Some(&base), state, everything(&below)).unwrap();
            let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
            let mark = |after: Option<Content>| match after {
                Some(Content::Blob(_)) => "blob",
                Some(Content::Disk) => "disk",
                None => "gone",
            };
            changed.iter().map(|one| format!("{} {}", name(&one.path), mark(one.after))).collect::<Vec<_>>()
        };
        assert_eq!(changed(State::Commit(&head)), ["a blob", "b gone"]);
        assert_eq!(changed(State::WorkTree), ["a disk", "b gone"]);
        folder.write("data/new.yaml", "n").write("data/ignored.yaml", "i").write(".gitignore", "ignored.yaml\n");
        folder.write("other/far.yaml", "f").write("data/staged.yaml", "s").must("git add data/staged.yaml");
        assert_eq!(changed(State::WorkTree), ["a disk", "b gone", "new disk", "staged disk"]);
        assert_eq!(changed(State::Index), ["a blob", "b gone", "staged blob"]);
        // Written back to what it was: no change, whatever git has in between.
        folder.write("data/a.yaml", "a: 1\n").write("data/b.yaml", "b: 1\n");
        assert_eq!(changed(State::WorkTree), ["new disk", "staged disk"]);
    }
}

#[test]
fn work_starts_where_it_left_the_default_branch() {
    for reader in READERS {
        let folder = repository();
        let open = || reader(&folder.path()).unwrap();
        let start = open().resolve("HEAD").unwrap();
        assert_eq!(open().fork_point(None).unwrap().commit, start);
        folder.must("git switch -qc work && git commit -qm mine --allow-empty");
        folder.must("git switch -q main && git commit -qm theirs --allow-empty && git switch -q work");
        let fork = open().fork_point(None).unwrap();
        assert_eq!((fork.commit, fork.branch.as_str()), (start, "main"));
        let error = open().fork_point(Some("mainn")).unwrap_err();
        assert_eq!(error.hints[0], "did you mean `main`?");
        folder.must("git branch -m main trunk");
        assert!(open().fork_point(None).unwrap_err().hints[0].contains("default_branch"));
        assert!(open().fork_point(Some("trunk")).is_ok());
    }
}

#[test]
fn what_is_no_repository_or_can_not_be_read_is_said() {
    let folder = Folder::new();
    let error = |path: &str| Repository::open(&folder.path().join(path)).err().expect("an error");
    assert!(error("").message.contains("in no git repository"), "{:?}", error(""));
    folder.must("git init -q empty");
    let git = Repository::open(&folder.path().join("empty")).unwrap();
    assert_eq!(git.resolve("HEAD").unwrap_err().message, "the repository has no commit yet");
    folder.must("git init -q damaged && cd damaged && git commit -qm one --allow-empty && rm -rf .git/objects/*");
    let git = Repository::open(&folder.path().join("damaged")).unwrap();
    assert!(git.resolve("HEAD").unwrap_err().message.starts_with("HEAD can't be read"));
    folder.must("git init -q odd && git -C odd config core.repositoryformatversion 1");
    folder.must("git -C odd config extensions.madeup true");
    assert!(error("odd").message.contains("unknown repository extension"), "{:?}", error("odd"));
    assert!(error("odd").hints[0].contains("a newer git"), "{:?}", error("odd"));
}

#[test]
fn a_shallow_clone_without_the_ancestor_says_so() {
    for reader in READERS {
        let folder = repository();
        folder.must("git switch -qc work && git commit -qm mine --allow-empty && git switch -q main");
        folder.must("git commit -qm theirs --allow-empty");
        folder.must("git clone -q --depth 1 --no-single-branch \"file://$PWD\" clone && git -C clone switch -q work");
        let git = reader(&folder.path().join("clone")).unwrap();
        let error = git.fork_point(None).unwrap_err();
        assert!(error.message.contains("the clone is shallow"), "{error:?}");
        assert!(error.hints[0].contains("`git fetch --unshallow`"), "{error:?}");
    }
}

#[test]
fn a_bare_repository_compares_commits_only() {
    for reader in READERS {
        let folder = repository();
        folder.must("git clone -q --bare . bare.git");
        let git = reader(&folder.path().join("bare.git")).unwrap();
        let (base, head) = (git.resolve("v1").unwrap(), git.resolve("main").unwrap());
        let below = [PathBuf::from("data")];
        assert_eq!(git.changed(Some(&base), State::Commit(&head), everything(&below)).unwrap().len(), 2);
        assert!(
            git.changed(Some(&base), State::WorkTree, everything(&below)).unwrap_err().message.contains("no work tree")
        );
    }
}
