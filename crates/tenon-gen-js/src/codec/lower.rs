//! Lowering to core values: statements that prepare, and the expressions to pass.

use tenon_plan::{Core, Kind, Label, TypeId};

use super::store::last;
use super::{Codec, flat, member, nullable, scalar};
use crate::names::quote;
use crate::text::writer::{Writer, emit};

impl Codec<'_> {
    /// Writes what prepares the value `v`, and returns its core values.
    pub(crate) fn lower(&mut self, w: &mut Writer, ty: TypeId, v: &str, field: &str) -> Vec<String> {
        let m = self.at.m().to_string();
        let check = self.at.check(field);
        if let Some(convert) = scalar(self.kind(ty)) {
            self.check_function(convert);
            return vec![format!("{convert}({v}, {check})")];
        }
        match self.kind(ty) {
            Kind::String => {
                let lower = self.lower_string();
                self.two(w, &format!("{lower}({m}, {v}{})", last(field)), &format!("{m}.len"))
            }
            Kind::List { element } => {
                let v = self.simple(w, v);
                let (ptr, len) = self.lower_list_value(ty, *element, &v, field);
                let ptr = self.one(w, "ptr", &ptr);
                vec![ptr, len]
            }
            Kind::Map { .. } => {
                let v = self.simple(w, v);
                let lower = self.lower_map(ty);
                let ptr = self.one(w, "ptr", &format!("{lower}({m}, {v}{})", last(field)));
                vec![ptr, format!("{v}.size")]
            }
            Kind::Enum { labels, .. } => {
                let names = self.names(ty, labels.iter().map(|l| l.name.as_str()));
                self.uses.add("checks", "enumIndex");
                vec![format!("enumIndex({names}, {v}, {}, {check})", quote(&self.describe(ty)))]
            }
            Kind::Flags { labels } => {
                let v = self.object(w, ty, v, field);
                vec![bits(labels, &v)]
            }
            Kind::Record { fields } => {
                let v = self.object(w, ty, v, field);
                let what = self.describe(ty);
                fields
                    .iter()
                    .flat_map(|f| {
                        self.lower_now(w, f.ty, &member(&v, &f.name), &format!("{what}.{}", f.name))
                    })
                    .collect()
            }
            Kind::Tuple { items } => {
                let v = self.items(w, ty, v, field, items.len());
                let what = self.describe(ty);
                items
                    .iter()
                    .enumerate()
                    .flat_map(|(i, item)| {
                        self.lower_now(w, item.ty, &format!("{v}[{i}]"), &format!("{what}[{i}]"))
                    })
                    .collect()
            }
            Kind::FixedList { element, length } if super::numbers(self.kind(*element)).is_some() => {
                let v = self.simple(w, v);
                let what = quote(&self.describe(ty));
                let cx = self.at.cx();
                emit!(w, "if ({v}?.length !== {length}) {cx}.reject({what}, {v}{});", last(field));
                let what = self.describe(ty);
                (0..*length)
                    .flat_map(|i| self.lower_now(w, *element, &format!("{v}[{i}]"), &format!("{what}[{i}]")))
                    .collect()
            }
            Kind::FixedList { element, length } => {
                let v = self.items(w, ty, v, field, *length as usize);
                let what = self.describe(ty);
                (0..*length)
                    .flat_map(|i| self.lower_now(w, *element, &format!("{v}[{i}]"), &format!("{what}[{i}]")))
                    .collect()
            }
            Kind::Option { some, .. } if !nullable(self.kind(*some)) => self.lower_option(w, ty, *some, v),
            Kind::Option { some, .. } => {
                self.lower_cases(w, ty, v, field, &[("none".into(), None), ("some".into(), Some(*some))])
            }
            Kind::Result { ok, err, .. } => {
                self.lower_cases(w, ty, v, field, &[("ok".into(), *ok), ("err".into(), *err)])
            }
            Kind::Variant { cases, .. } => {
                let cases: Vec<_> = cases.iter().map(|case| (case.name.clone(), case.ty)).collect();
                self.lower_cases(w, ty, v, field, &cases)
            }
            _ => vec![self.lower_handle(ty, v, field)],
        }
    }

    /// The same, with values that do not change when what comes after them is evaluated.
    pub(crate) fn lower_now(&mut self, w: &mut Writer, ty: TypeId, v: &str, field: &str) -> Vec<String> {
        let values = self.lower(w, ty, v, field);
        match self.kind(ty) {
            Kind::String => values,
            Kind::Own { .. } | Kind::Borrow { .. } | Kind::Stream { .. } | Kind::Future { .. } => {
                values.iter().map(|value| self.one(w, "handle", value)).collect()
            }
            _ => values,
        }
    }

    /// A constant.
    fn one(&mut self, w: &mut Writer, stem: &str, value: &str) -> String {
        let name = self.temporary(stem);
        emit!(w, "const {name} = {value};");
        name
    }

    /// Two constants.
    fn two(&mut self, w: &mut Writer, ptr: &str, len: &str) -> Vec<String> {
        let ptr = self.one(w, "ptr", ptr);
        let len = self.one(w, "len", len);
        vec![ptr, len]
    }

    /// A variable for an expression that should be evaluated once.
    fn simple(&mut self, w: &mut Writer, v: &str) -> String {
        if v.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            v.to_string()
        } else {
            self.one(w, "value", v)
        }
    }

    fn object(&mut self, w: &mut Writer, ty: TypeId, v: &str, field: &str) -> String {
        let v = self.simple(w, v);
        self.uses.add("checks", "record");
        emit!(w, "record({v}, {}, {});", quote(&self.describe(ty)), self.at.check(field));
        v
    }

    fn items(&mut self, w: &mut Writer, ty: TypeId, v: &str, field: &str, n: usize) -> String {
        let v = self.simple(w, v);
        self.uses.add("checks", "array");
        let what = quote(&self.describe(ty));
        emit!(w, "array({v}, {what}, {}, {}, {n});", self.at.cx(), quote(field));
        v
    }

    /// `let` variables for a variant's core values.
    fn shared(&mut self, w: &mut Writer, core: &[Core]) -> Vec<String> {
        let names: Vec<_> =
            core.iter().enumerate().map(|(i, _)| self.temporary(if i == 0 { "case" } else { "x" })).collect();
        let with: Vec<_> =
            names.iter().zip(core).map(|(name, core)| format!("{name} = {}", flat::zero(*core))).collect();
        emit!(w, "let {};", with.join(", "));
        names
    }

    fn lower_option(&mut self, w: &mut Writer, ty: TypeId, some: TypeId, v: &str) -> Vec<String> {
        let v = self.simple(w, v);
        let core = self.flat(ty);
        let names = self.shared(w, &core);
        let what = self.describe(ty);
        w.block(format!("if ({v} !== undefined && {v} !== null) {{"), "}", |w| {
            self.lower_case(w, 1, Some(some), &v, &what, &core, &names);
        });
        names
    }

    fn lower_cases(
        &mut self,
        w: &mut Writer,
        ty: TypeId,
        v: &str,
        field: &str,
        cases: &[(String, Option<TypeId>)],
    ) -> Vec<String> {
        let core = self.flat(ty);
        if core.len() == 1 && matches!(self.at, super::At::Memory { .. }) {
            return vec![self.lower_bare(ty, cases, v, field)];
        }
        let v = self.simple(w, v);
        let names = self.shared(w, &core);
        let what = self.describe(ty);
        self.uses.add("checks", "badTag");
        let check = self.at.check(field);
        w.block(format!("switch ({v}?.tag) {{"), "}", |w| {
            for (i, (name, ty)) in cases.iter().enumerate() {
                w.block(format!("case {}: {{", quote(name)), "}", |w| {
                    let field = format!("{what}.{name}");
                    self.lower_case(w, i, *ty, &format!("{v}.val"), &field, &core, &names);
                    emit!(w, "break;");
                });
            }
            emit!(w, "default:");
            w.indented(|w| emit!(w, "badTag({v}, {}, {check});", quote(&what)));
        });
        names
    }

    #[allow(clippy::too_many_arguments)]
    fn lower_case(
        &mut self,
        w: &mut Writer,
        index: usize,
        ty: Option<TypeId>,
        v: &str,
        field: &str,
        core: &[Core],
        names: &[String],
    ) {
        emit!(w, "{} = {index};", names[0]);
        let Some(ty) = ty else { return };
        let values = self.lower(w, ty, v, field);
        for (i, (have, value)) in self.flat(ty).into_iter().zip(values).enumerate() {
            let value = flat::widen(&mut self.uses, have, core[i + 1], &value);
            emit!(w, "{} = {value};", names[i + 1]);
        }
    }
}

/// The number that flags are.
pub(super) fn bits(labels: &[Label], v: &str) -> String {
    if labels.is_empty() {
        return "0".into();
    }
    let bits: Vec<_> = labels
        .iter()
        .enumerate()
        .map(|(i, label)| format!("({} ? {} : 0)", member(v, &label.name), 1u64 << i))
        .collect();
    bits.join(" | ")
}
