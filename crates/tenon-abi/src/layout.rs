use std::cell::RefCell;

use wit_parser::{Flags, FlagsRepr, Int, Resolve, Type, TypeDefKind, TypeId};

/// Size and alignment in linear memory, in bytes. Sizes that do not fit saturate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How many bytes a value takes, padding at the end included.
    pub size: u32,
    /// What a value's address is a multiple of.
    pub align: u32,
}

impl Layout {
    const fn scalar(size: u32) -> Layout {
        Layout { size, align: size }
    }

    /// A list, a string or a map: an address and a length.
    const PAIR: Layout = Layout { size: 8, align: 4 };
}

/// The layout of a variant, an option, a result or an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cases {
    /// The type of the discriminant, which is at offset 0.
    pub tag: Int,
    /// Where the payload is, whichever the case.
    pub payload: u32,
    /// The layout of the whole.
    pub layout: Layout,
}

/// Layouts of all types of a package, remembered.
#[derive(Debug)]
pub struct Layouts<'a> {
    resolve: &'a Resolve,
    known: RefCell<Vec<Option<Layout>>>,
}

impl<'a> Layouts<'a> {
    /// Nothing is computed yet.
    pub fn new(resolve: &'a Resolve) -> Layouts<'a> {
        Layouts { resolve, known: RefCell::new(vec![None; resolve.types.len()]) }
    }

    /// The layout of a value of type `ty`.
    pub fn of(&self, ty: &Type) -> Layout {
        match ty {
            Type::Bool | Type::U8 | Type::S8 => Layout::scalar(1),
            Type::U16 | Type::S16 => Layout::scalar(2),
            Type::U32 | Type::S32 | Type::F32 | Type::Char | Type::ErrorContext => Layout::scalar(4),
            Type::U64 | Type::S64 | Type::F64 => Layout::scalar(8),
            Type::String => Layout::PAIR,
            Type::Id(id) => self.of_id(*id),
        }
    }

    fn of_id(&self, id: TypeId) -> Layout {
        if let Some(layout) = self.known.borrow()[id.index()] {
            return layout;
        }
        let layout = self.compute(id);
        self.known.borrow_mut()[id.index()] = Some(layout);
        layout
    }

    fn compute(&self, id: TypeId) -> Layout {
        match &self.resolve.types[id].kind {
            TypeDefKind::Type(t) => self.of(t),
            TypeDefKind::Record(r) => self.fields(r.fields.iter().map(|f| &f.ty)).1,
            TypeDefKind::Tuple(t) => self.fields(&t.types).1,
            TypeDefKind::Flags(f) => flags_layout(f),
            TypeDefKind::Variant(v) => {
                self.cases(v.cases.len(), v.cases.iter().map(|c| c.ty.as_ref())).layout
            }
            TypeDefKind::Enum(e) => self.cases(e.cases.len(), []).layout,
            TypeDefKind::Option(t) => self.cases(2, [Some(t)]).layout,
            TypeDefKind::Result(r) => self.cases(2, [r.ok.as_ref(), r.err.as_ref()]).layout,
            TypeDefKind::List(_) | TypeDefKind::Map(..) => Layout::PAIR,
            TypeDefKind::FixedLengthList(t, n) => {
                let item = self.of(t);
                Layout { size: item.size.saturating_mul(*n), align: item.align }
            }
            TypeDefKind::Handle(_) | TypeDefKind::Future(_) | TypeDefKind::Stream(_) => Layout::scalar(4),
            // Neither is the type of a value.
            TypeDefKind::Resource | TypeDefKind::Unknown => Layout { size: 0, align: 1 },
        }
    }

    /// Where each field of a record or tuple is, and the layout of the whole.
    pub fn fields<'t>(&self, types: impl IntoIterator<Item = &'t Type>) -> (Vec<u32>, Layout) {
        let mut whole = Layout { size: 0, align: 1 };
        let mut offsets = Vec::new();
        for ty in types {
            let field = self.of(ty);
            let offset = align_up(whole.size, field.align);
            offsets.push(offset);
            whole.size = offset.saturating_add(field.size);
            whole.align = whole.align.max(field.align);
        }
        whole.size = align_up(whole.size, whole.align);
        (offsets, whole)
    }

    /// The layout of something with `count` cases, of which `payloads` are the types that are carried.
    pub fn cases<'t>(&self, count: usize, payloads: impl IntoIterator<Item = Option<&'t Type>>) -> Cases {
        let tag = tag(count);
        let mut payload = Layout { size: 0, align: 1 };
        for ty in payloads.into_iter().flatten() {
            let case = self.of(ty);
            payload.size = payload.size.max(case.size);
            payload.align = payload.align.max(case.align);
        }
        let bytes = int_size(tag);
        let align = bytes.max(payload.align);
        let offset = align_up(bytes, payload.align);
        let size = align_up(offset.saturating_add(payload.size), align);
        Cases { tag, payload: offset, layout: Layout { size, align } }
    }
}

/// The smallest integer type that tells `count` cases apart.
fn tag(count: usize) -> Int {
    match count {
        0..=0x100 => Int::U8,
        0x101..=0x1_0000 => Int::U16,
        _ => Int::U32,
    }
}

fn int_size(int: Int) -> u32 {
    match int {
        Int::U8 => 1,
        Int::U16 => 2,
        Int::U32 => 4,
        Int::U64 => 8,
    }
}

fn flags_layout(flags: &Flags) -> Layout {
    match flags.repr() {
        FlagsRepr::U8 => Layout::scalar(1),
        FlagsRepr::U16 => Layout::scalar(2),
        FlagsRepr::U32(words) => Layout { size: 4 * words as u32, align: 4 },
    }
}

fn align_up(offset: u32, align: u32) -> u32 {
    offset.saturating_add(align - 1) & !(align - 1)
}
