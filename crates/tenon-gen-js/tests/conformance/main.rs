//! Scripts of the component model's kind (`.wast`), run against generated packages under Node.
//!
//! The scripts are those of `tests/conformance`, which must all hold. `cargo xtask conformance js FOLDER` lets this test run those of
//! another folder and prints a table.

mod package;
mod report;
mod run;
mod script;
mod values;

use std::path::{Path, PathBuf};
use std::{env, fs};

use report::{Report, Status};
use tenon_gen_js::Instantiation;

/// All scripts of a folder, in order.
fn scripts(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "wast") {
            found.push(path);
        }
    }
}

/// Runs the scripts of a folder whose names contain a text.
fn run_all(folder: &Path, only: &str, instantiation: Instantiation) -> Report {
    let mut paths = Vec::new();
    scripts(folder, &mut paths);
    let mut report = Report::default();
    for path in paths {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        if name.contains(only) {
            report.files.push((name, run::file(&path, instantiation)));
        }
    }
    assert!(
        !report.files.is_empty(),
        "there is no script in {} whose name contains `{only}`",
        folder.display()
    );
    report
}

/// What somebody else's folder shows.
fn foreign(folder: &Path) {
    let only = env::var("CONFORMANCE_ONLY").unwrap_or_default();
    let report = run_all(folder, &only, Instantiation::Async);
    if let Some(file) = env::var_os("CONFORMANCE_JSON") {
        fs::write(&file, report.json()).unwrap_or_else(|e| panic!("{}: {e}", Path::new(&file).display()));
    }
    let Some(table) = env::var_os("CONFORMANCE_TABLE") else {
        println!("{report}");
        assert_eq!(report.count(Status::Failed), 0, "some directives did not hold");
        return;
    };
    let table = fs::read_to_string(&table).unwrap_or_else(|e| panic!("{}: {e}", Path::new(&table).display()));
    let differences = report.differences(&table);
    assert!(
        differences.is_empty(),
        "{report}\n\nother numbers than are published:\n{}",
        differences.join("\n")
    );
}

/// Our own scripts hold, and Node can run all of them, but for those that suspend a stack, which old ones cannot.
fn own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance");
    for instantiation in [Instantiation::Async, Instantiation::Sync] {
        let report = run_all(&folder, "", instantiation);
        let lacking = |message: &str| message.contains("JSPI");
        let unexpected = report.results().any(|(_, result)| match result.status {
            Status::Passed => false,
            Status::Failed => true,
            Status::Unsupported => !lacking(&result.message),
        });
        assert!(!unexpected, "{instantiation:?}:\n{report}");
    }
}

#[test]
fn scripts_hold() {
    match env::var_os("CONFORMANCE_FOLDER") {
        Some(folder) => foreign(Path::new(&folder)),
        None => own(),
    }
}
