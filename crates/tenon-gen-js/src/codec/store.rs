//! Lowering into memory.

use tenon_plan::{Encoding, Kind, TypeId};

use super::{Codec, Job, PASSED, member, nullable, numbers, plus, scalar};
use crate::names::quote;
use crate::text::writer::{Writer, emit};

impl Codec<'_> {
    /// Statements that store the value `v` at an address. `field` is what it is called in messages.
    pub(crate) fn store(&mut self, w: &mut Writer, ty: TypeId, p: &str, v: &str, field: &str) {
        let m = self.at.m().to_string();
        let check = self.at.check(field);
        if let Some(convert) = scalar(self.kind(ty)) {
            self.uses.add("checks", convert);
            w.line(set(&m, self.kind(ty), p, &format!("{convert}({v}, {check})")));
            return;
        }
        match self.kind(ty) {
            Kind::String => {
                let lower = self.lower_string();
                self.pair(w, p, &format!("{lower}({m}, {v}{})", last(field)), &format!("{m}.len"));
            }
            Kind::List { element } if numbers(self.kind(*element)).is_none() => {
                let store = self.store_own_list(ty, *element);
                emit!(w, "{store}({m}, {v}, {p}{});", last(field));
            }
            Kind::List { element } => {
                let (ptr, len) = self.lower_list_value(ty, *element, v, field);
                self.pair(w, p, &ptr, &len);
            }
            Kind::Map { .. } => {
                let lower = self.lower_map(ty);
                self.pair(w, p, &format!("{lower}({m}, {v}{})", last(field)), &format!("{v}.size"));
            }
            Kind::FixedList { element, length } => self.store_fixed(w, ty, *element, *length, p, v, field),
            Kind::Own { resource, .. } => {
                self.uses.add("resources", "storeOwn");
                emit!(w, "storeOwn({m}, {p}, {}, {v}{});", resource.0, last(field));
            }
            Kind::Borrow { .. } | Kind::Stream { .. } | Kind::Future { .. } | Kind::ErrorContext { .. } => {
                let handle = self.lower_handle(ty, v, field);
                w.line(set_unsigned(&m, 4, p, &handle));
            }
            _ => {
                let store = self.store_function(ty);
                emit!(w, "{store}({m}, {v}, {p}{});", last(field));
            }
        }
    }

    /// An address and a length, next to each other.
    fn pair(&mut self, w: &mut Writer, p: &str, ptr: &str, len: &str) {
        self.uses.add("lists", "storePair");
        emit!(w, "storePair({}, {p}, {ptr}, {len});", self.at.m());
    }

    /// Expressions of where a list goes and of its length. The first must be evaluated before the second.
    pub(super) fn lower_list_value(
        &mut self,
        ty: TypeId,
        element: TypeId,
        v: &str,
        field: &str,
    ) -> (String, String) {
        let m = self.at.m().to_string();
        let ptr = match numbers(self.kind(element)) {
            Some((class, what)) => {
                self.uses.add("lists", "lowerNumbers");
                format!("lowerNumbers({m}, {class}, {}, {v}{})", quote(what), last(field))
            }
            None => {
                let lower = self.lower_list(ty, element);
                format!("{lower}({m}, {v}{})", last(field))
            }
        };
        (ptr, format!("{v}.length"))
    }

    #[allow(clippy::too_many_arguments)]
    fn store_fixed(
        &mut self,
        w: &mut Writer,
        ty: TypeId,
        element: TypeId,
        n: u32,
        p: &str,
        v: &str,
        field: &str,
    ) {
        let m = self.at.m().to_string();
        let what = quote(&self.describe(ty));
        if let Some((class, _)) = numbers(self.kind(element)) {
            self.uses.add("lists", "storeFixed");
            emit!(w, "storeFixed({m}, {class}, {what}, {v}, {p}, {n});");
            return;
        }
        self.uses.add("checks", "array");
        let store = self.store_list(element);
        let field = said(field).unwrap_or_else(|| "undefined".into());
        emit!(w, "{store}({m}, {p}, array({v}, {what}, {}, {field}, {n}));", self.at.cx());
    }

    pub(super) fn store_function(&mut self, ty: TypeId) -> String {
        self.helper(Job::Store, "store", ty, |codec, name| {
            let mut body = Writer::at(1);
            codec.store_body(&mut body, ty);
            let body = body.into_text();
            let params = if body.contains(", field") { "m, v, p, field" } else { "m, v, p" };
            Self::function(name, params, |w| w.raw(&body))
        })
    }

    fn store_body(&mut self, w: &mut Writer, ty: TypeId) {
        let what = self.describe(ty);
        let quoted = quote(&what);
        match self.kind(ty) {
            Kind::Record { fields } => {
                self.uses.add("checks", "record");
                emit!(w, "record(v, {quoted}, m.cx, field);");
                for field in fields {
                    let name = format!("{what}.{}", field.name);
                    self.store(w, field.ty, &plus("p", field.offset), &member("v", &field.name), &name);
                }
            }
            Kind::Tuple { items } => {
                self.uses.add("checks", "array");
                emit!(w, "array(v, {quoted}, m.cx, field, {});", items.len());
                for (i, item) in items.iter().enumerate() {
                    self.store(
                        w,
                        item.ty,
                        &plus("p", item.offset),
                        &format!("v[{i}]"),
                        &format!("{}[{i}]", self.label(ty)),
                    );
                }
            }
            Kind::Enum { labels, discriminant } => {
                let names = self.names(ty, labels.iter().map(|l| l.name.as_str()));
                self.uses.add("checks", "enumIndex");
                let index = format!("enumIndex({names}, v, {quoted}, m.cx, field)");
                w.line(set_unsigned("m", *discriminant, "p", &index));
            }
            Kind::Flags { labels } => {
                self.uses.add("checks", "record");
                emit!(w, "record(v, {quoted}, m.cx, field);");
                let bits = super::lower::bits(labels, "v");
                w.line(set_unsigned("m", self.size(ty), "p", &bits));
            }
            Kind::Option { some, payload } if nullable(self.kind(*some)) => {
                let cases = [("none".into(), None), ("some".into(), Some(*some))];
                self.store_cases(w, ty, 1, *payload, &cases);
            }
            Kind::Option { some, payload } => self.store_option(w, *some, *payload),
            Kind::Result { ok, err, payload } => self.store_result(w, ty, *ok, *err, *payload),
            Kind::Variant { cases, discriminant, payload } if Self::has_tables(cases, *discriminant) => {
                self.store_by_table(w, ty, cases, *payload);
            }
            Kind::Variant { cases, discriminant, payload } => {
                let cases: Vec<_> = cases.iter().map(|case| (case.name.clone(), case.ty)).collect();
                self.store_cases(w, ty, *discriminant, *payload, &cases);
            }
            _ => self.store(w, ty, "p", "v", &what),
        }
    }

    fn store_cases(
        &mut self,
        w: &mut Writer,
        ty: TypeId,
        bytes: u32,
        payload: u32,
        cases: &[(String, Option<TypeId>)],
    ) {
        let what = self.describe(ty);
        self.uses.add("checks", "badTag");
        w.block("switch (v?.tag) {", "}", |w| {
            for (i, (name, ty)) in cases.iter().enumerate() {
                emit!(w, "case {}:", quote(name));
                w.indented(|w| {
                    w.line(set_unsigned("m", bytes, "p", &i.to_string()));
                    if let Some(ty) = ty {
                        self.store(w, *ty, &plus("p", payload), "v.val", &format!("{what}.{name}"));
                    }
                    emit!(w, "break;");
                });
            }
            emit!(w, "default:");
            w.indented(|w| emit!(w, "badTag(v, {}, m.cx, field);", quote(&what)));
        });
    }

    /// The runtime's function that lowers strings in the current encoding.
    pub(super) fn lower_string(&mut self) -> &'static str {
        match self.encoding {
            Encoding::Utf8 => self.uses.add("utf8", "lowerUtf8"),
            Encoding::Utf16 => self.uses.add("utf16", "lowerUtf16"),
            Encoding::CompactUtf16 => self.uses.add("utf16", "lowerLatin1"),
        }
    }

    /// What a handle stands for becomes one.
    pub(super) fn lower_handle(&mut self, ty: TypeId, v: &str, field: &str) -> String {
        let (m, last) = (self.at.m().to_string(), last(field));
        match self.kind(ty) {
            Kind::Own { resource, .. } => {
                self.uses.add("resources", "lowerOwn");
                format!("lowerOwn({m}, {}, {v}{last})", resource.0)
            }
            Kind::Borrow { resource, table } => {
                let lower = if self.is_own_resource(*resource, *table) { "lowerRep" } else { "lowerBorrow" };
                self.uses.add("resources", lower);
                format!("{lower}({m}, {}, {v}{last})", resource.0)
            }
            Kind::Stream { .. } => {
                self.uses.add("streams", "lowerStream");
                format!("lowerStream({m}.inst, {}, {v}{last})", quote(&self.describe(ty)))
            }
            Kind::Future { .. } => {
                self.uses.add("futures", "lowerFuture");
                format!("lowerFuture({m}.inst, {}, {v}{last})", quote(&self.describe(ty)))
            }
            _ => {
                self.uses.add("error-context", "lowerErrorContext");
                format!("lowerErrorContext({m}.inst, {v}{last})")
            }
        }
    }

    /// Whether the instance that gets a borrow defines the resource: it gets the representation then.
    fn is_own_resource(
        &self,
        resource: tenon_plan::ResourceId,
        table: Option<tenon_plan::ResourceTableId>,
    ) -> bool {
        let tenon_plan::Origin::Defined { instance, .. } = self.plan.resource(resource).origin else {
            return false;
        };
        table
            .and_then(|table| *self.plan.resource_table(table))
            .is_some_and(|table| table.instance == instance)
    }
}

/// A last argument that says what a value is called, if it is called something.
pub(super) fn last(field: &str) -> String {
    said(field).map_or_else(String::new, |field| format!(", {field}"))
}

/// The expression of what a value is called.
pub(super) fn said(field: &str) -> Option<String> {
    match field {
        "" => None,
        PASSED => Some("field".into()),
        field => Some(quote(field)),
    }
}

/// Stores a number.
fn set(m: &str, kind: &Kind, p: &str, value: &str) -> String {
    let (name, wide) = match kind {
        Kind::Bool | Kind::U8 => ("Uint8", false),
        Kind::S8 => ("Int8", false),
        Kind::S16 => ("Int16", true),
        Kind::U16 => ("Uint16", true),
        Kind::S32 => ("Int32", true),
        Kind::S64 => ("BigInt64", true),
        Kind::U64 => ("BigUint64", true),
        Kind::F32 => ("Float32", true),
        Kind::F64 => ("Float64", true),
        _ => ("Uint32", true),
    };
    format!("{m}.dv.set{name}({p}, {value}{});", if wide { ", true" } else { "" })
}

/// Stores an unsigned number of so many bytes. What the value evaluates must not allocate.
fn set_unsigned(m: &str, bytes: u32, p: &str, value: &str) -> String {
    match bytes {
        1 => format!("{m}.dv.setUint8({p}, {value});"),
        2 => format!("{m}.dv.setUint16({p}, {value}, true);"),
        _ => format!("{m}.dv.setUint32({p}, {value}, true);"),
    }
}
