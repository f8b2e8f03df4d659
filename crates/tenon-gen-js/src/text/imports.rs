//! Functions that core modules import, and that call what the host gives.

use std::collections::BTreeSet;

use tenon_plan::{
    Function, ImportId, ImportItem, InterfaceId, Kind, OptionsId, Passing, Returning, Role, Signature, TypeId,
};

use super::component::Component;
use super::writer::{Writer, emit};
use crate::codec::{At, is_scalar};
use crate::facts::{fallible, function_name, resource_of};
use crate::names::{camel, last_part, property, quote};

/// A function of the host's as a component calls it.
pub(super) struct Lowered<'a> {
    pub(super) import: ImportId,
    pub(super) function: &'a Function,
    pub(super) options: OptionsId,
    pub(super) signature: &'a Signature,
    /// The names of the core values.
    pub(super) core: &'a [String],
}

impl Component<'_> {
    /// The functions and classes of an imported interface that must be there.
    pub(super) fn needed(&self, id: InterfaceId) -> BTreeSet<String> {
        self.plan
            .imports
            .iter()
            .filter(|import| import.interface == Some(id) && import.path.len() == 2)
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
    pub(super) fn lower_import(&mut self, w: &mut Writer, name: &str, lowered: &Lowered<'_>) {
        let function = lowered.function;
        let list = lowered.core.join(", ");
        if self.is_plain(function) && !self.can_lock() {
            let encoding = self.plan.option_set(lowered.options).encoding;
            self.codec.begin(At::Label(self.label(function)), encoding);
            let args = self.lifted(lowered);
            let call = self.host_call(lowered, &args);
            let result = match function.result {
                Some(ty) => {
                    let mut none = Writer::default();
                    self.codec.lower(&mut none, ty, &call, "").join("")
                }
                None => call,
            };
            emit!(w, "const {name} = ({list}) => {result};");
            return;
        }
        let (inst, label) = self.begin(lowered);
        w.block(format!("const {name} = ({list}) => {{"), "};", |w| {
            let inst = if inst == "cx" { String::new() } else { format!(", {inst}") };
            emit!(w, "const at = cx.call({label}{inst});");
            self.import_body(w, lowered);
        });
    }

    /// Begins the code of a call: the caller's instance, and what the function is called in messages, quoted.
    pub(super) fn begin(&mut self, lowered: &Lowered<'_>) -> (String, String) {
        let options = self.plan.option_set(lowered.options);
        let at = self.at(lowered.options);
        self.codec.begin(at, options.encoding);
        (self.instance(options.instance), quote(&self.label(lowered.function)))
    }

    fn import_body(&mut self, w: &mut Writer, lowered: &Lowered<'_>) {
        // What is lent and given away in one call is seen by the handle that is lent.
        let lends = self.has(lowered.function, |kind| matches!(kind, Kind::Borrow { .. }))
            && self.has(lowered.function, |kind| matches!(kind, Kind::Own { .. }));
        if lends {
            self.codec.uses.add("resources", "endLending");
            emit!(w, "cx.lending = [];");
        }
        let mut args = self.spilled(w, lowered);
        if lends {
            let names: Vec<_> = (0..args.len()).map(|i| format!("arg{i}")).collect();
            for (name, value) in names.iter().zip(&args) {
                emit!(w, "const {name} = {value};");
            }
            emit!(w, "endLending(cx);");
            args = names;
        }
        let call = self.host_call(lowered, &args);
        let Some(ty) = lowered.function.result else {
            emit!(w, "{call};");
            emit!(w, "cx.back(at);");
            return;
        };
        if fallible(self.plan, lowered.function).is_some() {
            self.codec.uses.add("errors", "payloadOf");
            emit!(w, "let result;");
            w.block("try {", "} catch (e) {", |w| emit!(w, "result = {{ tag: 'ok', val: {call} }};"));
            w.indented(|w| emit!(w, "result = {{ tag: 'err', val: payloadOf(e) }};"));
            emit!(w, "}}");
        } else {
            emit!(w, "const result = {call};");
        }
        if lowered.signature.returning == Returning::Pointer {
            self.store_result(w, lowered, ty);
            emit!(w, "cx.back(at);");
            return;
        }
        match self.codec.lower(w, ty, "result", "").first() {
            Some(value) => {
                emit!(w, "const ret = {value};");
                emit!(w, "cx.back(at);");
                emit!(w, "return ret;");
            }
            None => emit!(w, "cx.back(at);"),
        }
    }

    /// Whether a parameter contains a type of a kind.
    fn has(&self, function: &Function, test: impl Fn(&Kind) -> bool) -> bool {
        function.params.iter().any(|param| crate::facts::contains(self.plan, param.ty, &test))
    }

    /// Stores `result` where the component wants it: at the last of the core values.
    pub(super) fn store_result(&mut self, w: &mut Writer, lowered: &Lowered<'_>, ty: TypeId) {
        let m = self.memory(lowered.options);
        let layout = self.plan.ty(ty).layout;
        let what = quote(&self.codec.describe(ty));
        let ptr = lowered.core.last().map_or("0", String::as_str);
        emit!(w, "const to = {m}.at({ptr}, {}, {}, {what});", layout.align, layout.size);
        self.codec.store(w, ty, "to", "result", "");
    }

    /// The arguments, wherever they are.
    pub(super) fn spilled(&mut self, w: &mut Writer, lowered: &Lowered<'_>) -> Vec<String> {
        let Passing::Memory { offsets, layout } = &lowered.signature.params else {
            return self.lifted(lowered);
        };
        let m = self.memory(lowered.options);
        emit!(
            w,
            "const from = {m}.at({}, {}, {}, 'parameters');",
            lowered.core[0],
            layout.align,
            layout.size
        );
        let params = lowered.function.params.iter().zip(offsets);
        let values: Vec<String> = params
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
    fn lifted(&mut self, lowered: &Lowered<'_>) -> Vec<String> {
        let Passing::Flat { counts } = &lowered.signature.params else { return Vec::new() };
        let mut rest = lowered.core;
        let params = lowered.function.params.iter().zip(counts);
        params
            .map(|(param, count)| {
                let (mine, others) = rest.split_at(*count as usize);
                rest = others;
                self.codec.lift(param.ty, mine)
            })
            .collect()
    }

    /// The call of what the host gives.
    pub(super) fn host_call(&mut self, lowered: &Lowered<'_>, args: &[String]) -> String {
        let import = self.plan.import(lowered.import);
        let function = lowered.function;
        let name = function_name(function);
        let Some(interface) = import.interface else {
            return format!("imports.{name}({})", args.join(", "));
        };
        let mut object = self.imported.get(&interface).cloned().unwrap_or_default();
        // An instance inside the interface, which WIT cannot say.
        for inner in &import.path[1..import.path.len() - 1] {
            object.push_str(&format!(".{}", camel(inner)));
        }
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
        let (new, name) = match (&function.role, resource_of(function)) {
            (Role::Constructor { .. }, Some(resource)) => ("new ", self.class_name(resource)),
            (Role::Method { .. } | Role::Static { .. }, Some(resource)) => {
                ("", format!("{}.{name}", self.class_name(resource)))
            }
            _ => ("", name),
        };
        match function.interface {
            Some(id) => format!("{new}{}.{name}", camel(last_part(&self.plan.interface(id).name))),
            None => format!("{new}{name}"),
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
