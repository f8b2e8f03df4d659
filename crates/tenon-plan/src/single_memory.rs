//! Adapters copy from one memory to another, and engines that are still in use run modules of one memory only. Here the
//! others are taken out of a module: each access to them becomes a call of an imported function.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Function, ImportSection, Instruction, TypeSection, ValType};
use wasmparser::{
    BinaryReaderError, ExternalKind, FunctionBody, ImportSectionReader, MemArg, Operator, Parser, Payload,
    TypeRef, TypeSectionReader,
};

use crate::{Access, Core, CoreSignature};

/// The first name of the imports that are added.
pub(crate) const MODULE: &str = "tenon:memory";

/// What an added import does. Memories are numbered as in the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Added {
    /// One access.
    Access(u32, Access),
    /// A copy of bytes from the first memory to the second.
    Copy(u32, u32),
}

impl Added {
    /// The second name of the import.
    pub(crate) fn name(&self) -> String {
        match self {
            Added::Access(memory, access) => format!("{memory}.{access:?}"),
            Added::Copy(from, to) => format!("{from}.{to}.Copy"),
        }
    }

    pub(crate) fn signature(&self) -> CoreSignature {
        let (params, results) = match self {
            Added::Copy(..) => (vec![Core::I32; 3], vec![]),
            Added::Access(_, Access::Size) => (vec![], vec![Core::I32]),
            Added::Access(_, access) => match access.stored() {
                Some(value) => (vec![Core::I32, value], vec![]),
                None => (vec![Core::I32], vec![access.loaded()]),
            },
        };
        CoreSignature { params, results }
    }
}

impl Access {
    /// The type of the value that is stored, if it is a store.
    fn stored(self) -> Option<Core> {
        match self {
            Access::I32Store | Access::I32Store8 | Access::I32Store16 => Some(Core::I32),
            Access::I64Store => Some(Core::I64),
            Access::F32Store => Some(Core::F32),
            Access::F64Store => Some(Core::F64),
            _ => None,
        }
    }

    /// The type of the value that is loaded.
    fn loaded(self) -> Core {
        match self {
            Access::I64Load => Core::I64,
            Access::F32Load => Core::F32,
            Access::F64Load => Core::F64,
            _ => Core::I32,
        }
    }
}

/// The module with its first memory only, and the functions that it imports in addition, in order, after all others.
///
/// Nothing when it has one memory at most, or does more with the others than adapters do.
pub(crate) fn rewrite(bytes: &[u8]) -> Option<(Vec<u8>, Vec<Added>)> {
    let mut rewriter = Rewriter::default();
    if !rewriter.scan(bytes).ok()? || rewriter.unknown {
        return None;
    }
    let mut module = wasm_encoder::Module::new();
    utils::parse_core_module(&mut rewriter, &mut module, Parser::new(0), bytes).ok()?;
    Some((module.finish(), rewriter.added))
}

#[derive(Default)]
struct Rewriter {
    /// How many functions the module imports by itself.
    functions: u32,
    /// How many parameters each of its own types has.
    arity: Vec<u32>,
    /// How many parameters each of its own functions has.
    params: Vec<u32>,
    memories: u32,
    added: Vec<Added>,
    /// Whether there is an access that no import stands for.
    unknown: bool,
}

impl Rewriter {
    /// Finds what has to be added. Says whether anything has to be done.
    fn scan(&mut self, bytes: &[u8]) -> Result<bool, BinaryReaderError> {
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::TypeSection(section) => {
                    for ty in section.into_iter_err_on_gc_types() {
                        self.arity.push(ty?.params().len() as u32);
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        match import?.ty {
                            TypeRef::Func(_) | TypeRef::FuncExact(_) => self.functions += 1,
                            TypeRef::Memory(memory) => {
                                self.memories += 1;
                                self.unknown |= memory.memory64;
                            }
                            _ => {}
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    for ty in section {
                        self.params.push(self.arity.get(ty? as usize).copied().unwrap_or_default());
                    }
                }
                // Memories that it has itself, or gives to others, cannot be taken out.
                Payload::MemorySection(section) => self.unknown |= section.count() > 0,
                Payload::DataSection(section) => self.unknown |= section.count() > 0,
                Payload::ExportSection(section) => {
                    for export in section {
                        self.unknown |= export?.kind == ExternalKind::Memory;
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    for operator in body.get_operators_reader()? {
                        self.operator(&operator?);
                    }
                }
                _ => {}
            }
        }
        Ok(self.memories > 1)
    }

    fn operator(&mut self, operator: &Operator<'_>) {
        match access(operator) {
            Some(found) => {
                if !self.added.contains(&found.added) {
                    self.added.push(found.added);
                }
            }
            None => self.unknown |= other_memory(operator),
        }
    }

    fn import_of(&self, added: Added) -> u32 {
        let index = self.added.iter().position(|known| *known == added);
        self.functions + index.unwrap_or_default() as u32
    }

    /// The call for an access. `local` is the first of the locals that are added.
    fn call(&self, found: &Found, local: u32, function: &mut Function) {
        if found.offset > 0 {
            let stored = match found.added {
                Added::Access(_, access) => access.stored(),
                Added::Copy(..) => None,
            };
            let waiting = stored.map(|value| match value {
                Core::I64 => local + 1,
                Core::F32 => local + 2,
                Core::F64 => local + 3,
                _ => local,
            });
            if let Some(waiting) = waiting {
                function.instruction(&Instruction::LocalSet(waiting));
            }
            // The adapter has checked the address: the sum does not overflow.
            function.instruction(&Instruction::I32Const(found.offset as i32));
            function.instruction(&Instruction::I32Add);
            if let Some(waiting) = waiting {
                function.instruction(&Instruction::LocalGet(waiting));
            }
        }
        function.instruction(&Instruction::Call(self.import_of(found.added)));
    }
}

/// An access to a memory other than the first.
struct Found {
    added: Added,
    /// What the instruction adds to the address.
    offset: u64,
}

fn access(operator: &Operator<'_>) -> Option<Found> {
    use Operator as O;
    let (memarg, access) = match operator {
        O::I32Load { memarg } => (memarg, Access::I32Load),
        O::I32Load8U { memarg } => (memarg, Access::I32Load8U),
        O::I32Load8S { memarg } => (memarg, Access::I32Load8S),
        O::I32Load16U { memarg } => (memarg, Access::I32Load16U),
        O::I32Load16S { memarg } => (memarg, Access::I32Load16S),
        O::I64Load { memarg } => (memarg, Access::I64Load),
        O::F32Load { memarg } => (memarg, Access::F32Load),
        O::F64Load { memarg } => (memarg, Access::F64Load),
        O::I32Store { memarg } => (memarg, Access::I32Store),
        O::I32Store8 { memarg } => (memarg, Access::I32Store8),
        O::I32Store16 { memarg } => (memarg, Access::I32Store16),
        O::I64Store { memarg } => (memarg, Access::I64Store),
        O::F32Store { memarg } => (memarg, Access::F32Store),
        O::F64Store { memarg } => (memarg, Access::F64Store),
        O::MemorySize { mem } if *mem > 0 => {
            return Some(Found { added: Added::Access(*mem, Access::Size), offset: 0 });
        }
        O::MemoryCopy { dst_mem, src_mem } if *dst_mem > 0 || *src_mem > 0 => {
            return Some(Found { added: Added::Copy(*src_mem, *dst_mem), offset: 0 });
        }
        _ => return None,
    };
    let MemArg { memory, offset, .. } = *memarg;
    (memory > 0).then_some(Found { added: Added::Access(memory, access), offset })
}

/// Whether an instruction that is not known above is for a memory other than the first.
fn other_memory(operator: &Operator<'_>) -> bool {
    use Operator as O;
    match operator {
        O::MemoryGrow { mem } | O::MemoryFill { mem } | O::MemoryInit { mem, .. } => *mem > 0,
        O::I64Load8S { memarg }
        | O::I64Load8U { memarg }
        | O::I64Load16S { memarg }
        | O::I64Load16U { memarg }
        | O::I64Load32S { memarg }
        | O::I64Load32U { memarg }
        | O::I64Store8 { memarg }
        | O::I64Store16 { memarg }
        | O::I64Store32 { memarg }
        | O::V128Load { memarg }
        | O::V128Store { memarg } => memarg.memory > 0,
        _ => false,
    }
}

impl Reencode for Rewriter {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(if function < self.functions { function } else { function + self.added.len() as u32 })
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_type_section(self, types, section)?;
        for added in &self.added {
            let CoreSignature { params, results } = added.signature();
            types.ty().function(params.into_iter().map(encoded), results.into_iter().map(encoded));
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error> {
        let mut memories = 0;
        for import in section.into_imports() {
            let import = import?;
            if matches!(import.ty, TypeRef::Memory(_)) {
                memories += 1;
                if memories > 1 {
                    continue;
                }
            }
            utils::parse_import(self, imports, import)?;
        }
        for (index, added) in self.added.iter().enumerate() {
            let ty = (self.arity.len() + index) as u32;
            imports.import(MODULE, &added.name(), wasm_encoder::EntityType::Function(ty));
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        let mut locals = Vec::new();
        let mut count = self.params.get(code.len() as usize).copied().unwrap_or_default();
        for local in body.get_locals_reader()? {
            let (number, ty) = local?;
            count += number;
            locals.push((number, self.val_type(ty)?));
        }
        // A value that waits while its address is added to, for each type.
        let waiting = [ValType::I32, ValType::I64, ValType::F32, ValType::F64];
        locals.extend(waiting.map(|ty| (1, ty)));
        let mut function = Function::new(locals);
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            let operator = reader.read()?;
            match access(&operator) {
                Some(found) => self.call(&found, count, &mut function),
                None => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }
}

fn encoded(core: Core) -> ValType {
    match core {
        Core::I32 => ValType::I32,
        Core::I64 => ValType::I64,
        Core::F32 => ValType::F32,
        Core::F64 => ValType::F64,
        Core::V128 => ValType::V128,
        Core::FuncRef => ValType::FUNCREF,
        Core::ExternRef => ValType::EXTERNREF,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with two memories, and what is added to it.
    fn check(body: &str, expected: &[Added]) {
        let text = format!(
            r#"(module
                (import "f" "f" (func $f))
                (import "m" "0" (memory $a 1))
                (import "m" "1" (memory $b 1))
                (import "m" "2" (memory $c 1))
                (func $g (export "g") (param i32) (result i32) (local f32) {body})
                (func (export "h") (result i32) (call $f) (call $g (i32.const 1))))"#
        );
        let bytes = wat::parse_str(text).expect("the text is fine");
        let (rewritten, added) = rewrite(&bytes).expect("it can be rewritten");
        assert_eq!(added, expected);
        let features = wasmparser::WasmFeatures::WASM2;
        wasmparser::Validator::new_with_features(features).validate_all(&rewritten).expect("it is valid");
    }

    #[test]
    fn accesses_to_the_first_memory_stay() {
        check("(i32.load $a (local.get 0))", &[]);
    }

    #[test]
    fn each_access_is_imported_once() {
        check(
            "(i32.store8 $b offset=4 (local.get 0) (i32.load8_u $c (local.get 0)))
             (f64.store $b offset=8 (local.get 0) (f64.load $b offset=16 (local.get 0)))
             (i64.store $c (local.get 0) (i64.load $a (local.get 0)))
             (i32.store8 $b (local.get 0) (memory.size $b))
             (memory.copy $c $b (i32.const 0) (i32.const 0) (i32.const 1))
             (i32.const 0)",
            &[
                Added::Access(2, Access::I32Load8U),
                Added::Access(1, Access::I32Store8),
                Added::Access(1, Access::F64Load),
                Added::Access(1, Access::F64Store),
                Added::Access(2, Access::I64Store),
                Added::Access(1, Access::Size),
                Added::Copy(1, 2),
            ],
        );
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        let text = r#"(module (import "m" "0" (memory 1)) (import "m" "1" (memory $b 1))
            (func (drop (memory.grow $b (i32.const 1)))))"#;
        assert!(rewrite(&wat::parse_str(text).expect("the text is fine")).is_none());
        let text = r#"(module (import "m" "0" (memory 1)))"#;
        assert!(rewrite(&wat::parse_str(text).expect("the text is fine")).is_none());
    }
}
