//! Stage one: what the WIT says, with one [`Unit`] for each Go package to be.

mod check;
mod errors;
mod impossible;

use std::collections::{HashMap, HashSet};

use tenon_abi::{Layouts, dealias, dealias_id};
use tenon_wit::{Diagnostics, World};
use wit_parser::{
    Function, Handle, InterfaceId, PackageId, PackageName, Resolve, Type, TypeDefKind, TypeId, WorldItem,
    WorldKey,
};

/// The longest tuple that the runtime has a type for.
pub(crate) const MAX_TUPLE: usize = 16;

/// Whether the component calls or implements something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    Import,
    Export,
}

/// An interface on one side of the world, or the world's own functions and types on that side.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) side: Side,
    /// Nothing for the world's own items.
    pub(crate) key: Option<WorldKey>,
    /// `wasi:http/types@0.3.0`, or the name of the world.
    pub(crate) wit: String,
    /// `types`.
    pub(crate) name: String,
    /// The WIT package whose path the Go package has; nothing when it is placed below the world.
    pub(crate) package: Option<PackageId>,
    pub(crate) docs: Option<String>,
    /// What it declares, without what it only uses.
    pub(crate) types: Vec<TypeId>,
    pub(crate) functions: Vec<Function>,
    /// On the export side, the same interface on the import side.
    pub(crate) twin: Option<usize>,
}

/// The whole world.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) resolve: Resolve,
    /// The world's name.
    pub(crate) world: String,
    pub(crate) units: Vec<Unit>,
    /// Which unit declares a named type.
    pub(crate) owner: HashMap<TypeId, usize>,
    /// The named types that their own package uses as errors.
    errors: HashSet<TypeId>,
}

impl Facts {
    /// What `world` says, or why Go cannot say it.
    pub(crate) fn new(world: &World) -> Result<Facts, Diagnostics> {
        let mut errors = Diagnostics::new();
        let mut resolve = world.resolve.clone();
        let error_names = errors::names(&resolve);
        if let Err(error) = resolve.merge_world_imports_based_on_semver(world.id) {
            errors.push(check::versions(world, &resolve.render_error(&error)));
            // What else is wrong is worth knowing, too.
            resolve = world.resolve.clone();
        }
        resolve.generate_nominal_type_ids(world.id);

        let mut facts = Facts {
            world: resolve.worlds[world.id].name.clone(),
            units: units(&resolve, world),
            owner: HashMap::new(),
            errors: HashSet::new(),
            resolve,
        };
        for (index, unit) in facts.units.iter().enumerate() {
            for id in &unit.types {
                facts.owner.insert(*id, index);
                if error_names.contains(&errors::Name::of(&facts.resolve, *id)) {
                    facts.errors.insert(*id);
                }
            }
        }
        check::all(&facts, world, &mut errors);
        errors.with_files(world.files.iter()).into_result()?;
        Ok(facts)
    }

    /// Layouts of its types.
    pub(crate) fn layouts(&self) -> Layouts<'_> {
        Layouts::new(&self.resolve)
    }

    /// `ty` with aliases seen through.
    pub(crate) fn dealias(&self, ty: Type) -> Type {
        dealias(&self.resolve, ty)
    }

    /// What `ty` is made of, unless it is a primitive.
    pub(crate) fn kind(&self, ty: Type) -> Option<&TypeDefKind> {
        match self.dealias(ty) {
            Type::Id(id) => Some(&self.resolve.types[id].kind),
            _ => None,
        }
    }

    /// The resource behind a handle's type.
    pub(crate) fn resource(&self, id: TypeId) -> TypeId {
        dealias_id(&self.resolve, id)
    }

    /// Whether the component implements `resource` itself.
    pub(crate) fn is_exported(&self, resource: TypeId) -> bool {
        self.owner.get(&resource).is_some_and(|unit| self.units[*unit].side == Side::Export)
    }

    /// Whether `ty` implements `error`: a named type that is used as one, or an error-context.
    pub(crate) fn is_error(&self, ty: Type) -> bool {
        match self.dealias(ty) {
            Type::Id(id) => self.errors.contains(&id),
            ty => ty == Type::ErrorContext,
        }
    }

    /// The function's result as Go spreads it.
    pub(crate) fn returns(&self, function: &Function) -> Returns {
        let mut returns = Returns { is_async: function.kind.is_async(), ..Returns::default() };
        let mut ty = function.result;
        if let Some(TypeDefKind::Result(r)) = ty.and_then(|ty| self.kind(ty)) {
            returns.fails = Some(r.err);
            ty = r.ok;
        }
        returns.ok = ty;
        if let Some(TypeDefKind::Option(payload)) = ty.and_then(|ty| self.kind(ty)) {
            returns.option = true;
            ty = Some(*payload);
        }
        returns.value = ty;
        match ty.and_then(|ty| self.kind(ty)) {
            Some(TypeDefKind::Tuple(tuple)) => {
                returns.tuple = true;
                returns.values = tuple.types.clone();
            }
            _ => returns.values = ty.into_iter().collect(),
        }
        returns
    }

    /// Whether a value of type `ty` holds what `what` says, at any depth, not looking behind handles.
    pub(crate) fn contains(&self, ty: Type, what: &dyn Fn(&TypeDefKind) -> bool) -> bool {
        let Some(kind) = self.kind(ty) else { return false };
        what(kind) || children(kind).into_iter().any(|ty| self.contains(ty, what))
    }

    /// Whether lifting `ty` makes borrows that end with the call.
    pub(crate) fn borrows(&self, ty: Type) -> bool {
        self.contains(
            ty,
            &|kind| matches!(kind, TypeDefKind::Handle(Handle::Borrow(id)) if !self.is_exported(self.resource(*id))),
        )
    }

    /// Whether a value of type `ty` holds a string that is not in a list of its own.
    pub(crate) fn holds_strings(&self, ty: Type) -> bool {
        match self.kind(ty) {
            None => self.dealias(ty) == Type::String,
            Some(TypeDefKind::List(_) | TypeDefKind::Map(..)) => false,
            Some(TypeDefKind::Handle(_) | TypeDefKind::Stream(_) | TypeDefKind::Future(_)) => false,
            Some(kind) => children(kind).into_iter().any(|ty| self.holds_strings(ty)),
        }
    }

    /// Whether values of `ty` hold a resource, so that it differs between the sides of the world.
    pub(crate) fn has_resource(&self, ty: Type) -> bool {
        self.contains(ty, &|kind| matches!(kind, TypeDefKind::Handle(_) | TypeDefKind::Resource))
    }
}

/// The types directly in `kind`.
pub(crate) fn children(kind: &TypeDefKind) -> Vec<Type> {
    match kind {
        TypeDefKind::Record(r) => r.fields.iter().map(|f| f.ty).collect(),
        TypeDefKind::Tuple(t) => t.types.clone(),
        TypeDefKind::Variant(v) => v.cases.iter().filter_map(|c| c.ty).collect(),
        TypeDefKind::Option(t)
        | TypeDefKind::List(t)
        | TypeDefKind::FixedLengthList(t, _)
        | TypeDefKind::Type(t) => {
            vec![*t]
        }
        TypeDefKind::Map(k, v) => vec![*k, *v],
        TypeDefKind::Result(r) => r.ok.into_iter().chain(r.err).collect(),
        TypeDefKind::Future(t) | TypeDefKind::Stream(t) => t.iter().copied().collect(),
        _ => Vec::new(),
    }
}

/// A result in Go's terms: `(A, B, bool, error)`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Returns {
    pub(crate) is_async: bool,
    /// It is a `result`, with this type of error.
    pub(crate) fails: Option<Option<Type>>,
    /// What is left when the `result` is taken off.
    pub(crate) ok: Option<Type>,
    /// That is an `option`.
    pub(crate) option: bool,
    /// What is left when the `option` is taken off.
    pub(crate) value: Option<Type>,
    /// That is a tuple.
    pub(crate) tuple: bool,
    /// The Go results, without the `bool` and the `error`.
    pub(crate) values: Vec<Type>,
}

impl Returns {
    /// Whether the last Go result is an error.
    pub(crate) fn has_error(&self) -> bool {
        self.is_async || self.fails.is_some()
    }
}

fn units(resolve: &Resolve, world: &World) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut imported: Vec<(usize, InterfaceId)> = Vec::new();
    let w = &resolve.worlds[world.id];
    for (side, items) in [(Side::Import, &w.imports), (Side::Export, &w.exports)] {
        let mut root = Unit {
            side,
            key: None,
            wit: world.name(),
            name: w.name.clone(),
            package: None,
            docs: w.docs.contents.clone(),
            types: Vec::new(),
            functions: Vec::new(),
            twin: None,
        };
        for (key, item) in items {
            match item {
                WorldItem::Interface { id, docs, .. } => {
                    let mut unit = interface(resolve, side, key, *id);
                    unit.docs = unit.docs.or_else(|| docs.contents.clone());
                    match side {
                        Side::Import => imported.push((units.len(), *id)),
                        // A name of the world's own can mean one interface here and another there.
                        Side::Export => {
                            let twin = imported.iter().find(|(index, other)| {
                                units[*index].wit == unit.wit && same_interface(resolve, *other, *id)
                            });
                            unit.twin = twin.map(|(index, _)| *index);
                        }
                    }
                    units.push(unit);
                }
                WorldItem::Function(function) => root.functions.push(function.clone()),
                WorldItem::Type { id, .. } => root.types.extend(declares(resolve, *id).then_some(*id)),
            }
        }
        if !root.functions.is_empty() || !root.types.is_empty() {
            units.push(root);
        }
    }
    units
}

/// Whether two interfaces are one in WIT: each side of a world may have a copy of its own.
fn same_interface(resolve: &Resolve, a: InterfaceId, b: InterfaceId) -> bool {
    let (one, other) = (&resolve.interfaces[a], &resolve.interfaces[b]);
    a == b || one.name.is_some() && (&one.name, one.package) == (&other.name, other.package)
}

fn interface(resolve: &Resolve, side: Side, key: &WorldKey, id: InterfaceId) -> Unit {
    let interface = &resolve.interfaces[id];
    let name = match key {
        WorldKey::Name(name) => name.clone(),
        WorldKey::Interface(_) => interface.name.clone().unwrap_or_default(),
    };
    Unit {
        side,
        key: Some(key.clone()),
        wit: resolve.name_world_key(key),
        name,
        package: interface.package.filter(|_| matches!(key, WorldKey::Interface(_))),
        docs: interface.docs.contents.clone(),
        types: interface.types.values().copied().filter(|id| declares(resolve, *id)).collect(),
        functions: interface.functions.values().cloned().collect(),
        twin: None,
    }
}

/// Whether the type is declared where it is named: not a `use` of another interface's type.
fn declares(resolve: &Resolve, id: TypeId) -> bool {
    let TypeDefKind::Type(Type::Id(target)) = resolve.types[id].kind else { return true };
    resolve.types[target].owner == resolve.types[id].owner
}

/// `0.3` of `0.3.2`: versions on one track stand for each other.
pub(crate) fn track(package: &PackageName) -> Option<String> {
    package.version.as_ref().map(PackageName::version_compat_track_string)
}
