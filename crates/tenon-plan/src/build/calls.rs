//! Which functions of core modules call which, so that a function that blocks makes only its callers block.

use std::collections::{BTreeSet, HashMap};

use wasmparser::{
    BinaryReaderError, CompositeInnerType, ConstExpr, ElementItems, ExternalKind, FunctionBody, Operator,
    Parser, Payload, SubType, TypeRef, ValType,
};

use crate::{
    Core, CoreDef, CoreInstanceId, CoreKind, CoreSignature, ModuleOrigin, Plan, Stack, Step, TrampolineId,
};

/// What one core module's functions call.
struct Module {
    /// The types of functions.
    types: Vec<Option<CoreSignature>>,
    /// Which of all imports each imported function is, and its type.
    imports: Vec<Import>,
    exports: HashMap<String, u32>,
    bodies: Vec<Body>,
    /// Functions that can be called through a table or a reference.
    taken: BTreeSet<u32>,
}

/// An imported function.
struct Import {
    position: usize,
    ty: u32,
}

#[derive(Default)]
struct Body {
    calls: BTreeSet<u32>,
    /// Whether it calls through a table or a reference.
    indirect: bool,
}

impl Module {
    fn parse(bytes: &[u8]) -> Result<Module, BinaryReaderError> {
        let mut module = Module {
            types: Vec::new(),
            imports: Vec::new(),
            exports: HashMap::new(),
            bodies: Vec::new(),
            taken: BTreeSet::new(),
        };
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::TypeSection(section) => {
                    for group in section {
                        module.types.extend(group?.types().map(signature));
                    }
                }
                Payload::ImportSection(section) => {
                    for (position, import) in section.into_imports().enumerate() {
                        if let TypeRef::Func(ty) | TypeRef::FuncExact(ty) = import?.ty {
                            module.imports.push(Import { position, ty });
                        }
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if matches!(export.kind, ExternalKind::Func | ExternalKind::FuncExact) {
                            module.exports.insert(export.name.to_string(), export.index);
                        }
                    }
                }
                Payload::GlobalSection(section) => {
                    for global in section {
                        module.constant(&global?.init_expr)?;
                    }
                }
                Payload::ElementSection(section) => {
                    for element in section {
                        match element?.items {
                            ElementItems::Functions(functions) => {
                                for function in functions {
                                    module.taken.insert(function?);
                                }
                            }
                            ElementItems::Expressions(_, expressions) => {
                                for expression in expressions {
                                    module.constant(&expression?)?;
                                }
                            }
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => module.body(&body)?,
                _ => {}
            }
        }
        Ok(module)
    }

    fn constant(&mut self, expression: &ConstExpr<'_>) -> Result<(), BinaryReaderError> {
        for operator in expression.get_operators_reader() {
            if let Operator::RefFunc { function_index } = operator? {
                self.taken.insert(function_index);
            }
        }
        Ok(())
    }

    fn body(&mut self, body: &FunctionBody<'_>) -> Result<(), BinaryReaderError> {
        let mut found = Body::default();
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
                    found.calls.insert(function_index);
                }
                // Adapters give functions to the host, which calls them at once.
                Operator::RefFunc { function_index } => {
                    found.calls.insert(function_index);
                    self.taken.insert(function_index);
                }
                Operator::CallIndirect { .. }
                | Operator::ReturnCallIndirect { .. }
                | Operator::CallRef { .. }
                | Operator::ReturnCallRef { .. } => found.indirect = true,
                _ => {}
            }
        }
        self.bodies.push(found);
        Ok(())
    }
}

/// The type of a function, if it is one and only of values that have a name here.
fn signature(ty: &SubType) -> Option<CoreSignature> {
    let CompositeInnerType::Func(func) = &ty.composite_type.inner else { return None };
    let all = |list: &[ValType]| list.iter().map(core).collect::<Option<Vec<_>>>();
    Some(CoreSignature { params: all(func.params())?, results: all(func.results())? })
}

fn core(ty: &ValType) -> Option<Core> {
    Some(match ty {
        ValType::I32 => Core::I32,
        ValType::I64 => Core::I64,
        ValType::F32 => Core::F32,
        ValType::F64 => Core::F64,
        ValType::V128 | ValType::Ref(_) => return None,
    })
}

/// One core instance.
struct Instance<'a> {
    /// Nothing if the host gives its module.
    module: Option<usize>,
    args: &'a [crate::Argument],
    /// Those that share a table with it.
    shares: BTreeSet<CoreInstanceId>,
}

/// A function, or all that can be called through the tables of an instance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Function(CoreInstanceId, u32),
    Tables(CoreInstanceId),
}

/// All calls within a plan.
pub(super) struct Calls<'a> {
    modules: Vec<Module>,
    instances: Vec<Instance<'a>>,
}

impl<'a> Calls<'a> {
    pub(super) fn new(plan: &'a Plan) -> Result<Calls<'a>, BinaryReaderError> {
        let modules = plan.modules.iter().map(|module| Module::parse(&module.bytes));
        let mut calls = Calls { modules: modules.collect::<Result<_, _>>()?, instances: Vec::new() };
        for step in &plan.steps {
            let (id, module, args) = match step {
                Step::Instantiate { instance, module, args, .. } => (instance, Some(module.index()), args),
                Step::InstantiateImport { instance, args, .. } => (instance, None, args),
                _ => continue,
            };
            let mut shares = BTreeSet::new();
            for arg in args {
                if let CoreDef::Export { instance, kind: CoreKind::Table, .. } = &arg.def {
                    shares.insert(*instance);
                    calls.instances[instance.index()].shares.insert(*id);
                }
            }
            calls.instances.push(Instance { module, args, shares });
        }
        Ok(calls)
    }

    /// The functions that adapters give to the host, with their types.
    pub(super) fn given(&self, plan: &Plan) -> Vec<Stack> {
        let mut given: Vec<Stack> = Vec::new();
        for instance in &self.instances {
            let Some(index) = instance.module else { continue };
            if plan.modules[index].origin != ModuleOrigin::Adapter {
                continue;
            }
            let module = &self.modules[index];
            for import in module.taken.iter().filter_map(|function| module.imports.get(*function as usize)) {
                let def = instance.args.get(import.position).map(|arg| &arg.def);
                let signature = module.types.get(import.ty as usize).cloned().flatten();
                if let (Some(def @ CoreDef::Export { .. }), Some(signature)) = (def, signature)
                    && given.iter().all(|other| other.core != *def)
                {
                    given.push(Stack { core: def.clone(), signature });
                }
            }
        }
        given
    }

    /// The trampolines that a call of any of these may reach.
    pub(super) fn trampolines<'d>(
        &self,
        from: impl IntoIterator<Item = &'d CoreDef>,
    ) -> BTreeSet<TrampolineId> {
        let mut walk = Walk { calls: self, found: BTreeSet::new(), seen: BTreeSet::new(), todo: Vec::new() };
        for def in from {
            walk.def(def);
        }
        while let Some(node) = walk.todo.pop() {
            walk.node(node);
        }
        walk.found
    }
}

struct Walk<'c, 'a> {
    calls: &'c Calls<'a>,
    found: BTreeSet<TrampolineId>,
    seen: BTreeSet<Node>,
    todo: Vec<Node>,
}

impl Walk<'_, '_> {
    fn visit(&mut self, node: Node) {
        if self.seen.insert(node) {
            self.todo.push(node);
        }
    }

    fn def(&mut self, def: &CoreDef) {
        match def {
            CoreDef::Trampoline { trampoline } => {
                self.found.insert(*trampoline);
            }
            CoreDef::Export { instance, name, kind: CoreKind::Function } => {
                let module = self.calls.instances[instance.index()].module;
                match module.map(|module| self.calls.modules[module].exports.get(name)) {
                    Some(Some(function)) => self.visit(Node::Function(*instance, *function)),
                    _ => self.visit(Node::Tables(*instance)),
                }
            }
            _ => {}
        }
    }

    fn node(&mut self, node: Node) {
        let calls = self.calls;
        match node {
            Node::Function(id, function) => {
                let instance = &calls.instances[id.index()];
                let Some(module) = instance.module.map(|module| &calls.modules[module]) else { return };
                if let Some(import) = module.imports.get(function as usize) {
                    if let Some(arg) = instance.args.get(import.position) {
                        self.def(&arg.def);
                    }
                    return;
                }
                let Some(body) = module.bodies.get(function as usize - module.imports.len()) else { return };
                for callee in &body.calls {
                    self.visit(Node::Function(id, *callee));
                }
                if body.indirect {
                    self.visit(Node::Tables(id));
                }
            }
            Node::Tables(id) => {
                let instance = &calls.instances[id.index()];
                for other in &instance.shares {
                    self.visit(Node::Tables(*other));
                }
                match instance.module {
                    Some(module) => {
                        for function in &calls.modules[module].taken {
                            self.visit(Node::Function(id, *function));
                        }
                    }
                    // Nobody knows what a module of the host's does with what it is given.
                    None => instance.args.iter().for_each(|arg| self.def(&arg.def)),
                }
            }
        }
    }
}
