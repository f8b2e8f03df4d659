//! Commands with their output, under a time limit.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::place::{self, Go};

/// No command of a test takes longer: a hang is a failure with a message, not a run that CI ends.
const LIMIT: Duration = Duration::from_secs(600);

/// What became of a command.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code; -1 if a signal ended it.
    pub code: i32,
    /// All of standard output.
    pub stdout: String,
    /// All of standard error.
    pub stderr: String,
}

impl Outcome {
    /// The same, if the command succeeded.
    pub fn ok(self) -> Result<Outcome> {
        if self.code != 0 {
            bail!("exit code {}\nstdout: {}\nstderr: {}", self.code, self.stdout, self.stderr);
        }
        Ok(self)
    }
}

/// A command in `folder` that finds `tenon` and the given Go on `PATH`.
pub fn command(program: impl AsRef<OsStr>, folder: &Path, go: &Go) -> Result<Command> {
    let program = program.as_ref();
    let mut command = if program == "tenon" { Command::new(place::tenon()?) } else { Command::new(program) };
    command.current_dir(folder).env("PATH", go.path()?);
    // What is on this machine is what is tested.
    command.env("GOTOOLCHAIN", "local").env("NO_COLOR", "1").env_remove("GOROOT");
    // The repository's own module is none of a copied project's business.
    command.env_remove("CARGO_MANIFEST_DIR").env("GOFLAGS", "-buildvcs=false").env("GOWORK", "off");
    Ok(command)
}

/// Runs a command to its end with these bytes as standard input.
pub fn finish(mut command: Command, stdin: &[u8]) -> Result<Outcome> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {:?}", command.get_program()))?;
    let mut input = child.stdin.take().context("no pipe")?;
    let stdin = stdin.to_vec();
    let writer = thread::spawn(move || {
        // A command need not read what it is given.
        let _ = input.write_all(&stdin);
    });
    let stdout = collect(child.stdout.take().context("no pipe")?);
    let stderr = collect(child.stderr.take().context("no pipe")?);
    let end = Instant::now() + LIMIT;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() > end {
            child.kill()?;
            bail!("{command:?} did not end in {} s", LIMIT.as_secs());
        }
        thread::sleep(Duration::from_millis(10));
    };
    let text = |thread: thread::JoinHandle<Vec<u8>>| {
        String::from_utf8_lossy(&thread.join().unwrap_or_default()).into_owned()
    };
    drop(writer);
    Ok(Outcome { code: status.code().unwrap_or(-1), stdout: text(stdout), stderr: text(stderr) })
}

fn collect(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // A pipe that breaks is at its end.
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}
