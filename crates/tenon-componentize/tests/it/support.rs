//! A fake host, and short ways to say what a test needs.

use std::collections::BTreeMap;

use tenon_wit::World;
use wasmi::{Caller, Engine, Extern, Instance, Linker, Memory, Store};

pub(crate) const IDLE: u32 = 0x7fff_fff0;
pub(crate) const WATCH: u32 = 0x7fff_fff1;

pub(crate) fn wat(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("the test's module is well-formed")
}

/// The only world of the text's package.
pub(crate) fn world(wit: &str) -> World {
    let mut resolve = wit_parser::Resolve::new();
    let package = resolve.push_str("test.wit", wit).expect("the test's WIT is well-formed");
    let id = resolve.select_world(&[package], None).expect("the test's WIT has one world");
    World::new(resolve, id)
}

/// The names of the component's imports or exports, in order.
pub(crate) fn externs(component: &[u8], exports: bool) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    for payload in wasmparser::Parser::new(0).parse_all(component) {
        match payload.expect("a valid component") {
            wasmparser::Payload::ModuleSection { .. } | wasmparser::Payload::ComponentSection { .. } => {
                depth += 1
            }
            wasmparser::Payload::End(_) => depth -= 1,
            wasmparser::Payload::ComponentImportSection(section) if depth == 0 && !exports => {
                names.extend(section.into_iter().map(|import| import.expect("valid").name.name.to_owned()));
            }
            wasmparser::Payload::ComponentExportSection(section) if depth == 0 && exports => {
                names.extend(section.into_iter().map(|export| export.expect("valid").name.name.to_owned()));
            }
            _ => {}
        }
    }
    names
}

/// The program's own module inside a component: the first.
pub(crate) fn main_module(component: &[u8]) -> Vec<u8> {
    for payload in wasmparser::Parser::new(0).parse_all(component) {
        if let Ok(wasmparser::Payload::ModuleSection { unchecked_range, .. }) = payload {
            return component[unchecked_range].to_vec();
        }
    }
    panic!("the component has no module");
}

/// Names that a core module imports, as `module field`, or exports.
pub(crate) fn core_names(module: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    for payload in wasmparser::Parser::new(0).parse_all(module) {
        match payload.expect("a valid module") {
            wasmparser::Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.expect("valid");
                    imports.push(format!("{} {}", import.module, import.name));
                }
            }
            wasmparser::Payload::ExportSection(section) => {
                exports.extend(section.into_iter().map(|export| export.expect("valid").name.to_owned()));
            }
            _ => {}
        }
    }
    (imports, exports)
}

/// The first size of a module's memory, in pages.
pub(crate) fn pages(module: &[u8]) -> u64 {
    for payload in wasmparser::Parser::new(0).parse_all(module) {
        if let wasmparser::Payload::MemorySection(section) = payload.expect("valid") {
            return section.into_iter().next().expect("a memory").expect("valid").initial;
        }
    }
    panic!("the module has no memory");
}

/// A subscription as preview 1 lays it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sub {
    Clock { timeout: u64 },
    Read { userdata: u64, fd: u32 },
    Write { userdata: u64, fd: u32 },
}

impl Sub {
    pub(crate) fn bytes(self) -> [u8; 48] {
        let mut bytes = [0; 48];
        let (userdata, tag, id) = match self {
            Sub::Clock { .. } => (0, 0, 1),
            Sub::Read { userdata, fd } => (userdata, 1, fd),
            Sub::Write { userdata, fd } => (userdata, 2, fd),
        };
        bytes[..8].copy_from_slice(&u64::to_le_bytes(userdata));
        bytes[8] = tag;
        bytes[16..20].copy_from_slice(&u32::to_le_bytes(id));
        if let Sub::Clock { timeout } = self {
            bytes[24..32].copy_from_slice(&timeout.to_le_bytes());
            bytes[32..40].copy_from_slice(&1000_u64.to_le_bytes());
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Self {
        let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
        let (userdata, fd) = (word(0), word(16) as u32);
        match bytes[8] {
            0 => {
                assert_eq!(fd, 1, "the clock is the monotonic one");
                assert_eq!(word(40), 0, "the timeout is relative");
                Sub::Clock { timeout: word(24) }
            }
            1 => Sub::Read { userdata, fd },
            _ => Sub::Write { userdata, fd },
        }
    }
}

/// An event: userdata and type.
pub(crate) type Event = (u64, u8);

type Answer = Box<dyn FnMut(&[Sub]) -> Result<Vec<Event>, i32> + Send>;

/// An open file of the host: a read that may not block finds nothing.
pub(crate) struct OpenFile {
    pub(crate) file_type: u8,
    pub(crate) flags: u16,
}

/// The descriptor flag of a file that does not block.
pub(crate) const NONBLOCK: u16 = 4;

/// What the host was asked, and what it answers.
pub(crate) struct Host {
    pub(crate) files: BTreeMap<i32, OpenFile>,
    pub(crate) polls: Vec<Vec<Sub>>,
    pub(crate) answer: Answer,
    pub(crate) calls: Vec<String>,
    pub(crate) stderr: String,
    pub(crate) time: u64,
}

fn memory(caller: &Caller<'_, Host>) -> Memory {
    caller.get_export("memory").and_then(Extern::into_memory).expect("the module exports its memory")
}

fn load(caller: &Caller<'_, Host>, at: i32, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    memory(caller).read(caller, at as usize, &mut bytes).expect("in bounds");
    bytes
}

fn store(caller: &mut Caller<'_, Host>, at: i32, bytes: &[u8]) {
    memory(caller).write(caller, at as usize, bytes).expect("in bounds");
}

fn poll_oneoff(mut caller: Caller<'_, Host>, input: i32, out: i32, n: i32, nevents: i32) -> i32 {
    let subs: Vec<Sub> = load(&caller, input, n as usize * 48).chunks(48).map(Sub::read).collect();
    let host = caller.data_mut();
    host.polls.push(subs.clone());
    match (host.answer)(&subs) {
        Err(errno) => errno,
        Ok(events) => {
            for (at, (userdata, ty)) in (out..).step_by(32).zip(&events) {
                let mut bytes = [0; 32];
                bytes[..8].copy_from_slice(&userdata.to_le_bytes());
                bytes[10] = *ty;
                store(&mut caller, at, &bytes);
            }
            store(&mut caller, nevents, &(events.len() as u32).to_le_bytes());
            0
        }
    }
}

fn fd_write(mut caller: Caller<'_, Host>, fd: i32, iovs: i32, n: i32, written: i32) -> i32 {
    assert_eq!((fd, n), (2, 1), "one line to standard error");
    let iovec = load(&caller, iovs, 8);
    let word = |at: usize| i32::from_le_bytes(iovec[at..at + 4].try_into().expect("four bytes"));
    let text = load(&caller, word(0), word(4) as usize);
    caller.data_mut().stderr.push_str(&String::from_utf8(text).expect("UTF-8"));
    store(&mut caller, written, &word(4).to_le_bytes());
    0
}

fn clock_time_get(mut caller: Caller<'_, Host>, id: i32, _precision: i64, out: i32) -> i32 {
    caller.data_mut().calls.push(format!("clock_time_get {id}"));
    let time = caller.data().time + id as u64;
    store(&mut caller, out, &time.to_le_bytes());
    0
}

/// One byte of an open file, unless that may not block.
fn fd_read(mut caller: Caller<'_, Host>, fd: i32, _iovs: i32, _n: i32, nread: i32) -> i32 {
    caller.data_mut().calls.push(format!("fd_read {fd}"));
    match caller.data().files.get(&fd) {
        None => 77,
        Some(file) if file.flags & NONBLOCK != 0 => 6,
        Some(_) => {
            store(&mut caller, nread, &1_u32.to_le_bytes());
            0
        }
    }
}

fn fd_fdstat_get(mut caller: Caller<'_, Host>, fd: i32, out: i32) -> i32 {
    caller.data_mut().calls.push(format!("fd_fdstat_get {fd}"));
    let Some(file) = caller.data().files.get(&fd) else { return 77 };
    let mut stat = [0xff; 24];
    stat[0] = file.file_type;
    stat[2..4].copy_from_slice(&file.flags.to_le_bytes());
    store(&mut caller, out, &stat);
    0
}

fn fd_fdstat_set_flags(mut caller: Caller<'_, Host>, fd: i32, flags: i32) -> i32 {
    caller.data_mut().calls.push(format!("fd_fdstat_set_flags {fd}"));
    match caller.data_mut().files.get_mut(&fd) {
        None => 77,
        Some(file) => {
            file.flags = flags as u16;
            0
        }
    }
}

/// A running module.
pub(crate) struct Guest {
    pub(crate) store: Store<Host>,
    instance: Instance,
}

impl Guest {
    pub(crate) fn new(module: &[u8]) -> Self {
        let engine = Engine::default();
        let module = wasmi::Module::new(&engine, module).expect("a valid module");
        let host = Host {
            files: BTreeMap::new(),
            polls: Vec::new(),
            answer: Box::new(|_| panic!("the host is not to be polled")),
            calls: Vec::new(),
            stderr: String::new(),
            time: 0,
        };
        let mut store = Store::new(&engine, host);
        let mut linker = Linker::new(&engine);
        let p1 = "wasi_snapshot_preview1";
        linker.func_wrap(p1, "poll_oneoff", poll_oneoff).expect("new");
        linker.func_wrap(p1, "fd_write", fd_write).expect("new");
        linker.func_wrap(p1, "clock_time_get", clock_time_get).expect("new");
        linker
            .func_wrap(p1, "sched_yield", |mut caller: Caller<'_, Host>| -> i32 {
                caller.data_mut().calls.push("sched_yield".to_owned());
                77
            })
            .expect("new");
        linker.func_wrap(p1, "fd_read", fd_read).expect("new");
        linker.func_wrap(p1, "fd_fdstat_get", fd_fdstat_get).expect("new");
        linker.func_wrap(p1, "fd_fdstat_set_flags", fd_fdstat_set_flags).expect("new");
        linker
            .func_wrap(
                p1,
                "fd_seek_like_4",
                |mut caller: Caller<'_, Host>, fd: i32, _: i32, _: i32, _: i32| -> i32 {
                    caller.data_mut().calls.push(format!("fd_seek_like_4 {fd}"));
                    77
                },
            )
            .expect("new");
        linker
            .func_wrap(p1, "fd_close", |mut caller: Caller<'_, Host>, fd: i32| -> i32 {
                caller.data_mut().calls.push(format!("fd_close {fd}"));
                77
            })
            .expect("new");
        for module in [p1, "wasi:cli/exit@0.3.0", "wasi:cli/exit@0.3.2"] {
            for name in ["proc_exit", "exit-with-code"] {
                linker
                    .func_wrap(module, name, move |mut caller: Caller<'_, Host>, code: i32| {
                        caller.data_mut().calls.push(format!("{name} {code}"));
                    })
                    .expect("new");
            }
        }
        let instance = linker.instantiate_and_start(&mut store, &module).expect("it links");
        Guest { store, instance }
    }

    /// Answers all polls of the host.
    pub(crate) fn answer(&mut self, answer: impl FnMut(&[Sub]) -> Result<Vec<Event>, i32> + Send + 'static) {
        self.store.data_mut().answer = Box::new(answer);
    }

    pub(crate) fn call(&mut self, name: &str, args: &[i32]) -> Result<i32, wasmi::Error> {
        let func = self.instance.get_func(&self.store, name).unwrap_or_else(|| panic!("no export {name}"));
        let args: Vec<_> = args.iter().map(|&arg| wasmi::Val::I32(arg)).collect();
        let mut results = vec![wasmi::Val::I32(0); func.ty(&self.store).results().len()];
        func.call(&mut self.store, &args, &mut results)?;
        Ok(results.first().and_then(wasmi::Val::i32).unwrap_or_default())
    }

    fn memory(&self) -> Memory {
        self.instance.get_memory(&self.store, "memory").expect("the module exports its memory")
    }

    pub(crate) fn load(&self, at: usize, len: usize) -> Vec<u8> {
        let mut bytes = vec![0; len];
        self.memory().read(&self.store, at, &mut bytes).expect("in bounds");
        bytes
    }

    pub(crate) fn load_u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.load(at, 4).try_into().expect("four bytes"))
    }

    pub(crate) fn load_i64(&self, at: usize) -> i64 {
        i64::from_le_bytes(self.load(at, 8).try_into().expect("eight bytes"))
    }

    pub(crate) fn write(&mut self, at: usize, bytes: &[u8]) {
        self.memory().write(&mut self.store, at, bytes).expect("in bounds");
    }
}
