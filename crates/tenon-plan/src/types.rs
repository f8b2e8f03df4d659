//! Types of values, with their names in WIT and their layout in memory.

use serde::{Deserialize, Serialize};

use crate::{
    ErrorContextTableId, FutureTableId, InterfaceId, ResourceId, ResourceTableId, StreamTableId, TypeId,
};

/// One type. Two types that differ only in their name, their owner, or the tables of their handles are two entries.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Type {
    /// Its name in WIT; nothing for `list<u8>` and everything else that has none, and where the component says none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<TypeName>,
    /// Its docs in WIT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// What it is.
    #[serde(flatten)]
    pub kind: Kind,
    /// How a value lies in memory.
    pub layout: Layout,
    /// The core values that stand for a value; nothing if they are more than [`MAX_FLAT`](crate::MAX_FLAT), so that it
    /// always goes through memory.
    pub flat: Option<Vec<Core>>,
}

/// A type's name and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TypeName {
    /// The interface; nothing when the world has it.
    pub interface: Option<InterfaceId>,
    /// In kebab case, as in WIT.
    pub name: String,
}

/// Size and alignment, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Layout {
    /// How many bytes, padding at the end included.
    pub size: u32,
    /// What the address is a multiple of.
    pub align: u32,
}

/// The type of a core value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Core {
    I32,
    I64,
    F32,
    F64,
    V128,
    FuncRef,
    ExternRef,
}

/// The shape of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// `bool`: in memory a byte. All but 0 is true when lifted.
    Bool,
    /// `s8`.
    S8,
    /// `u8`.
    U8,
    /// `s16`.
    S16,
    /// `u16`.
    U16,
    /// `s32`.
    S32,
    /// `u32`.
    U32,
    /// `s64`.
    S64,
    /// `u64`.
    U64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// `char`: a scalar value of Unicode in 32 bits.
    Char,
    /// `string`: address and length, in the encoding of the canonical options.
    String,
    /// `list<T>`: address and number of elements.
    List {
        /// `T`.
        element: TypeId,
    },
    /// `list<T, N>`: the elements themselves.
    FixedList {
        /// `T`.
        element: TypeId,
        /// `N`.
        length: u32,
    },
    /// `map<K, V>`: address and number of entries, each like `tuple<K, V>`.
    Map {
        /// `K`.
        key: TypeId,
        /// `V`.
        value: TypeId,
        /// Where the value is in an entry; the key is at 0.
        value_offset: u32,
        /// The layout of an entry.
        entry: Layout,
    },
    /// `record { .. }`.
    Record {
        /// In order.
        fields: Vec<Field>,
    },
    /// `tuple<..>`.
    Tuple {
        /// In order.
        items: Vec<Item>,
    },
    /// `flags { .. }`: label `i` is bit `i % 32` of word `i / 32`.
    Flags {
        /// In order; at most 32.
        labels: Vec<Label>,
    },
    /// `enum { .. }`: a discriminant at offset 0.
    Enum {
        /// In order.
        labels: Vec<Label>,
        /// The discriminant's bytes: 1, 2 or 4.
        discriminant: u32,
    },
    /// `variant { .. }`: a discriminant at offset 0 and a payload.
    Variant {
        /// In order.
        cases: Vec<Case>,
        /// The discriminant's bytes: 1, 2 or 4.
        discriminant: u32,
        /// Where the payload is.
        payload: u32,
    },
    /// `option<T>`: a variant of `none` and `some`; its discriminant has one byte.
    Option {
        /// `T`.
        some: TypeId,
        /// Where the payload is.
        payload: u32,
    },
    /// `result<T, E>`: a variant of `ok` and `err`; its discriminant has one byte.
    Result {
        /// `T`.
        ok: Option<TypeId>,
        /// `E`.
        err: Option<TypeId>,
        /// Where the payload is.
        payload: u32,
    },
    /// `own<R>`, or `R` as WIT has it: an index of the table.
    Own {
        /// `R`.
        resource: ResourceId,
        /// The table of the instance that the handle is for; nothing in types that no function of the plan uses.
        table: Option<ResourceTableId>,
    },
    /// `borrow<R>`.
    Borrow {
        /// `R`.
        resource: ResourceId,
        /// See [`Kind::Own`].
        table: Option<ResourceTableId>,
    },
    /// `stream<T>`: an index of the instance's table.
    Stream {
        /// `T`; nothing for `stream`.
        payload: Option<TypeId>,
        /// See [`Kind::Own`].
        table: Option<StreamTableId>,
    },
    /// `future<T>`.
    Future {
        /// `T`; nothing for `future`.
        payload: Option<TypeId>,
        /// See [`Kind::Own`].
        table: Option<FutureTableId>,
    },
    /// `error-context`.
    ErrorContext {
        /// See [`Kind::Own`].
        table: Option<ErrorContextTableId>,
    },
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Field {
    /// In kebab case.
    pub name: String,
    /// What WIT says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: TypeId,
    /// Where it is in the record.
    pub offset: u32,
}

/// An item of a tuple.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Item {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: TypeId,
    /// Where it is in the tuple.
    pub offset: u32,
}

/// A label of flags or a case of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Label {
    /// In kebab case.
    pub name: String,
    /// What WIT says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
}

/// A case of a variant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Case {
    /// In kebab case.
    pub name: String,
    /// What WIT says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// What it carries.
    #[serde(rename = "type")]
    pub ty: Option<TypeId>,
}

/// A type of resources.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Resource {
    /// Its name in WIT; nothing for those that only inner components know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<TypeName>,
    /// Its docs in WIT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docs: Option<String>,
    /// Who implements it.
    #[serde(flatten)]
    pub origin: Origin,
}

/// Who implements a resource.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "origin", rename_all = "kebab-case")]
pub enum Origin {
    /// The host.
    Imported {
        /// The import that stands for the resource type.
        import: crate::ImportId,
    },
    /// The component, or one inside it.
    Defined {
        /// The instance that defines it, and that its destructor enters.
        instance: crate::InstanceId,
        /// Whether there is a destructor: [`Step::Resource`](crate::Step::Resource) has it.
        dtor: bool,
    },
    /// Nobody: it only stands in types that no function of the plan uses.
    Unused,
}

/// One instance's handles of one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResourceTable {
    /// The resource.
    pub resource: ResourceId,
    /// Whose handles.
    pub instance: crate::InstanceId,
}

/// One instance's ends of streams or futures of one type.
///
/// Two tables of different instances for the same type share no identity: compare payloads to know whether an end may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PayloadTable {
    /// What is carried, as that instance sees it.
    pub payload: Option<TypeId>,
    /// Whose ends.
    pub instance: crate::InstanceId,
}
