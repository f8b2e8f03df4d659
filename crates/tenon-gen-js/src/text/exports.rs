//! What the component gives: functions, classes, and the object of all of them.

use std::collections::BTreeMap;

use tenon_plan::{
    Export, ExportItem, Function, InterfaceId, Lift, LiftId, Mode, Passing, ResourceId, Returning, Role,
    TypeId,
};

use super::component::Component;
use super::writer::{Writer, emit};
use crate::codec::At;
use crate::facts::{fallible, function_name, may_give_future};
use crate::names::{camel, property, quote};

/// How a function is written down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Method,
    Static,
    Constructor,
    /// A method whose value is in an array, so that no promise takes it for its own.
    Boxed,
}

/// An exported function, with what its body is written from.
#[derive(Clone, Copy)]
pub(super) struct Exported<'e> {
    pub(super) interface: Option<InterfaceId>,
    pub(super) lift: &'e Lift,
    pub(super) function: &'e Function,
    /// The expressions of the arguments.
    pub(super) values: &'e [String],
    /// What errors call it.
    pub(super) label: &'e str,
    /// The expression of the core function.
    pub(super) core: &'e str,
    form: Form,
}

impl Component<'_> {
    /// The end of `instantiate`.
    pub(super) fn exports(&mut self, w: &mut Writer) {
        let exports = &self.plan.exports;
        let mut classes = Writer::at(w.indent());
        let mut object = Writer::at(w.indent());
        object.block("return {", "};", |w| self.export_list(w, &mut classes, None, exports));
        w.raw(&classes.into_text());
        w.raw(&object.into_text());
    }

    fn export_list(
        &mut self,
        w: &mut Writer,
        classes: &mut Writer,
        interface: Option<InterfaceId>,
        exports: &[Export],
    ) {
        let mut members: BTreeMap<ResourceId, Vec<LiftId>> = BTreeMap::new();
        for export in exports {
            if let ExportItem::Resource { resource } = export.item {
                members.entry(resource).or_default();
            }
        }
        // A resource may be exported by several interfaces, and has its functions in the one that declares it.
        self.members(&self.plan.exports, &mut members);
        for (resource, lifts) in &members {
            if matches!(self.plan.resource(*resource).origin, tenon_plan::Origin::Defined { .. }) {
                let name = self.class(classes, interface, *resource, lifts);
                let plain = self.class_name(*resource);
                w.line(if name == plain { format!("{plain},") } else { format!("{plain}: {name},") });
            }
        }
        self.error_classes(w, interface);
        for export in exports {
            match &export.item {
                ExportItem::Function { lift } => {
                    let function = self.plan.function(self.plan.lift(*lift).function);
                    if crate::facts::resource_of(function).is_none() {
                        self.function(w, interface, *lift, Form::Method);
                    }
                }
                ExportItem::Instance { interface, exports } => {
                    let key =
                        interface.map_or_else(|| camel(&export.name), |id| self.facts.face(id).key.clone());
                    if self.has_values(exports) {
                        w.block(format!("{}: {{", property(&key)), "},", |w| {
                            self.export_list(w, classes, *interface, exports);
                        });
                    }
                }
                ExportItem::Module { module } => {
                    emit!(w, "{}: module{},", property(&camel(&export.name)), module.0)
                }
                ExportItem::ImportedModule { import } => {
                    let name = self.plan.import(*import).path.join(".");
                    emit!(w, "{}: imports[{}],", property(&camel(&export.name)), quote(&name));
                }
                ExportItem::Resource { .. } | ExportItem::Type { .. } => {}
            }
        }
    }

    /// The functions of resources, wherever they are exported.
    fn members(&self, exports: &[Export], members: &mut BTreeMap<ResourceId, Vec<LiftId>>) {
        for export in exports {
            match &export.item {
                ExportItem::Function { lift } => {
                    let function = self.plan.function(self.plan.lift(*lift).function);
                    if let Some(lifts) = crate::facts::resource_of(function).and_then(|r| members.get_mut(&r))
                    {
                        lifts.push(*lift);
                    }
                }
                ExportItem::Instance { exports, .. } => self.members(exports, members),
                _ => {}
            }
        }
    }

    /// Whether an exported interface is more than types.
    pub(super) fn has_values(&self, exports: &[Export]) -> bool {
        exports.iter().any(|export| !matches!(export.item, ExportItem::Type { .. }))
    }

    pub(super) fn function(
        &mut self,
        w: &mut Writer,
        interface: Option<InterfaceId>,
        id: LiftId,
        form: Form,
    ) {
        let plan = self.plan;
        let lift = plan.lift(id);
        let function = plan.function(lift.function);
        let name = function_name(function);
        let skip = usize::from(matches!(function.role, Role::Method { .. }));
        let params = self.params(function.params.iter().skip(skip).map(|p| p.name.clone()));
        let end = if form == Form::Method && skip == 0 { "}," } else { "}" };
        let head = match form {
            Form::Static => "static ",
            Form::Method | Form::Boxed | Form::Constructor => "",
        };
        let core = self.def(&lift.core);
        let label = self.label(function);
        let values: Vec<String> =
            (0..skip).map(|_| "this".to_string()).chain(params.iter().cloned()).collect();
        let exported =
            Exported { interface, lift, function, values: &values, label: &label, core: &core, form };
        if !self.guarded {
            self.plain(w, exported, &format!("{}({})", property(&name), params.join(", ")), end);
            return;
        }
        // A task is a promise already, whose value is the result unless that may be an error.
        let promise =
            self.is_task(lift) && (may_give_future(plan, function) || fallible(plan, function).is_none());
        let async_ = if function.async_ && !promise { "async " } else { "" };
        let options = if self.is_task(lift) {
            params.iter().cloned().chain(["options".to_string()]).collect()
        } else {
            params
        };
        w.block(format!("{head}{async_}{}({}) {{", property(&name), options.join(", ")), end, |w| {
            if self.is_task(lift) {
                self.task(w, exported);
            } else {
                self.body(w, exported);
            }
        });
    }

    /// A call of numbers only.
    fn plain(&mut self, w: &mut Writer, exported: Exported<'_>, head: &str, end: &str) {
        let Exported { lift, function, values, label, core, .. } = exported;
        self.codec.begin(At::Label(label.to_string()), self.plan.option_set(lift.options).encoding);
        let mut none = Writer::default();
        let args: Vec<_> = function
            .params
            .iter()
            .zip(values)
            .flat_map(|(param, value)| self.codec.lower(&mut none, param.ty, value, &param.name))
            .collect();
        let call = format!("{core}({})", args.join(", "));
        let result = match function.result {
            Some(ty) => format!("return {};", self.codec.lift(ty, &[call])),
            None => format!("{call};"),
        };
        w.block(format!("{head} {{"), end, |w| {
            let refusal = quote(&format!("{label}: cannot enter the component: it has trapped"));
            emit!(w, "if (trapped) throw new WebAssembly.RuntimeError({refusal});");
            w.block("try {", "} catch (e) {", |w| w.line(result));
            w.indented(|w| {
                emit!(w, "trapped = !(e instanceof TypeError);");
                emit!(w, "throw e;");
            });
            emit!(w, "}}");
        });
    }

    /// A synchronous call into the component.
    fn body(&mut self, w: &mut Writer, exported: Exported<'_>) {
        let options = self.plan.option_set(exported.lift.options);
        let at = self.at(exported.lift.options);
        self.codec.begin(at, options.encoding);
        let scoped = self.enter(w, exported.lift, exported.function, exported.label);
        if !self.plan.needs.tasks {
            self.call(w, exported, scoped);
            return;
        }
        self.codec.uses.add("tasks", "thrown");
        w.block("try {", "} catch (e) {", |w| self.call(w, exported, scoped));
        w.indented(|w| emit!(w, "throw thrown(cx, e);"));
        emit!(w, "}}");
    }

    /// What is between entering the component and leaving it. `scoped` says that it knows its borrows, or its task.
    fn call(&mut self, w: &mut Writer, exported: Exported<'_>, scoped: bool) {
        let Exported { interface, lift, function, values, core, form, .. } = exported;
        let options = self.plan.option_set(lift.options);
        let args = self.arguments_of(w, lift, function, values);
        let call = format!("{core}({})", args.join(", "));
        let returns = self.returned(w, lift, function, &call);
        if let Some(post) = options.post_return {
            let arg = if self.has_core_result(lift) { "ret" } else { "" };
            self.post_return(w, options.instance, post, arg);
        }
        if scoped {
            let inst = self.instance(options.instance);
            if self.plan.needs.tasks {
                emit!(w, "endSync({inst});");
            } else {
                emit!(w, "endScope(cx);");
            }
        }
        emit!(w, "cx.at = '';");
        self.give(w, interface, function, returns, form);
    }

    fn post_return(
        &mut self,
        w: &mut Writer,
        instance: tenon_plan::InstanceId,
        post: tenon_plan::PostReturnId,
        arg: &str,
    ) {
        let inst = self.instance(instance);
        emit!(w, "{inst}.locked = true;");
        emit!(w, "postReturn{}({arg});", post.0);
        emit!(w, "{inst}.locked = false;");
    }

    fn has_core_result(&self, lift: &Lift) -> bool {
        !lift.signature.core.results.is_empty()
    }

    /// Whether the call must know its borrows and its task.
    fn enter(&mut self, w: &mut Writer, lift: &Lift, function: &Function, label: &str) -> bool {
        let options = self.plan.option_set(lift.options);
        emit!(w, "cx.enter({});", quote(label));
        let borrows = function.params.iter().any(|p| self.has_foreign_borrow(p.ty));
        if self.plan.needs.tasks {
            self.codec.uses.add("tasks", "beginSync");
            self.codec.uses.add("tasks", "endSync");
            let may_block = if function.async_ { ", true" } else { "" };
            emit!(w, "beginSync({}, {}{may_block});", self.instance(options.instance), quote(label));
            return true;
        }
        if borrows {
            self.codec.uses.add("resources", "beginScope");
            self.codec.uses.add("resources", "endScope");
            emit!(w, "beginScope(cx);");
        }
        borrows
    }

    fn has_foreign_borrow(&self, ty: TypeId) -> bool {
        crate::facts::contains(self.plan, ty, &|kind| matches!(kind, tenon_plan::Kind::Borrow { .. }))
    }

    /// Lowers the arguments: into core values, or into a block of memory.
    pub(super) fn arguments_of(
        &mut self,
        w: &mut Writer,
        lift: &Lift,
        function: &Function,
        values: &[String],
    ) -> Vec<String> {
        match &lift.signature.params {
            Passing::Flat { .. } => function
                .params
                .iter()
                .zip(values)
                .flat_map(|(param, value)| self.codec.lower_now(w, param.ty, value, &param.name))
                .collect(),
            Passing::Memory { offsets, layout } => {
                let m = self.memory(lift.options);
                emit!(w, "const block = {m}.alloc({}, {});", layout.align, layout.size);
                for ((param, value), offset) in function.params.iter().zip(values).zip(offsets) {
                    let p = if *offset == 0 { "block".to_string() } else { format!("block + {offset}") };
                    self.codec.store(w, param.ty, &p, value, &param.name);
                }
                vec!["block".into()]
            }
        }
    }

    /// Calls, and lifts what comes back. The expression of the result is what remains.
    fn returned(&mut self, w: &mut Writer, lift: &Lift, function: &Function, call: &str) -> Option<String> {
        let core_result = self.has_core_result(lift);
        let Some(ty) = function.result else {
            w.line(if core_result { format!("const ret = {call};") } else { format!("{call};") });
            return None;
        };
        match lift.signature.returning {
            Returning::Address => {
                let m = self.memory(lift.options);
                let layout = self.plan.ty(ty).layout;
                let what = quote(&self.codec.describe(ty));
                emit!(w, "const ret = {call};");
                emit!(w, "const from = {m}.at(ret, {}, {}, {what});", layout.align, layout.size);
                let mut value = Writer::at(w.indent());
                let text = self.codec.load(ty, "from");
                if text.contains("dv.") {
                    emit!(value, "const {{ dv }} = {m};");
                }
                emit!(value, "const result = {text};");
                w.raw(&value.into_text());
            }
            _ if core_result => {
                emit!(w, "const ret = {call};");
                emit!(w, "const result = {};", self.codec.lift(ty, &["ret".to_string()]));
            }
            _ => {
                emit!(w, "{call};");
                emit!(w, "const result = {};", self.codec.lift(ty, &[]));
            }
        }
        Some("result".into())
    }

    /// Gives a result to the caller: an error is thrown.
    pub(super) fn give_result(
        &mut self,
        w: &mut Writer,
        interface: Option<InterfaceId>,
        function: &Function,
        result: Option<String>,
    ) {
        let form = if may_give_future(self.plan, function) { Form::Boxed } else { Form::Method };
        self.give(w, interface, function, result, form);
    }

    fn give(
        &mut self,
        w: &mut Writer,
        interface: Option<InterfaceId>,
        function: &Function,
        result: Option<String>,
        form: Form,
    ) {
        let Some(result) = result else { return };
        let mut value = result.clone();
        if let Some((ok, err)) = fallible(self.plan, function) {
            let class = match self.facts.error_class(interface, err).map(str::to_string) {
                Some(name) => self.error_variable(interface, &name),
                None => {
                    self.codec.uses.add("errors", "ComponentError");
                    "ComponentError".into()
                }
            };
            emit!(w, "if ({result}.tag === 'err') throw new {class}({result}.val);");
            if ok.is_none() {
                return;
            }
            value = format!("{result}.val");
        }
        match form {
            Form::Constructor => emit!(w, "super({value});"),
            Form::Boxed => emit!(w, "return [{value}];"),
            _ => emit!(w, "return {value};"),
        }
    }

    /// Whether a function is called as a task, with callbacks or on a stack of its own.
    pub(super) fn is_task(&self, lift: &Lift) -> bool {
        self.plan.option_set(lift.options).async_ || lift.mode == Mode::Suspend
    }
}
