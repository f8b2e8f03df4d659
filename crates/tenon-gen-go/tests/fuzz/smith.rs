//! Worlds from seeds, by wit-smith.

use arbitrary::Unstructured;
use tenon_wit::print_package;
use wit_parser::Resolve;
use wit_parser::decoding::{DecodedWasm, decode};

/// A world to be tried.
pub(crate) struct Candidate {
    /// The folder of its Go packages, which names the seed.
    pub(crate) root: String,
    /// As a user would name it: `my:app/service@1.0.0`.
    pub(crate) world: String,
    /// All packages.
    pub(crate) wit: String,
}

/// The worlds that a seed makes, or nothing if its bytes were too few or its text is none.
pub(crate) fn candidates(seed: u64) -> Option<Vec<Candidate>> {
    let (resolve, main) = package(seed)?;
    let mut wit = print_package(&resolve, main).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
    let mut worlds: Vec<String> = resolve
        .worlds
        .iter()
        .filter_map(|(_, world)| Some(resolve.packages[world.package?].name.interface_id(&world.name)))
        .collect();
    // wit-smith's worlds mention few of its interfaces.
    wit.push_str("\npackage tenon-fuzz:all {\n");
    for verb in ["import", "export"] {
        wit.push_str(&everything(&resolve, verb));
        worlds.push(format!("tenon-fuzz:all/{verb}s"));
    }
    wit.push_str("}\n");
    // Gates of wit-smith's may be of a version that their package has not reached, which is refused in text alone.
    let refusal = Resolve::default().push_str("in.wit", &wit).err().map(|e| format!("{e:#}"));
    if refusal.is_some_and(|why| why.contains("feature gate")) {
        return None;
    }
    let candidate = |(index, world)| Candidate { root: format!("s{seed}w{index}"), world, wit: wit.clone() };
    Some(worlds.into_iter().enumerate().map(candidate).collect())
}

/// A world with every interface.
fn everything(resolve: &Resolve, verb: &str) -> String {
    let names = resolve.interfaces.iter().filter_map(|(id, _)| resolve.id_of(id));
    let lines: Vec<String> = names.map(|name| format!("    {verb} {};\n", escape(&name))).collect();
    format!("  world {verb}s {{\n{}  }}\n", lines.concat())
}

/// `a:b/c@1.0.0` with signs that say that no part of it is a keyword.
fn escape(id: &str) -> String {
    let (path, version) = id.split_once('@').map_or((id, None), |(path, version)| (path, Some(version)));
    let (package, name) = path.split_once('/').unwrap_or(("", path));
    let (namespace, package) = package.split_once(':').unwrap_or(("", package));
    let version = version.map(|v| format!("@{v}")).unwrap_or_default();
    format!("%{namespace}:%{package}/%{name}{version}")
}

/// A random package with those that it uses.
fn package(seed: u64) -> Option<(Resolve, wit_parser::PackageId)> {
    let mut random = Random::new(seed);
    let config = wit_smith::Config {
        max_packages: 1 + random.below(4),
        max_type_size: 10 + random.below(200),
        max_interface_items: 1 + random.below(10),
        max_world_items: 1 + random.below(10),
        max_pkg_items: 1 + random.below(8),
        max_type_parts: 1 + random.below(12),
        max_resource_items: random.below(10),
        async_: true,
        futures: true,
        streams: true,
        fixed_length_lists: true,
        error_context: seed.is_multiple_of(5),
        implements: seed.is_multiple_of(2),
        world_include: seed.is_multiple_of(3),
        ..wit_smith::Config::default()
    };
    let eager = random.below(4);
    let bytes: Vec<u8> = (0..32 << 10).map(|_| random.byte(eager)).collect();
    let wasm = wit_smith::smith(&config, &mut Unstructured::new(&bytes)).ok()?;
    match decode(&wasm).ok()? {
        DecodedWasm::WitPackage(resolve, main) => Some((resolve, main)),
        DecodedWasm::Component(..) => None,
    }
}

/// The same numbers for the same seed, always: xorshift.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 24
    }

    /// wit-smith stops where a byte is even or an enum's last value comes, and even bytes soon come: an eager seed has fewer
    /// of both, and so larger worlds.
    fn byte(&mut self, eager: usize) -> u8 {
        let byte = self.next() as u8;
        let odd = if self.below(4) < eager { byte | 1 } else { byte };
        if odd >= 0xC0 && self.below(4) < eager { odd & 0x7F } else { odd }
    }

    fn below(&mut self, limit: u64) -> usize {
        (self.next() % limit) as usize
    }
}
