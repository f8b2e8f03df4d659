//! The result of a function, from memory to Go results, and errors both ways.

use wit_parser::Type;

use super::Helper;
use crate::facts::Returns;
use crate::text::{Gen, Writer, emit};

impl Gen<'_> {
    /// The Go results of a call whose result is in memory at `p`: what stands behind `return`.
    pub(crate) fn unpack(&self, returns: &Returns, result: Type, p: &str) -> String {
        let simple = returns.fails.is_none() && !returns.tuple;
        if simple && !returns.option {
            let value = self.lift(result, p, 0, "");
            return if returns.is_async { format!("{value}, nil") } else { value };
        }
        if simple && !returns.is_async {
            return format!("{}.Get()", self.lift(result, p, 0, ""));
        }
        let key = format!("unpack {} {}", returns.is_async, self.key(result));
        let base = format!("unpack{}", self.short(result));
        let make = |name| Helper::Unpack { returns: returns.clone(), result, name };
        let name = self.helpers.borrow_mut().ask(key, &base, make);
        format!("{name}({p})")
    }

    pub(super) fn unpack_function(&self, w: &mut Writer, name: &str, returns: &Returns, result: Type) {
        let open = format!("func {name}(p unsafe.Pointer) {} {{", self.results(returns));
        w.block(open, "}", |w| {
            let mut offset = 0;
            if let Some(err) = returns.fails {
                offset = self.layouts.cases(2, [returns.ok.as_ref(), err.as_ref()]).payload;
                w.block("if *(*uint8)(p) != 0 {", "}", |w| {
                    let mut zeros = self.zeros(returns);
                    zeros.push(self.lift_error(err, "p", offset));
                    emit!(w, "return {}", zeros.join(", "));
                });
            }
            self.unpack_ok(w, returns, result, offset);
        });
    }

    fn unpack_ok(&self, w: &mut Writer, returns: &Returns, result: Type, offset: u32) {
        let nil = if returns.has_error() { Some("nil".to_string()) } else { None };
        let ok = if returns.fails.is_some() { returns.ok } else { Some(result) };
        let mut values = Vec::new();
        if let (true, Some(ok)) = (returns.option, ok) {
            emit!(w, "v, ok := {}.Get()", self.lift(ok, "p", offset, ""));
            match returns.tuple {
                true => values.extend((0..returns.values.len()).map(|i| format!("v.F{i}"))),
                false => values.push("v".to_string()),
            }
            values.push("ok".to_string());
        } else if returns.tuple {
            let (offsets, _) = self.layouts.fields(&returns.values);
            values.extend(
                returns.values.iter().zip(offsets).map(|(ty, at)| self.lift(*ty, "p", offset + at, "")),
            );
        } else if let Some(ok) = ok {
            values.push(self.lift(ok, "p", offset, ""));
        }
        values.extend(nil);
        emit!(w, "return {}", values.join(", "));
    }

    /// Zero values of the Go results but the error.
    pub(crate) fn zeros(&self, returns: &Returns) -> Vec<String> {
        let mut zeros: Vec<String> = returns.values.iter().map(|ty| self.zero(*ty)).collect();
        zeros.extend(returns.option.then(|| "false".to_string()));
        zeros
    }

    /// The `error` for the error arm that is at `p` and `offset`.
    pub(crate) fn lift_error(&self, err: Option<Type>, p: &str, offset: u32) -> String {
        match err {
            Some(ty) if self.facts.is_error(ty) => self.lift(ty, p, offset, ""),
            Some(ty) => format!("&wit.Error[{}]{{Value: {}}}", self.ty(ty), self.lift(ty, p, offset, "")),
            None => "&wit.Error[struct{}]{}".to_string(),
        }
    }

    /// Declares `name` and finds the WIT's error in `err`, or does what `otherwise` writes.
    pub(crate) fn match_error(
        &self,
        w: &mut Writer,
        err: Option<Type>,
        name: &str,
        otherwise: impl FnOnce(&mut Writer),
    ) {
        if self.any_error(err) {
            return;
        }
        emit!(w, "var {name} {}", self.error_type(err));
        w.block(format!("if !errors.As(err, &{name}) {{"), "}", otherwise);
    }

    /// Whether every Go error has a form in the error arm: its text where that is a string or an error-context, and none
    /// where the arm has no payload.
    pub(crate) fn any_error(&self, err: Option<Type>) -> bool {
        err.is_none_or(|ty| match self.facts.dealias(ty) {
            Type::ErrorContext => true,
            Type::String => !self.facts.is_error(ty),
            _ => false,
        })
    }

    /// The Go error type of an error arm.
    pub(crate) fn error_type(&self, err: Option<Type>) -> String {
        match err {
            Some(ty) if self.facts.is_error(ty) => self.ty(ty),
            err => format!("*wit.Error[{}]", self.unit_or(err)),
        }
    }

    /// The WIT value of the Go error `err`, in which `name` was found unless any error will do.
    pub(crate) fn error_value(&self, ty: Type, err: &str, name: &str) -> String {
        if self.facts.dealias(ty) == Type::ErrorContext {
            format!("wit.ErrorContextOf({err})")
        } else if self.any_error(Some(ty)) {
            format!("{err}.Error()")
        } else if self.facts.is_error(ty) {
            name.to_string()
        } else {
            format!("{name}.Value")
        }
    }
}
