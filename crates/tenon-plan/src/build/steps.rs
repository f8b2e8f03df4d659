//! Steps of instantiation, and what core modules are given.

use wasmtime_environ::component as env;
use wasmtime_environ::component::{GlobalInitializer, InstantiateModule, UnsafeIntrinsic};
use wasmtime_environ::{EntityIndex, StaticModuleIndex};

use super::modules::Parsed;
use super::{Broken, Result};
use crate::{
    Argument, CallbackId, CoreDef, CoreInstanceId, CoreKind, ImportId, InstanceId, MemoryId, ModuleId,
    PostReturnId, ReallocId, ResourceId, Step, TableId, TrampolineId,
};

/// What steps are made of.
pub(super) struct Steps<'a> {
    component: &'a env::Component,
    modules: &'a [Parsed],
    /// The module of each core instance; nothing for those that the host gives.
    instances: Vec<Option<StaticModuleIndex>>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(component: &'a env::Component, modules: &'a [Parsed]) -> Steps<'a> {
        Steps { component, modules, instances: Vec::new() }
    }

    pub(super) fn all(&mut self) -> Result<Vec<Step>> {
        let component = self.component;
        let steps = component.initializers.iter().map(|initializer| self.step(initializer));
        steps.filter_map(Result::transpose).collect()
    }

    fn step(&mut self, initializer: &GlobalInitializer) -> Result<Option<Step>> {
        let step = match initializer {
            GlobalInitializer::InstantiateModule(how, owner) => {
                let instance = CoreInstanceId::from(self.instances.len());
                let owner = owner.map(|owner| InstanceId(owner.as_u32()));
                let (step, module) = self.instantiate(instance, how, owner)?;
                self.instances.push(module);
                step
            }
            // Trampolines say which import they call.
            GlobalInitializer::LowerImport { .. } => return Ok(None),
            GlobalInitializer::ExtractMemory(memory) => Step::Memory {
                id: MemoryId(memory.index.as_u32()),
                def: self.export(&memory.export.clone().map_index(EntityIndex::Memory), CoreKind::Memory)?,
            },
            GlobalInitializer::ExtractTable(table) => Step::Table {
                id: TableId(table.index.as_u32()),
                def: self.export(&table.export.clone().map_index(EntityIndex::Table), CoreKind::Table)?,
            },
            GlobalInitializer::ExtractRealloc(realloc) => {
                Step::Realloc { id: ReallocId(realloc.index.as_u32()), def: self.function(&realloc.def)? }
            }
            GlobalInitializer::ExtractCallback(callback) => {
                Step::Callback { id: CallbackId(callback.index.as_u32()), def: self.function(&callback.def)? }
            }
            GlobalInitializer::ExtractPostReturn(post_return) => Step::PostReturn {
                id: PostReturnId(post_return.index.as_u32()),
                def: self.function(&post_return.def)?,
            },
            GlobalInitializer::Resource(resource) => Step::Resource {
                id: ResourceId(self.component.resource_index(resource.index).as_u32()),
                dtor: resource.dtor.as_ref().map(|dtor| self.function(dtor)).transpose()?,
                owner: InstanceId(resource.instance.as_u32()),
            },
        };
        Ok(Some(step))
    }

    fn instantiate(
        &self,
        instance: CoreInstanceId,
        how: &InstantiateModule,
        owner: Option<InstanceId>,
    ) -> Result<(Step, Option<StaticModuleIndex>)> {
        match how {
            InstantiateModule::Static(module, given) => {
                let imports = &self.parsed(*module)?.module.imports;
                if imports.len() != given.len() {
                    return Err(Broken("a module is not given as much as it imports"));
                }
                let mut args = Vec::new();
                for (import, def) in imports.iter().zip(given) {
                    args.push(Argument {
                        module: import.module.clone(),
                        name: import.name.clone(),
                        def: self.def(def, import.kind)?,
                    });
                }
                let id = ModuleId(module.as_u32());
                Ok((Step::Instantiate { instance, module: id, args, owner }, Some(*module)))
            }
            InstantiateModule::Import(import, given) => {
                let mut args = Vec::new();
                for (module, items) in given {
                    for (name, def) in items {
                        let def = self.def(def, CoreKind::Function)?;
                        args.push(Argument { module: module.clone(), name: name.clone(), def });
                    }
                }
                let import = ImportId(import.as_u32());
                Ok((Step::InstantiateImport { instance, import, args, owner }, None))
            }
        }
    }

    fn parsed(&self, module: StaticModuleIndex) -> Result<&'a Parsed> {
        self.modules.get(module.as_u32() as usize).ok_or(Broken("a module is missing"))
    }

    /// A core function.
    pub(super) fn function(&self, def: &env::CoreDef) -> Result<CoreDef> {
        self.def(def, CoreKind::Function)
    }

    /// A core definition, which is of `kind` unless it says otherwise.
    fn def(&self, def: &env::CoreDef, kind: CoreKind) -> Result<CoreDef> {
        Ok(match def {
            env::CoreDef::Export(export) => self.export(export, kind)?,
            env::CoreDef::InstanceFlags(instance) => {
                CoreDef::MayLeave { instance: InstanceId(instance.as_u32()) }
            }
            env::CoreDef::Trampoline(trampoline) => {
                CoreDef::Trampoline { trampoline: TrampolineId(trampoline.as_u32()) }
            }
            env::CoreDef::TaskMayBlock => CoreDef::TaskMayBlock,
            env::CoreDef::UnsafeIntrinsic(intrinsic) => match intrinsic {
                UnsafeIntrinsic::ContextGetI32_0 => CoreDef::Context { set: false, slot: 0 },
                UnsafeIntrinsic::ContextGetI32_1 => CoreDef::Context { set: false, slot: 1 },
                UnsafeIntrinsic::ContextSetI32_0 => CoreDef::Context { set: true, slot: 0 },
                UnsafeIntrinsic::ContextSetI32_1 => CoreDef::Context { set: true, slot: 1 },
                _ => return Err(Broken("an intrinsic of wasmtime is used")),
            },
        })
    }

    fn export(&self, export: &env::CoreExport<EntityIndex>, kind: CoreKind) -> Result<CoreDef> {
        let instance = CoreInstanceId(export.instance.as_u32());
        let (kind, name) = match &export.item {
            env::ExportItem::Name(name) => (kind, name.clone()),
            env::ExportItem::Index(index) => {
                let (kind, index) = entity(*index);
                let module = self.instances.get(instance.index()).copied().flatten();
                let module = module.ok_or(Broken("an instance is used before it is there"))?;
                let name = self.parsed(module)?.name(kind, index);
                (kind, name.ok_or(Broken("something is used that its module does not export"))?.to_string())
            }
        };
        Ok(CoreDef::Export { instance, name, kind })
    }
}

fn entity(index: EntityIndex) -> (CoreKind, u32) {
    match index {
        EntityIndex::Function(index) => (CoreKind::Function, index.as_u32()),
        EntityIndex::Table(index) => (CoreKind::Table, index.as_u32()),
        EntityIndex::Memory(index) => (CoreKind::Memory, index.as_u32()),
        EntityIndex::Global(index) => (CoreKind::Global, index.as_u32()),
        EntityIndex::Tag(index) => (CoreKind::Tag, index.as_u32()),
    }
}
