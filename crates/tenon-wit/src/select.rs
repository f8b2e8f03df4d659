//! Choosing the world.

use wit_parser::{PackageId, Resolve, WorldId};

use crate::diagnostics::codes;
use crate::{Diagnostic, wasi};

/// A world as the user names it: `service`, `my:app/service` or `my:app/service@1.2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WorldSpec<'a> {
    /// Namespace, package name and, perhaps in part, version.
    pub(crate) package: Option<(&'a str, &'a str, Option<&'a str>)>,
    pub(crate) world: &'a str,
}

impl<'a> WorldSpec<'a> {
    pub(crate) fn parse(spec: &'a str) -> Option<WorldSpec<'a>> {
        let Some((package, rest)) = spec.split_once('/') else {
            let plain = !spec.is_empty() && !spec.contains([':', '@']);
            return plain.then_some(WorldSpec { package: None, world: spec });
        };
        let (namespace, name) = package.split_once(':')?;
        let (world, version) = match rest.split_once('@') {
            Some((world, version)) => (world, Some(version)),
            None => (rest, None),
        };
        let filled = ![namespace, name, world].contains(&"") && version != Some("");
        filled.then_some(WorldSpec { package: Some((namespace, name, version)), world })
    }

    /// The package inside Tenon that it means, when it names one.
    pub(crate) fn shipped(&self) -> Option<&'static wasi::Package> {
        let (namespace, name, version) = self.package?;
        let version = version.map(|v| format!("@{v}")).unwrap_or_default();
        wasi::lookup(&format!("{namespace}:{name}{version}")).ok()
    }
}

/// The world of `main` that is meant, or, when `spec` names a package, of any package.
pub(crate) fn select(resolve: &Resolve, main: PackageId, spec: Option<&str>) -> Result<WorldId, Diagnostic> {
    let Some(spec) = spec else {
        return only(resolve, main);
    };
    let parsed = WorldSpec::parse(spec).ok_or_else(|| {
        Diagnostic::error(codes::NO_WORLD, format!("`{spec}` is not a world's name"))
            .with_help("write it as `service`, `my:app/service` or `my:app/service@1.0.0`")
    })?;
    let package = match parsed.package {
        None => Some(main),
        Some(package) => find_package(resolve, package),
    };
    let found = package.and_then(|id| resolve.packages[id].worlds.get(parsed.world));
    found.copied().ok_or_else(|| {
        let shown = match package {
            Some(id) => {
                format!("there is no world `{}` in package `{}`", parsed.world, resolve.packages[id].name)
            }
            None => format!("there is no package with a world `{spec}`"),
        };
        Diagnostic::error(codes::NO_WORLD, shown).with_help(choices(
            resolve,
            package.unwrap_or(main),
            parsed.world,
        ))
    })
}

fn find_package(
    resolve: &Resolve,
    (namespace, name, version): (&str, &str, Option<&str>),
) -> Option<PackageId> {
    let fits = |candidate: &wit_parser::PackageName| {
        let same = candidate.namespace == namespace && candidate.name == name;
        let have = candidate.version.as_ref().map(ToString::to_string);
        same && version.is_none_or(|wanted| have.is_some_and(|have| wasi::version_matches(wanted, &have)))
    };
    let candidates = resolve.package_names.iter().filter(|(name, _)| fits(name));
    candidates.max_by_key(|(name, _)| name.version.clone()).map(|(_, id)| *id)
}

fn only(resolve: &Resolve, main: PackageId) -> Result<WorldId, Diagnostic> {
    let package = &resolve.packages[main];
    match package.worlds.len() {
        1 => Ok(package.worlds[0]),
        0 => Err(Diagnostic::error(codes::NO_WORLD, format!("package `{}` has no world", package.name))
            .with_help(
                "add one: `world app { … }`, or name another package's: `--world wasi:cli/command@0.3.0`",
            )),
        count => Err(Diagnostic::error(
            codes::WHICH_WORLD,
            format!("package `{}` has {count} worlds", package.name),
        )
        .with_help(format!(
            "choose one with `--world` or `world` in tenon.toml: {}",
            names(resolve, main).join(", ")
        ))),
    }
}

/// The worlds there are, with the likeliest one first when the name is nearly right.
fn choices(resolve: &Resolve, package: PackageId, wanted: &str) -> String {
    let names = names(resolve, package);
    match names.as_slice() {
        [] => format!("package `{}` has no worlds", resolve.packages[package].name),
        [one] => format!("there is `{one}`"),
        _ => match names.iter().find(|name| distance(name, wanted) <= 2) {
            Some(near) => format!("did you mean `{near}`? The worlds are: {}", names.join(", ")),
            None => format!("the worlds are: {}", names.join(", ")),
        },
    }
}

fn names(resolve: &Resolve, package: PackageId) -> Vec<String> {
    resolve.packages[package].worlds.keys().cloned().collect()
}

/// How many letters must change to get from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
