//! Implementations that compile and panic: where a program starts.

use std::collections::BTreeMap;

use tenon_abi::Layouts;
use wit_parser::{TypeDefKind, TypeId};

use super::Gen;
use super::file::imports;
use super::writer::{Writer, align, emit};
use crate::Config;
use crate::facts::{Facts, Side};
use crate::names::{Scope, lower_first};
use crate::plan::Plan;

/// One file for each exported interface, for the Go package `package`.
pub(crate) fn stubs(facts: &Facts, plan: &Plan, config: &Config, package: &str) -> BTreeMap<String, String> {
    let layouts: Layouts<'_> = facts.layouts();
    let mut files = BTreeMap::new();
    let mut names = Scope::with(["main"]);
    let mut file_names = Scope::with(["main"]);
    for (index, unit) in facts.units.iter().enumerate() {
        if unit.side == Side::Import || unit.functions.is_empty() {
            continue;
        }
        let generator = Gen::new(facts, plan, config, &layouts, index).outside();
        let body = generator.stub(&mut names).into_text();
        let mut known = generator.package().imports.clone();
        known.insert(generator.package().path.clone(), generator.package().name.clone());
        let mut w = Writer::default();
        emit!(w, "package {package}\n");
        w.block("import (", ")", |w| {
            for (at, group) in imports(&body, &known).into_iter().enumerate() {
                if at > 0 {
                    emit!(w);
                }
                group.into_iter().for_each(|line| w.line(line));
            }
        });
        emit!(w);
        w.append(&body);
        let name = &generator.package().name;
        let several =
            plan.packages.iter().zip(&facts.units).filter(|(p, u)| p.name == *name && u.side == Side::Export);
        let package_name =
            unit.package.map(|id| crate::names::package(&facts.resolve.packages[id].name.name));
        let name = match package_name {
            Some(prefix) if several.count() > 1 => file_names.declare(&format!("{prefix}{name}"), ""),
            _ => file_names.declare(name, ""),
        };
        files.insert(format!("{name}.go"), align(&w.into_text()));
    }
    if package == "main" {
        files.insert("main.go".into(), "package main\n\nfunc main() {}\n".into());
    }
    files
}

impl Gen<'_> {
    fn stub(&self, names: &mut Scope) -> Writer {
        let mut w = Writer::default();
        let package = self.package();
        if self.has_face() {
            let name = names.declare(&format!("{}Impl", lower_first(&package.interface)), "");
            emit!(w, "// {name} implements {}.", self.unit().wit);
            emit!(w, "type {name} struct{{}}\n");
            emit!(w, "var _ {}.{} = {name}{{}}\n", package.name, package.interface);
            w.block("func init() {", "}", |w| emit!(w, "{}.Export({name}{{}})", package.name));
            self.stub_methods(&mut w, &name, None);
        }
        for id in &self.unit().types {
            if !matches!(self.facts.resolve.types[*id].kind, TypeDefKind::Resource) {
                continue;
            }
            let resource = self.resource_name(*id);
            let name = names.declare(&format!("{}Impl", lower_first(resource)), "");
            if !w.is_empty() {
                emit!(w);
            }
            emit!(w, "// {name} implements a {resource} of {}.", self.unit().wit);
            emit!(w, "type {name} struct{{}}\n");
            emit!(w, "var _ {}.{resource} = (*{name})(nil)", package.name);
            self.stub_methods(&mut w, &format!("*{name}"), Some(*id));
        }
        w
    }

    fn stub_methods(&self, w: &mut Writer, receiver: &str, resource: Option<TypeId>) {
        for (function, go) in self.unit().functions.iter().zip(&self.package().functions) {
            let wanted = if go.method { go.resource == resource } else { resource.is_none() };
            if wanted {
                emit!(w);
                w.block(format!("func ({receiver}) {} {{", self.signature(function, go)), "}", |w| {
                    emit!(w, "panic({:?})", format!("not implemented: {}", self.export_name(function)));
                });
            }
        }
    }
}
