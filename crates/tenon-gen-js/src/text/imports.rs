//! Functions that core modules import, and that call what the host gives.

use std::collections::BTreeSet;

use tenon_plan::{
    Function, FunctionId, ImportId, ImportItem, InterfaceId, OptionsId, Passing, Returning, Role, Signature,
};

use super::component::Component;
use super::writer::{Writer, emit};
use crate::codec::{At, is_scalar};
use crate::facts::{fallible, function_name, resource_of};
use crate::names::{last_part, property};

impl Component<'_> {
    /// The functions and classes of an imported interface that must be there.
    pub(super) fn needed(&self, id: InterfaceId) -> BTreeSet<String> {
        self.plan
            .imports
            .iter()
            .filter(|import| import.interface == Some(id))
            .filter_map(|import| match import.item {
                ImportItem::Function { function } => Some(self.plan.function(function)),
                _ => None,
            })
            .filter_map(|function| match function.role {
                Role::Free => Some(function_name(function)),
                Role::Constructor { .. } | Role::Static { .. } => {
                    resource_of(function).map(|resource| self.class_name(resource))
                }
                Role::Method { .. } => None,
            })
            .collect()
    }

    /// A synchronous call out of the component.
    pub(super) fn lower_import(
        &mut self,
        w: &mut Writer,
        name: &str,
        import: ImportId,
        function: FunctionId,
        options: OptionsId,
        signature: &Signature,
    ) {
        let plan = self.plan;
        let function = plan.function(function);
        let label = self.label(function);
        let core: Vec<_> = (0..signature.core.params.len()).map(|i| format!("a{i}")).collect();
        let plain = self.is_plain(function) && !self.can_lock();
        if plain {
            self.codec.begin(At::Label(label), plan.option_set(options).encoding);
            let args = self.lifted(function, signature, &core);
            let call = self.host_call(import, function, &args);
            let result = match function.result {
                Some(ty) => {
                    let mut none = Writer::default();
                    self.codec.lower(&mut none, ty, &call, "").join("")
                }
                None => call,
            };
            emit!(w, "const {name} = ({}) => {result};", core.join(", "));
            return;
        }
        let at = self.at(options);
        self.codec.begin(at, plan.option_set(options).encoding);
        w.block(format!("const {name} = ({}) => {{", core.join(", ")), "};", |w| {
            let inst = self.instance(plan.option_set(options).instance);
            emit!(
                w,
                "const at = cx.call({}{});",
                crate::names::quote(&label),
                if inst == "cx" { String::new() } else { format!(", {inst}") }
            );
            self.import_body(w, import, function, options, signature, &core);
        });
    }

    fn import_body(
        &mut self,
        w: &mut Writer,
        import: ImportId,
        function: &Function,
        options: OptionsId,
        signature: &Signature,
        core: &[String],
    ) {
        let args = self.spilled(w, function, signature, core, options);
        let call = self.host_call(import, function, &args);
        let Some(ty) = function.result else {
            emit!(w, "{call};");
            emit!(w, "cx.back(at);");
            return;
        };
        if fallible(self.plan, function).is_some() {
            self.codec.uses.add("errors", "payloadOf");
            emit!(w, "let result;");
            w.block("try {", "} catch (e) {", |w| emit!(w, "result = {{ tag: 'ok', val: {call} }};"));
            w.indented(|w| emit!(w, "result = {{ tag: 'err', val: payloadOf(e) }};"));
            emit!(w, "}}");
        } else {
            emit!(w, "const result = {call};");
        }
        match signature.returning {
            Returning::Pointer => {
                let ptr = core.last().map_or("0", String::as_str);
                self.store_result(w, ty, ptr, options, "result");
                emit!(w, "cx.back(at);");
            }
            _ => {
                let values = self.codec.lower(w, ty, "result", "");
                match values.first() {
                    Some(value) => {
                        emit!(w, "const ret = {value};");
                        emit!(w, "cx.back(at);");
                        emit!(w, "return ret;");
                    }
                    None => emit!(w, "cx.back(at);"),
                }
            }
        }
    }

    /// Stores a result where the component wants it.
    pub(super) fn store_result(
        &mut self,
        w: &mut Writer,
        ty: tenon_plan::TypeId,
        ptr: &str,
        options: OptionsId,
        value: &str,
    ) {
        let m = self.memory(options);
        let layout = self.plan.ty(ty).layout;
        let what = crate::names::quote(&self.codec.describe(ty));
        emit!(w, "const to = {m}.at({ptr}, {}, {}, {what});", layout.align, layout.size);
        self.codec.store(w, ty, "to", value, "");
    }

    /// The arguments, wherever they are.
    pub(super) fn spilled(
        &mut self,
        w: &mut Writer,
        function: &Function,
        signature: &Signature,
        core: &[String],
        options: OptionsId,
    ) -> Vec<String> {
        let Passing::Memory { offsets, layout } = &signature.params else {
            return self.lifted(function, signature, core);
        };
        let m = self.memory(options);
        emit!(w, "const from = {m}.at({}, {}, {}, 'parameters');", core[0], layout.align, layout.size);
        let values: Vec<String> = function
            .params
            .iter()
            .zip(offsets)
            .map(|(param, offset)| {
                let p = if *offset == 0 { "from".to_string() } else { format!("from + {offset}") };
                self.codec.load(param.ty, &p)
            })
            .collect();
        if values.iter().any(|value| value.contains("dv.")) {
            emit!(w, "const {{ dv }} = {m};");
        }
        values
    }

    /// The arguments, out of core values.
    fn lifted(&mut self, function: &Function, signature: &Signature, core: &[String]) -> Vec<String> {
        let Passing::Flat { counts } = &signature.params else { return Vec::new() };
        let mut rest = core;
        function
            .params
            .iter()
            .zip(counts)
            .map(|(param, count)| {
                let (mine, others) = rest.split_at(*count as usize);
                rest = others;
                self.codec.lift(param.ty, mine)
            })
            .collect()
    }

    /// The call of what the host gives.
    pub(super) fn host_call(&mut self, import: ImportId, function: &Function, args: &[String]) -> String {
        let import = self.plan.import(import);
        let name = function_name(function);
        let Some(interface) = import.interface else {
            return format!("imports.{name}({})", args.join(", "));
        };
        let object = self.imported.get(&interface).cloned().unwrap_or_default();
        let class = resource_of(function).map(|resource| self.class_name(resource)).unwrap_or_default();
        match function.role {
            Role::Free => format!("{object}.{}({})", property(&name), args.join(", ")),
            Role::Constructor { .. } => format!("new {object}.{class}({})", args.join(", ")),
            Role::Static { .. } => format!("{object}.{class}.{name}({})", args.join(", ")),
            Role::Method { .. } => {
                let (this, rest) =
                    args.split_first().map_or(("undefined", &[][..]), |(t, r)| (t.as_str(), r));
                format!("{this}.{name}({})", rest.join(", "))
            }
        }
    }

    /// What a function is called in messages.
    pub(super) fn label(&self, function: &Function) -> String {
        let name = function_name(function);
        let name = match (&function.role, resource_of(function)) {
            (Role::Constructor { .. }, Some(resource)) => format!("new {}", self.class_name(resource)),
            (Role::Method { .. } | Role::Static { .. }, Some(resource)) => {
                format!("{}.{name}", self.class_name(resource))
            }
            _ => name,
        };
        match function.interface {
            Some(id) if !matches!(function.role, Role::Constructor { .. }) => {
                format!("{}.{name}", crate::names::camel(last_part(&self.plan.interface(id).name)))
            }
            _ => name,
        }
    }

    /// Whether a function's values are all numbers.
    pub(super) fn is_plain(&self, function: &Function) -> bool {
        function
            .params
            .iter()
            .map(|p| p.ty)
            .chain(function.result)
            .all(|ty| is_scalar(&self.plan.ty(ty).kind))
    }

    /// Whether there is a moment at which no import may be called.
    pub(super) fn can_lock(&self) -> bool {
        self.plan.options.iter().any(|options| options.realloc.is_some() || options.post_return.is_some())
            || self.plan.needs.adapters
            || self.plan.needs.tasks
    }
}
