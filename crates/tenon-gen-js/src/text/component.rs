//! `instantiate.js`: what makes an instance of the component.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tenon_plan::{
    CoreDef, CoreInstanceId, InstanceId, InterfaceId, MemoryId, Options, OptionsId, Plan, ReallocId,
};

use super::HEADER;
use super::writer::{Writer, emit};
use crate::codec::{At, Codec, Uses};
use crate::facts::Facts;
use crate::names::{access, camel, quote};
use crate::{Config, Instantiation, runtime};

/// A memory as the canonical options name it.
type MemoryKey = (InstanceId, Option<MemoryId>, Option<ReallocId>);

/// Writes the module.
pub(super) struct Component<'a> {
    pub(super) plan: &'a Plan,
    pub(super) config: &'a Config,
    pub(super) facts: &'a Facts,
    pub(super) codec: Codec<'a>,
    /// The variables of memories.
    memories: BTreeMap<MemoryKey, String>,
    /// The variables of imported interfaces.
    pub(super) imported: BTreeMap<InterfaceId, String>,
    /// The variables of classes of errors.
    pub(super) error_names: BTreeMap<(Option<InterfaceId>, String), String>,
    /// The variables of classes of resources.
    pub(super) classes: BTreeMap<tenon_plan::ResourceId, String>,
    /// How elements of streams and futures are read and written.
    pub(super) element_codecs: Vec<String>,
    /// Definitions of the module: classes of errors.
    pub(super) prelude: Writer,
    /// Whether the package has an instance to enter and leave. One that nobody can enter twice, and that no value can break, has none.
    pub(super) guarded: bool,
    /// Whether no more than one of its instances does anything.
    alone: bool,
}

/// The file of a core module.
pub(super) fn module_file(config: &Config, index: usize) -> String {
    // The `@` of a scope begins no version.
    let stem = crate::names::file(config.name.trim_start_matches('@'));
    if index == 0 { format!("{stem}.core.wasm") } else { format!("{stem}.core{}.wasm", index + 1) }
}

/// Names of the runtime and of this module that no parameter may hide.
const TAKEN: &[&str] = &[
    "array",
    "attempt",
    "bad",
    "bool",
    "char",
    "cx",
    "dv",
    "f32",
    "f64",
    "handle",
    "imports",
    "options",
    "payloadOf",
    "record",
    "result",
    "ret",
    "s16",
    "s32",
    "s64",
    "s8",
    "self",
    "task",
    "trapped",
    "u16",
    "u32",
    "u64",
    "u8",
    "value",
];

impl<'a> Component<'a> {
    pub(super) fn new(plan: &'a Plan, config: &'a Config, facts: &'a Facts) -> Component<'a> {
        let mut codec = Codec::new(plan);
        for name in TAKEN.iter().copied().chain(runtime::carriers()) {
            codec.scope.name(name);
        }
        let guarded = !simple(plan);
        if !guarded {
            codec.own_checks();
        }
        Component {
            plan,
            config,
            facts,
            codec,
            memories: BTreeMap::new(),
            imported: BTreeMap::new(),
            error_names: BTreeMap::new(),
            classes: BTreeMap::new(),
            element_codecs: Vec::new(),
            prelude: Writer::default(),
            guarded,
            alone: alone(plan),
        }
    }

    /// What of the runtime is used.
    pub(super) fn uses(&self) -> &Uses {
        &self.codec.uses
    }

    /// The module's text.
    pub(super) fn write(&mut self) -> String {
        let sync = self.config.instantiation == Instantiation::Sync;
        let mut body = Writer::at(1);
        self.modules(&mut body);
        self.instances(&mut body);
        self.imports(&mut body);
        let mut trampolines = Writer::at(1);
        self.trampolines(&mut trampolines);
        let mut exports = Writer::at(1);
        self.exports(&mut exports);
        // The steps come before the exports, and must know of all memories that are named.
        let mut steps = Writer::at(1);
        self.steps(&mut steps);
        let mut rest = Writer::at(1);
        self.element_codecs.iter().for_each(|line| rest.line(line));
        rest.raw(&trampolines.into_text());
        rest.raw(&steps.into_text());
        rest.raw(&exports.into_text());
        let rest = rest.into_text();
        self.memories(&mut body, &rest);
        body.raw(&rest);

        let mut w = Writer::default();
        w.raw(HEADER);
        self.head(&mut w);
        w.raw(&std::mem::take(&mut self.prelude).into_text());
        w.raw(self.codec.helpers());
        self.doc(&mut w);
        let open = if sync { "export function" } else { "export async function" };
        let imports = if self.facts.needs_imports() { "imports" } else { "_imports" };
        let params = if self.takes_options() {
            format!("{imports}, options")
        } else if self.facts.needs_imports() {
            imports.to_string()
        } else {
            String::new()
        };
        w.line(format!("{open} instantiate({params}) {{"));
        w.raw(&super::prune::inline(&super::prune::prune(&body.into_text())));
        w.line("}");
        super::prune::name_types(&w.into_text())
    }

    fn doc(&self, w: &mut Writer) {
        if self.config.minify {
            return;
        }
        w.doc("Makes an instance of the component.");
    }

    /// Whether `instantiate` takes compiled modules.
    fn takes_options(&self) -> bool {
        self.config.instantiation != Instantiation::Import
    }

    fn head(&self, w: &mut Writer) {
        for (module, names) in self.codec.uses.iter() {
            emit!(
                w,
                "import {{ {} }} from {};",
                names.join(", "),
                quote(&runtime_module(self.config, module, "."))
            );
        }
        if self.codec.uses.iter().next().is_some() {
            emit!(w);
        }
    }

    /// Compiles the core modules.
    fn modules(&mut self, w: &mut Writer) {
        let sync = self.config.instantiation == Instantiation::Sync;
        let mut loads = Vec::new();
        for (i, module) in self.plan.modules.iter().enumerate() {
            let file = module_file(self.config, i);
            let load = if self.config.base64 {
                self.codec.uses.add("base64", "base64");
                let text = STANDARD.encode(&module.bytes[..]);
                let compile = if sync { "new WebAssembly.Module" } else { "WebAssembly.compile" };
                format!("{compile}(base64({}))", quote(&text))
            } else {
                let load = if sync {
                    self.codec.uses.add("load-sync", "loadSync")
                } else {
                    self.codec.uses.add("load", "load")
                };
                format!("{load}(new URL({}, import.meta.url))", quote(&format!("./{file}")))
            };
            let load = if self.takes_options() {
                format!("options?.getModule?.({}) ?? {load}", quote(&file))
            } else {
                load
            };
            loads.push(load);
        }
        let names: Vec<_> = (0..loads.len()).map(|i| self.codec.scope.name(&format!("module{i}"))).collect();
        match (loads.len(), sync) {
            (0, _) => {}
            (1, false) if loads[0].contains("??") => emit!(w, "const {} = await ({});", names[0], loads[0]),
            (1, false) => emit!(w, "const {} = await {};", names[0], loads[0]),
            (_, true) => names.iter().zip(&loads).for_each(|(name, load)| emit!(w, "const {name} = {load};")),
            (_, false) => {
                w.block(format!("const [{}] = await Promise.all([", names.join(", ")), "]);", |w| {
                    loads.iter().for_each(|load| emit!(w, "{load},"));
                });
            }
        }
    }

    /// The component's instances, with what each of them owns.
    fn instances(&mut self, w: &mut Writer) {
        if !self.guarded {
            emit!(w, "let trapped = false;");
            return;
        }
        self.codec.uses.add("instance", "Instance");
        emit!(w, "const cx = new Instance();");
        if !self.alone {
            for i in 0..self.plan.instances {
                self.codec.scope.name(&format!("inst{i}"));
                emit!(w, "const inst{i} = new Instance(cx);");
            }
        }
        let mut flags: Vec<_> = self
            .defs()
            .filter_map(|def| match def {
                CoreDef::MayLeave { instance } => Some(*instance),
                _ => None,
            })
            .collect();
        flags.sort();
        flags.dedup();
        for instance in flags {
            self.codec.uses.add("adapters", "mayLeave");
            emit!(w, "const mayLeave{} = mayLeave({});", instance.0, self.instance(instance));
        }
        if self.defs().any(|def| *def == CoreDef::TaskMayBlock) {
            self.codec.uses.add("tasks", "mayBlock");
            emit!(w, "const taskMayBlock = mayBlock(cx);");
        }
        self.resource_types(w);
    }

    /// All definitions that the steps use.
    pub(super) fn defs(&self) -> impl Iterator<Item = &'a CoreDef> {
        self.plan.definitions()
    }

    /// The variable of a component instance.
    pub(super) fn instance(&self, id: InstanceId) -> String {
        if self.alone { "cx".into() } else { format!("inst{}", id.0) }
    }

    /// The variable of the exports of a core instance.
    pub(super) fn core(&self, id: CoreInstanceId) -> String {
        format!("core{}", id.0)
    }

    /// The expression of something that core modules are given.
    pub(super) fn def(&mut self, def: &CoreDef) -> String {
        match def {
            CoreDef::Export { instance, name, .. } => {
                format!("{}{}", self.core(*instance), access(name))
            }
            CoreDef::Trampoline { trampoline } => format!("fn{}", trampoline.0),
            CoreDef::MayLeave { instance } => format!("mayLeave{}", instance.0),
            CoreDef::TaskMayBlock => "taskMayBlock".into(),
            CoreDef::Context { set, slot } => {
                let make = if *set { "contextSet" } else { "contextGet" };
                self.codec.uses.add("tasks", make);
                format!("{make}(cx, {slot})")
            }
        }
    }

    /// The memory of canonical options, by its variable.
    pub(super) fn memory(&mut self, options: OptionsId) -> String {
        let options: &Options = self.plan.option_set(options);
        let key = (options.instance, options.memory, options.realloc);
        let next = self.memories.len();
        let name = self.memories.entry(key).or_insert_with(|| format!("m{next}"));
        name.clone()
    }

    /// Where values of a function with such options are lifted and lowered.
    pub(super) fn at(&mut self, options: OptionsId) -> At {
        At::Memory { m: self.memory(options), cx: "cx".into() }
    }

    /// Declares the memories that were asked for. They are there before they exist, since functions that modules import name them.
    fn memories(&mut self, w: &mut Writer, used: &str) {
        for ((instance, ..), name) in &self.memories {
            if !mentions(used, name) {
                continue;
            }
            self.codec.uses.add("memory", "Memory");
            emit!(w, "const {name} = new Memory(cx, {});", self.instance(*instance));
        }
    }

    /// The memories that become whole with a memory or an allocator.
    pub(super) fn memories_with(&self, test: impl Fn(&MemoryKey) -> bool) -> Vec<String> {
        self.memories.iter().filter(|(key, _)| test(key)).map(|(_, name)| name.clone()).collect()
    }

    /// A parameter's name.
    pub(super) fn params(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        let mut scope = self.codec.scope.clone();
        names
            .map(|name| {
                let name = camel(&name);
                let helper = ["load", "store", "lift", "lower", "names", "core"]
                    .iter()
                    .any(|prefix| name.starts_with(prefix))
                    || name.strip_prefix("fn").is_some_and(|rest| rest.parse::<u32>().is_ok());
                scope.name(&if helper { format!("{name}_") } else { name })
            })
            .collect()
    }
}

/// Whether a text names a variable. A property of that name, as in `x.m0` and `{ m0: x }`, is another thing.
fn mentions(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let before = &text[..at];
        let after = &text[at + name.len()..];
        !before.ends_with(|c| word(c) || c == '.') && !after.starts_with(|c| word(c) || c == ':')
    })
}

/// Where a module of the runtime is imported from.
pub(super) fn runtime_module(config: &Config, module: &str, to_root: &str) -> String {
    if config.bundle {
        format!("{to_root}/runtime/{module}.js")
    } else {
        format!("@tenon/runtime/{module}.js")
    }
}

/// Whether no more than one instance has functions, handles or types: it stands for the whole.
fn alone(plan: &Plan) -> bool {
    let options = plan.options.iter().map(|options| options.instance);
    let resources = plan.resources.iter().filter_map(|resource| match resource.origin {
        tenon_plan::Origin::Defined { instance, .. } => Some(instance),
        _ => None,
    });
    let ops = plan.trampolines.iter().filter_map(|trampoline| trampoline.op.instance());
    let all = options.chain(resources).chain(ops);
    plan.instances <= 1
        || !plan.needs.adapters
            && all.chain(plan.error_context_tables.iter().copied()).collect::<BTreeSet<_>>().len() <= 1
}

/// Whether nothing but numbers goes in and out, and nothing is called from inside or afterwards.
fn simple(plan: &Plan) -> bool {
    let numbers = plan.functions.iter().all(|function| {
        let types = function.params.iter().map(|p| p.ty).chain(function.result);
        !function.async_ && types.into_iter().all(|ty| crate::codec::is_scalar(&plan.ty(ty).kind))
    });
    let quiet = plan.options.iter().all(|options| options.post_return.is_none())
        && plan.definitions().all(|def| matches!(def, CoreDef::Export { .. }));
    numbers && quiet && plan.trampolines.is_empty() && plan.resources.is_empty() && plan.instances <= 1
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn a_variable_is_no_property() {
        for text in ["f(m0)", "m0.u8", "{ x: m0 }", "a ? m0 : b", "[m0, m1]"] {
            assert!(mentions(text, "m0"), "{text}");
        }
        for text in ["x.m0", "{ m0: x }", "m00", "am0", "m0$"] {
            assert!(!mentions(text, "m0"), "{text}");
        }
    }
}
