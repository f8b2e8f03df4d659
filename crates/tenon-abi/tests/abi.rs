//! The canonical ABI against tables of known values, and against wit-parser's own arithmetic over all of WASI.

use tenon_abi::{
    Builtin, Convention, Layouts, Outcome, Params, Slot, callback_name, export_name, flatten, import_name,
    join, payload_builtins, payloads, post_return_name, returned, signature, task_return,
};
use tenon_wit::{LoadConfig, Sources, World, load};
use wit_parser::abi::{AbiVariant, WasmType};
use wit_parser::{Function, InterfaceId, Resolve, SizeAlign, Type, WorldItem, WorldKey};

fn world(wit: &str) -> World {
    load(&Sources::from_text("in.wit", wit), &LoadConfig::default()).unwrap_or_else(|e| panic!("{e}"))
}

/// The interface `i` of a world that imports it.
fn interface(body: &str) -> (World, InterfaceId, WorldKey) {
    let world = world(&format!("package t:t; interface i {{ {body} }} world w {{ import i; }}"));
    let (key, item) = world.resolve.worlds[world.id].imports.first().expect("there is one");
    let WorldItem::Interface { id, .. } = item else { panic!("it is an interface") };
    let (id, key) = (*id, key.clone());
    (world, id, key)
}

fn function(resolve: &Resolve, id: InterfaceId, name: &str) -> Function {
    resolve.interfaces[id].functions[name].clone()
}

#[test]
fn layouts_and_flattening() {
    use Slot::{Bool, F32, I32, I64, Ptr};
    let table: &[(&str, u32, u32, &[Slot])] = &[
        ("bool", 1, 1, &[Bool]),
        ("s8", 1, 1, &[I32]),
        ("u16", 2, 2, &[I32]),
        ("char", 4, 4, &[I32]),
        ("u64", 8, 8, &[I64]),
        ("f32", 4, 4, &[F32]),
        ("string", 8, 4, &[Ptr, I32]),
        ("list<u64>", 8, 4, &[Ptr, I32]),
        ("list<u16, 3>", 6, 2, &[I32, I32, I32]),
        ("map<string, u8>", 8, 4, &[Ptr, I32]),
        ("tuple<u8, u64, u8>", 24, 8, &[I32, I64, I32]),
        ("option<u8>", 2, 1, &[I32, I32]),
        ("option<string>", 12, 4, &[I32, Ptr, I32]),
        ("option<u64>", 16, 8, &[I32, I64]),
        ("option<bool>", 2, 1, &[I32, Bool]),
        ("result", 1, 1, &[I32]),
        ("result<_, string>", 12, 4, &[I32, Ptr, I32]),
        ("result<string, u32>", 12, 4, &[I32, I32, I32]),
        ("result<string, u64>", 16, 8, &[I32, I64, I32]),
        ("result<f32, u32>", 8, 4, &[I32, I32]),
        ("result<f64, f32>", 16, 8, &[I32, I64]),
        ("result<bool, u8>", 2, 1, &[I32, I32]),
        ("option<option<u8>>", 3, 1, &[I32, I32, I32]),
        ("stream<u8>", 4, 4, &[I32]),
        ("future", 4, 4, &[I32]),
    ];
    for (wit, size, align, slots) in table {
        let (world, id, _) = interface(&format!("f: func(x: {wit});"));
        let ty = function(&world.resolve, id, "f").params[0].ty;
        let layout = Layouts::new(&world.resolve).of(&ty);
        assert_eq!((layout.size, layout.align), (*size, *align), "{wit}");
        assert_eq!(flatten(&world.resolve, &ty, 16).as_deref(), Some(*slots), "{wit}");
    }
}

#[test]
fn records_variants_and_flags() {
    let cases: Vec<String> = (0..257).map(|i| format!("c{i}")).collect();
    let labels: Vec<String> = (0..17).map(|i| format!("l{i}")).collect();
    let (world, id, _) = interface(&format!(
        "record r {{ a: u8, b: u32, c: u16 }} variant v {{ a, b(u64), c(string) }} enum e {{ {} }} flags f {{ {} }}",
        cases.join(", "),
        labels.join(", ")
    ));
    let layouts = Layouts::new(&world.resolve);
    let of = |name: &str| layouts.of(&Type::Id(world.resolve.interfaces[id].types[name]));
    assert_eq!((of("r").size, of("r").align), (12, 4));
    assert_eq!((of("v").size, of("v").align), (16, 8));
    assert_eq!((of("e").size, of("e").align), (2, 2));
    assert_eq!((of("f").size, of("f").align), (4, 4));
    assert_eq!(layouts.fields([&Type::U8, &Type::U32, &Type::U16]).0, [0, 4, 8]);
}

#[test]
fn joins() {
    use Slot::{Bool, F32, F64, I32, I64, Ptr};
    let table = [
        (Bool, Bool, Bool),
        (Bool, I32, I32),
        (Ptr, Ptr, Ptr),
        (Ptr, I32, I32),
        (Ptr, I64, I64),
        (F32, I32, I32),
        (F32, F64, I64),
        (F64, F64, F64),
        (I64, Bool, I64),
    ];
    for (a, b, joined) in table {
        assert_eq!((join(a, b), join(b, a)), (joined, joined), "{a:?} {b:?}");
    }
}

#[test]
fn what_is_too_large_does_not_flatten() {
    let (world, id, _) = interface("f: func(x: list<u8, 17>, y: list<list<u64, 4000000>, 4000000>);");
    let f = function(&world.resolve, id, "f");
    assert_eq!(flatten(&world.resolve, &f.params[0].ty, 16), None);
    assert_eq!(flatten(&world.resolve, &f.params[1].ty, 16), None);
    assert_eq!(Layouts::new(&world.resolve).of(&f.params[1].ty).size, u32::MAX);
}

#[test]
fn spilling() {
    let (world, id, _) = interface(
        "sync: func(a: string, b: string, c: u8) -> string;
         many: func(a: list<u32, 17>) -> u32;
         send: async func(a: string, b: string, c: u8) -> result<u8, u64>;
         wait: async func(a: u32);",
    );
    let layouts = Layouts::new(&world.resolve);
    let sig = |name: &str, how| signature(&world.resolve, &layouts, &function(&world.resolve, id, name), how);

    let sync = sig("sync", Convention::ImportSync);
    assert!(matches!(sync.params, Params::Flat(_)) && matches!(sync.outcome, Outcome::Memory(_)));
    assert_eq!(sync.core_params().len(), 6);
    assert_eq!(sync.core_result(), None);
    assert_eq!(sig("sync", Convention::ExportSync).core_result(), Some(Slot::Ptr));

    let many = sig("many", Convention::ImportSync);
    assert!(matches!(many.params, Params::Spilled { layout, .. } if layout.size == 68));
    assert_eq!(many.core_params(), [Slot::Ptr]);
    assert_eq!(many.core_result(), Some(Slot::I32));

    let send = sig("send", Convention::ImportAsync);
    assert!(matches!(&send.params, Params::Spilled { offsets, .. } if offsets[..] == [0, 8, 16]));
    assert_eq!(send.core_params(), [Slot::Ptr, Slot::Ptr]);
    assert_eq!(send.core_result(), Some(Slot::I32));
    assert_eq!(sig("send", Convention::ExportAsync).core_params().len(), 5);
    let result = returned(&world.resolve, &layouts, &function(&world.resolve, id, "send"));
    assert_eq!(result.slots(), [Slot::I32, Slot::I64]);
    assert_eq!(sig("wait", Convention::ImportAsync).core_params(), [Slot::I32]);
}

#[test]
fn names() {
    let (world, id, key) =
        interface("f: func(); g: async func(x: stream<u8>, y: future<stream<u8>>) -> future;");
    let (resolve, key) = (&world.resolve, Some(&key));
    let (f, g) = (function(resolve, id, "f"), function(resolve, id, "g"));
    let import = |f: &Function| import_name(resolve, key, f).name;
    assert_eq!((import(&f), import(&g)), ("f".to_string(), "[async-lower]g".to_string()));
    assert_eq!(export_name(resolve, key, &f), "t:t/i#f");
    assert_eq!(export_name(resolve, key, &g), "[async-lift]t:t/i#g");
    assert_eq!(post_return_name(resolve, key, &f), "cabi_post_t:t/i#f");
    assert_eq!(callback_name(resolve, key, &g), "[callback][async-lift]t:t/i#g");
    assert_eq!(task_return(resolve, key, &g).module, "[export]t:t/i");
    assert_eq!(task_return(resolve, None, &g).module, "[export]$root");

    let found = payloads(resolve, &g);
    // Inner ones come before those that carry them.
    assert_eq!(found.iter().map(|p| p.future).collect::<Vec<_>>(), [false, false, true, true]);
    let read = payload_builtins(resolve, key, &g, &found[2], true, Builtin::Read);
    assert_eq!(
        (read.module.as_str(), read.name.as_str()),
        ("[export]t:t/i", "[async-lower][future-read-2]g")
    );
    let new = payload_builtins(resolve, key, &g, &found[3], false, Builtin::New);
    assert_eq!((new.module.as_str(), new.name.as_str()), ("t:t/i", "[future-new-3]g"));
}

fn core(slot: Slot) -> WasmType {
    match slot {
        Slot::Bool | Slot::I32 | Slot::Ptr => WasmType::I32,
        Slot::I64 => WasmType::I64,
        Slot::F32 => WasmType::F32,
        Slot::F64 => WasmType::F64,
    }
}

fn plain(ty: &WasmType) -> WasmType {
    match ty {
        WasmType::Pointer | WasmType::Length => WasmType::I32,
        WasmType::PointerOrI64 => WasmType::I64,
        other => *other,
    }
}

#[test]
fn all_of_wasi_agrees_with_wit_parser() {
    for name in ["wasi:http/service@0.3.0", "wasi:cli/command@0.3.0", "wasi:http/proxy@0.2.12"] {
        let Some((package, _)) = name.split_once('/') else { continue };
        let version = name.rsplit('@').next().unwrap_or_default();
        if !tenon_wit::wasi::packages().iter().any(|p| p.id() == format!("{package}@{version}")) {
            continue;
        }
        let world = world(&format!("package t:t; world w {{ include {name}; }}"));
        agrees(&world.resolve);
    }
}

fn agrees(resolve: &Resolve) {
    let mut sizes = SizeAlign::default();
    sizes.fill(resolve);
    let layouts = Layouts::new(resolve);
    for (_, interface) in resolve.interfaces.iter() {
        for function in interface.functions.values() {
            for ty in function.parameter_and_result_types() {
                let layout = layouts.of(&ty);
                assert_eq!(layout.size as usize, sizes.size(&ty).size_wasm32(), "{}", function.name);
                assert_eq!(layout.align as usize, sizes.align(&ty).align_wasm32(), "{}", function.name);
            }
            let pairs = match function.kind.is_async() {
                true => [
                    (Convention::ImportAsync, AbiVariant::GuestImportAsync),
                    (Convention::ExportAsync, AbiVariant::GuestExportAsync),
                ],
                false => [
                    (Convention::ImportSync, AbiVariant::GuestImport),
                    (Convention::ExportSync, AbiVariant::GuestExport),
                ],
            };
            for (ours, theirs) in pairs {
                let (ours, theirs) =
                    (signature(resolve, &layouts, function, ours), resolve.wasm_signature(theirs, function));
                let params: Vec<WasmType> = ours.core_params().into_iter().map(core).collect();
                assert_eq!(params, theirs.params.iter().map(plain).collect::<Vec<_>>(), "{}", function.name);
                let result: Vec<WasmType> = ours.core_result().into_iter().map(core).collect();
                assert_eq!(result, theirs.results.iter().map(plain).collect::<Vec<_>>(), "{}", function.name);
            }
        }
    }
}
