//! Go values to core values.

use wit_parser::{Type, TypeDefKind};

use super::{Body, Verb, convert};
use crate::text::{Gen, Writer, emit};

impl Gen<'_> {
    /// The core values of `v`, after statements that they need.
    pub(crate) fn flatten(&self, b: &mut Body, ty: Type, v: &str) -> Vec<String> {
        let Some(kind) = self.facts.kind(ty) else { return self.flatten_primitive(b, ty, v) };
        match kind {
            TypeDefKind::Enum(_) | TypeDefKind::Flags(_) => vec![format!("uint32({v})")],
            TypeDefKind::Record(r) => {
                let Type::Id(id) = self.facts.dealias(ty) else { return Vec::new() };
                let fields = r.fields.iter().enumerate();
                fields
                    .flat_map(|(i, f)| self.flatten(b, f.ty, &format!("{v}.{}", self.member(id, i))))
                    .collect()
            }
            TypeDefKind::Tuple(t) => {
                let fields = t.types.iter().enumerate();
                fields.flat_map(|(i, ty)| self.flatten(b, *ty, &format!("{v}.F{i}"))).collect()
            }
            TypeDefKind::FixedLengthList(ty, n) => {
                (0..*n).flat_map(|i| self.flatten(b, *ty, &format!("{v}[{i}]"))).collect()
            }
            TypeDefKind::List(item) if self.facts.dealias(*item) == Type::Char => {
                let data =
                    if b.by_address { format!("abi.RuneData({v})") } else { format!("{}.Runes({v})", b.c()) };
                self.pair(b, v, &data)
            }
            TypeDefKind::List(item) if self.plain(*item) => {
                let data = if b.by_address {
                    format!("abi.SliceData({v})")
                } else {
                    format!("abi.Slice({}, {v})", b.c())
                };
                self.pair(b, v, &data)
            }
            TypeDefKind::List(_) | TypeDefKind::Map(..) => {
                let (function, c) = (self.codec(Verb::Lower, ty), b.c());
                self.pair(b, v, &format!("{function}({c}, {v})"))
            }
            TypeDefKind::Handle(_) | TypeDefKind::Stream(_) | TypeDefKind::Future(_) => {
                vec![self.lower_handle(b, ty, v)]
            }
            _ => {
                let (function, c) = (self.codec(Verb::Flatten, ty), b.c());
                let count = self.slots(ty).len();
                if count == 1 {
                    return vec![format!("{function}({c}, {v})")];
                }
                let names: Vec<String> = (0..count).map(|i| b.part(v, &part_suffix(i))).collect();
                emit!(b.w, "{} := {function}({c}, {v})", names.join(", "));
                names
            }
        }
    }

    fn pair(&self, b: &mut Body, v: &str, call: &str) -> Vec<String> {
        let (data, len) = (b.part(v, "Data"), b.part(v, "Len"));
        emit!(b.w, "{data}, {len} := {call}");
        vec![data, len]
    }

    fn flatten_primitive(&self, b: &mut Body, ty: Type, v: &str) -> Vec<String> {
        match self.facts.dealias(ty) {
            Type::Bool | Type::U32 | Type::U64 | Type::F32 | Type::F64 => vec![v.to_string()],
            Type::S64 => vec![format!("uint64({v})")],
            Type::Char => vec![format!("abi.Char({v})")],
            Type::String => {
                let data = if b.by_address {
                    format!("abi.StringData({v})")
                } else {
                    format!("{}.String({v})", b.c())
                };
                self.pair(b, v, &data)
            }
            Type::ErrorContext => vec![self.lower_handle(b, ty, v)],
            _ => vec![format!("uint32({v})")],
        }
    }

    /// The function that flattens an option, a result or a variant.
    pub(super) fn flatten_function(&self, w: &mut Writer, name: &str, ty: Type) {
        let Some(kind) = self.facts.kind(ty) else { return };
        let slots = self.slots(ty);
        let results: Vec<String> =
            slots.iter().enumerate().map(|(i, s)| format!("v{i} {}", crate::text::Raw::slot(*s))).collect();
        let open = format!("func {name}(c *abi.Call, v {}) ({}) {{", self.ty(ty), results.join(", "));
        w.block(open, "}", |w| match kind {
            TypeDefKind::Variant(_) => self.flatten_variant(w, ty),
            TypeDefKind::Option(payload) => {
                w.block("if item, ok := v.Get(); ok {", "}", |w| {
                    self.flatten_arm(w, ty, Some(*payload), "item");
                    emit!(w, "v0 = 1");
                });
                emit!(w, "return");
            }
            TypeDefKind::Result(r) => {
                let item = if r.ok.is_some() { "item" } else { "_" };
                let err = if r.err.is_some() { "e" } else { "_" };
                emit!(w, "{item}, {err}, ok := v.Get()");
                w.block("if !ok {", "}", |w| {
                    emit!(w, "v0 = 1");
                    self.flatten_arm(w, ty, r.err, "e");
                    emit!(w, "return");
                });
                self.flatten_arm(w, ty, r.ok, "item");
                emit!(w, "return");
            }
            _ => {}
        });
    }

    /// Assigns the core values of one case's payload.
    fn flatten_arm(&self, w: &mut Writer, ty: Type, payload: Option<Type>, v: &str) {
        let Some(payload) = payload else { return };
        let shared = self.slots(ty);
        let mut body = Body::helper();
        let values = self.flatten(&mut body, payload, v);
        for (at, (value, from)) in values.iter().zip(self.slots(payload)).enumerate() {
            emit!(body.w, "v{} = {}", at + 1, convert(self, value, from, shared[at + 1]));
        }
        w.append(&body.w.into_text());
    }
}

/// The first core value says which case it is.
fn part_suffix(index: usize) -> String {
    if index == 0 { "Tag".to_string() } else { index.to_string() }
}
