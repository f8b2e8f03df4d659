//! `tenon serve` as a process.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::place::Go;
use crate::process;

/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server; it is killed when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens, as in `127.0.0.1:4711`.
    pub address: String,
    said: Arc<Said>,
}

/// The lines that the server has written, on either stream.
#[derive(Debug, Default)]
struct Said {
    lines: Mutex<Vec<String>>,
    more: Condvar,
}

impl Server {
    /// Serves a component on a free port.
    pub fn start(component: &Path, arguments: &[&str]) -> Result<Server> {
        let folder = component.parent().context("a component is in a folder")?;
        let mut command = process::command("tenon", folder, &Go::on_path())?;
        command.args(["serve", "--addr", "127.0.0.1:0"]).args(arguments).arg(component);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot start tenon serve")?;
        let said = Arc::new(Said::default());
        listen(child.stdout.take(), said.clone());
        listen(child.stderr.take(), said.clone());
        let mut server = Server { child, address: String::new(), said };
        let line = server.wait_for(PATIENCE, |line| line.contains("listening on "))?;
        let url = line.rsplit("listening on ").next().unwrap_or_default();
        let url = url.split_whitespace().next().unwrap_or_default();
        server.address = url.trim_start_matches("http://").trim_end_matches('/').to_string();
        Ok(server)
    }

    /// Waits until the server has written such a line.
    pub fn wait_for(&mut self, limit: Duration, wanted: impl Fn(&str) -> bool) -> Result<String> {
        let end = Instant::now() + limit;
        let mut lines = lock(&self.said.lines);
        loop {
            if let Some(line) = lines.iter().find(|line| wanted(line)) {
                return Ok(line.clone());
            }
            let left = end.saturating_duration_since(Instant::now());
            let ended = self.child.try_wait()?;
            if left.is_zero() || ended.is_some() {
                bail!("the server did not say so ({ended:?}); it said:\n{}", lines.join("\n"));
            }
            lines = self
                .said
                .more
                .wait_timeout(lines, left.min(Duration::from_millis(50)))
                .map_or_else(|e| e.into_inner().0, |(g, _)| g);
        }
    }

    /// All that the server has written so far.
    pub fn said(&self) -> String {
        lock(&self.said.lines).join("\n")
    }

    /// The memory that the server has in use, in bytes.
    pub fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).context("no /proc")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("the server has ended")?;
        let kib: u64 = line.split_whitespace().nth(1).context("VmRSS")?.parse()?;
        Ok(kib << 10)
    }

    /// Asks the server to stop, as a person or a cluster does. Returns its exit code.
    pub fn terminate(mut self) -> Result<i32> {
        self.signal("TERM")?;
        self.wait()
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) -> Result<()> {
        let mut kill = std::process::Command::new("kill");
        kill.arg(format!("-{name}")).arg(self.child.id().to_string());
        if !kill.status().context("cannot run kill")?.success() {
            bail!("the server could not be sent SIG{name}");
        }
        Ok(())
    }

    /// Waits for the server's end.
    pub fn wait(&mut self) -> Result<i32> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status.code().unwrap_or(-1));
            }
            thread::sleep(Duration::from_millis(10));
        }
        bail!("the server did not end; it said:\n{}", self.said())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(pipe: Option<impl Read + Send + 'static>, said: Arc<Said>) {
    let Some(pipe) = pipe else { return };
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(std::result::Result::ok) {
            lock(&said.lines).push(line);
            said.more.notify_all();
        }
    });
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
