//! Packages of random worlds: they are always the same, Node instantiates them, and the type checker has nothing to say.

#[path = "../../tenon-plan/tests/support/dummy.rs"]
mod dummy;
#[path = "../../tenon-plan/tests/support/smith.rs"]
mod smith;

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use tenon_gen_js::{Config, Files, Instantiation, generate};

/// How many seeds, when `FUZZ_SEEDS` does not say; the first is `FUZZ_START`.
const SEEDS: u64 = 40;

/// Instantiates each package with imports that do nothing: `worlds.mjs NAME...`.
const DRIVER: &str = include_str!("worlds.mjs");

#[test]
fn packages_of_random_worlds_are_right() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let first = number("FUZZ_START").unwrap_or(0);
    let last = first + number("FUZZ_SEEDS").unwrap_or(SEEDS);
    let dir = tempfile::tempdir().expect("a folder");
    let mut names = Vec::new();
    for seed in first..last {
        for (number, (world, bytes)) in smith::components(seed).into_iter().enumerate() {
            let name = format!("seed{seed}-{number}");
            let what = format!("{name}, {}", world.name());
            let config = tenon_plan::Config { docs: Some(world), ..tenon_plan::Config::default() };
            let plan = tenon_plan::plan(&bytes, &config).unwrap_or_else(|e| panic!("{what}: {e}"));
            let config = Config {
                name: name.clone(),
                instantiation: Instantiation::Async,
                bundle: true,
                ..Config::default()
            };
            let files = generate(&plan, &config).unwrap_or_else(|e| panic!("{what}: {e}"));
            assert_eq!(files, generate(&plan, &config).unwrap_or_else(|e| panic!("{what}: {e}")), "{what}");
            write(&dir.path().join(&name), &files);
            names.push(name);
        }
    }
    let (seeds, packages) = (last - first, names.len() as u64);
    assert!(packages > seeds || seeds < SEEDS, "there are only {packages} packages");
    if names.is_empty() {
        return;
    }
    fs::write(dir.path().join("worlds.mjs"), DRIVER).expect("a file");
    fs::write(dir.path().join("package.json"), "{ \"type\": \"module\" }").expect("a file");
    let node = env::var_os("TENON_NODE").unwrap_or_else(|| "node".into());
    said_nothing(Command::new(&node).current_dir(dir.path()).arg("worlds.mjs").args(&names), &dir);
    fs::write(dir.path().join("tsconfig.json"), TSCONFIG).expect("a file");
    let tsc = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/npm/node_modules/typescript/bin/tsc");
    assert!(tsc.is_file(), "TypeScript is not there: `cargo xtask setup --all` brings it");
    said_nothing(Command::new(node).arg(tsc).current_dir(dir.path()), &dir);
}

const TSCONFIG: &str = r#"{
  "compilerOptions": {
    "target": "ES2022", "lib": ["ES2022", "DOM", "DOM.AsyncIterable"], "module": "nodenext", "types": [],
    "strict": true, "exactOptionalPropertyTypes": true, "noEmit": true
  },
  "include": ["*/*.d.ts", "*/interfaces/*.d.ts"]
}"#;

fn write(dir: &Path, files: &Files) {
    for (name, bytes) in files {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// Runs a command; if it says anything, its folder stays.
fn said_nothing(command: &mut Command, dir: &tempfile::TempDir) {
    let output = command.output().expect("Node is installed: these tests need it");
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    if output.status.success() && said.is_empty() {
        return;
    }
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("worlds");
    let _ = fs::remove_dir_all(&kept);
    let copied = Command::new("cp").arg("-r").arg(dir.path()).arg(&kept).status();
    assert!(copied.is_ok(), "the folder cannot be kept");
    let said = String::from_utf8_lossy(&said);
    panic!("in {}:\n{}", kept.display(), said.chars().take(4000).collect::<String>());
}
