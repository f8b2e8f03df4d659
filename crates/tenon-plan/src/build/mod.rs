//! From wasmtime-environ's translation to the plan.

mod blocking;
mod calls;
mod functions;
mod modules;
mod steps;
mod trampolines;
mod types;
mod world;

use std::collections::HashMap;

use tenon_wit::World as WitWorld;
use wasmtime_environ::component::{
    Component, GlobalInitializer, LoweredIndex, RuntimeImportIndex, StringEncoding, TypeTupleIndex,
};

use self::functions::Functions;
use self::modules::Parsed;
use self::steps::Steps;
use self::types::Types;
use self::world::{Items, Known};
use crate::translate::Translated;
use crate::{
    CallbackId, Encoding, Import, ImportId, InstanceId, Interface, Kind, Lift, MemoryId, ModuleOrigin,
    NamedType, Needs, Op, Options, Origin, PayloadTable, Plan, PostReturnId, ReallocId, Resource,
    ResourceTable, Side, Trampoline, TypeId, VERSION, World,
};

/// Something that cannot be in a valid component. This is a defect of Tenon.
#[derive(Debug)]
pub(crate) struct Broken(pub(crate) &'static str);

type Result<T> = std::result::Result<T, Broken>;

/// The state of the work. The order in [`build`] matters: names before types, types before functions.
struct Builder<'a> {
    component: &'a Component,
    types: Types<'a>,
    steps: Steps<'a>,
    functions: Functions,
    import_items: Items<'a>,
    export_items: Items<'a>,
    known: Known,
    lowered: HashMap<LoweredIndex, RuntimeImportIndex>,
    /// What lifted functions return, by the type that `task.return` names.
    results: HashMap<TypeTupleIndex, Option<TypeId>>,
    interfaces: Vec<Interface>,
    world_types: Vec<NamedType>,
    imports: Vec<Import>,
    lifts: Vec<Lift>,
}

/// Makes the plan. With `baseline`, the component's own modules need nothing beyond WebAssembly 2.0.
pub(crate) fn build(translated: Translated, wit: Option<&WitWorld>, baseline: bool) -> Result<Plan> {
    let Translated { component, types, modules } = translated;
    let component_ref = &component.component;
    let modules = parse(component_ref, modules.into_iter().map(|(_, bytes)| bytes), baseline)?;

    let mut steps = Steps::new(component_ref, &modules);
    let list = steps.all()?;
    let mut builder = Builder {
        component: component_ref,
        types: Types::new(&types, wit, resources(component_ref)),
        steps,
        functions: Functions::default(),
        import_items: world::items(wit, Side::Import),
        export_items: world::items(wit, Side::Export),
        known: Known::new(),
        lowered: lowered(component_ref),
        results: HashMap::new(),
        interfaces: Vec::new(),
        world_types: Vec::new(),
        imports: Vec::new(),
        lifts: Vec::new(),
    };
    builder.interfaces();
    builder.fill();
    builder.imports()?;
    let exports = builder.exports()?;
    let trampolines = component.trampolines.iter().map(|(index, trampoline)| {
        let core = functions::core_signature(&builder.types, component_ref.trampolines[index]);
        Ok(Trampoline { core, op: builder.op(trampoline)? })
    });
    let trampolines = trampolines.collect::<Result<Vec<_>>>()?;
    builder.world_types();
    let tables = Tables::new(&mut builder.types);
    let options = component_ref.options.values().map(options).collect::<Result<_>>()?;

    let Builder { types, functions, interfaces, world_types, imports, lifts, .. } = builder;
    let mut plan = Plan {
        version: VERSION,
        world: world(wit, world_types),
        instances: component_ref.num_runtime_component_instances,
        steps: list,
        trampolines,
        options,
        imports,
        lifts,
        exports,
        functions: functions.list,
        types: types.list,
        interfaces,
        resources: types.resources,
        resource_tables: tables.resources,
        stream_tables: tables.streams,
        future_tables: tables.futures,
        error_context_tables: tables.error_contexts,
        stacks: Vec::new(),
        needs: Needs::default(),
        modules: modules.into_iter().map(|parsed| parsed.module).collect(),
    };
    blocking::decide(&mut plan);
    plan.needs = needs(&plan);
    Ok(plan)
}

fn parse(
    component: &Component,
    modules: impl Iterator<Item = Vec<u8>>,
    baseline: bool,
) -> Result<Vec<Parsed>> {
    let adapters: Vec<u32> = component.initializers.iter().filter_map(adapter).collect();
    let mut parsed = Vec::new();
    for (index, bytes) in modules.enumerate() {
        let origin =
            if adapters.contains(&(index as u32)) { ModuleOrigin::Adapter } else { ModuleOrigin::Component };
        let baseline = baseline && origin == ModuleOrigin::Component;
        let module = modules::parse(bytes, origin, baseline);
        parsed.push(module.map_err(|_| Broken("a core module cannot be read"))?);
    }
    Ok(parsed)
}

/// The module that a step instantiates, if it belongs to no component.
fn adapter(initializer: &GlobalInitializer) -> Option<u32> {
    use wasmtime_environ::component::InstantiateModule::Static;
    match initializer {
        GlobalInitializer::InstantiateModule(Static(module, _), None) => Some(module.as_u32()),
        _ => None,
    }
}

fn lowered(component: &Component) -> HashMap<LoweredIndex, RuntimeImportIndex> {
    let lowered = component.initializers.iter().filter_map(|initializer| match initializer {
        GlobalInitializer::LowerImport { index, import } => Some((*index, *import)),
        _ => None,
    });
    lowered.collect()
}

/// The resources, without names as yet: imported ones first, as indices are.
fn resources(component: &Component) -> Vec<Resource> {
    let imported = component.imported_resources.values().map(|import| Resource {
        name: None,
        docs: None,
        origin: Origin::Imported { import: ImportId(import.as_u32()) },
    });
    let defined = component.defined_resource_instances.iter().map(|(index, instance)| {
        let dtor = component.initializers.iter().any(|initializer| {
            matches!(initializer, GlobalInitializer::Resource(r) if r.index == index && r.dtor.is_some())
        });
        let origin = Origin::Defined { instance: InstanceId(instance.as_u32()), dtor };
        Resource { name: None, docs: None, origin }
    });
    imported.chain(defined).collect()
}

/// The tables, with the indices that adapters know.
struct Tables {
    resources: Vec<Option<ResourceTable>>,
    streams: Vec<PayloadTable>,
    futures: Vec<PayloadTable>,
    error_contexts: Vec<InstanceId>,
}

impl Tables {
    fn new(types: &mut Types<'_>) -> Tables {
        use wasmtime_environ::component as env;
        let known = types.env;
        let resource = |index: usize| match &known[env::TypeResourceTableIndex::from_u32(index as u32)] {
            env::TypeResourceTable::Concrete { ty, instance } => Some(ResourceTable {
                resource: crate::ResourceId(ty.as_u32()),
                instance: InstanceId(instance.as_u32()),
            }),
            env::TypeResourceTable::Abstract(_) => None,
        };
        let resources = (0..known.num_resource_tables()).map(resource).collect();
        let streams = (0..known.num_stream_tables()).map(|index| {
            let table = &known[env::TypeStreamTableIndex::from_u32(index as u32)];
            (known[table.ty].payload, table.instance)
        });
        let streams: Vec<_> = streams.collect();
        let futures = (0..known.num_future_tables()).map(|index| {
            let table = &known[env::TypeFutureTableIndex::from_u32(index as u32)];
            (known[table.ty].payload, table.instance)
        });
        let futures: Vec<_> = futures.collect();
        // Payloads have the names that the types of streams and futures give them.
        let (mut in_streams, mut in_futures) = (HashMap::new(), HashMap::new());
        for ty in &types.list {
            match ty.kind {
                Kind::Stream { payload, table: Some(table) } => in_streams.insert(table.0, payload),
                Kind::Future { payload, table: Some(table) } => in_futures.insert(table.0, payload),
                _ => None,
            };
        }
        let mut tables = |list: Vec<(_, env::RuntimeComponentInstanceIndex)>, named: &HashMap<_, _>| {
            let table = |(index, (payload, instance)): (usize, (_, env::RuntimeComponentInstanceIndex))| {
                let payload = match named.get(&(index as u32)) {
                    Some(payload) => *payload,
                    None => types.optional(payload, None, Side::Export),
                };
                PayloadTable { payload, instance: InstanceId(instance.as_u32()) }
            };
            list.into_iter().enumerate().map(table).collect()
        };
        Tables {
            resources,
            streams: tables(streams, &in_streams),
            futures: tables(futures, &in_futures),
            error_contexts: (0..known.num_error_context_tables())
                .map(|index| {
                    let table = env::TypeComponentLocalErrorContextTableIndex::from_u32(index as u32);
                    InstanceId(known[table].instance.as_u32())
                })
                .collect(),
        }
    }
}

fn options(options: &wasmtime_environ::component::CanonicalOptions) -> Result<Options> {
    use wasmtime_environ::component::CanonicalOptionsDataModel as Model;
    let Model::LinearMemory(memory) = options.data_model else {
        return Err(Broken("values are in garbage-collected objects"));
    };
    Ok(Options {
        instance: InstanceId(options.instance.as_u32()),
        encoding: match options.string_encoding {
            StringEncoding::Utf8 => Encoding::Utf8,
            StringEncoding::Utf16 => Encoding::Utf16,
            StringEncoding::CompactUtf16 => Encoding::CompactUtf16,
        },
        memory: memory.memory.map(|id| MemoryId(id.as_u32())),
        realloc: memory.realloc.map(|id| ReallocId(id.as_u32())),
        post_return: options.post_return.map(|id| PostReturnId(id.as_u32())),
        async_: options.async_,
        callback: options.callback.map(|id| CallbackId(id.as_u32())),
        cancellable: options.cancellable,
    })
}

fn world(wit: Option<&WitWorld>, types: Vec<NamedType>) -> World {
    World {
        name: wit.map(WitWorld::name),
        docs: wit.and_then(|wit| types::docs(&wit.resolve.worlds[wit.id].docs)),
        types,
    }
}

fn needs(plan: &Plan) -> Needs {
    let mut needs = Needs {
        resources: plan.resource_tables.iter().any(Option::is_some),
        streams: !plan.stream_tables.is_empty(),
        futures: !plan.future_tables.is_empty(),
        error_contexts: !plan.error_context_tables.is_empty(),
        tasks: plan.options.iter().any(|options| options.async_)
            || plan.functions.iter().any(|function| function.async_),
        adapters: plan.modules.iter().any(|module| module.origin == ModuleOrigin::Adapter),
        suspension: !plan.stacks.is_empty()
            || plan.lifts.iter().any(|lift| lift.mode == crate::Mode::Suspend),
        transcoders: false,
    };
    for trampoline in &plan.trampolines {
        match &trampoline.op {
            Op::Transcode { .. } => needs.transcoders = true,
            op if op.is_task() => needs.tasks = true,
            _ => {}
        }
    }
    needs.tasks |= needs.streams || needs.futures;
    needs.tasks |= plan.definitions().any(|def| matches!(def, crate::CoreDef::Context { .. }));
    needs
}
