use wit_component::WitPrinter;
use wit_parser::{PackageId, Resolve};

use crate::diagnostics::codes;
use crate::{Diagnostic, Diagnostics, World};

/// The world as WIT text: its package first, then every package that it uses, nested.
pub fn print_world(world: &World) -> Result<String, Diagnostics> {
    match world.resolve.worlds[world.id].package {
        Some(package) => print_package(&world.resolve, package),
        None => Err(Diagnostic::error(codes::NOT_DECODABLE, "the world belongs to no package").into()),
    }
}

/// A package as WIT text, with every other package of the arena nested after it.
pub fn print_package(resolve: &Resolve, package: PackageId) -> Result<String, Diagnostics> {
    let others: Vec<PackageId> =
        resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != package).collect();
    let mut printer = WitPrinter::default();
    printer.print(resolve, package, &others).map_err(|error| {
        Diagnostics::from(Diagnostic::error(
            codes::NOT_DECODABLE,
            format!("this WIT cannot be printed: {error:#}"),
        ))
    })?;
    Ok(printer.output.to_string())
}
