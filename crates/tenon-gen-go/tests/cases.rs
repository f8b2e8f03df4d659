//! Golden cases: `tests/cases/<name>/in.wit` and what is made of it, in `go/` or, when it is refused, `stderr`.
//! `BLESS=1` writes what is made. What is made compiles, too.

#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::{ROOT, check_go, config, scratch, world, write, write_module};
use tenon_gen_go::{Files, facts, generate, stubs};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// What a case is made into, by path below its folder.
fn make(case: &Path) -> (Files, Option<Files>) {
    let wit = fs::read_to_string(case.join("in.wit")).unwrap();
    let world = world(&wit);
    let bindings = match generate(&world, &config()) {
        Ok(files) => files,
        Err(errors) => return (Files::from([("stderr".into(), format!("{errors}\n"))]), None),
    };
    let mut made = Files::new();
    made.insert("facts".into(), facts(&world, &config()).unwrap());
    made.extend(bindings.iter().map(|(path, text)| (format!("go/wit/{path}"), text.clone())));
    let stubs = stubs(&world, &config(), "main").unwrap();
    made.extend(stubs.into_iter().map(|(path, text)| (format!("go/{path}"), text)));
    (made, Some(bindings))
}

fn blessed(case: &Path) -> Files {
    let mut found = BTreeMap::new();
    let mut folders = vec![case.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if !entry.ends_with("in.wit") {
                let name = entry.strip_prefix(case).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read_to_string(&entry).unwrap());
            }
        }
    }
    found
}

#[test]
fn golden() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for case in cases() {
        let (made, _) = make(&case);
        let blessed = blessed(&case);
        if bless {
            blessed.keys().filter(|name| !made.contains_key(*name)).for_each(|name| {
                fs::remove_file(case.join(name)).unwrap();
            });
            made.iter().for_each(|(name, text)| write(&case.join(name), text));
            continue;
        }
        for name in made.keys().chain(blessed.keys().filter(|name| !made.contains_key(*name))) {
            let (is, was) = (made.get(name).cloned(), blessed.get(name).cloned());
            if is != was {
                let (is, was) = (is.unwrap_or_default(), was.unwrap_or_default());
                let diff = similar::TextDiff::from_lines(&was, &is);
                wrong += &format!("{}/{name}\n{}", case.display(), diff.unified_diff());
            }
        }
    }
    assert!(wrong.is_empty(), "BLESS=1 makes this right, if it is:\n{wrong}");
}

#[test]
fn compile() {
    for case in cases() {
        let (made, bindings) = make(&case);
        let Some(bindings) = bindings else { continue };
        let (dir, _guard) = scratch(&format!("cases/{}", case.file_name().unwrap().to_string_lossy()));
        write_module(&dir, &bindings);
        assert!(ROOT.starts_with("example.com/test"));
        for (name, text) in made.iter().filter(|(name, _)| name.ends_with(".go")) {
            write(&dir.join(name.trim_start_matches("go/")), text);
        }
        check_go(&dir);
    }
}
