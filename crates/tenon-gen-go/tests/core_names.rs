//! Every core import and export that is generated is one that the component encoder knows, with the same core type, and
//! no export is missing. The judge is wit-component's own dummy module.

#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use support::{config, world};
use tenon_gen_go::{Files, generate};
use tenon_wit::World;
use wasmparser::{ExternalKind, FuncType, Parser, Payload, TypeRef, ValType};
use wit_parser::{LiftLowerAbi, ManglingAndAbi};

type Signatures = BTreeMap<String, String>;

/// `i32,i32->i64`.
fn shape(params: &[ValType], results: &[ValType]) -> String {
    let names = |types: &[ValType]| types.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    format!("{}->{}", names(params), names(results))
}

/// The imports and exports of the dummy module.
fn known(world: &World) -> (Signatures, Signatures) {
    let mangling = ManglingAndAbi::Legacy(LiftLowerAbi::AsyncCallback);
    let wasm = wit_component::dummy_module(&world.resolve, world.id, mangling);
    let (mut types, mut functions): (Vec<FuncType>, Vec<u32>) = (Vec::new(), Vec::new());
    let (mut imports, mut exports) = (Signatures::new(), Signatures::new());
    let text = |types: &[FuncType], index: u32| {
        shape(types[index as usize].params(), types[index as usize].results())
    };
    for payload in Parser::new(0).parse_all(&wasm) {
        match payload.unwrap() {
            Payload::TypeSection(section) => {
                types.extend(section.into_iter_err_on_gc_types().map(Result::unwrap));
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports().map(Result::unwrap) {
                    if let TypeRef::Func(index) = import.ty {
                        functions.push(index);
                        imports.insert(format!("{} {}", import.module, import.name), text(&types, index));
                    }
                }
            }
            Payload::FunctionSection(section) => functions.extend(section.into_iter().map(Result::unwrap)),
            Payload::ExportSection(section) => {
                for export in section.into_iter().map(Result::unwrap) {
                    if export.kind == ExternalKind::Func {
                        let index = functions[export.index as usize];
                        // A destructor is synchronous, whatever the scheme is.
                        let sync =
                            export.name.strip_prefix("[async-lift]").filter(|name| name.contains("#[dtor]"));
                        exports.insert(sync.unwrap_or(export.name).to_string(), text(&types, index));
                    }
                }
            }
            _ => {}
        }
    }
    (imports, exports)
}

/// What a Go function's header says, in core types.
fn go_shape(header: &str) -> String {
    let (_, rest) = header.split_once('(').unwrap();
    let (params, result) = rest.split_once(')').unwrap();
    let core = |go: &str| match go.rsplit(' ').next().unwrap() {
        "uint64" => "i64",
        "float32" => "f32",
        "float64" => "f64",
        "uint32" | "bool" | "unsafe.Pointer" => "i32",
        other => panic!("{other} in {header}"),
    };
    // `a, b uint32` are two of one type.
    let mut types: Vec<&str> = Vec::new();
    let params: Vec<&str> = params.split(", ").filter(|p| !p.is_empty()).collect();
    for param in params.into_iter().rev() {
        let shares = !param.contains(' ') && !CORE.contains(&param);
        types.push(if shares { types.last().copied().unwrap() } else { core(param) });
    }
    types.reverse();
    let result = result.trim().trim_end_matches('{').trim();
    format!("{}->{}", types.join(","), if result.is_empty() { "" } else { core(result) })
}

/// What may stand in a raw function's header.
const CORE: [&str; 6] = ["uint32", "uint64", "float32", "float64", "bool", "unsafe.Pointer"];

/// The core imports and exports in generated files.
fn generated(files: &Files) -> (Signatures, Signatures) {
    let (mut imports, mut exports) = (Signatures::new(), Signatures::new());
    for text in files.iter().filter(|(path, _)| path.ends_with("_wasm.go")).map(|(_, text)| text) {
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            if let Some(name) = pair[0].strip_prefix("//go:wasmimport ") {
                imports.insert(name.to_string(), go_shape(pair[1]));
            } else if let Some(name) = pair[0].strip_prefix("//go:wasmexport ") {
                exports.insert(name.to_string(), go_shape(pair[1]));
            }
        }
    }
    (imports, exports)
}

#[track_caller]
fn check(wit: &str) {
    let world = world(wit);
    let (known_imports, known_exports) = known(&world);
    let files = generate(&world, &config()).unwrap_or_else(|e| panic!("{e}"));
    let (imports, exports) = generated(&files);
    assert!(!imports.is_empty() || !exports.is_empty(), "something is generated");
    for (name, shape) in &imports {
        match builtin(name) {
            // The dummy has the built-ins of asynchronous functions alone; those of others look the same.
            Some((_, expected)) if !known_imports.contains_key(name) => {
                assert_eq!(shape, expected, "import {name}")
            }
            _ => assert_eq!(Some(shape), known_imports.get(name), "import {name}"),
        }
    }
    for (name, shape) in &exports {
        assert_eq!(Some(shape), known_exports.get(name), "export {name}");
    }
    // Post-returns are needed for results in memory only; the rest is the runtime's.
    let optional = |name: &str| name.starts_with("cabi_") || name == "_initialize";
    let missing: Vec<&String> =
        known_exports.keys().filter(|name| !optional(name) && !exports.contains_key(*name)).collect();
    assert!(missing.is_empty(), "exports that are missing: {missing:?}");
}

/// The built-in of a stream or future that `name` is, and its type.
fn builtin(name: &str) -> Option<&'static (&'static str, &'static str)> {
    const BUILTINS: [(&str, &str); 12] = [
        (" [stream-new-", "->i64"),
        (" [async-lower][stream-read-", "i32,i32,i32->i32"),
        (" [async-lower][stream-write-", "i32,i32,i32->i32"),
        (" [stream-cancel-", "i32->i32"),
        (" [stream-drop-", "i32->"),
        (" [future-new-", "->i64"),
        (" [async-lower][future-read-", "i32,i32->i32"),
        (" [async-lower][future-write-", "i32,i32->i32"),
        (" [future-cancel-read-", "i32->i32"),
        (" [future-cancel-write-", "i32->i32"),
        (" [future-drop-readable-", "i32->"),
        (" [future-drop-writable-", "i32->"),
    ];
    BUILTINS.iter().find(|(prefix, _)| name.contains(prefix))
}

#[test]
fn cases() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")).unwrap() {
        let case = entry.unwrap().path();
        // What is refused has no core names.
        if !case.join("stderr").exists() {
            check(&fs::read_to_string(case.join("in.wit")).unwrap());
        }
    }
}

#[test]
fn wasi() {
    for (track, verb) in [("0.3", "import"), ("0.3", "export"), ("0.2", "import"), ("0.2", "export")] {
        check(&support::all_of_wasi(track, verb));
    }
}
