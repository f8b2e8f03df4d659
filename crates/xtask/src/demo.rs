//! `cargo xtask demo`: the main job, from source to an answered request.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::setup;
use crate::shell::{Root, announce, answers, output, run as run_command};

/// What the server says when it is ready, before its address.
const READY: &str = "listening on ";
/// How long the server may take to be ready: it compiles the component first.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) fn run(root: &Root) -> Result<()> {
    let go = setup::go(root)?;
    let path = setup::path_with(&go)?;

    announce("building the tenon command (the first time takes minutes: it contains a WebAssembly compiler)");
    run_command(root.cargo().args(["build", "--release", "--package", "tenon"]).env("PATH", &path))?;
    let target = root.metadata()?.target_directory;
    let tenon = target.join("release").join(format!("tenon{}", std::env::consts::EXE_SUFFIX));

    announce("tenon build: examples/hello-http, an ordinary Go program, becomes a component");
    let folder = target.join("demo");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let component = folder.join("hello-http.wasm");
    let started = Instant::now();
    let example = root.join("examples/hello-http");
    run_command(
        Command::new(&tenon).args(["build", "-o"]).arg(&component).current_dir(&example).env("PATH", &path),
    )?;
    let built = started.elapsed();
    let size =
        fs::metadata(&component).with_context(|| format!("there is no {}", component.display()))?.len();

    announce("tenon serve: the component answers HTTP on this machine");
    let mut server = Server::start(&tenon, &component)?;
    let address = server.address()?;
    let client = Client::find()?;

    let mut requests = 0;
    for path in ["/", "/hello/gopher", "/ticks?n=3"] {
        let url = format!("{address}{path}");
        println!("\n$ {}", client.shown(&url));
        print!("{}", client.get(&url)?);
        requests += 1;
    }
    server.stop();

    println!();
    println!(
        "A Go program that uses net/http, built by {},",
        output(Command::new(go.join("go")).arg("version"))?.trim()
    );
    println!("became a WASI 0.3 component of {:.1} MB in {:.1} s,", size as f64 / 1e6, built.as_secs_f64());
    println!("and answered {requests} requests of {} through `tenon serve`.", client.name());
    println!("The component is {}", component.display());
    Ok(())
}

/// A server that is stopped at the end, come what may.
struct Server {
    child: Child,
    lines: Receiver<String>,
}

impl Server {
    fn start(tenon: &Path, component: &Path) -> Result<Server> {
        let mut child = Command::new(tenon)
            .args(["serve", "--addr", "127.0.0.1:0"])
            .arg(component)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start the server")?;
        let (sender, lines) = channel();
        forward(child.stdout.take(), sender.clone());
        forward(child.stderr.take(), sender);
        Ok(Server { child, lines })
    }

    /// Waits until the server has said where it listens.
    fn address(&mut self) -> Result<String> {
        let end = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if let Some((_, address)) = line.split_once(READY) {
                let address = address.split_whitespace().next().unwrap_or_default();
                return Ok(address.trim_end_matches('/').to_string());
            }
            said.push(line);
        }
        bail!("the server did not start:\n{}", said.join("\n"))
    }

    fn stop(&mut self) {
        // Ended already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Sends the lines of a pipe on, to the end, so that the writer never waits.
fn forward(pipe: Option<impl Read + Send + 'static>, to: Sender<String>) {
    let Some(pipe) = pipe else { return };
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            // Nobody listens any more once the address is known.
            let _ = to.send(line);
        }
    });
}

/// An HTTP client that is none of ours.
#[derive(Clone, Copy, Debug)]
enum Client {
    Curl,
    Python,
}

impl Client {
    fn find() -> Result<Client> {
        if answers("curl", "--version") {
            return Ok(Client::Curl);
        }
        if answers("python3", "--version") {
            return Ok(Client::Python);
        }
        bail!("there is neither curl nor python3 to call the server with")
    }

    fn name(self) -> &'static str {
        match self {
            Client::Curl => "curl",
            Client::Python => "Python's urllib",
        }
    }

    fn shown(self, url: &str) -> String {
        match self {
            Client::Curl => format!("curl --include {url}"),
            Client::Python => format!("python3 -c 'print(urlopen(\"{url}\").read())'"),
        }
    }

    /// The answer, with its head where the client can show it.
    fn get(self, url: &str) -> Result<String> {
        const FETCH: &str = "import sys, urllib.request\n\
            answer = urllib.request.urlopen(sys.argv[1])\n\
            print(answer.status, answer.reason)\n\
            print(answer.headers)\n\
            sys.stdout.write(answer.read().decode())\n";
        match self {
            // The machine may name a proxy, which knows nothing of us.
            Client::Curl => {
                output(
                    Command::new("curl")
                        .args(["--silent", "--show-error", "--fail", "--noproxy", "*"])
                        .args(["--include", "--max-time", "60", url]),
                )
            }
            Client::Python => output(Command::new("python3").args(["-c", FETCH, url]).env("no_proxy", "*")),
        }
    }
}
