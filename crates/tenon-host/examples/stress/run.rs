//! One seed: an instance, some rounds of plays at the same time, and what has to be true in between.

use futures::future::join_all;
use wasmtime::component::Accessor;
use wasmtime::error::Context as _;
use wasmtime::{Error, Result, bail, ensure};

use crate::Args;
use crate::clock::Clock;
use crate::host::{Host, House, Open, Restaurant};
use crate::kitchen::{Kitchen, Order, Waiter};
use crate::orders::{self, Ordered};
use crate::plays::{PLAYS, Table, patience, pause, same};
use crate::random::Random;

/// What a component exports.
enum Face {
    Kitchen(Box<Kitchen>),
    Waiter(Box<Waiter>),
}

/// The rounds that are played: in the end the same one again and again, which needs nothing that was not there before.
const ROUNDS: [u64; 6] = [0, 1, 2, 3, 3, 3];
/// By how many entries the host's table may grow while one round is repeated. Both sides keep a few streams to wake tasks
/// with, as many as were ever needed at a time, and Go's scheduler is free to need some more.
const SLACK: usize = 32;

/// Plays a seed; the result is how many plays there were.
pub(crate) fn run(restaurant: &Restaurant, seed: u64, args: &Args) -> Result<u64> {
    let mut random = Random::new(&[seed]);
    let house = House::default();
    let gogc = *random.pick(&["1", "5", "100", "100", "off"]);
    let debug = *random.pick(&["", "", "leaks", "tasks", "leaks,tasks"]);
    let env = [("GOGC", gogc), ("TENON_DEBUG", debug), ("GOMEMLIMIT", "512MiB")];
    let clock = house.clock.clone();
    let mut open = clock.run(&mut random, restaurant.open(&house, &env, seed))??;
    let face = match restaurant.has_waiter() {
        false => Face::Kitchen(Box::new(Kitchen::new(&mut open.store, open.instance)?)),
        true => Face::Waiter(Box::new(Waiter::new(&mut open.store, open.instance)?)),
    };
    let mut played = 0;
    let mut sizes = Vec::new();
    for round in ROUNDS {
        let mut random = Random::new(&[seed, round]);
        let result = play_round(&mut open, &face, &house, args, &mut random, &mut played)
            .and_then(|()| check(&mut open, &house))
            .with_context(|| format!("GOGC={gogc}, TENON_DEBUG={debug}, round {round}"));
        if let Err(error) = result {
            return Err(said(&open, error));
        }
        sizes.push(open.store.concurrent_state_table_size());
    }
    if args.verbose {
        println!("entries in the host's table after each round: {sizes:?}");
    }
    let [.., before, _, after] = sizes[..] else { bail!("too few rounds") };
    ensure!(after <= before + SLACK, "the host's table grew: {sizes:?} entries after each round");
    let said = open.said.contents();
    let said = String::from_utf8_lossy(&said);
    if let Some(leak) = said.lines().find(|line| line.starts_with("tenon: leak:")) {
        bail!("{leak}");
    }
    Ok(played)
}

/// What the component said belongs to what went wrong.
fn said(open: &Open, error: Error) -> Error {
    let said = open.said.contents();
    let said = String::from_utf8_lossy(&said);
    let start = said.len().saturating_sub(12_000);
    let start = (start..said.len()).find(|place| said.is_char_boundary(*place)).unwrap_or(0);
    error.context(format!("the component said:\n{}", &said[start..]))
}

/// Plays at the same time, and then lets all that goes on come to its end.
fn play_round(
    open: &mut Open,
    face: &Face,
    house: &House,
    args: &Args,
    random: &mut Random,
    played: &mut u64,
) -> Result<()> {
    let clock = house.clock.clone();
    let mut order = random.clone();
    let body = open.store.run_concurrent(async |accessor| -> Result<u64> {
        let crowd = if random.one_in(4) { random.between(1, 6) as u32 } else { 0 };
        limit(face, accessor, crowd).await?;
        let count = (*random.pick(&[3, 20, 60, 150])).min(args.plays.unwrap_or(usize::MAX)) as u64;
        let starts = random.between(0, 3);
        let plays = (0..count).map(|number| {
            let own = Random::new(&[random.next(), number]);
            let watch = args.verbose.then_some(number);
            let start = if starts == 0 { 0 } else { pause(random) * starts as u32 };
            one(face, accessor, house, crowd > 0, start, watch, own)
        });
        let plays: Vec<_> = plays.collect();
        for result in join_all(plays).await {
            result?;
        }
        limit(face, accessor, 0).await?;
        settle(&clock, house).await;
        quiet(face, accessor).await?;
        Ok(count)
    });
    *played += clock.run(&mut order, body)???;
    Ok(())
}

async fn limit(face: &Face, accessor: &Accessor<Host>, crowd: u32) -> Result<()> {
    match face {
        Face::Kitchen(kitchen) => kitchen.limit.call_concurrent(accessor, (crowd,)).await,
        Face::Waiter(waiter) => waiter.limit.call_concurrent(accessor, (crowd,)).await,
    }
}

/// One play, or one order.
async fn one(
    face: &Face,
    accessor: &Accessor<Host>,
    house: &House,
    crowded: bool,
    start: u32,
    watch: Option<u64>,
    mut random: Random,
) -> Result<()> {
    house.clock.sleep(start).await;
    let say = |what: &str| {
        if let Some(number) = watch {
            println!("{:>8} ms  {number:>3} {what}", house.clock.now() / 1_000_000);
        }
    };
    let result = match face {
        Face::Kitchen(kitchen) => {
            let play = random.pick(PLAYS);
            say(play.name);
            let table = Table { kitchen, accessor, house: house.clone(), crowded };
            (play.run)(&table, random).await.with_context(|| format!("the play {}", play.name))
        }
        Face::Waiter(waiter) => {
            let ordered = orders::order(&mut random, crowded);
            // Nobody who waits for the lock can be cancelled, and a cancellation waits for the one who is.
            let endless = ordered.order == Order::Lock || random.one_in(2);
            let patience = if endless { 0 } else { patience(&mut random) };
            say(&ordered.said(patience));
            serve(waiter, accessor, ordered, patience).await
        }
    };
    say("ends");
    result
}

async fn serve(waiter: &Waiter, accessor: &Accessor<Host>, ordered: Ordered, patience: u32) -> Result<()> {
    let called = waiter.serve.call_concurrent(accessor, (ordered.order, ordered.numbers.clone(), patience));
    let what = || ordered.said(patience);
    let (result,) = called.await.with_context(what)?;
    let wanted = match ordered.time {
        _ if patience == 0 => Some(true),
        Some(time) => Some(time < patience),
        None => None,
    };
    match (result, wanted) {
        (Some(_), Some(false)) => bail!("{} was served", what()),
        (None, Some(true)) => bail!("{} was given up", what()),
        (Some(result), _) => same(result, ordered.result).with_context(what),
        (None, _) => Ok(()),
    }
}

/// Waits longer than anything that goes on by itself does.
async fn settle(clock: &Clock, house: &House) {
    clock.sleep(50_000_000).await;
    let mut books = house.books();
    books.put.sort_unstable();
    books.taken.sort_unstable();
    books.locks.sort_unstable();
}

/// No task is left, and no resource.
async fn quiet(face: &Face, accessor: &Accessor<Host>) -> Result<()> {
    let (tasks,) = match face {
        Face::Kitchen(kitchen) => {
            let (counters,) = kitchen.counters.call_concurrent(accessor, ()).await?;
            ensure!(counters == 0, "{counters} counters were not dropped");
            kitchen.tasks.call_concurrent(accessor, ()).await?
        }
        Face::Waiter(waiter) => waiter.tasks.call_concurrent(accessor, ()).await?,
    };
    ensure!(tasks == 0, "{tasks} tasks are left");
    Ok(())
}

/// What the host counted is right.
fn check(open: &mut Open, house: &House) -> Result<()> {
    let tokens = open.store.data_mut().tokens()?;
    ensure!(tokens == 0, "{tokens} tokens were not dropped");
    let books = house.books();
    same(books.notes, books.expected_notes).context("notes")?;
    same(&books.taken, &books.put).context("what went through the hatch")?;
    let locks: Vec<u32> = (0..books.locks.len() as u32).collect();
    same(&books.locks, &locks).context("who had the lock")
}
