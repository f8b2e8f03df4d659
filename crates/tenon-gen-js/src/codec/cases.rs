//! Options, results, and variants most of whose cases have no payload: what they have in common is the runtime's.

use tenon_plan::{Case, Core, Encoding, Kind, TypeId};

use super::store::said;
use super::{Codec, Job, PASSED, flat, plus};
use crate::names::quote;
use crate::text::writer::{Writer, emit};

/// So many cases without payload, and a table of the others is shorter than a statement for each, and no slower.
const MANY: usize = 4;

impl Codec<'_> {
    /// The statement that stores an option that is a value or nothing.
    pub(super) fn store_option(&mut self, w: &mut Writer, some: TypeId, payload: u32) {
        self.uses.add("cases", "storeSome");
        let mut body = Writer::default();
        self.store(&mut body, some, &plus("p", payload), "v", PASSED);
        guarded(w, "if (storeSome(m, p, v))", &body.into_text());
    }

    /// The statement that stores what an import gave, which is a result whatever that is.
    pub(crate) fn store_outcome(&mut self, w: &mut Writer, ty: TypeId, p: &str, v: &str) {
        let Kind::Result { ok, err, payload } = self.kind(ty) else {
            return self.store(w, ty, p, v, "");
        };
        let store = self.helper(Job::StoreOutcome, "store", ty, |codec, name| {
            codec.uses.add("cases", "storeOk");
            let mut body = Writer::at(1);
            codec.store_both(&mut body, "storeOk(m, p, v)", [*ok, *err], *payload, "");
            Self::function(name, "m, v, p", |w| w.raw(&body.into_text()))
        });
        emit!(w, "{store}({}, {v}, {p});", self.at.m());
    }

    /// The statements that store a result.
    pub(super) fn store_result(
        &mut self,
        w: &mut Writer,
        ty: TypeId,
        ok: Option<TypeId>,
        err: Option<TypeId>,
        payload: u32,
    ) {
        self.uses.add("cases", "storeResult");
        let test = format!("storeResult(m, p, v, {}, field)", quote(&self.describe(ty)));
        self.store_both(w, &test, [ok, err], payload, PASSED);
    }

    /// The statements that store what a result has, of which a test says which it is.
    fn store_both(
        &mut self,
        w: &mut Writer,
        test: &str,
        [ok, err]: [Option<TypeId>; 2],
        payload: u32,
        field: &str,
    ) {
        let mut body = |ty: Option<TypeId>| {
            let mut body = Writer::default();
            if let Some(ty) = ty {
                self.store(&mut body, ty, &plus("p", payload), "v.val", field);
            }
            body.into_text()
        };
        match (body(ok), body(err)) {
            (ok, err) if ok.is_empty() && err.is_empty() => emit!(w, "{test};"),
            (ok, err) if ok.is_empty() => guarded(w, &format!("if (!{test})"), &err),
            (ok, err) => {
                guarded(w, &format!("if ({test})"), &ok);
                if !err.is_empty() {
                    guarded(w, "else", &err);
                }
            }
        }
    }

    /// The runtime's function for a job with an option, if it has one.
    pub(super) fn shared_option(&mut self, job: Job, ty: TypeId) -> Option<&'static str> {
        let Kind::Option { some, .. } = self.kind(ty) else { return None };
        let column = match job {
            Job::Store => 0,
            Job::Load => 1,
            Job::Lift => 2,
            _ => return None,
        };
        let names = match self.kind(*some) {
            Kind::String if self.encoding == Encoding::Utf8 => {
                ["storeOptionString", "loadOptionString", "liftOptionString"]
            }
            Kind::Bool => ["storeOptionBool", "loadOptionBool", "liftOptionBool"],
            Kind::U8 => ["storeOptionU8", "loadOptionU8", "liftOptionU8"],
            Kind::U16 => ["storeOptionU16", "loadOptionU16", "liftOptionU16"],
            Kind::U32 => ["storeOptionU32", "loadOptionU32", "liftOptionU32"],
            Kind::S32 => ["storeOptionS32", "loadOptionS32", "liftOptionS32"],
            Kind::U64 => ["storeOptionU64", "loadOptionU64", "liftOptionU64"],
            Kind::S64 => ["storeOptionS64", "loadOptionS64", "liftOptionS64"],
            Kind::F64 => ["storeOptionF64", "loadOptionF64", "liftOptionF64"],
            _ => return None,
        };
        Some(self.uses.add("options", names[column]))
    }

    /// Whether a variant is stored, loaded and lifted by tables.
    pub(super) fn has_tables(cases: &[Case], discriminant: u32) -> bool {
        discriminant == 1 && cases.iter().filter(|case| case.ty.is_none()).count() >= MANY
    }

    /// The statement that stores a variant by a table of how its payloads are stored.
    pub(super) fn store_by_table(&mut self, w: &mut Writer, ty: TypeId, cases: &[Case], payload: u32) {
        let names = self.case_names(ty, cases);
        let stores = self.table("stores", ty, cases, Self::store_reference);
        self.uses.add("cases", "storeCase");
        emit!(w, "storeCase(m, v, p, {payload}, {names}, {stores}, {}, field);", quote(&self.describe(ty)));
    }

    /// The expression of a variant that is loaded by a table.
    pub(super) fn load_by_table(&mut self, ty: TypeId, cases: &[Case], payload: u32) -> String {
        let names = self.case_names(ty, cases);
        let loads = self.table("loads", ty, cases, Self::load_reference);
        self.uses.add("cases", "loadCase");
        format!("loadCase(m, p, {payload}, {names}, {loads}, {})", quote(&self.describe(ty)))
    }

    /// The expression of a variant whose core values are lifted by a table.
    pub(super) fn lift_by_table(&mut self, ty: TypeId, cases: &[Case], values: &[String]) -> String {
        let names = self.case_names(ty, cases);
        let core = self.flat(ty);
        let m = self.at.m().to_string();
        let at = std::mem::replace(&mut self.at, super::At::helper());
        let lifts = self.once(Job::Lift, ty, |codec| {
            codec.table("lifts", ty, cases, |codec, ty| codec.lift_reference(ty, &core[1..]))
        });
        self.at = at;
        self.uses.add("cases", "liftCase");
        format!("liftCase({names}, {lifts}, {}, {m}, {})", quote(&self.describe(ty)), values.join(", "))
    }

    /// A function of memory and core values, which may be wider than needed, that lifts a value of a type.
    fn lift_reference(&mut self, ty: TypeId, core: &[Core]) -> String {
        let wanted = self.flat(ty);
        let params: Vec<_> = (1..=wanted.len()).map(|i| format!("x{i}")).collect();
        let values: Vec<_> = wanted
            .into_iter()
            .zip(core.iter().zip(&params))
            .map(|(want, (have, param))| flat::narrow(&mut self.uses, *have, want, param))
            .collect();
        let value = self.lift(ty, &values);
        let params = params.join(", ");
        match value.strip_suffix(&format!("(m, {params})")) {
            Some(function) => function.to_string(),
            None if value.starts_with('{') => format!("(m, {params}) => ({value})"),
            None => format!("(m, {params}) => {value}"),
        }
    }

    /// The name of what is written when it is asked for the first time.
    fn once(&mut self, job: Job, ty: TypeId, write: impl FnOnce(&mut Self) -> String) -> String {
        let key = (job, ty, self.encoding as u8);
        if let Some(name) = self.done.get(&key) {
            return name.clone();
        }
        let name = write(self);
        self.done.insert(key, name.clone());
        name
    }

    /// A function of memory, value, address and name that stores a value of a type.
    pub(crate) fn store_reference(&mut self, ty: TypeId) -> String {
        if self.has_function(ty) {
            return self.store_function(ty);
        }
        let mut body = Writer::default();
        self.store(&mut body, ty, "p", "v", PASSED);
        format!("(m, v, p, field) => {}", body.into_text().trim_end().trim_end_matches(';'))
    }

    /// A function of memory and address that loads a value of a type.
    pub(crate) fn load_reference(&mut self, ty: TypeId) -> String {
        if self.has_function(ty) {
            return self.load_function(ty);
        }
        format!("(m, p) => {}", self.load(ty, "p").replace("dv.", "m.dv."))
    }

    /// The array of a variant's tags.
    fn case_names(&mut self, ty: TypeId, cases: &[Case]) -> String {
        self.names(ty, cases.iter().map(|case| case.name.as_str()))
    }

    /// A table of functions, by the number of the case whose payload they are for.
    fn table(
        &mut self,
        prefix: &str,
        ty: TypeId,
        cases: &[Case],
        mut function: impl FnMut(&mut Self, TypeId) -> String,
    ) -> String {
        let name = self.scope.name(&format!("{prefix}{}", crate::names::pascal(&self.words(ty))));
        let entries = cases.iter().enumerate().filter_map(|(i, case)| case.ty.map(|ty| (i, ty)));
        let entries: Vec<_> = entries.map(|(i, ty)| (i, function(self, ty))).collect();
        let mut w = Writer::default();
        let mut known: Vec<(String, String)> = Vec::new();
        for (_, function) in &entries {
            let often = entries.iter().filter(|(_, other)| other == function).count() > 1;
            if often && function.contains("=>") && !known.iter().any(|(text, _)| text == function) {
                let own =
                    self.scope.name(&format!("{prefix}{}Payload", crate::names::pascal(&self.words(ty))));
                emit!(w, "const {own} = {function};\n");
                known.push((function.clone(), own));
            }
        }
        w.block(format!("const {name} = {{"), "};\n", |w| {
            for (i, function) in &entries {
                let name = known.iter().find(|(text, _)| text == function).map_or(function, |(_, name)| name);
                emit!(w, "{i}: {name},");
            }
        });
        self.helpers.push_str(&w.into_text());
        name
    }

    /// Whether a type is stored and loaded by a function of the module.
    fn has_function(&self, ty: TypeId) -> bool {
        matches!(
            self.kind(ty),
            Kind::Record { .. }
                | Kind::Tuple { .. }
                | Kind::Flags { .. }
                | Kind::Option { .. }
                | Kind::Result { .. }
                | Kind::Variant { .. }
        )
    }

    /// The number that a case without a payload is, in a variant that has no other.
    pub(super) fn lower_bare(
        &mut self,
        ty: TypeId,
        cases: &[(String, Option<TypeId>)],
        v: &str,
        field: &str,
    ) -> String {
        let names = self.names(ty, cases.iter().map(|(name, _)| name.as_str()));
        self.uses.add("cases", "caseIndex");
        let field = said(field).map_or_else(String::new, |field| format!(", {field}"));
        format!("caseIndex({names}, {v}, {}, {}{field})", quote(&self.describe(ty)), self.at.cx())
    }

    /// The end of a function that lifts one of two, whose discriminant is an expression.
    pub(super) fn either(&mut self, ty: TypeId, d: &str, first: &str, second: &str) -> Vec<String> {
        self.uses.add("cases", "isSecond");
        let test = format!("isSecond({d}, {}, {})", quote(&self.describe(ty)), self.at.cx());
        vec![format!("return {test} ? {second} : {first};")]
    }
}

/// Statements under a condition: one stands in the same line.
fn guarded(w: &mut Writer, condition: &str, body: &str) {
    match body.trim_end() {
        line if !line.contains('\n') => emit!(w, "{condition} {line}"),
        lines => w.block(format!("{condition} {{"), "}", |w| w.line(lines)),
    }
}
