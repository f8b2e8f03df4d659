//! Running a case.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use http::{HeaderMap, Method};
use similar::TextDiff;

use crate::case::{Case, Request, Step};
use crate::client::{Answer, Client, full};
use crate::place::{self, Go};
use crate::process::{self, Outcome};
use crate::server::Server;
use crate::{client, compose};

/// Runs a case with one Go release.
pub fn run(case: &Case, go: &Go) -> Result<()> {
    place::check_installed(go)?;
    let name = case.folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let scratch = place::scratch(&name)?;
    client::block_on(async {
        let mut runner = Runner::new(case, go, scratch.path())?;
        for (name, upstream) in &case.upstreams {
            let address = upstream.clone().start().await?;
            runner.names.insert(name.clone(), address);
        }
        for (number, step) in case.steps.iter().enumerate() {
            let what = || format!("{name}, step {}: {}", number + 1, summary(step));
            runner.step(step).await.with_context(what)?;
        }
        Ok(())
    })
}

fn summary(step: &Step) -> String {
    match &step.serve {
        Some(component) => format!("serving {component}"),
        None if step.compose.is_empty() => format!("`{}`", step.run.join(" ")),
        None => format!("composing {}", step.compose.join(" and ")),
    }
}

struct Runner<'a> {
    case: &'a Case,
    go: &'a Go,
    scratch: PathBuf,
    project: PathBuf,
    names: BTreeMap<String, String>,
    servers: Vec<Server>,
    // Holds the port of $BUSY.
    _busy: TcpListener,
}

impl<'a> Runner<'a> {
    fn new(case: &'a Case, go: &'a Go, scratch: &Path) -> Result<Runner<'a>> {
        let busy = TcpListener::bind("127.0.0.1:0").context("no port")?;
        let out = scratch.join("out");
        fs::create_dir_all(&out)?;
        let names = BTreeMap::from([
            ("ROOT".to_string(), place::root()?.display().to_string()),
            ("OUT".to_string(), out.display().to_string()),
            ("CASE".to_string(), case.folder.display().to_string()),
            ("PROJECT".to_string(), scratch.join("project").display().to_string()),
            ("BUSY".to_string(), busy.local_addr()?.to_string()),
        ]);
        let project = scratch.join("project");
        let mut runner =
            Runner { case, go, scratch: scratch.into(), project, names, servers: Vec::new(), _busy: busy };
        let source = case.project.as_deref().map(|project| runner.fill(project));
        place::copy(source.as_deref().map_or(case.folder.as_path(), Path::new), &runner.project)?;
        runner.project = fs::canonicalize(&runner.project)?;
        Ok(runner)
    }

    /// The text with all names filled in, the longest first: `$OUT2` is not `$OUT` and a 2.
    fn fill(&self, text: &str) -> String {
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names.iter().fold(text.to_string(), |text, (name, value)| text.replace(&format!("${name}"), value))
    }

    fn fill_all(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.fill(text)).collect()
    }

    async fn step(&mut self, step: &Step) -> Result<()> {
        if let Some(component) = &step.serve {
            return self.serve(step, component).await;
        }
        if let Some((socket, plugs)) = step.compose.split_last() {
            let plugs = self.fill_all(plugs);
            let plugs: Vec<&Path> = plugs.iter().map(Path::new).collect();
            return compose::compose(&plugs, Path::new(&self.fill(socket)), Path::new(&self.fill(&step.out)));
        }
        self.command(step)
    }

    async fn serve(&mut self, step: &Step, component: &str) -> Result<()> {
        let arguments = self.fill_all(&step.args);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let server = Server::start(Path::new(&self.fill(component)), &arguments)?;
        let client = Client::new(&server.address);
        if !step.name.is_empty() {
            self.names.insert(step.name.clone(), server.address.clone());
        }
        self.servers.push(server);
        for request in &step.requests {
            let said = || self.servers.last().map(Server::said).unwrap_or_default();
            let outcome = self.ask(&client, request).await;
            outcome.with_context(|| format!("{} (the server said: {})", request.path, said()))?;
        }
        Ok(())
    }

    async fn ask(&self, client: &Client, request: &Request) -> Result<()> {
        let method: Method = request.method.as_deref().unwrap_or("GET").parse()?;
        let headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let body = full(self.fill(&request.body));
        let answer = client.ask(method, &self.fill(&request.path), &headers, body).await?;
        let wanted = request.status.unwrap_or(200);
        ensure!(answer.status == wanted, "status {} instead of {wanted}: {}", answer.status, answer.body);
        self.check_answer(request, &answer)
    }

    fn check_answer(&self, request: &Request, answer: &Answer) -> Result<()> {
        if let Some(wanted) = &request.answer {
            same("the answer", &self.fill(wanted), &answer.body)?;
        }
        contains("the answer", &answer.body, &self.fill_all(&request.answer_has))?;
        lacks("the answer", &answer.body, &self.fill_all(&request.answer_lacks))?;
        fields(&answer.headers, &request.answer_headers)?;
        fields(&answer.trailers, &request.answer_trailers).context("in the trailers")
    }

    fn command(&self, step: &Step) -> Result<()> {
        let words = self.fill_all(&step.run);
        let (program, arguments) = words.split_first().context("a step says `run`, `serve` or `compose`")?;
        let folder = self.project.join(self.fill(&step.dir));
        let mut command = process::command(program, &folder, self.go)?;
        command.args(arguments).envs(step.env.iter().map(|(name, value)| (name, self.fill(value))));
        let before = self.snapshot()?;
        let outcome = process::finish(command, step.stdin.as_bytes())?;
        let complain = || format!("stdout:\n{}\nstderr:\n{}", outcome.stdout, outcome.stderr);
        ensure!(
            outcome.code == step.exit,
            "exit code {} instead of {}\n{}",
            outcome.code,
            step.exit,
            complain()
        );
        self.check_output(step, &outcome).with_context(complain)?;
        self.check_files(step, &before)
    }

    fn check_output(&self, step: &Step, outcome: &Outcome) -> Result<()> {
        if let Some(wanted) = &step.stdout {
            same("standard output", &self.fill(wanted), &outcome.stdout)?;
        }
        contains("standard output", &outcome.stdout, &self.fill_all(&step.stdout_has))?;
        lacks("standard output", &outcome.stdout, &self.fill_all(&step.stdout_lacks))?;
        contains("standard error", &outcome.stderr, &self.fill_all(&step.stderr_has))?;
        lacks("standard error", &outcome.stderr, &self.fill_all(&step.stderr_lacks))?;
        match &step.stderr {
            Some(file) => self.golden(&self.case.folder.join(file), &outcome.stderr),
            None => Ok(()),
        }
    }

    /// Compares with a file, in which the names stand for what differs from machine to machine.
    fn golden(&self, file: &Path, text: &str) -> Result<()> {
        let mut text = text.replace(&self.project.display().to_string(), "$PROJECT");
        for name in ["OUT", "BUSY", "ROOT"] {
            text = text.replace(&self.names[name], &format!("${name}"));
        }
        if env::var_os("BLESS").is_some() {
            return fs::write(file, text).with_context(|| format!("cannot write {}", file.display()));
        }
        let wanted =
            fs::read_to_string(file).with_context(|| format!("{}: BLESS=1 makes it", file.display()))?;
        same("standard error", &wanted, &text)
    }

    /// Nothing is half-written: what fails leaves everything as it was.
    fn check_files(&self, step: &Step, before: &BTreeMap<String, u64>) -> Result<()> {
        let wanted = match (&step.writes, step.exit) {
            (Some(files), _) => self.fill_all(files),
            (None, 0) => return Ok(()),
            (None, _) => Vec::new(),
        };
        let after = self.snapshot()?;
        let mut touched: Vec<&String> =
            after.iter().filter(|(f, hash)| before.get(*f) != Some(hash)).map(|(f, _)| f).collect();
        touched.extend(before.keys().filter(|file| !after.contains_key(*file)));
        touched.sort();
        ensure!(touched.iter().copied().eq(wanted.iter()), "it touched {touched:?} instead of {wanted:?}");
        Ok(())
    }

    fn snapshot(&self) -> Result<BTreeMap<String, u64>> {
        let mut files = BTreeMap::new();
        for name in place::listing(&self.scratch)? {
            let mut hasher = DefaultHasher::new();
            fs::read(self.scratch.join(&name))?.hash(&mut hasher);
            files.insert(name, hasher.finish());
        }
        Ok(files)
    }
}

fn same(what: &str, wanted: &str, got: &str) -> Result<()> {
    if wanted != got {
        bail!("{what} differs (- wanted, + got):\n{}", TextDiff::from_lines(wanted, got).unified_diff());
    }
    Ok(())
}

fn contains(what: &str, text: &str, parts: &[String]) -> Result<()> {
    match parts.iter().find(|part| !text.contains(part.as_str())) {
        Some(part) => bail!("{what} has no {part:?}:\n{text}"),
        None => Ok(()),
    }
}

fn lacks(what: &str, text: &str, parts: &[String]) -> Result<()> {
    match parts.iter().find(|part| text.contains(part.as_str())) {
        Some(part) => bail!("{what} has {part:?}:\n{text}"),
        None => Ok(()),
    }
}

fn fields(got: &HeaderMap, wanted: &BTreeMap<String, String>) -> Result<()> {
    for (name, value) in wanted {
        let all: Vec<&str> = got.get_all(name).iter().map(|v| v.to_str().unwrap_or("not text")).collect();
        ensure!(all.join(", ") == *value, "field {name}: {all:?} instead of {value:?} in {got:?}");
    }
    Ok(())
}
