//! `cargo xtask tidy`: the invariants of the house, from `cargo metadata` and the tree.

mod crates;
mod sources;
mod tree;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::shell::{Root, output};

/// The most lines a source file may have, and how many are reason to think of two files.
const TOO_LONG: usize = 800;
const LONG: usize = 400;

/// What tidy has to say.
#[derive(Debug, Default)]
struct Report {
    errors: Vec<String>,
    warnings: Vec<String>,
}

impl Report {
    fn error(&mut self, place: &str, message: impl AsRef<str>) {
        self.errors.push(format!("{place}: {}", message.as_ref()));
    }

    fn warning(&mut self, place: &str, message: impl AsRef<str>) {
        self.warnings.push(format!("{place}: {}", message.as_ref()));
    }
}

/// A file of the repository.
#[derive(Debug)]
struct Source {
    /// From the root, with slashes.
    path: String,
    text: String,
}

pub(crate) fn run(root: &Root) -> Result<()> {
    let mut report = Report::default();
    let metadata = root.metadata()?;
    crates::check(&metadata.packages, &mut report);
    for package in &metadata.packages {
        let manifest = fs::read_to_string(&package.manifest_path)
            .with_context(|| format!("cannot read {}", package.manifest_path.display()))?;
        crates::check_manifest(&package.name, &manifest, &mut report);
    }
    let files = files(root)?;
    tree::check(&files, &mut report);
    for path in &files {
        // What is not text, or is a link to a folder, has nothing to read.
        if let Ok(text) = fs::read_to_string(root.join(path)) {
            sources::check(&Source { path: path.clone(), text }, &mut report);
        }
    }
    for warning in &report.warnings {
        eprintln!("warning: {warning}");
    }
    if !report.errors.is_empty() {
        bail!("the house is untidy:\n  {}", report.errors.join("\n  "));
    }
    Ok(())
}

/// The repository's files, from the root, sorted: those that git has or would take.
fn files(root: &Root) -> Result<Vec<String>> {
    let listed =
        output(root.command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))
            .context("tidy asks git for the files")?;
    let mut files: Vec<String> =
        listed.split('\0').filter(|path| !path.is_empty()).map(str::to_string).collect();
    files.retain(|path| root.join(path).exists());
    files.sort();
    files.dedup();
    Ok(files)
}

/// The Go files that gofmt should find nothing to do in: all but those whose case wants them broken.
pub(crate) fn go_files(root: &Root) -> Result<Vec<PathBuf>> {
    let files = files(root)?;
    Ok(files
        .iter()
        .filter(|path| path.ends_with(".go") && !sources::is_broken(path))
        .map(PathBuf::from)
        .collect())
}

/// The folders of the Go modules that are ours to check: the runtime and the examples.
pub(crate) fn go_modules(root: &Root) -> Result<Vec<String>> {
    Ok(tree::go_modules(&files(root)?))
}

/// The folders with generated Go, each with a `tenon.toml` that says of what.
pub(crate) fn generated_modules(root: &Root) -> Result<Vec<String>> {
    let mut folders = tree::configured(&files(root)?);
    folders.retain(|folder| {
        fs::read_to_string(root.join(folder).join("tenon.toml")).is_ok_and(|text| text.contains("world"))
    });
    Ok(folders)
}
