//! Code that lifts and lowers: one function for each compound type, in the module's scope, that takes the memory.
//!
//! | what | where the value is | function |
//! | --- | --- | --- |
//! | lift | in memory | [`Codec::load`], `loadLine(m, p)` |
//! | lower | in memory | [`Codec::store`], `storeLine(m, p, v)` |
//! | lift | in core values | [`Codec::lift`], `liftLine(m, a, b)` |
//! | lower | in core values | [`Codec::lower`], inline |

mod cases;
mod flat;
mod lift;
mod list;
mod load;
mod lower;
mod store;

use std::collections::{BTreeMap, BTreeSet};

use tenon_plan::{Encoding, Kind, Plan, TypeId};

use crate::names::{Scope, pascal, quote};
use crate::text::writer::{Writer, emit};

/// What of the runtime is imported, by module.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Uses {
    /// Imports a name.
    pub(crate) fn add(&mut self, module: &'static str, name: &'static str) -> &'static str {
        self.0.entry(module).or_default().insert(name);
        name
    }

    /// What is imported, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> + '_ {
        self.0.iter().map(|(module, names)| (*module, names.iter().copied().collect()))
    }

    /// The modules.
    pub(crate) fn modules(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.keys().copied()
    }
}

/// Where a value is lifted or lowered.
#[derive(Clone, Debug)]
pub(crate) enum At {
    /// With a memory, by the name of its variable.
    Memory {
        /// The variable.
        m: String,
        /// The expression of the instance.
        cx: String,
    },
    /// Without: all values are numbers. The label names the function.
    Label(String),
}

impl At {
    /// In a function that gets the memory as `m`.
    fn helper() -> At {
        At::Memory { m: "m".into(), cx: "m.cx".into() }
    }

    /// The memory's variable. Only values that need none are lifted and lowered without one.
    fn m(&self) -> &str {
        match self {
            At::Memory { m, .. } => m,
            At::Label(_) => "undefined",
        }
    }

    /// The instance, or the function's name.
    fn cx(&self) -> String {
        match self {
            At::Memory { cx, .. } => cx.clone(),
            At::Label(label) => quote(label),
        }
    }

    /// The last arguments of a check: who knows the function's name, and the field.
    fn check(&self, field: &str) -> String {
        match self {
            At::Memory { cx, .. } => match store::said(field) {
                Some(field) => format!("{cx}, {field}"),
                None => cx.clone(),
            },
            At::Label(label) if field.is_empty() => quote(label),
            At::Label(label) => quote(&format!("{label}: {field}")),
        }
    }
}

/// The name of a value that has the name which the function was given.
const PASSED: &str = "=field";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Job {
    Load,
    Store,
    StoreOutcome,
    Lift,
    LoadList,
    LoadMap,
    StoreList,
    LowerList,
    Names,
}

/// Writes lifting and lowering code, and the functions that it calls.
#[derive(Debug)]
pub(crate) struct Codec<'a> {
    plan: &'a Plan,
    /// What of the runtime is used.
    pub(crate) uses: Uses,
    /// The names of the module.
    pub(crate) scope: Scope,
    helpers: String,
    done: BTreeMap<(Job, TypeId, u8), String>,
    encoding: Encoding,
    at: At,
    temporaries: u32,
    /// Whether checks of numbers stand in the module itself, which is less than the runtime's when there is nothing else.
    own_checks: bool,
}

impl<'a> Codec<'a> {
    pub(crate) fn new(plan: &'a Plan) -> Codec<'a> {
        Codec {
            plan,
            uses: Uses::default(),
            scope: Scope::new(),
            helpers: String::new(),
            done: BTreeMap::new(),
            encoding: Encoding::Utf8,
            at: At::helper(),
            temporaries: 0,
            own_checks: false,
        }
    }

    /// Lets checks of numbers stand in the module.
    pub(crate) fn own_checks(&mut self) {
        self.own_checks = true;
    }

    /// Begins a function's body.
    pub(crate) fn begin(&mut self, at: At, encoding: Encoding) {
        self.at = at;
        self.encoding = encoding;
        self.temporaries = 0;
    }

    /// The functions of the module that the bodies call.
    pub(crate) fn helpers(&self) -> &str {
        &self.helpers
    }

    fn kind(&self, ty: TypeId) -> &'a Kind {
        &self.plan.ty(ty).kind
    }

    fn size(&self, ty: TypeId) -> u32 {
        self.plan.ty(ty).layout.size
    }

    fn align(&self, ty: TypeId) -> u32 {
        self.plan.ty(ty).layout.align
    }

    /// A variable's name that this body has not used yet.
    fn temporary(&mut self, stem: &str) -> String {
        self.temporaries += 1;
        format!("{stem}${}", self.temporaries)
    }

    /// The name of the function for a job, which is written if it is asked for the first time.
    fn helper(
        &mut self,
        job: Job,
        prefix: &str,
        ty: TypeId,
        write: impl FnOnce(&mut Self, &str) -> String,
    ) -> String {
        let key = (job, ty, self.encoding as u8);
        if let Some(name) = self.done.get(&key) {
            return name.clone();
        }
        if let Some(name) = self.shared_option(job, ty) {
            return name.to_string();
        }
        let stem = format!("{prefix}{}", pascal(&self.words(ty)));
        let name = self.scope.name(&stem);
        self.done.insert(key, name.clone());
        let (at, temporaries) = (std::mem::replace(&mut self.at, At::helper()), self.temporaries);
        self.temporaries = 0;
        let text = write(self, &name);
        self.at = at;
        self.temporaries = temporaries;
        self.helpers.push_str(&text);
        self.helpers.push('\n');
        name
    }

    /// A function of the module.
    fn function(name: &str, params: &str, body: impl FnOnce(&mut Writer)) -> String {
        let mut w = Writer::default();
        w.block(format!("function {name}({params}) {{"), "}", body);
        w.into_text()
    }

    /// The check of a number, which is imported or written.
    fn check_function(&mut self, convert: &'static str) {
        if !self.own_checks {
            self.uses.add("checks", convert);
            return;
        }
        let test = match convert {
            "bool" => "typeof v === 'boolean'",
            "s8" => "(v << 24) >> 24 === v",
            "u8" => "(v & 0xff) === v",
            "s16" => "(v << 16) >> 16 === v",
            "u16" => "(v & 0xffff) === v",
            "s32" => "(v | 0) === v",
            "u32" => "v >>> 0 === v",
            "s64" => "typeof v === 'bigint' && BigInt.asIntN(64, v) === v",
            "u64" => "typeof v === 'bigint' && BigInt.asUintN(64, v) === v",
            _ => "typeof v === 'number'",
        };
        let text = Self::function(convert, "v, at", |w| {
            emit!(w, "if ({test}) return v;");
            emit!(w, "throw new TypeError(`${{at}}: expected {convert}, got ${{String(v)}}`);");
        });
        if !self.helpers.contains(&text) {
            self.helpers.push_str(&text);
            self.helpers.push('\n');
        }
    }

    /// The array of an enum's names, or of a variant's.
    fn names<'n>(&mut self, ty: TypeId, names: impl Iterator<Item = &'n str>) -> String {
        let key = (Job::Names, ty, 0);
        if let Some(name) = self.done.get(&key) {
            return name.clone();
        }
        let name = self.scope.name(&format!("names{}", pascal(&self.words(ty))));
        let list: Vec<_> = names.map(quote).collect();
        self.helpers.push_str(&format!("const {name} = [{}];\n\n", list.join(", ")));
        self.done.insert(key, name.clone());
        name
    }

    /// The type in words, for the name of a function.
    fn words(&self, ty: TypeId) -> String {
        let plain = self.describe(ty);
        plain.replace(['<', '>', ',', ' ', '_'], "-")
    }

    /// What a value of a type is called in the name of its parts: what stands in messages already need not be said in full.
    fn label(&self, ty: TypeId) -> String {
        let what = self.describe(ty);
        what.split('<').next().unwrap_or_default().to_string()
    }

    /// The type as WIT has it, with `"` around nothing: for messages.
    pub(crate) fn describe(&self, ty: TypeId) -> String {
        describe(self.plan, ty)
    }
}

/// The type as WIT has it.
pub(crate) fn describe(plan: &Plan, id: TypeId) -> String {
    let ty = plan.ty(id);
    if let Some(name) = &ty.name {
        return name.name.clone();
    }
    let maybe = |ty: &Option<TypeId>| ty.map_or_else(|| "_".to_string(), |ty| describe(plan, ty));
    match &ty.kind {
        Kind::Bool => "bool".into(),
        Kind::S8 => "s8".into(),
        Kind::U8 => "u8".into(),
        Kind::S16 => "s16".into(),
        Kind::U16 => "u16".into(),
        Kind::S32 => "s32".into(),
        Kind::U32 => "u32".into(),
        Kind::S64 => "s64".into(),
        Kind::U64 => "u64".into(),
        Kind::F32 => "f32".into(),
        Kind::F64 => "f64".into(),
        Kind::Char => "char".into(),
        Kind::String => "string".into(),
        Kind::List { element } => format!("list<{}>", describe(plan, *element)),
        Kind::FixedList { element, length } => format!("list<{}, {length}>", describe(plan, *element)),
        Kind::Map { key, value, .. } => format!("map<{}, {}>", describe(plan, *key), describe(plan, *value)),
        Kind::Record { .. } => "record".into(),
        Kind::Tuple { items } => {
            let items: Vec<_> = items.iter().map(|item| describe(plan, item.ty)).collect();
            format!("tuple<{}>", items.join(", "))
        }
        Kind::Flags { .. } => "flags".into(),
        Kind::Enum { .. } => "enum".into(),
        Kind::Variant { .. } => "variant".into(),
        Kind::Option { some, .. } => format!("option<{}>", describe(plan, *some)),
        Kind::Result { ok: None, err: None, .. } => "result".into(),
        Kind::Result { ok: Some(ok), err: None, .. } => format!("result<{}>", describe(plan, *ok)),
        Kind::Result { ok, err, .. } => format!("result<{}, {}>", maybe(ok), maybe(err)),
        Kind::Own { resource, .. } => resource_name(plan, *resource),
        Kind::Borrow { resource, .. } => format!("borrow<{}>", resource_name(plan, *resource)),
        Kind::Stream { payload: Some(ty), .. } => format!("stream<{}>", describe(plan, *ty)),
        Kind::Stream { payload: None, .. } => "stream".into(),
        Kind::Future { payload: Some(ty), .. } => format!("future<{}>", describe(plan, *ty)),
        Kind::Future { payload: None, .. } => "future".into(),
        Kind::ErrorContext { .. } => "error-context".into(),
    }
}

fn resource_name(plan: &Plan, id: tenon_plan::ResourceId) -> String {
    plan.resource(id).name.as_ref().map_or_else(|| "resource".into(), |name| name.name.clone())
}

/// The class of arrays that a list of such elements is, and what WIT calls them.
pub(crate) fn numbers(kind: &Kind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        Kind::S8 => ("Int8Array", "list<s8>"),
        Kind::U8 => ("Uint8Array", "list<u8>"),
        Kind::S16 => ("Int16Array", "list<s16>"),
        Kind::U16 => ("Uint16Array", "list<u16>"),
        Kind::S32 => ("Int32Array", "list<s32>"),
        Kind::U32 => ("Uint32Array", "list<u32>"),
        Kind::S64 => ("BigInt64Array", "list<s64>"),
        Kind::U64 => ("BigUint64Array", "list<u64>"),
        Kind::F32 => ("Float32Array", "list<f32>"),
        Kind::F64 => ("Float64Array", "list<f64>"),
        _ => return None,
    })
}

/// The check of a number, which is what converts a boolean and a character too.
fn scalar(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Bool => "bool",
        Kind::S8 => "s8",
        Kind::U8 => "u8",
        Kind::S16 => "s16",
        Kind::U16 => "u16",
        Kind::S32 => "s32",
        Kind::U32 => "u32",
        Kind::S64 => "s64",
        Kind::U64 => "u64",
        Kind::F32 => "f32",
        Kind::F64 => "f64",
        Kind::Char => "char",
        _ => return None,
    })
}

/// Whether values of a type are numbers by themselves, which takes neither memory nor an instance.
pub(crate) fn is_scalar(kind: &Kind) -> bool {
    scalar(kind).is_some() && !matches!(kind, Kind::Char)
}

/// An address with an offset.
fn plus(p: &str, offset: u32) -> String {
    if offset == 0 { p.to_string() } else { format!("{p} + {offset}") }
}

/// Whether an option of such values must be told from the value itself.
pub(crate) fn nullable(kind: &Kind) -> bool {
    matches!(kind, Kind::Option { .. })
}

/// The property of a record's field.
pub(crate) fn member(value: &str, name: &str) -> String {
    format!("{value}.{}", crate::names::camel(name))
}
