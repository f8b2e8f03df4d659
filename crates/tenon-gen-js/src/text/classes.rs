//! Classes: of resources, and of errors.

use tenon_plan::{InterfaceId, LiftId, ResourceId, Role};

use super::component::Component;
use super::exports::Form;
use super::writer::{Writer, emit};
use crate::names::quote;

impl Component<'_> {
    /// The classes of errors, in the module's scope: they are the same for all instances.
    pub(super) fn error_classes(&mut self, w: &mut Writer, interface: Option<InterfaceId>) {
        let mut names: Vec<String> = match interface {
            Some(id) => self.facts.face(id).errors.values().cloned().collect(),
            None => self.facts.world_errors.values().cloned().collect(),
        };
        names.sort();
        names.dedup();
        for name in names {
            let class = self.error_variable(interface, &name);
            if class == name { emit!(w, "{name},") } else { emit!(w, "{name}: {class},") }
        }
    }

    /// The variable of a class of errors; the class is written when it is first asked for.
    pub(super) fn error_variable(&mut self, interface: Option<InterfaceId>, name: &str) -> String {
        if let Some(variable) = self.error_names.get(&(interface, name.to_string())) {
            return variable.clone();
        }
        let variable = self.codec.scope.name(name);
        self.codec.uses.add("errors", "ComponentError");
        let mut w = Writer::default();
        w.block(format!("class {variable} extends ComponentError {{"), "}", |w| {
            w.block("constructor(payload) {", "}", |w| {
                emit!(w, "super(payload);");
                emit!(w, "this.name = {};", quote(name));
            });
        });
        emit!(w);
        self.prelude.raw(&w.into_text());
        self.error_names.insert((interface, name.to_string()), variable.clone());
        variable
    }

    pub(super) fn class(
        &mut self,
        w: &mut Writer,
        interface: Option<InterfaceId>,
        resource: ResourceId,
        lifts: &[LiftId],
    ) -> String {
        let name = self.class_name(resource);
        if let Some(variable) = self.classes.get(&resource) {
            return variable.clone();
        }
        let variable = self.codec.scope.name(&name);
        self.classes.insert(resource, variable.clone());
        self.codec.uses.add("resources", "Resource");
        // As a property it has its name in stack traces, and the scope does not.
        let (open, close) = if variable == name {
            (format!("class {variable} extends Resource {{"), "}")
        } else {
            (format!("const {{ {name}: {variable} }} = {{ {name}: class extends Resource {{"), "} };")
        };
        w.block(open, close, |w| {
            let plan = self.plan;
            let role = |lift: &LiftId| &plan.function(plan.lift(*lift).function).role;
            if !lifts.iter().any(|lift| matches!(role(lift), Role::Constructor { .. })) {
                w.block("constructor() {", "}", |w| {
                    emit!(w, "throw new TypeError({});", quote(&format!("{name} has no constructor")));
                });
            }
            for lift in lifts {
                let form = match role(lift) {
                    Role::Constructor { .. } => Form::Constructor,
                    Role::Static { .. } => Form::Static,
                    _ => Form::Method,
                };
                self.function(w, interface, *lift, form);
            }
        });
        emit!(w, "cx.types[{}].Class = {variable};", resource.0);
        variable
    }
}
