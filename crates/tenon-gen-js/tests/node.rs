//! Packages of small components, used by a script under Node: `tests/cases/NAME/component.wat` and `test.mjs`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use tenon_gen_js::{Config, Files, Instantiation, generate};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn package(case: &str, config: &Config) -> Files {
    let bytes = wat::parse_file(cases().join(case).join("component.wat")).expect("the case is a component");
    let plan = tenon_plan::plan(&bytes, &tenon_plan::Config::default()).unwrap_or_else(|e| panic!("{e}"));
    generate(&plan, config).unwrap_or_else(|e| panic!("{e}"))
}

fn config(name: &str) -> Config {
    Config { name: name.into(), bundle: true, ..Config::default() }
}

/// Writes the package into a folder of its own and runs the case's script on it.
fn check(case: &str, config: &Config) {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, bytes) in package(case, config) {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    let script = cases().join(case).join("test.mjs");
    let node = env::var_os("TENON_NODE").unwrap_or_else(|| "node".into());
    let output = Command::new(node)
        .arg(script)
        .arg(dir.path())
        .arg(format!("{:?}", config.instantiation))
        .output()
        .expect("Node is installed: these tests need it");
    assert!(
        output.status.success(),
        "{case}:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn cases_run() {
    let mut names: Vec<_> = fs::read_dir(cases())
        .expect("there are cases")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        check(&name, &config(&name));
        check(&name, &Config { minify: true, base64: true, typescript: false, ..config(&name) });
        for instantiation in [Instantiation::Async, Instantiation::Sync] {
            check(&name, &Config { instantiation, ..config(&name) });
        }
    }
}

/// Each file once, with the same bytes every time.
#[test]
fn output_is_a_function_of_the_input() {
    for name in ["add", "sync", "async"] {
        let first = package(name, &config(name));
        assert_eq!(first, package(name, &config(name)));
        assert!(
            first.windows(2).all(|pair| pair[0].0 < pair[1].0),
            "files are in order, and each is there once"
        );
    }
}

/// What a component does not use is not there.
#[test]
fn packages_are_small() {
    let scripts = |files: &Files| -> usize {
        files.iter().filter(|(name, _)| name.ends_with(".js")).map(|(_, bytes)| bytes.len()).sum()
    };
    let add = package("add", &config("add"));
    assert!(scripts(&add) <= 2048, "{} bytes of JavaScript for add", scripts(&add));
    let sync = package("sync", &config("sync"));
    for module in ["tasks", "scheduler", "streams", "futures", "waitables", "suspend"] {
        assert!(
            !sync.iter().any(|(name, _)| *name == format!("runtime/{module}.js")),
            "{module} in a synchronous package"
        );
    }
}

/// Names, types and calls, to be read in a review. `BLESS=1` writes them.
#[test]
fn goldens() {
    for (case, file) in [
        ("add", "instantiate.js"),
        ("sync", "instantiate.js"),
        ("sync", "instantiate.d.ts"),
        ("async", "instantiate.js"),
    ] {
        let files = package(case, &config(case));
        let (_, bytes) = files.iter().find(|(name, _)| name == file).expect("every package has it");
        let path = cases().join(case).join(format!("{file}.golden"));
        if env::var_os("BLESS").is_some() {
            fs::write(&path, bytes).expect("a file");
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            String::from_utf8_lossy(bytes),
            golden,
            "{case}/{file}: run with BLESS=1 if it should be so"
        );
    }
}
