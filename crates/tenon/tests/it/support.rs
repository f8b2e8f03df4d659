//! One folder and one binary for each test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder in which `tenon` is called.
pub(crate) struct Sandbox {
    folder: TempDir,
    /// Where it is called, below the folder.
    within: PathBuf,
}

/// What a call gave.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The module cache of all tests: apart from the user's, and kept between runs.
fn module_cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("modcache")
}

impl Sandbox {
    pub(crate) fn new() -> Sandbox {
        Sandbox { folder: tempfile::tempdir().expect("a temporary folder"), within: PathBuf::new() }
    }

    /// With these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Sandbox {
        let sandbox = Sandbox::new();
        for (name, text) in files {
            sandbox.write(name, text.as_bytes());
        }
        sandbox
    }

    /// A project made by `tenon new app`, entered.
    pub(crate) fn project(template: &str) -> Sandbox {
        let mut sandbox = Sandbox::new();
        sandbox.tenon(["new", "app", "--template", template]).expect_code(0);
        sandbox.enter("app");
        sandbox
    }

    /// Calls come from this folder from now on.
    pub(crate) fn enter(&mut self, folder: &str) {
        self.within = PathBuf::from(folder);
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(&self.within).join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("can be made");
        fs::write(path, bytes).expect("can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// All files with their contents: what a refused command must leave alone.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.clone(), fs::read(&path).expect("a file"));
                }
            }
        }
        files
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.path(""))
            .env("GOMODCACHE", module_cache())
            .env("GOFLAGS", "-modcacherw")
            // The network must not be needed, and must not help.
            .env("GOPROXY", "off")
            .env("GOTOOLCHAIN", "local")
            .env_remove("GOWORK")
            .env_remove("NO_COLOR")
            .env_remove("TENON_LOG");
        command
    }

    pub(crate) fn tenon<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Said {
        said(self.command(env!("CARGO_BIN_EXE_tenon")).args(args))
    }

    pub(crate) fn go<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Said {
        said(self.command("go").args(args))
    }
}

pub(crate) fn said(command: &mut Command) -> Said {
    let Output { status, stdout, stderr } = command.output().expect("can be started");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let (out, err) = (text(stdout), text(stderr));
    let code = status.code().unwrap_or_else(|| panic!("{command:?} ended by {status}\n{out}\n{err}"));
    Said { code, out, err }
}

impl Said {
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Said {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Refused, with all of this on stderr and nothing on stdout.
    #[track_caller]
    pub(crate) fn expect_refusal(self, code: i32, parts: &[&str]) -> Said {
        let said = self.expect_code(code);
        assert_eq!(said.out, "", "nothing belongs on stdout");
        for part in parts {
            assert!(said.err.contains(part), "{part:?} is not in:\n{}", said.err);
        }
        assert!(!said.err.contains('\x1b'), "no colours without a terminal:\n{}", said.err);
        said
    }

    /// Done without a word.
    #[track_caller]
    pub(crate) fn expect_quiet(self) {
        let said = self.expect_code(0);
        assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
    }
}
