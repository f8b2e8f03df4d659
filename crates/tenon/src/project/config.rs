//! `tenon.toml`

use std::num::NonZeroU32;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use tenon_wit::{Diagnostic, Diagnostics, Label, WitFile};

use crate::files;
use crate::ui::Failure;

/// The code of every error in `tenon.toml`.
const CODE: &str = "T0901";

/// What `tenon.toml` may say. All of it is optional, and so is the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The world: `service`, or with its package, `wasi:http/service@0.3`.
    pub(crate) world: Option<String>,
    /// The WIT folder or file, from the module's root.
    pub(crate) wit: Option<String>,
    /// The folder for generated Go, from the module's root. `tenon build` keeps it up to date when it is named here or holds
    /// generated files.
    pub(crate) out: Option<String>,
    /// Features whose `@unstable` items are wanted.
    #[serde(default)]
    pub(crate) features: Vec<String>,
    /// How the component behaves.
    #[serde(default)]
    pub(crate) build: Build,
    /// What concerns core modules.
    #[serde(default)]
    pub(crate) core: Core,
}

/// `[build]`: what goes into the component with the program. The runtime's package abi has variables for it, which the
/// linker sets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Build {
    /// How many calls of asynchronous exports may be under way at a time. The host holds back others.
    pub(crate) max_tasks: Option<NonZeroU32>,
    /// Whether synchronous exports return when every goroutine is parked, and not at once.
    #[serde(default)]
    pub(crate) drain: bool,
}

impl Build {
    /// The variables to set, as the linker's flag `-X` wants them.
    pub(crate) fn variables(&self) -> Vec<String> {
        let mut variables = Vec::new();
        if let Some(max) = self.max_tasks {
            variables.push(format!("tenon.dev/go/abi.buildMaxTasks={max}"));
        }
        if self.drain {
            variables.push("tenon.dev/go/abi.buildDrain=true".to_string());
        }
        variables
    }
}

/// `[core]`: for `tenon build --core`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Core {
    /// Whether exports return when every goroutine is parked, and not at once.
    #[serde(default)]
    pub(crate) drain: bool,
}

impl Config {
    /// Reads the file; the defaults when there is none.
    pub(crate) fn read(path: &Path) -> Result<Config> {
        match files::read_text_if_present(path)? {
            None => Ok(Config::default()),
            Some(text) => {
                Config::parse(&path.display().to_string(), &text).map_err(|e| Failure::from(e).into())
            }
        }
    }

    fn parse(path: &str, text: &str) -> Result<Config, Diagnostics> {
        let config: Config = toml::from_str(text).map_err(|error| located(path, text, &error))?;
        for (key, value) in [("wit", &config.wit), ("out", &config.out)] {
            let outside =
                |v: &String| Path::new(v).is_absolute() || v.split(['/', '\\']).any(|part| part == "..");
            if key == "out" && value.as_ref().is_some_and(outside) {
                let problem = Diagnostic::error(CODE, format!("`{key}` leaves the module's folder"))
                    .with_label(place(path, text, key))
                    .with_help("generated Go belongs to the module: name a folder inside, such as \"wit\"");
                return Err(with_text(problem, path, text));
            }
        }
        Ok(config)
    }
}

/// Where a key stands at the start of a line.
fn place(path: &str, text: &str, key: &str) -> Option<Label> {
    let starts = text.match_indices(key).map(|(at, _)| at);
    let at = starts.into_iter().find(|at| *at == 0 || text.as_bytes()[at - 1] == b'\n')?;
    Some(Label::primary(path, at..at + key.len(), ""))
}

fn located(path: &str, text: &str, error: &toml::de::Error) -> Diagnostics {
    let message = error.message().lines().next().unwrap_or("cannot be read");
    let label = error.span().map(|span| Label::primary(path, span, ""));
    let mut problem = Diagnostic::error(CODE, message.to_string()).with_label(label);
    if !message.contains("expected one of") {
        problem =
            problem.with_help("the keys are `world`, `wit`, `out`, `features`, `max-tasks` and `drain` under `[build]`, and `drain` under `[core]`");
    }
    with_text(problem, path, text)
}

fn with_text(problem: Diagnostic, path: &str, text: &str) -> Diagnostics {
    Diagnostics::from(problem).with_files(&[WitFile::new(path, text)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_optional() {
        assert_eq!(Config::parse("t", ""), Ok(Config::default()));
        let config = Config::parse("t", "world = \"w\"\nfeatures = [\"f\"]\n[core]\ndrain = true").unwrap();
        assert_eq!(config.world.as_deref(), Some("w"));
        assert!(config.core.drain);
    }

    #[test]
    fn what_the_runtime_is_told_goes_through_the_linker() {
        let config = Config::parse("t", "[build]\nmax-tasks = 64\ndrain = true").unwrap();
        let variables = ["tenon.dev/go/abi.buildMaxTasks=64", "tenon.dev/go/abi.buildDrain=true"];
        assert_eq!(config.build.variables(), variables);
        assert!(Config::default().build.variables().is_empty());
        let error = Config::parse("tenon.toml", "[build]\nmax-tasks = 0").unwrap_err().to_string();
        assert!(error.contains("tenon.toml:2:13") && error.contains("nonzero"), "{error}");
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_known_ones() {
        let error = Config::parse("tenon.toml", "wit = \"wit\"\nwrold = \"w\"").unwrap_err().to_string();
        assert!(error.contains("tenon.toml:2:1"), "{error}");
        for part in ["`wrold`", "`world`", "`out`", "`features`"] {
            assert!(error.contains(part), "{part} in {error}");
        }
        let error = Config::parse("tenon.toml", "[core]\ndrian = true").unwrap_err().to_string();
        assert!(error.contains("drain"), "{error}");
    }

    #[test]
    fn the_output_stays_inside() {
        let error = Config::parse("tenon.toml", "out = \"../x\"").unwrap_err().to_string();
        assert!(error.contains("leaves the module's folder") && error.contains("tenon.toml:1:1"), "{error}");
    }
}
