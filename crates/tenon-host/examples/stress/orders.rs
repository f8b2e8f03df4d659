//! What a host asks a waiter for: an order, what comes out of it, and how long that takes.

use crate::kitchen::Order;
use crate::model::{self, digest};
use crate::plays::{key, part, pause, pauses, size};
use crate::random::Random;

/// An order, and what is known of it.
pub(crate) struct Ordered {
    pub(crate) order: Order,
    pub(crate) numbers: Vec<u32>,
    pub(crate) result: u64,
    /// Milliseconds, if that depends on nothing else.
    pub(crate) time: Option<u32>,
}

impl Ordered {
    pub(crate) fn said(&self, patience: u32) -> String {
        format!("the order {:?}{:?} with patience {patience}", self.order, self.numbers)
    }
}

const ORDERS: [Order; 22] = [
    Order::Sleep,
    Order::Relay,
    Order::Ask,
    Order::Fan,
    Order::First,
    Order::Lock,
    Order::Tick,
    Order::Spin,
    Order::Pour,
    Order::Digest,
    Order::Numbers,
    Order::RoundTrip,
    Order::Texts,
    Order::Join,
    Order::Mint,
    Order::Melt,
    Order::Nest,
    Order::Hold,
    Order::Keep,
    Order::Later,
    Order::When,
    Order::Count,
];

/// A random order. Where calls may have to wait for others to end, none depends on when it begins.
pub(crate) fn order(random: &mut Random, crowded: bool) -> Ordered {
    let order = *random.pick(&ORDERS);
    let key = key(random);
    let pause = pause(random);
    let (numbers, result, time) = match order {
        Order::Sleep => (vec![pause], u64::from(pause), Some(pause)),
        Order::Relay => {
            let size = size(random);
            (vec![key, size, pause], digest(&model::bytes(key, size)), Some(pause))
        }
        Order::Ask => {
            let (Ok(text) | Err(text)) = model::answer(key);
            (vec![key, pause], digest(text.as_bytes()), Some(pause))
        }
        Order::Fan => {
            let (count, size) = (random.below(8) as u32, size(random));
            let time = pause * count.min(3);
            (vec![key, count, size, pause], model::fan(key, count, size), Some(time))
        }
        Order::First => {
            let pauses = pauses(random);
            let (first, time) = (model::first(&pauses), pauses.iter().min().copied());
            (pauses, u64::from(first), time)
        }
        Order::Lock => (vec![pause], 0, None),
        Order::Tick => {
            let (count, period) = (random.below(20) as u32, 10 * random.between(1, 30) as u32);
            (vec![count, period], u64::from(count * period), Some(count * period))
        }
        Order::Spin => (vec![key % 30], u64::from(key % 30), None),
        Order::Hold => (vec![key, pause], 2 * u64::from(key), Some(pause)),
        Order::Keep => (vec![key, pause], u64::from(key), Some(pause)),
        Order::Count => {
            let n = random.below(100) as u32;
            (vec![key, n, pause], u64::from(key + 3 * n), Some(2 * pause))
        }
        Order::Later => {
            let never = random.one_in(3);
            let text = if never { "closed".to_string() } else { model::letter(key) };
            (vec![key, pause, u32::from(never)], digest(text.as_bytes()), Some(pause))
        }
        Order::When => (vec![key, pause], digest(model::letter(key).as_bytes()), Some(pause)),
        Order::Digest if crowded => stream(order, key, 0, random),
        _ => stream(order, key, pause, random),
    };
    Ordered { order, numbers, result, time }
}

/// Orders whose things come one after the other.
fn stream(order: Order, key: u32, pause: u32, random: &mut Random) -> (Vec<u32>, u64, Option<u32>) {
    let count = random.below(20) as u32;
    let take = part(count, random);
    let some = count.min(take);
    let size = random.below(300) as u32;
    match order {
        Order::Pour => {
            let size = size * 50;
            let (chunk, take) = (random.between(1, 5_000) as u32, part(size, random));
            (vec![key, size, chunk, take], digest(&model::bytes(key, size.min(take))), None)
        }
        Order::Digest => {
            let (chunk, patience) = (random.between(20, 100) as u32, 10 * random.between(1, 500) as u32 + 3);
            let come = model::in_time(size, chunk, pause, patience);
            (vec![key, size, chunk, pause, patience], digest(&model::bytes(key, come)), None)
        }
        Order::Numbers => {
            let chunk = random.between(1, 9) as u32;
            (vec![key, count, chunk, pause, take], model::sum(key, some), Some(some.div_ceil(chunk) * pause))
        }
        Order::RoundTrip => (vec![key, count], model::sum(key, count), None),
        Order::Texts => {
            let texts: String = (0..some).map(|i| model::text(key + i, size)).collect();
            (vec![key, count, size, take], digest(texts.as_bytes()), None)
        }
        Order::Join => {
            let lines: String = (0..some).map(|i| model::line(key + i, size)).collect();
            (vec![key, count, size, take], digest(lines.as_bytes()), None)
        }
        Order::Mint => {
            let minted = if take == 0 { 0 } else { count.min(some.next_multiple_of(2)) };
            (vec![key, count, pause, take], model::sum(key, some), Some(minted * pause))
        }
        Order::Melt => (vec![key, count, take], model::sum(key, some), None),
        _ => {
            let texts: String = (0..some).map(|i| model::text(key + i, size)).collect();
            (vec![key, count, size, take], digest(texts.as_bytes()), None)
        }
    }
}
