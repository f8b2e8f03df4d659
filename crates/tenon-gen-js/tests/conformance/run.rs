//! One script, in a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, thread};

use serde::Deserialize;
use tenon_gen_js::Instantiation;
use wast::Wast;
use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};

use crate::report::{Outcome, Status};
use crate::script::{Reader, Step};

/// A script that says nothing for so long is ended. Nothing takes a tenth of this.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the driver says of one step.
#[derive(Debug, Deserialize)]
struct Line {
    status: Status,
    #[serde(default)]
    message: String,
}

/// Runs a file.
pub(crate) fn file(path: &Path, instantiation: Instantiation) -> Vec<Outcome> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut folder = tempfile::tempdir().expect("a folder");
    if env::var_os("TENON_TEST_KEEP").is_some() {
        folder.disable_cleanup(true);
        println!("{}: {}", path.display(), folder.path().display());
    }
    let steps = match read(&text, folder.path(), instantiation) {
        Ok(steps) => steps,
        Err(error) => {
            let (line, _) = error.span().linecol_in(&text);
            let message = format!("the script cannot be read: {}", error.message());
            return vec![Outcome {
                line: line + 1,
                what: "script".into(),
                status: Status::Unsupported,
                message,
            }];
        }
    };
    let script = folder.path().join("script.json");
    fs::write(&script, serde_json::to_string(&steps).expect("it is JSON")).expect("a file");
    let (lines, end) = drive(&script);
    let mut lines = lines.into_iter();
    let outcomes = steps.into_iter().map(|step| {
        let Line { status, message } = lines.next().unwrap_or_else(|| Line {
            status: Status::Failed,
            message: format!("Node ended before this: {end}"),
        });
        Outcome { line: step.line, what: step.what, status, message }
    });
    outcomes.collect()
}

fn read(text: &str, folder: &Path, instantiation: Instantiation) -> Result<Vec<Step>, wast::Error> {
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer)?;
    let wast = parser::parse::<Wast<'_>>(&buffer)?;
    let mut reader = Reader::new(text, folder, instantiation);
    wast.directives.into_iter().for_each(|directive| reader.directive(directive));
    Ok(reader.steps)
}

/// Lets Node do the steps; what it says of each, and what it said last.
fn drive(script: &Path) -> (Vec<Line>, String) {
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/driver.mjs");
    let node = env::var_os("TENON_NODE").unwrap_or_else(|| "node".into());
    let mut child = Command::new(node)
        .args(["--no-warnings", "--expose-gc"])
        .arg(driver)
        .arg(script)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Node is installed: these tests need it");
    let (sender, receiver) = mpsc::channel();
    let stdout = child.stdout.take().expect("it is piped");
    thread::spawn(move || {
        BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    let stderr = child.stderr.take().expect("it is piped");
    let errors = thread::spawn(move || {
        let mut text = String::new();
        let _ = BufReader::new(stderr).read_to_string(&mut text);
        text
    });
    let mut lines = Vec::new();
    let slow = loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(line) => lines.push(serde_json::from_str(&line).unwrap_or_else(|e| panic!("{line}: {e}"))),
            Err(mpsc::RecvTimeoutError::Disconnected) => break false,
            Err(mpsc::RecvTimeoutError::Timeout) => break true,
        }
    };
    let end = end(&mut child, slow);
    let errors = errors.join().unwrap_or_default();
    let last = errors.lines().find(|line| line.contains("Error")).unwrap_or_default().to_string();
    (lines, format!("{end} {last}"))
}

fn end(child: &mut Child, slow: bool) -> String {
    if slow {
        child.kill().expect("it runs");
    }
    let status = child.wait().expect("it runs");
    if slow { format!("nothing happened for {} s", PATIENCE.as_secs()) } else { status.to_string() }
}
