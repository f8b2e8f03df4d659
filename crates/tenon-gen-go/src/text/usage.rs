//! How a package's functions are used, for those who know Go and not WIT: the end of its package comment.

use wit_parser::{Type, TypeDefKind};

use super::Gen;
use crate::facts::Side;

/// The width of a line of the comment.
const WIDTH: usize = 76;

/// The kinds of values that need a word.
#[derive(Default)]
struct Uses {
    bytes: bool,
    stream: bool,
    future: bool,
    /// A future comes with a stream.
    both: bool,
}

impl Gen<'_> {
    /// `# In Go`, with a sentence for each thing that Go has not.
    pub(super) fn usage(&self) -> String {
        let import = self.unit().side == Side::Import;
        let functions = &self.unit().functions;
        let params: Vec<Vec<Type>> =
            functions.iter().map(|f| f.params.iter().map(|p| p.ty).collect()).collect();
        let results: Vec<Vec<Type>> = functions.iter().map(|f| f.result.into_iter().collect()).collect();
        let (received, given) = if import { (&results, &params) } else { (&params, &results) };

        let mut items: Vec<String> = Vec::new();
        if functions.iter().any(|f| f.kind.is_async()) {
            items.push(match import {
                true => "A function with a context waits for the host while other goroutines go on. When the context ends, the call is cancelled.".into(),
                false => "A method with a context may wait, while other calls go on. The context ends when the caller cancels.".into(),
            });
        }
        items.extend(reading(&self.uses(received)));
        items.extend(making(&self.uses(given), if import { "pass" } else { "return" }));
        if import {
            items.extend(self.closing());
        }
        if items.is_empty() {
            return String::new();
        }
        let items: Vec<String> = items.iter().map(|item| wrapped(item)).collect();
        format!("# In Go\n\n{}", items.join("\n"))
    }

    fn uses(&self, functions: &[Vec<Type>]) -> Uses {
        let mut uses = Uses::default();
        for types in functions {
            let has = |what: &dyn Fn(&TypeDefKind) -> bool| {
                types.iter().any(|ty| self.facts.contains(*ty, &|kind| what(kind)))
            };
            let is_bytes =
                |kind: &TypeDefKind| matches!(kind, TypeDefKind::Stream(Some(ty)) if self.is_byte(*ty));
            let bytes = has(&is_bytes);
            let stream = has(&|kind| matches!(kind, TypeDefKind::Stream(_)) && !is_bytes(kind));
            let future = has(&|kind| matches!(kind, TypeDefKind::Future(_)));
            uses.bytes |= bytes;
            uses.stream |= stream;
            uses.future |= future;
            uses.both |= future && (bytes || stream);
        }
        uses
    }

    /// That resources are to be closed, those that the package declares.
    fn closing(&self) -> Option<String> {
        let resource = |id: &&_| matches!(self.facts.resolve.types[**id].kind, TypeDefKind::Resource);
        let types = self.unit().types.iter().filter(resource);
        let names: Vec<String> = types.map(|id| format!("[{}]", self.resource_name(*id))).collect();
        let (last, others) = names.split_last()?;
        let names = match others.is_empty() {
            true => last.clone(),
            false => format!("{} or {last}", others.join(", ")),
        };
        Some(format!("Close a {names} that is no longer needed."))
    }
}

fn reading(uses: &Uses) -> Vec<String> {
    let mut items = Vec::new();
    if uses.bytes {
        items.push("A wit.ByteReader is an io.Reader. Close it when you are done.".to_string());
    }
    if uses.stream {
        items.push(
            "A wit.StreamReader has its items in All, to be ranged over. Close it when you are done."
                .to_string(),
        );
    }
    if uses.future {
        let first = if uses.both { " Read the stream that it comes with first, to its end." } else { "" };
        items.push(format!("A wit.Future gives its value, or an error, to Await.{first}"));
    }
    items
}

fn making(uses: &Uses, verb: &str) -> Vec<String> {
    let mut items = Vec::new();
    let makers = [(uses.bytes, "wit.NewByteStream"), (uses.stream, "wit.NewStream")];
    let makers: Vec<&str> = makers.into_iter().filter(|(used, _)| *used).map(|(_, name)| name).collect();
    if !makers.is_empty() {
        let makers = makers.join(" or ");
        items.push(format!(
            "To {verb} a stream, make one with {makers}, {verb} its reader, and have a goroutine write to the other end and close it."
        ));
    }
    if uses.future {
        items.push(format!(
            "To {verb} a future, make one with wit.NewFuture, or with wit.Resolved if its value is there already."
        ));
    }
    items
}

/// An item of a list, in the form that gofmt leaves alone.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::from("  -")];
    for word in text.split(' ') {
        let full = lines.last().is_none_or(|line| line.chars().count() + 1 + word.chars().count() > WIDTH);
        if full {
            lines.push(String::from("   "));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn items_are_wrapped_as_gofmt_has_them() {
        assert_eq!(wrapped("one two"), "  - one two");
        let long = wrapped(&"word ".repeat(20));
        assert!(long.lines().all(|line| line.len() <= 76), "{long}");
        assert_eq!(long.lines().nth(1).map(|line| &line[..8]), Some("    word"));
    }
}
