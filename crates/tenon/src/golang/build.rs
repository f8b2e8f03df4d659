//! `go build` for WebAssembly.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result};

use crate::ui::{Failure, Stage};

/// What kind of module is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// One that exports functions.
    Library,
    /// One that runs from start to end.
    Command,
}

/// Builds the package `pattern`, seen from `dir`, into the file `out`, with these variables (`path.name=value`) set. Returns
/// what Go said when it failed: that has been passed through already.
pub(crate) fn build(
    dir: &Path,
    pattern: &str,
    mode: Mode,
    debug: bool,
    variables: &[String],
    out: &Path,
    stage: &Stage,
) -> Result<Result<(), String>> {
    let mut command = super::command(dir);
    command.args(["build", "-trimpath"]);
    if mode == Mode::Library {
        command.arg("-buildmode=c-shared");
    }
    let mut flags: Vec<String> = variables.iter().map(|variable| format!("-X={variable}")).collect();
    if !debug {
        flags.push("-s -w".to_string());
    }
    if !flags.is_empty() {
        command.arg(format!("-ldflags={}", flags.join(" ")));
    }
    command.arg("-o").arg(out).args(["--", pattern]);
    tracing::debug!(?command, "go build");
    let output = run(target(&mut command), stage)?;
    Ok(if output.success { Ok(()) } else { Err(output.stderr) })
}

/// With the environment that makes Go compile for WebAssembly.
pub(super) fn target(command: &mut Command) -> &mut Command {
    command.env("GOOS", "wasip1").env("GOARCH", "wasm").env("CGO_ENABLED", "0")
}

/// How a call of the Go command ended.
pub(super) struct Output {
    pub(super) success: bool,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: String,
}

/// Runs it, with its stderr passed through as it comes.
pub(super) fn run(command: &mut Command, stage: &Stage) -> Result<Output> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().context("cannot start the go command")?;
    let (Some(mut stdout), Some(mut stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(Failure::Reported(2).into());
    };
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| bytes)
    });
    let mut said = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        match stderr.read(&mut chunk).context("cannot read from the go command")? {
            0 => break,
            count => {
                stage.pass_through(&chunk[..count]);
                said.extend_from_slice(&chunk[..count]);
            }
        }
    }
    let stdout = match reader.join() {
        Ok(read) => read.context("cannot read from the go command")?,
        Err(_) => return Err(Failure::Reported(2).into()),
    };
    let status = child.wait().context("cannot wait for the go command")?;
    Ok(Output { success: status.success(), stdout, stderr: String::from_utf8_lossy(&said).into_owned() })
}
