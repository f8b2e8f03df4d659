//! What people give to a tool by mistake.

use crate::support::{wat, world};
use tenon_componentize::{Config, Error, componentize};

fn error(input: &[u8]) -> Error {
    componentize(input, &world("package a:b; world w {}"), &Config::default()).expect_err("it is refused")
}

#[test]
fn not_wasm() {
    for input in [&b""[..], b"package main", b"\x7fELF\x02\x01\x01", b"\xff\xfe"] {
        assert_eq!(error(input), Error::NotWasm);
    }
    assert!(error(b"").help().expect("help").contains("c-shared"));
}

#[test]
fn text() {
    for input in ["(module)", "\n  ;; a comment\n(module)", "(component)", "(; block ;) (module)"] {
        assert_eq!(error(input.as_bytes()), Error::Text);
    }
}

#[test]
fn a_component() {
    let component = wat("(component (core module))");
    assert_eq!(error(&component), Error::Component);
    assert_eq!(error(&component).to_string(), "already a component");
}

#[test]
fn cut_short() {
    let module =
        wat(r#"(module (memory 1) (func (export "f") i32.const 1 drop) (data (i32.const 0) "abc"))"#);
    let world = world("package a:b; world w {}");
    for len in 1..module.len() {
        match componentize(&module[..len], &world, &Config::default()) {
            Err(Error::Truncated { .. } | Error::Malformed { .. }) => {}
            Err(other) => panic!("{len}: {other:?}"),
            // Where a section ends before any function is promised, what is left is a whole module.
            Ok(_) => assert!(wasmparser::validate(&module[..len]).is_ok(), "{len}"),
        }
    }
    assert!(matches!(error(&module[..module.len() - 1]), Error::Truncated { .. }));
}

#[test]
fn malformed() {
    let error = error(b"\0asm\x01\0\0\0\x01\x02\x01\x99");
    assert!(matches!(error, Error::Malformed { .. }), "{error:?}");
    assert!(error.to_string().contains("at byte"), "{error}");
}

#[test]
fn random_damage_is_an_error_and_no_panic() {
    let module = wat(
        r#"(module (import "wasi_snapshot_preview1" "poll_oneoff" (func (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1) (table 1 funcref) (elem (i32.const 0) 0)
        (func (export "f") (result i32) (call 0 (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 1)))
        (data (i32.const 0) "abc"))"#,
    );
    let world = world("package a:b; world w {}");
    for at in 0..module.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut damaged = module.clone();
            damaged[at] = value;
            let _ = componentize(&damaged, &world, &Config::default());
        }
    }
}
