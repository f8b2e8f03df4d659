//! Declared types: records, enums, flags, variants and aliases.

use askama::Template;
use wit_parser::{Docs, Type, TypeDefKind, TypeId};

use super::Gen;
use super::doc;
use super::function::article;
use super::writer::{CELL, Writer, emit};
use crate::names::lower_first;

/// How long a function may be, without braces, for gofmt to leave it on one line.
const ONE_LINE: usize = 100;

/// A case of an enum, a flag, or a case of a variant.
struct Case {
    name: String,
    /// Its name in WIT, quoted.
    wit: String,
    doc: String,
    ty: Option<String>,
}

/// An enum or flags: a number with constants.
#[derive(Template)]
#[template(path = "constants.go.txt", escape = "none")]
struct Constants<'a> {
    name: &'a str,
    this: String,
    repr: &'a str,
    names: String,
    cases: Vec<Case>,
    error: Option<String>,
    /// Each is a bit, and they can be set together.
    flags: bool,
}

#[derive(Template)]
#[template(path = "variant.go.txt", escape = "none")]
struct Variant<'a> {
    name: &'a str,
    cases: Vec<Case>,
    error: Option<String>,
    /// `Error` methods of one line, and the others.
    error_lines: Vec<String>,
    error_methods: Vec<String>,
    cell: String,
}

/// The declarations of all types of the package but resources.
pub(super) fn types(generator: &Gen<'_>) -> Writer {
    let mut w = Writer::default();
    for id in &generator.unit().types {
        let kind = &generator.facts.resolve.types[*id].kind;
        if matches!(kind, TypeDefKind::Resource) {
            continue;
        }
        if !w.is_empty() {
            emit!(w);
        }
        match generator.twin(*id) {
            Some(twin) => generator.twin_alias(&mut w, *id, twin),
            None => generator.declaration(&mut w, *id, kind),
        }
    }
    for (id, name) in &generator.package().tuples {
        if !w.is_empty() {
            emit!(w);
        }
        emit!(w, "// {name} is a tuple.");
        emit!(w, "type {name} = {}", generator.kind(&generator.facts.resolve.types[*id].kind));
    }
    w
}

impl Gen<'_> {
    /// The same type on the import side, if that can stand for this one.
    fn twin(&self, id: TypeId) -> Option<TypeId> {
        let twin = &self.facts.units[self.unit().twin?];
        if self.facts.has_resource(Type::Id(id)) {
            return None;
        }
        let name = &self.facts.resolve.types[id].name;
        twin.types.iter().copied().find(|twin| self.facts.resolve.types[*twin].name == *name)
    }

    fn twin_alias(&self, w: &mut Writer, id: TypeId, twin: TypeId) {
        let name = self.name(id).unwrap_or_default();
        let imported = self.name(twin).unwrap_or_default();
        w.comment(&format!("{name} is the same on both sides of the world."));
        emit!(w, "type {name} = {imported}");
        match &self.facts.resolve.types[id].kind {
            TypeDefKind::Variant(v) => {
                emit!(w);
                w.comment(&format!("The cases of [{name}]."));
                w.block("type (", ")", |w| {
                    for index in 0..v.cases.len() {
                        emit!(w, "{}{CELL}= {}", self.member(id, index), self.member(twin, index));
                    }
                });
            }
            TypeDefKind::Enum(e) => self.twin_constants(w, id, twin, e.cases.len()),
            TypeDefKind::Flags(f) => self.twin_constants(w, id, twin, f.flags.len()),
            _ => {}
        }
    }

    fn twin_constants(&self, w: &mut Writer, id: TypeId, twin: TypeId, count: usize) {
        emit!(w);
        w.block("const (", ")", |w| {
            for index in 0..count {
                emit!(w, "{}{CELL}= {}", self.member(id, index), self.member(twin, index));
            }
        });
    }

    fn declaration(&self, w: &mut Writer, id: TypeId, kind: &TypeDefKind) {
        let name = self.name(id).unwrap_or_default();
        let def = &self.facts.resolve.types[id];
        let what = format!(
            "{name} is the WIT type {} of {}.",
            def.name.as_deref().unwrap_or_default(),
            self.unit().wit
        );
        let text = self.docs(&def.docs, &what);
        let cases = match kind {
            TypeDefKind::Variant(v) => self.case_list(id, &name, v.cases.len()),
            _ => String::new(),
        };
        w.comment(&doc::with_paragraph(&text, &cases));
        let error = self.facts.is_error(Type::Id(id)).then(|| self.error_prefix());
        let this = lower_first(&name)[..1].to_string();
        let names = self.package().types[&id].table.clone();
        let repr = match self.layouts.of(&Type::Id(id)).size {
            1 => "uint8",
            2 => "uint16",
            _ => "uint32",
        };
        let text = match kind {
            TypeDefKind::Record(r) => return self.record(w, id, &name, r, error.as_deref()),
            TypeDefKind::Enum(e) => {
                let cases = e.cases.iter().map(|c| (c.name.as_str(), &c.docs));
                let cases = self.cases(id, cases);
                Constants { name: &name, this, repr, names, cases, error, flags: false }.render()
            }
            TypeDefKind::Flags(f) => {
                let cases = f.flags.iter().map(|c| (c.name.as_str(), &c.docs));
                let cases = self.cases(id, cases);
                Constants { name: &name, this, repr, names, cases, error, flags: true }.render()
            }
            TypeDefKind::Variant(v) => {
                let case = |(i, c): (usize, &wit_parser::Case)| self.variant_case(id, i, c, &name);
                let cases = v.cases.iter().enumerate().map(case).collect();
                let errors = error.iter().flat_map(|prefix| self.case_errors(id, v, prefix));
                let (error_lines, error_methods) = errors.partition(|method: &String| !method.contains('\n'));
                let cell = CELL.to_string();
                Variant { name: &name, cases, error: error.clone(), error_lines, error_methods, cell }
                    .render()
            }
            kind => Ok(format!("type {name} = {}", self.kind(kind))),
        };
        w.append(text.unwrap_or_default().trim_matches('\n'));
    }

    /// What an error's text begins with, as is usual in Go: the package it is of.
    fn error_prefix(&self) -> String {
        let unit = self.unit();
        unit.package.map_or_else(|| unit.name.clone(), |id| self.facts.resolve.packages[id].name.name.clone())
    }

    fn cases<'d>(&self, id: TypeId, cases: impl Iterator<Item = (&'d str, &'d Docs)>) -> Vec<Case> {
        cases.enumerate().map(|(index, (wit, docs))| self.case(id, index, wit, docs)).collect()
    }

    fn case(&self, id: TypeId, index: usize, wit: &str, case_docs: &Docs) -> Case {
        let text = self.docs(case_docs, "");
        let mut w = Writer::default();
        w.comment(&text);
        let doc = w.into_text();
        Case { name: self.member(id, index), wit: format!("{wit:?}"), doc, ty: None }
    }

    fn variant_case(&self, id: TypeId, index: usize, case: &wit_parser::Case, variant: &str) -> Case {
        let mut made = self.case(id, index, &case.name, &case.docs);
        if made.doc.is_empty() {
            made.doc = format!("// {} is the case {} of [{variant}].", made.name, case.name);
        }
        made.ty = case.ty.map(|ty| self.ty(ty));
        made
    }

    /// The `Error` methods of a variant's cases.
    fn case_errors(&self, id: TypeId, variant: &wit_parser::Variant, prefix: &str) -> Vec<String> {
        let cases = variant.cases.iter().enumerate();
        cases
            .map(|(i, c)| self.case_error(&self.member(id, i), &format!("{prefix}: {}", c.name), c.ty))
            .collect()
    }

    /// The types that a variant may be: they are apart from it, and its own method says nothing.
    fn case_list(&self, id: TypeId, name: &str, count: usize) -> String {
        let cases = (0..count).map(|index| format!("  - [{}]", self.member(id, index)));
        let cases: Vec<String> = cases.collect();
        format!("{} {name} is one of\n\n{}", capital_article(name), cases.join("\n"))
    }

    fn case_error(&self, name: &str, text: &str, payload: Option<Type>) -> String {
        let mut w = Writer::default();
        let Some(ty) = payload else {
            let (header, body) = (format!("func ({name}) Error() string"), format!("return {text:?}"));
            if header.len() + body.len() <= ONE_LINE {
                return format!("{header}{CELL}{{ {body} }}");
            }
            w.block(format!("{header} {{"), "}", |w| emit!(w, "{body}"));
            return w.into_text();
        };
        w.block(format!("func (e {name}) Error() string {{"), "}", |w| match self.facts.kind(ty) {
            Some(TypeDefKind::Option(inner)) => {
                w.block("if v, ok := e.Value.Get(); ok {", "}", |w| {
                    emit!(w, "return {}", self.with_value(text, *inner, "v"));
                });
                emit!(w, "return {text:?}");
            }
            _ => emit!(w, "return {}", self.with_value(text, ty, "e.Value")),
        });
        w.into_text()
    }

    fn with_value(&self, text: &str, ty: Type, value: &str) -> String {
        match self.facts.dealias(ty) {
            Type::String => format!("{:?} + {value}", format!("{text}: ")),
            _ if matches!(self.facts.kind(ty), Some(TypeDefKind::Record(_))) => {
                format!("fmt.Sprintf({:?}, {value})", format!("{text}: %+v"))
            }
            _ => format!("fmt.Sprint({:?}, {value})", format!("{text}: ")),
        }
    }

    fn record(
        &self,
        w: &mut Writer,
        id: TypeId,
        name: &str,
        record: &wit_parser::Record,
        error: Option<&str>,
    ) {
        w.block(format!("type {name} struct {{"), "}", |w| {
            for (index, field) in record.fields.iter().enumerate() {
                w.comment(&self.docs(&field.docs, ""));
                emit!(w, "{}{CELL}{}", self.member(id, index), self.ty(field.ty));
            }
        });
        let Some(prefix) = error else { return };
        emit!(w);
        emit!(w, "// Error implements error.");
        w.block(format!("func (e {name}) Error() string {{"), "}", |w| {
            emit!(w, "type fields {name} // without this method");
            emit!(w, "return fmt.Sprintf(\"{prefix}: %+v\", fields(e))");
        });
    }
}

fn capital_article(name: &str) -> &'static str {
    if article(name) == "an" { "An" } else { "A" }
}
