//! The WIT's words for people who read Go: what the docs call by its WIT name is linked under its Go name.

use std::collections::HashMap;

use wit_parser::{Docs, Function, FunctionKind, TypeDefKind, TypeId};

use super::{Gen, doc};
use crate::facts::Side;
use crate::plan::GoFunction;

/// Go's names of what a package declares, by the names that docs call it by: `error-code`, `error-code::exist`,
/// `descriptor.stat`.
pub(crate) type Links = HashMap<String, String>;

impl Gen<'_> {
    /// The docs of a type or of one of its parts as a Go comment's text, or `otherwise`.
    pub(super) fn docs(&self, docs: &Docs, otherwise: &str) -> String {
        self.words(docs.contents.as_deref(), otherwise, |word| self.links().get(word).cloned())
    }

    /// The same for a resource, whose docs name its methods without saying whose they are.
    pub(super) fn resource_docs(&self, resource: TypeId, otherwise: &str) -> String {
        let docs = &self.facts.resolve.types[resource].docs;
        self.words(docs.contents.as_deref(), otherwise, |word| self.link_in(Some(resource), word))
    }

    /// The same for a function, whose docs name its parameters, too.
    pub(super) fn function_words(&self, function: &Function, go: &GoFunction, otherwise: &str) -> String {
        let param = |word: &str| function.params.iter().position(|param| param.name == word);
        self.words(function.docs.contents.as_deref(), otherwise, |word| match param(word) {
            Some(index) => Some(format!("`{}`", go.params[index])),
            None => self.link_in(function.kind.resource(), word),
        })
    }

    /// The docs of the package's own interface or world.
    pub(super) fn unit_docs(&self) -> String {
        self.words(self.unit().docs.as_deref(), "", |word| self.links().get(word).cloned())
    }

    fn link_in(&self, resource: Option<TypeId>, word: &str) -> Option<String> {
        let name = resource.and_then(|id| self.facts.resolve.types[id].name.as_deref());
        let method = name.and_then(|name| self.links().get(&format!("{name}.{word}")));
        method.or_else(|| self.links().get(word)).cloned()
    }

    fn words(&self, text: Option<&str>, otherwise: &str, go: impl Fn(&str) -> Option<String>) -> String {
        match text {
            Some(text) if !text.trim().is_empty() => doc::comment(&linked(text, go)),
            _ => otherwise.to_string(),
        }
    }

    fn links(&self) -> &Links {
        self.links.get_or_init(|| self.make_links())
    }

    fn make_links(&self) -> Links {
        let mut links = Links::new();
        let (unit, package, resolve) = (self.unit(), self.package(), &self.facts.resolve);
        for id in &unit.types {
            let (def, go) = (&resolve.types[*id], &package.types[id]);
            let Some(name) = &def.name else { continue };
            let cases: Vec<&str> = match &def.kind {
                TypeDefKind::Enum(e) => e.cases.iter().map(|case| case.name.as_str()).collect(),
                TypeDefKind::Flags(f) => f.flags.iter().map(|flag| flag.name.as_str()).collect(),
                TypeDefKind::Variant(v) => v.cases.iter().map(|case| case.name.as_str()).collect(),
                _ => Vec::new(),
            };
            let cases = cases.iter().zip(&go.members);
            links.extend(cases.map(|(case, member)| (format!("{name}::{case}"), format!("[{member}]"))));
            links.insert(name.clone(), format!("[{}]", go.name));
        }
        for (function, go) in unit.functions.iter().zip(&package.functions) {
            let (wit, link) = self.function_link(function, go);
            links.entry(wit).or_insert(link);
        }
        links
    }

    fn function_link(&self, function: &Function, go: &GoFunction) -> (String, String) {
        let package = self.package();
        let resource = go.resource.filter(|id| package.types.contains_key(id));
        let wit = match (&function.kind, resource.and_then(|id| self.facts.resolve.types[id].name.as_deref()))
        {
            (FunctionKind::Constructor(_), Some(name)) => format!("{name}.constructor"),
            (_, Some(name)) => format!("{name}.{}", function.item_name()),
            (_, None) => function.item_name().to_string(),
        };
        let link = match resource.filter(|_| go.method) {
            Some(id) => format!("[{}.{}]", package.types[&id].name, go.name),
            None if self.unit().side == Side::Export => format!("[{}.{}]", package.interface, go.name),
            None => format!("[{}]", go.name),
        };
        (wit, link)
    }
}

/// `markdown` with each word in backticks as `go` has it, outside blocks of code.
fn linked(markdown: &str, go: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut fenced = false;
    for line in markdown.split_inclusive('\n') {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if fence || fenced || line.contains("``") {
            text.push_str(line);
            continue;
        }
        let mut rest = line;
        while let Some((before, (word, after))) =
            rest.split_once('`').and_then(|(before, after)| Some((before, after.split_once('`')?)))
        {
            text.push_str(before);
            text.push_str(&go(word).unwrap_or_else(|| format!("`{word}`")));
            rest = after;
        }
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[track_caller]
    fn check(markdown: &str, expect: &str) {
        let go = |word: &str| (word == "error-code").then(|| "[ErrorCode]".to_string());
        assert_eq!(linked(markdown, go), expect);
    }

    #[test]
    fn names_in_backticks_are_linked() {
        check("See `error-code` and `stat`.\n`error-code`", "See [ErrorCode] and `stat`.\n[ErrorCode]");
    }

    #[test]
    fn code_and_what_is_no_pair_stay() {
        check(
            "```\n`error-code`\n```\n``error-code`` `error-code",
            "```\n`error-code`\n```\n``error-code`` `error-code",
        );
    }
}
