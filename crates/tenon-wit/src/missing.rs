//! Which packages are used and not given: WASI's are taken from inside, the rest is reported, all at once.

use std::collections::BTreeSet;

use wit_parser::{PackageName, UnresolvedPackageGroup};

use crate::diagnostics::codes;
use crate::{Diagnostic, Label, WitFile, wasi};

/// The packages that a group uses.
fn uses(group: &UnresolvedPackageGroup) -> impl Iterator<Item = &PackageName> {
    let packages = group.nested.iter().chain([&group.main]);
    packages.flat_map(|package| package.foreign_deps.keys())
}

/// The packages that a group declares.
pub(crate) fn declares(group: &UnresolvedPackageGroup) -> impl Iterator<Item = &PackageName> {
    group.nested.iter().chain([&group.main]).map(|package| &package.name)
}

/// What is used by `groups` and not among `known`.
pub(crate) fn undeclared(
    groups: &[UnresolvedPackageGroup],
    known: &BTreeSet<PackageName>,
) -> BTreeSet<PackageName> {
    let missing = groups.iter().flat_map(uses).filter(|name| !known.contains(name));
    missing.cloned().collect()
}

/// The diagnostic for a package that nobody has, with every place in `files` that asks for it.
pub(crate) fn no_package<'a>(name: &PackageName, files: impl Iterator<Item = &'a WitFile>) -> Diagnostic {
    let mut labels: Vec<Label> = files.filter_map(|file| first_use(name, file)).collect();
    for label in labels.iter_mut().skip(1) {
        label.primary = false;
    }
    let mut diagnostic = Diagnostic::error(codes::NO_PACKAGE, format!("package `{name}` was not found"));
    diagnostic.labels = labels;
    diagnostic.with_help(advice(name))
}

fn advice(name: &PackageName) -> String {
    let shipped: Vec<String> = wasi::versions(&name.namespace, &name.name).map(wasi::Package::id).collect();
    match (shipped.as_slice(), &name.version) {
        ([], _) => format!("put the package's WIT into `wit/deps/{}/`", name.name),
        (some, None) => format!("say which version: {}", some.join(" or ")),
        (some, Some(_)) => format!(
            "tenon carries {}: ask for that, or put the other version's WIT into `wit/deps/{}/`",
            some.join(" and "),
            name.name
        ),
    }
}

/// The first place in a file that names an item of the package, outside of comments.
fn first_use(name: &PackageName, file: &WitFile) -> Option<Label> {
    let id = format!("{}:{}/", name.namespace, name.name);
    let version = name.version.as_ref().map(|v| format!("@{v}"));
    for (at, _) in file.text.match_indices(&id) {
        let line = file.text[..at].rsplit('\n').next().unwrap_or_default();
        if line.contains("//") {
            continue;
        }
        let rest = &file.text[at + id.len()..];
        let item =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '%')).unwrap_or(rest.len());
        let tail = &rest[item..];
        let tail_length = match &version {
            Some(version) if tail.starts_with(version.as_str()) => version.len(),
            None if !tail.starts_with('@') => 0,
            _ => continue,
        };
        let end = at + id.len() + item + tail_length;
        return Some(Label::primary(&file.path, at..end, ""));
    }
    None
}
