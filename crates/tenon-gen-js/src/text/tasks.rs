//! Calls with the async ABI, in both directions.

use tenon_plan::{Function, InstanceId, Kind, Lift, Mode, OptionsId, Passing, Returning, TypeId};

use super::component::Component;
use super::exports::Exported;
use super::imports::Lowered;
use super::steps::letters;
use super::writer::{Writer, emit};
use crate::facts::{fallible, gives_future, may_give_future};
use crate::names::quote;

impl Component<'_> {
    /// The body of an exported function that is called as a task.
    pub(super) fn task(&mut self, w: &mut Writer, exported: Exported<'_>) {
        let Exported { interface, lift, function, values, label, core, .. } = exported;
        let options = self.plan.option_set(lift.options);
        let at = self.at(lift.options);
        self.codec.begin(at, options.encoding);
        let inst = self.instance(options.instance);
        let suspends = lift.mode == Mode::Suspend;
        let callback =
            options.callback.map_or_else(|| "undefined".into(), |id| format!("callbacks[{}]", id.0));
        let start = if suspends { "startSuspending" } else { "startTask" };
        self.codec.uses.add(if suspends { "suspend" } else { "tasks" }, start);
        let mode = if options.async_ { String::new() } else { self.sync_lift(lift, function) };
        let letters =
            if suspends { format!("{core}, '{}', ", letters(&lift.signature.core)) } else { String::new() };
        let throws = fallible(self.plan, function).is_some();
        let later = may_give_future(self.plan, function);
        let call = format!("{start}({inst}, {}, options, {callback}, {letters}() => {{", quote(label));
        if later {
            self.codec.uses.add("futures", "laterFuture");
        }
        let (open, close) = match (later, throws) {
            (true, false) => (format!("return laterFuture(() => {call}"), format!("}}{mode}));")),
            (false, false) => (format!("return {call}"), format!("}}{mode});")),
            (_, true) => (format!("const result = await {call}"), format!("}}{mode});")),
        };
        let begin = |this: &mut Self, w: &mut Writer| {
            w.block(open, &close, |w| {
                let args = this.arguments_of(w, lift, function, values);
                let args = args.join(", ");
                w.line(if suspends {
                    format!("return [{args}];")
                } else {
                    format!("return {core}({args});")
                });
            });
            if throws {
                this.give_result(w, interface, function, Some("result".to_string()));
            }
        };
        if later && throws {
            w.block("return laterFuture(async () => {", "});", |w| begin(self, w));
        } else {
            begin(self, w);
        }
    }

    /// The result of a task as it is passed on. A future is in an array, so that no promise takes it for its own.
    fn boxed(&self, ty: TypeId, value: String) -> String {
        let future = match self.plan.ty(ty).kind {
            Kind::Option { some, .. } => some,
            _ => ty,
        };
        if matches!(self.plan.ty(future).kind, Kind::Future { .. }) { format!("[{value}]") } else { value }
    }

    /// For a function without the async ABI on a suspended stack: what lifts its core result.
    fn sync_lift(&mut self, lift: &Lift, function: &Function) -> String {
        let Some(ty) = function.result else { return ", () => undefined".into() };
        let m = self.memory(lift.options);
        let value = match lift.signature.returning {
            Returning::Address => {
                let layout = self.plan.ty(ty).layout;
                let text = self.codec.load(ty, "from");
                let text = self.boxed(ty, text);
                format!(
                    "{{ const {{ dv }} = {m}; const from = {m}.at(ret, {}, {}, {}); return {text}; }}",
                    layout.align,
                    layout.size,
                    quote(&self.codec.describe(ty))
                )
            }
            _ => {
                let value = self.codec.lift(ty, &["ret".to_string()]);
                format!("({})", self.boxed(ty, value))
            }
        };
        format!(", (ret) => {value}")
    }

    /// `task.return`.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn task_return(
        &mut self,
        w: &mut Writer,
        name: &str,
        params: &[String],
        instance: InstanceId,
        result: Option<TypeId>,
        passing: &Passing,
        options: OptionsId,
        number: u32,
    ) {
        self.codec.uses.add("tasks", "taskReturn");
        let at = self.at(options);
        self.codec.begin(at, self.plan.option_set(options).encoding);
        let inst = self.instance(instance);
        let list = params.join(", ");
        let Some(ty) = result else {
            emit!(w, "const {name} = ({list}) => taskReturn({inst}, {number}, [{list}]);");
            return;
        };
        let value = match passing {
            Passing::Flat { .. } => {
                let value = self.codec.lift(ty, params);
                let value = self.boxed(ty, value);
                if value.starts_with('{') { format!("({value})") } else { value }
            }
            Passing::Memory { layout, .. } => {
                let m = self.memory(options);
                let text = self.codec.load(ty, "from");
                let what = quote(&self.codec.describe(ty));
                let dv = if text.contains("dv.") { format!("const {{ dv }} = {m}; ") } else { String::new() };
                format!(
                    "{{ {dv}const from = {m}.at(a0, {}, {}, {what}); return {text}; }}",
                    layout.align, layout.size
                )
            }
        };
        emit!(w, "const {name} = ({list}) => taskReturn({inst}, {number}, [{list}], () => {value});");
    }

    /// An asynchronous call out of the component.
    pub(super) fn lower_async_import(&mut self, w: &mut Writer, name: &str, lowered: &Lowered<'_>) {
        self.codec.uses.add("subtasks", "lowerAsync");
        let function = lowered.function;
        let (inst, label) = self.begin(lowered);
        emit!(w, "const {name} = ({}) =>", lowered.core.join(", "));
        w.indented(|w| {
            let call = if function.async_ { "(call)" } else { "()" };
            let next = match function.result {
                Some(_) => format!("}}, ({}) => {{", self.result_param(function)),
                None => "}, () => {});".to_string(),
            };
            w.block(format!("lowerAsync({inst}, {label}, {call} => {{"), &next, |w| {
                self.begin_call(w, lowered);
            });
            let Some(ty) = function.result else { return };
            w.indented(|w| self.store_result(w, lowered, ty));
            emit!(w, "{}", if fallible(self.plan, function).is_some() { "}, true);" } else { "});" });
        });
    }

    /// A synchronous call out of the component of what is asynchronous: the wasm stack waits for it.
    pub(super) fn lower_blocking_import(&mut self, w: &mut Writer, name: &str, lowered: &Lowered<'_>) {
        self.codec.uses.add("suspend", "lowerBlocking");
        let function = lowered.function;
        let (inst, label) = self.begin(lowered);
        let fallible = fallible(self.plan, function).is_some();
        let open = [lowered.core, &["call".to_string()]].concat().join(", ");
        // Only a result in memory needs the address among the core values.
        let next = match function.result {
            None => String::new(),
            Some(_) if lowered.signature.returning == Returning::Pointer => {
                [&[self.result_param(function).to_string()], lowered.core].concat().join(", ")
            }
            Some(_) => self.result_param(function).to_string(),
        };
        w.block(
            format!("const {name} = lowerBlocking({inst}, {label}, {fallible}, ({open}) => {{"),
            &format!("}}, '{}', ({next}) => {{", letters(&lowered.signature.core)),
            |w| self.begin_call(w, lowered),
        );
        w.indented(|w| {
            let Some(ty) = function.result else { return };
            if lowered.signature.returning == Returning::Pointer {
                self.store_result(w, lowered, ty);
            } else if let Some(value) = self.codec.lower(w, ty, "result", "").first() {
                emit!(w, "return {value};");
            }
        });
        emit!(w, "}});");
    }

    /// Lifts the arguments and returns what the host's function gives: a promise, if it is asynchronous.
    fn begin_call(&mut self, w: &mut Writer, lowered: &Lowered<'_>) {
        let mut args = self.spilled(w, lowered);
        if lowered.function.async_ {
            args.push("call".into());
        }
        let call = self.host_call(lowered, &args);
        if gives_future(self.plan, lowered.function) {
            // The promise is the future's: the call is done, and nobody waits for it.
            emit!(w, "return [{call}];");
        } else {
            emit!(w, "return {call};");
        }
    }

    /// What a function's result is called where it is stored.
    fn result_param(&self, function: &Function) -> &'static str {
        if gives_future(self.plan, function) { "[result]" } else { "result" }
    }
}
