//! Calls with the async ABI, in both directions.

use tenon_plan::{
    Function, FunctionId, ImportId, InstanceId, InterfaceId, Lift, Mode, OptionsId, Passing, Returning,
    Signature, TypeId,
};

use super::component::Component;
use super::writer::{Writer, emit};
use crate::facts::fallible;
use crate::names::quote;

impl Component<'_> {
    /// The body of an exported function that is called as a task.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn task(
        &mut self,
        w: &mut Writer,
        interface: Option<InterfaceId>,
        lift: &Lift,
        function: &Function,
        values: &[String],
        label: &str,
        core: &str,
    ) {
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
        let open = format!(
            "{}await {start}({inst}, {}, options, {callback}, () => {{",
            if function.result.is_some() { "const result = " } else { "" },
            quote(label)
        );
        w.block(open, &format!("}}{mode});"), |w| {
            let args = self.arguments_of(w, lift, function, values);
            let core = if suspends {
                format!("[{core}, {}]", args.join(", "))
            } else {
                format!("{core}({})", args.join(", "))
            };
            let core = core.replace(", ]", "]");
            emit!(w, "return {core};");
        });
        self.give_result(w, interface, function, function.result.map(|_| "result".to_string()));
    }

    /// For a function without the async ABI on a suspended stack: what lifts its core result.
    fn sync_lift(&mut self, lift: &Lift, function: &Function) -> String {
        let Some(ty) = function.result else { return ", () => undefined".into() };
        let m = self.memory(lift.options);
        let value = match lift.signature.returning {
            Returning::Address => {
                let layout = self.plan.ty(ty).layout;
                let text = self.codec.load(ty, "from");
                format!(
                    "{{ const {{ dv }} = {m}; const from = {m}.at(ret, {}, {}, {}); return {text}; }}",
                    layout.align,
                    layout.size,
                    quote(&self.codec.describe(ty))
                )
            }
            _ => format!("({})", self.codec.lift(ty, &["ret".to_string()])),
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
    pub(super) fn lower_async_import(
        &mut self,
        w: &mut Writer,
        name: &str,
        import: ImportId,
        function: FunctionId,
        options: OptionsId,
        signature: &Signature,
    ) {
        self.codec.uses.add("subtasks", "lowerAsync");
        let plan = self.plan;
        let function = plan.function(function);
        let label = quote(&self.label(function));
        let core: Vec<_> = (0..signature.core.params.len()).map(|i| format!("a{i}")).collect();
        let inst = self.instance(plan.option_set(options).instance);
        let fallible = fallible(plan, function).is_some();
        let encoding = plan.option_set(options).encoding;
        emit!(w, "const {name} = ({}) =>", core.join(", "));
        w.indented(|w| {
            let close = if fallible { "}, true);" } else { "});" };
            let at = self.at(options);
            self.codec.begin(at, encoding);
            let call = if function.async_ { "(call)" } else { "()" };
            let next = if function.result.is_some() { "}, (result) => {" } else { "}, () => {" };
            w.block(format!("lowerAsync({inst}, {label}, {call} => {{"), next, |w| {
                let mut args = self.spilled(w, function, signature, &core, options);
                if function.async_ {
                    args.push("call".into());
                }
                let call = self.host_call(import, function, &args);
                emit!(w, "return {call};");
            });
            w.indented(|w| {
                if let Some(ty) = function.result {
                    let ptr = core.last().map_or("0", String::as_str);
                    self.store_result(w, ty, ptr, options, "result");
                }
            });
            emit!(w, "{close}");
        });
    }

    /// A synchronous call out of the component of what is asynchronous: the wasm stack waits for it.
    pub(super) fn lower_blocking_import(
        &mut self,
        w: &mut Writer,
        name: &str,
        import: ImportId,
        function: FunctionId,
        options: OptionsId,
        signature: &Signature,
    ) {
        self.codec.uses.add("suspend", "lowerBlocking");
        let plan = self.plan;
        let function = plan.function(function);
        let label = quote(&self.label(function));
        let core: Vec<_> = (0..signature.core.params.len()).map(|i| format!("a{i}")).collect();
        let inst = self.instance(plan.option_set(options).instance);
        let fallible = fallible(plan, function).is_some();
        let encoding = plan.option_set(options).encoding;
        let list = core.join(", ");
        w.block(
            format!(
                "const {name} = lowerBlocking({inst}, {label}, {fallible}, ({list}{}call) => {{",
                if list.is_empty() { "" } else { ", " }
            ),
            &format!("}}, (result{}{list}) => {{", if list.is_empty() { "" } else { ", " }),
            |w| {
                let at = self.at(options);
                self.codec.begin(at, encoding);
                let mut args = self.spilled(w, function, signature, &core, options);
                args.push("call".into());
                let call = self.host_call(import, function, &args);
                emit!(w, "return {call};");
            },
        );
        w.indented(|w| {
            let Some(ty) = function.result else { return };
            if signature.returning == Returning::Pointer {
                let ptr = core.last().map_or("0", String::as_str);
                self.store_result(w, ty, ptr, options, "result");
            } else if let Some(value) = self.codec.lower(w, ty, "result", "").first() {
                emit!(w, "return {value};");
            }
        });
        emit!(w, "}});");
    }
}
