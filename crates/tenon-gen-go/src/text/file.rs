//! A Go file: header, build constraint, package clause, imports.

use std::collections::BTreeMap;

use askama::Template;

use super::Gen;
use super::writer::{Writer, align};
use crate::plan::STD;

#[derive(Template)]
#[template(path = "file.go.txt", escape = "none")]
struct File<'a> {
    version: &'a str,
    wit: &'a str,
    build: Option<&'a str>,
    doc: Vec<String>,
    package: &'a str,
    /// The only import.
    single: Option<String>,
    imports: Vec<Vec<String>>,
    body: &'a str,
}

/// When a file is part of the build.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Build {
    Always,
    NotWasm,
}

/// The whole text of a file of the generator's package. Imports follow from what `body` uses.
pub(crate) fn file(generator: &Gen<'_>, build: Build, doc: Option<&str>, body: Writer) -> String {
    let mut doc_text = Writer::default();
    doc_text.comment(doc.unwrap_or_default());
    let body = body.into_text();
    let imports = imports(&body, &generator.package().imports);
    let file = File {
        version: &generator.config.version,
        wit: &generator.unit().wit,
        build: (build == Build::NotWasm).then_some("!wasm"),
        doc: doc_text.into_text().lines().map(str::to_string).collect(),
        package: &generator.package().name,
        single: (imports.concat().len() == 1).then(|| imports.concat().concat()),
        imports,
        body: body.trim_matches('\n'),
    };
    align(&file.render().unwrap_or_default())
}

/// The imports that `body` uses, the standard library's first.
pub(crate) fn imports(body: &str, known: &BTreeMap<String, String>) -> Vec<Vec<String>> {
    let used = qualifiers(body);
    let mut groups = vec![BTreeMap::new(), BTreeMap::new()];
    for (name, path) in
        STD.iter().copied().chain(known.iter().map(|(path, name)| (name.as_str(), path.as_str())))
    {
        if used.contains(&name) {
            let last = path.rsplit('/').next().unwrap_or(path);
            let line = if last == name { format!("{path:?}") } else { format!("{name} {path:?}") };
            let external = path.split('/').next().is_some_and(|first| first.contains('.')) || !is_std(path);
            groups[usize::from(external)].insert(path.to_string(), line);
        }
    }
    groups.into_iter().filter(|g| !g.is_empty()).map(|g| g.into_values().collect()).collect()
}

fn is_std(path: &str) -> bool {
    STD.iter().any(|(_, std)| *std == path)
}

/// The identifiers in Go code that stand before a dot and not after one, outside comments and strings.
fn qualifiers(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in code.lines() {
        let mut rest = line;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            if rest.starts_with("//") {
                break;
            }
            let len = match c {
                '"' | '`' | '\'' => quoted(rest, c),
                c if c.is_alphabetic() || c == '_' => {
                    let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                    if before != '.' && rest[len..].starts_with('.') && !rest[len..].starts_with("...") {
                        found.push(&rest[..len]);
                    }
                    len
                }
                c => c.len_utf8(),
            };
            before = rest[..len].chars().next_back().unwrap_or(' ');
            rest = &rest[len..];
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How long the literal at the start of `text` is.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if quote != '`' && !escaped => escaped = true,
            c if c == quote && !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::qualifiers;

    #[test]
    fn what_is_used() {
        let code = "x := a.B(c.d.e, \"f.g\") // h.i\ny := *(*types.T)(p)\nfor _, v := range w.x {}\n";
        assert_eq!(qualifiers(code), ["a", "c", "types", "w"]);
    }
}
