//! What the host calls: arguments are lifted and the implementation runs.

use tenon_abi::{Convention, Outcome, Params, Signature, Slot, callback_name, export_name, signature};
use wit_parser::Function;

use crate::codec::{Body, host};
use crate::facts::Returns;
use crate::plan::GoFunction;
use crate::text::writer::{Writer, emit};
use crate::text::{Gen, Raw};

/// One exported function while its text is made.
pub(super) struct Export<'a> {
    pub(super) function: &'a Function,
    pub(super) go: &'a GoFunction,
    pub(super) returns: Returns,
    /// Its name for messages, quoted.
    pub(super) name: String,
    /// What the Go results are assigned to.
    pub(super) values: Vec<String>,
    pub(super) ok: String,
    pub(super) err: String,
    /// The WIT's error within `err`.
    pub(super) failure: String,
}

impl<'a> Export<'a> {
    fn new(generator: &Gen<'_>, b: &mut Body, function: &'a Function, go: &'a GoFunction) -> Export<'a> {
        let returns = generator.facts.returns(function);
        let count = returns.values.len();
        let value = |i: usize| if count == 1 { "v".to_string() } else { format!("v{i}") };
        Export {
            name: format!("{:?}", generator.export_name(function)),
            values: (0..count).map(|i| b.locals.local(&value(i))).collect(),
            ok: b.locals.local("ok"),
            err: b.locals.local("err"),
            failure: b.locals.local("e"),
            function,
            go,
            returns,
        }
    }

    /// All Go results.
    fn assigned(&self) -> String {
        let mut names = self.values.clone();
        names.extend(self.returns.option.then(|| self.ok.clone()));
        names.extend(self.returns.has_error().then(|| self.err.clone()));
        names.join(", ")
    }
}

impl Gen<'_> {
    pub(super) fn export_function(&self, w: &mut Writer, function: &Function, go: &GoFunction) {
        let is_async = function.kind.is_async();
        let convention = if is_async { Convention::ExportAsync } else { Convention::ExportSync };
        let sig = signature(&self.facts.resolve, self.layouts, function, convention);
        let key = self.unit().key.as_ref();
        let mut b = Body::new(go.locals.clone());
        let slots: Vec<Slot> = sig.core_params().into_iter().map(host).collect();
        let params: Vec<String> = (0..slots.len()).map(|i| b.locals.local(&format!("p{i}"))).collect();
        let result = sig.core_result().map(|slot| format!(" {}", Raw::slot(slot))).unwrap_or_default();
        let header = format!("func export{}({}){result} {{", go.raw, typed(&params, &slots));

        let export = Export::new(self, &mut b, function, go);
        emit!(w, "//go:wasmexport {}", export_name(&self.facts.resolve, key, function));
        w.block(header, "}\n", |w| {
            match is_async {
                true => self.async_body(&mut b, &export, &sig, &params),
                false => self.sync_body(&mut b, &export, &sig, &params),
            }
            w.append(&b.w.into_text());
        });
        if is_async {
            emit!(w, "//go:wasmexport {}", callback_name(&self.facts.resolve, key, function));
            w.block(format!("func callback{}(event, waitable, code uint32) uint32 {{", go.raw), "}\n", |w| {
                emit!(w, "return abi.Callback(event, waitable, code)");
            });
        }
    }

    fn sync_body(&self, b: &mut Body, export: &Export<'_>, sig: &Signature, params: &[String]) {
        let c = b.call.clone();
        b.by_address = self.records_nothing_of(export, sig);
        match b.by_address {
            true => emit!(b.w, "abi.Enter({})", export.name),
            false => emit!(b.w, "{c} := abi.EnterSync({})", export.name),
        }
        let args = self.lift_params(b, export, sig, params, &c);
        let call = self.call(export, None, args);
        match export.function.result {
            Some(result) if sig.outcome != Outcome::None => {
                emit!(b.w, "{} := {call}", export.assigned());
                self.sync_result(b, export, sig, result);
            }
            _ => {
                emit!(b.w, "{call}");
                emit!(b.w, "{}", leave(b));
            }
        }
    }

    /// Whether a synchronous export has nothing to record: no borrows end with it, and its result is no more than
    /// scalars and addresses.
    fn records_nothing_of(&self, export: &Export<'_>, sig: &Signature) -> bool {
        let borrows = export.function.params.iter().any(|p| self.facts.borrows(p.ty));
        let returns = &export.returns;
        !borrows
            && match (&sig.outcome, export.function.result) {
                (Outcome::None, _) | (_, None) => true,
                (Outcome::Flat(_), Some(_)) if returns.fails.is_some() => true,
                (Outcome::Flat(_), Some(ty)) => self.passes_by_address(ty),
                (Outcome::Memory(_), Some(ty)) => {
                    returns.fails.is_none() && !returns.option && self.at_once(ty)
                }
            }
    }

    fn async_body(&self, b: &mut Body, export: &Export<'_>, sig: &Signature, params: &[String]) {
        let t = b.locals.local("t");
        let mut inner = b.inner();
        // Blocks are the host's until they are claimed, best within its call. Borrows belong to the task.
        let spilled = matches!(sig.params, Params::Spilled { .. });
        let borrows = export.function.params.iter().any(|p| self.facts.borrows(p.ty));
        let place = if spilled && borrows { &mut inner } else { &mut *b };
        let args = self.lift_params(place, export, sig, params, &format!("{t}.Call()"));
        let call = self.call(export, Some(&format!("{t}.Context()")), args);
        emit!(inner.w, "{} := {call}", export.assigned());
        self.async_result(&mut inner, export, &t);
        let open = format!("return abi.Start({}, func({t} *abi.Task) {{", export.name);
        b.w.block(open, "})", |w| w.append(&inner.w.into_text()));
    }

    /// The Go arguments. Those that are in memory, and those for another goroutine, are variables.
    fn lift_params(
        &self,
        b: &mut Body,
        export: &Export<'_>,
        sig: &Signature,
        params: &[String],
        call: &str,
    ) -> Vec<String> {
        let all = export.function.params.iter().zip(&export.go.params);
        let mut args = Vec::new();
        match &sig.params {
            Params::Spilled { offsets, layout } => {
                let block = b.locals.local("block");
                emit!(b.w, "{block} := abi.Ptr({})", params[0]);
                for ((param, name), offset) in all.zip(offsets) {
                    emit!(b.w, "{name} := {}", self.lift(param.ty, &block, *offset, call));
                    args.push(name.clone());
                }
                emit!(b.w, "abi.Release({}, {})", params[0], layout.size);
            }
            Params::Flat(slots) => {
                let mut rest = params;
                for ((param, name), slots) in all.zip(slots) {
                    let (mine, others) = rest.split_at(slots.len());
                    rest = others;
                    let value = self.unflatten(param.ty, mine, call);
                    let trivial = mine.first() == Some(&value);
                    if !export.returns.is_async || trivial || self.facts.borrows(param.ty) {
                        args.push(value);
                    } else {
                        emit!(b.w, "{name} := {value}");
                        args.push(name.clone());
                    }
                }
            }
        }
        args
    }

    /// The call of the implementation.
    fn call(&self, export: &Export<'_>, ctx: Option<&str>, mut args: Vec<String>) -> String {
        let target =
            if export.go.method && !args.is_empty() { args.remove(0) } else { "registered()".to_string() };
        let args: Vec<String> = ctx.map(str::to_string).into_iter().chain(args).collect();
        format!("{target}.{}({})", export.go.name, args.join(", "))
    }
}

/// The statement that ends a synchronous export whose result needs no memory.
pub(super) fn leave(b: &Body) -> String {
    if b.by_address { "abi.Leave()".to_string() } else { format!("{}.Leave()", b.call) }
}

/// `p0, p1 uint32, p2 float64`.
fn typed(names: &[String], slots: &[Slot]) -> String {
    let mut typed = Vec::new();
    for (index, (name, slot)) in names.iter().zip(slots).enumerate() {
        match slots.get(index + 1) {
            Some(next) if next == slot => typed.push(name.clone()),
            _ => typed.push(format!("{name} {}", Raw::slot(*slot))),
        }
    }
    typed.join(", ")
}
