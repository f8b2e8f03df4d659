//! The runtime's modules, as they were compiled from `js/src`.

use std::collections::BTreeSet;

/// The version of the runtime that packages depend on.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

macro_rules! modules {
    ($($name:literal)*) => {
        const MODULES: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("../runtime/", $name, ".js")),
            include_str!(concat!("../runtime/", $name, ".d.ts")),
        ),)*];
    };
}

modules! {
    "adapters" "base64" "bits" "byte-reader" "cases" "checks" "copies" "ends" "error-context" "errors" "futures" "guest-copy"
    "guest-ends" "http" "instance" "lists" "load" "load-sync" "memory" "options" "resources" "scheduler" "signals" "sources" "stacks"
    "streams" "subtasks" "suspend" "table" "tasks" "transcode" "types" "utf16" "utf8" "waitables" "wasi-cli"
    "wasi-clocks" "wasi-filesystem" "wasi-http" "wasi-sockets" "wasi-streams"
}

fn find(name: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    MODULES.iter().find(|(module, ..)| *module == name)
}

/// A module's JavaScript.
pub(crate) fn script(name: &str) -> &'static str {
    find(name).map_or("", |(_, script, _)| script)
}

/// A module's declarations.
pub(crate) fn declarations(name: &str) -> &'static str {
    find(name).map_or("", |(_, _, declarations)| declarations)
}

/// The functions that carry values, which are called as those that are generated.
pub(crate) fn carriers() -> impl Iterator<Item = &'static str> {
    let functions = MODULES.iter().flat_map(|(_, script, _)| script.split("export function ").skip(1));
    let names = functions.filter_map(|text| text.split('(').next());
    names.filter(|name| ["store", "load", "lift", "lower"].iter().any(|prefix| name.starts_with(prefix)))
}

/// The modules, and those that they import, in order.
pub(crate) fn closure(roots: &[&str]) -> BTreeSet<String> {
    reached(roots, script)
}

/// The same for declarations.
pub(crate) fn declared(roots: &[&str]) -> BTreeSet<String> {
    reached(roots, declarations)
}

fn reached(roots: &[&str], text: impl Fn(&str) -> &'static str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut todo: Vec<String> = roots.iter().map(|s| (*s).to_string()).collect();
    while let Some(name) = todo.pop() {
        if find(&name).is_some() && found.insert(name.clone()) {
            todo.extend(imports(text(&name), "'./"));
        }
    }
    found
}

/// The modules of the runtime that a generated text imports.
pub(crate) fn mentioned(text: &str) -> Vec<String> {
    imports(text, "/runtime/")
}

/// The modules that a text imports: all that stands as `'./name.js'`, if that is what it begins with.
fn imports(text: &str, begin: &str) -> Vec<String> {
    text.split(begin)
        .skip(1)
        .filter_map(|rest| rest.split_once(".js'"))
        .map(|(name, _)| name.to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_imports_are_there() {
        for (name, script, declarations) in MODULES {
            for import in imports(script, "'./").into_iter().chain(imports(declarations, "'./")) {
                assert!(find(&import).is_some(), "{name} imports {import}");
            }
        }
    }

    #[test]
    fn carriers_are_found() {
        let all: Vec<_> = carriers().collect();
        assert!(
            ["storePair", "loadCase", "liftUtf8", "lowerOwn"].iter().all(|name| all.contains(name)),
            "{all:?}"
        );
    }

    #[test]
    fn sync_packages_have_no_tasks() {
        let all = closure(&["memory", "utf8", "lists", "checks", "resources", "load"]);
        assert!(
            !all.iter().any(|name| matches!(name.as_str(), "tasks" | "streams" | "waitables")),
            "{all:?}"
        );
    }
}
