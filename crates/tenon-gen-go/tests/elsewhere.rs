//! Bindings that are elsewhere are referred to and not made.

#![allow(clippy::unwrap_used, reason = "what fails here is the test")]

#[allow(dead_code)]
mod support;

use support::{check_go, config, scratch, world, write_module};
use tenon_gen_go::{Config, generate};

const WIT: &str = "package my:app;
interface log { use wasi:http/types@0.3.0.{request, error-code}; note: func(r: borrow<request>) -> result<_, error-code>; }
world app {
  import log;
  import wasi:http/client@0.3.0;
  export wasi:http/handler@0.3.0;
}";

#[test]
fn packages_of_the_runtime_module() {
    let tracks = ["wasi:http@0.3", "wasi:clocks@0.3"];
    let packages = tracks.map(|track| (track.to_string(), "tenon.dev/go".to_string())).into();
    let config = Config { packages, ..config() };
    let files = generate(&world(WIT), &config).unwrap();
    let folders: Vec<&String> = files.keys().collect();
    assert!(folders.iter().all(|path| path.starts_with("my/app/log/")), "{folders:?}");
    assert!(files["my/app/log/functions.go"].contains("\"tenon.dev/go/wasi/http/v0.3/types\""));
    let (dir, _guard) = scratch("elsewhere");
    write_module(&dir, &files);
    check_go(&dir);
}

#[test]
fn patch_releases_share_a_path() {
    let wit = "package my:app;
        world app { import wasi:cli/stdout@0.3.0; import wasi:cli/environment@0.3.0; }";
    let files = generate(&world(wit), &config()).unwrap();
    assert!(files.contains_key("wasi/cli/v0.3/stdout/functions.go"), "{:?}", files.keys());
}
