//! The plan as text, for people who want to know why something is called what it is.

use std::fmt::Write as _;

use crate::facts::{Facts, Side};
use crate::plan::Plan;

/// One block for each package.
pub(crate) fn dump(facts: &Facts, plan: &Plan) -> String {
    let mut out = String::new();
    for (unit, package) in facts.units.iter().zip(&plan.packages) {
        let side = if unit.side == Side::Import { "import" } else { "export" };
        let _ = writeln!(out, "{side} {}\n  package {} {:?}", unit.wit, package.name, package.path);
        let made = package.dir.as_deref().map_or("elsewhere".to_string(), |dir| format!("in {dir}"));
        let _ = writeln!(out, "  made {made}");
        for (path, name) in &package.imports {
            let _ = writeln!(out, "  uses {name} {path:?}");
        }
        if unit.side == Side::Export {
            let _ = writeln!(out, "  interface {}", package.interface);
        }
        for id in &unit.types {
            let (def, ty) = (&facts.resolve.types[*id], &package.types[id]);
            let _ =
                writeln!(out, "  {} {} = {}", def.kind.as_str(), def.name.as_deref().unwrap_or("_"), ty.name);
            if !ty.members.is_empty() {
                let _ = writeln!(out, "    {}", ty.members.join(", "));
            }
        }
        for (function, go) in unit.functions.iter().zip(&package.functions) {
            let ctx = go.ctx.iter().map(String::as_str);
            let params: Vec<&str> = ctx.chain(go.params.iter().map(String::as_str)).collect();
            let _ = writeln!(out, "  func {} = {}({})", function.name, go.name, params.join(", "));
        }
    }
    out
}
