//! The plan for people to read.

use std::fmt::Write;

use crate::{
    Blocking, CoreDef, CoreSignature, Encoding, EndCall, Export, ExportItem, Function, ImportItem,
    InterfaceId, Kind, Mode, ModuleOrigin, Named, NamedType, Op, Options, Origin, Passing, PayloadTable,
    Plan, Returning, Side, Step, Type, TypeId,
};

/// Prints the plan: one line for each thing, with the numbers by which things refer to each other.
pub fn print(plan: &Plan) -> String {
    let mut out = String::new();
    let printer = Printer { plan };
    // Writing to a string cannot fail.
    let _ = printer.all(&mut out);
    out
}

struct Printer<'a> {
    plan: &'a Plan,
}

type Result = std::fmt::Result;

impl Printer<'_> {
    fn all(&self, out: &mut String) -> Result {
        let name = self.plan.world.name.as_deref().unwrap_or("without WIT");
        writeln!(out, "plan {} of {name}, {} instance(s)", self.plan.version, self.plan.instances)?;
        self.needs(out)?;
        self.modules(out)?;
        self.steps(out)?;
        self.trampolines(out)?;
        self.options(out)?;
        self.stacks(out)?;
        self.world(out)?;
        self.resources(out)?;
        self.types(out)
    }

    fn needs(&self, out: &mut String) -> Result {
        let needs = &self.plan.needs;
        let list = [
            ("resources", needs.resources),
            ("tasks", needs.tasks),
            ("streams", needs.streams),
            ("futures", needs.futures),
            ("error contexts", needs.error_contexts),
            ("adapters", needs.adapters),
            ("transcoders", needs.transcoders),
            ("suspension", needs.suspension),
        ];
        let list: Vec<&str> = list.into_iter().filter(|(_, needed)| *needed).map(|(name, _)| name).collect();
        writeln!(out, "needs: {}", if list.is_empty() { "nothing".to_string() } else { list.join(", ") })
    }

    fn modules(&self, out: &mut String) -> Result {
        title(out, "modules", self.plan.modules.len())?;
        for (index, module) in self.plan.modules.iter().enumerate() {
            let origin = match module.origin {
                ModuleOrigin::Component => "",
                ModuleOrigin::Adapter => ", adapter",
            };
            let features = match module.features.as_slice() {
                [] => String::new(),
                list => format!(", needs {}", list.join(", ")),
            };
            writeln!(
                out,
                "  module{index}: {} imports, {} exports{origin}{features}",
                module.imports.len(),
                module.exports.len(),
            )?;
        }
        Ok(())
    }

    fn steps(&self, out: &mut String) -> Result {
        title(out, "steps", self.plan.steps.len())?;
        for step in &self.plan.steps {
            match step {
                Step::Instantiate { instance, module, args, owner } => {
                    let owner = owner.map_or("adapter".to_string(), |owner| owner.to_string());
                    writeln!(out, "  {instance} = instantiate {module} ({owner})")?;
                    arguments(out, args)?;
                }
                Step::InstantiateImport { instance, import, args, owner } => {
                    let owner = owner.map_or("adapter".to_string(), |owner| owner.to_string());
                    writeln!(out, "  {instance} = instantiate {import} ({owner})")?;
                    arguments(out, args)?;
                }
                Step::Memory { id, def: what } => writeln!(out, "  {id} = {}", def(what))?,
                Step::Realloc { id, def: what } => writeln!(out, "  {id} = {}", def(what))?,
                Step::Callback { id, def: what } => writeln!(out, "  {id} = {}", def(what))?,
                Step::PostReturn { id, def: what } => writeln!(out, "  {id} = {}", def(what))?,
                Step::Table { id, def: what } => writeln!(out, "  {id} = {}", def(what))?,
                Step::Resource { id, dtor, owner } => {
                    let dtor = dtor.as_ref().map_or("nothing".to_string(), def);
                    writeln!(out, "  {id} of {owner}, destroyed by {dtor}")?;
                }
            }
        }
        Ok(())
    }

    fn trampolines(&self, out: &mut String) -> Result {
        title(out, "trampolines", self.plan.trampolines.len())?;
        for (index, trampoline) in self.plan.trampolines.iter().enumerate() {
            writeln!(out, "  trampoline{index}: {} {}", signature(&trampoline.core), op(&trampoline.op))?;
        }
        Ok(())
    }

    fn options(&self, out: &mut String) -> Result {
        title(out, "options", self.plan.options.len())?;
        for (index, options) in self.plan.options.iter().enumerate() {
            writeln!(out, "  options{index}: {}", option_set(options))?;
        }
        Ok(())
    }

    fn stacks(&self, out: &mut String) -> Result {
        title(out, "started on stacks of their own", self.plan.stacks.len())?;
        for stack in &self.plan.stacks {
            writeln!(out, "  {} {}", def(&stack.core), signature(&stack.signature))?;
        }
        Ok(())
    }

    fn world(&self, out: &mut String) -> Result {
        title(out, "imports", self.plan.imports.len())?;
        for (index, import) in self.plan.imports.iter().enumerate() {
            let item = match import.item {
                ImportItem::Function { function } => {
                    format!("function{} {}", function.0, self.function(self.plan.function(function)))
                }
                ImportItem::Resource { resource } => resource.to_string(),
                ImportItem::Module => "core module".to_string(),
            };
            writeln!(out, "  import{index} {}: {item}", import.path.join("#"))?;
        }
        title(out, "exports", self.plan.exports.len())?;
        for export in &self.plan.exports {
            self.export(out, export, 1)?;
        }
        title(out, "interfaces", self.plan.interfaces.len())?;
        for (index, interface) in self.plan.interfaces.iter().enumerate() {
            let side = match interface.side {
                Side::Import => "imported",
                Side::Export => "exported",
            };
            writeln!(out, "  interface{index} {}, {side}{}", interface.name, docs(&interface.docs))?;
            for ty in &interface.types {
                self.named(out, ty, 2)?;
            }
            for id in &interface.functions {
                writeln!(out, "    {}", self.function(self.plan.function(*id)))?;
            }
        }
        title(out, "types of the world", self.plan.world.types.len())?;
        for ty in &self.plan.world.types {
            self.named(out, ty, 1)?;
        }
        Ok(())
    }

    fn named(&self, out: &mut String, ty: &NamedType, depth: usize) -> Result {
        let target = match ty.target {
            Named::Type(id) => id.to_string(),
            Named::Resource(id) => id.to_string(),
        };
        writeln!(out, "{}{} = {target}{}", "  ".repeat(depth), ty.name, docs(&ty.docs))
    }

    fn export(&self, out: &mut String, export: &Export, depth: usize) -> Result {
        let indent = "  ".repeat(depth);
        match &export.item {
            ExportItem::Function { lift: id } => {
                let lift = self.plan.lift(*id);
                let mode = match lift.mode {
                    Mode::Sync => "sync",
                    Mode::Callback => "callback",
                    Mode::Suspend => "suspend",
                };
                writeln!(
                    out,
                    "{indent}{}: {id} {} = {} {}, {}, {}, {mode}",
                    export.name,
                    self.function(self.plan.function(lift.function)),
                    def(&lift.core),
                    signature(&lift.signature.core),
                    abi(&lift.signature.params, lift.signature.returning),
                    lift.options,
                )?;
                for Blocking { what, trampoline, certainty } in &lift.blocking {
                    let trampoline = trampoline.map_or(String::new(), |id| format!(" ({id})"));
                    writeln!(out, "{indent}  may block, {certainty:?}: {what}{trampoline}")?;
                }
                Ok(())
            }
            ExportItem::Instance { interface, exports } => {
                let interface = interface.map_or(String::new(), |id: InterfaceId| format!(" {id}"));
                writeln!(out, "{indent}{}: instance{interface}", export.name)?;
                exports.iter().try_for_each(|export| self.export(out, export, depth + 1))
            }
            ExportItem::Resource { resource } => writeln!(out, "{indent}{}: {resource}", export.name),
            ExportItem::Type { ty } => writeln!(out, "{indent}{}: {ty}", export.name),
            ExportItem::Module { module } => writeln!(out, "{indent}{}: {module}", export.name),
            ExportItem::ImportedModule { import } => writeln!(out, "{indent}{}: {import}", export.name),
        }
    }

    fn resources(&self, out: &mut String) -> Result {
        title(out, "resources", self.plan.resources.len())?;
        for (index, resource) in self.plan.resources.iter().enumerate() {
            let name =
                resource.name.as_ref().map_or("without a name".to_string(), |name| self.qualified(name));
            let origin = match &resource.origin {
                Origin::Imported { import } => format!("{import}"),
                Origin::Defined { instance, dtor: true } => format!("{instance}, with a destructor"),
                Origin::Defined { instance, dtor: false } => format!("{instance}"),
                Origin::Unused => "unused".to_string(),
            };
            writeln!(out, "  resource{index} {name}: {origin}{}", docs(&resource.docs))?;
        }
        for (index, table) in self.plan.resource_tables.iter().enumerate() {
            if let Some(table) = table {
                writeln!(out, "  handles{index}: {} in {}", table.resource, table.instance)?;
            }
        }
        let ends = |tables: &[PayloadTable], what: &str| -> String {
            let line = |(index, table): (usize, &PayloadTable)| {
                let payload = table.payload.map_or("nothing".to_string(), |id| self.ty(id));
                format!("  {what}{index}: {payload} in {}\n", table.instance)
            };
            tables.iter().enumerate().map(line).collect()
        };
        out.push_str(&ends(&self.plan.stream_tables, "streams"));
        out.push_str(&ends(&self.plan.future_tables, "futures"));
        for (index, instance) in self.plan.error_context_tables.iter().enumerate() {
            writeln!(out, "  errors{index}: in {instance}")?;
        }
        Ok(())
    }

    fn types(&self, out: &mut String) -> Result {
        title(out, "types", self.plan.types.len())?;
        for (index, ty) in self.plan.types.iter().enumerate() {
            let name = ty.name.as_ref().map_or(String::new(), |name| format!(" {}", self.qualified(name)));
            let flat = match &ty.flat {
                Some(flat) => format!("{flat:?}").to_lowercase(),
                None => "in memory".to_string(),
            };
            writeln!(
                out,
                "  type{index}{name}: {}, size {}, align {}, {flat}{}",
                self.shape(ty),
                ty.layout.size,
                ty.layout.align,
                docs(&ty.docs),
            )?;
        }
        Ok(())
    }

    fn qualified(&self, name: &crate::TypeName) -> String {
        match name.interface {
            Some(id) => format!("{}#{}", self.plan.interface(id).name, name.name),
            None => name.name.clone(),
        }
    }

    fn function(&self, function: &Function) -> String {
        let params = function.params.iter().map(|param| format!("{}: {}", param.name, self.ty(param.ty)));
        let params: Vec<String> = params.collect();
        let result = function.result.map_or(String::new(), |ty| format!(" -> {}", self.ty(ty)));
        let async_ = if function.async_ { "async " } else { "" };
        format!("{async_}{}({}){result}{}", function.name, params.join(", "), docs(&function.docs))
    }

    /// A type where it is used: its name, or its shape.
    fn ty(&self, id: TypeId) -> String {
        let ty = self.plan.ty(id);
        match &ty.name {
            Some(name) => name.name.clone(),
            None => self.shape(ty),
        }
    }

    fn optional(&self, id: Option<TypeId>) -> String {
        id.map_or("_".to_string(), |id| self.ty(id))
    }

    fn shape(&self, ty: &Type) -> String {
        let table = |table: Option<String>| table.map_or(String::new(), |table| format!(" {table}"));
        match &ty.kind {
            Kind::Bool => "bool".into(),
            Kind::S8 => "s8".into(),
            Kind::U8 => "u8".into(),
            Kind::S16 => "s16".into(),
            Kind::U16 => "u16".into(),
            Kind::S32 => "s32".into(),
            Kind::U32 => "u32".into(),
            Kind::S64 => "s64".into(),
            Kind::U64 => "u64".into(),
            Kind::F32 => "f32".into(),
            Kind::F64 => "f64".into(),
            Kind::Char => "char".into(),
            Kind::String => "string".into(),
            Kind::List { element } => format!("list<{}>", self.ty(*element)),
            Kind::FixedList { element, length } => format!("list<{}, {length}>", self.ty(*element)),
            Kind::Map { key, value, value_offset, .. } => {
                format!("map<{}, {} at {value_offset}>", self.ty(*key), self.ty(*value))
            }
            Kind::Record { fields } => {
                let fields = fields.iter().map(|field| {
                    format!("{}: {} at {}{}", field.name, self.ty(field.ty), field.offset, docs(&field.docs))
                });
                format!("record {{ {} }}", fields.collect::<Vec<_>>().join(", "))
            }
            Kind::Tuple { items } => {
                let items = items.iter().map(|item| format!("{} at {}", self.ty(item.ty), item.offset));
                format!("tuple<{}>", items.collect::<Vec<_>>().join(", "))
            }
            Kind::Flags { labels } => format!("flags {{ {} }}", label_list(labels)),
            Kind::Enum { labels, discriminant } => {
                format!("enum:{discriminant} {{ {} }}", label_list(labels))
            }
            Kind::Variant { cases, discriminant, payload } => {
                let cases = cases.iter().map(|case| match case.ty {
                    Some(ty) => format!("{}({}){}", case.name, self.ty(ty), docs(&case.docs)),
                    None => format!("{}{}", case.name, docs(&case.docs)),
                });
                let cases: Vec<String> = cases.collect();
                format!("variant:{discriminant} {{ {} }} at {payload}", cases.join(", "))
            }
            Kind::Option { some, payload } => format!("option<{} at {payload}>", self.ty(*some)),
            Kind::Result { ok, err, payload } => {
                format!("result<{}, {} at {payload}>", self.optional(*ok), self.optional(*err))
            }
            Kind::Own { resource, table: t } => {
                format!("own<{resource}{}>", table(t.map(|t| t.to_string())))
            }
            Kind::Borrow { resource, table: t } => {
                format!("borrow<{resource}{}>", table(t.map(|t| t.to_string())))
            }
            Kind::Stream { payload, table: t } => {
                format!("stream<{}{}>", self.optional(*payload), table(t.map(|t| t.to_string())))
            }
            Kind::Future { payload, table: t } => {
                format!("future<{}{}>", self.optional(*payload), table(t.map(|t| t.to_string())))
            }
            Kind::ErrorContext { table: t } => format!("error-context{}", table(t.map(|t| t.to_string()))),
        }
    }
}

fn title(out: &mut String, name: &str, count: usize) -> Result {
    if count > 0 { writeln!(out, "\n{name}") } else { Ok(()) }
}

/// The first line of the docs.
fn docs(text: &Option<String>) -> String {
    match text.as_deref().and_then(|text| text.lines().next()) {
        Some(line) => format!(" /// {line}"),
        None => String::new(),
    }
}

fn label_list(labels: &[crate::Label]) -> String {
    let labels = labels.iter().map(|label| format!("{}{}", label.name, docs(&label.docs)));
    labels.collect::<Vec<_>>().join(", ")
}

fn arguments(out: &mut String, args: &[crate::Argument]) -> Result {
    args.iter().try_for_each(|arg| writeln!(out, "    {:?} {:?} = {}", arg.module, arg.name, def(&arg.def)))
}

fn def(def: &CoreDef) -> String {
    match def {
        CoreDef::Export { instance, name, .. } => format!("{instance}.{name:?}"),
        CoreDef::Trampoline { trampoline } => trampoline.to_string(),
        CoreDef::MayLeave { instance } => format!("may-leave of {instance}"),
        CoreDef::TaskMayBlock => "task-may-block".to_string(),
        CoreDef::Context { set: false, slot } => format!("context.get {slot}"),
        CoreDef::Context { set: true, slot } => format!("context.set {slot}"),
    }
}

fn signature(core: &CoreSignature) -> String {
    let list = |list: &[crate::Core]| {
        let names = list.iter().map(|core| format!("{core:?}").to_lowercase());
        names.collect::<Vec<_>>().join(", ")
    };
    format!("({}) -> ({})", list(&core.params), list(&core.results))
}

fn abi(params: &Passing, returning: Returning) -> String {
    let result = match returning {
        Returning::None => "no result",
        Returning::Flat => "flat result",
        Returning::Address => "result at an address",
        Returning::Pointer => "result to a pointer",
    };
    format!("{}, {result}", passing(params))
}

fn passing(params: &Passing) -> String {
    match params {
        Passing::Flat { counts } => format!("flat {counts:?}"),
        Passing::Memory { offsets, layout } => {
            format!("in memory at {offsets:?}, size {}, align {}", layout.size, layout.align)
        }
    }
}

fn option_set(options: &Options) -> String {
    let mut words = vec![options.instance.to_string()];
    words.push(
        match options.encoding {
            Encoding::Utf8 => "utf8",
            Encoding::Utf16 => "utf16",
            Encoding::CompactUtf16 => "latin1+utf16",
        }
        .to_string(),
    );
    words.extend(options.memory.map(|id| id.to_string()));
    words.extend(options.realloc.map(|id| id.to_string()));
    words.extend(options.post_return.map(|id| id.to_string()));
    words.extend(options.async_.then(|| "async".to_string()));
    words.extend(options.callback.map(|id| id.to_string()));
    words.extend(options.cancellable.then(|| "cancellable".to_string()));
    words.join(", ")
}

fn op(op: &Op) -> String {
    match op {
        Op::LowerImport { import, function, options, signature } => {
            format!(
                "lower {import} as {function}, {options}, {}",
                abi(&signature.params, signature.returning)
            )
        }
        Op::ResourceNew { instance, table } => format!("resource.new {table}, {instance}"),
        Op::ResourceRep { instance, table } => format!("resource.rep {table}, {instance}"),
        Op::ResourceDrop { instance, table } => format!("resource.drop {table}, {instance}"),
        Op::TaskReturn { instance, result, passing: how, options, number } => {
            let result = result.map_or("nothing".to_string(), |id| id.to_string());
            format!("task.return {result}, {}, {options}, {instance}, number {number}", passing(how))
        }
        Op::Stream { instance, table, call } => format!("stream.{} {table}, {instance}", end(*call)),
        Op::Future { instance, table, call } => format!("future.{} {table}, {instance}", end(*call)),
        Op::Transcode { transcode, from, to } => format!("transcode {transcode:?}, {from} to {to}"),
        Op::Trap { .. } => "trap".to_string(),
        Op::MemoryAccess { memory, access } => format!("{access:?} of {memory}"),
        Op::MemoryCopy { from, to } => format!("copy {from} to {to}"),
        other => format!("{other:?}"),
    }
}

fn end(call: EndCall) -> String {
    let blocking = |async_: bool| if async_ { "" } else { ", blocking," };
    match call {
        EndCall::New => "new".to_string(),
        EndCall::Read { options } => format!("read {options}"),
        EndCall::Write { options } => format!("write {options}"),
        EndCall::CancelRead { async_ } => format!("cancel-read{}", blocking(async_)),
        EndCall::CancelWrite { async_ } => format!("cancel-write{}", blocking(async_)),
        EndCall::DropReadable => "drop-readable".to_string(),
        EndCall::DropWritable => "drop-writable".to_string(),
    }
}
