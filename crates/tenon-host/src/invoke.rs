//! Calls one export, with arguments and result in WAVE.

use crate::call::{Called, call, within};
use crate::ctx::{Ctx, new_store};
use crate::engine::Loaded;
use crate::error::{Error, Trap, exit_code};
use crate::exports::{Export, functions};
use crate::link::link;
use crate::options::Options;
use std::ops::Range;
use wasm_wave::parser::ParserError;
use wasm_wave::untyped::UntypedFuncCall;
use wasmtime::Store;
use wasmtime::component::{Func, Instance, Val};

/// What a call gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The result in WAVE, if the function has one.
    pub result: Option<String>,
    /// Whether the result is the `err` case of a `result`.
    pub is_err: bool,
    /// Whether tasks were still at work when the time to [drain](Options::drain) was over.
    pub abandoned: bool,
}

/// Evaluates a call such as `greet("world")`, `acme:math/calc#add(1, 2)` or `calc.add(1, 2)`.
pub async fn invoke(loaded: &Loaded, expression: &str, options: &Options) -> Result<Invocation, Error> {
    let call_site = CallSite::parse(expression)?;
    let export = find(loaded, call_site.name)?;
    if !export.has_text_form() {
        return Err(Error::NoTextForm { signature: export.signature() });
    }
    let params = call_site.arguments(&export)?;
    let pre = link(loaded)?;
    let mut store = new_store(&loaded.engine, options)?;
    within(options.limits.time, async {
        let instance = pre.instantiate_async(&mut store).await.map_err(|error| match exit_code(&error) {
            Some(code) => Error::Exited(code),
            None => Error::Start(Trap::from_wasmtime(&error)),
        })?;
        let func = lookup(&mut store, &instance, &export)?;
        match call(&mut store, func, &params, export.results.len(), options.drain).await? {
            Called::Exited(code) => Err(Error::Exited(code)),
            Called::Returned { results, abandoned } => Ok(Invocation {
                is_err: matches!(results.first(), Some(Val::Result(Err(_)))),
                result: results.first().map(to_text).transpose()?,
                abandoned,
            }),
        }
    })
    .await
}

fn to_text(value: &Val) -> Result<String, Error> {
    value.to_wave().map_err(|e| Error::Invalid(format!("the result has no text form: {e:#}")))
}

fn lookup(store: &mut Store<Ctx>, instance: &Instance, export: &Export) -> Result<Func, Error> {
    let outer = match &export.interface {
        Some(name) => instance.get_export_index(&mut *store, None, name).map(Some),
        None => Some(None),
    };
    outer
        .and_then(|outer| instance.get_export_index(&mut *store, outer.as_ref(), &export.name))
        .and_then(|index| instance.get_func(&mut *store, index))
        .ok_or_else(|| Error::UnknownFunction { name: export.full_name(), available: Vec::new() })
}

fn find(loaded: &Loaded, name: &str) -> Result<Export, Error> {
    let all = functions(loaded);
    let exact = |export: &Export| export.full_name() == name;
    let (mut found, others): (Vec<_>, Vec<_>) = if all.iter().any(exact) {
        all.into_iter().partition(exact)
    } else {
        all.into_iter().partition(|e| e.answers_to(name))
    };
    match (found.pop(), found.is_empty()) {
        (Some(export), true) => Ok(export),
        (Some(export), false) => {
            found.push(export);
            let candidates = found.iter().map(Export::full_name).collect();
            Err(Error::AmbiguousFunction { name: name.into(), candidates })
        }
        (None, _) => {
            let available = others.iter().map(Export::signature).collect();
            Err(Error::UnknownFunction { name: name.into(), available })
        }
    }
}

/// The text of a call, taken apart into a name and arguments whose types are not known yet.
struct CallSite<'a> {
    name: &'a str,
    untyped: UntypedFuncCall<'static>,
    /// What to add to a position in `untyped` for a position in the expression.
    shift: usize,
}

impl<'a> CallSite<'a> {
    fn parse(expression: &'a str) -> Result<Self, Error> {
        let open = expression.find('(').ok_or_else(|| Error::Expression {
            message: "there is no `(` after the name".into(),
            span: expression.len()..expression.len(),
        })?;
        let name = expression[..open].trim();
        if name.is_empty() {
            return Err(Error::Expression {
                message: "there is no name before the `(`".into(),
                span: 0..open,
            });
        }
        // WAVE knows only plain names before the parenthesis; ours may name an interface, so it gets a stand-in.
        let text = format!("f{}", &expression[open..]);
        let shift = open - 1;
        match UntypedFuncCall::parse(&text) {
            Ok(untyped) => Ok(CallSite { name, untyped: untyped.into_owned(), shift }),
            Err(error) => {
                let (message, span) = explain(&error, shift, expression.len());
                Err(Error::Expression { message, span })
            }
        }
    }

    fn arguments(&self, export: &Export) -> Result<Vec<Val>, Error> {
        let types: Vec<_> = export.params.iter().map(|(_, ty)| ty.clone()).collect();
        self.untyped.to_wasm_params::<Val>(&types).map_err(|error| {
            let end = self.untyped.source().len() + self.shift;
            let (message, span) = explain(&error, self.shift, end);
            Error::Arguments { message, span, signature: export.signature() }
        })
    }
}

/// The message without the position, and the position in the expression.
fn explain(error: &ParserError, shift: usize, end: usize) -> (String, Range<usize>) {
    let span = error.span();
    let message = match (error.detail(), std::error::Error::source(error)) {
        (Some(detail), _) => format!("{}: {detail}", error.kind()),
        (None, Some(source)) => format!("{}: {source}", error.kind()),
        (None, None) => error.kind().to_string(),
    };
    (message, (span.start + shift).min(end)..(span.end + shift).min(end))
}
