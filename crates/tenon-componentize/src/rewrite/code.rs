//! Function bodies, copied as bytes with the function indices in them patched.

use wasm_encoder::reencode::Error;
use wasm_encoder::{CodeSection, Encode};
use wasmparser::{BinaryReader, CodeSectionReader, FunctionBody, Operator};

/// A function index in a body: where it lies in the module, its length, and what it becomes.
struct Patch {
    at: usize,
    len: usize,
    to: u32,
}

/// Copies all bodies of a code section whose contents begin at `offset` of the module, sending every function index
/// through `resolve`.
pub(super) fn copy(
    section: &[u8],
    resolve: impl Fn(u32) -> u32,
    keep: bool,
    out: &mut CodeSection,
) -> Result<(), Error> {
    let mut patches = Vec::new();
    let mut patched = Vec::new();
    for body in CodeSectionReader::new(BinaryReader::new(section, 0))? {
        let body = body?;
        let bytes = body.as_bytes();
        if keep {
            out.raw(bytes);
            continue;
        }
        patches.clear();
        find(&body, &resolve, section, &mut patches)?;
        if patches.is_empty() {
            out.raw(bytes);
        } else {
            patched.clear();
            apply(bytes, body.range().start, &patches, &mut patched);
            out.raw(&patched);
        }
    }
    Ok(())
}

fn find(
    body: &FunctionBody<'_>,
    resolve: &impl Fn(u32) -> u32,
    section: &[u8],
    patches: &mut Vec<Patch>,
) -> Result<(), Error> {
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        let (operator, offset) = operators.read_with_offset()?;
        let (Operator::Call { function_index }
        | Operator::ReturnCall { function_index }
        | Operator::RefFunc { function_index }) = operator
        else {
            continue;
        };
        let to = resolve(function_index);
        if to != function_index {
            // All three opcodes are one byte.
            let at = offset + 1;
            patches.push(Patch { at, len: leb_len(&section[at..]), to });
        }
    }
    Ok(())
}

fn apply(body: &[u8], start: usize, patches: &[Patch], out: &mut Vec<u8>) {
    let mut copied = 0;
    for patch in patches {
        let at = patch.at - start;
        out.extend_from_slice(&body[copied..at]);
        patch.to.encode(out);
        copied = at + patch.len;
    }
    out.extend_from_slice(&body[copied..]);
}

/// The length of an encoded integer, which may be padded.
fn leb_len(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| byte & 0x80 == 0).map_or(bytes.len(), |last| last + 1)
}
