//! The host of the kitchens: the pantry, a clock that it turns itself, and WASI.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wasmtime::component::{
    Accessor, Component, FutureReader, Instance, Linker, Resource, ResourceTable, ResourceType, StreamReader,
};
use wasmtime::{Engine, Result, Store, StoreContextMut};
use wasmtime_wasi::p2::pipe::MemoryOutputPipe;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use crate::clock::{Clock, Reading};
use crate::ends::{Manner, Supply};
use crate::model;
use crate::random::Random;

const PANTRY: &str = "stress:kitchen/pantry";
const MONOTONIC_CLOCK: &str = "wasi:clocks/monotonic-clock@0.3.0";
/// How much a component may write to standard error.
const WORDS: usize = 1 << 20;

/// One of a kind.
pub(crate) struct Token(pub(crate) u32);

/// What a store knows.
pub(crate) struct Host {
    wasi: WasiCtx,
    pub(crate) table: ResourceTable,
    pub(crate) house: House,
    numbers: Random,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

/// What is known outside of a store, too.
#[derive(Clone, Default)]
pub(crate) struct House {
    pub(crate) clock: Clock,
    books: Arc<Mutex<Books>>,
    /// Tokens that came back to the host.
    pub(crate) returned: Arc<Mutex<Vec<Resource<Token>>>>,
}

/// What the host counts.
#[derive(Default)]
pub(crate) struct Books {
    /// Notes that were written, and how many there have to be.
    pub(crate) notes: u64,
    pub(crate) expected_notes: u64,
    /// What went through the hatch.
    pub(crate) put: Vec<u32>,
    pub(crate) taken: Vec<u32>,
    /// What the lock gave.
    pub(crate) locks: Vec<u32>,
}

impl House {
    pub(crate) fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes back a token when it is dropped.
    fn guard(&self, token: Resource<Token>) -> Guard {
        Guard { token: Some(token), house: self.clone() }
    }
}

struct Guard {
    token: Option<Resource<Token>>,
    house: House,
}

impl Drop for Guard {
    fn drop(&mut self) {
        let mut returned = self.house.returned.lock().unwrap_or_else(PoisonError::into_inner);
        returned.extend(self.token.take());
    }
}

impl Host {
    pub(crate) fn issue(&mut self, number: u32) -> Result<Resource<Token>> {
        Ok(self.table.push(Token(number))?)
    }

    /// How many tokens are out there.
    pub(crate) fn tokens(&mut self) -> Result<usize> {
        let returned: Vec<_> =
            self.house.returned.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect();
        for token in returned {
            self.table.delete(token)?;
        }
        Ok(self.table.iter_mut().filter(|entry| entry.is::<Token>()).count())
    }
}

/// A kitchen, or a waiter with one: what is the same for all instances of it.
pub(crate) struct Restaurant {
    component: Component,
    linker: Linker<Host>,
}

/// An instance.
pub(crate) struct Open {
    pub(crate) store: Store<Host>,
    pub(crate) instance: Instance,
    pub(crate) said: MemoryOutputPipe,
}

impl Restaurant {
    pub(crate) fn new(engine: &Engine, bytes: &[u8]) -> Result<Restaurant> {
        let component = Component::from_binary(engine, bytes)?;
        let mut linker = Linker::new(engine);
        wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
        wasmtime_wasi::p3::add_to_linker(&mut linker)?;
        linker.allow_shadowing(true);
        clock(&mut linker)?;
        chance(engine, &component, &mut linker)?;
        pantry(&mut linker)?;
        Ok(Restaurant { component, linker })
    }

    /// Whether there is a waiter above the kitchen.
    pub(crate) fn has_waiter(&self) -> bool {
        self.component.get_export_index(None, "stress:kitchen/service").is_some()
    }

    pub(crate) async fn open(&self, house: &House, env: &[(&str, &str)], seed: u64) -> Result<Open> {
        let said = MemoryOutputPipe::new(WORDS);
        let wasi = WasiCtx::builder()
            .envs(env)
            .stderr(said.clone())
            .monotonic_clock(Reading(house.clock.clone()))
            .wall_clock(Reading(house.clock.clone()))
            .build();
        let host = Host {
            wasi,
            table: ResourceTable::new(),
            house: house.clone(),
            numbers: Random::new(&[seed, 0x676f]),
        };
        let mut store = Store::new(self.component.engine(), host);
        store.set_hostcall_fuel(1 << 30);
        let instance = self.linker.instantiate_async(&mut store, &self.component).await?;
        Ok(Open { store, instance, said })
    }
}

/// Timers of ours in the place of WASI's.
fn clock(linker: &mut Linker<Host>) -> Result<()> {
    let mut clock = linker.instance(MONOTONIC_CLOCK)?;
    clock.func_wrap_concurrent("wait-for", |accessor: &Accessor<Host>, (time,): (u64,)| {
        let clock = accessor.with(|mut access| access.get().house.clock.clone());
        Box::pin(async move {
            clock.until(clock.now() + time).await;
            Ok(())
        })
    })?;
    clock.func_wrap_concurrent("wait-until", |accessor: &Accessor<Host>, (time,): (u64,)| {
        let clock = accessor.with(|mut access| access.get().house.clock.clone());
        Box::pin(async move {
            clock.until(time).await;
            Ok(())
        })
    })
}

/// Numbers that are the same for the same seed, where Go wants random ones.
fn chance(engine: &Engine, component: &Component, linker: &mut Linker<Host>) -> Result<()> {
    for (name, _) in component.component_type().imports(engine) {
        if name.starts_with("wasi:random/random@") {
            linker.instance(name)?.func_wrap(
                "get-random-bytes",
                |mut store: StoreContextMut<'_, Host>, (count,): (u64,)| {
                    let numbers = &mut store.data_mut().numbers;
                    let bytes: Vec<u8> = (0..count).map(|_| numbers.next() as u8).collect();
                    Ok((bytes,))
                },
            )?;
        }
    }
    Ok(())
}

fn pantry(linker: &mut Linker<Host>) -> Result<()> {
    let mut pantry = linker.instance(PANTRY)?;
    pantry.resource("token", ResourceType::host::<Token>(), |mut store, rep| {
        store.data_mut().table.delete(Resource::<Token>::new_own(rep))?;
        Ok(())
    })?;
    pantry.func_wrap(
        "[method]token.number",
        |store: StoreContextMut<'_, Host>, (token,): (Resource<Token>,)| {
            Ok((store.data().table.get(&token)?.0,))
        },
    )?;
    pantry.func_wrap_concurrent(
        "[method]token.look",
        |accessor: &Accessor<Host>, (token, pause): (Resource<Token>, u32)| {
            Box::pin(async move {
                rest(accessor, pause).await;
                accessor.with(|mut access| Ok((access.get().table.get(&token)?.0,)))
            })
        },
    )?;
    pantry.func_wrap_concurrent(
        "fetch",
        |accessor: &Accessor<Host>, (key, size, pause): (u32, u32, u32)| {
            Box::pin(async move {
                rest(accessor, pause).await;
                Ok((model::bytes(key, size),))
            })
        },
    )?;
    pantry.func_wrap_concurrent("ask", |accessor: &Accessor<Host>, (key, pause): (u32, u32)| {
        Box::pin(async move {
            rest(accessor, pause).await;
            Ok((model::answer(key),))
        })
    })?;
    tokens(&mut pantry)?;
    pantry.func_wrap(
        "feed",
        |mut store: StoreContextMut<'_, Host>, (key, size, chunk, pause): (u32, u32, u32, u32)| {
            let manner = Manner { clock: store.data().house.clock.clone(), chunk: chunk as usize, pause };
            Ok((StreamReader::new(&mut store, Supply::new(model::bytes(key, size), manner))?,))
        },
    )?;
    pantry.func_wrap("letter", |mut store: StoreContextMut<'_, Host>, (key, pause): (u32, u32)| {
        let sleep = store.data().house.clock.sleep(pause);
        let value = async move {
            sleep.await;
            wasmtime::error::Ok(model::letter(key))
        };
        Ok((FutureReader::new(&mut store, value)?,))
    })?;
    pantry.func_wrap("note", |store: StoreContextMut<'_, Host>, (_key,): (u32,)| {
        store.data().house.books().notes += 1;
        Ok(())
    })
}

fn tokens(pantry: &mut wasmtime::component::LinkerInstance<'_, Host>) -> Result<()> {
    pantry.func_wrap_concurrent("issue", |accessor: &Accessor<Host>, (number, pause): (u32, u32)| {
        Box::pin(async move {
            rest(accessor, pause).await;
            accessor.with(|mut access| Ok((access.get().issue(number)?,)))
        })
    })?;
    pantry.func_wrap_concurrent(
        "redeem",
        |accessor: &Accessor<Host>, (token, pause): (Resource<Token>, u32)| {
            let (number, guard) = accessor.with(|mut access| {
                let host = access.get();
                (host.table.get(&token).map(|token| token.0), host.house.guard(token))
            });
            Box::pin(async move {
                rest(accessor, pause).await;
                drop(guard);
                Ok((number?,))
            })
        },
    )
}

/// Waits, if there is anything to wait for.
async fn rest(accessor: &Accessor<Host>, pause: u32) {
    if pause > 0 {
        let sleep = accessor.with(|mut access| access.get().house.clock.sleep(pause));
        sleep.await;
    }
}
