//! Every core name that Tenon's generator and runtime write is one that wit-component knows.

use crate::support::{externs, wat, world};
use tenon_componentize::{Config, componentize};

const WIT: &str = r#"package a:b;
interface api {
  resource thing { constructor(); size: func() -> u32; }
  copy: async func(data: stream<u8>, name: string) -> tuple<stream<string>, future<result<_, u32>>>;
  plain: func(s: string) -> string;
}
world w {
  import api;
  import log: async func(s: string);
  export api;
  export run: async func() -> result;
}"#;

fn imports() -> String {
    let i = "i32";
    let mut all = Vec::new();
    let mut import = |module: &str, name: &str, params: &[&str], result: &str| {
        let result = if result.is_empty() { String::new() } else { format!("(result {result})") };
        all.push(format!(r#"(import "{module}" "{name}" (func (param {}) {result}))"#, params.join(" ")));
    };
    import("$root", "[waitable-set-new]", &[], i);
    import("$root", "[waitable-set-wait]", &[i, i], i);
    import("$root", "[waitable-set-poll]", &[i, i], i);
    import("$root", "[waitable-set-drop]", &[i], "");
    import("$root", "[waitable-join]", &[i, i], "");
    import("$root", "[subtask-drop]", &[i], "");
    import("$root", "[subtask-cancel]", &[i], i);
    import("$root", "[context-get-0]", &[], i);
    import("$root", "[context-set-0]", &[i], "");
    import("$root", "[backpressure-inc]", &[], "");
    import("$root", "[backpressure-dec]", &[], "");
    import("$root", "[async-lower]log", &[i, i], i);
    import("[export]$root", "[task-cancel]", &[], "");
    import("[export]$root", "[task-return]run", &[i], "");
    import("[export]a:b/api", "[task-return]copy", &[i, i], "");
    import("a:b/api", "[async-lower]copy", &[i, i, i, i], i);
    import("a:b/api", "plain", &[i, i, i], "");
    import("a:b/api", "[constructor]thing", &[], i);
    import("a:b/api", "[method]thing.size", &[i], i);
    import("a:b/api", "[resource-drop]thing", &[i], "");
    import("[export]a:b/api", "[resource-new]thing", &[i], i);
    import("[export]a:b/api", "[resource-rep]thing", &[i], i);
    import("[export]a:b/api", "[resource-drop]thing", &[i], "");
    for kind in ["stream", "future"] {
        let (module, payloads): (_, &[&str]) =
            if kind == "stream" { ("a:b/api", &["0", "1"]) } else { ("a:b/api", &["2"]) };
        for (module, suffix) in payloads
            .iter()
            .flat_map(|n| {
                [
                    (module.to_owned(), format!("-{n}]copy")),
                    (format!("[export]{module}"), format!("-{n}]copy")),
                ]
            })
            .chain([("$root".to_owned(), "-unit]".to_owned())])
        {
            let transfer: &[&str] = if kind == "stream" { &[i, i, i] } else { &[i, i] };
            import(&module, &format!("[{kind}-new{suffix}"), &[], "i64");
            import(&module, &format!("[async-lower][{kind}-read{suffix}"), transfer, i);
            import(&module, &format!("[async-lower][{kind}-write{suffix}"), transfer, i);
            import(&module, &format!("[{kind}-cancel-read{suffix}"), &[i], i);
            import(&module, &format!("[{kind}-cancel-write{suffix}"), &[i], i);
            import(&module, &format!("[{kind}-drop-readable{suffix}"), &[i], "");
            import(&module, &format!("[{kind}-drop-writable{suffix}"), &[i], "");
        }
    }
    all.join("\n")
}

#[test]
fn all_names_are_known() {
    let module = wat(&format!(
        r#"(module {}
        (memory (export "memory") 1)
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
        (func (export "[async-lift]run") (result i32) unreachable)
        (func (export "[callback][async-lift]run") (param i32 i32 i32) (result i32) unreachable)
        (func (export "[async-lift]a:b/api#copy") (param i32 i32 i32) (result i32) unreachable)
        (func (export "[callback][async-lift]a:b/api#copy") (param i32 i32 i32) (result i32) unreachable)
        (func (export "a:b/api#plain") (param i32 i32) (result i32) unreachable)
        (func (export "cabi_post_a:b/api#plain") (param i32))
        (func (export "a:b/api#[constructor]thing") (result i32) unreachable)
        (func (export "a:b/api#[method]thing.size") (param i32) (result i32) unreachable)
        (func (export "a:b/api#[dtor]thing") (param i32)))"#,
        imports()
    ));
    let component = componentize(&module, &world(WIT), &Config::default()).expect("every name is known");
    assert_eq!(externs(&component, true), ["run", "a:b/api"]);
    assert_eq!(externs(&component, false), ["a:b/api", "log"]);
}
