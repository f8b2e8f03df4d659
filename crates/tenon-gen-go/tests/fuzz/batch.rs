//! Many worlds in one Go module, checked by one run of each tool.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use tenon_gen_go::Files;

use crate::smith::Candidate;
use crate::support::{scratch, write_module};
use crate::tally::{self, Tally};

/// What the Go tools must have nothing to say about.
const TOOLS: [(&str, &[&str], Environment); 4] = [
    ("gofmt", &["-l", "."], &[]),
    ("go", &["vet", "./..."], &[]),
    ("go", &["vet", "./..."], WASM),
    ("go", &["build", "./..."], WASM),
];
/// What is added to the environment of a tool.
type Environment = &'static [(&'static str, &'static str)];
const WASM: Environment = &[("GOOS", "wasip1"), ("GOARCH", "wasm")];

/// Worlds with their Go files.
pub(crate) struct Batch(BTreeMap<String, (Candidate, Files)>);

impl Batch {
    pub(crate) fn new() -> Batch {
        Batch(BTreeMap::new())
    }

    pub(crate) fn add(&mut self, candidate: Candidate, files: Files) {
        self.0.insert(candidate.root.clone(), (candidate, files));
    }

    /// Runs the tools, and blames the worlds that they name.
    pub(crate) fn check(self, tally: &mut Tally) {
        let (dir, _guard) = scratch("fuzz");
        let mut all = Files::new();
        for (root, (_, files)) in &self.0 {
            all.extend(files.iter().map(|(path, text)| (format!("{root}/{path}"), text.clone())));
        }
        if all.is_empty() {
            return;
        }
        tally.files += all.len();
        write_module(&dir, &all);
        let mut blamed: BTreeMap<String, String> = BTreeMap::new();
        for (tool, arguments, env) in TOOLS {
            let (fine, said) = run(&dir, tool, arguments, env);
            if fine && said.is_empty() {
                continue;
            }
            for line in said.lines() {
                if let Some(root) = world_of(line).filter(|root| self.0.contains_key(*root)) {
                    let text = blamed.entry(root.to_string()).or_default();
                    text.push_str(&format!("{tool} {}: {line}\n", arguments[0]));
                }
            }
            assert!(!blamed.is_empty(), "{tool} {arguments:?} failed:\n{said}");
        }
        for (root, why) in blamed {
            let (candidate, files) = &self.0[&root];
            let kept = tally::keep(candidate, Some(files), &why);
            tally.fail(&root, &why, kept);
        }
    }
}

fn run(dir: &Path, tool: &str, arguments: &[&str], env: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(tool);
    command.args(arguments).current_dir(dir).envs(env.iter().copied());
    // Without the folder's name in what is compiled, the next run finds it in Go's cache.
    command.env("GOFLAGS", "-mod=mod -trimpath").env("GOWORK", "off");
    let output = command.output().unwrap_or_else(|e| panic!("{tool} is needed: {e}"));
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// The world that a line of a tool's output names: `s12w3` of `wit/s12w3/a/b/abi.go:1:2: …`.
fn world_of(line: &str) -> Option<&str> {
    let start = line.find("wit/s")? + "wit/".len();
    line[start..].split(['/', '\\', ' ', ':']).next()
}
