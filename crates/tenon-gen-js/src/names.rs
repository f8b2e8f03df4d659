//! Names: WIT's kebab case becomes JavaScript's, and two of one scope never clash.

use std::collections::BTreeSet;

/// `place-order` becomes `placeOrder`. Words that are all capitals stay words: `get-HTTP` becomes `getHttp`.
pub(crate) fn camel(name: &str) -> String {
    let mut text = String::new();
    for (i, word) in words(name).enumerate() {
        if i == 0 { text.push_str(&word) } else { text.push_str(&capital(&word)) }
    }
    started(text)
}

/// `place-order` becomes `PlaceOrder`.
pub(crate) fn pascal(name: &str) -> String {
    started(words(name).map(|word| capital(&word)).collect())
}

/// The class of errors whose payload is of a type: `refusal` becomes `RefusalError`. What is called an error itself has the name
/// already, as the type of the payload: `stream-error` becomes `StreamException`.
pub(crate) fn error_class(name: &str) -> String {
    let name = pascal(name);
    match name.strip_suffix("Error") {
        Some(start) => format!("{start}Exception"),
        None => format!("{name}Error"),
    }
}

/// `wasi:io/streams@0.2.0` becomes `wasi-io-streams`.
pub(crate) fn file(name: &str) -> String {
    words(without_version(name)).collect::<Vec<_>>().join("-")
}

/// `wasi:io/streams@0.2.0` becomes `wasi:io/streams`.
pub(crate) fn without_version(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}

/// `wasi:io/streams@0.2.0` becomes `streams`.
pub(crate) fn last_part(name: &str) -> &str {
    let name = without_version(name);
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| {
        // An acronym is a word like others, so that one convention holds for all names.
        if w.chars().all(|c| !c.is_lowercase()) { w.to_lowercase() } else { w.to_string() }
    })
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A name cannot begin with a digit, nor be empty.
fn started(name: String) -> String {
    match name.chars().next() {
        Some(c) if !c.is_ascii_digit() => name,
        _ => format!("_{name}"),
    }
}

/// Words that are no names of variables in a module, or that would hide what generated code needs.
const RESERVED: &[&str] = &[
    "arguments",
    "as",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "of",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Globals that generated JavaScript uses.
const GLOBALS: &[&str] = &[
    "Array",
    "ArrayBuffer",
    "AsyncIterable",
    "BigInt",
    "BigInt64Array",
    "BigUint64Array",
    "Boolean",
    "DataView",
    "Error",
    "Float32Array",
    "Float64Array",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "Iterable",
    "Map",
    "NaN",
    "Number",
    "Object",
    "Promise",
    "PromiseLike",
    "ReadableStream",
    "Record",
    "RegExp",
    "String",
    "Symbol",
    "TypeError",
    "URL",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "WebAssembly",
];

/// Whether a name cannot be declared.
pub(crate) fn reserved(name: &str) -> bool {
    RESERVED.binary_search(&name).is_ok()
}

/// Whether a name is a global that generated declarations need: they call what they declare by it something else.
pub(crate) fn global(name: &str) -> bool {
    GLOBALS.binary_search(&name).is_ok()
}

/// Names that are taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope(BTreeSet<String>);

impl Scope {
    /// A scope in which the names of the language are taken.
    pub(crate) fn new() -> Scope {
        Scope(RESERVED.iter().chain(GLOBALS).map(|s| (*s).to_string()).collect())
    }

    /// The name, or the next one like it that is free.
    pub(crate) fn name(&mut self, wanted: &str) -> String {
        if self.0.insert(wanted.to_string()) {
            return wanted.to_string();
        }
        let base = if reserved(wanted) { format!("{wanted}_") } else { wanted.to_string() };
        if self.0.insert(base.clone()) {
            return base;
        }
        (2..)
            .map(|n| format!("{base}{n}"))
            .find(|name| self.0.insert(name.clone()))
            .expect("there are more numbers than names")
    }
}

/// A string literal.
pub(crate) fn quote(text: &str) -> String {
    let json = serde_json::to_string(text).expect("a string can be JSON");
    let inner = &json[1..json.len() - 1];
    format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "\\'"))
}

/// A property's name in an object literal or a type: quoted where it must be.
pub(crate) fn property(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty();
    if plain { name.to_string() } else { quote(name) }
}

/// What comes after an object's expression to name a property of it. A small number needs no quotes.
pub(crate) fn access(name: &str) -> String {
    match name.parse::<u32>() {
        Ok(index) if index.to_string() == name => format!("[{name}]"),
        _ => match property(name) {
            quoted if quoted.starts_with('\'') => format!("[{quoted}]"),
            plain => format!(".{plain}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_named() {
        for (name, expected) in [
            ("run", ".run"),
            ("0", "[0]"),
            ("17", "[17]"),
            ("00", "['00']"),
            ("+1", "['+1']"),
            ("a-b", "['a-b']"),
            ("", "['']"),
        ] {
            assert_eq!(access(name), expected);
        }
    }

    #[test]
    fn cases() {
        assert_eq!(camel("place-order"), "placeOrder");
        assert_eq!(camel("get-HTTP-status"), "getHttpStatus");
        assert_eq!(camel("URL"), "url");
        assert_eq!(pascal("error-code"), "ErrorCode");
        assert_eq!(error_class("error-code"), "ErrorCodeError");
        assert_eq!(error_class("stream-error"), "StreamException");
        assert_eq!(error_class("error"), "Exception");
        assert_eq!(file("wasi:io/streams@0.2.0"), "wasi-io-streams");
        assert_eq!(last_part("wasi:io/streams@0.2.0"), "streams");
    }

    #[test]
    fn clashes() {
        let mut scope = Scope::new();
        assert_eq!(scope.name("delete"), "delete_");
        assert_eq!(scope.name("a"), "a");
        assert_eq!(scope.name("a"), "a2");
        assert!(RESERVED.is_sorted() && GLOBALS.is_sorted());
    }

    #[test]
    fn literals() {
        assert_eq!(quote("it's \"so\"\n"), r#"'it\'s "so"\n'"#);
        assert_eq!(property("a-b"), "'a-b'");
    }
}
