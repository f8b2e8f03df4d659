//! Which lifted functions may have to suspend the wasm stack, and why.

use std::collections::BTreeSet;

use crate::{
    Blocking, Certainty, CoreDef, CoreInstanceId, CoreKind, EndCall, Mode, Op, Options, Plan, Step,
    TrampolineId,
};

/// Decides the mode of each lift.
pub(super) fn decide(plan: &mut Plan) {
    let reach = Reach::new(plan);
    for index in 0..plan.lifts.len() {
        let lift = &plan.lifts[index];
        let options = &plan.options[lift.options.index()];
        // A task of a function that is synchronous in WIT may not block: what would block it traps.
        if !plan.functions[lift.function.index()].async_ {
            continue;
        }
        let callback = options.callback.is_some();
        let mut blocking: Vec<Blocking> =
            reach.trampolines(&lift.core).into_iter().filter_map(|id| reason(plan, id)).collect();
        blocking.sort_by_key(|why| (why.certainty, why.trampoline));
        let mode = match blocking.first() {
            Some(first) if first.certainty == Certainty::Often => Mode::Suspend,
            _ if callback => Mode::Callback,
            _ => Mode::Sync,
        };
        let lift = &mut plan.lifts[index];
        lift.mode = mode;
        lift.blocking = if mode == Mode::Sync { Vec::new() } else { blocking };
    }
}

/// Why a trampoline may block its caller.
fn reason(plan: &Plan, id: TrampolineId) -> Option<Blocking> {
    let blocks = |options: &Options| !options.async_;
    let (what, certainty) = match &plan.trampolines[id.index()].op {
        Op::LowerImport { import, function, options, .. } => {
            let waits = plan.functions[function.index()].async_ && blocks(&plan.options[options.index()]);
            let path = plan.imports[import.index()].path.join("#");
            (
                waits.then(|| format!("the asynchronous import {path}, which is called synchronously"))?,
                Certainty::Often,
            )
        }
        Op::WaitableSetWait { .. } => {
            ("the built-in waitable-set.wait, which waits for an event".to_string(), Certainty::Often)
        }
        Op::ThreadYield { .. } => {
            ("the built-in thread.yield, which lets others run".to_string(), Certainty::Often)
        }
        Op::SyncStartCall { .. } => (
            "an asynchronous function of an inner component, which another calls synchronously".to_string(),
            Certainty::Often,
        ),
        Op::SubtaskCancel { async_: false, .. } => {
            ("the built-in subtask.cancel".to_string(), Certainty::Rarely)
        }
        Op::Stream { call, .. } => end("stream", plan, *call)?,
        Op::Future { call, .. } => end("future", plan, *call)?,
        _ => return None,
    };
    Some(Blocking { what, trampoline: Some(id), certainty })
}

fn end(what: &str, plan: &Plan, call: EndCall) -> Option<(String, Certainty)> {
    let blocks = |options: crate::OptionsId| !plan.options[options.index()].async_;
    match call {
        EndCall::Read { options } if blocks(options) => {
            Some((format!("the synchronous built-in {what}.read"), Certainty::Often))
        }
        EndCall::Write { options } if blocks(options) => {
            Some((format!("the synchronous built-in {what}.write"), Certainty::Often))
        }
        EndCall::CancelRead { async_: false } => {
            Some((format!("the built-in {what}.cancel-read"), Certainty::Rarely))
        }
        EndCall::CancelWrite { async_: false } => {
            Some((format!("the built-in {what}.cancel-write"), Certainty::Rarely))
        }
        _ => None,
    }
}

/// What core instances can call.
struct Reach {
    /// For each core instance, those whose functions it may call.
    calls: Vec<BTreeSet<CoreInstanceId>>,
    /// For each core instance, the trampolines that it imports.
    imports: Vec<BTreeSet<TrampolineId>>,
}

impl Reach {
    fn new(plan: &Plan) -> Reach {
        let mut reach = Reach { calls: Vec::new(), imports: Vec::new() };
        for step in &plan.steps {
            let (Step::Instantiate { instance, args, .. } | Step::InstantiateImport { instance, args, .. }) =
                step
            else {
                continue;
            };
            reach.calls.push(BTreeSet::new());
            reach.imports.push(BTreeSet::new());
            for arg in args {
                reach.argument(*instance, &arg.def);
            }
        }
        reach
    }

    fn argument(&mut self, user: CoreInstanceId, def: &CoreDef) {
        match def {
            CoreDef::Trampoline { trampoline } => {
                self.imports[user.index()].insert(*trampoline);
            }
            CoreDef::Export { instance, kind, .. } => {
                self.calls[user.index()].insert(*instance);
                // Whoever shares a table may put its own functions there, for the others to call.
                if *kind == CoreKind::Table {
                    self.calls[instance.index()].insert(user);
                }
            }
            _ => {}
        }
    }

    fn trampolines(&self, from: &CoreDef) -> BTreeSet<TrampolineId> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut todo = Vec::new();
        match from {
            CoreDef::Export { instance, .. } => todo.push(*instance),
            CoreDef::Trampoline { trampoline } => {
                found.insert(*trampoline);
            }
            _ => {}
        }
        while let Some(instance) = todo.pop() {
            if seen.insert(instance) {
                found.extend(&self.imports[instance.index()]);
                todo.extend(&self.calls[instance.index()]);
            }
        }
        found
    }
}
