//! `index.js`: what importing the package gives.

use std::collections::BTreeMap;

use tenon_plan::{ExportItem, Plan, Role};

use super::HEADER;
use super::component::runtime_module;
use super::writer::{Writer, emit};
use crate::facts::{Facts, fallible, resource_of};
use crate::names::{Scope, camel, property, quote};
use crate::shims::Adapter;
use crate::{Config, Instantiation};

/// The module's text.
pub(super) fn script(plan: &Plan, config: &Config, facts: &Facts) -> String {
    let mut w = Writer::default();
    w.raw(HEADER);
    if !facts.instantiates {
        filled(&mut w, config, facts);
        emit!(w, "export * from './instantiate.js';");
        errors(&mut w, plan, config, facts);
        return w.into_text();
    }
    emit!(w, "import {{ instantiate }} from './instantiate.js';");
    let imports = sources(&mut w, config, facts);
    emit!(w);
    let mut scope = Scope::new();
    let mut names = Vec::new();
    let mut renamed = Vec::new();
    for name in exported(plan, facts) {
        let local = scope.name(&name);
        if local == name {
            names.push(name);
        } else {
            names.push(format!("{name}: {local}"));
            renamed.push(format!("{local} as {name}"));
        }
    }
    match (names.is_empty(), renamed.is_empty()) {
        (true, _) => emit!(w, "await instantiate({imports});"),
        (false, true) => emit!(w, "export const {{ {} }} = await instantiate({imports});", names.join(", ")),
        (false, false) => {
            let plain: Vec<_> = names.iter().filter(|n| !n.contains(':')).cloned().chain(renamed).collect();
            emit!(w, "const {{ {} }} = await instantiate({imports});", names.join(", "));
            emit!(w, "export {{ {} }};", plain.join(", "));
        }
    }
    errors(&mut w, plan, config, facts);
    w.into_text()
}

/// An `instantiate` that has to be given only what is not known.
fn filled(w: &mut Writer, config: &Config, facts: &Facts) {
    if facts.sources.is_empty() {
        return;
    }
    emit!(w, "import {{ instantiate as make }} from './instantiate.js';");
    let known = sources(w, config, facts);
    let (more, passed) =
        if config.instantiation == Instantiation::Import { ("", "") } else { (", options", ", options") };
    emit!(w);
    emit!(w, "const known = {known};");
    emit!(w);
    w.doc(FILLED);
    emit!(w, "export const instantiate = (imports{more}) => make({{ ...known, ...imports }}{passed});");
}

/// What such an `instantiate` is for.
pub(super) const FILLED: &str =
    "Makes an instance of the component. What is imported here need not be given; what is given comes first.";

fn errors(w: &mut Writer, plan: &Plan, config: &Config, facts: &Facts) {
    if has_component_error(plan, facts) {
        emit!(w, "export {{ ComponentError }} from {};", quote(&runtime_module(config, "errors", ".")));
    }
}

/// Modules of the runtime that the module imports.
pub(super) fn modules(facts: &Facts, plan: &Plan) -> Vec<&'static str> {
    let errors = has_component_error(plan, facts).then_some("errors");
    errors.into_iter().chain(adapters(facts).map(|adapter| adapter.module)).collect()
}

/// What stands between the component and its imports.
fn adapters(facts: &Facts) -> impl Iterator<Item = Adapter> {
    let mut adapters: Vec<_> = facts.sources.values().filter_map(|source| source.adapter).collect();
    adapters.sort();
    adapters.dedup();
    adapters.into_iter()
}

/// Whether somebody who uses the package must know the class of errors without a name.
pub(super) fn has_component_error(plan: &Plan, _facts: &Facts) -> bool {
    plan.lifts.iter().any(|lift| fallible(plan, plan.function(lift.function)).is_some())
        || plan.imports.iter().any(|import| match import.item {
            tenon_plan::ImportItem::Function { function } => {
                fallible(plan, plan.function(function)).is_some()
            }
            _ => false,
        }) && !_facts.instantiates
}

/// What the component gives, by name.
fn exported(plan: &Plan, facts: &Facts) -> Vec<String> {
    let mut names = Vec::new();
    for export in &plan.exports {
        match &export.item {
            ExportItem::Function { lift } => {
                let function = plan.function(plan.lift(*lift).function);
                if resource_of(function).is_none() && function.role == Role::Free {
                    names.push(camel(&export.name));
                }
            }
            ExportItem::Instance { interface: None, .. }
            | ExportItem::Module { .. }
            | ExportItem::ImportedModule { .. } => {
                names.push(camel(&export.name));
            }
            _ => {}
        }
    }
    names.extend(super::declarations::interfaces(plan, facts).into_iter().map(|(key, _)| key));
    let mut errors: Vec<_> = facts.world_errors.values().cloned().collect();
    errors.sort();
    errors.dedup();
    names.extend(errors);
    names
}

/// What a module is called where it is imported: as its file, if that can be a name.
fn local_name(module: &str) -> String {
    let file = module.rsplit('/').next().unwrap_or_default();
    let name = camel(file.split('.').next().unwrap_or_default());
    if name.starts_with(|c: char| c.is_alphabetic()) { name } else { "module".into() }
}

/// Imports what the component needs from where it comes from; the object of it.
fn sources(w: &mut Writer, config: &Config, facts: &Facts) -> String {
    let mut scope = Scope::new();
    for name in ["instantiate", "known", "make"] {
        scope.name(name);
    }
    let mut functions: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for Adapter { module, function } in adapters(facts) {
        scope.name(function);
        functions.entry(module).or_default().push(function);
    }
    for (module, functions) in functions {
        let from = quote(&runtime_module(config, module, "."));
        emit!(w, "import {{ {} }} from {from};", functions.join(", "));
    }
    let mut fields = Vec::new();
    // A module is imported once, whatever is taken from it.
    let mut modules: BTreeMap<&str, String> = BTreeMap::new();
    for (key, source) in &facts.sources {
        let module = modules.entry(&source.module).or_insert_with(|| {
            let local = scope.name(&local_name(&source.module));
            emit!(w, "import * as {local} from {};", quote(&source.module));
            local
        });
        let taken = source.export.as_ref().map_or(module.clone(), |export| format!("{module}.{export}"));
        let value = match source.adapter {
            Some(Adapter { function, .. }) => format!("{function}({taken})"),
            None => taken,
        };
        fields.push(if *key == value { value } else { format!("{}: {value}", property(key)) });
    }
    if fields.is_empty() {
        return String::new();
    }
    let mut object = Writer::default();
    object.block("{", "}", |w| fields.iter().for_each(|field| emit!(w, "{field},")));
    object.into_text().trim_end().to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn modules_have_names() {
        let check = |module: &str, name: &str| assert_eq!(super::local_name(module), name, "{module}");
        check("@bytecodealliance/preview2-shim/cli", "cli");
        check("./shop/big-orders.js", "bigOrders");
        check("node:fs", "nodeFs");
        check("../3d.js", "module");
        check("./", "module");
    }
}
