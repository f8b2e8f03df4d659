//! What has to come out, known without a component.

/// The bytes that belong to a key.
pub(crate) fn bytes(key: u32, size: u32) -> Vec<u8> {
    (0..size)
        .map(|i| (i.wrapping_mul(7).wrapping_add(i >> 8).wrapping_add(key.wrapping_mul(31))) as u8)
        .collect()
}

/// FNV-1a of 64 bits.
pub(crate) fn digest(data: &[u8]) -> u64 {
    data.iter().fold(14_695_981_039_346_656_037, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(1_099_511_628_211)
    })
}

/// What the pantry answers.
pub(crate) fn answer(key: u32) -> Result<String, String> {
    if key % 2 == 1 { Err(format!("no {key}")) } else { Ok(format!("answer {key}")) }
}

pub(crate) fn letter(key: u32) -> String {
    format!("letter {key}")
}

/// What the kitchen writes.
pub(crate) fn text(key: u32, size: u32) -> String {
    format!("{key}:{}", "ä".repeat(size as usize))
}

/// What the waiter writes.
pub(crate) fn line(key: u32, size: u32) -> String {
    let letter = (b'a' + (key % 26) as u8) as char;
    letter.to_string().repeat(size as usize)
}

/// The sum of the digests of what `fan` fetches.
pub(crate) fn fan(key: u32, count: u32, size: u32) -> u64 {
    (0..count).fold(0, |sum, i| sum.wrapping_add(digest(&bytes(key + i, size))))
}

/// The place of the smallest.
pub(crate) fn first(pauses: &[u32]) -> u32 {
    let smallest = pauses.iter().enumerate().min_by_key(|(_, pause)| **pause);
    smallest.map_or(0, |(place, _)| place as u32)
}

/// How much of `size` has come before `patience` is at its end, if a chunk comes after each pause.
pub(crate) fn in_time(size: u32, chunk: u32, pause: u32, patience: u32) -> u32 {
    let chunks = (patience - 1).checked_div(pause);
    chunks.map_or(size, |chunks| size.min(chunks.saturating_mul(chunk)))
}

/// The sum of `count` numbers from `first` on.
pub(crate) fn sum(first: u32, count: u32) -> u64 {
    (0..count).map(|i| u64::from(first + i)).sum()
}
