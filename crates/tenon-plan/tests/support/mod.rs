//! What is true of every plan.

use std::collections::BTreeSet;

use tenon_plan::{CoreDef, Function, Op, Passing, Plan, Returning, Signature, Step};
use wasmparser::{Validator, WasmFeatures};

/// Finds what is wrong with a plan, if anything is.
pub(crate) fn check(plan: &Plan) -> Result<(), String> {
    modules(plan)?;
    steps(plan)?;
    for lift in &plan.lifts {
        let function = plan.function(lift.function);
        signature(plan, function, &lift.signature).map_err(|wrong| format!("{}: {wrong}", function.name))?;
    }
    for trampoline in &plan.trampolines {
        if let Op::LowerImport { function, signature: passed, .. } = &trampoline.op {
            if passed.core != trampoline.core {
                return Err("a lowered function has two core types".into());
            }
            let function = plan.function(*function);
            signature(plan, function, passed).map_err(|wrong| format!("{}: {wrong}", function.name))?;
        }
    }
    Ok(())
}

/// A module that is said to need nothing needs nothing.
fn modules(plan: &Plan) -> Result<(), String> {
    for (index, module) in plan.modules.iter().enumerate() {
        if module.features.is_empty() {
            Validator::new_with_features(WasmFeatures::WASM2)
                .validate_all(&module.bytes)
                .map_err(|error| format!("module {index}: {error}"))?;
        }
    }
    Ok(())
}

/// Each thing is made once, and nothing is used before it is there.
fn steps(plan: &Plan) -> Result<(), String> {
    let mut made = BTreeSet::new();
    let mut instances = 0;
    for step in &plan.steps {
        let defs: Vec<&CoreDef> = match step {
            Step::Instantiate { instance, module, args, .. } => {
                let imports = &plan.module(*module).imports;
                if args.len() != imports.len() {
                    return Err(format!("{} arguments for {} imports", args.len(), imports.len()));
                }
                let fits = args.iter().zip(imports).all(|(a, i)| a.module == i.module && a.name == i.name);
                if !fits || instance.0 != instances {
                    return Err("arguments or instances are out of order".into());
                }
                args.iter().map(|arg| &arg.def).collect()
            }
            Step::InstantiateImport { args, .. } => args.iter().map(|arg| &arg.def).collect(),
            Step::Memory { def, .. }
            | Step::Realloc { def, .. }
            | Step::Callback { def, .. }
            | Step::PostReturn { def, .. }
            | Step::Table { def, .. } => vec![def],
            Step::Resource { dtor, .. } => dtor.iter().collect(),
        };
        for def in defs {
            match def {
                CoreDef::Export { instance, .. } if instance.0 >= instances => {
                    return Err(format!("{instance} is used before it is there"));
                }
                CoreDef::Trampoline { trampoline } if trampoline.index() >= plan.trampolines.len() => {
                    return Err(format!("{trampoline} is not there"));
                }
                _ => {}
            }
        }
        match step {
            Step::Instantiate { .. } | Step::InstantiateImport { .. } => instances += 1,
            Step::Memory { id, .. } => once(&mut made, id.to_string())?,
            Step::Realloc { id, .. } => once(&mut made, id.to_string())?,
            Step::Callback { id, .. } => once(&mut made, id.to_string())?,
            Step::PostReturn { id, .. } => once(&mut made, id.to_string())?,
            Step::Table { id, .. } => once(&mut made, id.to_string())?,
            Step::Resource { id, .. } => once(&mut made, id.to_string())?,
        }
    }
    let memories = plan.options.iter().filter_map(|options| options.memory);
    match memories.map(|id| id.to_string()).find(|id| !made.contains(id)) {
        Some(id) => Err(format!("{id} is not made")),
        None => Ok(()),
    }
}

fn once(made: &mut BTreeSet<String>, id: String) -> Result<(), String> {
    if made.insert(id.clone()) { Ok(()) } else { Err(format!("{id} is made twice")) }
}

/// What is passed fits the core function, and what the types say of themselves.
fn signature(plan: &Plan, function: &Function, signature: &Signature) -> Result<(), String> {
    let passed = match &signature.params {
        Passing::Flat { counts } => {
            for (param, count) in function.params.iter().zip(counts) {
                let flat = plan.ty(param.ty).flat.as_ref().map(Vec::len);
                if flat != Some(*count as usize) {
                    return Err(format!("{} is {flat:?} core values and passed as {count}", param.name));
                }
            }
            counts.iter().sum::<u32>() as usize
        }
        Passing::Memory { offsets, layout } => {
            for (param, offset) in function.params.iter().zip(offsets) {
                let ty = plan.ty(param.ty).layout;
                if offset % ty.align != 0 || offset + ty.size > layout.size {
                    return Err(format!("{} does not fit at {offset}", param.name));
                }
            }
            1
        }
    };
    let pointer = usize::from(signature.returning == Returning::Pointer);
    if signature.core.params.len() != passed + pointer {
        return Err(format!("{passed} + {pointer} values for {:?}", signature.core.params));
    }
    Ok(())
}
