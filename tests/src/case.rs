//! Cases: folders with a `case.toml` that says what is done and what must come of it.
//!
//! In all texts `$ROOT` is the repository, `$OUT` a folder for results, `$BUSY` an address where somebody else listens, and
//! `$NAME` the address of the upstream or server of that name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::place;
use crate::upstream::Upstream;

/// What `case.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// What the case shows, in a sentence.
    pub about: String,
    /// The project, if it is not the case's own folder.
    pub project: Option<String>,
    /// Whether the case is run with every Go release that the tests have.
    #[serde(default)]
    pub every_go: bool,
    /// Services that are there all the time.
    #[serde(default)]
    pub upstreams: BTreeMap<String, Upstream>,
    /// What is done, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// The case's folder.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// A step: exactly one of `run`, `serve` and `compose`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Step {
    /// A command line.
    pub run: Vec<String>,
    /// Where it runs, from the project's folder.
    pub dir: String,
    /// What is added to its environment.
    pub env: BTreeMap<String, String>,
    /// What it reads.
    pub stdin: String,
    /// The exit code that it must have.
    pub exit: i32,
    /// All that it must write to standard output.
    pub stdout: Option<String>,
    /// What must be in its standard output.
    pub stdout_has: Vec<String>,
    /// What must not be in its standard output.
    pub stdout_lacks: Vec<String>,
    /// A file of the case with all that it must write to standard error; `BLESS=1` writes the file.
    pub stderr: Option<String>,
    /// What must be in its standard error.
    pub stderr_has: Vec<String>,
    /// What must not be in its standard error.
    pub stderr_lacks: Vec<String>,
    /// The files that it must write or change, and no others; a command that fails must touch none.
    pub writes: Option<Vec<String>>,

    /// A component that is served until the case ends.
    pub serve: Option<String>,
    /// The server's name.
    pub name: String,
    /// More arguments of `tenon serve`.
    pub args: Vec<String>,
    /// What is asked of it.
    #[serde(rename = "request")]
    pub requests: Vec<Request>,

    /// Components: the last one's imports are filled with the exports of the others.
    pub compose: Vec<String>,
    /// Where the composition goes.
    pub out: String,
}

/// A request, and the answer that must come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Request {
    /// GET, if nothing is said.
    pub method: Option<String>,
    /// The path with its query.
    pub path: String,
    /// The request's fields.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The request's body.
    #[serde(default)]
    pub body: String,
    /// The answer's status, 200 if nothing is said.
    pub status: Option<u16>,
    /// The answer's body.
    pub answer: Option<String>,
    /// What must be in the answer's body.
    #[serde(default)]
    pub answer_has: Vec<String>,
    /// What must not be in the answer's body.
    #[serde(default)]
    pub answer_lacks: Vec<String>,
    /// Fields of the answer's head; an empty value says that there is no such field.
    #[serde(default)]
    pub answer_headers: BTreeMap<String, String>,
    /// Fields after the answer's body.
    #[serde(default)]
    pub answer_trailers: BTreeMap<String, String>,
}

impl Case {
    /// The steps that say all of what a command writes, each by the command's last word.
    pub fn told(&self) -> impl Iterator<Item = (&str, &Step, &str)> {
        self.steps.iter().filter_map(|step| Some((step.run.last()?.as_str(), step, step.stdout.as_deref()?)))
    }
}

/// The case of a name.
pub fn named(name: &str) -> Result<Case> {
    read(&place::root()?.join("tests/cases").join(name))
}

/// All cases, by name.
pub fn all() -> Result<BTreeMap<String, Case>> {
    let folder = place::root()?.join("tests/cases");
    let mut cases = BTreeMap::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            cases.insert(name, read(&path)?);
        }
    }
    Ok(cases)
}

fn read(folder: &Path) -> Result<Case> {
    let path = folder.join("case.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut case: Case = toml::from_str(&text).with_context(|| format!("{}", path.display()))?;
    case.folder = folder.to_path_buf();
    Ok(case)
}
