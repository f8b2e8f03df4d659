//! The WASI packages that ship inside Tenon, as WIT text.

use std::str::FromStr;

use semver::Version;
use wit_parser::PackageName;

use crate::WitFile;

/// One package: its name and its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package {
    /// `wasi`
    pub namespace: &'static str,
    /// `http`
    pub name: &'static str,
    /// `0.3.0`
    pub version: &'static str,
    /// File names and texts.
    pub files: &'static [(&'static str, &'static str)],
    /// The packages of this list that it uses directly, as `name@version`.
    dependencies: &'static [&'static str],
}

macro_rules! packages {
    ($($name:literal $version:literal: $($dep:literal)*;)*) => {
        &[$(Package {
            namespace: "wasi",
            name: $name,
            version: $version,
            files: &[("package.wit", include_str!(concat!("../wasi/wasi-", $name, "-", $version, "/package.wit")))],
            dependencies: &[$(concat!($dep, "@", $version)),*],
        }),*]
    };
}

/// All packages, by name, older versions first.
static PACKAGES: &[Package] = packages! {
    "cli" "0.2.12": "clocks" "filesystem" "io" "random" "sockets";
    "cli" "0.3.0": "clocks" "filesystem" "random" "sockets";
    "clocks" "0.2.12": "io";
    "clocks" "0.3.0": ;
    "filesystem" "0.2.12": "clocks" "io";
    "filesystem" "0.3.0": "clocks";
    "http" "0.2.12": "cli" "clocks" "io" "random";
    "http" "0.3.0": "cli" "clocks" "random";
    "io" "0.2.12": ;
    "random" "0.2.12": ;
    "random" "0.3.0": ;
    "sockets" "0.2.12": "clocks" "io";
    "sockets" "0.3.0": "clocks";
};

/// All packages, by name, older versions first.
pub fn packages() -> &'static [Package] {
    PACKAGES
}

impl Package {
    /// `wasi:http@0.3.0`
    pub fn id(&self) -> String {
        format!("{}:{}@{}", self.namespace, self.name, self.version)
    }

    /// The name as the parser has it.
    pub fn package_name(&self) -> PackageName {
        PackageName {
            namespace: self.namespace.to_string(),
            name: self.name.to_string(),
            version: Version::parse(self.version).ok(),
        }
    }

    /// The files, with paths that say where they come from.
    pub fn wit_files(&self) -> Vec<WitFile> {
        let folder = format!("<tenon>/{}-{}-{}", self.namespace, self.name, self.version);
        let file = |(name, text): &(&str, &str)| WitFile::new(format!("{folder}/{name}"), *text);
        self.files.iter().map(file).collect()
    }

    /// The packages that it uses directly.
    pub fn dependencies(&self) -> impl Iterator<Item = &'static Package> {
        let named = |dep: &&str| {
            let (name, version) = dep.split_once('@')?;
            PACKAGES.iter().find(|p| p.name == name && p.version == version)
        };
        self.dependencies.iter().filter_map(named)
    }

    /// The package itself and all that it uses, itself first, then by name.
    pub fn closure(&'static self) -> Vec<&'static Package> {
        let mut found = vec![self];
        let mut next = 0;
        while next < found.len() {
            for dependency in found[next].dependencies() {
                if !found.contains(&dependency) {
                    found.push(dependency);
                }
            }
            next += 1;
        }
        found[1..].sort_by_key(|p| p.name);
        found
    }

    /// Its version, as numbers.
    fn semver(&self) -> Option<Version> {
        Version::parse(self.version).ok()
    }
}

/// The package with exactly this name.
pub fn get(name: &PackageName) -> Option<&'static Package> {
    PACKAGES.iter().find(|p| p.package_name() == *name)
}

/// All versions of a package, older first.
pub fn versions(namespace: &str, name: &str) -> impl Iterator<Item = &'static Package> {
    PACKAGES.iter().filter(move |p| p.namespace == namespace && p.name == name)
}

/// Why a specifier names no package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// It is not of the form `namespace:name` or `namespace:name@version`.
    Malformed {
        /// What was given.
        spec: String,
    },
    /// There is no package of this name.
    UnknownPackage {
        /// What was given.
        spec: String,
    },
    /// There is a package of this name, and not in this version.
    UnknownVersion {
        /// What was given.
        spec: String,
        /// What there is, as `wasi:http@0.3.0`.
        available: Vec<String>,
    },
}

impl std::fmt::Display for LookupError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LookupError::Malformed { spec } => {
                write!(f, "`{spec}` is not a package; write it as `wasi:http` or `wasi:http@0.3`")
            }
            LookupError::UnknownPackage { spec } => {
                let all: Vec<String> = PACKAGES.iter().map(Package::id).collect();
                write!(f, "no package `{spec}` ships with tenon; there are {}", all.join(", "))
            }
            LookupError::UnknownVersion { spec, available } => {
                write!(f, "`{spec}` does not ship with tenon; there is {}", available.join(" and "))
            }
        }
    }
}

impl std::error::Error for LookupError {}

/// The package that `spec` names: `wasi:http` (the newest), `wasi:http@0.3` (the newest of a track) or `wasi:http@0.3.0`.
pub fn lookup(spec: &str) -> Result<&'static Package, LookupError> {
    let (id, version) = match spec.split_once('@') {
        Some((id, version)) => (id, Some(version)),
        None => (spec, None),
    };
    let malformed = || LookupError::Malformed { spec: spec.to_string() };
    let (namespace, name) = id.split_once(':').ok_or_else(malformed)?;
    if namespace.is_empty() || name.is_empty() || name.contains('/') || version == Some("") {
        return Err(malformed());
    }
    if versions(namespace, name).next().is_none() {
        return Err(LookupError::UnknownPackage { spec: spec.to_string() });
    }
    versions(namespace, name)
        .filter(|p| version.is_none_or(|wanted| version_matches(wanted, p.version)))
        .max_by_key(|p| p.semver())
        .ok_or_else(|| LookupError::UnknownVersion {
            spec: spec.to_string(),
            available: versions(namespace, name).map(Package::id).collect(),
        })
}

/// Whether `version` is `wanted` or begins with it, number by number: `0.3` takes `0.3.0`, and not `0.30.0`.
pub(crate) fn version_matches(wanted: &str, version: &str) -> bool {
    match Version::from_str(wanted) {
        Ok(_) => wanted == version,
        Err(_) => version.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.')),
    }
}
