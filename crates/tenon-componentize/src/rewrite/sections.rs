//! The output's sections, in the order that WebAssembly demands. Custom sections go to the end.

use super::{Rewrite, Target, code, encode_type};
use crate::input::Module;
use std::convert::Infallible;
use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, ElementSection, Encode, ExportKind, ExportSection, GlobalSection,
    GlobalType, ImportSection, MemorySection, NameMap, NameSection, RawSection, SectionId, StartSection,
    TableSection, ValType,
};
use wasmparser::{
    BinaryReader, ElementSectionReader, GlobalSectionReader, ImportSectionReader, MemorySectionReader, Name,
    TableSectionReader,
};

type Result<T> = std::result::Result<T, reencode::Error>;

/// Custom sections that survive without `debug`: what the module says of itself.
const DESCRIPTIONS: [&str; 8] =
    ["producers", "authors", "description", "licenses", "source", "homepage", "revision", "version"];

/// Sends function indices in elements, tables and globals where the rewrite sends calls.
struct Indices<'r>(&'r Rewrite);

impl Reencode for Indices<'_> {
    type Error = Infallible;

    fn function_index(&mut self, func: u32) -> Result<u32> {
        Ok(self.0.resolve(func))
    }
}

pub(super) fn write(rewrite: &Rewrite, module: &Module<'_>) -> Result<Vec<u8>> {
    let mut out = wasm_encoder::Module::new();
    types(rewrite, module, &mut out)?;
    imports(rewrite, module, &mut out)?;
    functions(rewrite, module, &mut out);
    tables(rewrite, module, &mut out)?;
    memories(rewrite, module, &mut out)?;
    copy(module, SectionId::Tag, &mut out);
    globals(rewrite, module, &mut out)?;
    exports(rewrite, &mut out);
    start(rewrite, module, &mut out)?;
    elements(rewrite, module, &mut out)?;
    copy(module, SectionId::DataCount, &mut out);
    code_section(rewrite, module, &mut out)?;
    data(rewrite, module, &mut out);
    customs(rewrite, module, &mut out)?;
    Ok(out.finish())
}

fn copy(module: &Module<'_>, id: SectionId, out: &mut wasm_encoder::Module) {
    if let Some(data) = module.section(id as u8) {
        out.section(&RawSection { id: id as u8, data });
    }
}

/// A reader of a section's contents, if the module has it.
fn reader<'a>(module: &Module<'a>, id: SectionId) -> Option<BinaryReader<'a>> {
    module.section(id as u8).map(|data| BinaryReader::new(data, 0))
}

/// A vector section with raw items added: only the count before it changes.
fn append(id: SectionId, original: Option<&[u8]>, added: u32, items: &[u8], out: &mut wasm_encoder::Module) {
    let mut old = BinaryReader::new(original.unwrap_or(&[0]), 0);
    let count = old.read_var_u32().unwrap_or(0);
    if original.is_none() && added == 0 {
        return;
    }
    let mut data = Vec::new();
    (count + added).encode(&mut data);
    data.extend_from_slice(original.map_or(&[][..], |bytes| &bytes[old.original_position()..]));
    data.extend_from_slice(items);
    out.section(&RawSection { id: id as u8, data: &data });
}

fn types(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    let added = &rewrite.types[rewrite.original_types..];
    let mut items = Vec::new();
    for ty in added.iter().flatten() {
        let ty = encode_type(ty)?;
        items.push(0x60);
        ty.params().encode(&mut items);
        ty.results().encode(&mut items);
    }
    append(SectionId::Type, module.section(SectionId::Type as u8), added.len() as u32, &items, out);
    Ok(())
}

fn imports(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    let Some(reader) = reader(module, SectionId::Import) else { return Ok(()) };
    let mut section = ImportSection::new();
    let mut func = 0;
    for (position, import) in ImportSectionReader::new(reader)?.into_imports().enumerate() {
        let mut import = import?;
        if module.imports[position].func.is_some() {
            func += 1;
            if rewrite.dropped.contains(&(func - 1)) {
                continue;
            }
        }
        if let Some((module, name)) = rewrite.renamed.get(&position) {
            import.module = module;
            import.name = name;
        }
        RoundtripReencoder.parse_import(&mut section, import)?;
    }
    if !section.is_empty() {
        out.section(&section);
    }
    Ok(())
}

fn functions(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) {
    let mut items = Vec::new();
    for function in &rewrite.functions {
        function.ty.encode(&mut items);
    }
    let original = module.section(SectionId::Function as u8);
    append(SectionId::Function, original, rewrite.functions.len() as u32, &items, out);
}

fn tables(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    let Some(reader) = reader(module, SectionId::Table) else { return Ok(()) };
    let mut section = TableSection::new();
    Indices(rewrite).parse_table_section(&mut section, TableSectionReader::new(reader)?)?;
    out.section(&section);
    Ok(())
}

fn memories(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    let Some(reader) = reader(module, SectionId::Memory) else { return Ok(()) };
    let mut section = MemorySection::new();
    for memory in MemorySectionReader::new(reader)? {
        let mut memory = RoundtripReencoder.memory_type(memory?)?;
        memory.minimum += rewrite.more_pages;
        section.memory(memory);
    }
    out.section(&section);
    Ok(())
}

fn data(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) {
    let Some(original) = module.section(SectionId::Data as u8) else { return };
    if rewrite.data.is_empty() {
        return copy(module, SectionId::Data, out);
    }
    let mut data = original.to_vec();
    for (position, bytes) in &rewrite.data {
        data[*position..*position + 8].copy_from_slice(bytes);
    }
    out.section(&RawSection { id: SectionId::Data as u8, data: &data });
}

fn globals(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    let mut section = GlobalSection::new();
    if let Some(reader) = reader(module, SectionId::Global) {
        Indices(rewrite).parse_global_section(&mut section, GlobalSectionReader::new(reader)?)?;
    }
    for &(val_type, init) in &rewrite.globals {
        let ty = GlobalType { val_type, mutable: true, shared: false };
        let init = match val_type {
            ValType::I64 => ConstExpr::i64_const(init),
            _ => ConstExpr::i32_const(init as i32),
        };
        section.global(ty, &init);
    }
    if !section.is_empty() {
        out.section(&section);
    }
    Ok(())
}

fn exports(rewrite: &Rewrite, out: &mut wasm_encoder::Module) {
    let mut section = ExportSection::new();
    for export in &rewrite.exports {
        let (kind, index) = match export.target {
            Target::Original(func) => (ExportKind::Func, rewrite.resolve(func)),
            Target::Added(func) => (ExportKind::Func, func),
            Target::Other(kind, index) => (kind, index),
        };
        section.export(&export.name, kind, index);
    }
    if !section.is_empty() {
        out.section(&section);
    }
}

fn start(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    if let Some(mut reader) = reader(module, SectionId::Start) {
        let function_index = rewrite.resolve(reader.read_var_u32()?);
        out.section(&StartSection { function_index });
    }
    Ok(())
}

fn elements(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    if rewrite.keeps_calls() {
        copy(module, SectionId::Element, out);
    } else if let Some(reader) = reader(module, SectionId::Element) {
        let mut section = ElementSection::new();
        Indices(rewrite).parse_element_section(&mut section, ElementSectionReader::new(reader)?)?;
        out.section(&section);
    }
    Ok(())
}

fn code_section(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    if rewrite.functions.is_empty() && rewrite.keeps_calls() {
        copy(module, SectionId::Code, out);
        return Ok(());
    }
    let mut section = CodeSection::new();
    if let Some(data) = module.section(SectionId::Code as u8) {
        code::copy(data, |func| rewrite.resolve(func), rewrite.keeps_calls(), &mut section)?;
    }
    for function in &rewrite.functions {
        section.function(&function.body);
    }
    if !section.is_empty() {
        out.section(&section);
    }
    Ok(())
}

fn customs(rewrite: &Rewrite, module: &Module<'_>, out: &mut wasm_encoder::Module) -> Result<()> {
    for custom in &module.customs {
        // The worlds of other generators were read before, and are not passed on as they stand.
        if custom.name.starts_with("component-type") {
            continue;
        }
        if custom.name == "name" {
            if rewrite.debug {
                names(rewrite, custom.data, out)?;
            }
        } else if rewrite.debug || DESCRIPTIONS.contains(&custom.name) {
            out.section(&CustomSection { name: custom.name.into(), data: custom.data.into() });
        }
    }
    Ok(())
}

/// The name section, with functions renumbered and the added ones named. Names of locals and labels are by function
/// too and would be wrong after an import was dropped; nobody misses them.
fn names(rewrite: &Rewrite, data: &[u8], out: &mut wasm_encoder::Module) -> Result<()> {
    let mut section = NameSection::new();
    let known = wasmparser::NameSectionReader::new(BinaryReader::new(data, 0));
    for name in known {
        match name? {
            Name::Function(map) => {
                let mut functions = NameMap::new();
                for naming in map {
                    let naming = naming?;
                    if !rewrite.dropped.contains(&naming.index) {
                        functions.append(rewrite.index_of(naming.index), naming.name);
                    }
                }
                for (index, function) in (rewrite.first_function..).zip(&rewrite.functions) {
                    functions.append(index, &function.name);
                }
                section.functions(&functions);
            }
            Name::Local(_) | Name::Label(_) if !rewrite.dropped.is_empty() => {}
            other => RoundtripReencoder.parse_custom_name_subsection(&mut section, other)?,
        }
    }
    out.section(&section);
    Ok(())
}
