//! What users write wrong, and what they are told.

use tenon_wit::{Decoded, Dep, LoadConfig, Sources, WitFile, decode, load, print_world};

/// The message for WIT text that is refused.
#[track_caller]
fn refused(text: &str) -> String {
    refused_world(text, None)
}

#[track_caller]
fn refused_world(text: &str, world: Option<&str>) -> String {
    let config = LoadConfig { world, ..LoadConfig::default() };
    match load(&Sources::from_text("app.wit", text), &config) {
        Ok(world) => panic!("{} was accepted", world.name()),
        Err(errors) => errors.to_string(),
    }
}

#[track_caller]
fn assert_says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in:\n{message}");
    }
}

#[test]
fn a_syntax_error_has_its_place() {
    let message = refused("package a:b;\nworld w {\n  import f: fun();\n}\n");
    assert_says(&message, &["error[T0001]", "at app.wit:3:"]);
}

#[test]
fn an_unknown_type_has_its_place() {
    let message = refused("package a:b;\ninterface i {\n  f: func(x: colour);\n}\nworld w { import i; }");
    assert_says(&message, &["error[T0002]", "`colour` does not exist", "at app.wit:3:14"]);
}

#[test]
fn a_cycle_is_named() {
    let message = refused("package a:b;\ninterface i { record r { next: option<r> } }");
    assert_says(&message, &["error[T0003]", "depends on itself", "help: "]);
}

#[test]
fn the_errors_of_all_files_and_packages_come_at_once() {
    let sources = Sources {
        main: vec![
            WitFile::new("a.wit", "package a:b;\nworld w { import x }"),
            WitFile::new("b.wit", "package a:b;\ninterface i { f func(); }"),
        ],
        deps: vec![Dep::Wit(vec![WitFile::new("deps/c.wit", "package c:d;\n\u{7f}")])],
    };
    let errors = load(&sources, &LoadConfig::default()).expect_err("three errors");
    assert_eq!(errors.list.len(), 3, "{errors}");
    assert_says(&errors.to_string(), &["at a.wit:2:", "at b.wit:2:", "at deps/c.wit:2:1"]);
}

#[test]
fn all_missing_packages_come_at_once() {
    let message = refused(
        "package a:b;\n// import shop:orders/old@1.0.0\nworld w {\n  import shop:orders/orders@1.0.0;\n  import wasi:http/types@0.3.7;\n  import wasi:clocks/types;\n}",
    );
    assert_says(
        &message,
        &[
            "package `shop:orders@1.0.0` was not found",
            "at app.wit:4:10",
            "wit/deps/orders/",
            "package `wasi:http@0.3.7` was not found",
            "at app.wit:5:10",
            "tenon carries wasi:http@0.2.12 and wasi:http@0.3.0",
            "at app.wit:6:10",
            "say which version: wasi:clocks@0.2.12 or wasi:clocks@0.3.0",
        ],
    );
}

#[test]
fn the_world_must_exist_and_be_one() {
    let text = "package a:b;\nworld service {}\nworld worker {}";
    assert_says(&refused(text), &["error[T0008]", "has 2 worlds", "service, worker"]);
    assert_says(
        &refused_world(text, Some("sevrice")),
        &["error[T0007]", "no world `sevrice` in package `a:b`", "did you mean `service`?"],
    );
    assert_says(&refused_world(text, Some("x:y/z")), &["no package with a world `x:y/z`"]);
    assert_says(&refused_world(text, Some("a:")), &["is not a world's name"]);
    assert_says(&refused("package a:b;"), &["package `a:b` has no world"]);
}

#[test]
fn nothing_at_all_is_an_error() {
    let errors = load(&Sources::default(), &LoadConfig::default()).expect_err("no WIT");
    assert_says(&errors.to_string(), &["error[T0013]", "help: "]);
}

#[test]
fn one_package_twice_is_an_error_unless_it_is_the_same() {
    let dep = |path: &str, text: &str| Dep::Wit(vec![WitFile::new(path, text)]);
    let mut sources = Sources::from_text("a.wit", "package a:b; world w { import c:d/i; }");
    sources.deps.push(dep("deps/c.wit", "package c:d; interface i {}"));
    sources.deps.push(dep("deps/e/deps/c.wit", "package c:d; interface i {}"));
    load(&sources, &LoadConfig::default()).expect("the same text twice");
    sources.deps.push(dep("deps/f.wit", "package c:d; interface i { f: func(); }"));
    let errors = load(&sources, &LoadConfig::default()).expect_err("another text");
    assert_says(&errors.to_string(), &["error[T0005]", "deps/c.wit:1:", "deps/f.wit:1:"]);
}

#[test]
fn unstable_items_need_their_feature() {
    let text = "package a:b;\nworld w { @unstable(feature = fancy) import f: func(); }";
    let sources = Sources::from_text("a.wit", text);
    let imports = |config: &LoadConfig| {
        let world = load(&sources, config).expect("fine");
        world.resolve.worlds[world.id].imports.len()
    };
    let features = ["fancy".to_string()];
    assert_eq!(imports(&LoadConfig::default()), 0);
    assert_eq!(imports(&LoadConfig { features: &features, ..LoadConfig::default() }), 1);
    assert_eq!(imports(&LoadConfig { all_features: true, ..LoadConfig::default() }), 1);
}

#[test]
fn what_is_printed_reads_the_same() {
    let text =
        "package a:b;\nworld w { import wasi:http/types@0.3.0; export run: async func(n: u32) -> string; }";
    let world = load(&Sources::from_text("a.wit", text), &LoadConfig::default()).expect("fine");
    let printed = print_world(&world).expect("printable");
    let again = load(&Sources::from_text("again.wit", &printed), &LoadConfig::default())
        .unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(print_world(&again).expect("printable"), printed);
}

#[test]
fn a_package_in_binary_form_is_a_dependency_like_any_other() {
    let dep = load(
        &Sources::from_text("d.wit", "package d:e@1.0.0; interface i { f: func(); } world unused {}"),
        &LoadConfig::default(),
    )
    .expect("fine");
    let package = dep.resolve.worlds[dep.id].package.expect("in a package");
    let bytes = wit_component::encode(&dep.resolve, package).expect("encodes");
    assert!(matches!(decode(&bytes), Ok(Decoded::Package { .. })));
    let world = |spec| decode(&bytes).and_then(|decoded| decoded.into_world(spec)).map(|world| world.name());
    assert_eq!(world(None).as_deref(), Ok("d:e/unused@1.0.0"));
    assert_says(
        &world(Some("used")).expect_err("unknown").to_string(),
        &["error[T0007]", "there is `unused`"],
    );

    let mut sources = Sources::from_text("a.wit", "package a:b; world w { import d:e/i@1.0.0; }");
    let path = "deps/d.wasm".to_string();
    sources.deps.push(Dep::Wasm { path, bytes });
    load(&sources, &LoadConfig::default()).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn what_cannot_be_decoded_is_said() {
    assert_says(&decode(b"hello").expect_err("text").to_string(), &["this is not WebAssembly"]);
    assert_says(
        &decode(b"\0asm\x01\0\0\0").expect_err("no metadata").to_string(),
        &["says nothing about a world", "tenon componentize"],
    );
    assert_says(
        &decode(b"\0asm\x0d\0\x01\0\xff").expect_err("damaged").to_string(),
        &["component cannot be read"],
    );
}
