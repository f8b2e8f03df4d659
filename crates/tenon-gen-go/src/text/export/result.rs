//! The implementation's results on their way to the host.

use tenon_abi::{Outcome, Params, Signature, Slot, returned, task_return};
use wit_parser::Type;

use super::body::{Export, leave};
use crate::codec::{Body, convert, deref, zero_slot};
use crate::text::Gen;
use crate::text::writer::emit;

impl Gen<'_> {
    /// Lowers the result of a synchronous export and returns.
    pub(super) fn sync_result(&self, b: &mut Body, export: &Export<'_>, sig: &Signature, result: Type) {
        let c = b.call.clone();
        if let Some(err) = export.returns.fails {
            let (name, failure) = (&export.name, &export.failure);
            let failed = self.sync_failure(b.inner(), export, sig, err);
            b.w.block(format!("if {} != nil {{", export.err), "}", |w| {
                if !self.any_error(err) {
                    emit!(w, "var {failure} {}", self.error_type(err));
                    w.block(format!("if !errors.As({}, &{failure}) {{", export.err), "}", |w| {
                        emit!(w, "abi.BadError({name}, {})", export.err);
                    });
                }
                w.append(&failed);
            });
        }
        match &sig.outcome {
            Outcome::Memory(_) if b.by_address => self.return_at_once(b, export, result),
            Outcome::Memory(layout) => {
                let ret = b.locals.local("ret");
                emit!(b.w, "{ret} := {c}.Alloc({}, {})", layout.size, layout.align);
                self.lower_ok(b, export, result, &ret);
                emit!(b.w, "return {c}.LeaveWith({ret})");
            }
            _ if export.returns.fails.is_some() => {
                emit!(b.w, "{}", leave(b));
                emit!(b.w, "return 0");
            }
            _ => {
                let value = self.named_value(b, self.gather(export));
                let flat = self.flatten(b, result, &value).concat();
                let flat = if flat.contains('(') { self.named_value(b, flat) } else { flat };
                emit!(b.w, "{}", leave(b));
                emit!(b.w, "return {flat}");
            }
        }
    }

    /// Lowers a result that is stored at once, and returns.
    fn return_at_once(&self, b: &mut Body, export: &Export<'_>, result: Type) {
        let value = self.gather(export);
        emit!(b.w, "{}", leave(b));
        if self.facts.dealias(result) == Type::String {
            emit!(b.w, "return abi.ReturnString({value})");
        } else if self.plain(result) {
            let ret = b.locals.local("ret");
            emit!(b.w, "{ret} := abi.Area()");
            self.lower(b, result, &ret, 0, &value);
            emit!(b.w, "return {ret}");
        } else {
            emit!(b.w, "return abi.ReturnSlice({value})");
        }
    }

    /// What a synchronous export does with the WIT's error.
    fn sync_failure(&self, mut b: Body, export: &Export<'_>, sig: &Signature, err: Option<Type>) -> String {
        let c = b.call.clone();
        match &sig.outcome {
            Outcome::Memory(layout) => {
                let ret = b.locals.local("ret");
                emit!(b.w, "{ret} := {c}.Alloc({}, {})", layout.size, layout.align);
                self.lower_failure(&mut b, export, err, &ret);
                emit!(b.w, "return {c}.LeaveWith({ret})");
            }
            _ => {
                emit!(b.w, "{}", leave(&b));
                emit!(b.w, "return 1");
            }
        }
        b.w.into_text()
    }

    /// Ends the body of an asynchronous export.
    pub(super) fn async_result(&self, b: &mut Body, export: &Export<'_>, t: &str) {
        if !export.returns.fails.is_some_and(|ty| self.any_error(ty)) {
            self.fail_otherwise(b, export, t);
        }
        let lowered = self.task_return(b.inner(), export);
        let open = match export.returns.fails {
            Some(_) => format!("{t}.ReturnResult({}, func({} *abi.Call) {{", export.err, b.call),
            None => format!("{t}.Return(func({} *abi.Call) {{", b.call),
        };
        b.w.block(open, "})", |w| w.append(&lowered));
    }

    /// What the WIT type cannot express is the answer to a cancellation, or a mistake.
    fn fail_otherwise(&self, b: &mut Body, export: &Export<'_>, t: &str) {
        let err = &export.err;
        let mut condition = format!("{err} != nil");
        if let Some(ty) = export.returns.fails {
            emit!(b.w, "var {} {}", export.failure, self.error_type(ty));
            condition += &format!(" && !errors.As({err}, &{})", export.failure);
        }
        b.w.block(format!("if {condition} {{"), "}", |w| {
            emit!(w, "{t}.Fail({}, {err})", export.name);
            emit!(w, "return");
        });
    }

    /// Lowers the result and calls `task.return`.
    fn task_return(&self, mut b: Body, export: &Export<'_>) -> String {
        let function = export.function;
        let passed = returned(&self.facts.resolve, self.layouts, function);
        let core = task_return(&self.facts.resolve, self.unit().key.as_ref(), function);
        let raw = format!("taskReturn{}", export.go.raw);
        let raw = self.raw.borrow_mut().import(&raw, core, passed.slots(), None);
        let Some(result) = function.result else { return format!("{raw}()") };
        if let Some(err) = export.returns.fails {
            let mut failed = b.inner();
            let args = match &passed {
                Params::Spilled { layout, .. } => {
                    let ret = failed.locals.local("ret");
                    emit!(failed.w, "{ret} := {}.Alloc({}, {})", failed.call, layout.size, layout.align);
                    self.lower_failure(&mut failed, export, err, &ret);
                    ret
                }
                Params::Flat(slots) => {
                    let value = err.map(|ty| (ty, self.error_value(ty, &export.err, &export.failure)));
                    self.arm(&mut failed, 1, value, &slots.concat())
                }
            };
            emit!(failed.w, "{raw}({args})");
            emit!(failed.w, "return");
            b.w.block(format!("if {} != nil {{", export.err), "}", |w| w.append(&failed.w.into_text()));
        }
        let args = match &passed {
            Params::Spilled { layout, .. } => {
                let ret = b.locals.local("ret");
                emit!(b.w, "{ret} := {}.Alloc({}, {})", b.call, layout.size, layout.align);
                self.lower_ok(&mut b, export, result, &ret);
                ret
            }
            Params::Flat(slots) if export.returns.fails.is_some() => {
                let value = export.returns.ok.map(|ty| (ty, self.gather(export)));
                self.arm(&mut b, 0, value, &slots.concat())
            }
            Params::Flat(_) => {
                let value = self.named_value(&mut b, self.gather(export));
                self.flatten(&mut b, result, &value).join(", ")
            }
        };
        emit!(b.w, "{raw}({args})");
        b.w.into_text()
    }

    /// Stores the result, which is no failure, at `ret`: zeroed memory.
    fn lower_ok(&self, b: &mut Body, export: &Export<'_>, result: Type, ret: &str) {
        let returns = &export.returns;
        let (ty, offset) = match returns.fails {
            Some(err) => (returns.ok, self.layouts.cases(2, [returns.ok.as_ref(), err.as_ref()]).payload),
            None => (Some(result), 0),
        };
        if let Some(ty) = ty {
            let value = self.gather(export);
            self.lower(b, ty, ret, offset, &value);
        }
    }

    fn lower_failure(&self, b: &mut Body, export: &Export<'_>, err: Option<Type>, ret: &str) {
        let offset = self.layouts.cases(2, [export.returns.ok.as_ref(), err.as_ref()]).payload;
        emit!(b.w, "{} = 1", deref("uint8", ret, 0));
        if let Some(ty) = err {
            self.lower(b, ty, ret, offset, &self.error_value(ty, &export.err, &export.failure));
        }
    }

    /// The core values of one arm of a `result`.
    fn arm(&self, b: &mut Body, tag: u32, value: Option<(Type, String)>, shared: &[Slot]) -> String {
        let mut args = vec![tag.to_string()];
        if let Some((ty, value)) = value {
            let value =
                if value.contains('(') || value.contains('{') { self.named_value(b, value) } else { value };
            let flat = self.flatten(b, ty, &value);
            let slots = self.slots(ty);
            args.extend(
                flat.iter()
                    .zip(slots)
                    .enumerate()
                    .map(|(i, (v, from))| convert(self, v, from, shared[i + 1])),
            );
        }
        args.extend(shared[args.len()..].iter().map(|slot| zero_slot(*slot).to_string()));
        args.join(", ")
    }

    /// `value`, or a variable that holds it.
    fn named_value(&self, b: &mut Body, value: String) -> String {
        if value.chars().all(char::is_alphanumeric) {
            return value;
        }
        let name = b.locals.local("result");
        emit!(b.w, "{name} := {value}");
        name
    }

    /// The Go results without the error as one value of the WIT type.
    fn gather(&self, export: &Export<'_>) -> String {
        let returns = &export.returns;
        let mut value = export.values.join("");
        if let (true, Some(ty)) = (returns.tuple, returns.value) {
            let fields: Vec<String> =
                export.values.iter().enumerate().map(|(i, v)| format!("F{i}: {v}")).collect();
            value = format!("{}{{{}}}", self.ty(ty), fields.join(", "));
        }
        if returns.option { format!("wit.OptionOf({value}, {})", export.ok) } else { value }
    }
}
