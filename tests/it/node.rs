//! Go components under each Node, on the published packages of WASI: a handler behind Node's server, a client, timers and a
//! hundred calls at once, a command with files, and what a command does under `tenon run`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use libtest_mimic::Trial;
use tenon_tests::case;
use tenon_tests::node::{self, Node};
use tenon_tests::npm;
use tenon_tests::place::{self, Go};
use tenon_tests::process::{self, Outcome};

use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("node::a_handler_stands_behind_nodes_server", server),
        trial("node::services_run_as_in_a_browser", services),
        trial("node::a_command_is_a_client_of_http", client),
        trial("node::a_command_reads_files", command),
        trial("node::a_command_does_what_it_does_under_tenon_run", beyond),
        trial("node::the_glue_of_a_service_is_small", glue),
    ]
}

fn server() -> Result<()> {
    with(&[("torture", "tests/cases/http-torture")], |folder, node| {
        run(folder, node, "server.mjs", &[], b"")?.ok()?;
        Ok(())
    })
}

fn services() -> Result<()> {
    let components = [("hello", "examples/hello-http"), ("sleepers", "tests/browser/sleepers")];
    with(&components, |folder, node| {
        run(folder, node, "services.mjs", &[], b"")?.ok()?;
        Ok(())
    })
}

fn client() -> Result<()> {
    with(&[("client", "tests/cases/http-client")], |folder, node| {
        let outcome = run(folder, node, "client.mjs", &[], b"")?.ok()?;
        let said = "redirect: I am /new from /new\ntime-out: true\ndeadline: true\nrefused: wasi:http: connection-refused\n";
        ensure!(outcome.stdout == said, "it said {}", outcome.stdout);
        Ok(())
    })
}

fn command() -> Result<()> {
    with(&[("wordcount", "examples/wordcount")], |folder, node| {
        fs::write(folder.join("three.txt"), "three small words\n")?;
        let check = |arguments: &[&str], code: i32, stdout: &str, stderr: &str| -> Result<()> {
            let outcome = run(folder, node, "wordcount.mjs", arguments, b"one line\n")?;
            ensure!(outcome.code == code && outcome.stdout == stdout, "{arguments:?}: {outcome:?}");
            ensure!(outcome.stderr.contains(stderr), "{arguments:?}: {outcome:?}");
            Ok(())
        };
        check(&[], 0, "1 2 9\n", "")?;
        check(&["three.txt"], 0, "1 3 18 three.txt\n", "")?;
        check(&["-w", "missing.txt", "three.txt"], 1, "3 three.txt\n3 total\n", "open missing.txt: ")
    })
}

/// What a case says of the program under `tenon run`, which comes first.
fn beyond() -> Result<()> {
    let case = case::named("wasi-beyond-http")?;
    let told: Vec<_> = case.told().collect();
    ensure!(told.len() == 4, "{} steps say what is written", told.len());
    with(&[("beyond", "tests/cases/wasi-beyond-http")], |folder, node| {
        for (argument, step, stdout) in &told {
            let outcome = run(folder, node, "beyond.mjs", &[*argument], step.stdin.as_bytes())?.ok()?;
            ensure!(outcome.stdout == *stdout, "{argument}: {}", outcome.stdout);
        }
        // The next Node finds the folder as this one did.
        fs::remove_dir_all(folder.join("work"))?;
        Ok(())
    })
}

/// All JavaScript of the package, but for the runtime, which packages share.
fn glue() -> Result<()> {
    let scratch = place::scratch("glue")?;
    packages(scratch.path(), &[("hello", "examples/hello-http")])?;
    let mut sizes = Vec::new();
    for entry in fs::read_dir(scratch.path().join("hello"))? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "js") {
            sizes.push((entry.file_name(), entry.metadata()?.len()));
        }
    }
    let all: u64 = sizes.iter().map(|(_, size)| size).sum();
    ensure!(sizes.len() == 3 && all < 40 << 10, "{all} bytes: {sizes:?}");
    Ok(())
}

/// Makes a package of each component, by its name, and runs a test with each Node in the folder that has them.
fn with(components: &[(&str, &str)], test: impl Fn(&Path, &Node) -> Result<()>) -> Result<()> {
    let root = place::root()?;
    let scratch = place::scratch("node")?;
    let folder = scratch.path();
    npm::modules(folder)?;
    place::copy(&root.join("tests/node"), folder)?;
    fs::copy(root.join("tests/browser/services/check.mjs"), folder.join("check.mjs"))?;
    packages(folder, components)?;
    for node in node::all()? {
        test(folder, &node).with_context(|| format!("with Node {}", node.version))?;
    }
    Ok(())
}

fn packages(folder: &Path, components: &[(&str, &str)]) -> Result<()> {
    let root = place::root()?;
    for (name, source) in components {
        let component = folder.join(format!("{name}.wasm"));
        let mut build = process::command("tenon", &root.join(source), &Go::on_path())?;
        build.args(["build", "-o"]).arg(&component);
        process::finish(build, b"")?.ok().with_context(|| format!("building {source}"))?;
        let mut host = process::command("tenon", folder, &Go::on_path())?;
        host.args(["host", "js", "--bundle", "-o", name]).arg(&component);
        process::finish(host, b"")?.ok()?;
    }
    Ok(())
}

fn run(folder: &Path, node: &Node, script: &str, arguments: &[&str], stdin: &[u8]) -> Result<Outcome> {
    let mut command = process::command(&node.program, folder, &Go::on_path())?;
    command.arg(script).args(arguments);
    process::finish(command, stdin)
}
