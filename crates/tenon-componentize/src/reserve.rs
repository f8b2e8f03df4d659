//! Memory for the adapter in Go programs that cannot give it any.
//!
//! The adapter keeps its state and its stack in the program's memory, and asks the program's `cabi_realloc` for it.
//! Tenon's Go package has one. Without it, the adapter would grow the memory by itself; but Go takes all that follows
//! its data for its heap, however the memory came to grow, and the two would overwrite each other. So the pages are
//! taken from the beginning of the heap before Go starts: the end of Go's data, which the runtime reads from a variable,
//! is moved up.

use crate::Error;
use crate::input::{Module, malformed};
use crate::rewrite::Rewrite;
use crate::shim::PREVIEW1;
use wasm_encoder::{BlockType, Function, ValType};
use wasmparser::{
    BinaryReader, DataKind, DataSectionReader, FuncType, MemorySectionReader, Operator, SectionLimited,
};

const PAGE: u64 = 64 * 1024;
/// One page each for the adapter's state and its stack, and room to align them.
const RESERVED_PAGES: u64 = 3;
/// What Go's linker adds to the end of the data for the memory's first size.
const HEADROOM: u64 = 1 << 20;
/// Go's linker puts nothing below.
const FIRST_ADDRESS: u64 = 4096;
const REALLOCS: [&str; 3] = ["cabi_realloc_adapter", "cabi_realloc", "canonical_abi_realloc"];

const MEMORY_SECTION: u8 = 5;
const DATA_SECTION: u8 = 11;

/// Reserves memory and adds an allocator of it, if the module is Go's, needs the adapter, and has none.
pub(crate) fn adapter_memory(module: &Module<'_>, rewrite: &mut Rewrite) -> Result<(), Error> {
    let adapted = module.function_imports().any(|(_, import)| import.module == PREVIEW1);
    let has_realloc = REALLOCS.iter().any(|name| module.exported(name).is_some());
    if !adapted || has_realloc || module.go_version.is_none() {
        return Ok(());
    }
    let found = find(module).map_err(malformed)?.ok_or(Error::NoRealloc)?;
    let end = found.end + RESERVED_PAGES * PAGE;
    rewrite.patch_data(found.position, end.to_le_bytes());
    rewrite.grow_memory(RESERVED_PAGES);

    let first = found.end.next_multiple_of(16);
    let next = rewrite.add_global(ValType::I32, first as i64);
    let i32 = wasmparser::ValType::I32;
    let body = realloc(next, end as i32);
    let realloc = rewrite.add_function(REALLOCS[0], &FuncType::new([i32; 4], [i32]), body);
    rewrite.add_export(REALLOCS[0], realloc);
    Ok(())
}

/// `(old, old_size, align, size) -> address`: what is handed out is the adapter's for good.
fn realloc(next: u32, limit: i32) -> Function {
    let (old, align, size, address) = (0, 2, 3, 4);
    let mut f = Function::new([(1, ValType::I32)]);
    let mut code = f.instructions();
    code.local_get(old).if_(BlockType::Empty).unreachable().end();
    code.global_get(next).local_get(align).i32_add().i32_const(1).i32_sub();
    code.i32_const(0).local_get(align).i32_sub().i32_and().local_tee(address);
    code.local_get(size).i32_add().global_set(next);
    code.global_get(next).i32_const(limit).i32_gt_u().if_(BlockType::Empty).unreachable().end();
    code.local_get(address).end();
    f
}

/// The runtime's variable that holds the end of the data.
struct Found {
    end: u64,
    /// Where its eight bytes lie in the data section.
    position: usize,
}

/// Initialised memory at an address.
struct Segment<'a> {
    address: u64,
    data: &'a [u8],
    position: usize,
}

/// Looks for the variable: in Go's table of the module's sections, which is eleven words of addresses, in order. The last
/// is the end, and the memory's first size follows from it; the next word leads back to constants, which come before all
/// data. Anything but exactly one such place is not trusted.
fn find(module: &Module<'_>) -> wasmparser::Result<Option<Found>> {
    let (Some(memories), Some(data)) = (module.section(MEMORY_SECTION), module.section(DATA_SECTION)) else {
        return Ok(None);
    };
    let memories: SectionLimited<'_, _> = MemorySectionReader::new(BinaryReader::new(memories, 0))?;
    let Some(memory) = memories.into_iter().next().transpose()? else { return Ok(None) };
    let mut found = None;
    for segment in segments(data)? {
        // Words are aligned in memory, not in their segment.
        let aligned = segment.address.next_multiple_of(8) - segment.address;
        let Some(data) = segment.data.get(aligned as usize..) else { continue };
        let words: Vec<u64> = data.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word)).collect();
        for (index, table) in words.windows(12).enumerate() {
            if is_section_table(table, memory.initial) {
                if found.is_some() {
                    return Ok(None);
                }
                let position = segment.position + aligned as usize + (index + 10) * 8;
                found = Some(Found { end: table[10], position });
            }
        }
    }
    Ok(found)
}

/// noptrdata, enoptrdata, data, edata, bss, ebss, noptrbss, enoptrbss, covctrs, ecovctrs, end, gcdata.
fn is_section_table(words: &[u64], pages: u64) -> bool {
    let &[first, .., end, constants] = words else { return false };
    let sections = &words[..8];
    let covered = &words[8..11];
    first >= FIRST_ADDRESS
        && constants < first
        && end <= u64::from(u32::MAX)
        && (end + HEADROOM) / PAGE == pages
        && sections.is_sorted()
        && sections[7] <= end
        && sections[0] < sections[7]
        && covered[0] >= FIRST_ADDRESS
        && covered.is_sorted()
}

fn segments(section: &[u8]) -> wasmparser::Result<Vec<Segment<'_>>> {
    let mut segments = Vec::new();
    for data in DataSectionReader::new(BinaryReader::new(section, 0))? {
        let data = data?;
        let DataKind::Active { memory_index: 0, offset_expr } = data.kind else { continue };
        if let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? {
            let position = data.range.end - data.data.len();
            segments.push(Segment { address: u64::from(value as u32), data: data.data, position });
        }
    }
    Ok(segments)
}
