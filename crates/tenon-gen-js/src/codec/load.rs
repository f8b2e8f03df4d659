//! Lifting what lies in memory.

use tenon_plan::{Encoding, Kind, TypeId};

use super::{Codec, Job, nullable, numbers, plus};
use crate::names::{camel, property, quote};
use crate::text::writer::emit;

impl Codec<'_> {
    /// The expression of a value at an address. `dv` is the memory's view.
    pub(crate) fn load(&mut self, ty: TypeId, p: &str) -> String {
        let (m, cx) = (self.at.m().to_string(), self.at.cx());
        match self.kind(ty) {
            Kind::Bool => format!("dv.getUint8({p}) !== 0"),
            Kind::S8 => format!("dv.getInt8({p})"),
            Kind::U8 => format!("dv.getUint8({p})"),
            Kind::S16 => format!("dv.getInt16({p}, true)"),
            Kind::U16 => format!("dv.getUint16({p}, true)"),
            Kind::S32 => format!("dv.getInt32({p}, true)"),
            Kind::U32 => word(p),
            Kind::S64 => format!("dv.getBigInt64({p}, true)"),
            Kind::U64 => format!("dv.getBigUint64({p}, true)"),
            Kind::F32 => format!("dv.getFloat32({p}, true)"),
            Kind::F64 => format!("dv.getFloat64({p}, true)"),
            Kind::Char => {
                self.uses.add("checks", "toChar");
                format!("toChar({}, {cx})", word(p))
            }
            Kind::String => {
                let lift = self.lift_string();
                format!("{lift}({m}, {}, {})", word(p), word(&plus(p, 4)))
            }
            Kind::List { element } => self.lift_list(ty, *element, &word(p), &word(&plus(p, 4))),
            Kind::Map { .. } => self.lift_map(ty, &word(p), &word(&plus(p, 4))),
            Kind::FixedList { element, length } => match numbers(self.kind(*element)) {
                Some((class, _)) => {
                    self.uses.add("lists", "liftNumbers");
                    let what = quote(&self.describe(ty));
                    format!("liftNumbers({m}, {class}, {what}, {p}, {length})")
                }
                None => {
                    let load = self.load_list(*element);
                    format!("{load}({m}, {p}, {length})")
                }
            },
            Kind::Enum { labels, discriminant } => {
                let names = self.names(ty, labels.iter().map(|l| l.name.as_str()));
                self.uses.add("checks", "enumName");
                format!(
                    "enumName({names}, {}, {}, {cx})",
                    unsigned(p, *discriminant),
                    quote(&self.describe(ty))
                )
            }
            Kind::Own { .. }
            | Kind::Borrow { .. }
            | Kind::Stream { .. }
            | Kind::Future { .. }
            | Kind::ErrorContext { .. } => self.lift_handle(ty, &word(p)),
            _ => format!("{}({m}, {p})", self.load_function(ty)),
        }
    }

    pub(super) fn load_function(&mut self, ty: TypeId) -> String {
        self.helper(Job::Load, "load", ty, |codec, name| {
            let mut lines = Vec::new();
            codec.load_body(ty, &mut lines);
            Self::function(name, "m, p", |w| {
                if lines.iter().map(|line| line.matches("dv.").count()).sum::<usize>() > 2 {
                    emit!(w, "const {{ dv }} = m;");
                    lines.iter().for_each(|line| w.line(line));
                } else {
                    lines.iter().for_each(|line| w.line(line.replace("dv.", "m.dv.")));
                }
            })
        })
    }

    fn load_body(&mut self, ty: TypeId, lines: &mut Vec<String>) {
        match self.kind(ty) {
            Kind::Record { fields } => {
                lines.push("return {".into());
                for field in fields {
                    let value = self.load(field.ty, &plus("p", field.offset));
                    lines.push(format!("  {}: {value},", property(&camel(&field.name))));
                }
                lines.push("};".into());
            }
            Kind::Tuple { items } => {
                let values: Vec<_> =
                    items.iter().map(|item| self.load(item.ty, &plus("p", item.offset))).collect();
                lines.push(format!("return [{}];", values.join(", ")));
            }
            Kind::Flags { labels } => {
                let bytes = self.size(ty);
                lines.push(format!("const bits = {};", unsigned("p", bytes)));
                lines.push(format!("return {};", super::lift::flags(labels, "bits")));
            }
            Kind::Option { some, payload } => {
                let value = self.load(*some, &plus("p", *payload));
                lines.extend(self.option_cases(ty, "dv.getUint8(p)", nullable(self.kind(*some)), &value));
            }
            Kind::Result { ok, err, payload } => {
                let ok = ok.map(|ty| self.load(ty, &plus("p", *payload)));
                let err = err.map(|ty| self.load(ty, &plus("p", *payload)));
                lines.extend(self.cases(ty, "dv.getUint8(p)", &[("ok", ok), ("err", err)]));
            }
            Kind::Variant { cases, discriminant, payload } if Self::has_tables(cases, *discriminant) => {
                let value = self.load_by_table(ty, cases, *payload);
                lines.push(format!("return {value};"));
            }
            Kind::Variant { cases, discriminant, payload } => {
                let cases: Vec<_> = cases
                    .iter()
                    .map(|case| (case.name.as_str(), case.ty.map(|ty| self.load(ty, &plus("p", *payload)))))
                    .collect();
                lines.extend(self.cases(ty, &unsigned("p", *discriminant), &cases));
            }
            _ => {
                let value = self.load(ty, "p");
                lines.push(format!("return {value};"));
            }
        }
    }

    /// The end of a function that lifts an option, whose discriminant is an expression.
    pub(super) fn option_cases(&mut self, ty: TypeId, d: &str, wrap: bool, value: &str) -> Vec<String> {
        if wrap {
            return self.cases(ty, d, &[("none", None), ("some", Some(value.to_string()))]);
        }
        self.either(ty, d, "undefined", value)
    }

    /// The end of a function that lifts a variant, whose discriminant is an expression.
    pub(super) fn cases(&mut self, ty: TypeId, d: &str, cases: &[(&str, Option<String>)]) -> Vec<String> {
        let values: Vec<_> = cases
            .iter()
            .map(|(name, value)| match value {
                Some(value) => format!("{{ tag: {}, val: {value} }}", quote(name)),
                None => format!("{{ tag: {} }}", quote(name)),
            })
            .collect();
        if let [first, second] = &values[..] {
            return self.either(ty, d, first, second);
        }
        self.uses.add("checks", "noCase");
        let mut lines = vec![format!("const d = {d};"), "switch (d) {".to_string()];
        if d == "d" {
            lines.remove(0);
        }
        for (i, value) in values.iter().enumerate() {
            lines.push(format!("  case {i}:\n    return {value};"));
        }
        lines.push(format!(
            "  default:\n    return noCase(d, {}, {});",
            quote(&self.describe(ty)),
            self.at.cx()
        ));
        lines.push("}".into());
        lines
    }

    /// The runtime's function that lifts strings of the current encoding.
    pub(super) fn lift_string(&mut self) -> &'static str {
        match self.encoding {
            Encoding::Utf8 => self.uses.add("utf8", "liftUtf8"),
            Encoding::Utf16 => self.uses.add("utf16", "liftUtf16"),
            Encoding::CompactUtf16 => self.uses.add("utf16", "liftLatin1"),
        }
    }

    /// A handle becomes what it stands for.
    pub(super) fn lift_handle(&mut self, ty: TypeId, value: &str) -> String {
        let m = self.at.m().to_string();
        match self.kind(ty) {
            Kind::Own { resource, .. } => {
                self.uses.add("resources", "liftOwn");
                format!("liftOwn({m}, {}, {value})", resource.0)
            }
            Kind::Borrow { resource, .. } => {
                self.uses.add("resources", "liftBorrow");
                format!("liftBorrow({m}, {}, {value})", resource.0)
            }
            Kind::Stream { .. } => {
                self.uses.add("streams", "liftStream");
                format!("liftStream({m}.inst, {}, {value})", quote(&self.describe(ty)))
            }
            Kind::Future { .. } => {
                self.uses.add("futures", "liftFuture");
                format!("liftFuture({m}.inst, {}, {value})", quote(&self.describe(ty)))
            }
            _ => {
                self.uses.add("error-context", "liftErrorContext");
                format!("liftErrorContext({m}.inst, {value})")
            }
        }
    }
}

/// 32 bits at an address.
fn word(p: &str) -> String {
    format!("dv.getUint32({p}, true)")
}

/// An unsigned number of so many bytes at an address.
fn unsigned(p: &str, bytes: u32) -> String {
    match bytes {
        1 => format!("dv.getUint8({p})"),
        2 => format!("dv.getUint16({p}, true)"),
        _ => word(p),
    }
}
