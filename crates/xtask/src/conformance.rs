//! `cargo xtask conformance js`: the component model's own scripts, run against what Tenon generates.
//!
//! The work is done by a test, which `make test` runs with the scripts of `tests/conformance`. Here it gets others; `make test`
//! does that, too, and compares what comes of it with what is published.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::shell::{Root, output, run as run_command};

/// The release of wasm-tools whose source package has the scripts.
const WASM_TOOLS: &str = "1.263.0";
/// Where it is written what they come to.
const TABLE: &str = "docs/conformance-javascript.md";

/// The arguments.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// What the components become.
    #[arg(value_enum)]
    target: Target,

    /// A folder of `.wast` files: those in folders inside it count. Without it they are the component model's own, as the
    /// source package of wasm-tools has them.
    folder: Option<PathBuf>,

    /// Only files whose path in the folder contains this.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,

    /// Also write what came of each directive, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// The Node that runs the packages, instead of the one on PATH.
    #[arg(long, value_name = "PATH")]
    node: Option<PathBuf>,
}

/// What components become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Target {
    /// Packages of `tenon host js`.
    Js,
}

pub(crate) fn run(root: &Root, args: &Args) -> Result<()> {
    let Target::Js = args.target;
    let mut test = test(root);
    match &args.folder {
        Some(folder) => test.env("CONFORMANCE_FOLDER", there(folder)?),
        None => test.env("CONFORMANCE_FOLDER", scripts(root)?),
    };
    if let Some(only) = &args.only {
        test.env("CONFORMANCE_ONLY", only);
    }
    if let Some(json) = &args.json {
        test.env("CONFORMANCE_JSON", std::path::absolute(json)?);
    }
    if let Some(node) = &args.node {
        test.env("TENON_NODE", there(node)?);
    }
    if run_command(&mut test).is_err() {
        bail!("not every directive holds: the lines that begin with FAILED say which, and why");
    }
    Ok(())
}

/// Compares what the component model's scripts come to under a Node with the published table.
pub(crate) fn check(root: &Root, node: &Path) -> Result<()> {
    let mut test = test(root);
    test.env("CONFORMANCE_FOLDER", scripts(root)?).env("CONFORMANCE_TABLE", root.join(TABLE));
    run_command(test.env("TENON_NODE", node)).with_context(|| format!("{TABLE} says something else"))
}

fn test(root: &Root) -> Command {
    let mut test = root.cargo();
    test.args(["test", "--quiet", "--release", "--package", "tenon-gen-js", "--test", "conformance"]);
    test.args(["--", "--exact", "scripts_hold", "--nocapture"]);
    // Older scripts leave out words that newer ones must have.
    test.env("WAST_STRICT_COMPONENT_INDICES", "0");
    test
}

/// The folder of the component model's scripts, brought into `.tools` as the source package of wasm-tools has them.
pub(crate) fn scripts(root: &Root) -> Result<PathBuf> {
    let folder = root.join(".tools/component-model");
    let manifest = format!(
        "[package]\nname = \"scripts\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         wasm-tools = \"={WASM_TOOLS}\"\n\n[workspace]\n"
    );
    fs::create_dir_all(folder.join("src")).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "")?;
    // All that it depends on comes with it: cargo fetches nothing by itself.
    let metadata = output(root.cargo().current_dir(&folder).args(["metadata", "--format-version=1"]))
        .context("fetching the source package of wasm-tools")?;
    let metadata: Fetched = serde_json::from_str(&metadata).context("cargo metadata has an unknown form")?;
    let found = metadata.packages.into_iter().find(|package| package.name == "wasm-tools");
    let manifest = found.context("cargo did not fetch wasm-tools")?.manifest_path;
    let scripts = manifest.parent().unwrap_or(&manifest).join("tests/component-model/test");
    if !scripts.is_dir() {
        bail!("wasm-tools {WASM_TOOLS} has no {}", scripts.display());
    }
    Ok(scripts)
}

/// `cargo metadata`, in part.
#[derive(Debug, Deserialize)]
struct Fetched {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
}

/// A path that means the same in another folder: the test does not run here.
fn there(path: &Path) -> Result<PathBuf> {
    path.canonicalize().with_context(|| format!("cannot find {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn the_target_must_be_said() {
        let parse = |line: &str| Cli::try_parse_from(line.split_whitespace());
        assert!(parse("conformance").is_err());
        assert_eq!(parse("conformance js").expect("it is complete").args.folder, None);
        assert!(parse("conformance python suite").is_err());
        let cli = parse("conformance js suite --only async --json out.json").expect("it is complete");
        assert_eq!(cli.args.folder.as_deref(), Some(Path::new("suite")));
        assert_eq!(cli.args.only.as_deref(), Some("async"));
    }
}
