//! Text. Nothing is decided here.

mod classes;
mod component;
mod declarations;
mod exports;
mod http;
mod imports;
mod index;
mod minify;
mod package;
mod prune;
mod steps;
mod tasks;
mod trampolines;
mod types;
pub(crate) mod writer;

use tenon_plan::Plan;

use crate::facts::Facts;
use crate::{Config, Files, runtime};

/// How a file begins that nobody should edit.
pub(crate) const HEADER: &str = "// Made by `tenon host js`. Changes will be lost.\n";

/// All files of the package.
pub(crate) fn package(plan: &Plan, config: &Config, facts: &Facts) -> Files {
    let mut component = component::Component::new(plan, config, facts);
    let code = component.write();
    let mut files: Files = Vec::new();
    let mut modules: Vec<&str> = component.uses().modules().collect();
    files.push(("instantiate.js".into(), script(config, &code)));
    let index = index::script(plan, config, facts);
    modules.extend(index::modules(facts, plan));
    files.push(("index.js".into(), script(config, &index)));
    if facts.serves {
        modules.push(http::MODULE);
        files.push(("http.js".into(), script(config, &http::script(config))));
    }
    let mut declared: Vec<String> = Vec::new();
    if config.typescript {
        for (name, text) in declarations::files(plan, config, facts) {
            declared.extend(runtime::mentioned(&text));
            files.push((name, text.into_bytes()));
        }
    }
    if !config.base64 {
        for (i, module) in plan.modules.iter().enumerate() {
            files.push((component::module_file(config, i), module.bytes.to_vec()));
        }
    }
    if config.bundle {
        for name in runtime::closure(&modules) {
            files.push((format!("runtime/{name}.js"), script(config, runtime::script(&name))));
        }
        let roots: Vec<&str> = declared.iter().map(String::as_str).collect();
        for name in runtime::declared(&roots) {
            files.push((format!("runtime/{name}.d.ts"), runtime::declarations(&name).into()));
        }
    }
    let uses_runtime = !(modules.is_empty() && declared.is_empty());
    files.push(("package.json".into(), package::json(config, facts, uses_runtime)));
    files.sort();
    files
}

fn script(config: &Config, text: &str) -> Vec<u8> {
    if !config.minify {
        return text.as_bytes().to_vec();
    }
    let header = if text.starts_with(HEADER) { HEADER } else { "" };
    format!("{header}{}", minify::minify(text)).into_bytes()
}
