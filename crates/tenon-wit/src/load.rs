use std::collections::{BTreeMap, BTreeSet};

use wit_parser::decoding::DecodedWasm;
use wit_parser::{
    PackageId, PackageName, ParseErrorKind, Resolve, ResolveError, SourceMap, UnresolvedPackageGroup,
};

use crate::diagnostics::codes;
use crate::select::{WorldSpec, select};
use crate::{Dep, Diagnostic, Diagnostics, Sources, WitFile, World, explain, missing, wasi};

/// What to make of the sources.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoadConfig<'a> {
    /// The world: `service`, or with its package, `wasi:http/service@0.3`. Without it there must be exactly one.
    pub world: Option<&'a str>,
    /// Features whose `@unstable` items are wanted.
    pub features: &'a [String],
    /// Whether all `@unstable` items are wanted.
    pub all_features: bool,
}

/// Reads the sources and picks the world.
///
/// Packages that are used and not given are taken from [`wasi`]. All errors that can be found are reported, not the first.
pub fn load(sources: &Sources, config: &LoadConfig) -> Result<World, Diagnostics> {
    let mut loader = Loader::new(config);
    loader.load(sources, config.world).map_err(|errors| {
        let errors = errors.with_files(sources.files());
        errors.with_files(&loader.shipped)
    })
}

struct Loader {
    resolve: Resolve,
    /// The texts of the packages that were taken from inside, for messages.
    shipped: Vec<WitFile>,
}

impl Loader {
    fn new(config: &LoadConfig) -> Loader {
        let mut resolve = Resolve::new();
        resolve.features.extend(config.features.iter().cloned());
        resolve.all_features = config.all_features;
        Loader { resolve, shipped: Vec::new() }
    }

    fn load(&mut self, sources: &Sources, world: Option<&str>) -> Result<World, Diagnostics> {
        let mut groups = self.parse(sources)?;
        let named = world.and_then(WorldSpec::parse).and_then(|spec| spec.shipped());
        self.add_shipped(&mut groups, named, sources)?;
        let main = self.push(groups)?;
        let id = select(&self.resolve, main, world)?;
        let resolve = std::mem::take(&mut self.resolve);
        let files = sources.files().chain(&self.shipped).cloned().collect();
        Ok(World { resolve, id, files })
    }

    /// Every package of the sources, the main one first if there is one; or all that is wrong with their texts.
    fn parse(&mut self, sources: &Sources) -> Result<Vec<UnresolvedPackageGroup>, Diagnostics> {
        let mut errors = Diagnostics::new();
        let mut groups = Vec::new();
        if !sources.main.is_empty() {
            match parse_group(&sources.main) {
                Ok(group) => groups.push(group),
                Err(found) => errors.extend(found),
            }
        }
        let mut texts: BTreeMap<PackageName, Vec<&str>> = BTreeMap::new();
        for dep in &sources.deps {
            match dep {
                Dep::Wasm { path, bytes } => errors.extend(self.push_binary(path, bytes).err()),
                Dep::Wit(files) if files.is_empty() => {}
                Dep::Wit(files) => match parse_group(files) {
                    Ok(group) => {
                        let text = sorted_texts(files);
                        // Two dependencies often bring the same third one along: that is no clash.
                        if texts.get(&group.main.name) != Some(&text) {
                            texts.insert(group.main.name.clone(), text);
                            groups.push(group);
                        }
                    }
                    Err(found) => errors.extend(found),
                },
            }
        }
        errors.into_result()?;
        Ok(groups)
    }

    fn push_binary(&mut self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let refused = |reason: String| {
            Diagnostic::error(codes::NOT_DECODABLE, format!("{path} is not a WIT package: {reason}"))
                .with_help("remove it from `deps`, or replace it by WIT text")
        };
        match wit_parser::decoding::decode(bytes) {
            Ok(DecodedWasm::WitPackage(resolve, _)) => {
                self.resolve.merge(resolve).map_err(|e| refused(format!("{e:#}")))?;
                Ok(())
            }
            Ok(DecodedWasm::Component(..)) => Err(refused("it is a component".to_string())),
            Err(error) => Err(refused(format!("{error:#}"))),
        }
    }

    /// Adds what is used and not given, and the package of a world that was named in full.
    fn add_shipped(
        &mut self,
        groups: &mut Vec<UnresolvedPackageGroup>,
        named: Option<&'static wasi::Package>,
        sources: &Sources,
    ) -> Result<(), Diagnostics> {
        let mut known: BTreeSet<PackageName> = groups.iter().flat_map(missing::declares).cloned().collect();
        known.extend(self.resolve.package_names.keys().cloned());
        let mut wanted = missing::undeclared(groups, &known);
        wanted.extend(named.map(wasi::Package::package_name).filter(|name| !known.contains(name)));
        let mut unknown = BTreeSet::new();
        while let Some(name) = wanted.pop_first() {
            let Some(package) = wasi::get(&name) else {
                unknown.insert(name);
                continue;
            };
            let files = package.wit_files();
            let group = parse_group(&files)?;
            self.shipped.extend(files);
            known.extend(missing::declares(&group).cloned());
            groups.push(group);
            wanted.extend(missing::undeclared(groups, &known).difference(&unknown).cloned());
        }
        let report = |name: &PackageName| missing::no_package(name, sources.files());
        let errors = Diagnostics { list: unknown.iter().map(report).collect(), files: Vec::new() };
        errors.into_result()
    }

    fn push(&mut self, mut groups: Vec<UnresolvedPackageGroup>) -> Result<PackageId, Diagnostics> {
        if groups.is_empty() {
            return Err(Diagnostic::error(codes::EMPTY, "there is no WIT to read")
                .with_help("give a folder with `.wit` files, or name a world that ships with tenon: `wasi:cli/command@0.3.0`")
                .into());
        }
        let main = groups.remove(0);
        let resolved = self.resolve.push_groups(main, groups);
        resolved
            .map_err(|error: ResolveError| explain::resolve_error(&self.resolve.source_map, &error).into())
    }
}

fn sorted_texts(files: &[WitFile]) -> Vec<&str> {
    let mut texts: Vec<&str> = files.iter().map(|f| f.text.as_str()).collect();
    texts.sort_unstable();
    texts
}

fn map_of<'a>(files: impl IntoIterator<Item = &'a WitFile>) -> SourceMap {
    let mut map = SourceMap::new();
    for file in files {
        map.push_str(&file.path, file.text.as_str());
    }
    map
}

/// Reads the files of one package. When one of them is wrong, each other is read alone as well, so that what is wrong in
/// those is reported in the same run.
fn parse_group(files: &[WitFile]) -> Result<UnresolvedPackageGroup, Diagnostics> {
    let (map, error) = match map_of(files).parse() {
        Ok(group) => return Ok(group),
        Err(failed) => failed,
    };
    let mut errors = Diagnostics::from(explain::parse_error(&map, &error));
    for file in files {
        let Err((map, error)) = map_of([file]).parse() else {
            continue;
        };
        let alone = match error.kind() {
            ParseErrorKind::Lex(_) => true,
            ParseErrorKind::Syntax { message, .. } => explain::is_token_error(message),
            _ => false,
        };
        let found = explain::parse_error(&map, &error);
        if alone && !errors.list.contains(&found) {
            errors.push(found);
        }
    }
    Err(errors)
}
