//! Which crate may use which.

use super::Report;
use crate::shell::Package;

/// The floors of the house, lowest first. A crate uses only crates of lower floors.
const FLOORS: &[&[&str]] = &[
    &["tenon-wit"],
    &["tenon-abi"],
    &["tenon-plan"],
    &["tenon-gen-*", "tenon-componentize"],
    &["tenon-host"],
    &["tenon"],
];
/// Crates outside the house: they look after it, and nothing depends on them.
const OUTSIDE: &[&str] = &["xtask", "tenon-tests"];

/// Who alone may use a dependency, by the start of its name.
const RESERVED: &[(&str, &[&str], &str)] = &[
    ("wasmtime-environ", &["tenon-plan"], "it takes components apart"),
    ("wasmtime", &["tenon-host"], "everything else works on bytes and stays fast to build"),
    ("anyhow", &["tenon", "xtask", "tenon-tests"], "libraries have typed errors"),
];

pub(super) fn check(packages: &[Package], report: &mut Report) {
    let ours: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    for package in packages {
        let name = package.name.as_str();
        directions(package, &ours, report);
        for dependency in &package.dependencies {
            reserved(name, &dependency.name, report);
            let ordinary = dependency.kind.is_none();
            if name.starts_with("tenon-gen-") && dependency.name == "wasmparser" && ordinary {
                report.error(name, "uses wasmparser: an emitter never reads wasm bytes");
            }
            if name == "tenon-abi"
                && ordinary
                && !matches!(dependency.name.as_str(), "wit-parser" | "tenon-wit")
            {
                report.error(
                    name,
                    format!("uses {}: it is pure, on wit-parser and tenon-wit alone", dependency.name),
                );
            }
        }
        described(package, report);
    }
}

/// The floor of a crate, or `None` for one that has no place.
fn floor(name: &str) -> Option<usize> {
    let fits = |pattern: &&str| match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *pattern,
    };
    FLOORS.iter().position(|names| names.iter().any(fits))
}

fn directions(package: &Package, ours: &[&str], report: &mut Report) {
    let name = package.name.as_str();
    let floor_here = floor(name);
    if floor_here.is_none() && !OUTSIDE.contains(&name) {
        report.error(name, "has no floor in the house: give it one in xtask's tidy and in ARCHITECTURE.md");
    }
    for dependency in package.dependencies.iter().filter(|d| ours.contains(&d.name.as_str())) {
        let below = match (floor_here, floor(&dependency.name)) {
            (Some(here), Some(there)) => there < here,
            (None, _) => true,
            (Some(_), None) => false,
        };
        // A test may look around on its own floor and below.
        let on_floor = dependency.kind.as_deref() == Some("dev") && floor(&dependency.name) == floor_here;
        if !below && !on_floor {
            report.error(name, format!("uses {}, which is not below it", dependency.name));
        }
    }
}

fn reserved(name: &str, dependency: &str, report: &mut Report) {
    let rule = RESERVED.iter().find(|(start, ..)| dependency.starts_with(start));
    if let Some((_, users, why)) = rule
        && !users.contains(&name)
    {
        report.error(name, format!("uses {dependency}, which is for {} alone: {why}", users.join(", ")));
    }
}

/// What a reader of the registry's page wants to know.
fn described(package: &Package, report: &mut Report) {
    let missing: Vec<&str> = [
        ("description", package.description.is_none()),
        ("license", package.license.is_none()),
        ("repository", package.repository.is_none()),
        ("rust-version", package.rust_version.is_none()),
        ("keywords", package.keywords.is_empty()),
        ("categories", package.categories.is_empty()),
    ]
    .into_iter()
    .filter_map(|(field, missing)| missing.then_some(field))
    .collect();
    if !missing.is_empty() {
        report.error(&package.name, format!("its manifest has no {}", missing.join(", no ")));
    }
}

/// What only the manifest's text shows.
pub(super) fn check_manifest(name: &str, manifest: &str, report: &mut Report) {
    if !manifest.contains("[lints]\nworkspace = true") {
        report.error(name, "does not take the workspace's lints: add `[lints] workspace = true`");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Dependency;

    fn package(name: &str, dependencies: &[(&str, Option<&str>)]) -> Package {
        let text = || Some("x".to_string());
        let dependency = |(name, kind): &(&str, Option<&str>)| Dependency {
            name: name.to_string(),
            kind: kind.map(str::to_string),
        };
        Package {
            name: name.into(),
            dependencies: dependencies.iter().map(dependency).collect(),
            description: text(),
            license: text(),
            repository: text(),
            rust_version: text(),
            keywords: vec!["x".into()],
            categories: vec!["x".into()],
            ..Package::default()
        }
    }

    #[track_caller]
    fn complains(packages: &[Package], about: &str) {
        let mut report = Report::default();
        check(packages, &mut report);
        let all = report.errors.join("\n");
        assert!(if about.is_empty() { all.is_empty() } else { all.contains(about) }, "{all}");
    }

    #[test]
    fn a_house_in_order_is_praised_with_silence() {
        complains(
            &[
                package("tenon-wit", &[("wit-parser", None)]),
                package("tenon-abi", &[("wit-parser", None), ("tenon-wit", Some("dev"))]),
                package("tenon-gen-go", &[("tenon-abi", None), ("tenon-wit", None)]),
                package("tenon-host", &[("wasmtime-wasi", None), ("tenon-componentize", Some("dev"))]),
                package("tenon-componentize", &[("tenon-gen-go", Some("dev"))]),
                package("tenon", &[("anyhow", None), ("tenon-host", None)]),
                package("xtask", &[("anyhow", None)]),
            ],
            "",
        );
    }

    #[test]
    fn dependencies_point_down() {
        let pair = |from, to, kind| [package(from, &[(to, kind)]), package(to, &[])];
        complains(&pair("tenon-wit", "tenon-abi", None), "tenon-wit: uses tenon-abi, which is not below it");
        complains(&pair("tenon-gen-go", "tenon-componentize", None), "not below");
        complains(&pair("tenon-wit", "tenon-host", Some("dev")), "not below");
        complains(&pair("tenon", "xtask", None), "not below");
    }

    #[test]
    fn a_new_crate_must_find_its_place() {
        complains(&[package("tenon-stuff", &[])], "tenon-stuff: has no floor");
    }

    #[test]
    fn some_dependencies_have_one_home() {
        complains(
            &[package("tenon", &[("wasmtime", None)])],
            "tenon: uses wasmtime, which is for tenon-host alone",
        );
        complains(
            &[package("tenon-componentize", &[("wasmtime-wasi", Some("dev"))])],
            "for tenon-host alone",
        );
        complains(&[package("tenon-host", &[("wasmtime-environ", None)])], "for tenon-plan alone");
        complains(&[package("tenon-wit", &[("anyhow", None)])], "typed errors");
        complains(&[package("tenon-gen-js", &[("wasmparser", None)])], "never reads wasm bytes");
        complains(&[package("tenon-abi", &[("serde", None)])], "tenon-abi: uses serde: it is pure");
    }

    #[test]
    fn manifests_say_what_the_registry_shows() {
        let bare = Package { name: "tenon".into(), description: Some("x".into()), ..Package::default() };
        complains(&[bare], "tenon: its manifest has no license, no repository");
        let mut report = Report::default();
        check_manifest("tenon", "[package]\n", &mut report);
        check_manifest("tenon-wit", "[lints]\nworkspace = true\n", &mut report);
        assert_eq!(report.errors.len(), 1, "{report:?}");
    }
}
