//! The Go runtime module that this binary carries, and its way into Go's module cache.
//!
//! Until `tenon.dev/go` is published, and for people without a network, the files are written into the module cache exactly
//! as the Go command writes what a proxy sent (see docs/adr/0002-runtime-distribution.md).

mod cache;
mod hash;
mod module;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use tenon_wit::World;
use wit_parser::{PackageName, WorldItem, WorldKey};

use crate::files;
use crate::golang::{self, Toolchain};
use crate::project::{GoMod, Project, join, with_pin, with_requirement};
use crate::ui::{Ui, refused};

pub(crate) use module::{carried, version};

/// The runtime's module path.
pub(crate) const MODULE: &str = "tenon.dev/go";

/// How a project stands with the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// `go.mod` does not mention it.
    NotRequired,
    /// `go.mod` takes it from somewhere else.
    Replaced,
    /// The version that this binary carries.
    Carried,
    /// Another version.
    Other {
        /// Which.
        version: String,
        /// Whether it is in the module cache.
        cached: bool,
    },
}

/// How a project stands with the runtime.
pub(crate) fn state(project: &Project, go: &Toolchain) -> State {
    if project.gomod.module == MODULE || project.gomod.replaced(MODULE) {
        return State::Replaced;
    }
    match project.gomod.required(MODULE) {
        None => State::NotRequired,
        Some(required) if required == version() => State::Carried,
        Some(required) => {
            State::Other { version: required.to_string(), cached: cache::has(&go.module_cache, required) }
        }
    }
}

/// Makes sure that the runtime which the project asks for can be found, as far as this binary can help.
pub(crate) fn ensure(project: &Project, go: &Toolchain) -> Result<()> {
    match state(project, go) {
        State::Carried => install(go),
        State::Other { version: required, cached: false }
            if is_development(&required) && go.workspace.is_empty() =>
        {
            Err(refused(format!(
                "go.mod requires {MODULE} {required}, which is neither published nor carried by this tenon"
            ))
            .note(format!("this tenon carries {}", version()))
            .help("take the carried one with `tenon add --runtime`, or use the tenon that wrote go.mod")
            .into())
        }
        State::NotRequired | State::Replaced | State::Other { .. } => Ok(()),
    }
}

/// As [`ensure`], for a command that does not need Go itself: where there is none, nothing is done.
pub(crate) fn ensure_for(project: &Project, ui: &Ui) -> Result<()> {
    let Ok(go) = Toolchain::ask(&project.root) else {
        return Ok(());
    };
    if state(project, &go) == State::NotRequired && go.workspace.is_empty() {
        ui.warn("go.mod does not require the runtime yet", Some("add it with `tenon add --runtime`"));
    }
    ensure(project, &go)
}

/// Writes the carried module into the module cache.
pub(crate) fn install(go: &Toolchain) -> Result<()> {
    cache::install(&go.module_cache, carried())
}

/// Makes the project require the carried version: `go.mod`, `go.sum`.
pub(crate) fn require(root: &Path) -> Result<()> {
    write_requirement(root, |text| {
        // A pin wins over all requirements.
        match GoMod::parse(text).pinned(MODULE) {
            Some(_) => with_pin(text, MODULE, version()),
            None => with_requirement(text, MODULE, version()),
        }
    })
}

/// Makes the project and its libraries use the carried version, whichever each of them requires. The Go command writes the
/// highest of these into `go.mod`, and takes the carried one in its place.
pub(crate) fn pin(root: &Path) -> Result<()> {
    write_requirement(root, |text| with_pin(text, MODULE, version()))?;
    golang::settle(root)
}

/// Whether what the Go command says is that a library requires a version of the runtime which it cannot find. The versions
/// of development builds have no order that means anything, and the Go command takes the highest.
pub(crate) fn is_conflict(said: &str) -> bool {
    said.contains("updates to go.mod needed") || said.contains(&format!("{MODULE}@v"))
}

fn write_requirement(root: &Path, change: impl Fn(&str) -> String) -> Result<()> {
    let gomod = join(root, "go.mod");
    let gosum = join(root, "go.sum");
    let text = change(&files::read_text(&gomod)?);
    let sums = with_sums(&files::read_text_if_present(&gosum)?.unwrap_or_default());
    let staged = [files::stage(&gomod, text.as_bytes())?, files::stage(&gosum, sums.as_bytes())?];
    staged.into_iter().try_for_each(files::Staged::commit)
}

/// A `go.sum` with the carried version's two lines, in place of those of any other.
fn with_sums(text: &str) -> String {
    let others = text.lines().filter(|line| !line.starts_with(&format!("{MODULE} ")));
    let mut lines: Vec<String> = others.filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    lines.extend(sums().lines().map(str::to_owned));
    lines.sort();
    lines.join("\n") + "\n"
}

/// The carried version's lines for `go.sum`.
pub(crate) fn sums() -> String {
    let module = carried();
    let version = version();
    format!("{MODULE} {version} {}\n{MODULE} {version}/go.mod {}\n", module.zip_hash, module.mod_hash)
}

/// The packages of a world whose bindings the runtime brings, as `wasi:http@0.3`: those of which it has every interface that
/// the world uses.
pub(crate) fn bound_packages(world: &World) -> BTreeSet<String> {
    let resolve = &world.resolve;
    let mut bound = BTreeSet::new();
    let mut unbound = BTreeSet::new();
    let items = &resolve.worlds[world.id];
    for (side, items) in [("", &items.imports), ("export/", &items.exports)] {
        for (key, item) in items {
            let (WorldKey::Interface(_), WorldItem::Interface { id, .. }) = (key, item) else {
                continue;
            };
            let interface = &resolve.interfaces[*id];
            let (Some(package), Some(name)) = (interface.package, &interface.name) else {
                continue;
            };
            let package = &resolve.packages[package].name;
            let Some(version) = &package.version else {
                continue;
            };
            let track = PackageName::version_compat_track_string(version);
            let folder =
                format!("{side}{}/{}/v{track}/{}/", package.namespace, package.name, name.replace('-', ""));
            let has = module::has_folder(&folder);
            let id = format!("{}:{}@{track}", package.namespace, package.name);
            if has {
                bound.insert(id)
            } else {
                unbound.insert(id)
            };
        }
    }
    bound.difference(&unbound).cloned().collect()
}

/// Whether a version was never published: it names the content of some checkout.
fn is_development(version: &str) -> bool {
    version.contains("-dev.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sums_stay_and_old_ones_go() {
        let old = "tenon.dev/go v0.0.1 h1:x=\ntenon.dev/go v0.0.1/go.mod h1:y=\na.org/b v1.0.0 h1:z=\n";
        let new = with_sums(old);
        assert!(new.starts_with("a.org/b v1.0.0 h1:z=\ntenon.dev/go "), "{new}");
        assert_eq!(new.lines().count(), 3);
        assert_eq!(with_sums(&new), new);
    }
}
