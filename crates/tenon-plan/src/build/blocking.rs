//! Which lifted functions may have to suspend the wasm stack, and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::calls::Calls;
use crate::{
    Blocking, CallbackId, Certainty, Core, CoreDef, CoreSignature, EndCall, Mode, Op, Options, Plan, Stack,
    Step, TrampolineId,
};

/// Decides the mode of each lift.
pub(super) fn decide(plan: &mut Plan) {
    let reasons: BTreeMap<TrampolineId, Blocking> = (0..plan.trampolines.len())
        .map(TrampolineId::from)
        .filter_map(|id| Some((id, reason(plan, id)?)))
        .collect();
    let callbacks: HashMap<CallbackId, CoreDef> = plan.steps.iter().filter_map(callback).collect();
    let reach = Reach::new(plan, reasons.values().any(|why| why.certainty == Certainty::Often));
    let mut decided = Vec::new();
    for lift in &plan.lifts {
        // A task of a function that is synchronous in WIT may not block: what would block it traps.
        if !plan.functions[lift.function.index()].async_ {
            decided.push((Mode::Sync, Vec::new()));
            continue;
        }
        let callback = plan.options[lift.options.index()].callback;
        let entries = [Some(&lift.core), callback.and_then(|id| callbacks.get(&id))];
        let reached = reach.trampolines(entries.into_iter().flatten());
        let mut blocking: Vec<Blocking> = reached.iter().filter_map(|id| reasons.get(id).cloned()).collect();
        blocking.sort_by_key(|why| (why.certainty, why.trampoline));
        decided.push(match blocking.first() {
            Some(first) if first.certainty == Certainty::Often => (Mode::Suspend, blocking),
            _ if callback.is_some() => (Mode::Callback, blocking),
            _ => (Mode::Sync, Vec::new()),
        });
    }
    let stacks = stacks(plan, &reach, &reasons, &callbacks);
    for (lift, (mode, blocking)) in plan.lifts.iter_mut().zip(decided) {
        (lift.mode, lift.blocking) = (mode, blocking);
    }
    plan.stacks = stacks;
}

/// What adapters let the host start, and the callbacks, as far as they reach something that blocks often.
fn stacks(
    plan: &Plan,
    reach: &Reach<'_>,
    reasons: &BTreeMap<TrampolineId, Blocking>,
    callbacks: &HashMap<CallbackId, CoreDef>,
) -> Vec<Stack> {
    let Reach::Functions(calls) = reach else { return Vec::new() };
    let events = CoreSignature { params: vec![Core::I32; 3], results: vec![Core::I32] };
    let mut callbacks: Vec<_> = callbacks.iter().collect();
    callbacks.sort_by_key(|(id, _)| **id);
    let callbacks =
        callbacks.into_iter().map(|(_, core)| Stack { core: core.clone(), signature: events.clone() });
    let mut stacks = calls.given(plan);
    stacks.extend(callbacks);
    let often = |id: &TrampolineId| reasons.get(id).is_some_and(|why| why.certainty == Certainty::Often);
    stacks.retain(|stack| reach.trampolines(std::iter::once(&stack.core)).iter().any(often));
    stacks
}

fn callback(step: &Step) -> Option<(CallbackId, CoreDef)> {
    match step {
        Step::Callback { id, def } => Some((*id, def.clone())),
        _ => None,
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

/// What lifted functions can reach.
enum Reach<'a> {
    /// Function by function.
    Functions(Calls<'a>),
    /// Everything: this is for when nothing blocks often, where modules need not be read.
    All(BTreeSet<TrampolineId>),
}

impl<'a> Reach<'a> {
    fn new(plan: &'a Plan, exact: bool) -> Reach<'a> {
        match exact.then(|| Calls::new(plan)) {
            Some(Ok(calls)) => Reach::Functions(calls),
            _ => Reach::All((0..plan.trampolines.len()).map(TrampolineId::from).collect()),
        }
    }

    fn trampolines<'d>(&self, from: impl Iterator<Item = &'d CoreDef>) -> BTreeSet<TrampolineId> {
        match self {
            Reach::Functions(calls) => calls.trampolines(from),
            Reach::All(all) => all.clone(),
        }
    }
}
