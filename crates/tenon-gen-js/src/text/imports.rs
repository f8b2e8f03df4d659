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

/// What stands for a result that is to be stored, and for where.
const RESULT: &str = "=result";
const PLACE: &str = "=place";

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
        let inst = if inst == "cx" { String::new() } else { format!(", {inst}") };
        let begin = format!("cx.call({label}{inst})");
        let mut body = Writer::at(w.indent() + 1);
        self.import_body(&mut body, lowered);
        let body = body.into_text();
        if let Some(value) = only_value(&body) {
            emit!(w, "const {name} = ({list}) => cx.back({begin}, {value});");
            return;
        }
        w.block(format!("const {name} = ({list}) => {{"), "};", |w| {
            emit!(w, "const at = {begin};");
            w.raw(&body);
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
        let mut call = self.host_call(lowered, &args);
        let Some(ty) = lowered.function.result else {
            emit!(w, "{call};");
            emit!(w, "cx.back(at);");
            return;
        };
        if fallible(self.plan, lowered.function).is_some() {
            self.codec.uses.add("errors", "attempt");
            call = format!("attempt(() => {call})");
        }
        if lowered.signature.returning == Returning::Pointer {
            let (store, one) = self.stored(lowered, ty, w.indent());
            if !one {
                emit!(w, "const result = {call};");
                call = "result".into();
            }
            w.raw(&store.replace(RESULT, &call));
            emit!(w, "cx.back(at);");
            return;
        }
        let mut before = Writer::at(w.indent());
        let value = self.codec.lower(&mut before, ty, "result", "").join("");
        if before.is_empty() && value.matches("result").count() == 1 {
            emit!(w, "return cx.back(at, {});", value.replace("result", &call));
        } else {
            emit!(w, "const result = {call};");
            w.raw(&before.into_text());
            emit!(w, "return cx.back(at, {value});");
        }
    }

    /// Whether a parameter contains a type of a kind.
    fn has(&self, function: &Function, test: impl Fn(&Kind) -> bool) -> bool {
        function.params.iter().any(|param| crate::facts::contains(self.plan, param.ty, &test))
    }

    /// Stores `result` where the component wants it: at the last of the core values.
    pub(super) fn store_result(&mut self, w: &mut Writer, lowered: &Lowered<'_>, ty: TypeId) {
        let (store, _) = self.stored(lowered, ty, w.indent());
        w.raw(&store.replace(RESULT, "result"));
    }

    /// The statements that store [`RESULT`], and whether it may be an expression: the place is looked at when the result is
    /// there, and not before.
    fn stored(&mut self, lowered: &Lowered<'_>, ty: TypeId, indent: usize) -> (String, bool) {
        let m = self.memory(lowered.options);
        let layout = self.plan.ty(ty).layout;
        let ptr = lowered.core.last().map_or("0", String::as_str);
        let at = format!("{m}.at({ptr}, {}, {})", layout.align, layout.size);
        let mut w = Writer::at(indent);
        self.codec.store_outcome(&mut w, ty, PLACE, RESULT);
        let store = w.into_text();
        if store.matches(PLACE).count() == 1 {
            let one = store.matches(RESULT).count() == 1 && store.find(RESULT) < store.find(PLACE);
            return (store.replace(PLACE, &at), one);
        }
        let mut w = Writer::at(indent);
        emit!(w, "const to = {at};");
        w.raw(&store.replace(PLACE, "to"));
        (w.into_text(), false)
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
        let mut object = match import.interface {
            Some(interface) => self.imported.get(&interface).cloned().unwrap_or_default(),
            None => "imports".into(),
        };
        // An instance inside the interface, which WIT cannot say.
        for inner in import.path.iter().skip(1).rev().skip(1).rev() {
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

/// The expression that the body of an import evaluates, if it is no more than that.
fn only_value(body: &str) -> Option<&str> {
    let lines: Vec<&str> = body.lines().map(str::trim).collect();
    match lines[..] {
        [line] => line.strip_prefix("return cx.back(at, ")?.strip_suffix(");"),
        [line, "cx.back(at);"] => line.strip_suffix(';'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_body_may_be_a_value() {
        let check = |body: &str, value: Option<&str>| assert_eq!(super::only_value(body), value, "{body}");
        check("  return cx.back(at, u64(now(), cx));\n", Some("u64(now(), cx)"));
        check("  log(a0);\n  cx.back(at);\n", Some("log(a0)"));
        check("  const result = f();\n  store(result);\n  cx.back(at);\n", None);
        check("  return cx.back(at);\n", None);
    }
}
