//! What all emitters of one package share.

use std::cell::{Cell, OnceCell, RefCell};

use tenon_abi::Layouts;
use wit_parser::{Handle, Type, TypeDefKind, TypeId};

use super::raw::Raw;
use super::words::Links;
use super::writer::CELL;
use crate::Config;
use crate::codec::Helpers;
use crate::facts::{Facts, MAX_TUPLE, Unit};
use crate::plan::{Package, Plan};

/// The context of one package's text: what is known, and which helpers the text has asked for so far.
pub(crate) struct Gen<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) plan: &'a Plan,
    pub(crate) config: &'a Config,
    pub(crate) layouts: &'a Layouts<'a>,
    pub(crate) index: usize,
    /// The text is for another package, of the user's.
    outside: bool,
    /// The text is for the generator's own functions, which know types by what they are and not by aliases.
    pub(crate) bare: Cell<bool>,
    pub(crate) helpers: RefCell<Helpers>,
    pub(crate) raw: RefCell<Raw>,
    /// What docs may speak of.
    pub(super) links: OnceCell<Links>,
}

impl<'a> Gen<'a> {
    pub(crate) fn new(
        facts: &'a Facts,
        plan: &'a Plan,
        config: &'a Config,
        layouts: &'a Layouts<'a>,
        index: usize,
    ) -> Gen<'a> {
        let (helpers, raw, links) = (RefCell::default(), RefCell::default(), OnceCell::new());
        let bare = Cell::new(false);
        Gen { facts, plan, config, layouts, index, outside: false, bare, helpers, raw, links }
    }

    /// The same for text that is about the package and outside it.
    pub(crate) fn outside(self) -> Gen<'a> {
        Gen { outside: true, ..self }
    }

    pub(crate) fn unit(&self) -> &'a Unit {
        &self.facts.units[self.index]
    }

    pub(crate) fn package(&self) -> &'a Package {
        &self.plan.packages[self.index]
    }

    /// `name`, which the package of `unit` declares, as it is written here.
    pub(crate) fn qualify(&self, unit: usize, name: &str) -> String {
        let path = &self.plan.packages[unit].path;
        match self.package().imports.get(path) {
            Some(package) if unit != self.index => format!("{package}.{name}"),
            _ if self.outside => format!("{}.{name}", self.package().name),
            _ => name.to_string(),
        }
    }

    /// A declared type's name, as it is written here.
    pub(crate) fn name(&self, id: TypeId) -> Option<String> {
        let unit = *self.facts.owner.get(&id)?;
        Some(self.qualify(unit, &self.plan.packages[unit].types.get(&id)?.name))
    }

    /// The name of a case, a constant or a field of a declared type.
    pub(crate) fn member(&self, id: TypeId, index: usize) -> String {
        let Some(unit) = self.facts.owner.get(&id) else { return String::new() };
        let members = &self.plan.packages[*unit].types[&id].members;
        match self.facts.resolve.types[id].kind {
            TypeDefKind::Record(_) => members[index].clone(),
            _ => self.qualify(*unit, &members[index]),
        }
    }

    /// `ty` in Go.
    pub(crate) fn ty(&self, ty: Type) -> String {
        match ty {
            Type::Bool => "bool".into(),
            Type::U8 => "uint8".into(),
            Type::U16 => "uint16".into(),
            Type::U32 => "uint32".into(),
            Type::U64 => "uint64".into(),
            Type::S8 => "int8".into(),
            Type::S16 => "int16".into(),
            Type::S32 => "int32".into(),
            Type::S64 => "int64".into(),
            Type::F32 => "float32".into(),
            Type::F64 => "float64".into(),
            Type::Char => "rune".into(),
            Type::String => "string".into(),
            Type::ErrorContext => "*wit.ErrorContext".into(),
            Type::Id(id) => {
                let kind = &self.facts.resolve.types[id].kind;
                match self.name(id) {
                    Some(name) if !self.bare.get() || is_nominal(kind) || is_long(kind) => name,
                    None if is_long(kind) => {
                        let found = self.package().tuples.iter().find(|(tuple, _)| *tuple == id);
                        self.qualify(self.index, found.map_or("", |(_, name)| name))
                    }
                    _ => self.kind(kind),
                }
            }
        }
    }

    /// `ty`, or the empty struct.
    pub(crate) fn unit_or(&self, ty: Option<Type>) -> String {
        ty.map_or_else(|| "struct{}".to_string(), |ty| self.ty(ty))
    }

    /// A type that is not declared, in Go.
    pub(crate) fn kind(&self, kind: &TypeDefKind) -> String {
        match kind {
            TypeDefKind::Type(ty) => self.ty(*ty),
            TypeDefKind::Option(ty) => format!("wit.Option[{}]", self.ty(*ty)),
            TypeDefKind::Result(r) => format!("wit.Result[{}, {}]", self.unit_or(r.ok), self.unit_or(r.err)),
            TypeDefKind::List(ty) if self.is_byte(*ty) => "[]byte".into(),
            TypeDefKind::List(ty) => format!("[]{}", self.ty(*ty)),
            TypeDefKind::FixedLengthList(ty, n) => format!("[{n}]{}", self.ty(*ty)),
            TypeDefKind::Map(k, v) => format!("map[{}]{}", self.ty(*k), self.ty(*v)),
            TypeDefKind::Tuple(t) => self.tuple(&t.types),
            TypeDefKind::Stream(Some(ty)) if self.is_byte(*ty) => "*wit.ByteReader".into(),
            TypeDefKind::Stream(ty) => format!("*wit.StreamReader[{}]", self.unit_or(*ty)),
            TypeDefKind::Future(ty) => format!("*wit.Future[{}]", self.resolved(*ty)),
            TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => self.handle(*id),
            // The rest have names.
            _ => "struct{}".into(),
        }
    }

    fn handle(&self, id: TypeId) -> String {
        let name = self.ty(Type::Id(id));
        if self.facts.is_exported(self.facts.resource(id)) { name } else { format!("*{name}") }
    }

    fn tuple(&self, types: &[Type]) -> String {
        let types: Vec<String> = types.iter().map(|ty| self.ty(*ty)).collect();
        match types.len() {
            0 => "struct{}".to_string(),
            1..=MAX_TUPLE => format!("wit.Tuple{}[{}]", types.len(), types.join(", ")),
            _ => {
                let fields = types.iter().enumerate().map(|(i, ty)| format!("\tF{i}{CELL}{ty}\n"));
                format!("struct {{\n{}}}", fields.collect::<String>())
            }
        }
    }

    /// What awaiting a future of `item` gives: the error of a `result` is apart.
    pub(crate) fn resolved(&self, item: Option<Type>) -> String {
        match item.and_then(|ty| self.facts.kind(ty)) {
            Some(TypeDefKind::Result(r)) => self.unit_or(r.ok),
            _ => self.unit_or(item),
        }
    }

    pub(crate) fn is_byte(&self, ty: Type) -> bool {
        self.facts.dealias(ty) == Type::U8
    }

    /// The zero value of `ty`.
    pub(crate) fn zero(&self, ty: Type) -> String {
        match self.facts.dealias(ty) {
            Type::Bool => "false".into(),
            Type::String => "\"\"".into(),
            Type::ErrorContext => "nil".into(),
            Type::Id(id) => match &self.facts.resolve.types[id].kind {
                TypeDefKind::Enum(_) | TypeDefKind::Flags(_) => "0".into(),
                TypeDefKind::Record(_)
                | TypeDefKind::Tuple(_)
                | TypeDefKind::Option(_)
                | TypeDefKind::Result(_)
                | TypeDefKind::FixedLengthList(..) => format!("{}{{}}", self.ty(ty)),
                _ => "nil".into(),
            },
            _ => "0".into(),
        }
    }

    /// The Go results of a function: `(A, bool, error)`.
    pub(crate) fn results(&self, returns: &crate::facts::Returns) -> String {
        let mut results: Vec<String> = returns.values.iter().map(|ty| self.ty(*ty)).collect();
        results.extend(returns.option.then(|| "bool".to_string()));
        results.extend(returns.has_error().then(|| "error".to_string()));
        match results.len() {
            0 => String::new(),
            1 => results.remove(0),
            _ => format!("({})", results.join(", ")),
        }
    }

    /// A name for `ty` within a name: `ListLine`.
    pub(crate) fn short(&self, ty: Type) -> String {
        let Type::Id(id) = ty else { return primitive(ty).to_string() };
        let def = &self.facts.resolve.types[id];
        if let (Some(unit), true) = (self.facts.owner.get(&id), is_nominal(&def.kind)) {
            return self.plan.packages[*unit].types[&id].name.clone();
        }
        let maybe = |ty: Option<Type>| ty.map(|ty| self.short(ty)).unwrap_or_default();
        match &def.kind {
            TypeDefKind::Type(ty) => self.short(*ty),
            TypeDefKind::Option(ty) => format!("Option{}", self.short(*ty)),
            TypeDefKind::Result(r) => format!("Result{}{}", maybe(r.ok), maybe(r.err)),
            TypeDefKind::List(ty) if self.is_byte(*ty) => "Bytes".into(),
            TypeDefKind::List(ty) => format!("List{}", self.short(*ty)),
            TypeDefKind::FixedLengthList(ty, n) => format!("Array{n}{}", self.short(*ty)),
            TypeDefKind::Map(k, v) => format!("Map{}{}", self.short(*k), self.short(*v)),
            TypeDefKind::Tuple(t) => {
                format!("Tuple{}", t.types.iter().map(|ty| self.short(*ty)).collect::<String>())
            }
            TypeDefKind::Stream(Some(ty)) if self.is_byte(*ty) => "StreamBytes".into(),
            TypeDefKind::Stream(ty) => format!("Stream{}", maybe(*ty)),
            TypeDefKind::Future(ty) => format!("Future{}", maybe(*ty)),
            TypeDefKind::Handle(Handle::Own(id)) => self.short(Type::Id(*id)),
            TypeDefKind::Handle(Handle::Borrow(id)) => format!("Borrowed{}", self.short(Type::Id(*id))),
            _ => String::new(),
        }
    }

    /// The same for all types that have the same values and the same Go type.
    pub(crate) fn key(&self, ty: Type) -> String {
        let Type::Id(id) = self.facts.dealias(ty) else {
            return primitive(self.facts.dealias(ty)).to_string();
        };
        let maybe = |ty: &Option<Type>| ty.map_or_else(|| "_".to_string(), |ty| self.key(ty));
        match &self.facts.resolve.types[id].kind {
            TypeDefKind::Option(ty) => format!("option<{}>", self.key(*ty)),
            TypeDefKind::Result(r) => format!("result<{},{}>", maybe(&r.ok), maybe(&r.err)),
            TypeDefKind::List(ty) => format!("list<{}>", self.key(*ty)),
            TypeDefKind::FixedLengthList(ty, n) => format!("list<{},{n}>", self.key(*ty)),
            TypeDefKind::Map(k, v) => format!("map<{},{}>", self.key(*k), self.key(*v)),
            TypeDefKind::Tuple(t) => {
                format!("tuple<{}>", t.types.iter().map(|ty| self.key(*ty) + ",").collect::<String>())
            }
            TypeDefKind::Stream(ty) => format!("stream<{}>", maybe(ty)),
            TypeDefKind::Future(ty) => format!("future<{}>", maybe(ty)),
            TypeDefKind::Handle(Handle::Own(id)) => format!("own<{}>", self.facts.resource(*id).index()),
            TypeDefKind::Handle(Handle::Borrow(id)) => {
                format!("borrow<{}>", self.facts.resource(*id).index())
            }
            _ => format!("#{}", id.index()),
        }
    }
}

/// Whether the type is itself and no other.
fn is_nominal(kind: &TypeDefKind) -> bool {
    matches!(
        kind,
        TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource
    )
}

/// Whether the type is a tuple that the runtime has no type for.
fn is_long(kind: &TypeDefKind) -> bool {
    matches!(kind, TypeDefKind::Tuple(tuple) if tuple.types.len() > MAX_TUPLE)
}

fn primitive(ty: Type) -> &'static str {
    match ty {
        Type::Bool => "Bool",
        Type::U8 => "Uint8",
        Type::U16 => "Uint16",
        Type::U32 => "Uint32",
        Type::U64 => "Uint64",
        Type::S8 => "Int8",
        Type::S16 => "Int16",
        Type::S32 => "Int32",
        Type::S64 => "Int64",
        Type::F32 => "Float32",
        Type::F64 => "Float64",
        Type::Char => "Rune",
        Type::String => "String",
        Type::ErrorContext => "ErrorContext",
        Type::Id(_) => "",
    }
}
