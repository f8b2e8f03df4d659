//! The steps of instantiation.

use tenon_plan::{Argument, Core, CoreSignature, MemoryId, Origin, ReallocId, ResourceId, Step};

use super::component::Component;
use super::writer::{Writer, emit};
use crate::Instantiation;
use crate::names::{camel, pascal, property, quote};

/// The type of a core function, with a letter for each value: `ii:i`.
pub(super) fn letters(signature: &CoreSignature) -> String {
    let letter = |core: &Core| match core {
        Core::I64 => 'j',
        Core::F32 => 'f',
        Core::F64 => 'd',
        Core::FuncRef => 'r',
        Core::ExternRef => 'x',
        _ => 'i',
    };
    let [params, results] =
        [&signature.params, &signature.results].map(|list| list.iter().map(letter).collect::<String>());
    format!("{params}:{results}")
}

impl Component<'_> {
    /// One statement for each step that something depends on.
    pub(super) fn steps(&mut self, w: &mut Writer) {
        let plan = self.plan;
        for step in &plan.steps {
            match step {
                Step::Instantiate { instance, module, args, .. } => {
                    let imports = self.arguments(args);
                    self.instantiate(w, instance.0, &format!("module{}", module.0), &imports);
                }
                Step::InstantiateImport { instance, import, args, .. } => {
                    let imports = self.arguments(args);
                    let name = plan.import(*import).path.join(".");
                    let module = format!("imports[{}]", quote(&name));
                    self.instantiate(w, instance.0, &module, &imports);
                }
                Step::Memory { id, def } => {
                    let def = self.def(def);
                    self.memory_step(w, *id, &def);
                }
                Step::Realloc { id, def } => {
                    let def = self.def(def);
                    self.realloc_step(w, *id, &def);
                }
                Step::Callback { id, def } => {
                    let def = self.def(def);
                    emit!(w, "callbacks[{}] = {def};", id.0);
                }
                Step::PostReturn { id, def } => {
                    let def = self.def(def);
                    emit!(w, "const postReturn{} = {def};", id.0);
                }
                Step::Table { .. } => {}
                Step::Resource { id, dtor, .. } => {
                    if let Some(dtor) = dtor {
                        let def = self.def(dtor);
                        emit!(w, "cx.types[{}].dtor = {def};", id.0);
                    }
                }
            }
        }
        for stack in &plan.stacks {
            self.codec.uses.add("suspend", "mayBeSuspended");
            let def = self.def(&stack.core);
            emit!(w, "mayBeSuspended(cx, {def}, '{}');", letters(&stack.signature));
        }
    }

    fn memory_step(&mut self, w: &mut Writer, id: MemoryId, def: &str) {
        for name in self.memories_with(|(_, memory, _)| *memory == Some(id)) {
            emit!(w, "{name}.memory = {def};");
        }
        if self.named_memories().contains(&id) {
            emit!(w, "memory{}.memory = {def};", id.0);
        }
    }

    fn realloc_step(&mut self, w: &mut Writer, id: ReallocId, def: &str) {
        for name in self.memories_with(|(_, _, realloc)| *realloc == Some(id)) {
            emit!(w, "{name}.grow = {def};");
        }
    }

    fn instantiate(&mut self, w: &mut Writer, instance: u32, module: &str, imports: &str) {
        let core = self.codec.scope.name(&format!("core{instance}"));
        let imports = if imports.is_empty() { String::new() } else { format!(", {imports}") };
        if self.config.instantiation == Instantiation::Sync {
            emit!(w, "const {{ exports: {core} }} = new WebAssembly.Instance({module}{imports});");
        } else {
            emit!(w, "const {{ exports: {core} }} = await WebAssembly.instantiate({module}{imports});");
        }
    }

    /// The object of what a core module imports.
    fn arguments(&mut self, args: &[Argument]) -> String {
        let mut modules: Vec<(&str, Vec<String>)> = Vec::new();
        for arg in args {
            let value = format!("{}: {}", property(&arg.name), self.def(&arg.def));
            match modules.iter_mut().find(|(name, _)| *name == arg.module) {
                Some((_, values)) => values.push(value),
                None => modules.push((&arg.module, vec![value])),
            }
        }
        let mut w = Writer::default();
        for (name, values) in &modules {
            w.block(format!("  {}: {{", property(name)), "  },", |w| {
                let n = numbered(values);
                if n > 0 {
                    w.block("  ...[", "  ],", |w| {
                        for value in &values[..n] {
                            emit!(w, "  {},", value.split_once(": ").map_or("", |(_, value)| value));
                        }
                    });
                }
                values[n..].iter().for_each(|value| emit!(w, "  {value},"));
            });
        }
        if modules.is_empty() { String::new() } else { format!("{{\n{}}}", w.into_text()) }
    }

    /// What is known of each resource, in the order of their numbers.
    pub(super) fn resource_types(&mut self, w: &mut Writer) {
        let plan = self.plan;
        if plan.resources.is_empty() {
            return;
        }
        self.codec.uses.add("resources", "ResourceType");
        if plan.resources.iter().all(|resource| !matches!(resource.origin, Origin::Defined { .. })) {
            let names = plan.resources.iter().map(|resource| resource.name.as_ref());
            let names: Vec<_> = names.map(|name| quote(name.map_or("resource", |n| &n.name))).collect();
            emit!(w, "cx.types = [{}].map((name) => new ResourceType(cx, name));", names.join(", "));
            return;
        }
        w.block("cx.types = [", "];", |w| {
            for resource in &plan.resources {
                let name = resource.name.as_ref().map_or("resource", |name| name.name.as_str());
                let definer = match &resource.origin {
                    Origin::Defined { instance, .. } => format!(", {}", self.instance(*instance)),
                    _ => String::new(),
                };
                emit!(w, "new ResourceType(cx, {}{definer}),", quote(name));
            }
        });
    }

    /// The class of a resource that the component defines.
    pub(super) fn class_name(&self, id: ResourceId) -> String {
        self.plan
            .resource(id)
            .name
            .as_ref()
            .map_or_else(|| format!("Resource{}", id.0), |name| pascal(&name.name))
    }

    /// The variables of what the host gives.
    pub(super) fn imports(&mut self, w: &mut Writer) {
        for id in self.facts.imported.clone() {
            let face = self.facts.face(id);
            let name = self.codec.scope.name(&camel(&face.file));
            let functions: Vec<_> = self.needed(id).iter().map(|name| quote(name)).collect();
            self.codec.uses.add("instance", "required");
            let inner = self.plan.imports.iter().any(|i| i.interface == Some(id) && i.path.len() > 2);
            if functions.is_empty() && !inner {
                emit!(w, "required(imports, {});", quote(&face.key));
                continue;
            }
            let list =
                if functions.is_empty() { String::new() } else { format!(", [{}]", functions.join(", ")) };
            emit!(w, "const {name} = required(imports, {}{list});", quote(&face.key));
            self.imported.insert(id, name);
        }
        let functions = self.facts.imported_functions.iter().map(|(name, _)| name);
        let classes = self.facts.imported_classes.iter().map(|(name, _)| name);
        for name in self.facts.imported_modules.iter().chain(functions).chain(classes) {
            self.codec.uses.add("instance", "required");
            emit!(w, "required(imports, {});", quote(name));
        }
    }
}

/// How many of the first properties of an object can as well be the elements of an array.
fn numbered(values: &[String]) -> usize {
    let same = |(i, value): &(usize, &String)| value.starts_with(&format!("'{i}': "));
    values.iter().enumerate().take_while(same).count()
}
