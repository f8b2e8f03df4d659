//! What a host does with a kitchen: each play calls it, and knows what has to come out.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use futures::future::join;
use wasmtime::component::{
    Accessor, ComponentNamedList, FutureReader, Lift, Lower, Resource, StreamReader, TypedFunc,
};
use wasmtime::{Result, ensure};

use crate::clock::Clock;
use crate::ends::{Catch, Manner, Supply, Taste};
use crate::host::{Host, House, Token};
use crate::kitchen::Kitchen;
use crate::model;
use crate::random::Random;

/// What the plays of one run have in common.
pub(crate) struct Table<'a> {
    pub(crate) kitchen: &'a Kitchen,
    pub(crate) accessor: &'a Accessor<Host>,
    pub(crate) house: House,
    /// Whether calls may have to wait for others to end.
    pub(crate) crowded: bool,
}

type Run = for<'a> fn(&'a Table<'a>, Random) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// A play.
pub(crate) struct Play {
    pub(crate) name: &'static str,
    pub(crate) run: Run,
}

macro_rules! plays {
    ($($name:ident)*) => {
        /// All of them.
        pub(crate) const PLAYS: &[Play] =
            &[$(Play { name: stringify!($name), run: |table, random| Box::pin($name(table, random)) },)*];
    };
}

plays! {
    sleep relay ask race fan first lock hatch gate tick spin linger litter scatter
    pour digest numbers total round_trip texts join_texts mint melt nest local sip
    hold keep later when mail counter abandon
}

/// What came is what had to come.
pub(crate) fn same<T: PartialEq + Debug>(got: T, wanted: T) -> Result<()> {
    ensure!(got == wanted, "got {got:?}, wanted {wanted:?}");
    Ok(())
}

impl Table<'_> {
    async fn call<P, R>(&self, function: &TypedFunc<P, R>, params: P) -> Result<R>
    where
        P: ComponentNamedList + Lower + Send + Sync + 'static,
        R: ComponentNamedList + Lift + Send + Sync + 'static,
    {
        function.call_concurrent(self.accessor, params).await
    }

    fn clock(&self) -> &Clock {
        &self.house.clock
    }

    fn manner(&self, random: &mut Random) -> Manner {
        let chunk = *random.pick(&[1, 2, 7, 100, 70_000]);
        Manner { clock: self.clock().clone(), chunk, pause: pause(random) }
    }

    fn stream<T>(&self, items: Vec<T>, random: &mut Random) -> Result<StreamReader<T>>
    where
        T: Lower + Lift + Unpin + Send + Sync + 'static,
    {
        let supply = Supply::new(items, self.manner(random));
        self.accessor.with(|mut access| StreamReader::new(&mut access, supply))
    }

    /// Reads up to `limit` items.
    async fn taste<T>(&self, mut reader: StreamReader<T>, limit: usize, random: &mut Random) -> Result<Vec<T>>
    where
        T: Lift + Unpin + Send + Sync + 'static,
    {
        if limit == 0 {
            reader.close_with(self.accessor)?;
            return Ok(Vec::new());
        }
        let (taste, items) = Taste::new(limit, self.manner(random));
        self.accessor.with(|mut access| reader.pipe(&mut access, taste))?;
        Ok(items.await?)
    }

    fn token(&self, number: u32) -> Result<Resource<Token>> {
        self.accessor.with(|mut access| access.get().issue(number))
    }

    fn drop_token(&self, token: Resource<Token>) -> Result<u32> {
        self.accessor.with(|mut access| Ok(access.get().table.delete(token)?.0))
    }
}

/// Often nothing; a multiple of ten milliseconds.
pub(crate) fn pause(random: &mut Random) -> u32 {
    let steps = *random.pick(&[0, 0, 1, 3, 20, 500]);
    if steps == 0 { 0 } else { 10 * random.between(1, steps) as u32 }
}

/// Never the same as a pause.
pub(crate) fn patience(random: &mut Random) -> u32 {
    pause(random) + 5
}

pub(crate) fn size(random: &mut Random) -> u32 {
    let most = *random.pick(&[0, 10, 300, 5_000, 70_000]);
    random.between(0, most) as u32
}

pub(crate) fn key(random: &mut Random) -> u32 {
    random.below(1 << 20) as u32
}

/// How many of `count`: often all or none of them.
pub(crate) fn part(count: u32, random: &mut Random) -> u32 {
    match random.below(4) {
        0 => 0,
        1 => random.between(0, count as usize) as u32,
        2 => count,
        _ => count + 1,
    }
}

async fn sleep(table: &Table<'_>, mut random: Random) -> Result<()> {
    let pause = pause(&mut random);
    same(table.call(&table.kitchen.sleep, (pause,)).await?, (u64::from(pause),))
}

async fn relay(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, size, pause) = (key(&mut random), size(&mut random), pause(&mut random));
    let (data,) = table.call(&table.kitchen.relay, (key, size, pause)).await?;
    ensure!(data == model::bytes(key, size), "other bytes than those of {key}");
    Ok(())
}

async fn ask(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, pause) = (key(&mut random), pause(&mut random));
    same(table.call(&table.kitchen.ask, (key, pause)).await?, (model::answer(key),))
}

async fn race(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, size, pause) = (key(&mut random), size(&mut random), pause(&mut random));
    let patience = patience(&mut random);
    let (data,) = table.call(&table.kitchen.race, (key, size, pause, patience)).await?;
    same(data, (pause < patience).then(|| model::bytes(key, size)))
}

async fn fan(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, size, pause) = (key(&mut random), size(&mut random), pause(&mut random));
    let count = random.below(12) as u32;
    let (sum,) = table.call(&table.kitchen.fan, (key, count, size, pause)).await?;
    same(sum, model::fan(key, count, size))
}

/// Pauses that differ.
pub(crate) fn pauses(random: &mut Random) -> Vec<u32> {
    let count = random.between(1, 8) as u32;
    let first = random.below(8) as u32;
    (0..count).map(|i| 10 + (i + first) % count * 20).collect()
}

async fn first(table: &Table<'_>, mut random: Random) -> Result<()> {
    let pauses = pauses(&mut random);
    let wanted = model::first(&pauses);
    same(table.call(&table.kitchen.first, (pauses,)).await?, (wanted,))
}

async fn lock(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (number,) = table.call(&table.kitchen.lock, (pause(&mut random),)).await?;
    table.house.books().locks.push(number);
    Ok(())
}

/// One puts something into the hatch, another takes something out of it.
async fn hatch(table: &Table<'_>, mut random: Random) -> Result<()> {
    if table.crowded {
        return Ok(()); // the two may not be there at the same time
    }
    let value = key(&mut random);
    let (early, late) = (table.clock().sleep(pause(&mut random)), table.clock().sleep(pause(&mut random)));
    let put = async {
        early.await;
        table.call(&table.kitchen.put, (value,)).await
    };
    let take = async {
        late.await;
        table.call(&table.kitchen.take, ()).await
    };
    let (put, taken) = join(put, take).await;
    put?;
    let mut books = table.house.books();
    books.put.push(value);
    books.taken.push(taken?.0);
    Ok(())
}

/// A call waits until a synchronous one opens a gate.
async fn gate(table: &Table<'_>, mut random: Random) -> Result<()> {
    if table.crowded {
        return Ok(()); // the host holds back synchronous calls, too
    }
    let (gate, number) = (random.next() as u32, random.next() as u32);
    let late = table.clock().sleep(pause(&mut random));
    let open = async {
        late.await;
        table.call(&table.kitchen.open, (gate, number)).await
    };
    let (waited, opened) = join(table.call(&table.kitchen.wait, (gate,)), open).await;
    opened?;
    same(waited?, (number,))
}

async fn tick(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (count, period) = (random.below(20) as u32, 10 * random.between(1, 30) as u32);
    same(table.call(&table.kitchen.tick, (count, period)).await?, (u64::from(count * period),))
}

async fn spin(table: &Table<'_>, mut random: Random) -> Result<()> {
    let count = random.below(30) as u32;
    same(table.call(&table.kitchen.spin, (count,)).await?, (count,))
}

async fn linger(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, count, pause) = (key(&mut random), random.below(5) as u32, pause(&mut random));
    table.house.books().expected_notes += u64::from(count);
    table.call(&table.kitchen.linger, (key, count, pause)).await
}

async fn litter(table: &Table<'_>, mut random: Random) -> Result<()> {
    table.call(&table.kitchen.litter, (random.below(200) as u32,)).await
}

async fn scatter(table: &Table<'_>, mut random: Random) -> Result<()> {
    let count = random.below(5) as u32;
    table.house.books().expected_notes += u64::from(count);
    table.call(&table.kitchen.scatter, (key(&mut random), count)).await?;
    // Goroutines of a synchronous call go on at the next one.
    table.call(&table.kitchen.sleep, (0,)).await.map(|_| ())
}

async fn pour(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, size) = (key(&mut random), size(&mut random));
    let wanted = model::bytes(key, size);
    let take = part(size, &mut random);
    let data = table.stream(wanted.clone(), &mut random)?;
    let chunk = random.between(1, 9_000) as u32;
    let (poured,) = table.call(&table.kitchen.pour, (data, chunk)).await?;
    let got = table.taste(poured, take as usize, &mut random).await?;
    ensure!(got == wanted[..got.len()] && got.len() == size.min(take) as usize, "{} other bytes", got.len());
    Ok(())
}

async fn digest(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, size) = (key(&mut random), random.below(2_000) as u32);
    let (chunk, pause) = (random.between(1, 500) as u32, pause(&mut random));
    let patience = if random.one_in(2) { 10_000_005 } else { patience(&mut random) };
    let manner = Manner { clock: table.clock().clone(), chunk: chunk as usize, pause };
    let supply = Supply::new(model::bytes(key, size), manner);
    let data = table.accessor.with(|mut access| StreamReader::new(&mut access, supply))?;
    let (sum,) = table.call(&table.kitchen.digest, (data, chunk + 1, patience)).await?;
    same(sum, model::digest(&model::bytes(key, model::in_time(size, chunk, pause, patience))))
}

async fn numbers(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (first, count) = (key(&mut random), random.below(300) as u32);
    let take = part(count, &mut random);
    let params = (first, count, random.between(1, 40) as u32, pause(&mut random));
    let (reader,) = table.call(&table.kitchen.numbers, params).await?;
    let got = table.taste(reader, take as usize, &mut random).await?;
    same(got, (first..first + count.min(take)).collect())
}

async fn total(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (first, count) = (key(&mut random), random.below(300) as u32);
    let reader = table.stream((first..first + count).collect(), &mut random)?;
    same(table.call(&table.kitchen.total, (reader,)).await?, (model::sum(first, count),))
}

/// The kitchen gets its own stream back.
async fn round_trip(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (first, count) = (key(&mut random), random.below(300) as u32);
    let params = (first, count, random.between(1, 40) as u32, pause(&mut random));
    let (reader,) = table.call(&table.kitchen.numbers, params).await?;
    same(table.call(&table.kitchen.total, (reader,)).await?, (model::sum(first, count),))
}

async fn texts(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, count, size) = (key(&mut random), random.below(20) as u32, random.below(300) as u32);
    let take = part(count, &mut random);
    let (reader,) = table.call(&table.kitchen.texts, (key, count, size)).await?;
    let got = table.taste(reader, take as usize, &mut random).await?;
    same(got, (0..count.min(take)).map(|i| model::text(key + i, size)).collect())
}

async fn join_texts(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, count, size) = (key(&mut random), random.below(20) as u32, random.below(300) as u32);
    let take = part(count, &mut random);
    let texts: Vec<String> = (0..count).map(|i| model::line(key + i, size)).collect();
    let wanted = model::digest(texts[..count.min(take) as usize].concat().as_bytes());
    let reader = table.stream(texts, &mut random)?;
    same(table.call(&table.kitchen.join, (reader, take)).await?, (wanted,))
}

async fn mint(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (first, count) = (key(&mut random), random.below(12) as u32);
    let take = part(count, &mut random);
    let (reader,) = table.call(&table.kitchen.mint, (first, count, pause(&mut random))).await?;
    let tokens = table.taste(reader, take as usize, &mut random).await?;
    let numbers: Result<Vec<u32>> = tokens.into_iter().map(|token| table.drop_token(token)).collect();
    same(numbers?, (first..first + count.min(take)).collect())
}

async fn melt(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (first, count) = (key(&mut random), random.below(12) as u32);
    let take = part(count, &mut random);
    let tokens: Result<Vec<_>> = (first..first + count).map(|number| table.token(number)).collect();
    let rest = table.house.returned.clone();
    let supply = Supply::returning(tokens?, table.manner(&mut random), rest);
    let reader = table.accessor.with(|mut access| StreamReader::new(&mut access, supply))?;
    let (sum,) = table.call(&table.kitchen.melt, (reader, take)).await?;
    same(sum, model::sum(first, count.min(take)))
}

async fn nest(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, count, size) = (key(&mut random), random.below(6) as u32, random.below(300) as u32);
    let take = part(count, &mut random);
    let (outer,) = table.call(&table.kitchen.nest, (key, count, size)).await?;
    let inner = table.taste(outer, take as usize, &mut random).await?;
    same(inner.len(), count.min(take) as usize)?;
    for (i, reader) in inner.into_iter().enumerate() {
        let wanted = model::text(key + i as u32, size).into_bytes();
        let take = part(wanted.len() as u32, &mut random) as usize;
        let got = table.taste(reader, take, &mut random).await?;
        same(got.as_slice(), &wanted[..take.min(wanted.len())])?;
    }
    Ok(())
}

async fn local(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, size) = (key(&mut random), size(&mut random));
    let params = (key, size, random.between(500, 9_000) as u32, pause(&mut random));
    same(table.call(&table.kitchen.local, params).await?, (model::digest(&model::bytes(key, size)),))
}

async fn sip(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, size) = (key(&mut random), size(&mut random));
    let take = part(size, &mut random);
    let params = (key, size, random.between(100, 9_000) as u32, pause(&mut random), take);
    let wanted = &model::bytes(key, size)[..size.min(take) as usize];
    same(table.call(&table.kitchen.sip, params).await?, (model::digest(wanted),))
}

async fn hold(table: &Table<'_>, mut random: Random) -> Result<()> {
    let number = key(&mut random);
    let token = table.token(number)?;
    let borrow = Resource::new_borrow(token.rep());
    let (twice,) = table.call(&table.kitchen.hold, (borrow, pause(&mut random))).await?;
    table.drop_token(token)?;
    same(twice, 2 * number)
}

async fn keep(table: &Table<'_>, mut random: Random) -> Result<()> {
    let number = key(&mut random);
    let token = table.token(number)?;
    let (back,) = table.call(&table.kitchen.keep, (token, pause(&mut random))).await?;
    same(table.drop_token(back)?, number)
}

async fn later(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, never) = (key(&mut random), random.one_in(3));
    let (mut letter,) = table.call(&table.kitchen.later, (key, pause(&mut random), never)).await?;
    if random.one_in(4) {
        return letter.close_with(table.accessor);
    }
    let (catch, value) = Catch::new(table.manner(&mut random));
    table.accessor.with(|mut access| letter.pipe(&mut access, catch))?;
    same(value.await?, if never { "closed".to_string() } else { model::letter(key) })
}

async fn when(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, pause, patience) = (key(&mut random), pause(&mut random), patience(&mut random));
    let clock = table.clock().clone();
    let value = async move {
        clock.sleep(pause).await;
        wasmtime::error::Ok(model::letter(key))
    };
    let letter = table.accessor.with(|mut access| FutureReader::new(&mut access, value))?;
    let (text,) = table.call(&table.kitchen.when, (letter, patience)).await?;
    same(text, (pause < patience).then(|| model::letter(key)))
}

async fn mail(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (key, pause, patience) = (key(&mut random), pause(&mut random), patience(&mut random));
    let (text,) = table.call(&table.kitchen.mail, (key, pause, patience)).await?;
    same(text, (pause < patience).then(|| model::letter(key)))
}

async fn counter(table: &Table<'_>, mut random: Random) -> Result<()> {
    let (start, n) = (key(&mut random), random.below(100) as u32);
    let (a,) = table.call(&table.kitchen.counter, (start,)).await?;
    let (b,) = table.call(&table.kitchen.counter, (n,)).await?;
    same(table.call(&table.kitchen.add, (a, n)).await?, (start + n,))?;
    same(table.call(&table.kitchen.slow_add, (a, n, pause(&mut random))).await?, (start + 2 * n,))?;
    let (c,) = table.call(&table.kitchen.merge, (a, b, pause(&mut random))).await?;
    same(table.call(&table.kitchen.add, (c, 0)).await?, (start + 3 * n,))?;
    table.call(&table.kitchen.discard, (a,)).await?;
    table.call(&table.kitchen.discard, (c,)).await
}

/// Streams and futures that the host closes without a look.
async fn abandon(table: &Table<'_>, mut random: Random) -> Result<()> {
    let count = random.between(1, 20) as u32;
    let (mut numbers,) = table.call(&table.kitchen.numbers, (0, count, 3, pause(&mut random))).await?;
    table.clock().sleep(pause(&mut random)).await;
    numbers.close_with(table.accessor)?;
    let (mut letter,) = table.call(&table.kitchen.later, (1, pause(&mut random), false)).await?;
    table.clock().sleep(pause(&mut random)).await;
    letter.close_with(table.accessor)?;
    let (mut nested,) = table.call(&table.kitchen.nest, (1, count, 10)).await?;
    table.clock().sleep(pause(&mut random)).await;
    nested.close_with(table.accessor)
}
