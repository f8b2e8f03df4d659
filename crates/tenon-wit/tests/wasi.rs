//! The packages inside: complete, unmodified, found by every spelling.

use std::path::Path;

use tenon_wit::{LoadConfig, Sources, WitFile, load, wasi};

#[test]
fn every_package_loads_and_its_closure_is_what_the_parser_needs() {
    for package in wasi::packages() {
        let closure = package.closure();
        let world = format!("package t:t;\nworld w {{ include {}; }}", first_world_or_interface(package));
        let text = world.replace("include interface ", "import ");
        let loaded = load(&Sources::from_text("t.wit", text), &LoadConfig::default())
            .unwrap_or_else(|e| panic!("{}: {e}", package.id()));
        for name in loaded.resolve.package_names.keys().filter(|n| n.namespace == "wasi") {
            assert!(
                closure.iter().any(|p| p.package_name() == *name),
                "{} needs {name}, which its closure lacks",
                package.id()
            );
        }
        assert_eq!(closure.len() + 1, loaded.resolve.package_names.len(), "{}", package.id());
    }
}

/// `wasi:http/proxy@0.2.12`, or `interface wasi:x/y@z` when the package has no world.
fn first_world_or_interface(package: &wasi::Package) -> String {
    let (_, text) = package.files[0];
    let found = |keyword: &str| {
        let line = text.lines().find(|l| l.starts_with(keyword))?;
        Some(line[keyword.len()..].trim_end_matches([' ', '{']).to_string())
    };
    let path = |name: String| format!("{}:{}/{name}@{}", package.namespace, package.name, package.version);
    match (found("world "), found("interface ")) {
        (Some(world), _) => path(world),
        (None, Some(interface)) => format!("interface {}", path(interface)),
        (None, None) => panic!("{} is empty", package.id()),
    }
}

#[test]
fn the_folders_and_the_table_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("wasi");
    let mut on_disk: Vec<String> = std::fs::read_dir(folder)
        .expect("the vendored packages")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .filter(|name| name.starts_with("wasi-"))
        .collect();
    on_disk.sort();
    let in_table: Vec<String> =
        wasi::packages().iter().map(|p| format!("{}-{}-{}", p.namespace, p.name, p.version)).collect();
    assert_eq!(in_table, on_disk);
    for package in wasi::packages() {
        let declared = format!("package {};", package.id());
        assert!(package.files[0].1.contains(&declared), "{declared}");
    }
}

#[test]
fn lookup_takes_every_spelling() {
    let id = |spec| wasi::lookup(spec).map(wasi::Package::id);
    assert_eq!(id("wasi:http").as_deref(), Ok("wasi:http@0.3.0"));
    assert_eq!(id("wasi:http@0.3").as_deref(), Ok("wasi:http@0.3.0"));
    assert_eq!(id("wasi:http@0.3.0").as_deref(), Ok("wasi:http@0.3.0"));
    assert_eq!(id("wasi:http@0.2").as_deref(), Ok("wasi:http@0.2.12"));
    assert_eq!(id("wasi:io").as_deref(), Ok("wasi:io@0.2.12"));
    let message = |spec| id(spec).expect_err(spec).to_string();
    assert!(message("wasi:http@0.4").contains("there is wasi:http@0.2.12 and wasi:http@0.3.0"));
    assert!(message("wasi:http@0.2.1").contains("does not ship"));
    assert!(message("wasi:nn").contains("wasi:clocks@0.3.0"));
    assert!(message("http").contains("wasi:http@0.3"));
    assert!(message("wasi:http@").contains("is not a package"));
    assert!(message("wasi:http/types").contains("is not a package"));
}

#[test]
fn a_given_package_wins_over_the_one_inside() {
    let mut sources = Sources::from_text("a.wit", "package a:a; world w { import wasi:clocks/mine@0.3.0; }");
    let mine = WitFile::new("deps/clocks.wit", "package wasi:clocks@0.3.0; interface mine { f: func(); }");
    sources.deps.push(tenon_wit::Dep::Wit(vec![mine]));
    load(&sources, &LoadConfig::default()).expect("the given package has `mine`");
}

#[test]
fn a_world_from_inside_needs_no_sources() {
    for (spec, name) in [
        ("wasi:cli/command@0.3", "wasi:cli/command@0.3.0"),
        ("wasi:http/service", "wasi:http/service@0.3.0"),
        ("wasi:http/proxy@0.2.12", "wasi:http/proxy@0.2.12"),
    ] {
        let config = LoadConfig { world: Some(spec), ..LoadConfig::default() };
        let world = load(&Sources::default(), &config).unwrap_or_else(|e| panic!("{spec}: {e}"));
        assert_eq!(world.name(), name);
    }
}
