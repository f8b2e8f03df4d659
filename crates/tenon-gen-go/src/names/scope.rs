//! Where names are given out, once each.

use std::collections::HashSet;

/// Go's keywords and predeclared identifiers.
const RESERVED: &[&str] = &[
    "any",
    "append",
    "bool",
    "break",
    "byte",
    "cap",
    "case",
    "chan",
    "clear",
    "close",
    "comparable",
    "complex",
    "complex128",
    "complex64",
    "const",
    "continue",
    "copy",
    "default",
    "defer",
    "delete",
    "else",
    "error",
    "fallthrough",
    "false",
    "float32",
    "float64",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "imag",
    "import",
    "init",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "interface",
    "iota",
    "len",
    "main",
    "make",
    "map",
    "max",
    "min",
    "new",
    "nil",
    "package",
    "panic",
    "print",
    "println",
    "range",
    "real",
    "recover",
    "return",
    "rune",
    "select",
    "string",
    "struct",
    "switch",
    "true",
    "type",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
    "var",
];

/// What the generator calls its own unexported functions, by how they begin.
const HELPERS: &[&str] = &[
    "callback",
    "drop",
    "dtor",
    "export",
    "flatten",
    "future",
    "handles",
    "import",
    "lift",
    "lower",
    "post",
    "resource",
    "stream",
    "taskReturn",
    "unflatten",
    "unpack",
];

/// Whether `name` means something in every Go file.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.binary_search(&name).is_ok()
}

/// Whether `name` could be one of the generator's own functions, so that a parameter may not have it.
fn is_helper(name: &str) -> bool {
    name == "registered"
        || HELPERS
            .iter()
            .filter_map(|h| name.strip_prefix(h))
            .any(|rest| rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

/// The names of one package, one set of methods or one function.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// With `names` taken from the start.
    pub(crate) fn with<'a>(names: impl IntoIterator<Item = &'a str>) -> Scope {
        Scope { taken: names.into_iter().map(str::to_string).collect() }
    }

    /// `name`, or if that is taken `name` with `suffix`, or with a number.
    pub(crate) fn declare(&mut self, name: &str, suffix: &str) -> String {
        if self.taken.insert(name.to_string()) {
            return name.to_string();
        }
        let base = format!("{name}{suffix}");
        if self.taken.insert(base.clone()) {
            return base;
        }
        self.numbered(&base)
    }

    /// A name for a parameter or variable, which may not hide what the function's body needs.
    pub(crate) fn local(&mut self, name: &str) -> String {
        let name = match nice(name) {
            Some(nice) => nice.to_string(),
            None if is_reserved(name) || is_helper(name) || name == "_" => format!("{name}Value"),
            None => name.to_string(),
        };
        if self.taken.insert(name.clone()) {
            return name;
        }
        self.numbered(&name)
    }

    fn numbered(&mut self, base: &str) -> String {
        // `u6` and 4 must not become `u64`.
        let base =
            if base.ends_with(|c: char| c.is_ascii_digit()) { format!("{base}x") } else { base.to_string() };
        let mut number = 2;
        loop {
            let name = format!("{base}{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
            number += 1;
        }
    }
}

/// What a Go programmer writes where a common word is taken.
fn nice(name: &str) -> Option<&'static str> {
    Some(match name {
        "type" => "typ",
        "func" => "fn",
        "len" => "length",
        "cap" => "capacity",
        "new" => "next",
        "error" => "err",
        "string" => "text",
        "package" => "pkg",
        "range" => "span",
        "map" => "mapping",
        "interface" => "iface",
        "default" => "fallback",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(RESERVED.is_sorted());
        assert!(HELPERS.is_sorted());
    }

    #[test]
    fn clashes() {
        let mut scope = Scope::with(["types"]);
        assert_eq!(scope.declare("NewFoo", "Func"), "NewFoo");
        assert_eq!(scope.declare("NewFoo", "Func"), "NewFooFunc");
        assert_eq!(scope.declare("NewFoo", "Func"), "NewFooFunc2");
        assert_eq!(scope.local("types"), "types2");
        assert_eq!(scope.local("len"), "length");
        assert_eq!(scope.local("uint32"), "uint32Value");
        assert_eq!(scope.local("liftFoo"), "liftFooValue");
        assert_eq!(scope.local("lifted"), "lifted");
    }
}
