//! What functions, methods and their parameters are called.

use std::collections::{BTreeMap, HashMap, HashSet};

use wit_parser::{Function, FunctionKind, TypeId};

use super::imports::STD;
use super::types::Names;
use crate::facts::{Side, Unit};
use crate::names::{Scope, exported, lower_first, unexported};

/// One function or method.
#[derive(Clone, Debug)]
pub(crate) struct GoFunction {
    pub(crate) name: String,
    /// What it belongs to: the resource of a method, a constructor or a static function.
    pub(crate) resource: Option<TypeId>,
    /// It is called on a value.
    pub(crate) method: bool,
    /// What a method calls that value, and the other parameters, in order.
    pub(crate) params: Vec<String>,
    /// What the context is called, if there is one.
    pub(crate) ctx: Option<String>,
    /// Which local names are left.
    pub(crate) locals: Scope,
    /// What its raw import or export is called, without a verb: `FieldsFromList`.
    pub(crate) raw: String,
}

/// Names the functions of `unit`.
pub(super) fn declare(unit: &Unit, names: &mut Names, imports: &BTreeMap<String, String>) -> Vec<GoFunction> {
    let constructed: HashSet<TypeId> = unit
        .functions
        .iter()
        .filter_map(|f| matches!(f.kind, FunctionKind::Constructor(_)).then(|| f.kind.resource()).flatten())
        .collect();
    let mut methods: HashMap<TypeId, Scope> = HashMap::new();
    let mut raws = Scope::default();
    // What is exported are methods of the interface to implement, and not functions of the package.
    let mut face = Scope::default();
    let scope = if unit.side == Side::Export { &mut face } else { &mut names.scope };
    let types = &names.types;
    let mut declare_one = |function: &Function| {
        let resource = function.kind.resource();
        let owner = resource.and_then(|id| types.get(&id)).map(|ty| ty.name.clone()).unwrap_or_default();
        let wit = function.item_name();
        let method = matches!(function.kind, FunctionKind::Method(_) | FunctionKind::AsyncMethod(_));
        let name = match (&function.kind, resource) {
            (FunctionKind::Constructor(_), _) => scope.declare(&format!("New{owner}"), "Constructor"),
            // A static `new` is what Go calls a constructor.
            (FunctionKind::Static(id) | FunctionKind::AsyncStatic(id), _)
                if wit == "new" && !constructed.contains(id) =>
            {
                scope.declare(&format!("New{owner}"), "Constructor")
            }
            (_, Some(id)) if method => {
                methods.entry(id).or_insert_with(|| Scope::with(["Close"])).declare(&exported(wit), "Method")
            }
            (_, Some(_)) => scope.declare(&format!("{owner}{}", exported(wit)), "Static"),
            (_, None) => scope.declare(&exported(wit), "Func"),
        };
        let raw = if method { format!("{owner}{name}") } else { name.clone() };
        let raw = raws.declare(&raw, "");
        let mut locals = Scope::with(STD.iter().map(|(name, _)| *name));
        imports.values().for_each(|name| drop(locals.declare(name, "")));
        let ctx = function.kind.is_async().then(|| locals.declare("ctx", ""));
        let params = function.params.iter().enumerate().map(|(index, param)| {
            if method && index == 0 && unit.side == Side::Import {
                return locals.local(&lower_first(&owner)[..1]);
            }
            locals.local(&unexported(&param.name))
        });
        let params = params.collect();
        GoFunction { name, resource, method, params, ctx, locals, raw }
    };
    // Constructors come first: whatever else is there, `NewFoo` makes a `Foo`.
    let mut declared: Vec<Option<GoFunction>> = vec![None; unit.functions.len()];
    let constructs = |f: &Function| matches!(f.kind, FunctionKind::Constructor(_));
    for pass in [true, false] {
        for (slot, function) in declared.iter_mut().zip(&unit.functions) {
            if constructs(function) == pass {
                *slot = Some(declare_one(function));
            }
        }
    }
    declared.into_iter().flatten().collect()
}
