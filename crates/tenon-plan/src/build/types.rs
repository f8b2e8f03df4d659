//! wasmtime-environ's types, which have layouts, beside WIT's, which have names and docs.

use std::collections::{HashMap, HashSet};

use tenon_abi::dealias;
use tenon_wit::World;
use wasmtime_environ::component::{
    CanonicalAbiInfo, ComponentTypesBuilder, FlatType, InterfaceType, TypeResourceTable,
    TypeResourceTableIndex,
};
use wit_parser::{Docs, Resolve, TypeDefKind, TypeOwner};

use crate::{
    Case, Core, ErrorContextTableId, Field, FutureTableId, InterfaceId, Item, Kind, Label, Layout, Origin,
    Resource, ResourceId, ResourceTableId, Side, StreamTableId, Type, TypeId, TypeName,
};

/// The docs of something, without the space around them.
pub(super) fn docs(docs: &Docs) -> Option<String> {
    let text = docs.contents.as_deref()?.trim();
    (!text.is_empty()).then(|| text.to_string())
}

type Wit = Option<wit_parser::Type>;

/// All types of a plan, each once.
pub(super) struct Types<'a> {
    pub(super) env: &'a ComponentTypesBuilder,
    pub(super) wit: Option<&'a World>,
    pub(super) list: Vec<Type>,
    pub(super) resources: Vec<Resource>,
    /// The interfaces that WIT knows.
    /// A world may have one interface several times, by names of its own.
    pub(super) interfaces: HashMap<(Side, wit_parser::InterfaceId), Vec<InterfaceId>>,
    /// The types that interfaces have in the binary: those that are used.
    pub(super) present: HashSet<(InterfaceId, String)>,
    /// Names of types where WIT says none: by their shape, which is all that there is.
    pub(super) names: HashMap<InterfaceType, TypeName>,
    ids: HashMap<Type, TypeId>,
    known: HashMap<(InterfaceType, Wit, Side), TypeId>,
    /// Resources that stand in types only.
    loose: HashMap<TypeResourceTableIndex, ResourceId>,
}

impl<'a> Types<'a> {
    pub(super) fn new(
        env: &'a ComponentTypesBuilder,
        wit: Option<&'a World>,
        resources: Vec<Resource>,
    ) -> Types<'a> {
        Types {
            env,
            wit,
            list: Vec::new(),
            resources,
            interfaces: HashMap::new(),
            present: HashSet::new(),
            names: HashMap::new(),
            ids: HashMap::new(),
            known: HashMap::new(),
            loose: HashMap::new(),
        }
    }

    /// The type `ty`, which WIT calls `wit`, as something on `side` has it.
    pub(super) fn value(&mut self, ty: InterfaceType, wit: Wit, side: Side) -> TypeId {
        let wit = wit.map(|wit| self.seen_through(wit));
        let key = (ty, wit, side);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let kind = self.kind(ty, wit, side);
        let (name, docs) = self.named(ty, wit, side);
        let flat = self.env.flat_types(&ty).map(|flat| flat.memory32.iter().map(core).collect());
        let new = Type { name, docs, kind, layout: layout(self.env.canonical_abi(&ty)), flat };
        let id = *self.ids.entry(new).or_insert_with_key(|new| {
            let id = TypeId::from(self.list.len());
            self.list.push(new.clone());
            id
        });
        self.known.insert(key, id);
        id
    }

    /// Several at once.
    pub(super) fn optional(&mut self, ty: Option<InterfaceType>, wit: Wit, side: Side) -> Option<TypeId> {
        ty.map(|ty| self.value(ty, wit, side))
    }

    /// How many core values stand for `ty`, unless they are more than [`crate::MAX_FLAT`].
    pub(super) fn flat_count(&self, ty: &InterfaceType) -> Option<usize> {
        self.env.flat_types(ty).map(|flat| flat.memory32.len())
    }

    /// The resource of a table.
    pub(super) fn resource(&mut self, table: TypeResourceTableIndex) -> ResourceId {
        match &self.env[table] {
            TypeResourceTable::Concrete { ty, .. } => ResourceId(ty.as_u32()),
            TypeResourceTable::Abstract(_) => *self.loose.entry(table).or_insert_with(|| {
                let id = ResourceId::from(self.resources.len());
                self.resources.push(Resource { name: None, docs: None, origin: Origin::Unused });
                id
            }),
        }
    }

    fn resolve(&self) -> Option<&'a Resolve> {
        self.wit.map(|world| &world.resolve)
    }

    fn seen_through(&self, wit: wit_parser::Type) -> wit_parser::Type {
        self.resolve().map_or(wit, |resolve| dealias(resolve, wit))
    }

    fn named(&self, ty: InterfaceType, wit: Wit, side: Side) -> (Option<TypeName>, Option<String>) {
        let (Some(resolve), Some(wit)) = (self.resolve(), wit) else {
            return (self.names.get(&ty).cloned(), None);
        };
        let wit_parser::Type::Id(id) = wit else { return (None, None) };
        let def = &resolve.types[id];
        let Some(name) = def.name.clone() else { return (None, None) };
        let interface = match def.owner {
            TypeOwner::Interface(owner) => self.interface(owner, side, &name),
            _ => None,
        };
        (Some(TypeName { interface, name }), docs(&def.docs))
    }

    /// The interface that has a type, on the side that uses it if it is there, else on the other.
    fn interface(&self, id: wit_parser::InterfaceId, side: Side, name: &str) -> Option<InterfaceId> {
        let other = match side {
            Side::Import => Side::Export,
            Side::Export => Side::Import,
        };
        let all = || [side, other].into_iter().filter_map(|side| self.interfaces.get(&(side, id))).flatten();
        let present = all().find(|id| self.present.contains(&(**id, name.to_string())));
        present.or_else(|| all().next()).copied()
    }

    fn wit_kind(&self, wit: Wit) -> Option<&'a TypeDefKind> {
        match (self.resolve()?, wit?) {
            (resolve, wit_parser::Type::Id(id)) => Some(&resolve.types[id].kind),
            _ => None,
        }
    }

    fn kind(&mut self, ty: InterfaceType, wit: Wit, side: Side) -> Kind {
        let env = self.env;
        match ty {
            InterfaceType::Bool => Kind::Bool,
            InterfaceType::S8 => Kind::S8,
            InterfaceType::U8 => Kind::U8,
            InterfaceType::S16 => Kind::S16,
            InterfaceType::U16 => Kind::U16,
            InterfaceType::S32 => Kind::S32,
            InterfaceType::U32 => Kind::U32,
            InterfaceType::S64 => Kind::S64,
            InterfaceType::U64 => Kind::U64,
            InterfaceType::Float32 => Kind::F32,
            InterfaceType::Float64 => Kind::F64,
            InterfaceType::Char => Kind::Char,
            InterfaceType::String => Kind::String,
            InterfaceType::Own(table) => {
                Kind::Own { resource: self.resource(table), table: self.handles(table) }
            }
            InterfaceType::Borrow(table) => {
                Kind::Borrow { resource: self.resource(table), table: self.handles(table) }
            }
            InterfaceType::ErrorContext(table) => {
                Kind::ErrorContext { table: Some(ErrorContextTableId(table.as_u32())) }
            }
            InterfaceType::Stream(table) => {
                let payload = env[env[table].ty].payload;
                let inner = match self.wit_kind(wit) {
                    Some(TypeDefKind::Stream(inner)) => *inner,
                    _ => None,
                };
                let payload = self.optional(payload, inner, side);
                Kind::Stream { payload, table: Some(StreamTableId(table.as_u32())) }
            }
            InterfaceType::Future(table) => {
                let payload = env[env[table].ty].payload;
                let inner = match self.wit_kind(wit) {
                    Some(TypeDefKind::Future(inner)) => *inner,
                    _ => None,
                };
                let payload = self.optional(payload, inner, side);
                Kind::Future { payload, table: Some(FutureTableId(table.as_u32())) }
            }
            _ => self.compound(ty, wit, side),
        }
    }

    fn handles(&self, table: TypeResourceTableIndex) -> Option<ResourceTableId> {
        match &self.env[table] {
            TypeResourceTable::Concrete { .. } => Some(ResourceTableId(table.as_u32())),
            TypeResourceTable::Abstract(_) => None,
        }
    }

    fn compound(&mut self, ty: InterfaceType, wit: Wit, side: Side) -> Kind {
        match ty {
            InterfaceType::List(_) | InterfaceType::FixedLengthList(_) | InterfaceType::Map(_) => {
                self.collection(ty, wit, side)
            }
            InterfaceType::Record(_) | InterfaceType::Tuple(_) | InterfaceType::Flags(_) => {
                self.product(ty, wit, side)
            }
            _ => self.sum(ty, wit, side),
        }
    }

    fn collection(&mut self, ty: InterfaceType, wit: Wit, side: Side) -> Kind {
        let env = self.env;
        let wit = self.wit_kind(wit);
        match ty {
            InterfaceType::FixedLengthList(index) => {
                let list = &env[index];
                let inner = match wit {
                    Some(TypeDefKind::FixedLengthList(inner, _)) => Some(*inner),
                    _ => None,
                };
                Kind::FixedList { element: self.value(list.element, inner, side), length: list.size }
            }
            InterfaceType::Map(index) => {
                let map = &env[index];
                let (key, value) = match wit {
                    Some(TypeDefKind::Map(key, value)) => (Some(*key), Some(*value)),
                    _ => (None, None),
                };
                Kind::Map {
                    key: self.value(map.key, key, side),
                    value: self.value(map.value, value, side),
                    value_offset: map.value_offset32,
                    entry: layout(&map.entry_abi),
                }
            }
            InterfaceType::List(index) => {
                let inner = match wit {
                    Some(TypeDefKind::List(inner)) => Some(*inner),
                    _ => None,
                };
                Kind::List { element: self.value(env[index].element, inner, side) }
            }
            _ => unreachable!("only called for lists and maps"),
        }
    }

    fn product(&mut self, ty: InterfaceType, wit: Wit, side: Side) -> Kind {
        let env = self.env;
        let wit = self.wit_kind(wit);
        match ty {
            InterfaceType::Record(index) => {
                let known = match wit {
                    Some(TypeDefKind::Record(record)) => record.fields.as_slice(),
                    _ => &[],
                };
                let mut end = 0;
                let mut fields = Vec::new();
                for (i, field) in env[index].fields.iter().enumerate() {
                    let known = known.get(i).filter(|known| known.name == field.name);
                    fields.push(Field {
                        name: field.name.clone(),
                        docs: known.and_then(|known| docs(&known.docs)),
                        ty: self.value(field.ty, known.map(|known| known.ty), side),
                        offset: env.canonical_abi(&field.ty).next_field32(&mut end),
                    });
                }
                Kind::Record { fields }
            }
            InterfaceType::Tuple(index) => {
                let known = match wit {
                    Some(TypeDefKind::Tuple(tuple)) => tuple.types.as_slice(),
                    _ => &[],
                };
                let mut end = 0;
                let mut items = Vec::new();
                for (i, item) in env[index].types.iter().enumerate() {
                    let offset = env.canonical_abi(item).next_field32(&mut end);
                    items.push(Item { ty: self.value(*item, known.get(i).copied(), side), offset });
                }
                Kind::Tuple { items }
            }
            InterfaceType::Flags(index) => {
                let known: Vec<(&str, &Docs)> = match wit {
                    Some(TypeDefKind::Flags(flags)) => {
                        flags.flags.iter().map(|flag| (flag.name.as_str(), &flag.docs)).collect()
                    }
                    _ => Vec::new(),
                };
                Kind::Flags { labels: labels(env[index].names.iter(), &known) }
            }
            _ => unreachable!("only called for products"),
        }
    }

    fn sum(&mut self, ty: InterfaceType, wit: Wit, side: Side) -> Kind {
        let env = self.env;
        let wit = self.wit_kind(wit);
        match ty {
            InterfaceType::Enum(index) => {
                let known: Vec<(&str, &Docs)> = match wit {
                    Some(TypeDefKind::Enum(e)) => {
                        e.cases.iter().map(|case| (case.name.as_str(), &case.docs)).collect()
                    }
                    _ => Vec::new(),
                };
                let ty = &env[index];
                Kind::Enum { labels: labels(ty.names.iter(), &known), discriminant: u32::from(ty.info.size) }
            }
            InterfaceType::Variant(index) => {
                let known = match wit {
                    Some(TypeDefKind::Variant(variant)) => variant.cases.as_slice(),
                    _ => &[],
                };
                let ty = &env[index];
                let mut cases = Vec::new();
                for (i, (name, payload)) in ty.cases.iter().enumerate() {
                    let known = known.get(i).filter(|known| known.name == *name);
                    cases.push(Case {
                        name: name.clone(),
                        docs: known.and_then(|known| docs(&known.docs)),
                        ty: self.optional(*payload, known.and_then(|known| known.ty), side),
                    });
                }
                let discriminant = u32::from(ty.info.size);
                Kind::Variant { cases, discriminant, payload: ty.info.payload_offset32 }
            }
            InterfaceType::Option(index) => {
                let inner = match wit {
                    Some(TypeDefKind::Option(inner)) => Some(*inner),
                    _ => None,
                };
                let ty = &env[index];
                Kind::Option { some: self.value(ty.ty, inner, side), payload: ty.info.payload_offset32 }
            }
            InterfaceType::Result(index) => {
                let (ok, err) = match wit {
                    Some(TypeDefKind::Result(result)) => (result.ok, result.err),
                    _ => (None, None),
                };
                let ty = &env[index];
                Kind::Result {
                    ok: self.optional(ty.ok, ok, side),
                    err: self.optional(ty.err, err, side),
                    payload: ty.info.payload_offset32,
                }
            }
            _ => unreachable!("only called for sums"),
        }
    }
}

fn labels<'s>(names: impl Iterator<Item = &'s String>, known: &[(&str, &Docs)]) -> Vec<Label> {
    let label = |(i, name): (usize, &String)| {
        let known = known.get(i).filter(|(known, _)| known == name);
        Label { name: name.clone(), docs: known.and_then(|(_, text)| docs(text)) }
    };
    names.enumerate().map(label).collect()
}

/// The layout in a memory with 32-bit addresses.
pub(super) fn layout(abi: &CanonicalAbiInfo) -> Layout {
    Layout { size: abi.size32, align: abi.align32 }
}

fn core(flat: &FlatType) -> Core {
    match flat {
        FlatType::I32 => Core::I32,
        FlatType::I64 => Core::I64,
        FlatType::F32 => Core::F32,
        FlatType::F64 => Core::F64,
    }
}
