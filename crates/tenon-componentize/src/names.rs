//! Names of interfaces and of core exports, taken apart.

use semver::Version;
use wit_parser::PackageName;

/// `wasi:http/types@0.3.0`, compared up to compatible versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InterfaceName<'a> {
    /// `wasi:http/types`.
    pub(crate) path: &'a str,
    /// `0.3.0`, reduced to the versions it is compatible with.
    track: Option<Version>,
}

impl<'a> InterfaceName<'a> {
    /// `None` for names of another form, such as `env` or the name of a world's inline interface.
    pub(crate) fn parse(name: &'a str) -> Option<Self> {
        let (path, version) = match name.split_once('@') {
            Some((path, version)) => (path, Some(Version::parse(version).ok()?)),
            None => (name, None),
        };
        if !path.contains(':') || !path.contains('/') {
            return None;
        }
        Some(InterfaceName { path, track: version.map(|v| PackageName::version_compat_track(&v)) })
    }
}

/// Whether two names mean one interface, in compatible versions.
pub(crate) fn compatible(a: &str, b: &str) -> bool {
    a == b
        || match (InterfaceName::parse(a), InterfaceName::parse(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
}

/// Marks that wit-component puts before the name of an exported function.
const EXPORT_MARKS: [&str; 4] = ["[callback]", "[async-lift]", "[async-lift-stackful]", "cabi_post_"];

/// `[callback][async-lift]wasi:http/handler@0.3.0#handle` as marks, interface and the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExportName<'a> {
    pub(crate) marks: &'a str,
    pub(crate) interface: Option<&'a str>,
    pub(crate) item: &'a str,
}

impl<'a> ExportName<'a> {
    pub(crate) fn parse(name: &'a str) -> Self {
        let mut rest = name;
        while let Some(stripped) = EXPORT_MARKS.iter().find_map(|mark| rest.strip_prefix(mark)) {
            rest = stripped;
        }
        let marks = &name[..name.len() - rest.len()];
        match rest.split_once('#') {
            Some((interface, item)) => ExportName { marks, interface: Some(interface), item },
            None => ExportName { marks, interface: None, item: rest },
        }
    }

    /// Whether this is the function itself, in either calling convention, and no companion of it.
    pub(crate) fn is_function(&self) -> bool {
        matches!(self.marks, "" | "[async-lift]" | "[async-lift-stackful]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_one_track_are_compatible() {
        assert!(compatible("wasi:http/types@0.3.0", "wasi:http/types@0.3.2"));
        assert!(compatible("a:b/c@1.2.0", "a:b/c@1.9.3"));
        assert!(compatible("a:b/c", "a:b/c"));
        assert!(compatible("inline", "inline"));
        assert!(!compatible("wasi:http/types@0.2.6", "wasi:http/types@0.3.0"));
        assert!(!compatible("a:b/c@0.1.0-rc.1", "a:b/c@0.1.0"));
        assert!(!compatible("a:b/c", "a:b/c@1.0.0"));
        assert!(!compatible("a:b/c@1.0.0", "a:b/d@1.0.0"));
    }

    #[test]
    fn export_names_come_apart() {
        let name = ExportName::parse("[callback][async-lift]wasi:http/handler@0.3.0#handle");
        assert_eq!(name.marks, "[callback][async-lift]");
        assert_eq!(name.interface, Some("wasi:http/handler@0.3.0"));
        assert_eq!(name.item, "handle");
        assert!(!name.is_function());
        let name = ExportName::parse("a:b/c#[method]r.f");
        assert_eq!((name.marks, name.item), ("", "[method]r.f"));
        assert!(name.is_function());
        assert_eq!(ExportName::parse("[async-lift]run").interface, None);
    }
}
