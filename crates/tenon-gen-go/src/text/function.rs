//! What imported and exported functions have in common: parameters, results, docs.

use wit_parser::{Function, FunctionKind, Result_, Type, TypeDefKind};

use super::Gen;
use super::doc::with_paragraph;
use crate::plan::GoFunction;

impl Gen<'_> {
    /// `ctx context.Context, name string`, without the value that a method is called on.
    pub(super) fn params(&self, function: &Function, go: &GoFunction) -> String {
        let ctx = go.ctx.iter().map(|ctx| format!("{ctx} context.Context"));
        let skip = usize::from(go.method);
        let types: Vec<String> = function.params.iter().map(|p| self.ty(p.ty)).collect();
        let mut params: Vec<String> = ctx.collect();
        for (index, ty) in types.iter().enumerate().skip(skip) {
            // Neighbours of one type share it.
            match types.get(index + 1) {
                Some(next) if next == ty => params.push(go.params[index].clone()),
                _ => params.push(format!("{} {ty}", go.params[index])),
            }
        }
        params.join(", ")
    }

    /// `(context.Context, string) error`: name, parameters and results.
    pub(super) fn signature(&self, function: &Function, go: &GoFunction) -> String {
        let results = self.results(&self.facts.returns(function));
        let space = if results.is_empty() { "" } else { " " };
        format!("{}({}){space}{results}", go.name, self.params(function, go))
    }

    /// The WIT's words, and what they leave out about Go.
    pub(super) fn function_doc(&self, function: &Function, go: &GoFunction) -> String {
        let what = match (&function.kind, go.resource) {
            (FunctionKind::Constructor(_), Some(id)) => {
                let name = self.resource_name(id);
                format!("{} makes {} [{name}].", go.name, article(name))
            }
            _ => format!("{} is {} in WIT.", go.name, self.export_name(function)),
        };
        let mut text = self.function_words(function, go, &what);
        let returns = self.facts.returns(function);
        if let Some(Some(ty)) = returns.fails {
            text = with_paragraph(&text, &format!("The error is {}.", self.failure(ty)));
        }
        let mut said: Vec<String> = Vec::new();
        for ty in returns.values {
            let Some(TypeDefKind::Future(Some(item))) = self.facts.kind(ty) else { continue };
            let Some(TypeDefKind::Result(Result_ { err: Some(err), .. })) = self.facts.kind(*item) else {
                continue;
            };
            let sentence = format!("The future's error is {}.", self.failure(*err));
            if !said.contains(&sentence) {
                text = with_paragraph(&text, &sentence);
                said.push(sentence);
            }
        }
        text
    }

    /// What an error of type `ty` is in Go, with an article.
    fn failure(&self, ty: Type) -> String {
        let go = self.ty(ty);
        match self.facts.is_error(ty) {
            true => format!("{} [{go}]", article(&go)),
            false => format!("a *wit.Error[{go}]"),
        }
    }

    /// `wasi:http/handler@0.3.0#handle`.
    pub(super) fn export_name(&self, function: &Function) -> String {
        match &self.unit().key {
            Some(_) => format!("{}#{}", self.unit().wit, function.name),
            None => function.name.clone(),
        }
    }
}

/// `a` or `an`.
pub(super) fn article(noun: &str) -> &'static str {
    let word = noun.rsplit('.').next().unwrap_or(noun);
    if word.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}
