//! A world's component, in each of its languages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Context, Error, Result, bail, ensure};
use tenon_tests::place::{self, Go};
use tenon_tests::process;

/// The C compiler.
const CLANG: &str = "clang-19";
/// What the compiler is told. A warning is a mistake.
const FLAGS: [&str; 6] =
    ["--target=wasm32-wasi", "-mexec-model=reactor", "-O2", "-Wall", "-Wextra", "-Werror"];

/// One build at a time: the worlds of all cases share most of their packages, which only Go's build cache knows.
static BUILDS: Mutex<()> = Mutex::new(());

/// What a world is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// A main package, built with `tenon build`.
    Go,
    /// One file with bindings by hand, compiled with clang.
    C,
}

impl Language {
    /// Its name in the tests' names.
    pub(super) fn word(self) -> &'static str {
        match self {
            Language::Go => "go",
            Language::C => "c",
        }
    }
}

/// A world of a case. It is built at most once in each language.
pub(super) struct World {
    /// As in the WIT.
    pub(super) name: String,
    case: PathBuf,
    go: OnceLock<Result<Vec<u8>, String>>,
    c: OnceLock<Result<Vec<u8>, String>>,
}

impl World {
    pub(super) fn new(case: &Path, name: String) -> World {
        World { name, case: case.to_path_buf(), go: OnceLock::new(), c: OnceLock::new() }
    }

    /// The languages that it is there in. Go is one of them in any case: without it, the test is to fail.
    pub(super) fn languages(&self) -> Vec<Language> {
        let mut languages = vec![Language::Go];
        if self.source().is_file() {
            languages.push(Language::C);
        }
        languages
    }

    fn source(&self) -> PathBuf {
        self.case.join(format!("{}.c", self.name))
    }

    pub(super) fn component(&self, language: Language) -> Result<&[u8]> {
        let built = match language {
            Language::Go => self.go.get_or_init(|| self.build(language)),
            Language::C => self.c.get_or_init(|| self.build(language)),
        };
        built.as_deref().map_err(|error| Error::msg(error.clone()))
    }

    fn build(&self, language: Language) -> Result<Vec<u8>, String> {
        let build = || -> Result<Vec<u8>> {
            let scratch = place::scratch("interop")?;
            let out = scratch.path().join("component.wasm");
            match language {
                Language::Go => self.build_go(&out)?,
                Language::C => self.build_c(&scratch.path().join("core.wasm"), &out)?,
            }
            fs::read(&out).with_context(|| format!("cannot read {}", out.display()))
        };
        build().map_err(|error| format!("building world {} in {}: {error:#}", self.name, language.word()))
    }

    fn build_go(&self, out: &Path) -> Result<()> {
        let folder = self.case.join(&self.name);
        ensure!(folder.join("go.mod").is_file(), "it is not implemented: there is no {}", folder.display());
        let mut command = process::command("tenon", &folder, &Go::on_path())?;
        command.arg("build").arg("-o").arg(out);
        let turn = BUILDS.lock().unwrap_or_else(PoisonError::into_inner);
        let built = process::finish(command, b"");
        drop(turn);
        built?.ok()?;
        Ok(())
    }

    fn build_c(&self, core: &Path, out: &Path) -> Result<()> {
        if Command::new(CLANG).arg("--version").output().is_err() {
            bail!("there is no {CLANG}: `cargo xtask setup` installs it, or says how to");
        }
        let mut compile = process::command(CLANG, &self.case, &Go::on_path())?;
        compile.args(FLAGS).arg("-o").arg(core).arg(self.source());
        process::finish(compile, b"")?
            .ok()
            .context("if a header or library is missing, `cargo xtask setup` installs it, or says how to")?;
        let mut componentize = process::command("tenon", &self.case, &Go::on_path())?;
        componentize.arg("componentize").arg(core).arg("--wit").arg(&self.case);
        componentize.arg("--world").arg(&self.name).arg("-o").arg(out);
        process::finish(componentize, b"")?.ok()?;
        Ok(())
    }
}
