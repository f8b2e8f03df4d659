//! `cargo run --release -p tenon-gen-js --example package -- COMPONENT.wasm DIR [--sync|--async|--base64|--minify] [--map M]`:
//! what `tenon host js --bundle` writes, without the rest of the command. A file of WAT will do.

use std::path::Path;
use std::{env, fs, process};

use tenon_gen_js::{Config, Instantiation, Mapping, generate};

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let [input, dir, flags @ ..] = args.as_slice() else {
        eprintln!("usage: package COMPONENT.wasm DIR [FLAGS]");
        process::exit(2);
    };
    let bytes = wat::parse_file(input).unwrap_or_else(|e| fail(&e.to_string()));
    let name = Path::new(dir).file_name().and_then(|n| n.to_str()).unwrap_or("component").to_string();
    let mut config = Config { name, bundle: true, ..Config::default() };
    let mut flags = flags.iter();
    while let Some(flag) = flags.next() {
        match flag.as_str() {
            "--sync" => config.instantiation = Instantiation::Sync,
            "--async" => config.instantiation = Instantiation::Async,
            "--base64" => config.base64 = true,
            "--minify" => config.minify = true,
            "--map" => {
                let text = flags.next().map_or("", String::as_str);
                config.map.push(Mapping::parse(text).unwrap_or_else(|e| fail(&e)));
            }
            other => fail(&format!("unknown flag {other}")),
        }
    }
    let plan =
        tenon_plan::plan(&bytes, &tenon_plan::Config::default()).unwrap_or_else(|e| fail(&e.to_string()));
    for (name, bytes) in generate(&plan, &config).unwrap_or_else(|e| fail(&e.to_string())) {
        let path = Path::new(dir).join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap_or_else(|e| fail(&e.to_string()));
        fs::write(path, bytes).unwrap_or_else(|e| fail(&e.to_string()));
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    process::exit(1);
}
