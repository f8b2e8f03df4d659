//! What a program is made of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::build::{run, target};
use crate::ui::Stage;

/// One package, as `go list -json` tells it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Package {
    /// The import path.
    #[serde(rename = "ImportPath")]
    pub(crate) import_path: String,
    /// The package's name: `main` for programs.
    #[serde(rename = "Name", default)]
    pub(crate) name: String,
    /// Its folder.
    #[serde(rename = "Dir", default)]
    pub(crate) dir: PathBuf,
    /// Whether it was only pulled in by another.
    #[serde(rename = "DepOnly", default)]
    dep_only: bool,
    /// The module it is in; none for the standard library.
    #[serde(rename = "Module", default)]
    module: Option<Module>,
}

#[derive(Clone, Debug, Deserialize)]
struct Module {
    #[serde(rename = "Path")]
    path: String,
    #[serde(rename = "Main", default)]
    main: bool,
    #[serde(rename = "Dir", default)]
    dir: PathBuf,
}

/// A program and all that it imports.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    packages: Vec<Package>,
}

/// Asks Go about the package `pattern`, seen from `dir`. Returns what Go said when it failed: that has been passed through
/// already.
pub(crate) fn list(dir: &Path, pattern: &str, stage: &Stage) -> Result<Result<Listing, String>> {
    let mut command = super::command(dir);
    command.args(["list", "-deps", "-json=ImportPath,Name,Dir,DepOnly,Module", "--", pattern]);
    let output = run(target(&mut command), stage)?;
    if !output.success {
        return Ok(Err(output.stderr));
    }
    let packages = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Package>();
    let packages = packages.collect::<Result<_, _>>().context("cannot read what `go list -json` printed")?;
    Ok(Ok(Listing { packages }))
}

/// What Go has to say against the packages of the module in `dir`, if anything.
pub(crate) fn complaint(dir: &Path) -> Result<Option<String>> {
    let mut command = super::command(dir);
    command.args(["list", "-deps", "-json=ImportPath", "./..."]);
    let output = target(&mut command).output().context("cannot start the go command")?;
    Ok((!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// Lets Go bring the requirements in the `go.mod` of `dir` up to date. What it cannot find is for the next build to say.
pub(crate) fn settle(dir: &Path) -> Result<()> {
    let mut command = super::command(dir);
    command.args(["list", "-mod=mod", "-deps", "-json=ImportPath", "./..."]);
    target(&mut command).output().context("cannot start the go command")?;
    Ok(())
}

impl Listing {
    /// The packages that were asked for.
    pub(crate) fn roots(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| !package.dep_only)
    }

    /// Whether the program is made with a package.
    pub(crate) fn has(&self, import_path: &str) -> bool {
        self.packages.iter().any(|package| package.import_path == import_path)
    }

    /// The modules of the packages, the program's own left out: path and folder.
    pub(crate) fn libraries(&self) -> BTreeMap<&str, &Path> {
        let modules = self.packages.iter().filter_map(|package| package.module.as_ref());
        let others = modules.filter(|module| !module.main && !module.dir.as_os_str().is_empty());
        others.map(|module| (module.path.as_str(), module.dir.as_path())).collect()
    }
}
