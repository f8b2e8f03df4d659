//! `package.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::facts::Facts;
use crate::{Config, runtime, shims};

/// The file's text.
pub(super) fn json(config: &Config, facts: &Facts, uses_runtime: bool) -> Vec<u8> {
    let mut dependencies: BTreeMap<String, String> = BTreeMap::new();
    if uses_runtime && !config.bundle {
        dependencies.insert("@tenon/runtime".into(), format!("^{}", runtime::VERSION));
    }
    for (name, version) in shims::PACKAGES {
        if facts.sources.values().any(|source| source.module.starts_with(name)) {
            dependencies.insert(name.into(), version.into());
        }
    }
    let entry = |name: &str| Entry {
        types: config.typescript.then(|| format!("./{name}.d.ts")),
        default: format!("./{name}.js"),
    };
    let package = Package {
        name: &config.name,
        version: &config.version,
        module: "module",
        exports: Exports {
            index: entry("index"),
            instantiate: entry("instantiate"),
            http: facts.serves.then(|| entry("http")),
            package: "./package.json",
        },
        types: config.typescript.then_some("./index.d.ts"),
        engines: Engines { node: ">=20.16" },
        dependencies,
    };
    let mut text = serde_json::to_vec_pretty(&package).expect("strings can be JSON");
    text.push(b'\n');
    text
}

#[derive(Serialize)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    #[serde(rename = "type")]
    module: &'a str,
    exports: Exports<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    types: Option<&'a str>,
    engines: Engines<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    dependencies: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Exports<'a> {
    #[serde(rename = ".")]
    index: Entry,
    #[serde(rename = "./instantiate")]
    instantiate: Entry,
    #[serde(rename = "./http", skip_serializing_if = "Option::is_none")]
    http: Option<Entry>,
    #[serde(rename = "./package.json")]
    package: &'a str,
}

#[derive(Serialize)]
struct Entry {
    #[serde(skip_serializing_if = "Option::is_none")]
    types: Option<String>,
    default: String,
}

#[derive(Serialize)]
struct Engines<'a> {
    node: &'a str,
}
