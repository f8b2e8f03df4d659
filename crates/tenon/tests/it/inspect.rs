//! `tenon inspect`

use crate::support::Sandbox;

fn component() -> Sandbox {
    let wit = "package a:b@1.0.0;\n/// Numbers.\ninterface i { resource r { constructor(n: u32); get: func() -> result<u32, string>; } }\nworld w { import i; export answer: func() -> u32; }\n";
    let sandbox = Sandbox::with(&[("w.wit", wit)]);
    let core = wat::parse_str(
        r#"(module
            (import "a:b/i@1.0.0" "[constructor]r" (func (param i32) (result i32)))
            (func (export "answer") (result i32) (call 0 (i32.const 42))))"#,
    )
    .expect("text");
    sandbox.write("core.wasm", &core);
    sandbox.tenon(["componentize", "core.wasm", "--wit", "w.wit", "-o", "c.wasm"]).expect_quiet();
    sandbox
}

#[test]
fn the_text_says_what_it_needs_and_gives() {
    let said = component().tenon(["inspect", "c.wasm"]).expect_code(0);
    for part in [
        "component, ",
        "imports\n  a:b/i@1.0.0\n    r.constructor: func(n: u32)",
        "exports\n  answer: func() -> u32",
        "core module 0",
    ] {
        assert!(said.out.contains(part), "{part:?} is not in:\n{}", said.out);
    }
}

#[test]
fn the_wit_reads_back() {
    let sandbox = component();
    let said = sandbox.tenon(["inspect", "c.wasm", "--wit"]).expect_code(0);
    sandbox.write("again.wit", said.out.as_bytes());
    sandbox.tenon(["componentize", "core.wasm", "--wit", "again.wit", "-o", "d.wasm"]).expect_quiet();
}

#[test]
fn the_json_has_the_same() {
    let said = component().tenon(["inspect", "c.wasm", "--json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(json["kind"], "component");
    assert_eq!(json["exports"][0]["name"], "answer");
    assert_eq!(json["imports"][0]["functions"][0], "r.constructor: func(n: u32)");
    assert!(json["parts"].as_array().expect("a list").iter().any(|part| part["name"] == "core module 0"));
}

#[test]
fn the_plan_is_printed() {
    let sandbox = component();
    let said = sandbox.tenon(["inspect", "c.wasm", "--plan"]).expect_code(0);
    for part in [
        "plan 1 of a:b/w@1.0.0, 1 instance(s)\nneeds: resources\n",
        "import1 a:b/i@1.0.0#[constructor]r: function0 [constructor]r(n: u32) -> own<resource0 handles0>",
        "answer: lift0 answer() -> u32 = core0.\"answer\" () -> (i32), flat [], flat result, options",
        "resource0 a:b/i@1.0.0#r: import",
        // Docs of the WIT are kept in the component.
        "interface0 a:b/i@1.0.0, imported /// Numbers.",
    ] {
        assert!(said.out.contains(part), "{part:?} is not in:\n{}", said.out);
    }
    let said = sandbox.tenon(["inspect", "c.wasm", "--plan", "--json"]).expect_code(0);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["exports"][0]["name"], "answer");
    assert_eq!(json["modules"][0]["bytes"], "");
    sandbox
        .tenon(["inspect", "core.wasm", "--plan"])
        .expect_refusal(1, &["core.wasm: this is a core module, not a component", "tenon componentize"]);
}

#[test]
fn other_files_are_named() {
    let sandbox = Sandbox::with(&[("text.wasm", "hello")]);
    sandbox.tenon(["inspect", "text.wasm"]).expect_refusal(1, &["text.wasm: this is not WebAssembly"]);
    sandbox.tenon(["inspect", "none.wasm"]).expect_refusal(2, &["cannot read none.wasm"]);
    sandbox.write("cut.wasm", b"\0asm\x0d\0\x01\0\xff\xff");
    sandbox.tenon(["inspect", "cut.wasm"]).expect_refusal(1, &["cut.wasm", "cannot be read"]);
}
