//! The published packages that implement WASI, and what stands between them and components.

use std::collections::BTreeMap;

use tenon_plan::{ExportItem, Plan};

use crate::facts::Source;
use crate::names::{camel, without_version};

/// The packages, and the versions that are known to do.
pub(crate) const PACKAGES: [(&str, &str); 2] =
    [("@bytecodealliance/preview2-shim", "^0.26.1"), ("@bytecodealliance/preview3-shim", "^0.7.0")];

/// A function of the runtime that takes an interface as a package has it, and gives it as components expect it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Adapter {
    /// The module of the runtime.
    pub(crate) module: &'static str,
    /// Its export.
    pub(crate) function: &'static str,
}

/// The types of HTTP, whose bodies are streams.
const HTTP_TYPES: &str = "wasi:http/types";

/// The packages by the version of WASI that they are for.
const FOR_0_2: &str = PACKAGES[0].0;
const FOR_0_3: &str = PACKAGES[1].0;

/// The interfaces of WASI 0.3 that are not taken as they are, and the package that has what is adapted.
const ADAPTERS: &[(&str, &str, Adapter)] = &[
    ("wasi:cli/stdin", FOR_0_3, Adapter { module: "wasi-cli", function: "cliStdin" }),
    ("wasi:clocks/monotonic-clock", FOR_0_3, Adapter { module: "wasi-clocks", function: "monotonicClock" }),
    (
        "wasi:filesystem/preopens",
        FOR_0_2,
        Adapter { module: "wasi-filesystem", function: "filesystemPreopens" },
    ),
    ("wasi:filesystem/types", FOR_0_2, Adapter { module: "wasi-filesystem", function: "filesystemTypes" }),
    (HTTP_TYPES, FOR_0_3, Adapter { module: "wasi-http", function: "httpTypes" }),
    ("wasi:sockets/types", FOR_0_3, Adapter { module: "wasi-sockets", function: "socketTypes" }),
];

/// Where an interface of WASI comes from, by its version.
pub(crate) fn source(interface: &str) -> Option<Source> {
    let rest = interface.strip_prefix("wasi:")?;
    let (path, version) = rest.split_once('@')?;
    let (package, name) = path.split_once('/')?;
    let (shim, adapter) = match version.split('.').collect::<Vec<_>>()[..] {
        ["0", "2", ..] => (FOR_0_2, None),
        ["0", "3", ..] => match ADAPTERS.iter().find(|(of, ..)| *of == without_version(interface)) {
            Some((_, shim, adapter)) => (*shim, Some(*adapter)),
            None => (FOR_0_3, None),
        },
        _ => return None,
    };
    let known = ["cli", "clocks", "filesystem", "http", "io", "random", "sockets"];
    known.contains(&package).then(|| Source {
        module: format!("{shim}/{package}"),
        export: Some(camel(name)),
        adapter,
    })
}

/// Whether a component exports a handler of requests that are the published package's.
pub(crate) fn serves(plan: &Plan, sources: &BTreeMap<String, Source>) -> bool {
    let handler = |name: &str| name.starts_with("wasi:http/handler@0.3.");
    let exports = plan.exports.iter().any(|export| match export.item {
        ExportItem::Instance { interface: Some(id), .. } => handler(&plan.interface(id).name),
        _ => false,
    });
    exports && sources.iter().any(|(key, source)| key.starts_with(HTTP_TYPES) && source.adapter.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_says_which_package() {
        let check = |interface: &str, module: Option<&str>, adapted: bool| {
            let source = source(interface);
            assert_eq!(source.as_ref().map(|s| s.module.as_str()), module, "{interface}");
            assert_eq!(source.is_some_and(|s| s.adapter.is_some()), adapted, "{interface}");
        };
        check("wasi:http/types@0.3.0", Some("@bytecodealliance/preview3-shim/http"), true);
        check("wasi:http/types@0.2.12", Some("@bytecodealliance/preview2-shim/http"), false);
        check("wasi:filesystem/types@0.3.0", Some("@bytecodealliance/preview2-shim/filesystem"), true);
        check("wasi:filesystem/types@0.2.12", Some("@bytecodealliance/preview2-shim/filesystem"), false);
        check("wasi:clocks/system-clock@0.3.0", Some("@bytecodealliance/preview3-shim/clocks"), false);
        check("wasi:http/types@1.0.0", None, false);
        check("wasi:http/types", None, false);
        check("wasi:keyvalue/store@0.3.0", None, false);
        check("shop:http/types@0.3.0", None, false);
    }
}
