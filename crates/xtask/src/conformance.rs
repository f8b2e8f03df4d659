//! `cargo xtask conformance js FOLDER`: the component model's own scripts, run against what Tenon generates.
//!
//! The work is done by a test, which `make test` runs with the scripts of `tests/conformance`. Here it gets others.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell::{Root, run as run_command};

/// The arguments.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// What the components become.
    #[arg(value_enum)]
    target: Target,

    /// A folder of `.wast` files: those in folders inside it count.
    folder: PathBuf,

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
    let mut test = root.cargo();
    test.args(["test", "--quiet", "--release", "--package", "tenon-gen-js", "--test", "conformance"]);
    test.args(["--", "--exact", "scripts_hold", "--nocapture"]);
    test.env("CONFORMANCE_FOLDER", there(&args.folder)?);
    // Older scripts leave out words that newer ones must have.
    test.env("WAST_STRICT_COMPONENT_INDICES", "0");
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
    fn the_folder_must_be_said() {
        let parse = |line: &str| Cli::try_parse_from(line.split_whitespace());
        assert!(parse("conformance js").is_err());
        assert!(parse("conformance python suite").is_err());
        let cli = parse("conformance js suite --only async --json out.json").expect("it is complete");
        assert_eq!(cli.args.folder, Path::new("suite"));
        assert_eq!(cli.args.only.as_deref(), Some("async"));
    }
}
