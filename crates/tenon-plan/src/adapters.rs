//! Takes all memories but one out of the modules that Tenon made: see [`crate::single_memory`].

use crate::single_memory::{Added, MODULE, rewrite};
use crate::{
    Argument, Blob, CoreDef, CoreImport, CoreKind, MemoryId, Module, ModuleOrigin, Op, Plan, Step,
    Trampoline, TrampolineId,
};

/// Rewrites the adapters of a plan, so that each has one memory.
pub(crate) fn single_memory(plan: &mut Plan) {
    let mut memories = Memories::new(&plan.steps);
    let mut steps = Vec::new();
    for mut step in std::mem::take(&mut plan.steps) {
        if let Step::Instantiate { module, args, .. } = &mut step {
            let module = &mut plan.modules[module.index()];
            if module.origin == ModuleOrigin::Adapter
                && let Some((bytes, added)) = rewrite(&module.bytes)
            {
                let numbers: Vec<CoreDef> =
                    args.iter().filter(|arg| is_memory(&arg.def)).map(|arg| arg.def.clone()).collect();
                let numbers: Vec<MemoryId> =
                    numbers.into_iter().map(|def| memories.id(def, &mut steps)).collect();
                keep_first(args, |arg| is_memory(&arg.def));
                for added in &added {
                    let trampoline = TrampolineId::from(plan.trampolines.len());
                    let op = operation(*added, &numbers);
                    plan.trampolines.push(Trampoline { core: added.signature(), op });
                    let def = CoreDef::Trampoline { trampoline };
                    args.push(Argument { module: MODULE.to_string(), name: added.name(), def });
                }
                outside(module, bytes, &added);
            }
        }
        if let Step::Memory { id, def } = &step {
            memories.known.push((def.clone(), *id));
        }
        steps.push(step);
    }
    plan.steps = steps;
}

/// The memories that steps have remembered so far.
struct Memories {
    known: Vec<(CoreDef, MemoryId)>,
    next: u32,
}

impl Memories {
    fn new(steps: &[Step]) -> Memories {
        let ids = steps.iter().filter_map(|step| match step {
            Step::Memory { id, .. } => Some(id.0 + 1),
            _ => None,
        });
        Memories { known: Vec::new(), next: ids.max().unwrap_or_default() }
    }

    /// The memory's number; a step remembers it if none has yet.
    fn id(&mut self, def: CoreDef, steps: &mut Vec<Step>) -> MemoryId {
        if let Some((_, id)) = self.known.iter().find(|(known, _)| *known == def) {
            return *id;
        }
        let id = MemoryId(self.next);
        self.next += 1;
        self.known.push((def.clone(), id));
        steps.push(Step::Memory { id, def });
        id
    }
}

fn is_memory(def: &CoreDef) -> bool {
    matches!(def, CoreDef::Export { kind: CoreKind::Memory, .. })
}

/// Keeps the first of those that fit, and all others.
fn keep_first<T>(list: &mut Vec<T>, fits: impl Fn(&T) -> bool) {
    let mut seen = false;
    list.retain(|item| {
        let keep = !fits(item) || !seen;
        seen |= fits(item);
        keep
    });
}

fn operation(added: Added, memories: &[MemoryId]) -> Op {
    let memory = |index: u32| memories[index as usize];
    match added {
        Added::Access(index, access) => Op::MemoryAccess { memory: memory(index), access },
        Added::Copy(from, to) => Op::MemoryCopy { from: memory(from), to: memory(to) },
    }
}

/// What is to be seen of the module from outside.
fn outside(module: &mut Module, bytes: Vec<u8>, added: &[Added]) {
    module.bytes = Blob(bytes);
    module.features.retain(|feature| feature != "multi-memory");
    keep_first(&mut module.imports, |import| import.kind == CoreKind::Memory);
    module.imports.extend(added.iter().map(|added| CoreImport {
        module: MODULE.to_string(),
        name: added.name(),
        kind: CoreKind::Function,
    }));
}
