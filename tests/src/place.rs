//! Where things are: the repository, the `tenon` command, the Go releases, a folder for each test.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The repository's root.
pub fn root() -> Result<PathBuf> {
    let here = env::var_os("CARGO_MANIFEST_DIR").context("run the tests with cargo")?;
    Ok(Path::new(&here).parent().context("the tests have left the repository")?.to_path_buf())
}

/// The command line under test: it lies beside the test executables' folder.
pub fn tenon() -> Result<PathBuf> {
    let test = env::current_exe().context("this test does not know where it is")?;
    let folder = test.ancestors().nth(2).context("this test is not in a target folder")?;
    let tenon = folder.join(format!("tenon{}", env::consts::EXE_SUFFIX));
    if !tenon.is_file() {
        bail!(
            "{} is not there: `make test` builds it first, as does `cargo build --release -p tenon`",
            tenon.display()
        );
    }
    Ok(tenon)
}

/// A program that lies with the examples of tenon-host.
pub fn example(name: &str) -> Result<PathBuf> {
    let program = tenon()?.with_file_name("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    if !program.is_file() {
        bail!(
            "{} is not there: `make test` builds it first, as does `cargo build --release -p tenon -p tenon-host --example {name}`",
            program.display()
        );
    }
    Ok(program)
}

/// A Go release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Go {
    /// As in `1.27.3`, or `default` for the one that `go` on `PATH` is.
    pub version: String,
    /// Where its command is, unless it is on `PATH`.
    bin: Option<PathBuf>,
}

impl Go {
    /// The one on `PATH`.
    pub fn on_path() -> Go {
        Go { version: "default".into(), bin: None }
    }

    /// `PATH` for a command that is to use this release: `tenon` is on it, too.
    pub fn path(&self) -> Result<OsString> {
        let tenon = tenon()?.parent().map(Path::to_path_buf);
        let old = env::var_os("PATH").unwrap_or_default();
        let folders = self.bin.clone().into_iter().chain(tenon).chain(env::split_paths(&old));
        env::join_paths(folders).context("PATH cannot be extended")
    }
}

/// The releases of `go-versions`, each with its commands in `.tools`.
pub fn go_releases() -> Result<Vec<Go>> {
    let root = root()?;
    let text = fs::read_to_string(root.join("tests/go-versions")).context("cannot read tests/go-versions")?;
    let versions = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(versions
        .map(|version| Go {
            version: version.to_string(),
            bin: Some(root.join(format!(".tools/go-{version}/go/bin"))),
        })
        .collect())
}

/// That the release is there, with what to do if it is not.
pub fn check_installed(go: &Go) -> Result<()> {
    match &go.bin {
        Some(bin) if !bin.is_dir() => {
            bail!("Go {} is not in {}: `cargo xtask setup --all` brings it", go.version, bin.display())
        }
        _ => Ok(()),
    }
}

/// A folder for one test, removed afterwards unless `TENON_TEST_KEEP` is set.
pub fn scratch(name: &str) -> Result<tempfile::TempDir> {
    let mut dir = tempfile::Builder::new()
        .prefix(&format!("tenon-{name}-"))
        .tempdir()
        .context("no temporary folder")?;
    if env::var_os("TENON_TEST_KEEP").is_some() {
        dir.disable_cleanup(true);
        eprintln!("kept: {}", dir.path().display());
    }
    Ok(dir)
}

/// Copies a folder, but for what npm has installed there. In a `go.mod`, replacements by relative paths go on to mean what they meant.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let source = entry?.path();
        let target = to.join(source.file_name().unwrap_or_default());
        if source.file_name().is_some_and(|name| name == "node_modules") {
            continue;
        }
        if source.is_dir() {
            copy(&source, &target)?;
        } else if source.file_name().is_some_and(|name| name == "go.mod") {
            let text = fs::read_to_string(&source)?;
            fs::write(&target, absolute_replacements(&text, from)?)?;
        } else {
            fs::copy(&source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(())
}

fn absolute_replacements(gomod: &str, folder: &Path) -> Result<String> {
    let mut text = String::new();
    for line in gomod.lines() {
        match line.split_once("=> .") {
            Some((before, path)) => {
                let path = folder.join(format!(".{path}"));
                let path =
                    fs::canonicalize(&path).with_context(|| format!("there is no {}", path.display()))?;
                text.push_str(&format!("{before}=> {}\n", path.display()));
            }
            None => text.push_str(&format!("{line}\n")),
        }
    }
    Ok(text)
}

/// All files below a folder, from it, sorted.
pub fn listing(folder: &Path) -> Result<Vec<String>> {
    fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<()> {
        for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                collect(&path, &format!("{name}/"), names)?;
            } else {
                names.push(name);
            }
        }
        Ok(())
    }
    let mut names = Vec::new();
    collect(folder, "", &mut names)?;
    names.sort();
    Ok(names)
}
