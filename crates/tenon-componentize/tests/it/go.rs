//! What the stock Go compiler makes.

use crate::support::{Guest, core_names, externs, main_module, pages, wat, world};
use std::path::Path;
use std::process::Command;
use tenon_componentize::{Config, CoreConfig, Error, componentize, core};

const WIT: &str = "package local:demo;
interface api { work: async func(name: string, n: u32) -> string; }
world demo { import wasi:clocks/monotonic-clock@0.3.0; export api; }
package wasi:clocks@0.3.0 { interface monotonic-clock { wait-for: async func(how-long: u64); } }";

/// Compiles a program of one file.
fn build(source: &str, mode: &str) -> Vec<u8> {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).expect("it is written");
    write("go.mod", "module fixture\n\ngo 1.24\n");
    write("main.go", source);
    let usual = Path::new("/usr/local/go/bin/go");
    let go =
        std::env::var_os("GO").unwrap_or_else(|| if usual.exists() { usual.into() } else { "go".into() });
    let output = Command::new(&go)
        .args(["build", mode, "-o", "out.wasm", "."])
        .current_dir(dir.path())
        .envs([("GOOS", "wasip1"), ("GOARCH", "wasm"), ("GOWORK", "off"), ("GOFLAGS", "-mod=mod")])
        .output()
        .unwrap_or_else(|error| {
            panic!("Go 1.24 or newer is needed for this test, on PATH or named by $GO: {error}")
        });
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(dir.path().join("out.wasm")).expect("the module is there")
}

/// Asynchronous tasks by hand: nothing of Tenon is in the program, only what its shim promises.
#[test]
fn a_program_with_goroutines_becomes_a_component() {
    let module = build(include_str!("../fixtures/tasks.go"), "-buildmode=c-shared");
    let component = componentize(&module, &world(WIT), &Config::default()).expect("it is componentized");
    assert_eq!(externs(&component, true), ["local:demo/api"]);
    let imports = externs(&component, false);
    assert!(imports.contains(&"wasi:clocks/monotonic-clock@0.3.0".to_owned()), "{imports:?}");
    assert!(
        imports.iter().all(|import| import.starts_with("wasi:")),
        "no import is Tenon's own: {imports:?}"
    );
    assert!(component.len() < module.len() + 64 * 1024, "names are gone, the adapter is small");

    let producers = wasm_metadata::Producers::from_wasm(&component).expect("valid").expect("present");
    assert!(producers.get("language").expect("present").get("Go").expect("present").starts_with("1."));

    let debug = Config { debug: true, ..Config::default() };
    let debug = componentize(&module, &world(WIT), &debug).expect("it is componentized");
    assert!(debug.len() > component.len(), "names are kept");
}

#[test]
fn a_program_without_its_export_is_told_so() {
    let module = build("package main\n\nfunc main() {}\n", "-buildmode=c-shared");
    let error = componentize(&module, &world(WIT), &Config::default()).expect_err("it is refused");
    let function = "work".to_owned();
    assert_eq!(error, Error::MissingExport { interface: Some("local:demo/api".to_owned()), function });
}

#[test]
fn a_plain_program_becomes_a_command() {
    let module = build("package main\n\nfunc main() { println(\"hello\") }\n", "-buildmode=exe");
    let component = componentize(&module, &world("package a:b; world w {}"), &Config::default());
    let exports = externs(&component.expect("it is componentized"), true);
    assert!(exports.len() == 1 && exports[0].starts_with("wasi:cli/run@0.2"), "{exports:?}");
}

/// Go's heap and the adapter must not meet: without a `cabi_realloc` of the program's, pages are reserved for it.
#[test]
fn the_adapter_has_memory_that_go_does_not_use() {
    let module = build("package main\n\nfunc main() { println(\"hello\") }\n", "-buildmode=exe");
    let component = componentize(&module, &world("package a:b; world w {}"), &Config::default());
    let main = main_module(&component.expect("it is componentized"));
    assert_eq!(pages(&main), pages(&module) + 3);
    assert!(core_names(&main).1.contains(&"cabi_realloc_adapter".to_owned()));

    let module = build(include_str!("../fixtures/tasks.go"), "-buildmode=c-shared");
    let main =
        main_module(&componentize(&module, &world(WIT), &Config::default()).expect("it is componentized"));
    assert_eq!(pages(&main), pages(&module), "it has its own");
}

/// The same table as Go's linker writes, in a module small enough to be run. Before it, the end of the code looks like a
/// beginning of the data; the last four addresses of the table are one.
const LAYOUT: &str = r#"(module
  (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
  (memory (export "memory") 17)
  (func (export "end") (result i32) (i32.load (i32.const 4184)))
  (func (export "before") (result i32) (i32.load (i32.const 4176)))
  (data (i32.const 4092) "\ff\ff\ff\ff"
    "\00\10\00\00\00\00\00\00" "\00\10\00\00\00\00\00\00" "\00\11\00\00\00\00\00\00" "\00\11\00\00\00\00\00\00"
    "\00\12\00\00\00\00\00\00" "\08\12\00\00\00\00\00\00" "\00\13\00\00\00\00\00\00" "\08\13\00\00\00\00\00\00"
    "\01\00\01\00\00\00\00\00" "\01\00\01\00\00\00\00\00" "\01\00\01\00\00\00\00\00" "\01\00\01\00\00\00\00\00"
    "\00\08\00\00\00\00\00\00")
  MORE
  (@custom "go:buildid" "x"))"#;

#[test]
fn reserved_memory_is_handed_out_once() {
    let component = componentize(
        &wat(&LAYOUT.replace("MORE", "")),
        &world("package a:b; world w {}"),
        &Config::default(),
    );
    let mut guest = Guest::new(&main_module(&component.expect("it is componentized")));
    assert_eq!(guest.call("end", &[]).expect("no trap"), 0x1_0001 + 3 * 0x1_0000);
    assert_eq!(guest.call("before", &[]).expect("no trap"), 0x1_0001);
    let mut realloc = |old, align, size| guest.call("cabi_realloc_adapter", &[old, 0, align, size]);
    assert_eq!(realloc(0, 8, 0x1_0000).expect("no trap"), 0x1_0010);
    assert_eq!(realloc(0, 1, 1).expect("no trap"), 0x2_0010);
    assert_eq!(realloc(0, 16, 0x1_0000).expect("no trap"), 0x2_0020);
    assert!(realloc(0x2_0010, 1, 2).is_err(), "blocks do not grow");
    assert!(realloc(0, 1, 0x1_0000).is_err(), "nothing beyond the end");
}

#[test]
fn an_unknown_layout_is_refused() {
    let twice = LAYOUT[LAYOUT.find("(data").expect("there")..LAYOUT.find("MORE").expect("there")]
        .replace("4092", "8188");
    for module in [LAYOUT.replace("MORE", &twice), LAYOUT.replace("MORE", "").replace(") 17)", ") 18)")] {
        let error = componentize(&wat(&module), &world("package a:b; world w {}"), &Config::default());
        assert_eq!(error, Err(Error::NoRealloc));
    }
}

#[test]
fn a_plugin_stays_a_module() {
    let source = "package main\n\nfunc main() {}\n\n//go:wasmexport double\nfunc double(n int32) int32 { return 2 * n }\n";
    let module = build(source, "-buildmode=c-shared");
    let output = core(&module, &CoreConfig::default()).expect("it is rewritten");
    let (imports, exports) = core_names(&output);
    assert!(imports.iter().all(|import| import.starts_with("wasi_snapshot_preview1 ")), "{imports:?}");
    assert_eq!(exports, core_names(&module).1);
    let config = CoreConfig { drain: true, ..CoreConfig::default() };
    assert_eq!(core(&module, &config), Err(Error::NoDrain));
}

/// An HTTP library is megabytes of code, and none of it may be slow.
#[test]
fn a_large_program_takes_no_time() {
    let source = "package main\n\nimport \"net/http\"\n\nfunc main() {}\n\n//go:wasmexport run\nfunc run() { http.Get(\"http://localhost/\") }\n";
    let module = build(source, "-buildmode=c-shared");
    let start = std::time::Instant::now();
    let component =
        componentize(&module, &world("package a:b; world w { export run: func(); }"), &Config::default())
            .expect("it is componentized");
    let took = start.elapsed();
    eprintln!("{} bytes -> {} bytes in {took:?}", module.len(), component.len());
    assert!(core_names(&main_module(&component)).1.contains(&"run".to_owned()));
    if !cfg!(debug_assertions) {
        assert!(took.as_secs_f64() < 2.0, "{took:?}");
    }
}
