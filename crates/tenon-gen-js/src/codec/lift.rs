//! Lifting what comes as core values.

use tenon_plan::{Core, Kind, Label, TypeId};

use super::{Codec, Job, flat, nullable, numbers};
use crate::names::{camel, property, quote};

impl Codec<'_> {
    /// The core values of a type.
    pub(crate) fn flat(&self, ty: TypeId) -> Vec<Core> {
        self.plan.ty(ty).flat.clone().unwrap_or_default()
    }

    /// The expression of a value that is passed as these core values.
    pub(crate) fn lift(&mut self, ty: TypeId, core: &[String]) -> String {
        let (m, cx) = (self.at.m().to_string(), self.at.cx());
        let first = core.first().map_or("undefined", String::as_str);
        match self.kind(ty) {
            Kind::Bool => format!("{first} !== 0"),
            Kind::S8 => format!("({first} << 24) >> 24"),
            Kind::U8 => format!("{first} & 0xff"),
            Kind::S16 => format!("({first} << 16) >> 16"),
            Kind::U16 => format!("{first} & 0xffff"),
            Kind::U32 => format!("{first} >>> 0"),
            Kind::U64 => format!("BigInt.asUintN(64, {first})"),
            Kind::S32 | Kind::S64 | Kind::F32 | Kind::F64 => first.to_string(),
            Kind::Char => {
                self.uses.add("checks", "toChar");
                format!("toChar({first}, {cx})")
            }
            Kind::String => format!("{}({m}, {first}, {})", self.lift_string(), core[1]),
            Kind::List { element } => self.lift_list(ty, *element, first, &core[1]),
            Kind::Map { .. } => self.lift_map(ty, first, &core[1]),
            Kind::Enum { labels, .. } => {
                let names = self.names(ty, labels.iter().map(|l| l.name.as_str()));
                self.uses.add("checks", "enumName");
                format!("enumName({names}, {first}, {}, {cx})", quote(&self.describe(ty)))
            }
            Kind::Variant { cases, discriminant, .. } if Self::has_tables(cases, *discriminant) => {
                self.lift_by_table(ty, cases, core)
            }
            Kind::Flags { .. } | Kind::Option { .. } | Kind::Result { .. } | Kind::Variant { .. } => {
                format!("{}({m}, {})", self.lift_function(ty), core.join(", "))
            }
            Kind::Record { fields } => {
                let mut rest = core;
                let mut values = Vec::new();
                for field in fields {
                    let value = self.lift_next(field.ty, &mut rest);
                    values.push(format!("{}: {value}", property(&camel(&field.name))));
                }
                format!("{{ {} }}", values.join(", "))
            }
            Kind::Tuple { items } => {
                let mut rest = core;
                let values: Vec<_> = items.iter().map(|item| self.lift_next(item.ty, &mut rest)).collect();
                format!("[{}]", values.join(", "))
            }
            Kind::FixedList { element, length } => {
                let mut rest = core;
                let values: Vec<_> = (0..*length).map(|_| self.lift_next(*element, &mut rest)).collect();
                match numbers(self.kind(*element)) {
                    Some((class, _)) => format!("{class}.of({})", values.join(", ")),
                    None => format!("[{}]", values.join(", ")),
                }
            }
            Kind::Own { .. }
            | Kind::Borrow { .. }
            | Kind::Stream { .. }
            | Kind::Future { .. }
            | Kind::ErrorContext { .. } => self.lift_handle(ty, first),
        }
    }

    fn lift_next(&mut self, ty: TypeId, rest: &mut &[String]) -> String {
        let (mine, others) = rest.split_at(self.flat(ty).len());
        *rest = others;
        self.lift(ty, mine)
    }

    fn lift_function(&mut self, ty: TypeId) -> String {
        self.helper(Job::Lift, "lift", ty, |codec, name| {
            let core = codec.flat(ty);
            let params: Vec<_> =
                (0..core.len()).map(|i| if i == 0 { "d".into() } else { format!("x{i}") }).collect();
            let lines = codec.lift_body(ty, &core, &params);
            Self::function(name, &format!("m, {}", params.join(", ")), |w| {
                lines.iter().for_each(|l| w.line(l))
            })
        })
    }

    fn lift_body(&mut self, ty: TypeId, core: &[Core], params: &[String]) -> Vec<String> {
        match self.kind(ty) {
            Kind::Flags { labels } => vec![format!("return {};", flags(labels, "d"))],
            Kind::Option { some, .. } => {
                let value = self.lift_case(*some, core, params);
                self.option_cases(ty, "d", nullable(self.kind(*some)), &value)
            }
            Kind::Result { ok, err, .. } => {
                let ok = ok.map(|ty| self.lift_case(ty, core, params));
                let err = err.map(|ty| self.lift_case(ty, core, params));
                self.cases(ty, "d", &[("ok", ok), ("err", err)])
            }
            Kind::Variant { cases, .. } => {
                let cases: Vec<_> = cases
                    .iter()
                    .map(|case| (case.name.as_str(), case.ty.map(|ty| self.lift_case(ty, core, params))))
                    .collect();
                self.cases(ty, "d", &cases)
            }
            _ => Vec::new(),
        }
    }

    /// A case's payload, out of the core values that all cases share.
    fn lift_case(&mut self, ty: TypeId, core: &[Core], params: &[String]) -> String {
        let values: Vec<_> = self
            .flat(ty)
            .into_iter()
            .enumerate()
            .map(|(i, want)| flat::narrow(&mut self.uses, core[i + 1], want, &params[i + 1]))
            .collect();
        self.lift(ty, &values)
    }
}

/// The object that flags are.
pub(super) fn flags(labels: &[Label], bits: &str) -> String {
    let labels: Vec<_> = labels
        .iter()
        .enumerate()
        .map(|(i, label)| {
            let mask = 1u64 << i;
            format!("{}: ({bits} & {mask}) !== 0", property(&camel(&label.name)))
        })
        .collect();
    format!("{{ {} }}", labels.join(", "))
}
