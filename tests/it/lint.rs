//! The type checker and the linter have nothing to say about generated packages and examples, whatever the options.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use libtest_mimic::Trial;
use tenon_tests::place::{self, Go};
use tenon_tests::{npm, process};

use crate::trial;

/// Go components by the names of their packages, with as many of the types of WIT as can be.
const GO: &[(&str, &str)] = &[
    ("aliases", "tests/interop/flavorful/test"),
    ("hello", "examples/hello-http"),
    ("intermediate", "tests/interop/resource-import-and-export/intermediate"),
    ("maps", "tests/interop/map/test"),
    ("payloads", "tests/interop/tenon-payloads/test"),
    ("payloads-runner", "tests/interop/tenon-payloads/runner"),
    ("studio", "examples/web"),
    ("things", "tests/interop/tenon-async-resources/leaf"),
];

/// Small components of WAT: each has a `component.wat`.
const TEXT: &str = "crates/tenon-gen-js/tests/cases";

/// What every component is made a package with. Minified packages are for no linter.
const OPTIONS: &[(&str, &[&str])] = &[
    ("", &[]),
    ("-bundle", &["--bundle"]),
    ("-async", &["--instantiation", "async", "--base64"]),
    ("-sync", &["--bundle", "--instantiation", "sync"]),
];

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial("lint::tsc_and_eslint_are_silent", silent)]
}

fn silent() -> Result<()> {
    let root = place::root()?;
    let scratch = place::scratch("lint")?;
    let folder = scratch.path();
    npm::modules(folder)?;
    place::copy(&root.join("tests/lint"), folder)?;
    for component in components(&root, folder)? {
        for (suffix, flags) in OPTIONS {
            package(folder, &component, suffix, flags)?;
        }
    }
    for example in ["web", "signals"] {
        place::copy(&root.join("examples").join(example), &folder.join("examples").join(example))?;
    }
    for (module, resolution) in [("nodenext", "nodenext"), ("esnext", "bundler")] {
        let config = folder.join(format!("tsconfig.{resolution}.json"));
        fs::write(&config, tsconfig(module, resolution))?;
        let mut tsc = npm::script(folder, "typescript/bin/tsc")?;
        tsc.arg("-p").arg(&config);
        said_nothing("tsc", process::finish(tsc, b"")?)?;
    }
    let mut eslint = npm::script(folder, "eslint/bin/eslint.js")?;
    eslint.args(["--max-warnings", "0", "packages", "examples", "consumers", "."]);
    said_nothing("eslint", process::finish(eslint, b"")?)
}

fn said_nothing(who: &str, outcome: process::Outcome) -> Result<()> {
    if outcome.code != 0 || !outcome.stdout.is_empty() || !outcome.stderr.is_empty() {
        bail!("{who} says:\n{}{}", outcome.stdout, outcome.stderr);
    }
    Ok(())
}

/// All components, each a file named as its packages.
fn components(root: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut components = Vec::new();
    for entry in fs::read_dir(root.join(TEXT))? {
        let text = entry?.path().join("component.wat");
        let case = text.parent().and_then(Path::file_name).unwrap_or_default();
        let component = folder.join(format!("case-{}.wasm", case.to_string_lossy()));
        fs::write(&component, wat::parse_file(&text)?)?;
        components.push(component);
    }
    for (name, source) in GO {
        let component = folder.join(format!("{name}.wasm"));
        let mut build = process::command("tenon", &root.join(source), &Go::on_path())?;
        build.arg("build").arg("-o").arg(&component);
        process::finish(build, b"")?.ok().with_context(|| format!("building {source}"))?;
        components.push(component);
    }
    components.sort();
    Ok(components)
}

/// Makes a package, gives it a name that can be imported, and a module that imports it.
fn package(folder: &Path, component: &Path, suffix: &str, flags: &[&str]) -> Result<()> {
    let stem = component.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}{suffix}");
    let package = folder.join("packages").join(&name);
    let mut host = process::command("tenon", folder, &Go::on_path())?;
    host.args(["host", "js"]).arg(component).arg("-o").arg(&package).args(flags);
    process::finish(host, b"")?.ok().context(name.clone())?;
    npm::link(&package, &folder.join("node_modules").join(&name))?;
    let index = fs::read_to_string(package.join("index.js"))?;
    let consumer = folder.join("consumers").join(format!("{name}.ts"));
    fs::create_dir_all(folder.join("consumers"))?;
    fs::write(consumer, consumer_of(&name, index.contains("await instantiate(")))?;
    Ok(())
}

/// What importing a package gives is what instantiating it gives.
fn consumer_of(name: &str, instantiates: bool) -> String {
    let check = if instantiates {
        "export const given: Exports = index;\n"
    } else {
        "export const complete: (imports: Imports) => unknown = index.instantiate;\ntype Imports = Parameters<typeof instantiate>[0];\n"
    };
    format!(
        "import * as index from '{name}';\nimport {{ instantiate, type Exports }} from '{name}/instantiate';\n\n\
        export const made = (all: Awaited<ReturnType<typeof instantiate>>): Exports => all;\n{check}"
    )
}

/// As strict as it gets, and with no more of a library than a package may ask for.
fn tsconfig(module: &str, resolution: &str) -> String {
    format!(
        r#"{{
  "compilerOptions": {{
    "target": "ES2022",
    "lib": ["ES2022", "DOM", "DOM.AsyncIterable"],
    "module": "{module}",
    "moduleResolution": "{resolution}",
    "types": [],
    "strict": true,
    "exactOptionalPropertyTypes": true,
    "noUncheckedIndexedAccess": true,
    "noImplicitOverride": true,
    "noImplicitReturns": true,
    "noPropertyAccessFromIndexSignature": true,
    "noUnusedLocals": true,
    "noUnusedParameters": true,
    "verbatimModuleSyntax": true,
    "isolatedModules": true,
    "noEmit": true
  }},
  "include": ["*.ts", "consumers/*.ts", "packages/**/*.d.ts"]
}}
"#
    )
}
