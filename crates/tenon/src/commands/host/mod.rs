//! `tenon host`: packages by which hosts of other languages use a component.

mod js;
mod output;

use anyhow::Result;
use clap::Subcommand;

use crate::ui::Ui;

/// The arguments.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// For which language.
    #[command(subcommand)]
    language: Language,
}

/// The languages.
#[derive(Debug, Subcommand)]
enum Language {
    /// Make an npm package of a component, for Node and browsers.
    Js(js::Args),
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<u8> {
    match &args.language {
        Language::Js(args) => js::run(args, ui),
    }
}
