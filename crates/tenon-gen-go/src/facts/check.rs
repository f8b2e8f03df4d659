//! What Go bindings cannot express is refused here, all of it at once.

use tenon_abi::Layouts;
use tenon_wit::{Diagnostic, Diagnostics, World};
use wit_parser::{Span, Type, TypeDefKind, TypeId, WorldItem};

use super::{Facts, children, impossible};

/// The imports of one interface in several versions cannot be joined.
const VERSIONS: &str = "T0301";
const FLAGS: &str = "T0302";
const TOO_LARGE: &str = "T0304";
const IMPOSSIBLE: &str = "T0305";

/// What fits in linear memory beside the program.
const MAX_SIZE: u32 = 1 << 30;

/// Two imports that should be one and cannot, because of `reason`.
pub(super) fn versions(world: &World, reason: &str) -> Diagnostic {
    let (message, note) = match reason
        .split_once(", was this semver-compatible update not semver compatible?: ")
    {
        Some((_, note)) => {
            ("one interface is imported in two versions that should be compatible and are not", Some(note))
        }
        None => (reason, None),
    };
    let mut diagnostic = Diagnostic::error(VERSIONS, message);
    for (key, item) in &world.resolve.worlds[world.id].imports {
        let name = world.resolve.name_world_key(key);
        if let (WorldItem::Interface { id, span, .. }, true) = (item, reason.contains(&format!("`{name}`"))) {
            let imported = world.label(*span, format!("{name} is imported here"));
            let declared = || world.label(world.resolve.interfaces[*id].span, format!("this is {name}"));
            diagnostic = diagnostic.with_label(imported.or_else(declared));
        }
    }
    diagnostic.notes.extend(note.map(str::to_string));
    diagnostic.with_help("import one version, or correct the copy of the package in `deps`")
}

/// Adds what is wrong with the types and functions of the world.
pub(super) fn all(facts: &Facts, world: &World, errors: &mut Diagnostics) {
    let mut check = Check { facts, world, layouts: facts.layouts(), errors };
    for unit in &facts.units {
        for id in &unit.types {
            check.named(*id);
        }
        for function in &unit.functions {
            let what = format!("{}#{}", unit.wit, function.name);
            for param in &function.params {
                check.anonymous(param.ty, param.span, &what);
            }
            if let Some(ty) = function.result {
                check.anonymous(ty, function.span, &what);
            }
        }
    }
}

struct Check<'a> {
    facts: &'a Facts,
    world: &'a World,
    layouts: Layouts<'a>,
    errors: &'a mut Diagnostics,
}

impl Check<'_> {
    fn named(&mut self, id: TypeId) {
        let def = &self.facts.resolve.types[id];
        let unit = &self.facts.units[self.facts.owner[&id]];
        let what = format!("{}.{}", unit.wit, def.name.as_deref().unwrap_or_default());
        if let TypeDefKind::Flags(flags) = &def.kind
            && !(1..=32).contains(&flags.flags.len())
        {
            let count = flags.flags.len();
            let message = format!("`{what}` has {count} flags, and the canonical ABI has room for 1 to 32");
            self.refuse(FLAGS, message, def.span, Some("split it into several types"));
        }
        self.type_itself(Type::Id(id), def.span, &what);
    }

    /// Looks at `ty` unless it has a name: then it is looked at where it is declared.
    fn anonymous(&mut self, ty: Type, span: Span, what: &str) {
        let Type::Id(id) = ty else { return };
        let def = &self.facts.resolve.types[id];
        if def.name.is_some() {
            return;
        }
        self.type_itself(ty, span, what);
    }

    /// Looks at a type and what it is made of. The innermost one that is too large or cannot be is the one to blame.
    fn type_itself(&mut self, ty: Type, span: Span, what: &str) {
        let Type::Id(id) = ty else { return };
        let kind = &self.facts.resolve.types[id].kind;
        if let Some((reason, help)) = impossible::reason(self.facts, kind) {
            let message = format!("`{what}` has {reason}, which no component can have");
            return self.refuse(IMPOSSIBLE, message, span, Some(help));
        }
        let before = self.errors.list.len();
        children(kind).into_iter().for_each(|ty| self.anonymous(ty, span, what));
        if self.layouts.of(&ty).size > MAX_SIZE && self.errors.list.len() == before {
            let message = format!("`{what}` has a value of more than 1 GiB");
            let help = "pass a `list` or a `stream`: what has a fixed size is passed all at once";
            self.refuse(TOO_LARGE, message, span, Some(help));
        }
    }

    fn refuse(&mut self, code: &'static str, message: String, span: Span, help: Option<&str>) {
        let mut diagnostic = Diagnostic::error(code, message).with_label(self.world.label(span, "here"));
        diagnostic.help.extend(help.map(str::to_string));
        self.errors.push(diagnostic);
    }
}
