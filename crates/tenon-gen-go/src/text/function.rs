//! What imported and exported functions have in common: parameters, results, docs.

use wit_parser::Function;

use super::Gen;
use super::doc::with_paragraph;
use super::named::docs;
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
        let what = format!("{} is {} in WIT.", go.name, self.export_name(function));
        let text = docs(&function.docs, &what);
        let error = match self.facts.returns(function).fails {
            Some(Some(ty)) if self.facts.is_error(ty) => {
                format!("The error is {} [{}].", article(&self.ty(ty)), self.ty(ty))
            }
            Some(Some(ty)) => format!("The error is a *wit.Error[{}].", self.ty(ty)),
            _ => String::new(),
        };
        with_paragraph(&text, &error)
    }

    /// `wasi:http/handler@0.3.0#handle`.
    pub(super) fn export_name(&self, function: &Function) -> String {
        match &self.unit().key {
            Some(_) => format!("{}#{}", self.unit().wit, function.name),
            None => function.name.clone(),
        }
    }
}

fn article(noun: &str) -> &'static str {
    let word = noun.rsplit('.').next().unwrap_or(noun);
    if word.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}
