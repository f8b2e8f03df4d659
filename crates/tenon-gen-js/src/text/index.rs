//! `index.js`: what importing the package gives.

use tenon_plan::{ExportItem, Plan, Role};

use super::HEADER;
use super::component::runtime_module;
use super::writer::{Writer, emit};
use crate::Config;
use crate::facts::{Facts, fallible, resource_of};
use crate::names::{Scope, camel, property, quote};

/// The module's text.
pub(super) fn script(plan: &Plan, config: &Config, facts: &Facts) -> String {
    let mut w = Writer::default();
    w.raw(HEADER);
    if !facts.instantiates {
        emit!(w, "export * from './instantiate.js';");
        errors(&mut w, plan, config, facts);
        return w.into_text();
    }
    emit!(w, "import {{ instantiate }} from './instantiate.js';");
    let imports = sources(&mut w, facts);
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

fn errors(w: &mut Writer, plan: &Plan, config: &Config, facts: &Facts) {
    if has_component_error(plan, facts) {
        emit!(w, "export {{ ComponentError }} from {};", quote(&runtime_module(config, "errors", ".")));
    }
}

/// Modules of the runtime that the module imports.
pub(super) fn modules(facts: &Facts, plan: &Plan) -> Vec<&'static str> {
    if has_component_error(plan, facts) { vec!["errors"] } else { Vec::new() }
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

/// Imports what the component needs from where it comes from; the object of it.
fn sources(w: &mut Writer, facts: &Facts) -> String {
    let mut scope = Scope::new();
    scope.name("instantiate");
    let mut fields = Vec::new();
    for (key, source) in &facts.sources {
        let local = scope.name(&camel(key));
        match &source.export {
            Some(export) if *export == local => {
                emit!(w, "import {{ {export} }} from {};", quote(&source.module))
            }
            Some(export) => emit!(w, "import {{ {export} as {local} }} from {};", quote(&source.module)),
            None => emit!(w, "import * as {local} from {};", quote(&source.module)),
        }
        fields.push(if *key == local { local } else { format!("{}: {local}", property(key)) });
    }
    if fields.is_empty() {
        return String::new();
    }
    let mut object = Writer::default();
    object.block("{", "}", |w| fields.iter().for_each(|field| emit!(w, "{field},")));
    object.into_text().trim_end().to_string()
}
